"""Slow work outside the window's process: values in, values out, with progress, cancel, and errors as they were.

A busy Python thread would take the window's frames from it, so what computes runs in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from rubricator.errors import UserError
from rubricator.exchange.progress import CancelledError

_LOOK_EVERY = 40
"""Milliseconds between two looks for news of the work."""
_GRACE = 50
"""Looks that cancelled work has to end by itself before it is ended; a transaction that is cut off leaves nothing."""


class Task(QObject):
    """One piece of work: `work(*arguments, progress)` in another process."""

    progressed = Signal(object, object)
    """How far it is: (done, of how many; 0 where that is unknown)."""
    finished = Signal(object)
    """What the work returned."""
    failed = Signal(object)
    """The UserError it raised; or a RuntimeError that holds the report of a bug."""
    cancelled = Signal()
    """It was stopped; nothing of it was kept."""

    def __init__(self, work: Callable[..., Any], arguments: tuple[Any, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        context = multiprocessing.get_context("spawn")
        self._news, their_end = context.Pipe()
        self._process = context.Process(target=_run, args=(their_end, work, arguments), daemon=True)
        self._process.start()
        their_end.close()
        self._grace = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._timer.isActive() and not self._grace:
            self._grace = 1
            with suppress(OSError):  # it has ended meanwhile; its last word is in the pipe
                self._news.send("cancel")

    def _look(self) -> None:
        if self._grace:
            self._grace += 1
            if self._grace > _GRACE:
                self._process.kill()
                self._end("cancelled", None)
                return
        try:
            while self._news.poll():
                kind, value = self._news.recv()
                if kind != "progress":
                    self._end(kind, value)
                    return
                self.progressed.emit(*value)
        except (EOFError, OSError):
            self._end("failed", RuntimeError("the background process ended without a word"))

    def _end(self, kind: str, value: Any) -> None:
        self._timer.stop()
        self._process.join(2)
        self._news.close()
        if kind == "done":
            self.finished.emit(value)
        elif kind == "failed":
            self.failed.emit(value)
        else:
            self.cancelled.emit()
        self.deleteLater()


def _run(news: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Do the work in its own process and send what comes of it."""

    def progress(done: int, total: int) -> None:
        if news.poll():
            raise CancelledError
        news.send(("progress", (done, total)))

    try:
        news.send(("done", work(*arguments, progress)))
    except CancelledError:
        news.send(("cancelled", None))
    except UserError as error:
        news.send(("failed", error))
    except Exception:  # noqa: BLE001 - a bug of the work is reported in the window, which has its own trouble dialog
        news.send(("failed", RuntimeError(traceback.format_exc())))
