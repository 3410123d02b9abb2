"""Fields and labels that all panels use."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from rubricator_gui.panels.plain import LineLabel, dress_search


class GreedyField(QLineEdit):
    """Takes every key before a shortcut, as a field on X11 does with Ctrl+E and Ctrl+U."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


@pytest.mark.parametrize(("key", "kept"), [("E", False), ("U", False), ("K", False), ("C", True), ("Z", True)])
def test_a_field_leaves_the_keys_of_the_window_alone(qtbot: QtBot, key: str, kept: bool) -> None:
    field = GreedyField()
    qtbot.addWidget(field)
    dress_search(field, "field", "Search", "Search")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, ord(key), Qt.KeyboardModifier.ControlModifier, key.lower())
    event.ignore()
    QApplication.sendEvent(field, event)
    assert event.isAccepted() == kept


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
