"""How agreement goes on over the weeks, drawn: all together with intervals, and each annotator with the others.

The table below it says the same in figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubricator.review.agreement.figures import Figure
from rubricator.review.agreement.report import Group
from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.dialogs.agreement.figures import Scale, scale_of, tick_words
from rubricator_gui.drawing import RIGHT, write
from rubricator_gui.theme import Theme

MOST = 8
"""Annotators that are drawn: more lines are not told apart; the table has all."""
_HUES = (1, 6, 7, 5, 4, 8, 9, 10)
"""Far apart for colour-blind eyes, too; and each line has marks of its own."""


class Series(NamedTuple):
    """A line: a name, and a figure for each week, where there is one."""

    name: str
    figures: dict[str, Figure]


def series_of(drift: Sequence[Group], measure: str) -> list[Series]:
    """Return a line for each annotator; a group of theirs is called “anna 2026-W48”."""
    found: dict[str, Series] = {}
    for group in drift:
        name, _space, week = group.name.rpartition(" ")
        figure = group.of(measure)
        if figure is not None:
            found.setdefault(name, Series(name, {})).figures[week] = figure
    return list(found.values())


class DriftPlot(QWidget):
    """Draws the lines; it takes no keys, for the table has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Agreement over the weeks, drawn"))
        self.setAccessibleDescription(_("The table says the same in figures."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._weeks: list[str] = []
        self._all = Series("", {})
        self.lines: list[Series] = []
        self._more = 0

    def sizeHint(self) -> QSize:
        """Ask for a strip."""
        return QSize(100 * theme.unit(), 46 * theme.unit())

    def show_weeks(self, weeks: Sequence[Group], drift: Sequence[Group], measure: str) -> None:
        """Show a measure over these weeks."""
        self._weeks = [group.name for group in weeks]
        self._all = Series(_("All"), {group.name: one for group in weeks if (one := group.of(measure)) is not None})
        lines = series_of(drift, measure)
        self.lines, self._more = lines[:MOST], max(0, len(lines) - MOST)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scale, the lines and what they are called."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, u = theme.theme_of(self.palette()), theme.unit()
        painter.fillRect(self.rect(), look.colour("Base"))
        legend = min(48 * u, self.width() // 3)
        place = QRectF(self.rect().adjusted(8 * u, 3 * u, -legend - 2 * u, -7 * u))
        figures = [one for line in (self._all, *self.lines) for one in line.figures.values()]
        scale = scale_of(figures)
        self._axes(painter, place, scale, look)
        for n, line in reversed(list(enumerate(self.lines))):
            self._line(painter, place, scale, line, look.hue(_HUES[n]).bar, n)
        self._intervals(painter, place, scale, look.colour("Text"))
        self._line(painter, place, scale, self._all, look.colour("Text"), -1)
        self._legend(painter, QRect(self.width() - legend, 3 * u, legend - 3 * u, self.height()), look)
        painter.end()

    def _axes(self, painter: QPainter, place: QRectF, scale: Scale, look: Theme) -> None:
        u, font = theme.unit(), theme.figures(theme.ui_font("note"))
        muted = look.colour("muted")
        for tick in scale.ticks:
            y = _y(place, scale, tick)
            painter.setPen(QPen(look.colour("Mid"), 1, Qt.PenStyle.SolidLine if tick == 0 else Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
            left = QRect(0, round(y) - 3 * u, round(place.left()) - u, 6 * u)
            write(painter, left, tick_words(tick), font, muted, RIGHT)
        wide = QFontMetrics(font).horizontalAdvance("2026-W48 ")
        every = max(1, -(-len(self._weeks) * wide // max(1, round(place.width()))))
        for n, week in enumerate(self._weeks):
            if n % every == 0:
                x = round(self._x(place, n))
                under = QRect(x - wide // 2, round(place.bottom()) + u, wide, 5 * u)
                write(painter, under, week, font, muted, Qt.AlignmentFlag.AlignCenter)

    def _x(self, place: QRectF, n: int) -> float:
        edge = 10 * theme.unit()
        if len(self._weeks) < 2:
            return place.center().x()
        return place.left() + edge + (place.width() - 2 * edge) * n / (len(self._weeks) - 1)

    def _points(self, place: QRectF, scale: Scale, line: Series) -> Iterator[tuple[int, QPointF]]:
        for n, week in enumerate(self._weeks):
            figure = line.figures.get(week)
            if figure is not None and figure.value is not None:
                yield n, QPointF(self._x(place, n), _y(place, scale, figure.value))

    def _line(self, painter: QPainter, place: QRectF, scale: Scale, line: Series, ink: QColor, shape: int) -> None:
        """Draw a line from week to week, with a gap where a week has no figure."""
        before: tuple[int, QPointF] | None = None
        painter.setPen(QPen(ink, 2 if shape < 0 else 1.25))
        points = list(self._points(place, scale, line))
        for n, point in points:
            if before is not None and before[0] == n - 1:
                painter.drawLine(before[1], point)
            before = (n, point)
        for _n, point in points:
            _mark(painter, point, ink, shape, self.palette().base().color())

    def _intervals(self, painter: QPainter, place: QRectF, scale: Scale, ink: QColor) -> None:
        u = theme.unit()
        painter.setPen(QPen(ink, 1))
        for n, week in enumerate(self._weeks):
            figure = self._all.figures.get(week)
            if figure is None or figure.low is None or figure.high is None:
                continue
            x, top, bottom = self._x(place, n), _y(place, scale, figure.high), _y(place, scale, figure.low)
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            for y in (top, bottom):
                painter.drawLine(QPointF(x - u, y), QPointF(x + u, y))

    def _legend(self, painter: QPainter, place: QRect, look: Theme) -> None:
        u, font = theme.unit(), theme.ui_font("note")
        rows = [(self._all.name, look.colour("Text"), -1)]
        rows += [(line.name, look.hue(_HUES[n]).bar, n) for n, line in enumerate(self.lines)]
        top = place.top()
        for name, ink, shape in rows:
            middle = QPointF(place.left() + 3 * u, top + 2.5 * u)
            painter.setPen(QPen(ink, 2 if shape < 0 else 1.25))
            painter.drawLine(middle - QPointF(3 * u, 0), middle + QPointF(3 * u, 0))
            _mark(painter, middle, ink, shape, look.colour("Base"))
            words = QRect(place.left() + 8 * u, top, place.width() - 8 * u, 5 * u)
            write(painter, words, " ".join(name.split()), font, look.colour("Text"))
            top += round(4.5 * u)
        if self._more:
            words = QRect(place.left() + 8 * u, top, place.width() - 8 * u, 5 * u)
            write(painter, words, say(message("and {n} more", n=self._more)), font, look.colour("muted"))


def _y(place: QRectF, scale: Scale, value: float) -> float:
    return place.bottom() - place.height() * scale.share(value)


def _mark(painter: QPainter, at: QPointF, ink: QColor, shape: int, ground: QColor) -> None:
    """Draw a mark: a dot for all together, else one of four shapes, full or hollow: no line is told by colour alone."""
    r = theme.unit() * 0.9
    path = QPainterPath()
    match shape % 4 if shape >= 0 else 0:
        case 0:
            path.addEllipse(at, r, r)
        case 1:
            path.addRect(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r))
        case 2:
            path.addPolygon([at + QPointF(0, -1.2 * r), at + QPointF(1.2 * r, r), at + QPointF(-1.2 * r, r)])
            path.closeSubpath()
        case _:
            corners = ((0, -1.3 * r), (1.3 * r, 0), (0, 1.3 * r), (-1.3 * r, 0))
            path.addPolygon([at + QPointF(*corner) for corner in corners])
            path.closeSubpath()
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(ink if shape < 4 and shape != 0 else ground)
    if shape < 0:
        painter.setBrush(ink)
    painter.drawPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
