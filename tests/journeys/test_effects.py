"""The whole main job by keys alone: no mouse is touched, and each key does what the sheet of keys says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui.hand import Hand

STORIES = (
    "Ministers meet\n\nThe Port Velis Harbour Authority met Anna S.\n\nLebrune of Toll.\n",
    "Prices fall\n\nPrices fell in Toll.\n",
)
MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonDblClick,
}


class NoMouse(QObject):
    """Counts what the mouse does."""

    def __init__(self) -> None:
        super().__init__()
        self.n = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.n += event.type() in MOUSE
        return False


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "keys.rubric", STORIES))
    assert hand.reader.hasFocus(), "the article has not the focus at the start"
    return hand


def caret(hand: Hand) -> int:
    return hand.reader.textCursor().position()


def go_to(hand: Hand, words: str) -> None:
    """Bring the caret before words: by words while they are far, by characters at the end."""
    target = kit.at(hand, words)[0]
    hand.keys("Ctrl+Home")
    while caret(hand) < target:
        before = caret(hand)
        hand.keys("Ctrl+Right")
        if caret(hand) > target:
            hand.keys("Ctrl+Left")
            break
        assert caret(hand) > before, "the caret stands still"
    while caret(hand) < target:
        hand.keys("Right")
    assert caret(hand) == target


def test_the_main_job_without_a_mouse(hand: Hand, qapp: QApplication) -> None:
    mouse = NoMouse()
    qapp.installEventFilter(mouse)
    session = hand.window.session

    # One word: select it and press the label's key. The selection goes, nothing is chosen.
    go_to(hand, "Toll")
    hand.keys("Ctrl+Shift+Right", "3")
    assert kit.layer(hand) == [("COUNTRY", "Toll")]
    assert session.selection is None
    assert session.chosen is None

    # Several words; half of the last one is enough.
    go_to(hand, "Port Velis")
    hand.keys(*["Ctrl+Shift+Right"] * 3, *["Shift+Right"] * 4)
    assert session.selection is not None
    assert session.selection.quote(session.text) == "Port Velis Harbour Authority"
    hand.keys("2")

    # A name over a blank line.
    go_to(hand, "Anna")
    hand.keys(*["Shift+Down"] * 2, *["Shift+Right"] * 3, "Esc")
    assert session.selection is None
    go_to(hand, "Anna")
    while session.selection is None or session.selection.end < kit.at(hand, "Lebrune")[1]:
        hand.keys("Shift+Right")
    hand.keys("1")
    assert kit.layer(hand) == [
        ("ORGANIZATION", "Port Velis Harbour Authority"),
        ("PERSON", "Anna S.\n\nLebrune"),
        ("COUNTRY", "Toll"),
    ]

    # Nested and stacked: the same words twice, then walk through the stack.
    go_to(hand, "Port Velis")
    hand.keys(*["Ctrl+Shift+Right"] * 2, "0")
    go_to(hand, "Port Velis")
    hand.keys(*["Ctrl+Shift+Right"] * 2, "6")
    hand.keys("Ctrl+Home", "Tab", "Tab")
    stack = set()
    for _n in range(2):
        assert session.chosen_annotation is not None
        assert session.chosen_annotation.quote == "Port Velis"
        stack.add(session.chosen_annotation.label)
        hand.keys(".")
    assert stack == {"CITY", "LOCATION"}

    # Tab walks through all in reading order and says where it ends; Shift+Tab goes back.
    hand.keys("Esc", "Ctrl+Home")
    walked = []
    for _n in range(5):
        hand.keys("Tab")
        assert session.chosen_annotation is not None
        walked.append(session.chosen_annotation.quote)
    assert walked == ["Port Velis Harbour Authority", "Port Velis", "Port Velis", "Anna S.\n\nLebrune", "Toll"]
    hand.keys("Tab")
    assert hand.window.status.notice == "That was the last annotation. Tab again goes on from the top."
    hand.keys("Tab")
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.quote == "Port Velis Harbour Authority"
    assert hand.window.status.notice == "On from the top."
    hand.keys("Shift+Tab")
    assert hand.window.status.notice == "That was the first annotation. Shift+Tab again goes on from the end."
    hand.keys("Shift+Tab")
    assert session.chosen_annotation.quote == "Toll"
    hand.keys("Shift+Tab")
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.quote == "Anna S.\n\nLebrune"

    # Relabel, delete, and Delete again deletes nothing more.
    hand.keys("2")
    assert ("ORGANIZATION", "Anna S.\n\nLebrune") in kit.layer(hand)
    hand.keys("1", "Delete", "Delete")
    assert len(kit.layer(hand)) == 4
    hand.keys("Ctrl+Z")
    assert ("PERSON", "Anna S.\n\nLebrune") in kit.layer(hand)

    # Exact characters.
    go_to(hand, "Ministers")
    hand.keys("Esc", *["Shift+Right"] * 4, "F2", "1")
    assert ("PERSON", "Mini") in kit.layer(hand)
    hand.keys("Ctrl+Z")

    # Topics, and back to the article; finish and go on.
    hand.keys("Ctrl+T")
    hand.type("economy")
    hand.keys("Return")
    assert kit.topics(hand) == ["Economy"]
    hand.keys("Esc", "Esc")
    assert hand.reader.hasFocus()
    hand.keys("Ctrl+Return")
    assert session.text.startswith("Prices fall")
    assert hand.reader.hasFocus()

    # The second article: a sticky label, ended by Esc.
    hand.keys("3")
    assert session.sticky == "COUNTRY"
    hand.keys("Esc")
    assert session.sticky is None
    go_to(hand, "Toll")
    hand.keys("Ctrl+Shift+Right", "3", "Ctrl+Return")
    counts = session.ready.rows.status_counts(session.ready.me.annotator)
    assert counts["done"] == 2

    qapp.removeEventFilter(mouse)
    assert mouse.n == 0


def test_who_was_elsewhere_is_told_again_before_tab_goes_round(hand: Hand) -> None:
    for words in ("Lebrune", "Toll"):
        kit.label(hand, words, "3")

    def choose(words: str) -> None:
        hand.click(kit.at(hand, words)[0] + 1)

    choose("Toll")
    hand.keys("Tab")
    choose("Lebrune")
    choose("Toll")
    hand.keys("Tab")
    assert hand.window.status.notice == "That was the last annotation. Tab again goes on from the top."
    assert hand.window.session.chosen_annotation is not None
    assert hand.window.session.chosen_annotation.quote == "Toll"
    hand.keys("Tab")
    assert hand.window.status.notice == "On from the top."


def test_undo_shows_the_article_that_it_changes(hand: Hand) -> None:
    session = hand.window.session
    go_to(hand, "Toll")
    hand.keys("Ctrl+Shift+Right", "3", "Ctrl+PgDown")
    assert session.text.startswith("Prices fall")
    hand.keys("Ctrl+Z")
    assert session.text.startswith("Ministers meet")
    assert kit.layer(hand) == []
    hand.keys("Ctrl+PgDown", "Ctrl+Y")
    assert session.text.startswith("Ministers meet")
    assert kit.layer(hand) == [("COUNTRY", "Toll")]


@pytest.mark.parametrize("words", ["Toll", "Port Velis"])
def test_two_actions_for_an_annotation(hand: Hand, words: str) -> None:
    """The yardstick of goals.md: one double-click or drag, and one key."""
    if " " in words:
        kit.drag(hand, words)
    else:
        hand.double_click(kit.at(hand, words)[0] + 1)
    hand.keys("3")
    assert kit.layer(hand) == [("COUNTRY", words)]
