"""Small things one after another, in as many lines as they take."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubricator_gui import theme


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


class Flow(QWidget):
    """Things in lines, as many as their widths ask for: the widget is as high as these lines are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def lay_out(self, width: int, *, move: bool) -> int:
        """Lay the things out in lines of this width, and return how high they are together; each kind of flow does."""
        raise NotImplementedError

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are at this width."""
        return self.lay_out(width, move=False)

    def sizeHint(self) -> QSize:
        """Return a size that fits the present width."""
        wide = max(self.width(), 40 * theme.unit())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the height at the present width; what is too wide is narrowed, never cut off."""
        return QSize(20 * theme.unit(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self.lay_out(self.width(), move=True)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
