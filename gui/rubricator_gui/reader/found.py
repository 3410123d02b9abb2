"""The hits of a search as they are drawn on a sheet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rubricator.model.spans import Fragment
from rubricator_gui.reader.paint import Ground

if TYPE_CHECKING:
    from rubricator_gui.reader.galley import Standing
    from rubricator_gui.reader.sheet import Sheet


class Found:
    """What was found, and which of it is the current one."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.hits: Sequence[Fragment] = ()
        self.current = -1
        self._peeked: tuple[Standing, Standing, object] | None = None
        """Where one was before one looked at a hit; where one is since, and with what (see `_held`)."""
        sheet.restored.connect(self._stay)
        sheet.verticalScrollBar().valueChanged.connect(self._stay_at_end)

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
        sheet = self._sheet
        before = here = sheet.place()
        if self._peeked is not None and self._peeked[1:] == (here, self._held()):
            before = self._peeked[0]
        if hit is not None:
            sheet.reveal(sheet.page.character_rect(hit[0]))
            self._peeked = before, sheet.place(), self._held()
            return
        self._peeked = None
        if before != here:
            sheet.restore(before)

    def _stay(self, place: Standing) -> None:
        """Note that one still is where one looked at a hit, though the text has another size by now."""
        if self._peeked is not None and self._peeked[1] == place:
            self._peeked = self._peeked[0], self._sheet.place(), self._peeked[2]

    def _stay_at_end(self, scrolled: int) -> None:
        """Note the same where the text became shorter, so that its end lies where one was."""
        sheet = self._sheet
        if self._peeked is None or scrolled < sheet.verticalScrollBar().maximum():
            return
        top, gap, *_ends = self._peeked[1]
        if scrolled < int(sheet.page.character_rect(top).top()) - gap:
            self._peeked = self._peeked[0], sheet.place(), self._peeked[2]

    def _held(self) -> object:
        """Return what else tells that one has gone elsewhere: the article, what is selected or chosen."""
        session = self._sheet.session
        article = session.article.id if session.article is not None else ""
        return article, session.selection, session.chosen

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
