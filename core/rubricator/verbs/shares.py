"""The shares of a second annotation, kept apart in agreement: drawn by lot, on purpose, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from rubricator.model.samples import Given
from rubricator.review.agreement.gathering import Gathering
from rubricator.review.agreement.report import Group, Report
from rubricator.review.agreement.sheets import Sheet
from rubricator.words import Message, message, say

SHARES: dict[str, Message] = {
    "random": message("drawn by lot"),
    "targeted": message("drawn on purpose"),
    "others": message("not drawn"),
}


class Shares:
    """Takes articles to the gatherings of their shares; where nothing was drawn for anybody there is but one."""

    def __init__(self, make: Callable[[], Gathering], given: Given, asked: set[str], *, apart: bool) -> None:
        self._given = given
        self._drawn = given.annotators & asked if apart else set()
        self.main = make()
        against_gold = self.main.against_gold
        self._of = () if not self._drawn else ("random", "others") if against_gold else ("random",)
        shares = SHARES if self._drawn else ()
        self._gatherings = {share: self.main if self._of == (share,) else make() for share in shares}

    def add(self, sheet: Sheet, unfinished: int = 0) -> None:
        """Add an article, with how many layers are left out as unfinished."""
        if not self._drawn:
            self.main.add(sheet, unfinished)
            return
        share_of = {one: self._given.share(one, sheet.article) or "others" for one in self._drawn}
        shares = set(share_of.values())
        if shares != {"others"} and not any(share_of[one] == "others" for one in sheet.layers if one in share_of):
            shares.discard("others")  # nobody worked on it who was not to
        for share in shares:
            self._gatherings[share].add(_part(sheet, share_of, {share}), unfinished)
        counted = shares.intersection(self._of)
        if counted and self.main not in self._gatherings.values():
            # At once: who was not drawn for stands in each of the parts, and is to be counted once.
            self.main.add(_part(sheet, share_of, counted), unfinished)

    def report(self) -> Report:
        """Return the report of the shares that count, with the figures of each share beside it."""
        report = self.main.report()
        apart = []
        for share, gathering in self._gatherings.items():
            found = report if gathering is self.main else gathering.report()
            if found.compared:
                apart.append(Group(share, found.overall.figures, say(SHARES[share])))
        return replace(report, shares=tuple(apart), made_of=self._of)


def _part(sheet: Sheet, share_of: Mapping[str, str], shares: AbstractSet[str]) -> Sheet:
    """Return an article as it is in these shares: without those for whom it is in another."""
    without = {one for one, their in share_of.items() if their not in shares}
    layers = {one: said for one, said in sheet.layers.items() if one not in without}
    unasked = {one for one, their in share_of.items() if their == "others" or one in without}
    return replace(sheet, layers=layers, not_asked=frozenset(unasked - layers.keys()))
