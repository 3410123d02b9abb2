"""How spans lie to each other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.spans import (
    QUOTE_JOIN,
    Annotation,
    Span,
    crosses,
    cuts,
    merged_fragments,
    nests,
    reading_order,
    touches,
)

from .test_edits import spans


def covered(span: Span) -> set[int]:
    return {n for start, end in span.fragments for n in range(start, end)}


def hull(span: Span) -> set[int]:
    return set(range(span.start, span.end))


@given(spans(), spans())
def test_two_spans_lie_in_one_way_to_each_other(a: Span, b: Span) -> None:
    assert touches(a, b) == touches(b, a) == bool(covered(a) & covered(b))
    assert nests(a, b) == (a != b and hull(a) <= hull(b))
    assert (
        crosses(a, b) == crosses(b, a) == (bool(hull(a) & hull(b)) and not (hull(a) <= hull(b) or hull(b) <= hull(a)))
    )
    ways = [crosses(a, b), not hull(a) & hull(b), hull(a) <= hull(b) or hull(b) <= hull(a)]
    assert ways.count(True) == 1
    assert cuts(a, b) == cuts(b, a)
    if len(a.fragments) == len(b.fragments) == 1:
        assert cuts(a, b) == crosses(a, b)


def test_of_a_span_in_pieces_each_piece_may_be_cut() -> None:
    pieces = Span(((0, 5), (16, 22)))  # “North … Karesh”
    assert not cuts(pieces, Span.of(10, 22))
    assert not cuts(pieces, Span.of(10, 28))
    assert cuts(pieces, Span.of(10, 20))


@given(spans())
def test_the_parts_of_a_span(span: Span) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(100))
    assert len(span) == len(covered(span))
    assert span.quote(text).split(QUOTE_JOIN) == [text[start:end] for start, end in span.fragments]
    assert not nests(span, span)
    assert not crosses(span, span)
    assert touches(span, span)
    assert merged_fragments(span.fragments) == merged_fragments(reversed(span.fragments))


@given(st.lists(spans(), max_size=5))
def test_merged_fragments_cover_the_same_and_are_apart(found: list[Span]) -> None:
    merged = merged_fragments(fragment for span in found for fragment in span.fragments)
    assert {n for start, end in merged for n in range(start, end)} == {n for span in found for n in covered(span)}
    assert all(one[1] < other[0] for one, other in pairwise(merged))


@given(st.lists(spans(), max_size=6))
def test_reading_order_puts_the_outer_span_first(found: list[Span]) -> None:
    ordered = sorted((Annotation(str(n), "a", "b", "L", span) for n, span in enumerate(found)), key=reading_order)
    for one, other in pairwise(ordered):
        assert one.start <= other.start
        assert one.start < other.start or one.end >= other.end
