"""F1 against seqeval and nervaluate, on layers without overlaps, drawn at random; where they differ the case is named."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given, settings
from tests.review.agreement.layers import flat, marks

from rubricator.model.spans import Annotation, touches
from rubricator.review.agreement.matching import matched
from rubricator.review.agreement.spans import SCHEMATA, Counts, Schema, counted, credited

LENGTH = 14
NAMES: dict[Schema, str] = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
Layer = Sequence[Annotation]


def tags(layer: Layer) -> list[str]:
    """Return a layer as IOB2, a code point for a word."""
    found = ["O"] * LENGTH
    for one in layer:
        found[one.start : one.end] = [f"B-{one.label}"] + [f"I-{one.label}"] * (one.end - one.start - 1)
    return found


def by_nervaluate(key: Layer, answer: Layer) -> dict[Schema, Any]:
    from nervaluate.entities import Entity
    from nervaluate.strategies import EntityTypeEvaluation, ExactEvaluation, PartialEvaluation, StrictEvaluation

    strategies: dict[Schema, Any] = {
        "strict": StrictEvaluation(),
        "exact": ExactEvaluation(),
        "partial": PartialEvaluation(),
        "type": EntityTypeEvaluation(),
    }
    true, said = ([Entity(a.label, a.start, a.end - 1) for a in layer] for layer in (key, answer))  # ends are inclusive
    return {schema: one.evaluate(true, said, ["ORG", "PER"])[0] for schema, one in strategies.items()}


@settings(max_examples=25)
@given(flat(LENGTH), flat(LENGTH))
def test_strict_f1_is_that_of_seqeval(key: list[Annotation], answer: list[Annotation]) -> None:
    from seqeval.metrics import classification_report

    assume(key and answer)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy's, where a label was never found
        told = classification_report([tags(key)], [tags(answer)], output_dict=True, zero_division=0)
    strict = counted(key, answer)["strict"]
    assert strict.precision == pytest.approx(told["micro avg"]["precision"])
    assert strict.recall == pytest.approx(told["micro avg"]["recall"])
    assert strict.f1 == pytest.approx(told["micro avg"]["f1-score"])
    ours = credited(key, answer, [(key[i], answer[j]) for i, j in matched(key, answer)])
    for label, row in ours.items():
        assert row["strict"] / row["n"] == pytest.approx(told[label]["f1-score"])


@given(flat(LENGTH), flat(LENGTH))
def test_strict_and_exact_are_those_of_nervaluate(key: list[Annotation], answer: list[Annotation]) -> None:
    ours, theirs = counted(key, answer), by_nervaluate(key, answer)
    for schema in SCHEMATA:
        assert (ours[schema].possible, ours[schema].actual) == (theirs[schema].possible, theirs[schema].actual)
    for schema in ("strict", "exact"):
        assert ours[schema].correct == theirs[schema].correct  # type: ignore[index]
        assert (ours[schema].f1 or 0) == pytest.approx(theirs[schema].f1)  # type: ignore[index]
    assert ours["partial"].correct == theirs["partial"].correct


@given(flat(LENGTH), flat(LENGTH))
def test_all_counts_are_those_of_nervaluate_where_nothing_overlaps_two(
    key: list[Annotation], answer: list[Annotation]
) -> None:
    # All else is what the named cases below are about.
    assume(all(sum(touches(a.span, b.span) for b in y) < 2 for x, y in ((key, answer), (answer, key)) for a in x))
    ours, theirs = counted(key, answer), by_nervaluate(key, answer)
    for schema in SCHEMATA:
        one, other = ours[schema], theirs[schema]
        assert (one.correct, one.incorrect, one.partial) == (other.correct, other.incorrect, other.partial)
        assert (one.missing, one.spurious) == (other.missed, other.spurious)


def test_where_nervaluate_gives_an_equal_span_away() -> None:
    # It goes through the answers in their order, and each takes the first of the key that it overlaps unless it finds an
    # equal one. So the outer answer takes the span that the inner one is equal to. (Nested, so no fair comparison: it is
    # why matching must not go from the left.)
    key, answer = marks(("PER", 0, 4)), marks(("ORG", 0, 10), ("PER", 0, 4))
    ours, theirs = counted(key, answer), by_nervaluate(key, answer)
    for schema in SCHEMATA:
        assert (ours[schema].correct, ours[schema].spurious) == (1, 1)
    assert (theirs["strict"].correct, theirs["strict"].incorrect, theirs["strict"].spurious) == (0, 1, 1)


def test_where_nervaluate_pairs_more_and_we_better() -> None:
    # A chain: the first answer covers nearly all of the second of the key and a bit of the first; the second answer a
    # bit of the second. From the left there are two poor pairs; the greatest total weight is one good pair, and the others
    # are missing and spurious. Strict and exact F1 are the same either way.
    key, answer = marks(("ORG", 0, 4), ("ORG", 4, 12)), marks(("ORG", 3, 12), ("ORG", 12, 14))
    assert counted(key, answer)["partial"] == Counts(partial=1, missing=1, spurious=1)
    key, answer = marks(("ORG", 0, 4), ("ORG", 4, 12)), marks(("ORG", 3, 11), ("ORG", 11, 14))
    ours, theirs = counted(key, answer), by_nervaluate(key, answer)
    assert (ours["partial"].partial, ours["partial"].missing, ours["partial"].spurious) == (1, 1, 1)
    assert (theirs["partial"].partial, theirs["partial"].missed, theirs["partial"].spurious) == (2, 0, 0)
    assert ours["strict"].f1 == theirs["strict"].f1 == 0


def test_where_nervaluate_pairs_anew_for_each_schema() -> None:
    # Each of its schemata makes its own pairs: by type the answer goes with a single character that has its label, by all
    # others with something else. We make one matching, and read it four ways.
    key, answer = marks(("ORG", 0, 1), ("PER", 1, 6)), marks(("ORG", 0, 6))
    ours, theirs = counted(key, answer), by_nervaluate(key, answer)
    assert (ours["type"].correct, ours["type"].incorrect) == (0, 1)
    assert (theirs["type"].correct, theirs["type"].incorrect) == (1, 0)


def test_where_nervaluate_takes_the_first_that_overlaps() -> None:
    # By border alone it takes the first of the key from the left, however little they share; so the next answer, which
    # shares more with it, is left with nothing by type.
    key, answer = marks(("PER", 0, 4)), marks(("ORG", 0, 1), ("PER", 1, 4))
    ours, theirs = counted(key, answer), by_nervaluate(key, answer)
    assert (ours["type"].correct, ours["type"].spurious) == (1, 1)
    assert (theirs["type"].correct, theirs["type"].incorrect, theirs["type"].spurious) == (0, 1, 1)
