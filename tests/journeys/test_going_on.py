"""Where Tab leads after scrolling and after several suggestions were accepted; the list shows what is new."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator_gui.hand import Hand
from rubricator_gui.offered import id_of

GAP = "Nobody saw any of it.\n\n" * 30
TEXT = f"Arvenia, Karesh, Toll and Sund met.\n\n{GAP}So did not Toll, and Sund neither.\n\n{GAP}Karesh went.\n"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "far.rubric", (TEXT,)))
    kit.label(hand, "Arvenia", "3")
    found(hand)
    hand.keys("Escape", "Ctrl+Home")
    return hand


def found(hand: Hand) -> None:
    session = hand.window.session
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "offers were looked for")
    QTest.qWait(20)


def at(hand: Hand) -> str:
    """Return the words that are walked to, with where they stand: the first, second ... time in the article."""
    session = hand.window.session
    held = session.offered.span if session.offered is not None else session.chosen_annotation.span
    words = held.quote(session.text)
    return f"{words} {session.text[: held.start].count(words) + 1}"


def test_after_all_that_is_seen_was_accepted_tab_goes_to_what_is_next(hand: Hand) -> None:
    hand.keys("Ctrl+Shift+Return")
    found(hand)
    assert len(kit.layer(hand)) == 4
    assert hand.window.session.current is None
    hand.keys("Tab")
    assert at(hand) == "Toll 2"
    assert hand.window.session.offered is not None


def test_what_follows_between_what_was_accepted_comes_first(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    story = f"Anna Lopes agreed.\n\nNobody asked Lopes.\n\nArmenia agreed.\n\n{GAP}Armenia went.\n"
    hand = start(kit.project(tmp_path / "more.rubric", (story,)))
    found(hand)
    hand.keys("Ctrl+Shift+Return")
    assert hand.window.status.notice == "Accepted 2 suggestions. 1 more follows from them."
    assert at(hand) == "Lopes 2"
    hand.keys("Space")
    assert ("PERSON", "Lopes") in kit.layer(hand)
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert kit.layer(hand) == []


def test_tab_after_space_that_scrolled_stays_with_the_one_it_came_to(hand: Hand) -> None:
    session, bar = hand.window.session, hand.reader.verticalScrollBar()
    hand.keys("Tab", "Tab", "Space", "Space", "Space")
    assert session.offered is None
    for _n in range(10):
        hand.keys("Space")
        if session.offered is not None:
            break
    assert bar.value() > 0
    assert at(hand) == "Toll 2"
    hand.keys("Tab")
    assert at(hand) == "Toll 2", "it was looked at for the first time"
    hand.keys("Tab")
    assert at(hand) == "Sund 2"
    hand.keys("Shift+Tab", "Tab")
    assert at(hand) == "Sund 2", "who walks there knows it"


def test_space_goes_back_to_what_one_has_scrolled_past(hand: Hand) -> None:
    hand.keys("Ctrl+Shift+Return")
    found(hand)
    assert "Space goes on" in hand.window.status.notice
    bar = hand.reader.verticalScrollBar()
    bar.setValue(bar.maximum())
    QTest.qWait(300)
    hand.keys("Space")
    assert at(hand) == "Toll 2", "that was said"
    assert bar.value() < bar.maximum()


def test_space_accepts_at_once_what_scrolling_came_to(hand: Hand) -> None:
    session = hand.window.session
    hand.keys("Tab", "Tab", "Space", "Space", "Space")
    for _n in range(10):
        hand.keys("Space")
        if session.offered is not None:
            break
    hand.keys("Space")
    assert kit.layer(hand)[-1] == ("COUNTRY", "Toll")
    assert at(hand) == "Sund 2"
    hand.keys("Tab")
    assert at(hand) == "Karesh 2", "the way from one to the next is walked with Tab as ever"


def test_the_list_shows_what_was_just_accepted(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    lines = "\n\n".join(f"Harbour {n} is open to Arvenia, Karesh and Toll, says No. {n}." for n in range(12))
    hand = start(kit.project(tmp_path / "many.rubric", (lines,)))
    session, rows = hand.window.session, hand.window.sections.annotations.view
    hand.window.side.bring("annotations")
    kit.label(hand, "Arvenia", "3")
    found(hand)
    hand.keys("Escape", "Ctrl+Home", "Ctrl+Shift+N")
    for _n in range(24):
        words = session.offered
        assert words is not None
        hand.keys("Space")
        if session.offered is None:
            break
        new = session.spans.place(next(a.id for a in session.spans if a.span == words.span))
        seen = rows.visualRect(rows.model().index(new, 0))
        assert rows.viewport().rect().contains(seen), "seen whole"
    assert rows.verticalScrollBar().value() > 0, "it had to go on"


def test_the_label_of_what_was_accepted_is_the_last_one(hand: Hand) -> None:
    kit.label(hand, "So", "1")
    found(hand)
    hand.keys("Escape", "Ctrl+Home", "Tab", "Tab", "Space")
    session = hand.window.session
    assert [words for _label, words in kit.layer(hand)][1] == "Karesh"
    session.select(Span.of(*kit.at(hand, "Nobody")))
    hand.keys("F4")
    assert ("COUNTRY", "Nobody") in kit.layer(hand)
    hand.keys("Ctrl+Z", "Ctrl+Z")
    session.select(Span.of(*kit.at(hand, "Nobody")))
    hand.keys("F4")
    assert ("PERSON", "Nobody") in kit.layer(hand), "that was undone"


LONG = "eighth meeting of the Secretaries of the Harbour Council of the NHC member states"


def test_lines_stand_still_while_names_within_names_are_accepted(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    story = f"The {LONG} took place today, and nobody saw it.\n\nNobody else came.\n"
    hand = start(kit.project(tmp_path / "deep.rubric", (story,)))
    session = hand.window.session
    found(hand)
    where = story.index("Nobody else")
    stood = hand.reader.page.character_rect(where)
    hand.keys("Ctrl+Shift+N")
    for _n in range(4):
        if session.offered is None:
            break
        hand.keys("Space")
        found(hand)
    assert len(kit.layer(hand)) >= 3, "they lie in each other"
    assert not any(hand.reader.page.scene(hand.reader.page.block_at(at)).pills for at in (0, where)), "all are drawn"
    assert hand.reader.page.character_rect(where) == stood


@pytest.mark.parametrize("early", [False, True])
def test_lines_stand_still_where_nothing_was_offered_before_one_labels(
    start: Start, tmp_path: Path, early: bool
) -> None:
    kit.introduced()
    phrase = LONG.lower()
    story = f"nobody saw the {phrase} on that day.\n\n" * 3 + f"and then the {phrase} was here.\n\nnobody else came.\n"
    hand = start(kit.project(tmp_path / "low.rubric", ("Nothing here.\n", story)))
    session = hand.window.session
    found(hand)
    hand.keys("Ctrl+PgDown")
    if not early:
        found(hand)
        assert not session.offers
    where = story.index("nobody else")
    stood = hand.reader.page.character_rect(where)
    last = story.rindex(phrase)
    session.select(Span.of(last, last + len(phrase)))
    hand.keys("2")
    found(hand)
    assert len(session.offers) >= 3, "it stands three times more"
    assert hand.reader.page.character_rect(where) == stood


@pytest.mark.parametrize("how", ["undo of a label", "undo of a skip", "redo", "spaces and line breaks"])
def test_the_room_for_names_within_names_stays_whatever_brings_one_there(
    start: Start, tmp_path: Path, how: str
) -> None:
    kit.introduced()
    story = f"The {LONG} took place today, and nobody saw it.\n\nNobody else came.\n"
    hand = start(kit.project(tmp_path / "deep.rubric", ("Nothing here.\n", story)))
    session = hand.window.session
    hand.keys("Ctrl+PgDown")
    found(hand)
    where = story.index("Nobody else")

    def stands() -> tuple[float, tuple[object, ...]]:
        page = hand.reader.page
        return page.character_rect(where).top(), page.scene(page.block_at(0)).pills

    stood = stands()
    assert not stood[1]
    match how:
        case "undo of a label" | "redo":
            kit.label(hand, "today", "1")
            assert kit.layer(hand)
            hand.keys("Ctrl+PgUp", "Ctrl+Z")
            if how == "redo":
                found(hand)
                hand.keys("Ctrl+PgUp", "Ctrl+Y")
        case "undo of a skip":
            hand.keys("Ctrl+J")
            assert session.article is not None
            assert session.article.id == "a1"
            hand.keys("Ctrl+Z")
        case _:
            hand.do("space")
    found(hand)
    assert session.article is not None
    assert session.article.id == "a2"
    assert stands() == stood


def key(hand: Hand, label: str) -> str:
    return hand.window.session.scheme.by_name[label].key


@pytest.mark.parametrize("goes_on", ["Tab", "Space"])
def test_the_wrong_label_of_a_suggestion_is_corrected_by_the_right_key(hand: Hand, goes_on: str) -> None:
    hand.keys("Tab", "Tab")
    assert at(hand) == "Karesh 1"
    hand.keys(key(hand, "LOCATION"))
    assert ("LOCATION", "Karesh") in kit.layer(hand)
    hand.keys(key(hand, "CITY"))
    assert kit.layer(hand)[:2] == [("COUNTRY", "Arvenia"), ("CITY", "Karesh")]
    assert len(kit.layer(hand)) == 2, "the next suggestion was not touched"
    hand.keys(goes_on)
    assert at(hand) == "Toll 1"
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]


def test_enter_on_a_suggestion_has_a_label_picked_with_its_own_on_top(hand: Hand) -> None:
    hand.keys("Tab", "Tab", "Return")
    picker = hand.window.over.picker
    assert picker.isVisible()
    assert picker._labels.label(0).name == "COUNTRY"
    hand.keys("Return")
    assert kit.layer(hand)[:2] == [("COUNTRY", "Arvenia"), ("COUNTRY", "Karesh")]
    hand.keys("Tab", "Return")
    hand.type("place")
    hand.keys("Return")
    assert ("LOCATION", "Toll") in kit.layer(hand)


def test_the_key_that_accepts_a_screen_goes_on_to_the_next(hand: Hand) -> None:
    session, bar = hand.window.session, hand.reader.verticalScrollBar()
    hand.keys("Ctrl+Shift+Return")
    found(hand)
    assert "Space goes on" in hand.window.status.notice
    made = len(kit.layer(hand))
    hand.keys("Ctrl+Shift+Return")
    assert len(kit.layer(hand)) == made, "nothing is accepted that was not seen"
    assert at(hand) == "Toll 2"
    assert bar.value() > 0
    hand.keys("Ctrl+Shift+Return", "Ctrl+Shift+Return", "Ctrl+Shift+Return")
    found(hand)
    assert session.offers == []
    assert len(kit.layer(hand)) == 7


@pytest.mark.parametrize("width", [1000, 1120, 1600])
def test_what_keys_are_about_after_space_is_told_and_how_one_goes_back(
    start: Start, tmp_path: Path, width: int
) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", ["Arvenia, Karesh, Toll and Sund met. Karesh left with Sund.\n"]))
    hand.show(width, 800)
    session, status = hand.window.session, hand.window.status
    kit.label(hand, "Arvenia", "3")
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "it was looked for")
    hand.keys("Tab", "Space")
    assert status.notice == "Labelled “Karesh” as Country. Now “Toll”; Shift+Tab goes back."
    assert status._notice.width() >= status._notice.sizeHint().width(), "all of it is seen"
    place = status._place
    assert place.isVisible() == (width >= 1120)
    assert width < 1120 or place.text() == "Country? · Space accepts, Delete rejects"
    assert width < 1120 or place.width() >= place.sizeHint().width()
    hand.keys("Shift+Tab")
    chosen = session.chosen_annotation
    assert chosen is not None
    assert chosen.quote == "Karesh"
    assert status.notice == "Labelled “Karesh” as Country."
    hand.keys("1")
    assert ("PERSON", "Karesh") in kit.layer(hand)


def test_where_something_stands_between_no_key_is_said_to_go_back(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", ["Arvenia met Toll. Arvenia met Miss Lund, and Arvenia left.\n"]))
    session = hand.window.session
    hand.window.session.wish_offers(False)
    kit.label(hand, "Lund", "1")
    kit.label(hand, "Arvenia", "3")
    hand.window.session.wish_offers(True)
    hand.wait_until(lambda: len(session.offers) > 1, "it was looked for")
    session.choose(None)
    hand.keys("Ctrl+Home", "Tab", "Tab", "Space")
    assert hand.window.status.notice == "Labelled “Arvenia” as Country. Now “Arvenia”."


def test_what_is_seen_by_half_does_not_stand_further_up(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    filling = "nothing at all to see here\n\n"
    text = f"{filling * 3}In 1994 it began.\n\n{filling * 4}It ended on 12 May 1995.\n\n{filling * 60}"
    hand = start(kit.project(tmp_path / "half.rubric", (text,)), 1280, 800)
    found(hand)
    session, reader = hand.window.session, hand.reader
    first, second = session.offers
    line = reader.page.character_rect(first.span.start)
    reader.verticalScrollBar().setValue(int(line.top() + 0.3 * line.height()))
    session.choose(id_of(second))
    reader.setFocus()
    assert first in reader.visible_offers()
    hand.keys("Space")
    assert "further up" not in hand.window.status.notice
