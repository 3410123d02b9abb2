"""Scroll bars as a plain bar without arrows: quiet, and drawn faster than Fusion's gradients."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QScrollBar, QStyle

_INSET = 0.25
"""Of the width, on each side of the handle."""

Part = QStyle.SubControl


def part_of(bar: QScrollBar, part: Part) -> QRect:
    """Return where a part of a scroll bar lies, in its coordinates; the arrows are nowhere."""
    whole = bar.rect()
    upright = bar.orientation() == Qt.Orientation.Vertical
    length, width = (whole.height(), whole.width()) if upright else (whole.width(), whole.height())
    span = bar.maximum() - bar.minimum()
    size = length
    if span > 0:
        size = min(length, max(2 * width, length * bar.pageStep() // (span + bar.pageStep())))
    turned = not upright and bar.layoutDirection() == Qt.LayoutDirection.RightToLeft
    start = QStyle.sliderPositionFromValue(bar.minimum(), bar.maximum(), bar.sliderPosition(), length - size, turned)
    places = {
        Part.SC_ScrollBarGroove: (0, length),
        Part.SC_ScrollBarSlider: (start, size),
        Part.SC_ScrollBarSubPage: (0, start),
        Part.SC_ScrollBarAddPage: (start + size, length - start - size),
    }
    if turned:
        places[Part.SC_ScrollBarSubPage], places[Part.SC_ScrollBarAddPage] = (
            places[Part.SC_ScrollBarAddPage],
            places[Part.SC_ScrollBarSubPage],
        )
    if part not in places:
        return QRect()
    first, extent = places[part]
    return QRect(0, first, width, extent) if upright else QRect(first, 0, extent, width)


def draw(painter: QPainter, bar: QScrollBar, ground: QColor, handle: QColor) -> None:
    """Draw the ground and, where there is anything to scroll, the handle."""
    painter.fillRect(bar.rect(), ground)
    if bar.maximum() <= bar.minimum():
        return
    rect = part_of(bar, Part.SC_ScrollBarSlider)
    upright = bar.orientation() == Qt.Orientation.Vertical
    inset = round(_INSET * (rect.width() if upright else rect.height()))
    rect = rect.adjusted(inset, 2, -inset, -2) if upright else rect.adjusted(2, inset, -2, -inset)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(handle)
    radius = min(rect.width(), rect.height()) / 2
    painter.drawRoundedRect(rect, radius, radius)
