"""What mouse and keys mean in the reader: events as values in, intents as values out; no widget and no state."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from enum import Enum, Flag, auto
from typing import NamedTuple

from rubricator.model import tokens
from rubricator.model.spans import Span, merged_fragments
from rubricator_gui.reader.edges import MoveEdge


class Held(Flag):
    """Modifier keys."""

    NOTHING = 0
    SHIFT = auto()
    CTRL = auto()
    ALT = auto()
    META = auto()


class Do(Enum):
    """What the reader can be asked by a key that is no label's."""

    ACCEPT = "accept"
    DELETE = "delete"
    DELETE_EVERYWHERE = "delete everywhere"
    NEXT = "next"
    PREVIOUS = "previous"
    NEXT_STACKED = "next stacked"
    ESCAPE = "escape"
    EDGES = "edges"
    KEEP = "keep"
    ADD = "add"
    ENTER = "enter"
    ENTER_EVERYWHERE = "enter everywhere"
    GROW = "grow"
    SHRINK = "shrink"


class PressLabel(NamedTuple):
    """A label's key was pressed; `everywhere`: for all identical mentions."""

    key: str
    everywhere: bool = False


class PressOther(NamedTuple):
    """The key of an attribute or of a type of relations was pressed."""

    key: str


class Choose(NamedTuple):
    """An annotation was clicked; None: beside all of them."""

    id: str | None


_WORD_REACH = 1_000
"""Code points before a place in which the word before it is looked for at first."""

Intent = PressLabel | PressOther | Do | Choose | MoveEdge


class KeyStroke(NamedTuple):
    """A key press: Qt's name of the key without `Key_`, the text it writes, the scan code, the modifiers."""

    name: str
    text: str = ""
    scan: int = 0
    held: Held = Held.NOTHING


_PLAIN = {
    "Space": Do.ACCEPT,
    "Delete": Do.DELETE,
    "Backspace": Do.DELETE,
    "Tab": Do.NEXT,
    "Escape": Do.ESCAPE,
    "F2": Do.EDGES,
    "Return": Do.ENTER,
    "Enter": Do.ENTER,
}


def of_edge_key(stroke: KeyStroke) -> Intent | None:
    """Return what a key means while the borders of a span are moved; None where it means what it always does."""
    held = stroke.held
    if stroke.name in ("Left", "Right") and not held & (Held.ALT | Held.META):
        return MoveEdge(bool(held & Held.SHIFT), stroke.name == "Right", bool(held & Held.CTRL))
    if stroke.name in ("Return", "Enter") and held == Held.NOTHING:
        return Do.KEEP
    return None


def of_key(
    stroke: KeyStroke, keys: Collection[str], platform: str = sys.platform, *, others: Collection[str] = ()
) -> Intent | None:
    """Return what a key press means, or None where it is not the reader's own.

    `keys` are those of labels, `others` those of attributes and types of relations, where one may be meant now.
    """
    held = stroke.held
    if held == Held.NOTHING and stroke.name in _PLAIN:
        return _PLAIN[stroke.name]
    if stroke.name == "Delete" and held == Held.SHIFT:
        return Do.DELETE_EVERYWHERE
    if stroke.name in ("Return", "Enter") and held == Held.SHIFT:
        return Do.ENTER_EVERYWHERE
    if stroke.name == "Backtab" or (stroke.name == "Tab" and held == Held.SHIFT):
        return Do.PREVIOUS if held in (Held.SHIFT, Held.NOTHING) else None
    if held == Held.ALT and stroke.name in ("Up", "Down") and platform != "darwin":
        return Do.GROW if stroke.name == "Up" else Do.SHRINK
    if held & (Held.CTRL | Held.ALT | Held.META):
        return None
    if stroke.text == "." and "." not in keys:
        return Do.NEXT_STACKED
    if stroke.text == "+" and "+" not in keys:
        return Do.ADD
    label = _label_key(stroke, keys, platform)
    other = _label_key(stroke, others, platform) if label is None else None
    return PressOther(other.key) if other is not None and not other.everywhere else label


def _label_key(stroke: KeyStroke, keys: Collection[str], platform: str) -> PressLabel | None:
    """Take the character where it is a label's; else the key that stands there on a US keyboard."""
    written, place = stroke.text.lower(), physical_key(stroke.scan, platform)
    shifted = bool(stroke.held & Held.SHIFT)
    if written and written in keys:
        return PressLabel(written, shifted)  # where a digit needs Shift, it is the plain key of its place that labels
    if not written or not written.isprintable() or written.isspace():
        return None
    usual = written.isascii() and (written.isalpha() or (not shifted and written.isdigit()))
    # A comma where others have M is no M: a keyboard with Latin punctuation there has its M elsewhere.
    moved = written.isascii() and not place.isdigit()
    if usual or moved or not place or place not in keys or stroke.text == ".":
        return None  # a letter of this layout that is no label's stays without effect
    return PressLabel(place, shifted)


# The rows of a US keyboard by scan code: set 1, which Windows reports and Linux counts alike (X11 and Wayland add 8).
_ROWS = {2: "1234567890", 16: "qwertyuiop", 30: "asdfghjkl", 44: "zxcvbnm"}
_PLACES = {first + n: char for first, row in _ROWS.items() for n, char in enumerate(row)}
_MAC_ROWS = {
    "1234567890": (18, 19, 20, 21, 23, 22, 26, 28, 25, 29),
    "qwertyuiop": (12, 13, 14, 15, 17, 16, 32, 34, 31, 35),
    "asdfghjkl": (0, 1, 2, 3, 5, 4, 38, 40, 37),
    "zxcvbnm": (6, 7, 8, 9, 11, 45, 46),
}
_MAC_PLACES = {code: char for row, codes in _MAC_ROWS.items() for code, char in zip(codes, row, strict=True)}


def physical_key(scan: int, platform: str = sys.platform) -> str:
    """Return what a US keyboard writes with the key at this place, or nothing."""
    if platform == "darwin":
        return _MAC_PLACES.get(scan, "")
    return _PLACES.get(scan if platform == "win32" else scan - 8, "")


# --- the mouse ----------------------------------------------------------------------------------------------------


def of_click(under: Collection[str], chosen: str | None) -> Choose:
    """Return which of the annotations under the mouse (the nearest first) a click chooses: the one after the chosen."""
    stack = list(under)
    if not stack:
        return Choose(None)
    if chosen not in stack:
        return Choose(stack[0])
    return Choose(stack[(stack.index(chosen) + 1) % len(stack)])


def joined(span: Span | None, more: Span | None) -> Span | None:
    """Return a span with the fragments of another one added."""
    if span is None or more is None:
        return span or more
    return Span(merged_fragments((*span.fragments, *more.fragments)))


def exact_wished(held: Held, standing: bool = False) -> bool:
    """Say whether a drag is to take exact characters: while Ctrl or Alt is held, or because it was switched on."""
    return standing or bool(held & (Held.CTRL | Held.ALT))


def borders(text: str, anchor: int, position: int, exact: bool) -> Span | None:
    """Return the span that labelling will take for what is dragged from `anchor` to `position`."""
    if anchor == position:
        return None
    return (tokens.exact if exact else tokens.snap)(text, anchor, position)


def reshaped(text: str, span: Span, at_start: bool, place: int, exact: bool) -> Span | None:
    """Return the span with its start or end dragged to a place; None where nothing would be left of its fragment."""
    fragments = list(span.fragments)
    n = 0 if at_start else -1
    start, end = fragments[n]
    floor, ceiling = (0, end - 1) if at_start else (start + 1, len(text))
    place = max(floor, min(place, ceiling))
    wished = borders(text, place, end, exact) if at_start else borders(text, start, place, exact)
    if wished is None:
        return None
    fragments[n] = (wished.start, end) if at_start else (start, wished.end)
    return Span(tuple(fragments)) if fragments[n][0] < fragments[n][1] else None


def word_border(text: str, offset: int, step: int) -> int:
    """Return where the next word ends (or the one before begins); marks and white space are passed by."""
    if step < 0:
        return _word_before(text, offset)
    first = tokens.next_word(text, offset)  # it may be one that the place stands in
    if first is None or _is_word(text, first):
        return first.end if first is not None else len(text)
    return next((token.end for token in tokens.words(text, first.end) if _is_word(text, token)), len(text))


def _word_before(text: str, offset: int) -> int:
    reach = _WORD_REACH
    while True:
        floor = max(0, offset - reach)
        before = [token.start for token in tokens.words(text, floor, offset) if _is_word(text, token)]
        if before and (before[-1] > floor or not floor):  # the first one may be cut off
            return before[-1]
        if not floor:
            return 0
        reach *= 8


def _is_word(text: str, token: tokens.Token) -> bool:
    return any(character.isalnum() for character in text[token.start : token.end])


# --- growing ------------------------------------------------------------------------------------------------------

_REACH = 4_000
"""How far around a place sentences are looked for."""

_BREAK = re.compile(r"\n[^\S\n]*\n|\n")


def word(text: str, at: int) -> Span | None:
    """Return the word that a double click on a place means; None where there is none."""
    from rubricator.suggest.around import word_at  # loaded after the first paint

    found = word_at(text, at)
    return borders(text, at, at + 1, exact=False) if found is None else tokens.snap(text, found.start, found.end)


def steps(text: str, at: int) -> list[Span]:
    """Return what a place lies in, smallest first: word, name, sentence, paragraph."""
    from rubricator.suggest.around import names_at, word_at

    at_word = at if tokens.token_at(text, at) or not at else at - 1
    one = word_at(text, at_word)
    found = [] if one is None else [one, *names_at(text, at_word)]
    around = paragraph(text, at)
    low, high = max(0, around[0] - _REACH), min(len(text), around[1] + _REACH)
    low = text.rfind("\n", 0, low) + 1
    for start, end in tokens.sentences(text[low:high]):
        if low + start <= at <= low + end and low + end <= high:
            found.append(Span.of(low + start, low + end))
            break
    if around[0] < around[1]:
        found.append(Span.of(*around))
    return sorted(set(found), key=lambda span: (len(span), span.start))


def paragraph(text: str, at: int) -> tuple[int, int]:
    """Return the paragraph that holds a place, without white space at its borders."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def is_blank(text: str, offset: int) -> bool:
    """Say whether an offset (code points) is in a line in which nothing stands, but for a few spaces."""
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    end = end if end >= 0 else len(text)
    return end - start <= _BLANK_MOST and not text[start:end].strip()


_BLANK_MOST = 100
"""Code points."""


def grown(text: str, selection: Span | None, caret: int) -> Span | None:
    """Return the next larger thing that holds the selection, or the selection where there is none."""
    if selection is None:
        found = steps(text, caret)
        return found[0] if found else None
    for span in steps(text, selection.start):
        if span.start <= selection.start and selection.end <= span.end and span != selection:
            return span
    return selection


def shrunk(text: str, selection: Span | None, caret: int) -> Span | None:
    """Return the next smaller thing around the caret inside the selection; None where it is as small as can be."""
    if selection is None:
        return None
    at = caret if selection.start <= caret < selection.end else selection.start
    inside = [s for s in steps(text, at) if selection.start <= s.start and s.end <= selection.end and s != selection]
    return inside[-1] if inside else None
