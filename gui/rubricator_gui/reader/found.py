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
        self._peeked: tuple[int, object] | None = None
        """Where the page stood before one looked at a hit, and where one is since (see `_where`)."""

    def show(self, hits: Sequence[Fragment], current: int) -> None:
        """Show what was found; the current one more strongly."""
        self.hits, self.current = hits, current
        self._sheet.viewport().update()

    def go_to(self, hit: Fragment) -> None:
        """Bring a hit into view that one has gone to; one stays there."""
        self._peeked = None
        self._sheet.reveal(self._sheet.page.character_rect(hit[0]))

    def peek(self, hit: Fragment | None) -> None:
        """Bring a hit into view that nobody has gone to yet; None: go back, unless one went elsewhere meanwhile."""
        bar = self._sheet.verticalScrollBar()
        before = bar.value()
        if self._peeked is not None and self._peeked[1] == self._where():
            before = self._peeked[0]
        if hit is None:
            bar.setValue(before)
            self._peeked = None
        else:
            self._sheet.reveal(self._sheet.page.character_rect(hit[0]))
            self._peeked = before, self._where()

    def _where(self) -> object:
        """Return what tells that one has gone elsewhere: the article, the place, what is selected or chosen."""
        sheet, session = self._sheet, self._sheet.session
        article = session.article.id if session.article is not None else ""
        return article, sheet.verticalScrollBar().value(), sheet.ends(), session.selection, session.chosen

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
