"""Panels and the keys: where the focus goes, how much room the panels take, what the window says about them."""

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
    return start(kit.project(tmp_path / "harbour.rubric", [kit.STORY, kit.STORY.replace("Arvenia", "Belmora")]))


def place(hand: Hand) -> str:
    """Return what the status line says of what is chosen."""
    return hand.window.status._place.text()


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 800), (1000, 700)])
def test_what_hides_gives_the_keys_back_to_the_text(hand: Hand, size: tuple[int, int]) -> None:
    window, reader = hand.window, hand.window.reader
    hand.show(*size)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    hand.keys("Ctrl+H")
    window.sections.history.view.setFocus()
    assert "label's key" not in place(hand), "it is no key of a list"
    hand.keys("Ctrl+H")
    assert QApplication.focusWidget() is reader
    hand.keys("Ctrl+T")
    assert QApplication.focusWidget() is window.sections.topics.search
    hand.keys("Ctrl+H")  # its tab hides the topics; in a large window it stands beside them
    hand.keys("Ctrl+H", "Ctrl+T", "F10")
    assert QApplication.focusWidget() is reader
    hand.keys("F9" if window.articles.isHidden() else "F6")
    window.articles.filter.setFocus()
    hand.keys("F9")
    assert QApplication.focusWidget() is reader
    assert size[0] < 1120 or "label's key relabels" in place(hand)
    hand.keys("1")
    assert kit.layer(hand) == [("PERSON", "Arvenia")]


def test_who_types_in_a_panel_goes_on_when_the_panels_are_arranged_anew(hand: Hand) -> None:
    hand.keys("Ctrl+T")
    hand.window.resize(1280, 800)
    hand.wait_until(lambda: hand.window.panes._size == "medium", "the panes are arranged")
    assert QApplication.focusWidget() is hand.window.sections.topics.search
