"""What the review changed in one's own work: a list under the article, accepted or disputed by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from rubricator.model.changes import Change
from rubricator.model.policies import policy_words
from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.review.difference import Element
from rubricator.verbs.answers import Answer, Changed
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.acts.because import guideline_words
from rubricator_gui.panels.plain import leave_keys, plain_tip
from rubricator_gui.panels.under import UnderArticle
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated, short_quote

_ANSWERS = {"accept": "Accepted", "dispute": "Disputed"}


class MinePanel(UnderArticle):
    """Lists what gold says otherwise than one's own layer of the article, and why."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        title = _("What the review changed in my work")
        self._session = session
        self._rows: list[Changed] = []
        self.why = QLineEdit()
        self.list = _List()
        super().__init__("minePanel", title, self.list, [(self.why, 2)], parent)
        self.why.setObjectName("mineWhy")
        leave_keys(self.why)
        self.why.setPlaceholderText(_("Why you dispute it"))
        self.why.setAccessibleName(_("Why you dispute it"))
        self.why.setMinimumHeight(7 * theme.unit())
        self.why.hide()
        self.why.returnPressed.connect(self._dispute)
        self.list.setObjectName("mineList")
        self.list.setAccessibleName(title)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([_("Mine"), _("Gold"), _("Why"), _("My answer")])
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)  # the answer is in sight, too
        self.list.accepted.connect(self._accept)
        self.list.disputed.connect(self._begin_dispute)
        self.list.itemActivated.connect(self._enter)
        self.list.currentItemChanged.connect(self._show_place)
        session.changed.connect(self._changed)
        session.article_shown.connect(self._reload)

    # --- showing --------------------------------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        article = self._session.article
        if article is not None and (change.everything or change.scheme or article.id in change.articles):
            self._reload()

    def _load(self) -> None:
        """List anew, and show the current place."""
        session, article = self._session, self._session.article
        at = max(0, self._at)
        self._rows = session.ready.review.answers.changed(article.id) if article is not None else []
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._rows:
            why, answer = _why(self._session, one), _(_ANSWERS.get(one.answer, ""))
            item = QTreeWidgetItem([self._told(one, 0), self._told(one, 1), why, answer])
            for column in range(4):
                item.setToolTip(column, plain_tip(item.text(column)))
            self.list.addTopLevelItem(item)
        self._stand_at(min(at, len(self._rows) - 1))
        self.list.blockSignals(False)
        open_ones = sum(not one.answer for one in self._rows)
        words = plural("{n} is not answered", "{n} are not answered", open_ones)
        how = say(message("{left} · Space accepts, D disputes, Enter goes there", left=words))
        self._tell(how if self._rows else "", "" if self._rows else self._why_none())
        self._show_place()

    def _why_none(self) -> str:
        """Say that there was no review, or that it left one's work as it is."""
        session, article = self._session, self._session.article
        if article is None or not session.ready.review.answers.reviewed(article.id):
            return _("This article was not reviewed yet.")
        return _("The review changed nothing in your work on this article.")

    def _told(self, one: Changed, side: int) -> str:
        return " / ".join(self._words(element) for element in one.difference.sides[side]) or _("nothing")

    def _words(self, element: Element) -> str:
        session = self._session
        if isinstance(element, Annotation):
            quote = element.quote or element.span.quote(session.text)
            words = message("{label} “{quote}”", label=session.title(element.label), quote=isolated(short_quote(quote)))
            return say(words)
        if isinstance(element, Relation):
            return session.relation_title(element.label)
        return session.topic_name(element.topic)

    # --- answering ------------------------------------------------------------------------------------------------

    @property
    def _at(self) -> int:
        return self.list.currentIndex().row()

    def _stand_at(self, row: int) -> None:
        item = self.list.topLevelItem(row)
        if item is not None:
            self.list.setCurrentItem(item)

    @property
    def current(self) -> Changed | None:
        """The place one stands at."""
        at = self._at
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _show_place(self) -> None:
        """Show the current place in the article; one's own annotation is chosen, where there is one."""
        here = self.current
        if here is None or not here.difference.annotations:
            return
        mine = next((one for one in here.difference.sides[0] if isinstance(one, Annotation)), None)
        if mine is not None:
            self._session.choose(mine.id)
        else:
            self._session.select(here.difference.annotations[0].span, exact=True)

    def _enter(self) -> None:
        self._show_place()
        self.left.emit()

    def _answer(self, answer: Answer, words: str = "") -> None:
        here, session = self.current, self._session
        if here is None:
            return
        if here.decision is None:
            session.tell(
                _("This was written by a rule, not decided by a person: there is nobody to answer."), warns=True
            )
            return
        if session.do(session.ready.review.answers.answer, here.decision, answer, words):
            told = (
                _("Accepted what was decided.") if answer == "accept" else _("Disputed: it goes back to the reviewer.")
            )
            session.tell(told, undo=True)
            self._stand_at(self._at + 1)

    def _accept(self) -> None:
        self._answer("accept")

    def _begin_dispute(self) -> None:
        """Ask why; Enter there disputes, with words or without."""
        self.why.show()
        self.why.setFocus()

    def _dispute(self) -> None:
        words = self.why.text()
        self.why.clear()
        self.why.hide()
        self.list.setFocus()
        self._answer("dispute", words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let go of the field with Esc, then close."""
        if event.key() == Qt.Key.Key_Escape and self.why.hasFocus():
            self.why.hide()
            self.list.setFocus()
        else:
            super().keyPressEvent(event)


class _List(QTreeWidget):
    """The list: Space and D answer, where a tree would search."""

    accepted = Signal()
    disputed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer."""
        if event.key() == Qt.Key.Key_Space:
            self.accepted.emit()
        elif event.text().lower() == "d":
            self.disputed.emit()
        else:
            super().keyPressEvent(event)


def _why(session: Session, one: Changed) -> str:
    if one.decision is None:
        return ""
    named = one.decision.guideline
    policy = say(policy_words(one.decision.policy, session.ready.rows.name_of))
    guideline = say(guideline_words(session, named, one.decision.kind)) if named else ""
    parts = [one.decision.reason, guideline, policy]
    return " · ".join(part for part in parts if part)
