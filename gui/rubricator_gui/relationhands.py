"""Relations over the article: made at their two ends, moved to others, shown and listed."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from rubricator.words import _
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session

if TYPE_CHECKING:
    from rubricator.model.relations import Relation
    from rubricator.model.spans import Annotation
    from rubricator_gui.panels.relation_picker import RelationPicker


class RelationHands(QObject):
    """Does for the reader and for the actions of the window what is about two annotations."""

    def __init__(self, session: Session, reader: ReaderView, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._reader, self._window = session, reader, window
        reader.keyboard.end_wanted.connect(self.take_end)
        reader.ends_wanted.connect(self.relate_both)
        reader.pointer.end_moved.connect(self.move_end)
        reader.relation_lines.pressed.connect(self._show_relation)

    @cached_property
    def relation_picker(self) -> RelationPicker:
        """The list of relations that opens at the other end."""
        from rubricator_gui.panels.relation_picker import RelationPicker

        made = RelationPicker(self._session, self._window)
        made.picked.connect(self._session.relations.add)
        made.closed.connect(self._reader.setFocus)
        return made

    def relate(self) -> None:
        """Begin a relation at the chosen annotation; pressed again at the other end, make it."""
        if self._session.relating is None:
            self._session.relations.begin()
        else:
            self.take_end()

    def take_end(self, label: str = "") -> None:
        """Make the relation that was begun to the chosen annotation, with this type where one is given."""
        session = self._session
        first, chosen = session.relations.first_end, session.chosen_annotation
        if first is None or session.relating is None:
            return
        if chosen is None:
            session.tell(_("Go to the other end: Tab, Shift+Tab or a click. Enter takes it, Esc lets go."))
            return
        if session.relating.moving is not None:
            self.move_end(session.relating.moving, first.id, chosen.id)
            return
        self._relate(first, chosen, label or session.relating.label)

    def relate_both(self, source: str, target: str) -> None:
        """Make a relation from one annotation to another (their ids)."""
        ends = [self._session.spans.get(end) for end in (source, target)]
        if ends[0] is not None and ends[1] is not None:
            self._relate(ends[0], ends[1], drawn=True)

    def move_end(self, relation: Relation, stays: str, to: str) -> None:
        """Hang the end of a relation (as one saw it) that is not the one that stays on another annotation (its id)."""
        session = self._session
        end = session.spans.get(to)
        if end is not None and stays == to:
            session.relations.refuse(end, end)
        elif end is not None:
            session.relations.move_end(relation, relation.other_end(stays), end)

    def _relate(self, source: Annotation, target: Annotation, label: str = "", *, drawn: bool = False) -> None:
        """Take the only relation that is allowed; of several, or of one that leads the other way, have one picked."""
        relations = self._session.relations
        options = relations.options(source, target, label) if source.id != target.id else []
        if not options:
            relations.refuse(source, target, label, drawn=drawn)
        elif len(options) == 1 and not options[0].turned:
            relations.add(options[0])
        else:
            self.relation_picker.ask(self._reader.on_screen(target.span), options)

    def show_relations(self, relation: str = "") -> None:
        """Show the relations of what is meant, else all of the article; where there is none, begin one.

        `relation` says which of them is meant.
        """
        session = self._session
        session.choose_meant()
        chosen = session.chosen_annotation
        if chosen is not None and not session.relations.at(chosen.id):
            session.relations.begin()
            self._reader.setFocus()
            return
        if chosen is None and not session.relations.here():
            session.tell(_("The article has no relations yet: choose an annotation, and say what it is related to."))
            return
        from rubricator_gui.dialogs.relations import RelationDialog

        dialog = RelationDialog(session, chosen, self._window, relation)
        dialog.exec()
        if dialog.wants_another:
            session.relations.begin()
        if dialog.wants_moved is not None:
            session.relations.begin_move(*dialog.wants_moved)
        dialog.deleteLater()
        self._reader.setFocus()

    def _show_relation(self, pressed: str, place: QPoint) -> None:
        """Have something done with the relation whose arc was pressed; of several at an annotation, list them."""
        session = self._session
        relation = session.relations.get(pressed)
        session.choose(relation.source if relation is not None else pressed)
        if relation is None:
            self.show_relations()
            return
        from rubricator_gui.panels.relation_menu import open_menu

        open_menu(session, relation, place, partial(self.show_relations, relation.id), self._window)
