"""Runs of words in a reading, as names are: `(first, after)`, numbers of words, half-open."""

from __future__ import annotations

from collections.abc import Iterator

from rubricator.model.small_words import HONORIFICS, TITLES
from rubricator.suggest.reading import Reading
from rubricator.suggest.shapes import CALENDAR, ORG_WORDS, PARTICLES, STARTERS, is_initial, is_shout, kind_of

Run = tuple[int, int]

_NEVER_GIVEN = (STARTERS | PARTICLES | {"the", "für", "im", "am", "against"}) - {
    "mark",
    "will",
    "may",
    "long",
    "an",
    "al",
    "so",
    "do",
}
_HYPHENS = frozenset("-‐‑")
_WORDS_MOST = 12
_NEAR = 16
_LINE = 200


def name_core(reading: Reading, first: int, after: int) -> Run | None:
    """Return the run without a determiner, titles and a possessive around it; None where it is no name."""
    while after - first > 1 and reading.words[after - 1].text.casefold() in {"'s", "’s"}:
        after -= 1
    bare = first
    while after - bare > 1 and (reading.folded(bare) in TITLES or reading.folded(bare) == "the"):
        bare += 1
    if reading.folded(bare) in PARTICLES or not reading.words[bare].text[0].isupper():
        bare = first  # "Secretary of State"
    called = all(reading.folded(n) in HONORIFICS for n in range(first, bare))  # "Sir Mervyn King"
    if reading.folded(after - 1) in TITLES and not called:
        bare = first  # "Prime Minister"
    words = [word.text for word in reading.words[bare:after]]
    is_name = len(words) <= _WORDS_MOST and kind_of(words[0]) == "name" and kind_of(words[-1]) in ("name", "number")
    return (bare, after) if is_name and (len(words) > 1 or len(words[0]) > 1) else None


def occurrences(reading: Reading, run: Run) -> Iterator[Run]:
    """Yield where the same words stand as a name of their own, in order, without overlaps."""
    first, after = run
    wanted = [word.text for word in reading.words[first:after]]
    gaps = [bool(reading.gap(n)) for n in range(first + 1, after)]
    last = -1
    for n in reading.places.get(wanted[0].casefold(), ()):
        end = n + len(wanted)
        found = [word.text for word in reading.words[n:end]]
        if n < last or not (
            found == wanted or (found == [word.upper() for word in wanted] and not is_shout(wanted[0]))
        ):
            continue
        if [bool(reading.gap(k)) for k in range(n + 1, end)] != gaps:
            continue
        if (len(wanted) > 1 or not reading.common(n)) and stands_alone(reading, (n, end)):
            last = end
            yield n, end


def stands_alone(reading: Reading, run: Run) -> bool:
    """Say whether a name is no part of a longer one (“Miami” in “Miami Beach”); in a headline nobody can tell."""
    first, after = run
    if tied(reading, run) or goes_on(reading, run):
        return False
    if after - first == 1 and is_shout(reading.words[first].text):
        return True  # "CIS Executive Secretary"
    if kind_of(reading.words[first].text) != "name" or in_headline(reading, run) or all_capitals(reading, run):
        return True
    return not joins_next(reading, after) and not joins_before(reading, first)


def goes_on(reading: Reading, run: Run) -> bool:
    """Say whether a body's name goes on after the run: “Kareshi Academy” in “Kareshi Academy of Sciences”."""
    first, after = run
    if after - first < 2 or reading.folded(after - 1) not in ORG_WORDS or after + 1 >= len(reading.words):
        return False
    return reading.words[after].text == "of" and kind_of(reading.words[after + 1].text) == "name"


def in_headline(reading: Reading, run: Run) -> bool:
    """Say whether all long words of the line around the run have a capital, so that it tells nothing."""
    near = [*reading.words[max(0, run[0] - _NEAR) : run[0]], *reading.words[run[1] : run[1] + _NEAR]]
    start, end = reading.words[run[0]].start, reading.words[run[1] - 1].end
    low = reading.text.rfind("\n", max(0, start - _LINE), start) + 1 or max(0, start - _LINE)
    high = reading.text.find("\n", end, end + _LINE)
    high = high if high >= 0 else end + _LINE
    long = [word.text for word in near if low <= word.start < high and len(word.text) > 3 and word.text.isalpha()]
    return len(long) > 3 and all(kind_of(word) != "lower" for word in long)


def all_capitals(reading: Reading, run: Run) -> bool:
    """Say whether the line around the run is one of four words and more, all of them with capitals: a headline."""
    start, end = reading.words[run[0]].start, reading.words[run[1] - 1].end
    low = reading.text.rfind("\n", max(0, start - _LINE), start) + 1 or max(0, start - _LINE)
    high = reading.text.find("\n", end, end + _LINE)
    line = reading.text[low : high if high >= 0 else end + _LINE].split()
    return "\n" not in reading.text[start:end] and len(line) > 3 and not any(word[0].islower() for word in line)


_MEMBERS = frozenset("states countries nations parliaments".split())
"""What the members of a body are called: “CIS member states”."""


def members(reading: Reading, after: int) -> int:
    """Return where the members of a body end that are named right after it; `after` where none are."""
    behind = after + 1 if word_is(reading, after, "member") else after
    found = after < behind < len(reading.words) and reading.folded(behind) in _MEMBERS and not reading.parted(behind)
    return behind + 1 if found else after


def word_is(reading: Reading, n: int, word: str) -> bool:
    """Say whether a word goes on in small letters."""
    return n < len(reading.words) and reading.words[n].text == word and not reading.parted(n)


def tied(reading: Reading, run: Run) -> bool:
    """Say whether a hyphen ties the run to a word before or after it."""
    first, after = run
    before = first > 0 and reading.words[first - 1].text in _HYPHENS and not reading.gap(first)
    count = len(reading.words)
    behind = after < count and reading.words[after].text in _HYPHENS and not reading.gap(after)
    return before or (behind and after + 1 < count and not reading.gap(after + 1))


def joins_next(reading: Reading, after: int) -> bool:
    """Say whether the word after a run looks like a further part of the name (“Lebedev” + “Institute”)."""
    if after >= len(reading.words) or reading.parted(after):
        return False
    word = reading.words[after].text
    title = word.casefold() in TITLES and reading.folded(after - 1) not in TITLES  # not “Secretary” + “General”
    begins = is_initial(word) or word.casefold() in CALENDAR or title  # something else
    return bool(reading.gap(after)) and kind_of(word) == "name" and not begins


def joins_before(reading: Reading, first: int) -> bool:
    """Say whether the word before a run looks like a part of the name (“Ivan” + “Lebedev”): no title, no opening."""
    n = first - 1
    if n < 0 or (reading.parted(first) and not is_initial(reading.words[n].text)):
        return False
    word = reading.words[n].text
    if is_initial(word):
        return True
    if reading.folded(n) in _NEVER_GIVEN:
        return False  # "Of" in a headline
    title = reading.folded(n) in TITLES and reading.folded(first) not in TITLES  # not “Deputy” + “Chairman”
    return kind_of(word) == "name" and not is_shout(word) and not title and not reading.common(n)
