"""A text cut into words once, so that rules can walk over it: places, what stands between, where sentences open."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from rubricator.model.folding import composed, is_composed
from rubricator.model.tokens import grapheme_start, words
from rubricator.suggest.shapes import CALENDAR, STARTERS, is_initial
from rubricator.suggest.steps import Steps

T = TypeVar("T")

WORDS_A_STEP = 100
"""Words that are looked at in one step: some tenths of a millisecond."""

STOPS = frozenset(".!?…:。！？｡؟۔।") | {"..."}
QUOTES = frozenset("\"“”„‟‘’'«»‹›「」『』")


class Word(NamedTuple):
    """A word or mark: where it stands (code points) and what it is, composed: it may be longer in the text."""

    start: int
    end: int
    text: str


class Reading:
    """The words of a text, or of a stretch of it."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.words = list(_read(text, start, end))
        self._known: dict[Any, Any] = {}
        self._latest: dict[Any, tuple[Any, Any]] = {}

    @classmethod
    def in_steps(cls, text: str, start: int = 0, end: int | None = None) -> Steps[Reading]:
        """Read a text, or a stretch of it, a few words at a time."""
        reading = cls(text, 0, 0)
        for n, word in enumerate(_read(text, start, end)):
            reading.words.append(word)
            if n % WORDS_A_STEP == 0:
                yield
        return reading

    @classmethod
    def around(cls, text: str, start: int, end: int, reach: int) -> Reading:
        """Read a stretch of about `reach` code points on both sides, without cutting a word where there is a blank."""
        low, high = max(0, start - reach), min(len(text), end + reach)
        return cls(text, *unbroken(text, low, high, reach))

    def once(self, about: object, find: Callable[[], T]) -> T:
        """Return what was found about this text before, or find it: the words never change, so neither does that."""
        if about not in self._known:
            self._known[about] = find()
        found: T = self._known[about]
        return found

    def once_in_steps(self, about: object, find: Callable[[], Steps[T]], version: object = None) -> Steps[T]:
        """Do the same in steps; what follows from more than the words has a `version`, and its last one is kept."""
        if about not in self._latest or self._latest[about][0] != version:
            self._latest[about] = version, (yield from find())
        found: T = self._latest[about][1]
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


def _read(text: str, start: int, end: int | None) -> Iterator[Word]:
    found = words(text, start, end)
    if is_composed(text[start:end]):
        return (Word(t.start, t.end, text[t.start : t.end]) for t in found)
    return (Word(t.start, t.end, composed(text[t.start : t.end])) for t in found)


def unbroken(text: str, low: int, high: int, give: int) -> tuple[int, int]:
    """Return the stretch without the words that its ends cut; by characters where no blank is within `give` of an end.

    The text may have no blanks at all: then it is cut between two characters.
    """
    start, end = low, high
    while 0 < start < low + give and start < high and not text[start - 1].isspace():
        start += 1
    while high - give < end < len(text) and end > low and not text[end].isspace():
        end -= 1
    start = grapheme_start(text, low) if start in (low + give, high) else start
    return start, grapheme_start(text, high) if end in (high - give, low) else end
