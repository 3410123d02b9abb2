"""Rules: each one is broken once, and nothing else is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.rules import FIXED, NOTED, span_violations, violations
from rubricator.model.scheme import Label, Scheme, Topic
from rubricator.model.spans import Annotation, Span, TopicTag
from rubricator.words import say

from .test_text import clean

TEXT = "Anna e\u0301 Bonn."
SCHEME = Scheme(labels=(Label("PERSON"), Label("CITY")), topics=(Topic("t", "T", retired="2020"),))


def annotation(*fragments: tuple[int, int], label: str = "PERSON", uid: str = "x", **more: object) -> Annotation:
    return Annotation(uid, "a", "me", label, Span(fragments), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_", "rule"),
    [
        (annotation((0, 4)), ""),
        (annotation((0, 4), (8, 12), label="CITY"), ""),
        (annotation((0, 4), quote="Anna"), ""),
        (annotation((4, 6), exact=True), ""),
        (annotation((0, len(TEXT))), ""),
        (annotation((0, 99)), "outside"),
        (annotation(), "outside"),
        (annotation((4, 4)), "shape"),
        (annotation((4, 2)), "shape"),
        (annotation((-1, 2)), "shape"),
        (annotation((5, 7), (0, 4)), "shape"),
        (annotation((0, 4), (3, 7)), "shape"),
        (annotation((0, 4), quote="Ben"), "quote"),
        (annotation((0, 4), label="NOBODY"), "unknown-label"),
        (annotation((0, 5)), "space"),
        (annotation((4, 7)), "space"),
        (annotation((5, 6)), "grapheme"),
    ],
)
def test_each_rule_is_broken_once(given_: Annotation, rule: str) -> None:
    found = list(violations([given_], SCHEME, TEXT))
    assert [violation.rule for violation in found] == ([rule] if rule else [])
    for violation in found:
        assert violation.refused == (rule in FIXED)
        assert violation.rule in {*FIXED, *NOTED}
        assert (violation.subject, "{" in say(violation.why)) == ("x", False)


def test_the_same_words_with_the_same_label_are_refused() -> None:
    twins = [
        annotation((0, 4)),
        annotation((0, 4), uid="y"),
        annotation((0, 4), uid="z", label="CITY"),
        annotation((0, 3), uid="w"),
    ]
    assert [(x.rule, x.subject) for x in violations(twins, SCHEME, TEXT)] == [("duplicate", "y")]
    beside = {("PERSON", Span.of(0, 4)): "old"}
    assert [x.subject for x in violations(twins[:1], SCHEME, TEXT, beside=beside)] == ["x"]
    assert not list(violations(twins[:1], SCHEME, TEXT, beside={("PERSON", Span.of(0, 4)): "x"}))


def test_topics_are_those_of_the_scheme_retired_ones_too() -> None:
    tags = [TopicTag("1", "a", "me", "t"), TopicTag("2", "a", "me", "u")]
    assert [(x.rule, x.subject, x.name) for x in violations((), SCHEME, "", tags=tags)] == [("unknown-topic", "2", "u")]


edges = st.integers(-2, 30)


@given(clean, st.lists(st.tuples(edges, edges), max_size=3), st.booleans())
def test_any_span_is_judged(text: str, fragments: list[tuple[int, int]], exact: bool) -> None:
    found = [x.rule for x in span_violations(annotation(*fragments, exact=exact), text)]
    ordered = all(s < e for s, e in fragments) and all(a[1] <= b[0] for a, b in pairwise(fragments))
    sound = bool(fragments) and ordered and fragments[0][0] >= 0 and fragments[-1][1] <= len(text)
    assert sound == (not {"outside", "shape"} & set(found))
    if sound and exact:
        assert not found
