"""Finds the place that the selectors of a Web Annotation tell: by position, and by the words where that fails.

Source of the format: Web Annotation Data Model (W3C, 2017), “Selectors”: several selectors of one target are ways to
the same segment; a position counts code points; a quote is told by its exact words and what stands before and after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rubricator.formats.json_values import text_of, whole_of
from rubricator.formats.reading import Draft, Quoted, says
from rubricator.model.spans import Fragment, Span

_CHARS = re.compile(r"char=(\d{1,12}),(\d{1,12})", re.ASCII)
_PLACES_MOST = 10_000


@dataclass(frozen=True)
class Place:
    """What the selectors of a target say: a position, words, or both."""

    position: tuple[int, int] | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def quoted(self) -> Quoted | None:
        """The position with its words, where both are told."""
        return ([self.position], self.exact) if self.position and self.exact else None


def place_of(selectors: Iterable[Mapping[str, Any]]) -> Place | None:
    """Return what selectors tell of a place in a text; None where they tell nothing that we know."""
    position: tuple[int, int] | None = None
    exact = prefix = suffix = ""
    for selector in selectors:
        kind = selector.get("type", selector.get("@type"))
        if kind == "TextPositionSelector":
            position = whole_of(selector, "start"), whole_of(selector, "end")
        elif kind == "TextQuoteSelector":
            exact, prefix, suffix = (text_of(selector, key) for key in ("exact", "prefix", "suffix"))
        elif kind == "FragmentSelector" and position is None:
            match = _CHARS.fullmatch(text_of(selector, "value"))
            position = (int(match[1]), int(match[2])) if match else None
    return Place(position, exact, prefix, suffix) if position or exact.strip() else None


def span_at(place: Place, draft: Draft, where: str) -> Span | None:
    """Return the span of a place; None where there is none (noted)."""
    if place.position is None or (place.exact.strip() and not _is_there(place, place.position, draft)):
        return _found(place, draft, where)
    return draft.span([place.position], where)


def _is_there(place: Place, position: tuple[int, int], draft: Draft) -> bool:
    try:
        start, end = draft.offset(position[0]), draft.offset(position[1])
    except (ValueError, OverflowError):
        return False
    words = draft.text[start:end]
    borders = [(one[:1].isspace(), one[-1:].isspace()) for one in (words, place.exact)]
    return start <= end and says(place.exact, draft.text, [(start, end)]) and borders[0] == borders[1]


def _found(place: Place, draft: Draft, where: str) -> Span | None:
    """Look for the words: those with the right neighbours, and of several the ones nearest to the position."""
    found = list(_occurrences(place.exact, draft.text))
    beside = [one for one in found if _has_neighbours(place, one, draft.text)] or found
    if not beside:
        draft.note("lost", f"{where}: {place.exact[:80]}")
        return None
    if len(beside) > 1 and place.position is None:
        draft.note("ambiguous", f"{where}: {place.exact[:80]}")
        return None
    wanted = place.position[0] if place.position else 0
    if place.position is not None:
        draft.note("moved", f"{where}: {place.exact[:80]}")
    return Span((min(beside, key=lambda one: abs(one[0] - wanted)),))


def _occurrences(exact: str, text: str) -> Iterator[Fragment]:
    pattern = re.compile(r"\s+".join(re.escape(word) for word in exact.split()))
    for n, match in enumerate(pattern.finditer(text)):
        if n == _PLACES_MOST:
            return
        yield match.span()


def _has_neighbours(place: Place, found: Fragment, text: str) -> bool:
    before, after = "".join(place.prefix.split()), "".join(place.suffix.split())
    start, end = found
    left = "".join(text[max(0, start - 2 * len(place.prefix) - 8) : start].split())
    right = "".join(text[end : end + 2 * len(place.suffix) + 8].split())
    return left.endswith(before) and right.startswith(after)
