"""What keys do in the article: labels, borders, walking from one to the next; caret and selection keys are Qt's."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent

from rubricator.model.spans import Span
from rubricator.words import _
from rubricator_gui.reader import gestures
from rubricator_gui.reader.borders import Borders
from rubricator_gui.reader.edges import MoveEdge
from rubricator_gui.reader.events import stroke
from rubricator_gui.reader.gestures import Do, Intent, PressLabel, PressOther
from rubricator_gui.reader.idle import why_no_label, why_nothing
from rubricator_gui.reader.offer_sheet import OfferSheet
from rubricator_gui.reader.pointer import Pointer

_MOVING_THE_CARET = (Do.ADD, Do.GROW, Do.SHRINK, Do.NEXT, Do.PREVIOUS)


class Keyboard(QObject):
    """Knows what a key means now, and does it."""

    label_wanted = Signal(object)
    """A label is to be picked for the selection; True: for all identical mentions."""
    everywhere_wanted = Signal(object)
    """All identical mentions are to be looked over: to get this label, or "" for deleting what they have."""
    attribute_wanted = Signal(object)
    """An attribute (its name) is to be said of the chosen annotation, and has to be typed."""
    end_wanted = Signal(object)
    """The chosen annotation is the other end of the relation that was begun, with this type, or "" for any."""
    details_wanted = Signal()
    """The details of the chosen annotation are to be shown."""
    held_anew = Signal()
    """Something else is held, or nothing, and has to be painted."""

    def __init__(self, reader: OfferSheet, borders: Borders, pointer: Pointer) -> None:
        super().__init__(reader)
        self._reader, self._borders, self._pointer = reader, borders, pointer
        self._session = reader.session
        self._grew_at: int | None = None
        """The offset that a selection grew from."""

    def meaning(self, event: QKeyEvent) -> Intent | None:
        """Return what a key means now, or None where it is not ours."""
        pressed, session = stroke(event), self._session
        meaning = gestures.of_edge_key(pressed) if self._borders.moving else None
        others = session.scheme.other_keys if session.meant is not None else ()
        meaning = meaning or gestures.of_key(pressed, session.scheme.by_key, others=others)
        return None if meaning is Do.ACCEPT and session.offered is None else meaning

    def do(self, meaning: Intent, again: bool) -> bool:
        """Do what a key means; False where there is nothing to do and the window may have it. `again`: it is held."""
        session = self._session
        if isinstance(meaning, PressLabel) or meaning in _MOVING_THE_CARET:
            self._borders.settle()  # first: it may move the caret
        match meaning:
            case PressLabel(key, everywhere):
                name = session.scheme.by_key[key].name
                if everywhere:
                    return self._everywhere(name)
                if not again:
                    session.labelling.press(name)
            case PressOther(key):
                return again or self._press_other(key)
            case Do.DELETE_EVERYWHERE:
                return self._everywhere("")
            case Do.DELETE | Do.ACCEPT | Do.ENTER | Do.ENTER_EVERYWHERE if again:
                pass
            case Do.DELETE if session.offered is not None:
                session.deciding.reject_offered()
            case Do.DELETE:
                session.choose_meant()
                if session.chosen is None:
                    return False
                session.labelling.delete()
            case Do.ACCEPT:
                session.deciding.accept_offered()
            case Do.NEXT if session.deciding.arrives():
                pass
            case Do.NEXT:
                session.walking.walk(1, self._reader.caret())
            case Do.PREVIOUS:
                session.walking.walk(-1, self._reader.caret())
            case Do.NEXT_STACKED:
                session.choose_meant()
                return session.walking.next_stacked()
            case Do.ESCAPE if self._borders.moving or self._pointer.drop():
                self._borders.cancel()
                self.held_anew.emit()
            case Do.ESCAPE:
                if not (session.selection or session.relating or session.current or session.sticky or session.fresh):
                    return False
                session.escape()
            case Do.EDGES if self._borders.moving:
                self._borders.keep()  # those of a suggestion: it is labelled by no key that only ends the moving
            case Do.EDGES:
                return self._borders.begin()
            case MoveEdge():
                self._borders.move(meaning)
            case Do.KEEP:
                self._borders.enter()
            case Do.ADD:
                return session.labelling.add_selection()
            case Do.ENTER | Do.ENTER_EVERYWHERE:
                return self._enter(everywhere=meaning is Do.ENTER_EVERYWHERE)
            case Do.SHRINK if session.selection is None:
                return False
            case Do.GROW | Do.SHRINK:
                self._grow(meaning is Do.GROW)
        return True

    def say_nothing_to_do(self, meaning: Intent) -> None:
        """Say why a key of ours does nothing now."""
        if self._session.article is not None and (why := why_nothing(meaning)):
            self._session.tell(why, idle=True)

    def say_no_label(self, event: QKeyEvent) -> None:
        """Where words wait for a label, or something is held, say of a letter that no label has it for its key."""
        session = self._session
        held = session.selection is not None or session.current is not None
        if held and not self._borders.moving and not event.isAutoRepeat() and (why := why_no_label(stroke(event))):
            session.tell(why, idle=True)

    def _press_other(self, key: str) -> bool:
        """Do what the key of an attribute or of a type of relations does to the chosen annotation."""
        session = self._session
        chosen = session.meant
        if chosen is None:
            return False
        said = session.scheme.attributes_of(chosen.label) if session.relating is None else ()
        attribute = next((one for one in said if one.key.lower() == key), None)
        kind = next((one for one in session.scheme.relations if one.key.lower() == key), None)
        if attribute is None and kind is None:
            return session.relating is None and session.attributes.say_whose(key, chosen.label)
        session.choose_meant()
        if attribute is not None:
            if not session.attributes.press(attribute):
                self.attribute_wanted.emit(attribute.name)
        elif kind is not None and session.relating is None:
            session.relations.begin(kind.name)
        elif kind is not None:
            self.end_wanted.emit(kind.name)
        return True

    def _everywhere(self, label: str) -> bool:
        """Ask for all identical mentions: to give them a label, or (without one) to delete what they have."""
        if not label:
            self._session.choose_meant()
        if self._session.chosen is None if not label else not self._session.can("in-hand"):
            return False
        self.everywhere_wanted.emit(label)
        return True

    def _enter(self, *, everywhere: bool) -> bool:
        """Give the selection the sticky label, or ask for one; ask for what there is of what is chosen or fresh."""
        session = self._session
        if session.enter_labels and session.sticky is not None and not everywhere:
            session.labelling.press(session.sticky)
        elif session.selection is not None or session.offered is not None or (everywhere and session.can("in-hand")):
            self.label_wanted.emit(everywhere)
        elif session.relating is not None and not everywhere:
            self.end_wanted.emit("")
        elif session.meant is not None and not everywhere:
            session.choose_meant()
            self.details_wanted.emit()
        else:
            return False
        return True

    def _grow(self, larger: bool) -> None:
        session, reader = self._session, self._reader
        selection = session.selection
        if selection is None:
            self._grew_at = reader.caret()
        elif self._grew_at is None or not selection.start <= self._grew_at <= selection.end:
            self._grew_at = selection.start
        step = gestures.grown if larger else gestures.shrunk
        span = step(session.text, selection, self._grew_at or 0)
        if larger and span is not None and span == selection:
            session.tell(_("It grows no further."), idle=True)
        self._take(span)

    def _take(self, span: Span | None) -> None:
        reader = self._reader
        if span is None:
            reader.put_caret(reader.caret())
        elif span != self._session.selection:
            reader.put_caret(span.start, span.end)
        reader.hold(span)
        self.held_anew.emit()
