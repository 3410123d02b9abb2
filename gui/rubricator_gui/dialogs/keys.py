"""The sheet of all keys: from the table of actions, the scheme's label keys, and what the article itself takes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rubricator.model.scheme import Scheme
from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.actions import ACTIONS

IN_THE_ARTICLE = (
    ("Drag, double-click, Shift+arrows", "Select; the borders snap to words"),
    ("Alt while dragging, or F2", "Select exact characters"),
    ("Alt+Up, Alt+Down", "Grow or shrink the selection: word, sentence, paragraph"),
    ("A label's key", "Label the selection, relabel the chosen, else be sticky"),
    ("Esc", "Let go: selection, chosen annotation, sticky label"),
    ("Tab, Shift+Tab", "Next or previous annotation"),
    (".", "Next annotation at the same place"),
    ("Delete, Backspace", "Delete the chosen annotation"),
)


class KeySheet(QDialog):
    """All keys, with a field that searches them."""

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keySheet")
        self.setWindowTitle(_("Keys"))
        u = theme.unit()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search keys"))
        self.search.setAccessibleName(_("Search keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.table = QTreeWidget()
        self.table.setAccessibleName(_("Keys"))
        self.table.setColumnCount(2)
        self.table.setHeaderHidden(True)
        self.table.setRootIsDecorated(False)
        self.table.setIndentation(2 * u)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._group(_("In the article"), [(_(keys), _(words)) for keys, words in IN_THE_ARTICLE])
        self._group(_("Labels"), [(label.key.upper(), label.title) for label in scheme.labels if label.key])
        native = QKeySequence.SequenceFormat.NativeText
        rows = [(", ".join(QKeySequence(k).toString(native) for k in row.keys), _(row.words)) for row in ACTIONS]
        self._group(_("Everywhere"), [(keys, words.rstrip("…")) for keys, words in rows if keys])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(160 * u, 150 * u)

    def _group(self, title: str, rows: list[tuple[str, str]]) -> None:
        group = QTreeWidgetItem(self.table, [title])
        group.setFirstColumnSpanned(True)
        group.setFont(0, theme.ui_font("section"))
        group.setForeground(0, theme.theme_of(self.palette()).colour("rubric"))
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for keys, words in rows:
            QTreeWidgetItem(group, [keys, words])
        group.setExpanded(True)

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for n in range(self.table.topLevelItemCount()):
            group = self.table.topLevelItem(n)
            assert group is not None
            shown = 0
            for row in group.takeChildren():
                group.addChild(row)
                there = f"{row.text(0)} {row.text(1)}".casefold()
                row.setHidden(not all(word in there for word in wanted))
                shown += not row.isHidden()
            group.setHidden(not shown)
