"""From offsets to places on the page: boxes of spans, the laid-out lanes of each paragraph, what lies under a point.

All places are in the coordinates of the document. Paragraphs are laid out when they are first looked at and kept until
a change names one of their spans; those that a span joins are laid out together, so that it can keep its lane.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

from rubricator.model.span_index import SpanIndex, inner_first
from rubricator.model.spans import Annotation, Span, touches
from rubricator_gui.reader import lanes
from rubricator_gui.reader.document import lanes_of, sinks
from rubricator_gui.reader.lanes import Box, Item, Line, Piece
from rubricator_gui.reader.measures import Measures
from rubricator_gui.reader.paint import (
    Ground,
    Mark,
    Pill,
    Scene,
    State,
    Style,
    Tint,
    handle_rect,
    mark_rect,
    pill_rect,
    start_rect,
)
from rubricator_gui.reader.positions import Positions

_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
JOINED_MOST = 24
"""How many paragraphs are laid out together at most."""

MANY_LINES = 400
"""A paragraph of more lines is laid out in parts: somebody's whole book may stand in one line of its file."""
PART = 64
"""Lines in such a part; what runs over its end may take another lane behind it."""


Band = tuple[float, float]
"""From height to height of the page, over its whole width."""


class Hit(NamedTuple):
    """What lies under a point (`bar`, `start` or `end` of the chosen one, `more`), and at what height its text is."""

    kind: str
    ids: tuple[str, ...]
    text_y: float


class _TextLine(NamedTuple):
    block: QTextBlock
    line: QTextLine
    origin: QPointF
    start: int
    end: int
    bidi: bool
    top: float
    bottom: float

    @property
    def ground(self) -> tuple[float, float]:
        """Top and height of what is drawn behind the words."""
        return self.top, self.bottom - self.top - 1


@dataclass
class _Cache:
    scenes: dict[int, Scene] = field(default_factory=dict)
    parts: dict[int, dict[int, Scene]] = field(default_factory=dict)
    """Of paragraphs with very many lines."""
    groups: dict[int, tuple[int, int]] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    items: dict[str, tuple[int, int, Item]] = field(default_factory=dict)
    """What was laid out of each annotation, and between which offsets that was all."""
    stale: dict[int, Scene] = field(default_factory=dict)
    """What was drawn with the paragraphs that were forgotten since `stale_band`."""
    all_stale: bool = False
    """Parts of a paragraph were: of these it is not known what was drawn."""


class Page:
    """The article on the page; made anew when the document is."""

    def __init__(
        self,
        document: QTextDocument,
        text: str,
        positions: Positions,
        spans: SpanIndex,
        style: Callable[[Annotation], Style],
        m: Measures,
    ) -> None:
        self.document = document
        self.text = text
        self.positions = positions
        self.spans = spans
        self.offers = SpanIndex()
        """What is suggested, drawn like annotations; mostly there is none."""
        self.m = m
        self._style = style
        self._layout = document.documentLayout()
        self._any_rtl = not text.isascii() and _RTL.search(text) is not None
        self._cache = _Cache()
        self._chip_widths: dict[str, float] = {}

    def forget(self) -> None:
        """Lay out all anew."""
        self._cache = _Cache()

    def forget_span(self, start: int, end: int) -> None:
        """Lay out anew what a change of a span from `start` to `end` touches."""
        self._forget_parts(start, max(start, end - 1))
        first = self._block_at(start).blockNumber()
        last = self._block_at(max(start, end - 1)).blockNumber()
        cache = self._cache
        # What it joins now and what it joined before: both have to go.
        for group in {cache.groups.get(n, (n, n)) for n in (first, last)}:
            first, last = min(first, group[0]), max(last, group[1])
        if last - first > len(cache.scenes):
            stale = [n for n in cache.scenes if first <= n <= last]
        else:
            stale = list(range(first, last + 1))
        for n in stale:
            first_joined, last_joined = cache.groups.get(n, (n, n))
            for joined in range(first_joined, last_joined + 1):
                if joined in cache.scenes:
                    cache.stale.setdefault(joined, cache.scenes.pop(joined))
                cache.groups.pop(joined, None)

    def _forget_parts(self, start: int, last: int) -> None:
        for number, parts in self._cache.parts.items():
            block = self.document.findBlockByNumber(number)
            begin, end = self._range(block)
            if begin <= last and start <= end:
                first = self._line_of(block, max(begin, start)) // PART
                for n in range(first, self._line_of(block, min(end, last)) // PART + 1):
                    if parts.pop(n, None) is not None:
                        self._cache.all_stale = True

    def forget_annotation(self, annotation_id: str) -> None:
        """Lay out anew where an annotation stands so far, if it stands anywhere."""
        self._cache.items.pop(annotation_id, None)
        place = self._cache.places.get(annotation_id)
        if place is not None:
            self.forget_span(*place)

    # --- blocks ---------------------------------------------------------------------------------------------------

    def _block_at(self, offset: int) -> QTextBlock:
        return self.document.findBlock(self.positions.to_qt(offset))

    def _range(self, block: QTextBlock) -> tuple[int, int]:
        start = self.positions.to_offset(block.position())
        return start, self.positions.to_offset(block.position() + block.length() - 1)

    def offsets_of(self, first: QTextBlock, last: QTextBlock) -> tuple[int, int]:
        """Return where a row of paragraphs starts and ends."""
        return self._range(first)[0], self._range(last)[1]

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
        low, high = 0, self.document.blockCount()
        while high - low > 1:
            middle = (low + high) // 2
            layout = self.document.findBlockByNumber(middle).layout()
            if layout.lineCount() and layout.position().y() <= y:
                low = middle
            else:
                high = middle
        return self.document.findBlockByNumber(low)

    def top_offset(self, y: float) -> int:
        """Return an offset in the line that stands at this height."""
        found = None
        for at in self._lines_near(self._block_near(y), y, y):
            if found is not None and at.top > y:
                break
            found = at
        return found.start if found else 0

    def blocks(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        """Yield the paragraphs seen between two heights; the one above too, since its lanes hang below it."""
        block = self._block_near(top)
        above = block.previous()
        while above.isValid() and self._layout.blockBoundingRect(above).bottom() > top - 8 * self.m.pitch:
            block, above = above, above.previous()
        while block.isValid() and self._layout.blockBoundingRect(block).top() < bottom:
            yield block
            block = block.next()

    def _lines(self, block: QTextBlock, first: int = 0, last: int | None = None) -> Iterator[_TextLine]:
        """Yield the lines of a paragraph, or those from `first` to before `last`."""
        self._layout.blockBoundingRect(block)  # lays it out if nobody has looked there yet
        layout = block.layout()
        origin = layout.position()
        numbers = range(layout.lineCount())[first:last]
        start, end = self._range(block)
        if numbers and len(numbers) < layout.lineCount():
            final = layout.lineAt(numbers[-1])
            start = self.positions.to_offset(block.position() + layout.lineAt(numbers[0]).textStart())
            end = self.positions.to_offset(block.position() + final.textStart() + final.textLength())
        bidi = self._any_rtl and _RTL.search(self.text, start, end) is not None
        for n in numbers:
            line = layout.lineAt(n)
            begin = block.position() + line.textStart()
            top = origin.y() + line.y()
            yield _TextLine(
                block,
                line,
                origin,
                self.positions.to_offset(begin),
                self.positions.to_offset(begin + line.textLength()),
                bidi,
                round(top),
                round(top + line.rect().height()),
            )

    def _lines_near(self, block: QTextBlock, top: float, bottom: float) -> Iterator[_TextLine]:
        """Yield the lines of a paragraph; of one with very many those about two heights alone."""
        if not self._is_huge(block):
            return self._lines(block)
        return self._lines(block, max(0, self._line_at(block, top) - 1), self._line_at(block, bottom) + 2)

    def _is_huge(self, block: QTextBlock) -> bool:
        self._layout.blockBoundingRect(block)
        return block.layout().lineCount() > MANY_LINES

    def _line_at(self, block: QTextBlock, y: float) -> int:
        """Return the number of the last line that begins at or above a height."""
        layout = block.layout()
        return max(
            0,
            bisect_right(range(layout.lineCount()), y - layout.position().y(), key=lambda n: layout.lineAt(n).y()) - 1,
        )

    def _line_of(self, block: QTextBlock, offset: int) -> int:
        """Return the number of the line that holds an offset."""
        layout = block.layout()  # its own way to a line goes through all of them
        position = self.positions.to_qt(offset) - block.position()
        return max(0, bisect_right(range(layout.lineCount()), position, key=lambda n: layout.lineAt(n).textStart()) - 1)

    def _lines_about(self, block: QTextBlock, offset: int) -> Iterator[_TextLine]:
        """Yield the lines of a paragraph; of one with very many those about an offset alone."""
        if not self._is_huge(block):
            return self._lines(block)
        n = self._line_of(block, offset)
        return self._lines(block, max(0, n - 1), n + 2)

    def line_places(self, block: QTextBlock) -> Iterator[tuple[float, float]]:
        """Yield top and bottom of the lines of a paragraph."""
        for at in self._lines(block):
            yield at.top, at.bottom

    # --- places ---------------------------------------------------------------------------------------------------

    def _boxes(self, at: _TextLine, start: int, end: int) -> list[Box]:
        """Return where `[start, end)` stands in a line; several boxes where directions mix."""
        start, end = max(start, at.start), min(end, at.end)
        while start < end and self.text[end - 1].isspace():
            end -= 1  # what hangs over the edge of the page is no part of the picture
        if start >= end:
            return []
        first = self.positions.to_qt(start) - at.block.position()
        last = self.positions.to_qt(end) - at.block.position()
        x = at.origin.x()
        if at.bidi:
            runs = [run.boundingRect() for run in at.line.glyphRuns(first, last - first)]
            if runs:
                return list(_merged(sorted((round(x + run.left()), round(x + run.right())) for run in runs), 1))
        left, right = _x(at.line, first), _x(at.line, last)
        return [(round(x + min(left, right)), round(x + max(left, right)))]

    def _rtl(self, at: _TextLine, start: int, end: int) -> bool:
        if not at.bidi:
            return False
        for n in range(max(start, at.start), min(end, at.end)):
            kind = unicodedata.bidirectional(self.text[n])
            if kind in ("L", "R", "AL"):
                return kind != "L"
        return at.block.textDirection() == Qt.LayoutDirection.RightToLeft

    def rtl_at(self, offset: int) -> bool:
        """Say whether the text runs to the left at an offset."""
        lines = self._lines_about(self._block_at(offset), offset)
        at = next((at for at in lines if at.start <= offset < at.end), None)
        return at is not None and self._rtl(at, offset, offset + 1)

    def grounds(self, start: int, end: int, top: float, bottom: float) -> tuple[Ground, ...]:
        """Return the pieces of a stretch of text that are seen between two heights."""
        found: list[Ground] = []
        for block in self.blocks(top, bottom):
            first, last = self._range(block)
            if last < start or first >= end:
                continue
            for at in self._lines_near(block, top, bottom):
                boxes = self._boxes(at, start, end)
                y, height = at.ground
                rtl = self._rtl(at, start, end)
                for n, box in enumerate(boxes):
                    opens = at.start <= start and n == (len(boxes) - 1 if rtl else 0)
                    closes = end <= at.end and n == (0 if rtl else len(boxes) - 1)
                    found.append(Ground(box, y, height, opens, closes, rtl))
        return tuple(found)

    def character_rect(self, offset: int) -> QRectF:
        """Return the box of the character at an offset; at a line's end a box without width."""
        block = self._block_at(offset)
        found = QRectF(self._layout.blockBoundingRect(block).topLeft(), self._layout.blockBoundingRect(block).size())
        for at in self._lines_about(block, offset):
            if at.start <= offset <= at.end:
                first = self.positions.to_qt(offset) - block.position()
                last = self.positions.to_qt(offset + 1) - block.position()
                left, right = _x(at.line, first), _x(at.line, min(last, at.line.textStart() + at.line.textLength()))
                boxes = self._boxes(at, offset, offset + 1)
                if boxes:
                    left, right = boxes[0][0] - at.origin.x(), boxes[0][1] - at.origin.x()
                y, height = at.ground
                found = QRectF(at.origin.x() + min(left, right), y, abs(right - left), height)
                if offset < at.end:
                    break
        return found

    # --- what has to be painted again -----------------------------------------------------------------------------

    def band(self, start: int, end: int) -> Band | None:
        """Return between which heights a stretch of the text is drawn, lanes too; None where nobody was there yet."""
        first, last = self._block_at(start), self._block_at(max(start, end - 1))
        if not first.layout().lineCount():
            return None
        bottom = inf
        if last.layout().lineCount():
            bottom = self.character_rect(max(start, end - 1)).bottom() + self._deepest
        return self.character_rect(start).top() - self.m.line_box, bottom

    def stale_band(self) -> Band | None:
        """Lay out again what was forgotten; return between which heights it looks otherwise now, if it does."""
        cache = self._cache
        found: Band | None = (-inf, inf) if cache.all_stale or len(cache.stale) > JOINED_MOST else None
        while cache.stale and found != (-inf, inf):
            number, before = cache.stale.popitem()
            found = united(found, self._between(before, self.scene(self.document.findBlockByNumber(number))))
        cache.stale.clear()
        cache.all_stale = False
        return found

    def _between(self, before: Scene, after: Scene) -> Band | None:
        """Return between which heights two pictures of a paragraph differ."""
        marks = [mark for a, b in ((before, after), (after, before)) for mark in a.marks if mark not in b.marks]
        tints = [tint for a, b in ((before, after), (after, before)) for tint in a.tints if tint not in b.tints]
        pills = [pill for a, b in ((before, after), (after, before)) for pill in a.pills if pill not in b.pills]
        bottoms = [mark.bottom for mark in marks] + [tint.top + tint.height for tint in tints]
        bottoms += [pill.bottom for pill in pills]
        return (min(bottoms) - 2 * self.m.line_box, max(bottoms) + self._deepest) if bottoms else None

    @property
    def _deepest(self) -> float:
        """How far below its line an annotation may be drawn."""
        return self.m.most_lanes * self.m.pitch + self.m.line_box

    # --- lanes ----------------------------------------------------------------------------------------------------

    def scene(self, block: QTextBlock) -> Scene:
        """Return what is drawn with a paragraph."""
        number = block.blockNumber()
        if number not in self._cache.scenes:
            self._lay_out(block)
        return self._cache.scenes[number]

    def scenes(self, block: QTextBlock, top: float, bottom: float) -> list[Scene]:
        """Return what is drawn with a paragraph between two heights; of one with very many lines it is in parts."""
        if not self._is_huge(block):
            return [self.scene(block)]
        first = self._line_at(block, top - self._deepest) // PART
        last = self._line_at(block, bottom + self._deepest) // PART
        return [self._part(block, n) for n in range(first, last + 1)]

    def _part(self, block: QTextBlock, n: int) -> Scene:
        parts = self._cache.parts.setdefault(block.blockNumber(), {})
        if n not in parts:
            text_lines = list(self._lines(block, n * PART, (n + 1) * PART))
            parts[n] = self._arrange(text_lines)[block.blockNumber()] if text_lines else Scene()
        return parts[n]

    def _joining(self, border: int) -> list[Annotation]:
        """Return the annotations that join the paragraphs on both sides of a border."""
        found = self._standing(border - 1, border)
        return [a for a in found if a.end > border and not sinks(a, self.text)]

    def _standing(self, start: int, end: int) -> list[Annotation]:
        """Return the annotations and offers of a stretch."""
        found = self.spans.overlapping(start, end)
        return found + self.offers.overlapping(start, end) if len(self.offers) else found

    def _group(self, block: QTextBlock) -> tuple[QTextBlock, QTextBlock]:
        """Return the first and last of the paragraphs that spans join to this one."""
        first = last = block
        while first.blockNumber() > 0 and last.blockNumber() - first.blockNumber() < JOINED_MOST:
            border = self._range(first)[0]
            joining = self._joining(border)
            if not joining or self._is_huge(first.previous()):
                break
            first = self._block_at(min(a.start for a in joining))
        while last.next().isValid() and last.blockNumber() - first.blockNumber() < JOINED_MOST:
            border = self._range(last)[1] + 1
            joining = self._joining(border)
            if not joining or self._is_huge(last.next()):
                break
            last = self._block_at(max(a.end for a in joining) - 1)
        return first, last

    def _lay_out(self, block: QTextBlock) -> None:
        first, last = self._group(block)
        text_lines: list[_TextLine] = []
        while True:
            text_lines += self._lines(first)
            if first.blockNumber() >= last.blockNumber():
                break
            first = first.next()
        if not text_lines:  # a document that is not on the screen yet
            self._cache.scenes[block.blockNumber()] = Scene()
            return
        group = (text_lines[0].block.blockNumber(), text_lines[-1].block.blockNumber())
        for n, scene in self._arrange(text_lines).items():
            if n in self._cache.scenes:  # it was laid out with others, as many as are laid out together
                self._cache.stale.setdefault(n, self._cache.scenes[n])
            self._cache.scenes[n] = scene
            self._cache.groups[n] = group

    def _arrange(self, text_lines: list[_TextLine]) -> dict[int, Scene]:
        """Lay out what stands in some lines; returns what is drawn with each paragraph, by its number."""
        starts = [at.start for at in text_lines]
        start, end = starts[0], text_lines[-1].end
        annotations = self._standing(start, max(end, start + 1))
        styles = {a.id: self._style(a) for a in annotations}
        self._cache.places |= {a.id: (a.start, a.end) for a in annotations}
        items: list[Item] = []
        for a in annotations:
            known = self._cache.items.get(a.id)
            if known is None or known[:2] != (start, end):
                known = (start, end, self._item(a, styles[a.id], text_lines, starts))
                self._cache.items[a.id] = known
            items.append(known[2])
        lines = [
            Line(lanes_of(at.block, self.m), at.origin.x() + at.line.x(), at.origin.x() + at.line.x() + at.line.width())
            for at in text_lines
        ]
        layout = lanes.lay_out(items, lines, self.m.pill_width)
        ends = {item.id: item.pieces[-1] for item in items if item.pieces}
        numbers = [at.block.blockNumber() for at in text_lines]
        marks: dict[int, list[Mark]] = {n: [] for n in numbers}
        tints: dict[int, list[Tint]] = {n: [] for n in numbers}
        pills: dict[int, list[Pill]] = {n: [] for n in numbers}
        for bar in layout.bars:
            at = text_lines[bar.piece.line]
            final = bar.piece is ends[bar.id] and not bar.piece.goes
            marks[numbers[bar.piece.line]].append(Mark(bar, styles[bar.id], at.bottom, final))
        innermost = _innermost([a for a in annotations if styles[a.id].state is not State.SUGGESTION])
        for item in sorted(items, key=lanes.order, reverse=True):
            if item.id in innermost:
                for piece in item.pieces:
                    tints[numbers[piece.line]].append(self._tint(item.id, piece, styles[item.id], text_lines))
        for more in layout.more:
            pill = Pill(more.box, more.lane, text_lines[more.line].bottom, more.ids)
            pills[numbers[more.line]].append(pill)
        return {n: Scene(tuple(marks[n]), tuple(tints[n]), tuple(pills[n])) for n in numbers}

    def _item(self, annotation: Annotation, style: Style, text_lines: list[_TextLine], starts: list[int]) -> Item:
        pieces: list[Piece] = []
        start, end = annotation.start, annotation.end
        near = max(0, bisect_right(starts, start) - 1)
        for n in range(near, bisect_left(starts, end)):
            at = text_lines[n]
            boxes = [box for first, last in annotation.span.fragments for box in self._boxes(at, first, last)]
            if boxes:
                boxes.sort()
                comes, goes = start < at.start, at.end < end
                chip = 0.0 if comes and (pieces or start < text_lines[0].start) else self._chip(style.word)
                rtl = at.bidi and self._rtl(at, start, end)
                pieces.append(Piece(n, _merged(boxes), comes, goes, rtl, chip))
        rank, offered = (annotation.label, annotation.id), style.state is State.SUGGESTION
        return Item(annotation.id, start, end, tuple(pieces), rank, sinks(annotation, self.text), offered)

    def _tint(self, annotation_id: str, piece: Piece, style: Style, text_lines: list[_TextLine]) -> Tint:
        top, height = text_lines[piece.line].ground
        return Tint(annotation_id, piece.boxes, top, height, style, piece.arrow_left, piece.arrow_right)

    def _chip(self, word: str) -> float:
        width = self._chip_widths.get(word)
        if width is None:
            width = self._chip_widths[word] = self.m.chip_width(word)
        return width

    def tints(self, annotation: Annotation, top: float, bottom: float) -> tuple[Tint, ...]:
        """Return the ground of one annotation, innermost or not, as far as it is seen between two heights."""
        style = self._style(annotation)
        found: list[Tint] = []
        for block in self.blocks(top, bottom):
            first, last = self._range(block)
            if last >= annotation.start and first < annotation.end:
                text_lines = list(self._lines_near(block, top, bottom))
                starts = [at.start for at in text_lines]
                for piece in self._item(annotation, style, text_lines, starts).pieces:
                    found.append(self._tint(annotation.id, piece, style, text_lines))
        return tuple(found)

    # --- what lies where ------------------------------------------------------------------------------------------

    def mark_of(self, annotation: Annotation) -> Mark | None:
        """Return the first bar of an annotation, or None where it is only counted."""
        block = self._block_at(annotation.start)
        if self._is_huge(block):
            scene = self._part(block, self._line_of(block, annotation.start) // PART)
        else:
            scene = self.scene(block)
        return next((mark for mark in scene.marks if mark.id == annotation.id), None)

    def hit(self, point: QPointF, chosen: str | None) -> Hit | None:
        """Return what is drawn under a point: an end of the chosen span, else a bar with its chip, else a "+n"."""
        near = [
            s for block in self.blocks(point.y() - 1, point.y() + 1) for s in self.scenes(block, point.y(), point.y())
        ]
        marks = (mark for scene in near for mark in scene.marks if mark.id == chosen) if chosen else ()
        ends = (self._end_at(mark, point) for mark in marks)
        return next((hit for hit in (*ends, *(self._hit_in(scene, point) for scene in near)) if hit is not None), None)

    def _end_at(self, mark: Mark, point: QPointF) -> Hit | None:
        middle = mark.bottom - self.m.line_box / 2
        if mark.last and handle_rect(mark, self.m).contains(point):
            return Hit("end", (mark.id,), middle)
        start = start_rect(mark, self.m)
        return Hit("start", (mark.id,), middle) if start is not None and start.contains(point) else None

    def _hit_in(self, scene: Scene, point: QPointF) -> Hit | None:
        for mark in scene.marks:
            if mark_rect(mark, self.m).contains(point):
                return Hit("bar", (mark.id,), mark.bottom - self.m.line_box / 2)
        for pill in scene.pills:
            if pill_rect(pill, self.m).contains(point):
                return Hit("more", pill.ids, pill.bottom - self.m.line_box / 2)
        return None

    def place_near(self, point: QPointF) -> int:
        """Return the border between two characters that is nearest to a point, in the line at its height."""
        found = None
        for at in self._lines_near(self._block_near(point.y()), point.y(), point.y()):
            if found is not None and at.top > point.y():
                break
            found = at
        if found is None:
            return 0
        position = found.line.xToCursor(point.x() - found.origin.x())
        return self.positions.to_offset(found.block.position() + position)

    def offset_at(self, point: QPointF) -> int | None:
        """Return the offset of the character under a point, or None beside the text."""
        for at in self._lines_near(self._block_near(point.y()), point.y(), point.y()):
            if at.top <= point.y() <= at.bottom:
                position = at.block.position() + at.line.xToCursor(point.x() - at.origin.x())
                near = self.positions.to_offset(position)
                for offset in (near, near - 1):
                    for left, right in self._boxes(at, offset, offset + 1):
                        if left <= point.x() <= right:
                            return offset
        return None


def _x(line: QTextLine, position: int) -> float:
    found: Any = line.cursorToX(position)  # a pair, whatever the stub says
    return float(found[0])


def united(one: Band | None, other: Band | None) -> Band | None:
    """Return the band that holds both."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _merged(boxes: list[Box], apart: float = 0) -> tuple[Box, ...]:
    """Join boxes, ordered from left to right, that lie at most so far apart."""
    joined: list[Box] = []
    for left, right in boxes:
        if joined and left <= joined[-1][1] + apart:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return tuple(joined)


def _innermost(annotations: list[Annotation]) -> set[str]:
    """Return those that hold no other; of several over the same text the one that lies nearest to it."""
    nearest: dict[Span, Annotation] = {}
    for a in annotations:
        other = nearest.setdefault(a.span, a)
        if inner_first(a) < inner_first(other):
            nearest[a.span] = a
    stacks = list(nearest.values())
    outer: set[str] = set()
    for n, a in enumerate(stacks):  # in reading order: what lies inside comes after, the same start apart
        for at in range(n + 1, len(stacks)):
            b = stacks[at]
            if b.start >= a.end:
                break
            if b.end <= a.end and (len(a.span.fragments) == 1 or touches(a.span, b.span)):
                if (a.start, a.end) != (b.start, b.end):
                    outer.add(a.id)
                    break
                outer.add(a.id if inner_first(b) < inner_first(a) else b.id)
    return {a.id for a in stacks} - outer
