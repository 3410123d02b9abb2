"""Which labels a few typed letters mean, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rubricator.model.scheme import Label


class FoundLabel(NamedTuple):
    """A label and which letters of its title were typed, `[start, end)`; an empty range where another name matched."""

    label: Label
    start: int = 0
    end: int = 0


def find_labels(labels: Iterable[Label], typed: str, last: str = "") -> list[FoundLabel]:
    """Return the labels that match: title, chip or name from their beginning, a later word, then letters inside.

    Nothing typed gives all of them in the order of the scheme, the one used last (`last`, a name) before them.
    """
    wanted = typed.strip().casefold()
    ranked: list[tuple[int, int, FoundLabel]] = []
    for n, label in enumerate(labels):
        rank, found = _match(label, wanted)
        if rank >= 0:
            ranked.append((rank if wanted or label.name != last else -1, n, found))
    return [found for _rank, _n, found in sorted(ranked, key=lambda item: item[:2])]


def _match(label: Label, wanted: str) -> tuple[int, FoundLabel]:
    """Return how near a label is (0 the nearest), -1 where it is no match."""
    title = label.title or label.name
    folded = title.casefold()
    if not wanted:
        return 0, FoundLabel(label)
    if len(folded) != len(title):  # a letter that folds to two: nothing is marked then
        return (1 if wanted in folded else -1), FoundLabel(label)
    at = folded.find(wanted)
    if at == 0:
        return 0, FoundLabel(label, 0, len(wanted))
    if label.short.casefold().startswith(wanted):
        return 1, FoundLabel(label)
    word = folded.find(f" {wanted}")
    if word >= 0:
        return 2, FoundLabel(label, word + 1, word + 1 + len(wanted))
    if label.name.casefold().startswith(wanted):
        return 3, FoundLabel(label)
    if at > 0:
        return 4, FoundLabel(label, at, at + len(wanted))
    return (5 if wanted in label.name.casefold() else -1), FoundLabel(label)
