"""Keys that are held down: a repeat that says that it is none is taken for what it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from rubricator_gui.heldkeys import HeldKeys

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
PRESS, RELEASE, ASKED = QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride


class Field(QWidget):
    """Keeps which presses came, and whether they said that they are repeats."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.came: list[bool] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.came.append(event.isAutoRepeat())


@pytest.fixture
def field(qtbot: QtBot, qapp: QApplication) -> Iterator[Field]:
    held = HeldKeys(qapp)
    window, field = QMainWindow(), Field()
    window.setCentralWidget(field)
    for words, keys, again in (("Finish", "Ctrl+Return", False), ("Undo", "Ctrl+Z", True)):
        action = QAction(words, window)
        action.setShortcut(keys)
        action.setAutoRepeat(again)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield field
    qapp.focusChanged.disconnect(held._on_focus)
    held.deleteLater()


def sent(
    field: Field, kind: QEvent.Type, at: int, key: Qt.Key = Qt.Key.Key_Space, modifiers: Qt.KeyboardModifier = NONE
) -> bool:
    """Send a key of a time; say whether it was taken."""
    event = QKeyEvent(kind, key, modifiers, 65, 0, 0, " ")
    event.setTimestamp(at)
    event.ignore()
    QApplication.sendEvent(field, event)
    return event.isAccepted()


def test_a_press_at_the_time_of_its_release_is_a_repeat(field: Field) -> None:
    for at, kind in ((1, PRESS), (600, RELEASE), (600, PRESS), (640, RELEASE), (640, PRESS), (700, RELEASE)):
        sent(field, kind, at)
    assert field.came == [False, True, True]
    sent(field, PRESS, 701)
    assert field.came[-1] is False, "a quick finger"


def test_another_key_at_that_time_is_none(field: Field) -> None:
    sent(field, RELEASE, 600)
    event = QKeyEvent(PRESS, Qt.Key.Key_A, NONE, 38, 0, 0, "a")
    event.setTimestamp(600)
    QApplication.sendEvent(field, event)
    assert field.came == [False]


def test_what_is_done_once_gets_nothing_of_it(field: Field) -> None:
    for kind in (PRESS, RELEASE):
        sent(field, kind, 600, Qt.Key.Key_Return, CTRL)
    assert sent(field, ASKED, 600, Qt.Key.Key_Return, CTRL), "no shortcut is looked for"
    assert sent(field, PRESS, 600, Qt.Key.Key_Return, CTRL)
    assert field.came == [False]
    assert not sent(field, ASKED, 900, Qt.Key.Key_Return, CTRL), "pressed anew it finishes"
    sent(field, RELEASE, 950, Qt.Key.Key_Z, CTRL)
    assert not sent(field, ASKED, 950, Qt.Key.Key_Z, CTRL), "undo goes on while its key is held"
