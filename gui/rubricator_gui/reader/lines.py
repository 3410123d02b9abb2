"""Where the text stands on the page: paragraphs and lines by height and by offset, boxes of stretches and characters.

All places are in the coordinates of the document. Qt lays out lazily: to ask for the lines of a paragraph has them
laid out, with all that stands before them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextDocument, QTextLine

from rubricator_gui.reader.lanes import Box
from rubricator_gui.reader.measures import Measures
from rubricator_gui.reader.paint import Ground
from rubricator_gui.reader.positions import Positions

_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

MANY_LINES = 400
"""A paragraph of more lines is laid out in parts: somebody's whole book may stand in one line of its file."""

HELD = 64
"""Paragraphs whose glyphs are held: those of several screens."""

_NOWHERE = QRectF(0, -9, 1, 1)
"""Above all lines of a paragraph."""


class TextLine(NamedTuple):
    """A line of text: its paragraph, which offsets it holds, where it stands.

    `position` and `x` are where the paragraph begins: what Qt's own line counts from.
    """

    block: QTextBlock
    line: QTextLine
    position: int
    x: float
    start: int
    end: int
    bidi: bool
    left: float
    right: float
    top: float
    bottom: float

    @property
    def ground(self) -> tuple[float, float]:
        """Top and height of what is drawn behind the words."""
        return self.top, self.bottom - self.top - 1

    def x_at(self, position: int) -> float:
        """Return where a position of the paragraph stands, counted from `x`."""
        found: Any = self.line.cursorToX(position)  # a pair, whatever the stub says
        return float(found[0])


class Lines:
    """The lines of one document."""

    def __init__(self, document: QTextDocument, text: str, positions: Positions, m: Measures) -> None:
        self.document = document
        self.text = text
        self.positions = positions
        self.m = m
        self._layout = document.documentLayout()
        self._looked = 0
        """The number of the paragraph that was found last by its height."""
        self._held: dict[int, QTextBlock] = {}
        """The paragraphs whose glyphs are held, by number; what was drawn last comes last."""
        self._any_rtl = not text.isascii() and _RTL.search(text) is not None

    # --- paragraphs -----------------------------------------------------------------------------------------------

    def block_at(self, offset: int) -> QTextBlock:
        """Return the paragraph that holds an offset."""
        return self.document.findBlock(self.positions.to_qt(offset))

    def offsets_of(self, first: QTextBlock, last: QTextBlock) -> tuple[int, int]:
        """Return where a row of paragraphs starts and ends; the break after the last is no part of it."""
        to_offset = self.positions.to_offset
        return to_offset(first.position()), to_offset(last.position() + last.length() - 1)

    def blocks(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        """Yield the paragraphs seen between two heights; the one above too, since its lanes hang below it."""
        block = self._block_near(top)
        above = block.previous()
        while above.isValid() and self._layout.blockBoundingRect(above).bottom() > top - 8 * self.m.pitch:
            block, above = above, above.previous()
        while block.isValid() and self._layout.blockBoundingRect(block).top() < bottom:
            yield block
            block = block.next()

    def _block_near(self, y: float) -> QTextBlock:
        """Return the last paragraph that starts at or above a height.

        Qt's own hitTest looks through the whole document where the point lies in no line: 10 ms a frame at 5 MB.
        """
        found = self._last_above(y)
        following = found.next()
        if following.isValid() and not following.layout().lineCount():  # Qt lays out lazily: nobody was there yet
            self._layout.hitTest(QPointF(0, y), Qt.HitTestAccuracy.FuzzyHit)
            found = self._last_above(y)
        return found

    def _last_above(self, y: float) -> QTextBlock:
        """Look from where was looked last, mostly a few lines away, in steps that double; then by halves."""
        last = self.document.blockCount()
        low = high = min(self._looked, last - 1)
        step = 1
        while low > 0 and not self._is_above(low, y):
            low, high, step = max(0, low - step), low, 2 * step
        if low == high:
            high = low + 1
            while high < last and self._is_above(high, y):
                low, high, step = high, min(last, high + step), 2 * step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._is_above(middle, y) else (low, middle)
        self._looked = low
        return self.document.findBlockByNumber(low)

    def _is_above(self, number: int, y: float) -> bool:
        layout = self.document.findBlockByNumber(number).layout()
        return layout.lineCount() > 0 and layout.position().y() <= y

    def hold_glyphs(self, painter: QPainter, top: float, bottom: float) -> None:
        """Have Qt keep the glyphs of what is drawn: else it shapes the words anew for each paint, caret and place.

        It lets go of glyphs only in drawing: what was not drawn for long is drawn once more, where nothing is seen.
        """
        held = self._held
        for block in self.blocks(top, bottom):
            number = block.blockNumber()
            if held.pop(number, None) is None:
                block.layout().setCacheEnabled(True)
            held[number] = block
        while len(held) > HELD:
            layout = held.pop(next(iter(held))).layout()
            layout.setCacheEnabled(False)
            layout.draw(painter, -layout.position(), [], _NOWHERE)

    def is_huge(self, block: QTextBlock) -> bool:
        """Say whether a paragraph has so many lines that it is laid out in parts."""
        self._layout.blockBoundingRect(block)
        return block.layout().lineCount() > MANY_LINES

    # --- lines ----------------------------------------------------------------------------------------------------

    def lines(self, block: QTextBlock, first: int = 0, last: int | None = None) -> Iterator[TextLine]:
        """Yield the lines of a paragraph, or those from `first` to before `last`."""
        self._layout.blockBoundingRect(block)  # lays it out if nobody has looked there yet
        layout, position, to_offset = block.layout(), block.position(), self.positions.to_offset
        x, y = layout.position().x(), layout.position().y()
        numbers = range(layout.lineCount())[first:last]
        if not numbers:
            return
        bidi = self._any_rtl and self._is_bidi(block, numbers)
        for n in numbers:
            line = layout.lineAt(n)
            begin = position + line.textStart()
            place: Any = line.rect().getRect()  # four numbers, whatever the stub says
            left, top, width, height = place
            yield TextLine(
                block,
                line,
                position,
                x,
                to_offset(begin),
                to_offset(begin + line.textLength()),
                bidi,
                x + left,
                x + left + width,
                round(y + top),
                round(y + top + height),
            )

    def _is_bidi(self, block: QTextBlock, numbers: range) -> bool:
        """Say whether a paragraph has text that runs to the left; of one with very many lines, whether these have."""
        start, end = self.offsets_of(block, block)
        if block.layout().lineCount() > MANY_LINES:
            first, last = block.layout().lineAt(numbers[0]), block.layout().lineAt(numbers[-1])
            start = self.positions.to_offset(block.position() + first.textStart())
            end = self.positions.to_offset(block.position() + last.textStart() + last.textLength())
        return _RTL.search(self.text, start, end) is not None

    def lines_near(self, block: QTextBlock, top: float, bottom: float) -> Iterator[TextLine]:
        """Yield the lines of a paragraph; of one with very many those about two heights alone."""
        if not self.is_huge(block):
            return self.lines(block)
        return self.lines(block, max(0, self.line_at(block, top) - 1), self.line_at(block, bottom) + 2)

    def line_at(self, block: QTextBlock, y: float) -> int:
        """Return the number of the last line that begins at or above a height."""
        layout = block.layout()
        return max(
            0,
            bisect_right(range(layout.lineCount()), y - layout.position().y(), key=lambda n: layout.lineAt(n).y()) - 1,
        )

    def line_of(self, block: QTextBlock, offset: int) -> int:
        """Return the number of the line that holds an offset."""
        layout = block.layout()  # its own way to a line goes through all of them
        position = self.positions.to_qt(offset) - block.position()
        return max(0, bisect_right(range(layout.lineCount()), position, key=lambda n: layout.lineAt(n).textStart()) - 1)

    def _lines_about(self, block: QTextBlock, offset: int) -> Iterator[TextLine]:
        """Yield the lines of a paragraph about an offset: that which holds it, and its neighbours."""
        self._layout.blockBoundingRect(block)
        n = self.line_of(block, offset)
        return self.lines(block, max(0, n - 1), n + 2)

    def line_places(self, block: QTextBlock) -> Iterator[tuple[float, float]]:
        """Yield top and bottom of the lines of a paragraph."""
        for at in self.lines(block):
            yield at.top, at.bottom

    def _line_near(self, y: float) -> TextLine | None:
        """Return the line that stands at a height, else the one above it, or the first of its paragraph."""
        found = None
        block = self._block_near(y)
        self._layout.blockBoundingRect(block)
        n = self.line_at(block, y)
        for at in self.lines(block, n, n + 2):
            if found is not None and at.top > y:
                break
            found = at
        return found

    # --- places ---------------------------------------------------------------------------------------------------

    def aimed_at(self, point: QPointF) -> QPointF:
        """Return the point of a line of text that is meant by a point near it: the lanes below a line are the line's.

        Qt takes what is between two lines for the end of one of them.
        """
        y = point.y()
        at = self._line_near(y)
        if at is None or y <= at.bottom:  # in it, or above the first
            return point
        following = self._line_near(y + self.m.short_of)
        if following is not None and following.top > at.top:
            return QPointF(point.x(), (following.top + following.bottom) / 2)
        return QPointF(point.x(), (at.top + at.bottom) / 2) if y <= at.bottom + self.m.strip else point

    def is_beside(self, point: QPointF) -> bool:
        """Say whether a line of text stands at the height of a point."""
        at = self._line_near(point.y())
        return at is not None and at.top <= point.y() <= at.bottom

    def top_offset(self, y: float) -> int:
        """Return an offset in the line that stands at this height."""
        found = self._line_near(y)
        return found.start if found else 0

    def first_whole(self, top: float, bottom: float) -> int:
        """Return where the first line begins that is wholly seen between two heights, else the one at the upper."""
        lines = (at for block in self.blocks(top, bottom) for at in self.lines_near(block, top, bottom))
        whole = next((at.start for at in lines if top <= at.top), None)
        return self.top_offset(top) if whole is None else whole

    def place_near(self, point: QPointF) -> int:
        """Return the border between two characters that is nearest to a point, in the line at its height."""
        found = self._line_near(point.y())
        if found is None:
            return 0
        return self.positions.to_offset(found.position + found.line.xToCursor(point.x() - found.x))

    def character_near(self, point: QPointF) -> int | None:
        """Return the character that is nearest to a point, in the line at its height; None where none is written."""
        at = self._line_near(point.y())
        end = self._end_of_words(at.start, at.end) if at is not None else 0
        if at is None or at.start == end:
            return None
        near = self.positions.to_offset(at.position + at.line.xToCursor(point.x() - at.x))
        return min(max(near, at.start), end - 1)

    def offset_at(self, point: QPointF) -> int | None:
        """Return the offset of the character under a point, a blank between words too; None beside the text."""
        for at in self.lines_near(self._block_near(point.y()), point.y(), point.y()):
            if at.top <= point.y() <= at.bottom:
                near = self.positions.to_offset(at.position + at.line.xToCursor(point.x() - at.x))
                end = self._end_of_words(at.start, at.end)
                for offset in (near, near - 1):
                    if not at.start <= offset < end:
                        continue
                    if any(left <= point.x() <= right for left, right in self._span_boxes(at, offset, offset + 1)):
                        return offset
        return None

    def boxes(self, at: TextLine, start: int, end: int) -> list[Box]:
        """Return where `[start, end)` stands in a line; several boxes where directions mix."""
        if start < at.start:
            start = at.start
        if end > at.end:
            end = at.end
        end = self._end_of_words(start, end)
        return self._span_boxes(at, start, end) if start < end else []

    def _end_of_words(self, start: int, end: int) -> int:
        """Return where words end before `end`: a blank that hangs over the edge is no part of the picture."""
        while start < end and self.text[end - 1].isspace():
            end -= 1
        return end

    def _span_boxes(self, at: TextLine, start: int, end: int) -> list[Box]:
        first = self.positions.to_qt(start) - at.position
        last = self.positions.to_qt(end) - at.position
        x = at.x
        if at.bidi:
            runs = [run.boundingRect() for run in at.line.glyphRuns(first, last - first)]
            if runs:
                return merged([(round(x + run.left()), round(x + run.right())) for run in runs], 1)
        left, right = at.x_at(first), at.x_at(last)
        return [(round(x + left), round(x + right))] if left <= right else [(round(x + right), round(x + left))]

    def rtl(self, at: TextLine, start: int, end: int) -> bool:
        """Say whether the text of a line runs to the left in a stretch."""
        if not at.bidi:
            return False
        for n in range(max(start, at.start), min(end, at.end)):
            kind = unicodedata.bidirectional(self.text[n])
            if kind in ("L", "R", "AL"):
                return kind != "L"
        return at.block.textDirection() == Qt.LayoutDirection.RightToLeft

    def rtl_at(self, offset: int) -> bool:
        """Say whether the text runs to the left at an offset."""
        lines = self._lines_about(self.block_at(offset), offset)
        at = next((at for at in lines if at.start <= offset < at.end), None)
        return at is not None and self.rtl(at, offset, offset + 1)

    def grounds(self, start: int, end: int, top: float, bottom: float) -> tuple[Ground, ...]:
        """Return the pieces of a stretch of text that are seen between two heights."""
        found: list[Ground] = []
        for block in self.blocks(top, bottom):
            first, last = self.offsets_of(block, block)
            if last < start or first >= end:
                continue
            for at in self.lines_near(block, top, bottom):
                boxes = self.boxes(at, start, end)
                y, height = at.ground
                rtl = self.rtl(at, start, end)
                for n, box in enumerate(boxes):
                    opens = at.start <= start and n == (len(boxes) - 1 if rtl else 0)
                    closes = end <= at.end and n == (0 if rtl else len(boxes) - 1)
                    found.append(Ground(box, y, height, opens, closes, rtl))
        return tuple(found)

    def character_rect(self, offset: int) -> QRectF:
        """Return the box of the character at an offset; at a line's end a box without width."""
        block = self.block_at(offset)
        found = self._layout.blockBoundingRect(block)
        for at in self._lines_about(block, offset):
            if at.start <= offset <= at.end:
                first = self.positions.to_qt(offset) - at.position
                last = self.positions.to_qt(offset + 1) - at.position
                left = at.x + at.x_at(first)
                right = at.x + at.x_at(min(last, at.line.textStart() + at.line.textLength()))
                boxes = self.boxes(at, offset, offset + 1)
                if boxes:
                    left, right = boxes[0]
                y, height = at.ground
                found = QRectF(min(left, right), y, abs(right - left), height)
                if offset < at.end:
                    break
        return found


def merged(boxes: list[Box], apart: float = 0) -> list[Box]:
    """Order boxes from left to right and join those that lie at most so far apart."""
    joined: list[Box] = []
    for left, right in sorted(boxes):
        if joined and left <= joined[-1][1] + apart:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined
