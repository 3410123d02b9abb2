"""Fields and labels that all panels use."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from rubricator_gui.panels.plain import LineLabel, dress_search, leave_keys


class GreedyField(QLineEdit):
    """Takes every key before a shortcut, as a field on X11 does with Ctrl+E and Ctrl+U."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


@pytest.mark.parametrize(("key", "kept"), [("E", False), ("U", False), ("K", False), ("C", True), ("Z", False)])
def test_a_field_leaves_the_keys_of_the_window_alone(qtbot: QtBot, key: str, kept: bool) -> None:
    field = GreedyField()
    qtbot.addWidget(field)
    dress_search(field, "field", "Search", "Search")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, ord(key), Qt.KeyboardModifier.ControlModifier, key.lower())
    event.ignore()
    QApplication.sendEvent(field, event)
    assert event.isAccepted() == kept


def overridden(field: QLineEdit | QPlainTextEdit, sequence: QKeySequence.StandardKey) -> bool:
    [key, *_] = [QKeySequence(one)[0] for one in QKeySequence.keyBindings(sequence)]
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key.key(), key.keyboardModifiers())
    event.ignore()
    QApplication.sendEvent(field, event)
    return event.isAccepted()


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_a_field_takes_undo_only_while_it_has_something_to_undo(
    qtbot: QtBot, kind: type[QLineEdit | QPlainTextEdit]
) -> None:
    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    field = kind()
    qtbot.addWidget(field)
    leave_keys(field)
    assert (overridden(field, undo), overridden(field, redo)) == (False, False)
    QTest.keyClicks(field, "grain")
    assert (overridden(field, undo), overridden(field, redo)) == (True, False)
    field.undo()
    assert (overridden(field, undo), overridden(field, redo)) == (False, True)


def test_a_line_that_is_too_long_says_so(qtbot: QtBot) -> None:
    line = LineLabel("note")
    qtbot.addWidget(line)
    words = "Labelled by anna, 18:41 · changed by ben, 18:45 · suggested by memory"
    line.say(words)
    line.resize(2000, 20)
    assert line.seen == words
    line.resize(100, 20)
    assert line.seen.endswith("…")
    assert words in line.toolTip()
