"""Who said what is hidden: layers come in an order that tells nothing, another one for each article and reviewer."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Not from `string`, which a window would load for them alone."""


def shuffled(annotators: Iterable[str], article: str, reviewer: str) -> list[str]:
    """Return annotators (by id) in an order of their own for each article and reviewer, always the same there."""
    found = sorted(set(annotators))
    Random(f"{article}\t{reviewer}").shuffle(found)
    return found


def letter(n: int) -> str:
    """Return the name of the layer at a place: A, B, C ... Z, AA."""
    first, last = divmod(n, len(_LETTERS))
    return (letter(first - 1) if first else "") + _LETTERS[last]
