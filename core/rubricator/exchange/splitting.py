"""Parts to train, to tune and to test on: near the shares, alike in labels and topics, no cluster torn.

Iterative stratification over clusters (after Sechidis, Tsoumakas and Vlahavas, 2011): what the fewest clusters have is
given out first, each to the part that lacks most of it. Which of two alike goes where is settled by the seed and the
ids, so the order of the articles says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from rubricator.errors import UserError
from rubricator.words import message

NAMES = {2: ("train", "test"), 3: ("train", "dev", "test")}


@dataclass(frozen=True)
class Split:
    """How to part a corpus: shares that add up to 100, and a seed."""

    shares: tuple[int, ...]
    seed: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """What the parts are called."""
        return NAMES[len(self.shares)]


def split_from(words: str, seed: int = 0) -> Split:
    """Return the split that is written as 80/10/10 or 90/10."""
    try:
        shares = tuple(int(part) for part in words.split("/"))
    except ValueError:
        shares = ()
    if len(shares) not in NAMES or sum(shares) != 100 or min(shares) < 1:
        raise UserError(
            message("“{words}” is no split.", words=words),
            message(
                "Write two or three shares that add up to 100: 90/10 (train, test) or 80/10/10 (train, dev, test)."
            ),
        )
    return Split(shares, seed)


@dataclass(frozen=True)
class Item:
    """An article as a split sees it: its cluster (its own id where it is alone), and how often it has what."""

    id: str
    cluster: str
    counts: Mapping[tuple[str, str], int]


def parts(items: Iterable[Item], split: Split) -> dict[str, str]:
    """Return the name of the part of each article, by its id."""
    clusters: dict[str, list[Item]] = {}
    for item in items:
        clusters.setdefault(item.cluster, []).append(item)
    groups = [_Group(members, split.seed) for members in clusters.values()]
    deal = _Deal(groups, split)
    deal.give([group for group in groups if len(group.ids) > 1])  # while there is room for them
    deal.give([group for group in groups if len(group.ids) == 1])
    return {uid: split.names[part] for group, part in deal.given.items() for uid in group.ids}


class _Group:
    """A cluster: its articles, what they have, and a number that the seed draws for it."""

    def __init__(self, members: Sequence[Item], seed: int) -> None:
        self.ids = sorted(item.id for item in members)
        self.counts: Counter[tuple[str, str]] = Counter()
        for item in members:
            self.counts.update(item.counts)
        self.lot = sha256(f"{seed}\t{self.ids[0]}".encode("utf-8", "surrogatepass")).hexdigest()


class _Deal:
    """Gives out the clusters; `given` says what went where."""

    def __init__(self, groups: Sequence[_Group], split: Split) -> None:
        self.given: dict[_Group, int] = {}
        total: Counter[tuple[str, str]] = Counter()
        for group in groups:
            total.update(group.counts)
        n = sum(len(group.ids) for group in groups)
        self._room = [float(size) for size in _sizes(n, split.shares)]
        self._lacks = [{what: share * count / 100 for what, count in total.items()} for share in split.shares]

    def give(self, groups: Sequence[_Group]) -> None:
        """Give out these clusters: those with the rarest label first, the large before the small."""
        having: dict[tuple[str, str], list[_Group]] = {}
        for group in sorted(groups, key=lambda group: (-len(group.ids), group.lot)):
            for what in group.counts:
                having.setdefault(what, []).append(group)
        left = {what: len(some) for what, some in having.items()}
        while left:
            rarest = min(left, key=lambda what: (left[what], what))
            for group in having[rarest]:
                if group not in self.given:
                    self._put(group, rarest)
                    for what in group.counts:
                        left[what] -= 1
            del left[rarest]
            left = {what: n for what, n in left.items() if n}
        for group in sorted(groups, key=lambda group: (-len(group.ids), group.lot)):
            if group not in self.given:
                self._put(group, None)

    def _put(self, group: _Group, what: tuple[str, str] | None) -> None:
        size = len(group.ids)
        everywhere = range(len(self._room))
        fitting = [part for part in everywhere if self._room[part] >= size]
        if not fitting:  # too large for any: where it does the least harm
            fitting = [max(everywhere, key=lambda part: self._room[part])]
        best = max(fitting, key=lambda part: (self._lacks[part].get(what, 0) if what else 0, self._room[part], -part))
        self.given[group] = best
        self._room[best] -= size
        for name, n in group.counts.items():
            self._lacks[best][name] -= n


def _sizes(n: int, shares: Sequence[int]) -> list[int]:
    """Return how many articles each part gets: whole numbers that add up, the largest remainders rounded up."""
    sizes = [n * share // 100 for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda part: (-(n * shares[part] % 100), part))
    for part in by_remainder[: n - sum(sizes)]:
        sizes[part] += 1
    for part, size in enumerate(sizes):
        if not size and n >= len(shares):  # no part is empty that need not be
            sizes[part] += 1
            sizes[sizes.index(max(sizes))] -= 1
    return sizes
