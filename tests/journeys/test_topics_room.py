"""Topics that are called for have the room of the card, until something is chosen in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui import drawing
from rubricator_gui.hand import Hand
from rubricator_gui.panels.chosen import ChosenCard


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "harbour.rubric", [kit.STORY]))


def seen(card: ChosenCard) -> int:
    """Return how much of the note is seen, in pixels."""
    return card.note_field.viewport().visibleRegion().boundingRect().height()


@pytest.mark.parametrize(("size", "rows"), [((1440, 900), 11), ((1280, 800), 9), ((1366, 768), 9)])
def test_topics_have_room_when_they_are_called_and_the_card_when_something_is_chosen(
    hand: Hand, size: tuple[int, int], rows: int
) -> None:
    window = hand.window
    hand.show(*size)
    bar, card, tree = window.side._tabs, window.sections.chosen, window.sections.topics.tree
    kit.label(hand, "Arvenia", "3")
    hand.keys("Escape")
    QTest.qWait(40)
    stood = bar.mapTo(window, QPoint()).y()
    topics = bar.tabRect(bar.count() - 1).center()

    def away() -> bool:
        QTest.qWait(40)
        assert bar.mapTo(window, QPoint()).y() == stood, "the tabs stand still"
        assert card.isVisible() or tree.height() >= rows * tree.sizeHintForRow(0)
        return not card.isVisible()

    hand.keys("Ctrl+T")
    assert away()
    hand.keys("Escape")
    assert away(), "who looked for topics goes on with them"
    hand.click(kit.at(hand, "Arvenia")[0])
    assert not away()
    assert seen(card) == card.note_field.viewport().height(), "whole"
    hand.click_on(bar, topics)
    assert away(), "also where they are in front already"
    row = tree.visualRect(tree.model().index(2, 0)).center()
    hand.click_on(tree.viewport(), row)
    assert hand.window.session.tags, "a topic was given"
    assert away(), "nothing else was chosen"
    hand.reader.setFocus()
    kit.label(hand, "Karesh", "3", 1)
    assert ("COUNTRY", "Karesh") in kit.layer(hand)
    assert away(), "who labels words has chosen no annotation"
    hand.keys("Ctrl+T", "Escape", "Escape")
    assert away()
    hand.keys("Tab")
    assert window.session.offered is not None
    assert away(), "what is offered is no annotation yet"
    hand.click(kit.at(hand, "Arvenia")[0])
    assert not away()
    hand.keys("Ctrl+T", "Ctrl+Shift+Tab")
    assert not away(), "another tab has the card above it"
    hand.keys("Ctrl+Tab")
    assert away()


@pytest.mark.parametrize("size", [(1440, 900), (1600, 1000)])
def test_topics_stand_still_while_one_works_on_the_text_until_an_annotation_is_chosen(
    hand: Hand, size: tuple[int, int]
) -> None:
    window = hand.window
    hand.show(*size)
    kit.label(hand, "Arvenia", "3")
    hand.keys("Escape", "Escape", "Ctrl+T")
    QTest.qWait(40)
    tree = window.sections.topics.tree
    tree.expandAll()
    tree.verticalScrollBar().setValue(60)
    top = tree.indexAt(QPoint(40, 2)).data()

    def place() -> tuple[int, int, int]:
        QTest.qWait(40)
        return tree.mapTo(window, QPoint()).y(), tree.height(), tree.verticalScrollBar().value()

    stood = place()
    hand.reader.setFocus()
    for words in ("Harbour", "nine", "pilot"):
        hand.click(kit.at(hand, words)[0] + 1)
        assert place() == stood, "the caret was put there, or an offer is told of"
    kit.drag(hand, "Karesh", 1)
    assert place() == stood, "words are selected"
    hand.keys("3")
    assert ("COUNTRY", "Karesh") in kit.layer(hand)
    assert place() == stood, "words are labelled"
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    assert window.sections.chosen.isVisible()
    assert place()[::2] == stood[::2], "the card comes below it"
    assert tree.indexAt(QPoint(40, 2)).data() == top, "it shows the rows that it showed"
    hand.keys("Escape")
    assert not window.sections.chosen.isVisible(), "there is nothing to say"
    assert place() == stood


def test_a_note_is_seen_where_it_is_written_while_topics_have_the_room(hand: Hand) -> None:
    hand.show(1440, 900)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    hand.keys("Ctrl+T", "Escape", "Return")
    card = hand.window.sections.chosen
    assert card.note_field.hasFocus()
    hand.wait_until(lambda: seen(card) == card.note_field.viewport().height(), "it is seen")


@pytest.mark.parametrize("name", ["history", "entities"])
def test_history_and_entities_have_the_room_as_well(hand: Hand, name: str) -> None:
    hand.show(1440, 900)
    card, section = hand.window.sections.chosen, getattr(hand.window.sections, name)
    kit.label(hand, "Arvenia", "3")
    hand.keys("Escape")
    hand.do(name)
    QTest.qWait(40)
    assert not card.isVisible()
    high = section.height()
    hand.reader.setFocus()
    hand.click(kit.at(hand, "Arvenia")[0])
    QTest.qWait(40)
    assert card.isVisible()
    assert section.height() < high - card.height() // 2
    hand.do(name)
    hand.do(name)
    QTest.qWait(40)
    assert not card.isVisible()


def test_the_same_annotation_chosen_again_or_relabelled_has_its_card_back(hand: Hand) -> None:
    hand.show(1440, 900)
    card = hand.window.sections.chosen
    kit.label(hand, "Arvenia", "3")
    at = kit.at(hand, "Arvenia")[0] + 2
    hand.click(at)
    hand.keys("Ctrl+T")
    assert not card.isVisible()
    hand.click(at)
    assert card.isVisible()
    hand.keys("Ctrl+T", "Escape")
    assert not card.isVisible()
    hand.keys("6")
    assert kit.layer(hand) == [("LOCATION", "Arvenia")]
    assert card.isVisible()


@pytest.mark.parametrize("name", ["history", "entities"])
def test_a_tall_window_shows_what_was_called_for_in_tabs(hand: Hand, name: str) -> None:
    side = hand.window.side
    section = getattr(hand.window.sections, name)
    hand.show(1440, 900)
    hand.do(name)
    for size in ((1600, 1600), (1440, 900), (1600, 1600)):
        hand.show(*size)
        assert side._mode == "half"
        assert section.isVisible()
    hand.do(name)
    hand.wait_until(lambda: side._mode == "stack", "without it there is room for all")
    hand.do(name)
    assert side._mode == "half"
    assert section.isVisible()


def test_the_keys_go_through_all_labels_in_two_columns(hand: Hand) -> None:
    hand.show(1440, 900)
    view = hand.window.sections.labels.view
    labels = hand.window.sections.labels._model.labels
    assert view.model().columnCount() == 2
    view.setFocus()
    hand.keys("Home")
    met = [view.currentIndex().data()]
    for _n in labels[1:]:
        hand.keys("Down")
        met.append(view.currentIndex().data())
    assert met == [label.title for label in labels]
    hand.keys("Down")
    assert view.currentIndex().data() == labels[-1].title
    hand.keys("Home", "End")
    assert view.currentIndex().data() == labels[-1].title
    for _n in labels[1:]:
        hand.keys("Up")
    assert view.currentIndex().data() == labels[0].title
    hand.keys("Right")
    assert view.currentIndex().column() == 1


def test_the_title_of_a_sticky_label_is_whole_in_two_columns(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    hand.show(1440, 900)
    view, seen = hand.window.sections.labels.view, []
    assert view.model().columnCount() == 2
    elided = drawing.QFontMetrics.elidedText

    def watched(metrics: QFontMetrics, words: str, how: Qt.TextElideMode, width: int) -> str:
        seen.append(elided(metrics, words, how, width))
        return seen[-1]

    hand.keys("2")
    assert hand.window.session.sticky == "ORGANIZATION"
    monkeypatch.setattr(drawing.QFontMetrics, "elidedText", watched)
    view.viewport().grab()
    assert "Organization" in seen


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900), (1600, 1000)])
def test_no_title_of_the_news_labels_is_cut_in_two_columns(
    hand: Hand, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.show(*size)
    labels, seen = hand.window.sections.labels, []
    assert labels.view.model().columnCount() == 2
    elided = drawing.QFontMetrics.elidedText

    def watched(metrics: QFontMetrics, words: str, how: Qt.TextElideMode, width: int) -> str:
        seen.append(elided(metrics, words, how, width))
        return seen[-1]

    monkeypatch.setattr(drawing.QFontMetrics, "elidedText", watched)
    labels.view.viewport().grab()
    assert {label.title for label in labels._model.labels} <= {*seen}


@pytest.mark.parametrize("size", [(1440, 900), (1600, 1000), (1280, 800)])
def test_given_topics_keep_their_height_where_a_search_finds_none(hand: Hand, size: tuple[int, int]) -> None:
    hand.show(*size)
    panel = hand.window.sections.topics
    for name in ("elections", "diplomacy", "economy"):
        hand.keys("Ctrl+T")
        hand.type(name)
        hand.keys("Return")
    hand.keys("Ctrl+T")
    hand.type("e")
    QTest.qWait(40)
    stood = panel._given.height()
    hand.keys("Ctrl+T")
    hand.type("information security")
    QTest.qWait(40)
    assert panel.empty.isVisible(), "no topic of the project has these words"
    assert panel._given.height() == stood
    assert len(panel.chips.chips) == 3
    assert all(chip.visibleRegion().boundingRect() == chip.rect() for chip in panel.chips.chips)
    assert panel.empty.visibleRegion().boundingRect().contains(panel.empty.other.geometry()), "its buttons are whole"
