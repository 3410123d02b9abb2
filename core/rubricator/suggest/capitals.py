"""Runs of words with capitals, as names are written, and how far a name goes that goes on with “of”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubricator.model.small_words import DETERMINERS
from rubricator.suggest.given import GIVEN
from rubricator.suggest.reading import WORDS_A_STEP, Reading
from rubricator.suggest.runs import Run
from rubricator.suggest.shapes import CALENDAR, ORG_WORDS, STARTERS, is_initial, is_shout, kind_of

_JOINT = frozenset("ministry department institute committee office bureau commission".split())
_WRAPPED = 40
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def capital_runs(reading: Reading) -> Iterator[Run | None]:
    """Yield the longest runs of words with capitals, without what opens a sentence and belongs to none.

    None where a step ended: a text may have no capitals, or nothing else.
    """
    words, n = reading.words, 0
    while n < len(words):
        if n % WORDS_A_STEP == 0:
            yield None
        if not _capital(reading, n):
            n += 1
            continue
        first = n
        n += 1
        while n < len(words) and _goes_on(reading, n):
            n += 1
            if n % WORDS_A_STEP == 0:
                yield None
        while first < n and (
            kind_of(words[first].text) != "name"
            or (reading.folded(first) in STARTERS | DETERMINERS and not is_shout(words[first].text))
        ):
            first += 1
        if first < n:
            yield first, n


def _capital(reading: Reading, n: int) -> bool:
    word = reading.words[n].text
    return kind_of(word) == "name" and word.casefold() not in CALENDAR


def _goes_on(reading: Reading, n: int) -> bool:
    gap, words = reading.gap(n), reading.words
    if words[n].text in {"’", "'"} and words[n - 1].text.endswith("s") and n + 1 < len(words) and not gap:
        return _capital(reading, n + 1)  # “Dockers’ Union”
    if words[n].text == "&":
        return bool(gap) and n + 1 < len(words) and bool(reading.gap(n + 1)) and _goes_on(reading, n + 1)
    if words[n].text in {"-", "‐", "’", "'"}:
        return not gap and n + 1 < len(words) and not reading.gap(n + 1) and kind_of(words[n + 1].text) != "mark"
    if words[n - 1].text in {"’", "'"} and gap:
        return _capital(reading, n)
    if not gap:
        return words[n - 1].text in {"-", "‐", "’", "'"}
    broken = "\n" in gap and _short_line(reading, n - 1) and not is_initial(words[n - 1].text)
    return not reading.parted(n) and not broken and _capital(reading, n)


def _short_line(reading: Reading, n: int) -> bool:
    """Say whether the line that ends with a word is too short to be a wrapped one: a line of the head, or of a list."""
    end = reading.words[n].end
    return end - (reading.text.rfind("\n", max(0, end - _WRAPPED), end) + 1 or end - _WRAPPED) < _WRAPPED


def extended(reading: Reading, starts: dict[int, Run], after: int, head: str) -> int:
    """Return where a name ends that goes on with “of”."""
    for _n in range(3):
        if after >= len(reading.words) - 1:
            break
        link = reading.words[after].text
        following = after + 1
        if link == "of" and reading.words[following].text == "the":
            following += 1
        if link == "of" and _YEAR.fullmatch(reading.words[following].text):
            return following + 1  # “Academy Act of 1814”
        if link not in {"of", "and"} or (link == "and" and head not in _JOINT) or following not in starts:
            break
        if reading.parted(after) or reading.parted(following):
            break
        after = before_initial(reading, starts[following])
    return after


def is_year(reading: Reading, n: int) -> bool:
    """Say whether a word is a year, and belongs to the one before it."""
    return _YEAR.fullmatch(reading.words[n].text) is not None and not reading.parted(n)


def before_initial(reading: Reading, run: Run) -> int:
    """Return where the name of a person begins in a run, by its initial: “Karesh” + “S. Lebrune”; not “John F.”."""
    first, after = run
    if reading.folded(after - 1) in ORG_WORDS:
        return after  # “Karesh S. Lebrune Foundation”
    alone = (n for n in range(first + 1, after) if is_initial(reading.words[n].text))
    return next((n for n in alone if reading.folded(n - 1) not in GIVEN), after)
