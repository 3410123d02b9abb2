"""What lies in the same words elsewhere: “CIS” in one “Security Council of the CIS”, so in the other one as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from rubricator.model.folding import fold
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Span
from rubricator.suggest.nations import is_state
from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run
from rubricator.suggest.supposed import is_offer


class Inside(NamedTuple):
    """A span, the label that the same words carry in `like`, an annotation of the words around it."""

    span: Span
    label: str
    like: Annotation


def inside_alike(reading: Reading, index: SpanIndex) -> Iterator[Inside | None]:
    """Yield what is labelled in one of two annotations of the same words and label, for the other; None for a step.

    The same words are those that are written alike but for case and white space; what lies in them is found by the
    numbers of its words, so it has to begin and end with whole ones, and to be of one piece. What is only supposed to
    lie in one tells nothing.
    """
    alike: defaultdict[tuple[str, str], list[tuple[Annotation, Run]]] = defaultdict(list)
    for annotation in index:
        run = _run(reading, annotation.span)
        if run is not None and run[1] - run[0] > 1:
            alike[fold(annotation.span.quote(reading.text)), annotation.label].append((annotation, run))
        yield None
    for group in alike.values():
        if len(group) > 1:
            yield from _of_group(reading, index, group)


def lands_inside(reading: Reading, index: SpanIndex) -> Iterator[Run | None]:
    """Yield the state with whose name that of a body begins, “Pakistan” in “Pakistan Point News”; None for a step.

    Of two with a slash between them each is one: “UrduPoint / Pakistan Point News”.
    """
    for annotation in index:
        run = _run(reading, annotation.span) if annotation.label in _BODIES else None
        for first, after in _bodies(reading, run) if run is not None else ():
            for size in range(min(_STATE_MOST, after - first - 1), 0, -1):
                if is_state(reading, (first, first + size)):
                    yield first, first + size
                    break
        yield None


def _bodies(reading: Reading, run: Run) -> Iterator[Run]:
    first = run[0]
    for n in range(*run):
        if reading.words[n].text == "/":
            yield first, n
            first = n + 1
    yield first, run[1]


_BODIES = frozenset(("ORGANIZATION", "ORG"))
_STATE_MOST = 4
"""Words of the name of a state."""


def _of_group(reading: Reading, index: SpanIndex, group: list[tuple[Annotation, Run]]) -> Iterator[Inside | None]:
    size = group[0][1][1] - group[0][1][0]
    group = [(outer, run) for outer, run in group if run[1] - run[0] == size]
    found: dict[tuple[int, int, str], Annotation] = {}
    for outer, (first, _after) in group:
        for inner in index.overlapping(outer.start, outer.end):
            run = _run(reading, inner.span) if not is_offer(inner.id) else None
            if run is not None and first <= run[0] and run[1] <= first + size and run[1] - run[0] < size:
                found.setdefault((run[0] - first, run[1] - first, inner.label), outer)
        yield None
    for outer, (first, _after) in group:
        for (begins, ends, label), like in found.items():
            if like.id != outer.id:
                span = Span.of(reading.words[first + begins].start, reading.words[first + ends - 1].end)
                yield Inside(span, label, like)


def _run(reading: Reading, span: Span) -> Run | None:
    return reading.range_of(span.start, span.end) if len(span.fragments) == 1 else None
