"""Who gets the keys back under X11 when a dialog closes: what it stood over, also where no window manager helps."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class KeysBack(QObject):
    """Without it keys of actions (Ctrl+Z) are dead after a dialog until a click: no window of ours is active then."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._soon = QTimer(self)  # what closes a list of choices may close the dialog below it, too
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._give)
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            self._soon.start()

    def _give(self) -> None:
        if self._app.focusWindow() is not None or self._app.applicationState() != Qt.ApplicationState.ApplicationActive:
            return  # or another program has them
        windows = (widget for widget in self._app.topLevelWidgets() if isinstance(widget, QMainWindow))
        below = self._app.activeModalWidget() or next(filter(QWidget.isVisible, windows), None)
        if below is not None:
            below.activateWindow()
