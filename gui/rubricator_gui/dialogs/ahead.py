"""Work whose answer a dialog shows, asked for again when a choice changes: only the last answer counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from rubricator_gui.tasks import Task

_REST = 200
"""Milliseconds that a choice rests before it is worked on: whoever walks through a list passes many."""


class Ahead(QObject):
    """One piece of work in another process at a time; what is asked anew stops what was asked before."""

    progressed = Signal(object, object)
    known = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: tuple[Callable[..., Any], tuple[Any, ...]] | None = None
        self._task: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start)

    @property
    def asked(self) -> bool:
        """Say whether an answer is waited for."""
        return self._timer.isActive() or self._task is not None

    def ask(self, work: Callable[..., Any], arguments: tuple[Any, ...], rest: int = _REST) -> None:
        """Have this worked out, in a moment, in place of what was asked for before."""
        self.stop()
        self._wanted = work, arguments
        self._timer.start(rest)

    def stop(self) -> None:
        """Wait for nothing any more; the process ends in its own time."""
        self._timer.stop()
        task, self._task = self._task, None
        if task is not None:
            task.let_go()

    def _start(self) -> None:
        if self._wanted is None:
            return
        self._task = Task(*self._wanted, QApplication.instance())  # the process ends in its own time, after the dialog
        self._task.progressed.connect(self.progressed)
        self._task.finished.connect(self._done)
        self._task.failed.connect(self._not_done)
        self._task.cancelled.connect(self._forget)

    def _forget(self) -> None:
        self._task = None

    def _done(self, value: object) -> None:
        self._task = None
        self.known.emit(value)

    def _not_done(self, error: Exception) -> None:
        self._task = None
        self.failed.emit(error)
