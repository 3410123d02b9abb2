"""The radar: while words are selected, how the same words are labelled elsewhere, with the sentences."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from rubricator.model.folding import single_spaced
from rubricator.model.spans import Span
from rubricator.suggest.radar import Radar
from rubricator.words import plural, say
from rubricator_gui import chips, theme
from rubricator_gui.panels.plain import breakable, plain_label
from rubricator_gui.panels.quotes import in_context, write_in_context
from rubricator_gui.panels.rows import ink_for
from rubricator_gui.session import Session

_PAUSE = 120
"""Milliseconds: while one drags, or a key repeats (every 30 to 70), nothing is looked up."""
_LONGEST = 200
"""Code points of a selection that is looked up."""
_SENTENCES = 4


class RadarPane(QWidget):
    """A sentence that sums up, and a few places; empty where the words are labelled nowhere."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("radar")
        self._session = session
        self._borders: Span | None = None
        """What keys make of the selection, while they move its borders."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._look)
        u = theme.unit()
        self.words = plain_label()
        self.words.setWordWrap(True)
        self._places = _Places(session)
        self.more = plain_label(kind="note", muted=True)
        self._show(None)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * u, 2 * u, 3 * u, u)
        column.setSpacing(u)
        column.addWidget(self.words)
        column.addWidget(self._places)
        column.addWidget(self.more)
        column.addStretch(1)

    def wait(self, borders: Span | None = None) -> None:
        """Look the selection up, or what keys make of it, once it rests and was painted: a change begins that anew."""
        self._borders = borders
        if not self.waits:
            self.words.clear()
            self._show(None)
        self._pause.start()

    @property
    def waits(self) -> bool:
        """Say whether a selection is to be looked up that may not have come to rest."""
        return self._pause.isActive()

    def _look(self) -> None:
        session = self._session
        selection = session.selection
        if selection is None or session.project is None:
            return
        words = (self._borders or selection).quote(session.text)
        if len(words) > _LONGEST or not words.strip():
            return
        found = session.project.radar(words)
        self.words.setText(breakable(say(session.in_words(found.say()))))
        self._show(found)

    def _show(self, found: Radar | None) -> None:
        """Show a few places, and say how many there are that are not shown."""
        shown = self._places.show_radar(found)
        n = sum(line.n for line in found.labels) - shown if found is not None and shown else 0
        self.more.setText(say(plural("and {n} more", "and {n} more", n)))
        self.more.setVisible(n > 0)


class _Places(QWidget):
    """The places, each with the chip of its label."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._places: list[tuple[str, tuple[str, str, str]]] = []
        """Labels, and the words with what stands before and after them."""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_radar(self, found: Radar | None) -> int:
        """Show some places of what was found, the commonest label first; return how many."""
        lines = found.labels if found is not None else ()
        there = [(line.name, seen) for line in lines for seen in line.examples][:_SENTENCES]
        self._places = [(name, in_context(seen.sentence, single_spaced(seen.quote))) for name, seen in there]
        self.setFixedHeight(len(self._places) * self._row())
        self.setAccessibleName("; ".join(f"{self._session.title(name)}: {seen.sentence}" for name, seen in there))
        self.update()
        return len(there)

    def _row(self) -> int:
        return round(5.5 * theme.unit())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the places."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        scheme = self._session.scheme
        wide, high, row = chips.chip_width(scheme.labels), chips.chip_height(), self._row()
        painter = QPainter(self)
        for n, (name, words) in enumerate(self._places):
            chip = QRect(0, n * row + (row - high) // 2, wide, high)
            chips.draw_chip(painter, chip, chips.label_of(scheme, name), look)
            place = QRect(wide + 2 * u, n * row, self.width() - wide - 2 * u, row)
            ink = ink_for(look, False)
            write_in_context(painter, place, words, ink, look.colour("Mid"), None, "note")
        painter.end()
