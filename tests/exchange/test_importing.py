"""Imports from other formats: which files are read, what becomes of their names, and what is told of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.sources import find_sources
from rubricator.model.scheme import Attribute, Label, RelationType, Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

SCHEME = Scheme(labels=(Label("PERSON", "Person", "PERS", key="1"),))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.rubric", Settings().me(), SCHEME) as made:
        yield made


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("Anna met Ben at the Board.\n")
    (folder / "a.ann").write_text(
        "T1\tPer 0 4\tAnna\nT2\tPer 9 12\tBen\nT3\tOrg 20 25\tBoard\nT4\tPer 5 5\t\n"
        "R1\tMet Arg1:T1 Arg2:T2\nR2\tAt Arg1:T1 Arg2:T3\nA1\tSure T1\n"
    )
    (folder / "deep" / "b.txt").write_text("Just an article.\n")
    (folder / "deep" / "notes.md").write_text("# none\n")
    (folder / ".hidden.txt").write_text("no\n")
    return folder


def test_a_folder_stands_for_what_can_be_read_in_it(corpus: Path) -> None:
    found = find_sources([corpus])
    assert [(path.name, key) for path, key in found.files] == [("a.ann", "brat"), ("b.txt", "text")]
    assert [path.name for path in found.left] == ["notes.md"]
    assert [key for _, key in find_sources([corpus], "text").files] == ["text", "text"]


def test_a_pipe_is_no_file(tmp_path: Path, project: Project) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    with pytest.raises(UserError, match="no file, but a device or a pipe"):
        import_files(project, [tmp_path / "a.jsonl"], ImportOptions())


def test_labels_that_the_scheme_lacks_are_refused_all_at_once(project: Project, corpus: Path) -> None:
    with pytest.raises(UserError) as told:
        import_files(project, [corpus], ImportOptions())
    assert "lacks 2 labels: Per (a.ann); Org (a.ann)" in say(told.value.text)
    assert [refusal.name for refusal in told.value.refusals] == ["Per", "Org"]
    assert project.rows.count_articles() == 0


def test_a_dry_run_tells_them_and_all_else(project: Project, corpus: Path) -> None:
    report, change = import_files(project, [corpus], ImportOptions(dry_run=True))
    assert report.unknown == {"Per": "a.ann", "Org": "a.ann"}
    assert report.found == {"Per": 2, "Org": 1}
    assert [say(case.what) for case in report.of("refused")] == ["1 annotation of no width was left out"]
    assert report.of("refused")[0].where == ("a.ann, line 4",)
    assert [say(case.what) for case in report.of("unheld")][-1] == "1 file was left alone"
    assert not change.articles
    assert project.rows.count_articles() == 0


def test_labels_are_mapped_and_one_can_be_left_out(project: Project, corpus: Path) -> None:
    report, _ = import_files(project, [corpus], ImportOptions(labels={"Per": "PERSON", "Org": ""}))
    [article] = [one for one in project.rows.articles() if one.title.startswith(("Anna", "a"))][:1]
    assert [(a.label, a.quote) for a in project.annotations(article.id)] == [
        ("PERSON", "Anna"),
        ("PERSON", "Ben"),
    ]
    assert [case.where for case in report.of("refused")] == [
        ("a.ann, line 4",),
        ("a.ann: relation At",),
        ("a.ann: Org “Board”",),
    ]
    assert [x.label for x in project.relations.of(article.id)] == ["Met"]
    assert project.scheme.labels == SCHEME.labels


def test_what_is_added_to_the_scheme_is_told(project: Project, corpus: Path) -> None:
    report, _ = import_files(project, [corpus], ImportOptions(new_labels="add"))
    assert report.labels == ["Per", "Org"]
    assert report.declared == ["Sure", "Met", "At"]
    assert project.scheme.attributes_by_name["Sure"] == Attribute("Sure", "Sure", "flag")
    assert project.scheme.relations_by_name["Met"] == RelationType("Met", "Met")
    assert [finding for finding in project.check(full=True) if finding.damage] == []
    project.undo()
    assert project.scheme.labels == SCHEME.labels
    assert project.scheme.attributes == ()


def test_strict_takes_nothing_where_anything_is_refused(project: Project, corpus: Path) -> None:
    with pytest.raises(UserError, match="annotation of no width") as told:
        import_files(project, [corpus], ImportOptions(new_labels="add", strict=True))
    assert "a.ann, line 4" in say(told.value.hint)
    assert project.rows.count_articles() == 0
    assert project.scheme.labels == SCHEME.labels


def test_an_entity_is_known_by_its_external_id(project: Project, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Anna spoke in {name}.\n")
        (tmp_path / f"{name}.ann").write_text("T1\tPERSON 0 4\tAnna\nN1\tReference T1 wikidata:Q7\tAnna Berg\n")
        import_files(project, [tmp_path / f"{name}.ann"], ImportOptions())
    [anna] = project.entities.all()
    assert (anna.name, anna.external) == ("Anna Berg", "wikidata:Q7")
    assert project.entities.counts()[anna.id] == 2
