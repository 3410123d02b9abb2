"""Snapshots: the same bytes again, after later edits, undo, a merge, and in another copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.formats.make import files
from tests.making import ANNA, BEN, make, ticking

from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.outgoing import export, state_asked
from rubricator.exchange.progress import CancelledError
from rubricator.exchange.splitting import Split
from rubricator.model.edits import Add, Edit
from rubricator.model.layer_edits import remove_article
from rubricator.model.snapshots import Snapshot
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.words import say
from rubricator_resources import path as resource

SAMPLES = resource("samples/samples.jsonl")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with make(tmp_path / "p.rubric") as project:
        import_files(project, [SAMPLES], ImportOptions())
        project.annotate(first(project), "EVENT", [Span.of(0, 6)], exact=True)
    return tmp_path / "p.rubric"


def first(project: Project) -> str:
    return next(project.rows.articles()).id


def names(project: Project) -> list[str]:
    return [snapshot.name for snapshot in project.snapshots()]


def bytes_of(project: Project, out: Path, snapshot: str = "") -> dict[str, bytes]:
    """Return what two exports hold: everything, and parts with a card."""
    out.mkdir()
    if snapshot:
        with project.as_it_was(snapshot) as then:
            return bytes_of(then, out / "then")
    export(project, out / "all.jsonl", ExportOptions("jsonl"))
    export(project, out / "parts", ExportOptions("jsonl", split=Split((50, 50), 2)))
    return files(out)


def test_a_snapshot_gives_the_same_bytes_after_work_and_a_merge(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "p.rubric"
    other.parent.mkdir()
    with Project.open(file, ANNA, clock=ticking()) as project:
        before = bytes_of(project, tmp_path / "before")
    shutil.copy(file, other)
    with Project.open(other, BEN, clock=ticking()) as theirs:
        theirs.annotate(first(theirs), "CITY", [Span.of(3, 8)], exact=True)
        with Project.open(file, ANNA, clock=ticking()) as project:
            project.take_snapshot("  as  sent ")
            assert names(project) == ["as sent"]
            project.annotate(first(project), "PERSON", [Span.of(2, 9)], exact=True)
            project.apply(remove_article(list(project.rows.articles())[-1]))
            project.merge(theirs)
            assert bytes_of(project, tmp_path / "after", "as sent") == before
            assert bytes_of(project, tmp_path / "now") != before
            theirs.merge(project)
            assert names(theirs) == ["as sent"]
            assert bytes_of(theirs, tmp_path / "there", "as sent") == before
            assert [f for f in project.check(full=True) if f.damage] == []


def test_undo_passes_a_snapshot_over_and_the_history_tells_it(file: Path, tmp_path: Path) -> None:
    with Project.open(file, ANNA, clock=ticking()) as project:
        project.take_snapshot("one")
        before = bytes_of(project, tmp_path / "before")
        assert say(project.history(1)[0][1].what) == "Took the snapshot “one”"
        assert project.undo()
        assert names(project) == ["one"]
        assert bytes_of(project, tmp_path / "now") != before
        assert bytes_of(project, tmp_path / "then", "one") == before


def test_names_are_told_apart(file: Path) -> None:
    with Project.open(file, ANNA, clock=ticking()) as project:
        project.take_snapshot("one")
        with pytest.raises(UserError, match="a snapshot “one” already"):
            project.take_snapshot(" one")
        with pytest.raises(UserError, match="needs a name"):
            project.take_snapshot(" ")
        with pytest.raises(UserError, match="no snapshot “two”") as caught, project.as_it_was("two"):
            pass
        assert "There are: one." in str(caught.value)
        with pytest.raises(UserError, match="at most 200 characters"):
            project.take_snapshot("x" * 201)
        assert names(project) == ["one"]


def test_where_one_device_wrote_into_both_copies_the_own_file_knows_and_the_other_says_so(
    file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.rubric"
    shutil.copy(file, other)
    with Project.open(file, ANNA, clock=ticking()) as mine, Project.open(other, ANNA, clock=ticking()) as theirs:
        mine.annotate(first(mine), "PERSON", [Span.of(2, 9)], exact=True)
        before = bytes_of(mine, tmp_path / "before")
        mine.take_snapshot("one")
        theirs.annotate(first(theirs), "CITY", [Span.of(3, 8)], exact=True)
        mine.merge(theirs)
        theirs.merge(mine)
        assert bytes_of(mine, tmp_path / "after", "one") == before
        with pytest.raises(UserError, match="taken in another copy"), theirs.as_it_was("one"):
            pass


def test_the_list_tells_when_it_was_taken_and_what_it_held(file: Path) -> None:
    with Project.open(file, ANNA, clock=ticking()) as project:
        project.take_snapshot("one")
        project.annotate(first(project), "PERSON", [Span.of(2, 9)], exact=True)
        project.take_snapshot("two")
        one, two = project.snapshots()
        sizes = project.rows.sizes()
        assert (two.articles, two.annotations) == (sizes["articles"], sizes["annotations"])
        assert (one.articles, one.annotations) == (two.articles, sizes["annotations"] - 1)
        assert one.at < two.at


def test_one_of_an_earlier_version_tells_no_counts(file: Path) -> None:
    with Project.open(file, ANNA, clock=ticking()) as project:
        project.apply(Edit("snapshot", (Add("snapshot", "s1", {"name": "old", "seq": 1}),), "", {"name": "old"}))
        assert project.snapshots() == [Snapshot("s1", "old")]


def test_a_deleted_one_is_gone_until_undo_brings_it_back(file: Path, tmp_path: Path) -> None:
    with Project.open(file, ANNA, clock=ticking()) as project:
        before = bytes_of(project, tmp_path / "before")
        project.take_snapshot("one")
        project.annotate(first(project), "PERSON", [Span.of(2, 9)], exact=True)
        project.delete_snapshot(project.snapshots()[0])
        assert names(project) == []
        assert say(project.history(1)[0][1].what) == "Deleted the snapshot “one”"
        project.take_snapshot("one")
        assert project.undo()
        assert names(project) == ["one", "one"]
        older, newer = project.snapshots()
        with pytest.raises(UserError, match="2 snapshots are called “one”") as caught, project.as_it_was("one"):
            pass
        assert older.id in str(caught.value)
        assert bytes_of(project, tmp_path / "older", older.id) == before
        assert bytes_of(project, tmp_path / "newer", newer.id) != before
        assert [finding for finding in project.check(full=True) if finding.damage] == []


def test_the_options_of_a_state_say_its_name(file: Path) -> None:
    with Project.open(file, ANNA, clock=ticking()) as project:
        project.take_snapshot("one")
        (one,) = project.snapshots()
        with state_asked(project, ExportOptions("jsonl", snapshot=one.id)) as (then, options):
            assert options.snapshot == "one"
            assert then is not project
        with state_asked(project, ExportOptions("jsonl")) as (now, options):
            assert now is project


def test_a_replay_that_is_stopped_leaves_no_file(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()

    def stop(_done: int, total: int) -> None:
        assert list((tmp_path / "temporary").iterdir()), "it is under way"
        assert total
        raise CancelledError

    with Project.open(file, ANNA, clock=ticking()) as project:
        project.take_snapshot("one")
        with pytest.raises(CancelledError), project.as_it_was("one", stop):
            pass
        assert list((tmp_path / "temporary").iterdir()) == []
