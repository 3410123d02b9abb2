"""The list that the sheet of keys and their editor share: keys as caps, words, a note; in groups, and searched."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from rubricator.words import _
from rubricator_gui import chips, drawing, theme

KEYS = Qt.ItemDataRole.UserRole + 1
"""The keys of a row, each for a cap of its own; a row without them writes its words instead."""
ID = Qt.ItemDataRole.UserRole + 2
SOUGHT = Qt.ItemDataRole.UserRole + 4
"""Whether a row is seen only where it is searched for."""
CHANGED = Qt.ItemDataRole.UserRole + 3
"""Whether a row has other keys than by default."""

_SEPARATOR = ", "
_PAGES: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class KeyList(QTreeWidget):
    """Rows of keys, words and a note; only rows can be current, never the heading of a group."""

    typed = Signal(str)
    """Somebody went on typing in the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[QTreeWidgetItem, QTreeWidgetItem]] = []
        """Each row behind its heading."""
        self.setAccessibleName(_("Keys"))
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setItemDelegate(_Drawn(self))
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._rewrap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to the search."""
        if event.text().strip() and event.text().isprintable() and not event.modifiers() & _COMMANDS:
            self.typed.emit(event.text())
        elif event.key() in _PAGES:
            self.turn(_PAGES[event.key()])
        else:
            super().keyPressEvent(event)

    def turn(self, pages: int) -> None:
        """Scroll by pages, each of which begins where the last one ends; the row at its top, or its end, is current.

        Qt first takes the mark to the last row that is seen, and nothing comes that was not read.
        """
        bar, before = self.verticalScrollBar(), self.verticalScrollBar().value()
        bar.setValue(before + pages * (bar.pageStep() - 7 * theme.unit()))
        rows = [row for _group, row in self.rows if not row.isHidden()]
        inside = [row for row in rows if self.viewport().rect().contains(self.visualItemRect(row))]
        if inside:
            at_the_end = pages > 0 and bar.value() == bar.maximum()
            self.setCurrentItem(inside[-1 if at_the_end else 0])

    def _rewrap(self, column: int, _was: int, _now: int) -> None:
        """Give rows the heights that their words need at the new width: none is cut off."""
        if column == 1:
            self.scheduleDelayedItemsLayout()

    def add_group(self, title: str) -> QTreeWidgetItem:
        """Add the heading of a group."""
        group = QTreeWidgetItem(self, [title])
        group.setFirstColumnSpanned(True)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setExpanded(True)
        return group

    def add_row(self, group: QTreeWidgetItem, words: str, keys: tuple[str, ...], shown: str = "") -> QTreeWidgetItem:
        """Add a row; `shown` stands in place of caps, where the keys are told in words."""
        row = QTreeWidgetItem(group)
        self.rows.append((group, row))
        row.setText(1, words)
        set_keys(row, keys, shown)
        return row

    def fit(self) -> None:
        """Give the columns the width of what stands in them."""
        u = theme.unit()
        for column in (0, 2):
            widest = max((_cell_width(row, column) for _group, row in self.rows), default=0)
            self.setColumnWidth(column, widest + 7 * u if widest else 0)

    def search(self, typed: str) -> None:
        """Show the rows that hold every word typed, and those of groups whose heading holds all that is typed."""
        wanted = typed.casefold().split()
        whole = " ".join(wanted)
        found: list[QTreeWidgetItem] = []
        for group, row in self.rows:
            there = " ".join(row.text(column) for column in range(3)).casefold()
            out = whole not in group.text(0).casefold() and not all(word in there for word in wanted)
            row.setHidden(out or (not wanted and bool(row.data(0, SOUGHT))))
            if not row.isHidden():
                found.append(row)
        for group, _row in self.rows:
            group.setHidden(all(row.isHidden() for theirs, row in self.rows if theirs is group))
        if wanted and found and self.currentItem() not in found:
            self.setCurrentItem(found[0])
        elif not found:
            self.setCurrentIndex(QModelIndex())
        self.scrollTo(self.currentIndex())

    def enter(self) -> None:
        """Take the focus from the search; the first row that is seen is current, where none is."""
        if not self.currentIndex().isValid():
            self.setCurrentItem(next((row for _group, row in self.rows if not row.isHidden()), self.rows[0][1]))
        self.setFocus()


def set_keys(row: QTreeWidgetItem, keys: tuple[str, ...], shown: str = "") -> None:
    """Give a row its keys, as people write them."""
    row.setText(0, shown or _SEPARATOR.join(keys))
    row.setData(0, KEYS, () if shown else keys)


class KeySearch(QLineEdit):
    """The field that searches a list of keys; Down leads into the list, Enter is told, Esc clears it, then leaves."""

    entered = Signal()

    def __init__(self, name: str, listed: KeyList) -> None:
        super().__init__()
        self._list = listed
        self.setObjectName(name)
        self.setPlaceholderText(_("Search keys"))
        self.setAccessibleName(_("Search keys"))
        self.setClearButtonEnabled(True)
        self.setMinimumHeight(7 * theme.unit())
        self.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        theme.name_icons(self)
        self.textChanged.connect(listed.search)
        listed.typed.connect(self._go_on)

    def _go_on(self, letters: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.end(False)
        self.insert(letters)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, or lead on."""
        if event.key() == Qt.Key.Key_Down:
            self._list.enter()
        elif event.key() in _PAGES:
            self._list.setFocus()
            self._list.turn(_PAGES[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _cell_width(row: QTreeWidgetItem, column: int) -> int:
    keys = row.data(column, KEYS)
    if keys:
        return chips.key_caps_width(keys)
    return row.treeWidget().fontMetrics().horizontalAdvance(row.text(column))


_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Drawn(QStyledItemDelegate):
    """Draws headings, caps and words; the current row as in every list of the window."""

    def __init__(self, listed: KeyList) -> None:
        super().__init__(listed)
        self._list = listed

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row: that of its words, in as many lines as they need."""
        u = theme.unit()
        if index.column() != 1:
            return QSize(10 * u, 7 * u)
        metrics = QFontMetrics(theme.ui_font("strong"))  # what was changed is written so
        wide = max(10 * u, self._list.columnWidth(1) - 2 * u)
        lines = metrics.boundingRect(QRect(0, 0, wide, 0), _WRAPPED, str(index.data() or ""))
        return QSize(10 * u, max(7 * u, lines.height() + 2 * u))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        rect: QRect = option.rect
        look = theme.theme_of(option.palette)
        state: QStyle.StateFlag = option.state
        u = theme.unit()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = str(index.data() or "")
        if not index.parent().isValid():
            place = rect.adjusted(3 * u, u, 0, 0)
            drawing.write(painter, place, words, theme.ui_font("section"), look.colour("rubric"))
            painter.restore()
            return
        ink = drawing.ink_for(look, bool(state & QStyle.StateFlag.State_Selected))
        self._ground(painter, rect, index.column(), ink, bool(state & QStyle.StateFlag.State_MouseOver))
        inner = rect.adjusted(3 * u if index.column() == 0 else u, 0, -u, 0)
        keys = index.data(KEYS)
        if keys:
            chips.draw_key_caps(painter, inner, keys, look, look.colour("ButtonText"))
        else:
            changed = index.column() == 1 and bool(index.model().index(index.row(), 0, index.parent()).data(CHANGED))
            font = theme.ui_font("strong" if changed else "note" if index.column() == 2 else "row")
            painter.setFont(font)
            painter.setPen(ink.muted if index.column() == 2 else ink.text)
            if index.column() == 1:
                painter.drawText(inner, _WRAPPED, words)
            else:
                drawing.write(painter, inner, words, font, painter.pen().color())
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, column: int, ink: drawing.Ink, hovered: bool) -> None:
        """Draw the ground of a cell; the edge of the current row stands at its first one only."""
        if ink.marked and column:
            painter.fillRect(rect, ink.look.colour("Highlight"))
        else:
            drawing.draw_ground(painter, rect, ink, hovered)
