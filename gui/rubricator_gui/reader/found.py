"""The hits of a search as they are drawn on a sheet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rubricator.model.spans import Fragment
from rubricator_gui.reader.paint import Ground

if TYPE_CHECKING:
    from rubricator_gui.reader.sheet import Sheet


class Found:
    """What was found, and which of it is the current one."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.hits: Sequence[Fragment] = ()
        self.current = -1

    def show(self, hits: Sequence[Fragment], current: int) -> None:
        """Show what was found; the current one more strongly, and where it can be seen."""
        self.hits, self.current = hits, current
        if current >= 0:
            self._sheet.reveal(self._sheet.page.character_rect(hits[current][0]))
        self._sheet.viewport().update()

    def seen(self, top: float, bottom: float) -> tuple[Ground, ...]:
        """Return the grounds of the hits that are seen between two heights."""
        if not self.hits:
            return ()
        page = self._sheet.page
        blocks = list(page.blocks(top, bottom))
        first, last = page.offsets_of(blocks[0], blocks[-1]) if blocks else (0, 0)
        begin = max(0, bisect_left(self.hits, (first, 0)) - 1)
        found: list[Ground] = []
        for n in range(begin, bisect_left(self.hits, (last, 0))):
            grounds = page.grounds(*self.hits[n], top, bottom)
            found += [ground._replace(current=n == self.current) for ground in grounds]
        return tuple(found)
