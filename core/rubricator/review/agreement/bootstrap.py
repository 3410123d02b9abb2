"""How sure a figure is: its 95 % interval by the percentile bootstrap over articles.

Source: Efron, B., Tibshirani, R. (1993). An Introduction to the Bootstrap, chapter 13. Articles, not annotations, are
drawn anew, since what stands in one article is not independent.

A figure is a function of sums over articles. Many articles are first dealt out to some hundred groups by lot, which are
drawn in their place: the sums of groups vary as those of articles do, and the time stays the same. All is drawn from a
seed: the same articles in the same order give the same interval.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from random import Random

REPLICATES = 1_000
GROUPS_MOST = 200
_LOWER, _UPPER = 0.025, 0.975

Sums = Sequence[float]


def added(rows: Sequence[Sums]) -> list[float]:
    """Return the sums of the columns."""
    return [sum(column) for column in zip(*rows, strict=True)]


class Draws:
    """Sums over articles (a row for each), and what becomes of them when the articles are drawn anew, again and again.

    Figures of the same sums share the draws.
    """

    def __init__(self, rows: Sequence[Sums], seed: int = 0) -> None:
        self.articles = len(rows)
        self.sums = added(rows)
        self._rows, self._seed = rows, seed

    def interval(self, figure: Callable[[Sums], float | None]) -> tuple[float, float] | None:
        """Return the bounds of a figure of the sums.

        None where there are fewer than two articles, or where half of what is drawn leaves the figure undefined.
        """
        found = sorted(value for sums in self._drawn if (value := figure(sums)) is not None)
        return (_at(found, _LOWER), _at(found, _UPPER)) if 2 * len(found) > REPLICATES else None

    @cached_property
    def _drawn(self) -> list[Sums]:
        groups = _grouped(self._rows, self._seed)
        if len(groups) < 2:
            return []
        draws = _draws(len(groups), self._seed)
        return list(zip(*([sum(draw(column)) for draw in draws] for column in zip(*groups, strict=True)), strict=True))


def _grouped(rows: Sequence[Sums], seed: int) -> list[Sums]:
    if len(rows) <= GROUPS_MOST:
        return list(rows)
    order = list(range(len(rows)))
    Random(seed).shuffle(order)
    return [added([rows[n] for n in order[first::GROUPS_MOST]]) for first in range(GROUPS_MOST)]


@lru_cache(maxsize=64)
def _draws(n: int, seed: int) -> list[Callable[[Sums], Sums]]:
    """Return functions that each draw n of n, with replacement; the same for every figure."""
    random = Random(seed)
    return [itemgetter(*random.choices(range(n), k=n)) for _ in range(REPLICATES)]


def _at(ordered: Sequence[float], share: float) -> float:
    """Return the value below which this share lies, between two of them by the straight line."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
