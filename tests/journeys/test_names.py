"""What a screen reader is told of the controls: each that takes the keyboard has a name, in the window and in its dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "news.rubric", [kit.STORY, "Second\n\nToll and Karesh.\n"]))


def nameless(window: QWidget) -> Iterator[str]:
    """Yield the visible controls of a window that take the keyboard or the mouse and have no name."""
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisibleTo(window) or widget.window() is not window:
            continue
        if widget is not window and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            parents = []
            holder: QWidget | None = widget
            while holder is not None:
                parents.append(holder.objectName() or type(holder).__name__)
                holder = holder.parentWidget()
            yield " in ".join(parents)


def named(window: QWidget) -> None:
    """Fail for controls without a name."""
    QTest.qWait(20)
    assert list(nameless(window)) == []


def test_the_helper_finds_what_has_no_name(hand: Hand) -> None:
    hand.reader.setAccessibleName("")
    assert any(words.startswith("reader in") for words in nameless(hand.window))


def test_the_welcome_page(start: Start) -> None:
    named(start().window)


def test_the_window(hand: Hand) -> None:
    window = hand.window
    named(window)
    kit.label(hand, "Anna S.\n\nLebrune", "1")
    hand.click(kit.at(hand, "Lebrune")[0] + 2)
    named(window)
    hand.keys("Ctrl+H")
    named(window)
    hand.keys("Ctrl+T")
    named(window)
    hand.keys("Ctrl+F")
    named(window)
    for width, height in ((1000, 700), (1200, 760), (2300, 1200)):
        window.resize(width, height)
        named(window)
    hand.keys("F11")
    named(window)


DIALOGS: dict[str, Callable[[Hand], None]] = {
    "palette": lambda hand: hand.keys("Ctrl+K"),
    "keySheet": lambda hand: hand.keys("Ctrl+/"),
    "keyEditor": lambda hand: hand.do("edit-keys"),
    "mentionDialog": lambda hand: (kit.drag(hand, "Toll"), hand.keys("Shift+3"))[-1],
    "labelPicker": lambda hand: (kit.drag(hand, "Toll"), hand.keys("Return"))[-1],
    "exportDialog": lambda hand: hand.do("export"),
    "QMessageBox": lambda hand: hand.do("about"),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs(hand: Hand, name: str) -> None:
    seen: list[list[str]] = []

    def look(dialog: QDialog) -> None:
        seen.append(list(nameless(dialog)))
        dialog.reject()

    hand.answer(name, look)
    DIALOGS[name](hand)
    if not seen and (popup := QApplication.activePopupWidget() or hand.window.findChild(QWidget, name)):
        seen.append(list(nameless(popup)))
        hand.keys("Esc")
    assert seen == [[]]
