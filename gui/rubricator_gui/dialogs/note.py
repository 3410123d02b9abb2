"""A note of some lines: Enter writes it, Shift+Enter breaks the line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QWidget

from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.panels.area import Area
from rubricator_gui.panels.plain import plain_label
from rubricator_gui.panels.rows import ENTER


class NoteDialog(QDialog):
    """Asks for a note; `field` holds it."""

    def __init__(self, title: str, question: str, written: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteDialog")
        self.setWindowTitle(title)
        u = theme.unit()
        asked = plain_label(question)
        asked.setWordWrap(True)
        self.field = Area(written)
        self.field.setObjectName("noteText")
        self.field.setAccessibleName(question)
        self.field.installEventFilter(self)
        buttons, self.go = parts.choice(self, _("Write it down"))
        column = parts.column(self)
        column.addWidget(asked)
        column.addWidget(self.field, 1)
        column.addWidget(plain_label(_("Enter writes it down, Shift+Enter breaks the line"), kind="note", muted=True))
        column.addWidget(buttons)
        self.field.moveCursor(QTextCursor.MoveOperation.End)  # what stands there is added to, not replaced
        self.field.setFocus()
        theme.size(self, 105 * u, 60 * u)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write it down with Enter."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in ENTER:
            return super().eventFilter(watched, event)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return super().eventFilter(watched, event)
        self.accept()
        return True
