"""Marks of notes and comments beside chips take room in their lanes, and never that of another annotation."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start

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
