"""Labels of files that the scheme lacks: each is added, given to a label of the scheme, or left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOption,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from rubricator.model.label_search import likely_labels, meant_label
from rubricator.model.scheme import Label
from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.panels.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex

_CHOICE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Fate:
    """What becomes of a label of the files: `to` is the label of the scheme that its annotations are given to."""

    kind: Literal["add", "give", "leave"]
    to: str = ""


ADD, LEAVE = Fate("add"), Fate("leave")


class LabelMatch(QTreeWidget):
    """A line for each label; Space or a click opens its choice, which goes for all lines that are chosen."""

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        u = theme.unit()
        self.setObjectName("labelMatch")
        self.setAccessibleName(_("Labels that the scheme lacks"))
        self.setHeaderLabels([_("Label in the files"), _("Annotations"), _("What becomes of it")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        for column, mode in enumerate(("Stretch", "ResizeToContents", "Fixed")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        header.resizeSection(2, 66 * u)
        self.fates: dict[str, Fate] = {}
        self._labels: Sequence[Label] = ()
        self._titles: dict[str, str] = {}
        self._delegate = _Choice(self)
        self.setItemDelegateForColumn(2, self._delegate)
        self.itemClicked.connect(self._clicked)

    def tell(self, unknown: Mapping[str, str], counts: Counter[str], labels: Sequence[Label]) -> None:
        """List these labels (with where they first stand); what was decided for one of them before stays."""
        self._labels = labels
        self._titles = {label.name: label.title or label.name for label in labels}
        before = self.fates
        self.fates = {}
        self.clear()
        for name, where in sorted(unknown.items(), key=lambda item: (-counts[item[0]], item[0])):
            plainly = meant_label(name, labels)
            self.fates[name] = before.get(name) or (Fate("give", plainly.name) if plainly else ADD)
            item = QTreeWidgetItem(self, [name, f"{counts[name]:,}", self.words(self.fates[name])])
            item.setData(0, _CHOICE, name)
            item.setToolTip(0, plain_tip(f"{name}\n{where}"))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setSizeHint(0, QSize(0, 6 * theme.unit()))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def words(self, fate: Fate) -> str:
        """Put what becomes of a label into words."""
        match fate.kind:
            case "add":
                return _("Add it to the scheme")
            case "leave":
                return _("Leave its annotations out")
            case "give":
                return say(message("Give to {label}", label=self._titles.get(fate.to, fate.to)))

    def likely(self, item: QTreeWidgetItem) -> list[Label]:
        """Return the labels of the scheme, those first that this line may mean."""
        return likely_labels(item.data(0, _CHOICE), self._labels)

    def fate(self, item: QTreeWidgetItem) -> Fate:
        """Return what becomes of the label of this line."""
        return self.fates[item.data(0, _CHOICE)]

    def decide(self, item: QTreeWidgetItem, fate: Fate) -> None:
        """Decide it for this line, and with it for all that are chosen."""
        chosen = self.selectedItems()
        self._set(chosen if item in chosen else [item], fate)

    def add_all(self) -> None:
        """Have every label added to the scheme."""
        self._set([self.topLevelItem(n) for n in range(self.topLevelItemCount())], ADD)

    def _set(self, items: Sequence[QTreeWidgetItem | None], fate: Fate) -> None:
        for item in items:
            if item is not None:
                self.fates[item.data(0, _CHOICE)] = fate
                item.setText(2, self.words(fate))
        self.decided.emit()

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        plainly = QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        if column == 2 and plainly:
            self.editItem(item, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the choice of the current line with Space or F2."""
        item = self.currentItem()
        if item is not None and event.key() in {Qt.Key.Key_Space, Qt.Key.Key_F2}:
            self.editItem(item, 2)
        else:
            super().keyPressEvent(event)


class _Choice(QStyledItemDelegate):
    """Shows that there is a choice, and opens it."""

    def __init__(self, table: LabelMatch) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the words, and at their end the arrow of a list that opens."""
        u = theme.unit()
        ltr = option.direction == Qt.LayoutDirection.LeftToRight
        style = self._table.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self._table)
        words = QStyleOptionViewItem(option)
        words.rect = option.rect.adjusted(0, 0, -5 * u, 0) if ltr else option.rect.adjusted(5 * u, 0, 0, 0)
        super().paint(painter, words, index)
        arrow = QStyleOption()
        arrow.palette = self._table.palette()
        arrow.state = QStyle.StateFlag.State_Enabled
        left = option.rect.right() - 4 * u if ltr else option.rect.left() + u
        arrow.rect = QRect(left, option.rect.top(), 3 * u, option.rect.height())
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorArrowDown, arrow, painter, self._table)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the list of what can become of the label."""
        box = QComboBox(parent)
        item = self._table.itemFromIndex(index)
        box.setAccessibleName(say(message("What becomes of {label}", label=item.text(0))))
        for fate in (ADD, LEAVE):
            box.addItem(self._table.words(fate), fate)
        box.insertSeparator(box.count())
        for label in self._table.likely(item):
            fate = Fate("give", label.name)
            box.addItem(self._table.words(fate), fate)
        box.activated.connect(self._chosen)
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _chosen(self, _index: int) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self.commitData.emit(box)
            self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what is decided now."""
        assert isinstance(editor, QComboBox)
        now = self._table.fate(self._table.itemFromIndex(index))
        editor.setCurrentIndex(next(n for n in range(editor.count()) if editor.itemData(n) == now))

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Decide it."""
        assert isinstance(editor, QComboBox)
        self._table.decide(self._table.itemFromIndex(index), editor.currentData())


def counted(fates: Mapping[str, Fate]) -> str:
    """Say how many labels are added, given to others, and left out."""
    words = (("add", _("{n} added")), ("give", _("{n} given to labels of the scheme")), ("leave", _("{n} left out")))
    counts = [(text, sum(fate.kind == kind for fate in fates.values())) for kind, text in words]
    return ", ".join(text.format(n=n) for text, n in counts if n)
