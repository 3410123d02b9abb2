"""How long names and texts of topics and entities may be: the one judge of dialogs, verbs and files.

What one of them takes all take, or a list that the program wrote could not be read by it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rubricator.model.strict_json import shown
from rubricator.words import Message, message

NAME_MOST = 500
"""Code points of a name; more is the text of something."""
TEXT_MOST = 100_000
"""Code points of a note or a definition."""


def too_long(names: Iterable[str], text: str, known: Collection[str] = ()) -> Message | None:
    """Return why one of these names, or the text, is too long; None where none is. What is `known` may stay."""
    for name in names:
        if len(name) > NAME_MOST and name not in known:
            most = {"name": shown(name), "most": NAME_MOST}
            return message("“{name}” is too long for a name: {most} characters are the most.", **most)
    if len(text) > TEXT_MOST and text not in known:
        return message("“{words}” is longer than {most} characters.", words=shown(text), most=TEXT_MOST)
    return None
