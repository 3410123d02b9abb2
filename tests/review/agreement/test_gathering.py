"""The figures of a report are those of the measures, though they are made of sums over articles."""

from __future__ import annotations

from collections import Counter
from random import Random
from statistics import quantiles

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.review.agreement.layers import layers

from rubricator.model.tokens import words
from rubricator.review.agreement.alpha import alpha
from rubricator.review.agreement.distances import jaccard, masi
from rubricator.review.agreement.gathering import Gathering
from rubricator.review.agreement.kappas import bennett, cohen, fleiss, margins, scott
from rubricator.review.agreement.matching import matched
from rubricator.review.agreement.report import Group, Report
from rubricator.review.agreement.sheets import Said, Sheet, Who, units
from rubricator.review.agreement.spans import SCHEMATA, counted
from rubricator.review.agreement.tokens import word_labels
from rubricator.review.agreement.unitizing import alpha_u

TEXT = "Of all of it no one"  # 19 code points, as the layers that are drawn
PEOPLE = (Who("a", "anna"), Who("b", "ben"), Who("c", "cleo"))
SAID = st.builds(Said, layers(length=19), st.frozensets(st.sampled_from("uvw"), max_size=2))
SHEETS = st.lists(st.dictionaries(st.sampled_from("abc"), SAID, min_size=2), min_size=1, max_size=4)


def report(sheets: list[dict[str, Said]], people: tuple[Who, ...] = PEOPLE) -> Report:
    gathering = Gathering(people)
    for n, found in enumerate(sheets):
        gathering.add(Sheet(str(n), TEXT, {one: found[one] for one in sorted(found)}))
    return gathering.report()


def value(group: Group, measure: str) -> float | None:
    found = group.of(measure)
    assert found is not None
    return found.value


def same(expected: float | None) -> object:
    return pytest.approx(expected) if expected is not None else None


@settings(max_examples=25, deadline=None)
@given(SHEETS)
def test_topics_and_words_of_all(sheets: list[dict[str, Said]]) -> None:
    told = report(sheets).overall
    sets = [[one.topics for one in found.values()] for found in sheets]
    assert value(told, "topics-masi") == same(alpha(sets, masi))
    assert value(told, "topics-jaccard") == same(alpha(sets, jaccard))
    tokens = list(words(TEXT))
    labels = [zip(*(word_labels(tokens, one.annotations) for one in found.values()), strict=True) for found in sheets]
    assert value(told, "words-fleiss") == same(fleiss([unit for article in labels for unit in article]))


@settings(max_examples=25, deadline=None)
@given(SHEETS)
def test_each_topic(sheets: list[dict[str, Said]]) -> None:
    for group in report(sheets).topics:
        yes_or_no = [[group.name in one.topics for one in found.values()] for found in sheets]
        assert value(group, "topic-alpha") == same(alpha(yes_or_no))


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), SAID, min_size=2))
def test_alpha_u_of_one_article(found: dict[str, Said]) -> None:
    told = report([found])
    assert value(told.overall, "alpha-u") == same(alpha_u(len(TEXT), [units(x.annotations) for x in found.values()]))
    for group in told.labels:
        only = [
            {label: x for label, x in units(one.annotations).items() if label == group.name} for one in found.values()
        ]
        assert value(group, "alpha-u") == same(alpha_u(len(TEXT), only))


@settings(max_examples=25, deadline=None)
@given(SAID, SAID)
def test_a_pair(one: Said, other: Said) -> None:
    (told,) = report([{"a": one, "b": other}], PEOPLE[:2]).pairs
    pairs = [(one.annotations[i], other.annotations[j]) for i, j in matched(one.annotations, other.annotations)]
    for schema in SCHEMATA:
        assert value(told, schema) == same(counted(one.annotations, other.annotations)[schema].f1)
    equal = [(a.label, b.label) for a, b in pairs if a.span == b.span]
    table = margins(Counter(equal))
    assert value(told, "label-alpha") == same(alpha(equal))
    assert value(told, "label-kappa") == same(cohen(table))
    assert value(told, "label-pi") == same(scott(table))
    assert value(told, "label-s") == same(bennett(table))
    tokens = list(words(TEXT))
    labels = zip(word_labels(tokens, one.annotations), word_labels(tokens, other.annotations), strict=True)
    assert value(told, "words-kappa") == same(cohen(margins(Counter(labels))))


@settings(max_examples=20, deadline=None)
@given(SHEETS)
def test_the_order_of_articles_and_annotators_changes_no_value(sheets: list[dict[str, Said]]) -> None:
    there, back = report(sheets), report(sheets[::-1], PEOPLE[::-1])
    for (_, one), (_, other) in zip(there.groups(), back.groups(), strict=True):
        if one.name == other.name:
            for a, b in zip(one.figures, other.figures, strict=True):
                assert (a.measure, a.n, a.articles, a.missing) == (b.measure, b.n, b.articles, b.missing)
                assert a.value == same(b.value)


def test_the_interval_of_sets_is_that_of_alpha_reckoned_anew_for_each_draw() -> None:
    random = Random(3)
    sets: list[list[frozenset[str]]] = []
    for _ in range(80):
        first = frozenset(random.sample("uvwxy", random.randint(1, 2)))
        second = first if random.random() < 0.6 else frozenset(random.sample("uvwxy", random.randint(1, 2)))
        sets.append([first, second])
    told = report([{"a": Said((), x), "b": Said((), y)} for x, y in sets], PEOPLE[:2]).overall.of("topics-masi")
    assert told is not None
    anew = [alpha(random.choices(sets, k=len(sets)), masi) or 0 for _ in range(1_000)]
    cuts = quantiles(anew, n=40)
    assert (told.low, told.high) == pytest.approx((cuts[0], cuts[-1]), abs=0.03)
