"""The article on paper: the same bars and chips, broken into pages between lines, with title and page number."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QFontMetricsF, QPagedPaintDevice, QPainter

from rubricator.errors import UserError
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation
from rubricator.words import message
from rubricator_gui import theme
from rubricator_gui.reader import document
from rubricator_gui.reader.measures import Measures, measures
from rubricator_gui.reader.page import Page
from rubricator_gui.reader.paint import Overlay, Style, draw_over, draw_under
from rubricator_gui.reader.positions import Positions

PIXELS_PER_INCH = 96
"""All measures are made for these."""
_PIXELS = 14
"""The size of the text on paper: 10.5 points."""
_HEAD = 28
"""Pixels over the text of each page, for title and number."""


Progress = tuple[int, int]
"""How far it is: a number, of how many."""

_ANNOTATIONS_A_STEP = 100


def in_steps(
    device: QPagedPaintDevice,
    scale: float,
    text: str,
    title: str,
    spans: SpanIndex,
    style: Callable[[Annotation], Style],
    number: Callable[[int, int], str],
) -> Generator[Progress, None, None]:
    """Paint an article on a printer or into a PDF, in steps of a page or less; `number` says a page's number in words.

    Nobody else may change `spans`. Left before the end, it lets go of the device; UserError where that takes no page.
    """
    for n, _annotation in enumerate(spans):  # each is read once, and stays as it is now
        if n % _ANNOTATIONS_A_STEP == 0:
            yield 0, 0
    m = measures(_PIXELS)
    positions = Positions(text, document.bends(text).cuts)
    paper = document.build(text, positions, spans, m, 0)
    paper.setTextWidth(device.width() / scale)
    page = Page(paper, text, positions, spans, style, m)
    yield 0, 0
    breaks: list[tuple[float, float]] = []
    for found in _breaks(page, m, device.height() / scale - _HEAD):
        if found is not None:
            breaks.append(found)
        yield 0, 0
    painter = QPainter()
    if not painter.begin(device):
        raise _no_page()
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        width = device.width() / scale
        for n, (top, bottom) in enumerate(breaks):
            if n and not device.newPage():
                raise _no_page()
            _head(painter, width, title, number(n + 1, len(breaks)))
            painter.save()
            painter.setClipRect(QRectF(-8, _HEAD, width + 16, bottom - top))
            painter.translate(0, _HEAD - top)
            _paint(painter, page, top, bottom)
            painter.restore()
            yield n + 1, len(breaks)
    finally:
        painter.end()


def _no_page() -> UserError:
    return UserError(
        message("Nothing came to paper: the printer or the file takes no page."),
        message("See whether the printer is on and the disk has room, or choose another one."),
    )


def _breaks(page: Page, m: Measures, height: float) -> Iterator[tuple[float, float] | None]:
    """Yield top and bottom of each page, or None after a paragraph: a line and its lanes stay together."""
    top = bottom = 0.0
    block = page.document.firstBlock()
    while block.isValid():
        deep = document.lanes_of(block, m) * m.pitch + m.pitch / 2
        for line_top, line_bottom in page.line_places(block):
            below = line_bottom + deep
            if below - top > height and line_top > top:
                yield top, line_top
                top = line_top
            bottom = below
        block = block.next()
        yield None
    yield top, bottom


def _head(painter: QPainter, width: float, title: str, number: str) -> None:
    look = theme.theme()
    font = theme.ui_font("note")
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(look.colour("muted"))
    used = metrics.horizontalAdvance(number)
    baseline = metrics.ascent()
    painter.drawText(QPointF(width - used, baseline), number)
    shown = metrics.elidedText(" ".join(title.split()), Qt.TextElideMode.ElideRight, width - used - 16)
    painter.drawText(QPointF(0, baseline), shown)


def _paint(painter: QPainter, page: Page, top: float, bottom: float) -> None:
    look = theme.theme()
    scene = page.seen(top, bottom)
    draw_under(painter, scene, Overlay(), look)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette = look.palette
    context.clip = QRectF(-8, top, page.document.textWidth() + 16, bottom - top)
    page.document.documentLayout().draw(painter, context)
    draw_over(painter, scene, Overlay(), look, page.m)
