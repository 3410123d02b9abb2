"""What would stand if what is offered were accepted: offers as annotations of nobody, under ids of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rubricator.model.folding import fold
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Span
from rubricator.suggest.steps import Steps

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer


_A_STEP = 100
"""Annotations that are read in one step."""


def id_for(span: Span, label: str) -> str:
    """Return the id under which an offer of a label for a span is known, where there is one: none of an annotation."""
    return f"?{span.start}-{span.end}-{label}"


def is_offer(known_as: str) -> bool:
    """Say whether the id of something shown or supposed is an offer's."""
    return known_as.startswith("?")


def supposed(offer: Offer, text: str) -> Annotation:
    """Return what stands once an offer is accepted, as an annotation of nobody."""
    span, label = offer.span, offer.label
    return Annotation(
        id_for(span, label), "", "", label, span, span.quote(text), entity=offer.entity, origin=offer.origin
    )


class Both(NamedTuple):
    """What stands, and what would stand beside it, looked at as one."""

    standing: SpanIndex
    supposed: SpanIndex

    def overlapping(self, start: int, end: int) -> list[Annotation]:
        """Return what overlaps a stretch of the text."""
        return self.standing.overlapping(start, end) + self.supposed.overlapping(start, end)


def lies_in(outer: SpanIndex, span: Span) -> bool:
    """Say whether a span lies in one of an index."""
    return any(one.start <= span.start and span.end <= one.end for one in outer.overlapping(span.start, span.end))


def alike(text: str, index: SpanIndex, outer: SpanIndex) -> Steps[SpanIndex]:
    """Return what is supposed, with the annotations of the same words and label, and what lies in these."""
    wanted = {(fold(one.quote), one.label) for one in outer}
    labels = {label for _words, label in wanted}
    found = list(outer)
    for n, annotation in enumerate(index):
        if n % _A_STEP == 0:
            yield
        if annotation.label in labels and (fold(annotation.span.quote(text)), annotation.label) in wanted:
            found += index.overlapping(annotation.start, annotation.end)
    return SpanIndex(found)
