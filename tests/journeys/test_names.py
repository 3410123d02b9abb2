"""What a screen reader is told of the controls: each that takes the keyboard has a name, in the window and in its dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QDialog, QWidget
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_window import clipped

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
        works = isinstance(widget, QAbstractButton) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if widget is not window and not works:
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


def ask_for_mentions(hand: Hand) -> None:
    kit.label(hand, "Toll", "Shift+3")


def pick_a_label(hand: Hand) -> None:
    kit.label(hand, "Toll", "Return")


DIALOGS: dict[str, Callable[[Hand], None]] = {
    "palette": lambda hand: hand.keys("Ctrl+K"),
    "keySheet": lambda hand: hand.keys("Ctrl+/"),
    "keyEditor": lambda hand: hand.do("edit-keys"),
    "mentionDialog": ask_for_mentions,
    "labelPicker": pick_a_label,
    "exportDialog": lambda hand: hand.do("export"),
    "QMessageBox": lambda hand: hand.do("about"),
}


def looked_at(hand: Hand, name: str) -> list[tuple[list[str], list[str]]]:
    """Open a dialog; return what has no name there, and what is cut off."""
    seen: list[tuple[list[str], list[str]]] = []

    def look(dialog: QWidget) -> None:
        QTest.qWait(20)
        seen.append((list(nameless(dialog)), clipped(dialog)))

    def answer(dialog: QDialog) -> None:
        look(dialog)
        dialog.reject()

    hand.answer(name, answer)
    DIALOGS[name](hand)
    if not seen and (popup := hand.window.findChild(QWidget, name)):
        look(popup)
        hand.keys("Esc")
    return seen


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs(hand: Hand, name: str) -> None:
    assert looked_at(hand, name) == [([], [])]


@pytest.mark.usefixtures("twice_as_large")
@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs_at_twice_the_size(hand: Hand, name: str) -> None:
    assert looked_at(hand, name) == [([], [])]


# --- focus ------------------------------------------------------------------------------------------------------------


def unseen(window: QWidget) -> Iterator[str]:
    """Yield the controls of a window that look the same with the keyboard and without it."""
    controls = [w for w in window.findChildren(QWidget) if w.isVisible() and w.isEnabled() and w.window() is window]
    controls = [w for w in controls if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.focusProxy()]
    pictures: dict[QWidget, QImage] = {}
    for widget in controls:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.qWait(5)
        pictures[widget] = window.grab().toImage()
    for n, widget in enumerate(controls):
        other = controls[n - 1]
        heading = -40 if isinstance(widget, QAbstractScrollArea) else -4  # which is underlined for the pane
        around = QRect(widget.mapTo(window, QPoint()), widget.size()).adjusted(-4, heading, 4, 4)
        if pictures[widget].copy(around) == pictures[other].copy(around):
            yield f"{type(widget).__name__} “{widget.objectName() or widget.accessibleName()}”"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_one_sees_what_has_the_keyboard(hand: Hand, look: str) -> None:
    hand.do(look)
    kit.label(hand, "Toll", "3")
    hand.click(kit.at(hand, "Toll")[0] + 1)
    assert list(unseen(hand.window)) == []
    hand.keys("Ctrl+H")
    assert list(unseen(hand.window)) == []
