"""The snapshots of the project: one more is taken by its name; those there are exported again, or deleted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from rubricator.errors import UserError
from rubricator.model.snapshots import NAME_MOST, Snapshot
from rubricator.words import Message, _, message, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.hints import whole
from rubricator_gui.panels import when
from rubricator_gui.panels.plain import plain_label, plain_tip, warning_label
from rubricator_gui.panels.rows import ENTER
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated

_SNAPSHOT = Qt.ItemDataRole.UserRole


class SnapshotDialog(QDialog):
    """Lists the snapshots, the newest first; accepted, `wanted` is the one to export."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, takes: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("snapshotDialog")
        self.setWindowTitle(_("Snapshots"))
        self._session = session
        self.wanted: Snapshot | None = None
        u = theme.unit()
        words = plain_label(
            _("A snapshot keeps the project as it stands under a name. Exported later, it gives the same bytes again.")
        )
        words.setWordWrap(True)
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the snapshot"))
        self.name.setPlaceholderText(_("Name of a snapshot of the present state"))
        self.name.setMinimumHeight(7 * u)
        self.name.installEventFilter(self)
        self.take = parts.wire(QPushButton(_("&Take snapshot")), self._take)
        self.wrong = warning_label()
        self.told = plain_label(kind="note", muted=True)
        self.told.setWordWrap(True)
        self.list = self._table()
        export, delete = (_("Export… (Enter)"), self._export), (_("Delete (Delete)"), self._delete)
        foot = parts.doing(self, export, delete)
        self.export, self.delete = foot.doing
        line = QHBoxLayout()
        line.setSpacing(2 * u)
        line.addWidget(self.name, 1)
        line.addWidget(self.take)
        column = parts.column(self)
        column.addWidget(words)
        column.addLayout(line)
        column.addWidget(self.wrong)
        column.addWidget(self.list, 1)
        column.addWidget(self.told)
        column.addWidget(foot.box)
        theme.size(self, 150 * u, 100 * u)
        self.name.textChanged.connect(self._typed)
        self.list.itemSelectionChanged.connect(self._enable)
        self.list.itemDoubleClicked.connect(self._export)
        self._load()
        self._typed()
        (self.name if takes or not self.list.topLevelItemCount() else self.list).setFocus()

    def _table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setAccessibleName(_("Snapshots"))
        table.setAccessibleDescription(_("Enter exports the snapshot, Delete deletes it."))
        table.setHeaderLabels([_("Name"), _("Taken"), _("Articles"), _("Annotations")])
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = table.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        for column, mode in enumerate(("Stretch", *["ResizeToContents"] * 3)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column in (2, 3):
            table.headerItem().setTextAlignment(column, right)
        table.installEventFilter(self)
        return table

    # --- showing --------------------------------------------------------------------------------------------------

    def _load(self, row: int = 0) -> None:
        """List the snapshots, and choose the one in this row, or the last."""
        self.list.clear()
        now = when.here_and_now()
        for one in reversed(self._session.ready.snapshots()):
            counts = ["–" if n is None else f"{n:,}" for n in (one.articles, one.annotations)]
            name = isolated(one.name[:NAME_MOST])  # a merged file may bring a longer one
            item = QTreeWidgetItem(self.list, [name, when.moment(one.at, now) if one.at else "–", *counts])
            item.setData(0, _SNAPSHOT, one)
            item.setSizeHint(0, QSize(0, 7 * theme.unit()))
            item.setToolTip(0, plain_tip(one.name))
            item.setToolTip(1, when.in_full(one.at))
            for column in (2, 3):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setFont(column, theme.figures(theme.ui_font()))
        n = self.list.topLevelItemCount()
        current = self.list.topLevelItem(min(row, n - 1))
        if current is not None:
            self.list.setCurrentItem(current)
        self._tell("" if n else _("No snapshot was taken yet."))
        self._enable()

    def _tell(self, words: Message | str) -> None:
        self.told.setText(say(words))
        self.told.setVisible(bool(self.told.text()))

    def _enable(self) -> None:
        for button in (self.export, self.delete):
            button.setEnabled(self._current() is not None)

    def _typed(self, _words: str = "") -> None:
        self.wrong.hide()
        self.take.setEnabled(bool(self.name.text().strip()))

    def _current(self) -> Snapshot | None:
        chosen = self.list.selectedItems()
        return chosen[0].data(0, _SNAPSHOT) if chosen else None

    # --- doing ----------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        """Take a snapshot; what is wrong with its name is said below it."""
        project = self._session.ready
        try:
            name = project.snapshot_name(self.name.text())
        except UserError as error:
            self.wrong.setText(whole(error))
            self.wrong.show()
            self.name.setFocus()
            return
        if not self._session.do(project.take_snapshot, name):
            self._tell(self._session.held)
            return
        self.name.clear()
        self._load()
        self._tell(message("Took the snapshot “{name}”.", name=name))
        self.list.setFocus()

    def _export(self, *_clicked: object) -> None:
        self.wanted = self._current()
        if self.wanted is not None:
            self.accept()

    def _delete(self) -> None:
        """Delete the chosen one; undo brings it back, so nobody is asked."""
        gone = self._current()
        if gone is None:
            return
        row = self.list.currentIndex().row()
        if self._session.do(self._session.ready.delete_snapshot, gone):
            self._load(row)
            words = message("Deleted the snapshot “{name}”.", name=gone.name)
            self._session.tell(words, undo=True)
            self._tell(message("{done} Undo (Ctrl+Z) brings it back when this is closed.", done=words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take by Enter in the field; export and delete by keys in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in ENTER:
                (self.take.click if watched is self.name else self._export)()
                return True
            if watched is self.list and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._delete()
                return True
        return super().eventFilter(watched, event)
