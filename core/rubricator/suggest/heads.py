"""Offices that are written in small letters, and by more than one word: “heads of state”, “head of government”."""

from __future__ import annotations

from collections.abc import Iterator

from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, tied, word_is
from rubricator.suggest.shapes import STARTERS, kind_of

_PLACES_A_STEP = 20
_AFTER = (STARTERS - {"of"}) | frozenset("met meet said say told took signed agreed gathered arrived".split())
"""What may follow in small letters: any other word may be what “state” belongs to (“head of state television”)."""


def heads(reading: Reading) -> Iterator[Run | None]:
    """Yield where they stand; not those with capitals, which may be a part of a name (“Council of Heads of State”).

    None where a step ended that found none.
    """
    for k, n in enumerate((*reading.places.get("head", ()), *reading.places.get("heads", ()))):
        if k % _PLACES_A_STEP == 0:
            yield None
        office = word_is(reading, n + 1, "of") and any(word_is(reading, n + 2, of) for of in ("state", "government"))
        if office and reading.words[n].text.islower() and not tied(reading, (n, n + 3)) and _ends(reading, n + 3):
            yield n, n + 3


def _ends(reading: Reading, after: int) -> bool:
    if after == len(reading.words) or reading.parted(after):
        return True
    word = reading.words[after].text
    return kind_of(word) == "mark" or word in _AFTER
