"""Intervals: the same each time, wider for less, right for a case that can be reckoned by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest

from rubricator.review.agreement.bootstrap import GROUPS_MOST, REPLICATES, Draws, Sums


def interval(rows: Sequence[Sums], figure: Callable[[Sums], float | None], seed: int = 0) -> tuple[float, float] | None:
    return Draws(rows, seed).interval(figure)


def mean(sums: Sums) -> float | None:
    return sums[0] / sums[1] if sums[1] else None


def rows(n: int, seed: int = 1) -> list[tuple[float, float]]:
    random = Random(seed)
    return [(float(random.random() < 0.5), 1.0) for _ in range(n)]


def test_the_interval_is_that_of_a_share() -> None:
    # Of 200 articles half are right: the share varies by the binomial law, 0.5 +- 1.96 * sqrt(0.25 / 200).
    found = interval([(1.0, 1.0)] * 100 + [(0.0, 1.0)] * 100, mean)
    assert found is not None
    assert found == pytest.approx((0.4307, 0.5693), abs=0.007)


def test_many_articles_are_drawn_in_groups_and_vary_as_much() -> None:
    n = 10 * GROUPS_MOST
    found = interval([(1.0, 1.0)] * (n // 2) + [(0.0, 1.0)] * (n // 2), mean)
    assert found is not None
    assert found == pytest.approx((0.5 - 1.96 * (0.25 / n) ** 0.5, 0.5 + 1.96 * (0.25 / n) ** 0.5), abs=0.003)


def test_the_same_seed_gives_the_same_interval_and_another_another() -> None:
    some = rows(50)
    assert interval(some, mean, 3) == interval(list(some), mean, 3) != interval(some, mean, 4)


def test_more_articles_give_a_narrower_interval() -> None:
    few, many = interval(rows(20), mean), interval(rows(320), mean)
    assert few is not None
    assert many is not None
    assert many[1] - many[0] < (few[1] - few[0]) / 2


def test_what_does_not_vary_has_an_interval_without_width() -> None:
    assert interval([(1.0, 1.0)] * 5, mean) == (1.0, 1.0)


@pytest.mark.parametrize("few", [[], [(1.0, 1.0)], [(0.0, 0.0)] * 9])
def test_too_few_have_none(few: list[tuple[float, float]]) -> None:
    assert interval(few, mean) is None


def test_draws_that_are_undefined_are_passed_over_unless_they_are_most() -> None:
    assert interval([(1.0, 1.0), (0.0, 0.0)], mean) == (1.0, 1.0)  # a quarter of all draws has nothing to divide by
    assert interval([(1.0, 1.0)] + [(0.0, 0.0)] * 9, lambda s: 1.0 if s[1] > 1 else None) is None
    assert REPLICATES == 1_000
