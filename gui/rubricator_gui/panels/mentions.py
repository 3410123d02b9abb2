"""All identical mentions with a box for each: looked over, then labelled, relabelled or deleted in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from rubricator.exchange import mentions as finding
from rubricator.exchange.mentions import Found, Mention, Purpose, Question
from rubricator.model.mentions import stands_on_words
from rubricator.model.spans import Annotation, Span
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.panels.plain import bar, plain_label
from rubricator_gui.panels.quotes import one_line, quote_font
from rubricator_gui.panels.rows import ENTER, ITEM, MARKED, RIGHT, Index, Ink, RowDelegate, RowList, write
from rubricator_gui.session import Session
from rubricator_gui.tasks import Task

TICKED = Qt.ItemDataRole.CheckStateRole

_TITLES = {
    "label": "Label all identical mentions",
    "relabel": "Change all identical mentions",
    "delete": "Delete all identical mentions",
}


class Row(NamedTuple):
    """A line of the list: a mention, or the heading over those of one article (`mention` is None)."""

    article: str
    heading: str
    mention: Mention | None = None


class MentionModel(QAbstractListModel):
    """The mentions, a heading above those of each article, and which of them are ticked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._ticked: set[tuple[str, Span]] = set()
        self.current = -1

    def clear(self) -> None:
        """Forget all."""
        self.beginResetModel()
        self.rows.clear()
        self._ticked.clear()
        self.current = -1
        self.endResetModel()

    def add(self, found: Found, heading: str) -> None:
        """Put in the mentions of an article."""
        if not found.mentions:
            return
        first = len(self.rows)
        self.beginInsertRows(QModelIndex(), first, first + len(found.mentions))
        self.rows.append(Row(found.article, heading))
        self.rows += [Row(found.article, "", mention) for mention in found.mentions]
        self._ticked |= {(found.article, mention.span) for mention in found.mentions if mention.offered}
        self.endInsertRows()

    def ticked(self) -> list[tuple[str, Mention]]:
        """Return what is ticked, in order."""
        there = [(row.article, row.mention) for row in self.rows if row.mention]
        return [(article, mention) for article, mention in there if (article, mention.span) in self._ticked]

    def total(self) -> int:
        """Return how many mentions there are."""
        return sum(row.mention is not None for row in self.rows)

    def tick(self, row: int, on: bool | None = None) -> None:
        """Change a box; a heading changes all below it."""
        line = self.rows[row]
        if line.mention is None:
            below = [(r.article, r.mention.span) for r in self.rows if r.mention and r.article == line.article]
            on = not all(key in self._ticked for key in below) if on is None else on
            self._set(below, on)
        else:
            key = (line.article, line.mention.span)
            self._set([key], key not in self._ticked if on is None else on)

    def tick_all(self, on: bool) -> None:
        """Tick all, or none."""
        self._set([(row.article, row.mention.span) for row in self.rows if row.mention], on)

    def _set(self, keys: Sequence[tuple[str, Span]], on: bool) -> None:
        (self._ticked.update if on else self._ticked.difference_update)(keys)
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def counts(self, article: str) -> tuple[int, int]:
        """Return how many of an article are ticked, and of how many."""
        keys = [(row.article, row.mention.span) for row in self.rows if row.mention and row.article == article]
        return sum(key in self._ticked for key in keys), len(keys)

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many lines there are."""
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a line shows."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.heading if row.mention is None else one_line(row.mention.quote)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _ if role == TICKED:
                on = row.mention is not None and (row.article, row.mention.span) in self._ticked
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case _ if role == ITEM:
                return row
            case _ if role == MARKED:
                return index.row() == self.current
        return None

    def _spoken(self, row: Row) -> str:
        if row.mention is None:
            ticked, n = self.counts(row.article)
            return say(message("{heading}, {k} of {n} chosen", heading=row.heading, k=ticked, n=n))
        on = (row.article, row.mention.span) in self._ticked
        words = f"{row.mention.before}{one_line(row.mention.quote)}{row.mention.after}"
        return say(message("{words}, chosen" if on else "{words}, not chosen", words=words))


class MentionDelegate(RowDelegate):
    """Draws the box, the words with what stands around them, and what is labelled there already."""

    def __init__(self, model: MentionModel, question: Question, title: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(7, parent)
        self._model = model
        self._title = title
        self.question = question

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw a line."""
        u = theme.unit()
        row: Row = index.data(ITEM)
        inner = rect.adjusted(4 * u, 0, -4 * u, 0)
        if row.mention is None:
            ticked, n = self._model.counts(row.article)
            count = say(message("{k} of {n}", k=ticked, n=n))
            used = write(painter, inner, count, theme.ui_font("note"), ink.muted, RIGHT)
            write(painter, inner.adjusted(0, 0, -used - 2 * u, 0), row.heading, theme.ui_font("section"), ink.text)
            return
        on = Qt.CheckState(index.data(TICKED)) == Qt.CheckState.Checked
        self._box(painter, inner, on)
        right = inner.right() + 1
        note = note_of(row.mention, self.question, self._title)
        if note:
            warn = ink.look.colour("warn") if not ink.marked else ink.text
            right -= write(painter, inner, say(note), theme.ui_font("note"), warn, RIGHT) + 2 * u
        left = inner.left() + 6 * u
        self._words(painter, QRect(left, inner.top(), right - left, inner.height()), row.mention, ink, on)

    def _box(self, painter: QPainter, inner: QRect, on: bool) -> None:
        box = QStyleOptionButton()
        view = self.parent()
        assert isinstance(view, QWidget)
        box.palette = view.palette()
        side = 4 * theme.unit()
        box.rect = QRect(inner.left(), inner.top() + (inner.height() - side) // 2, side, side)
        box.state = QStyle.StateFlag.State_Enabled | (QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off)
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, view)

    def _words(self, painter: QPainter, place: QRect, mention: Mention, ink: Ink, on: bool) -> None:
        """Write the words in the middle of what stands around them, so that they are always seen."""
        font = quote_font()
        metrics = QFontMetrics(font)
        quote = one_line(mention.quote)
        wide = min(metrics.horizontalAdvance(quote), place.width())
        room = max(0, min((place.width() - wide) // 2, metrics.horizontalAdvance(mention.before)))
        before = metrics.elidedText(mention.before, Qt.TextElideMode.ElideLeft, room)
        left = place.left()
        left += write(painter, QRect(left, place.top(), room, place.height()), before, font, ink.muted)
        high = metrics.height()
        ground = QRect(left, place.top() + (place.height() - high) // 2, wide, high)
        if on:
            painter.fillRect(ground, ink.look.colour("selDeep"))
        write(painter, QRect(left, place.top(), wide + 1, place.height()), quote, font, ink.text)
        painter.fillRect(QRect(left, ground.bottom(), wide, 2), ink.look.colour("Accent" if on else "Mid"))
        left += wide
        write(painter, QRect(left, place.top(), place.right() - left, place.height()), mention.after, font, ink.muted)


def note_of(mention: Mention, question: Question, title: Callable[[str], str]) -> Message | None:
    """Say what is to be known of a mention before it is ticked; `title` gives a label its words."""
    labels = ", ".join(map(title, mention.labels))
    match mention.standing if question.purpose == "label" else "free":
        case "other":
            return message("is {labels}", labels=labels)
        case "inside":
            return message("inside {labels}", labels=labels)
        case "around":
            return message("around {labels}", labels=labels)
        case "crosses":
            return message("crosses {labels}", labels=labels)
    flat = " ".join(mention.quote.split())
    if flat != " ".join(question.words.split()) and flat.casefold() == " ".join(question.words.split()).casefold():
        return message("other case")
    return None


def question_of(session: Session, label: str) -> tuple[Question, Span, str] | None:
    """Return what is to be asked for a label (or "", to delete), where it begins, and the label to change to.

    The selection is to be labelled; a chosen annotation is to be changed or deleted wherever its words have its label.
    """
    text, chosen = session.text, session.chosen_annotation
    purpose: Purpose
    if session.selection is not None and label:
        span, purpose, carried, new = session.selection, "label", label, ""
    elif chosen is not None and not label:
        span, purpose, carried, new = chosen.span, "delete", chosen.label, ""
    elif chosen is not None and chosen.label != label:
        span, purpose, carried, new = chosen.span, "relabel", chosen.label, label
    else:
        return None
    if len(span.fragments) > 1:
        session.tell(_("Words in several pieces have no identical mentions."))
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
        self._progress = plain_label(kind="note", muted=True)
        self.cancel = QPushButton(_("Cancel"))
        self.go = QPushButton()
        self.go.setDefault(True)
        self.go.setPalette(theme.main_button_palette(theme.theme_of(self.palette())))
        for button in (self.cancel, self.go):
            button.setMinimumHeight(7 * u)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self._lay()
        for box in (self.case, self.whole):
            box.toggled.connect(self._search)
        self.scope.currentIndexChanged.connect(self._search)
        self._model.dataChanged.connect(self._tell)
        self.resize(150 * u, 110 * u)
        self._search()
        self.view.setFocus()

    def _lay(self) -> None:
        u = theme.unit()
        head, options, foot = bar(), bar(), bar()
        title = plain_label(_(_TITLES[self._question.purpose]), kind="title")
        words = plain_label(one_line(self._question.words))
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
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (head, options, self.view, foot):
            whole.addWidget(part, int(part is self.view))

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
        self._go_to(spans.index(self._first) if self._first in spans else min(1, len(spans) - 1))
        self._tell()
        if self.scope.currentData():
            project = session.ready
            arguments = (project.path, project.me, self._question, article.id)
            self._task = Task(finding.corpus_work, arguments, self)
            self._task.progressed.connect(self._progressed)
            self._task.finished.connect(self._found)
            self._task.failed.connect(self._failed)
            self._progress.setText(_("Looking through the corpus…"))

    def _progressed(self, done: int, total: int) -> None:
        self._progress.setText(say(message("Looking through the corpus: {done} of {n}", done=done, n=total)))

    def _found(self, articles: list[Found]) -> None:
        self._task = None
        for found in articles:
            self._model.add(found, " ".join(found.title.split()) or _("Article without a headline"))
        n = len(articles)
        self._progress.setText(say(plural("in {n} other article", "in {n} other articles", n)))
        self._tell()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._progress.setText(str(error))

    def _stop(self) -> None:
        if self._task is not None:
            for signal in (self._task.progressed, self._task.finished, self._task.failed):
                signal.disconnect()
            self._task.cancel()
            self._task = None
        self._progress.setText("")

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
            done = session.label_mentions(self._question.label, places, (here, self._first))
        else:
            gone: list[Annotation] = [annotation for _article, mention in ticked for annotation in mention.here]
            if self._question.purpose == "relabel":
                done = session.relabel_mentions(gone, self._new_label)
            else:
                done = session.delete_mentions(gone)
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
