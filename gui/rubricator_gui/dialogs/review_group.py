"""What one decision would do with all open differences of a pattern: seen first, each to be left out, one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QTreeWidget, QTreeWidgetItem, QWidget

from rubricator.exchange.work import group_work
from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.review.decision import Outcome
from rubricator.review.difference import Element
from rubricator.verbs.groups import Row, chosen_of
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.acts.because import guideline_words
from rubricator_gui.dialogs.parts import choice, column
from rubricator_gui.dialogs.working import Working
from rubricator_gui.panels.plain import plain_label, plain_tip
from rubricator_gui.panels.quotes import one_line
from rubricator_gui.panels.review.decision import pattern_words
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated, short_quote

_ROW = Qt.ItemDataRole.UserRole

_PART = 8
"""Differences that are looked at between two frames."""

MANY = 50
"""From so many on they are settled in another process: the window goes on meanwhile."""


class GroupDialog(QDialog):
    """Lists what would be written; Enter settles what is ticked."""

    def __init__(
        self,
        session: Session,
        outcome: Outcome,
        does: Message,
        articles: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("groupDialog")
        self._session, self._outcome = session, outcome
        reviewing = session.reviewing
        assert reviewing.current is not None
        self._model = reviewing.current.difference
        self._compared = reviewing.comparison
        self._articles = list(articles)
        self.setWindowTitle(_("Settle the group"))
        what = pattern_words(session, self._model.pattern)
        self._words = plain_label(say(message("{what}: {does}", what=what, does=does)), "title")
        self._words.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setObjectName("groupList")
        self.list.setAccessibleName(_("What would be written"))
        self.list.setHeaderLabels([_("Difference"), _("Gold"), _("Article")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.itemChanged.connect(self._changed)
        self._note = plain_label(kind="tool", muted=True)
        self.box, self.go = choice(self, "")
        rows = column(self)
        for widget in (self._words, self.list, self._note, self.box):
            rows.addWidget(widget)
        theme.size(self, 215 * theme.unit(), 110 * theme.unit())
        self._rows: Iterator[Row] = session.ready.review.groups.preview(
            self._compared, self._model, outcome, self._articles
        )
        self._ticked = self._left = 0
        """How many are ticked, and how many are left as they are: counted as they come, for there may be thousands."""
        self._between = QTimer(self)
        self._between.setInterval(0)
        self._between.timeout.connect(self._go_on)
        self._between.start()
        self._count()

    @property
    def done_looking(self) -> bool:
        """Say whether all is listed."""
        return not self._between.isActive()

    def _go_on(self) -> None:
        self.list.blockSignals(True)
        for _n in range(_PART):
            row = next(self._rows, None)
            if row is None:
                self._between.stop()
                break
            self._add(row)
        self.list.blockSignals(False)
        self._count()

    def _add(self, row: Row) -> None:
        session = self._session
        article = session.ready.rows.article(row.article)
        item = QTreeWidgetItem(
            [
                _told(session, list(row.difference.elements)),
                _goes(session, row),
                " ".join(article.title.split()) if article is not None else "",
            ]
        )
        item.setData(0, _ROW, row.difference.id)
        for at in range(3):
            item.setToolTip(at, plain_tip(item.text(at)))
        refused = row.refused is not None
        item.setCheckState(0, Qt.CheckState.Unchecked if refused else Qt.CheckState.Checked)
        self._ticked += not refused
        self._left += refused
        if refused:
            item.setDisabled(True)
        self.list.addTopLevelItem(item)
        if self.list.topLevelItemCount() == 1:
            self.list.setCurrentItem(item)
            for at, wide in enumerate((70, 60)):
                self.list.setColumnWidth(at, wide * theme.unit())

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for n in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(n)
            if item is not None:
                yield item

    def _changed(self) -> None:
        """Follow a box that was changed; anything else of a row stays as it came."""
        self._ticked = sum(item.checkState(0) == Qt.CheckState.Checked for item in self._items())
        self._count()

    def _count(self) -> None:
        self.go.setText(say(plural("Settle {n} difference", "Settle {n} differences", self._ticked)))
        self.go.setEnabled(self._ticked > 0 and self.done_looking)
        parts = [_("Space leaves one out, or takes it in again. Undo takes all of it back in one step.")]
        if self._left:
            parts.append(say(plural("{n} is left as it is.", "{n} are left as they are.", self._left)))
        if self._outcome.reason:
            parts.append(say(message("Reason: {why}", why=self._outcome.reason)))
        if self._outcome.guideline:
            what = guideline_words(self._session, self._outcome.guideline, self._model.kind)
            parts.append(say(message("It refers to the {guideline}.", guideline=what)))
        self._note.setText(" ".join(parts))

    def settle(self) -> bool:
        """Settle what is ticked, as one step: few at once, many in another process, which can be stopped."""
        left_out = [item.data(0, _ROW) for item in self._items() if item.checkState(0) != Qt.CheckState.Checked]
        session, n = self._session, self._ticked
        if not session.reviewing.join():
            return False
        groups = session.ready.review.groups
        if n < MANY:
            done = session.do(groups.settle, self._compared, self._model, self._outcome, self._articles, left_out)
        else:
            done = self._settle_many(left_out)
        if done:
            session.tell(plural("Settled {n} difference.", "Settled {n} differences.", n), undo=True)
        return done

    def _settle_many(self, left_out: list[str]) -> bool:
        session, project = self._session, self._session.ready
        chosen = chosen_of(self._compared, self._model, self._outcome)
        arguments = (project.path, project.me, chosen, self._articles, left_out, self._ticked)
        words = say(plural("Settling {n} difference", "Settling {n} differences", self._ticked))
        working = Working(words, group_work, arguments, self.parentWidget() or self)
        done = working.run()
        if working.refused is not None:
            session.tell(working.refused.text, warns=True)
        elif not done:
            session.tell(_("Stopped: nothing was settled."))
        session.look_for_news()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle with Enter from the list too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.isEnabled():
            self.accept()
        else:
            super().keyPressEvent(event)


def _goes(session: Session, row: Row) -> str:
    """Say what of a difference goes to gold, or why it is left as it is."""
    if row.refused is not None:
        return say(row.refused)
    if row.outcome is not None and row.outcome.outcome == "defer":
        return _("put off")
    return _told(session, row.writes) or _("nothing goes to gold")


def _told(session: Session, elements: Sequence[Element]) -> str:
    """Say what elements are: their labels with their words, each once."""
    found: dict[str, None] = {}
    for one in elements:
        if isinstance(one, Annotation):
            quote = one.quote or ""
            words = message("{label} “{quote}”", label=session.title(one.label), quote=isolated(short_quote(quote)))
            found[one_line(say(words))] = None
        elif isinstance(one, Relation):
            found[session.relation_title(one.label)] = None
        else:
            found[session.topic_name(one.topic)] = None
    return " / ".join(found)
