"""Krippendorff's alpha for unitizing: coders cut a text into units and label them; gaps are units of their own.

Source: Krippendorff, K. (2004). Content Analysis, 2nd edition, section 11.6 (first in: On the reliability of unitizing
contiguous data, Sociological Methodology 25, 1995). For a label c, m coders and a text of length L:

    D_oc = sum over ordered pairs of coders of delta^2 / (m (m - 1) L^2)
    delta^2 = (difference of the starts)^2 + (difference of the ends)^2 for two units that overlap,
              l^2 for a unit of length l that lies in a gap of the other coder, else 0
    D_ec = 2/L  sum over units of [ (N_c - 1)/3 (2 l^3 - 3 l^2 + l) + l^2 sum over gaps g >= l of (g - l + 1) ]
           / ( m L (m L - 1) - sum over units of l (l - 1) )
    alpha_U = 1 - sum over c of D_oc / sum over c of D_ec

What the book does not say, and how it is done here:
 - Several articles. Each is a text of its own, since no unit and no gap goes over its end. D_oc and D_ec are summed
   with the weight m L^2: the observed sum is then that of all articles laid one after the other.
 - Units of one coder and one label must not overlap, but spans may be nested. They are put on levels: a span stands on
   the first level where it overlaps nothing that stands there already, the outer ones first; each level is compared
   with the same level of the others, as if it were a label of its own. So nothing is refused and nothing is left out.
   Spans of different labels may lie as they like: each label is reckoned by itself.
 - A discontinuous span is a unit for each of its fragments.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from rubricator.model.spans import Fragment

Units = Mapping[str, Sequence[Fragment]]
"""The units of one coder on one text, by label; in any order, and they may overlap."""


class Disagreement(NamedTuple):
    """Observed and expected disagreement, summed up."""

    observed: float
    expected: float

    def plus(self, other: Disagreement) -> Disagreement:
        """Return the sum."""
        return Disagreement(self.observed + other.observed, self.expected + other.expected)

    @property
    def alpha(self) -> float | None:
        """Return 1 - D_o / D_e; None where nothing could differ."""
        return 1 - self.observed / self.expected if self.expected else None


NONE = Disagreement(0, 0)


def alpha_u(length: int, coders: Sequence[Units]) -> float | None:
    """Return alpha of the units that two or more coders found in one text, over all labels."""
    return total(disagreements(length, coders).values()).alpha


def total(parts: Iterable[Disagreement]) -> Disagreement:
    """Return the sum over labels, or over texts."""
    whole = NONE
    for part in parts:
        whole = whole.plus(part)
    return whole


def disagreements(length: int, coders: Sequence[Units]) -> dict[str, Disagreement]:
    """Return, by label, m L^2 D_oc and m L^2 D_ec of one text."""
    found: dict[str, Disagreement] = {}
    if len(coders) < 2 or not length:
        return found
    for label in sorted({label for coder in coders for label in coder}):
        levels = [levelled(coder.get(label, ())) for coder in coders]
        for n in range(max(map(len, levels))):
            one = _compared(length, [level[n] if n < len(level) else [] for level in levels])
            found[label] = found.get(label, NONE).plus(one)
    return found


def levelled(units: Iterable[Fragment]) -> list[list[Fragment]]:
    """Return the units on levels without overlaps, each in order; outer ones stand before those inside them."""
    levels: list[list[Fragment]] = []
    for start, end in sorted(units, key=lambda unit: (unit[0], -unit[1])):
        free = next((level for level in levels if level[-1][1] <= start), None)
        if free is None:
            free = []
            levels.append(free)
        free.append((start, end))
    return levels


def _compared(length: int, coders: Sequence[Sequence[Fragment]]) -> Disagreement:
    """Return m L^2 D_oc and m L^2 D_ec for the units of one label, ordered and without overlaps."""
    m = len(coders)
    units = [unit for coder in coders for unit in coder]
    if not units:
        return NONE
    observed = 2 * sum(_apart(one, other) for one, other in combinations(coders, 2)) / (m - 1)
    all_ways = m * length * (m * length - 1) - sum((end - start) * (end - start - 1) for start, end in units)
    expected = 2 * m * length * _by_chance(length, coders) / all_ways if all_ways else 0.0
    return Disagreement(observed, expected)


def _apart(one: Sequence[Fragment], other: Sequence[Fragment]) -> int:
    """Return the sum of delta^2 over the units and gaps of two coders."""
    apart, i, j = 0, 0, 0
    met_one, met_other = set(), set()
    while i < len(one) and j < len(other):
        (start, end), (begin, stop) = one[i], other[j]
        if start < stop and begin < end:
            apart += (start - begin) ** 2 + (end - stop) ** 2
            met_one.add(i)
            met_other.add(j)
        if end <= stop:
            i += 1
        if stop <= end:
            j += 1
    alone = [unit for n, unit in enumerate(one) if n not in met_one]
    alone += [unit for n, unit in enumerate(other) if n not in met_other]
    return apart + sum((end - start) ** 2 for start, end in alone)


def _by_chance(length: int, coders: Sequence[Sequence[Fragment]]) -> int:
    """Return the sum over units of the bracket of D_ec, in whole numbers."""
    sizes = Counter(end - start for coder in coders for start, end in coder)
    n = sizes.total()
    gaps: defaultdict[int, int] = defaultdict(int)
    for coder in coders:
        place = 0
        for start, end in (*coder, (length, length)):
            gaps[start - place] += 1
            place = end
    whole, room, fitting = 0, 0, 0
    longest = sorted(gaps, reverse=True)
    for size in sorted(sizes, reverse=True):
        while longest and longest[0] >= size:  # all gaps that hold a unit of this size: their lengths, and how many
            gap = longest.pop(0)
            room += gap * gaps[gap]
            fitting += gaps[gap]
        whole += sizes[size] * (
            (n - 1) * (2 * size**3 - 3 * size**2 + size) // 3 + size**2 * (room - fitting * (size - 1))
        )
    return whole
