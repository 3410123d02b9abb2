"""One label for a word: what stays, what goes, and that nothing goes unsaid."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.formats.base import NESTED, Nested
from rubricator.formats.flat import LEVELS_MOST, Placed, flatten

from . import make

TEXT = "x" * 40


def placed(*places: tuple[int, int]) -> list[Placed]:
    return [Placed(a, b, make.over(TEXT, f"L{n}", ((a, b),), id=str(n))) for n, (a, b) in enumerate(places)]


def names(spans: list[Placed]) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in spans)


@pytest.mark.parametrize(
    ("nested", "kept", "left"),
    [
        ("outermost", ["0-9 10-12 20-25"], "nested 2-5, nested 3-4, stacked 10-12, crossing 23-30"),
        ("innermost", ["3-4 10-12 20-25"], "holding 0-9, holding 2-5, stacked 10-12, crossing 23-30"),
        ("layers", ["0-9 10-12 20-25", "2-5 10-12 23-30", "3-4"], ""),
        ("skip", [""], "0-9 2-5 3-4 10-12 10-12 20-25 23-30"),
    ],
)
def test_what_stays(nested: Nested, kept: list[str], left: str) -> None:
    levels, lost = flatten(placed((0, 9), (2, 5), (3, 4), (10, 12), (10, 12), (20, 25), (23, 30)), nested)
    assert [names(level) for level in levels] == kept
    if nested == "skip":
        assert names([span for _, span in lost]) == left
        assert {kind for kind, _ in lost} == {"nested-skip"}
    else:
        assert ", ".join(f"{kind} {span.start}-{span.end}" for kind, span in lost) == left


def test_a_span_alone_is_not_skipped() -> None:
    levels, lost = flatten(placed((0, 3), (3, 5), (6, 9), (8, 10), (10, 11)), "skip")
    assert names(levels[0]) == "0-3 3-5 10-11"
    assert names([span for _, span in lost]) == "6-9 8-10"


def test_levels_do_not_grow_without_end() -> None:
    levels, lost = flatten(placed(*[(0, 3)] * 100), "layers")
    assert len(levels) == LEVELS_MOST
    assert {kind for kind, _ in lost} == {"deep"}
    assert len(levels) + len(lost) == 100


pairs = st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(pairs, max_size=12), st.sampled_from(NESTED))
def test_levels_are_flat_and_every_span_is_kept_or_told(places: list[tuple[int, int]], nested: Nested) -> None:
    spans = placed(*places)
    levels, lost = flatten(spans, nested)
    for level in levels:
        assert all(a.end <= b.start for a, b in pairwise(level))
    kept = [span for level in levels for span in level]
    assert sorted(map(id, [*kept, *(span for _, span in lost)])) == sorted(map(id, spans))
    assert nested != "layers" or not lost
    if nested in ("outermost", "innermost"):
        assert all(any(k.start < s.end and s.start < k.end for k in kept) for _, s in lost)
    if nested == "skip":
        for _, span in lost:
            assert any(o is not span and o.start < span.end and span.start < o.end for o in spans)
    assert flatten(reversed(spans), nested)[0] == levels
