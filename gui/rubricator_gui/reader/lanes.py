"""Which bar lies in which lane under its line, and where its chip stands: layout of values, no widget.

Rules: shorter spans first, so nearest to the text; a span lies below everything it contains; what is offered lies where
it will lie once it is accepted, unless an annotation would find no room for it; each piece lies as near to its own line
as what it contains there lets it, and only a span through many paragraphs keeps one lane; the chip stands on the first
piece, or under a shorter one, else one lane lower; what finds no room is counted in a pill "+n" of its line
and never lost.
Three pixels stay free between any two things of one lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import floor
from typing import NamedTuple

Box = tuple[float, float]
"""From x to x, left to right."""

GAP = 3.0
"""What stays free between two things of one lane."""

TIP = 2.0
"""How far an arrowhead reaches past the text."""

ARROW = 7.0
"""How long an arrowhead is."""

JOIN = 1.0
"""What stays free between an arrowhead and the chip beyond it."""


_MANY = 120
"""Things of a paragraph of which something has no room, mostly: it is not laid out twice to find out."""

_LITTLE = 8.0
"""How much wider than its span a chip may be and still begin with it."""


class Line(NamedTuple):
    """A line of text: how many lanes are reserved under it, and between which x chips may hang."""

    lanes: int
    left: float
    right: float


class Piece(NamedTuple):
    """What of a span stands in one line; `chip` is the chip's width on the first piece, 0 on others."""

    line: int
    boxes: tuple[Box, ...]
    comes: bool = False
    goes: bool = False
    rtl: bool = False
    chip: float = 0.0

    @property
    def left(self) -> float:
        """Where the piece begins, seen from the left."""
        return self.boxes[0][0]

    @property
    def right(self) -> float:
        """Where the piece ends, seen from the left."""
        return self.boxes[-1][1]

    @property
    def arrow_left(self) -> bool:
        """Say whether the span goes on beyond the left end."""
        return self.goes if self.rtl else self.comes

    @property
    def arrow_right(self) -> bool:
        """Say whether the span goes on beyond the right end."""
        return self.comes if self.rtl else self.goes

    @property
    def extent(self) -> Box:
        """What the bar covers, with its arrowheads."""
        left, right = self.boxes[0][0], self.boxes[-1][1]
        if not (self.comes or self.goes):  # mostly
            return left, right
        return left - TIP * self.arrow_left, right + TIP * self.arrow_right


class Item(NamedTuple):
    """A span to lay out: hull, pieces from first to last line; `rank` orders spans of the same hull.

    A span that `sinks` (it runs through many paragraphs) takes the last lane everywhere, whatever lies in it.
    Where there is no room for all, one that is only `offered` takes what the annotations leave free. What belongs to a
    difference has a `turn`: length and start of the difference, its number, and which layer's it is; layers keep their
    order from the text downwards.
    """

    id: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    rank: tuple[str, ...] = ()
    sinks: bool = False
    offered: bool = False
    turn: tuple[int, ...] = ()


class Bar(NamedTuple):
    """A piece with its place: the lane, and from where to where the chip stands, if it stands here.

    `under` says that the chip stands under a shorter piece, and not on its bar. `tips` are the ends of the piece with
    its arrowheads, and `extent` is what all of it covers.
    """

    id: str
    piece: Piece
    lane: int
    chip: Box | None
    under: bool
    tips: Box
    extent: Box


class More(NamedTuple):
    """The pill "+n" of a line: what had no room there, shortest first."""

    line: int
    lane: int
    box: Box
    ids: tuple[str, ...]


class Layout(NamedTuple):
    """Where everything lies."""

    bars: tuple[Bar, ...]
    more: tuple[More, ...]


def order(item: Item) -> tuple[tuple[int, ...], int, int, bool, tuple[str, ...], str]:
    """Sort key: shorter spans first, those of a difference together; of two in the same place what is offered last."""
    length = item.end - item.start
    return item.turn or (length, item.start), length, item.start, item.offered, item.rank, item.id


def lay_out(items: Iterable[Item], lines: Sequence[Line], pill: Callable[[int], float]) -> Layout:
    """Give every piece its lane; `pill` tells how wide a "+n" is."""
    ordered = _in_order(list(items))
    offered = [item for item in ordered if item.offered]
    if offered and len(ordered) > _MANY:
        ordered.sort(key=lambda item: item.offered)
        return _laid_out(ordered, lines, pill)
    layout = _laid_out(ordered, lines, pill)
    hidden = _hidden(layout, offered) if offered and layout.more else 0
    if not hidden:
        return layout
    ordered.sort(key=lambda item: item.offered)
    after = _laid_out(ordered, lines, pill)
    return after if _hidden(after, offered) < hidden else layout


def _hidden(layout: Layout, offered: list[Item]) -> int:
    """Return how many pieces of annotations are only counted in lines where something is offered."""
    ids, lines = {item.id for item in offered}, {piece.line for item in offered for piece in item.pieces}
    return sum(item not in ids for more in layout.more if more.line in lines for item in more.ids)


def _laid_out(items: Iterable[Item], lines: Sequence[Line], pill: Callable[[int], float]) -> Layout:
    """Give every piece its lane, in this order."""
    taken = _Taken(lines)
    bars: list[Bar] = []
    hidden: dict[int, list[tuple[str, Piece]]] = {}
    for item in items:
        placed = (item.sinks and _through(item, taken)) or _piecewise(item, taken)
        for bar, box in placed:
            taken.take(bar, box, item)
            bars.append(bar)
        if len(placed) < len(item.pieces):
            shown = {bar.piece.line for bar, _box in placed}
            for piece in item.pieces:
                if piece.line not in shown:
                    hidden.setdefault(piece.line, []).append((item.id, piece))
    more = tuple(_pill(line, left_over, taken, pill) for line, left_over in sorted(hidden.items()))
    return Layout(tuple(bars), more)


def _in_order(items: list[Item]) -> list[Item]:
    """Sort items; where differences are laid out, a chip wider than its span and over nothing comes last."""
    items.sort(key=order)
    if not any(item.turn for item in items):
        return items
    late = [item for item in items if _hangs(item) and not any(_meet(item, other) for other in items)]
    late_ids = {item.id for item in late}
    return [item for item in items if item.id not in late_ids] + late


def _hangs(item: Item) -> bool:
    """Say whether an item that belongs to no difference is narrower than its chip."""
    return not item.turn and any(piece.chip > piece.right - piece.left for piece in item.pieces)


def _meet(item: Item, other: Item) -> bool:
    return item is not other and item.start < other.end and other.start < item.end


class _Taken:
    """What is taken of each lane of each line, and what lies there."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._boxes: list[list[list[Box]]] = [[[] for _ in range(line.lanes)] for line in lines]
        self._spans: list[list[tuple[int, int, int]]] = [[] for _ in lines]
        self._turns: dict[tuple[int, int], list[tuple[int, int]]] = {}
        """By line and difference: which layers have which lanes."""

    def free(self, line: int, lane: int, box: Box) -> bool:
        left, right = box[0] - GAP, box[1] + GAP
        for begin, end in self._boxes[line][lane]:  # noqa: SIM110 (a generator takes twice as long)
            if begin < right and left < end:
                return False
        return True

    def take(self, bar: Bar, box: Box, item: Item) -> None:
        self._boxes[bar.piece.line][bar.lane].append(box)
        self._spans[bar.piece.line].append((item.start, item.end, bar.lane))
        if item.turn:
            self._turns.setdefault((bar.piece.line, item.turn[2]), []).append((item.turn[3], bar.lane))

    def lowest_inside(self, item: Item, line: int) -> int:
        """Return the lane below everything that the item contains in this line, and below the layers before it."""
        first, last = item.start, item.end
        found = max([lane + 1 for start, end, lane in self._spans[line] if first <= start and end <= last], default=0)
        if not item.turn:
            return found
        others = self._turns.get((line, item.turn[2]), ())
        return max([found, *(lane + 1 for side, lane in others if side != item.turn[3])])

    def end_of(self, line: int, lane: int) -> float:
        return max((box[1] for box in self._boxes[line][lane]), default=self.lines[line].left)


def _through(item: Item, taken: _Taken) -> list[tuple[Bar, Box]]:
    """Place the whole item in one lane; nothing where there is none. With each bar what it takes."""
    if not item.pieces:
        return []
    depth = min([taken.lines[piece.line].lanes for piece in item.pieces])
    first = max([taken.lowest_inside(item, piece.line) for piece in item.pieces])
    for lane in range(max(first, depth - 1) if item.sinks else first, depth):
        bars: list[tuple[Bar, Box]] = []
        for piece in item.pieces:
            bar = _fit(item.id, piece, lane, taken)
            if bar is None:
                break
            bars.append(bar)
        else:
            return bars
    return []


def _piecewise(item: Item, taken: _Taken) -> list[tuple[Bar, Box]]:
    """Place each piece where its own line has room."""
    bars: list[tuple[Bar, Box]] = []
    for piece in item.pieces:
        depth = taken.lines[piece.line].lanes
        lanes: Iterable[int] = range(taken.lowest_inside(item, piece.line), depth)
        for lane in reversed(list(lanes)) if item.sinks else lanes:
            bar = _fit(item.id, piece, lane, taken)
            if bar is not None:
                bars.append(bar)
                break
    return bars


def bar_of(item: str, piece: Piece, lane: int, chip: Box | None = None) -> Bar:
    """Return the bar of a piece with its chip; an arrowhead stands behind a chip that would hide it."""
    left, right = tips = piece.extent
    if chip is None or (piece.left <= chip[0] and chip[1] <= piece.right):
        return Bar(item, piece, lane, chip, under=False, tips=tips, extent=tips)
    under = chip[0] < piece.right and piece.left < chip[1]
    if under and piece.arrow_right and chip[0] >= piece.left:
        right = max(right, chip[1] + ARROW)
    if under and piece.arrow_left and chip[1] <= piece.right:
        left = min(left, chip[0] - ARROW)
    return Bar(item, piece, lane, chip, under, (left, right), (min(left, chip[0]), max(right, chip[1])))


def _fit(item: str, piece: Piece, lane: int, taken: _Taken) -> tuple[Bar, Box] | None:
    for chip in _chip_places(piece, taken.lines[piece.line]) if piece.chip else (None,):
        bar = bar_of(item, piece, lane, chip)
        if taken.free(piece.line, lane, bar.extent):
            return bar, bar.extent
    return None


def _chip_places(piece: Piece, line: Line) -> Iterator[Box]:
    """Yield where the chip may stand: on the bar, or under a shorter one."""
    wide = piece.chip
    left, right = piece.extent
    if right - left >= wide + ARROW * (piece.comes + piece.goes):
        begin = piece.right - wide if piece.rtl else piece.left
        yield begin, begin + wide
        return
    for begin in _before_the_tip(piece, line) if piece.comes or piece.goes else _under(piece):
        if begin >= line.left and begin + wide <= line.right:
            yield begin, begin + wide


def _under(piece: Piece) -> Iterator[float]:
    """Yield where a chip may begin under a piece that is shorter: by its middle, from its start, to its end.

    Where it is little wider the start comes first: so all chips of nested spans stand in one column.
    """
    from_start, to_end = sorted((piece.left, piece.right - piece.chip), reverse=not piece.rtl)
    middle = float(floor((piece.left + piece.right - piece.chip) / 2))  # on whole pixels its edges are sharp
    little = piece.chip - (piece.right - piece.left) <= _LITTLE
    yield from (from_start, middle, to_end) if little else (middle, from_start, to_end)


def _before_the_tip(piece: Piece, line: Line) -> Iterator[float]:
    """Yield where it may begin where the span goes on: from its start, before the arrowhead, else beyond it."""
    wide = piece.chip
    if piece.arrow_left:
        if piece.right - wide - ARROW >= line.left:
            yield piece.right - wide
        yield piece.left - TIP + ARROW
        yield piece.left - TIP - JOIN - wide
    else:
        if piece.left + wide + ARROW <= line.right:
            yield piece.left
        yield piece.right + TIP - ARROW - wide
        yield piece.right + TIP + JOIN


def _pill(line: int, left_over: list[tuple[str, Piece]], taken: _Taken, width: Callable[[int], float]) -> More:
    lane = taken.lines[line].lanes - 1
    wide = width(len(left_over))
    ids = tuple(item for item, _ in left_over)
    for _, piece in left_over:
        x = piece.extent[1] + GAP
        if x + wide <= taken.lines[line].right and taken.free(line, lane, (x, x + wide)):
            return More(line, lane, (x, x + wide), ids)
    x = taken.end_of(line, lane) + GAP
    return More(line, lane, (x, x + wide), ids)
