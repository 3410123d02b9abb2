"""Slow work outside the window's process: values in, values out, with progress, cancel, and errors as they were.

A busy Python thread would take the window's frames from it, so what computes runs in a process of its own.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

from rubricator.exchange.worker import LENGTH

_GRACE = 3_000
"""Milliseconds that cancelled work has to end by itself; a transaction that is cut off leaves nothing behind."""


class Task(QObject):
    """One piece of work: `work(*arguments, progress)` in another process; `work` is a function of a module."""

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
        self._heard = b""
        self._ended = False
        self._stopping = False
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.readyReadStandardOutput.connect(self._hear)
        self._process.finished.connect(self._gone)
        self._process.errorOccurred.connect(self._not_started)
        self._process.start(sys.executable, ["-m", "rubricator.exchange.worker"])
        self._process.write(pickle.dumps((work, arguments)))

    def cancel(self) -> None:
        """Ask the work to stop; it is ended where it does not."""
        if not self._ended and not self._stopping:
            self._stopping = True
            self._process.write(b"c")
            QTimer.singleShot(_GRACE, self._process.kill)

    def let_go(self) -> None:
        """Ask the work to stop, and tell nobody of it any more: the process ends in its own time."""
        self.blockSignals(True)
        self.setParent(QCoreApplication.instance())
        self.cancel()

    def end(self) -> None:
        """Stop the work and wait for its end; for closing only, since the window waits with it."""
        self.cancel()
        self._process.waitForBytesWritten(200)
        if not self._process.waitForFinished(_GRACE):
            self._process.kill()
            self._process.waitForFinished(_GRACE)

    def _hear(self) -> None:
        self._heard += self._process.readAllStandardOutput().data()
        while len(self._heard) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._heard)
            answer = self._heard[LENGTH.size : LENGTH.size + length]
            if len(answer) < length:
                return
            self._heard = self._heard[LENGTH.size + length :]
            kind, value = pickle.loads(answer)
            if kind == "progress":
                self.progressed.emit(*value)
            else:
                self._end(kind, value)

    def _gone(self, _code: int, _status: QProcess.ExitStatus) -> None:
        self._hear()
        if self._stopping:
            self._end("cancelled", None)
        else:
            self._end("failed", RuntimeError("The background process ended without a word."))

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end("failed", RuntimeError(f"The background process could not be started: {sys.executable}"))

    def _end(self, kind: str, value: Any) -> None:
        if self._ended:
            return
        self._ended = True
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self.setParent(QCoreApplication.instance())  # it ends in its own time: whoever asked may be gone before
        if kind == "done":
            self.finished.emit(value)
        elif kind == "failed":
            self.failed.emit(value)
        else:
            self.cancelled.emit()
        # Only now: a dialog may stand in a slot, and the process end meanwhile.
        if self._process.state() == QProcess.ProcessState.NotRunning:
            self.deleteLater()
        else:
            self._process.finished.connect(self.deleteLater)
