"""What the review says: who has what by letters, threads on a difference, and no name where names are hidden."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start
from tests.journeys.test_review import begun, reviewing, side, states

from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.decision import REJECT
from rubricator.settings import Settings
from rubricator_gui.dialogs.comments import CommentDialog
from rubricator_gui.hand import Hand
from rubricator_gui.panels.history import HistoryPanel


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced("rita")
    return reviewed.project(tmp_path / "news.rubric", Settings().me())


@pytest.fixture
def hand(start: Start, path: Path) -> Hand:
    return begun(start, path)


def heading(hand: Hand) -> tuple[str, str]:
    panel = hand.window.reviewer.pane.decision
    return panel.heading.text(), panel.means.text()


def told(hand: Hand) -> list[str]:
    """Return what was said of the current difference, without the times."""
    return hand.window.reviewer.pane.decision._told.text().splitlines()


def test_who_has_what_is_said_by_letters(start: Start, tmp_path: Path, hand: Hand) -> None:
    alone = next(n for n, one in enumerate(reviewing(hand).settled) if one.difference.kind == "only")
    hand.keys(*["Tab"] * alone)
    ben, anna = ("AB"[side(hand, who) - 1] for who in ("ben", "anna"))
    assert heading(hand) == (
        f"Difference {alone + 1} of 8: only {ben}",
        f"{ben} annotated this, {anna} did not.",
    )
    hand.window.close()
    hand = begun(start, reviewed.project(tmp_path / "three.rubric", Settings().me(), layers=3))
    hand.keys(*["Tab"] * alone)
    letter = "ABC"[side(hand, "ben") - 1]
    others = [one for one in "ABC" if one != letter]
    assert heading(hand)[1] == f"{letter} annotated this, {' and '.join(others)} did not."


def test_of_a_topic_too(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = begun(start, reviewed.linked(tmp_path / "linked.rubric", Settings().me()))
    hand.keys("Shift+Tab")
    assert heading(hand)[0] == f"Difference 7 of 7: topic, only {'AB'[side(hand, 'ben') - 1]}"


def say(hand: Hand, write: Callable[[], None]) -> None:
    """Open the thread by its key, and write in it."""
    done: list[bool] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        assert "anna" not in " ".join(label.text() for label in dialog.findChildren(QLabel))
        write()
        done.append(True)

    hand.answer("commentDialog", answer)
    hand.keys("Ctrl+M")
    hand.wait_until(lambda: bool(done), "the thread was written in")


def test_what_is_not_sent_is_told_with_its_difference(start: Start, path: Path) -> None:
    hand = begun(start, path)
    told = hand.window.reviewer.pane.decision._told

    def begin() -> None:
        hand.type("Why is")
        hand.keys("Escape")

    say(hand, begin)
    hand.wait_until(lambda: "Not sent yet: Why is" in told.text().split("\n"), "it is told")
    hand.keys("Tab")
    assert "Not sent yet" not in told.text()


def test_what_is_not_sent_is_told_with_its_difference_after_a_restart(start: Start, path: Path) -> None:
    hand = begun(start, path)

    def begin() -> None:
        hand.type("Why is")
        hand.keys("Escape")

    say(hand, begin)
    hand.keys("Ctrl+Q")
    hand = begun(start, path)
    assert "Not sent yet: Why is" in told(hand)
    hand.keys("Tab")
    assert not any("Not sent yet" in line for line in told(hand))


def test_a_thread_covers_no_words_of_its_difference(start: Start, path: Path) -> None:
    hand = begun(start, path)
    sheet, current = hand.window.reviewer.pane.sheet, hand.window.session.reviewing.current
    assert current is not None
    words = Span.of(current.difference.annotations[0].start, max(one.end for one in current.difference.annotations))
    free: list[bool] = []

    def look(dialog: QDialog) -> None:
        free.extend(not dialog.frameGeometry().intersects(lines) for lines in sheet.kept_clear(words))
        hand.keys("Escape")

    hand.answer("commentDialog", look)
    hand.keys("Ctrl+M")
    hand.wait_until(lambda: bool(free), "the thread was looked at")
    assert free == [True, True]


def test_a_thread_on_a_difference(start: Start, path: Path) -> None:
    with Project.open(path, Settings().me()) as project:
        comparison = project.review.compare("a1")
        project.review.decide(comparison, comparison.differences[0], REJECT.because("too long"))
        project.me = reviewed.ANNA
        changed = next(one for one in project.review.answers.changed("a1") if one.decision)
        assert changed.decision is not None
        project.review.answers.answer(changed.decision, "dispute", "It is on the map so.")
    hand = begun(start, path)
    assert states(hand)[0] == "disputed"
    anna = "AB"[side(hand, "anna") - 1]

    def ask() -> None:
        hand.type("On which map?")
        hand.keys("Ctrl+Return", "Escape")

    def reply() -> None:
        hand.keys("Shift+Tab", "Home", "Return")
        hand.type("On that of 1911.")
        hand.keys("Ctrl+Return", "Escape")

    say(hand, ask)
    say(hand, reply)
    assert hand.window.status.notice == "Commented on “Sund grain corridor”."
    reason, first, second, third = told(hand)
    assert reason == "Reason: too long"
    assert first.startswith(f"Annotator {anna}, ")
    assert first.endswith(": disputes it – It is on the map so.")
    assert second.startswith("\u2003rita, "), "the answer stands below what it answers"
    assert second.endswith(": On that of 1911.")
    assert third.startswith("rita, ")
    hand.do("review-names")
    assert told(hand)[1].startswith("anna, ")
    hand.do("review-names")
    hand.keys("Ctrl+Z")
    assert len(told(hand)) == 3
    hand.keys("Tab")
    assert told(hand) == []
    hand.keys("Shift+Tab", "1")
    assert states(hand)[0] == "decided"


def test_the_history_tells_no_names_while_they_are_hidden(hand: Hand) -> None:
    panel = hand.window.reviewer.pane.findChild(HistoryPanel)
    assert panel is not None
    hand.keys("1")

    def who() -> list[str]:
        model = panel._model
        return [model.about(model._steps[n][1]).split(" · ")[0] for n in range(model.rowCount())]

    panel.fold(False)
    hand.wait_until(lambda: panel._model.rowCount() > 3, "the history is read")
    assert "rita" in who()
    assert not {"anna", "ben"} & {*who()}
    hand.do("review-names")
    assert {"anna", "ben"} <= {*who()}


def test_comments_wait_for_a_difference_here_and_for_a_choice_there(hand: Hand) -> None:
    assert hand.window.actions["comment"].isEnabled()
    hand.keys("F8")
    assert not hand.window.actions["comment"].isEnabled(), "no annotation is chosen"
