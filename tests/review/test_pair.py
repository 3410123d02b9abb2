"""The matching of two layers: never worse than brute force, the same from both sides, quick on chains."""

from __future__ import annotations

import random
import time
from functools import cache
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.spans import Annotation, Span, merged_fragments
from rubricator.review.pair import ONE, SAME_LABEL, pairs, said, weight

_ids = count()


def ann(label: str, *fragments: tuple[int, int], **more: object) -> Annotation:
    return Annotation(f"i{next(_ids):09}", "a", "x", label, Span(fragments), **more)  # type: ignore[arg-type]


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    some = draw(st.lists(st.tuples(st.integers(0, 14), st.integers(1, 6)), min_size=1, max_size=3))
    fragments = merged_fragments((start, start + length) for start, length in some)
    label = draw(st.sampled_from("XY"))
    return ann(label, *fragments, entity=draw(st.sampled_from(["", "", "e"])))


layers = st.lists(annotations(), max_size=6)


def brute(a: list[Annotation], b: list[Annotation]) -> int:
    """Return the greatest sum of weights of any matching."""

    @cache
    def best(i: int, taken: int) -> int:
        if i == len(a):
            return 0
        found = best(i + 1, taken)
        for j, other in enumerate(b):
            if not taken & 1 << j and (w := weight(a[i], other)):
                found = max(found, w + best(i + 1, taken | 1 << j))
        return found

    return best(0, 0)


def stages(a: list[Annotation], b: list[Annotation], found: list[tuple[int, int]]) -> tuple[int, int, int]:
    same = [(a[i], b[j]) for i, j in found]
    return (
        sum(said(x) == said(y) for x, y in same),
        sum(x.span == y.span and x.label == y.label for x, y in same),
        sum(x.span == y.span for x, y in same),
    )


@given(layers, layers)
def test_what_is_left_is_matched_as_well_as_brute_force_can(a: list[Annotation], b: list[Annotation]) -> None:
    found = pairs(a, b)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert all(weight(a[i], b[j]) for i, j in found)
    rest = [(i, j) for i, j in found if a[i].span != b[j].span]
    gone = {i for i, j in found if a[i].span == b[j].span}, {j for i, j in found if a[i].span == b[j].span}
    left = [one for i, one in enumerate(a) if i not in gone[0]]
    right = [one for j, one in enumerate(b) if j not in gone[1]]
    assert sum(weight(a[i], b[j]) for i, j in rest) == brute(left, right)


@given(layers, layers)
def test_what_is_equal_goes_first(a: list[Annotation], b: list[Annotation]) -> None:
    from collections import Counter

    def most(key: object) -> int:
        return sum((Counter(map(key, a)) & Counter(map(key, b))).values())  # type: ignore[call-overload]

    exact, _labelled, placed = stages(a, b, pairs(a, b))
    assert exact == most(said)
    assert placed == most(lambda one: one.span)


@given(layers, layers, st.randoms())
def test_the_order_of_layers_and_annotations_says_nothing(
    a: list[Annotation], b: list[Annotation], by: random.Random
) -> None:
    def ids(x: list[Annotation], y: list[Annotation]) -> set[tuple[str, str]]:
        return {(x[i].id, y[j].id) for i, j in pairs(x, y)}

    found = ids(a, b)
    assert {(i, j) for j, i in ids(b, a)} == found
    shuffled = by.sample(a, len(a)), by.sample(b, len(b))
    assert ids(*shuffled) == found


@given(layers)
def test_a_layer_matches_itself(a: list[Annotation]) -> None:
    other = [one.but(id=f"o{one.id}") for one in a]
    assert all(said(a[i]) == said(other[j]) for i, j in pairs(a, other))
    assert len(pairs(a, other)) == len(a)


def test_nested_spans_go_with_their_likes() -> None:
    a = [ann("ORG", (0, 30)), ann("ORG", (20, 30)), ann("LOC", (23, 30))]
    b = [ann("ORG", (1, 30)), ann("ORG", (21, 30)), ann("LOC", (22, 30))]
    assert pairs(a, b) == [(0, 0), (1, 1), (2, 2)]


def test_a_greedy_choice_would_leave_one_alone() -> None:
    # The longest common part is of the two in the middle; both would then lose their other half.
    a = [ann("X", (0, 10)), ann("X", (10, 20))]
    b = [ann("X", (4, 14)), ann("X", (15, 20))]
    assert pairs(a, b) == [(0, 0), (1, 1)]


def test_the_same_label_weighs_a_little() -> None:
    a = [ann("ORG", (0, 10))]
    b = [ann("LOC", (0, 9)), ann("ORG", (0, 8))]
    assert pairs(a, b) == [(0, 1)]
    assert SAME_LABEL * 4 == ONE


def test_fragments_that_share_nothing_do_not_go_together() -> None:
    assert pairs([ann("X", (0, 3), (9, 12))], [ann("X", (4, 8))]) == []


@pytest.mark.parametrize("shape", ["shifted", "random", "growing", "one over all"])
def test_a_long_chain_does_not_hang(shape: str) -> None:
    by, n = random.Random(6), 4_000
    if shape == "shifted":
        a = [ann("X", (10 * k, 10 * k + 10)) for k in range(n)]
        b = [ann("X", (10 * k + 5, 10 * k + 15)) for k in range(n)]
    elif shape == "random":
        a, b = (
            [ann("X", (s := by.randrange(10 * n), s + by.randrange(1, 40))) for _ in range(n)] for _ in range(2)
        )  # fmt: skip
    elif shape == "growing":
        a = [ann("X", (100 * k, 100 * k + 100)) for k in range(n)]
        b = [ann("X", (100 * k + 50 - k // 100, 100 * k + 150 - k // 100)) for k in range(n)]
    else:
        a = [ann("X", (0, 10 * n))]
        b = [ann("X", (10 * k, 10 * k + 5)) for k in range(n)]
    began = time.process_time()
    found = pairs(a, b)
    print(shape, len(found), time.process_time() - began)
    assert len(found) >= (1 if shape == "one over all" else n // 2)
