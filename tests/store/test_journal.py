"""Apply, undo and redo through the door: what is refused leaves nothing, and undo takes back one's own only."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, add_articles, make, ticking

from rubricator.errors import UserError
from rubricator.model.layer_edits import remove_article
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.store import check
from rubricator.store.lock import ProjectLock
from rubricator.store.standing import Standing
from rubricator.words import say

TEXT = "Anna S.\n\nLebrune met Layla al-Marwani in Port Velis."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make(tmp_path / "p.rubric", ANNA, [("one", TEXT), ("two", TEXT)])
    yield project
    project.close()


def said(project: Project) -> list[str]:
    return [say(line.what) for _, line in project.history()]


def test_a_span_over_a_blank_line_is_one_span(project: Project) -> None:
    change = project.annotate("one", "PERSON", [Span.of(0, 16)])
    (annotation,) = project.annotations("one")
    assert annotation.quote == "Anna S.\n\nLebrune"
    assert change.annotations[0].before is None
    assert change.annotations[0].after == annotation


def test_undo_goes_back_over_articles_and_restarts(project: Project, tmp_path: Path) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 16)])
    project.annotate("two", "CITY", [Span.of(41, 51)])
    project.relabel(project.annotations("two")[0], "COUNTRY")
    before = check.state(project._store.db)
    project.close()
    again = Project.open(tmp_path / "p.rubric", ANNA, clock=ticking())
    assert again.undo_step().article == "two"
    again.undo()
    assert [a.label for a in again.annotations("two")] == ["CITY"]
    again.undo()
    assert again.annotations("two") == []
    assert again.undo_step().article == "one"
    again.undo()
    assert again.annotations("one") == []
    while again.redo():
        pass
    after = check.state(again._store.db)
    assert after["annotations"][0][:10] == before["annotations"][0][:10]
    assert [a.label for a in again.annotations("two")] == ["COUNTRY"]
    again.close()


def test_undo_takes_the_whole_import_back_as_one_step(project: Project) -> None:
    assert project.rows.count_articles() == 2
    project.undo()
    assert project.rows.count_articles() == 0
    project.redo()
    assert project.rows.count_articles() == 2
    assert said(project)[0] == "Redone: Imported 2 articles from test"


def test_the_project_itself_and_joining_are_not_undone(project: Project) -> None:
    while project.undo():
        pass
    assert project.scheme.labels
    assert [a.name for a in project.rows.annotators()] == ["anna"]


def test_a_new_edit_ends_redo(project: Project) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 4)])
    project.undo()
    project.annotate("one", "CITY", [Span.of(0, 4)])
    assert not project.redo()


def test_undo_leaves_what_somebody_else_has_written_since(project: Project, tmp_path: Path) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 4)])
    project.relabel(project.annotations("one")[0], "CITY")
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        other.relabel(other.annotations("one", ANNA.annotator)[0], "COUNTRY")
        other.annotate("one", "PERSON", [Span.of(0, 4)])
    project.news()
    project.undo()
    assert [a.label for a in project.annotations("one")] == ["COUNTRY"]
    assert [a.label for a in project.annotations("one", BEN.annotator)] == ["PERSON"]


@pytest.mark.parametrize(
    ("label", "span", "words"),
    [
        ("PERSON", Span.of(0, 999), "the span ends at 999, but the text has 52 characters"),
        ("NOBODY", Span.of(0, 4), "the scheme has no label “NOBODY”"),
        ("CITY", Span.of(5, 7), "these words already carry CITY"),
    ],
)
def test_what_a_rule_refuses_leaves_nothing_behind(project: Project, label: str, span: Span, words: str) -> None:
    project.annotate("one", "CITY", [Span.of(5, 7)])
    before = check.state(project._store.db)
    rows = len(list(project._journal.entries()))
    with pytest.raises(UserError, match=words) as caught:
        project.annotate("one", label, [span])
    assert caught.value.refusals
    assert check.state(project._store.db) == before
    assert len(list(project._journal.entries())) == rows
    project.annotate("one", "PERSON", [Span.of(0, 4)])


def test_the_journal_cannot_be_rewritten(project: Project, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "p.rubric") as db:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute("UPDATE journal SET at = ''")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute("DELETE FROM journal")
        with pytest.raises(sqlite3.IntegrityError, match="never changes"):
            db.execute("UPDATE text SET body = 'x'")
    db.close()


def test_a_second_connection_sees_each_edit_as_a_change(project: Project, tmp_path: Path) -> None:
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        assert not other.news()
        project.annotate("one", "PERSON", [Span.of(0, 4)])
        change = other.news()
        assert [r.after.quote for r in change.annotations] == ["Anna"]
        assert change.articles == {"one"}
        project.delete(project.annotations("one"))
        (gone,) = other.news().annotations
        assert gone.after is None
        assert not other.news()


def test_ones_own_change_tells_of_others_too(project: Project, tmp_path: Path) -> None:
    """Nothing that another program wrote between two looks may be passed over."""
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        other.annotate("two", "PERSON", [Span.of(0, 4)])
    change = project.annotate("one", "CITY", [Span.of(41, 51)])
    assert {r.after.quote for r in change.annotations} == {"Anna", "Port Velis"}
    assert not project.news()


def test_what_is_refused_hides_no_news(project: Project, tmp_path: Path) -> None:
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        other.annotate("two", "PERSON", [Span.of(0, 4)])
    with pytest.raises(UserError, match="no label"):
        project.annotate("one", "NOBODY", [Span.of(0, 4)])
    assert [r.after.quote for r in project.news().annotations] == ["Anna"]


def test_the_scheme_that_judges_is_the_one_that_stands(project: Project, tmp_path: Path) -> None:
    """Another program took the label out, and this one has not looked yet."""
    assert "CITY" in project.scheme.by_name
    left = [label for label in project.scheme.labels if label.name != "CITY"]
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        other.schemes.change(replace(other.scheme, labels=tuple(left)), "- CITY")
    with pytest.raises(UserError, match="no label “CITY”"):
        project.annotate("one", "CITY", [Span.of(41, 51)])


def test_clocks_go_on_after_a_refusal_and_after_others(project: Project, tmp_path: Path) -> None:
    with Project.open(tmp_path / "p.rubric", ANNA, clock=ticking()) as other:
        for n, writer in enumerate([project, project, other, project, other, other, project]):
            with pytest.raises(UserError, match="no label"):
                writer.annotate("one", "NOBODY", [Span.of(0, 4)])
            writer.annotate("one", "PERSON", [Span.of(n, n + 4)], exact=True)
    rows = list(project._journal.entries())
    assert [entry.lamport for entry in rows] == list(range(1, len(rows) + 1))
    assert [entry.device_seq for entry in rows] == list(range(1, len(rows) + 1))


def test_importing_what_is_there_writes_nothing(project: Project) -> None:
    steps = len(project.history())
    add_articles(project, [("one", TEXT)])
    assert len(project.history()) == steps


def test_history_says_who_did_what(project: Project, tmp_path: Path) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 16)])
    project.undo()
    lines = [line for _, line in project.history()]
    assert [say(line.what) for line in lines[:2]] == [
        "Undone: Labelled “Anna S. ⏎ Lebrune” as PERSON",
        "Labelled “Anna S. ⏎ Lebrune” as PERSON",
    ]
    assert [line.undone for line in lines[:2]] == [False, True]
    assert lines[0].author == "anna"
    assert lines[0].at.startswith("2026-11-23")


def test_history_tells_the_words_of_then_and_what_was_added(project: Project) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 4)])
    project.reshape(project.annotations("one")[0], Span.of(0, 7))
    project.reshape(project.annotations("one")[0], Span(((0, 7), (9, 16))))
    project.reshape(project.annotations("one")[0], Span(((0, 7), (9, 20))), exact=True)
    told = [
        "Moved the borders of PERSON “Anna S. … Lebrune met”",
        "Added “Lebrune” to PERSON “Anna S.”",
        "Moved the borders of PERSON “Anna S.”",
        "Labelled “Anna” as PERSON",
    ]
    assert said(project)[:4] == told
    for n in range(2):
        project.undo()
        assert said(project)[:1] == [f"Undone: {told[n]}"]
    assert said(project)[2:6] == told
    project.redo()
    assert said(project)[0] == f"Redone: {told[1]}"
    project.delete(project.annotations("one"))
    assert said(project)[0] == "Deleted PERSON “Anna S. … Lebrune”"


def test_closing_leaves_one_file(project: Project, tmp_path: Path) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 4)])
    project.close()
    assert [path.name for path in tmp_path.iterdir()] == ["p.rubric"]
    Project.open(tmp_path / "p.rubric", ANNA).close()


def test_the_doctor_finds_nothing(project: Project) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 16)])
    assert list(check.full(project._store)) == []


def test_undo_compares_writers_not_only_values(project: Project, tmp_path: Path) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 4)])
    project.relabel(project.annotations("one")[0], "CITY")
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        for label in ("COUNTRY", "CITY"):
            other.relabel(other.annotations("one", ANNA.annotator)[0], label)
    project.undo()
    assert [a.label for a in project.annotations("one")] == ["CITY"]


def test_undo_of_an_import_leaves_articles_that_others_worked_on(project: Project, tmp_path: Path) -> None:
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        other.annotate("one", "PERSON", [Span.of(0, 4)])
    project.undo()
    assert [article.id for article in project.rows.articles()] == ["one"]


def test_an_article_that_was_taken_out_on_purpose_is_taken_out_again(project: Project, tmp_path: Path) -> None:
    project.apply(remove_article(project.article("one")))
    project.undo()
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        other.annotate("one", "PERSON", [Span.of(0, 4)])
    project.redo()
    assert "one" not in [article.id for article in project.rows.articles()]
    project.undo()
    assert "one" in [article.id for article in project.rows.articles()]


def test_a_step_is_taken_back_once(project: Project, tmp_path: Path) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 4)])
    project.annotate("one", "PERSON", [Span.of(41, 51)])
    with Project.open(tmp_path / "p.rubric", ANNA, clock=ticking()) as other:
        step = project.undo_step().step
        assert other.undo_step().step == step
        project.undo(step)
        assert [r.after for r in other.undo(step).annotations] == [None], "only the news of the other window"
        assert len(other.annotations("one")) == 1
    assert project.redo().annotations
    assert len(project.annotations("one")) == 2


def test_rules_hold_whatever_others_write_meanwhile(project: Project, tmp_path: Path) -> None:
    """So many rows of others are read again rather than patched; one's own edit is judged all the same."""
    spans = [Span.of(start, end) for start in range(49) for end in range(start + 1, 52)]
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        for label in ("PERSON", "CITY"):
            other.annotate("two", label, spans, exact=True)
    assert 2 * len(spans) > 2_000
    with pytest.raises(UserError, match="no label"):
        project.annotate("one", "NOBODY", [Span.of(0, 4)])


def test_a_commit_between_two_looks_is_told(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Project.open(tmp_path / "p.rubric", BEN, clock=ticking()) as other:
        project.annotate("one", "PERSON", [Span.of(0, 4)])
        change = Standing.change

        def late(self: object, *rest: object) -> object:
            monkeypatch.undo()
            project.annotate("one", "CITY", [Span.of(41, 51)])
            return change(self, *rest)

        monkeypatch.setattr(Standing, "change", late)
        told = [r.after.quote for r in other._journal.news().annotations]
        told += [r.after.quote for r in other._journal.news().annotations]
        assert told == ["Anna", "Port Velis"]


def test_quotes_come_with_a_text_that_arrives_after_its_rows(project: Project, tmp_path: Path) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 4)])
    with make(tmp_path / "other.rubric", BEN) as other:
        other._journal.merge(list(project._journal.entries()))
        assert [a.quote for a in other.annotations("one", ANNA.annotator)] == [""]
        other._journal.merge((), list(project._journal.texts()))
        assert [a.quote for a in other.annotations("one", ANNA.annotator)] == ["Anna"]
        assert [f for f in check.full(other._store) if f.damage] == []


def test_one_lock_through_a_link(project: Project, tmp_path: Path) -> None:
    link = tmp_path / "link.rubric"
    link.symlink_to(tmp_path / "p.rubric")
    assert ProjectLock(link).path == ProjectLock(tmp_path / "p.rubric").path


def test_annotations_are_counted_by_annotator_and_status(project: Project) -> None:
    rows, me = project.rows, project.me.annotator
    assert rows.count_annotations() == 0
    project.annotate("one", "CITY", [Span.of(0, 4)])
    project.annotate("two", "CITY", [Span.of(0, 4)])
    project.set_status("two", "done")
    assert (rows.count_annotations(), rows.count_annotations(me), rows.count_annotations("nobody")) == (2, 2, 0)
    assert (rows.count_annotations(me, "done"), rows.count_annotations("", "doing")) == (1, 1)
    project.undo()
    assert rows.count_annotations(me, "done") == 0
