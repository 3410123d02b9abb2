"""Offers as they stand in the article shown: found by id and by place, walked through, put into words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Span, cuts, reading_order, touches
from rubricator.suggest.supposed import id_for, supposed
from rubricator.words import Message, _, as_line, message, plural, say

if TYPE_CHECKING:  # the first paint comes before the first offer
    from rubricator.suggest.memory import Measured
    from rubricator.suggest.offers import Offer, Source

WHOLE = 50_000
"""Code points up to which an article is looked over as a whole; of a longer one, the stretch around the screen."""

SOURCE_WORDS: dict[Source, str] = {
    "inside": "inside the same words",
    "repeat": "the same words elsewhere",
    "chain": "another form of the name",
    "siblings": "the same list",
    "memory": "memory",
    "list": "a word list",
    "pattern": "a pattern",
    "cue": "a rule",
}


def id_of(offer: Offer) -> str:
    """Return the id under which an offer is shown: it begins like none of an annotation."""
    return id_for(offer.span, offer.label)


def source_name(offer: Offer) -> str:
    """Say whose offer it is."""
    return _(SOURCE_WORDS[offer.source])


def source_words(offer: Offer) -> Message:
    """Say in few words whose offer it is, or by what a rule tells it, and how often its label was kept, if known."""
    measured = offer.measured
    if offer.source in _RULES:  # “a rule” says little to who did not write it
        why = as_line(say(offer.why), _FEW)
        if measured is None:
            return message("{why}", why=why)
        if not measured.source:
            return message("{why}; {rate}", why=why, rate=rate_words(measured))
        n = measured.taken + measured.rejected
        return message("{why}; {taken} kept of {n} by rules", why=why, n=n, taken=measured.taken)
    if measured is None:
        return message("{source}", source=source_name(offer))
    if not measured.source or offer.source in _OTHERWISE:
        return source_told(offer)
    return rate_words(measured)  # it says whose


_RULES = ("pattern", "cue")
"""Sources of which the name does not say how they come to it."""

_FEW = 60
"""Characters of a reason for which a line of the window has room."""

_OTHERWISE = ("chain", "siblings")
"""Sources that are counted with others, under the name of these."""


def reason_words(offer: Offer) -> Message:
    """Say why it is offered, and how often its label was kept, where that is known; nothing of it twice."""
    if offer.measured is None:
        return offer.why
    if not offer.measured.source and offer.source in _LABELLED_SO:
        once, often = "{why} ({taken} of {n} time in the project)", "{why} ({taken} of {n} times in the project)"
        taken, n = offer.measured.taken, offer.measured.taken + offer.measured.rejected
        return plural(once, often, n, why=offer.why, taken=taken)
    return message("{why} ({rate})", why=offer.why, rate=rate_words(offer.measured))


_LABELLED_SO = ("inside", "repeat", "memory")
"""Sources whose reasons say already that it was labelled so."""


def rate_words(measured: Measured) -> Message:
    """Say what was counted, and how often it was kept: numbers, for a share reads like certainty."""
    once, often = _RATE_WORDS[measured.source]
    return plural(once, often, measured.taken + measured.rejected, taken=measured.taken)


_RATE_WORDS = {
    "": ("labelled so {taken} of {n} time in the project", "labelled so {taken} of {n} times in the project"),
    "rule": (
        "kept {taken} of {n} suggestion by rules for this label",
        "kept {taken} of {n} suggestions by rules for this label",
    ),
    "list": (
        "kept {taken} of {n} suggestion by word lists for this label",
        "kept {taken} of {n} suggestions by word lists for this label",
    ),
    "repeat": (
        "kept {taken} of {n} suggestion of repeated words for this label",
        "kept {taken} of {n} suggestions of repeated words for this label",
    ),
    "memory": (
        "kept {taken} of {n} suggestion by memory for this label",
        "kept {taken} of {n} suggestions by memory for this label",
    ),
}
"""By the source that was measured; of the words themselves it counts what was labelled by hand, too."""


_TELLING = 5
"""From so many decisions on a rate tells something by itself."""


def is_telling(measured: Measured) -> bool:
    """Say whether a rate is worth more than the reason: “kept 1 of 1” is not."""
    return measured.rejected > 0 or measured.taken >= _TELLING


def rate_numbers(measured: Measured) -> Message:
    """Say the numbers, for a list; what they count stands in its tooltips."""
    numbers = {"taken": measured.taken, "n": measured.taken + measured.rejected}
    if measured.source:  # of these very words nothing was counted
        return message("{taken} of {n} such kept", **numbers)
    return message("kept {taken} of {n}", **numbers)


def source_told(offer: Offer) -> Message:
    """Say it in full, also that nothing is known yet: for who looks closer."""
    source = source_name(offer)
    if offer.measured is None:
        return message("{source}, never labelled so or rejected so far", source=source)
    if offer.measured.source:
        return message("{source}; {rate}", source=source, rate=rate_words(offer.measured))
    return message("{source}, {rate}", source=source, rate=rate_words(offer.measured))


def _none(_offer: Offer) -> bool:
    return False


class Offered:
    """Offers in reading order, found by id and by place: each stands there as an annotation of nobody."""

    def __init__(self, found: list[Offer], text: str) -> None:
        self.offers = found
        self.by_id = {id_of(offer): offer for offer in found}
        self.spans = SpanIndex(supposed(offer, text) for offer in self.by_id.values())

    def after(self, span: Span) -> Offer | None:
        """Return the offer that comes next after a span in reading order: what lies inside it comes first."""
        here = (span.start, -span.end)
        found = next((a for a in self.spans if (a.start, -a.end) > here), None)
        return self.by_id[found.id] if found is not None else None

    def without(self, taken: list[tuple[Span, str]], text: str, unwanted: Callable[[Offer], bool] = _none) -> Offered:
        """Return those that can stand beside spans that were labelled meanwhile, and are not unwanted since."""
        gone: set[str] = set()
        for span, label in taken:
            for near in self.spans.overlapping(span.start, span.end):
                same = near.label == label and _one_name(text, near.span, span)
                if same or near.span == span or cuts(near.span, span):
                    gone.add(near.id)
        gone |= {name for name, offer in self.by_id.items() if unwanted(offer)}
        return self if not gone else Offered([offer for offer in self.offers if id_of(offer) not in gone], text)


def _one_name(text: str, offered: Span, labelled: Span) -> bool:
    """Say whether two spans of one label are the same name in two forms, where they touch."""
    from rubricator.suggest.room import one_name, only_shares  # loaded after the first paint

    if not touches(offered, labelled) or only_shares(offered, labelled):
        return False
    return one_name(text, offered, labelled)


def neighbour(index: SpanIndex, here: Annotation | None, step: int, offset: int) -> Annotation | None:
    """Return what comes next (or before) in an index: seen from one that stands in it or not, or from a place."""
    if here is None:
        return index.next_after(offset) if step > 0 else index.previous_before(offset)
    if here.id in index:
        return index.neighbour(here.id, step)
    place = index.place_for(here)
    return index.nth(place if step > 0 else place - 1)


def outermost(index: SpanIndex, step: int) -> Annotation | None:
    """Return what one comes to first who walks through an index from one of its ends."""
    return index.nth(0 if step > 0 else len(index) - 1)


def nearest(found: list[Annotation], step: int) -> Annotation | None:
    """Return the one of several that comes first in the direction of a step."""
    return (min if step > 0 else max)(found, key=reading_order) if found else None
