"""Relations as arcs from chip to chip, and as stubs to the edge of the screen: layout and drawing of values, no widget.

An arc between two chips of one line hangs below them, one between two lines bulges at the free sides of its chips. A
stub runs below its line into the margin, where nothing is read, and along it. Titles stand where the least is covered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import hypot
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from rubricator_gui.reader.measures import UNDER_TEXT, Measures
from rubricator_gui.theme import Theme

_HEAD = 7.0
_HEAD_HALF = 3.5
_DOT = 2.0
_SAG = 18.0
"""How far the handles of an arc within a line lie below its chips."""
_BESIDE = 24.0
"""Chips of one line that are no further apart stand over each other, or nearly."""
_BULGE = (22.0, 60.0)
_APART = 7.0
"""Between two arcs that join the same two chips."""
_CHANNELS = 4
_CHANNEL = 5.0
"""From one stub in the margin to the next."""
_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
"""Where on an arc its title may stand, the best first."""


class End(NamedTuple):
    """Where an annotation is seen: its chip (or what stands for it), the foot of its line, the free side of the chip.

    `side` is -1 where the left side of the chip is free, 1 where the right one is.
    """

    chip: QRectF
    row: float
    side: int


class Link(NamedTuple):
    """A relation to draw: its title, the ends that are seen, whether one that is not lies below; how it looks."""

    title: str
    source: End | None
    target: End | None
    below: bool = False
    both_ways: bool = False
    strong: bool = False
    wrong: bool = False


class Room(NamedTuple):
    """What of the page is seen: its edges, its margin, top and bottom of its lines, and what stands below each.

    `left` says that stubs may stand in the left margin too: nothing else does.
    """

    width: float
    top: float
    bottom: float
    margin: float
    lines: Sequence[tuple[float, float]]
    taken: dict[float, list[QRectF]]
    """Bars and chips, by the foot of their line."""
    left: bool = True


class Arc(NamedTuple):
    """A line with its arrow heads (tip, and where it comes from) and its title."""

    path: QPainterPath
    heads: tuple[tuple[QPointF, QPointF], ...]
    begins: QPointF | None
    title: str
    place: QRectF
    strong: bool
    wrong: bool


Curve = tuple[QPointF, QPointF, QPointF, QPointF]


def title_font(m: Measures, ui: QFont) -> QFont:
    """Return the font of the titles: it follows the size of the text."""
    font = QFont(ui)
    font.setPixelSize(max(10, round(0.62 * m.pixels)))
    return font


def lay_out(links: Iterable[Link], room: Room, m: Measures, font: QFont) -> list[Arc]:
    """Give every relation its line, and its title a place."""
    metrics = QFontMetricsF(font)
    titles = _Titles(room, metrics)
    between: dict[tuple[float, ...], int] = {}
    found: list[Arc] = []
    stubs = 0
    for link in links:
        if link.source is not None and link.target is not None:
            pair = sorted([(end.chip.left(), end.chip.top()) for end in (link.source, link.target)])
            nth = between.setdefault((*pair[0], *pair[1]), 0)
            between[(*pair[0], *pair[1])] = nth + 1
            found.append(_between(link, link.source, link.target, nth, titles))
        elif (end := link.source or link.target) is not None:
            found.append(_stub(link, end, stubs, room, m, titles))
            stubs += 1
    return found


# --- between two chips --------------------------------------------------------------------------------------------


def curve(source: End, target: End, nth: int = 0) -> Curve:
    """Return the line from chip to chip, the handles of the curve in the middle; the nth of several goes further."""
    a, b = source.chip, target.chip
    across = b.center().x() - a.center().x()
    if source.row == target.row and abs(across) > _BESIDE:
        low = max(a.bottom(), b.bottom()) + _SAG + nth * _APART
        lean = 0.15 * across
        start, end = QPointF(a.center().x(), a.bottom()), QPointF(b.center().x(), b.bottom())
        return start, QPointF(start.x() + lean, low), QPointF(end.x() - lean, low), end
    start = QPointF(a.left() if source.side < 0 else a.right(), a.center().y())
    end = QPointF(b.left() if target.side < 0 else b.right(), b.center().y())
    wide = max(_BULGE[0], min(_BULGE[1], 16 + 0.14 * abs(end.y() - start.y()))) + nth * _APART
    return start, _out(start, source.side, wide), _out(end, target.side, wide), end


def _out(point: QPointF, side: int, wide: float) -> QPointF:
    """Return the handle beside a chip; the curve goes three quarters as far and stays on the page."""
    return QPointF(max(point.x() - wide, -5.0) if side < 0 else point.x() + wide, point.y())


def along(line: Curve, t: float) -> QPointF:
    """Return a point of a curve, from 0 at its start to 1 at its end."""
    s = 1 - t
    return line[0] * (s * s * s) + line[1] * (3 * s * s * t) + line[2] * (3 * s * t * t) + line[3] * (t * t * t)


def _between(link: Link, source: End, target: End, nth: int, titles: _Titles) -> Arc:
    line = curve(source, target, nth)
    path = QPainterPath(line[0])
    path.cubicTo(line[1], line[2], line[3])
    heads = [(line[3], line[2])] + ([(line[0], line[1])] if link.both_ways else [])
    place = titles.place(link.title, [along(line, t) for t in _PLACES])
    begins = None if link.both_ways else line[0]
    return Arc(path, tuple(heads), begins, link.title, place, link.strong, link.wrong)


# --- to the edge of the screen ------------------------------------------------------------------------------------


def _stub(link: Link, end: End, n: int, room: Room, m: Measures, titles: _Titles) -> Arc:
    """Lead from a chip below its line into the margin, and along it to the edge that is nearer to the other end."""
    leftwards = room.left and end.chip.center().x() < room.width / 2
    inset = room.margin - _CHANNEL * (1 + n % _CHANNELS)
    x = inset if leftwards else room.width - inset
    way = -1 if leftwards else 1
    start = QPointF(end.chip.center().x(), end.chip.bottom())
    floor = max(end.row + UNDER_TEXT + m.least_lanes * m.pitch + 1.5, start.y() + 2)
    edge = room.bottom - 3 if link.below else room.top + 3
    turn = min(_CHANNEL, abs(x - start.x()) / 2)
    vertical = turn if edge > floor else -turn
    path = QPainterPath(start)
    path.quadTo(QPointF(start.x(), floor), QPointF(start.x() + way * turn, floor))
    path.lineTo(x - way * turn, floor)
    path.quadTo(QPointF(x, floor), QPointF(x, floor + vertical))
    path.lineTo(x, edge)
    tip, before = QPointF(x, edge), QPointF(x, edge - vertical)
    outgoing = link.target is None
    if outgoing:
        heads = [(tip, before)] + ([(start, QPointF(start.x(), floor + 8))] if link.both_ways else [])
    else:
        heads = [(start, QPointF(start.x(), floor + 8)), (QPointF(x, edge - vertical * 2), tip)]
    begins = start if outgoing and not link.both_ways else None
    wide, high = titles.size(link.title)
    first = start.x() + way * (wide / 2 + 2 * turn)
    last = x - way * (wide / 2 + turn)
    y = floor - high / 2
    if (last - first) * way < 0:  # no room before the margin: on the other side of the chip
        spots = [QPointF(start.x() - way * (wide / 2 + 6), y)]
    else:
        spots = [QPointF(first + (last - first) * step / 6, y) for step in range(7)]
    return Arc(path, tuple(heads), begins, link.title, titles.place(link.title, spots), link.strong, link.wrong)


# --- titles -------------------------------------------------------------------------------------------------------


class _Titles:
    """Finds places that cover the least: no words, then no bars and chips, then no other title."""

    def __init__(self, room: Room, metrics: QFontMetricsF) -> None:
        self._room = room
        self._metrics = metrics
        self._placed: list[QRectF] = []
        self._tops = [top for top, _bottom in room.lines]

    def size(self, title: str) -> tuple[float, float]:
        """Return how much room a title takes."""
        return self._metrics.horizontalAdvance(title) + 6, self._metrics.ascent() + self._metrics.descent()

    def place(self, title: str, spots: Sequence[QPointF]) -> QRectF:
        """Return the place of a title about one of these points, the first of those that are equally good."""
        wide, high = self.size(title)
        rects = [self._inside(QRectF(at.x() - wide / 2, at.y() - high / 2, wide, high)) for at in spots]
        best = min(rects, key=self._covered)
        self._placed.append(best)
        return best

    def _inside(self, rect: QRectF) -> QRectF:
        room = self._room
        rect.moveLeft(max(2.0, min(rect.left(), room.width - rect.width() - 2)))
        rect.moveTop(max(room.top + 1, min(rect.top(), room.bottom - rect.height() - 1)))
        return rect

    def _covered(self, rect: QRectF) -> float:
        words, marks = 0.0, 0.0
        n = max(0, bisect_right(self._tops, rect.top()) - 1)
        for top, bottom in self._room.lines[n : n + 3]:
            # What hangs below the letters and stands over them is mostly blank.
            words += max(0.0, min(rect.bottom(), bottom - 3) - max(rect.top(), top + 4)) * rect.width()
            marks += sum(_shared(rect, other) for other in self._room.taken.get(bottom, ()))
        return 4 * words + 2 * marks + 3 * sum(_shared(rect, other) for other in self._placed)


def _shared(one: QRectF, other: QRectF) -> float:
    wide = min(one.right(), other.right()) - max(one.left(), other.left())
    high = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    return wide * high if wide > 0 and high > 0 else 0.0


# --- drawing ------------------------------------------------------------------------------------------------------


def draw(painter: QPainter, arcs: Sequence[Arc], look: Theme, font: QFont) -> None:
    """Draw arcs: those of the chosen annotation last and strongly, the others step back behind them."""
    some_strong = any(arc.strong for arc in arcs)
    ordered = sorted(arcs, key=_by_strength)
    for arc in ordered:
        _line(painter, arc, _ink(arc, look, faint=some_strong), look)
    for arc in ordered:
        _title(painter, arc, look, font)


def _by_strength(arc: Arc) -> bool:
    return arc.strong


def _ink(arc: Arc, look: Theme, *, faint: bool = False) -> QColor:
    ink = QColor(look.colour("bad" if arc.wrong else "Text" if arc.strong else "muted"))
    if faint and not arc.strong:
        ink.setAlphaF(0.6)
    return ink


def _line(painter: QPainter, arc: Arc, ink: QColor, look: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    halo = QColor(look.colour("Base"))
    halo.setAlphaF(0.75)
    width = 1.8 if arc.strong else 1.2
    painter.setPen(_pen(halo, width + 3))
    painter.drawPath(arc.path)
    pen = _pen(ink, width)
    if arc.wrong:
        pen.setDashPattern([4, 2.5])
    painter.setPen(pen)
    painter.drawPath(arc.path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if arc.begins is not None:
        painter.drawEllipse(arc.begins, _DOT, _DOT)
    for tip, before in arc.heads:
        draw_head(painter, tip, before)


def _title(painter: QPainter, arc: Arc, look: Theme, font: QFont) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("Base"))
    painter.drawRoundedRect(arc.place, 3, 3)
    painter.setFont(font)
    painter.setPen(_ink(arc, look))
    painter.drawText(arc.place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, arc.title)


def draw_head(painter: QPainter, tip: QPointF, before: QPointF) -> None:
    """Draw an arrow head in the present brush, as it comes from a point."""
    away = before - tip
    length = hypot(away.x(), away.y()) or 1.0
    along_it = away / length
    across = QPointF(-along_it.y(), along_it.x()) * _HEAD_HALF
    base = tip + along_it * _HEAD
    painter.drawPolygon(QPolygonF([tip, base + across, base - across]))


def draw_lead(painter: QPainter, start: QPointF, at: QPointF, ink: QColor, *, arrives: bool) -> None:
    """Draw the line of a relation that is being made: dashed until it arrives somewhere."""
    pen = _pen(ink, 2)
    if not arrives:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = QPointF((start.x() + at.x()) / 2, max(start.y(), at.y()) + 14)
    path = QPainterPath(start)
    path.quadTo(middle, at)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    draw_head(painter, at, middle)


def _pen(ink: QColor, width: float) -> QPen:
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
