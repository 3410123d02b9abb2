"""Relations over the article: arcs where they are wished, the end of one that was begun, the line that is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from rubricator_gui.reader.arcs import Arc
    from rubricator_gui.reader.sheet import Sheet


class Dragged(NamedTuple):
    """A line that is dragged from an annotation to a point of the page."""

    source: str
    at: QPointF


class RelationLines(QObject):
    """What of the relations is seen in the reader; nothing is computed while none are wished and none is begun.

    Arcs stay off the `strip` beside the text.
    """

    def __init__(self, reader: Sheet, strip: QWidget) -> None:
        super().__init__(reader)
        self._reader, self._strip = reader, strip
        self._session = session = reader.session
        self.shown = bool(session.settings.get("reader.relations"))
        self.dragged: Dragged | None = None
        self.aimed_at: str | None = None
        """The annotation to which the dragged line leads now."""
        self._painted = False
        self.arcs: list[Arc] = []
        """What was drawn the last time."""
        session.selection_changed.connect(self._follow)
        session.changed.connect(self._follow)
        session.offers_changed.connect(self._follow)
        session.text_shown.connect(self.drop)
        reader.verticalScrollBar().valueChanged.connect(self._follow)

    @property
    def wanted(self) -> bool:
        """Say whether there is anything to paint."""
        return self.shown or self.dragged is not None or self._session.relating is not None or self._painted

    def show(self, shown: bool) -> None:
        """Draw relations as arcs, or do not."""
        self.shown, self.arcs = shown, []
        self._session.settings.set("reader.relations", shown)
        self._reader.viewport().update()

    def _follow(self, _what: object = None) -> None:
        """Paint all that is seen anew: an arc may lead anywhere, and a stub ends where the screen does."""
        if self.wanted:
            self._reader.viewport().update()

    # --- dragging -------------------------------------------------------------------------------------------------

    def drag(self, source: str, at: QPointF, target: str | None) -> None:
        """Lead a line from an annotation to a point of the page, where another one may stand."""
        self.dragged, self.aimed_at = Dragged(source, at), target
        shape = Qt.CursorShape.PointingHandCursor if target else Qt.CursorShape.CrossCursor
        self._reader.viewport().setCursor(shape)
        self._reader.viewport().update()

    def drop(self) -> bool:
        """Let go of the line; False where none is dragged."""
        dragged, self.dragged, self.aimed_at = self.dragged, None, None
        if dragged is not None:
            self._reader.viewport().setCursor(Qt.CursorShape.IBeamCursor)
            self._reader.viewport().update()
        return dragged is not None

    # --- painting -------------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """Paint over the article, as far as it is seen."""
        from rubricator_gui.reader.relation_paint import RelationPainter  # few articles show any

        self.arcs = RelationPainter(self._reader, self._strip, self).paint()
        self._painted = self.dragged is not None or self._session.relating is not None
