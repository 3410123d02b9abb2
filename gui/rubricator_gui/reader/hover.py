"""When the pointer rests on something: what stands there is told, and told to be gone when the pointer goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QTimer, Signal
from PySide6.QtWidgets import QApplication

from rubricator_gui.reader.measures import UNDER_TEXT

if TYPE_CHECKING:
    from rubricator_gui.reader.offer_sheet import OfferSheet

REST = 350
"""Milliseconds after which the pointer counts as resting."""


class Under(NamedTuple):
    """Annotations and offers at a place (their ids), and what must stay free for reading, on the screen.

    `clear` holds all lines of the innermost one, then the line of the place alone, should that be too much; `at` is
    the place itself.
    """

    ids: tuple[str, ...]
    clear: tuple[QRect, ...]
    at: QPoint


class Hover(QObject):
    """Follows the pointer over the reader."""

    rested = Signal(object)
    """The pointer rests on something (an Under)."""
    gone = Signal()
    """It does no longer."""

    def __init__(self, reader: OfferSheet) -> None:
        super().__init__(reader)
        self._reader = reader
        self._at = QPoint()
        self._ids: tuple[str, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._look)
        reader.verticalScrollBar().valueChanged.connect(self.drop)

    def move(self, position: QPoint) -> None:
        """Follow the pointer: over the same words the card stays."""
        if self._ids and self._reader.ids_at(position) == self._ids:
            return
        self.drop()
        self._at = position
        self._rest.start()

    def drop(self, _scrolled: object = None) -> None:
        """Wait for the pointer to come and rest anew."""
        self._rest.stop()
        if self._ids:
            self._ids = ()
            self.gone.emit()

    def _look(self) -> None:
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return  # something else was opened meanwhile
        under = self.under(self._at)
        if under is not None:
            self._ids = under.ids
            self.rested.emit(under)

    def under(self, position: QPoint) -> Under | None:
        """Return what stands at a place of the viewport and the room that its words need, or None."""
        return self._under(self._reader.ids_at(position), position)

    def here(self) -> Under | None:
        """Return what is chosen and what stands at the caret in it; or at what is selected, or else at the caret."""
        reader, session = self._reader, self._reader.session
        held, offset = session.shown(session.current), reader.caret()
        if held is not None and not held.start <= offset < held.end:
            offset = held.start
        elif held is None and session.selection is not None:
            offset = session.selection.start
        rect = reader.rect_at(offset)
        ids = reader.standing(offset)
        first = [held.id] if held else []
        return self._under(tuple(dict.fromkeys((*first, *ids))), rect.center())

    def _under(self, ids: tuple[str, ...], at: QPoint) -> Under | None:
        reader = self._reader
        shown = reader.session.shown(ids[0]) if ids else None
        if shown is None:
            return None
        page, top = reader.page, float(reader.verticalScrollBar().value())
        m = page.m
        lanes = UNDER_TEXT + m.most_lanes * m.pitch
        grounds = page.grounds(shown.start, shown.end, top, top + reader.viewport().height())
        rects = [
            QRectF(g.box[0], g.top, g.box[1] - g.box[0], g.height + lanes).translated(0, -top).toAlignedRect()
            for g in grounds
        ]
        corner = reader.viewport().mapToGlobal(QPoint())
        lines = [rect.translated(corner) for rect in rects]
        place = at + corner
        here = min(lines, key=lambda rect: abs(rect.center().y() - place.y()), default=None)
        if here is None:
            return None
        whole = QRect(here)
        for line in lines:
            whole = whole.united(line)
        return Under(ids, (whole, here), place)
