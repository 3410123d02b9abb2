"""What is offered for the article shown: it follows the project's decisions, and is asked anew after each change."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain
from time import perf_counter

from rubricator.model.changes import Change, Replaced
from rubricator.model.folding import single_spaced
from rubricator.model.rejections import Rejection
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Fragment
from rubricator.project import Decided, Project
from rubricator.suggest.matcher import Matcher, Name
from rubricator.suggest.memory import LEAST, Memory
from rubricator.suggest.offers import Offer, offers_in_steps, silent
from rubricator.suggest.reading import Reading, unbroken
from rubricator.suggest.steps import Steps
from rubricator_gui.offered import WHOLE

STRETCH = 5_000
"""Code points of a longer article that are looked over above and below the screen."""

_SLICE = 0.005
"""Seconds that are spent in one go on reading what was decided before: no frame is dropped."""

_PIECE = 500
"""Code points of which the annotations are read in one step."""

_BATCH = 100
"""Names that are taken in between two looks at the clock."""


class Offering:
    """Keeps memory, word lists and rejections at hand, and finds what is offered."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._memory = Memory()
        self._names = Matcher()
        self._split = project.schemes.split_away()
        """Labels that mean something else since they were split: what was known of them tells nothing."""
        self._loading: Iterator[tuple[Memory, Matcher] | None] | None = _loaded(project, self._split)
        self._read: dict[str, Rejection] | None = None
        """What was rejected in the article, by id, once somebody asks: the text is painted first."""
        self._article = ""
        self._text = ""
        self._stretch: Fragment = (0, 0)
        self._reading: Reading | None = None
        self._looking: Steps[list[Offer]] | None = None

    @property
    def loaded(self) -> bool:
        """Say whether all that was decided before is known."""
        return self._loading is None

    def load_some(self, seconds: float = _SLICE) -> bool:
        """Go on reading what was decided before, for a moment; True once all of it is known."""
        until = perf_counter() + seconds
        while (loading := self._loading) is not None and perf_counter() < until:
            self._loading = None  # what fails is not asked again
            done = next(loading)
            if done is None:
                self._loading = loading
            else:
                self._memory, self._names = done
                self._looking = None
        gc.freeze()  # thousands of small things that stay: to look them over again and again takes 100 ms each time
        return self.loaded

    def show(self, article: str, text: str) -> None:
        """Turn to another article (or none)."""
        self._article, self._text = article, text
        self._stretch, self._reading, self._looking = (0, 0), None, None
        self._read = None

    @property
    def _rejected(self) -> dict[str, Rejection]:
        if self._read is None:
            found = self._project.rejections(self._article) if self._article else []
            self._read = {rejection.id: rejection for rejection in found}
        return self._read

    # --- change ---------------------------------------------------------------------------------------------------

    def patch(self, change: Change) -> None:
        """Take in what was decided by a Change; what is being looked for must be looked for anew."""
        self._looking = None
        split = self._split
        given = any(one.after is not None and one.after.label in split for one in change.annotations)
        if given or change.everything or change.scheme:
            self._split = self._project.schemes.split_away()
        anew = change.everything or change.listing or change.scheme or change.wordlists or split != self._split
        if not self.loaded or anew:
            self._loading = _loaded(self._project, self._split)
        if change.everything:
            self._read = None
            return
        me = self._project.me.annotator
        for labelled in change.annotations:
            for annotation, n in ((labelled.before, -1), (labelled.after, 1)):
                if annotation is not None and annotation.annotator == me and len(annotation.span.fragments) == 1:
                    self._take(annotation, n)
        for rejected in change.rejections:
            self._patch_rejection(rejected, me)

    def _take(self, annotation: Annotation, n: int) -> None:
        if annotation.quote and annotation.label not in self._split:
            self._memory.take(annotation.quote, annotation.label, annotation.origin, n)
            if n > 0:
                self._names.add(Name(single_spaced(annotation.quote), "", "memory"))

    def _patch_rejection(self, replaced: Replaced[Rejection], me: str) -> None:
        for rejection, n in ((replaced.before, -1), (replaced.after, 1)):
            if rejection is None or rejection.annotator != me:
                continue
            if rejection.article != self._article:
                self._loading = _loaded(self._project, self._split)  # its words are in another text
                continue
            self._memory.reject(rejection.span.quote(self._text), rejection.label, rejection.source, n)
            if n > 0:
                self._rejected[rejection.id] = rejection
            else:
                self._rejected.pop(rejection.id, None)

    def unwanted(self, offer: Offer) -> bool:
        """Say whether an offer's words were rejected for its label so often that it is not made any longer."""
        known = self._memory.rate(offer.span.quote(self._text), offer.label)
        return known is not None and known < LEAST

    @property
    def silent(self) -> list[str]:
        """The labels that rules suggest no longer, since most of it was rejected."""
        return [name for name in self._project.scheme.by_name if silent(self._memory, name)]

    # --- looking --------------------------------------------------------------------------------------------------

    def covers(self, seen: Fragment) -> bool:
        """Say whether what is seen was looked over."""
        return self._stretch[0] <= seen[0] and min(seen[1], len(self._text)) <= self._stretch[1]

    @property
    def looking(self) -> bool:
        """Say whether a look was begun and has not come to its end."""
        return self._looking is not None

    def begin(self, spans: SpanIndex, seen: Fragment) -> None:
        """Begin to look in the whole article, or around what is seen of a long one."""
        size = len(self._text)
        if not self.covers(seen) or not self._stretch[1]:
            self._reading = None
            low, high = seen[0], min(size, seen[1])
            whole = size <= WHOLE
            self._stretch = (0, size) if whole else (max(0, low - STRETCH), min(size, high + STRETCH))
        self._looking = self._steps(spans)

    def look_some(self, seconds: float = _SLICE) -> list[Offer] | None:
        """Go on looking for a moment; return what is offered once all of it was looked over."""
        until = perf_counter() + seconds
        while self._looking is not None:
            try:
                next(self._looking)
            except StopIteration as done:
                self._looking = None
                found: list[Offer] = done.value
                return found
            if perf_counter() >= until:
                break
        return None

    def _steps(self, spans: SpanIndex) -> Steps[list[Offer]]:
        yield  # whoever begins is in a paint, or in the work of a key
        low, high = self._stretch
        if self._reading is None:
            self._reading = yield from Reading.in_steps(self._text, *unbroken(self._text, low, high, STRETCH))
        if high - low < len(self._text):
            near: list[Annotation] = []
            for start in range(low, high, _PIECE):
                near += spans.overlapping(start, min(high, start + _PIECE))
                yield
            spans = SpanIndex(near)
        rejected = {(rejection.span, rejection.label) for rejection in self._rejected.values()}
        scheme = self._project.scheme
        labels = scheme.by_name.keys() - self._split
        found = offers_in_steps(
            self._reading, spans, self._names, self._memory, rejected, labels, LEAST, scheme, self._split
        )
        return (yield from found)


def _loaded(project: Project, but: Collection[str]) -> Iterator[tuple[Memory, Matcher] | None]:
    """Read in parts what was decided before, not of the labels in `but`; the last one is the whole."""
    memory, names = Memory(), Matcher()
    taken: Counter[tuple[str, str, str]] = Counter()
    rejected: Counter[tuple[str, str, str]] = Counter()
    for part in project.decisions():
        for words, label, source, yes, no in part:  # the same words come in many parts: to fold them takes longer
            if label in but:
                continue
            taken[words, label, source] += yes
            rejected[words, label, source] += no
        yield None
    forms: dict[str, None] = {}
    for n, ((words, label, source), yes) in enumerate(taken.items()):
        Decided(words, label, source, yes, rejected[words, label, source]).tell(memory)
        if yes:
            forms[single_spaced(words)] = None  # each: what was seen in capitals alone is looked for in these
        if n % _BATCH == 0:
            yield None
    for n, name in enumerate(chain(project.listed(), (Name(words, "", "memory") for words in forms))):
        names.add(name)
        if n % _BATCH == 0:
            yield None
    yield memory, names
