"""When the pointer rests on something: what stands there is told, and told to be gone when the pointer goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from rubricator_gui.reader.view import ReaderView

REST = 350
"""Milliseconds after which the pointer counts as resting."""


class Under(NamedTuple):
    """Annotations and offers at a place (their ids), and what must stay free for reading, on the screen.

    `clear` holds all lines of the innermost one, then the line of the place alone, should that be too much.
    """

    ids: tuple[str, ...]
    clear: tuple[QRect, ...]


class Hover(QObject):
    """Follows the pointer over the reader."""

    rested = Signal(object)
    """The pointer rests on something (an Under)."""
    gone = Signal()
    """It does no longer."""

    def __init__(self, reader: ReaderView) -> None:
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
        under = self._reader.under(self._at)
        if under is not None:
            self._ids = under.ids
            self.rested.emit(under)
