"""Sums over articles, from which figures and their intervals are made: of spans, of tables of pairs, of topics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rubricator.review.agreement.alpha import alpha_of, disagreement, distances_from
from rubricator.review.agreement.bootstrap import Draws, Sums, added
from rubricator.review.agreement.distances import Distance, jaccard, masi
from rubricator.review.agreement.figures import Figure
from rubricator.review.agreement.kappas import Margins, bennett, cohen, fleiss_of, margins, scott
from rubricator.review.agreement.spans import SCHEMATA
from rubricator.review.agreement.unitizing import Disagreement

Topics = frozenset[str]
Table = Counter[tuple[str, str]]


@dataclass(slots=True)
class SpanTally:
    """Of each article: the credit by schema, how many annotations, observed and expected disagreement on units."""

    rows: list[Sums] = field(default_factory=list)

    def add(self, credited: Sequence[dict[str, float]], apart: Disagreement) -> None:
        """Add an article: the credits of its pairs of layers, or of one label in them."""
        row = [sum(one[key] for one in credited) for key in (*SCHEMATA, "n")]
        self.rows.append((*row, *apart))

    def figures(self, missing: int, seed: int) -> list[Figure]:
        """Return F1 by the four schemata, and alpha-U."""
        draws = Draws(self.rows, seed)
        n = int(draws.sums[4]) if self.rows else 0
        found = [_figure(one, draws, _credit(i), n, missing) for i, one in enumerate(SCHEMATA)]
        return [*found, _figure("alpha-u", draws, lambda sums: Disagreement(*sums[5:]).alpha, n, missing)]


@dataclass(slots=True)
class PairTally:
    """Of each article: which label two layers gave to equal spans, and to words."""

    labels: list[Table] = field(default_factory=list)
    words: list[Table] = field(default_factory=list)

    def figures(self, missing: int, seed: int, *, pooled: bool = False) -> list[Figure]:
        """Return alpha of labels; of one pair of annotators (not pooled) the kappas as well."""
        draws, n = Draws(_margin_rows(self.labels), seed), sum(table.total() for table in self.labels)
        found = [_figure("label-alpha", draws, _alpha_of_pairs, n, missing)]
        if pooled:
            return found
        for key, kappa in (("label-kappa", cohen), ("label-pi", scott), ("label-s", bennett)):
            found.append(_figure(key, draws, _of_margins(kappa), n, missing))
        draws, n = Draws(_margin_rows(self.words), seed), sum(table.total() for table in self.words)
        return [*found, _figure("words-kappa", draws, _of_margins(cohen), n, missing)]


@dataclass(slots=True)
class WordTally:
    """Of each article: the shares of agreeing pairs of labels summed over its words, how many, and the labels."""

    rows: list[tuple[float, int, Counter[str]]] = field(default_factory=list)

    def figures(self, missing: int, seed: int) -> list[Figure]:
        """Return Fleiss' kappa over words."""
        values = sorted({value for _, _, counts in self.rows for value in counts})
        rows = [(agreed, n, *(counts[value] for value in values)) for agreed, n, counts in self.rows]
        n = sum(n for _, n, _ in self.rows)
        return [_figure("words-fleiss", Draws(rows, seed), _fleiss, n, missing)]


@dataclass(slots=True)
class TopicTally:
    """Of each article: the sets of topics that its annotators gave, a list for each comparison."""

    rows: list[list[list[Topics]]] = field(default_factory=list)

    def figures(self, missing: int, seed: int) -> list[Figure]:
        """Return alpha over sets by the distances of MASI and Jaccard."""
        return [self._alpha("topics-masi", masi, missing, seed), self._alpha("topics-jaccard", jaccard, missing, seed)]

    def _alpha(self, measure: str, distance: Distance[Topics], missing: int, seed: int) -> Figure:
        """Return alpha; its interval takes the expected disagreement as linear in what is drawn.

        With p the shares of the n_0 values and p* those drawn, p* D p* is 2 p* D p - p D p but for terms of the order
        1/n; so the thousands of different sets need not be compared for each draw.
        """
        counts = Counter(value for units in self.rows for unit in units for value in unit)
        n = counts.total()
        apart = distances_from(counts, distance)
        whole = sum(k * apart[value] for value, k in counts.items())
        observed = [sum(disagreement(unit, distance) for unit in units) for units in self.rows]
        rows = [
            (gone, sum(map(len, units)), sum(apart[value] for unit in units for value in unit))
            for gone, units in zip(observed, self.rows, strict=True)
        ]

        def drawn(sums: Sums) -> float | None:
            gone, m, far = sums
            expected = 2 * far / (m * n) - whole / n**2 if m else 0.0
            return 1 - gone / m * (m - 1) / m / expected if expected > 0 else None

        exact = alpha_of(sum(observed), counts, distance) if n else None
        return _figure(measure, Draws(rows, seed), drawn, n, missing, value=exact)

    def by_topic(self, missing: int, seed: int) -> Iterable[tuple[str, list[Figure]]]:
        """Yield each topic that was given with alpha of yes and no, and F1."""
        sizes = [sum(map(len, units)) for units in self.rows]
        found: defaultdict[str, dict[int, Sums]] = defaultdict(dict)
        for i, units in enumerate(self.rows):
            for topic in {topic for unit in units for value in unit for topic in value}:
                found[topic][i] = added([_yes_and_no(unit, topic) for unit in units])
        for topic in sorted(found):
            here = found[topic]
            rows = [(*here.get(i, _NOBODY)[:2], n) for i, n in enumerate(sizes)]
            given = int(sum(row[1] for row in here.values()))
            pairs = [row[2:] for row in here.values()]
            yield (
                topic,
                [
                    _figure("topic-alpha", Draws(rows, seed), _alpha_of_two, given, missing),
                    _figure("topic-f1", Draws(pairs, seed), _share, given, missing),
                ],
            )


_NOBODY: Sums = (0, 0, 0, 0)


def _yes_and_no(unit: Sequence[Topics], topic: str) -> Sums:
    """Return the disagreement of a unit, how many say yes, and of all pairs the credit and what they gave."""
    m, yes = len(unit), sum(topic in value for value in unit)
    return 2 * yes * (m - yes) / (m - 1), yes, yes * (yes - 1), yes * (m - 1)


def _figure(
    measure: str,
    draws: Draws,
    figure: Callable[[Sums], float | None],
    n: int,
    missing: int,
    value: float | None = None,
) -> Figure:
    if value is None:
        value = figure(draws.sums) if n else None
    low, high = (draws.interval(figure) if value is not None else None) or (None, None)
    return Figure(measure, value, low, high, n, draws.articles, missing)


def _credit(schema: int) -> Callable[[Sums], float | None]:
    return lambda sums: sums[schema] / sums[4] if sums[4] else None


def _share(sums: Sums) -> float | None:
    return sums[0] / sums[1] if sums[1] else None


def _fleiss(sums: Sums) -> float | None:
    return fleiss_of(sums[0], int(sums[1]), [int(n) for n in sums[2:]]) if sums[1] else None


def _alpha_of_two(sums: Sums) -> float | None:
    """Return alpha of a value with two categories: disagreement, how many are the one, and of how many."""
    observed, yes, n = sums
    expected = 2 * yes * (n - yes)
    return 1 - observed * (n - 1) / expected if expected else None


def _margin_rows(tables: Sequence[Table]) -> list[Sums]:
    values = sorted({value for table in tables for pair in table for value in pair})
    found = (margins(table, values) for table in tables)
    return [(one.n, one.agreed, *one.one, *one.other) for one in found]


def _margins_of(sums: Sums) -> Margins:
    counts = [int(n) for n in sums]
    half = (len(counts) - 2) // 2
    return Margins(counts[0], counts[1], counts[2 : 2 + half], counts[2 + half :])


def _of_margins(measure: Callable[[Margins], float | None]) -> Callable[[Sums], float | None]:
    return lambda sums: measure(_margins_of(sums))


def _alpha_of_pairs(sums: Sums) -> float | None:
    """Return alpha, nominal, where each unit has two values."""
    table = _margins_of(sums)
    n = 2 * table.n
    expected = n * n - sum((a + b) ** 2 for a, b in zip(table.one, table.other, strict=True))
    return 1 - 2 * (table.n - table.agreed) * (n - 1) / expected if expected else None
