"""Names of several words that a cue tells at one place, where the same words stand again: in a headline, say."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rubricator.model.folding import fold
from rubricator.suggest.matcher import capitals_fit
from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, stands_alone
from rubricator.suggest.shapes import PARTICLES, kind_of
from rubricator.suggest.steps import Steps
from rubricator.suggest.told import Told

_NAMES_A_STEP = 20
_GOES_ON = PARTICLES - {"of"}
"""What a longer name goes on with, and an English sentence does not: “Anna Lopes de Castro”."""


def alike(reading: Reading, found: Collection[Told]) -> Steps[list[Told]]:
    """Find where names stand again and nothing tells them there; a word alone is too often part of something else.

    Where a name has a capital there must be one, so that it is found in a headline, and no “island of” from a name.
    """
    told = {(one.start, one.end) for one in found}
    names = {(reading.text[one.start : one.end], one.labels): one for one in found}
    again: dict[tuple[int, int, tuple[str, ...]], Told] = {}
    for n, ((words, labels), one) in enumerate(names.items()):
        if n % _NAMES_A_STEP == 0:
            yield
        run = reading.range_of(one.start, one.end) if _may_stand_again(reading, words) else None
        if run is None or run[1] - run[0] < 2:
            continue
        for first, after in _others(reading, run):
            start, end = reading.words[first].start, reading.words[after - 1].end
            if (start, end) not in told and _ends(reading, after) and stands_alone(reading, (first, after)):
                again.setdefault((start, end, labels), one._replace(start=start, end=end, again=True))
    return list(again.values())


def _may_stand_again(reading: Reading, words: str) -> bool:
    """Say whether a name is no single word and all of its words stand elsewhere: quick, for most do not."""
    return not words.isalnum() and all(len(reading.places.get(word, "??")) > 1 for word in fold(words).split())


def _others(reading: Reading, run: Run) -> Iterator[Run]:
    """Yield where else the words of a run stand, looked for at the rarest of them."""
    places = [reading.places[reading.folded(n)] for n in range(*run)]
    rare = min(places, key=len)
    before = places.index(rare)
    for n in rare:
        first = n - before
        if first != run[0] and _fits(reading, run, first):
            yield first, first + len(places)


def _fits(reading: Reading, run: Run, at: int) -> bool:
    if at < 0 or at + run[1] - run[0] > len(reading.words):
        return False
    for n in range(*run):
        if n > run[0] and reading.parted(at + n - run[0]):
            return False
        word, there = reading.words[n].text, reading.words[at + n - run[0]].text
        if word != there and not (word.casefold() == there.casefold() and capitals_fit(word, there)):
            return False
    return True


def _ends(reading: Reading, after: int) -> bool:
    """Say whether no longer name goes on after it."""
    goes_on = after + 1 < len(reading.words) and reading.words[after].text in _GOES_ON
    return not goes_on or kind_of(reading.words[after + 1].text) != "name"
