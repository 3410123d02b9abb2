"""List completion: from one item of “Armenia, Belarus and Kyrgyzstan” to the others.

The words around the item are cut at commas, semicolons and conjunctions, up to the end of the sentence. Between two
of these stands a whole item or the list ends; before the first and after the last one the item is what looks like the
others. Only a stretch around the item is read, so this costs the same in an article of any length.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from rubricator.model.small_words import DETERMINERS, HONORIFICS, TITLES
from rubricator.model.spans import Span
from rubricator.suggest.reading import Reading, Word
from rubricator.suggest.segments import COMMAS, Segment, cut, joined, sentence_around
from rubricator.suggest.shapes import CALENDAR, LINKS, PARTICLES, STARTERS, Kind, is_initial, kind_of

REACH = 1_500
"""Code points that are read on each side."""

_JOINTS = frozenset(("-", "‐", "‑", "&", "’s", "'s"))
_WORDS_MOST = 10
_SIGNS_MOST = 12

_ENDS_SIGNS = frozenset("的等在是由将被为了也都はがをにのでもへから")


def siblings(text: str | Reading, span: Span) -> list[Span]:
    """Return the other items of the list that the span is an item of, in reading order; [] where there is none."""
    whole = text.text if isinstance(text, Reading) else text
    if len(span.fragments) != 1 or not 0 <= span.start < span.end <= len(whole):
        return []
    reading = text if isinstance(text, Reading) else Reading.around(text, span.start, span.end, REACH)
    around = sentence_around(reading, span.start, span.end)
    if not around:
        return []
    segments = cut(around)
    semicolons = any(segment.semicolon for segment in segments)
    if semicolons:
        segments = joined(segments)
    own = next((n for n, segment in enumerate(segments) if _holds(segment, span)), None)
    if own is None or len(segments) < 2:
        return []
    items = _Items(reading, segments, own, span, semicolons=semicolons)
    return items.others()


def _holds(segment: Segment, span: Span) -> bool:
    return any(span.start <= word.start < span.end for word in segment.words)


# --- items --------------------------------------------------------------------------------------------------------


class _Items:
    """The items of one list, told by what the labelled one looks like."""

    def __init__(self, reading: Reading, segments: list[Segment], own: int, span: Span, *, semicolons: bool) -> None:
        self._reading = reading
        self._segments = segments
        self._own = own
        self._span = span
        self._semicolons = semicolons
        words = segments[own].words
        self._words = [word for word in words if span.start <= word.start < span.end]
        self._before = [word for word in words if word.start < span.start]
        self._after = [word for word in words if word.start >= span.end]
        self._kind: Kind = _first_kind(self._words)
        self._kinds = [kind_of(word.text) for word in self._words]
        self._dated = any(word.text.casefold() in CALENDAR for word in self._words)
        self._unspaced = len(self._words) > 1 and all(
            one.end == other.start and kind_of(one.text) == "caseless" for one, other in pairwise(self._words)
        )
        self._determined = len(self._words) > 1 and self._words[0].text.casefold() in DETERMINERS
        self._titled = bool(self._before) and self._before[-1].text.casefold() in TITLES

    def others(self) -> list[Span]:
        """Return the other items where they make a list with this one."""
        if self._words[-1].end != self._span.end or self._kind == "mark":
            return []
        left = self._left() if self._whole_start() or self._titled else []
        right = self._right() if self._whole_end() else []
        items = left + right
        conjunctions = sum(conjunction for _, conjunction in items)
        if len(items) + 1 < self._least(conjunctions):
            return []
        return [Span.of(words[0].start, words[-1].end) for words, _ in items]

    def _least(self, conjunctions: int) -> int:
        """Return how many items make a list: what looks less like one must be longer."""
        if not conjunctions:
            return 3 if self._semicolons or self._unspaced else 4
        return 2 if self._kind == "name" or self._unspaced else 3

    def _whole_start(self) -> bool:
        return not self._bare(self._before)

    def _whole_end(self) -> bool:
        return not self._after or (self._semicolons and self._after[0].text in COMMAS)

    def _left(self) -> list[tuple[list[Word], bool]]:
        items: list[tuple[list[Word], bool]] = []
        only = True  # nothing but conjunctions so far: "A and B and C"
        for n in range(self._own, 0, -1):
            conjunction = self._segments[n].conjunction
            only = only and conjunction
            if conjunction and not only and n != self._own:
                break
            segment = self._segments[n - 1].words
            item = self._item(segment) if n > 1 else None
            if item is None:
                first = self._first(segment, opening=n == 1)
                if first:
                    items.append((first, conjunction))
                break
            items.append((item, conjunction))
        return items[::-1]

    def _right(self) -> list[tuple[list[Word], bool]]:
        items: list[tuple[list[Word], bool]] = []
        only = self._own == 0 or self._segments[self._own].conjunction
        if self._own and only and not self._next_is_and(self._own):
            return items  # this one was the last
        for n in range(self._own + 1, len(self._segments)):
            conjunction = self._segments[n].conjunction
            item = None if n + 1 == len(self._segments) else self._item(self._segments[n].words)
            if item is None and (conjunction or n + 1 == len(self._segments)):
                item = self._last(self._segments[n].words, sure=conjunction)
                if item:
                    items.append((item, conjunction))
                break
            if item is None:
                break
            items.append((item, conjunction))
            if conjunction and not self._next_is_and(n):
                break
        return items

    def _next_is_and(self, n: int) -> bool:
        return n + 1 < len(self._segments) and self._segments[n + 1].conjunction

    # --- one item -------------------------------------------------------------------------------------------------

    def _bare(self, words: list[Word]) -> list[Word]:
        """Return the words without what stands before an item and does not belong to it."""
        n = 0
        while not self._determined and n < len(words) and self._determines(words[n]):
            n += 1
        if n < len(words) and _elided(words[n]) and not _elided(self._words[0]):
            words = [*words[:n], Word(words[n].start + 2, words[n].end, words[n].text[2:]), *words[n + 1 :]]
        if self._titled:
            titles = [k for k, word in enumerate(words) if word.text.casefold() in TITLES]
            n = max([n, *(k + 1 for k in titles)])
        return words[n:]

    def _determines(self, word: Word) -> bool:
        """Say whether this is an article before a name; with a capital inside a sentence it is part of the name."""
        if word.text.casefold() not in DETERMINERS:
            return False
        place = None if word.text.islower() or self._in_headline() else self._reading.range_of(word.start, word.end)
        return place is None or self._reading.opens(place[0])

    def _item(self, words: list[Word]) -> list[Word] | None:
        """Return the item that these words are, the whole of them."""
        bare = self._bare(words)
        if self._semicolons:
            comma = next((n for n, word in enumerate(bare) if word.text in COMMAS), len(bare))
            bare = bare[:comma]
        return bare if bare and self._alike(bare) else None

    def _alike(self, words: list[Word]) -> bool:
        if words[0].text.casefold() in HONORIFICS and self._words[0].text.casefold() not in HONORIFICS:
            return False  # “Mr Lebedev and the Turkmens”
        kinds = [kind_of(word.text) for word in words]
        if self._unspaced:
            return len(words) <= 2 * _SIGNS_MOST and all(kind in ("caseless", "mark") for kind in kinds)
        if self._kind == "number":
            return kinds == self._kinds
        if self._kind == "name":
            dated = any(word.text.casefold() in CALENDAR for word in words)
            fits = len(words) <= _WORDS_MOST and _first_kind(words) == "name" and _is_name(words)
            return fits and dated <= self._dated
        most = len(self._words) + (1 if self._kind == "lower" else 3)
        folded = {word.text.casefold() for word in words}
        return len(words) <= most and set(kinds) == {self._kind} and STARTERS.isdisjoint(folded)

    def _first(self, words: list[Word], *, opening: bool) -> list[Word] | None:
        """Return the item at the end of what stands before the list."""
        if self._semicolons:
            words = words[: next((n for n, word in enumerate(words) if word.text in COMMAS), None)]
        if self._unspaced:
            run = _while(words[::-1], lambda word: kind_of(word.text) == "caseless" and word.text not in _ENDS_SIGNS)
            return run[::-1] if 0 < len(run) <= _SIGNS_MOST else None
        if self._kind != "name":
            item = words[-len(self._words) :]
            return item if len(item) == len(self._words) and self._alike(item) else None
        run = _while(words[::-1], lambda word: _name_word(word) or word.text.casefold() in PARTICLES | {"the"})[::-1]
        while run and not (_name_word(run[0]) and kind_of(run[0].text) == "name"):
            run = run[1:]
        run = self._after_role(self._bare(run))
        if run and run[0] == words[0] and opening and self._opens_with_common_word(run[0]):
            run = run[1:]
        while run and not _name_word(run[0]):
            run = run[1:]
        return run if run and self._alike(run) else None

    def _opens_with_common_word(self, word: Word) -> bool:
        place = self._reading.range_of(word.start, word.end)
        return place is not None and self._reading.common(place[0])

    def _after_role(self, words: list[Word]) -> list[Word]:
        """Leave “Presidents of” out before “Armenia, Belarus ...”."""
        for n in range(len(words) - 2, 0, -1):
            word = words[n - 1].text.casefold()
            if words[n].text.casefold() in PARTICLES and (word in TITLES or word.endswith("s") or word in STARTERS):
                rest = words[n + 1 :]
                return rest[1:] if rest[0].text.casefold() in DETERMINERS else rest
        return words

    def _last(self, words: list[Word], *, sure: bool) -> list[Word] | None:
        """Return the item with which the rest of the sentence begins; unless `sure` it must be all of it."""
        bare = self._bare(words)
        if self._unspaced:
            run = _while(bare, lambda word: kind_of(word.text) == "caseless" and word.text not in _ENDS_SIGNS)
            known = max(len(self._words), *(len(segment.words) for segment in self._segments[1:-1]), 0)
            return run if 0 < len(run) <= min(known + 2, _SIGNS_MOST) else None
        if not sure:
            return self._item(words)
        if self._kind != "name":
            item = bare[: len(self._words)]
            return item if len(item) == len(self._words) and self._alike(item) else None
        run = _while(bare, lambda word: _name_word(word) or word.text.casefold() in PARTICLES | {"the"})
        if self._in_headline():
            run = run[: len(self._words)]
        while run and not _name_word(run[-1]):
            run = run[:-1]
        return run if run and self._alike(run) else None

    def _in_headline(self) -> bool:
        """Say whether every word has a capital, so that it tells nothing."""
        longer = [word.text for segment in self._segments for word in segment.words if len(word.text) > 3]
        return len(longer) > 4 and all(kind_of(word) != "lower" for word in longer)


def _first_kind(words: list[Word]) -> Kind:
    rest = words[1:] if len(words) > 1 and words[0].text.casefold() in DETERMINERS else words
    return kind_of(rest[0].text)


def _name_word(word: Word) -> bool:
    """Say whether a word can stand in a name: with a capital, a number or an initial, or what joins its parts."""
    return kind_of(word.text) in ("name", "number") or is_initial(word.text) or word.text in _JOINTS


def _elided(word: Word) -> bool:
    """Say whether this is “l'Arménie”."""
    return len(word.text) > 2 and word.text[0] in "lL" and word.text[1] in "'’" and word.text[2].isupper()


def _is_name(words: list[Word]) -> bool:
    ends = _name_word(words[-1]) and words[-1].text not in _JOINTS
    return ends and all(_name_word(word) or word.text.casefold() in LINKS for word in words[1:])


def _while(words: list[Word], fits: Callable[[Word], bool]) -> list[Word]:
    run: list[Word] = []
    for word in words:
        if not fits(word):
            break
        run.append(word)
    return run
