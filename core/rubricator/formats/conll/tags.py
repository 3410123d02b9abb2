"""How a column of tags says spans: IOB1, IOB2, BIOES and BILOU, written and read.

I goes on and O is outside everywhere. In IOB2 each span begins with B; in IOB1 only one does that follows another of
its label; BIOES ends a span with E and has S for one of a single word, which BILOU calls L and U (M and W are found
for I and S too). So one reader reads them all; only what is out of order differs.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from rubricator.formats.base import Tagging

OUTSIDE = "O"
TAG = re.compile(r"[BIESLUMW]-\S.*")

Place = tuple[int, int, str]
"""A span in words `[start, end)`, with its label."""

_BEGINS, _ENDS = frozenset("BSUW"), frozenset("ESLUW")
_LAST: dict[Tagging, tuple[str, str]] = {"BIOES": ("E", "S"), "BILOU": ("L", "U")}


def is_tag(cell: str) -> bool:
    """Say whether a cell reads like a tag."""
    return cell == OUTSIDE or (cell[1:2] == "-" and bool(TAG.fullmatch(cell)))


def tags(level: Iterable[Place], length: int, tagging: Tagging, sentence_ends: Container[int] = ()) -> list[str]:
    """Return the column of spans that do not overlap, in order; the end of a sentence parts spans by itself."""
    column = [OUTSIDE] * length
    last = (-1, "")
    for start, end, name in level:
        parted = last != (start, name) or start in sentence_ends
        begins = "I" if tagging == "IOB1" and parted else "B"
        column[start:end] = [f"{begins}-{name}", *[f"I-{name}"] * (end - start - 1)]
        if tagging in _LAST:
            many, one = _LAST[tagging]
            column[end - 1] = f"{many if end - start > 1 else one}-{name}"
        last = end, name
    return column


class Column:
    """A column as it is read from the top; `spans` grows, `signs` is what tags have begun with.

    `begun` counts tags that go on where nothing began, `needless` beginnings that do not part a span from another of
    the same label, `unended` spans that lack the end that others of the column have.
    """

    def __init__(self) -> None:
        self.spans: list[Place] = []
        self.signs: set[str] = set()
        self.begun = self.needless = self.unended = 0
        self._open: tuple[int, str] | None = None

    def add(self, at: int, tag: str) -> None:
        """Take in the tag of a word."""
        if tag == OUTSIDE:
            self.end(at)
            return
        sign, _dash, name = tag.partition("-")
        self.signs.add(sign)
        goes_on = self._open is not None and self._open[1] == name
        if sign in _BEGINS:
            self.needless += not goes_on
            self._begin(at, name)
        elif not goes_on:
            self.begun += 1
            self._begin(at, name)
        if sign in _ENDS:
            self._close(at + 1)

    def end(self, at: int) -> None:
        """End what is open before a word; the end of a sentence ends it too."""
        if self._open:
            self.unended += not self.signs.isdisjoint(_ENDS)
            self._close(at)

    def _begin(self, at: int, name: str) -> None:
        self.end(at)
        self._open = at, name

    def _close(self, at: int) -> None:
        if self._open:
            self.spans.append((self._open[0], at, self._open[1]))
        self._open = None
