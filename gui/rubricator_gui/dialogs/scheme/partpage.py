"""A page of the editor for one kind of part (attributes, relation types, rules): a list, and a form for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rubricator.model.scheme import Scheme
from rubricator.words import Message, _, say
from rubricator_gui import theme
from rubricator_gui.dialogs.scheme.atonce import AtOncePage
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.dialogs.scheme.fields import button
from rubricator_gui.drawing import draw_ground, draw_ring, ink_for, write
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.session import Session

_SAID = Qt.ItemDataRole.UserRole + 1


class PartForm(Protocol):
    """A dialog that asks for one part."""

    part: Any

    def exec(self) -> int:
        """Ask."""
        ...

    def deleteLater(self) -> None:
        """Be gone."""
        ...


class Kind(NamedTuple):
    """A kind of part: its handle and words, where it stands in a scheme, how it is told, and its form."""

    name: str
    empty: Message
    get: Callable[[Scheme], tuple[Any, ...]]
    put: Callable[[Scheme, tuple[Any, ...]], Scheme]
    title: Callable[[Any, int], str]
    """Its title; rules are told by their number."""
    said: Callable[[Any, Scheme], Message]
    form: Callable[[Scheme, Any, QWidget], PartForm]


class PartPage(AtOncePage):
    """Lists the parts; they are added, changed, moved and removed in the draft."""

    def __init__(self, kind: Kind, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(session, draft, parent)
        self._kind = kind
        u = theme.unit()
        self.list = _List()
        self.list.setObjectName(f"{kind.name}List")
        self.add = button(_("Add…"), f"add-{kind.name}")
        self.change = button(_("Change…"), f"change-{kind.name}")
        self.remove = button(_("Remove"), f"remove-{kind.name}")
        self.up = button(_("Move up"), f"up-{kind.name}")
        self.down = button(_("Move down"), f"down-{kind.name}")
        self._empty = EmptyPane()
        self._empty.say(kind.empty)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        self.line = line = QHBoxLayout()
        line.setSpacing(u)
        for each in (self.add, self.change, self.remove, self.up, self.down):
            line.addWidget(each)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * u, 0, 0)
        column.setSpacing(2 * u)
        column.addLayout(self._pages, 1)
        column.addLayout(line)
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.list.itemActivated.connect(self._change)
        self.list.deleted.connect(self._remove)
        self.list.added.connect(self._add)
        self.list.moved.connect(self._move)
        self.list.currentRowChanged.connect(self._check)
        draft.changed.connect(self._show)
        self._show()

    # --- showing --------------------------------------------------------------------------------------------------

    @property
    def _parts(self) -> list[Any]:
        return list(self._kind.get(self._draft.scheme))

    def _show(self, *_was: object) -> None:
        row = self.list.currentRow()
        self.list.clear()
        for n, part in enumerate(self._parts):
            title, said = self._kind.title(part, n + 1), say(self._kind.said(part, self._draft.scheme))
            item = QListWidgetItem(title, self.list)
            item.setData(_SAID, said)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}: {said}")
            item.setToolTip("" if len(said) < 80 else plain_tip(said))
        self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
        self._pages.setCurrentIndex(0 if self.list.count() else 1)
        self._check()

    def _check(self, *_row: object) -> None:
        row, n = self.list.currentRow(), self.list.count()
        for each in (self.change, self.remove):
            each.setEnabled(row >= 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < n - 1)

    # --- changing -------------------------------------------------------------------------------------------------

    def _put(self, parts: list[Any], row: int) -> None:
        self._draft.put(self._kind.put(self._draft.scheme, tuple(parts)))
        self.list.setCurrentRow(row)
        self.list.setFocus()

    def _ask(self, part: Any) -> Any:
        form = self._kind.form(self._draft.scheme, part, self)
        found = form.part if form.exec() == QDialog.DialogCode.Accepted else None
        form.deleteLater()
        return found

    def _add(self) -> None:
        new = self._ask(None)
        if new is not None:
            parts = self._parts
            self._put([*parts, new], len(parts))

    def _change(self, *_item: object) -> None:
        row, parts = self.list.currentRow(), self._parts
        if row >= 0 and (new := self._ask(parts[row])) is not None:
            parts[row] = new
            self._put(parts, row)

    def _remove(self) -> None:
        row, parts = self.list.currentRow(), self._parts
        if row >= 0:
            del parts[row]
            self._put(parts, min(row, len(parts) - 1))

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row, parts = self.list.currentRow(), self._parts
        if row >= 0 and 0 <= row + step < len(parts):
            parts.insert(row + step, parts.pop(row))
            self._put(parts, row + step)


class _List(QListWidget):
    """Rows of a title and a sentence."""

    added = Signal()
    deleted = Signal()
    moved = Signal(object)
    renamed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Drawn(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change with Enter, rename with F2, add with Insert, remove with Delete, move with Alt and the arrows."""
        key, alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        elif key == Qt.Key.Key_F2:
            self.renamed.emit()
        elif key == Qt.Key.Key_Insert:
            self.added.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class _Drawn(QStyledItemDelegate):
    """Draws the title above its sentence."""

    def __init__(self, parent: _List) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, _option: QStyleOptionViewItem, _index: object) -> QSize:
        """Return the height of a row."""
        return QSize(10 * theme.unit(), 12 * theme.unit())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Draw a row."""
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        look = theme.theme_of(option.palette)
        ink = ink_for(look, bool(state & QStyle.StateFlag.State_Selected))
        u = theme.unit()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, rect, ink, bool(state & QStyle.StateFlag.State_MouseOver))
        strong = theme.ui_font("strong")
        high = QFontMetrics(strong).height()
        inner = rect.adjusted(3 * u, (rect.height() - 2 * high) // 2, -3 * u, 0)
        upper = QRect(inner.left(), inner.top(), inner.width(), high)
        lower = QRect(inner.left(), inner.top() + high, inner.width(), high)
        write(painter, upper, str(index.data()), strong, ink.text)
        write(painter, lower, str(index.data(_SAID)), theme.ui_font(), ink.muted)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, rect, look)
        painter.restore()
