"""What is cut off in the card has a second line, where there is room for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui.hand import Hand
from rubricator_gui.panels.fact_line import line_height
from rubricator_gui.wording import isolated

NAME = "Standing Conference of the Harbour Secretaries of the Northern States"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "harbour.rubric", [f"{kit.STORY}\nIt is the {NAME}.\n"]))


@pytest.mark.parametrize(("size", "quote_lines", "fact_lines"), [((1366, 768), 1, 2), ((1600, 1040), 2, 2)])
def test_an_entity_then_the_quote_is_told_in_two_lines(
    hand: Hand, size: tuple[int, int], quote_lines: int, fact_lines: int
) -> None:
    session, card = hand.window.session, hand.window.sections.chosen
    hand.show(*size)
    kit.label(hand, NAME, "2")
    hand.click(kit.at(hand, NAME)[0] + 2)
    QTest.qWait(40)
    place = card.note_field.mapTo(hand.window, card.note_field.rect().topLeft())
    assert card._head._given == 2, "nothing else is said"
    assert card._head.lines(2 * card._head.width()) == 1, "and all of it"
    session.linking.choose_entity([session.chosen_annotation], NAME)
    QTest.qWait(40)
    assert card.entity.words.height() == fact_lines * line_height()
    assert card._head._given == quote_lines
    assert not card._said.verticalScrollBar().maximum(), "all of it is seen"
    assert card.note_field.mapTo(hand.window, card.note_field.rect().topLeft()) == place, "the note stands still"


def test_a_second_line_gives_way_to_what_is_said(hand: Hand) -> None:
    session, card = hand.window.session, hand.window.sections.chosen
    hand.show(1366, 768)
    kit.label(hand, NAME, "2")
    hand.click(kit.at(hand, NAME)[0] + 2)
    session.linking.choose_entity([session.chosen_annotation], NAME)
    session.comments.add(session.chosen_annotation, "Is it a body?")
    QTest.qWait(40)
    assert card.entity.words.height() == line_height()
    assert not card._said.verticalScrollBar().maximum()


def test_the_hover_card_says_whole_what_is_linked(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, NAME, "2")
    start, _end = kit.at(hand, NAME)
    hand.click(start + 2)
    session.linking.choose_entity([session.chosen_annotation], NAME)
    session.choose(None)
    rect = hand.reader.rect_at(start)
    hand.rest_on(QPoint(rect.left() + 2, rect.center().y()))
    card = hand.window.over.card
    assert card.isVisible()
    seen = " ".join(line.words for line in card._lines)
    assert isolated(NAME) in seen
    assert "(the line on its chip)" in seen
    assert "…" not in seen


def test_its_heading_says_what_it_tells_of(hand: Hand) -> None:
    card = hand.window.sections.chosen
    kit.label(hand, "Arvenia", "3")
    hand.keys("Escape", "Escape")
    assert card.title == "Chosen annotation"
    kit.drag(hand, "Harbour")
    assert (card.title, card.accessibleName()) == ("Selected words", "Selected words")
    hand.keys("Escape")
    hand.wait_until(lambda: len(hand.window.session.offer_spans) > 0, "something is suggested")
    hand.keys("Tab")
    assert hand.window.session.offered is not None
    assert card.title == "Suggestion"
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    assert card.title == "Chosen annotation"


def test_a_long_note_is_seen_in_whole_lines(hand: Hand) -> None:
    session, field = hand.window.session, hand.window.sections.chosen.note_field
    hand.show(1280, 760)
    kit.label(hand, NAME, "2")
    hand.click(kit.at(hand, NAME)[0] + 2)
    QTest.qWait(40)
    bar = field.verticalScrollBar()
    assert bar.maximum() == 0, "an empty one has nothing to scroll to"
    session.labelling.write_note("Is it a body of its own, or only a meeting? The guideline tells nothing of it. " * 4)
    QTest.qWait(40)
    assert bar.maximum() > 0, "there is more than is seen"
    line = field.blockBoundingRect(field.firstVisibleBlock()).height() / field.document().size().height()
    whole, cut = divmod(field.viewport().height(), line)
    assert (whole, cut) == (2, 1)
    for at in (0, 1, bar.maximum()):
        bar.setValue(at)
        assert abs(field.contentOffset().y() + at * line) <= 1, "nothing of the line before"
