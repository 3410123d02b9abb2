"""Offices that are written in small letters, by several words: “heads of state”, “heads of the security councils”."""

from __future__ import annotations

from collections.abc import Iterator

from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, tied, word_is
from rubricator.suggest.shapes import STARTERS, kind_of
from rubricator.suggest.titles import abbreviates

_PLACES_A_STEP = 20
_KINDS = "security intelligence defence defense police border customs".split()
_WHICH = frozenset(("executive", "general", "deputy", "permanent"))
_BODIES = "councils agencies services ministries departments committees commissions".split()
_STATES = ("states", "countries")
_AFTER = (STARTERS - {"of"}) | frozenset("met meet said say told took signed agreed gathered arrived".split())
"""What may follow in small letters: any other word may be what “state” belongs to (“head of state television”)."""


def heads(reading: Reading) -> Iterator[Run | None]:
    """Yield where they stand; not those with capitals, which may be a part of a name (“Council of Heads of State”).

    None where a step ended that found none.
    """
    for k, n in enumerate(reading.places.get("secretary", ())):
        if k % _PLACES_A_STEP == 0:
            yield None
        if (first := _of_letters(reading, n)) is not None:
            yield first, n + 1
    for k, n in enumerate((*reading.places.get("head", ()), *reading.places.get("heads", ()))):
        if k % _PLACES_A_STEP == 0:
            yield None
        if not reading.words[n].text.islower() or not word_is(reading, n + 1, "of"):
            continue
        after = _of_several(reading, n) or n + 3
        state = after == n + 3 and (word_is(reading, n + 2, "state") or word_is(reading, n + 2, "government"))
        if (after > n + 3 or (state and _ends(reading, after))) and not tied(reading, (n, after)):
            yield n, after


def _of_letters(reading: Reading, n: int) -> int | None:
    """Return where “NHC executive secretary” begins; None where that is none."""
    whole = n > 1 and reading.words[n].text == "secretary" and reading.words[n - 1].text in _WHICH
    alone = whole and not tied(reading, (n - 2, n + 1)) and not reading.parted(n - 1) and not reading.parted(n)
    return n - 2 if alone and abbreviates(reading, n - 2) else None


def _of_several(reading: Reading, n: int) -> int:
    """Return where “heads of the security councils” ends; 0 where it is none."""
    of_the = reading.words[n].text == "heads" and word_is(reading, n + 2, "the")
    kinds = any(word_is(reading, n + 3, kind) for kind in _KINDS)
    several = of_the and kinds and any(word_is(reading, n + 4, body) for body in _BODIES)
    return _with_members(reading, n + 5) if several else 0


def _with_members(reading: Reading, after: int) -> int:
    """Return where it ends with the one body to which they belong: “… of the NHC member states”; no list of lands."""
    if not word_is(reading, after, "of"):
        return after
    name = after + 1 + word_is(reading, after + 1, "the")
    states = name + 2
    whole = word_is(reading, name + 1, "member") and any(word_is(reading, states, word) for word in _STATES)
    return states + 1 if whole and abbreviates(reading, name) else after


def _ends(reading: Reading, after: int) -> bool:
    if after == len(reading.words) or reading.parted(after):
        return True
    word = reading.words[after].text
    return kind_of(word) == "mark" or word in _AFTER
