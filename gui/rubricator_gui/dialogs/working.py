"""Long work that a dialog waits for: a bar, Cancel, and a window that goes on breathing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QWidget

from rubricator.errors import UserError
from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.panels.plain import plain_label
from rubricator_gui.tasks import Task


class Working(QDialog):
    """Shows how far work in another process is; `exec` ends with it.

    `refused` holds why it could not be done, `value` what came of it.
    """

    def __init__(self, words: str, work: Callable[..., Any], arguments: tuple[Any, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("working")
        self.setWindowTitle(words)
        self.refused: UserError | None = None
        self.value: Any = None
        self._failed: Exception | None = None
        u = theme.unit()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, 0)
        self.cancel = QPushButton(_("Cancel"))
        self.cancel.setMinimumHeight(7 * u)
        self.cancel.clicked.connect(self.reject)
        column = parts.column(self, 3)
        for widget in (plain_label(words), self.bar, self.cancel):
            column.addWidget(widget)
        self.setMinimumWidth(90 * u)
        self._task = Task(work, arguments, self)
        self._task.progressed.connect(self._show)
        self._task.finished.connect(self._done)
        self._task.failed.connect(self._refuse)
        self._task.cancelled.connect(self._stopped)

    def _show(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _done(self, value: object) -> None:
        self.value = value
        self.accept()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.refused = error
        else:
            self._failed = error
        super().reject()

    def _stopped(self) -> None:
        super().reject()

    def reject(self) -> None:
        """Have the work stopped; the dialog goes when it has ended."""
        self.cancel.setEnabled(False)
        self._task.cancel()

    def run(self) -> bool:
        """Wait for the work; say whether it was done. A bug in it is raised here."""
        done = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        if self._failed is not None:
            raise self._failed
        return done
