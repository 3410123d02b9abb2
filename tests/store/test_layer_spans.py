"""An index that reads as it is looked at says the same as one that was given all, before, between and after edits."""

from __future__ import annotations

import random
from array import array
from pathlib import Path

import pytest
from tests.making import BEN, make

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.layer_edits import annotate
from rubricator.model.span_index import BEGINNING, SpanIndex
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.store.layer_spans import LayerSpans
from rubricator.verbs.remembering import _RADAR_SENTENCES

TEXT = ("The quay of Port Velis was shut on Monday. " * 600).strip()
LABELS = ("PERSON", "ORGANIZATION", "CITY")
WHOLE = len(TEXT)


def some_spans(chance: random.Random, n: int) -> list[tuple[str, Span]]:
    found = []
    for _n in range(n):
        start = chance.randrange(WHOLE - 60)
        if chance.random() < 0.1:
            found.append((chance.choice(LABELS), Span(((start, start + 4), (start + 9, start + 20)))))
        else:
            found.append((chance.choice(LABELS), Span.of(start, start + chance.choice([1, 3, 3, 3, 40]))))
    return list({(label, span.fragments): (label, span) for label, span in found}.values())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make(tmp_path / "a.rubric", texts=[("one", TEXT), ("two", "Port Velis.")])
    chance = random.Random(7)
    new = [project.new_annotation("one", label, span, exact=True) for label, span in some_spans(chance, 700)]
    new.append(project.new_annotation("one", "LAW", Span.of(0, WHOLE), exact=True))
    project.apply(annotate(new))
    project.annotate("two", "CITY", [Span.of(0, 4)], exact=True)
    return project


def same(lazy: SpanIndex, project: Project, chance: random.Random) -> None:
    held = SpanIndex(project.annotations("one"))
    for _n in range(20):
        start = chance.randrange(WHOLE)
        end = min(WHOLE, start + chance.choice([1, 50, 2_000]))
        assert lazy.overlapping(start, end) == held.overlapping(start, end)
        assert lazy.at(start) == held.at(start)
        assert lazy.next_after(start) == held.next_after(start)
        assert lazy.previous_before(start) == held.previous_before(start)
    assert len(lazy) == len(held)
    for depth in (1, 2, 3):
        assert lazy.crowded(depth) == held.crowded(depth)
    everything = list(held)
    assert list(lazy) == everything
    for n, annotation in enumerate(everything[::17]):
        assert lazy.nth(n * 17) == annotation
        assert lazy.place(annotation.id) == n * 17
        assert lazy.place_for(annotation) == n * 17
        assert lazy.neighbour(annotation.id, 1) == held.neighbour(annotation.id, 1)


def test_it_says_the_same_as_one_that_was_given_all(project: Project) -> None:
    same(project.spans("one"), project, random.Random(1))


def test_the_beginning_is_told_without_the_rest(project: Project) -> None:
    held, lazy = SpanIndex(project.annotations("one")), project.spans("one")
    assert len(lazy) == len(held)
    for start in range(0, BEGINNING, 500):
        assert lazy.overlapping(start, start + 500) == held.overlapping(start, start + 500)
    assert [lazy.nth(n) for n in range(60)] == [held.nth(n) for n in range(60)]
    assert lazy.crowded(2, beginning=True) == [at for at in held.crowded(2) if at < BEGINNING]
    chosen = list(held)[-1]
    assert lazy.get(chosen.id) == chosen
    assert chosen.id in lazy
    assert not lazy.loaded, "the places of all were read"
    assert lazy.overlapping(BEGINNING, BEGINNING + 1) == held.overlapping(BEGINNING, BEGINNING + 1)
    assert lazy.loaded


def an_edit(project: Project, chance: random.Random, one: Annotation, label: str, span: Span) -> Change:
    match chance.choice(["annotate", "delete", "relabel", "reshape", "undo"]):
        case "annotate":
            return project.annotate("one", label, [span], exact=True)
        case "delete":
            return project.delete([one])
        case "relabel":
            return project.relabel(one, "EVENT")
        case "reshape":
            return project.reshape(one, span, exact=True)
        case _:
            return project.undo()


@pytest.mark.parametrize("loaded", [False, True])
def test_it_is_patched_as_the_layer_is(project: Project, loaded: bool) -> None:
    chance = random.Random(3)
    lazy = project.spans("one")
    if loaded:
        lazy.load()
        list(lazy)
    for label, span in some_spans(chance, 30):
        there: list[Annotation] = project.annotations("one")
        one = chance.choice(there)
        try:
            change = an_edit(project, chance, one, label, span)
        except UserError:  # the same label stands there already
            continue
        for replaced in change.annotations:
            if replaced.after is None:
                lazy.remove(replaced.id)
            else:
                lazy.add(replaced.after)
    same(lazy, project, chance)


def test_what_another_program_changed_meanwhile_breaks_nothing(project: Project) -> None:
    lazy = project.spans("one")
    lazy.load()
    before = list(project.annotations("one"))
    with Project.open(project.path, project.me) as other:
        moved = other.reshape(before[300], Span.of(1, 2), exact=True).annotations[0].after
        other.delete([before[301]])
    assert len(lazy) == len(before)  # the news did not come yet: places are old, what is read is new
    assert lazy.nth(300) == moved
    assert lazy.get(before[301].id) is None
    for replaced in project.news().annotations:
        lazy.remove(replaced.id)
        if replaced.after is not None:
            lazy.add(replaced.after)
    same(lazy, project, random.Random(5))


def test_a_layer_that_is_not_there_yet(project: Project) -> None:
    with Project.open(project.path, BEN) as bens:
        lazy = bens.spans("two")
        assert len(lazy) == 0
        assert lazy.overlapping(0, 5) == []
        assert lazy.nth(0) is None
        assert lazy.get("x") is None
        change = bens.annotate("two", "CITY", [Span.of(0, 4)], exact=True)
        after = change.annotations[0].after
        assert after is not None
        lazy.add(after)
        assert list(lazy) == [after]


def short_quote(project: Project) -> str:
    """Return words that are labelled and counted."""
    return next(a.quote for a in project.annotations("one") if a.quote.strip() and len(a.quote) < 100)


def test_the_radar_looks_into_indexes_and_reads_no_more_than_it_shows(project: Project) -> None:
    db = project._store.db
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    found = project.radar(short_quote(project))
    db.set_trace_callback(None)
    assert found.labels
    plans = [str(row[3]) for statement in asked for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
    said = [plan for plan in plans if not plan.startswith(("SCAN json_each", "SCAN f"))]
    assert any("SEARCH word_count USING PRIMARY KEY" in plan for plan in said), said
    assert any("annotation_words" in plan for plan in said), said
    assert not any(plan.startswith("SCAN") for plan in said), said
    assert len(asked) <= 1 + _RADAR_SENTENCES


def test_the_radar_counts_as_a_look_through_all(project: Project) -> None:
    everywhere = [*project.annotations("one"), *project.annotations("two")]
    words = short_quote(project)
    wanted: dict[str, int] = {}
    for annotation in everywhere:
        if annotation.quote.casefold() == words.casefold():
            wanted[annotation.label] = wanted.get(annotation.label, 0) + 1
    assert {line.name: line.n for line in project.radar(words).labels} == wanted


def test_what_links_nowhere_is_looked_up_by_its_words(project: Project) -> None:
    db = project._store.db
    words = short_quote(project)
    one = next(a for a in project.annotations("one") if a.quote == words)
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    found = project.entities.alike(one)
    db.set_trace_callback(None)
    everywhere = [*project.annotations("one"), *project.annotations("two")]
    same = {a.id for a in everywhere if (a.quote, a.label) == (words, one.label) and not a.entity} - {one.id}
    assert same <= {mention.annotation for mention in found}
    (statement,) = asked
    plan = [str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert any("annotation_words" in line for line in plan), plan
    assert not any("annotation_layer" in line for line in plan), "it looks through all annotations of the annotator"


def test_places_are_of_one_state_whatever_is_written_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "two.rubric"
    with make(path, texts=[("one", TEXT)]) as project, Project.open(path, project.me) as other:
        for span in ((0, 4), (0, 13), (15, 19), (15, 28)):
            project.annotate("one", "CITY", [Span.of(*span)], exact=True)
        order = LayerSpans._order_alike

        def slow(self: LayerSpans, numbers: array[int], starts: array[int], ends: array[int]) -> None:
            other.reshape(next(one for one in other.annotations("one") if one.span == Span.of(0, 4)), Span.of(20, 24))
            order(self, numbers, starts, ends)

        with monkeypatch.context() as patch:
            patch.setattr(LayerSpans, "_order_alike", slow)
            places = project.rows.spans("one", project.me.annotator).places()
    assert list(zip(places.starts, places.ends, strict=True)) == [(0, 13), (0, 4), (15, 28), (15, 19)]
