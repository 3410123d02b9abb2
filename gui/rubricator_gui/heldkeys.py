"""Keys that are held down under X11: a repeat that Qt took for a press of its own is told from one all the same.

There a held key comes as a release and a press with one time, over and over. Qt looks ahead for the press, and where it
had not arrived yet both pass as real. A key that is held would then finish one article after another.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget


class HeldKeys(QObject):
    """Listens at every widget that gets the keyboard."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._released = (0, 0)
        """The key (its scan code) that was let go of last, and when."""
        self._again = False
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            now.installEventFilter(self)  # a second time changes nothing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have a repeat that says that it is none come as the repeat it is."""
        kind = event.type()
        if kind not in _KEYS or self._again or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        stroke = event.nativeScanCode(), event.timestamp()
        if kind == QEvent.Type.KeyRelease:
            self._released = stroke
            return False
        if event.isAutoRepeat() or not stroke[0] or stroke != self._released:
            return False
        if _is_done_once(watched.window(), event):
            event.accept()  # nobody gets it, as with the repeats that Qt knows
            return True
        if kind == QEvent.Type.ShortcutOverride:
            return False
        self._again = True
        try:
            QApplication.sendEvent(watched, _repeat(event))
        finally:
            self._again = False
        event.accept()  # whoever is above the widget had it too
        return True


_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


def _is_done_once(window: QWidget, event: QKeyEvent) -> bool:
    """Say whether a key does what a key that is held down does once."""
    keys = QKeySequence(event.keyCombination())
    return any(keys in action.shortcuts() for action in window.findChildren(QAction) if not action.autoRepeat())


def _repeat(event: QKeyEvent) -> QKeyEvent:
    made = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        True,
        event.count(),
    )
    made.setTimestamp(event.timestamp())
    return made
