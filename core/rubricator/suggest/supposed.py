"""What would stand if what is offered were accepted: offers as annotations of nobody, under ids of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

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


def supposing(index: SpanIndex, found: Iterable[Offer], text: str) -> Steps[SpanIndex]:
    """Return what would stand if all these were accepted."""
    standing: list[Annotation] = []
    for n, annotation in enumerate(index):
        standing.append(annotation)
        if n % _A_STEP == 0:
            yield
    return SpanIndex([*standing, *(supposed(offer, text) for offer in found)])


def lying_in(outer: Collection[Offer], found: Iterable[Offer], text: str) -> Steps[list[Offer]]:
    """Return what of `found` lies in one of the outer offers."""
    around = SpanIndex(supposed(offer, text) for offer in outer)
    inner: list[Offer] = []
    for offer in found:
        start, end = offer.span.start, offer.span.end
        if any(one.start <= start and end <= one.end for one in around.overlapping(start, end)):
            inner.append(offer)
        yield
    return inner
