"""What lies under a point of the page: a bar with its chip, an end of the chosen one, a "+n", the "?" of an offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from rubricator_gui.reader.lanes import GAP
from rubricator_gui.reader.measures import Measures
from rubricator_gui.reader.page import Page
from rubricator_gui.reader.paint import Mark, Scene, handle_rect, mark_rect, pill_rect, reject_rect, start_rect


class Hit(NamedTuple):
    """What lies under a point, and at what height its text is.

    `bar`, `start` or `end` of the chosen one, `more` ("+n"), `reject` (the "?" of an offer).
    """

    kind: str
    ids: tuple[str, ...]
    text_y: float


def hit_at(page: Page, point: QPointF, chosen: str | None) -> Hit | None:
    """Return what is drawn under a point: an end of the chosen span, else a bar with its chip, else a "+n"."""
    y = point.y()
    near = [scene for block in page.blocks(y - 1, y + 1) for scene in page.scenes(block, y, y)]
    return next(_hits(near, point, chosen, page.m), None)


def hit_below(page: Page, point: QPointF) -> Hit | None:
    """Return what is drawn nearest to a point in the strip below a line, in the column of the point; or None."""
    line = page.aimed_at(point).y()
    if line >= point.y():  # it is in a line, or just above one
        return None
    near = [scene for block in page.blocks(line, point.y()) for scene in page.scenes(block, line, point.y())]
    found = [
        (_apart(rect, point), Hit(kind, ids, line))
        for kind, ids, bottom, rect in (drawn for scene in near for drawn in _drawn(scene, page.m))
        if line < bottom < point.y() and rect.left() - GAP <= point.x() <= rect.right() + GAP
    ]
    nearest = min(found, default=None)
    return nearest[1] if nearest is not None else None


def _drawn(scene: Scene, m: Measures) -> Iterator[tuple[str, tuple[str, ...], float, QRectF]]:
    for mark in scene.marks:
        yield "bar", (mark.id,), mark.bottom, mark_rect(mark, m)
    for pill in scene.pills:
        yield "more", pill.ids, pill.bottom, pill_rect(pill, m)


def _apart(rect: QRectF, point: QPointF) -> float:
    """Return how far a point lies from a box, along both axes."""
    x, y = point.x(), point.y()
    return max(rect.left() - x, x - rect.right(), 0.0) + max(rect.top() - y, y - rect.bottom(), 0.0)


def _hits(near: list[Scene], point: QPointF, chosen: str | None, m: Measures) -> Iterator[Hit]:
    if chosen is not None:
        for scene in near:
            for mark in scene.marks:
                if mark.id == chosen and (kind := _end_at(mark, point, m)):
                    yield Hit(kind, (mark.id,), mark.bottom - m.line_box / 2)
    for scene in near:
        for mark in scene.marks:
            if (rect := reject_rect(mark, m)) is not None and rect.contains(point):
                yield Hit("reject", (mark.id,), mark.bottom - m.line_box / 2)
        for kind, ids, bottom, box in _drawn(scene, m):
            if box.contains(point):
                yield Hit(kind, ids, bottom - m.line_box / 2)


def _end_at(mark: Mark, point: QPointF, m: Measures) -> str:
    if mark.last and handle_rect(mark, m).contains(point):
        return "end"
    start = start_rect(mark, m)
    return "start" if start is not None and start.contains(point) else ""
