"""What stands around a place of a text, on one line: cut between words, with … where it is not all."""

from __future__ import annotations

import re

AROUND = 60
"""Code points of the text that are shown on each side."""

_WORD = 24
"""Code points up to which what is cut off may be a part of a word; a text without spaces is cut anywhere."""

_SPACES = re.compile(r"\s+")


def words_before(text: str, start: int) -> str:
    """Return what stands before a place, with … and from a whole word on where it is not all."""
    first = max(0, start - AROUND)
    words = _flat(text[first:start])
    if not first:
        return words.lstrip()
    if not text[first - 1].isspace():
        part, _space, whole = words.partition(" ")
        words = whole if len(part) <= _WORD and whole.strip() else words
    return "… " + words.lstrip()


def words_after(text: str, end: int) -> str:
    """Return what stands after a place, up to a whole word and with … where it is not all."""
    last = end + AROUND
    words, more = _flat(text[end:last]), text[last : last + AROUND]
    if not more.strip():
        return words.rstrip()
    if not more[0].isspace():
        whole, _space, part = words.rpartition(" ")
        words = whole if len(part) <= _WORD and whole.strip() else words
    return words.rstrip() + " …"


def _flat(words: str) -> str:
    return _SPACES.sub(" ", words)
