"""Krippendorff's alpha for units that are given: any number of coders, missing values, any distance.

Source: Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania.

    alpha = 1 - D_o / D_e
    D_o = 1/n  sum over units u, over ordered pairs of values in u, of delta / (m_u - 1)
    D_e = 1 / (n (n - 1))  sum over ordered pairs of all pairable values, of delta

where m_u values stand in unit u, n in all units with two and more; a unit with one value is passed over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from rubricator.review.agreement.distances import Distance, Number, nominal, ordinal

V = TypeVar("V", bound=Hashable)


def alpha(units: Iterable[Sequence[V]], distance: Distance[V] = nominal) -> float | None:
    """Return alpha of units, each given as the values that coders gave it; None where there is nothing to vary."""
    pairable = [unit for unit in units if len(unit) > 1]
    observed = sum(disagreement(unit, distance) for unit in pairable)
    return alpha_of(observed, Counter(value for unit in pairable for value in unit), distance)


def alpha_ordinal(units: Iterable[Sequence[Number]]) -> float | None:
    """Return alpha of ranks: their distance depends on how often each stands in the data."""
    pairable = [unit for unit in units if len(unit) > 1]
    return alpha(pairable, ordinal(Counter(value for unit in pairable for value in unit)))


def alpha_of(observed: float, counts: Mapping[V, int], distance: Distance[V]) -> float | None:
    """Return alpha of what was summed up over units: their disagreement, and how often each value stands in them."""
    n = sum(counts.values())
    apart = distances_from(counts, distance)
    expected = sum(k * apart[value] for value, k in counts.items())
    return 1 - observed * (n - 1) / expected if expected else None


def disagreement(unit: Sequence[V], distance: Distance[V]) -> float:
    """Return the sum of the distances of ordered pairs of the values of one unit, by m_u - 1; it has two and more."""
    found = sorted(Counter(unit).items(), key=lambda item: item[1])
    total = sum(
        n * m * distance(one, other) for i, (one, n) in enumerate(found) for other, m in found[i + 1 :] if n and m
    )
    return 2 * total / (len(unit) - 1)


def distances_from(counts: Mapping[V, int], distance: Distance[V]) -> dict[V, float]:
    """Return, for each value, the sum of its distances from all values that are counted.

    Sets without a common member have the distance 1 in each of our measures: only the others are looked at, for there
    may be thousands of different sets of topics.
    """
    if not all(isinstance(value, frozenset) for value in counts):
        return {one: sum(n * distance(one, other) for other, n in counts.items()) for one in counts}
    n = sum(counts.values())
    holding: defaultdict[Hashable, list[V]] = defaultdict(list)
    for value in counts:
        for member in _members(value):
            holding[member].append(value)
    return {one: n - sum(counts[other] * (1 - distance(one, other)) for other in _near(one, holding)) for one in counts}


_NOTHING = object()
"""Stands for the member of an empty set, so that it is near to itself."""


def _members(value: Hashable) -> Iterable[Hashable]:
    return (value if isinstance(value, frozenset) else ()) or (_NOTHING,)


def _near(one: V, holding: Mapping[Hashable, Sequence[V]]) -> Iterable[V]:
    return dict.fromkeys(other for member in _members(one) for other in holding[member])
