"""Which labels a few typed letters mean, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from rubricator.model.folding import fold
from rubricator.model.scheme import Label, Scheme


class FoundLabel(NamedTuple):
    """A label and which letters of its title were typed, `[start, end)`; an empty range where another name matched."""

    label: Label
    start: int = 0
    end: int = 0


def find_labels(labels: Iterable[Label], typed: str, likely: Sequence[str] = ()) -> list[FoundLabel]:
    """Return the labels that match: title, chip, key or name from their beginning, a later word, then letters inside.

    Nothing typed gives all of them in the order of the scheme, the `likely` ones (names, the likeliest first) before.
    """
    wanted = typed.strip().casefold()
    before = {} if wanted else {name: n - len(likely) for n, name in enumerate(likely)}
    ranked: list[tuple[int, int, FoundLabel]] = []
    for n, label in enumerate(labels):
        rank, found = _match(label, wanted)
        if rank >= 0:
            ranked.append((before.get(label.name, rank), n, found))
    return [found for _rank, _n, found in sorted(ranked, key=lambda item: item[:2])]


def find_guidelines(scheme: Scheme, typed: str) -> list[FoundLabel]:
    """Return the labels that match by a name, and then those whose definition, guideline or examples have the words.

    Where a word begins with them comes before where they stand inside of one (“inter” in “Inter Sund”, in “winter”).
    Nothing typed gives all of them in the order of the scheme.
    """
    named = find_labels(scheme.labels, typed)
    known, wanted = {found.label.name for found in named}, fold(typed)
    begins = re.compile(rf"(?<!\w){re.escape(wanted)}")
    said = ((label, fold(_said(scheme, label))) for label in scheme.labels if label.name not in known)
    others = [(begins.search(text) is None, label) for label, text in said if wanted in text]
    return [*named, *(FoundLabel(label) for _inside, label in sorted(others, key=lambda one: one[0]))]


def _said(scheme: Scheme, label: Label) -> str:
    examples = (f"{one.before}{one.quote}{one.after} {one.note}" for one in scheme.examples_of(label.name))
    return "\n".join((label.definition, label.guideline, *examples))


def _match(label: Label, wanted: str) -> tuple[int, FoundLabel]:
    """Return how near a label is (0 the nearest), -1 where it is no match."""
    title = label.title or label.name
    folded = title.casefold()
    if not wanted:
        return 0, FoundLabel(label)
    if label.key.casefold() == wanted and not folded.startswith(wanted):
        return 1, FoundLabel(label)
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


_LEAST = 3
"""Letters that the beginning of a name must have to stand for it: PER for PERSON, but not P."""


def meant_label(name: str, labels: Iterable[Label]) -> Label | None:
    """Return the label of the scheme that a label of a file plainly stands for, or None.

    It is plain where the names are the same but for case and signs, or where that of one label alone begins so.
    """
    wanted = _letters(name)
    known = [(label, _names(label)) for label in labels]
    same = [label for label, names in known if wanted in names]
    if not same and len(wanted) >= _LEAST:
        same = [label for label, names in known if any(one.startswith(wanted) for one in names)]
    return same[0] if len(same) == 1 else None


def likely_labels(name: str, labels: Sequence[Label]) -> list[Label]:
    """Return all labels, those first that a label of a file may stand for; else in the order of the scheme."""
    wanted = _letters(name)
    return sorted(labels, key=lambda label: -_nearness(wanted, _names(label)))


def _nearness(wanted: str, names: Sequence[str]) -> float:
    """Return 3 for the same name, 2 for one that begins so, 1 for the beginning of what is wanted, else likeness."""
    if wanted in names:
        return 3.0
    if len(wanted) >= _LEAST and any(name.startswith(wanted) for name in names):
        return 2.0
    if any(len(name) >= _LEAST and wanted.startswith(name) for name in names):
        return 1.0
    return max((SequenceMatcher(None, wanted, name).ratio() for name in names), default=0.0)


def _names(label: Label) -> list[str]:
    return [name for name in map(_letters, (label.name, label.title, label.short)) if name]


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
