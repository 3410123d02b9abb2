"""Relations over the article: arcs where they are wished, the end of one that was begun, the line that is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from rubricator.model.changes import Change
from rubricator.model.relations import Relation

if TYPE_CHECKING:
    from rubricator_gui.reader.arcs import Arc
    from rubricator_gui.reader.sheet import Sheet


_REACH = 6.0
"""So many pixels beside a line of a relation are the line still, for who presses on it."""


_END_REACH = 10.0
"""So many pixels around an end of a line are that end."""
_HEAD_REACH = 6.0
"""So many where a bar stands below it."""


class Dragged(NamedTuple):
    """A line that is dragged from an annotation to a point of the page."""

    source: str
    at: QPointF


class RelationLines(QObject):
    """What of the relations is seen in the reader; nothing is computed while none are wished and none is begun.

    Arcs stay off the `strip` beside the text. Where none are wished, those of the chosen annotation are seen right
    after one was made, until another is chosen: what was done is seen.
    """

    pressed = Signal(object, object)
    """An arc was pressed, at a place of the screen: the id of its relation, or of the annotation that it stands at
    for several."""

    def __init__(self, reader: Sheet, strip: QWidget) -> None:
        super().__init__(reader)
        self._reader, self._strip = reader, strip
        self._session = session = reader.session
        self.shown = bool(session.settings.get("reader.relations"))
        self.dragged: Dragged | None = None
        self.aimed_at: str | None = None
        """The annotation to which the dragged line leads now."""
        self._painted = False
        self._made: frozenset[str] = frozenset()
        """The relations (ids) that were made last."""
        self.arcs: list[Arc] = []
        """What was drawn the last time."""
        session.selection_changed.connect(self._follow)
        session.changed.connect(self._changed)
        session.offers_changed.connect(self._follow)
        session.text_shown.connect(self.drop)
        reader.verticalScrollBar().valueChanged.connect(self._follow)

    @property
    def wanted(self) -> bool:
        """Say whether there is anything to paint."""
        begun = self.dragged is not None or self._session.relating is not None
        return self.shown or begun or self._painted or self.just_made

    @property
    def just_made(self) -> bool:
        """Say whether one of the relations of the chosen annotation was made last."""
        chosen = self._session.chosen
        if not self._made or chosen is None:
            return False
        return any(relation.id in self._made for relation in self._session.relations.at(chosen))

    def at(self, point: QPointF) -> Arc | None:
        """Return the arc at a point of the page, or within a few pixels of it."""
        if not self.arcs:
            return None
        from rubricator_gui.reader.arcs import nearest

        return nearest(self.arcs, point, _REACH)

    def end_at(self, point: QPointF, *, on_bar: bool = False) -> tuple[Relation, str] | None:
        """Return the relation of which the arc ends at a point of the page, and the annotation (its id) there."""
        if not self.arcs:
            return None
        from rubricator_gui.reader.arcs import end_at

        arc, uid = end_at(self.arcs, point, _HEAD_REACH if on_bar else _END_REACH) or (None, "")
        relation = self._session.relations.get(arc.key) if arc is not None else None
        return (relation, uid) if relation is not None and relation.touches(uid) else None

    def show(self, shown: bool) -> None:
        """Draw relations as arcs, or do not."""
        self.shown, self.arcs = shown, []
        self._session.settings.set("reader.relations", shown)
        self._reader.viewport().update()

    def _changed(self, change: Change) -> None:
        if change.relations:
            self._made = frozenset(one.id for one in change.relations if one.after is not None)
        self._follow()

    def _follow(self, _what: object = None) -> None:
        """Paint all that is seen anew: an arc may lead anywhere, and a stub ends where the screen does."""
        if self.wanted:
            self._reader.viewport().update()
        if self._made and not self.just_made:
            self._made = frozenset()  # another one is chosen: it was seen

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
        only_now = bool(self.arcs) and not self.shown
        self._painted = self.dragged is not None or self._session.relating is not None or only_now
