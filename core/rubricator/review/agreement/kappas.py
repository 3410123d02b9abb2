"""Agreement on categories beyond chance, when each unit gets exactly one: Cohen, Scott, Bennett, Fleiss.

All are (A_o - A_e) / (1 - A_e) and differ in what chance is. They are reckoned in whole numbers, so that what is
identical is exactly 1, and what is undefined (A_e = 1: nothing varies) is known to be.

Sources: Cohen, J. (1960). A coefficient of agreement for nominal scales. Educ. Psychol. Meas. 20, 37-46.
Scott, W. (1955). Reliability of content analysis. Public Opinion Quarterly 19, 321-325.
Bennett, E., Alpert, R., Goldstein, A. (1954). Communications through limited response questioning. POQ 18, 303-308.
Fleiss, J. (1971). Measuring nominal scale agreement among many raters. Psychol. Bull. 76, 378-382.
In one notation: Artstein, R., Poesio, M. (2008). Inter-coder agreement for computational linguistics. CL 34, 555-596.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from operator import add, mul
from typing import NamedTuple, TypeVar

V = TypeVar("V", bound=Hashable)

Pairs = Mapping[tuple[V, V], int]
"""How often the first coder said one thing and the second another."""


class Margins(NamedTuple):
    """What these measures need of `Pairs`: how many, how many of them equal, and how often each coder said each value.

    They are sums over units, so that those of articles can be added up.
    """

    n: int
    agreed: int
    one: Sequence[int]
    other: Sequence[int]


def margins(pairs: Pairs[V], values: Sequence[V] = ()) -> Margins:
    """Return the margins of a table of pairs, with the values in an order, by default any."""
    one: Counter[V] = Counter()
    other: Counter[V] = Counter()
    for (a, b), n in pairs.items():
        one[a] += n
        other[b] += n
    order = values or list(one | other)
    agreed = sum(n for (a, b), n in pairs.items() if a == b)
    return Margins(one.total(), agreed, [one[value] for value in order], [other[value] for value in order])


def cohen(table: Margins) -> float | None:
    """Return Cohen's kappa: chance is drawn from what each coder said, A_e = sum of n_1k n_2k / N^2."""
    n = table.n
    return _beyond(n * table.agreed, sum(map(mul, table.one, table.other)), n * n)


def scott(table: Margins) -> float | None:
    """Return Scott's pi: chance is drawn from what both said together, A_e = sum of (n_1k + n_2k)^2 / (2 N)^2."""
    n = table.n
    both = map(add, table.one, table.other)
    return _beyond(4 * n * table.agreed, sum(k * k for k in both), 4 * n * n)


def bennett(table: Margins, categories: int = 0) -> float | None:
    """Return Bennett's S: chance takes all categories alike, A_e = 1 / k; k by default those that were used."""
    k = categories or sum(1 for both in map(add, table.one, table.other) if both)
    return _beyond(k * table.agreed, table.n, k * table.n)


def fleiss(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Return Fleiss' kappa: A_o is the mean share of agreeing pairs in a unit, A_e the sum of squared shares.

    Fleiss has the same number of ratings in each unit. With missing ones the same two means are taken over what is
    there, and a unit with fewer than two ratings is passed over.
    """
    counts: Counter[Hashable] = Counter()
    agreed, n = Fraction(0), 0
    for unit in units:
        if len(unit) > 1:
            found = Counter(unit)
            counts += found
            agreed += shared(found)
            n += 1
    return fleiss_of(agreed, n, list(counts.values()))


def shared(counts: Mapping[Hashable, int]) -> Fraction:
    """Return the share of pairs that agree among the ratings of one unit, of which there are two and more."""
    m = sum(counts.values())
    return Fraction(sum(k * (k - 1) for k in counts.values()), m * (m - 1))


def fleiss_of(agreed: Fraction | float, n: int, counts: Sequence[int]) -> float | None:
    """Return Fleiss' kappa of sums over n units: of the shares of agreeing pairs, and how often each value stands."""
    whole, chance = sum(counts) ** 2, sum(k * k for k in counts)
    return float((agreed * whole / n - chance) / (whole - chance)) if whole != chance else None


def _beyond(agreed: int, chance: int, whole: int) -> float | None:
    return (agreed - chance) / (whole - chance) if whole != chance else None
