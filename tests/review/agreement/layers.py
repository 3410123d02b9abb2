"""Layers of annotations for tests of agreement, written in one line."""

from __future__ import annotations

from itertools import count

from hypothesis import strategies as st

from rubricator.model.spans import Annotation, Span
from rubricator.review.agreement.sheets import Said

_ids = count(1)


def mark(label: str, *places: int, uid: str = "", **more: object) -> Annotation:
    """Return an annotation over one fragment or several: `mark("PERSON", 0, 4)`."""
    span = Span(tuple(zip(places[::2], places[1::2], strict=True)))
    return Annotation(uid or f"a{next(_ids)}", "", "", label, span, **more)  # type: ignore[arg-type]


def marks(*found: tuple[object, ...]) -> list[Annotation]:
    """Return annotations of (label, start, end)."""
    return [mark(str(label), *map(int, map(str, places))) for label, *places in found]


def said(*found: tuple[object, ...], topics: str = "") -> Said:
    return Said(marks(*found), frozenset(topics.split()))


@st.composite
def layers(draw: st.DrawFn, length: int = 20, most: int = 6) -> list[Annotation]:
    """Draw a layer with nested, crossing, stacked and discontinuous spans."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        ends = draw(st.sets(st.integers(0, length), min_size=2, max_size=4))
        places = sorted(ends)[: len(ends) // 2 * 2]
        found.append(mark(draw(st.sampled_from("XYZ")), *places))
    return found


@st.composite
def flat(draw: st.DrawFn, length: int = 14) -> list[Annotation]:
    """Draw a layer without overlaps."""
    found, place = [], draw(st.integers(0, 3))
    while place < length:
        end = min(length, place + draw(st.integers(1, 4)))
        found.append(mark(draw(st.sampled_from(("ORG", "PER"))), place, end))
        place = end + draw(st.integers(0, 3))
    return found
