"""What is offered for an article: by its layer, the memory, word lists, patterns and cues, and inside of each other."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Literal, NamedTuple

from rubricator.model.folding import composed, fold
from rubricator.model.mentions import named_inside
from rubricator.model.scheme import Scheme
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Span
from rubricator.suggest.bodies import in_brackets_after
from rubricator.suggest.cues import cues
from rubricator.suggest.inside import inside_alike, lands_inside
from rubricator.suggest.lists import siblings
from rubricator.suggest.matcher import Found, Matcher, Name
from rubricator.suggest.memory import LEAST, PRIOR, Measured, Memory, rate
from rubricator.suggest.names import chain as name_chain
from rubricator.suggest.names import told
from rubricator.suggest.patterns import NUMERIC, PART_OF_DAY, patterns
from rubricator.suggest.reading import WORDS_A_STEP, Reading
from rubricator.suggest.reasons import (
    elsewhere_why,
    inside_why,
    list_why,
    memory_why,
    repeat_why,
    rule_why,
    siblings_why,
    word_why,
)
from rubricator.suggest.room import Room
from rubricator.suggest.runs import Run, stands_alone
from rubricator.suggest.shapes import FUNCTION_WORDS
from rubricator.suggest.steps import Steps, at_once
from rubricator.suggest.supposed import Both, alike, id_for, is_offer, lies_in, supposed
from rubricator.suggest.told import Told
from rubricator.words import Message

Source = Literal["inside", "repeat", "chain", "siblings", "memory", "list", "pattern", "cue"]
"""What lies in the same words elsewhere; the words of another annotation of the article; another form of a name; an
item of a list that one stands in; earlier decisions; a word list; what is written like a date or a sum; a name that the
words around it tell."""

RANKS: tuple[Source, ...] = ("inside", "repeat", "chain", "siblings", "memory", "list", "pattern", "cue")
"""Of two offers that overlap the one that stands first here stays."""

_PLACES_A_STEP = 20
_SHORT = 2
"""Words of a name that says something else in another case: “White House”."""
_SHOUTED = 4
"""Letters of a word in capitals that is no abbreviation, mostly: that of a dateline."""

_RULES: tuple[tuple[Source, Callable[[Reading], Steps[list[Told]]]], ...] = (("pattern", patterns), ("cue", cues))

_MEASURED = 6
"""Decisions about a label's offers by rules after which they stop, where most were rejected."""

_ORIGINS = {"inside": "repeat", "repeat": "repeat", "memory": "memory", "list": "list"}


class Offer(NamedTuple):
    """A proposed annotation: what, why in words, how likely it is accepted, and what was decided of such before.

    Neither is known (None) before the first decision. `like` is the id of the annotation (or of the offer, where it
    lies in one) that it follows from, if it does, and `entity` what all those link to that it is another mention of.
    """

    span: Span
    label: str
    source: Source
    why: Message
    rate: float | None = None
    entity: str = ""
    like: str = ""
    measured: Measured | None = None

    @property
    def origin(self) -> str:
        """The origin of the annotation that is made of it."""
        return _ORIGINS.get(self.source, "rule")


def offers(
    text: str | Reading,
    annotations: SpanIndex | Iterable[Annotation],
    *,
    names: Matcher | None = None,
    memory: Memory | None = None,
    rejected: Collection[tuple[Span, str]] = (),
    least: float = LEAST,
    labels: Collection[str] = (),
    scheme: Scheme | None = None,
) -> list[Offer]:
    """Return what is offered for a layer of an article, in reading order; none cuts another, some lie in others.

    Nothing is offered where the words carry a label already, across or doubling an annotation, for what was `rejected`
    in this article (span and label), and for words whose rate is under `least`. `names` holds word lists, and
    with the source `memory` words that were labelled. `labels` are the scheme's: patterns and cues offer only what it
    has; what a rule of the `scheme` forbids beside what stands is not offered. Of a `Reading` that is a stretch of a
    text, offers are in that stretch only.
    """
    reading = text if isinstance(text, Reading) else Reading(text)
    index = annotations if isinstance(annotations, SpanIndex) else SpanIndex(annotations)
    return at_once(offers_in_steps(reading, index, names, memory or Memory(), rejected, labels, least, scheme))


def offers_in_steps(
    reading: Reading,
    index: SpanIndex,
    names: Matcher | None,
    memory: Memory,
    rejected: Collection[tuple[Span, str]],
    labels: Collection[str] = (),
    least: float = LEAST,
    scheme: Scheme | None = None,
    but: Collection[str] = (),
) -> Steps[list[Offer]]:
    """Find the same in short steps, between which nothing of it may change; labels in `but` are not offered.

    What lies in another one is found as if that were accepted, so it is what would be offered then: nothing new comes
    up under a hand that accepts one after the other.
    """
    text, known = reading.text, frozenset(rejected)
    settled = {span for span, _ in rejected}
    yield from _settle(index, settled)
    hidden: list[Offer] = []
    every = chain(
        _of_layer(reading, index, settled, but, hidden),
        _of_names(reading, names, memory, settled, hidden),
        _of_rules(reading, memory, frozenset(labels)),
        _of_lands(reading, index, memory, labels),
    )
    pool: list[Offer] = []
    free = Room(text, index, known, memory, least, scheme, but)
    found = newest = yield from _chosen(reading, every, free, pool)
    pool += hidden
    for _level in range(1, _LEVELS):
        outer = SpanIndex(supposed(offer, text) for offer in newest if _has_words(offer, text))
        if not len(outer):
            break
        standing = Both(index, SpanIndex(supposed(offer, text) for offer in found))
        inner = chain(
            pool,
            _of_supposed(reading, newest),
            _insides_alike(reading, index, outer),
            _of_lands(reading, outer, memory, labels),
            _again(reading, found, outer),
        )
        within = (offer for offer in inner if offer is None or lies_in(outer, offer.span))
        newest = yield from _chosen(reading, within, Room(text, standing, known, memory, least, scheme, but))
        found = [*found, *newest]
    return sorted(found, key=lambda offer: (offer.span.start, -offer.span.end))


_LEVELS = 4
"""An event, in it an office, in it a body, in it a union."""


def _has_words(offer: Offer, text: str) -> bool:
    """Say whether something may lie in an offer: it has more than one word."""
    return len(offer.span.quote(text).split()) > 1


def _chosen(
    reading: Reading, every: Iterable[Offer | None], free: Room, seen: list[Offer] | None = None
) -> Steps[list[Offer]]:
    """Choose of all that could be offered what can stand and is likely, without overlaps; `seen` is given all of it."""
    rated: list[Offer] = []
    for offer in every:
        if offer is not None:
            if seen is not None:
                seen.append(offer)
            if (judged := free.rated(offer)) is not None:
                rated.append(judged)
        yield
    rated += [judged for offer in _of_brackets(reading, rated) if (judged := free.rated(offer)) is not None]
    yield
    return (yield from _without_overlaps(list(_whole(rated, reading.text))))


def _whole(found: Iterable[Offer], text: str) -> Iterator[Offer]:
    """Leave out what lies in a longer offer and has its turn after it, or none.

    A number in a date, a sum, a measure: they were a number elsewhere. A name in a longer name: that comes first.
    """
    around: list[Offer] = []
    for offer in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        around = [one for one in around if one.span.end >= offer.span.end and one.span != offer.span]
        if not any(_comes_first(outer, offer, text) for outer in around):
            yield offer
        around.append(offer)


def _comes_first(outer: Offer, inner: Offer, text: str) -> bool:
    if outer.source == "pattern":
        return inner.label in NUMERIC
    if outer.source == "cue" and outer.label != inner.label:
        return True  # “State Security Council of Karesh” before “Karesh”, however well that is known
    if outer.label != inner.label:
        return False
    return outer.source in ("cue", "memory") or named_inside(text, outer.span, inner.span)  # the whole of a title


def _settle(index: SpanIndex, settled: set[Span]) -> Steps[None]:
    """Add where annotations stand."""
    for n, annotation in enumerate(index):
        settled.add(annotation.span)
        if n % WORDS_A_STEP == 0:
            yield


# --- sources ------------------------------------------------------------------------------------------------------


# Each yields an offer, or None where a step ended that found none.


def _of_layer(
    reading: Reading, index: SpanIndex, settled: Collection[Span], but: Collection[str], hidden: list[Offer]
) -> Iterator[Offer | None]:
    labels: dict[str, Counter[str]] = {}
    entities: _Entities = {}
    first: dict[tuple[str, str], Annotation] = {}
    for annotation in index:
        if len(annotation.span.fragments) > 1 or annotation.label in but:
            continue
        quote = annotation.span.quote(reading.text)
        words = " ".join(composed(quote).split())
        labels.setdefault(words, Counter())[annotation.label] += 1
        if annotation.entity:
            entities.setdefault((fold(words), annotation.label), set()).add(annotation.entity)
        first.setdefault((fold(words), annotation.label), annotation)
        yield from _of_list(reading, index, annotation, quote)
        yield None
    for key, annotation in first.items():
        yield from _of_chain(reading, annotation, _one(entities, *key))
        yield None
    yield from _of_insides(reading, index)
    yield from _of_repeats(reading, labels, entities, settled, hidden)


_Entities = dict[tuple[str, str], set[str]]
"""What is linked to by some words (folded) with a label."""


def _one(entities: _Entities, words: str, label: str) -> str:
    """Return the one entity that some words mean wherever they are linked; nothing where they mean several."""
    found = entities.get((words, label), set())
    return next(iter(found)) if len(found) == 1 else ""


def _of_insides(reading: Reading, index: SpanIndex) -> Iterator[Offer | None]:
    for found in inside_alike(reading, index):
        if found is None:
            yield None
        else:
            yield Offer(found.span, found.label, "inside", inside_why(), None, "", found.like.id)


def _of_repeats(
    reading: Reading,
    labels: dict[str, Counter[str]],
    entities: _Entities,
    settled: Collection[Span],
    hidden: list[Offer],
) -> Iterator[Offer | None]:
    matcher = Matcher(case="any")
    for words in labels:
        if words in FUNCTION_WORDS:
            continue  # a slip, and the article would be full of it
        matcher.add(Name(words, ""))
        yield None
    written = [_as_written(reading, place) for place in (yield from _alone(reading, matcher))]
    for place, shown in _outermost([place for place in written if place.names], settled):
        counted = ((n, label, name.words) for name in place.names for label, n in labels[name.words].items())
        _n, label, words = max(counted)
        entity = _one(entities, fold(words), label)
        offer = Offer(Span.of(place.start, place.end), label, "repeat", repeat_why(), None, entity)
        if shown:
            yield offer
        else:
            hidden.append(offer)


def _as_written(reading: Reading, place: Found) -> Found:
    """Leave the names that are written so in the text; of three words and more those in another case as well."""
    quote = " ".join(composed(reading.text[place.start : place.end]).split())
    if len(quote.split()) > _SHORT:
        return place
    return place._replace(names=tuple(name for name in place.names if quote in (name.words, _in_text(name.words))))


def _in_text(words: str) -> str:
    """Return how a name from a dateline, all in capitals, stands in the text; others as they are: “WHO” is no “Who”."""
    shouted = words.isupper() and all(len(word) >= _SHOUTED for word in words.split())
    return words.title() if shouted else words


def _of_chain(reading: Reading, annotation: Annotation, entity: str) -> Iterator[Offer]:
    found = reading.once(("chain", annotation.span), partial(name_chain, reading, annotation.span))
    quote = annotation.span.quote(reading.text)
    for mention in found.mentions if found else ():
        why = told(mention.form, quote)
        yield Offer(mention.span, annotation.label, "chain", why, None, entity, annotation.id)


def _of_brackets(reading: Reading, found: Iterable[Offer]) -> Iterator[Offer]:
    """Yield the abbreviations in brackets after what is only offered: “Sund Trade Council (STC)”."""
    places: set[Run] = set()
    for offer in sorted(found, key=_better_first):
        run = reading.range_of(offer.span.start, offer.span.end)
        short = in_brackets_after(reading, run) if run else None
        if short is not None and short not in places:
            places.add(short)
            word = reading.words[short[0]]
            why = told("abbreviation", offer.span.quote(reading.text))
            yield Offer(Span.of(word.start, word.end), offer.label, "chain", why)


def _of_list(reading: Reading, index: SpanIndex, annotation: Annotation, quote: str) -> Iterator[Offer]:
    for span in reading.once(("siblings", annotation.span), partial(siblings, reading, annotation.span)):
        if any(_another(reading.text, span, other) for other in _unlike(index, span, annotation.label)):
            continue
        why = siblings_why(quote)
        yield Offer(span, annotation.label, "siblings", why, None, "", annotation.id)


def _unlike(index: SpanIndex, span: Span, label: str) -> Iterator[Annotation]:
    return (other for other in index.overlapping(span.start, span.end) if other.label != label)


def _another(text: str, span: Span, other: Annotation) -> bool:
    """Say whether words that are labelled as another thing end alike: “Lebedev” with “Sergey Lebedev”, or around it."""
    one, two = sorted((span.start, other.span.start))
    return span.end == other.span.end and all(word[0].isupper() for word in text[one:two].split())


def _of_names(
    reading: Reading, names: Matcher | None, memory: Memory, settled: Collection[Span], hidden: list[Offer]
) -> Iterator[Offer | None]:
    if not names:
        return
    places = yield from reading.once_in_steps("names", partial(_alone, reading, names), (names, len(names)))
    for place, shown in _outermost(places, settled):
        for offer in _of_place(place, memory):
            if shown:
                yield offer
            else:
                hidden.append(offer)


def _of_place(place: Found, memory: Memory) -> Iterator[Offer]:
    """Yield what is offered where a name of a list or of the memory stands."""
    span = Span.of(place.start, place.end)
    for name in place.names:
        if name.source == "list":
            yield Offer(span, name.label, "list", list_why(name.where))
        elif name.words not in FUNCTION_WORDS and (best := memory.best(name.words, 0)):
            yield Offer(span, best[0], "memory", memory_why())


def _of_rules(reading: Reading, memory: Memory, labels: frozenset[str]) -> Iterator[Offer | None]:
    if not labels:
        return
    for source, find in _RULES:
        for start, end, names, what, again, word in (yield from reading.once_in_steps(source, partial(find, reading))):
            label = next((name for name in names if name in labels), "")
            if what == PART_OF_DAY and _DAY_APART not in labels:
                continue
            if label and not silent(memory, label):
                why = word_why(what, word, again=again) if word else rule_why(what, again=again)
                yield Offer(Span.of(start, end), label, source, why)


def _of_lands(reading: Reading, index: SpanIndex, memory: Memory, labels: Collection[str]) -> Iterator[Offer | None]:
    if _LAND not in labels or silent(memory, _LAND):
        return
    for run in lands_inside(reading, index):
        yield Offer(_span(reading, run), _LAND, "cue", rule_why("land")) if run is not None else None


_DAY_APART = "AGE"
"""A scheme that has it keeps dates to the calendar, and a part of a day beside it: OntoNotes has ages in its dates, and
“Friday evening” is one time there; GUM has it in the date."""

_LAND = "COUNTRY"
"""A scheme that has it labels names in names; where one label is for all places, as in corpora, they mostly do not."""


def _span(reading: Reading, run: Run) -> Span:
    return Span.of(reading.words[run[0]].start, reading.words[run[1] - 1].end)


def silent(memory: Memory, label: str) -> bool:
    """Say whether rules offer a label no longer: it was rejected so often that it only costs time."""
    count = memory.source_count("rule", label)
    return sum(count) >= _MEASURED and rate(*count) < LEAST


def _alone(reading: Reading, matcher: Matcher) -> Steps[list[Found]]:
    """Find the places of names that are no part of a longer one: not “Miami” in “Miami Beach”."""
    alone: list[Found] = []
    for n, place in enumerate((yield from matcher.find_in_steps(reading, nested=True))):
        run = reading.range_of(place.start, place.end)
        if run is None or stands_alone(reading, run):
            alone.append(place)
        if n % _PLACES_A_STEP == 0:
            yield
    return alone


def _outermost(places: Iterable[Found], settled: Collection[Span]) -> Iterator[tuple[Found, bool]]:
    """Yield the places, and whether each is one of the longest: what lies in them has its turn with them, or after."""
    last = 0
    for place in places:
        if Span.of(place.start, place.end) in settled:
            continue
        longest = place.start >= last
        last = place.end if longest else last
        yield place, longest


# --- what lies in what is offered ---------------------------------------------------------------------------------


def _of_supposed(reading: Reading, found: Iterable[Offer]) -> Iterator[Offer | None]:
    """Yield other forms of the names that are offered."""
    words: set[tuple[str, str]] = set()
    for offer in found:
        if offer.source == "siblings":
            continue  # of a list of names each may be another thing
        key = fold(offer.span.quote(reading.text)), offer.label
        if key not in words:
            words.add(key)
            yield from _of_chain(reading, supposed(offer, reading.text), offer.entity)
        yield None


def _insides_alike(reading: Reading, index: SpanIndex, outer: SpanIndex) -> Iterator[Offer | None]:
    """Yield what is labelled in annotations of the same words."""
    near = yield from alike(reading.text, index, outer)
    yield from _of_insides(reading, near)


def _again(reading: Reading, found: Iterable[Offer], outer: SpanIndex) -> Iterator[Offer | None]:
    """Yield where the words of an offer stand again in a longer one, and are offered as what they are elsewhere."""
    known: dict[str, dict[tuple[str, ...], tuple[Run, Offer]]] = {}
    for offer in sorted(found, key=_better_first):
        run = reading.range_of(offer.span.start, offer.span.end) if offer.source != "siblings" else None
        if run is not None and offer.span.quote(reading.text) not in FUNCTION_WORDS:
            words = _as_the_same(reading, run)
            known.setdefault(words[0].casefold(), {}).setdefault(words, (run, offer))
        yield None
    for around in outer:
        whole = reading.range_of(around.start, around.end) or (0, 0)
        for n in range(*whole):
            for words, (run, offer) in known.get(reading.folded(n), {}).items():
                here = n, n + len(words)
                same = here != run and here[1] <= whole[1] and _as_the_same(reading, here) == words
                if same and stands_alone(reading, here):
                    like, why = id_for(offer.span, offer.label), elsewhere_why(offer.why, offer.source in _TOLD)
                    yield offer._replace(span=_span(reading, here), why=why, like=like)
        yield None


def _as_the_same(reading: Reading, run: Run) -> tuple[str, ...]:
    """Return the words of a run as they are the same in another place: three and more in whatever case."""
    words = tuple(reading.words[n].text for n in range(*run))
    return tuple(word.casefold() for word in words) if len(words) > _SHORT else words


_TOLD: tuple[Source, ...] = ("cue", "pattern")
"""What is known of words by their place."""


# --- choice -------------------------------------------------------------------------------------------------------


def _without_overlaps(found: list[Offer]) -> Steps[list[Offer]]:
    kept: list[tuple[int, int]] = []
    chosen: list[Offer] = []
    for at, offer in enumerate(sorted(found, key=_better_first)):
        if at % _PLACES_A_STEP == 0:
            yield
        start, end = offer.span.start, offer.span.end
        n = bisect_left(kept, (start,))
        if (n == 0 or kept[n - 1][1] <= start) and (n == len(kept) or kept[n][0] >= end):
            insort(kept, (start, end))
            chosen.append(offer)
    return sorted(chosen, key=lambda offer: offer.span)


def _better_first(offer: Offer) -> tuple[bool, int, float, int, int, str, str]:
    unknown = rate(0, 0, PRIOR)
    certainty = offer.rate if offer.rate is not None else unknown
    supposed = is_offer(offer.like)  # it follows from what nobody has accepted
    return supposed, RANKS.index(offer.source), -certainty, -len(offer.span), offer.span.start, offer.label, offer.like
