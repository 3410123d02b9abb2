"""Words of the article as panels show them: on one line, in the text font."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout

from rubricator_gui import theme
from rubricator_gui.drawing import Ink, write

LONGEST = 400
"""Characters of a quote that are looked at: a span may be a whole article, a row is one line."""


def one_line(quote: str) -> str:
    """Return a quote on one line, its line breaks as ⏎."""
    cut = quote[:LONGEST]
    flat = " ⏎ ".join(" ".join(part.split()) for part in cut.splitlines() if part.strip())
    return flat if len(quote) <= LONGEST else flat + "…"


def lines_of(quote: str) -> int:
    """Return over how many lines of the text a quote goes, blank ones not counted."""
    return max(1, sum(1 for part in quote.splitlines() if part.strip()))


def quote_font(kind: str = "row") -> QFont:
    """Return the text font in a size that goes with the rows of a panel ("row") or the title of a card ("title")."""
    ours = theme.ui_font(kind)
    pixels = ours.pixelSize() if ours.pixelSize() > 0 else round(theme.text_pixels() * 13 / 17)
    font = theme.text_font(pixels)
    font.setWeight(ours.weight())
    return font


def in_context(sentence: str, quote: str) -> tuple[str, str, str]:
    """Part a sentence into what stands before a quote, the quote, and what stands after it.

    Where the quote stands several times, it is the one in the middle; a word that was cut off at the beginning goes.
    """
    middle, at, best = (len(sentence) - len(quote)) / 2, sentence.find(quote) if quote else -1, -1
    while at >= 0:
        if best < 0 or abs(at - middle) < abs(best - middle):
            best = at
        at = sentence.find(quote, at + 1)
    if best < 0:
        return "", sentence, ""
    before = sentence[:best]
    if before[:1].islower() and " " in before:
        before = "… " + before.partition(" ")[2]
    return before, quote, sentence[best + len(quote) :]


def write_in_context(
    painter: QPainter,
    place: QRect,
    words: tuple[str, str, str],
    ink: Ink,
    line: QColor,
    ground: QColor | None,
    kind: str = "row",
    around: QColor | None = None,
) -> None:
    """Write words in the middle of what stands before and after them, so that they are always seen, underlined.

    What stands `around` may have a colour of its own.
    """
    before, quote, after = words
    font = quote_font(kind)
    metrics = QFontMetrics(font)
    wide = min(metrics.horizontalAdvance(quote), place.width())
    room = max(0, min((place.width() - wide) // 2, metrics.horizontalAdvance(before)))
    before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, room + 1)  # what just fits is left whole
    left = place.left()
    left += write(painter, QRect(left, place.top(), room + 1, place.height()), before, font, around or ink.text)
    high = metrics.height()
    under = QRect(left, place.top() + (place.height() - high) // 2, wide, high)
    if ground is not None:
        painter.fillRect(under, ground)
    write(painter, QRect(left, place.top(), wide + 1, place.height()), quote, font, ink.text)
    painter.fillRect(QRect(left, under.bottom(), wide, 2), line)
    left += wide
    write(painter, QRect(left, place.top(), place.right() - left, place.height()), after, font, around or ink.text)


def wrapped(words: str, font: QFont, width: int, most: int) -> list[str]:
    """Break words into at most so many lines of a width; the last one is elided where there is more."""
    metrics = QFontMetrics(font)
    layout = QTextLayout(words, font)
    found: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        if len(found) == most - 1:
            rest = layout.text()[start:]
            found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        found.append(layout.text()[start : start + length].strip())
    layout.endLayout()
    return [line for line in found if line]
