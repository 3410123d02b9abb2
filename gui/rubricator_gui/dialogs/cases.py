"""What is lost, repaired or refused, as a tree: a line with its count for each kind, and below it where."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

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
        self.setUniformRowHeights(True)
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
        if len(made) == 1 and made[0].childCount() <= _FEW:
            made[0].setExpanded(True)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def _kind(self, loss: Loss) -> QTreeWidgetItem:
        words = say(loss.what)
        item = QTreeWidgetItem(self, [words])
        item.setSizeHint(0, QSize(0, 6 * theme.unit()))  # that of the first row goes for all
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
            child.setToolTip(0, plain_tip(place))
        more = loss.n - min(SHOWN, len(loss.where))
        if more > 0:
            rest = QTreeWidgetItem(item, [say(message("and {n} more", n=f"{more:,}"))])
            rest.setForeground(0, self.palette().color(QPalette.ColorRole.PlaceholderText))
