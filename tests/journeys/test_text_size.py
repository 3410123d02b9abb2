"""Another size of the text, or of the window, in the middle of a long article: nothing is done that nobody looks at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.span_index import BEGINNING
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.hand import Hand
from rubricator_gui.reader.document import lanes_of

LINE = "Port Velis and the Council of Arvenia met the harbour ministers, and nobody saw it happen at all. " * 2
TEXT = f"{LINE}\n\n" * 2_000
MIDDLE = TEXT.index("Council", len(TEXT) // 2)


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "long.rubric", (TEXT,)), 960, 800)
    hand.click(MIDDLE)
    return hand


def laid_out_below(hand: Hand) -> int:
    """Return how many paragraphs below the one in the middle are laid out."""
    block, count = hand.reader.page.block_at(MIDDLE), 0
    while (block := block.next()).isValid() and block.layout().lineCount():
        count += 1
    return count


def shown(hand: Hand) -> bool:
    """Say whether the place in the middle is seen, without going there."""
    reader = hand.reader
    top = reader.page.character_rect(MIDDLE).top() - reader.verticalScrollBar().value()
    return 0 <= top < reader.viewport().height()


def test_nothing_below_is_laid_out_for_another_size(hand: Hand) -> None:
    paper, reader = hand.reader.paper, hand.reader
    for change in (reader.smaller, lambda: hand.window.resize(1000, 800), reader.narrower, reader.larger):
        change()
        assert laid_out_below(hand) < 100
        assert shown(hand)
    assert reader.paper is paper, "what Qt knows of its words was thrown away"


def test_the_caret_and_what_is_selected_stay(hand: Hand) -> None:
    hand.double_click(MIDDLE)
    hand.keys("Ctrl++")
    assert hand.reader.ends() == (MIDDLE, MIDDLE + 7)
    hand.keys("2")
    assert [words for _label, words in kit.layer(hand)] == ["Council"]


def test_what_is_read_after_it_has_its_lanes(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "deep.rubric", (TEXT,))
    last = TEXT.rindex("Council")
    assert last > BEGINNING
    with Project.open(path, Settings().me()) as project:
        spans = [Span.of(last, last + 7 + n) for n in range(5)]
        project.annotate("a1", "ORGANIZATION", spans, exact=True)
    hand = start(path)
    session, reader = hand.window.session, hand.reader
    session.show_article("a1")
    reader.larger()
    hand.wait_until(lambda: session.spans.loaded, "all is read")
    hand.wait_until(lambda: lanes_of(reader.page.block_at(last), reader.page.m) == reader.page.m.most_lanes, "lanes")


def test_a_size_that_was_set_in_another_window_confuses_nobody(hand: Hand) -> None:
    reader = hand.reader
    Settings().set("text.size", 24)
    hand.do("numbers")  # the settings are read anew
    drawn = reader.page.m.pixels
    hand.keys("Ctrl++")
    assert reader.page.m.pixels > drawn
    hand.keys("Ctrl+-")
    assert reader.page.m.pixels == drawn


@pytest.mark.parametrize("then", ["goes on", "quits"])
def test_the_size_is_kept_once_it_is_seen(hand: Hand, then: str) -> None:
    hand.window.actions["larger"].trigger()
    assert Settings().get("text.size") == 17, "a key waits for no file"
    if then == "quits":
        hand.window.close()
    else:
        hand.wait_until(lambda: Settings().get("text.size") == 20, "it is kept")
    assert Settings().get("text.size") == 20


@pytest.mark.parametrize("how", ["Ctrl++", "another article", "closer", "narrower", "space"])
def test_who_scrolled_there_with_the_caret_at_the_top_stays_there(start: Start, tmp_path: Path, how: str) -> None:
    """Qt knows how long the document is once it was laid out: its bar takes no place further down before."""
    kit.introduced()
    hand = start(kit.project(tmp_path / "long.rubric", (TEXT, "Short one.\n")), 1440, 900)
    hand.window.session.wish_offers(False)
    reader, bar = hand.reader, hand.reader.verticalScrollBar()

    def first() -> int:
        return reader.page.first_whole(bar.value(), bar.value() + reader.viewport().height())

    QTest.qWait(40)
    bar.setValue(bar.maximum() // 2)
    QTest.qWait(40)
    place = first()
    assert place > len(TEXT) // 4
    match how:
        case "another article":
            hand.keys("Ctrl+PgDown", "Ctrl+PgUp")
        case "closer":
            hand.do("close-lines")
        case "narrower":
            hand.window.resize(900, 800)
        case "space":
            reader.show_space(True)
        case _:
            hand.keys(how)
    QTest.qWait(40)
    assert abs(first() - place) < len(LINE)


NAMES = "The eighth meeting of the Secretaries of the Security Council of the Sund member states opened on 3 March.\n\n"


@pytest.mark.parametrize("how", ["Ctrl+-", "Ctrl++", "closer"])
def test_the_end_can_be_read_whatever_gets_room_meanwhile(start: Start, tmp_path: Path, how: str) -> None:
    """Qt lays out bit by bit, and takes what it has not come to for done where a change ends before that."""
    kit.introduced()
    hand = start(kit.project(tmp_path / "names.rubric", (NAMES * 14 + LINE * 4,)), 1366, 768)
    reader, session = hand.reader, hand.window.session
    hand.wait_until(lambda: any(offer.end - offer.start > 60 for offer in session.offer_spans), "offers")
    QTest.qWait(100)
    if how == "closer":
        hand.do("close-lines")
    else:
        hand.keys(how)
    QTest.qWait(200)
    block, blocks = reader.paper.begin(), []
    while block.isValid():
        blocks.append(block.layout().lineCount())
        block = block.next()
    assert all(blocks), blocks
    hand.keys("Ctrl+End")
    last = reader.page.character_rect(len(session.text.rstrip()) - 1)
    assert last.bottom() <= reader.verticalScrollBar().value() + reader.viewport().height()


def test_what_is_deep_far_down_has_its_lanes_whoever_read_it_first(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "Head\n\n" + "Alpha Beta Gamma Delta met in the town of Toll on the river.\n" * 700
    at = text.index("Alpha", 30_000)
    path = kit.project(tmp_path / "deep.rubric", (text, "Short one.\n"))
    with Project.open(path, Settings().me()) as project:
        labels = ("PERSON", "ORGANIZATION", "COUNTRY", "CITY")
        for label, words in zip(
            labels, ("Alpha", "Alpha Beta", "Alpha Beta Gamma", "Alpha Beta Gamma Delta"), strict=True
        ):
            project.annotate("a1", label, [Span.of(at, at + len(words))])
    hand = start(path, 1280, 800)
    hand.window.session.wish_offers(False)
    for _time in range(3):
        hand.keys("Ctrl+PgDown")
        QTest.qWait(20)
        hand.keys("Ctrl+PgUp")
        page = hand.reader.page
        page.spans.load()  # as the strip beside the text does, and others
        QTest.qWait(100)
        assert lanes_of(page.block_at(at), page.m) == 4
