"""A field of several lines that takes whatever is pasted into it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit, QWidget

_LONG_WORD = 2_000
"""Characters without a space; to break them Qt takes time by the square of their number: minutes for a million."""


class Area(QPlainTextEdit):
    """Breaks its lines, unless a word in it is too long for that; Tab leads out of it."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setPlainText(words)

    def setPlainText(self, text: str) -> None:
        """Show other words."""
        self._wrap(text)
        super().setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take what is pasted or dropped."""
        self._wrap(self.toPlainText() + source.text())
        super().insertFromMimeData(source)

    def _wrap(self, words: str) -> None:
        longest = max(map(len, words.split()), default=0)
        modes = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(modes.WidgetWidth if longest <= _LONG_WORD else modes.NoWrap)
