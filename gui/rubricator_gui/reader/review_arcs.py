"""The relations of a review: what layers differ in as numbered arcs, and what they agree in where arcs are wished."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.review.blind import letter
from rubricator.review.difference import Comparison, Place
from rubricator.words import message, say
from rubricator_gui import theme
from rubricator_gui.reader import arc_paint, arcs
from rubricator_gui.reader.arcs import Arc, End, Link, Stub
from rubricator_gui.reader.paint import Standing, draw_disc
from rubricator_gui.reader.relation_paint import ends_of, room_of
from rubricator_gui.reader.sheet import Sheet
from rubricator_gui.wording import isolated, short_quote

_MOST = 150
"""Arcs on one screen: of more, nobody sees what leads where."""


class Drawn(NamedTuple):
    """Relations from one annotation to another: those of a difference (`n`; -1: agreed), by whose they are.

    `first` has the disc of its difference.
    """

    source: Annotation
    target: Annotation
    said: tuple[tuple[int, Relation], ...]
    n: int = -1
    first: bool = False


class ReviewArcs:
    """Draws them over the sheet; nothing is computed where there is no relation.

    `standing_of` says how a difference stands.
    """

    def __init__(self, sheet: Sheet, standing_of: Callable[[int], Standing]) -> None:
        self._sheet = sheet
        self._standing_of = standing_of
        self._drawn: list[Drawn] = []
        self.arcs: list[Arc] = []
        """What was drawn the last time."""

    def load(self, comparison: Comparison, shown: Mapping[str, Annotation]) -> None:
        """Take what is compared now; `shown` are the annotations that are drawn, by the ids of all they stand for."""
        self._drawn, self.arcs = list(_drawn(comparison, shown)), []

    @property
    def wanted(self) -> bool:
        """Say whether there is anything to draw."""
        return bool(self._drawn)

    def ends(self, n: int) -> list[Annotation]:
        """Return the annotations that the relations of a difference link, each once."""
        found = (end for one in self._drawn if one.n == n for end in (one.source, one.target))
        return list({end.id: end for end in found}.values())

    def at(self, point: QPointF) -> int | None:
        """Return the difference whose title stands at a point of the page."""
        hit = next((arc for arc in reversed(self.arcs) if arc.key and arc.place.contains(point)), None)
        return int(hit.key) if hit is not None else None

    # --- painting -------------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """Paint over the article, as far as it is seen."""
        sheet = self._sheet
        page = sheet.page
        top = float(sheet.verticalScrollBar().value())
        bottom = top + sheet.viewport().height()
        scene = page.seen(top, bottom)
        ends = {uid: end for uid, end in ends_of(scene, page).items() if top <= end.chip.center().y() <= bottom}
        agreed_too = bool(sheet.session.settings.get("reader.relations"))
        seen = [
            one
            for one in self._drawn
            if (one.n >= 0 or agreed_too) and (one.source.id in ends or one.target.id in ends)
        ][:_MOST]
        look = theme.theme_of(sheet.palette())
        font = arcs.title_font(page.m, theme.ui_font())
        links = list(self._links(seen, ends))
        self.arcs = arcs.lay_out(links, self._stubs(seen, ends), room_of(sheet, scene, top, bottom), page.m, font)
        painter = sheet.painter()
        arc_paint.draw(painter, self.arcs, look, font)
        painter.setFont(page.m.chip)
        for arc in self.arcs:
            if arc.ahead:
                room = arc.ahead - 2
                high = page.m.chip_height
                disc = QRectF(arc.place.left() + 1, arc.place.center().y() - high / 2, room, high)
                draw_disc(painter, disc, str(int(arc.key) + 1), self._standing_of(int(arc.key)), look)
        painter.end()

    def _links(self, seen: Sequence[Drawn], ends: Mapping[str, End]) -> Iterator[Link]:
        for one in seen:
            if one.source.id in ends and one.target.id in ends:
                source, target = ends[one.source.id], ends[one.target.id]
                strong = self._strong(one)
                yield Link(self._title(one), source, target, self._both_ways(one), strong, False, *self._disc(one))

    def _stubs(self, seen: Sequence[Drawn], ends: Mapping[str, End]) -> Iterator[Stub]:
        """Yield what leads off the screen, each by itself: each may be decided by itself."""
        for one in seen:
            if (one.source.id in ends) == (one.target.id in ends):
                continue
            leads = one.source.id in ends
            near, far = (one.source, one.target) if leads else (one.target, one.source)
            below = far.start > near.start
            words = {"arrow": "↓" if below else "↑", "other": isolated(short_quote(far.quote))}
            title = say(message("{relation} {arrow} {other}", relation=self._title(one), **words))
            both = self._both_ways(one)
            end, strong = ends[near.id], self._strong(one)
            yield Stub(title, end, below, both or leads, both or not leads, strong, False, *self._disc(one))

    def _title(self, one: Drawn) -> str:
        """Say which types they are of, each once, and behind whose letters: "A Head of · B C Member of"."""
        titles: dict[str, list[str]] = {}
        for side, relation in one.said:
            titles.setdefault(self._sheet.session.relation_title(relation.label), []).append(letter(side))
        if one.n < 0:
            return next(iter(titles))
        return " · ".join(f"{' '.join(letters)} {title}" for title, letters in titles.items())

    def _disc(self, one: Drawn) -> tuple[str, float]:
        key = str(one.n) if one.n >= 0 else ""
        return key, self._sheet.page.m.disc_room(str(one.n + 1)) if one.first else 0.0

    def _strong(self, one: Drawn) -> bool:
        return one.n >= 0 and self._standing_of(one.n) is Standing.CURRENT

    def _both_ways(self, one: Drawn) -> bool:
        kind = self._sheet.session.scheme.relations_by_name.get(one.said[0][1].label)
        return kind is not None and kind.symmetric


def _drawn(comparison: Comparison, shown: Mapping[str, Annotation]) -> Iterator[Drawn]:
    for n, difference in enumerate(comparison.differences):
        yield from _of_place(difference, shown, n)
    for agreed in comparison.agreements:
        yield from _of_place(agreed, shown, -1)


def _of_place(place: Place, shown: Mapping[str, Annotation], n: int) -> Iterator[Drawn]:
    found: dict[tuple[str, str], list[tuple[int, Relation]]] = {}
    for side, said in enumerate(place.sides):
        for one in said:
            if isinstance(one, Relation) and one.source in shown and one.target in shown:
                found.setdefault((shown[one.source].id, shown[one.target].id), []).append((side, one))
    for at, ((source, target), some) in enumerate(found.items()):
        yield Drawn(shown[source], shown[target], tuple(some), n, at == 0 and n >= 0)
