"""What was decided is told: in words beside the difference, by its mark in the article; what is left is counted once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start
from tests.journeys.test_review import begun, reviewing, side, states

from rubricator.settings import Settings
from rubricator_gui.hand import Hand
from rubricator_gui.reader.paint import Standing


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced("rita")
    return begun(start, reviewed.project(tmp_path / "news.rubric", Settings().me()))


def outcome(hand: Hand, n: int) -> str:
    """Go back to a difference, and return what its panel says was decided."""
    reviewing(hand).go(n)
    words = hand.window.reviewer.pane.decision.outcome
    assert words.isVisible() == bool(words.text())
    return words.text()


def drawn(hand: Hand) -> None:
    """Have what was hidden or shown take its place."""
    hand.window.reviewer.pane.decision.grab()


def test_the_panel_says_what_was_decided_and_what_gold_holds(hand: Hand) -> None:
    anna = side(hand, "anna")
    assert outcome(hand, 0) == ""
    last = len(states(hand)) - 1
    reviewing(hand).go(0)
    hand.keys("R", str(anna), str(anna))
    reviewing(hand).go(last)
    hand.keys("M")
    assert outcome(hand, 0) == "Rejected: gold has nothing here."
    said = f"Accepted {'AB'[anna - 1]}: Organization “the Ministry of Transport and Ports” is in gold."
    assert outcome(hand, 1) == said
    assert "decided" not in hand.window.reviewer.pane.decision.means.text()
    assert outcome(hand, last) == "Merged: Facility “Old Custom House”; Place “Old Custom House” are in gold."
    hand.keys("D")
    assert outcome(hand, last) == "", "what was put off is not decided"
    hand.keys("Ctrl+Z")
    reviewing(hand).go(1)
    hand.keys("Ctrl+Z")
    assert outcome(hand, last) == "", "undone"


def test_accepting_who_says_nothing_leaves_nothing_in_gold(hand: Hand) -> None:
    alone = next(n for n, one in enumerate(reviewing(hand).comparison.differences) if () in one.sides)
    silent = reviewing(hand).comparison.differences[alone].sides.index(())
    reviewing(hand).go(alone)
    hand.keys(str(silent + 1))
    assert outcome(hand, alone) == f"Accepted {'AB'[silent]}: gold has nothing here."


def test_the_mark_of_what_was_rejected_is_no_tick(hand: Hand) -> None:
    sheet = hand.window.reviewer.pane.sheet
    hand.keys("1", "R")
    assert [sheet.standing_of(n) for n in (0, 1)] == [Standing.SETTLED, Standing.NOTHING]
    assert {frame.standing for frame in sheet.overlay(0, 10_000).frames} >= {Standing.SETTLED, Standing.NOTHING}


def test_what_is_left_is_counted_alike_in_the_heading_and_in_the_queue(hand: Hand) -> None:
    hand.keys("1", "D")
    pane = hand.window.reviewer.pane
    hand.wait_until(lambda: pane.queue.note.startswith("6"), "the queue is counted")
    assert pane.queue.note == "6 open, 1 put off"
    assert pane.head.accessibleDescription().endswith(" · 6 open, 1 put off")


def test_going_on_goes_forward_and_comes_to_what_was_put_off_last(hand: Hand) -> None:
    hand.keys("1", "D", "1", "1")
    assert reviewing(hand).at == 4
    hand.keys("Ctrl+Return")
    assert reviewing(hand).at == 4, "open, and before what was put off"
    hand.keys("Tab", "1", "1")
    assert states(hand)[7] == "open"
    hand.keys("1")
    assert reviewing(hand).at == 4, "round to what is open"
    hand.keys("1")
    assert states(hand).count("decided") == 7
    assert reviewing(hand).at == 1, "what was put off comes last"


def test_the_buttons_stay_where_they_are_when_a_group_is_told(hand: Hand) -> None:
    panel = hand.window.reviewer.pane.decision
    places = []
    for n in range(len(states(hand))):
        reviewing(hand).go(n)
        drawn(hand)
        buttons = [button.mapTo(panel, QPoint()) for button in panel.buttons if button.isVisible()]
        places.append((panel._group.isVisible(), buttons))
    assert {told for told, _where in places} == {True, False}
    assert all(where == places[0][1] for _told, where in places)


@pytest.mark.parametrize(("key", "told"), [("X", "X"), ("Del", "Del"), ("?", "?"), ("Shift+E", "Shift+E")])
def test_a_key_that_does_nothing_here_says_which_do(hand: Hand, key: str, told: str) -> None:
    hand.keys(key)
    assert hand.window.status.notice.startswith(f"{told} does nothing while one reviews. 1, 2 … accept a layer")
    assert states(hand) == ["open"] * 8
