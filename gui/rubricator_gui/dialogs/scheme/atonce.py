"""What is done to the project at once while the draft is edited: a step of its own, and the same in the draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from rubricator.exchange import work
from rubricator.model.changes import Change
from rubricator.model.scheme import Scheme
from rubricator.words import Message, _, message
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.dialogs.scheme.touching import Touching
from rubricator_gui.dialogs.working import Working
from rubricator_gui.session import Session

_MANY = 1_000
"""Annotations in the project from which on a step is written in another process."""

AT_ONCE = message("Done at once, when you have seen what it touches")
GOES = message("What is in use goes at once, when you have seen what it touches; else it goes when you apply")


class AtOncePage(QWidget):
    """A page of the editor of which some steps touch annotations."""

    told = Signal(object)
    """Something was done at once, or cannot be, in words; and whether that warns."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft

    def _do(self, same: Callable[[Scheme], Scheme], said: Message, verb: Callable[..., Change], *args: object) -> bool:
        done = self._draft.step(same, partial(self._write, verb, *args))
        if done:
            self._session.tell(said, undo=True)
            told = message("{said} It is done; Ctrl+Z takes it back once this window is closed.", said=said)
            if waiting := self._draft.waiting():
                told = message("{said} Not applied yet ({what}).", said=told, what=waiting)
            self.told.emit((told, False))
        return done

    def _write(self, verb: Callable[..., Change], *args: object) -> bool:
        """Write a step; what touches many annotations takes seconds, and so is done in another process."""
        session = self._session
        project = session.ready
        if sum(project.rows.label_counts().values()) < _MANY:
            return session.do(verb, *args)
        words = _("Changing the annotations")
        working = Working(words, work.scheme_work, (project.path, project.me, verb.__name__, args), self)
        if not working.run():
            if working.refused is not None:
                session.tell(working.refused.text, warns=True)
            return False
        session.look_for_news()
        return True


def asked(dialog: Touching, draft: Draft) -> bool:
    """Ask by a dialog, which says what comes of what is not applied; it is gone afterwards."""
    dialog.heed(draft)
    done = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return done
