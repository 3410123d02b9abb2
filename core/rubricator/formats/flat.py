"""Which spans stay where a word can carry one label only: outermost, innermost, a level each, or none that overlap."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass

from rubricator.formats.base import Nested
from rubricator.model.spans import Annotation

LEVELS_MOST = 32
"""How many levels there can be: each is a column that every word has."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An annotation and its place `[start, end)`, in tokens or in characters."""

    start: int
    end: int
    annotation: Annotation


Left = tuple[str, Placed]
"""What is left out, with the kind of the loss."""


def _outer_first(placed: Placed) -> tuple[int, int, str, str]:
    return placed.start, -placed.end, placed.annotation.label, placed.annotation.id


def _inner_first(placed: Placed) -> tuple[int, int, str, str]:
    return placed.end - placed.start, placed.start, placed.annotation.label, placed.annotation.id


def flatten(placed: Iterable[Placed], nested: Nested) -> tuple[list[list[Placed]], list[Left]]:
    """Return levels of spans that do not overlap (one, but for `layers`), each in order, and what is left out."""
    spans = sorted(placed, key=_outer_first)
    match nested:
        case "outermost":
            return _outermost(spans)
        case "innermost":
            return _innermost(spans)
        case "layers":
            return _layers(spans)
        case "skip":
            return _alone(spans)


def _outermost(spans: list[Placed]) -> tuple[list[list[Placed]], list[Left]]:
    kept: list[Placed] = []
    left: list[Left] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            left.append((_how(span, kept[-1]), span))
        else:
            kept.append(span)
    return [kept], left


def _innermost(spans: list[Placed]) -> tuple[list[list[Placed]], list[Left]]:
    kept: list[Placed] = []
    left: list[Left] = []
    for span in sorted(spans, key=_inner_first):
        after = bisect_right(kept, span.start, key=lambda other: other.start)
        others = kept[max(0, after - 1) : after + 1]
        over = next((other for other in others if other.start < span.end and span.start < other.end), None)
        if over:
            left.append((_how(span, over), span))
        else:
            insort(kept, span, key=lambda other: other.start)
    return [kept], sorted(left, key=lambda item: _outer_first(item[1]))


def _layers(spans: list[Placed]) -> tuple[list[list[Placed]], list[Left]]:
    levels: list[list[Placed]] = [[]]
    left: list[Left] = []
    for span in spans:
        level = next((level for level in levels if not level or level[-1].end <= span.start), None)
        if level is not None:
            level.append(span)
        elif len(levels) < LEVELS_MOST:
            levels.append([span])
        else:
            left.append(("deep", span))
    return levels, left


def _alone(spans: list[Placed]) -> tuple[list[list[Placed]], list[Left]]:
    kept: list[Placed] = []
    left: list[Left] = []
    reach = -1
    for n, span in enumerate(spans):
        follower = spans[n + 1].start if n + 1 < len(spans) else span.end
        if span.start < reach or follower < span.end:
            left.append(("nested-skip", span))
        else:
            kept.append(span)
        reach = max(reach, span.end)
    return [kept], left


def _how(span: Placed, kept: Placed) -> str:
    """Name the loss: how the span that is left out lies to the one that stays."""
    if (span.start, span.end) == (kept.start, kept.end):
        return "stacked"
    if kept.start <= span.start and span.end <= kept.end:
        return "nested"
    if span.start <= kept.start and kept.end <= span.end:
        return "holding"
    return "crossing"
