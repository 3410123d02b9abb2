"""The sheet that an article is shown on with its annotations: how each looks, and painting."""

from __future__ import annotations

from collections.abc import Collection
from math import ceil, floor

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from rubricator.model.attributes import chip_words
from rubricator.model.scheme import short_for
from rubricator.model.spans import Annotation, Span
from rubricator.suggest.supposed import is_offer
from rubricator_gui import theme
from rubricator_gui.reader import document
from rubricator_gui.reader.galley import MARGIN, Galley
from rubricator_gui.reader.page import Band
from rubricator_gui.reader.paint import Overlay, State, Style, draw_over, draw_under, mark_rect
from rubricator_gui.session import Session

_SAID = {(False, False): "", (True, False): "n", (False, True): "e", (True, True): "ne"}
"""What the style of an annotation has for a note and for an entity, beside its label; comments are a “c” more."""


class Sheet(Galley):
    """The article of the session with its annotations, drawn; what is done with it is the reader's."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._look: theme.Theme | None = None
        self._styles: dict[tuple[str, ...], Style] = {}
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)  # beside the measure it is the same paper
        self._follow_palette()
        self._rebuild()

    @property
    def commented(self) -> Collection[str]:
        """The annotations that there are comments on, by id, as far as that is told here."""
        return ()

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
        lanes = round(document.lanes_of(self.page.block_at(span.end - 1), self.page.m) * self.page.m.pitch)
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

    def lines_clear(self, span: Span) -> tuple[QRect, ...]:
        """Return the same, and before it all that is read in these lines."""
        clear, viewport = self.kept_clear(span), self.viewport()
        left = viewport.mapToGlobal(QPoint()).x()
        return QRect(left, clear[0].y(), viewport.width(), clear[0].height()), *clear

    def asked_about(self) -> tuple[QRect, ...]:
        """Return what should stay free on the screen of what is selected or chosen, else the line of the caret.

        The first is all of it, the last what matters most of it; nothing where it is scrolled away.
        """
        held = self.session.shown(self.session.current)
        span = self.session.selection or (held.span if held is not None else None)
        viewport = self.viewport()
        first = self._to_viewport(self.page.character_rect(span.start if span else self.caret()))
        if not viewport.rect().contains(first.center()):
            return ()
        if span is not None:
            return self.kept_clear(span)
        place = QRect(viewport.mapToGlobal(first.topLeft()), first.size())
        return QRect(viewport.mapToGlobal(QPoint()).x(), place.y(), viewport.width(), place.height()), place

    def show_numbers(self, shown: bool) -> None:
        """Number the lines of the text at its left, or do not."""
        self.session.settings.set("reader.numbers", shown)
        self.viewport().update()

    # --- how each looks -----------------------------------------------------------------------------------------------

    def style_of(self, annotation: Annotation) -> Style:
        """Return how an annotation is drawn."""
        offered = is_offer(annotation.id)
        commented = not offered and annotation.id in self.commented
        said = "?" if offered else _SAID[bool(annotation.note), bool(annotation.entity)] + "c" * commented
        key = said, annotation.label, *self._on_chip(annotation)
        style = self._styles.get(key)
        if style is None:
            style = self._made_style(annotation, self._look or theme.theme())
            if offered:
                style = style._replace(word=style.word + "?", state=State.SUGGESTION)
            elif commented:
                style = style._replace(commented=True)
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
        if not self.shaped:
            self._rest.start()
        if scene.pills and self.page.m.close:
            self._crowded.start(0)

    def _draw_numbers(self, painter: QPainter, top: float, bottom: float, look: theme.Theme) -> None:
        """Write the number of each line of the text beside it; one that is blank has none."""
        painter.setFont(theme.figures(theme.ui_font("note")))
        painter.setPen(look.colour("muted"))
        right = (MARGIN - 2) * theme.unit()
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
