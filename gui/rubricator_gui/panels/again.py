"""What to look at again since a change of the scheme: a list under the article, worked through by keys.

A click or Enter leads into the article. Who stays in the list has the keys of the article there, for the row one is at.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QPushButton,
    QWidget,
)

from rubricator.model.changes import Change
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.acts.worklist import MOST
from rubricator_gui.keymap import keymap_of
from rubricator_gui.panels.under import UnderArticle
from rubricator_gui.places import Place, PlaceList
from rubricator_gui.session import Session


class AgainPanel(UnderArticle):
    """Lists one's own annotations whose label means something else since they were made; Space confirms one."""

    asking = Signal(str)
    """An attribute (its name) of the chosen annotation has to be said before it can be right."""
    key_wanted = Signal(object)
    """A key is to do what it does in the article."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._session = session
        self._round = False
        """Whether one came round the end of the list since one last went to a place."""
        self._asked, self._asked_here = "", False
        """The annotation of which something that is missing is being asked, and whether the list had the focus."""
        self.confirming = QPushButton(_("It is right"))
        self.list = _Places(session)
        super().__init__("againPanel", _("What to look at again"), self.list, [(self.confirming, 0)], parent)
        self.confirming.setObjectName("againConfirm")
        self.confirming.setMinimumHeight(7 * theme.unit())
        self.confirming.clicked.connect(self.confirm)
        self.list.taken.connect(self._enter)
        self.list.confirmed.connect(self.confirm)
        self.list.walked.connect(self._go)
        self.list.left.connect(self.leave)
        self.list.pressed_key.connect(self._press)
        session.changed.connect(self._changed)
        session.selection_changed.connect(self._follow)
        session.opened.connect(self._reload)

    def open(self) -> None:
        """Show the list, the first place in the article, and take the focus."""
        super().open()
        self._go()

    def leave(self) -> None:
        """Close the list; what one came to from it is like anything else in the article."""
        self._session.worklist.close()
        super().leave()

    # --- working through ------------------------------------------------------------------------------------------

    def next(self) -> None:
        """Go on to the next place, from the article or a field too; the list is opened where it is closed."""
        if self.isHidden():
            self.open()
            return
        place = self.list.current
        if place is not None and place.annotation == self._session.chosen:
            self._stand_at(self.list.currentIndex().row() + 1)
        wrapped = self._round
        self._go_on()
        if wrapped:
            self._session.tell(message("That was the last on the list: on from its top."), idle=True)

    def confirm(self) -> None:
        """Say that the current one is right as it is, and go on to the next; one that is not chosen is shown first."""
        if self.isHidden():
            self.open()
            return
        place = self.list.current
        if place is None:
            return
        asked = ""
        if place.annotation == self._session.chosen:
            asked = self._session.worklist.asks(place)
            if not asked:
                self._session.worklist.confirm(place)  # which takes it off the list
        here = self.list.hasFocus()
        self._go_on()
        if asked and self._session.chosen == place.annotation:
            self._asked, self._asked_here = place.annotation, here
            self.asking.emit(asked)

    def confirm_come(self) -> None:
        """Confirm what one just came to from the list, and come to the next: so Space goes on in the article."""
        self.confirm()
        self._come()

    def answered(self) -> None:
        """Go on to the next where what was asked for makes it right; what is chosen is always the row one is at."""
        asked, self._asked = self._asked, ""
        if not asked or self.isHidden() or self._session.chosen != asked:
            return
        worklist = self._session.worklist
        left = next((place for place in self.list.listed.places if place.annotation == asked), None)
        if self._asked_here:
            self.list.setFocus()
        if left is not None and (worklist.lacking(left) is not None or not worklist.confirm(left)):
            return  # it was to be right, and is not yet
        self._go_on()
        if not self._asked_here:
            self._come()

    def _come(self) -> None:
        place = self.list.current
        if place is not None and place.annotation == self._session.chosen:
            self._session.worklist.come(place)

    def _go(self) -> None:
        """Show the current place; who is in the list stays there, though another article takes the focus."""
        here, self._round = self.list.hasFocus(), False
        if self.list.current is not None:
            self._session.worklist.go(self.list.current)
        if here:
            self.list.setFocus()

    def _go_on(self) -> None:
        """Show the current place; who is in a field comes to the article, where keys are about the annotation."""
        self._go()
        if self.list.current is not None and not self.list.hasFocus():
            self.left.emit()

    def _enter(self, place: Place) -> None:
        self._session.worklist.come(place)
        self.left.emit()

    def _press(self, event: QKeyEvent) -> None:
        """Have a key do what it does in the article, and go on where that settles the row."""
        place = self.list.current
        if place is None:
            return
        if place.annotation != self._session.chosen:  # it could be one far from what is looked at
            self._go()
            return
        self.key_wanted.emit(event)
        if self.list.current != place:
            self._go()

    def _follow(self) -> None:
        """Stand at the row of what is chosen in the article: one goes on from there."""
        if self.isHidden() or (chosen := self._session.chosen) is None:
            return
        row = next((n for n, place in enumerate(self.list.listed.places) if place.annotation == chosen), -1)
        if row >= 0 and row != self.list.currentIndex().row():
            self._stand_at(row)

    # --- showing --------------------------------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        """Take off what was confirmed, relabelled or deleted; list all anew only where more may have come."""
        if not self.isVisible():
            return
        rows = {place.annotation: n for n, place in enumerate(self.list.listed.places)}
        written = {one.id for one in change.annotations}
        if change.scheme or change.everything or change.listing or (rows and written >= rows.keys()):
            self._load()
            return
        worklist = self._session.worklist
        touched = worklist.touched(change)
        left = worklist.left(None if touched is None else touched.values())
        come = left.difference(rows)
        if come and (len(rows) < MOST or come & written):  # behind a full list there are more, and they come in time
            self._load()
            return
        judged = rows.keys() if touched is None else written.union(touched)
        for row in sorted((row for one, row in rows.items() if one in judged and one not in left), reverse=True):
            self._take(row)

    def _take(self, row: int) -> None:
        here = self.list.currentIndex().row()
        self.list.listed.take(row)
        left = len(self.list.listed.places)
        self._stand_at(here - (row < here))
        self._count(left)

    def _load(self) -> None:
        """List anew what is left; who stood at one of it stands there still, or at the next."""
        was, row = self.list.current, self.list.currentIndex().row()
        places = self._session.worklist.places()
        self.list.listed.scheme = self._session.scheme
        self.list.listed.show(places)
        same = next((n for n, place in enumerate(places) if was and place.annotation == was.annotation), max(0, row))
        self._stand_at(same)
        self._count(len(places))

    def _stand_at(self, row: int) -> None:
        """Stand at a row; behind the last one it is the first again, as one goes on and never back."""
        left = len(self.list.listed.places)
        if row >= left > 0:
            row, self._round = 0, left > 1
        index = self.list.listed.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _count(self, n: int) -> None:
        key = keymap_of(self._session.settings).first("again-confirm")
        left = message("{n} or more", n=n) if n >= MOST else plural("{n} left", "{n} left", n)
        words = message("{left} · a label’s key changes it, Space says it is right", left=left)
        if key:  # Space says so in the list, and in the article right after one came from it
            words = message("{words} ({key} from elsewhere)", words=words, key=key)
        self.confirming.setVisible(n > 0)
        if not n and self.list.hasFocus():
            self.close_button.setFocus()  # the list is hidden now, and Esc is to close all the same
        none = _("Nothing is left to look at again. Your annotations come here when their label gets another meaning.")
        self._tell(say(words) if n else "", "" if n else none)


class _Places(PlaceList):
    """The list: who walks in it sees each place in the article."""

    walked = Signal()
    confirmed = Signal()
    left = Signal()
    pressed_key = Signal(object)
    """A key that the article may have a meaning for."""

    def __init__(self, session: Session) -> None:
        project = session.project
        super().__init__({one.id: one.name for one in project.rows.annotators()} if project is not None else {})
        self.setObjectName("againList")
        self.setAccessibleName(_("What to look at again"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Space, leave with Esc; what one walks to is shown, what labels or deletes is the article's."""
        was = self.currentIndex()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        writes = event.text().strip() and event.text().isprintable()  # the list would look for a row by it
        if event.key() == Qt.Key.Key_Space:
            self.confirmed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and (writes or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)):
            self.pressed_key.emit(event)
        else:
            super().keyPressEvent(event)
            if self.currentIndex() != was:
                self.walked.emit()
