"""What a new scheme forbids of what stands today, told before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from rubricator.model.scheme import Scheme
from rubricator.verbs.schemes import Breach
from rubricator.words import Message, _, message, plural, say
from rubricator_gui.dialogs.scheme.fields import tell
from rubricator_gui.dialogs.scheme.touching import MOST, Touching
from rubricator_gui.session import Session

_FIRST, _THEN = 0.15, 0.02
"""Seconds that are spent on looking before anybody is asked, and then between two looks at keys and mouse."""


class Breaking(Touching):
    """Looks through all layers for what a new scheme forbids, and asks whether to go on; `again` is the answer."""

    def __init__(self, session: Session, new: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(session, "breachDialog", _("What the rules forbid today"), _("Apply all the same"), parent)
        tell(self.head, _("What is against the changed rules"), "WindowText")
        self.broken: list[Breach] = []
        self._around = session.worklist.around()
        self._articles = set[str]()
        self._layers = session.ready.schemes.breaches(new)
        self.again = QCheckBox()
        self.again.setObjectName("breachAgain")
        self.again.setChecked(True)
        self.form.addRow(self.again)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self.looking = True

    def look_first(self) -> bool:
        """Look through the first layers; say whether anything is to be asked: where not, nobody need be."""
        self._look_for(_FIRST)
        if self.looking:
            self.go.setEnabled(False)
            self._timer.start(0)
        return self.looking or bool(self.broken)

    def _look(self) -> None:
        self._look_for(_THEN)

    def _look_for(self, seconds: float) -> None:
        until = monotonic() + seconds
        while monotonic() < until:
            found = next(self._layers, None)
            if found is None:
                self.looking = False
                self._timer.stop()
                self.go.setEnabled(True)
                break
            self._take(found)
        self._tell()
        if not self.looking and not self.broken and self.isVisible():
            self.accept()

    def _take(self, found: Sequence[Breach]) -> None:
        room = MOST - len(self.list.listed.places)
        self.broken += found
        self.list.listed.add([self._around.place(one.place, say(one.why)) for one in found[: max(0, room)]])
        self._articles |= {one.place.article for one in found}

    def _tell(self) -> None:
        self.again.setText(say(self._again()))
        self.again.setVisible(bool(self.broken))
        places = plural("{n} place", "{n} places", len(self.broken))
        articles = plural("{n} article", "{n} articles", len(self._articles))
        said = message("{places} in {articles}. They stay as they are, and cannot be made like that again.",
                       places=places, articles=articles)  # fmt: skip
        tell(self.count, message("Looking…") if self.looking else said, "WindowText")
        rest = len(self.broken) - len(self.list.listed.places)
        tell(self.more, plural("and {n} more", "and {n} more", rest) if rest else "")

    def _again(self) -> Message:
        """Say what is done so that somebody looks at it."""
        named = len({one.place.annotation for one in self.broken} - {""})
        lacking = len({one.place[1:3] for one in self.broken if not one.place.annotation})
        look = plural("Look at this annotation again", "Look at these {n} annotations again", named)
        take = plural(
            "Take up the finished article that lacks something", "Take up {n} finished articles that lack something",
            lacking,
        )  # fmt: skip
        return message("{look}. {take}", look=look, take=take) if named and lacking else look if named else take

    @property
    def recheck(self) -> list[Breach]:
        """What is to be looked at again."""
        return self.broken if self.again.isChecked() else []


def ask_about_breaches(session: Session, new: Scheme, parent: QWidget) -> list[Breach] | None:
    """Tell what a new scheme forbids of what stands; return what is to be looked at again, None to leave it at that."""
    if _judged(new) == _judged(session.scheme):
        return []
    dialog = Breaking(session, new, parent)
    go_on = not dialog.look_first() or dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.recheck if go_on else None


def _judged(scheme: Scheme) -> tuple[object, ...]:
    """Return the parts of a scheme that the rules look at."""
    names = tuple(sorted(label.name for label in scheme.labels))
    return names, scheme.rules, scheme.attributes, scheme.relations
