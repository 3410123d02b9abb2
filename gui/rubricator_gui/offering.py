"""What is offered for the article shown: it follows the project's decisions, and is asked anew after each change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from time import perf_counter

from rubricator.model.changes import Change, Replaced
from rubricator.model.folding import single_spaced
from rubricator.model.rejections import Rejection
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Fragment, Span, crosses, reading_order
from rubricator.project import Project
from rubricator.suggest.matcher import Matcher, Name
from rubricator.suggest.memory import Memory
from rubricator.suggest.offers import Offer, Source, offers, remembered
from rubricator.suggest.reading import Reading
from rubricator.words import Message, _, message

WHOLE = 50_000
"""Code points up to which an article is looked over as a whole; of a longer one, the stretch around the screen."""

STRETCH = 5_000
"""Code points of a longer article that are looked over above and below the screen."""

_SLICE = 0.006
"""Seconds that are spent in one go on reading what was decided before: no frame is dropped."""

_BATCH = 100
"""Names that are taken in between two looks at the clock."""

SOURCE_WORDS: dict[Source, str] = {
    "repeat": "the same words",
    "chain": "another form of the name",
    "siblings": "the same list",
    "memory": "memory",
    "list": "word list",
}


def id_of(offer: Offer) -> str:
    """Return the id under which an offer is shown: it begins like none of an annotation."""
    return f"?{offer.span.start}-{offer.span.end}-{offer.label}"


def is_offer(shown: str) -> bool:
    """Say whether the id of something shown is an offer's."""
    return shown.startswith("?")


def source_words(offer: Offer) -> Message:
    """Say whose offer it is, and how often such ones were accepted."""
    source = _(SOURCE_WORDS[offer.source])
    if offer.rate is None:
        return message("{source}, not measured yet", source=source)
    return message("{source}, {rate} % accepted", source=source, rate=round(100 * offer.rate))


class Offered:
    """Offers in reading order, found by id and by place: each stands there as an annotation of nobody."""

    def __init__(self, found: list[Offer], text: str) -> None:
        self.offers = found
        self.by_id = {id_of(offer): offer for offer in found}
        self.spans = SpanIndex(
            Annotation(name, "", "", offer.label, offer.span, offer.span.quote(text), origin=offer.origin)
            for name, offer in self.by_id.items()
        )

    def after(self, offer: Offer) -> Offer | None:
        """Return the next offer in reading order, whether this one still stands or not."""
        return next((other for other in self.offers if other.span > offer.span), None)

    def without(self, taken: list[Span], text: str) -> Offered:
        """Return those that can stand beside spans that were labelled meanwhile."""
        left = [
            offer for offer in self.offers if not any(offer.span == span or crosses(offer.span, span) for span in taken)
        ]
        return self if len(left) == len(self.offers) else Offered(left, text)


def neighbour(index: SpanIndex, here: Annotation | None, step: int, offset: int) -> Annotation | None:
    """Return what comes next (or before) in an index: seen from one that stands in it or not, or from a place."""
    if here is None:
        return index.next_after(offset) if step > 0 else index.previous_before(offset)
    if here.id in index:
        return index.neighbour(here.id, step)
    place = index.place_for(here)
    return index.nth(place if step > 0 else place - 1)


def nearest(found: list[Annotation], step: int) -> Annotation | None:
    """Return the one of several that comes first in the direction of a step."""
    return (min if step > 0 else max)(found, key=reading_order) if found else None


class Offering:
    """Keeps memory, word lists and rejections at hand, and finds what is offered."""

    def __init__(self) -> None:
        self._project: Project | None = None
        self._memory = Memory()
        self._names = Matcher()
        self._loading: Iterator[tuple[Memory, Matcher] | None] | None = None
        self._rejected: dict[str, Rejection] = {}
        self._article = ""
        self._text = ""
        self._stretch: Fragment = (0, 0)
        self._reading = Reading("")

    def open(self, project: Project | None) -> None:
        """Follow another project, or none; what was decided in it is read by `load_some`."""
        self._project = project
        self._memory, self._names = Memory(), Matcher()
        self._reload()

    def _reload(self) -> None:
        self._loading = _loaded(self._project) if self._project is not None else None

    @property
    def loaded(self) -> bool:
        """Say whether all that was decided before is known."""
        return self._loading is None

    def load_some(self, seconds: float = _SLICE) -> bool:
        """Go on reading what was decided before, for a moment; True once all of it is known."""
        until = perf_counter() + seconds
        while self._loading is not None and perf_counter() < until:
            done = next(self._loading)
            if done is not None:
                self._memory, self._names = done
                self._loading = None
        return self.loaded

    def show(self, article: str, text: str) -> None:
        """Turn to another article (or none)."""
        self._article, self._text = article, text
        self._stretch, self._reading = (0, 0), Reading("")
        self._read_rejections()

    def _read_rejections(self) -> None:
        found = self._project.rejections(self._article) if self._project is not None and self._article else []
        self._rejected = {rejection.id: rejection for rejection in found}

    # --- change ---------------------------------------------------------------------------------------------------

    def patch(self, change: Change) -> None:
        """Take in what was decided by a Change."""
        if self._project is None:
            return
        if not self.loaded or change.everything or change.listing or change.scheme or change.wordlists:
            self._reload()
        if change.everything:
            self._read_rejections()
            return
        me = self._project.me.annotator
        for labelled in change.annotations:
            for annotation, n in ((labelled.before, -1), (labelled.after, 1)):
                if annotation is not None and annotation.annotator == me and len(annotation.span.fragments) == 1:
                    self._take(annotation, n)
        for rejected in change.rejections:
            self._patch_rejection(rejected, me)

    def _take(self, annotation: Annotation, n: int) -> None:
        if annotation.quote:
            self._memory.take(annotation.quote, annotation.label, annotation.origin, n)
            if n > 0:
                self._names.add(Name(single_spaced(annotation.quote), "", "memory"))

    def _patch_rejection(self, replaced: Replaced[Rejection], me: str) -> None:
        for rejection, n in ((replaced.before, -1), (replaced.after, 1)):
            if rejection is None or rejection.annotator != me:
                continue
            if rejection.article != self._article:
                self._reload()  # its words are in another text
                continue
            self._memory.reject(rejection.span.quote(self._text), rejection.label, rejection.source, n)
            if n > 0:
                self._rejected[rejection.id] = rejection
            else:
                self._rejected.pop(rejection.id, None)

    # --- looking --------------------------------------------------------------------------------------------------

    def covers(self, seen: Fragment) -> bool:
        """Say whether what is seen was looked over."""
        return self._stretch[0] <= seen[0] and min(seen[1], len(self._text)) <= self._stretch[1]

    def look(self, spans: SpanIndex, seen: Fragment) -> list[Offer]:
        """Return what is offered: in the whole article, or around what is seen of a long one."""
        size = len(self._text)
        if not self.covers(seen) or not self._stretch[1]:
            if size <= WHOLE:
                self._stretch, self._reading = (0, size), Reading(self._text)
            else:
                self._stretch = (max(0, seen[0] - STRETCH), min(size, seen[1] + STRETCH))
                self._reading = Reading.around(self._text, seen[0], min(size, seen[1]), STRETCH)
        near = spans if size <= WHOLE else SpanIndex(spans.overlapping(*self._stretch))
        rejected = {(rejection.span, rejection.label) for rejection in self._rejected.values()}
        return offers(self._reading, near, names=self._names, memory=self._memory, rejected=rejected)


def _loaded(project: Project) -> Iterator[tuple[Memory, Matcher] | None]:
    """Read in parts what was decided before; the last one is the whole."""
    memory, names = Memory(), Matcher()
    for part in project.decisions():
        for one in part:
            one.tell(memory)
        yield None
    for n, name in enumerate(chain(project.listed(), remembered(memory))):
        names.add(name)
        if n % _BATCH == 0:
            yield None
    yield memory, names
