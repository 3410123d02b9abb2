"""The topics of an article under review, over its text: what all agree on, and each that is in difference, numbered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from rubricator.model.spans import TopicTag
from rubricator.review.blind import letter
from rubricator.words import _, message, say
from rubricator_gui import chips, theme
from rubricator_gui.panels.flow import Flow, flowed
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.reader.paint import Standing, draw_disc
from rubricator_gui.session import Session


class TopicMark(QAbstractButton):
    """A topic: by its number and whose it is where it is in difference; pressing it makes that the current one."""

    def __init__(self, name: str, number: str, whose: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self.whose = number, whose
        self.standing = Standing.OPEN
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes from difference to difference
        self.setFont(theme.ui_font("tool"))
        self.setText(name)
        said = message("Topic {topic}, agreed", topic=name)
        if number:
            said = message("Difference {n}, topic {topic}: {layers}", n=number, topic=name, layers=whose)
        self.setAccessibleName(say(said))
        self.setToolTip(plain_tip(say(said)))
        self.setEnabled(bool(number))

    @property
    def _words(self) -> str:
        return f"{self.whose}  {self.text()}" if self.whose else self.text()

    def _disc(self) -> int:
        if not self.number:
            return 0
        metrics = QFontMetrics(chips.chip_font())
        return max(chips.chip_height(), metrics.horizontalAdvance(self.number) + 2 * theme.unit())

    def sizeHint(self) -> QSize:
        """Return the room for disc, layers and name."""
        u = theme.unit()
        wide = QFontMetrics(self.font()).horizontalAdvance(self._words) + 4 * u
        return QSize(wide + (self._disc() + u if self.number else 0), 6 * u)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self.standing is Standing.CURRENT and bool(self.number)
        edge = look.colour("Accent" if current else "good" if self.standing is Standing.SETTLED else "muted")
        painter.setPen(QPen(edge if self.number else look.colour("Mid"), 2 if current else 1))
        painter.setBrush(look.colour("AlternateBase" if self.number else "Base"))
        inset = 1.0 if current else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), u, u)
        left = 2 * u
        if self.number:
            painter.setFont(chips.chip_font())
            high = chips.chip_height()
            disc = QRectF(left - u / 2, (self.height() - high) / 2, self._disc(), high)
            draw_disc(painter, disc, self.number, self.standing, look)
            left += self._disc() + u
        font = QFont(self.font())
        painter.setFont(font)
        painter.setPen(look.colour("Text" if self.number else "muted"))
        room = self.rect().adjusted(left, 0, -u, 0)
        words = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class TopicRow(Flow):
    """All topics of the article, in as many lines as they take; hidden where there is none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.marks: list[TopicMark] = []
        self.setAccessibleName(_("Topics of the article"))
        reviewing = session.reviewing
        reviewing.loaded.connect(self.load)
        for signal in (reviewing.stood, reviewing.moved):
            signal.connect(self.refresh)
        self.load()

    def load(self) -> None:
        """Show the topics of what is compared now."""
        for mark in self.marks:
            mark.hide()
            mark.deleteLater()
        comparison = self._session.reviewing.comparison
        self.marks = []
        for agreed in comparison.agreements:
            first = next(agreed.elements)
            if isinstance(first, TopicTag):
                self.marks.append(TopicMark(self._session.topic_name(first.topic), "", "", self))
        for n, difference in enumerate(comparison.differences):
            first = next(difference.elements)
            if isinstance(first, TopicTag):
                whose = " ".join(letter(at) for at, side in enumerate(difference.sides) if side)
                mark = TopicMark(self._session.topic_name(first.topic), str(n + 1), whose, self)
                mark.clicked.connect(partial(self._go, n))
                self.marks.append(mark)
        for mark in self.marks:
            mark.show()
        self.setVisible(bool(self.marks))
        self.lay_out(self.width(), move=True)
        self.updateGeometry()
        self.refresh()

    def _go(self, n: int, _checked: bool = False) -> None:
        self._session.reviewing.go(n)

    def refresh(self) -> None:
        """Show how the differences stand."""
        reviewing = self._session.reviewing
        for mark in self.marks:
            if mark.number:
                mark.standing = Standing(reviewing.standing(int(mark.number) - 1))
                mark.update()

    # --- places ---------------------------------------------------------------------------------------------------

    def lay_out(self, width: int, *, move: bool) -> int:
        """Lay the topics out in lines of this width."""
        u = theme.unit()
        widths = [mark.sizeHint().width() for mark in self.marks]
        places = flowed(widths, 6 * u, u, 0, max(width, 10 * u))
        if move:
            for mark, place in zip(self.marks, places, strict=True):
                mark.setGeometry(place)
        return places[-1].bottom() + 1 if places else 0
