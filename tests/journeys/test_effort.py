"""How much annotators have to do on a corpus: counts, not times."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.effort import GOAL, YARDSTICK, Hands, orders, play, project_of, sweep
from tests.gold import samples, seed
from tests.journeys.conftest import Start


@pytest.mark.parametrize("last", range(3))
def test_a_corpus_costs_little_after_its_first_article(start: Start, tmp_path: Path, last: int) -> None:
    order = orders(list(samples()))[last]
    first, *later = play(start(project_of(order, tmp_path / "sund.rubric")), order)
    assert first.each <= YARDSTICK / 2, "half of what one drag and one key for each would be"
    each = sum(one.keys + one.mouse for one in later) / sum(one.spans for one in later)
    assert each <= GOAL, "0.48, 0.51 and 0.52 when this was written"


def test_the_seed_after_the_samples_costs_little_too(start: Start, tmp_path: Path) -> None:
    last = list(seed())
    if not last:
        pytest.skip("the corpora are not here: RUBRICATOR_CORPORA names their folder")
    order = [*samples(), *last]
    _first, *later = play(start(project_of(order, tmp_path / "all.rubric")), order)
    each = sum(one.keys + one.mouse for one in later) / sum(one.spans for one in later)
    assert each <= GOAL, "0.57 when this was written"


def test_a_sticky_label_costs_little_more_than_a_sweep_for_each(start: Start, tmp_path: Path) -> None:
    last = list(samples())[-1]
    hands = Hands(start(project_of([last], tmp_path / "one.rubric")))
    hands.session.wish_offers(False)
    sweep(hands, last.gold)
    labels = len({wanted.label for wanted in last.gold})
    exact = 2  # of words in a hyphen, or with a sign at their end
    assert hands.actions <= len(last.gold) + labels + 1 + exact
