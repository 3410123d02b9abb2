"""The sheet that an article is shown on: its document, the size of its text, painting and scrolling.

Caret, selection, word keys and accessibility are Qt's; everything that is labelled is our own text by code points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from math import ceil, floor

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QShowEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from rubricator.model.attributes import chip_words
from rubricator.model.scheme import short_for
from rubricator.model.span_index import BEGINNING, SpanIndex
from rubricator.model.spans import Annotation, Span
from rubricator.settings import Place
from rubricator.words import message
from rubricator_gui import theme
from rubricator_gui.offered import is_offer
from rubricator_gui.reader import document
from rubricator_gui.reader.measures import Measures, measures
from rubricator_gui.reader.page import Band, Page
from rubricator_gui.reader.paint import Overlay, State, Style, draw_over, draw_under, mark_rect
from rubricator_gui.reader.positions import Positions
from rubricator_gui.session import Session

_MARGIN_UNITS = 7
_CARET = 2
COLUMNS = (48, 60, 72, 90, 120)
_SAID = {(False, False): "", (True, False): "n", (False, True): "e", (True, True): "ne"}
"""What the style of an annotation has for a note and for an entity, beside its label."""
_COMMENTED = {False: "", True: "c"}


class Sheet(QTextEdit):
    """The article of the session with its annotations, drawn; what is done with it is the reader's."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._size: int = session.settings.get("text.size")
        self._look: theme.Theme | None = None
        self._styles: dict[tuple[str, ...], Style] = {}
        self.commented: Collection[str] = frozenset()
        """The annotations that there are comments on, by id; known once the article was painted."""
        self._quiet = False
        self._ready = False
        self._deep = True
        """All lanes are reserved; until then only those of the beginning."""
        self._unseen: tuple[int, int, int, int] | None = None
        """The place to come back to, until it was painted: before that the window may get another size."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._deepen)
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
        self._put_viewport()
        self._follow_palette()
        self._rebuild()

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

    def rect_at(self, offset: int) -> QRect:
        """Return the character at a code-point offset in viewport coordinates, scrolled into view."""
        self._deepen()
        rect = self.page.character_rect(offset)
        self.reveal(rect)
        return self._to_viewport(rect)

    def bar_rect(self, annotation_id: str) -> QRect | None:
        """Return the first bar of an annotation or offer in viewport coordinates, scrolled into view, or None."""
        self._deepen()
        annotation = self.session.shown(annotation_id)
        mark = self.page.mark_of(annotation) if annotation else None
        if annotation is None or mark is None:
            return None
        self.reveal(self.page.character_rect(annotation.start))
        return self._to_viewport(mark_rect(mark, self.page.m))

    def on_screen(self, span: Span) -> QRect:
        """Return the last line of a span on the screen, scrolled into view, with the lanes below it."""
        first, last = self.rect_at(span.start), self.rect_at(span.end - 1)
        rect = last if last.top() != first.top() else first.united(last)
        lanes = round(self.page.m.least_lanes * self.page.m.pitch)
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size()).adjusted(0, 0, 0, lanes)

    def kept_clear(self, span: Span) -> tuple[QRect, QRect]:
        """Return the lines of a span on the screen with the lanes below them, and the last of them alone."""
        last, viewport = self.on_screen(span), self.viewport()
        first = self._to_viewport(self.page.character_rect(span.start))
        top = viewport.mapToGlobal(first.topLeft()).y()
        if top >= last.top():
            return last, last
        left = viewport.mapToGlobal(QPoint()).x()
        return QRect(left, top, viewport.width(), last.bottom() + 1 - top), last

    def text_left(self) -> int:
        """Return where the text begins, from the left edge of this widget: headers stand there too."""
        return self.viewport().x() + _MARGIN_UNITS * theme.unit()

    def text_width(self) -> int:
        """Return how wide the lines of the text may be: from the edge at which they begin to the other one."""
        return self.lineWrapColumnOrWidth() - 2 * _MARGIN_UNITS * theme.unit()

    # --- size of the text ---------------------------------------------------------------------------------------------

    @property
    def text_size(self) -> int:
        """The size of the text, one of theme.TEXT_SIZES."""
        return self._size

    def set_text_size(self, size: int) -> None:
        """Show the text in another size, from now on; the place at the top stays at the top."""
        if size != self._size:
            self._size = size
            self.session.settings.set("text.size", size)
            self._resize_text()

    def larger(self) -> None:
        """Show the text one size larger."""
        if self._size == theme.TEXT_SIZES[-1]:
            self.session.tell(message("The text is as large as it gets."), idle=True)
        self.set_text_size(next((size for size in theme.TEXT_SIZES if size > self._size), self._size))

    def smaller(self) -> None:
        """Show the text one size smaller."""
        if self._size == theme.TEXT_SIZES[0]:
            self.session.tell(message("The text is as small as it gets."), idle=True)
        self.set_text_size(next((size for size in reversed(theme.TEXT_SIZES) if size < self._size), self._size))

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

    def show_numbers(self, shown: bool) -> None:
        """Number the lines of the text at its left, or do not."""
        self.session.settings.set("reader.numbers", shown)
        self.viewport().update()

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
        """Make the document anew, for another article."""
        session = self.session
        if afresh or not self._ready:
            place = self._unseen = self._stopped_at()
        else:
            place = self._place()
        if place is not None and place[0]:
            self.spans.load()  # the place may be anywhere
        m = self._measures()
        positions = Positions(session.text, document.bends(session.text).cuts)
        margin = _MARGIN_UNITS * theme.unit()
        paper = document.build(session.text, positions, self.spans, m, margin)
        if session.settings.get("reader.space"):
            document.show_space(paper)
        with self.quietly():
            self._ready = False
            self._unroll()
            paper.setTextWidth(self._fit(m))  # before it has a layout: otherwise all of it is laid out twice
            self.setDocument(paper)
            self.paper = paper  # Qt does not own it
            self._lay_page(positions, m)
            self._ready = True
        if place is not None:
            self._restore(place)
        if place is None or not place[0]:
            self.verticalScrollBar().setValue(0)  # Qt scrolls to its caret, and cuts off the margin above it
        self._deep = self.spans.loaded or len(session.text) <= BEGINNING

    def _resize_text(self) -> None:
        """Show the same document in another size or measure; the place stays."""
        place, before, m = self._place(), self.page, self._measures()
        with self.quietly():
            self._ready = False
            self._unroll()
            document.resize(self.paper, before.text, before.positions, before.spans, m)
            self._fit(m)
            self._lay_page(before.positions, m)
            self._ready = True
        self._restore(place)
        self.viewport().update()

    def _measures(self) -> Measures:
        settings = self.session.settings
        return measures(
            theme.text_pixels(self._size),
            settings.get("text.font"),
            self.most_lanes,
            settings.get("reader.columns"),
            self.lanes_for_arcs,
        )

    def _lay_page(self, positions: Positions, m: Measures) -> None:
        self.page = Page(self.paper, self.session.text, positions, self.spans, self.style_of, m)
        self.page.offers = self.offers

    def _deepen(self) -> None:
        """Once the beginning was painted: read the places of the rest, and give deep paragraphs their lanes there."""
        if not self._deep:
            self._deep = True
            page = self.page
            place = self._place()
            document.deepen(self.paper, page.text, page.positions, page.spans, page.m)
            page.forget()
            self._restore(place)

    @contextmanager
    def standing_still(self, offset: int | None = None) -> Iterator[None]:
        """Have lines grow meanwhile: the one at an offset keeps its place, where it is seen, else the first of all.

        Where the beginning of the article is seen that stays, whatever grows below it.
        """
        place = self._place(offset)
        yield
        self._restore(place)
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
        return min(self._room(), m.measure + 2 * _MARGIN_UNITS * theme.unit())

    def _unroll(self) -> None:
        """Be at the beginning, before all is laid out anew: Qt would begin with what lay above the place till now."""
        self.verticalScrollBar().setValue(0)

    def _place(self, offset: int | None = None) -> tuple[int, int, int, int]:
        """Return an offset on the screen, how far below the edge it stands, and the ends of the selection.

        It is that of the first line that is wholly seen, or the one asked for, where that is; 0 at the beginning.
        """
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
        top, gap, _anchor, caret = self._place()
        if not top and caret > BEGINNING:
            caret = 0  # to go there again would mean to lay out all that lies before
        self.session.stop_at(Place(top, gap, caret) if top or caret else None)

    def _stopped_at(self) -> tuple[int, int, int, int] | None:
        """Return the place where the article was left, if that is worth the reading of all of it."""
        place = self.session.stopped_at
        last = len(self.session.text)
        if place is None or place.top > last:
            return None
        caret = min(place.caret, last)
        return place.top, place.gap, caret, caret

    def _restore(self, place: tuple[int, int, int, int]) -> None:
        top, gap, anchor, position = place
        self.put_caret(anchor, position)
        if top:
            self.verticalScrollBar().setValue(int(self.page.character_rect(top).top()) - gap)

    def style_of(self, annotation: Annotation) -> Style:
        """Return how an annotation is drawn."""
        offered = is_offer(annotation.id)
        remarked = annotation.id in self.commented
        said = "?" if offered else _SAID[bool(annotation.note), bool(annotation.entity)] + _COMMENTED[remarked]
        key = said, annotation.label, *self._on_chip(annotation)
        style = self._styles.get(key)
        if style is None:
            style = self._made_style(annotation, self._look or theme.theme())
            if offered:
                style = style._replace(word=style.word + "?", state=State.SUGGESTION)
            elif remarked:
                style = style._replace(remarked=True)
            self._styles[key] = style
        return style

    def style_on_paper(self, annotation: Annotation) -> Style:
        """Return how an annotation is drawn on paper, which is always light."""
        return self._made_style(annotation, theme.theme())

    def _made_style(self, annotation: Annotation, look: theme.Theme) -> Style:
        label = self.session.scheme.by_name.get(annotation.label)
        word = (label.short if label else "") or short_for(annotation.label)
        words = "·".join((word.upper(), *self._on_chip(annotation)))
        hue = look.label(label) if label else look.hue(1)
        return Style(hue, words, noted=bool(annotation.note), linked=bool(annotation.entity))

    def _on_chip(self, annotation: Annotation) -> list[str]:
        """Return what an annotation says that is to be seen: mostly the scheme wants nothing of it."""
        scheme = self.session.scheme
        if not scheme.on_chips or is_offer(annotation.id):
            return []
        return chip_words(scheme, annotation)

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
                self.page.forget()

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
        """Fit the measure before Qt lays out."""
        if event.type() == QEvent.Type.Resize and self._ready:
            self._refit()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Come back to the place: Qt goes to the caret when it is shown for the first time, and it may be elsewhere."""
        super().showEvent(event)
        if self._unseen is not None:
            self._restore(self._unseen)

    def _refit(self) -> None:
        before = self.lineWrapColumnOrWidth()
        place = self._unseen or self._place()
        with self.quietly():
            if self._column(self.page.m) != before:
                self._unroll()
            column = self._fit(self.page.m)
        if column != before:
            self.page.forget()
            self._restore(place)

    # --- caret --------------------------------------------------------------------------------------------------------

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Change caret or document without telling the session of a selection."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let go of what is selected before: where the press is on it, Qt would drag its words instead of selecting."""
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.button() == Qt.MouseButton.LeftButton and not extends and self.textCursor().hasSelection():
            self.put_caret(self.caret())
            self.selectionChanged.emit()
        super().mousePressEvent(event)

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grounds, the text, then bars and chips; only what is seen."""
        self._unseen = None
        area = event.rect().translated(self._scrolled())
        top, bottom = float(area.top()), float(area.bottom() + 1)
        look = self._look or theme.theme()
        scene, overlay = self.page.seen(top, bottom), self.overlay(top, bottom)
        painter = self.painter()
        self.page.hold_glyphs(painter, top, bottom)
        draw_under(painter, scene, overlay, look)
        painter.end()
        super().paintEvent(event)
        painter = self.painter()
        draw_over(painter, scene, overlay, look, self.page.m)
        if self.session.settings.get("reader.numbers"):
            self._draw_numbers(painter, top, bottom, look)
        painter.end()
        if not self._deep:
            self._rest.start()

    def _draw_numbers(self, painter: QPainter, top: float, bottom: float, look: theme.Theme) -> None:
        """Write the number of each line of the text beside it; one that is blank has none."""
        painter.setFont(theme.figures(theme.ui_font("note")))
        painter.setPen(look.colour("muted"))
        right = (_MARGIN_UNITS - 2) * theme.unit()
        right_middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for block in self.page.blocks(top, bottom):
            first = next(iter(self.page.line_places(block)), None)
            number = self.paper.line_number(block)
            if number and first is not None and block.text().strip():
                place = QRectF(0, first[0], right, first[1] - first[0])
                painter.drawText(place, right_middle, str(number))

    def painter(self) -> QPainter:
        """Return a painter of the viewport that takes places of the page."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scrolled = self._scrolled()
        painter.translate(-scrolled.x(), -scrolled.y())
        return painter

    def overlay(self, top: float, bottom: float) -> Overlay:
        """Return what changes while one works, as far as it is seen between two heights."""
        raise NotImplementedError

    def update_band(self, band: Band | None, *, at_once: bool = False) -> bool:
        """Have what lies between two heights painted, soon or at once; say whether any of it is seen."""
        if band is None:
            return False
        scrolled, viewport = self.verticalScrollBar().value(), self.viewport()
        top = floor(max(0, band[0] - scrolled))
        high = max(0, ceil(min(viewport.height(), band[1] - scrolled)) - top)
        paint = viewport.repaint if at_once else viewport.update
        paint(0, top, viewport.width(), high)
        return high > 0

    # --- scrolling ----------------------------------------------------------------------------------------------------

    def _scrolled(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def to_page(self, point: QPointF) -> QPointF:
        """Return where a point of the viewport lies in the document."""
        return point + QPointF(self._scrolled())

    def _to_viewport(self, rect: QRectF) -> QRect:
        found = rect.translated(-QPointF(self._scrolled())).toAlignedRect()
        found.setWidth(max(1, found.width()))
        return found

    def scroll_towards(self, y: int) -> None:
        """Scroll by a line where something is dragged beyond the upper or lower edge of the viewport."""
        bar, line = self.verticalScrollBar(), self.page.m.line_box
        if y < 0:
            bar.setValue(bar.value() - line)
        elif y > self.viewport().height():
            bar.setValue(bar.value() + line)

    def reveal(self, rect: QRectF) -> None:
        """Scroll only if the place, with its lanes, is not seen; then to the upper third."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        lanes = self.page.m.most_lanes * self.page.m.pitch
        if rect.top() < bar.value() or rect.bottom() + lanes > bar.value() + height:
            bar.setValue(round(rect.top() - height / 3))
