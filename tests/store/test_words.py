"""How words are labelled is counted with every change, so that the radar counts nothing when it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make, ticking

from rubricator.model.layer_edits import remove_article
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.store import check
from rubricator.store.tables import COUNTED_MOST

TEXT = "Port Velis and PORT VELIS,\nnear Port\nVelis. " + "long " * 100


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path / "w.rubric", ANNA, [("one", TEXT), ("two", "two " + TEXT)]) as project:
        yield project
        assert list(check._words(project._store)) == []
        assert [finding for finding in project.check(full=True) if finding.damage] == []


def label(project: Project, start: int, end: int, name: str = "CITY", article: str = "one") -> Annotation:
    made = project.annotate(article, name, [Span.of(start, end)], exact=True).annotations[0].after
    assert made is not None
    return made


def counted(project: Project, words: str = "port velis", who: str = ANNA.annotator) -> dict[tuple[str, str], int]:
    return {(name, quote): n for name, quote, n in project.rows.labelled.over([words], who)}


def test_each_way_of_writing_and_each_label_is_counted(project: Project) -> None:
    label(project, 0, 10)
    label(project, 4, 14, "EVENT", "two")
    label(project, 15, 25)
    label(project, TEXT.index("Port\n"), TEXT.index("Velis. ") + 5, "PERSON")
    wanted = {("CITY", "Port Velis"): 1, ("CITY", "PORT VELIS"): 1, ("EVENT", "Port Velis"): 1}
    assert counted(project) == wanted | {("PERSON", "Port\nVelis"): 1}


def test_every_edit_and_its_undoing_is_counted(project: Project) -> None:
    one = label(project, 0, 10)
    project.relabel(one, "EVENT")
    assert counted(project) == {("EVENT", "Port Velis"): 1}
    moved = project.reshape(one, Span.of(0, 4), exact=True).annotations[0].after
    assert moved is not None
    assert counted(project) == {}
    assert counted(project, "port") == {("EVENT", "Port"): 1}
    project.delete([moved])
    assert counted(project, "port") == {}
    for _ in range(3):
        project.undo()
    assert counted(project) == {("CITY", "Port Velis"): 1}


def test_an_article_that_is_out_is_not_counted_until_it_is_back(project: Project) -> None:
    label(project, 0, 10)
    label(project, 4, 14, article="two")
    article = project.rows.article("one")
    assert article is not None
    project.apply(remove_article(article))
    assert counted(project) == {("CITY", "Port Velis"): 1}
    project.undo()
    assert counted(project) == {("CITY", "Port Velis"): 2}


def test_everybody_has_counts_of_their_own(project: Project, tmp_path: Path) -> None:
    label(project, 0, 10)
    with Project.open(project.path, BEN, clock=ticking()) as bens:
        label(bens, 0, 10, "EVENT")
    assert counted(project) == {("CITY", "Port Velis"): 1}
    assert counted(project, who=BEN.annotator) == {("EVENT", "Port Velis"): 1}


def test_a_text_that_comes_late_is_counted_when_it_is_there(project: Project, tmp_path: Path) -> None:
    label(project, 0, 10)
    entries, texts = list(project._journal.entries()), list(project._journal.texts())
    with Project.create(tmp_path / "late.rubric", ANNA, project.scheme, clock=ticking()) as other:
        other._journal.merge(entries, [])
        assert counted(other) == {}
        other._journal.merge([], texts)
        other._journal.merge(entries, texts)
        assert counted(other) == {("CITY", "Port Velis"): 1}
        assert list(check._words(other._store)) == []


def test_what_is_longer_than_any_name_is_not_counted(project: Project) -> None:
    at = TEXT.index("long")
    label(project, at, at + COUNTED_MOST)
    label(project, at, at + COUNTED_MOST + 1)
    (n,) = project._store.db.execute("SELECT sum(n) FROM word_count").fetchone()
    assert n == 1
