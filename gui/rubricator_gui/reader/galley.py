"""The galley of an article: its document in a column, laid out in the size that is wished, and where one is in it.

Caret, selection, word keys and accessibility are Qt's; everything that is labelled is our own text by code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPalette, QShowEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from rubricator.model.span_index import BEGINNING, SpanIndex
from rubricator.model.spans import Annotation, Span
from rubricator.settings import Place
from rubricator.words import message
from rubricator_gui import theme
from rubricator_gui.reader import document
from rubricator_gui.reader.measures import Measures, measures
from rubricator_gui.reader.page import Page
from rubricator_gui.reader.paint import Style
from rubricator_gui.reader.positions import Positions
from rubricator_gui.session import Session

MARGIN = 7
"""Units on both sides of the lines: numbers of lines have room there."""
_CARET = 2
COLUMNS = (48, 60, 72, 90, 120)
_EDGE = 3
"""Lines that a page key may lead beyond the edge of what is seen then."""
_FAR = 1_000
"""Pixels outside, where no click was before: it would be a third one."""
WHILE_DRAGGING = 50
"""Milliseconds after which it is looked again whether somebody still drags."""

Standing = tuple[int, int, int, int]
"""An offset on the screen, how far below the edge it is (both 0 at the beginning), and the ends of the selection."""


class Galley(QTextEdit):
    """The text of the article of the session, with room for what is drawn; whoever draws on it makes its document."""

    restored = Signal(object)
    """One is again where one was (a Standing), mostly because all was laid out anew."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._size = theme.DEFAULT_TEXT_SIZE
        self._quiet = False
        self._ready = False
        self._clicked_twice = False
        self._unseen: Standing | None = None
        """The place to come back to, until it was painted: before that the window may get another size."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._deepen)
        self._crowded = QTimer(self)
        self._crowded.setSingleShot(True)
        self._crowded.timeout.connect(self._make_room_seen)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setCursorWidth(_CARET)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)  # files that are dropped here are the window's
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its coming would move the text
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self._put_viewport()

    def style_of(self, annotation: Annotation) -> Style:
        """Return how an annotation is drawn."""
        raise NotImplementedError

    @property
    def spans(self) -> SpanIndex:
        """What is drawn: one's own layer."""
        return self.session.spans

    @property
    def offers(self) -> SpanIndex:
        """What is drawn as offered."""
        return self.session.offer_spans

    @property
    def most_lanes(self) -> int:
        """How many lanes a line has at most."""
        return int(self.session.settings.get("reader.lanes"))

    @property
    def lanes_for_arcs(self) -> int:
        """How many lanes are kept free for the titles of relations."""
        return 0

    def text_left(self) -> int:
        """Return where the text begins, from the left edge of this widget: headers stand there too."""
        return self.viewport().x() + MARGIN * theme.unit()

    def text_width(self) -> int:
        """Return how wide the lines of the text may be: from the edge at which they begin to the other one."""
        return self.lineWrapColumnOrWidth() - 2 * MARGIN * theme.unit()

    # --- size of the text ---------------------------------------------------------------------------------------------

    @property
    def text_size(self) -> int:
        """The size that the text has, one of theme.TEXT_SIZES: another window may have set another one meanwhile."""
        return self._size

    def set_text_size(self, size: int) -> None:
        """Show the text in another size, from now on; the place at the top stays at the top."""
        if size != self.text_size:
            self.session.settings.put("text.size", size)
            self._resize_text()
            QTimer.singleShot(0, self.session.settings.keep)  # once it is seen

    def larger(self) -> None:
        """Show the text one size larger."""
        if self.text_size == theme.TEXT_SIZES[-1]:
            self.session.tell(message("The text is as large as it gets."), idle=True)
        self.set_text_size(next((size for size in theme.TEXT_SIZES if size > self.text_size), self.text_size))

    def smaller(self) -> None:
        """Show the text one size smaller."""
        if self.text_size == theme.TEXT_SIZES[0]:
            small = message("The text is as small as it gets.")
            closer = message("The text is as small as it gets; View › Closer lines shows more of it.")
            self.session.tell(small if self.session.settings.get("reader.close") else closer, idle=True)
        self.set_text_size(next((size for size in reversed(theme.TEXT_SIZES) if size < self.text_size), self.text_size))

    def normal_size(self) -> None:
        """Show the text in the size it has at first."""
        self.set_text_size(theme.DEFAULT_TEXT_SIZE)

    def wider(self) -> None:
        """Allow longer lines."""
        self._set_columns(next((n for n in COLUMNS if n > self._columns), self._columns))

    def narrower(self) -> None:
        """Allow shorter lines only."""
        self._set_columns(next((n for n in reversed(COLUMNS) if n < self._columns), self._columns))

    @property
    def _columns(self) -> int:
        return int(self.session.settings.get("reader.columns"))

    def _set_columns(self, columns: int) -> None:
        if columns != self._columns:
            self.session.settings.set("reader.columns", columns)
            self._resize_text()

    def set_close(self, close: bool) -> None:
        """Have lines stand close, with room for one lane where there is no need for more, or have room for two."""
        self.session.settings.set("reader.close", close)
        self._resize_text()

    def show_space(self, shown: bool) -> None:
        """Show spaces and line breaks, or do not."""
        self.session.settings.set("reader.space", shown)
        self._rebuild()

    # --- the document -------------------------------------------------------------------------------------------------

    def _put_viewport(self) -> None:
        """Draw on a viewport that PySide knows: to find out what Qt's own is, it would load all kinds of widgets."""
        viewport = QWidget()
        viewport.setObjectName("qt_scrollarea_viewport")  # Qt knows it by this name, for accessibility
        viewport.setBackgroundRole(QPalette.ColorRole.Base)
        viewport.setAutoFillBackground(True)
        viewport.setMouseTracking(True)
        viewport.setCursor(Qt.CursorShape.IBeamCursor)
        self.document().documentLayout().setPaintDevice(viewport)  # it would go on with the one that goes
        self.setViewport(viewport)

    def _rebuild(self, afresh: bool = False) -> None:
        """Make the document anew: for another article, another font, or white space that is drawn."""
        session = self.session
        if afresh or not self._ready:
            place = self._unseen = self._stopped_at()
        else:
            place = self.place()
        if place is not None and place[0]:
            self.spans.load()  # the place may be anywhere
        m = self._measures()
        positions = Positions(session.text, document.bends(session.text).cuts)
        margin = MARGIN * theme.unit()
        paper = document.build(session.text, positions, self.spans, m, margin, place[0] if place else 0)
        if session.settings.get("reader.space"):
            document.show_space(paper)
        with self.quietly():
            self._ready = False
            self._unroll()
            paper.setTextWidth(self._fit(m))  # before it has a layout: otherwise all of it is laid out twice
            self.setDocument(paper)
            self.paper = paper  # Qt does not own it
            self._forget_clicks()
            self._lay_page(positions, m)
            self._ready = True
        if place is not None:
            self.restore(place)
        if place is None or not place[0]:
            self.verticalScrollBar().setValue(0)  # Qt scrolls to its caret, and cuts off the margin above it

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let Qt take a word, or a paragraph with the next click; it knows it until somebody clicks once."""
        self._clicked_twice = True
        super().mouseDoubleClickEvent(event)

    def _forget_clicks(self) -> None:
        """Have Qt forget which word or paragraph was clicked on: a press with Shift would reach from there.

        It does by a single click alone, also in another document.
        """
        if self._clicked_twice:
            self._clicked_twice = False
            left, none, far = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, QPointF(-_FAR, -_FAR)
            held = Qt.KeyboardModifier.NoModifier
            QTextEdit.mousePressEvent(self, QMouseEvent(QEvent.Type.MouseButtonPress, far, far, left, left, held))
            QTextEdit.mouseReleaseEvent(self, QMouseEvent(QEvent.Type.MouseButtonRelease, far, far, left, none, held))

    def _resize_text(self) -> None:
        """Show the same document in another size or measure; the place stays."""
        place, before, m = self.place(), self.page, self._measures()
        with self.quietly():
            self._ready = False
            self._unroll()
            document.resize(self.paper, before.text, before.positions, before.spans, m, place[0])
            self._fit(m)
            self._lay_page(before.positions, m)
            self._ready = True
        self.restore(place)
        self.viewport().update()

    def _measures(self) -> Measures:
        settings = self.session.settings
        return measures(
            theme.text_pixels(settings.get("text.size")),
            settings.get("text.font"),
            self.most_lanes,
            settings.get("reader.columns"),
            self.lanes_for_arcs,
            close=settings.get("reader.close"),
        )

    def _lay_page(self, positions: Positions, m: Measures) -> None:
        self._size = int(self.session.settings.get("text.size"))
        self.page = Page(self.paper, self.session.text, positions, self.spans, self.style_of, m)
        self.page.offers = self.offers

    def _deepen(self) -> None:
        """Once it was painted: read the places of the rest, and give paragraphs there what they have of their own."""
        if not self.shaped:
            page = self.page
            place = self.place()
            document.deepen(self.paper, page.text, page.positions, page.spans, page.m)
            page.forget()
            self.restore(place)

    @property
    def shaped(self) -> bool:
        """Say whether all paragraphs have what they have of their own; far below what is seen they get it later."""
        return self.paper.shaped_to == len(self.page.text)

    @contextmanager
    def standing_still(self, offset: int | None = None) -> Iterator[None]:
        """Have lines grow meanwhile: the one at an offset keeps its place, where it is seen, else the first of all.

        Where the beginning of the article is seen that stays, whatever grows below it.
        """
        place = self.place(offset)
        yield
        self.restore(place)
        self.viewport().update()

    def make_room(self, *offsets: int) -> None:
        """Give the paragraphs at some offsets the lanes that they lack; where it is one, the line there stays.

        Nothing is done in a line that is bent, and in a paragraph that is laid out in parts.
        """
        page, m = self.page, self.page.m
        blocks = [block for block in map(page.block_at, offsets) if self._lacks_lanes(block)]
        if not blocks:
            return
        with self.standing_still(offsets[0] if len(offsets) == 1 else None), self.quietly():
            for block in blocks:
                while self._lacks_lanes(block):
                    document.give_lanes(self.paper, block, document.lanes_of(block, m) + 1, m)
                    page.forget()

    def deepen_at(self, lanes: int, *offsets: int) -> None:
        """Give the paragraphs at some offsets so many lanes, or as many as there may be; none where that takes long."""
        page, m = self.page, self.page.m
        lanes = min(lanes, m.most_lanes)
        blocks = {block.blockNumber(): block for block in map(page.block_at, offsets)}
        flat = [b for b in blocks.values() if not page.is_huge(b) and document.lanes_of(b, m) < lanes]
        if self.paper.bends or not flat:
            return
        with self.standing_still(), self.quietly():
            for block in flat:
                document.give_lanes(self.paper, block, lanes, m)
            page.forget()

    @property
    def steady(self) -> bool:
        """Say whether lines may grow: what lies under a mouse that is pressed stays there."""
        return True

    def _make_room_seen(self) -> None:
        """Where lines stand close: give paragraphs that are seen the usual lanes where one lane only counts things."""
        if not self.steady:
            self._crowded.start(WHILE_DRAGGING)
            return
        page, top = self.page, self.verticalScrollBar().value()
        lacking = [block for block in page.blocks(top, top + self.viewport().height()) if self._lacks_lanes(block)]
        self.deepen_at(page.m.usual_lanes + page.m.for_arcs, *(page.offsets_of(one, one)[0] for one in lacking))

    def _lacks_lanes(self, block: QTextBlock) -> bool:
        """Say whether something of a paragraph is only counted, and a lane more would have it drawn."""
        page, m = self.page, self.page.m
        if self.paper.bends or page.is_huge(block) or document.lanes_of(block, m) >= m.most_lanes:
            return False
        return bool(page.scene(block).pills)

    def make_room_everywhere(self) -> None:
        """Give all paragraphs the lanes that they lack by now."""
        if self.paper.bends:
            return
        page = self.page
        with self.standing_still(), self.quietly():
            document.reserve(self.paper, page.text, page.positions, page.spans, page.m)
            page.forget()

    # --- the column ---------------------------------------------------------------------------------------------------

    def _fit(self, m: Measures) -> int:
        """Give the text its measure and centre it; wider windows have wider margins, and nothing is laid out anew."""
        room, column = self._room(), self._column(m)
        side = (room - column) // 2
        if column != self.lineWrapColumnOrWidth():
            self.setLineWrapColumnOrWidth(column)
        self.setViewportMargins(side, 0, room - column - side, 0)  # who stands over the text asks for both by then
        return column

    def _room(self) -> int:
        return max(1, self.width() - self.verticalScrollBar().sizeHint().width())

    def _column(self, m: Measures) -> int:
        return min(self._room(), m.measure + 2 * MARGIN * theme.unit())

    def _unroll(self) -> None:
        """Be at the beginning, before all is laid out anew: Qt would begin with what lay above the place till now."""
        self.verticalScrollBar().setValue(0)

    def event(self, event: QEvent) -> bool:
        """Fit the measure before Qt lays out."""
        if event.type() == QEvent.Type.Resize and self._ready:
            self._refit()
        return super().event(event)

    def _refit(self) -> None:
        before = self.lineWrapColumnOrWidth()
        place = self._unseen or self.place()
        with self.quietly():
            if self._column(self.page.m) != before:
                self._unroll()
            column = self._fit(self.page.m)
        if column != before:
            self.page.forget()
            self.restore(place)

    # --- places -------------------------------------------------------------------------------------------------------

    def place(self, offset: int | None = None) -> Standing:
        """Return where one is; by the first line that is wholly seen, or the offset asked for, where that is seen."""
        scrolled, page = self.verticalScrollBar().value(), self.page
        top = gap = 0
        if scrolled:
            below = scrolled + self.viewport().height()
            if offset is None or not scrolled <= page.character_rect(offset).top() < below:
                offset = page.first_whole(scrolled, below)
            top, gap = offset, int(page.character_rect(offset).top()) - scrolled
        cursor = self.textCursor()
        to_offset = page.positions.to_offset
        return top, gap, to_offset(cursor.anchor()), to_offset(cursor.position())

    def stop(self) -> None:
        """Have the session keep the place, for the next time that the article is shown; none at the beginning."""
        top, gap, _anchor, caret = self.place()
        if not top and caret > BEGINNING:
            caret = 0  # to go there again would mean to lay out all that lies before
        self.session.stop_at(Place(top, gap, caret) if top or caret else None)

    def _stopped_at(self) -> Standing | None:
        """Return the place where the article was left, if that is worth the reading of all of it."""
        place = self.session.stopped_at
        last = len(self.session.text)
        if place is None or place.top > last:
            return None
        caret = min(place.caret, last)
        return place.top, place.gap, caret, caret

    def restore(self, place: Standing) -> None:
        """Go back to where one was, however large the text is by now."""
        top, gap, anchor, position = place
        if top:
            self.put_caret(top)  # Qt lays out as far as there, and its bar goes no further
        self.put_caret(anchor, position)
        if top:
            self.verticalScrollBar().setValue(int(self.page.character_rect(top).top()) - gap)
        self.restored.emit(place)

    def showEvent(self, event: QShowEvent) -> None:
        """Come back to the place: Qt goes to the caret when it is shown for the first time, and it may be elsewhere.

        Meanwhile the text may have got another size in the review, or when one came from there.
        """
        super().showEvent(event)
        if self._ready and self._measures() != self.page.m:
            self._resize_text()
        if self._unseen is not None:
            self.restore(self._unseen)

    def rect_at(self, offset: int) -> QRect:
        """Return the character at a code-point offset in viewport coordinates, scrolled into view."""
        self._deepen()
        rect = self.page.character_rect(offset)
        self.reveal(rect)
        return self._to_viewport(rect)

    def reveal(self, rect: QRectF, *, drawn: bool = False) -> None:
        """Scroll only if the place, with its lanes, is not seen; then to the upper third.

        `drawn`: what stands below the place is in it, and needs no more room.
        """
        bar, height = self.verticalScrollBar(), self.viewport().height()
        lanes = 0 if drawn else self.page.m.most_lanes * self.page.m.pitch
        if rect.top() < bar.value() or rect.bottom() + lanes > bar.value() + height:
            bar.setValue(round(rect.top() - height / 3))

    @property
    def screenful(self) -> int:
        """By how many pixels one reads on: the line that was cut off is whole then, or the last one is still there."""
        m = self.page.m
        return max(m.line_box, self.viewport().height() - m.line_box - m.strip)

    def turn_page(self, scrolled: int, way: int, *, selects: bool) -> None:
        """Have a page key lead a screenful on from where it was pressed, and the caret be seen there.

        Qt goes on by all that is seen: the line at the edge would never be whole.
        """
        there = scrolled + way * self.screenful
        self.verticalScrollBar().setValue(there)
        cursor = self.textCursor()
        back = QTextCursor.MoveOperation.Up if way > 0 else QTextCursor.MoveOperation.Down
        mode = QTextCursor.MoveMode.KeepAnchor if selects else QTextCursor.MoveMode.MoveAnchor
        for _line in range(_EDGE):
            if self.viewport().rect().contains(self.cursorRect(cursor)) or not cursor.movePosition(back, mode):
                break
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(there)
        if not self.viewport().rect().contains(self.cursorRect()):  # Qt does not find its way in some words
            top, anchor = self.verticalScrollBar().value(), self.ends()[0]
            offset = self.page.first_whole(top, top + self.viewport().height())
            self.put_caret(anchor if selects else offset, offset)

    def make_way(self, pixels: int) -> None:
        """Scroll by what something above takes, or gives back: the words stay where they are on the screen."""
        bar, page = self.verticalScrollBar(), self.parentWidget()
        wanted = bar.value() + pixels  # as long as it is no less high, it may be scrolled less far
        if page is not None and (layout := page.layout()) is not None:
            layout.activate()
        bar.setValue(wanted)

    def scroll_towards(self, y: int) -> None:
        """Scroll by a line where something is dragged beyond the upper or lower edge of the viewport."""
        bar, line = self.verticalScrollBar(), self.page.m.line_box
        if y < 0:
            bar.setValue(bar.value() - line)
        elif y > self.viewport().height():
            bar.setValue(bar.value() + line)

    def _scrolled(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def to_page(self, point: QPointF) -> QPointF:
        """Return where a point of the viewport lies in the document."""
        return point + QPointF(self._scrolled())

    def _to_viewport(self, rect: QRectF) -> QRect:
        found = rect.translated(-QPointF(self._scrolled())).toAlignedRect()
        found.setWidth(max(1, found.width()))
        return found

    # --- caret --------------------------------------------------------------------------------------------------------

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Change caret or document without telling the session of a selection."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def hold(self, span: Span | None, exact: bool = False) -> None:
        """Have the session hold a span that was selected here, or nothing: the caret stands there already."""
        with self.quietly():
            self.session.select(span, exact and span is not None)

    def ends(self) -> tuple[int, int]:
        """Return the ends of what is dragged: where it began, where the caret is."""
        cursor, positions = self.textCursor(), self.page.positions
        return positions.to_offset(cursor.anchor()), positions.to_offset(cursor.position())

    def caret(self) -> int:
        """Return the offset of the caret."""
        return self.page.positions.to_offset(self.textCursor().position())

    def put_caret(self, anchor: int, position: int | None = None) -> None:
        """Put the caret somewhere, with what lies between dragged where two places are given."""
        cursor, positions = QTextCursor(self.paper), self.page.positions
        cursor.setPosition(positions.to_qt(anchor))
        if position is not None:
            cursor.setPosition(positions.to_qt(position), QTextCursor.MoveMode.KeepAnchor)
        scrolled = self.verticalScrollBar().value()
        with self.quietly():
            self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scrolled)  # whoever wants to go there says so
