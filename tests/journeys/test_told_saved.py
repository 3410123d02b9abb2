"""“Saved” at the foot of the window: it tells of work that was written, not of the time that was counted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.hand import Hand


def saved(hand: Hand) -> list[str]:
    return [label.text() for label in hand.window.status.findChildren(QLabel) if "Saved" in label.text()]


def test_a_finished_article_that_is_finished_or_left_once_more_is_not_told_to_be_saved(
    start: Start, tmp_path: Path
) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "sund.rubric", ("Arvenia paid.\n", "Toll did not.\n"))
    with Project.open(path, Settings().me()) as made:
        made.set_status("a1", "done")
        made.set_status("a2", "done")
    hand = start(path)
    now, watch = [100.0], hand.window.time.watch
    watch.clock = lambda: now[0]
    watch.touch()
    now[0] += 30
    hand.click_on(hand.window.toolbar.finish)
    assert hand.window.status.notice.startswith("All 2 articles are finished.")
    assert saved(hand) == []
    hand.keys("Ctrl+PgDown")
    assert saved(hand) == []
    kit.label(hand, "Toll", "3")
    assert len(saved(hand)) == 1
    with Project.open(path, Settings().me()) as made:
        assert made.layer("a1").seconds == 30, "it is written when the article is left"
