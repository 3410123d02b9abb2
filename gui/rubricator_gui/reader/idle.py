"""What is said where a key of the reader has nothing to do: a key that does nothing, and says nothing, seems broken."""

from __future__ import annotations

from rubricator.words import Message, message
from rubricator_gui.reader.gestures import Do, Held, Intent, KeyStroke, PressLabel

_WHY = {
    Do.DELETE: message("Nothing to delete: no annotation is chosen. Tab walks to one, a click takes one."),
    Do.DELETE_EVERYWHERE: message("Nothing to delete everywhere: no annotation is chosen. Tab walks to one."),
    Do.EDGES: message("No borders to move: select words, or choose an annotation; Tab walks to one."),
    Do.NEXT_STACKED: message("No other annotation stands at this place."),
    Do.ADD: message("Nothing to add: “+” puts the selected words to what was chosen or just labelled before."),
    Do.ENTER: message("Nothing is selected to give a label, and no annotation is chosen."),
    Do.ENTER_EVERYWHERE: message(
        "Select words, or choose an annotation: Shift+Enter gives all places like them a label."
    ),
    Do.SHRINK: message("Nothing is selected that could shrink."),
}
_WHY_NOT_ALL = message("Select words, or choose an annotation: Shift and a key give all places like them that label.")


def why_nothing(meaning: Intent) -> Message | None:
    """Return why a key that means this does nothing now; None where somebody else may have a use for it."""
    if isinstance(meaning, PressLabel):
        return _WHY_NOT_ALL
    return _WHY.get(meaning) if isinstance(meaning, Do) else None


def why_no_label(pressed: KeyStroke) -> Message | None:
    """Return why a key that means nothing labels nothing; None where it writes no letter and no digit."""
    if pressed.held & (Held.CTRL | Held.ALT | Held.META) or not pressed.text.isalnum():
        return None
    capital = pressed.text.upper()
    key = capital if len(capital) == 1 and capital.lower() == pressed.text else pressed.text
    return message("No label has the key {key}.", key=key)
