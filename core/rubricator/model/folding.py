"""Words as they are compared: white space of any kind and length is one blank, letters are folded where asked.

Of canonically equivalent spellings ("é" is one code point or two) NFC stands for all (the Unicode Standard, section
3.11, and UAX 15). It is made of grapheme clusters one by one, so nothing changes but what lies inside of one.

Folding is Unicode's full case folding (the Unicode Standard, section 3.13, Default Caseless Matching): "ß" is "ss",
"İ" is "i" with a dot above. A folded text may so be shorter or longer than its source; `Folded` knows the way back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from unicodedata import is_normalized, normalize

from rubricator.model.spans import Fragment
from rubricator.model.tokens import graphemes


def fold(words: str) -> str:
    """Return the words as they are looked up: case folded, one blank for each white space, none around them."""
    return " ".join(composed(words).casefold().split())


def composed(words: str) -> str:
    """Return the words in the spelling that stands for all that are canonically equivalent."""
    return normalize("NFC", words)


def is_composed(text: str) -> bool:
    """Say whether a text is in that spelling, as nearly all are: a millisecond for a million letters."""
    return is_normalized("NFC", text)


def spelled(forms: Iterable[str]) -> list[str]:
    """Return words as they may stand in an index: with composed letters, and with all marks behind their letters."""
    written = [composed(form) for form in forms]
    return list(dict.fromkeys([*written, *(normalize("NFD", form) for form in written if not form.isascii())]))


def single_spaced(words: str) -> str:
    """Return the words with one blank for each white space and none around them."""
    return " ".join(words.split())


class Folded:
    """A text to search in, and the way from its offsets to those of the source (both in code points)."""

    def __init__(self, source: str, *, case: bool) -> None:
        """Fold `source`; with `case` letters stay as they are."""
        self.text = single_spaced(composed(source))
        changing = r"\s{2,}"
        if not case:
            plain, self.text = self.text, self.text.casefold()
            if len(plain) != len(self.text):
                wide = (char for char in set(plain) if len(char.casefold()) > 1)
                changing += f"|[{''.join(map(re.escape, wide))}]"
        # Where the two run side by side again after something that changed its length: offsets here and there.
        self._here, self._there = [0], [len(source) - len(source.lstrip())]
        places = (match.span() for match in re.compile(changing).finditer(source, self._there[0]))
        for start, end in places if is_composed(source) else _pieces(source, self._there[0]):
            piece = source[start:end]
            length = 1 if piece.isspace() else len(composed(piece) if case else composed(piece).casefold())
            self._here.append(self._here[-1] + start - self._there[-1] + length)
            self._there.append(end)

    def source(self, offset: int) -> int | None:
        """Return where the source is at `offset` of the folded text; None inside what one character became."""
        n = bisect_right(self._here, offset) - 1
        found = self._there[n] + offset - self._here[n]
        return found if n + 1 == len(self._there) or found < self._there[n + 1] else None

    def folded(self, offset: int) -> int:
        """Return where the folded text is at `offset` of the source; at the end of what was put together there."""
        n = bisect_right(self._there, offset) - 1
        if n < 0:
            return 0
        found = self._here[n] + offset - self._there[n]
        return found if n + 1 == len(self._here) else min(found, self._here[n + 1])


def _pieces(source: str, start: int) -> Iterator[Fragment]:
    """Yield white space, and the grapheme clusters of words whose length may change."""
    for match in re.compile(r"\s{2,}|\S+").finditer(source, start):
        at, piece = match.start(), match[0]
        if piece.isspace():
            yield match.span()
        elif not is_composed(piece) or len(piece.casefold()) > len(piece):
            yield from ((at + low, at + high) for low, high in graphemes(piece))
