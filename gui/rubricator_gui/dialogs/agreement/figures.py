"""Figures in a table: each with its interval, drawn on one scale and written, and what it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rubricator.review.agreement.figures import BY_KEY, Figure
from rubricator.review.agreement.tables import bounds_or_why, shown
from rubricator.words import Message, _, message, say
from rubricator_gui import theme
from rubricator_gui.dialogs.agreement.heads import FlatHead
from rubricator_gui.drawing import RIGHT, draw_ground, draw_ring, ink_for, write
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.panels.rows import ENTER, ITEM, Index
from rubricator_gui.theme import Theme

NAME, PLOT, VALUE, INTERVAL, N, ARTICLES, MISSING = range(7)
_HEADS: tuple[tuple[str, str], ...] = (
    ("", ""),
    ("Value and interval, drawn", "The dot is the value, the line its 95 % interval."),
    ("Value", "“n/a” is what is not defined."),
    ("95 % interval", "It holds 95 % of what comes of drawing the articles anew."),
    ("n", "How many annotations, values or words were compared."),
    ("Articles", "How many articles were compared."),
    ("Missing", "Layers that are lacking on articles which another annotator has finished."),
)
_WIDEST = 72
"""Units that a name has at most: a label may have 200 letters."""
_NAME_LEAST = 32
_PLOT_LEAST = 30
"""Units that a plot has at least: below that it tells nothing."""


class Row(NamedTuple):
    """A line of the table."""

    name: str
    figure: Figure


class Scale(NamedTuple):
    """From where to where values are drawn: from 0 to 1, and from -1 where any is below 0."""

    low: float = 0.0

    def share(self, value: float) -> float:
        """Return where a value lies; what is beyond an end lies at the end."""
        return min(1.0, max(0.0, (value - self.low) / (1 - self.low)))

    @property
    def ticks(self) -> tuple[float, ...]:
        """Where lines are drawn."""
        return (0, 0.5, 1) if self.low == 0 else (-1, -0.5, 0, 0.5, 1)


def scale_of(figures: Sequence[Figure]) -> Scale:
    """Return the scale on which all of these have room."""
    ends = [end for one in figures for end in (one.value, one.low) if end is not None]
    return Scale(-1.0 if any(end < 0 for end in ends) else 0.0)


def tick_words(tick: float) -> str:
    """Return a tick as it is written: 0, .5, 1."""
    return f"{tick:g}".replace("0.", ".")


class FigureModel(QAbstractTableModel):
    """The lines, in their order or sorted by a column, with what is undefined last."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._first: list[Row] = []
        self.rows: list[Row] = []
        self.head = ""
        self.scale = Scale()
        self._sorted: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    def show(self, head: str, rows: Sequence[Row]) -> None:
        """Show these lines; `head` says what their names are of."""
        self.beginResetModel()
        self.head, self._first = head, list(rows)
        self.scale = scale_of([row.figure for row in rows])
        self._order()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1: as they come."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order)
        self._order()
        self.layoutChanged.emit()

    def _order(self) -> None:
        column, order = self._sorted
        sign = -1 if order == Qt.SortOrder.DescendingOrder else 1

        def place(row: Row) -> tuple[bool, float]:
            one = row.figure
            low = one.low if one.low is not None else one.value
            values = {INTERVAL: low, N: one.n, ARTICLES: one.articles, MISSING: one.missing}
            found = values.get(column, one.value)
            return (found is None, sign * (found or 0))

        if column == NAME:
            self.rows = sorted(self._first, key=lambda row: row.name.casefold(), reverse=sign < 0)
        else:
            self.rows = sorted(self._first, key=place) if column > NAME else list(self._first)

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many lines there are."""
        return len(self.rows)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many columns there are."""
        return len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the head of a column."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head if section == NAME else _(_HEADS[section][0])
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_(_HEADS[section][1]) if section else "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _cell(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(row) if index.column() in (NAME, PLOT) else _cell(row, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{row.name}\n{say(BY_KEY[row.figure.measure].about)}")
            case _ if role == ITEM:
                return row
        return None


_NUMBERS = (VALUE, N, ARTICLES, MISSING)


def _cell(row: Row, column: int) -> str:
    one = row.figure
    cells = {
        NAME: row.name,
        VALUE: shown(one.value),
        INTERVAL: bounds_or_why(one),
        N: f"{one.n:,}",
        ARTICLES: f"{one.articles:,}",
        MISSING: f"{one.missing:,}",
    }
    return cells.get(column, "")


def spoken(row: Row) -> str:
    """Return a line for those who listen."""
    one = row.figure
    words: Message = message(
        "{name}: {value}, {interval}; n {n}, articles {articles}, missing {missing}",
        name=row.name,
        value=shown(one.value),
        interval=bounds_or_why(one),
        n=one.n,
        articles=one.articles,
        missing=one.missing,
    )
    return say(words)


class _Delegate(QStyledItemDelegate):
    """Draws a cell; in the column of the plot the value as a dot on the line of its interval."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        u = theme.unit()
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        look = theme.theme_of(option.palette)
        ink = ink_for(look, bool(state & QStyle.StateFlag.State_Selected))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.column() == NAME:
            draw_ground(painter, rect, ink, False)
        elif ink.marked:
            painter.fillRect(rect, look.colour("Highlight"))
        row: Row = index.data(ITEM)
        inner = rect.adjusted(2 * u, 0, -2 * u, 0)
        model = index.model()
        assert isinstance(model, FigureModel)
        if index.column() == PLOT:
            draw_figure(painter, QRectF(inner), row.figure, model.scale, look, ink.text)
        else:
            words = _cell(row, index.column())
            undefined = row.figure.value is None or (index.column() == INTERVAL and row.figure.low is None)
            colour = ink.muted if undefined and index.column() in (VALUE, INTERVAL) else ink.text
            font = theme.ui_font() if index.column() == NAME else theme.figures(theme.ui_font())
            align = RIGHT if index.column() in _NUMBERS else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            write(painter, inner, words, font, colour, align)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, rect, look)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show tooltips, which the model gives as they are to be shown."""
        return super().helpEvent(event, view, option, index)


def draw_figure(painter: QPainter, place: QRectF, figure: Figure, scale: Scale, look: Theme, ink: QColor) -> None:
    """Draw a value as a dot on the line of its interval; of what is undefined nothing but the scale."""
    u = theme.unit()
    for tick in scale.ticks:
        x = _x(place, scale, tick)
        painter.setPen(QPen(look.colour("Mid"), 1, Qt.PenStyle.SolidLine if tick == 0 else Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()))
    if figure.value is None:
        return
    middle = place.center().y()
    accent = look.colour("Accent")
    if figure.low is not None and figure.high is not None:
        left, right = _x(place, scale, figure.low), _x(place, scale, figure.high)
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        for x, cut in ((left, figure.low < scale.low), (right, figure.high < scale.low)):
            if not cut:  # an interval that goes on beyond the scale has no end there
                painter.drawLine(QPointF(x, middle - u), QPointF(x, middle + u))
    x = _x(place, scale, figure.value)
    painter.setPen(QPen(look.colour("Base"), 1.5))
    painter.setBrush(accent)
    if figure.value < scale.low:  # it lies beyond: the head of an arrow
        painter.drawPolygon([QPointF(x, middle), QPointF(x + 2 * u, middle - u), QPointF(x + 2 * u, middle + u)])
    else:
        painter.drawEllipse(QPointF(x, middle), 1.2 * u, 1.2 * u)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _x(place: QRectF, scale: Scale, value: float) -> float:
    edge = 1.5 * theme.unit()
    return place.left() + edge + (place.width() - 2 * edge) * scale.share(value)


class _Head(FlatHead):
    """The heads of the columns; over the plot stand the numbers of its scale."""

    def draw(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw what stands in a head."""
        model = self.model()
        if section != PLOT or not isinstance(model, FigureModel):
            super().draw(painter, rect, section)
            return
        u, font = theme.unit(), theme.figures(theme.ui_font("note"))
        muted = theme.theme_of(self.palette()).colour("muted")
        for tick in model.scale.ticks:
            x = round(_x(QRectF(rect), model.scale, tick))
            place = QRect(x - 4 * u, rect.top(), 8 * u, rect.height())
            write(painter, place, tick_words(tick), font, muted, Qt.AlignmentFlag.AlignCenter)


class FigureTable(QTableView):
    """The table; a click on a head sorts."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        u = theme.unit()
        self.setAccessibleName(name)
        self.figures = FigureModel(self)
        self.setModel(self.figures)
        self.setHorizontalHeader(_Head(Qt.Orientation.Horizontal, self))
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(round(6.5 * u))
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def show_rows(self, head: str, rows: Sequence[Row]) -> None:
        """Show these lines, and stand at the first."""
        self.figures.show(head, rows)
        self._fit()
        if rows:
            self.setCurrentIndex(self.figures.index(0, NAME))

    def _fit(self) -> None:
        """Give numbers the room that they take, names theirs as far as there is some, and the plot what is left."""
        u = theme.unit()
        header, plain = self.horizontalHeader(), QFontMetrics(theme.figures(theme.ui_font()))
        widths: list[int] = []
        for column in range(self.figures.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            words = {_cell(row, column)[:80] for row in self.figures.rows}
            words.add(str(self.figures.headerData(column, Qt.Orientation.Horizontal)))
            widths.append(max(map(plain.horizontalAdvance, words)) + 4 * u + 1)
        others = sum(widths[VALUE:])
        room = self.viewport().width() - others - _PLOT_LEAST * u
        widths[NAME] = max(_NAME_LEAST * u, min(widths[NAME], _WIDEST * u, room))
        widths[PLOT] = max(_PLOT_LEAST * u, self.viewport().width() - others - widths[NAME])
        for column, wide in enumerate(widths):
            header.resizeSection(column, wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new room."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to nobody: it would press a button of the window."""
        if event.key() in ENTER:
            event.accept()
        else:
            super().keyPressEvent(event)
