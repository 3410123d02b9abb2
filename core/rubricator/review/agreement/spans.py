"""Two layers compared span by span: correct, incorrect, partial, missing, spurious, by four schemata; F1.

Source: SemEval-2013 task 9.1 (Segura-Bedmar, I., Martínez, P., Herrero-Zazo, M., 2013), after MUC-5 (Chinchor, N.,
Sundheim, B., 1993). One matching serves all four schemata. A pair of it is

    strict    correct with the same span and label, else incorrect
    exact     correct with the same span, else incorrect
    partial   correct with the same span, else partial (it overlaps)
    type      correct with the same label (it overlaps), else incorrect

and what has no partner is missing (of the first layer) or spurious (of the second). Then
precision = (correct + partial / 2) / actual, recall = (correct + partial / 2) / possible, and F1, their harmonic mean,
is (2 correct + partial) / (possible + actual): the same for both directions, so that none of two annotators is the key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rubricator.model.spans import Annotation
from rubricator.review.agreement.matching import Matching, Pair, matched

Schema = Literal["strict", "exact", "partial", "type"]
Outcome = Literal["correct", "incorrect", "partial"]
SCHEMATA: tuple[Schema, ...] = ("strict", "exact", "partial", "type")
_CREDIT: dict[Outcome, float] = {"correct": 1, "partial": 0.5, "incorrect": 0}


@dataclass(frozen=True, slots=True)
class Counts:
    """How the second layer answers the first, by one schema."""

    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    missing: int = 0
    spurious: int = 0

    @property
    def possible(self) -> int:
        """How many the first layer has."""
        return self.correct + self.incorrect + self.partial + self.missing

    @property
    def actual(self) -> int:
        """How many the second layer has."""
        return self.correct + self.incorrect + self.partial + self.spurious

    @property
    def precision(self) -> float | None:
        """The share of the second layer that is in the first; None where it is empty."""
        return (self.correct + self.partial / 2) / self.actual if self.actual else None

    @property
    def recall(self) -> float | None:
        """The share of the first layer that is in the second; None where it is empty."""
        return (self.correct + self.partial / 2) / self.possible if self.possible else None

    @property
    def f1(self) -> float | None:
        """Both in one; None where both layers are empty."""
        whole = self.possible + self.actual
        return (2 * self.correct + self.partial) / whole if whole else None


def outcome(schema: Schema, one: Annotation, other: Annotation) -> Outcome:
    """Return what a pair of the matching is by a schema."""
    if schema == "type":
        return "correct" if one.label == other.label else "incorrect"
    if one.span != other.span:
        return "partial" if schema == "partial" else "incorrect"
    return "correct" if schema != "strict" or one.label == other.label else "incorrect"


def counted(
    one: Sequence[Annotation], other: Sequence[Annotation], matching: Matching = matched
) -> dict[Schema, Counts]:
    """Return the counts of the second layer against the first, by schema."""
    pairs = [(one[i], other[j]) for i, j in matching(one, other)]
    found: dict[Schema, Counts] = {}
    for schema in SCHEMATA:
        n = Counter(outcome(schema, a, b) for a, b in pairs)
        found[schema] = Counts(
            n["correct"], n["incorrect"], n["partial"], len(one) - len(pairs), len(other) - len(pairs)
        )
    return found


def credited(
    one: Sequence[Annotation], other: Sequence[Annotation], pairs: Sequence[Pair]
) -> dict[str, dict[str, float]]:
    """Return, by label, the credit that its annotations of both layers got by each schema, and how many they are.

    F1 of a label, and of all, is credit / n: each annotation is credited to its own label, whatever its partner's is.
    """
    found: dict[str, dict[str, float]] = {}
    for annotation in (*one, *other):
        counts = found.setdefault(annotation.label, dict.fromkeys((*SCHEMATA, "n"), 0))
        counts["n"] += 1
    for a, b in pairs:
        for schema in SCHEMATA:
            credit = _CREDIT[outcome(schema, a, b)]
            found[a.label][schema] += credit
            found[b.label][schema] += credit
    return found
