"""Shortcuts under a Russian layout alone: letters that nobody took are tried again by the place of their key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from rubricator_gui.latin import LatinKeys, latin_key

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
YA, CHE, ES, ZHE = 0x42F, 0x427, 0x421, 0x416
"""The keys of я, ч, с, ж: the places of Z, X, C and of a semicolon."""


def pressed(key: int, scan: int, modifiers: Qt.KeyboardModifier, again: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, 0, "" if key > 0xFFFF else chr(key).lower(), again)


@pytest.mark.parametrize(
    ("key", "scan", "modifiers", "latin"),
    [
        (YA, 52, CTRL, Qt.Key.Key_Z),
        (YA, 52, CTRL | SHIFT, Qt.Key.Key_Z),
        (0xC0, 19, CTRL, Qt.Key.Key_0),  # à of a French keyboard
        (YA, 52, NONE, None),
        (YA, 52, SHIFT, None),
        (ZHE, 47, CTRL, None),
        (Qt.Key.Key_A.value, 24, CTRL, None),
        (Qt.Key.Key_F2.value, 68, CTRL, None),
    ],
)
def test_keys(
    key: int, scan: int, modifiers: Qt.KeyboardModifier, latin: Qt.Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rubricator_gui.latin.physical_key", on_linux)
    assert latin_key(pressed(key, scan, modifiers)) == latin


def on_linux(scan: int) -> str:
    from rubricator_gui.reader.gestures import physical_key

    return physical_key(scan, "linux")


class Window(QMainWindow):
    """A field, and an action that counts."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.setCentralWidget(self.field)
        self.action = QAction("Undo", self)
        self.action.setShortcut("Ctrl+Z")
        self.action.triggered.connect(self.count)
        self.undone = 0

    def count(self) -> None:
        self.undone += 1


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setattr("rubricator_gui.latin.physical_key", on_linux)
    keys = LatinKeys(qapp)
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.field.setFocus()
    qtbot.waitUntil(window.field.hasFocus)
    yield window
    qapp.focusChanged.disconnect(keys._on_focus)
    keys.deleteLater()


def test_an_action_is_found_by_its_place(window: Window) -> None:
    QApplication.sendEvent(window.field, pressed(YA, 52, CTRL))
    assert window.undone == 1
    QApplication.sendEvent(window.field, pressed(YA, 52, NONE))
    assert window.field.text() == "я"
    window.action.setEnabled(False)
    QApplication.sendEvent(window.field, pressed(YA, 52, CTRL))
    assert window.undone == 1


def test_a_held_key_does_again_what_is_done_more_than_once(window: Window) -> None:
    for repeats, done in ((True, 1), (False, 1)):
        window.action.setAutoRepeat(repeats)
        QApplication.sendEvent(window.field, pressed(YA, 52, CTRL, again=True))
        assert window.undone == done
    assert window.field.text() == ""


def test_fields_of_text_copy_and_cut_by_place(window: Window) -> None:
    window.field.setText("words")
    window.field.selectAll()
    QApplication.sendEvent(window.field, pressed(ES, 54, CTRL))
    assert QApplication.clipboard().text() == "words"
    QApplication.sendEvent(window.field, pressed(CHE, 53, CTRL))
    assert window.field.text() == ""
    QApplication.sendEvent(window.field, pressed(0x419, 24, CTRL))  # nobody wants Ctrl+Q: and nothing happens
