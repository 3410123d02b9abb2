"""Which articles a second annotator gets too: some by lot, for the headline figure, and some on purpose, kept apart.

The figures of articles that were chosen because they look hard say nothing of all; so the two shares are never mixed.
An article's lot hangs on the seed and its id alone: the order of the ids does not matter, and when articles come in
later, those that were drawn stay drawn unless a new one has a better lot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Sample:
    """The ids of the articles that are drawn: by lot, and on purpose; none is in both."""

    random: tuple[str, ...] = ()
    targeted: tuple[str, ...] = ()


def draw(
    ids: Iterable[str], random: int, targeted: int = 0, weights: Mapping[str, float] | None = None, seed: int = 0
) -> Sample:
    """Draw so many articles by lot, and of the others so many with the greatest weights (above 0), ties by lot."""

    def lot(article: str) -> bytes:
        return sha256(f"{seed} {article}".encode("utf-8", "surrogatepass")).digest()

    order = sorted(set(ids), key=lot)
    chosen, left = order[: max(0, random)], order[max(0, random) :]
    given = weights or {}
    wanted = sorted((one for one in left if given.get(one, 0) > 0), key=lambda one: -given[one])
    return Sample(tuple(chosen), tuple(wanted[: max(0, targeted)]))


def share(n: int, percent: float) -> int:
    """Return how many a share of n is: at least one, where there are any and the share is not 0."""
    return min(n, max(1, round(n * percent / 100))) if percent > 0 else 0
