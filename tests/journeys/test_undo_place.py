"""Undo and redo show what they change: its place comes into view, and nothing moves where it is seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator_gui.hand import Hand

FILL = "Nobody saw it, and nobody said so.\n\n" * 80
TEXT = f"Arvenia met Karesh and Toll.\n\n{FILL}Arvenia met Sund at last.\n\n{FILL}"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    made = start(kit.project(tmp_path / "p.rubric", (TEXT, TEXT)))
    made.window.session.wish_offers(False)
    return made


def scrolled(hand: Hand) -> int:
    return hand.reader.verticalScrollBar().value()


def seen(hand: Hand, words: str) -> bool:
    return hand.reader.in_view(kit.at(hand, words)[0])


def test_what_vanishes_or_comes_back_comes_into_view(hand: Hand) -> None:
    kit.label(hand, "Sund", "3")
    hand.keys("Ctrl+Home")
    assert not seen(hand, "Sund")
    hand.keys("Ctrl+Z")
    assert kit.layer(hand) == []
    assert seen(hand, "Sund")
    hand.keys("Ctrl+End")
    assert not seen(hand, "Sund")
    hand.keys("Ctrl+Y")
    assert kit.layer(hand) == [("COUNTRY", "Sund")]
    assert seen(hand, "Sund")
    assert hand.window.status.notice.startswith("Redone")


def test_nothing_moves_where_it_is_seen(hand: Hand) -> None:
    kit.label(hand, "Sund", "3")
    hand.reader.verticalScrollBar().setValue(scrolled(hand) + 20)
    before = scrolled(hand)
    assert seen(hand, "Sund")
    hand.keys("Ctrl+Z")
    assert scrolled(hand) == before
    hand.keys("Ctrl+Y")
    assert scrolled(hand) == before


def test_of_several_the_first_one_is_shown_unless_one_is_seen(hand: Hand) -> None:
    session = hand.window.session
    places = [kit.at(hand, "Arvenia"), kit.at(hand, "Arvenia", 1)]

    session.do(session.ready.annotate, "a1", "COUNTRY", [Span.of(*place) for place in places])
    hand.keys("Ctrl+End", "Ctrl+Z")
    assert kit.layer(hand) == []
    assert seen(hand, "Karesh")
    hand.reader.rect_at(places[1][0])
    before = scrolled(hand)
    assert not seen(hand, "Karesh")
    hand.keys("Ctrl+Y")
    assert scrolled(hand) == before, "the second one is seen coming back"


def test_a_step_of_the_article_as_a_whole_moves_nothing(hand: Hand) -> None:
    hand.keys("Ctrl+End", "Ctrl+B")
    before = scrolled(hand)
    assert before > 0
    hand.keys("Ctrl+Z", "Ctrl+Y")
    assert scrolled(hand) == before


def test_a_step_of_another_article_shows_it_there(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Sund", "3")
    hand.keys("Ctrl+Home", "Ctrl+PgDown")
    assert session.article is not None
    assert session.article.id == "a2"
    hand.keys("Ctrl+Z")
    assert session.article.id == "a1"
    assert seen(hand, "Sund")


def test_a_step_of_another_article_names_it(hand: Hand) -> None:
    told = lambda: hand.window.status.notice  # noqa: E731
    kit.label(hand, "Sund", "3")
    hand.keys("Ctrl+PgDown", "Ctrl+Z")
    assert told() == "Undone in “Arvenia met Karesh a”: Labelled “Sund” as Country. Redo with Ctrl+Shift+Z."
    hand.keys("Ctrl+Shift+Z")
    assert told() == "Redone: Labelled “Sund” as Country.", "it is shown already"
    hand.keys("Ctrl+Z")
    assert told().startswith("Undone: Labelled")
    hand.keys("Ctrl+PgDown", "Ctrl+Shift+Z")
    assert told() == "Redone in “Arvenia met Karesh a”: Labelled “Sund” as Country."


def test_undo_of_a_rejection_goes_back_to_the_suggestion(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "r.rubric", (f"Armenia met Latvia.\n\n{FILL}Estonia agreed.\n",)))
    session = hand.window.session
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "suggestions were looked for")
    hand.keys("Ctrl+Home", "Tab", "Delete")
    assert held(hand) == "Latvia"
    hand.keys("Ctrl+Z")
    assert held(hand) == "Armenia"
    assert hand.reader.caret() == 0
    assert hand.window.status.notice.startswith("Undone")
    hand.keys("Delete", "Ctrl+End", "Ctrl+Z")
    assert held(hand) == "Armenia"
    assert seen(hand, "Armenia")
    hand.keys("Delete")
    assert held(hand) == "Latvia", "it can be rejected again"


def held(hand: Hand) -> str:
    session = hand.window.session
    return session.offered.span.quote(session.text) if session.offered is not None else ""


def test_undo_of_a_rejection_leaves_what_was_taken_in_hand_since(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", ["Karesh and Toll met. Karesh left, and Toll spoke at length.\n"]))
    session = hand.window.session
    kit.label(hand, "Karesh", "3")
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "it was looked for")
    hand.keys("Tab", "Delete")
    kit.drag(hand, "at length")
    hand.keys("Ctrl+Z")
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "it was looked for")
    assert session.offered is None
    hand.keys("2")
    assert ("ORGANIZATION", "at length") in kit.layer(hand)


def test_undo_of_a_rejection_in_a_long_text_goes_back_once_it_was_looked_for(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "Karesh and Toll met. Karesh left.\n\n" + "Nothing else was said about it by anybody there.\n\n" * 400
    hand = start(kit.project(tmp_path / "p.rubric", [text]))
    session = hand.window.session
    looked = lambda: not session.offers_due and not session.looking.active  # noqa: E731
    kit.label(hand, "Karesh", "3")
    hand.wait_until(looked, "it was looked for")
    hand.keys("Tab")
    offered = session.offered
    assert offered is not None
    hand.keys("Delete", "Ctrl+End", "Ctrl+Z")
    hand.wait_until(lambda: session.offered is not None, "one is back where it was rejected")
    assert session.offered.span == offered.span
    assert session.in_view(offered.span.start)


def test_one_press_too_many_changes_nothing_in_another_article(hand: Hand) -> None:
    """Where the steps of the article are taken back, it is said what comes next; the next press goes there."""
    session, status = hand.window.session, hand.window.status
    hand.keys("Ctrl+Return")
    assert session.article is not None
    assert session.article.id == "a2"
    hand.keys("Ctrl+Z")
    assert (session.article.id, session.status) == ("a1", "todo"), "nothing was done in the other one: it is meant"
    hand.keys("Ctrl+Return")
    kit.label(hand, "Arvenia", "3")
    kit.label(hand, "Toll", "0")
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert (session.article.id, kit.layer(hand)) == ("a2", [])
    session.do(session.ready.set_flags, "a1", ["look"])
    hand.keys("Ctrl+Z")
    assert (session.article.id, session.flags) == ("a1", ()), "what was done since is meant, wherever it is"
    session.show_article("a2")
    kit.label(hand, "Arvenia", "3")
    hand.keys("Ctrl+Z")
    hand.keys("Ctrl+Z")
    assert session.article.id == "a2"
    said = "Nothing is undone yet: the step before was in “Arvenia met Karesh a”: Finished the article."
    assert status.notice == f"{said} Ctrl+Z goes there and undoes it."
    hand.keys("Ctrl+Z")
    assert (session.article.id, session.status) == ("a1", "todo")
    assert status.notice.startswith("Undone in ")
