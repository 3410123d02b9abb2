"""From offsets to places on the page: the laid-out lanes of each paragraph, and what of it has to be painted again.

Paragraphs are laid out when they are first looked at and kept until a change names one of their spans; those that a
span joins are laid out together, so that it can keep its lane.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from math import inf

from PySide6.QtGui import QTextBlock, QTextDocument

from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation
from rubricator_gui.reader import lanes
from rubricator_gui.reader.document import lanes_of, sinks
from rubricator_gui.reader.lanes import Box, Item, Line, Piece
from rubricator_gui.reader.lines import Lines, TextLine, merged
from rubricator_gui.reader.measures import Measures
from rubricator_gui.reader.paint import Mark, Pill, Scene, State, Style, Tint
from rubricator_gui.reader.positions import Positions

JOINED_MOST = 24
"""How many paragraphs are laid out together at most."""

PART = 64
"""Lines in a part of a paragraph that has very many; what runs over its end may take another lane behind it."""


Band = tuple[float, float]
"""From height to height of the page, over its whole width."""

_EMPTY = Scene()


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


class Page(Lines):
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
        super().__init__(document, text, positions, m)
        self.spans = spans
        self.offers = SpanIndex()
        """What is suggested, drawn like annotations; mostly there is none."""
        self._moved: Annotation | None = None
        """An annotation with the borders that keys gave it so far: it is drawn so, and not as it stands."""
        self._style = style
        self._cache = _Cache()
        self._chip_widths: dict[str, float] = {}

    def forget(self) -> None:
        """Lay out all anew."""
        self._cache = _Cache()

    def forget_span(self, start: int, end: int) -> None:
        """Lay out anew what a change of a span from `start` to `end` touches."""
        self._forget_parts(start, max(start, end - 1))
        first = self.block_at(start).blockNumber()
        last = self.block_at(max(start, end - 1)).blockNumber()
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
            begin, end = self.offsets_of(block, block)
            if begin <= last and start <= end:
                first = self.line_of(block, max(begin, start)) // PART
                for n in range(first, self.line_of(block, min(end, last)) // PART + 1):
                    if parts.pop(n, None) is not None:
                        self._cache.all_stale = True

    def forget_annotation(self, annotation_id: str) -> None:
        """Lay out anew where an annotation stands so far, if it stands anywhere."""
        self._cache.items.pop(annotation_id, None)
        place = self._cache.places.get(annotation_id)
        if place is not None:
            self.forget_span(*place)

    def show_moved(self, moved: Annotation | None) -> None:
        """Lay out an annotation with other borders than it has by now; None: with its own again."""
        before, self._moved = self._moved, moved
        for one in (before, moved):
            stands = self.spans.get(one.id) if one is not None else None
            for touched in (one, stands):
                if touched is not None:
                    self.forget_annotation(touched.id)
                    self.forget_span(touched.start, touched.end)

    # --- what has to be painted again -----------------------------------------------------------------------------

    def band(self, start: int, end: int) -> Band | None:
        """Return between which heights a stretch of the text is drawn, lanes too; None where nobody was there yet."""
        first, last = self.block_at(start), self.block_at(max(start, end - 1))
        if not first.layout().lineCount():
            return None
        bottom = inf
        if last.layout().lineCount():
            bottom = self.character_rect(max(start, end - 1)).bottom() + self.deepest
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
        return (min(bottoms) - 2 * self.m.line_box, max(bottoms) + self.deepest) if bottoms else None

    @property
    def deepest(self) -> float:
        """How far below its line an annotation may be drawn."""
        return self.m.most_lanes * self.m.pitch + self.m.line_box

    # --- what is drawn --------------------------------------------------------------------------------------------

    def seen(self, top: float, bottom: float) -> Scene:
        """Return what is drawn between two heights."""
        blocks = list(self.blocks(top, bottom))
        if any(block.blockNumber() not in self._cache.scenes for block in blocks):
            self._standing(*self.offsets_of(blocks[0], blocks[-1]))  # read at once, not for each paragraph anew
        scenes = [scene for block in blocks for scene in self.scenes(block, top, bottom)]
        high, low = top - self.deepest, bottom + self.deepest
        return Scene(
            tuple([mark for s in scenes for mark in s.marks if high < mark.bottom < low]),
            tuple([tint for s in scenes for tint in s.tints if high < tint.top < bottom]),
            tuple([pill for s in scenes for pill in s.pills if high < pill.bottom < low]),
        )

    def scene(self, block: QTextBlock) -> Scene:
        """Return what is drawn with a paragraph."""
        number = block.blockNumber()
        if number not in self._cache.scenes:
            self._lay_out(block)
        return self._cache.scenes[number]

    def scenes(self, block: QTextBlock, top: float, bottom: float) -> list[Scene]:
        """Return what is drawn with a paragraph between two heights; of one with very many lines it is in parts."""
        known = self._cache.scenes.get(block.blockNumber())
        if known is not None:
            return [known]
        if not self.is_huge(block):
            return [self.scene(block)]
        first = self.line_at(block, top - self.deepest) // PART
        last = self.line_at(block, bottom + self.deepest) // PART
        return [self._part(block, n) for n in range(first, last + 1)]

    def mark_of(self, annotation: Annotation) -> Mark | None:
        """Return the first bar of an annotation, or None where it is only counted."""
        block = self.block_at(annotation.start)
        if self.is_huge(block):
            scene = self._part(block, self.line_of(block, annotation.start) // PART)
        else:
            scene = self.scene(block)
        return next((mark for mark in scene.marks if mark.id == annotation.id), None)

    def tints(self, annotation: Annotation, top: float, bottom: float) -> tuple[Tint, ...]:
        """Return the ground of one annotation, innermost or not, as far as it is seen between two heights."""
        style = self._style(annotation)
        found: list[Tint] = []
        for block in self.blocks(top, bottom):
            first, last = self.offsets_of(block, block)
            if last >= annotation.start and first < annotation.end:
                text_lines = list(self.lines_near(block, top, bottom))
                starts = [at.start for at in text_lines]
                for piece in self._item(annotation, style, text_lines, starts).pieces:
                    found.append(self._tint(annotation.id, piece, style, text_lines))
        return tuple(found)

    # --- lanes ----------------------------------------------------------------------------------------------------

    def _standing(self, start: int, end: int) -> list[Annotation]:
        """Return the annotations and offers of a stretch."""
        found, moved = self.spans.overlapping(start, end), self._moved
        if moved is not None:
            found = [a for a in found if a.id != moved.id]
            found += [moved] if moved.start < end and start < moved.end else []
        return found + self.offers.overlapping(start, end) if len(self.offers) else found

    def _stretch(self, first: QTextBlock, last: QTextBlock) -> tuple[int, int]:
        """Return where a row of paragraphs starts, and where the next one does."""
        to_offset = self.positions.to_offset
        return to_offset(first.position()), to_offset(last.position() + last.length())

    def _group(self, block: QTextBlock, standing: list[Annotation]) -> tuple[QTextBlock, QTextBlock]:
        """Return the first and last of the paragraphs that spans join to this one, on which some are standing."""
        first = last = block
        start, end = self._stretch(block, block)
        before = [a for a in standing if a.start < start and not sinks(a, self.text)]
        after = [a for a in standing if a.end > end and not sinks(a, self.text)]
        while before and last.blockNumber() - first.blockNumber() < JOINED_MOST:
            if self.is_huge(first.previous()):
                break
            first = self.block_at(min([a.start for a in before]))
            before = self._joining(self._stretch(first, first)[0])
        while after and last.blockNumber() - first.blockNumber() < JOINED_MOST:
            if self.is_huge(last.next()):
                break
            last = self.block_at(max([a.end for a in after]) - 1)
            after = self._joining(self._stretch(last, last)[1])
        return first, last

    def _joining(self, border: int) -> list[Annotation]:
        """Return the annotations that join the paragraphs on both sides of a border."""
        return [a for a in self._standing(border - 1, border) if a.end > border and not sinks(a, self.text)]

    def _lay_out(self, block: QTextBlock) -> None:
        """Lay out a paragraph, with those that spans join to it."""
        standing = self._standing(*self._stretch(block, block))
        first, last = self._group(block, standing)
        if first != last:
            standing = self._standing(*self._stretch(first, last))
        numbers = range(first.blockNumber(), last.blockNumber() + 1)
        scenes = dict.fromkeys(numbers, _EMPTY)
        if standing:
            text_lines = [*self.lines(first)]
            while first != last:
                first = first.next()
                text_lines += self.lines(first)
            scenes |= self._arrange(text_lines, standing)
        for n, scene in scenes.items():
            if n in self._cache.scenes:  # it was laid out with others, as many as are laid out together
                self._cache.stale.setdefault(n, self._cache.scenes[n])
            self._cache.scenes[n] = scene
            self._cache.groups[n] = (numbers[0], numbers[-1])

    def _part(self, block: QTextBlock, n: int) -> Scene:
        """Return what is drawn with a part of a paragraph that has very many lines."""
        parts = self._cache.parts.setdefault(block.blockNumber(), {})
        if n not in parts:
            text_lines = list(self.lines(block, n * PART, (n + 1) * PART))
            standing = self._standing(text_lines[0].start, text_lines[-1].end) if text_lines else []
            parts[n] = self._arrange(text_lines, standing).get(block.blockNumber(), _EMPTY)
        return parts[n]

    def _arrange(self, text_lines: list[TextLine], annotations: list[Annotation]) -> dict[int, Scene]:
        """Lay out what stands in some lines; returns what is drawn with each paragraph that has any, by its number."""
        if not text_lines or not annotations:
            return {}
        styles = {a.id: self._style(a) for a in annotations}
        self._cache.places |= {a.id: (a.start, a.end) for a in annotations}
        items = self._items(annotations, styles, text_lines)
        lines = [Line(lanes_of(at.block, self.m), at.left, at.right) for at in text_lines]
        layout, items, styles = self._laid_out(items, lines, styles)
        numbers = [at.block.blockNumber() for at in text_lines]
        marks: dict[int, list[Mark]] = {n: [] for n in numbers}
        tints: dict[int, list[Tint]] = {n: [] for n in numbers}
        pills: dict[int, list[Pill]] = {n: [] for n in numbers}
        ends = {item.id: item.pieces[-1] for item in items if item.pieces}
        for bar in layout.bars:
            line = bar.piece.line
            final = bar.piece is ends[bar.id] and not bar.piece.goes
            marks[numbers[line]].append(Mark(bar, styles[bar.id], text_lines[line].bottom, final))
        for item, piece in reversed(_uppermost(items)):
            tints[numbers[piece.line]].append(self._tint(item.id, piece, styles[item.id], text_lines))
        for more in layout.more:
            pill = Pill(more.box, more.lane, text_lines[more.line].bottom, more.ids)
            pills[numbers[more.line]].append(pill)
        return {n: Scene(tuple(marks[n]), tuple(tints[n]), tuple(pills[n])) for n in marks}

    def _laid_out(
        self, items: list[Item], lines: list[Line], styles: dict[str, Style]
    ) -> tuple[lanes.Layout, list[Item], dict[str, Style]]:
        """Give every piece its lane; rather no mark of a comment than no chip, and then rather none of a note."""
        layout = lanes.lay_out(items, lines, self.m.pill_width)
        for notes_too in (False, True):
            crowded = _left_over(layout)
            while bare := self._bare(items, styles, crowded, notes_too):
                tight = [self._without(item, styles[item.id], bare.get(item.id)) for item in items]
                again = lanes.lay_out(tight, lines, self.m.pill_width)
                after = _left_over(again)
                eased = {line: n for line, n in crowded.items() if after.get(line, 0) < n}
                if eased == crowded:
                    layout, items, styles = again, tight, styles | bare
                    break
                crowded = eased  # in the other lines marks would go for nothing
        return layout, items, styles

    def _bare(
        self, items: list[Item], styles: dict[str, Style], lines: Collection[int], notes_too: bool
    ) -> dict[str, Style]:
        """Return the styles, without marks, of what has its chip and such marks in some lines."""
        there = {item.id: styles[item.id] for item in items if item.pieces and item.pieces[0].line in lines}
        bare = {uid: one._replace(commented=False, noted=one.noted and not notes_too) for uid, one in there.items()}
        return {uid: style for uid, style in bare.items() if style.written < there[uid].written}

    def _without(self, item: Item, style: Style, bare: Style | None) -> Item:
        """Return an item whose chip has no more room than for the marks that are left, where some are gone."""
        if bare is None:
            return item
        room = self.m.written_room(style.written) - self.m.written_room(bare.written)
        return item._replace(pieces=tuple(p._replace(chip=p.chip - room) if p.chip else p for p in item.pieces))

    def _items(self, annotations: list[Annotation], styles: dict[str, Style], text_lines: list[TextLine]) -> list[Item]:
        starts = [at.start for at in text_lines]
        start, end = starts[0], text_lines[-1].end
        items: list[Item] = []
        for a in annotations:
            known = self._cache.items.get(a.id)
            if known is None or known[:2] != (start, end):
                known = (start, end, self._item(a, styles[a.id], text_lines, starts))
                self._cache.items[a.id] = known
            items.append(known[2])
        return items

    def _item(self, annotation: Annotation, style: Style, text_lines: list[TextLine], starts: list[int]) -> Item:
        pieces: list[Piece] = []
        fragments = annotation.span.fragments
        start, end = annotation.start, annotation.end
        near = max(0, bisect_right(starts, start) - 1)
        for n in range(near, bisect_left(starts, end)):
            at = text_lines[n]
            boxes = [box for fragment in fragments for box in self.boxes(at, *fragment)]
            if boxes:
                boxes = merged(boxes) if len(boxes) > 1 else boxes
                comes, goes = start < at.start, at.end < end
                chip = 0.0 if comes and (pieces or start < text_lines[0].start) else self._chip(style)
                pieces.append(Piece(n, tuple(boxes), comes, goes, self.rtl(at, start, end), chip))
        rank, offered = (annotation.label, annotation.id), style.state is State.SUGGESTION
        return Item(annotation.id, start, end, tuple(pieces), rank, sinks(annotation, self.text), offered, style.turn)

    def _tint(self, annotation_id: str, piece: Piece, style: Style, text_lines: list[TextLine]) -> Tint:
        top, height = text_lines[piece.line].ground
        return Tint(annotation_id, piece.boxes, top, height, style, piece.arrow_left, piece.arrow_right)

    def _chip(self, style: Style) -> float:
        width = self._chip_widths.get(style.word)
        if width is None:
            width = self._chip_widths[style.word] = self.m.chip_width(style.word)
        width += self.m.written_room(style.written)
        return width + self.m.disc_room(style.disc) if style.disc else width


def _left_over(layout: lanes.Layout) -> dict[int, int]:
    """Return how many annotations are only counted, by line."""
    return {more.line: len(more.ids) for more in layout.more}


def united(one: Band | None, other: Band | None) -> Band | None:
    """Return the band that holds both."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _uppermost(items: list[Item]) -> list[tuple[Item, Piece]]:
    """Return the pieces whose ground is seen where each lies over those that follow; what is offered has none.

    The nearest to the text comes first, as a click takes them: the shorter span, else the one that begins first.
    """
    found: list[tuple[Item, Piece]] = []
    covered: dict[int, list[Box]] = {}
    for item in sorted(items, key=lanes.order):
        for piece in () if item.offered else item.pieces:
            before = covered.get(piece.line, [])
            after = merged([*before, *piece.boxes])
            if after != before:  # else all of it lies under others: of many over one word one is drawn
                covered[piece.line] = after
                found.append((item, piece))
    return found
