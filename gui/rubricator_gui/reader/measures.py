"""The distances of the reader, all from the size of its text (the formulas of the look)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil

from PySide6.QtGui import QFont, QFontMetricsF

from rubricator_gui import theme

UNDER_TEXT = 2
"""Between the line box and its first lane."""

UNDER_LANES = 3
"""Between the last lane and the next line."""

WRITTEN_GAP = 2
"""Between marks of what is written about an annotation and its bar or arrowhead."""

LEAST_LANES = 2
CLOSE_LANES = 1
"""The same where lines stand close, as one may wish."""

MEASURE = 720 / 17
"""The widest line, in sizes of the text: about 72 characters."""

BLANK = 0.9
"""How high a blank line is, in sizes of the text: lines stand so far apart that a small gap would not be seen."""


@dataclass(frozen=True)
class Measures:
    """Fonts and distances for one size of the text, in pixels."""

    text: QFont
    chip: QFont
    most_lanes: int = 4
    columns: int = 72
    """How many characters of usual width a line may hold."""
    for_arcs: int = 0
    """Lanes that every paragraph has beside those of bars: room for the titles of relations."""
    close: bool = False
    """Lines stand close: what needs a second lane moves those below it."""

    @property
    def least_lanes(self) -> int:
        """How many lanes every paragraph has."""
        return (CLOSE_LANES if self.close else self.usual_lanes) + self.for_arcs

    @property
    def usual_lanes(self) -> int:
        """How many of them are for bars where lines do not stand close."""
        return min(LEAST_LANES, self.most_lanes)

    @cached_property
    def pixels(self) -> int:
        """The size of the text."""
        return self.text.pixelSize()

    @cached_property
    def line_box(self) -> int:
        """How high a line of text is without its lanes."""
        return round(QFontMetricsF(self.text).height())

    @cached_property
    def chip_cap(self) -> float:
        """How high the capitals of a chip are."""
        return QFontMetricsF(self.chip).capHeight()

    @cached_property
    def chip_height(self) -> int:
        """How high a chip is."""
        return ceil(self.chip_cap) + 5

    @cached_property
    def pitch(self) -> int:
        """From one lane to the next."""
        return self.chip_height + 1

    def line_distance(self, lanes: int) -> int:
        """Return what Qt must leave between two lines for this many lanes."""
        wanted = self.line_box + UNDER_TEXT + lanes * self.pitch + UNDER_LANES
        return wanted - ceil(QFontMetricsF(self.text).height())

    @cached_property
    def paragraph_gap(self) -> int:
        """Between two paragraphs, beside the lanes of the first."""
        return round(self.pixels * 6 / 17)

    @cached_property
    def strip(self) -> int:
        """How far below a line what is there belongs to it: its lanes, and the gap to the next paragraph."""
        return UNDER_TEXT + self.most_lanes * self.pitch + UNDER_LANES + self.paragraph_gap

    @cached_property
    def short_of(self) -> int:
        """How far above a line one means it already."""
        return round(self.line_box / 4)

    @cached_property
    def blank(self) -> int:
        """How high a blank line of the text is."""
        return round(self.pixels * BLANK)

    @cached_property
    def measure(self) -> int:
        """How wide the lines may become."""
        return round(MEASURE * self.pixels * self.columns / 72)

    def chip_width(self, word: str) -> float:
        """Return how wide the chip with this word is."""
        return ceil(QFontMetricsF(self.chip).horizontalAdvance(word)) + 8.0

    def disc_room(self, number: str) -> float:
        """Return how much room the disc with a number takes before a chip."""
        return max(self.chip_height, ceil(QFontMetricsF(self.chip).horizontalAdvance(number)) + 5.0) + 2.0

    def written_room(self, n: int) -> float:
        """Return how much room n marks of what is written about an annotation take beside its chip."""
        return n * self.written_step + (WRITTEN_GAP if n else 0)

    @cached_property
    def written_step(self) -> float:
        """From one of these marks to the next."""
        return self.chip_height + 3.0

    def pill_width(self, n: int) -> float:
        """Return how wide the pill "+n" is."""
        return max(ceil(QFontMetricsF(self.chip).horizontalAdvance(f"+{n}")) + 9.0, self.chip_height + 2.0)


def measures(
    text_pixels: int,
    family: str = "",
    most_lanes: int = 4,
    columns: int = 72,
    for_arcs: int = 0,
    *,
    close: bool = False,
) -> Measures:
    """Return the distances for a size of the text, a font that is wished for, the most lanes, and the line width."""
    chip = theme.ui_font()
    chip.setPixelSize(max(9, round(0.53 * text_pixels)))
    chip.setWeight(QFont.Weight.Bold)
    chip.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)  # on paper too
    text = theme.text_font(text_pixels, family)
    key = (text.key(), chip.key(), most_lanes, columns, for_arcs, close)
    if key not in _known:
        if len(_known) >= _KNOWN_MOST:
            _known.clear()
        _known[key] = Measures(text, chip, most_lanes, columns, for_arcs, close)
    return _known[key]


_KNOWN_MOST = 32
_known: dict[tuple[str, str, int, int, int, bool], Measures] = {}
"""Those that were asked for: Qt takes a millisecond to measure a letter, at every opening of an article."""
