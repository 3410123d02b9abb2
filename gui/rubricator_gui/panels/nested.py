"""How far rows of a list are indented that stand for what lies in others of it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from rubricator.model.span_index import SpanIndex
from rubricator_gui import theme

DEPTH = Qt.ItemDataRole.UserRole + 10
"""How many levels a row is indented; beyond the roles that a model has of its own."""

_STEP, _DEEPEST = 1.5, 3
"""By how many units what lies in another one is indented, and in how many at most."""


def depth_in(index: SpanIndex, start: int, end: int) -> int:
    """Return in how many others of an index a span lies; of two on the same words one counts.

    It is asked for rows that are drawn.
    """
    here = (start, end)
    around = {(one.start, one.end) for one in index.overlapping(start, start + 1)}
    return min(_DEEPEST, sum(first <= start and end <= last for first, last in around - {here}))


def indent(depth: int) -> int:
    """Return by how many pixels a row is indented."""
    return round(depth * _STEP * theme.unit())
