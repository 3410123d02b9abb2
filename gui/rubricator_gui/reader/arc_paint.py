"""Drawing of the arcs of relations: a painter and laid out values in, pixels out."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from rubricator_gui.reader.arcs import HEAD, Arc
from rubricator_gui.theme import Theme

_HALF = 3.5
"""Half the width of an arrow head."""
_DOT = 2.0


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
    width = 1.8 if arc.strong else 1.2
    if arc.strong:  # what it crosses steps back
        halo = QColor(look.colour("Base"))
        halo.setAlphaF(0.6)
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
    painter.drawText(
        arc.place.adjusted(arc.ahead, 0, 0, 0), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, arc.title
    )


def draw_head(painter: QPainter, tip: QPointF, before: QPointF) -> None:
    """Draw an arrow head in the present brush, as it comes from a point."""
    away = before - tip
    length = hypot(away.x(), away.y()) or 1.0
    along_it = away / length
    across = QPointF(-along_it.y(), along_it.x()) * _HALF
    base = tip + along_it * HEAD
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
