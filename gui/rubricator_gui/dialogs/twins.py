"""Entities that may be the same: pair by pair, put together or kept apart with one key each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from rubricator.errors import UserError
from rubricator.exchange import work
from rubricator.suggest.namesakes import How, Twins
from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.panels.plain import plain_label
from rubricator_gui.session import Session
from rubricator_gui.tasks import Task

WHY: dict[How, str] = {
    "id": "the same external id",
    "same": "the same words",
    "given": "given names that agree",
    "abbreviation": "an abbreviation",
    "last": "the last name",
}
_PAIR = Qt.ItemDataRole.UserRole


class TwinsDialog(QDialog):
    """Lists the pairs; what is decided leaves the list, and undo takes it back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("twinsDialog")
        self.setWindowTitle(_("Entities that may be the same"))
        self._session = session
        u = theme.unit()
        self.words = plain_label(_("Looking for names that may mean the same…"))
        self.words.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Pairs"))
        self.list.installEventFilter(self)
        foot = parts.doing(self, (_("The same (Enter)"), self._together), (_("Not the same (Delete)"), self._apart))
        self.same, self.other = foot.doing
        column = parts.column(self)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addWidget(foot.box)
        theme.size(self, 150 * u, 100 * u)
        self._enable()
        project = session.ready
        self._task: Task | None = Task(work.twins_work, (project.path, project.me), self)
        self._task.finished.connect(self._found)
        self._task.failed.connect(self._failed)
        self.list.itemSelectionChanged.connect(self._enable)

    def _found(self, pairs: list[Twins]) -> None:
        self._task = None
        counts = self._session.linking.finder.counts
        for pair in pairs:
            words = message(
                "{kept} ({n})  =  {other} ({m})?  {why}",
                kept=pair.kept.name,
                n=counts.get(pair.kept.id, 0),
                other=pair.other.name,
                m=counts.get(pair.other.id, 0),
                why=_(WHY[pair.how]),
            )
            item = QListWidgetItem(say(words))
            item.setData(_PAIR, pair)
            self.list.addItem(item)
        self._tell()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _failed(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, UserError):
            raise error
        self.words.setText(say(error.text))

    def _tell(self) -> None:
        none = _("No two entities look like one.")
        some = _("The first name of a pair stays, and takes over the other’s mentions and names.")
        self.words.setText(some if self.list.count() else none)
        self._enable()

    def _enable(self) -> None:
        for button in (self.same, self.other):
            button.setEnabled(self.list.currentItem() is not None)

    def _pair(self) -> Twins | None:
        """Return the current pair as its entities stand now; one that is gone leaves the list."""
        item = self.list.currentItem()
        if item is None:
            return None
        pair: Twins = item.data(_PAIR)
        known = self._session.linking.finder.by_id
        if pair.kept.id not in known or pair.other.id not in known:
            self._drop(pair.other.id if pair.other.id not in known else pair.kept.id)
            return None
        return Twins(known[pair.kept.id], known[pair.other.id], pair.how)

    def _together(self) -> None:
        pair = self._pair()
        if pair is not None:
            self._session.linking.merge(pair.kept, pair.other)
            self._drop(pair.other.id)

    def _apart(self) -> None:
        pair = self._pair()
        if pair is not None:
            self._session.linking.set_apart(pair.other, pair.kept)
            self.list.takeItem(self.list.currentRow())
            self._tell()

    def _drop(self, gone: str) -> None:
        """Take all pairs with an entity that is no more off the list."""
        for row in reversed(range(self.list.count())):
            pair: Twins = self.list.item(row).data(_PAIR)
            if gone in (pair.kept.id, pair.other.id):
                self.list.takeItem(row)
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide by keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._together()
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._apart()
                return True
        return super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.let_go()
            self._task = None
        super().done(result)
