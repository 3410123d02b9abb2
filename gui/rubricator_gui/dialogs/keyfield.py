"""A field that takes the next key as it is pressed, instead of writing it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.actions import shown
from rubricator_gui.keymap import normal

_ALONE = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock,
    Qt.Key.Key_Multi_key,
    Qt.Key.Key_unknown,
}
"""They begin a combination, or mean nothing here."""

_LEAVE = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}
"""Without modifiers they lead on to the next field or out of the dialog; no action could have them anyway."""

_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class KeyField(QLineEdit):
    """Shows one key of an action; pressing another asks for that one, Backspace for none."""

    pressed = Signal(object)
    """The key that is wished, as Qt writes it everywhere; empty: none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Press the new keys; Backspace takes them away."))
        self.setPlaceholderText(_("Press keys"))
        self.setMinimumHeight(7 * theme.unit())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def show_key(self, key: str) -> None:
        """Show a key, as people write it."""
        self.setText(shown(key))

    def event(self, event: QEvent) -> bool:
        """Keep keys from shortcuts and buttons."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and not _leads_on(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key as a wish."""
        if _leads_on(event):
            event.ignore()
        elif event.modifiers() == _NONE and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.pressed.emit("")
        elif event.key() not in _ALONE:
            self.pressed.emit(key_of(event))


def _leads_on(event: QKeyEvent) -> bool:
    return event.key() in _LEAVE and not event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier)


def key_of(event: QKeyEvent) -> str:
    """Return what was pressed as Qt writes it everywhere.

    Of a sign that needs Shift on this keyboard, the sign is the key: else "/" and "Shift+/" would be two keys.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    if 0x20 < key <= sys.maxunicode and not chr(key).isalnum():
        modifiers &= ~_SHIFT
    return normal(QKeySequence(modifiers.value | key).toString())  # a number: Qt.Key lacks most letters of the world
