"""How far one is with an article, and its flag; its topics are in topics.py."""

from __future__ import annotations

from rubricator.words import message
from rubricator_gui.acts.deciding import AT_ONCE
from rubricator_gui.desk import Desk
from rubricator_gui.wording import FLAG, Left, and_left, short_quote


class Work:
    """What a person does with the article shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def undecided(self) -> Left:
        """Return what nobody has decided about; suggestions of a long article around the place one is at."""
        desk = self._desk
        if desk.offers_due and len(desk.text) <= AT_ONCE:
            desk.look_for_offers()
        bare = bool(desk.offers) and not desk.spans and not desk.tags
        return Left(len(desk.offers), len(desk.ready.schemes.asked_of(desk.spans)), bare)

    def set_status(self, status: str) -> None:
        """Write how far one's own work on the article is."""
        desk = self._desk
        left = self.undecided() if status == "done" != desk.status else Left()
        if desk.article is not None and desk.do(desk.ready.set_status, desk.article.id, status):
            title = short_quote(desk.article.title)
            words = {
                "done": and_left(message("Finished “{title}”.", title=title), left),
                "skipped": message("Skipped “{title}”.", title=title),
            }
            told = words.get(status, message("“{title}” is in work.", title=title))
            desk.tell(told, undo=True, warns=left.bare)

    def toggle_flag(self) -> None:
        """Flag the article, or take its flags off."""
        desk = self._desk
        if desk.article is not None:
            title, flagged = short_quote(desk.article.title), bool(desk.flags)
            if desk.do(desk.ready.set_flags, desk.article.id, () if flagged else (FLAG,)):
                off, on = (
                    message("Took the flag off “{title}”.", title=title),
                    message("Flagged “{title}”.", title=title),
                )
                desk.tell(off if flagged else on, undo=True)
