"""The reader: a read-only text view that draws the annotations itself; mouse and keys become verbs of the session.

Caret, selection, word keys and accessibility are Qt's; everything that is labelled is our own text by code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QToolTip, QWidget

from rubricator.model.changes import Change
from rubricator.model.scheme import short_for
from rubricator.model.spans import Annotation, Span
from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.keymap import keymap_of
from rubricator_gui.reader import document, gestures
from rubricator_gui.reader.events import SHAPES, held, plain, stroke
from rubricator_gui.reader.gestures import Do, Held, Intent, PressLabel
from rubricator_gui.reader.measures import Measures, measures
from rubricator_gui.reader.page import Hit, Page
from rubricator_gui.reader.paint import Overlay, Scene, Style, draw_over, draw_under, mark_rect
from rubricator_gui.reader.positions import Positions
from rubricator_gui.session import Session, short_quote

_MARGIN_UNITS = 7
_CARET = 2
_TOOLTIP_LINES = 12


class ReaderView(QTextEdit):
    """The article of the session with its annotations."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._size: int = session.settings.get("text.size")
        self._look: theme.Theme | None = None
        self._styles: dict[str, Style] = {}
        self._quiet = False
        self._dragging = False
        self._doubled = False
        self._pulled: Hit | None = None
        self._reshaped: Span | None = None
        self._grew_at: int | None = None
        self._held = Held.NOTHING
        self._pressed: QPoint | None = None
        self._chosen: str | None = None
        self._ready = False
        self.setObjectName("reader")
        self.setAccessibleName(_("Article"))
        self.name_keys()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setCursorWidth(_CARET)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)  # beside the measure it is the same paper
        self.setAcceptDrops(False)  # files that are dropped here are the window's
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its coming would move the text
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.viewport().setMouseTracking(True)
        self._follow_palette()
        self._rebuild()
        self.selectionChanged.connect(self._on_dragged)
        session.opened.connect(self._on_opened)
        session.article_shown.connect(self._on_article)
        session.selection_changed.connect(self._on_selection)
        session.changed.connect(self._on_changed)

    def name_keys(self) -> None:
        """Say in words which keys lead on from here, as they are set now."""
        words = _("Select words and press a label’s key; Tab goes to the next annotation.")
        key = keymap_of(self.session.settings).first("next-pane")
        out = _("{key} goes to the next pane.").format(key=key) if key else ""
        self.setAccessibleDescription(f"{words} {out}".strip())

    # --- for tests, the tour and the window -----------------------------------------------------------------------

    def rect_at(self, offset: int) -> QRect:
        """Return the character at a code-point offset in viewport coordinates, scrolled into view."""
        rect = self._page.character_rect(offset)
        self._reveal(rect)
        return self._to_viewport(rect)

    def bar_rect(self, annotation_id: str) -> QRect | None:
        """Return the first bar of an annotation in viewport coordinates, scrolled into view; None if it has none."""
        annotation = self.session.spans.get(annotation_id)
        mark = self._page.mark_of(annotation) if annotation else None
        if annotation is None or mark is None:
            return None
        self._reveal(self._page.character_rect(annotation.start))
        return self._to_viewport(mark_rect(mark, self._page.m))

    def selection(self) -> Span | None:
        """Return the span that labelling would take."""
        return self.session.selection

    def text_left(self) -> int:
        """Return where the text begins, from the left edge of this widget: headers stand there too."""
        return self.viewport().x() + _MARGIN_UNITS * theme.unit()

    # --- size of the text -----------------------------------------------------------------------------------------

    @property
    def text_size(self) -> int:
        """The size of the text, one of theme.TEXT_SIZES."""
        return self._size

    def set_text_size(self, size: int) -> None:
        """Show the text in another size, from now on; the place at the top stays at the top."""
        if size != self._size:
            self._size = size
            self.session.settings.set("text.size", size)
            self._rebuild()

    def larger(self) -> None:
        """Show the text one size larger."""
        self.set_text_size(next((size for size in theme.TEXT_SIZES if size > self._size), self._size))

    def smaller(self) -> None:
        """Show the text one size smaller."""
        self.set_text_size(next((size for size in reversed(theme.TEXT_SIZES) if size < self._size), self._size))

    def normal_size(self) -> None:
        """Show the text in the size it has at first."""
        self.set_text_size(theme.DEFAULT_TEXT_SIZE)

    # --- what the session says ------------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self._styles.clear()

    def _on_article(self) -> None:
        self._chosen = None
        self._rebuild(afresh=True)

    def _on_changed(self, change: Change) -> None:
        """Lay out anew what the change names, and nothing else."""
        article = self.session.article
        self._page.spans = self.session.spans
        if change.scheme:
            self._styles.clear()
        if change.scheme or change.everything:
            self._page.forget()
        else:
            for replaced in change.annotations:
                self._page.forget_annotation(replaced.id)
                after = replaced.after
                if after is not None and article is not None and after.article == article.id:
                    self._page.forget(after.start, after.end)
        self.viewport().update()

    def _on_selection(self) -> None:
        """Follow a selection or a choice that was made elsewhere."""
        session = self.session
        if self._quiet:  # it came from here
            pass
        elif session.selection is None:
            if self.textCursor().hasSelection():
                self._put_caret(self._caret())
        elif session.selection != self._borders(session.exact):
            self._put_caret(session.selection.start, session.selection.end)
        if session.chosen != self._chosen:
            self._chosen = session.chosen
            annotation = session.spans.get(session.chosen)
            if annotation is not None:
                caret = self._caret()
                self._put_caret(caret if annotation.start <= caret <= annotation.end else annotation.start)
                self._reveal(self._page.character_rect(annotation.start))
        self.viewport().update()

    # --- the document ---------------------------------------------------------------------------------------------

    def _rebuild(self, afresh: bool = False) -> None:
        """Make the document anew: for another article, or another size of its text."""
        place = None if afresh or not self._ready else self._place()
        session = self.session
        settings = session.settings
        m = measures(theme.text_pixels(self._size), settings.get("text.font"), settings.get("reader.lanes"))
        positions = Positions(session.text)
        margin = _MARGIN_UNITS * theme.unit()
        paper = document.build(session.text, positions, session.spans, m, margin)
        with self._quietly():
            self._ready = False
            paper.setTextWidth(self._fit(m))  # before it has a layout: otherwise all of it is laid out twice
            self.setDocument(paper)
            self._paper = paper  # Qt does not own it
            self._page = Page(paper, session.text, positions, session.spans, self._style, m)
            self._ready = True
        if place is not None:
            self._restore(place)
        else:
            self.verticalScrollBar().setValue(0)  # Qt scrolls to its caret, and cuts off the margin above it

    def _fit(self, m: Measures) -> int:
        """Give the text its measure and centre it; wider windows have wider margins, and nothing is laid out anew."""
        bar = self.verticalScrollBar().sizeHint().width()
        room = max(1, self.width() - bar)
        column = min(room, m.measure + 2 * _MARGIN_UNITS * theme.unit())
        side = (room - column) // 2
        self.setViewportMargins(side, 0, room - column - side, 0)
        if column != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(column)
        return column

    def _place(self) -> tuple[int, int, int, int]:
        """Return the offset at the top, how far below the edge it stands, and the ends of the selection."""
        scrolled = self.verticalScrollBar().value()
        top = self._page.top_offset(scrolled) if scrolled else 0
        gap = int(self._page.character_rect(top).top()) - scrolled
        cursor = self.textCursor()
        to_offset = self._page.positions.to_offset
        return top, gap, to_offset(cursor.anchor()), to_offset(cursor.position())

    def _restore(self, place: tuple[int, int, int, int]) -> None:
        top, gap, anchor, position = place
        self._put_caret(anchor, position)
        if top:
            self.verticalScrollBar().setValue(int(self._page.character_rect(top).top()) - gap)

    def _style(self, annotation: Annotation) -> Style:
        style = self._styles.get(annotation.label)
        if style is None:
            label = self.session.scheme.by_name.get(annotation.label)
            look = self._look or theme.theme()
            hue = look.hue(label.hue if label else 1)
            word = (label.short if label else "") or short_for(annotation.label)
            style = self._styles[annotation.label] = Style(hue, word.upper())
        return style

    def _follow_palette(self) -> None:
        look = theme.theme_of(self.palette())
        if look is not self._look:
            self._look = look
            self._styles.clear()
            # We draw the selection ourselves, under the text and in all its parts: Qt's own stays unseen.
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
            palette.setColor(QPalette.ColorRole.HighlightedText, look.colour("Text"))
            self.setPalette(palette)
            if self._ready:
                self._page.forget()

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font of the program; the document has fonts of its own."""
        if event.type() == QEvent.Type.PaletteChange:
            self._follow_palette()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            if self._ready:
                self._rebuild()
            return  # QTextEdit would give the window's font to the article
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Fit the measure before Qt lays out, and keep our keys from shortcuts of the window."""
        if event.type() == QEvent.Type.Resize and self._ready:
            self._refit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._meaning(event):
            event.accept()
            return True
        return super().event(event)

    def _refit(self) -> None:
        before = self.lineWrapColumnOrWidth()
        place = self._place()
        with self._quietly():
            column = self._fit(self._page.m)
        if column != before:
            self._page.forget()
            self._restore(place)

    # --- painting -------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grounds, the text, then bars and chips; only what is seen."""
        area = event.rect().translated(self._scrolled())
        top, bottom = float(area.top()), float(area.bottom() + 1)
        look = self._look or theme.theme()
        scene, overlay = self._scene(top, bottom), self._overlay(top, bottom)
        painter = self._painter()
        draw_under(painter, scene, overlay, look)
        painter.end()
        super().paintEvent(event)
        painter = self._painter()
        draw_over(painter, scene, overlay, look, self._page.m)
        painter.end()

    def _painter(self) -> QPainter:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scrolled = self._scrolled()
        painter.translate(-scrolled.x(), -scrolled.y())
        return painter

    def _scene(self, top: float, bottom: float) -> Scene:
        page = self._page
        deepest = page.m.most_lanes * page.m.pitch + page.m.line_box
        scenes = [page.scene(block) for block in page.blocks(top, bottom)]
        return Scene(
            tuple(mark for s in scenes for mark in s.marks if top - deepest < mark.bottom < bottom + deepest),
            tuple(tint for s in scenes for tint in s.tints if top - deepest < tint.top < bottom),
            tuple(pill for s in scenes for pill in s.pills if top - deepest < pill.bottom < bottom + deepest),
        )

    def _overlay(self, top: float, bottom: float) -> Overlay:
        session, page = self.session, self._page
        first, last = sorted(self._ends())
        dragged = page.grounds(first, last, top, bottom) if first != last else ()
        selection, chosen = session.selection or self._reshaped, session.spans.get(session.chosen)
        return Overlay(
            dragged=dragged,
            preview=page.grounds(selection.start, selection.end, top, bottom) if selection else (),
            chosen=session.chosen,
            chosen_tints=page.tints(chosen, top, bottom) if chosen else (),
            exact=session.exact,
        )

    # --- selection ------------------------------------------------------------------------------------------------

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Change caret or document without telling the session of a selection."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _ends(self) -> tuple[int, int]:
        cursor, positions = self.textCursor(), self._page.positions
        return positions.to_offset(cursor.anchor()), positions.to_offset(cursor.position())

    def _caret(self) -> int:
        return self._page.positions.to_offset(self.textCursor().position())

    def _put_caret(self, anchor: int, position: int | None = None) -> None:
        cursor, positions = QTextCursor(self._paper), self._page.positions
        cursor.setPosition(positions.to_qt(anchor))
        if position is not None:
            cursor.setPosition(positions.to_qt(position), QTextCursor.MoveMode.KeepAnchor)
        scrolled = self.verticalScrollBar().value()
        with self._quietly():
            self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scrolled)  # whoever wants to go there says so

    def _borders(self, exact: bool) -> Span | None:
        return gestures.borders(self.session.text, *self._ends(), exact)

    def _on_dragged(self) -> None:
        if self._quiet:
            return
        standing = self.session.exact and self.session.selection is not None and not self._dragging
        exact = gestures.exact_wished(self._held if self._dragging else Held.NOTHING, standing)
        self._select(self._borders(exact), exact)
        self.viewport().update()

    def _select(self, span: Span | None, exact: bool = False) -> None:
        with self._quietly():
            self.session.select(span, exact and span is not None)

    def toggle_exact(self) -> None:
        """Take the selection by exact characters, or by words again."""
        if self.session.selection is not None:
            exact = not self.session.exact
            self._select(self._borders(exact), exact)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy, drag and the primary selection take our own text: Qt's has lost spaces and line breaks."""
        data = QMimeData()
        selection = self.session.selection
        start, end = (selection.start, selection.end) if selection else sorted(self._ends())
        data.setText(self.session.text[start:end])
        return data

    # --- keys -----------------------------------------------------------------------------------------------------

    def _meaning(self, event: QKeyEvent) -> Intent | None:
        return gestures.of_key(stroke(event), self.session.scheme.by_key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what our own keys mean; caret and selection keys are Qt's."""
        if self._dragging and event.key() in (Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self._hold(held(event.modifiers()))
        meaning = self._meaning(event)
        if meaning is None:
            super().keyPressEvent(event)
        elif not self._do(meaning, event.isAutoRepeat()):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Snap to words again when exact characters are let go of while dragging."""
        if self._dragging and event.key() in (Qt.Key.Key_Control, Qt.Key.Key_Alt):
            self._hold(held(event.modifiers()))
        super().keyReleaseEvent(event)

    def _hold(self, keys: Held) -> None:
        self._held = keys
        self._on_dragged()

    def _do(self, meaning: Intent, again: bool) -> bool:
        """Do what a key means; False where there is nothing to do and the window may have it."""
        session = self.session
        match meaning:
            case PressLabel(key, everywhere):
                if everywhere:
                    return False
                if not again:
                    session.press_label(session.scheme.by_key[key].name)
            case Do.DELETE:
                if not again:
                    session.delete_chosen()
            case Do.NEXT:
                session.walk(1, self._caret())
            case Do.PREVIOUS:
                session.walk(-1, self._caret())
            case Do.NEXT_STACKED:
                session.next_stacked()
            case Do.ESCAPE if self._pulled is not None:
                self._pulled, self._reshaped = None, None
                self.viewport().update()
            case Do.ESCAPE:
                if session.selection is None and session.chosen is None and session.sticky is None:
                    return False
                session.escape()
            case Do.EXACT:
                self.toggle_exact()
            case Do.GROW | Do.SHRINK:
                self._grow(meaning is Do.GROW)
        return True

    def _grow(self, larger: bool) -> None:
        selection = self.session.selection
        if selection is None:
            self._grew_at = self._caret()
        elif self._grew_at is None or not selection.start <= self._grew_at <= selection.end:
            self._grew_at = selection.start
        step = gestures.grown if larger else gestures.shrunk
        self._take(step(self.session.text, selection, self._grew_at or 0))

    def _take(self, span: Span | None) -> None:
        if span is None:
            self._put_caret(self._caret())
        elif span != self.session.selection:
            self._put_caret(span.start, span.end)
        self._select(span)
        self.viewport().update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through annotations here; F6 is the way out."""
        return False

    # --- the mouse ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose by bars, chips and "+n"; elsewhere begin to select."""
        self._doubled = False
        if event.button() == Qt.MouseButton.LeftButton:
            hit = self._page.hit(self._to_page(event.position()), self.session.chosen)
            if hit is not None and hit.kind in ("start", "end"):
                self._pulled = hit
                return
            if hit is not None:
                self.session.choose(gestures.of_click(hit.ids, self.session.chosen).id)
                return
            self._dragging, self._held = True, held(event.modifiers())
            self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select live while dragging; say by its shape what the mouse stands on."""
        if self._pulled is not None:
            self._pull(self._pulled, event)
            return
        if self._doubled and event.buttons() & Qt.MouseButton.LeftButton:
            self._dragging = True
        if self._dragging:
            self._held = held(event.modifiers())
        elif event.buttons() == Qt.MouseButton.NoButton:
            hit = self._page.hit(self._to_page(event.position()), self.session.chosen)
            shape = SHAPES[hit.kind if hit else "text"]
            if self.viewport().cursor().shape() != shape:
                self.viewport().setCursor(shape)
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag (a sticky label labels at once) or take it for a click."""
        if self._pulled is not None:
            self._let_go(held(event.modifiers()))
            return
        if event.button() != Qt.MouseButton.LeftButton or not self._dragging:
            super().mouseReleaseEvent(event)
            return
        self._held = held(event.modifiers())
        super().mouseReleaseEvent(event)
        self._dragging = False
        if self.session.selection is not None:
            self._label_at_once()
        elif not self.textCursor().hasSelection() and self._is_click(event.position().toPoint()):
            self._click(self._to_page(event.position()))

    def _pull(self, pulled: Hit, event: QMouseEvent) -> None:
        """Show which borders the chosen span would take; the hand is in its lanes, the words stand above."""
        chosen = self.session.chosen_annotation
        if chosen is None:
            return
        lower = self._page.m.line_box / 2 + self._page.m.pitch / 2
        place = self._page.place_near(self._to_page(event.position()) - QPointF(0, lower))
        exact = gestures.exact_wished(held(event.modifiers()), chosen.exact)
        self._reshaped = gestures.reshaped(self.session.text, chosen.span, pulled.kind == "start", place, exact)
        self.viewport().update()

    def _let_go(self, keys: Held) -> None:
        chosen, span = self.session.chosen_annotation, self._reshaped
        self._pulled, self._reshaped = None, None
        if chosen is not None and span is not None and span != chosen.span:
            self.session.reshape_chosen(span, gestures.exact_wished(keys, chosen.exact))
        self.viewport().update()

    def _label_at_once(self) -> None:
        session = self.session
        if session.selection is not None and session.sticky is not None:
            session.press_label(session.sticky)

    def _is_click(self, released: QPoint) -> bool:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return False
        return (released - pressed).manhattanLength() < QApplication.startDragDistance()

    def _click(self, point: QPointF) -> None:
        offset = self._page.offset_at(point)
        under = [] if offset is None else [annotation.id for annotation in self.session.spans.at(offset)]
        self.session.choose(gestures.of_click(under, self.session.chosen).id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word as we count words: Qt takes “U” of “U.S.”."""
        point = self._to_page(event.position())
        if event.button() != Qt.MouseButton.LeftButton or self._page.hit(point, self.session.chosen) is not None:
            return
        self._dragging, self._doubled, self._pressed = False, True, None
        with self._quietly():
            super().mouseDoubleClickEvent(event)  # so that a third click and dragging on work
        offset = self._page.offset_at(point)
        span = None if offset is None else gestures.borders(self.session.text, offset, offset + 1, exact=False)
        if span is not None:
            self._put_caret(span.start, span.end)
        self._on_dragged()
        self._label_at_once()

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
        """Say in words what the mouse stands on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.words_at(event.pos())
            QToolTip.showText(event.globalPos(), plain(words), self.viewport())
            return True
        return super().viewportEvent(event)

    def words_at(self, position: QPoint) -> str:
        """Return the annotations at a place of the viewport in words, a line for each."""
        point = self._to_page(QPointF(position))
        hit = self._page.hit(point, self.session.chosen)
        offset = self._page.offset_at(QPointF(point.x(), hit.text_y) if hit else point)
        ids = list(hit.ids) if hit else []
        ids += [a.id for a in (self.session.spans.at(offset) if offset is not None else ()) if a.id not in ids]
        found = [a for a in map(self.session.spans.get, ids[:_TOOLTIP_LINES]) if a is not None]
        return "\n".join(
            f"{self.session.title(a.label)} · “{short_quote(a.quote or a.span.quote(self.session.text))}”"
            for a in found
        )

    # --- scrolling ------------------------------------------------------------------------------------------------

    def _scrolled(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _to_page(self, point: QPointF) -> QPointF:
        return point + QPointF(self._scrolled())

    def _to_viewport(self, rect: QRectF) -> QRect:
        found = rect.translated(-QPointF(self._scrolled())).toAlignedRect()
        found.setWidth(max(1, found.width()))
        return found

    def _reveal(self, rect: QRectF) -> None:
        """Scroll only if the place, with its lanes, is not seen; then to the upper third."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        lanes = self._page.m.most_lanes * self._page.m.pitch
        if rect.top() < bar.value() or rect.bottom() + lanes > bar.value() + height:
            bar.setValue(round(rect.top() - height / 3))
