"""The welcome page by keys: what looks like the main button is what Enter presses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui import theme
from rubricator_gui.hand import Hand


def stressed(hand: Hand) -> list[str]:
    """Return the buttons that look like the main one."""
    look = theme.theme_of(QApplication.palette())
    filled = theme.main_button_palette(look).color(QPalette.ColorRole.Button)
    buttons = hand.window.welcome.findChildren(QPushButton)
    return [button.objectName() for button in buttons if button.palette().color(QPalette.ColorRole.Button) == filled]


def test_what_has_the_keys_looks_like_the_main_button(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start()
    assert stressed(hand) == [QApplication.focusWidget().objectName()] == ["welcome-new"]
    hand.window.session.open(kit.project(tmp_path / "harbour.rubric"))
    hand.do("close")
    assert stressed(hand) == [QApplication.focusWidget().objectName()] == ["welcome-open"]
    hand.keys("Tab")
    assert stressed(hand) == [QApplication.focusWidget().objectName()] == ["welcome-new"]
    hand.do("dark")
    assert stressed(hand) == ["welcome-new"]
    hand.answer("newProject", lambda _dialog: hand.keys("Escape"))
    hand.keys("Return")
    assert stressed(hand) == ["welcome-new"], "once the dialog is gone as well"
    hand.keys("Tab", "Tab")
    assert QApplication.focusWidget() is hand.window.welcome.recent
    assert stressed(hand) == [], "Enter opens the project"
