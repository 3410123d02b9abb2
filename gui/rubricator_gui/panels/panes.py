"""The three panes side by side, list, page and side: arranged for the width of the window, remembered for each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QSplitter, QWidget

from rubricator.settings import Memory
from rubricator_gui import theme
from rubricator_gui.panels import side
from rubricator_gui.panels.side import Side

# Widths of look.md, for a unit of 4: (from this width on, list, side, arrangement of the side).
_SIZES = (
    ("small", 0, 240, 276, side.TABS),
    ("medium", 1120, 240, 300, side.HALF),
    ("large", 1400, 300, 332, side.STACK),
    ("wide", 1920, 340, 400, side.STACK),
    ("widest", 2200, 340, 640, side.COLUMNS),
)
_LOW = 760
"""Under this height the sections of the side are tabs."""


class Panes(QSplitter):
    """Holds the article list, the page and the side; in a small window there is room for one beside the page."""

    narrowed = Signal(object)
    """The window became small (True) or has room again (False)."""
    shown = Signal()
    """A pane came or went."""
    turned = Signal()
    """In a small window a pane went for the other one."""

    def __init__(self, articles: QWidget, page: QWidget, beside: Side, memory: Memory) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("panes")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self._articles = articles
        self._side = beside
        self._memory = memory
        self._size = ""
        self._alone = False
        beside.dragged = {
            mode: columns for mode, columns in _mapping(memory.get("side.heights")).items() if _are_heights(columns)
        }
        self._before: set[QWidget] = set()
        for widget in (articles, page, beside):
            self.addWidget(widget)
        self.setStretchFactor(1, 1)

    @property
    def small(self) -> bool:
        """Say whether the window is small."""
        return self._size == "small"

    def show_list(self, shown: bool) -> None:
        """Show the article list, or fold it away."""
        gives_way = self.small and shown and not self._side.isHidden()
        wide = self._beside()
        self._articles.setVisible(shown)
        if self.small:
            self._side.setVisible(not shown)
            self._keep_text(wide)
        self.shown.emit()
        if gives_way:
            self.turned.emit()

    def show_side(self, shown: bool) -> None:
        """Show the panels at the right, or fold them away."""
        gives_way = self.small and shown and not self._articles.isHidden()
        wide = self._beside()
        self._side.setVisible(shown)
        if gives_way:
            self._articles.hide()
            self._keep_text(wide)
        self.shown.emit()
        if gives_way:
            self.turned.emit()

    def _beside(self) -> int:
        """Return how wide the pane is that stands beside the text, in a small window."""
        return sum(self.sizes()[1:]) if self.small else 0

    def _keep_text(self, wide: int) -> None:
        """Give the pane that comes the width of the one that went: no line of the text breaks elsewhere."""
        if wide:
            self.setSizes([sum(self.sizes()) - wide, wide, wide])

    def leave_alone(self, alone: bool) -> None:
        """Show only the page; or again what was beside it before."""
        both = (self._articles, self._side)
        if alone:
            self._before = {pane for pane in both if not pane.isHidden()}
        elif self.small and len(self._before) > 1:
            self._before.discard(self._articles)
        self._alone = alone
        for pane in both:
            pane.setVisible(not alone and pane in self._before)
        self.shown.emit()

    def fit(self, width: int, height: int) -> None:
        """Arrange the panes for a window of this size."""
        u = theme.unit() / 4
        name, _from, list_width, side_width, mode = next(row for row in reversed(_SIZES) if width >= row[1] * u)
        self._side.arrange(side.TABS if height < _LOW * u else mode)
        if name == self._size:
            return
        self.keep()
        old, self._size = self._size, name
        self.narrowed.emit(self.small)
        self.insertWidget(2 if self.small else 0, self._articles)
        if self.small or old == "small" or not old:
            self._articles.setVisible(not self.small and not self._alone)
            self._side.setVisible(not self._alone)
        kept = self._memory.get(f"panes.{name}")
        if not (isinstance(kept, str) and self.restoreState(QByteArray.fromHex(kept.encode()))):
            left, right = round(list_width * u), round(side_width * u)
            middle = max(1, width - right - (0 if self.small else left))
            self.setSizes([middle, right, left] if self.small else [left, middle, right])
        self.shown.emit()

    def keep(self) -> None:
        """Remember the widths for this size of the window, and the heights at the side."""
        self._memory.set(**{"side.heights": dict(self._side.dragged)})
        if self._size and not self._alone:
            self._memory.set(**{f"panes.{self._size}": self.saveState().toHex().toStdString()})


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


_HIGHEST = 1 << 24
"""No widget is higher."""


def _are_heights(value: object) -> bool:
    """Say whether what was remembered is heights of columns: a file can hold anything."""
    return isinstance(value, list) and all(
        isinstance(column, list) and all(type(high) is int and 0 <= high <= _HIGHEST for high in column)
        for column in value
    )


def next_pane(panes: list[QWidget], text: QWidget) -> None:
    """Give the focus to the pane after the one that has it, of those that are seen; the guidelines are the last one.

    From what stands beside them, as the find bar does, it goes to the text: there one labels what was found.
    """
    books = text.window().findChildren(QDialog, "guidebook")
    there = [pane for pane in (*panes, *books) if pane.isVisible()]
    focus = QApplication.focusWidget()
    here = next((n for n, pane in enumerate(there) if focus and (pane is focus or pane.isAncestorOf(focus))), -1)
    if here < 0 and text in there and _take_focus(text):
        return
    for step in range(1, len(there) + 1):
        if _take_focus(there[(here + step) % len(there)]):
            return


def _take_focus(pane: QWidget) -> bool:
    """Give the focus to a pane: to its list where it is there for one, else to the first widget in it that takes it.

    In a window it goes to the one that had it.
    """
    proxy = pane.focusProxy()
    had = pane.focusWidget() if pane.isWindow() else proxy if isinstance(proxy, QAbstractItemView) else None
    for widget in [had or pane, *pane.findChildren(QWidget)]:
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            widget.activateWindow()  # it may stand in a window of its own
            return True
    return False
