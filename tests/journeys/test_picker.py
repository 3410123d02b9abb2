"""Labels are found by a few letters, at the words they are for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui import theme
from rubricator_gui.dialogs.guideline import GuidelineDialog
from rubricator_gui.hand import Hand
from rubricator_gui.panels.popup import ROWS


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "sund.rubric"))


def test_enter_and_a_few_letters_label_the_selection(hand: Hand) -> None:
    kit.drag(hand, "Arvenia")
    hand.keys("Return")
    picker = hand.window.over.picker
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


def test_it_never_opens_over_the_words_it_is_about(hand: Hand) -> None:
    """Where neither below nor above is room for all rows, it has fewer, and they scroll."""
    kit.drag(hand, "Arvenia")
    picker = hand.window.over.picker
    screen = picker.screen().availableGeometry()
    full = picker.view.verticalHeader().defaultSectionSize() * ROWS
    fewer = 0
    for top in range(screen.top(), screen.bottom() - 24, 10):
        words = QRect(screen.left() + 100, top, 80, 24)
        picker.ask(words)
        assert not picker.geometry().intersects(words), top
        assert screen.contains(picker.geometry()), top
        least = full - picker.view.height()
        room = max(words.top() - screen.top(), screen.bottom() - words.bottom())
        assert not least or picker.height() + picker.view.rowHeight(0) + 2 * theme.unit() > room, "another row fits"
        fewer += least > 0
        hand.keys(*["Down"] * ROWS)
        assert picker.view.viewport().rect().contains(picker.view.visualRect(picker.view.currentIndex()))
        hand.keys("Escape")
    assert fewer, "there was room for all rows everywhere: nothing was tried"


def test_arrows_walk_and_esc_leaves_all_as_it_was(hand: Hand) -> None:
    kit.drag(hand, "Arvenia")
    hand.keys("Return", "Down", "Down", "Up", "Escape")
    assert kit.layer(hand) == []
    assert hand.reader.selection() is not None, "Esc dropped the selection with the list"
    hand.keys("Return")
    hand.type("no such label")
    hand.keys("Return")
    assert hand.window.over.picker.isVisible()
    assert kit.layer(hand) == []
    hand.keys("Escape", "3")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]


def test_the_chosen_span_takes_a_second_label(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    hand.keys("Shift+Tab", "Ctrl+D")
    picker = hand.window.over.picker
    assert picker.search.placeholderText() == "Type a second label"
    hand.type("org")
    hand.keys("Return")
    assert sorted(kit.layer(hand)) == [("COUNTRY", "Arvenia"), ("ORGANIZATION", "Arvenia")]
    hand.keys("Ctrl+Z")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]


def test_the_right_button_offers_what_can_be_done_there(hand: Hand) -> None:
    kit.label(hand, "Port Velis Harbour Authority", "2")
    kit.label(hand, "Port Velis", "4", nth=0)
    session = hand.window.session
    session.escape()
    start, _end = kit.at(hand, "Port Velis Harbour Authority")
    place = hand.reader.rect_at(start + 2).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, hand.reader.viewport().mapToGlobal(place))
    QApplication.sendEvent(hand.reader.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    chosen = session.chosen_annotation
    assert chosen is not None
    possible = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert possible["Delete annotation\tDelete"]
    assert possible["Change the label…"], "it may be relabelled"
    assert possible["Move the borders\tF2"]
    assert possible["Guideline of the label"]
    assert hand.window.actions["guideline"].shortcut().toString() == "F1"
    QTest.qWait(100)  # as long as a hand takes: a menu that came just now is not let go of yet
    menu.setActiveAction(next(action for action in menu.actions() if action.text() == "Change the label…"))
    QTest.keyClick(menu, Qt.Key.Key_Return)
    QTest.qWait(1)
    assert len(kit.layer(hand)) == 2, "the right button deleted something"
    hand.type("facil")
    hand.keys("Return")
    assert "FACILITY" in {name for name, _words in kit.layer(hand)}
    hand.keys("Escape")


def test_another_label_is_picked_for_what_is_chosen(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    hand.keys("Shift+Tab")
    hand.do("pick-label")
    hand.type("city")
    hand.keys("Return")
    assert kit.layer(hand) == [("CITY", "Arvenia")]
    hand.keys("Escape", "Ctrl+Z")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]


def test_borders_are_moved_from_the_menu(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    hand.keys("Shift+Tab")
    hand.window.articles.view.setFocus()
    hand.do("borders")
    hand.keys("Right", "Return")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia, Karesh")]


def test_f1_says_what_a_label_means(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    said: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        said.extend((dialog.findChildren(QLabel)[0].text(), dialog.text.toPlainText()))
        hand.keys("Escape")

    hand.answer("guideline", read)
    hand.keys("F1")
    assert said[0] == "Country"
    assert len(said[1]) > 20


def test_the_digit_of_a_label_picks_it_as_it_labels_in_the_text(hand: Hand) -> None:
    picker = hand.window.over.picker
    kit.drag(hand, "Arvenia")
    hand.keys("Return", "3")
    assert (kit.layer(hand), picker.isVisible(), hand.reader.hasFocus()) == ([("COUNTRY", "Arvenia")], False, True)
    kit.drag(hand, "Toll")
    hand.keys("Return", "e", "3")
    assert picker.search.text() == "e3", "after a letter it is one more"
    hand.keys("Backspace", "Backspace", "5")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("EVENT", "Toll")]


def test_a_digit_that_is_no_key_of_what_is_listed_is_typed(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    hand.keys("Shift+Tab")
    hand.do("pick-label")
    hand.keys("3")
    picker = hand.window.over.picker
    assert picker.isVisible()
    assert picker.search.text() == "3", "what it is already is not listed"
    hand.keys("Backspace", "1")
    assert kit.layer(hand) == [("PERSON", "Arvenia")]


@pytest.mark.parametrize("below", [True, False])
def test_it_is_as_high_as_what_it_lists_and_its_field_stands_still(hand: Hand, below: bool) -> None:
    kit.drag(hand, "Arvenia")
    picker = hand.window.over.picker
    screen = picker.screen().availableGeometry()
    words = QRect(screen.left() + 100, screen.top() + 20 if below else screen.bottom() - 44, 80, 24)
    picker.ask(words)
    full = picker.geometry()
    assert (full.top() > words.bottom()) is below
    hand.type("event")
    assert picker.model.rowCount() < ROWS // 2
    assert picker.geometry().topLeft() == full.topLeft()
    if below:
        assert picker.view.height() == picker.view.rowHeight(0) * picker.model.rowCount()
        assert picker.height() < full.height()
    else:
        assert picker.size() == full.size(), "it stays beside the words"
    hand.keys(*["Backspace"] * 5)
    assert picker.size() == full.size()
    moved = picker.geometry().top() - full.top()
    assert abs(moved) <= 2, "but for the frame that this platform takes it to have"
    hand.keys("Escape")
