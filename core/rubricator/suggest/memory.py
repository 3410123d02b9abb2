"""What was decided before for the same words: how often a label was taken and how often rejected.

The rate at which an offer is expected to be accepted is the mean of a beta distribution after these counts,
`(taken + a) / (taken + a + against + b)` with the prior Beta(a, b); a = b = 1 is Laplace's rule of succession
(Laplace, “Essai philosophique sur les probabilités”, 1814; Gelman et al., “Bayesian Data Analysis”, 3rd ed., 2.1 to
2.4). Against a label count its rejections and every time that another label was taken for the same words. So one
rejection of words never taken gives 1/3, one taking 2/3; nothing is offered under LEAST.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rubricator.model.folding import fold

LEAST = 0.5
"""The rate under which nothing is offered."""


class Count(NamedTuple):
    """How often something was taken and how often rejected."""

    taken: int = 0
    rejected: int = 0


class Measured(NamedTuple):
    """How often a label was right: on the same words, by whatever hand; else where a source offered it on others."""

    taken: int
    rejected: int
    source: str = ""
    """The source that was measured; empty where it was the same words."""


class Prior(NamedTuple):
    """What is believed before anything was seen, as so many takings and rejections."""

    taken: float = 1
    rejected: float = 1


PRIOR = Prior()


def rate(taken: int, against: int, prior: Prior = PRIOR) -> float:
    """Return the expected rate of acceptance, between 0 and 1."""
    return (taken + prior.taken) / (taken + prior.taken + against + prior.rejected)


class Memory:
    """Decisions by words (folded) and label, and by the source of an offer. Undoing is deciding with a negative `n`."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[str, Count]] = {}
        self._sources: dict[str, dict[str, Count]] = {}

    @classmethod
    def of(cls, decided: Iterable[tuple[str, str]]) -> Memory:
        """Make the memory of annotations that are there: their words and labels."""
        memory = cls()
        for words, label in decided:
            memory.take(words, label)
        return memory

    def __len__(self) -> int:
        return len(self._counts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Memory) and self.decided() == other.decided()

    __hash__ = None  # type: ignore[assignment]

    def decided(self) -> tuple[dict[tuple[str, str], Count], dict[tuple[str, str], Count]]:
        """Return all that was ever taken or rejected: by words and label, and by source and label."""
        return _flat(self._counts), _flat(self._sources)

    def take(self, words: str, label: str, source: str = "", n: int = 1) -> None:
        """Remember that the label was given to these words, `n` times; `source` says whose offer it was, if one."""
        self._decide(words, label, source, Count(n, 0))

    def reject(self, words: str, label: str, source: str = "", n: int = 1) -> None:
        """Remember that the label was offered for these words and rejected, `n` times."""
        self._decide(words, label, source, Count(0, n))

    def _decide(self, words: str, label: str, source: str, change: Count) -> None:
        labels = self._counts.setdefault(fold(words), {})
        labels[label] = _sum(labels.get(label, Count()), change)
        if source:
            by_label = self._sources.setdefault(source, {})
            by_label[label] = _sum(by_label.get(label, Count()), change)

    def count(self, words: str, label: str) -> Count:
        """Return how often the label was taken and rejected for these words."""
        return self._counts.get(fold(words), {}).get(label, Count())

    def for_and_against(self, words: str, label: str) -> Count | None:
        """Return how often the label was taken for these words, and how often not; None where neither ever was."""
        labels = self._counts.get(fold(words), {})
        taken = sum(count.taken for count in labels.values())
        own = labels.get(label, Count())
        return Count(own.taken, taken - own.taken + own.rejected) if taken or own.rejected else None

    def rate(self, words: str, label: str, prior: Prior = PRIOR) -> float | None:
        """Return the expected rate of acceptance; None where nothing was decided for these words."""
        known = self.for_and_against(words, label)
        return rate(*known, prior) if known else None

    def source_count(self, source: str, label: str) -> Count:
        """Return how often offers of a label by a source were accepted and rejected."""
        return self._sources.get(source, {}).get(label, Count())

    def source_rate(self, source: str, label: str) -> float | None:
        """Return the rate at which offers of a label by a source were accepted; None before the first decision."""
        count = self.source_count(source, label)
        return count.taken / sum(count) if sum(count) else None

    def measured(self, words: str, label: str, source: str) -> Measured | None:
        """Return how often the label was right: on these words, else where the source offered it; None if never."""
        if known := self.for_and_against(words, label):
            return Measured(*known)
        known = self.source_count(source, label)
        return Measured(*known, source) if sum(known) else None

    def best(self, words: str, least: float = LEAST) -> tuple[str, float] | None:
        """Return the label to offer for these words and its rate; None where all are under `least` or never taken."""
        counts = self._counts.get(fold(words), {})
        taken = sum(count.taken for count in counts.values())
        rates = [
            (rate(count.taken, taken - count.taken + count.rejected), label)
            for label, count in counts.items()
            if count.taken
        ]
        sure, label = max(rates, key=lambda one: (one[0], one[1]), default=(0.0, ""))
        return (label, sure) if label and sure >= least else None


def _flat(counts: dict[str, dict[str, Count]]) -> dict[tuple[str, str], Count]:
    return {(one, label): count for one, labels in counts.items() for label, count in labels.items() if any(count)}


def _sum(one: Count, other: Count) -> Count:
    """Add two counts; what is undone more often than done is never done."""
    return Count(max(0, one.taken + other.taken), max(0, one.rejected + other.rejected))
