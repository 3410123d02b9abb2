"""The index of a layer finds what a look through all of it finds."""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.span_index import Places, SpanIndex, inner_first
from rubricator.model.spans import Annotation, Span, reading_order

LENGTH = 120


def annotation(number: int, fragments: tuple[tuple[int, int], ...], label: str = "ORG") -> Annotation:
    return Annotation(f"a{number:03}", "article", "anna", label, Span(fragments))


@st.composite
def layers(draw: st.DrawFn) -> list[Annotation]:
    found = []
    for number in range(draw(st.integers(0, 25))):
        borders = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2, max_size=4)))
        borders = borders[: len(borders) // 2 * 2]
        fragments = tuple(zip(borders[::2], borders[1::2], strict=True))
        found.append(annotation(number, fragments, draw(st.sampled_from(["ORG", "PER"]))))
    return found


def agrees(index: SpanIndex, naive: list[Annotation], start: int, end: int) -> None:
    ordered = sorted(naive, key=reading_order)
    assert list(index) == ordered
    assert len(index) == len(naive)
    assert index.overlapping(start, end) == [a for a in ordered if a.start < end and a.end > start]
    at = [a for a in ordered if any(s <= start < e for s, e in a.span.fragments)]
    assert index.at(start) == sorted(at, key=inner_first)
    assert index.next_after(start) == next((a for a in ordered if a.start >= start), None)
    assert index.previous_before(start) == next((a for a in reversed(ordered) if a.start < start), None)
    for n, a in enumerate(ordered):
        assert index[a.id] is a
        assert a.id in index
        assert index.neighbour(a.id, 1) == (ordered[n + 1] if n + 1 < len(ordered) else None)
        assert index.neighbour(a.id, -1) == (ordered[n - 1] if n else None)
        assert a in index.stacked_with(a.id)


@given(layers(), st.data())
def test_it_finds_what_a_list_finds(layer: list[Annotation], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, LENGTH - 1))
    end = data.draw(st.integers(start + 1, LENGTH))
    agrees(SpanIndex(layer), layer, start, end)


@given(layers(), layers(), st.data())
def test_it_is_patched_as_a_list_is(before: list[Annotation], after: list[Annotation], data: st.DataObject) -> None:
    index, naive = SpanIndex(before), {a.id: a for a in before}
    for a in after:
        match data.draw(st.sampled_from(["add", "remove"])):
            case "add":
                index.add(a)
                naive[a.id] = a
            case _:
                index.remove(a.id)
                naive.pop(a.id, None)
    agrees(index, list(naive.values()), 40, 60)


@given(layers(), st.integers(1, 4))
def test_crowded_places_are_those_where_many_overlap(layer: list[Annotation], depth: int) -> None:
    ordered = sorted(layer, key=reading_order)
    by_hand = [a.start for n, a in enumerate(ordered) if sum(b.end > a.start for b in ordered[:n]) >= depth]
    assert SpanIndex(layer).crowded(depth) == by_hand


def test_what_is_not_there() -> None:
    index = SpanIndex()
    assert index.get("x") is None
    assert index.get(None) is None
    index.remove("x")
    assert index.place("x") == -1
    assert index.nth(0) is None
    assert index.neighbour("x", 1) is None
    assert index.stacked_with("x") == []
    assert not index.overlapping(0, 10)


def test_a_label_over_the_whole_article_is_found_everywhere_and_hides_nothing() -> None:
    chance = random.Random(1)
    starts = sorted(chance.sample(range(1_000_000), 20_000))
    small = [annotation(n, ((at, at + 12),)) for n, at in enumerate(starts)]
    index = SpanIndex(small)
    whole = annotation(90_000, ((0, 1_000_000),))
    index.add(whole)
    near = [a for a in small if a.start < 500_100 and a.end > 500_000]
    assert index.overlapping(500_000, 500_100) == [whole, *near]
    # What keeps it cheap: the long one draws none but its own block with it.
    assert sum(furthest > 500_000 for furthest in index._furthest) == 2


@given(layers(), st.integers(1, 3 * LENGTH))
def test_what_is_spread_over_parts(naive: list[Annotation], parts: int) -> None:
    found = SpanIndex(naive).spread(LENGTH, parts)
    starts = {a.start * parts // LENGTH for a in naive if a.start < LENGTH}
    goes_on = {part for part in range(parts) for a in naive if a.start * parts < LENGTH * part < a.end * parts}
    assert found == bytes(2 if part in starts else 1 if part in goes_on else 0 for part in range(parts))


class Unsearched(array):  # type: ignore[type-arg]
    """Numbers that nobody may look through from the first to the last."""

    def index(self, *_: object) -> int:
        """Fail: with 100,000 annotations it takes a millisecond, and a bulk edit does it for each of its thousands."""
        raise AssertionError("all numbers were looked through")


def test_what_is_new_or_known_is_patched_without_a_look_through_all() -> None:
    layer = [annotation(n, ((n % 7 * 10, n % 7 * 10 + 5),)) for n in range(50)]
    index = SpanIndex(layer)
    assert index._places is not None
    index._places = index._places._replace(numbers=Unsearched("q", index._places.numbers))
    new = annotation(90, ((33, 38),))
    index.add(new)
    assert index[new.id] is new
    moved = layer[20]._replace(span=Span.of(0, 3))
    index.add(moved)
    index.remove(layer[30].id)
    index.add(layer[30])
    agrees(index, [*(moved if a.id == moved.id else a for a in layer), new], 30, 40)


class Newer:
    """A source whose file was written by another program since the places were read."""

    def __init__(self, before: Annotation, after: Annotation) -> None:
        self.before, self.after = before, after

    def count(self) -> int:
        return 1

    def places(self, before: int | None = None) -> Places:
        stood = self.before
        return Places(array("q", [7]), array("q", [stood.start]), array("q", [stood.end]))

    def read(self, numbers: Sequence[int]) -> list[Annotation]:
        return [self.after for _ in numbers]

    def find(self, _annotation_id: str) -> int | None:
        return 7

    def number(self, _annotation_id: str) -> int:
        return 7


def test_what_was_read_after_it_moved_does_not_stand_twice() -> None:
    before, after = annotation(1, ((10, 20),)), annotation(1, ((50, 60),))
    index = SpanIndex(source=Newer(before, after))
    assert index.overlapping(15, 16) == [after]
    index.add(after)
    agrees(index, [after], 10, 20)


@given(layers(), st.integers(1, 3))
def test_crowded_places_follow_what_changes(layer: list[Annotation], depth: int) -> None:
    index = SpanIndex()
    for n, annotation in enumerate(layer):
        index.add(annotation)
        assert index.crowded(depth) == SpanIndex(layer[: n + 1]).crowded(depth)
    for n, annotation in enumerate(layer, 1):
        index.remove(annotation.id)
        assert index.crowded(depth) == SpanIndex(layer[n:]).crowded(depth)
