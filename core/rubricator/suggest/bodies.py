"""Bodies in a text: organisations and the like by their shape, their abbreviations and short forms."""

from __future__ import annotations

from collections.abc import Iterator

from rubricator.model.small_words import DETERMINERS, TITLES
from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, joins_before, joins_next, tied
from rubricator.suggest.shapes import LINKS, ORG_WORDS, is_shout, kind_of

_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_WORDS_MOST = 12
_SMALL = LINKS | {"and", "und", "et", "e", "и", "&"}
_BEFORE_A_NAME = LINKS | DETERMINERS | TITLES | {"'s", "’s"}
"""What parts a name from the one around it; not “Russian” in “Russian Federal Security Service”."""


def looks_like_body(reading: Reading, run: Run) -> bool:
    """Say whether the run is more likely a body than a person: it holds a small word, “Council”, or five words."""
    folded = [reading.folded(n) for n in range(*run)]
    if len(folded) < 2:
        return folded[0] in ORG_WORDS
    small = any(word in ("of", "for", "and", "the", "&", "und", "für", "et", "и") for word in folded)
    return small or len(folded) > 4 or not ORG_WORDS.isdisjoint(folded)


def abbreviation_of(reading: Reading, run: Run) -> Run | None:
    """Return one place of the body's abbreviation: in brackets after it, or anywhere made of its initials."""
    first, after = run
    words = reading.words
    behind = _bracketed(reading, after)
    if behind and (_stands_for(reading, behind, run) or _may_be_called(reading, run, behind)):
        return behind
    if words[first - 1 : first] and words[first - 1].text in _OPENING and first > 1:
        before = (first - 2, first - 1)
        if is_shout(words[first - 2].text) and _stands_for(reading, before, run):
            return before
    for initials in _initials(reading, run):
        for n in reading.places.get(initials.casefold(), ()) if len(initials) > 2 else ():
            if words[n].text == initials:
                return n, n + 1
    return None


def in_brackets_after(reading: Reading, run: Run) -> Run | None:
    """Return the abbreviation in brackets right after a name, where its letters are the initials of just this name."""
    behind = _bracketed(reading, run[1])
    return behind if behind and _stands_for(reading, behind, run) else None


def expansions_of(reading: Reading, run: Run) -> Iterator[Run]:
    """Yield what an abbreviation is spelled out as: before its brackets, in brackets after it, or by its initials."""
    text = reading.words[run[0]].text
    for n in reading.places.get(text.casefold(), ()):
        if reading.words[n].text != text:
            continue
        if n > 1 and reading.words[n - 1].text in _OPENING:
            yield from _ending_at(reading, n - 1, (n, n + 1))
        elif n + 2 < len(reading.words) and reading.words[n + 1].text in _OPENING:
            end = next(
                (
                    k
                    for k in range(n + 2, min(n + _WORDS_MOST, len(reading.words)))
                    if reading.words[k].text in _CLOSING
                ),
                n,
            )
            if end > n + 2 and _stands_for(reading, (n, n + 1), (n + 2, end)):
                yield n + 2, end


def short_forms(reading: Reading, run: Run) -> Iterator[Run]:
    """Yield “the Commonwealth” for “Commonwealth of Independent States”, where no other body begins like it."""
    first, after = run
    if after - first < 3 or reading.folded(first + 1) not in LINKS:
        return
    head = reading.words[first].text
    rest = [reading.folded(n) for n in range(first + 1, after)]
    alone: list[Run] = []
    for n in reading.places.get(head.casefold(), ()):
        if reading.words[n].text != head:
            continue
        behind = [reading.folded(k) for k in range(n + 1, min(n + 1 + len(rest), len(reading.words)))]
        if behind == rest:
            continue
        if behind and behind[0] == rest[0]:
            return  # another body that begins like it
        determined = n > 0 and reading.folded(n - 1) == "the"
        if determined and not joins_next(reading, n + 1) and not tied(reading, (n, n + 1)):
            alone.append((n, n + 1))
        elif joins_next(reading, n + 1) or joins_before(reading, n):
            return
    yield from alone


def _bracketed(reading: Reading, n: int) -> Run | None:
    """Return the abbreviation that stands here alone in brackets."""
    marks = [word.text for word in reading.words[n : n + 3]]
    alone = len(marks) == 3 and marks[0] in _OPENING and is_shout(marks[1]) and marks[2] in _CLOSING
    return (n + 1, n + 2) if alone else None


def _ending_at(reading: Reading, after: int, short: Run) -> Iterator[Run]:
    """Yield the run before a bracket that the abbreviation in it stands for."""
    first = after
    while first > max(0, after - _WORDS_MOST):
        word = reading.words[first - 1].text
        if kind_of(word) != "name" and word.casefold() not in _SMALL and word != "-":
            break
        first -= 1
        if kind_of(word) == "name" and _stands_for(reading, short, (first, after)):
            yield first, after
            return


def _may_be_called(reading: Reading, run: Run, short: Run) -> bool:
    """Say whether what stands in brackets after a body may name it though its letters are not the body's initials.

    Not what a name at its end is called, “Secretary General of the Sund Trade Council (STC)”, or a longer one that it
    ends; and an office has no other letters than its own.
    """
    if not looks_like_body(reading, run):
        return False
    named = next(_ending_at(reading, run[1], short), None)
    if named is not None:
        return named[0] > run[0] and reading.folded(named[0] - 1) not in _BEFORE_A_NAME
    head = next((n for n in range(run[0] + 1, run[1]) if reading.folded(n) in LINKS), run[1]) - 1
    return reading.folded(head) not in TITLES


def _stands_for(reading: Reading, short: Run, run: Run) -> bool:
    letters = [char for char in reading.words[short[0]].text if char.isalnum()]
    return "".join(letters) in _initials(reading, run)


def _initials(reading: Reading, run: Run) -> set[str]:
    """Return the initials with and without the small words, all as capitals."""
    words = [reading.words[n].text for n in range(*run) if reading.words[n].text[0].isalnum()]
    large = [word for word in words if word.casefold() not in _SMALL]
    return {"".join(word[0].upper() for word in chosen) for chosen in (words, large)}
