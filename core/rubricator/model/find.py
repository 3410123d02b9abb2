"""Finding in one text: words as they are, whole words, or a regular expression. Offsets are code points.

Words are found in every canonically equivalent spelling, an expression as it is typed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.model.folding import Folded, composed, is_composed
from rubricator.model.mentions import Borders
from rubricator.model.spans import Fragment
from rubricator.words import message

MOST_HITS = 10_000
_SECONDS = 1.0
"""What an expression may take: some need longer than anyone lives."""
_LETTERS_MOST = 500
"""The library's preparation of words takes the cube of their length: a second for 1,000 letters, minutes for 5,000."""
_PARTS_MOST = 1_000_000
"""It writes a counted repeat out: nobody can wait for, or keep, “(((x{100}){100}){100}){100}”."""
_COUNTED = re.compile(r"\{(\d*),?(\d*)\}")


class Wanted(NamedTuple):
    """What is looked for, and how."""

    words: str
    case: bool = False
    whole: bool = False
    expression: bool = False


class Hits(NamedTuple):
    """Where it was found, in order; `more` says that there are others behind MOST_HITS."""

    places: tuple[Fragment, ...] = ()
    more: bool = False


def find(text: str, wanted: Wanted) -> Hits:
    """Return where something stands; UserError for what is too long, or an expression that cannot be read or done.

    White space between words stands for any white space, so that a name over a line break is found. Words that begin
    inside a grapheme cluster are no hit; where they end inside of one (Arabic is mostly typed without its vowels) the
    hit goes on to its end.
    """
    import regex  # it takes longer to load than a window

    if not wanted.words.strip():
        return Hits()
    _check_size(wanted)
    pattern = wanted.words
    if not wanted.expression:
        pattern = r"\s+".join(map(regex.escape, composed(wanted.words).split()))
    if wanted.whole:
        pattern = rf"(?<!\w)(?:{pattern})(?!\w)"
    flags = regex.VERSION1 | regex.MULTILINE
    if not wanted.case:
        flags |= regex.IGNORECASE | regex.FULLCASE
    other = None if wanted.expression else _otherwise_spelled(text)
    borders = None if wanted.expression else Borders(text, words=False)
    places: list[Fragment] = []
    try:
        for found in regex.compile(pattern, flags).finditer(other.text if other else text, timeout=_SECONDS):
            start, end = map(other.source, found.span()) if other else found.span()
            if start is not None and end is not None and start < end:
                if borders is not None and not borders.starts(start):
                    continue
                if borders is not None and not borders.ends(end):
                    end = borders.piece(end)[1]
                if len(places) == MOST_HITS:
                    return Hits(tuple(places), more=True)
                places.append((start, end))
    except (regex.error, ValueError) as error:  # ValueError: flags that exclude one another
        why = message("This expression cannot be read: {why}.", why=error)
        raise UserError(why, message("Mend it, or look for the words as they are.")) from error
    except RecursionError as error:
        why = message("This expression cannot be read: too many brackets stand in one another.")
        raise UserError(why, message("Mend it, or look for the words as they are.")) from error
    except TimeoutError as error:
        why = message("This expression takes too long in this article.")
        raise UserError(why, message("Say more exactly what stands between.")) from error
    return Hits(tuple(places))


@lru_cache(maxsize=1)
def _otherwise_spelled(text: str) -> Folded | None:
    """Return what words are found in where the text is not composed; kept, for one types letter after letter."""
    return None if is_composed(text) else Folded(text, case=True)


def _check_size(wanted: Wanted) -> None:
    """Refuse what could not be got ready for in a moment; no time limit holds there."""
    if len(wanted.words) > _LETTERS_MOST:
        why = message("What is looked for is longer than {n} letters.", n=_LETTERS_MOST)
        raise UserError(why, message("Look for its first words."))
    if wanted.expression:
        times = [max(1, *(int(n[:9] or 0) for n in counted.groups())) for counted in _COUNTED.finditer(wanted.words)]
        if len(wanted.words) * prod(times) > _PARTS_MOST:
            why = message("This expression repeats too much.")
            raise UserError(why, message("Use smaller numbers in the braces."))
