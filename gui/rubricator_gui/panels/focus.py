"""The keys belong to the text: what hides while it has the focus gives it back, whatever Qt would pick next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

TEXT, CHOSEN, OFFERED = "text", "chosen", "offered"
"""Where keys do what they do in the article: there, or in a list for what is chosen, or for what is offered."""
ACTS_ON = "actsOn"
"""The property of a list that says which of these its keys act on."""


class FocusKeeper(QObject):
    """Watches the focus of one window; `text` returns the text that is shown now."""

    typing = Signal(object)
    """Keys go to the text (TEXT), to a list (CHOSEN, OFFERED), or to something else ("")."""

    def __init__(self, window: QWidget, text: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._text = text
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new.window() is not self._window:
            return  # another window has it: the focus comes back to where it was
        text = self._text()
        hid = old is not None and not old.isVisible() and old.window() is self._window
        if hid and new is not text and text.isVisible():
            text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.typing.emit(TEXT if new is text else new.property(ACTS_ON) or "")
