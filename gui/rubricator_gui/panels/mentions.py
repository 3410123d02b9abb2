"""All identical mentions with a box for each: looked over, then labelled, relabelled or deleted in one step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rubricator.errors import UserError
from rubricator.exchange import mentions as finding
from rubricator.exchange.mentions import Found, Purpose, Question
from rubricator.model.mentions import stands_on_words
from rubricator.model.spans import Annotation, Span
from rubricator.words import _, as_line, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.drawing import draw_edge
from rubricator_gui.hints import whole
from rubricator_gui.panels.mention_list import MentionDelegate, MentionModel
from rubricator_gui.panels.plain import Line, LineLabel, bar, plain_label
from rubricator_gui.panels.quotes import quote_font
from rubricator_gui.panels.rows import ENTER, RowList
from rubricator_gui.session import Session
from rubricator_gui.tasks import Task

_WORDS_MOST = 60
"""Characters of the words that stand over the list."""

_TITLES = {
    "label": "Label all identical mentions",
    "relabel": "Change all identical mentions",
    "delete": "Delete all identical mentions",
}


def why_no_mentions(text: str, span: Span) -> str:
    """Return why no words are identical to those of a span; empty where some may be."""
    if len(span.fragments) > 1:
        return _("A discontinuous annotation has no identical mentions.")
    return "" if span.quote(text).strip() else _("White space has no identical mentions.")


def question_of(session: Session, label: str) -> tuple[Question, Span, str] | None:
    """Return what is to be asked for a label (or "", to delete), where it begins, and the label to change to.

    The selection, or what is suggested, is to be labelled. What a chosen annotation, or the one just made, says is to
    be changed or deleted wherever its words have its label; with that label itself, the rest of its words get it.
    """
    text, offered = session.text, session.offered
    fresh = session.selection or (offered.span if offered is not None else None)
    standing = session.meant if fresh is None or not label else None
    purpose: Purpose
    if fresh is not None and label:
        span, purpose, carried, new = fresh, "label", label, ""
    elif standing is None:
        return None
    elif not label:
        span, purpose, carried, new = standing.span, "delete", standing.label, ""
    elif standing.label != label:
        span, purpose, carried, new = standing.span, "relabel", standing.label, label
    else:
        span, purpose, carried, new = standing.span, "label", label, ""
    if why := why_no_mentions(text, span):
        session.tell(why)
        return None
    whole = stands_on_words(text, span.start, span.end)
    return Question(span.quote(text), carried, purpose, whole=whole), span, new


class MentionDialog(QDialog):
    """Asks which of all identical mentions are meant; Enter does it, Esc drops it, and undo takes it back at once."""

    def __init__(
        self,
        session: Session,
        question: Question,
        first: Span,
        new_label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mentionDialog")
        self.setWindowTitle(_(_TITLES[question.purpose]))
        self._session = session
        self._question = question
        self._first = first
        self._new_label = new_label
        self._task: Task | None = None
        u = theme.unit()
        self._count = plain_label(kind="note", muted=True)
        self.scope = QComboBox()
        self.scope.addItem(_("This article"), False)
        self.scope.addItem(_("This article and the corpus"), True)
        self.scope.setAccessibleName(_("Where"))
        self.case = QCheckBox(_("Match case"))
        self.whole = QCheckBox(_("Whole words"))
        self.whole.setChecked(question.whole)
        self._model = MentionModel(self)
        self.view = RowList(self)
        self.view.setAccessibleName(_("Mentions"))
        self.view.setModel(self._model)
        self._delegate = MentionDelegate(self._model, question, session.title, self.view)
        self.view.draw_with(self._delegate)
        self.view.installEventFilter(self)
        self.view.clicked.connect(self._clicked)
        self._progress = LineLabel("note")  # what it says comes and goes: nothing is to be wider for it
        self.cancel = QPushButton(_("Cancel"))
        self.go = QPushButton()
        self.go.setPalette(theme.main_button_palette(theme.theme_of(self.palette())))
        for button in (self.cancel, self.go):
            button.setMinimumHeight(7 * u)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self._lay()
        self.go.setDefault(True)  # once it stands in the dialog
        for box in (self.case, self.whole):
            box.toggled.connect(self._search)
        self.scope.currentIndexChanged.connect(self._search)
        self._model.dataChanged.connect(self._tell)
        theme.size(self, 150 * u, 110 * u)
        self._search()
        self.view.setFocus()

    def _lay(self) -> None:
        u = theme.unit()
        head, options, foot = bar(), bar(), bar()
        title = plain_label(_(_TITLES[self._question.purpose]), kind="title")
        words = plain_label(as_line(self._question.words, _WORDS_MOST))  # what is chosen may be the whole article
        words.setFont(quote_font("title"))
        chip = _Chip(self._session, self._new_label or self._question.label)
        first = QHBoxLayout()
        first.addWidget(chip)
        first.addWidget(words, 1)
        first.addWidget(self._count)
        column = QVBoxLayout(head)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 2 * u)
        column.addWidget(title)
        column.addLayout(first)
        line = QHBoxLayout(options)
        line.setContentsMargins(4 * u, u, 4 * u, 2 * u)
        line.setSpacing(4 * u)
        for widget in (self.scope, self.case, self.whole):
            line.addWidget(widget)
        line.addWidget(self._progress, 1)
        last = QHBoxLayout(foot)
        last.setContentsMargins(4 * u, 2 * u, 4 * u, 2 * u)
        last.addWidget(plain_label(_("Space changes a box, A chooses all, N none"), kind="note", muted=True), 1)
        last.addWidget(self.cancel)
        last.addWidget(self.go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        for part in (head, options, Line(), self.view, Line(), foot):
            whole.addWidget(part, int(part is self.view))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge: the list lies on paper like that of the article below, and reaches to it."""
        super().paintEvent(event)
        painter = QPainter(self)
        draw_edge(painter, self)
        painter.end()

    # --- looking --------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        self._stop()
        self._question = self._question._replace(case=self.case.isChecked(), whole=self.whole.isChecked())
        self._delegate.question = self._question
        self._model.clear()
        session = self._session
        article = session.article
        if article is None:
            return
        found = finding.in_article(session.text, article, self._question, session.spans)
        self._model.add(found, _("In this article"))
        spans = [row.mention.span if row.mention else None for row in self._model.rows]
        if self._first in spans:  # what somebody stands on is meant, whatever stands there
            self._model.tick(spans.index(self._first), on=True)
        self._go_to(spans.index(self._first) if self._first in spans else min(1, len(spans) - 1))
        self._tell()
        if self.scope.currentData():
            project = session.ready
            arguments = (project.path, project.me, self._question, article.id)
            self._task = Task(finding.corpus_work, arguments, self)
            self._task.progressed.connect(self._progressed)
            self._task.finished.connect(self._found)
            self._task.failed.connect(self._failed)
            self._progress.say(_("Looking through the corpus…"))

    def _progressed(self, done: int, total: int) -> None:
        self._progress.say(say(message("Looking through the corpus: {done} of {n}", done=done, n=total)))

    def _found(self, articles: list[Found]) -> None:
        self._task = None
        for found in articles:
            self._model.add(found, " ".join(found.title.split()) or _("Article without a headline"))
        n = len(articles)
        others = plural("in {n} other article", "in {n} other articles", n) if n else message("in no other article")
        self._progress.say(say(others))
        self._tell()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._progress.say(whole(error) if isinstance(error, UserError) else str(error))

    def _stop(self) -> None:
        if self._task is not None:
            self._task.let_go()
            self._task = None
        self._progress.say("")

    def _tell(self, *_args: object) -> None:
        n, total = len(self._model.ticked()), self._model.total()
        self._count.setText(say(message("{n} of {total} chosen, one step to undo", n=n, total=total)))
        words = {
            "label": plural("Label {n} mention", "Label {n} mentions", n),
            "relabel": plural("Change {n} mention", "Change {n} mentions", n),
            "delete": plural("Delete {n} mention", "Delete {n} mentions", n),
        }[self._question.purpose]
        self.go.setText(say(words))
        self.go.setEnabled(n > 0 and self._task is None)
        if self._task is not None:
            self.go.setToolTip(_("The corpus is still being looked through."))

    # --- hands ----------------------------------------------------------------------------------------------------

    def _go_to(self, row: int) -> None:
        self._model.current = row
        if row >= 0:
            self.view.setCurrentIndex(self._model.index(row))
        self.view.viewport().update()

    def _clicked(self, index: QModelIndex) -> None:
        self._go_to(index.row())
        self._model.tick(index.row())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Tick and walk by keys; Enter is the main button's."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        row, last = self._model.current, self._model.rowCount() - 1
        steps = {Qt.Key.Key_Down: row + 1, Qt.Key.Key_Up: row - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        key = Qt.Key(event.key())
        if key in steps:
            self._go_to(max(0, min(steps[key], last)))
        elif key == Qt.Key.Key_Space and row >= 0:
            self._model.tick(row)
        elif key in (Qt.Key.Key_A, Qt.Key.Key_N) and not event.modifiers():
            self._model.tick_all(key == Qt.Key.Key_A)
        elif key in ENTER:
            self.go.click()
        elif key == Qt.Key.Key_Escape:
            self.reject()
        else:
            return False
        return True

    def accept(self) -> None:
        """Do it, in one step; where a rule forbids it the list stays and the status line says why."""
        ticked = self._model.ticked()
        session = self._session
        if self._question.purpose == "label":
            places: dict[str, list[Span]] = {}
            for article, mention in ticked:
                places.setdefault(article, []).append(mention.span)
            here = session.article.id if session.article else ""
            done = session.mentions.label(self._question.label, places, (here, self._first))
        else:
            gone: list[Annotation] = [annotation for _article, mention in ticked for annotation in mention.here]
            if self._question.purpose == "relabel":
                done = session.mentions.relabel(gone, self._new_label)
            else:
                done = session.mentions.delete(gone)
        if done:
            super().accept()

    def done(self, result: int) -> None:
        """Stop looking."""
        self._stop()
        super().done(result)


class _Chip(QWidget):
    """The chip of the label."""

    def __init__(self, session: Session, name: str) -> None:
        super().__init__()
        self._label = chips.label_of(session.scheme, name)
        self.setFixedSize(chips.chip_width([self._label]), chips.chip_height())

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        chips.draw_chip(painter, self.rect(), self._label, theme.theme_of(self.palette()))
        painter.end()
