"""What lies under a point of the page: a bar with its chip, an end of the chosen one, a "+n", the "?" of an offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF

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
            if mark_rect(mark, m).contains(point):
                yield Hit("bar", (mark.id,), mark.bottom - m.line_box / 2)
        for pill in scene.pills:
            if pill_rect(pill, m).contains(point):
                yield Hit("more", pill.ids, pill.bottom - m.line_box / 2)


def _end_at(mark: Mark, point: QPointF, m: Measures) -> str:
    if mark.last and handle_rect(mark, m).contains(point):
        return "end"
    start = start_rect(mark, m)
    return "start" if start is not None and start.contains(point) else ""
