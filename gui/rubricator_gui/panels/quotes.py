"""Words of the article as panels show them: on one line, in the text font."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout

from rubricator_gui import theme

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
