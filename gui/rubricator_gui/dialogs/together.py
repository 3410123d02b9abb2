"""Two entities that are one: it is asked which of them stays."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rubricator.model.entities import Entity
from rubricator.words import _, as_line, message, say
from rubricator_gui.dialogs import ask
from rubricator_gui.session import Session


def put_together(session: Session, this: Entity, other: Entity, parent: QWidget) -> bool:
    """Ask which of two entities stays, and put the other one in with it; False where neither is to go."""
    question = message("“{this}” and “{other}” are one. Which of them stays?", this=this.name, other=other.name)
    more = _("The one that stays has the mentions and the names of both.")
    kept = ask.either(parent, question, more, _keeping(this, other))
    if kept is not None:
        session.linking.merge(*((this, other), (other, this))[kept])
    return kept is not None


def _keeping(this: Entity, other: Entity) -> tuple[str, str]:
    """Return what the buttons say that keep the one or the other."""
    if this.name == other.name:
        return _("Keep this one"), _("Keep the other one")
    keeps = (say(message("Keep “{name}”", name=as_line(one.name, 40))) for one in (this, other))
    first, second = (words.replace("&", "&&") for words in keeps)
    return first, second
