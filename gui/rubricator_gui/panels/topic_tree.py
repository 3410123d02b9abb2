"""The topics that can be given as people see them: boxes to tick, and what keys and clicks on them mean."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QWidget,
)

from rubricator_gui import theme
from rubricator_gui.drawing import write_marked
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.panels.rows import ENTER, RIGHT, Index, draw_ground, draw_ring, ink_for, write
from rubricator_gui.panels.topic_model import CODE, NOTE, RETIRED, SUB, TYPED
from rubricator_gui.panels.topic_words import PATH

_TICKS = {
    Qt.CheckState.Checked: QStyle.StateFlag.State_On,
    Qt.CheckState.PartiallyChecked: QStyle.StateFlag.State_NoChange,
    Qt.CheckState.Unchecked: QStyle.StateFlag.State_Off,
}


class TopicDelegate(QStyledItemDelegate):
    """Draws box, name and note of a topic."""

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of all rows."""
        return QSize(10 * theme.unit(), 6 * theme.unit())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row; its ground is drawn by the tree, over the branches too."""
        u = theme.unit()
        look = theme.theme_of(option.palette)
        marked = index == self._tree.currentIndex()
        ink = ink_for(look, marked)
        rect: QRect = option.rect
        painter.save()
        if not index.data(CODE):
            write(painter, rect.adjusted(u, 0, -3 * u, 0), index.data(), theme.ui_font("note"), ink.muted)
            painter.restore()
            return
        retired = bool(index.data(RETIRED))
        if not retired:
            self._box(painter, option, index)
        right = rect.right() + 1 - 3 * u
        note = index.data(NOTE)
        if note:
            font = theme.figures(theme.ui_font("note"))
            place = QRect(rect.left(), rect.top(), right - rect.left(), rect.height())
            right -= write(painter, place, note, font, ink.muted, RIGHT) + 2 * u
        left = rect.left() + 6 * u
        place = QRect(left, rect.top(), right - left, rect.height())
        if retired:
            left += write(painter, place, index.data(), theme.ui_font(), ink.muted)
        else:
            start, end = index.data(TYPED)
            left = write_marked(painter, place, index.data(), start, end, ink)
        sub = index.data(SUB)
        if sub and right - left > 8 * u:
            place = QRect(left + 2 * u, rect.top(), right - left - 2 * u, rect.height())
            at = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            # Of a path its end says most: what stands right above.
            elide = Qt.TextElideMode.ElideLeft if PATH in sub else Qt.TextElideMode.ElideRight
            write(painter, place, sub, theme.ui_font("note"), ink.muted, at, elide)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show tooltips as plain text."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(
            event.globalPos(), plain_tip(index.data(Qt.ItemDataRole.ToolTipRole) or ""), view, option.rect
        )
        return True

    def _box(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QStyleOptionButton()
        box.palette = option.palette
        side = 4 * theme.unit()
        rect: QRect = option.rect
        box.rect = QRect(rect.left(), rect.top() + (rect.height() - side) // 2, side, side)
        tick = _TICKS[Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))]
        box.state = (option.state & QStyle.StateFlag.State_Enabled) | tick
        style = self._tree.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, self._tree)


def writes(event: QKeyEvent) -> bool:
    """Say whether a key writes a letter, and is no command."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
    altgr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier  # as Windows tells it
    return (
        event.text().isprintable() and bool(event.text().strip()) and (not held or event.modifiers() & altgr == altgr)
    )


class TopicTree(QTreeView):
    """The tree: a click or Space on a topic gives it or takes it off, Enter gives it, arrows at its left open it."""

    toggled = Signal(object)
    """The code of a topic that was clicked, or on which Space was pressed."""
    wanted = Signal(object)
    """The code of a topic on which Enter was pressed."""
    left_upwards = Signal()
    """Up was pressed on the first row."""
    left = Signal()
    """Esc was pressed."""
    typed = Signal(object)
    """Letters were typed: whoever types, searches."""
    words_wanted = Signal()
    """Ctrl+A was pressed: all that was typed is meant, and there is nothing to select here."""
    menu_wanted = Signal(object, object)
    """(The code of a topic, or "" where none is marked; where on the screen)."""
    edited = Signal(object)
    """F2 was pressed on a topic (its code)."""
    wanted_below = Signal(object)
    """Ins was pressed: a new topic is wanted below one (its code)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = QModelIndex()
        self.clicking = False
        """Whether what a click means is being done: its row is still under the mouse."""
        self._moved = 0, 0
        """Where it was scrolled to before there was less room, and where to for that."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(4 * theme.unit())
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # the current row is the marked one
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(TopicDelegate(self))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Toggle the topic that was clicked; the branches open and close as ever."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self._pressed:
            self.clicking = True
            self.toggled.emit(str(index.data(CODE)))
            self.clicking = False
        self._pressed = QModelIndex()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which topic is pressed."""
        index = self.indexAt(event.position().toPoint())
        inside = index.isValid() and self.visualRect(index).contains(event.position().toPoint())
        self._pressed = index if inside and index.data(CODE) else QModelIndex()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give with Enter, toggle with Space; go back to the search with Esc, or Up from the first row."""
        index = self.currentIndex()
        if event.key() in (*ENTER, Qt.Key.Key_Space) and index.isValid():
            if index.data(CODE):
                (self.wanted if event.key() in ENTER else self.toggled).emit(str(index.data(CODE)))
            return
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Insert) and not event.modifiers():
            (self.edited if event.key() == Qt.Key.Key_F2 else self.wanted_below).emit(str(index.data(CODE) or ""))
            return
        at_top = not self._above(index).isValid()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Up and at_top:
            self.left_upwards.emit()
            return
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.words_wanted.emit()
            return
        if writes(event):
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the topic under the pointer, or of the marked one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid() and index.data(CODE):
            self.setCurrentIndex(index)
        place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()) if by_key else event.globalPos()
        self.menu_wanted.emit(str(index.data(CODE) or ""), QPoint(place))

    def _above(self, index: QModelIndex) -> QModelIndex:
        above = self.indexAbove(index)
        while above.isValid() and not above.data(CODE):
            above = self.indexAbove(above)
        return above

    def below(self, index: QModelIndex) -> QModelIndex:
        """Return the next row with a topic; an invalid one where there is none."""
        below = self.indexBelow(index)
        while below.isValid() and not below.data(CODE):
            below = self.indexBelow(below)
        return below

    def enter(self) -> bool:
        """Take the focus on the current row, or the first; say whether there is one."""
        index = self.currentIndex()
        if not index.isValid():
            index = self.model().index(0, 0)
            index = index if index.data(CODE) else self.below(index)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the whole row, then branch and topic."""
        look = theme.theme_of(option.palette)
        marked = index == self.currentIndex()
        rect = QRect(option.rect)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and bool(index.data(CODE))
        draw_ground(painter, rect, ink_for(look, marked), hovered)
        super().drawRow(painter, option, index)
        if self.hasFocus() and index == self.currentIndex():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_ring(painter, rect, look)
            painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the marked row seen, for keys that give topics bring lines of chips above it; go back with the room."""
        bar = self.verticalScrollBar()
        at, row = bar.value(), self.visualRect(self.currentIndex())
        seen = row.isValid() and 0 <= row.center().y() < event.oldSize().height()  # Qt cuts a pixel of the last one
        before, moved_to = self._moved
        super().resizeEvent(event)
        if at == moved_to and at != before:
            bar.setValue(before)
        else:
            before = at
        if seen:
            self.scrollTo(self.currentIndex())
        self._moved = before, bar.value()
