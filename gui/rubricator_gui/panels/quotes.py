"""Words of the article as panels show them: on one line, in the text font."""

from __future__ import annotations

from PySide6.QtGui import QFont

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
