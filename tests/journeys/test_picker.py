"""Labels are found by a few letters, at the words they are for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "sund.rubric"))


def test_enter_and_a_few_letters_label_the_selection(hand: Hand) -> None:
    kit.drag(hand, "Arvenia")
    hand.keys("Return")
    picker = hand.window.picker
    assert picker.isVisible()
    assert QApplication.focusWidget() is picker.search
    hand.type("coun")
    hand.keys("Return")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    assert not picker.isVisible()
    assert hand.reader.hasFocus()
    kit.drag(hand, "Toll")
    hand.keys("Return", "Return")  # the last label stands on top
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("COUNTRY", "Toll")]


def test_arrows_walk_and_esc_leaves_all_as_it_was(hand: Hand) -> None:
    kit.drag(hand, "Arvenia")
    hand.keys("Return", "Down", "Down", "Up", "Escape")
    assert kit.layer(hand) == []
    assert hand.reader.selection() is not None, "Esc dropped the selection with the list"
    hand.keys("Return")
    hand.type("no such label")
    hand.keys("Return")
    assert hand.window.picker.isVisible()
    assert kit.layer(hand) == []
    hand.keys("Escape", "3")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]


def test_the_chosen_span_takes_a_second_label(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    hand.keys("Shift+Tab", "Ctrl+D")
    hand.type("org")
    hand.keys("Return")
    assert sorted(kit.layer(hand)) == [("COUNTRY", "Arvenia"), ("ORGANIZATION", "Arvenia")]
    hand.keys("Ctrl+Z")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
