"""The word and the name around a place of a text: what a double click means, and what a selection grows to."""

from __future__ import annotations

from bisect import bisect_right

from rubricator.model.spans import Span
from rubricator.suggest.reading import Reading
from rubricator.suggest.shapes import FUNCTION_WORDS, PARTICLES, STARTERS, is_initial, kind_of

_REACH = 300
"""Code points before and after a place in which its name is looked for."""

_WITHIN = PARTICLES | {"the"}
"""What may stand inside a name: after a capital, and with one to follow."""

_HYPHENS = frozenset("-‐’'")


def word_at(text: str, offset: int) -> Span | None:
    """Return the word that holds a code point, with initials that are written to it and its prefix; None at none."""
    reading = Reading.around(text, offset, offset, _REACH)
    n = _nth(reading, offset)
    if n is None:
        return None
    first = last = n
    while first > 0 and not reading.gap(first) and is_initial(reading.words[first - 1].text) and _capital(reading, n):
        first -= 1
    while last + 1 < len(reading.words) and not reading.gap(last + 1) and is_initial(reading.words[last].text):
        if not _capital(reading, last + 1):
            break
        last += 1
    if first == n and _prefixed(reading, n):
        first -= 2
    elif first == last and (head := next((m for m in (n + 1, n + 2) if _prefixed(reading, m)), None)) is not None:
        first, last = head - 2, head  # it is the small word, or its hyphen
    return Span.of(reading.words[first].start, reading.words[last].end)


def _prefixed(reading: Reading, n: int) -> bool:
    """Say whether a small word stands before a name with a hyphen: “inter-Afghan” is one word, “Arvenian-born” two."""
    if (
        not 2 <= n < len(reading.words)
        or reading.words[n - 1].text not in _HYPHENS
        or reading.gap(n)
        or reading.gap(n - 1)
    ):
        return False
    alone = n < 3 or reading.words[n - 3].text not in _HYPHENS or bool(reading.gap(n - 2))
    return alone and _capital(reading, n) and kind_of(reading.words[n - 2].text) == "lower"


def names_at(text: str, offset: int) -> list[Span]:
    """Return the names that hold a code point, shortest first: words with capitals in a row, then over “of the”."""
    reading = Reading.around(text, offset, offset, _REACH)
    n = _nth(reading, offset)
    if n is None:
        return []
    short = _run(reading, n, over=False)
    found = [run for run in (short, _run(reading, n, over=True)) if run is not None]
    word = word_at(text, offset) or Span.of(offset, offset + 1)
    spans = [(reading.words[first].start, reading.words[last].end) for first, last in found]
    return list(dict.fromkeys(Span.of(min(start, word.start), max(end, word.end)) for start, end in spans))


def _nth(reading: Reading, offset: int) -> int | None:
    n = bisect_right(reading.words, offset, key=lambda word: word.start) - 1
    return n if n >= 0 and offset < reading.words[n].end else None


def _capital(reading: Reading, n: int) -> bool:
    """Say whether the n-th word has a capital of its own: in “Part In The Talks” two have that of the headline."""
    if kind_of(reading.words[n].text) != "name":
        return False
    small = n > 0 and reading.folded(n) in FUNCTION_WORDS
    return not (small and kind_of(reading.words[n - 1].text) == "name" and not reading.parted(n))


def _run(reading: Reading, n: int, *, over: bool) -> tuple[int, int] | None:
    """Return the first and the last word of the run of capitals around the n-th; `over` small words, too."""
    first = last = n
    while (step := _step(reading, last, 1, over=over)) is not None:
        last = step
    while (step := _step(reading, first, -1, over=over)) is not None:
        first = step
    while first < last and not _begins(reading, first):
        first += 1
    while first < last and not _capital(reading, last):
        last -= 1
    return (first, last) if first < last and first <= n <= last else None


def _begins(reading: Reading, n: int) -> bool:
    """Say whether a name can begin with the n-th word: with a capital of its own, or with “al-”."""
    if _capital(reading, n):
        return not (reading.opens(n) and reading.folded(n) in STARTERS)
    return reading.folded(n) in PARTICLES and not reading.gap(n + 1)


def _step(reading: Reading, n: int, way: int, *, over: bool) -> int | None:
    """Return the next word of a name that goes on from the n-th, to the right or to the left; None where it ends."""
    m = n + way
    while 0 <= m < len(reading.words):
        if reading.parted(max(m, m - way)):
            return None
        if reading.words[m].text in _HYPHENS and 0 <= m + way < len(reading.words):
            glued = not reading.gap(m) and not reading.gap(m + 1)
            return m + way if glued and kind_of(reading.words[m + way].text) != "mark" else None
        if _capital(reading, m):
            return m
        if not over or reading.folded(m) not in _WITHIN:
            return None
        m += way
    return None
