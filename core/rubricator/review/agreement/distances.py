"""How far two values are apart, squared where the level of measurement asks for it: the delta of Krippendorff's alpha.

Sources: Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability (nominal, ordinal, interval, ratio).
Jaccard, P. (1901). Étude comparative de la distribution florale. Bull. Soc. Vaud. Sci. Nat. 37, 547-579.
Passonneau, R. (2006). Measuring Agreement on Set-valued Items (MASI) for Semantic and Pragmatic Annotation. LREC.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from itertools import accumulate
from typing import TypeVar

V = TypeVar("V", bound=Hashable)
Distance = Callable[[V, V], float]
Number = int | float


def nominal(one: Hashable, other: Hashable) -> float:
    """Return 0 for equal values, else 1."""
    return float(one != other)


def interval(one: Number, other: Number) -> float:
    """Return (c - k)^2."""
    return float((one - other) ** 2)


def ratio(one: Number, other: Number) -> float:
    """Return ((c - k) / (c + k))^2, and 0 where both are 0; values are not negative."""
    return ((one - other) / (one + other)) ** 2 if one != other else 0.0


def ordinal(counts: Mapping[Number, int]) -> Distance[Number]:
    """Return the distance of ranks: (sum of n_g for g from c to k, less (n_c + n_k) / 2)^2; counts of pairable values.

    With N(v) for how many values stand up to v it is ((N(k) - n_k / 2) - (N(c) - n_c / 2))^2: the middles of the ranks.
    """
    values = sorted(counts)
    middles = {
        value: below - counts[value] / 2
        for value, below in zip(values, accumulate(counts[value] for value in values), strict=True)
    }
    return lambda one, other: (middles[one] - middles[other]) ** 2


def jaccard(one: frozenset[V], other: frozenset[V]) -> float:
    """Return 1 - |A and B| / |A or B|; two empty sets are equal."""
    return 1 - len(one & other) / len(one | other) if one or other else 0.0


def masi(one: frozenset[V], other: frozenset[V]) -> float:
    """Return 1 - J M: J is Jaccard's share; M is 1 for equal sets, 2/3 for a subset, 1/3 where they overlap, else 0."""
    if one == other:
        return 0.0
    if not one & other:
        return 1.0
    return 1 - len(one & other) / len(one | other) * (2 / 3 if one < other or other < one else 1 / 3)
