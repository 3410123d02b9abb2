"""Draws relations over the article: arcs where they are wished, one that was begun, the line that is dragged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.words import message, plural, say
from rubricator_gui import theme
from rubricator_gui.reader import arc_paint, arcs
from rubricator_gui.reader.arcs import Arc, End, Link, Rect, Room, Stub
from rubricator_gui.reader.document import lanes_of
from rubricator_gui.reader.measures import UNDER_TEXT
from rubricator_gui.reader.paint import Mark, Scene, lane_top, mark_rect, pill_rect
from rubricator_gui.wording import isolated, short_quote

if TYPE_CHECKING:
    from rubricator_gui.reader.page import Page
    from rubricator_gui.reader.relations import RelationLines
    from rubricator_gui.reader.sheet import Sheet

_MARGIN_UNITS = 7
_MOST = 150
"""Arcs on one screen: of more, nobody sees what leads where."""


class RelationPainter:
    """Paints what of the relations is wanted now."""

    def __init__(self, reader: Sheet, strip: QWidget, lines: RelationLines) -> None:
        self._reader, self._strip, self._lines = reader, strip, lines
        self._session = reader.session

    def paint(self) -> list[Arc]:
        """Paint over the article, as far as it is seen; return the arcs."""
        reader = self._reader
        page = reader.page
        top = float(reader.verticalScrollBar().value())
        bottom = top + reader.viewport().height()
        look = theme.theme_of(reader.palette())
        scene = page.seen(top, bottom)
        ends = {uid: end for uid, end in ends_of(scene, page).items() if top <= end.chip.center().y() <= bottom}
        painter = reader.painter()
        drawn: list[Arc] = []
        if self._lines.shown or self._lines.just_made:
            font = arcs.title_font(page.m, theme.ui_font())
            seen = self._seen(ends)
            links, stubs = self._links(seen, ends), self._stubs(seen, ends)
            drawn = arcs.lay_out(links, stubs, self._room(scene, top, bottom), page.m, font)
            arc_paint.draw(painter, drawn, look, font)
        self._paint_begun(painter, ends, look, top, bottom)
        painter.end()
        return drawn

    def _seen(self, ends: dict[str, End]) -> list[Relation]:
        """Return the relations at what is seen, each once, those of the chosen annotation first.

        Where arcs are off it is those alone, right after one was made.
        """
        relations, chosen = self._session.relations, self._session.chosen
        found: dict[str, Relation] = {}
        for end in ends:
            found |= {relation.id: relation for relation in relations.at(end)}
        if not self._lines.shown:
            return [one for one in found.values() if chosen is not None and one.touches(chosen)]
        return sorted(found.values(), key=lambda one: chosen is None or not one.touches(chosen))[:_MOST]

    def _links(self, seen: list[Relation], ends: dict[str, End]) -> Iterator[Link]:
        for relation in seen:
            if relation.source in ends and relation.target in ends:
                yield Link(
                    self._session.relation_title(relation.label),
                    ends[relation.source],
                    ends[relation.target],
                    self._both_ways(relation),
                    self._strong(relation),
                    self._session.relations.wrong(relation) is not None,
                    relation.id,
                )

    def _stubs(self, seen: list[Relation], ends: dict[str, End]) -> Iterator[Stub]:
        """Yield what leads off the screen: one stub for all that leads the same way from one annotation."""
        spans = self._session.spans
        found: dict[tuple[str, bool], list[tuple[Relation, Annotation]]] = {}
        for relation in seen:
            if (relation.source in ends) == (relation.target in ends):
                continue
            near = relation.source if relation.source in ends else relation.target
            here, there = spans.get(near), spans.get(relation.other_end(near))
            if here is not None and there is not None:  # else it lost an end in a merge: the card says so
                found.setdefault((near, there.start > here.start), []).append((relation, there))
        for (near, below), group in found.items():
            relations = [relation for relation, _other in group]
            both = any(map(self._both_ways, relations))
            yield Stub(
                self._stub_title(*group[0], len(group) - 1, "↓" if below else "↑"),
                ends[near],
                below,
                both or any(relation.source == near for relation in relations),
                both or any(relation.target == near for relation in relations),
                any(map(self._strong, relations)),
                any(self._session.relations.wrong(relation) for relation in relations),
                relations[0].id if len(relations) == 1 else near,
            )

    def _stub_title(self, relation: Relation, other: Annotation, more: int, arrow: str) -> str:
        title = self._session.relation_title(relation.label)
        words = {"relation": title, "arrow": arrow, "other": isolated(short_quote(other.quote))}
        said = message("{relation} {arrow} {other}", **words)
        return say(plural("{said} · {n} more", "{said} · {n} more", more, said=said) if more else said)

    def _both_ways(self, relation: Relation) -> bool:
        kind = self._session.scheme.relations_by_name.get(relation.label)
        return kind is not None and kind.symmetric

    def _strong(self, relation: Relation) -> bool:
        chosen = self._session.chosen
        return chosen is not None and relation.touches(chosen)

    def _room(self, scene: Scene, top: float, bottom: float) -> Room:
        room = room_of(self._reader, scene, top, bottom)
        if self._strip.isHidden():
            return room
        beside = self._strip.x() - self._reader.viewport().x()  # it may lie over the margin
        return room._replace(width=min(room.width, beside))

    def _paint_begun(self, painter: QPainter, ends: dict[str, End], look: theme.Theme, top: float, low: float) -> None:
        """Have the first end stand out, and lead a line from it to the other one."""
        session, page, dragged = self._session, self._reader.page, self._lines.dragged
        first = dragged.source if dragged else session.relating.end if session.relating else None
        annotation = session.spans.get(first)
        if first is None or annotation is None:
            return
        ink = look.colour("Accent")
        painter.setPen(QPen(ink, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ground in page.grounds(annotation.start, annotation.end, top, low):
            box = QRectF(ground.box[0] - 3, ground.top - 1, ground.box[1] - ground.box[0] + 6, ground.height + 2)
            painter.drawRoundedRect(box, 4, 4)
        other = self._lines.aimed_at if dragged else session.chosen
        for uid in (first, other):
            if uid is not None and uid in ends and (uid == first or uid != session.chosen):
                painter.drawRoundedRect(ends[uid].chip.adjusted(-2.5, -2.5, 2.5, 2.5), 4, 4)
        begins = ends.get(first)
        if begins is None:
            chip = QRectF(page.character_rect(annotation.start))
            begins = End(chip, chip.bottom(), -1)  # it was scrolled away: the line comes from there
        start = QPointF(begins.chip.center().x(), begins.chip.bottom())
        if dragged is not None:
            arc_paint.draw_lead(painter, start, dragged.at, ink, arrives=self._lines.aimed_at is not None)
        elif other is not None and other != first and other in ends:
            chip = ends[other].chip
            arc_paint.draw_lead(painter, start, QPointF(chip.center().x(), chip.bottom() + 3), ink, arrives=False)


def room_of(sheet: Sheet, scene: Scene, top: float, bottom: float) -> Room:
    """Return what of a sheet arcs have to heed between two heights."""
    page = sheet.page
    lines: list[tuple[float, float]] = []
    floors: dict[float, float] = {}
    for block in page.blocks(top, bottom):
        lanes = lanes_of(block, page.m)
        for at in page.lines_near(block, top, bottom):
            lines.append((at.top, at.bottom))
            floors[at.bottom] = at.bottom + UNDER_TEXT + lanes * page.m.pitch + 1
    taken: dict[float, list[Rect]] = {}
    chips: dict[float, list[Rect]] = {}
    for mark in scene.marks:
        high = lane_top(mark.bottom, mark.bar.lane, page.m)
        places = (taken, mark.bar.extent), (chips, mark.bar.chip)
        for found, extent in places:
            if extent is not None:
                found.setdefault(mark.bottom, []).append((extent[0], high, extent[1], high + page.m.chip_height))
    numbered = bool(sheet.session.settings.get("reader.numbers"))
    margin, width = float(_MARGIN_UNITS * theme.unit()), float(sheet.viewport().width())
    return Room(width, top, bottom, margin, lines, floors, taken, not numbered, chips)


def ends_of(scene: Scene, page: Page) -> dict[str, End]:
    """Return where each annotation that is seen has its chip; without one the bar, or the "+n" that counts it."""
    m = page.m
    found: dict[str, End] = {}
    later: dict[str, End] = {}
    for mark in scene.marks:
        if mark.bar.chip is not None:
            found[mark.id] = _chip_end(mark, page)
        elif mark.id not in later:
            rect = mark_rect(mark, m)
            left, right = rect.left(), rect.right()
            x = right - m.chip_height if mark.bar.piece.rtl else left
            chip = QRectF(x, rect.top() + rect.height() / 2 - 1, min(m.chip_height, right - left), 2)
            later[mark.id] = End(chip, mark.bottom, 1 if mark.bar.piece.rtl else -1, mark.id)
    for pill in scene.pills:
        rect = pill_rect(pill, m)
        later |= {uid: End(rect, pill.bottom, 1, uid) for uid in pill.ids if uid not in later}
    return later | found


def _chip_end(mark: Mark, page: Page) -> End:
    left, right = mark.bar.chip or (0.0, 0.0)
    m = page.m
    chip = QRectF(left, lane_top(mark.bottom, mark.bar.lane, m), right - left, m.chip_height)
    return End(chip, mark.bottom, -1 if left <= mark.bar.piece.left else 1, mark.id)
