"""Small things one after another, in as many lines as they take."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect


def flowed(widths: Iterable[int], high: int, gap: int, left: int, right: int, top: int = 0) -> list[QRect]:
    """Return the places of things of these widths between two edges; one that is too wide is narrowed."""
    found: list[QRect] = []
    x, y = left, top
    for width in widths:
        wide = min(width, right - left)
        if x > left and x + wide > right:
            x, y = left, y + high + gap
        found.append(QRect(x, y, wide, high))
        x += wide + gap
    return found
