"""What rows are drawn with in every list: inks and grounds, the ring of the focus, one line of words, small marks."""

from __future__ import annotations

from math import floor
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from rubricator_gui import theme
from rubricator_gui.theme import Theme

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Ink(NamedTuple):
    """The colours of one row; on the marked one everything is written in one strong colour."""

    text: QColor
    muted: QColor
    look: Theme
    marked: bool


def ink_for(look: Theme, marked: bool) -> Ink:
    """Return the colours of a row."""
    if marked:
        strong = look.colour("HighlightedText")
        return Ink(strong, strong, look, marked)
    return Ink(look.colour("Text"), look.colour("muted"), look, marked)


def draw_edge(painter: QPainter, widget: QWidget) -> None:
    """Draw the edge of a small window that lies on the paper of the text, whose colour it nearly has."""
    painter.setPen(QPen(theme.theme_of(widget.palette()).colour("outline"), 1))
    painter.drawRect(widget.rect().adjusted(0, 0, -1, -1))


def draw_ground(painter: QPainter, rect: QRect, ink: Ink, hovered: bool) -> None:
    """Draw the ground of a row: the marked one has an edge too, so that colour does not stand alone."""
    if ink.marked:
        painter.fillRect(rect, ink.look.colour("Highlight"))
        edge = round(0.75 * theme.unit())
        painter.fillRect(QRect(rect.left(), rect.top(), edge, rect.height()), ink.look.colour("Accent"))
    elif hovered:
        painter.fillRect(rect, ink.look.colour("AlternateBase"))


def draw_ring(painter: QPainter, rect: QRect, look: Theme) -> None:
    """Draw the ring of the focus round the current row."""
    painter.setPen(QPen(look.colour("Accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 2, 2)


def write(
    painter: QPainter,
    rect: QRect,
    words: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """Write one line, elided where it is too long; return how wide it became."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, elide, rect.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


def write_found(painter: QPainter, rect: QRect, words: str, typed: str, ink: Ink) -> int:
    """Write one line with what was typed in bold, where it stands in the words; return where it ends."""
    folded, wanted = words.casefold(), typed.casefold()
    at = folded.find(wanted) if wanted and len(folded) == len(words) else -1  # a letter may fold to two
    return write_marked(painter, rect, words, max(at, 0), at + len(wanted) if at >= 0 else 0, ink)


def write_marked(painter: QPainter, rect: QRect, words: str, start: int, end: int, ink: Ink) -> int:
    """Write one line with its letters `[start, end)` bold; return where it ends."""
    bold = theme.ui_font()
    bold.setWeight(QFont.Weight.DemiBold)
    plain = theme.ui_font()
    left, right = rect.left(), rect.right() + 1
    for part, font in ((words[:start], plain), (words[start:end], bold), (words[end:], plain)):
        if part and left < right:
            write(painter, QRect(left, rect.top(), right - left, rect.height()), part, font, ink.text)
            left += QFontMetrics(font).horizontalAdvance(part)
    return left


def draw_note_mark(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    """Draw the mark of a note: a page with lines on it and one corner folded."""
    page = box.adjusted(0.12 * box.width(), 0, -0.12 * box.width(), 0)
    fold = 0.38 * page.width()
    shape = QPainterPath(page.topLeft())
    corners = (page.topRight() - QPointF(fold, 0), page.topRight() + QPointF(0, fold), page.bottomRight())
    for corner in (*corners, page.bottomLeft()):
        shape.lineTo(corner)
    shape.closeSubpath()
    _mark(painter, shape, ink, ground)
    for down in (0.3, 0.75):
        y = floor(page.top() + down * page.height()) + 0.5  # on whole pixels it is sharp
        reach = fold if down < 0.5 else 0.0
        painter.drawLine(QPointF(page.left() + 1.5, y), QPointF(page.right() - 1.5 - reach, y))


def draw_comment_mark(painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
    """Draw the mark of comments: a round bubble with its tail."""
    high = 0.84 * box.height()
    bubble = QPainterPath()
    bubble.addRoundedRect(QRectF(box.left(), box.top(), box.width(), high), high / 2, high / 2)
    tail = QPainterPath(box.bottomLeft() + QPointF(0.15 * box.width(), 0))
    tail.lineTo(box.left() + 0.15 * box.width(), box.top() + high / 2)
    tail.lineTo(box.left() + 0.7 * box.width(), box.top() + high / 2)
    tail.closeSubpath()
    _mark(painter, bubble.united(tail), ink, ground)


def _mark(painter: QPainter, shape: QPainterPath, ink: QColor, ground: QColor) -> None:
    """Fill a small shape, with an edge in the colour of the ground: it may stand over a chip."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ground, 1))
    painter.setBrush(ink)
    painter.drawPath(shape)
