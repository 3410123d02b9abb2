"""Words as they are compared: white space of any kind and length is one blank, letters are folded where asked.

Folding is Unicode's full case folding (the Unicode Standard, section 3.13, Default Caseless Matching): "ß" is "ss",
"İ" is "i" with a dot above. A folded text may so be shorter or longer than its source; `Folded` knows the way back.
"""

from __future__ import annotations

import re
from bisect import bisect_right


def fold(words: str) -> str:
    """Return the words as they are looked up: case folded, one blank for each white space, none around them."""
    return " ".join(words.casefold().split())


def single_spaced(words: str) -> str:
    """Return the words with one blank for each white space and none around them."""
    return " ".join(words.split())


class Folded:
    """A text to search in, and the way from its offsets to those of the source (both in code points)."""

    def __init__(self, source: str, *, case: bool) -> None:
        """Fold `source`; with `case` letters stay as they are."""
        self.text = single_spaced(source)
        changing = r"\s{2,}"
        if not case:
            plain, self.text = self.text, self.text.casefold()
            if len(plain) != len(self.text):
                wide = (char for char in set(plain) if len(char.casefold()) > 1)
                changing += f"|[{''.join(map(re.escape, wide))}]"
        # Where the two run side by side again after something that changed its length: offsets here and there.
        self._here, self._there = [0], [len(source) - len(source.lstrip())]
        for match in re.compile(changing).finditer(source, self._there[0]):
            char = source[match.start()]
            length = 1 if char.isspace() else len(char.casefold())
            self._here.append(self._here[-1] + match.start() - self._there[-1] + length)
            self._there.append(match.end())

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
