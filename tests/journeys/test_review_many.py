"""A group of two thousand: looked over, settled in another process while the window goes on, stopped, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_review import begun, reviewing, side, states
from tests.verbs.test_review_many import filled

from rubricator_gui.dialogs.review_group import GroupDialog
from rubricator_gui.dialogs.working import Working
from rubricator_gui.hand import Hand

ARTICLES, EACH = 8, 250


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced("rita")
    filled(tmp_path / "many.rubric", ARTICLES, EACH).close()
    return begun(start, tmp_path / "many.rubric")


def settle(hand: Hand, meanwhile: Callable[[Working], None]) -> None:
    """Have the whole group settled by keys, and do something as soon as that is under way."""
    ended: list[bool] = []

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, GroupDialog)
        hand.wait_until(lambda: dialog.done_looking, "all is listed", 60)
        assert dialog.go.text() == f"Settle {ARTICLES * EACH} differences"
        hand.answer("working", watch)
        hand.keys("Return")

    def watch(dialog: QDialog) -> None:
        assert isinstance(dialog, Working)
        dialog.finished.connect(ended.append)
        meanwhile(dialog)

    hand.answer("groupDialog", agree)
    hand.keys(f"Shift+{side(hand, 'ben')}")
    hand.wait_until(lambda: bool(ended) and QApplication.activeModalWidget() is None, "the work has ended", 60)


def gold(hand: Hand) -> list[int]:
    """Return how many annotations gold has in each article."""
    project = hand.window.session.ready
    return [len(project.annotations(f"a{n}", project.review.gold)) for n in range(ARTICLES)]


def test_two_thousand_are_settled_while_the_window_goes_on(hand: Hand) -> None:
    beats: list[int] = []
    beat = QTimer(hand.window)
    beat.timeout.connect(lambda: beats.append(1))
    far: list[tuple[int, int]] = []

    def meanwhile(dialog: Working) -> None:
        dialog.bar.valueChanged.connect(lambda value: far.append((value, dialog.bar.maximum())))
        beat.start(5)

    settle(hand, meanwhile)
    beat.stop()
    assert len(far) > 10
    assert far == sorted(far)
    assert {most for _done, most in far} == {ARTICLES * EACH}
    assert len(beats) > 20, "the window lived on between two of them"
    assert gold(hand) == [EACH] * ARTICLES
    assert states(hand) == ["decided"] * EACH
    assert hand.window.status.notice == f"Settled {ARTICLES * EACH} differences."
    hand.keys("Ctrl+Z")
    assert gold(hand) == [0] * ARTICLES
    assert reviewing(hand).current is not None
    assert states(hand) == ["open"] * EACH


def test_stopped_midway_nothing_is_settled(hand: Hand) -> None:
    def meanwhile(dialog: Working) -> None:
        hand.wait_until(lambda: dialog.bar.value() > 0, "some are settled")
        hand.keys("Escape")

    settle(hand, meanwhile)
    assert gold(hand) == [0] * ARTICLES
    assert hand.window.status.notice == "Stopped: nothing was settled."
    assert states(hand) == ["open"] * EACH
    assert list(hand.window.session.ready.check(full=True)) == []
