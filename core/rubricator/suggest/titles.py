"""Job titles that are written with capitals: before a name, or with that of which they are."""

from __future__ import annotations

from rubricator.model.small_words import DETERMINERS, HONORIFICS, TITLES
from rubricator.suggest.capitals import extended
from rubricator.suggest.given import GIVEN
from rubricator.suggest.nations import is_state
from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, in_headline, word_is
from rubricator.suggest.shapes import ORG_WORDS, PLACE_WORDS, STARTERS, is_shout

PORTFOLIOS = frozenset(
    (
        "foreign prime defence defense interior finance education health transport justice energy environment trade"
        " economy culture agriculture labour labor deputy vice first chief police acting former state attorney"
    ).split()
)
_PARTS = frozenset("foreign prime defence defense interior finance former acting deputy head".split())
OFFICES = (TITLES - HONORIFICS - _PARTS) | frozenset(
    (
        "economist historian geologist physicist chemist biologist scientist researcher engineer pilot skipper singer"
        " actor actress author writer novelist poet painter artist architect conductor composer journalist blogger"
        " photographer activist campaigner politician lawmaker surgeon doctor nurse teacher farmer baker firefighter"
        " manager striker midfielder goalkeeper captain astronaut psychologist sociologist philosopher designer"
    ).split()
)
_GENERALS = frozenset(("secretary", "director"))
_SHOUT_MOST = 6
"""Letters of an abbreviation."""
_NAMES_LEAST = 2
"""Words of a name that stands after a title without an initial."""
CHARGES = frozenset("affairs ministers deputies directors governors representatives security state".split())
"""What an office is of, and the last word of that."""
_NO_OFFICES = frozenset(("king", "queen", "prince", "princess", "general", "brother", "sister", "father"))


def title_of(reading: Reading, run: Run, starts: dict[int, Run]) -> Run | None:
    """Return the title with that of which it is one: “Deputy Chairman of the Cabinet of Ministers”, “NHC Secretary”."""
    first, after = run
    short = after - first > 1 and abbreviates(reading, first)
    words = [reading.folded(n) for n in range(first + short, after)]
    if not (short or word_is(reading, after, "of")) or in_headline(reading, run):
        return None
    if after - first == 1 and reading.opens(first):
        return None  # its capital says nothing: “Heads of cattle”
    general = words[-1] == "general" and len(words) > 1 and words[-2] in _GENERALS
    office = general or words[-1] in OFFICES - _NO_OFFICES
    if not office or not all(word in OFFICES | PORTFOLIOS | TITLES for word in words):
        return None
    whole = extended(reading, starts, after, words[-1])
    last = max((n for n in range(after, whole) if reading.words[n].text == "of"), default=after)
    return first, _before_holder(reading, last + 1, whole)


def _before_holder(reading: Reading, first: int, after: int) -> int:
    """Return where the name of who holds the office begins in what it is of: “Estmar” + “Anna Lopes”."""
    if after - first < 2 or reading.folded(after - 1) in ORG_WORDS:
        return after
    for n in range(after - _NAMES_LEAST, first, -1):
        if is_state(reading, (first, n)) or reading.folded(n - 1) in PORTFOLIOS | CHARGES:
            return n
        if reading.folded(n) in GIVEN and reading.folded(n - 1) not in PLACE_WORDS:
            return n
    return after


def holder_of(reading: Reading, title: Run, starts: dict[int, Run]) -> Run | None:
    """Return the name that goes on where a title ends: that of who holds the office."""
    around = next((run for run in (starts.get(n) for n in range(*title)) if run and run[1] > title[1]), None)
    return (title[1], around[1]) if around else None


def office_start(reading: Reading, first: int, name: int) -> int | None:
    """Return where a title before a name begins: what is told by no portfolio, rank or body stands before it."""
    start = name
    while start > first and reading.folded(start - 1) in OFFICES | PORTFOLIOS | TITLES:
        start -= 1
    if start == name or reading.folded(name - 1) not in OFFICES:
        return None
    return start - 1 if start > first and abbreviates(reading, start - 1) else start  # “CIS Secretary”


def abbreviates(reading: Reading, n: int) -> bool:
    """Say whether a word in capitals is used like a name here, more than once: no “BREAKING”, and no “US”."""
    word, places = reading.words[n].text, reading.places[reading.folded(n)]
    known = is_shout(word) and 2 < len(word) <= _SHOUT_MOST and reading.folded(n) not in STARTERS | DETERMINERS | TITLES
    return known and sum(reading.words[m].text == word for m in places) > 1


def alone_before(reading: Reading, n: int) -> bool:
    """Say whether no more of a title stands before its one word."""
    return reading.folded(n - 1) in {"the", "a", "an", "its", "his", "her", "their", ",", "said", "and"}
