"""Nobody needs more actions than a tool with one drag and one key for each annotation: a count, not a time."""

from __future__ import annotations

from pathlib import Path

from tests.effort import YARDSTICK, Hands, annotate, project_of, samples, sweep
from tests.journeys.conftest import Start


def test_the_first_article_costs_no_more_than_the_yardstick(start: Start, tmp_path: Path) -> None:
    first = next(samples())
    hands = Hands(start(project_of(first, tmp_path)))
    annotate(hands, first.gold)
    assert hands.actions <= YARDSTICK * len(first.gold)


def test_a_sticky_label_costs_little_more_than_a_sweep_for_each(start: Start, tmp_path: Path) -> None:
    last = list(samples())[-1]
    hands = Hands(start(project_of(last, tmp_path)))
    sweep(hands, last.gold)
    labels = len({wanted.label for wanted in last.gold})
    assert hands.actions <= len(last.gold) + labels + 1
