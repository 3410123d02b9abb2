"""Finding things by what one types of their names: words, their beginnings, initials. No widget here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rubricator.model.scheme import Label

_WORD = re.compile(r"[^\W_]+")


class Entry(NamedTuple):
    """Something that can be done from the command palette."""

    kind: str
    """action, label or topic"""
    id: str
    words: str
    beside: str = ""
    """What is said at the right: where it stands, what it would do, or why it cannot be done."""
    keys: tuple[str, ...] = ()
    possible: bool = True
    icon: str = ""
    label: Label | None = None
    also: str = ""
    """Words that people call it by otherwise; they are found, and not shown."""

    @property
    def name(self) -> str:
        """What it is remembered by."""
        return f"{self.kind}:{self.id}"


_WHOLE, _BEGINNING, _WORDS, _OTHERWISE, _SCATTERED, _WITHIN = range(6)
"""How a name fits, best first: all of it, how it begins, words of it, words that it is called by otherwise (so far
every word was there), letters of several words, letters within a word."""


class Hit(NamedTuple):
    """How well a name fits (0 best), and which of its characters were typed."""

    rank: int
    places: frozenset[int] = frozenset()


class Found(NamedTuple):
    """An entry that was found, with the characters of its words that were typed."""

    entry: Entry
    places: frozenset[int] = frozenset()
    rank: int = 0
    """How well it fits, 0 best."""

    @property
    def there(self) -> bool:
        """Say whether all words that were typed are there, and not only their letters."""
        return self.rank <= _OTHERWISE


def find(typed: str, words: str) -> Hit | None:
    """Return how what is typed fits a name: every word of it must be found there; None where one is not."""
    folded, spans = _prepared(words)
    wanted = _fold(typed).split()
    whole = " ".join(wanted)
    if whole and folded.startswith(whole):
        return Hit(_WHOLE if folded == whole else _BEGINNING, frozenset(range(len(whole))))
    rank, places = _WORDS, frozenset[int]()
    for word in wanted:
        hit = _word(word, folded, spans)
        if hit is None:
            return None
        rank, places = max(rank, hit.rank), places | hit.places
    return Hit(rank, places)


def _word(word: str, folded: str, spans: Sequence[tuple[int, int]]) -> Hit | None:
    """Find one word: at the beginning of a word, as beginnings of several words, or anywhere."""
    for start, _end in spans:
        if folded.startswith(word, start):
            return Hit(_WORDS, frozenset(range(start, start + len(word))))
    humps = _humps(word, folded, spans)
    if humps is not None:
        return Hit(_SCATTERED, humps)
    place = folded.find(word)
    return Hit(_WITHIN, frozenset(range(place, place + len(word)))) if place >= 0 else None


def _humps(word: str, folded: str, spans: Sequence[tuple[int, int]]) -> frozenset[int] | None:
    """Find a word as beginnings of words, in their order: "fgo" and "fingo" in "Finish and go on"."""
    hopeless: set[tuple[int, int]] = set()

    def rest(at: int, first: int) -> frozenset[int] | None:
        if at == len(word):
            return frozenset()
        if (at, first) in hopeless:
            return None
        for n in range(first, len(spans)):
            start, end = spans[n]
            same = 0
            while at + same < len(word) and start + same < end and folded[start + same] == word[at + same]:
                same += 1
            for length in range(same, 0, -1):
                found = rest(at + length, n + 1)
                if found is not None:
                    return found | frozenset(range(start, start + length))
        hopeless.add((at, first))
        return None

    return rest(0, 0)


@lru_cache(maxsize=20_000)
def _prepared(words: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a name without case and accents, and where its words stand: asked again with every letter typed."""
    folded = _fold(words)
    return folded, tuple(match.span() for match in _WORD.finditer(folded))


def _fold(words: str) -> str:
    """Return words without case and accents, character for character."""
    return "".join(unicodedata.normalize("NFKD", c)[0].casefold()[:1] for c in words)


def _find_entry(typed: str, entry: Entry) -> Hit | None:
    """Return how what is typed fits an entry by its name, or by what people call it otherwise."""
    hit = find(typed, entry.words)
    if entry.also and (hit is None or hit.rank > _WORDS):
        other = find(typed, f"{entry.words} {entry.also}")
        if other is not None and other.rank <= _WORDS:
            return Hit(_OTHERWISE, frozenset(place for place in other.places if place < len(entry.words)))
    return hit


_ORDER: Mapping[str, int] = {"action": 0, "label": 1, "topic": 2}


def ranked(entries: Sequence[Entry], typed: str, recent: Sequence[str], most: int = 60) -> list[Found]:
    """Return what is found, best first; of equals what was used lately.

    What cannot be done now stands below what can, where the words typed are there; below both stands what only has
    their letters somewhere: who types a word means that word, and reads why it cannot be done.
    With nothing typed: what can be done, what was used lately on top; topics are too many for that.
    """
    lately = {name: n for n, name in enumerate(recent)}
    if not typed.strip():
        usual = [entry for entry in entries if entry.possible and (entry.kind != "topic" or entry.name in lately)]
        usual.sort(key=lambda entry: lately.get(entry.name, len(lately)))
        return [Found(entry) for entry in usual[:most]]
    found: list[tuple[tuple[bool, bool, int, int, int, int], Found]] = []
    for n, entry in enumerate(entries):
        hit = _find_entry(typed, entry)
        if hit is not None:
            one = Found(entry, hit.places, hit.rank)
            recently = lately.get(entry.name, len(lately))
            found.append(((not one.there, not entry.possible, hit.rank, recently, _ORDER[entry.kind], n), one))
    found.sort(key=lambda pair: pair[0])
    return [pair[1] for pair in found[:most]]


def meant(found: Sequence[Found]) -> int:
    """Return the row that Enter takes; -1 for none: where what fits better cannot be done now nothing is done.

    “delete” is not to take the article out because no annotation is chosen.
    """
    first = next((n for n, one in enumerate(found) if one.entry.possible), -1)
    return first if first >= 0 and _kind(found[first].rank) == min(_kind(one.rank) for one in found) else -1


def _kind(rank: int) -> int:
    """Return 0 where an action's own words were typed, 1 where it is called so otherwise, 2 where letters were."""
    return (rank > _WORDS) + (rank > _OTHERWISE)
