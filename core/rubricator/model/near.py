"""Near-duplicates: which texts tell the same story in nearly the same words, as wires send it again with another lead.

A text is cut into shingles (four words in a row), each taken as a number. Two texts are near where the shorter one's
shingles are mostly the other's too. Comparing all would take too long, so that of each text a sketch is kept: it is
cut wherever certain letters stand, and of the pieces, as numbers, the smallest are kept. Near texts mostly have some of
them in common; who has one in common is looked at closely. A sketch is made of every text that comes in, and so by a
few calls for the whole text rather than a few for each word; a change of it needs a new version of the file.

What two texts have in common at their very end counts less: agencies close their stories with the same words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from zlib import crc32

SHINGLES_LEAST = 20
"""A text of fewer shingles is near to none: of two short texts nobody can tell."""

_CHARACTERS = 8
_LONG_WORD = 16
"""Words of more characters than this, on average: the script does not part them by spaces."""
_SURELY = 1_000
"""A text of so many code points has shingles enough."""
_BEGINNING = 1 << 20
"""So many code points at the beginning of a text have shingles: no article is longer, and memory is none too large."""

_CUTS = b"dp\x87\x8b\x97\x9b\xa7\xab\xb7\xbb"
"""Bytes at which a text is cut for its sketch: about one in sixteen, whatever its script. Those from 0x80 end a letter
in UTF-8 and never begin one, as what begins most letters of a script would."""
_CUT = bytes(0 if byte in _CUTS else byte for byte in range(256))
_SPACE = b" \t\n\r\x0b\x0c"
_PIECE_LEAST = 12
_PIECE_MOST = 24
"""Bytes of a piece that count: what is shorter stands in many texts, and a longer one has an edit in it sooner."""
_pieces = re.compile(rb"\0([^\0]{%d,%d})" % (_PIECE_LEAST, _PIECE_MOST)).findall
_SMALL = 1 << 29
"""Of 8 pieces one is smaller: a long text and a part of it choose the same ones."""
_SKETCH_LEAST = 8
_SKETCH_MOST = 32
_PART = 1 / 6
_SHARE = 0.5
_CLOSING_SHARE = 0.3
_CLOSING_MOST = 80
"""The closing words that two texts have in common are passed over, up to this share and this many."""


class Shingles:
    """The shingles of a text, as numbers of 32 bits, and its sketch."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def numbers(self) -> list[int]:
        """Return all in their order."""
        beginning = self.text[:_BEGINNING].casefold()
        units = beginning.encode("utf-8", "surrogatepass").split()
        many = 4
        if len(beginning) > _LONG_WORD * len(units):
            units = [char.encode("utf-8", "surrogatepass") for char in "".join(beginning.split())]
            many = _CHARACTERS
        return [crc32(b" ".join(units[at : at + many])) for at in range(len(units) - many + 1)]

    @cached_property
    def all(self) -> frozenset[int]:
        """Return them without their order."""
        return frozenset(self.numbers)

    @cached_property
    def pieces(self) -> frozenset[int]:
        """Return the numbers of all the pieces that the sketch is taken from."""
        return frozenset(self._numbered())

    def _numbered(self) -> list[int]:
        cut = self.text.casefold().encode("utf-8", "surrogatepass").translate(_CUT, _SPACE)
        return list(map(crc32, _pieces(b"\0" + cut)))

    @cached_property
    def sketch(self) -> list[int]:
        """Return the few by which texts near to this one are found, ascending; none of a short text."""
        if len(self.text) < _SURELY and len(self.numbers) < SHINGLES_LEAST:
            return []
        pieces = self._numbered()
        small = sorted({number for number in pieces if number < _SMALL})
        if len(small) >= _SKETCH_LEAST:
            return small[:_SKETCH_MOST]
        numbers = sorted({*pieces})
        if len(numbers) < _SKETCH_LEAST:  # a short text, or a script that has none of those letters
            return sorted({*numbers, *sorted(self.all)[: _SKETCH_LEAST - len(numbers)]})
        return numbers[:_SKETCH_LEAST]


def may_be_near(one: frozenset[int], other: Collection[int]) -> bool:
    """Say whether it pays to ask whether two texts are near: they have some part of their pieces in common."""
    return len(one.intersection(other)) >= _PART * min(len(one), len(other))


def near(one: Shingles, other: Shingles) -> bool:
    """Say whether two texts are versions of one."""
    shorter = min(len(one.numbers), len(other.numbers))
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
