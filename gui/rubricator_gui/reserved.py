"""The keys that nobody can move: those of the article, of text fields, and of the system.

One table for the sheet of keys, the clash check and the tests. What the article's keys do is said in
`reader/gestures.py`; a test compares the two. Keys are written as Qt writes them everywhere ("Ctrl+PgDown").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Fixed(NamedTuple):
    """Keys and what they do; `shown` names them in the sheet where they are too many, or the mouse is part of it."""

    keys: tuple[str, ...]
    words: str
    shown: str = ""
    does: str = ""
    """What the reader calls it (gestures.Do), where it is the reader's own and not Qt's."""
    not_on: str = ""
    """The platform that has no such key."""


def _all(modifiers: tuple[str, ...], keys: str) -> tuple[str, ...]:
    return tuple(modifier + key for modifier in modifiers for key in keys.split())


_ARROWS = "Left Right Up Down"
_CARET = f"{_ARROWS} Home End PgUp PgDown"
_WORDS = "Left Right Home End"

IN_THE_ARTICLE = (
    Fixed(_all(("Shift+",), _CARET), "Select; the borders snap to words", "Shift+arrows"),
    Fixed(_all(("Ctrl+Shift+",), _WORDS), "Select by words", "Ctrl+Shift+arrows"),
    Fixed(("+",), "Add the selection to the chosen annotation", does="add"),
    Fixed(("Alt+Up",), "Grow the selection: word, name, sentence, paragraph", does="grow", not_on="darwin"),
    Fixed(("Alt+Down",), "Shrink the selection", does="shrink", not_on="darwin"),
    Fixed(("Ctrl+A",), "Select the whole article"),
    Fixed((), "With words selected: label them", "A label’s key"),
    Fixed((), "With an annotation chosen or just labelled: correct its label", "A label’s key"),
    Fixed((), "With nothing selected, or pressed again: label all that is swept next, until Esc", "A label’s key"),
    Fixed((), "Label all identical mentions", "Shift + a label’s key"),
    Fixed((), "With an annotation chosen: say it of that, or begin the relation", "Key of an attribute or relation"),
    Fixed(("Return",), "With words selected, or on a suggestion: pick a label", does="enter"),
    Fixed(("Return",), "With words selected and a sticky label: give them that label", does="enter"),
    Fixed(("Return",), "With an annotation chosen or just labelled: write its note", does="enter"),
    Fixed(("Return",), "With a relation begun: take what is chosen as its other end", does="enter"),
    Fixed(("Shift+Return",), "Pick a label for all identical mentions", does="enter everywhere"),
    Fixed(
        ("F2",),
        "Move borders: arrows the end, with Shift the start; Enter keeps, or accepts",
        does="edges",
    ),
    Fixed(("Tab",), "Next annotation or suggestion", does="next"),
    Fixed(("Shift+Tab",), "Previous annotation or suggestion", does="previous"),
    Fixed(("Space",), "On a suggestion: accept it and go on to the next; else scroll", does="accept"),
    Fixed((".",), "Next annotation at the same place", does="next stacked"),
    Fixed(("Delete", "Backspace"), "With an annotation chosen: delete it; on a suggestion: reject it", does="delete"),
    Fixed(("Shift+Delete",), "Delete all identical mentions", does="delete everywhere"),
    Fixed(("Esc",), "Let go: selection, relation, chosen annotation or suggestion, sticky label", does="escape"),
    Fixed(
        (*_all(("",), _CARET), *_all(("Ctrl+",), f"{_WORDS} Up Down")),
        "Move the caret",
        "Arrows, Home, End, PgUp, PgDown",
    ),
)
"""In the order of the sheet."""

WITH_THE_MOUSE = (
    Fixed((), "Select; the borders snap to words", "Drag, or double-click"),
    Fixed((), "Select exact characters", "Alt while dragging"),
    Fixed((), "Add words to what is chosen or was just labelled", "Ctrl while dragging"),
    Fixed((), "Choose an annotation; again: the next one at the same place", "Click"),
    Fixed((), "Accept the suggestion", "Click on it, then Accept"),
    Fixed((), "Reject the suggestion", "Click on its “?”"),
    Fixed((), "Move a border of the chosen annotation", "Drag the end of its bar"),
    Fixed((), "Relate two annotations", "Drag from bar to bar"),
    Fixed((), "Tell every annotation that stands there", "Rest on a place"),
    Fixed((), "Open the menu of the place", "Right button"),
)
"""What the mouse does in the article (reader/pointer.py), in the order of the sheet."""

IN_REVIEW = (
    Fixed(("1", "2", "3", "4", "5", "6", "7", "8", "9"), "Accept what layer A, B, C … says", "1, 2, 3 …"),
    Fixed(("E",), "Edit: pick a label for what is selected, or for the words of the first layer"),
    Fixed(("M",), "Merge what the layers say"),
    Fixed(("R",), "Reject all: nothing goes to gold"),
    Fixed(("D",), "Defer: it stays open, out of the way"),
    Fixed(("S",), "Decide as before on these words"),
    Fixed(
        (*(f"Shift+{key}" for key in "123456789MRD"),),
        "Do the same with the whole group, which is shown first",
        "Shift + its key",
    ),
    Fixed(("Return",), "Write why; it goes with the next decision"),
    Fixed(("G",), "Refer to the guideline of a label at issue; again: of the next one"),
    Fixed(("Tab",), "Next difference"),
    Fixed(("Shift+Tab",), "Previous difference"),
    Fixed(("Esc",), "Let go of what is selected"),
)
"""While one reviews: a table of its own, in the order of the sheet (reader/verdicts.py reads the keys)."""

KEPT = (
    Fixed(("Shift+Space",), "Scroll back"),
    Fixed(("Menu",), "Open the menu of the place"),
)
"""Of the article too, and not in the sheet: Qt's own, or not built yet (docs/decisions/0003-key-presets.md)."""

IN_FIELDS = (
    Fixed(("Ctrl+X", "Shift+Delete"), "Cut"),
    Fixed(("Ctrl+V", "Shift+Insert"), "Paste"),
    Fixed(("Ctrl+Insert",), "Copy"),
    Fixed(("Ctrl+Backspace", "Ctrl+Delete"), "Delete a word"),
)
"""Qt hands them to the window's shortcuts first, so a shortcut would take them from every field."""

_EVERYWHERE_BUT_MAC = (
    Fixed(("Alt+F4",), "Close the window"),
    Fixed(("Alt+Tab", "Alt+Shift+Tab", "Alt+Esc"), "Go to another window"),
    Fixed(("Alt+Space",), "Open the menu of the window"),
    Fixed(("Shift+F10",), "Open the menu of the place"),
    Fixed(("Ctrl+Alt+Delete",), "Lock or leave the computer"),
    Fixed(("Print", "Alt+Print", "Shift+Print", "Ctrl+Print"), "Take a picture of the screen"),
    Fixed(("Ctrl+Space",), "Change the input method"),
)

BY_SYSTEM: dict[str, tuple[Fixed, ...]] = {
    "linux": (
        *_EVERYWHERE_BUT_MAC,
        Fixed(("Alt+F1", "Alt+F2"), "Start a program"),
        Fixed(("Alt+F7", "Alt+F8", "Alt+F10"), "Move or resize the window"),
        Fixed(("Alt+`",), "Go to another window"),
        Fixed(("Ctrl+Alt+T",), "Open a terminal"),
        Fixed(("Ctrl+Alt+L", "Ctrl+Alt+D", "Ctrl+Alt+Backspace"), "Lock or leave the computer"),
        Fixed(_all(("Ctrl+Alt+", "Ctrl+Alt+Shift+"), _ARROWS), "Go to another desktop"),
        Fixed(tuple(f"Ctrl+Alt+F{n}" for n in range(1, 13)), "Go to a console"),
        Fixed(("Ctrl+Shift+U", "Ctrl+.", "Ctrl+;", "Ctrl+Shift+Space"), "Enter a character (input method)"),
    ),
    "win32": (
        *_EVERYWHERE_BUT_MAC,
        Fixed(("Ctrl+Esc", "Ctrl+Shift+Esc"), "Open the start menu or the task manager"),
        Fixed(("Ctrl+Shift+Space", "Ctrl+Shift+0"), "Change the input method"),
    ),
    "darwin": (
        Fixed(("Ctrl+H", "Ctrl+Alt+H"), "Hide the window"),
        Fixed(("Ctrl+M", "Ctrl+Alt+M"), "Put the window into the Dock"),
        Fixed(("Ctrl+Tab", "Ctrl+Shift+Tab", "Ctrl+`"), "Go to another window"),
        Fixed(("Ctrl+Space", "Ctrl+Alt+Space", "Meta+Space", "Meta+Alt+Space"), "Spotlight or the input source"),
        Fixed(("Ctrl+,",), "Open the settings"),
        Fixed(("Ctrl+Alt+Esc", "Ctrl+Meta+Q", "Ctrl+Shift+Q"), "Lock or leave the computer"),
        Fixed(("Ctrl+Shift+3", "Ctrl+Shift+4", "Ctrl+Shift+5"), "Take a picture of the screen"),
        Fixed(
            (*_all(("Meta+",), _ARROWS), "F3", "F4", "F9", "F10", "F11", "F12"), "Mission Control, or light and sound"
        ),
        Fixed(_all(("Alt+", "Alt+Shift+"), f"{_ARROWS} Backspace Delete"), "Move or delete by words"),
    ),
}
"""The column of each platform; `Ctrl` is the Command key on a Mac, and `Meta` its Control key."""


def article_rows(platform: str) -> Iterator[Fixed]:
    """Yield what the sheet shows of the article's keys on a platform."""
    return (row for row in IN_THE_ARTICLE if row.not_on != platform)


def system_rows(platform: str) -> tuple[Fixed, ...]:
    """Return what a platform takes; one that is not known is taken for a relative of Linux."""
    return BY_SYSTEM.get(platform, BY_SYSTEM["linux"])
