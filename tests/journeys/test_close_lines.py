"""Lines that stand closer, where one wishes so: room for one lane, and more only where it is needed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start
from tests.journeys.test_keys import choose
from tests.journeys.test_review import begun

from rubricator.model.spans import Span
from rubricator.settings import Settings
from rubricator_gui.hand import Hand
from rubricator_gui.reader.document import lanes_of
from rubricator_gui.reader.sheet import Sheet

LINE = "Port Velis and the Council of Arvenia met the harbour ministers, and nobody saw it happen at all. " * 3
TEXT = f"{LINE}\n\n" * 60
SHORT = "Nobody saw it. " * 10 + "\n\nIn 5 to 9 of 12 to 14 or 16 of 17 the sum is 3 to 7 of it.\n\n" + LINE
NUMBERS = ("5", "9", "12", "14", "16", "17", "3", "7")


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "close.rubric", (TEXT, SHORT)), 1366, 768)


def pitch(sheet: Sheet) -> float:
    """Return how far the first two lines stand apart."""
    (first, _), (second, _), *_more = sheet.page.line_places(sheet.paper.firstBlock())
    return second - first


def seen_at(sheet: Sheet, offset: int) -> int:
    """Return how far below the edge a character is seen."""
    return round(sheet.page.character_rect(offset).top()) - sheet.verticalScrollBar().value()


def test_lines_stand_closer_and_the_place_stays(hand: Hand, start: Start) -> None:
    reader, wide = hand.reader, pitch(hand.reader)
    middle = TEXT.index("Council", len(TEXT) // 2)
    hand.click(middle)
    top = reader.page.first_whole(reader.verticalScrollBar().value(), 10**6)
    was, lines = seen_at(reader, top), reader.viewport().height() / wide
    choose(hand, "closer")
    assert pitch(reader) == wide - reader.page.m.pitch
    assert reader.viewport().height() / pitch(reader) > lines * 1.25, "a quarter more is seen"
    assert seen_at(reader, top) == was
    assert hand.window.actions["close-lines"].isChecked()
    assert Settings().get("reader.close")
    close, path = pitch(reader), hand.window.session.ready.path
    hand.window.close()
    again = start(path)
    assert again.window.actions["close-lines"].isChecked()
    assert pitch(again.reader) == close
    choose(again, "closer")
    assert pitch(again.reader) == wide


def test_what_lies_over_another_gets_its_lane_and_its_line_stays(hand: Hand) -> None:
    hand.do("close-lines")
    reader = hand.reader
    start = TEXT.index("Council of Arvenia", len(TEXT) // 2)
    kit.label(hand, "Arvenia", "3", TEXT[:start].count("Arvenia"))
    block = reader.page.block_at(start)
    assert lanes_of(block, reader.page.m) == 1
    was = seen_at(reader, start)
    hand.drag(start, start + len("Council of Arvenia"))
    hand.keys("2")
    hand.wait_until(lambda: lanes_of(reader.page.block_at(start), reader.page.m) == 2, "it has its lane")
    assert seen_at(reader, start) == was
    assert not reader.page.scene(reader.page.block_at(start)).pills


def test_chips_that_do_not_fit_beside_each_other_have_a_lane_when_one_comes_back(hand: Hand) -> None:
    session, reader = hand.window.session, hand.reader
    hand.do("suggestions")
    session.show_article("a2")
    for words in NUMBERS:
        start = SHORT.index(f" {words} ") + 1
        hand.drag(start, start + len(words))
        hand.keys("N")
    hand.do("close-lines")
    for _time in range(2):
        hand.wait_until(lambda: len(marks(reader)) == len(NUMBERS), "all are drawn")
        session.show_article("a1")
        session.show_article("a2")


@pytest.mark.parametrize("late", [False, True])
def test_lines_grow_when_a_drag_has_ended_and_till_then_nearly_nothing_is_done(hand: Hand, late: bool) -> None:
    """What comes meanwhile may come from another window."""
    hand.do("close-lines")
    session, reader, viewport = hand.window.session, hand.reader, hand.reader.viewport()
    session.wish_offers(False)
    calls: list[str] = []
    reader._crowded.timeout.connect(lambda: calls.append("crowded"))
    reader._room_soon.timeout.connect(lambda: calls.append("labelled"))
    start = TEXT.index("Council of Arvenia")
    begin = reader._to_viewport(reader.page.character_rect(start + 200)).center()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(viewport, begin + QPoint(60, 0))
    for label, length in (("ORGANIZATION", 18), ("COUNTRY", 7)):
        session.do(session.ready.annotate, "a1", label, [Span.of(start, start + length)])
    if late:  # when what was labelled was looked at already, only what is painted tells
        reader._labelled.clear()
    QTest.qWait(400)
    assert lanes_of(reader.page.block_at(start), reader.page.m) == 1, "what lies under the mouse stays there"
    assert calls.count("crowded") < 20
    assert calls.count("labelled") < 20
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin + QPoint(60, 0))
    hand.wait_until(lambda: lanes_of(reader.page.block_at(start), reader.page.m) == 2, "it has its lane")


def marks(reader: Sheet) -> set[str]:
    """Return what is drawn, and not only counted, in the line of numbers."""
    return {mark.id for mark in reader.page.scene(reader.page.block_at(SHORT.index("In 5"))).marks}


def test_the_review_has_its_lines_as_they_are_wished(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = begun(start, reviewed.project(tmp_path / "news.rubric", Settings().me()))
    sheet = hand.window.reviewer.pane.sheet
    least = sheet.page.m.least_lanes
    choose(hand, "closer")
    assert sheet.page.m.least_lanes == least - 1
    hand.keys("Ctrl++", "F8")
    assert hand.reader.page.m.close, "the article was not seen when it was wished"
    assert hand.reader.page.m.pixels == sheet.page.m.pixels
    choose(hand, "closer")
    hand.keys("F8")
    assert sheet.page.m.least_lanes == least


NAMES = (
    "The eighth meeting of the Secretaries of the Security Council of the Sund member states opened on 3 March 2021.\n"
)


@pytest.mark.parametrize("how", ["smaller", "closer", "closer smaller"])
def test_lines_do_not_move_at_the_first_suggestion_taken_after_another_size(
    start: Start, tmp_path: Path, how: str
) -> None:
    """Room for what will be suggested inside of long names comes with the size, and not with what one does next."""
    kit.introduced()
    hand = start(kit.project(tmp_path / "names.rubric", (f"{NAMES}\n{NAMES}\nNobody saw it.\n",)), 1366, 768)
    reader = hand.reader
    hand.wait_until(lambda: any(offer.end - offer.start > 60 for offer in hand.window.session.offer_spans), "offers")
    QTest.qWait(40)
    for what in how.split():
        if what == "closer":
            choose(hand, "closer")
        else:
            hand.keys("Ctrl+-")
    QTest.qWait(40)
    last = len(hand.window.session.text) - 5
    stood = seen_at(reader, last)
    hand.click(hand.window.session.text.index("March") + 1)
    assert hand.window.session.offered is not None
    hand.keys("Space")
    QTest.qWait(40)
    assert seen_at(reader, last) == stood
    assert (pitch(reader) > reader.page.m.line_box + 3 * reader.page.m.pitch) == ("closer" not in how), "its third lane"
