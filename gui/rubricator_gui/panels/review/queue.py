"""The queue of the review: what differs in the corpus, by kind and pattern, with counts; a filter finds some of it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from rubricator.review.kinds import KINDS, SUBS, Pattern
from rubricator.verbs.compared import OPEN
from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.acts.differing import left_words
from rubricator_gui.drawing import RIGHT, Ink, write
from rubricator_gui.panels.plain import LineLabel, bar
from rubricator_gui.panels.review.decision import pattern_words
from rubricator_gui.panels.rows import ITEM, MARKED, Index, RowDelegate, RowList, repaint_row
from rubricator_gui.panels.searchfield import SearchField
from rubricator_gui.panels.section import EmptyPane, Section
from rubricator_gui.reader.events import stroke
from rubricator_gui.reader.verdicts import of_key
from rubricator_gui.session import Session

_NAMES = {kind.key: kind.name for kind in KINDS}

_COUNT_AFTER = 100
"""Milliseconds between two countings: who settles one after another does not wait for it."""


class Line(NamedTuple):
    """A row: a kind (no pattern), or a pattern below it."""

    words: str
    open: int
    pattern: Pattern = ()
    all: int = 0


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.marked: Pattern = ()

    def show(self, lines: list[Line]) -> None:
        if [line.pattern or line.words for line in lines] == [line.pattern or line.words for line in self.lines]:
            self.lines = lines  # the same rows with other counts: who stands at one stays there
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def mark(self, pattern: Pattern) -> None:
        was, self.marked = self.marked, pattern
        for n, line in enumerate(self.lines):
            if line.pattern and line.pattern in (was, pattern):
                repaint_row(self, n)

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let one stand only at patterns."""
        if not index.isValid() or not self.lines[index.row()].pattern:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.words
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{line.words}: " + say(message("{n} of {all} open", n=line.open, all=line.all))
            case _ if role == MARKED:
                return bool(line.pattern) and line.pattern == self.marked
            case _ if role == ITEM:
                return line
        return None


class _Delegate(RowDelegate):
    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw the words and the count."""
        u = theme.unit()
        line: Line = index.data(ITEM)
        font = theme.ui_font("row" if line.pattern else "strong")
        colour = ink.text if line.open else ink.muted
        inner = rect.adjusted(6 * u if line.pattern else 3 * u, 0, -3 * u, 0)
        used = write(painter, inner, str(line.open), theme.figures(theme.ui_font("tool")), ink.muted, RIGHT)
        write(painter, inner.adjusted(0, 0, -used - 2 * u, 0), line.words, font, colour)


class _List(RowList):
    """The list; the review's digits and letters belong to the text, not to a search in it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand at a row from the beginning."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._walk(-1, 1)

    def _walk(self, row: int, step: int) -> None:
        """Go to the next pattern; what is a heading is passed over."""
        model = self.model()
        row += step
        while 0 <= row < model.rowCount():
            index = model.index(row, 0)
            if model.flags(index) & Qt.ItemFlag.ItemIsEnabled:
                self._walk_to(index)
                return
            row += step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the review's keys to whoever has them, but what a list needs."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(self.currentIndex().row(), 1 if event.key() == Qt.Key.Key_Down else -1)
            return
        if event.text() and event.text().isprintable() and not event.text().isspace() and of_key(stroke(event)):
            event.ignore()
        else:
            super().keyPressEvent(event)


class QueuePanel(Section):
    """What is to be decided in the corpus."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Review queue"), parent)
        self.setObjectName("queuePanel")
        self._session = session
        self._queue = session.queue
        u = theme.unit()
        self.filter = SearchField("queueFilter", _("Filter: kind, words"), _("Filter the queue"))
        head = bar()
        line = QHBoxLayout(head)
        line.setContentsMargins(2 * u, u, 2 * u, 2 * u)
        line.addWidget(self.filter)
        self.rows.addWidget(head)
        self._model = _Model(self)
        self.list = _List()
        self.list.setObjectName("queueList")
        self.list.setAccessibleName(_("Review queue"))
        self.list.setModel(self._model)
        self.list.draw_with(_Delegate(6.5, self.list))
        self.rows.addWidget(self.list, 1)
        self.empty = EmptyPane()
        self.rows.addWidget(self.empty, 1)
        self._work = bar()
        foot = QHBoxLayout(self._work)
        foot.setContentsMargins(3 * u, u, 2 * u, u)
        self._how_far = LineLabel("tool")
        self.cancel = QToolButton()
        self.cancel.setText(_("Cancel"))
        self.cancel.setAutoRaise(True)
        self.cancel.setFont(theme.ui_font("tool"))
        self.cancel.clicked.connect(self._queue.cancel)
        foot.addWidget(self._how_far, 1)
        foot.addWidget(self.cancel)
        self.rows.addWidget(self._work)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_COUNT_AFTER)
        self._soon.timeout.connect(self.refresh)
        self.filter.textChanged.connect(self.refresh)
        self.filter.entered.connect(self.list.setFocus)
        self.filter.down.connect(self.list.setFocus)
        self.filter.left.connect(self.left)
        self.list.taken.connect(self._taken)
        self.list.left.connect(self.left)
        self._queue.changed.connect(self._change)
        session.reviewing.moved.connect(self._mark)
        self.setFocusProxy(self.list)
        self.refresh()

    def _change(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _mark(self) -> None:
        here = self._session.reviewing.current
        self._model.mark(here.difference.pattern if here is not None else ())

    def refresh(self) -> None:
        """Show what is known now."""
        queue = self._queue
        self._soon.stop()
        wanted = self.filter.text().casefold().split()
        lines: list[Line] = []
        by_kind: dict[tuple[str, str], list[Line]] = {}
        for pattern, states in queue.patterns():
            words = say(pattern_words(self._session, pattern))
            kind = self._kind(pattern)
            if all(part in f"{words} {kind}".casefold() for part in wanted):
                opened = sum(states[state] for state in OPEN)
                by_kind.setdefault((pattern[0], kind), []).append(Line(words, opened, pattern, states.total()))
        for (_key, kind), some in by_kind.items():
            lines.append(Line(kind, sum(one.open for one in some), (), sum(one.all for one in some)))
            lines += some
        self._model.show(lines)
        self._mark()
        total, decided, deferred = queue.counts()
        left = total - decided - deferred
        self.set_note(say(left_words(left, deferred)), str(left))
        self._work.setVisible(queue.share is not None)
        self._how_far.say(say(message("Comparing: {n} %", n=round(100 * (queue.share or 0.0)))))
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        if not lines:
            self.empty.say(self._why_none(total, bool(wanted)))

    def _kind(self, pattern: Pattern) -> str:
        """Return the heading of a pattern: its kind, and of borders what differs."""
        name = say(_NAMES[pattern[0]])
        sub = SUBS.get(pattern[1]) if pattern[0] == "boundary" else None
        return f"{name} – {say(sub)}" if sub else name

    def _why_none(self, total: int, filtered: bool) -> str:
        if filtered and total:
            return say(message("No difference matches “{words}”.", words=self.filter.text()))
        if self._queue.share is not None:
            return _("The layers are being compared.")
        return _("No two layers differ.") if self._queue.whole else _("The corpus was not compared yet.")

    def _taken(self, index: QModelIndex) -> None:
        line: Line = index.data(ITEM)
        if line.pattern and not self._queue.go(line.pattern):
            self._session.tell(_("None of these is open any more."))
