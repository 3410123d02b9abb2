"""What is lost, repaired or refused, as a tree: a line with its count for each kind, and below it where."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QTreeWidget, QTreeWidgetItem

from rubricator.formats.base import Loss
from rubricator.words import as_line, message, say
from rubricator_gui import theme
from rubricator_gui.panels.plain import plain_tip

SHOWN = 500
"""Places of one kind that are listed: more are not looked through."""

_FEW = 8
"""So few places are seen at once, where there is one kind alone."""


class CaseTree(QTreeWidget):
    """Lists kinds of cases under headings; the places of a kind are made when it is opened."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._losses: dict[int, Loss] = {}
        self.itemExpanded.connect(self._fill)

    def tell(self, parts: Iterable[tuple[str, Iterable[Loss]]]) -> None:
        """List these instead: a heading (empty: none), and the kinds below it."""
        self.clear()
        self._losses.clear()
        muted = theme.theme_of(self.palette()).colour("muted")
        made: list[QTreeWidgetItem] = []
        for heading, losses in parts:
            if heading:
                title = QTreeWidgetItem(self, [heading])
                title.setFont(0, theme.ui_font("section"))
                title.setForeground(0, muted)
                title.setSizeHint(0, QSize(0, 6 * theme.unit()))
                title.setFlags(Qt.ItemFlag.ItemIsEnabled)
            made += [self._kind(loss) for loss in losses]
        self._fit()
        if len(made) == 1 and made[0].childCount() <= _FEW:
            made[0].setExpanded(True)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Give each kind as many lines as its words take."""
        u, metrics = theme.unit(), QFontMetrics(self.font())
        margin = self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self) + 1
        room = QRect(0, 0, self.viewport().width() - self.indentation() - 2 * margin, 0)
        for n in range(self.topLevelItemCount()):
            item = self.topLevelItem(n)
            if item is not None and item.flags() & Qt.ItemFlag.ItemIsSelectable:
                high = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text(0)).height()
                item.setSizeHint(0, QSize(0, max(6 * u, high + 2 * u)))

    def _kind(self, loss: Loss) -> QTreeWidgetItem:
        words = say(loss.what)
        item = QTreeWidgetItem(self, [words])
        item.setToolTip(0, plain_tip(words))
        if loss.where:
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            item.setData(0, Qt.ItemDataRole.UserRole, len(self._losses))
            self._losses[len(self._losses)] = loss
        return item

    def _fill(self, item: QTreeWidgetItem) -> None:
        loss = self._losses.pop(item.data(0, Qt.ItemDataRole.UserRole), None)
        if loss is None:
            return
        for place in loss.where[:SHOWN]:
            child = QTreeWidgetItem(item, [as_line(place)])
            child.setSizeHint(0, QSize(0, 6 * theme.unit()))  # a place is one line
            child.setToolTip(0, plain_tip(place))
        more = loss.n - min(SHOWN, len(loss.where))
        if more > 0:
            rest = QTreeWidgetItem(item, [say(message("and {n} more", n=f"{more:,}"))])
            rest.setForeground(0, self.palette().color(QPalette.ColorRole.PlaceholderText))
