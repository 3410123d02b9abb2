"""What every measure keeps to: order and names do not matter, what is identical is 1, what is undefined is None."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.review.agreement.layers import layers, mark, marks

from rubricator.model.spans import Annotation, touches
from rubricator.review.agreement.alpha import alpha, alpha_ordinal, disagreement, distances_from
from rubricator.review.agreement.distances import interval, jaccard, masi, nominal, ordinal, ratio
from rubricator.review.agreement.kappas import bennett, cohen, fleiss, margins, scott
from rubricator.review.agreement.matching import matched
from rubricator.review.agreement.sheets import units
from rubricator.review.agreement.spans import SCHEMATA, counted, credited
from rubricator.review.agreement.unitizing import alpha_u, disagreements, levelled

VALUES = st.integers(1, 4)
UNITS = st.lists(st.lists(VALUES, min_size=0, max_size=4), max_size=8)
SETS = st.frozensets(st.sampled_from("ABCD"), max_size=3)
PAIRS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=12)
ALPHAS = (
    lambda u: alpha(u, nominal),
    lambda u: alpha(u, interval),
    lambda u: alpha(u, ratio),
    alpha_ordinal,
)


# --- units that are given -----------------------------------------------------------------------------------------


@given(UNITS, st.randoms())
def test_alpha_does_not_know_the_order_of_units_and_coders(found: list[list[int]], random: object) -> None:
    mixed = [sorted(unit, reverse=True) for unit in found]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    for measure in ALPHAS:
        assert measure(mixed) == pytest.approx(measure(found))


@given(UNITS)
def test_a_unit_with_one_value_is_as_good_as_none(found: list[list[int]]) -> None:
    for measure in ALPHAS:
        assert measure([*found, [4], []]) == measure(found)


@given(st.lists(st.tuples(VALUES, st.integers(2, 4)), max_size=6))
def test_identical_values_give_one_or_nothing(found: list[tuple[int, int]]) -> None:
    whole = [[value] * m for value, m in found]
    varied = len({value for value, _ in found}) > 1
    for measure in (*ALPHAS, fleiss):
        assert measure(whole) == (1 if varied else None)


@given(UNITS)
def test_alpha_as_the_sum_over_all_pairs_has_it(found: list[list[int]]) -> None:
    # The same two means, written out over every ordered pair of values.
    pairable = [unit for unit in found if len(unit) > 1]
    values = [value for unit in pairable for value in unit]
    n = len(values)
    for measure, distance in ((ALPHAS[0], nominal), (ALPHAS[1], interval), (ALPHAS[3], ordinal(Counter(values)))):
        expected = sum(distance(a, b) for a in values for b in values)
        observed = sum(distance(a, b) / (len(unit) - 1) for unit in pairable for a in unit for b in unit)
        assert measure(found) == (pytest.approx(1 - (observed / n) / (expected / n / (n - 1))) if expected else None)


@given(st.lists(st.integers(1, 6), min_size=2, max_size=9))
def test_the_distance_of_ranks_is_the_sum_that_is_published(values: list[int]) -> None:
    n = Counter(values)
    for one, other in permutations(n, 2):
        low, high = sorted((one, other))
        between = sum(k for value, k in n.items() if low <= value <= high) - (n[one] + n[other]) / 2
        assert ordinal(n)(one, other) == pytest.approx(between**2)


@given(SETS, SETS)
def test_distances_of_sets_are_symmetric_and_bounded(one: frozenset[str], other: frozenset[str]) -> None:
    for distance in (masi, jaccard):
        assert distance(one, other) == distance(other, one)
        assert 0 <= distance(one, other) <= 1
        assert (distance(one, other) == 0) == (one == other)


@given(st.lists(SETS, min_size=1, max_size=9))
def test_sets_that_share_nothing_need_not_be_compared(found: list[frozenset[str]]) -> None:
    counts = Counter(found)
    for distance in (masi, jaccard):
        all_pairs = {a: sum(n * distance(a, b) for b, n in counts.items()) for a in counts}
        assert distances_from(counts, distance) == pytest.approx(all_pairs)


@given(st.lists(st.lists(SETS, min_size=2, max_size=3), max_size=6))
def test_alpha_of_sets(found: list[list[frozenset[str]]]) -> None:
    assert all(disagreement(unit, masi) >= 0 for unit in found)
    same = [[unit[0]] * len(unit) for unit in found]
    assert alpha(same, masi) == (1 if len({unit[0] for unit in found}) > 1 else None)


@given(PAIRS)
def test_kappas_do_not_know_who_is_first(pairs: list[tuple[int, int]]) -> None:
    one, other = margins(Counter(pairs)), margins(Counter((b, a) for a, b in pairs))
    for measure in (cohen, scott, bennett):
        assert measure(one) == measure(other)
    assert scott(one) == pytest.approx(fleiss(pairs))


@given(PAIRS)
def test_kappas_of_identical_pairs_are_one_or_nothing(pairs: list[tuple[int, int]]) -> None:
    table = margins(Counter((a, a) for a, _ in pairs))
    varied = len({a for a, _ in pairs}) > 1
    for measure in (cohen, scott, bennett):
        assert measure(table) == (1 if varied else None)


def test_nothing_is_not_a_number() -> None:
    nothing = margins({})
    assert [cohen(nothing), scott(nothing), bennett(nothing), fleiss([]), alpha([]), alpha_ordinal([])] == [None] * 6
    assert alpha([[1], [2]]) is None  # one coder each
    assert fleiss([[1], [2]]) is None


# --- spans --------------------------------------------------------------------------------------------------------


def weight(a: Annotation, b: Annotation) -> float:
    one, other = ({n for s, e in x.span.fragments for n in range(s, e)} for x in (a, b))
    return len(one & other) / len(one | other) + (a.label == b.label) / 4


def best(one: Sequence[Annotation], other: Sequence[Annotation]) -> float:
    """Return the greatest total weight of any matching, by trying all of them."""
    if not one:
        return 0
    first, *rest = one
    with_first = (
        weight(first, b) + best(rest, [*other[:n], *other[n + 1 :]])
        for n, b in enumerate(other)
        if touches(first.span, b.span)
    )
    return max([best(rest, other), *with_first])


@given(layers(most=4), layers(most=4))
def test_no_matching_of_what_is_not_equal_weighs_more(one: list[Annotation], other: list[Annotation]) -> None:
    assume(not {a.span for a in one} & {b.span for b in other})
    found = sum(weight(one[i], other[j]) for i, j in matched(one, other))
    assert found == pytest.approx(best(one, other), abs=1e-6)


@given(layers(), layers())
def test_pairs_overlap_and_each_stands_in_one(one: list[Annotation], other: list[Annotation]) -> None:
    pairs = matched(one, other)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(touches(one[i].span, other[j].span) for i, j in pairs)
    equal = sum((Counter((a.span, a.label) for a in one) & Counter((b.span, b.label) for b in other)).values())
    assert sum((one[i].span, one[i].label) == (other[j].span, other[j].label) for i, j in pairs) == equal


@given(layers(), layers(), st.randoms())
def test_f1_is_symmetric_and_order_free(one: list[Annotation], other: list[Annotation], random: object) -> None:
    there, back = counted(one, other), counted(other, one)
    mixed = [list(one), list(other)]
    for layer in mixed:
        random.shuffle(layer)  # type: ignore[attr-defined]
    again = counted(*mixed)
    for schema in SCHEMATA:
        assert there[schema] == again[schema]
        assert there[schema].f1 == back[schema].f1
        assert (there[schema].precision, there[schema].recall) == (back[schema].recall, back[schema].precision)
        if there[schema].precision and there[schema].recall:
            p, r = there[schema].precision or 0, there[schema].recall or 0
            assert there[schema].f1 == pytest.approx(2 * p * r / (p + r))
    row = credited(one, other, [(one[i], other[j]) for i, j in matched(one, other)])
    for schema in SCHEMATA:
        n = sum(label["n"] for label in row.values())
        assert (sum(label[schema] for label in row.values()) / n if n else None) == there[schema].f1


@given(layers())
def test_a_layer_agrees_with_its_copy(one: list[Annotation]) -> None:
    copy = [mark(a.label, *(place for fragment in a.span.fragments for place in fragment)) for a in one]
    for schema in SCHEMATA:
        assert counted(one, copy)[schema].f1 == (1 if one else None)
    assert alpha_u(20, [units(one), units(copy)]) == (1 if one else None)


@given(layers(), layers(), layers())
def test_alpha_u_does_not_know_the_order_of_coders_and_spans(
    one: list[Annotation], other: list[Annotation], third: list[Annotation]
) -> None:
    coders = [units(layer) for layer in (one, other, third)]
    found = alpha_u(20, coders)
    for order in permutations(coders):
        turned = [{label: places[::-1] for label, places in coder.items()} for coder in order]
        assert alpha_u(20, turned) == pytest.approx(found)
    assert found is None or found <= 1


def test_alpha_u_of_nothing_is_not_a_number() -> None:
    assert alpha_u(20, []) is None
    assert alpha_u(20, [{"X": [(0, 4)]}]) is None  # one coder
    assert alpha_u(20, [{}, {}]) is None
    assert alpha_u(0, [{}, {}]) is None


def test_alpha_u_of_one_who_marks_and_one_who_does_not_is_below_chance() -> None:
    found = alpha_u(20, [{"X": [(0, 4)]}, {}])
    assert found is not None
    assert found < 0


@given(layers())
def test_levels_hold_all_units_and_none_overlap(one: list[Annotation]) -> None:
    places = [fragment for a in one for fragment in a.span.fragments]
    levels = levelled(places)
    assert sorted(place for level in levels for place in level) == sorted(places)
    for level in levels:
        assert all(end <= start for (_, end), (start, _) in pairwise(level))
    assert len(levels) == max((sum(s <= n < e for s, e in places) for n in range(20)), default=0)


def test_an_inner_span_is_compared_with_the_inner_one() -> None:
    nested = {"ORG": [(0, 20), (12, 16)]}
    assert alpha_u(40, [nested, {"ORG": [(12, 16), (0, 20)]}]) == 1
    parts = disagreements(40, [nested, {"ORG": [(0, 20)]}])
    assert parts["ORG"].observed == 2 * 4**2  # the inner one alone, in a gap of the other's second level


def test_a_chain_of_a_thousand_overlaps_is_matched() -> None:
    one = marks(*(("X", 10 * n, 10 * n + 8) for n in range(500)))
    other = marks(*(("X", 10 * n + 5, 10 * n + 13) for n in range(500)))
    assert len(matched(one, other)) == 500
