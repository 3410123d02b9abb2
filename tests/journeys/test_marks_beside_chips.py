"""Marks of notes and comments beside chips take room in their lanes, and never that of another annotation."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator.settings import Settings
from rubricator_gui.hand import Hand

NAMES = "Bo Li Xu Yi Wu He Ma Lu Ng Oh Ko Su"
TEXT = f"It was so.\n\n{', '.join(NAMES.split())} met, and nobody else.\n\nSo it was.\n"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "short.rubric", (TEXT, "Another one.")), 1280, 800)
    hand.window.session.wish_offers(False)
    for name in NAMES.split():
        kit.label(hand, name, "1")
    hand.keys("Escape", "Escape")
    return hand


def hidden(hand: Hand) -> int:
    """Return how many annotations are only counted."""
    page, block, found = hand.reader.page, hand.reader.paper.begin(), 0
    while block.isValid():
        found += sum(len(pill.ids) for pill in page.scene(block).pills)
        block = block.next()
    return found


def write(hand: Hand, what: str) -> None:
    session = hand.window.session
    for one in list(session.spans):
        if what == "note":
            session.do(session.ready.write_note, session.spans[one.id], "Look again.")
        else:
            session.comments.add(session.spans[one.id], "Is it?")
    QTest.qWait(20)


@pytest.mark.parametrize("order", [("note", "comment"), ("comment", "note")])
def test_no_annotation_gives_way_to_marks_of_others(hand: Hand, order: tuple[str, str]) -> None:
    session = hand.window.session
    for what in order:
        write(hand, what)
        assert hidden(hand) == 0
    session.show_article("a2")
    session.show_article("a1")
    assert hidden(hand) == 0
    for change in (hand.reader.larger, hand.reader.larger, hand.reader.normal_size, hand.reader.narrower):
        change()
        assert hidden(hand) == 0


def test_chips_stand_where_they_stand_from_the_first_paint_on(hand: Hand) -> None:
    session, reader = hand.window.session, hand.reader

    def places() -> list[object]:
        block = reader.page.block_at(TEXT.index("Bo"))
        return [(mark.id, mark.bar.lane, mark.bar.chip) for mark in reader.page.scene(block).marks]

    write(hand, "comment")
    session.show_article("a2")
    session.show_article("a1")
    reader.viewport().repaint()
    first = places()
    QTest.qWait(150)
    assert places() == first


def drawn(hand: Hand, quote: str) -> tuple[bool, bool]:
    """Return whether a note and comments are drawn beside a chip."""
    one = next(one for one in hand.window.session.spans if one.quote == quote)
    mark = hand.reader.page.mark_of(one)
    assert mark is not None
    return mark.style.noted, mark.style.commented


def test_marks_give_way_where_a_chip_is_drawn_for_that_and_comments_before_notes(start: Start, tmp_path: Path) -> None:
    """Of one paragraph: a line with room, one where marks have no room, and one where nothing helps."""
    kit.introduced()
    Settings().set("reader.lanes", 2)
    names = f"{', '.join(NAMES.split())} met the Port Velis Harbour Authority at noon, "
    crowd = "and the Council of Toll met in the evening, and so on and on it went, until all had gone home by boat, "
    text = f"So.\n\n{names}{crowd}and the lights at Arvenia went out, as nobody was there who needed them.\n"
    hand = start(kit.project(tmp_path / "short.rubric", (text, "Another one.")), 1280, 800)
    session = hand.window.session
    session.wish_offers(False)

    def give(quote: str, *labels: str) -> None:
        for label in labels:
            session.do(session.ready.annotate, "a1", label, [Span((kit.at(hand, quote),))])

    for name in NAMES.split():
        give(name, "PERSON")
    for quote in ("evening", "Arvenia"):
        give(quote, "DATE")
    give("Council of Toll", *(label.name for label in session.scheme.labels[:7]))
    QTest.qWait(50)
    beyond_help = hidden(hand)
    assert beyond_help > 0
    for what in ("note", "comment"):
        write(hand, what)
        assert hidden(hand) == beyond_help
    assert {drawn(hand, name) for name in NAMES.split()} == {(True, False)}, "without their comments all have room"
    assert drawn(hand, "evening") == (True, True), "its line is crowded whatever goes"
    assert drawn(hand, "Arvenia") == (True, True)
