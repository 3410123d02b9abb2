"""Whether an offer has room beside what stands, and is likely enough: what a layer and earlier decisions leave free."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from rubricator.model.folding import fold
from rubricator.model.mentions import named_inside
from rubricator.model.rules import forbids, has_pair_rules
from rubricator.model.scheme import Scheme
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Span, cuts, touches
from rubricator.suggest.memory import Memory
from rubricator.suggest.patterns import COUNTED, NUMERIC
from rubricator.suggest.shapes import ORG_WORDS
from rubricator.suggest.supposed import Both, is_offer

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer

_BODY_WORDS = ORG_WORDS - {"republic", "kingdom", "states"}
"""What tells a body, and no state: in a state's full name its short one is no other name."""


class Room:
    """Judges offers by what stands in the layer and what was decided before."""

    def __init__(
        self,
        text: str,
        index: SpanIndex | Both,
        rejected: frozenset[tuple[Span, str]],
        memory: Memory,
        least: float,
        scheme: Scheme | None,
        but: Collection[str],
    ) -> None:
        self._text = text
        self._index = index
        self._rejected = rejected
        self._memory = memory
        self._least = least
        self._but = but
        self._scheme = scheme if scheme is not None and has_pair_rules(scheme) else None

    def rated(self, offer: Offer) -> Offer | None:
        """Return the offer with its rate; None where it is not to be made."""
        if offer.label in self._but or (offer.span, offer.label) in self._rejected or not self._has_room(offer):
            return None
        known = self._memory.rate(offer.span.quote(self._text), offer.label)
        if known is not None and known < self._least:
            return None
        words, source = offer.span.quote(self._text), offer.origin
        expected = known if known is not None else self._memory.source_rate(source, offer.label)
        return offer._replace(rate=expected, measured=self._memory.measured(words, offer.label, source))

    def _has_room(self, offer: Offer) -> bool:
        near = self._index.overlapping(offer.span.start, offer.span.end)
        for annotation in near:
            other = annotation.span
            if other == offer.span or cuts(other, offer.span):
                return False
            if not touches(other, offer.span) or only_shares(offer.span, other):
                continue
            if {annotation.label, offer.label} <= NUMERIC:
                return False
            if offer.label in COUNTED and _inside(offer.span, other):
                return False  # a number in a name is part of it
            if offer.source == "inside" and not is_offer(annotation.id):
                continue  # somebody did so in the same words
            if annotation.label == offer.label and one_name(self._text, offer.span, other):
                return False  # "Lebedev" in "S. Lebedev"; and a border that was moved stays moved
        return self._scheme is None or not forbids(self._scheme, offer.label, offer.span, near)


def only_shares(offered: Span, labelled: Span) -> bool:
    """Say whether an annotation in pieces and an offer have some words in common, and each has others of its own.

    So does “South Korea” with “North … Korea”: who labels the one wants the other, too.
    """
    if len(labelled.fragments) == 1 or _inside(labelled, offered):
        return False
    return not any(_inside(offered, Span.of(*fragment)) for fragment in labelled.fragments)


def one_name(text: str, offered: Span, labelled: Span) -> bool:
    """Say whether two spans of one label that touch are the same name in two forms, and no name inside another.

    Whether the outer or the inner one was labelled first is all the same: what stands in a body is offered in it.
    """
    return not named_inside(text, offered, labelled) and not _in_a_body(text, labelled, offered)


def _in_a_body(text: str, outer: Span, inner: Span) -> bool:
    """Say whether a name stands in that of a body: in “Council of the CIS”, not in “Islamic Republic of Estmar”."""
    before = fold(text[outer.start : inner.start]).split()
    return named_inside(text, outer, inner) and not _BODY_WORDS.isdisjoint(before)


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start <= inner.end <= outer.end
