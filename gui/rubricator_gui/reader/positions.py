"""Between code points, which everything else counts, and the UTF-16 positions of Qt: nowhere else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rubricator.model.text import Units


class Positions:
    """Turns offsets of one article into Qt positions and back, by one table made when the article is opened."""

    def __init__(self, text: str, cuts: Sequence[int] = ()) -> None:
        """Read the text; `cuts` are offsets before which the document has a break that the text has not."""
        self.length = len(text)
        self._units = Units(text, "utf16")
        self.total = self._units.total + len(cuts)
        self._cuts = cuts
        self._breaks = [self._units.from_codepoint(cut) + n for n, cut in enumerate(cuts)]
        self._same = self.total == self.length

    def to_qt(self, offset: int) -> int:
        """Return the Qt position of a code-point offset; one outside the text is moved to its nearer end."""
        if self._same and 0 <= offset <= self.length:
            return offset
        offset = max(0, min(offset, self.length))
        return self._units.from_codepoint(offset) + bisect_right(self._cuts, offset)

    def to_offset(self, position: int) -> int:
        """Return the code-point offset of a Qt position; inside a surrogate pair that of its character."""
        if self._same and 0 <= position <= self.total:
            return position
        position = max(0, min(position, self.total))
        position -= bisect_left(self._breaks, position)
        try:
            return self._units.to_codepoint(position)
        except ValueError:
            return self._units.to_codepoint(position - 1)
