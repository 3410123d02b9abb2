"""By what borders over the same words differ: a determiner, a title, punctuation, the head, words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rubricator.model.small_words import DETERMINERS, TITLES
from rubricator.model.spans import QUOTE_JOIN, Annotation

_WORDS_MOST = 60
"""Code points of what differs that a pattern names; longer stretches have nothing in common but their length."""


def border(annotations: Sequence[Annotation]) -> tuple[str, str]:
    """Return the sub-kind, and the words by which the longest reach of all differs from what is common to all."""
    first, last = max(one.start for one in annotations), min(one.end for one in annotations)
    left = _longest(under(one, one.start, first) for one in annotations)
    right = _longest(under(one, last, one.end) for one in annotations)
    bare_left, bare_right = _bare(left), _bare(right)
    what = _one_line(" … ".join(filter(None, (bare_left, bare_right))) or left + right)
    if not bare_left and not bare_right:
        return "punctuation", what
    if bare_right:
        return "head", what
    words = [word.casefold() for word in bare_left.split()]
    small = [word in DETERMINERS or f"{word}." in TITLES or word in TITLES for word in words]
    if all(word in DETERMINERS for word in words):
        return "determiner", what.casefold()
    return ("title" if all(small) else "words"), what


def under(annotation: Annotation, start: int, end: int) -> str:
    """Return the words of an annotation between two offsets, out of its quote."""
    parts, place = [], 0
    for begin, until in annotation.span.fragments:
        a, b = max(begin, start), min(until, end)
        if a < b:
            parts.append(annotation.quote[place + a - begin : place + b - begin])
        place += until - begin + len(QUOTE_JOIN)
    return QUOTE_JOIN.join(parts)


def _longest(found: Iterable[str]) -> str:
    return max(found, key=lambda words: (len(words), words))


def _bare(words: str) -> str:
    """Take off what is no word at both ends."""
    first = next((n for n, char in enumerate(words) if char.isalnum()), len(words))
    last = next((n for n in range(len(words), first, -1) if words[n - 1].isalnum()), first)
    return words[first:last]


def _one_line(words: str) -> str:
    found = " ".join(words.split())
    return found if len(found) <= _WORDS_MOST else f"{found[: _WORDS_MOST - 1]}…"
