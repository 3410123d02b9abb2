"""Which spans lie nearest to the text: the same as by their definition, and no minutes for a thousand over one word."""

from __future__ import annotations

import random
from itertools import pairwise

from rubricator.model.span_index import inner_first
from rubricator.model.spans import Annotation, Span, reading_order, touches
from rubricator_gui.reader.page import _innermost


def by_definition(annotations: list[Annotation]) -> set[str]:
    """An annotation is the innermost of its place if none lies in it; of several over the same text the nearest is."""

    def holds(a: Annotation, b: Annotation) -> bool:
        inside = a.start <= b.start and b.end <= a.end and (len(a.span.fragments) == 1 or touches(a.span, b.span))
        return inside and ((a.start, a.end) != (b.start, b.end) or inner_first(b) < inner_first(a))

    return {a.id for a in annotations if not any(holds(a, b) for b in annotations if b is not a)}


def some(chance: random.Random) -> list[Annotation]:
    found = []
    for n in range(chance.randrange(1, 25)):
        borders = sorted(chance.sample(range(12), 2 * chance.choice([1, 1, 1, 2])))
        span = Span(tuple(pairwise(borders))[::2])
        found.append(Annotation(f"{n}", "a", "me", chance.choice("ABC"), span))
    return sorted(found, key=reading_order)


def test_it_is_what_the_definition_says() -> None:
    chance = random.Random(3)
    for _n in range(2_000):
        annotations = some(chance)
        assert _innermost(annotations) == by_definition(annotations)


def test_a_stack_is_looked_through_once() -> None:
    asked: list[int] = []

    class Counted(Annotation):
        @property
        def start(self) -> int:
            asked.append(1)
            return self.span.start

    stack = [Counted(f"{n:04}", "a", "me", f"L{n}", Span.of(0, 7)) for n in range(2_000)]
    assert _innermost(sorted(stack, key=reading_order)) == {"0000"}
    assert len(asked) < 20 * len(stack)
