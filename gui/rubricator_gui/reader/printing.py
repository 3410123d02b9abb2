"""The article on paper: the same bars and chips, broken into pages between lines, with title and page number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QFontMetricsF, QPagedPaintDevice, QPainter

from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation
from rubricator_gui import theme
from rubricator_gui.reader import document
from rubricator_gui.reader.measures import Measures, measures
from rubricator_gui.reader.page import Page
from rubricator_gui.reader.paint import Overlay, Scene, Style, draw_over, draw_under
from rubricator_gui.reader.positions import Positions

PIXELS_PER_INCH = 96
"""All measures are made for these."""
_PIXELS = 14
"""The size of the text on paper: 10.5 points."""
_HEAD = 28
"""Pixels over the text of each page, for title and number."""


class Sheets(NamedTuple):
    """What goes on paper: an article that is laid out, and where its pages begin and end."""

    page: Page
    title: str
    breaks: tuple[tuple[float, float], ...]


def lay_out(
    text: str, title: str, spans: SpanIndex, style: Callable[[Annotation], Style], width: float, height: float
) -> Sheets:
    """Lay an article out for pages of this size (in pixels of 96 to an inch)."""
    spans.load()
    m = measures(_PIXELS)
    positions = Positions(text)
    paper = document.build(text, positions, spans, m, 0)
    paper.setTextWidth(width)
    page = Page(paper, text, positions, spans, style, m)
    return Sheets(page, title, tuple(_breaks(page, m, height - _HEAD)))


def _breaks(page: Page, m: Measures, height: float) -> Iterator[tuple[float, float]]:
    """Yield top and bottom of each page: a line and its lanes stay together."""
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
    yield top, bottom


def print_sheets(device: QPagedPaintDevice, sheets: Sheets, number: Callable[[int, int], str]) -> None:
    """Paint an article on a printer or into a PDF; `number` puts a page's number into words."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = device.logicalDpiX() / PIXELS_PER_INCH
    painter.scale(scale, scale)
    width = device.width() / scale
    n = len(sheets.breaks)
    for at, (top, bottom) in enumerate(sheets.breaks):
        if at:
            device.newPage()
        _head(painter, width, sheets.title, number(at + 1, n))
        painter.save()
        painter.setClipRect(QRectF(-8, _HEAD, width + 16, bottom - top))
        painter.translate(0, _HEAD - top)
        _paint(painter, sheets.page, top, bottom)
        painter.restore()
    painter.end()


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
    scenes = [scene for block in page.blocks(top, bottom) for scene in page.scenes(block, top, bottom)]
    scene = Scene(
        tuple(mark for s in scenes for mark in s.marks),
        tuple(tint for s in scenes for tint in s.tints),
        tuple(pill for s in scenes for pill in s.pills),
    )
    draw_under(painter, scene, Overlay(), look)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette = look.palette
    context.clip = QRectF(-8, top, page.document.textWidth() + 16, bottom - top)
    page.document.documentLayout().draw(painter, context)
    draw_over(painter, scene, Overlay(), look, page.m)
