"""Which annotations of the article something is written about: a note, or comments. A dot on the chip says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rubricator.model.changes import Change

if TYPE_CHECKING:
    from rubricator_gui.reader.offer_sheet import OfferSheet

_AFTER = 50
"""Milliseconds: the text is painted first."""


class Remarks(QObject):
    """Knows of the comments once the article was painted, and has the dots painted then."""

    def __init__(self, reader: OfferSheet) -> None:
        super().__init__(reader)
        self._reader, self._session = reader, reader.session
        self._comments: Mapping[str, int] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER)
        self._soon.timeout.connect(self._count)
        self._session.opened.connect(self._turn)
        self._session.text_shown.connect(self._turn)
        self._session.changed.connect(self._follow)
        self._soon.start()

    def on(self, annotation: str) -> bool:
        """Say whether something is written about an annotation (by id)."""
        if self._comments.get(annotation):
            return True
        found = self._session.spans.get(annotation)
        return found is not None and bool(found.note)

    def _turn(self) -> None:
        self._comments = {}
        self._soon.start()

    def _follow(self, change: Change) -> None:
        if change.everything or change.comments:
            self._soon.start()

    def _count(self) -> None:
        if self._session.project is None:
            return
        counts = dict(self._session.comments.counts)
        if counts != self._comments:
            self._comments = counts
            self._reader.viewport().update()
