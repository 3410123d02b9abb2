"""Splits: no cluster is torn, sizes are near the shares, labels are spread alike, and a seed always gives the same."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.exchange.splitting import Item, Split, parts, split_from

splits = st.sampled_from([Split((80, 10, 10)), Split((90, 10)), Split((34, 33, 33), 7), Split((50, 50), 3)])
counts = st.dictionaries(st.tuples(st.sampled_from(["label", "topic"]), st.sampled_from("abcde")), st.integers(1, 9))
items = st.lists(st.tuples(st.integers(0, 40), counts), max_size=60).map(
    lambda drawn: [Item(f"i{n}", f"c{cluster}", found) for n, (cluster, found) in enumerate(drawn)]
)


@given(items, splits, st.randoms())
def test_no_cluster_is_torn_and_sizes_are_near(found: list[Item], split: Split, chance: random.Random) -> None:
    given_to = parts(found, split)
    assert given_to.keys() == {item.id for item in found}
    assert len({(item.cluster, given_to[item.id]) for item in found}) == len({item.cluster for item in found})
    largest = max(Counter(item.cluster for item in found).values(), default=0)
    sizes = Counter(given_to.values())
    for name, share in zip(split.names, split.shares, strict=True):
        assert abs(sizes[name] - len(found) * share / 100) < largest + 1
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert parts(shuffled, split) == given_to


def test_labels_and_topics_are_spread_alike() -> None:
    chance = random.Random(1)
    found = [
        Item(f"i{n}", f"c{n // 2 if n < 200 else n}", {("label", name): chance.randint(1, 5) for name in "abcdefgh" if chance.random() < 1 / (1 + "abcdefgh".index(name))})
        for n in range(1000)
    ]  # fmt: skip
    given_to = parts(found, Split((80, 10, 10)))
    assert Counter(given_to.values()) == {"train": 800, "dev": 100, "test": 100}
    total: Counter[tuple[str, str]] = Counter()
    held: Counter[tuple[str, str]] = Counter()
    for item in found:
        total.update(item.counts)
        if given_to[item.id] == "test":
            held.update(item.counts)
    assert all(0.085 < held[what] / total[what] < 0.115 for what in total)


def test_another_seed_is_another_split_and_the_same_the_same() -> None:
    found = [Item(f"i{n}", f"i{n}", {("label", "a"): 1}) for n in range(100)]
    assert parts(found, Split((90, 10), 1)) == parts(found, Split((90, 10), 1))
    assert parts(found, Split((90, 10), 1)) != parts(found, Split((90, 10), 2))


@pytest.mark.parametrize("words", ["", "80", "80/10", "80/10/5/5", "a/b", "100/0", "-10/110", "80/10/11"])
def test_what_is_no_split_is_told(words: str) -> None:
    with pytest.raises(UserError, match="is no split"):
        split_from(words)
    assert split_from("80/10/10", 4) == Split((80, 10, 10), 4)
