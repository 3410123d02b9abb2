"""Shortcuts on a keyboard without Latin letters: what nobody took is tried again by the place of the key.

Qt looks for the Latin letter of a key in the other layouts of the keyboard; where there is no other (X11 and Wayland
with a Russian layout alone), Ctrl+Z would not exist. Keys that nobody took arrive at their window in the end, so only
those cost anything.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from rubricator_gui.reader.events import stroke
from rubricator_gui.reader.gestures import physical_key

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class LatinKeys(QObject):
    """Listens at every window that gets the keyboard."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._again = False
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            now.window().installEventFilter(self)  # a second time changes nothing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Try a key that nobody took by its place."""
        if event.type() != QEvent.Type.KeyPress or self._again or not isinstance(watched, QWidget):
            return False
        assert isinstance(event, QKeyEvent)
        key = latin_key(event)
        return key is not None and self._press(watched, event, key)

    def _press(self, window: QWidget, event: QKeyEvent, key: Qt.Key) -> bool:
        """Do what the action of this key does; else give the key to the widget that has the focus."""
        keys = QKeySequence(event.modifiers().value | key.value)
        for action in window.findChildren(QAction):
            if action.isEnabled() and keys in action.shortcuts():
                if action.autoRepeat() or not event.isAutoRepeat():
                    action.trigger()
                return True
        focus = window.focusWidget()
        if focus is None:
            return False
        self._again = True  # it comes here too, if it is not taken
        try:
            again = QKeyEvent(QEvent.Type.KeyPress, key, event.modifiers(), "", event.isAutoRepeat())
            return QApplication.sendEvent(focus, again) and again.isAccepted()
        finally:
            self._again = False


def latin_key(event: QKeyEvent) -> Qt.Key | None:
    """Return the key that a US keyboard has at the place of another script’s letter, pressed with Ctrl or the like."""
    other_script = 0x80 <= event.key() < Qt.Key.Key_Escape.value
    if not other_script or not event.modifiers() & _COMMANDS:
        return None
    place = physical_key(stroke(event).scan)
    return Qt.Key(ord(place.upper())) if place else None
