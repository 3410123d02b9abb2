"""The welcome page by keys: what looks like the main button is what Enter presses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
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


def test_words_stand_in_the_middle_on_the_first_start_and_after_a_project_was_closed(
    start: Start, tmp_path: Path
) -> None:
    kit.introduced()
    hand = start()
    hand.show(1440, 900)
    welcome = hand.window.welcome

    def off() -> int:
        """Return how far what is seen stands right of the middle."""
        hand.wait_until(welcome.isVisible, "the page")
        QTest.qWait(40)
        buttons = [button.geometry() for button in welcome.findChildren(QPushButton)]
        written = [button.translated(welcome._middle.pos()) for button in buttons]
        if welcome.recent.isVisible():
            place = welcome.recent.mapTo(welcome, QPoint())
            rows = [welcome.recent.visualItemRect(welcome.recent.item(row)) for row in range(welcome.recent.count())]
            words = min(welcome.recent.width(), welcome.recent.sizeHintForColumn(0))  # a row is as wide as the list
            written += [QRect(place, QSize(words, row.height())) for row in rows]
        left, right = min(one.left() for one in written), max(one.right() for one in written)
        return (left + right) // 2 - welcome.width() // 2

    assert abs(off()) < 8
    for name in ("harbour", "a project with a name that is longer than that of others are as a rule"):
        hand.window.session.open(kit.project(tmp_path / f"{name}.rubric"))
        hand.keys("Ctrl+W")
        assert abs(off()) < 8, name
    hand.show(1000, 700)
    assert abs(off()) < 8
