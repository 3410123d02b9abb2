"""Relations as arcs from chip to chip, and as stubs to the edge of the screen: layout of values, no widget.

An arc leaves its chip below, runs under the lanes of its line, and crosses other lines upright, so that no words are
struck through. A stub runs into the margin, where nothing is read. Titles stand where they cover the least.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import hypot, inf
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath

from rubricator_gui.reader.measures import Measures

HEAD = 7.0
"""Length of an arrow head."""
_HALF = 4.0
"""Half the room that a line takes with its head."""
_TURN = 4.0
"""The radius of corners."""
_BESIDE = 12.0
"""How far from the chip at its end an arc comes down."""
_TRACKS = 3
_TRACK = 2.5
"""From one arc below a line to the next; there is room for few, and further ones share it."""
_CHANNELS = 4
_CHANNEL = 5.0
"""From one stub in the margin to the next."""


Rect = tuple[float, float, float, float]
"""Left, top, right, bottom: plain numbers, for there are many to compare in every frame."""


class End(NamedTuple):
    """Where an annotation is seen: its chip (or what stands for it), the foot of its line, the free side of the chip.

    `side` is -1 where the left side of the chip is free, 1 where the right one is.
    """

    chip: QRectF
    row: float
    side: int
    id: str = ""
    """Whose chip it is."""


class Link(NamedTuple):
    """A relation between two chips that are seen: its title, its ends, and how it looks."""

    title: str
    source: End
    target: End
    both_ways: bool = False
    strong: bool = False
    wrong: bool = False
    key: str = ""
    """What its arc is found by."""
    ahead: float = 0.0
    """Room before the title, for who draws something there."""


class Stub(NamedTuple):
    """Relations from one chip to what lies above or below the screen; whether any `leads` there, or `comes` from it."""

    title: str
    end: End
    below: bool
    leads: bool
    comes: bool
    strong: bool = False
    wrong: bool = False
    key: str = ""
    ahead: float = 0.0


class Room(NamedTuple):
    """What of the page is seen: its edges, its margin, top and bottom of its lines, and what stands below each.

    `floors` says, by the foot of a line, where its lanes end.

    `left` says that stubs may stand in the left margin too: nothing else does.
    """

    width: float
    top: float
    bottom: float
    margin: float
    lines: Sequence[tuple[float, float]]
    floors: dict[float, float]
    taken: dict[float, list[Rect]]
    """Bars and chips, by the foot of their line."""
    left: bool = True
    chips: Mapping[float, Sequence[Rect]] = {}
    """The chips alone, by the foot of their line."""

    def free(self, end: End, left: float, top: float, right: float, bottom: float) -> bool:
        """Say whether a box in the line of a chip covers no other chip."""
        own = end.chip.left(), end.chip.top()
        others = [chip for chip in self.chips.get(end.row, ()) if chip[:2] != own]
        return left + _HALF >= 3 and right - _HALF <= self.width - 3 and not _shared(left, top, right, bottom, others)


class Arc(NamedTuple):
    """A line with its arrow heads (tip, and where it comes from) and its title."""

    path: QPainterPath
    heads: tuple[tuple[QPointF, QPointF], ...]
    begins: QPointF | None
    title: str
    place: QRectF
    strong: bool
    wrong: bool
    key: str = ""
    ahead: float = 0.0
    ends: tuple[tuple[QPointF, End], ...] = ()
    """Where it begins, and of a line between two chips also where it leads; and what stands there."""


def title_font(m: Measures, ui: QFont) -> QFont:
    """Return the font of the titles: it follows the size of the text."""
    font = QFont(ui)
    font.setPixelSize(max(10, round(0.62 * m.pixels)))
    return font


def lay_out(links: Iterable[Link], stubs: Iterable[Stub], room: Room, m: Measures, font: QFont) -> list[Arc]:
    """Give every relation its line, and its title a place."""
    titles = _Titles(room, QFontMetricsF(font))
    tracks = _Tracks(room)
    apart = (link for link in links if link.source.chip != link.target.chip)  # not counted in the same "+n"
    found = [_between(link, tracks, titles, room, m) for link in apart]
    return found + [_stub(stub, n, room, tracks, titles) for n, stub in enumerate(stubs)]


class _Tracks:
    """Where lines run below the lanes of a line of text, and beside a chip: each a little apart from those before."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._below: Counter[float] = Counter()
        self._beside: Counter[tuple[float, float]] = Counter()

    def below(self, end: End) -> float:
        """Return the height of the next track below the line of an end; of several at one chip it is the same."""
        key = end.row
        self._below[key] += 1
        nth = (self._below[key] - 1) % _TRACKS
        return max(self._room.floors.get(end.row, end.chip.bottom() + 2), end.chip.bottom() + 2) + nth * _TRACK

    def beside(self, end: End) -> float:
        """Return where the next line comes down (or up) beside a chip."""
        key = end.chip.left(), end.chip.top()
        self._beside[key] += 1
        away = _BESIDE + (self._beside[key] - 1) % _TRACKS * 2 * _TRACK
        x = end.chip.left() - away if end.side < 0 else end.chip.right() + away
        return max(3.0, min(x, self._room.width - 3))


def nearest(arcs: Iterable[Arc], point: QPointF, reach: float) -> Arc | None:
    """Return the arc whose title is at a point, else the one that leads by it within `reach`; None where none does."""
    found = [(0.0 if arc.place.contains(point) else _apart(arc.path, point, reach), arc) for arc in arcs]
    away, arc = min(found, key=lambda one: one[0], default=(inf, None))
    return arc if away <= reach else None


def end_at(arcs: Iterable[Arc], point: QPointF, reach: float) -> tuple[Arc, str] | None:
    """Return the arc of which an end is at a point, and whose end that is; None where none is, or on its chip."""
    found = [
        (not arc.strong, _far(at, point), n, arc, end.id)
        for n, arc in enumerate(arcs)
        for at, end in arc.ends
        if _far(at, point) <= reach and not end.chip.contains(point)
    ]
    *_order, arc, uid = min(found, default=(True, inf, 0, None, ""))
    return (arc, uid) if arc is not None else None


def _apart(path: QPainterPath, point: QPointF, reach: float) -> float:
    """Return how far a point is from a line; inf where it is plainly farther than `reach`."""
    if not path.controlPointRect().adjusted(-reach, -reach, reach, reach).contains(point):
        return inf
    corners = [corner for piece in path.toSubpathPolygons() for corner in piece.toList()]
    return min((_from_piece(point, *ends) for ends in pairwise(corners)), default=inf)


def _from_piece(point: QPointF, start: QPointF, end: QPointF) -> float:
    """Return how far a point is from a straight piece of a line."""
    along, to = end - start, point - start
    length = QPointF.dotProduct(along, along)
    share = max(0.0, min(1.0, QPointF.dotProduct(to, along) / length)) if length else 0.0
    return _far(point, start + along * share)


# --- between two chips --------------------------------------------------------------------------------------------


def _way_down(end: End, floor: float, room: Room) -> list[QPointF]:
    """Return the way from the edge of a chip to below its line, past other chips: from its foot, else from a side."""
    chip, y = end.chip, end.chip.center().y()
    middle, reach = chip.center().x(), max(0.0, chip.width() / 2 - _HALF)
    steps = [0.0, *(way * step for step in range(3, int(reach) + 1, 3) for way in (-1.0, 1.0))]
    for x in (middle + step for step in steps):
        if room.free(end, x - _HALF, chip.bottom(), x + _HALF, floor):
            return [QPointF(x, chip.bottom()), QPointF(x, floor)]
    for side in (end.side, -end.side):
        edge, x = _beside(end._replace(side=side))
        near, far = sorted((edge, x))
        if room.free(end, near, y - _HALF, far, y + _HALF) and room.free(end, x - _HALF, y, x + _HALF, floor):
            return [QPointF(edge, y), QPointF(x, y), QPointF(x, floor)]
    return [QPointF(middle, chip.bottom()), QPointF(middle, floor)]


def _beside(end: End) -> tuple[float, float]:
    """Return the free edge of a chip, and where a line beside it runs."""
    edge = end.chip.left() if end.side < 0 else end.chip.right()
    return edge, edge + end.side * _BESIDE


def _free_side(end: End, above: bool, room: Room) -> End:
    """Return an end with the side into which a line from above or below may lead, past other chips."""
    y = end.chip.center().y()
    high, low = (end.row, y) if above else (y, room.floors.get(end.row, y))
    for one in (end, end._replace(side=-end.side)):
        edge, x = _beside(one)
        near, far = sorted((edge, x))
        if room.free(end, near, y - _HALF, far, y + _HALF) and room.free(end, x - _HALF, high, x + _HALF, low):
            return one
    return end


def _between(link: Link, tracks: _Tracks, titles: _Titles, room: Room, m: Measures) -> Arc:
    """Lead below the line of the source to where the target is, and there into the free side of its chip.

    Lines of text are crossed upright: nothing runs through the words. Within one line all of it stays below the chips.
    """
    a, b = link.source.chip, link.target.chip
    floor = tracks.below(link.source)
    same = link.source.row == link.target.row
    floor = max(floor, b.bottom() + 2) if same else floor
    down = _way_down(link.source, floor, room)
    start, low = down[0], down[-1]
    wide, high = titles.size(link.title, link.ahead)
    if same and abs(b.center().x() - a.center().x()) < _BESIDE:  # one stands over the other
        x = max(3.0, min(a.left(), b.left()) - _BESIDE)
        start, end = QPointF(a.left(), a.center().y()), QPointF(b.left(), b.center().y())
        points = [start, QPointF(x, start.y()), QPointF(x, end.y()), end]
        before, second = points[2], points[1]
        spots = [QPointF(x - wide / 2 - 2, (start.y() + end.y()) / 2), QPointF(x, floor - high / 2)]
    elif same:
        up = _way_down(link.target, floor, room)
        end = up[0]
        points = [*down, *reversed(up)]
        before, second = _from(up), _from(down)
        spots = _on_the_way(low.x(), up[-1].x(), floor, wide, high)
    else:
        target, y = _free_side(link.target, floor < b.center().y(), room), b.center().y()
        x, end = tracks.beside(target), QPointF(_beside(target)[0], y)
        points = [*down, QPointF(x, floor), QPointF(x, y), end]
        before, second = QPointF(x, y), _from(down)
        # Near the target it is plain which of several lines is meant.
        way = -1 if y > floor else 1
        spots = [QPointF(x, y + way * (m.line_box + step * high / 2)) for step in range(6)]
        spots = [spot for spot in spots if (floor - spot.y()) * way > high]
        spots += _on_the_way(low.x(), x, floor, wide, high)
    heads = [(end, before)] + ([(start, second)] if link.both_ways else [])
    place = titles.place(link.title, spots, link.ahead)
    return Arc(rounded(points), tuple(heads), None if link.both_ways else start, link.title, place,
               link.strong, link.wrong, link.key, link.ahead, ((start, link.source), (end, link.target)))  # fmt: skip


def _from(way: Sequence[QPointF]) -> QPointF:
    """Return from where an arrow head comes to the chip at which a way begins: at least its length away."""
    return way[1] if len(way) > 2 else way[1] + QPointF(0, 8)


def _on_the_way(start: float, end: float, floor: float, wide: float, high: float) -> list[QPointF]:
    """Return places for a title on a line from x to x: over it, from its middle to both ends, or beside its start."""
    y = floor - high / 2
    way = 1 if end > start else -1
    first, last = start + way * (wide / 2 + _TURN), end - way * (wide / 2 + _TURN)
    aside = QPointF(start - way * (wide / 2 + _TURN), y)
    if (last - first) * way < 0:
        return [QPointF((start + end) / 2, floor), aside]
    return [*(QPointF(first + (last - first) * share, y) for share in (0.5, 0.33, 0.67, 0.16, 0.84, 0, 1)), aside]


def rounded(points: Sequence[QPointF], radius: float = _TURN) -> QPainterPath:
    """Return the line through some points, its corners rounded."""
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _far(before, corner) / 2, _far(corner, after) / 2)
        path.lineTo(_towards(corner, before, reach))
        path.quadTo(corner, _towards(corner, after, reach))
    path.lineTo(points[-1])
    return path


def _far(one: QPointF, other: QPointF) -> float:
    return hypot(other.x() - one.x(), other.y() - one.y())


def _towards(point: QPointF, other: QPointF, reach: float) -> QPointF:
    """Return the point that lies so far from one point on the way to another."""
    far = _far(point, other)
    return point + (other - point) * (reach / far) if far else point


# --- to the edge of the screen ------------------------------------------------------------------------------------


def _stub(stub: Stub, n: int, room: Room, tracks: _Tracks, titles: _Titles) -> Arc:
    """Lead from a chip below its line into the margin, and along it to the edge that is nearer to the other end."""
    chip = stub.end.chip
    leftwards = room.left and chip.center().x() < room.width / 2
    inset = room.margin - _CHANNEL * (1 + n % _CHANNELS)
    x = inset if leftwards else room.width - inset
    floor = tracks.below(stub.end)
    down = _way_down(stub.end, floor, room)
    start, low = down[0], down[-1]
    edge = room.bottom - 3 if stub.below else room.top + 3
    inwards = -HEAD if edge > floor else HEAD
    tip, inner = QPointF(x, edge), QPointF(x, edge + 2 * inwards)
    heads = [(tip, inner)] if stub.leads else [(inner, tip)]
    if stub.comes:
        heads.append((start, _from(down)))
    wide, high = titles.size(stub.title, stub.ahead)
    spots = sorted(_on_the_way(low.x(), x, floor, wide, high), key=lambda at: abs(at.x() - low.x()))
    place = titles.place(stub.title, spots, stub.ahead)
    path = rounded([*down, QPointF(x, floor), tip])
    begins = None if stub.comes else start
    return Arc(path, tuple(heads), begins, stub.title, place, stub.strong, stub.wrong, stub.key, stub.ahead,
               ((start, stub.end),))  # fmt: skip


# --- titles -------------------------------------------------------------------------------------------------------


class _Titles:
    """Finds places that cover the least: no words, then no bars and chips, then no other title."""

    def __init__(self, room: Room, metrics: QFontMetricsF) -> None:
        self._room = room
        self._metrics = metrics
        self._placed: list[Rect] = []
        self._tops = [top for top, _bottom in room.lines]
        self._sizes: dict[str, tuple[float, float]] = {}

    def size(self, title: str, ahead: float = 0.0) -> tuple[float, float]:
        """Return how much room a title takes, with what stands before it."""
        if title not in self._sizes:
            high = self._metrics.ascent() + self._metrics.descent()
            self._sizes[title] = self._metrics.horizontalAdvance(title) + 6, high
        wide, high = self._sizes[title]
        return wide + ahead, high

    def place(self, title: str, spots: Sequence[QPointF], ahead: float = 0.0) -> QRectF:
        """Return the place of a title about one of these points, the first of those that are equally good."""
        wide, high = self.size(title, ahead)
        best, least = (0.0, 0.0, wide, high), inf
        for spot in spots:
            rect = self._inside(spot.x() - wide / 2, spot.y() - high / 2, wide, high)
            covered = self._covered(*rect)
            if covered < least:
                best, least = rect, covered
            if not covered:
                break
        self._placed.append(best)
        return QRectF(best[0], best[1], wide, high)

    def _inside(self, left: float, top: float, wide: float, high: float) -> Rect:
        room = self._room
        left = max(2.0, min(left, room.width - wide - 2))
        top = max(room.top + 1, min(top, room.bottom - high - 1))
        return left, top, left + wide, top + high

    def _covered(self, left: float, top: float, right: float, bottom: float) -> float:
        covered = 0.0
        first = max(0, bisect_right(self._tops, top) - 1)
        for line_top, foot in self._room.lines[first : bisect_right(self._tops, bottom)]:
            # What hangs below the letters and stands over them is mostly blank.
            words = min(bottom, foot - 3) - max(top, line_top + 4)
            if words > 0:
                covered += 4 * words * (right - left)
            covered += 2 * _shared(left, top, right, bottom, self._room.taken.get(foot, ()))
            covered += 2 * _shared(left, top, right, bottom, self._room.chips.get(foot, ()))
        return covered + 3 * _shared(left, top, right, bottom, self._placed)


def _shared(left: float, top: float, right: float, bottom: float, others: Iterable[Rect]) -> float:
    """Return how much of a box lies over others."""
    found = 0.0
    for other_left, other_top, other_right, other_bottom in others:
        if other_left < right and left < other_right and other_top < bottom and top < other_bottom:
            wide = min(right, other_right) - max(left, other_left)
            found += wide * (min(bottom, other_bottom) - max(top, other_top))
    return found
