"""Who gets the keys back under X11 when a window closes: the one below it, also where no window manager sees to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid


class KeysBack(QObject):
    """Without it keys of actions (Ctrl+Z) are dead after a dialog until a click: no window of ours is active then."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._had: QWindow | None = None
        app.focusWindowChanged.connect(self._on_focus)

    def _on_focus(self, now: QWindow | None) -> None:
        if now is None or now is self._had:
            return
        if self._had is not None and isValid(self._had):
            self._had.visibleChanged.disconnect(self._on_visible)
        self._had = now
        now.visibleChanged.connect(
            self._on_visible
        )  # Qt says nothing of the keys where the window that had them closes

    def _on_visible(self, visible: bool) -> None:
        below = None if visible or self._had is None else self._had.transientParent()
        if below is not None:
            QTimer.singleShot(0, below, lambda: self._give(below))

    def _give(self, below: QWindow) -> None:
        if self._app.focusWindow() is None and below.isVisible():
            below.requestActivate()
