"""Moving the borders of a span by keys, word by word or character by character; no widget and no state."""

from __future__ import annotations

from typing import NamedTuple

from rubricator.model import tokens
from rubricator.model.spans import Span

_MARKS = 20
"""Marks of punctuation that one step passes over."""


class MoveEdge(NamedTuple):
    """A key that moves a border: which one, whether to the right on the screen, whether by one character."""

    at_start: bool
    rightwards: bool
    by_character: bool


class Edges(NamedTuple):
    """A span whose borders are being moved: as it was, as it is by now, and whether by exact characters.

    Where it is an annotation that is moved it is `of` that one (its id), else it is the selection.
    """

    before: Span
    span: Span
    exact: bool
    of: str | None = None


def begun(text: str, selection: Span, exact: bool, anchor: int, position: int) -> Edges:
    """Return the borders of a selection as they can be moved now: those that were dragged, if inside of words."""
    start, end = sorted((anchor, position))
    dragged = tokens.exact(text, start, end) if text[start:end].strip() == text[start:end] else None
    if exact or dragged is None or len(selection.fragments) > 1:
        return Edges(selection, selection, exact)
    return Edges(selection, dragged, dragged != selection)


def moved(text: str, edges: Edges, move: MoveEdge, *, rtl: bool = False) -> Edges:
    """Return the span with a border one word or character further; unchanged where there is no further.

    `rtl` says that the border stands in text that runs to the left: there rightwards is back.
    """
    forward = move.rightwards != rtl
    fragments = list(edges.span.fragments)
    n = 0 if move.at_start else -1
    start, end = fragments[n]
    if move.at_start:
        start = (_character if move.by_character else _start)(text, start, end, forward)
    else:
        end = (_character if move.by_character else _end)(text, end, start, forward)
    if start >= end:
        return edges
    fragments[n] = (start, end)
    return edges._replace(span=Span(tuple(fragments)), exact=edges.exact or move.by_character)


def _character(text: str, place: int, _other: int, forward: bool) -> int:
    return tokens.next_grapheme(text, place) if forward else tokens.previous_grapheme(text, place)


def _start(text: str, start: int, end: int, forward: bool) -> int:
    """Return where the word after or before begins; a comma is none, as where words are dragged."""
    place = start
    for _ in range(_MARKS):
        if forward:
            token = tokens.next_word(text, place)
            token = tokens.next_word(text, token.end) if token is not None and token.start <= place else token
        else:
            token = tokens.token_at(text, _last_written(text, place))
        if token is None:
            break
        place = token.start
        taken = tokens.snap(text, place, end) if place < end else None
        if taken is None or taken.start == place:
            return place
    else:
        return place  # a rule of stars is passed in several steps
    return start


def _end(text: str, end: int, start: int, forward: bool) -> int:
    """Return where the word after or before ends."""
    place = end
    for _ in range(_MARKS):
        token = tokens.next_word(text, place) if forward else tokens.token_at(text, place - 1)
        if forward and token is None:
            break
        place = token.end if forward and token else _last_written(text, token.start if token else place - 1) + 1
        taken = tokens.snap(text, start, place) if place > start else None
        if taken is None or taken.end == place:
            return place
    else:
        return place
    return end


def _last_written(text: str, offset: int) -> int:
    """Return where the last character before an offset stands that is no white space; -1 where there is none."""
    offset -= 1
    while offset >= 0 and text[offset].isspace():
        offset -= 1
    return offset
