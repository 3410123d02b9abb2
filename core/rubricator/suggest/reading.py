"""A text cut into words once, so that rules can walk over it: places, what stands between, where sentences open."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from rubricator.model.tokens import grapheme_start, words
from rubricator.suggest.shapes import CALENDAR, STARTERS, is_initial

T = TypeVar("T")

STOPS = frozenset(".!?…:。！？｡؟۔।") | {"..."}
QUOTES = frozenset("\"“”„‟‘’'«»‹›「」『』")


class Word(NamedTuple):
    """A word or mark: where it stands (code points) and what it is."""

    start: int
    end: int
    text: str


class Reading:
    """The words of a text, or of a stretch of it."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.words = [Word(t.start, t.end, text[t.start : t.end]) for t in words(text, start, end)]
        self._known: dict[Any, Any] = {}

    @classmethod
    def around(cls, text: str, start: int, end: int, reach: int) -> Reading:
        """Read a stretch of about `reach` code points on both sides, without cutting a word where there is a blank."""
        low, high = max(0, start - reach), min(len(text), end + reach)
        while 0 < low < start and not text[low - 1].isspace():
            low += 1
        while end < high < len(text) and not text[high].isspace():
            high -= 1
        low = grapheme_start(text, max(0, start - reach)) if low == start else low
        return cls(text, low, high if high > end else grapheme_start(text, min(len(text), end + reach)))

    def once(self, about: object, find: Callable[[], T]) -> T:
        """Return what was found about this text before, or find it: the words never change, so neither does that."""
        if about not in self._known:
            self._known[about] = find()
        found: T = self._known[about]
        return found

    def range_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the numbers of the first word of `[start, end)` and the one after it; None where it cuts one."""
        first, last = self._nth(start), self._nth(end)
        if first >= last or self.words[first].start != start or self.words[last - 1].end != end:
            return None
        return first, last

    def _nth(self, offset: int) -> int:
        return bisect_left(self.words, (offset,))

    def folded(self, n: int) -> str:
        """Return the n-th word, case folded."""
        return self.words[n].text.casefold()

    def gap(self, n: int) -> str:
        """Return what stands between the n-th word and the one before: white space."""
        return self.text[self.words[n - 1].end : self.words[n].start] if n else ""

    def parted(self, n: int) -> bool:
        r"""Say whether a blank line parts the n-th word from the one before; not in a name ("S.\n\nLebedev")."""
        return n > 0 and self.gap(n).count("\n") > 1 and not is_initial(self.words[n - 1].text)

    def opens(self, n: int) -> bool:
        """Say whether the n-th word opens a sentence, a quotation or a line of its own."""
        while n > 0 and self.words[n - 1].text in QUOTES | {"(", "[", "-", "–", "—", "•", "*"}:
            n -= 1
        return n == 0 or self.parted(n) or self.words[n - 1].text in STOPS

    def common(self, n: int) -> bool:
        """Say whether the n-th word owes its capital to its place, or is a day or a month."""
        folded = self.folded(n)
        return folded in CALENDAR or (self.opens(n) and (folded in STARTERS or folded in self._uncapitalised))

    @cached_property
    def _uncapitalised(self) -> frozenset[str]:
        return frozenset(word.text for word in self.words if word.text.islower())

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the words, by the folded word."""
        found: dict[str, list[int]] = defaultdict(list)
        for n, word in enumerate(self.words):
            found[word.text.casefold()].append(n)
        return dict(found)
