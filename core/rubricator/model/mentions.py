r"""All identical mentions: where else the same words stand, in a text or a corpus, and what is labelled there already.

White space of any kind and length counts as the same, so that "S.\n\nLebedev" finds "S. Lebedev", and so do spellings
that are canonically equivalent. A search takes the first of two hits that overlap. It goes once over the text: a place
that cannot begin a hit is left behind with the whole word it lies in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Literal, NamedTuple

from rubricator.model.folding import Folded, is_composed
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Fragment, Span, crosses, nests, touches
from rubricator.model.tokens import grapheme_start, graphemes, token_at, words

LONGEST = 1_000
"""Code points of what is looked for; no name is longer, and the time of a search stays bounded by the text."""

MOST = 10_000
"""Hits that are listed for a person."""

_SPELLED_TWICE = frozenset("K;`")
"""ASCII that another character is canonically equivalent to: the Kelvin sign, and two Greek marks."""

Standing = Literal["free", "same", "other", "crosses", "inside", "around"]
"""What stands at a hit: nothing; the same label over the same words; another label over them; an annotation that
crosses the hit, holds it, or lies in it."""


class Hit(NamedTuple):
    """A place with the same words, and the annotations that touch it, in reading order."""

    start: int
    end: int
    standing: Standing = "free"
    beside: tuple[Annotation, ...] = ()

    @property
    def span(self) -> Span:
        """The hit as a span."""
        return Span.of(self.start, self.end)

    @property
    def decisive(self) -> tuple[Annotation, ...]:
        """Those that `standing` is told by: where something holds the hit, not what lies in it beside that."""
        if self.standing != "inside":
            return self.beside
        return tuple(a for a in self.beside if nests(self.span, a.span))

    @property
    def here(self) -> tuple[Annotation, ...]:
        """The annotations over exactly these words: what a relabelling or deleting of all mentions takes."""
        return tuple(annotation for annotation in self.beside if annotation.span == self.span)

    def wanted(self, label: str, text: str) -> bool:
        """Say whether this label is likely wanted here: no doubt is left by what stands there already."""
        if self.standing not in ("inside", "around"):
            return self.standing == "free"
        return all(a.label != label or self._is_another(a.span, text) for a in self.beside)

    def _is_another(self, other: Span, text: str) -> bool:
        return named_inside(text, other, self.span) or named_inside(text, self.span, other)


_LED_BY_OF = re.compile(r"\w\s+(?:of|for|de|du|von)\s+(?:(?:the|la|les?)\s+)?$", re.IGNORECASE)


def named_inside(text: str, outer: Span, inner: Span) -> bool:
    """Say whether a span stands in another as a name of its own: “CIS” in “Security Council of the CIS”."""
    if not outer.start < inner.start <= inner.end <= outer.end:
        return False
    return _LED_BY_OF.search(text, outer.start, inner.start) is not None


class Mentions(NamedTuple):
    """The hits in a text, and whether there are more than were asked for."""

    hits: tuple[Hit, ...]
    more: bool = False


class Needle:
    """Words to look for. With `case` letters match exactly, with `words` hits begin and end on word borders.

    A hit never cuts a grapheme cluster; without spaces between words every cluster is a word. Nothing is found for
    words that are empty or longer than LONGEST.
    """

    def __init__(self, quote: str, *, case: bool = True, words: bool = True) -> None:
        self.quote = quote
        self.case = case
        self.words = words
        self._sought = Folded(quote, case=case).text
        self._rarest = max(self._sought.split(), key=len, default="")
        self._sure = self._sought.isascii() and _SPELLED_TWICE.isdisjoint(self._sought)

    def may_be_in(self, text: str) -> bool:
        """Say whether a look at the text is worth while; quick, and never wrong when it says no."""
        if not 0 < len(self._sought) <= LONGEST:
            return False
        there = self._rarest in (text if self.case else text.casefold())
        return there or not (self._sure or is_composed(text))

    def find(self, text: str) -> Iterator[Fragment]:
        """Yield where the words stand, in order and without overlaps."""
        if not self.may_be_in(text):
            return
        folded = Folded(text, case=self.case)
        borders = Borders(text, words=self.words)
        at = folded.text.find(self._sought)
        while at >= 0:
            start, end = folded.source(at), folded.source(at + len(self._sought))
            if start is None or end is None:
                at += 1
            elif not borders.starts(start) or not borders.ends(end):
                at = max(at + 1, folded.folded(borders.piece(start)[1]))
            else:
                yield start, end
                at += len(self._sought)
            at = folded.text.find(self._sought, at)


def stands_on_words(text: str, start: int, end: int) -> bool:
    """Say whether a selection begins and ends on word borders: if not, look for its mentions with `words=False`."""
    borders = Borders(text, words=True)
    return 0 <= start < end <= len(text) and borders.starts(start) and borders.ends(end)


def mentions(
    text: str,
    needle: Needle,
    label: str = "",
    annotations: SpanIndex | Iterable[Annotation] = (),
    most: int = MOST,
) -> Mentions:
    """Return the first `most` hits, each with what the layer holds there; `label` is the one to be given."""
    index = annotations if isinstance(annotations, SpanIndex) else SpanIndex(annotations)
    found = list(islice(needle.find(text), most + 1))
    return Mentions(tuple(_standing(hit, label, index) for hit in found[:most]), len(found) > most)


def _standing(hit: Fragment, label: str, index: SpanIndex) -> Hit:
    span = Span.of(*hit)
    beside = tuple(annotation for annotation in index.overlapping(*hit) if touches(annotation.span, span))
    return Hit(*hit, _relation(span, label, beside), beside)


def _relation(span: Span, label: str, beside: tuple[Annotation, ...]) -> Standing:
    here = [annotation.label for annotation in beside if annotation.span == span]
    if here:
        return "same" if label in here else "other"
    if any(crosses(annotation.span, span) for annotation in beside):
        return "crosses"
    if any(nests(span, annotation.span) for annotation in beside):
        return "inside"
    return "around" if beside else "free"


# --- borders ------------------------------------------------------------------------------------------------------

_FAR = 1_000
"""From here on it is quicker to begin anew than to walk."""


class Borders:
    """The words (or graphemes) around places that are asked for in order; no stretch of text is cut up twice."""

    def __init__(self, text: str, *, words: bool) -> None:
        self._text = text
        self._words = words
        self._cut: Callable[[int], Iterator[Fragment]] = partial(_words if words else graphemes, text)
        self._pieces = iter(())  # type: Iterator[Fragment]
        self._starts: list[int] = []
        self._ends: list[int] = []

    def starts(self, offset: int) -> bool:
        """Say whether a piece starts here; no word does with white space."""
        if self._words and self._text[offset].isspace():
            return False
        if offset == 0:
            return True
        known = self._surely(self._text[offset - 1], self._text[offset])
        return self.piece(offset)[0] == offset if known is None else known

    def ends(self, offset: int) -> bool:
        """Say whether a piece ends here; no word does with white space."""
        if self._words and self._text[offset - 1].isspace():
            return False
        if offset == len(self._text):
            return True
        known = self._surely(self._text[offset], self._text[offset - 1])
        return self.piece(offset - 1)[1] == offset if known is None else known

    def _surely(self, outside: str, inside: str) -> bool | None:
        """Say what can be said of a border from the two characters at it."""
        if not self._words:
            return True if outside < "\u0300" and inside < "\u0300" else None
        if outside in " \n" and inside < "\u0300":
            return True
        return False if outside.isascii() and inside.isascii() and outside.isalnum() and inside.isalnum() else None

    def piece(self, offset: int) -> Fragment:
        """Return the piece that holds the character at `offset`, which is no white space."""
        if not self._starts or not self._starts[0] <= offset < self._ends[-1] + _FAR:
            begin = self._begin(offset)
            self._pieces = self._cut(begin)
            self._starts, self._ends = [begin], [begin]
        while self._ends[-1] <= offset:
            start, end = next(self._pieces)
            self._starts.append(start)
            self._ends.append(end)
        n = bisect_right(self._starts, offset) - 1
        return self._starts[n], self._ends[n]

    def _begin(self, offset: int) -> int:
        if not self._words:
            return grapheme_start(self._text, offset)
        token = token_at(self._text, offset)
        return token.start if token else offset


def _words(text: str, start: int) -> Iterator[Fragment]:
    return ((token.start, token.end) for token in words(text, start))
