"""What is drawn for a second annotation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rubricator.review.agreement.sampling import draw, share

IDS = st.lists(st.text(min_size=1, max_size=4), max_size=30)
COUNTS = st.integers(0, 12)


@given(IDS, COUNTS, COUNTS, st.dictionaries(st.text(min_size=1, max_size=4), st.floats(-1, 9)), st.integers(0, 3))
def test_the_two_shares_are_apart_and_know_no_order(
    ids: list[str], random: int, targeted: int, weights: dict[str, float], seed: int
) -> None:
    found = draw(ids, random, targeted, weights, seed)
    assert found == draw(reversed(ids), random, targeted, weights, seed)
    assert not {*found.random} & {*found.targeted}
    assert len(found.random) == min(random, len({*ids})) == len({*found.random})
    left = {one for one in {*ids} - {*found.random} if weights.get(one, 0) > 0}
    assert len(found.targeted) == min(targeted, len(left))
    if found.targeted:
        least = min(weights[one] for one in found.targeted)
        assert all(weights[one] <= least for one in left - {*found.targeted})


def test_the_lot_hangs_on_the_seed_and_not_on_the_weights() -> None:
    ids = [f"a{n}" for n in range(200)]
    heavy = dict.fromkeys(ids[:20], 5.0)
    assert draw(ids, 40, seed=1).random == draw(ids, 40, 10, heavy, seed=1).random != draw(ids, 40, seed=2).random


def test_all_articles_have_the_same_chance() -> None:
    ids = [f"a{n}" for n in range(50)]
    often = dict.fromkeys(ids, 0)
    for seed in range(400):
        for one in draw(ids, 10, seed=seed).random:
            often[one] += 1
    assert all(40 < n < 125 for n in often.values())  # 80 on the average, with a deviation of 8


def test_what_was_drawn_stays_drawn_but_for_better_lots() -> None:
    ids = [f"a{n}" for n in range(100)]
    before, after = draw(ids, 20).random, draw([*ids, "new"], 20).random
    assert {*after} - {*before} <= {"new"}


def test_a_share_of_something_is_at_least_one() -> None:
    assert (share(100, 10), share(3, 10), share(0, 10), share(10, 0), share(10, 200)) == (10, 1, 0, 0, 10)
