"""Work in the background: one piece at a time, shown while it goes on, stopped if one wishes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rubricator.errors import UserError
from rubricator.words import _, message
from rubricator_gui.dialogs.trouble import Trouble, tell
from rubricator_gui.session import Session
from rubricator_gui.tasks import Task

if TYPE_CHECKING:
    from rubricator_gui.paper import PaperWork


class Background(QObject):
    """The work that is under way, mostly none."""

    working = Signal(object, object, object)
    """(words, done, of how many)."""
    worked = Signal()
    """The work ended, one way or the other."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self.task: Task | PaperWork | None = None
        """What is under way."""
        self._words = ""

    def cancel(self) -> None:
        """Stop the work under way."""
        if self.task is not None:
            self.task.cancel()

    def end(self) -> None:
        """Stop the work and wait until it has let go of the project."""
        if self.task is not None:
            self.task.end()

    def busy(self) -> bool:
        """Say whether work is under way, and tell it then: something else was asked for."""
        if self.task is not None:
            self._session.tell(message("Wait until the work under way has ended, or cancel it."), warns=True)
        return self.task is not None

    def run(
        self,
        words: str,
        job: Callable[..., Any],
        arguments: tuple[Any, ...],
        done: Callable[[Any], None],
        *,
        holds: str = "",
    ) -> None:
        """Begin a job in a process of its own; `done` gets what it returns. `holds` says why nothing else may change.

        What it raises is told.
        """
        self._session.held = holds
        self.watch(words, Task(job, arguments, self), done)

    def watch(self, words: str, task: Task | PaperWork, done: Callable[[Any], None]) -> None:
        """Show how work goes that was begun, until it ends."""
        self._words = words
        self.task = task
        task.progressed.connect(self._progressed)
        task.finished.connect(partial(self._ended, done))
        task.failed.connect(partial(self._ended, self._failed))
        task.cancelled.connect(self._cancelled)
        self.working.emit(words, 0, 0)

    def _progressed(self, done: int, total: int) -> None:
        self.working.emit(self._words, done, total)

    def _ended(self, then: Callable[[Any], None], value: Any) -> None:
        self.task = None
        self._session.held = ""
        self.worked.emit()
        then(value)

    def _cancelled(self) -> None:
        self.task = None
        self._session.held = ""
        self.worked.emit()
        self._session.tell(message("Stopped. Nothing of it was kept."))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            tell(self._window, error)
        else:
            Trouble(str(error), self._window).exec()


def import_holds() -> str:
    """Return why nothing else may be changed while something comes in."""
    return _("An import is under way: wait until it has ended, or cancel it.")


def beside(session: Session, name: str) -> str:
    """Return the path of a new file beside the project: where it lies, its owner looks again."""
    return str(session.ready.path.absolute().with_name(name))


def file_stem(words: str, otherwise: str) -> str:
    """Return words as the name of a file on any system."""
    return re.sub(r"[^\w. -]+", " ", words)[:80].strip(" .") or otherwise
