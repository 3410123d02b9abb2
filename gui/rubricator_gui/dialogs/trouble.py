"""When something goes wrong in the window: what a person can mend in words, a bug with a report to copy.

An exception in a slot reaches only `sys.excepthook`; the program lives on, and the file is safe.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from rubricator import __version__
from rubricator.errors import UserError
from rubricator.words import _, say
from rubricator_gui import theme
from rubricator_gui.hints import hint_of

log = logging.getLogger(__name__)


def tell(parent: QWidget | None, error: UserError) -> None:
    """Show what a UserError says: what happened, and what to do."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Rubricator", say(error.text), parent=parent)
    box.setObjectName("userError")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(hint_of(error))
    box.exec()


class Trouble(QDialog):
    """A bug of ours: what happened in one sentence, and a report that can be copied."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trouble")
        self.setWindowTitle(_("Something went wrong in Rubricator"))
        u = theme.unit()
        words = QLabel(_("This is a fault of the program. Everything you did before is kept; you can go on working."))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(_("Report"))
        self.report.setMinimumSize(120 * u, 50 * u)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(_("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self.report, 1)
        layout.addWidget(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def report_of(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return the report of a bug: versions and the trace."""
    lines = "".join(traceback.format_exception(kind, error, trace))
    return f"Rubricator {__version__}, Python {platform.python_version()}, Qt {qt_version}, {sys.platform}\n\n{lines}"
