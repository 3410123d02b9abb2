"""One text of the passages of a document, and the way of its offsets there.

A passage tells where it begins, so that an offset is counted within its passage: what is left out between passages (the
tables of a paper, say) needs no place here. Offsets mean the passage that the annotation stands in, if they fit there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rubricator.formats.bioc.plan import gap_of
from rubricator.formats.bioc.said import Document, Mark, Part
from rubricator.formats.reading import Quoted, fitting_unit_of
from rubricator.model.text import Unit, Units


@dataclass(slots=True)
class Stretch:
    """A piece of the text: a passage, or a sentence of one that has no text of its own; `start` is its place here."""

    part: Part
    passage: Part
    text: str
    units: Units
    start: int = 0

    @property
    def end(self) -> int:
        """Where it ends here."""
        return self.start + len(self.text)

    @property
    def past(self) -> int:
        """The offset behind it, as the file counts."""
        return self.part.offset + self.units.total


class Composed:
    """The text of a document; `unit` is what its offsets are found to count."""

    def __init__(self, document: Document, asked: Unit) -> None:
        found = list(_stretches(document))
        self.unit = fitting_unit_of(((text, _quoted(part)) for part, _passage, text in found), asked)
        self.stretches = [Stretch(part, passage, text, Units(text, self.unit)) for part, passage, text in found]
        pieces: list[str] = []
        at = 0
        for before, stretch in zip([None, *self.stretches], self.stretches, strict=False):
            gap = _gap(before, stretch) if before else ""
            stretch.start = at + len(gap)
            at = stretch.end
            pieces += gap, stretch.text
        self.text = "".join(pieces)
        self._homes = {id(stretch.part): stretch for stretch in self.stretches}
        offsets = [stretch.part.offset for stretch in self.stretches]
        self._in_order = all(before < after for before, after in pairwise(offsets))

    def place(self, offset: int, length: int, part: Part | None) -> tuple[int, int] | None:
        """Return the place of an offset and a length that an annotation in `part` gives; None where there is none."""
        home = self._homes.get(id(part))
        try:
            if home and home.part.offset <= offset and offset + length <= home.past:
                return self._inside(home, offset), self._inside(home, offset + length)
            if self._in_order and self.stretches:
                start = self._anywhere(offset)
                end = self._anywhere(offset + length, before=True) if length else start
                return (start, end) if start <= end else None
        except ValueError:
            pass
        return None

    def _inside(self, stretch: Stretch, offset: int) -> int:
        return stretch.start + stretch.units.to_codepoint(offset - stretch.part.offset)

    def _anywhere(self, offset: int, *, before: bool = False) -> int:
        """Return the place of an offset by the stretch that it lies in, or behind; `before`: at the end of one."""
        n = bisect_right(self.stretches, offset - before, key=lambda stretch: stretch.part.offset) - 1
        if n < 0:
            raise ValueError(f"offset {offset} lies outside the text")
        stretch = self.stretches[n]
        if offset <= stretch.past:
            return self._inside(stretch, offset)
        gap = self.stretches[n + 1].start - stretch.end if n + 1 < len(self.stretches) else 0
        if offset - stretch.past > gap:
            raise ValueError(f"offset {offset} lies outside the text")
        return stretch.end + offset - stretch.past


def _stretches(document: Document) -> Iterator[tuple[Part, Part, str]]:
    for passage in document.passages:
        if passage.text:
            yield passage, passage, passage.text
        else:
            yield from ((sentence, passage, sentence.text) for sentence in passage.sentences if sentence.text)


def _gap(before: Stretch, stretch: Stretch) -> str:
    n = stretch.part.offset - before.past
    if stretch.passage is before.passage:
        return "" if n == 0 else " "
    return gap_of(n, before.text[-1], stretch.text[0])


def _quoted(part: Part) -> Iterator[Quoted]:
    """Yield the words of annotations with their places in the part."""
    for mark in _marks(part):
        if mark.text and all(offset >= part.offset for offset, _ in mark.places):
            places = [(offset - part.offset, offset - part.offset + length) for offset, length in mark.places]
            yield places, mark.text


def _marks(part: Part) -> Iterator[Mark]:
    yield from part.marks
    if part.text:
        for sentence in part.sentences:
            yield from sentence.marks
