"""The button of the toolbar for the text: a menu of its size and its lines, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start
from tests.journeys.test_review import begun

from rubricator.settings import Settings
from rubricator_gui.actions import TOOLBAR_TEXT
from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "sund.rubric"), 1366, 768)


def button_of(hand: Hand) -> QToolButton:
    found = hand.window.toolbar.findChild(QToolButton, "textSize")
    assert isinstance(found, QToolButton)
    return found


def in_menu(hand: Hand, do: Callable[[QMenu], None], opened: Callable[[], None]) -> None:
    """Open the menu in a way, and do something there."""
    seen: list[bool] = []

    def there() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            seen.append(True)
            do(menu)
            menu.close()

    QTimer.singleShot(150, hand.window, there)
    opened()
    hand.wait_until(lambda: bool(seen), "the menu opens", 3)


def test_a_click_opens_a_menu_and_changes_nothing_yet(hand: Hand) -> None:
    size, button = hand.reader.text_size, button_of(hand)
    shown: list[str] = []

    def take(menu: QMenu) -> None:
        assert hand.reader.text_size == size
        shown.extend(action.text() for action in menu.actions() if action.text())
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[1]).center())

    in_menu(hand, take, lambda: hand.click_on(button))
    assert shown == ["Larger text", "Smaller text", "Usual size", "Longer lines", "Shorter lines", "Closer lines"]
    assert hand.reader.text_size < size
    assert hand.reader.hasFocus(), "one works on in the article"
    assert button.accessibleName() == button.toolTip() == "Text size and lines"
    keys = [hand.window.actions[name].shortcut().toString() for name in TOOLBAR_TEXT[:3]]
    assert keys == ["Ctrl++", "Ctrl+-", "Ctrl+0"], "they stand beside the words"


@pytest.mark.parametrize("key", ["Space", "Return"])
def test_the_keyboard_gets_there(hand: Hand, key: str) -> None:
    hand.keys("F6")  # out of the text, where Tab means something else
    for _time in range(30):
        if QApplication.focusWidget() is not button_of(hand):
            hand.keys("Shift+Tab")
    assert button_of(hand).hasFocus()

    def choose(menu: QMenu) -> None:
        QTest.keyClicks(menu, "cl")
        QTest.keyClick(menu, Qt.Key.Key_Return)

    in_menu(hand, choose, lambda: hand.keys(key))
    assert hand.reader.page.m.close
    assert Settings().get("reader.close")


def test_the_review_has_it_too(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = begun(start, reviewed.project(tmp_path / "news.rubric", Settings().me()))
    sheet = hand.window.reviewer.pane.sheet
    size = sheet.text_size

    def choose(menu: QMenu) -> None:
        assert all(action.isEnabled() for action in menu.actions())
        QTest.keyClicks(menu, "la")
        QTest.keyClick(menu, Qt.Key.Key_Return)

    in_menu(hand, choose, lambda: hand.click_on(button_of(hand)))
    assert sheet.text_size > size
