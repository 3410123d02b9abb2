"""Which annotations of the article there are comments on: a small bubble beside the chip says so."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rubricator.model.changes import Change

if TYPE_CHECKING:
    from rubricator_gui.reader.offer_sheet import OfferSheet

_AFTER = 50
"""Milliseconds: the text is painted first."""


class Remarks(QObject):
    """Knows of the comments once the article was painted, and has the bubbles painted then."""

    def __init__(self, reader: OfferSheet) -> None:
        super().__init__(reader)
        self._reader, self._session = reader, reader.session
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER)
        self._soon.timeout.connect(self._count)
        self._session.opened.connect(self.look)
        self._session.text_shown.connect(self.look)
        self._session.changed.connect(self._follow)

    @property
    def commented(self) -> Collection[str]:
        """The annotations that there are comments on, by id."""
        return self._reader.commented

    def look(self) -> None:
        """Look anew, soon."""
        self._soon.start()

    def _follow(self, change: Change) -> None:
        if change.everything or change.comments:
            self._soon.start()

    def _count(self) -> None:
        if self._session.project is None:
            return
        before, after = frozenset(self.commented), frozenset(self._session.comments.counts)
        self._reader.commented = after
        for uid in before ^ after:
            self._reader.page.forget_annotation(uid)  # its chip takes more room, or less
        if before != after:
            self._reader.viewport().update()
