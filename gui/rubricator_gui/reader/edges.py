"""Moving the borders of a span by keys, word by word or character by character; no widget and no state."""

from __future__ import annotations

from typing import NamedTuple

from rubricator.model import tokens
from rubricator.model.spans import Span


class MoveEdge(NamedTuple):
    """A key that moves a border: which one, whether to the right on the screen, whether by one character."""

    at_start: bool
    rightwards: bool
    by_character: bool


class Edges(NamedTuple):
    """A span whose borders are being moved: as it was, as it is by now, and whether by exact characters."""

    before: Span
    span: Span
    exact: bool


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
        start = _start(text, start, forward, move.by_character)
    else:
        end = _end(text, end, forward, move.by_character)
    if start >= end:
        return edges
    fragments[n] = (start, end)
    return Edges(edges.before, Span(tuple(fragments)), edges.exact or move.by_character)


def _start(text: str, start: int, forward: bool, by_character: bool) -> int:
    if by_character:
        return tokens.next_grapheme(text, start) if forward else tokens.previous_grapheme(text, start)
    if forward:
        token = tokens.next_word(text, start)
        if token is not None and token.start <= start:
            token = tokens.next_word(text, token.end)
        return start if token is None else token.start
    last = _last_written(text, start)
    token = tokens.token_at(text, last)
    return start if token is None else token.start


def _end(text: str, end: int, forward: bool, by_character: bool) -> int:
    if by_character:
        return tokens.next_grapheme(text, end) if forward else tokens.previous_grapheme(text, end)
    if forward:
        token = tokens.next_word(text, end)
        return end if token is None else token.end
    token = tokens.token_at(text, end - 1)
    return _last_written(text, end - 1 if token is None else token.start) + 1


def _last_written(text: str, offset: int) -> int:
    """Return where the last character before an offset stands that is no white space; -1 where there is none."""
    offset -= 1
    while offset >= 0 and text[offset].isspace():
        offset -= 1
    return offset
