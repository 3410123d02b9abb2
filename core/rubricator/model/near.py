"""Near-duplicates: which texts tell the same story in nearly the same words, as wires send it again with another lead.

A text is cut into shingles (four words in a row), each taken as a number. Two texts are near where the shorter one's
shingles are mostly the other's too. Of each text a sketch is kept: the smallest numbers of the shingles that begin with
a word of a kind, so that not all need be made when a text comes. Near texts mostly have some of them in common; who has
one in common is looked at closely.

What two texts have in common at their very end counts less: agencies close their stories with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from heapq import nsmallest
from zlib import crc32

SHINGLES_LEAST = 20
"""A text of fewer shingles is near to none: of two short texts nobody can tell."""

_CHARACTERS = 8
_LONG_WORD = 16
"""Words of more characters than this, on average: the script does not part them by spaces."""
_SMALL = 1 << 30
"""Of 4 shingles one is smaller: a long text and a part of it choose the same ones."""
_KIND = 5
_SKETCH_LEAST = 8
_SKETCH_MOST = 32
_SHARE = 0.5
_CLOSING_SHARE = 0.3
_CLOSING_MOST = 80
"""The closing words that two texts have in common are passed over, up to this share and this many."""


class Shingles:
    """The shingles of a text, as numbers of 32 bits."""

    def __init__(self, text: str) -> None:
        self._units = text.casefold().encode("utf-8", "surrogatepass").split()
        self._many = 4
        if len(text) > _LONG_WORD * len(self._units):
            self._units = [char.encode("utf-8", "surrogatepass") for char in "".join(text.casefold().split())]
            self._many = _CHARACTERS

    def __len__(self) -> int:
        return max(0, len(self._units) - self._many + 1)

    def _at(self, places: Iterable[int]) -> list[int]:
        """Return the numbers of those that begin at some words."""
        units, many = self._units, self._many
        return [crc32(b" ".join(units[at : at + many])) for at in places]

    @cached_property
    def numbers(self) -> list[int]:
        """Return all in their order."""
        return self._at(range(len(self)))

    @cached_property
    def all(self) -> frozenset[int]:
        """Return them without their order."""
        return frozenset(self.numbers)

    @cached_property
    def sketch(self) -> list[int]:
        """Return the few by which texts near to this one are found, ascending; none of a short text."""
        if len(self) < SHINGLES_LEAST:
            return []
        # By the last byte of the first word, which differs in any script: of English words about one in six.
        begin = [at for at, word in enumerate(self._units[: len(self)]) if word[-1] & 7 == _KIND]
        numbers = set(self._at(begin)) if len(begin) > SHINGLES_LEAST else self.all
        small = sorted(filter(_SMALL.__gt__, numbers))
        return small[:_SKETCH_MOST] if len(small) >= _SKETCH_LEAST else nsmallest(_SKETCH_LEAST, numbers)


def near(one: Shingles, other: Shingles) -> bool:
    """Say whether two texts are versions of one."""
    shorter = min(len(one), len(other))
    if shorter < SHINGLES_LEAST or not _mostly(one.all, other.all):
        return False
    closing = _closing(one.numbers, other.numbers, min(_CLOSING_MOST, int(shorter * _CLOSING_SHARE)))
    return not closing or _mostly(frozenset(one.numbers[:-closing]), frozenset(other.numbers[:-closing]))


def _mostly(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= _SHARE * min(len(one), len(other))


def _closing(one: list[int], other: list[int], most: int) -> int:
    """Return how many shingles at their end two texts have in common, up to a number."""
    n = 0
    while n < most and one[-1 - n] == other[-1 - n]:
        n += 1
    return n


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each name the least of all names that it hangs together with, by pairs of any order."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while (higher := above.setdefault(name, name)) != name:
            above[name] = name = above[higher]
        return name

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        above[high] = low
    return {name: top(name) for name in list(above)}
