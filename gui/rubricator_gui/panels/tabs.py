"""Tabs whose words give way one by one where there is little room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QStyle, QStyleOption, QTabBar, QWidget

from rubricator.words import _
from rubricator_gui import theme

_LETTERS = 5
"""How many letters of the words of a tab are left, with the … after them."""
_BESIDE, _TIGHT = 3.5, 2
"""Units beside the words of a tab, to both sides together; what is left over is dealt to all of them."""


class Tabs(QTabBar):
    """The words of tabs; `pages` holds what they show, and whoever made them puts it below."""

    def __init__(self, style: QStyle) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setExpanding(True)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setStyle(style)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # who clicked a tab goes on into it with Tab
        self.setAccessibleName(_("Panels"))
        self.pages = QStackedWidget()
        self.tight = False
        """Whether there is less room beside the words than they should have: there are too many of them."""
        self.currentChanged.connect(self.pages.setCurrentIndex)

    def add(self, page: QWidget, words: str, tip: str) -> None:
        """Add a page and its tab."""
        self.pages.addWidget(page)
        self.setTabToolTip(self.addTab(words), tip)

    def holds(self, page: QWidget) -> bool:
        """Say whether a widget is one of the pages."""
        return self.pages.indexOf(page) >= 0

    @property
    def current(self) -> QWidget | None:
        """The page that is shown."""
        return self.pages.currentWidget()

    def bring(self, page: QWidget) -> None:
        """Show a page; nothing happens where it is none."""
        if self.holds(page):
            self.setCurrentIndex(self.pages.indexOf(page))

    def turn(self, step: int) -> None:
        """Show the page so many tabs further, or before the first one the last."""
        self.setCurrentIndex((self.currentIndex() + step) % self.count())

    def name(self, titles: dict[QWidget, str], badges: dict[QWidget, str], room: int) -> None:
        """Write words and badges on the tabs; without room the last badges go, then the longest words end in “…”.

        Only where that is not enough the words stand closer to the edges of their tabs.
        """
        if not self._write(titles, badges, room, tight=False):
            self._write(titles, badges, room, tight=True)

    def _write(self, titles: dict[QWidget, str], badges: dict[QWidget, str], room: int, *, tight: bool) -> bool:
        """Write them as they fit into the room; say whether they do."""
        titles, badges = dict(titles), dict(badges)
        if self.tight != tight:
            self.tight = tight
            self.setElideMode(self.elideMode())  # it measures its tabs anew
        while True:
            for page, title in titles.items():
                words = f"{title} {badges.get(page, '')}".strip()
                at = self.pages.indexOf(page)
                if self.tabText(at) != words:  # all tabs are laid out anew for each word
                    self.setTabText(at, words)
            if self.sizeHint().width() <= room:
                return True
            if badges:
                badges.popitem()
                continue
            longest = max(titles, key=lambda page: len(titles[page]))
            if len(titles[longest]) <= _LETTERS:
                return False
            titles[longest] = titles[longest].rstrip("…")[:-1] + "…"


class CloseTabs(theme.Style):
    """Leaves less room beside the words of a tab than other styles: there may be six in a narrow window."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Return the room beside the words, or what the style says."""
        if metric == QStyle.PixelMetric.PM_TabBarTabHSpace:
            tight = isinstance(widget, Tabs) and widget.tight
            return round((_TIGHT if tight else _BESIDE) * theme.unit())
        return super().pixelMetric(metric, option, widget)
