"""The review as a page of the window: the queue, the text of all layers, the decision."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QSplitter, QVBoxLayout, QWidget

from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.acts.differing import left_words
from rubricator_gui.panels.history import HistoryPanel
from rubricator_gui.panels.panes import next_pane
from rubricator_gui.panels.plain import LineLabel
from rubricator_gui.panels.review.decision import DecisionPanel
from rubricator_gui.panels.review.legend import Legend
from rubricator_gui.panels.review.queue import QueuePanel
from rubricator_gui.panels.review.topics import TopicRow
from rubricator_gui.reader.events import stroke
from rubricator_gui.reader.review_sheet import ReviewSheet
from rubricator_gui.reader.verdicts import of_key
from rubricator_gui.session import Session

# Widths of look.md, for a unit of 4: (from this width on, queue, decision).
_SIZES = (("small", 0, 240, 276), ("medium", 1120, 240, 300), ("large", 1400, 300, 380), ("wide", 1920, 340, 400))
_LOW = 760
"""Under this height there is no room for the history."""


class ReviewPane(QSplitter):
    """Queue, text and decision side by side; in a small window one of the two is folded away."""

    wanted = Signal(object)
    """Something (Meant) is to be done about the current difference."""

    def __init__(self, session: Session) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("reviewPane")
        self.setAccessibleName(_("Review"))
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._session = session
        self._size = ""
        self.queue = QueuePanel(session)
        self.sheet = ReviewSheet(session)
        self.decision = DecisionPanel(session)
        self.history = HistoryPanel(session)
        self.history.fold()
        self.head = _Head(session, self.sheet)
        page = QWidget()
        self._page = column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.sheet, 1)
        column.addWidget(Legend(session))
        self.side = QWidget()
        right = QVBoxLayout(self.side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.decision, 3)
        right.addWidget(self.history, 1)
        for widget in (self.queue, page, self.side):
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        self.sheet.keyed.connect(self.wanted)
        self.decision.wanted.connect(self.wanted)
        for section in (self.queue, self.decision, self.history):
            section.left.connect(self.sheet.setFocus)
        session.reviewing.stood.connect(self.history.view.viewport().update)  # with or without names
        session.queue.changed.connect(self._count)
        session.reviewing.moved.connect(self._count)
        self._count()

    def put_over_text(self, bar: QWidget) -> None:
        """Put a bar between the head and the text."""
        self._page.insertWidget(1, bar)

    def _count(self) -> None:
        """Say how large the group is that the current difference belongs to."""
        here = self._session.reviewing.current
        found = self._session.queue.open_of(here.difference.pattern) if here is not None else []
        self.decision.show_group(len(found), len({one.article for one in found}))

    def fit(self, width: int, height: int) -> None:
        """Arrange the panes for a window of this size."""
        u = theme.unit() / 4
        name, _from, left, right = next(row for row in reversed(_SIZES) if width >= row[1] * u)
        self.history.setVisible(height >= _LOW * u)
        if name == self._size:
            return
        self.keep()
        self._size = name
        self.queue.setVisible(name != "small")
        self.side.setVisible(True)
        kept = self._session.memory.get(f"review.{name}")
        if not (isinstance(kept, str) and self.restoreState(QByteArray.fromHex(kept.encode()))):
            own = 0 if name == "small" else round(left * u)
            self.setSizes([own, max(1, width - own - round(right * u)), round(right * u)])

    def keep(self) -> None:
        """Remember the widths for this size of the window."""
        if self._size:
            self._session.memory.set(**{f"review.{self._size}": self.saveState().toHex().toStdString()})

    def show_queue(self, shown: bool) -> None:
        """Show the queue, or fold it away; in a small window it takes the place of the decision."""
        self.queue.setVisible(shown)
        if self._size == "small":
            self.side.setVisible(not shown)
            wide = round(60 * theme.unit())
            self.setSizes([wide, self.width() - wide, 0] if shown else [0, self.width() - wide, wide])
        if not shown and not self.sheet.hasFocus():
            self.sheet.setFocus()

    def show_side(self, shown: bool) -> None:
        """Show the decision, or fold it away."""
        self.side.setVisible(shown)
        if self._size == "small" and shown:
            self.queue.setVisible(False)

    def next_pane(self) -> None:
        """Go on to the next pane."""
        next_pane([self.queue, self.sheet, self.decision, self.history], self.sheet)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the review's keys that a list or a button leaves."""
        meant = of_key(stroke(event))
        if meant is not None and event.text().isprintable() and event.text():
            self.wanted.emit(meant)
        else:
            super().keyPressEvent(event)


class _Head(QWidget):
    """Over the text: the headline, how many layers, how much agrees and differs."""

    def __init__(self, session: Session, sheet: ReviewSheet) -> None:
        super().__init__()
        self.setObjectName("reviewHead")
        self._session, self._sheet = session, sheet
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        u = theme.unit()
        self._title = LineLabel(muted=False)
        self._title.setFont(theme.headline_font())
        self._facts = LineLabel("tool")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(7 * u, 3 * u, 3 * u, 3 * u)
        self._column.setSpacing(u)
        self._column.addWidget(self._title)
        self._column.addWidget(self._facts)
        self.topics = TopicRow(session)
        self._column.addWidget(self.topics)
        sheet.viewport().installEventFilter(self)
        reviewing = session.reviewing
        for signal in (reviewing.loaded, reviewing.stood):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the article."""
        session, reviewing = self._session, self._session.reviewing
        article = session.article
        title = " ".join(article.title.split()) if article is not None else ""
        self._title.say(title or _("Article without a headline"))
        names = plural("{n} layer", "{n} layers", reviewing.layers)
        parts = [say(message("{layers}, names hidden", layers=names) if reviewing.blind else names)]
        parts.append(say(message("{n} agreed", n=len(reviewing.comparison.agreements))))
        parts.append(say(message("{n} different", n=len(reviewing.settled))))
        if reviewing.settled:
            parts.append(say(left_words(*reviewing.left)))
        if reviewing.locked:
            parts.append(_("gold is locked"))
        self._facts.say(" · ".join(parts))
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._facts.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stand over the column of the text."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            u = theme.unit()
            self._column.setContentsMargins(self._sheet.text_left(), 3 * u, 3 * u, 3 * u)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line below."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.theme_of(self.palette()).colour("Mid"))
