"""The heads of the tables: flat and quiet, in line with what stands below them or beside them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from rubricator_gui import theme
from rubricator_gui.drawing import write

_MARKS = {Qt.SortOrder.AscendingOrder: "▲", Qt.SortOrder.DescendingOrder: "▼"}


class FlatHead(QHeaderView):
    """A row of heads, or a column of them; that of the current cell is strong where it is wanted."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    def sizeHint(self) -> QSize:
        """Ask for a row's height; how wide a column of heads is says its owner."""
        return QSize(10 * theme.unit(), 6 * theme.unit())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heads; what has none is of the page."""
        super().paintEvent(event)
        rest = self.viewport().rect()
        if self.orientation() == Qt.Orientation.Horizontal:
            rest.setLeft(self.length() - self.offset())
        else:
            rest.setTop(self.length() - self.offset())
        if rest.isValid():
            painter = QPainter(self.viewport())
            painter.fillRect(rest, theme.theme_of(self.palette()).colour("Base"))
            painter.end()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 (Qt's own name)
        """Draw a head."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        across = self.orientation() == Qt.Orientation.Horizontal
        painter.save()
        painter.fillRect(rect, look.colour("Base"))
        painter.setPen(look.colour("Mid"))
        if across:
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        else:
            painter.drawLine(rect.topRight(), rect.bottomRight())
        inner = rect.adjusted(2 * u, 0, -2 * u, 0)
        if across and self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex:
            mark = QRect(rect.left(), rect.top(), 2 * u, rect.height())
            at_end = rect.adjusted(rect.width() - 2 * u, 0, 0, 0)
            here = mark if self._align(logicalIndex) & Qt.AlignmentFlag.AlignRight else at_end
            middle = Qt.AlignmentFlag.AlignCenter
            tiny = theme.ui_font("note")
            tiny.setPixelSize(max(6, tiny.pixelSize() * 2 // 3))
            write(painter, here, _MARKS[self.sortIndicatorOrder()], tiny, look.colour("muted"), middle)
        self.draw(painter, inner, logicalIndex)
        painter.restore()

    def _align(self, section: int) -> Qt.AlignmentFlag:
        given = self.model().headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        return Qt.AlignmentFlag.AlignCenter if given is None else Qt.AlignmentFlag(given)

    def draw(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw what stands in a head."""
        look = theme.theme_of(self.palette())
        words = str(self.model().headerData(section, self.orientation(), Qt.ItemDataRole.DisplayRole) or "")
        here = self.highlightSections() and self._is_current(section)
        font, ink = theme.ui_font("section" if here else "tool"), look.colour("Text" if here else "muted")
        if self._align(section) & Qt.AlignmentFlag.AlignHCenter:
            rect = rect.adjusted(-theme.unit(), 0, theme.unit(), 0)  # short names have little room
        write(painter, rect, words, font, ink, self._align(section))

    def _is_current(self, section: int) -> bool:
        index = self.selectionModel().currentIndex()
        return section == (index.column() if self.orientation() == Qt.Orientation.Horizontal else index.row())
