"""The reader: the article with its annotations, on which mouse and keys become verbs of the session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from rubricator.model.changes import Change
from rubricator.model.spans import Annotation, Fragment, Span
from rubricator.words import _, message
from rubricator_gui.keymap import keymap_of
from rubricator_gui.reader import gestures
from rubricator_gui.reader.borders import Borders
from rubricator_gui.reader.commented import Commented
from rubricator_gui.reader.events import held
from rubricator_gui.reader.found import Found
from rubricator_gui.reader.galley import WHILE_DRAGGING
from rubricator_gui.reader.gestures import Held
from rubricator_gui.reader.hover import Hover
from rubricator_gui.reader.keyboard import Keyboard
from rubricator_gui.reader.measures import Measures
from rubricator_gui.reader.offer_sheet import OfferSheet
from rubricator_gui.reader.overview import Overview
from rubricator_gui.reader.page import Band, united
from rubricator_gui.reader.paint import Mark, Overlay, mark_rect
from rubricator_gui.reader.pointer import Pointer
from rubricator_gui.reader.positions import Positions
from rubricator_gui.reader.relations import RelationLines
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote

_PAGES: dict[int, int] = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_LINES = (Qt.Key.Key_Down, Qt.Key.Key_Up)
_BLANK = 100
"""Empty lines that are passed at once."""
_SELECTING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class ReaderView(OfferSheet):
    """The article of the session with its annotations, and all that mouse and keys do with them."""

    menu_wanted = Signal(object, object)
    """A menu is to be opened at a place of the screen, for the annotations (their ids) that stand there."""
    ends_wanted = Signal(object, object)
    """One annotation (its id) is to be related to another."""
    confirm_wanted = Signal()
    """What one just came to from the list of what to look at again is right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._chosen: str | None = None
        self._labelled: list[int] = []
        """Where labels were given last, or changed."""
        self._room_soon = QTimer(self)
        self._room_soon.setSingleShot(True)
        self._room_soon.timeout.connect(self._find_room)
        self._painted: list[Fragment] = []
        """What was held (see `_held`) when it was painted the last time."""
        self._painted_to: Annotation | None = None
        """What "+" would have added to then: it has a frame."""
        self.found = Found(self)
        self.hover = Hover(self)
        self.overview = Overview(self)
        self.relation_lines = RelationLines(self, self.overview)
        self.pointer = Pointer(self, self.relation_lines)
        self.pointer.dragged.connect(self.on_dragged)
        self.pointer.ends_wanted.connect(self.ends_wanted)
        self.keyboard = Keyboard(self, self.borders, self.pointer)
        self.keyboard.held_anew.connect(self._update_held)
        self.setObjectName("reader")
        self.setAccessibleName(_("Article"))
        self.selectionChanged.connect(self.on_dragged)
        session.opened.connect(self._on_opened)
        session.leaving.connect(self.stop)
        session.text_shown.connect(self._on_article)
        session.selection_changed.connect(self._on_selection)
        session.text_changed.connect(self._on_changed)
        session.place_wanted.connect(self._show_place)

    @cached_property
    def borders(self) -> Borders:
        """The borders that keys are moving; the first page asks for them before all else stands."""
        return Borders(self)

    def name_keys(self) -> None:
        """Say in words which keys lead on from here, as they are set now."""
        words = _("Select words and press a label’s key; Tab goes to the next annotation.")
        key = keymap_of(self.session.settings).first("next-pane")
        out = _("{key} goes to the next pane.").format(key=key) if key else ""
        self.setAccessibleDescription(f"{words} {out}".strip())

    def selection(self) -> Span | None:
        """Return the span that labelling would take."""
        return self.session.selection

    def overlay(self, top: float, bottom: float) -> Overlay:
        """Return the selection as dragged, its preview, the chosen annotation; while borders move, what they hold."""
        session, page = self.session, self.page
        first, last = sorted(self.ends())
        dragged = page.grounds(first, last, top, bottom) if first != last and not self.borders.moving else ()
        chosen = session.shown(session.current)
        moving = self.borders.span if self.borders.of else self.pointer.reshaped
        if chosen is not None and moving is not None:
            chosen = chosen._replace(span=moving)
        shown = self._previewed
        pieces = shown.fragments if shown else ()
        adding_to = session.adding_to
        self._painted, self._painted_to = self._held(), adding_to
        return Overlay(
            dragged=dragged,
            preview=tuple(ground for start, end in pieces for ground in page.grounds(start, end, top, bottom)),
            hits=self.found.seen(top, bottom),
            chosen=session.current,
            chosen_tints=page.tints(chosen, top, bottom) if chosen else (),
            adding_to=page.tints(adding_to, top, bottom) if adding_to else (),
            exact=self.borders.exact,
            rejecting=self.pointer.rejecting,
        )

    @property
    def steady(self) -> bool:
        """Say whether nobody drags."""
        return not self.pointer.dragging

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw; over all of it the relations, where they are wanted."""
        super().paintEvent(event)
        if self.relation_lines.wanted:
            self.relation_lines.paint()

    def _lay_page(self, positions: Positions, m: Measures) -> None:
        super()._lay_page(positions, m)
        self.borders.draw()

    # --- what the session says ----------------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self._styles.clear()

    def _on_article(self) -> None:
        self._chosen, self._painted, self._painted_to, self._labelled = None, [], None, []
        self._comments.forget()
        self.borders.forget()
        self._rebuild(afresh=True)
        if self.found.hits:
            self.show_hits((), -1)  # they were of the article before

    def _on_changed(self, change: Change) -> None:
        """Lay out and paint anew what the change names, and nothing else."""
        article, page = self.session.article, self.page
        page.spans = self.session.spans
        if change.comments:
            self._show_commented()
        if change.scheme or change.everything:
            self._comments.forget()
            if change.scheme:
                self._styles.clear()
            page.forget()
            self.viewport().update()
            return
        written: Band | None = None
        for replaced in change.annotations:
            page.forget_annotation(replaced.id)
            after = replaced.after
            if after is not None and article is not None and after.article == article.id:
                page.forget_span(after.start, after.end)
                self._labelled.append(after.start)
                self._room_soon.start(0)  # the key press does not wait for it
                if self.borders.of == replaced.id:
                    self.borders.draw()  # another window changed it meanwhile
                if len(change.annotations) == 1:  # where an offer gave way to it, it is laid out already
                    written = page.band(after.start, after.end)
        if not self.update_band(united(page.stale_band(), written), at_once=True):
            self.look_for_offers_soon()  # no paint follows that would have them looked for

    @cached_property
    def _comments(self) -> Commented:
        return Commented(self.session)

    @property
    def commented(self) -> Collection[str]:
        """The annotations that there are comments on, by id."""
        return self._comments.ids

    def _show_commented(self) -> None:
        """Have chips take more room, or less, for what was said about their annotations, or is no more."""
        for uid in self._comments.look_again():
            self.page.forget_annotation(uid)
            if (annotation := self.session.spans.get(uid)) is not None:
                self.page.forget_span(annotation.start, annotation.end)
                self._labelled.append(annotation.start)
                self._room_soon.start(0)

    def _find_room(self) -> None:
        """Have what was just labelled be seen, and not only be counted, however deep it lies."""
        if not self.steady:
            self._room_soon.start(WHILE_DRAGGING)
            return
        labelled, self._labelled = self._labelled, []
        labelled = [start for start in labelled if start < len(self.session.text)]
        if len(labelled) < 2:
            self.make_room(*labelled)
            return
        with self.standing_still():
            self.make_room_everywhere()
            first, last = self._seen()
            self.make_room(*(start for start in labelled if first <= start < last))

    def _on_selection(self) -> None:
        """Follow a selection or a choice that was made elsewhere."""
        session = self.session
        self.borders.follow()
        if self._quiet:  # it came from here
            pass
        elif session.selection is None:
            if self.textCursor().hasSelection():
                self.put_caret(self.caret())
        elif len(session.selection.fragments) == 1 and session.selection != self._dragged(session.exact):
            self.put_caret(session.selection.start, session.selection.end)
        if session.current != self._chosen:
            self._chosen = session.current
            annotation = session.shown(session.current)
            if annotation is not None:
                caret = self.caret()
                self.put_caret(caret if annotation.start <= caret <= annotation.end else annotation.start)
                if not self.pointer.choosing:
                    mark = self._reveal_all(annotation)
                    if session.offered is not None and mark is None:
                        self.make_room(annotation.start)  # nobody decides on what is only counted
        self._update_held()

    def _reveal_all(self, annotation: Annotation) -> Mark | None:
        """Scroll only if some of an annotation is not seen, with its bar; return that bar, if it has one.

        Of one so high that there is little room beside it, what comes after its first line is not looked at.
        """
        page, mark = self.page, self.page.mark_of(annotation)
        first, last = page.character_rect(annotation.start), page.character_rect(annotation.end - 1)
        below = mark_rect(mark, page.m).bottom() - first.bottom() if mark is not None else 0
        whole = first.united(last).adjusted(0, 0, 0, below)
        if mark is None or whole.height() > self.viewport().height() / 2:
            self.reveal(first)
        else:
            self.reveal(whole, drawn=True)
        return mark

    def _update_held(self) -> None:
        """Have painted what is held, and what was."""
        band: Band | None = None
        framed = self._painted_to, self.session.adding_to
        other = [(one.start, one.end) for one in framed if one is not None] if framed[0] != framed[1] else []
        for start, end in (*self._painted, *self._held(), *other):
            band = united(band, self.page.band(start, end))
        self.update_band(band)

    def _held(self) -> list[Fragment]:
        """Return the stretches of the text that are drawn otherwise because of what is selected or chosen."""
        first, last = sorted(self.ends())
        chosen, shown = self.session.shown(self.session.current), self._previewed
        found = [(first, last)] if first != last else []
        return found + [(span.start, span.end) for span in (chosen, shown) if span is not None]

    @property
    def _previewed(self) -> Span | None:
        """The span whose borders are shown."""
        return self.borders.span or self.session.selection or self.pointer.reshaped

    def _show_place(self, offset: int) -> None:
        self.reveal(self.page.character_rect(offset))

    # --- selection ----------------------------------------------------------------------------------------------------

    def ends(self) -> tuple[int, int]:
        """Return the ends of what is dragged; by words the one that was pressed on is in it."""
        return self.pointer.with_pressed(*super().ends())

    def _dragged(self, exact: bool) -> Span | None:
        return gestures.borders(self.session.text, *self.ends(), exact)

    def on_dragged(self) -> None:
        """Follow what is dragged: the session has the span that labelling would take."""
        if self._quiet:
            return
        self.borders.drop_dragged()
        standing = self.session.exact and self.session.selection is not None and not self.pointer.dragging
        exact = gestures.exact_wished(self.pointer.exact_held if self.pointer.dragging else Held.NOTHING, standing)
        self.hold(gestures.joined(self.pointer.joining, self._dragged(exact)), exact)
        self._update_held()

    def show_hits(self, hits: Sequence[Fragment], current: int) -> None:
        """Show what was found; the current one more strongly."""
        self.found.show(hits, current)
        self.overview.show_hits(hits, current)

    def show_overview(self, shown: bool) -> None:
        """Show where annotations stand beside the text, or do not."""
        self.session.settings.set("reader.overview", shown)
        self.overview.setVisible(shown)

    def toggle_exact(self) -> None:
        """Take the selection by exact characters, or by words again."""
        self.borders.settle()
        if self.session.selection is not None:
            exact = not self.session.exact
            self.hold(self._dragged(exact), exact)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy, drag and the primary selection take our own text: Qt's has lost spaces and line breaks."""
        data = QMimeData()
        selection, text = self.session.selection, self.session.text
        start, end = sorted(self.ends())
        data.setText(selection.quote(text) if selection else text[start:end])
        return data

    def copy(self) -> None:
        """Copy the selected words, or those of what is chosen, suggested or just labelled."""
        session = self.session
        held = session.shown(session.current) or session.meant
        span = session.selection or (held.span if held is not None else None)
        if span is not None:
            words = span.quote(session.text)
            QGuiApplication.clipboard().setText(words)
            session.tell(message("Copied “{quote}”.", quote=short_quote(words)), idle=True)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep our keys from shortcuts of the window; any key takes the card away."""
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            self.hover.drop()
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self.keyboard.meaning(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.Resize and self._ready:
            self.overview.stand()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what our own keys mean; caret and selection keys are Qt's."""
        if self.pointer.dragging and event.key() in (Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self.pointer.hold(held(event.modifiers()))
        meaning = self.keyboard.meaning(event)
        if meaning is None and event.key() == Qt.Key.Key_Space and not event.modifiers():
            if self.session.worklist.came:
                if not event.isAutoRepeat():
                    self.confirm_wanted.emit()
            else:
                self._read_on()
        elif meaning is None and (step := _word_step(event)) and not self.page.rtl_at(self.caret()):
            anchor, caret = self.ends()
            self.put_caret(anchor, gestures.word_border(self.session.text, caret, step))
            self.on_dragged()
            self.ensureCursorVisible()
        elif meaning is None:
            self.keyboard.say_no_label(event)
            bar = self.verticalScrollBar()
            scrolled, before = bar.value(), self.caret()
            super().keyPressEvent(event)
            if event.modifiers() & ~_SELECTING:
                pass
            elif way := _PAGES.get(event.key()):
                self.turn_page(scrolled, way, selects=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            elif event.key() in _LINES and self.caret() != before:
                self._pass_blank(event)
            if not self.borders.moving and (caret := self.caret()) != before:
                self.session.leave(caret)
            if bar.value() < scrolled and self.cursorRect().top() + bar.value() <= self.page.character_rect(0).top():
                bar.setValue(0)  # in the first line: Qt scrolls to it, and cuts off the margin above it
        elif not self.keyboard.do(meaning, event.isAutoRepeat()):
            self.keyboard.say_nothing_to_do(meaning)
            event.ignore()

    def _pass_blank(self, event: QKeyEvent) -> None:
        """Go on past empty lines with the key that led to one: nothing is labelled there, the caret is hardly seen."""
        with self.quietly():
            for _line in range(_BLANK):
                at = self.caret()
                if not gestures.is_blank(self.session.text, at):
                    break
                super().keyPressEvent(event)
                if self.caret() == at:
                    break
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.on_dragged()

    def _read_on(self) -> None:
        """Scroll by a screen; the line that was cut off below, or the last one, is whole then, with its lanes."""
        if not self.session.deciding.go_further():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.screenful)
            self.session.deciding.scrolled()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Snap to words again when exact characters are let go of while dragging."""
        if self.pointer.dragging and event.key() in (Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self.pointer.hold(held(event.modifiers()))
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through annotations here; F6 is the way out."""
        return False

    # --- the mouse ----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose by bars (walk to dashed ones), chips and "+n"; elsewhere begin to select."""
        self.hover.drop()
        self.borders.settle()
        if not self.pointer.press(event):
            super().mousePressEvent(self._aimed(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select live while dragging; say by its shape what the mouse stands on, and by a card once it rests."""
        if event.buttons() == Qt.MouseButton.NoButton:
            self.hover.move(event.position().toPoint())
        if not self.pointer.move(event):
            super().mouseMoveEvent(self._aimed(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag (a sticky label labels at once) or take it for a click."""
        if not self.pointer.release(event):
            super().mouseReleaseEvent(self._aimed(event))
            self.pointer.released(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word as we count words: Qt takes “U” of “U.S.”."""
        if self.pointer.double(event):
            with self.quietly():
                super().mouseDoubleClickEvent(self._aimed(event))  # so that a third click and dragging on work
            self.pointer.doubled(event)

    def _aimed(self, event: QMouseEvent) -> QMouseEvent:
        """Return the event at the line of text that is meant; outside the window it stays, for Qt scrolls then."""
        at = event.position()
        if not 0 <= at.y() < self.viewport().height():
            return event
        meant = self.page.aimed_at(self.to_page(at)) - self.to_page(QPointF())
        if meant == at:
            return event
        kind, button, held_ = event.type(), event.button(), event.buttons()
        return QMouseEvent(kind, meant, event.globalPosition(), button, held_, event.modifiers())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl change the size of the text."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turn = event.angleDelta().y()
            if turn:
                (self.larger if turn > 0 else self.smaller)()
            event.accept()
            return
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Let go of what the pointer rested on when it leaves; what stands there is told by a card, not by tooltips."""
        if event.type() == QEvent.Type.Leave:
            self.hover.drop()
            self.pointer.leave()
        elif event.type() == QEvent.Type.ToolTip:
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Hold what stands there, and ask for the menu, which is about what is held."""
        session = self.session
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if by_mouse and (arc := self.pointer.arc_at(QPointF(event.pos()))):
            self.relation_lines.pressed.emit(arc, event.globalPos())
            event.accept()
            return
        if by_mouse:
            ids, place = list(self.ids_at(event.pos())), event.globalPos()
            self._hold_at(QPointF(event.pos()), ids)
        else:
            span = session.selection or (session.chosen_annotation.span if session.chosen_annotation else None)
            ids = [annotation.id for annotation in session.spans.at(span.start if span else self.caret())]
            place = self.on_screen(span).bottomLeft() if span else self.mapToGlobal(self.cursorRect().bottomLeft())
        self.menu_wanted.emit(place, ids)
        event.accept()

    def _hold_at(self, position: QPointF, ids: Sequence[str]) -> None:
        """Hold what stands at a place: the selection, what is chosen or another annotation, else a word, or nothing."""
        session, offset = self.session, self.page.offset_at(self.to_page(position))
        selection = session.selection
        if selection is not None and offset is not None and selection.start <= offset < selection.end:
            return
        if ids:
            if selection is not None or session.current not in ids:
                session.choose(ids[0])
            return
        word = gestures.borders(session.text, offset, offset + 1, False) if offset is not None else None
        session.choose(None)
        session.select(word)


def _word_step(event: QKeyEvent) -> int:
    """Return whether a key selects to the end of the next word (1), to the start of the one before (-1), or neither."""
    if event.matches(QKeySequence.StandardKey.SelectNextWord):
        return 1
    return -1 if event.matches(QKeySequence.StandardKey.SelectPreviousWord) else 0
