"""What the mouse does on the reader: it selects, chooses, pulls the ends of the chosen span, and relates bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from rubricator.model.relations import Relation
from rubricator.model.span_index import inner_first
from rubricator.model.spans import Span
from rubricator.words import message
from rubricator_gui.reader import gestures
from rubricator_gui.reader.events import SHAPES, held
from rubricator_gui.reader.gestures import Held
from rubricator_gui.reader.hits import Hit, hit_at, hit_below

if TYPE_CHECKING:
    from rubricator_gui.reader.offer_sheet import OfferSheet
    from rubricator_gui.reader.relations import RelationLines

_AFTER_SCROLLING = 50
"""Milliseconds."""


class Pointer(QObject):
    """The state of the mouse between two of its events; the reader hands each one over, and what is Qt's to Qt."""

    dragged = Signal()
    """What is dragged is new, or what is held meanwhile."""
    ends_wanted = Signal(object, object)
    """A line was dragged from one annotation to another (by their ids)."""
    end_moved = Signal(object, str, str)
    """An end of a relation was dragged; the annotation (its id) at the end that stays, and the one it is at now."""

    def __init__(self, reader: OfferSheet, lines: RelationLines) -> None:
        super().__init__(reader)
        self._reader, self._lines = reader, lines
        self._session = reader.session
        self.dragging = False
        self.held = Held.NOTHING
        self.joining: Span | None = None
        """The selection that a drag begun with Ctrl adds a fragment to."""
        self.reshaped: Span | None = None
        """The borders that the chosen span would take while one of its ends is pulled."""
        self._pulled_past = False
        """Whether that end is past the other one, so that nothing would be left."""
        self.choosing = False
        """What is clicked on is being chosen: it stands under the mouse, so nothing is scrolled."""
        self.rejecting = ""
        """The offer (by id) whose "?" the mouse is over."""
        self._over: QPointF | None = None
        """Where the mouse is, unless it went away."""
        self._scrolled = QTimer(self)
        self._scrolled.setSingleShot(True)
        self._scrolled.setInterval(_AFTER_SCROLLING)
        self._scrolled.timeout.connect(self._look_under)
        reader.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self._session.changed.connect(self._on_change)
        self._clicked: tuple[QPointF, str | None] = QPointF(), None
        """Where the last click was (on the page), and what it chose."""
        self._left: str | None = None
        """What was held before the last click (its id): that may have been the first of a double click."""
        self._joining_to: str | None = None
        """What it adds one to where that is no selection: what is chosen, or was just labelled (its id)."""
        self._doubled = False
        self._pulled: Hit | None = None
        self._pressed: QPoint | None = None
        self._pressed_on: int | None = None
        """The character that a drag begins on."""
        self._relates: tuple[str, QPoint] | None = None
        """The annotation whose bar or chip was pressed, and where: dragged from there, a line leads to another."""
        self._moves: Relation | None = None
        """The relation of which an end was pressed: what `_relates` names is its other end then."""

    def press(self, event: QMouseEvent) -> bool:
        """Begin something; True where that is all of it."""
        self._doubled = False
        self.joining, self._joining_to = None, None
        self._end_line()
        if event.button() == Qt.MouseButton.LeftButton:
            hit = self._hit(event.position())
            if hit is not None and hit.kind not in ("start", "end") and self._title_at(event.position()):
                hit = None  # it is written over the bar: the click is about the relation
            if hit is not None and hit.kind in ("start", "end"):
                self._pulled = hit
                return True
            if (end := self._end_at(event.position(), hit)) is not None:
                self._moves, stays = end
                self._relates = stays, event.position().toPoint()
                return True
            if hit is not None and hit.kind == "reject":
                self.over_reject("")
                self._session.deciding.reject_at(hit.ids[0])
                return True
            if hit is not None:
                self._choose(hit.ids, self._reader.to_page(event.position()))
                if hit.kind == "bar" and hit.ids[0] == self._session.chosen:
                    self._relates = hit.ids[0], event.position().toPoint()
                return True
            self.dragging, self.held = True, held(event.modifiers())
            page = self._reader.page
            extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier  # what was selected before
            aimed = page.aimed_at(self._reader.to_page(event.position()))
            self._pressed_on = None if extends else page.offset_at(aimed)
            if self.held & Held.CTRL:
                session = self._session  # who sweeps with a sticky label means the next sweep
                self.joining = session.selection
                self._joining_to = session.adds_to if session.sticky is None else session.chosen
            self._pressed = event.position().toPoint()
        return False

    @property
    def exact_held(self) -> Held:
        """The keys that ask for exact characters: not Ctrl where the drag began with it, to add a fragment."""
        joins = self.joining is not None or self._joining_to is not None
        return self.held & ~Held.CTRL if joins else self.held

    def with_pressed(self, anchor: int, position: int) -> tuple[int, int]:
        """Return the ends of what is dragged by words with the character that was pressed on, on either half of it.

        Qt begins at the nearest border: of “3 minutes” the 3 would be lost to who presses on its right half.
        """
        on = self._pressed_on
        exact = gestures.exact_wished(self.exact_held, False)
        if not self.dragging or on is None or anchor == position or exact:
            return anchor, position
        return (min(anchor, on) if anchor < position else max(anchor, on + 1)), position

    def arc_at(self, position: QPointF) -> str:
        """Return what an arc at a place of the viewport is found by; "" where there is none, or what it crosses is."""
        point = self._reader.to_page(position)
        arc = self._lines.at(point)
        if arc is None or arc.place.contains(point):
            return arc.key if arc is not None else ""
        reader = self._reader
        stands = self._hit(position) is not None or reader.standing(reader.page.offset_at(point))
        return "" if stands else arc.key

    def _end_at(self, position: QPointF, hit: Hit | None) -> tuple[Relation, str] | None:
        """Return the relation of which an end is at a place, and the annotation (its id) at the end that stays.

        On a bar that is `hit` there it is the arrow head alone, which is drawn over it.
        """
        point = self._reader.to_page(position)
        if hit is not None and hit.kind == "reject":
            return None  # so small a target would not be found below a head, which is taken hold of beside it too
        if self._reader.page.offset_at(point) is not None or self._title_at(position):
            return None  # on words a selection begins, and a title is pressed
        relation, end = self._lines.end_at(point, on_bar=hit is not None) or (None, "")
        stays = relation.other_end(end) if relation is not None else ""
        return (relation, stays) if relation is not None and stays in self._session.spans else None

    def _title_at(self, position: QPointF) -> bool:
        point = self._reader.to_page(position)
        arc = self._lines.at(point)
        return arc is not None and arc.place.contains(point)

    def _hit(self, position: QPointF) -> Hit | None:
        return hit_at(self._reader.page, self._reader.to_page(position), self._session.chosen)

    def move(self, event: QMouseEvent) -> bool:
        """Follow the mouse; True where Qt need not."""
        if self._pulled is not None:
            self._pull(self._pulled, event)
            return True
        if self._relates is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._draw_line(*self._relates, event)
            return True
        if self._doubled and event.buttons() & Qt.MouseButton.LeftButton:
            self.dragging = True
        if self.dragging:
            self.held = held(event.modifiers())
        elif event.buttons() == Qt.MouseButton.NoButton:
            self._over = event.position()
            self._look_under()
            return True
        return False

    def leave(self) -> None:
        """Note that the mouse is over none of it."""
        self._over = None
        self.over_reject("")

    def _on_scroll(self) -> None:
        """The text moves under the mouse, which need not move for that."""
        if self._over is not None:
            self.over_reject("")
            self._scrolled.start()

    def _on_change(self, _change: object) -> None:
        """What was under the mouse may be gone, and the mouse need not move for that."""
        if self._over is not None:
            self._scrolled.start()

    def _look_under(self) -> None:
        """Say by its shape what the mouse stands on."""
        if self._over is None:
            return
        hit = self._hit(self._over) or hit_below(self._reader.page, self._reader.to_page(self._over))
        self.over_reject(hit.ids[0] if hit is not None and hit.kind == "reject" else "")
        on_arc = self.arc_at(self._over) or self._end_at(self._over, hit) is not None
        shape = SHAPES["arc" if on_arc else hit.kind if hit else "text"]
        viewport = self._reader.viewport()
        if viewport.cursor().shape() != shape:
            viewport.setCursor(shape)

    def over_reject(self, offer: str) -> None:
        """Note whose "?" the mouse is over (by id), or nobody's."""
        if offer != self.rejecting:
            self.rejecting = offer
            self._reader.viewport().update()

    def release(self, event: QMouseEvent) -> bool:
        """End the pull of an end, if there was one; else Qt comes first, and then `released`."""
        if self._pulled is not None:
            self._let_go(held(event.modifiers()))
            self._over = event.position()
            self._look_under()  # the border may have sprung to a word, away from the mouse, which rests
            return True
        if self._relates is not None and event.button() == Qt.MouseButton.LeftButton:
            (source, pressed), target, moves = self._relates, self._lines.aimed_at, self._moves
            dragged = self._lines.dragged is not None
            self._end_line()
            if moves is not None and not dragged:
                self._press_end(QPointF(pressed), event)
            elif target is not None and moves is not None:
                self.end_moved.emit(moves, source, target)
            elif target is not None:
                self.ends_wanted.emit(source, target)
            return True
        if event.button() == Qt.MouseButton.LeftButton and self.dragging:
            self.held = held(event.modifiers())
        return False

    def released(self, event: QMouseEvent) -> None:
        """End a drag, or take it for a click."""
        if event.button() != Qt.MouseButton.LeftButton or not self.dragging:
            return
        ends = self._reader.ends()
        self.dragging = False
        if ends != self._reader.ends():  # from here on keys go on with it
            self._reader.put_caret(*ends)
        joining_to, self._joining_to, self.joining = self._joining_to, None, None
        if self._session.selection is not None and joining_to is not None:
            self._session.labelling.add_selection(joining_to)
        elif self._session.selection is not None:
            self._label_at_once()
        elif not self._reader.textCursor().hasSelection() and self._is_click(event.position().toPoint()):
            arc = self.arc_at(event.position())
            if arc:
                self._lines.pressed.emit(arc, event.globalPosition().toPoint())
            else:
                self._click(self._reader.to_page(event.position()))

    def drop(self) -> bool:
        """Let go of an end without moving it, or of a line to another bar; False where there is neither."""
        pulled, self._pulled, self.reshaped, self._pulled_past = self._pulled, None, None, False
        return self._end_line() or pulled is not None

    def hold(self, keys: Held) -> None:
        """Note that a modifier key was pressed or let go of while dragging."""
        self.held = keys
        self.dragged.emit()

    def _pull(self, pulled: Hit, event: QMouseEvent) -> None:
        """Show which borders the chosen span would take: those at the words, or in the lanes below them."""
        chosen = self._session.chosen_annotation
        if chosen is None:
            return
        page = self._reader.page
        place = page.place_near(self._reader.to_page(event.position()))
        exact = gestures.exact_wished(held(event.modifiers()), chosen.exact)
        self.reshaped = gestures.reshaped(self._session.text, chosen.span, pulled.kind == "start", place, exact)
        start, end = chosen.span.start, chosen.span.end
        self._pulled_past = place >= end if pulled.kind == "start" else place <= start
        self._reader.viewport().update()

    def _let_go(self, keys: Held) -> None:
        chosen, span, past = self._session.chosen_annotation, self.reshaped, self._pulled_past
        self.drop()
        if chosen is not None and span is not None and span != chosen.span:
            self._session.labelling.reshape(span, gestures.exact_wished(keys, chosen.exact))
        elif past:
            self._session.tell(
                message("The border stays: nothing would be left. Delete removes the annotation."), idle=True
            )
        self._reader.viewport().update()

    def _draw_line(self, source: str, pressed: QPoint, event: QMouseEvent) -> None:
        """Lead a line from a bar to the pointer, once it was dragged far enough not to be a click."""
        lines, reader = self._lines, self._reader
        at = event.position().toPoint()
        if lines.dragged is None and (at - pressed).manhattanLength() < QApplication.startDragDistance():
            return
        reader.scroll_towards(at.y())
        under = [uid for uid in reader.ids_at(at) if uid in self._session.spans and uid != source]
        lines.drag(source, reader.to_page(event.position()), under[0] if under else None)

    def _press_end(self, at: QPointF, event: QMouseEvent) -> None:
        """Take a click at the end of an arc for one on what is seen there."""
        if arc := self.arc_at(at):
            self._lines.pressed.emit(arc, event.globalPosition().toPoint())
        elif (hit := self._hit(at)) is not None:
            self._choose(hit.ids, self._reader.to_page(at))
        else:
            self._click(self._reader.to_page(at))

    def _end_line(self) -> bool:
        self._relates, self._moves = None, None
        return self._lines.drop()

    def _label_at_once(self) -> None:
        session = self._session
        if session.selection is not None and session.sticky is not None:
            session.labelling.press(session.sticky)

    def _is_click(self, released: QPoint) -> bool:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return False
        return (released - pressed).manhattanLength() < QApplication.startDragDistance()

    def _click(self, point: QPointF) -> None:
        offset = self._reader.page.offset_at(point)
        session = self._session
        found = [] if offset is None else [*session.spans.at(offset), *session.offer_spans.at(offset)]
        under = [annotation.id for annotation in sorted(found, key=inner_first)]
        if offset is None and (below := hit_below(self._reader.page, point)) is not None:
            under = list(below.ids)
        self._choose(under, point)

    def _choose(self, ids: Sequence[str], point: QPointF) -> None:
        """Choose the nearest; by another click at the same place, the next one there."""
        place, name = self._clicked
        again = (point - place).manhattanLength() < QApplication.startDragDistance() and name == self._session.current
        chosen = gestures.of_click(ids, name if again else None).id
        self._clicked = point, chosen
        self._left = self._session.adds_to
        self.choosing = True
        self._session.choose(chosen)
        self.choosing = False

    def double(self, event: QMouseEvent) -> bool:
        """Say whether a double click is on words."""
        if event.button() != Qt.MouseButton.LeftButton or self._hit(event.position()) is not None:
            return False
        self.dragging, self._doubled, self._pressed = False, True, None
        return True

    def doubled(self, event: QMouseEvent) -> None:
        """Select the word under a double click."""
        reader = self._reader
        page = reader.page
        meant = page.aimed_at(reader.to_page(event.position()))
        offset = page.offset_at(meant)
        span = self._word_beside(meant) if offset is None else gestures.word(self._session.text, offset)
        if span is not None:
            reader.put_caret(span.start, span.end)
            if self._left is not None:
                self._session.chosen_before = self._left  # its first click let go of that
        elif not page.is_beside(meant):  # Qt takes the nearest word, however far it is
            reader.put_caret(reader.caret())
        self.dragged.emit()
        self._label_at_once()

    def _word_beside(self, point: QPointF) -> Span | None:
        """Return the word at the end of a line, or at its beginning, that a point beside it means.

        Where no blanks are written Qt takes the whole line.
        """
        page, text = self._reader.page, self._session.text
        near = page.character_near(point) if page.is_beside(point) else None
        if near is None:
            return None
        at = near if text[near].isalnum() else gestures.word_border(text, near + 1, -1)
        return gestures.word(text, at) if "\n" not in text[at:near] else None
