"""Words that articles hold in their texts: looked up in a process of its own, and kept until articles change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from rubricator.errors import UserError
from rubricator.exchange.texts import texts_work
from rubricator.model.changes import Change
from rubricator.words import message
from rubricator_gui.session import Session
from rubricator_gui.tasks import Task


class ArticleTexts(QObject):
    """Answers at once what it knows, and else tells when it does."""

    found = Signal()
    """What was asked for is known."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._known: dict[str, frozenset[int]] = {}
        self._task: Task | None = None
        self._asked: tuple[str, ...] = ()
        session.opened.connect(self._forget)

    def holding(self, wanted: Sequence[str]) -> frozenset[int] | None:
        """Return the local numbers of the articles that hold all of these words; None where that is being looked up."""
        unknown = tuple(words for words in dict.fromkeys(wanted) if words not in self._known)
        if self._task is not None and unknown != self._asked:
            self._stop()  # nobody waits for that any more
        if not unknown:
            return frozenset.intersection(*(self._known[words] for words in wanted))
        if self._task is None:
            project = self._session.ready
            self._asked = unknown
            self._task = Task(texts_work, (project.path, project.me, unknown), self)
            self._task.finished.connect(self._take)
            self._task.failed.connect(self._failed)
        return None

    def leave(self) -> None:
        """Look up nothing any more: nobody asks."""
        if self._task is not None:
            self._stop()

    def changed(self, change: Change) -> None:
        """Forget what may be another answer now; to be told before it is asked again."""
        if change.listing or change.everything or change.elsewhere:
            self._forget()

    def end(self) -> None:
        """Leave off, and wait until the project is let go of: it is closed."""
        if self._task is not None:
            self._task.blockSignals(True)
            self._task.end()
            self._task = None

    def _forget(self) -> None:
        self._known.clear()
        self.leave()

    def _stop(self) -> None:
        assert self._task is not None
        self._task.let_go()
        self._task = None

    def _take(self, found: dict[str, frozenset[int]]) -> None:
        self._task = None
        self._known |= found
        self.found.emit()

    def _failed(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, UserError):
            raise error
        self._known |= dict.fromkeys(self._asked, frozenset())
        self._session.tell(message("The texts could not be looked through: {why}", why=error.text), warns=True)
        self.found.emit()
