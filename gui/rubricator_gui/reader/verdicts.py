"""What keys mean while one reviews: digits accept a layer, letters do the rest. A table of its own."""

from __future__ import annotations

import sys
from enum import Enum
from typing import NamedTuple

from rubricator_gui.reader.gestures import Held, KeyStroke, physical_key


class Verdict(Enum):
    """What a key does, beside accepting a layer."""

    EDIT = "edit"
    MERGE = "merge"
    REJECT = "reject all"
    DEFER = "defer"
    AGAIN = "same as before"
    NEXT = "next difference"
    PREVIOUS = "previous difference"
    REASON = "reason"
    REFER = "guideline"
    LET_GO = "let go"


class Accept(NamedTuple):
    """A layer (by its place) is accepted."""

    layer: int


class Meant(NamedTuple):
    """What is meant, and whether of the whole group."""

    verdict: Verdict | Accept
    group: bool = False


LETTERS = {
    "e": Verdict.EDIT,
    "m": Verdict.MERGE,
    "r": Verdict.REJECT,
    "d": Verdict.DEFER,
    "s": Verdict.AGAIN,
    "g": Verdict.REFER,
}
DIGITS = "123456789"
GROUPED = frozenset({Verdict.MERGE, Verdict.REJECT, Verdict.DEFER})
"""What can be done with a whole group, by Shift."""


def of_key(stroke: KeyStroke, platform: str = sys.platform) -> Meant | None:
    """Return what a key means; None where it is not the review's own."""
    held = stroke.held
    if held & (Held.CTRL | Held.ALT | Held.META):
        return None
    if stroke.name == "Backtab" or (stroke.name == "Tab" and held == Held.SHIFT):
        return Meant(Verdict.PREVIOUS)
    if stroke.name == "Tab":
        return Meant(Verdict.NEXT)
    if stroke.name in ("Return", "Enter") and held == Held.NOTHING:
        return Meant(Verdict.REASON)
    if stroke.name == "Escape":
        return Meant(Verdict.LET_GO)
    shifted = bool(held & Held.SHIFT)
    place, written = physical_key(stroke.scan, platform), stroke.text.lower()
    digit = next((key for key in (place, stroke.name, written) if len(key) == 1 and key in DIGITS), "")
    if digit and not (written.isalpha() and written.isascii()):
        return Meant(Accept(DIGITS.index(digit)), shifted)
    if written in LETTERS:
        key = written
    elif written and not written.isascii() and written.isalpha():  # a Cyrillic keyboard: by the place of the key
        key = place
    else:
        return None
    verdict = LETTERS.get(key)
    if verdict is None or (shifted and verdict not in GROUPED):
        return None
    return Meant(verdict, shifted)
