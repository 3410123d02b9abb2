"""The status of an article in words and as an icon."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QIcon

from rubricator_gui import theme
from rubricator_gui.theme import Theme
from rubricator_gui.wording import STATUS_WORDS

WORDS = STATUS_WORDS
OPEN = ("todo", "doing")
"""What is still to be worked on."""
LEFT = "left"
"""What filters call those two together."""
_ROLES: Mapping[str, str] = {"todo": "muted", "doing": "Accent", "done": "good", "nothing": "good", "skipped": "muted"}


def says_nothing(status: str, annotations: int) -> bool:
    """Say whether this is an article that was finished without annotations."""
    return status == "done" and annotations == 0


def icon_for(status: str, annotations: int, look: Theme) -> QIcon:
    """Return the icon of a status: shape first, colour only helps."""
    name = "nothing" if says_nothing(status, annotations) else status
    name = name if name in _ROLES else "todo"
    return theme.icon(f"status-{name}", _ROLES[name], look)
