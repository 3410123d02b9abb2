"""How sure a figure is: its 95 % interval by the percentile bootstrap over articles.

Source: Efron, B., Tibshirani, R. (1993). An Introduction to the Bootstrap, chapter 13. Articles, not annotations, are
drawn anew, since what stands in one article is not independent.

A figure is a function of sums over articles. Many articles are first dealt out to some hundred groups by lot, which are
drawn in their place: the sums of groups vary as those of articles do, and the time stays the same. All is drawn from a
seed: the same articles in the same order give the same interval.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from random import Random

REPLICATES = 1_000
GROUPS_MOST = 400
_LOWER, _UPPER = 0.025, 0.975

Sums = Sequence[float]


def added(rows: Sequence[Sums]) -> list[float]:
    """Return the sums of the columns."""
    return [sum(column) for column in zip(*rows, strict=True)]


def interval(rows: Sequence[Sums], figure: Callable[[Sums], float | None], seed: int = 0) -> tuple[float, float] | None:
    """Return the bounds of a figure of sums over articles (a row for each).

    None where there are fewer than two articles, or where half of what is drawn leaves the figure undefined.
    """
    groups = _grouped(rows, seed)
    if len(groups) < 2:
        return None
    columns = list(zip(*groups, strict=True))
    found = [
        value
        for draw in _draws(len(groups), seed)
        if (value := figure([sum(draw(one)) for one in columns])) is not None
    ]
    found.sort()
    return (_at(found, _LOWER), _at(found, _UPPER)) if 2 * len(found) > REPLICATES else None


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
