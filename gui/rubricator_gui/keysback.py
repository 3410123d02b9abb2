"""Who gets the keys back under X11 when a dialog closes: who had them before, also where no window manager helps."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class KeysBack(QObject):
    """Without it keys of actions (Ctrl+Z) are dead after a dialog until a click: no window of ours is active then."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._had: list[QWidget] = []
        """The windows that had the keys and may still stand, the last one last."""
        self._soon = QTimer(self)  # what closes a list of choices may close the dialog below it, too
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._give)
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            self._soon.start()
        elif not self._had or now.window() is not self._had[-1]:
            window = now.window()
            self._had = [*(one for one in self._had if isValid(one) and one is not window), window]

    def _give(self) -> None:
        if self._app.focusWindow() is not None or self._app.applicationState() != Qt.ApplicationState.ApplicationActive:
            return  # or another program has them
        before = (one for one in reversed(self._had) if isValid(one) and one.isVisible())
        below = self._app.activeModalWidget() or next(before, None)
        if below is not None:
            below.activateWindow()
