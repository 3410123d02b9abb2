"""The bar that finds words opens over the text and closes: the words under the eye stay where they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start
from tests.journeys.test_review import begun

from rubricator.settings import Settings
from rubricator_gui.hand import Hand
from rubricator_gui.reader.sheet import Sheet

LINE = "Port Velis and the Council of Arvenia met the harbour ministers, and nobody saw it happen at all. " * 2
TEXT = f"{LINE}\n\n" * 60


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "long.rubric", (TEXT,)), 1366, 768)


def on_screen(sheet: Sheet, offset: int) -> int:
    """Return how far down the screen a character stands, without going there."""
    below = round(sheet.page.character_rect(offset).top()) - sheet.verticalScrollBar().value()
    return sheet.viewport().mapToGlobal(sheet.viewport().rect().topLeft()).y() + below


def first_seen(sheet: Sheet) -> int:
    top = sheet.verticalScrollBar().value()
    return sheet.page.first_whole(top, top + sheet.viewport().height())


@pytest.mark.parametrize("share", [0, 0.5, 1], ids=["beginning", "middle", "end"])
def test_the_words_stay_when_the_bar_opens_and_when_it_closes(hand: Hand, share: float) -> None:
    reader = hand.reader
    hand.click(TEXT.index("Council", round(len(TEXT) * min(share, 0.9))))
    bar = reader.verticalScrollBar()
    bar.setValue(round(bar.maximum() * share))
    word, scrolled = first_seen(reader), bar.value()
    was = on_screen(reader, word)
    for _time in range(2):
        hand.keys("Ctrl+F")
        find = hand.window.over.finding.bar
        assert find.isVisible()
        assert find.height() > 20
        assert on_screen(reader, word) == was
        hand.keys("Ctrl+F")
        assert on_screen(reader, word) == was, "it was open already"
        hand.keys("Escape")
        assert find.isHidden()
        assert on_screen(reader, word) == was
        assert bar.value() == scrolled


def test_one_is_back_where_one_was_after_a_hit_was_looked_at(hand: Hand) -> None:
    reader = hand.reader
    hand.click(TEXT.index("Council", len(TEXT) // 2))
    word = first_seen(reader)
    was = on_screen(reader, word)
    hand.keys("Ctrl+F")
    hand.type("arvenia")
    hand.wait_until(lambda: hand.window.over.finding.bar.count.text() == "120 found", "hits")
    hand.keys("Escape")
    assert on_screen(reader, word) == was


def test_in_the_review_they_stay_too(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    text = "Again. " + reviewed.TEXT * 3
    hand = begun(start, reviewed.project(tmp_path / "news.rubric", Settings().me(), [text]), 1366, 768)
    sheet = hand.window.reviewer.pane.sheet
    sheet.verticalScrollBar().setValue(sheet.verticalScrollBar().maximum() // 2)
    word = first_seen(sheet)
    was = on_screen(sheet, word)
    hand.keys("Ctrl+F")
    assert hand.window.reviewer.find_bar.isVisible()
    assert on_screen(sheet, word) == was
    hand.keys("Escape")
    assert hand.window.reviewer.find_bar.isHidden()
    assert on_screen(sheet, word) == was
