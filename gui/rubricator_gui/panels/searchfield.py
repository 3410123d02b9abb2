"""The field over a list that finds some of it: Enter and Down lead on, Esc clears it, then leaves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from rubricator_gui import theme
from rubricator_gui.panels.plain import dress_search
from rubricator_gui.panels.rows import ENTER


class SearchField(QLineEdit):
    """Hands on the keys that do not edit; its glass follows the palette."""

    entered = Signal()
    down = Signal()
    left = Signal()
    came = Signal()
    """It has the focus: somebody is about to type."""

    def __init__(self, name: str, placeholder: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self._glass = dress_search(self, name, placeholder, accessible)
        self._dress()

    def setPlaceholderText(self, hint: str) -> None:
        """Take a hint; where it has no room, what stands behind its last commas is left to the tooltip."""
        self._hint = hint
        self._fit_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the hint as has room."""
        super().resizeEvent(event)
        self._fit_hint()

    def _fit_hint(self) -> None:
        """Leave parts of the hint out, and never half a word."""
        hint, room = self._hint, self.width() - 17 * theme.unit()  # beside glass, cross and margins
        while ", " in hint and self.fontMetrics().horizontalAdvance(hint) > room:
            hint = hint.rpartition(", ")[0]
        if hint != self.placeholderText():
            super().setPlaceholderText(hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys on that do not edit."""
        if event.key() in ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Empty it, as Esc does here and in the list; with nothing there, or all of it selected, go back as well."""
        done = self.selectedText() == self.text()
        self.setText("")  # undo brings nothing back: it is the work's where nothing stands here
        if done:
            self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.came.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._dress()

    def _dress(self) -> None:
        self._glass.setIcon(theme.icon("search", "muted", theme.theme_of(self.palette())))
