"""The strip beside the text: where annotations and search hits stand, and what of the article the window shows.

Places are told by their share of the text: no paragraph is laid out for it, and an article of 100,000 annotations is
gone through once for each change, in the arrays of their places alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from rubricator.model.changes import Change
from rubricator.model.spans import Fragment
from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.reader.sheet import Sheet

_LEAST = 2
"""Pixels that a mark is high at least, or it would not be seen."""

_AFTER_EDIT = 100
"""Milliseconds until the marks follow an edit: the key that made it does not wait for them."""


class Overview(QWidget):
    """The strip; it lies over the margin of the page, beside the scroll bar, and takes no room from the text."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self.setObjectName("overview")
        self.setAccessibleName(_("Overview"))
        self.setToolTip(_("Where annotations and hits stand; the frame is what you see. A click goes there."))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet = sheet
        self._session = session = sheet.session
        self._marks: QPixmap | None = None
        self._hits: Sequence[Fragment] = ()
        self._hit = -1
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._read)
        sheet.verticalScrollBar().valueChanged.connect(self.update)
        sheet.verticalScrollBar().rangeChanged.connect(self.update)
        session.text_shown.connect(self._wait)
        session.article_shown.connect(self._go_on)
        session.selection_changed.connect(self.update)
        session.changed.connect(self._changed)
        self.setVisible(bool(session.settings.get("reader.overview")))
        self.stand()

    def stand(self) -> None:
        """Stand beside the scroll bar, as high as the reader."""
        wide = round(2.5 * theme.unit())
        bar = self._sheet.verticalScrollBar().sizeHint().width()
        self.setGeometry(self._sheet.width() - bar - wide, 0, wide, self._sheet.height())

    def _wait(self) -> None:
        """Let the text be painted alone: another article is shown."""
        self.setUpdatesEnabled(False)
        self.refresh()

    def _go_on(self) -> None:
        self.setUpdatesEnabled(True)

    def refresh(self) -> None:
        """Draw the marks anew."""
        self._later.stop()
        self._marks = None
        self.update()

    def _read(self) -> None:
        """Draw the marks of what is there by now; the article was painted by then."""
        if self.isVisible():
            self._session.spans.load()
        self.refresh()

    def show_hits(self, hits: Sequence[Fragment], current: int) -> None:
        """Show where hits of a search stand."""
        if hits is not self._hits:
            self._marks = None
        self._hits, self._hit = hits, current
        self.update()

    def _changed(self, change: Change) -> None:
        if change.annotations or change.everything:
            self._later.start(_AFTER_EDIT)

    # --- places -------------------------------------------------------------------------------------------------------

    def rows_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the row of pixels where a stretch of the text begins, and how many it takes."""
        length, high = max(1, len(self._session.text)), self.height()
        top = min(high - _LEAST, start * high // length)
        return top, max(_LEAST, end * high // length - top)

    def offset_at(self, y: int) -> int:
        """Return the offset in the text that a row of pixels stands for."""
        length = len(self._session.text)
        return max(0, min(length - 1, y * length // max(1, self.height())))

    def window_rows(self) -> tuple[int, int]:
        """Return the first row of what the window shows, and how many it takes."""
        sheet = self._sheet
        top = sheet.verticalScrollBar().value()
        first = sheet.page.top_offset(top)
        last = sheet.page.top_offset(top + sheet.viewport().height())
        if top >= sheet.verticalScrollBar().maximum():
            last = len(self._session.text)
        return self.rows_of(first, last)

    # --- mouse --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the click is."""
        if event.button() == Qt.MouseButton.LeftButton and self._session.text:
            self._go(round(event.position().y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go where the mouse is dragged."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._session.text:
            self._go(round(event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the end of a click from the text below."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll as the bar beside it does."""
        QApplication.sendEvent(self._sheet.verticalScrollBar(), event)

    def _go(self, y: int) -> None:
        sheet = self._sheet
        rect, bar = sheet.rect_at(self.offset_at(y)), sheet.verticalScrollBar()
        bar.setValue(bar.value() + rect.center().y() - sheet.viewport().height() // 2)

    # --- painting -----------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.refresh()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what the window shows, the marks over it, then the chosen annotation and the current hit."""
        look = theme.theme_of(self.palette())
        wide = self.width()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("Base"))
        painter.fillRect(0, 0, 1, self.height(), look.colour("AlternateBase"))
        spans = self._session.spans
        if not self._session.text:
            return
        if not spans.loaded and not self._later.isActive():
            self._later.start(0)  # the text is painted first
        if not (self._hits or (spans.loaded and len(spans))):
            return  # a frame alone would look like a second scroll bar
        top, high = self.window_rows()
        painter.fillRect(0, top, wide, high, look.colour("Window"))
        if spans.loaded:
            painter.drawPixmap(0, 0, self._drawn(look))
        if (chosen := self._session.chosen_annotation) is not None:
            painter.fillRect(QRect(0, *self._row(chosen.start, chosen.end, wide)), look.colour("Accent"))
        if 0 <= self._hit < len(self._hits):
            painter.fillRect(QRect(0, *self._row(*self._hits[self._hit], wide)), look.colour("hit"))
        painter.setPen(look.colour("outline"))
        painter.drawRect(0, top, wide - 1, high - 1)

    def _row(self, start: int, end: int, wide: int) -> tuple[int, int, int]:
        top, high = self.rows_of(start, end)
        return top, wide, max(3, high)

    def _drawn(self, look: theme.Theme) -> QPixmap:
        """Return the marks of all annotations and hits, drawn once until something changes."""
        scale = self.devicePixelRatioF()
        size = self.size() * scale
        if self._marks is None or self._marks.size() != size:
            self._marks = QPixmap(size)
            self._marks.setDevicePixelRatio(scale)
            self._marks.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._marks)
            third = self.width() // 3
            spread = self._session.spans.spread(len(self._session.text), self.height())
            for kind, colour in ((1, "Mid"), (2, "muted")):
                for top, high in runs(row for row, found in enumerate(spread) if found >= kind):
                    painter.fillRect(2, top, third, max(_LEAST, high), look.colour(colour))
            hits = sorted({self.rows_of(start, end)[0] for start, end in self._hits})
            for top, high in runs(hits):
                painter.fillRect(self.width() - third - 2, top, third, max(_LEAST, high), look.colour("hit"))
            painter.end()
        return self._marks


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join rows that lie one under the other: yield the first of them and how many they are."""
    for _step, together in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        found = [row for _n, row in together]
        yield found[0], len(found)
