"""Lists whose rows we draw ourselves: the marked row, hover, the ring of the focus, and what a click or Enter means."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from rubricator_gui import theme
from rubricator_gui.drawing import RIGHT as RIGHT
from rubricator_gui.drawing import Ink as Ink
from rubricator_gui.drawing import draw_ground as draw_ground
from rubricator_gui.drawing import draw_ring as draw_ring
from rubricator_gui.drawing import ink_for as ink_for
from rubricator_gui.drawing import write as write  # panels take all of these from here
from rubricator_gui.panels.plain import ENTER as ENTER
from rubricator_gui.panels.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex

MARKED = Qt.ItemDataRole.UserRole + 1
"""Whether a row is the shown article, the chosen annotation or the sticky label."""
ITEM = Qt.ItemDataRole.UserRole + 2
"""The value that a row shows."""


class RowList(QTableView):
    """A calm list: one row is current, a click or Enter or Space takes it.

    It is a table of one column because QListView lays all rows out again for every row that comes, goes or changes:
    26 ms at 20,000 rows.
    """

    taken = Signal(object)
    """A row (QModelIndex) was clicked, or Enter or Space was pressed on it; a double click counts once."""
    walked = Signal(object)
    """A key has moved to another row."""
    deleted = Signal(object)
    """Delete or Backspace was pressed on a row."""
    left = Signal()
    """Esc was pressed."""
    menu_wanted = Signal(object, object)
    """(A row, where on the screen): of the row under the pointer, or of the one that the keys stand on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._second_click = False
        self.clicking = False
        """Whether what a click means is being done: its row is still under the mouse."""
        self.held = Qt.KeyboardModifier.NoModifier
        """What was held down with the last click."""
        self._left_at = QPersistentModelIndex()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._clicked)

    def draw_with(self, delegate: RowDelegate) -> None:
        """Have rows drawn by a delegate, all in its height."""
        self.setItemDelegate(delegate)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(delegate.height)
        self.updateGeometries()  # Qt does so only where the list is resized: it could be scrolled as with the old rows

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the current row."""
        super().hideEvent(event)
        self._left_at = QPersistentModelIndex(self.currentIndex())

    def showEvent(self, event: QShowEvent) -> None:
        """Show the current row where another one became it meanwhile: another tab had the place of the list."""
        super().showEvent(event)
        if self.currentIndex() != self._left_at:
            self.scrollTo(self.currentIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row seen where it was."""
        row = self.visualRect(self.currentIndex())
        seen = row.isValid() and row.top() >= 0 and row.bottom() < event.oldSize().height()
        super().resizeEvent(event)
        if seen:
            self.scrollTo(self.currentIndex())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Have a double click be one click."""
        self._second_click = True
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a double click; what is held down goes with the click."""
        self.held = event.modifiers()
        self.clicking = True
        super().mouseReleaseEvent(event)
        self.clicking = self._second_click = False

    def _clicked(self, index: QModelIndex) -> None:
        if not self._second_click:
            self.taken.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the row with Enter and Space; Delete and Esc are told."""
        index = self.currentIndex()
        if event.key() in (*ENTER, Qt.Key.Key_Space) and index.isValid():
            self.taken.emit(index)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and index.isValid():
            if not event.isAutoRepeat():  # one goes on to the next: a key held down would delete all
                self.deleted.emit(index)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.model().rowCount() - 1
            self._walk_to(self.model().index(0 if event.key() == Qt.Key.Key_Home else last, 0))
        else:
            super().keyPressEvent(event)
            self._walked_from(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a row."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            self.menu_wanted.emit(index, below if by_key else event.globalPos())

    def _walk_to(self, index: QModelIndex) -> None:
        was = self.currentIndex()
        self.setCurrentIndex(index)
        self._walked_from(was)

    def _walked_from(self, index: QModelIndex) -> None:
        if self.currentIndex() != index and self.currentIndex().isValid():
            self.walked.emit(self.currentIndex())


_TIP = "qtooltip_label"
"""What Qt calls the window of its tooltip."""


class RowDelegate(QStyledItemDelegate):
    """Draws the ground of a row; `draw` is for what stands in it."""

    tips_beside = False
    """Whether tooltips open left of the list: long ones would cover the rows around, and what is pressed there."""

    def __init__(self, height: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._height = height

    @property
    def height(self) -> int:
        """How high every row is."""
        return round(self._height * theme.unit())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of all rows."""
        return QSize(10 * theme.unit(), self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        look = theme.theme_of(option.palette)
        marked = bool(index.data(MARKED))
        ink = ink_for(look, marked)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, rect, ink, bool(state & QStyle.StateFlag.State_MouseOver))
        self.draw(painter, rect, index, ink)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, rect, look)
        painter.restore()

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw what stands in the row."""
        raise NotImplementedError

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show tooltips as plain text."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        words = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        if words:
            QToolTip.showText(event.globalPos(), plain_tip(words), view, option.rect)
            if self.tips_beside:
                self._put_beside(view.viewport().mapToGlobal(view.visualRect(index).topLeft()), view)
        else:
            QToolTip.hideText()
        return True

    def _put_beside(self, corner: QPoint, view: QAbstractItemView) -> None:
        screen = view.screen().availableGeometry()
        for tip in QApplication.topLevelWidgets():
            if tip.objectName() == _TIP and tip.isVisible():
                left = max(screen.left(), corner.x() - tip.width() - theme.unit())
                tip.move(left, min(corner.y(), screen.bottom() + 1 - tip.height()))


def repaint_row(model: QAbstractItemModel, row: int) -> None:
    """Say that a row looks different now."""
    if 0 <= row < model.rowCount():
        index = model.index(row, 0)
        model.dataChanged.emit(index, index)
