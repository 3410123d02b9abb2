"""The tree of labels: moved by drag and by Alt with the arrows; several can be selected, to be merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from rubricator.model.scheme import Label, Scheme
from rubricator.model.scheme_tree import indented, moved, outdented, parent_of, stepped
from rubricator.words import _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.drawing import RIGHT, draw_ground, draw_ring, ink_for, write

Index = QModelIndex | QPersistentModelIndex

LABEL = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
_MIME = "application/x-rubricator-labels"

_MOVES = {
    Qt.Key.Key_Up: lambda scheme, name: stepped(scheme, name, -1),
    Qt.Key.Key_Down: lambda scheme, name: stepped(scheme, name, 1),
    Qt.Key.Key_Right: indented,
    Qt.Key.Key_Left: outdented,
}


class LabelTree(QAbstractItemModel):
    """The labels of the draft, below each other as they stand in its tree."""

    def __init__(self, draft: Draft, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = draft
        self.counts: Mapping[str, int] = {}
        self._names: list[str] = []
        self._below: dict[str, list[str]] = {}
        self._parent: dict[str, str] = {}
        self._number: dict[str, int] = {}
        self._load()

    def _load(self) -> None:
        scheme = self._draft.scheme
        self._names = [label.name for label in scheme.labels]
        self._number = {name: n for n, name in enumerate(self._names)}
        self._parent = {name: parent_of(scheme, name) for name in self._names}
        self._below = {}
        for name in self._names:
            self._below.setdefault(self._parent[name], []).append(name)

    def follow(self, was: Scheme) -> bool:
        """Show the draft as it is now; say whether labels came, went or moved, so that all was laid out anew."""
        shape = [(label.name, label.parent) for label in self._draft.scheme.labels]
        if shape == [(label.name, label.parent) for label in was.labels]:
            for label in self._draft.scheme.labels:
                index = self.index_of(label.name)
                self.dataChanged.emit(index, index)
            return False
        self.beginResetModel()
        self._load()
        self.endResetModel()
        return True

    def name_of(self, index: Index) -> str:
        """Return the name of the label in a row."""
        return self._names[index.internalId()] if index.isValid() else ""

    def index_of(self, name: str) -> QModelIndex:
        """Return where a label stands."""
        if name not in self._number:
            return QModelIndex()
        return self.createIndex(self._below[self._parent[name]].index(name), 0, self._number[name])

    # --- what Qt asks ---------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the place of a row."""
        below = self._below.get(self.name_of(parent), [])
        if column or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, self._number[below[row]])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Return the place of what a label stands under."""
        return self.index_of(self._parent[self.name_of(index)]) if index.isValid() else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many labels stand right under one."""
        return len(self._below.get(self.name_of(parent), []))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return that there is one column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        label = self._draft.scheme.by_name[self.name_of(index)]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return label.title or _("New label")
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(label)
            case _ if role == LABEL:
                return label
            case _ if role == COUNT:
                return self.counts.get(label.name, 0)
        return None

    def _spoken(self, label: Label) -> str:
        n = self.counts.get(label.name, 0)
        count = plural("{n} annotation", "{n} annotations", n)
        title = label.title or _("New label")
        if not label.key:
            return say(message("{title}, {count}", title=title, count=count))
        return say(message("{title}, key {key}, {count}", title=title, key=label.key.upper(), count=count))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that labels can be dragged onto each other and between them."""
        drop = Qt.ItemFlag.ItemIsDropEnabled
        if not index.isValid():
            return drop
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled | drop

    def supportedDropActions(self) -> Qt.DropAction:
        """Say that labels are moved, not copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped: labels of this tree."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged labels."""
        data = QMimeData()
        data.setData(_MIME, "\n".join(self.name_of(index) for index in indexes).encode())
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Move the dragged labels to where they were dropped."""
        if not data.hasFormat(_MIME):
            return False
        dragged = set(data.data(_MIME).toStdString().split("\n"))
        names = [label.name for label in self._draft.scheme.labels if label.name in dragged]  # in their own order
        below = self._below.get(self.name_of(parent), [])
        before = below[row] if 0 <= row < len(below) else ""
        self._draft.put(moved(self._draft.scheme, names, self.name_of(parent), before))
        return True


class LabelView(QTreeView):
    """Shows the tree; keys move, add, rename and delete."""

    add_wanted = Signal()
    rename_wanted = Signal()
    delete_wanted = Signal()
    entered = Signal()
    """Enter: on to the form."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.listed = LabelTree(draft, self)
        self.setModel(self.listed)
        self.setItemDelegate(_Drawn(self))
        self.setObjectName("schemeLabels")
        self.setAccessibleName(_("Labels"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(5 * theme.unit())
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)  # what is no label, the model refuses
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        draft.changed.connect(self._follow)
        draft.chosen.connect(self._show_current)
        self.expandAll()
        self._show_current()

    @property
    def selected(self) -> list[str]:
        """The names of the selected labels, in the order of the tree."""
        chosen = {self.listed.name_of(index) for index in self.selectedIndexes()}
        return [label.name for label in self._draft.scheme.labels if label.name in chosen]

    def _follow(self, was: Scheme) -> None:
        chosen = self.selected
        if self.listed.follow(was):
            self.expandAll()
            self._show_current()
            picked = QItemSelection()
            for name in chosen:
                if (index := self.listed.index_of(name)).isValid():
                    picked.select(index, index)
            self.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.Select)

    def _show_current(self) -> None:
        index = self.listed.index_of(self._draft.current)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Look at the label that one walked to."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._draft.choose(self.listed.name_of(current))

    def shift(self, key: Qt.Key) -> None:
        """Move the current label as its arrow says."""
        if self._draft.label is not None:
            self._draft.put(_MOVES[key](self._draft.scheme, self._draft.current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and an arrow, add with Insert, delete with Delete, rename with F2."""
        key = Qt.Key(event.key())
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and key in _MOVES:
            self.shift(key)
        elif key == Qt.Key.Key_Insert:
            self.add_wanted.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for the width of a panel."""
        return QSize(76 * theme.unit(), 80 * theme.unit())


class _Drawn(QStyledItemDelegate):
    """Draws chip, title, count and key."""

    def __init__(self, parent: LabelView) -> None:
        super().__init__(parent)
        self._view = parent

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(10 * theme.unit(), 7 * theme.unit())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        label: Label = index.data(LABEL)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        look = theme.theme_of(option.palette)
        ink = ink_for(look, bool(state & QStyle.StateFlag.State_Selected))
        u = theme.unit()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, rect, ink, bool(state & QStyle.StateFlag.State_MouseOver))
        high, wide = chips.chip_height(), chips.chip_width([label])
        chip = QRect(rect.left() + 2 * u, rect.top() + (rect.height() - high + 1) // 2, wide, high)
        chips.draw_chip(painter, chip, label, look)
        cap = chips.key_cap_width()
        right = rect.right() + 1 - 2 * u - cap
        chips.draw_key_cap(painter, QRect(right, rect.center().y() - 2 * u, cap, round(4.5 * u)), label.key, look)
        if n := int(index.data(COUNT) or 0):
            place = QRect(right - 18 * u, rect.top(), 16 * u, rect.height())
            right -= write(painter, place, f"{n:n}", theme.figures(theme.ui_font("note")), ink.muted, RIGHT) + 2 * u
        left = max(chip.right(), rect.left() + 13 * u) + 2 * u
        place = QRect(left, rect.top(), max(0, right - 2 * u - left), rect.height())
        write(painter, place, str(index.data()), theme.ui_font(), ink.text if label.title else ink.muted)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, rect, look)
        painter.restore()
