"""What was decided before for the same words: how often a label was taken and how often rejected.

The rate at which an offer is expected to be accepted is the mean of a beta distribution after these counts,
`(taken + a) / (taken + a + against + b)` with the prior Beta(a, b); a = b = 1 is Laplace's rule of succession
(Laplace, “Essai philosophique sur les probabilités”, 1814; Gelman et al., “Bayesian Data Analysis”, 3rd ed., 2.1 to
2.4). Against a label count its rejections and every time that another label was taken for the same words. So one
rejection of words never taken gives 1/3, one taking 2/3; nothing is offered under LEAST.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.model.folding import fold, single_spaced
from rubricator.words import message

LEAST = 0.5
"""The rate under which nothing is offered."""

_MOST = 1 << 40


class Count(NamedTuple):
    """How often something was taken and how often rejected."""

    taken: int = 0
    rejected: int = 0


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
        self._forms: dict[str, str] = {}
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
        return isinstance(other, Memory) and self.to_json() == other.to_json()

    __hash__ = None  # type: ignore[assignment]

    def take(self, words: str, label: str, source: str = "", n: int = 1) -> None:
        """Remember that the label was given to these words, `n` times; `source` says whose offer it was, if one."""
        self._decide(words, label, source, Count(n, 0))
        self._forms[fold(words)] = single_spaced(words)

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

    def rate(self, words: str, label: str, prior: Prior = PRIOR) -> float | None:
        """Return the expected rate of acceptance; None where nothing was decided for these words."""
        labels = self._counts.get(fold(words), {})
        taken = sum(count.taken for count in labels.values())
        own = labels.get(label, Count())
        if not taken and not own.rejected:
            return None
        return rate(own.taken, taken - own.taken + own.rejected, prior)

    def source_count(self, source: str, label: str) -> Count:
        """Return how often offers of a label by a source were accepted and rejected."""
        return self._sources.get(source, {}).get(label, Count())

    def source_rate(self, source: str, label: str) -> float | None:
        """Return the rate at which offers of a label by a source were accepted; None before the first decision."""
        count = self.source_count(source, label)
        return count.taken / sum(count) if sum(count) else None

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

    def words(self) -> Iterator[str]:
        """Yield all words that were ever taken, as they were last written."""
        for folded, labels in self._counts.items():
            if any(count.taken for count in labels.values()):
                yield self._forms.get(folded, folded)

    # --- to and from JSON -----------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """Return the memory as JSON text, the same for the same memory."""
        words = {
            folded: {
                "form": self._forms.get(folded, folded),
                "labels": {label: list(count) for label, count in sorted(labels.items()) if any(count)},
            }
            for folded, labels in sorted(self._counts.items())
            if any(any(count) for count in labels.values())
        }
        sources = {
            source: {label: list(count) for label, count in sorted(labels.items()) if any(count)}
            for source, labels in sorted(self._sources.items())
            if any(any(count) for count in labels.values())
        }
        value = {"rubricator-memory": 1, "words": words, "sources": sources}
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, source: str, where: str = "") -> Memory:
        """Read a memory back; UserError names what is wrong, and `where` the file."""
        memory = cls()
        try:
            value = json.loads(source)
            _is(value["rubricator-memory"], 1)
            for said in value["words"].values():
                form = _form(said["form"])
                memory._counts[fold(form)] = {str(label): _count(pair) for label, pair in said["labels"].items()}
                memory._forms[fold(form)] = form
            for source, labels in value["sources"].items():
                memory._sources[source] = {str(label): _count(pair) for label, pair in labels.items()}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UserError(
                message("{file} is not a memory of decisions.", file=where or "The text"),
                message("Export one with Rubricator to see how it looks."),
            ) from error
        return memory


def _sum(one: Count, other: Count) -> Count:
    """Add two counts; what is undone more often than done is never done."""
    return Count(max(0, one.taken + other.taken), max(0, one.rejected + other.rejected))


def _is(value: object, wanted: int) -> None:
    if value != wanted:
        raise ValueError(value)


def _form(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _count(value: Mapping[str, object] | list[object]) -> Count:
    taken, rejected = value
    for number in (taken, rejected):
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < _MOST:
            raise ValueError(number)
    return Count(int(str(taken)), int(str(rejected)))
