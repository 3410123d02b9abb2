"""Qt's events as the values that gestures understand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from rubricator_gui.reader.gestures import Held, KeyStroke

_MODIFIERS = (
    (Qt.KeyboardModifier.ShiftModifier, Held.SHIFT),
    (Qt.KeyboardModifier.ControlModifier, Held.CTRL),
    (Qt.KeyboardModifier.AltModifier, Held.ALT),
    (Qt.KeyboardModifier.MetaModifier, Held.META),
)

SHAPES = {
    "text": Qt.CursorShape.IBeamCursor,
    "bar": Qt.CursorShape.PointingHandCursor,
    "arc": Qt.CursorShape.PointingHandCursor,
    "more": Qt.CursorShape.PointingHandCursor,
    "reject": Qt.CursorShape.PointingHandCursor,
    "start": Qt.CursorShape.SplitHCursor,
    "end": Qt.CursorShape.SplitHCursor,
}
"""What the mouse looks like over each kind of thing."""


def held(modifiers: Qt.KeyboardModifier) -> Held:
    """Return the modifier keys that are held; that a key stands on the keypad does not matter."""
    found = Held.NOTHING
    for modifier, ours in _MODIFIERS:
        if modifiers & modifier:
            found |= ours
    return found


def stroke(event: QKeyEvent) -> KeyStroke:
    """Return a key press as a value."""
    try:
        name = Qt.Key(event.key()).name.removeprefix("Key_")
    except ValueError:  # a key that Qt has no name for
        name = ""
    on_mac = QApplication.platformName() == "cocoa"
    place = event.nativeVirtualKey() if on_mac else event.nativeScanCode()
    return KeyStroke(name, event.text(), place, held(event.modifiers()))
