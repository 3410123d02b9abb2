"""A list of things that are ticked: all of them, until one is left out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.wording import isolated

_ID = Qt.ItemDataRole.UserRole


class CheckList(QListWidget):
    """The list, as high as what it holds up to so many lines."""

    ticked_changed = Signal()

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self._most = most
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Space leaves one out, or takes it in again."))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._tell)

    def _tell(self, _item: QListWidgetItem) -> None:
        self.ticked_changed.emit()

    def follow(self, there: Mapping[str, str]) -> None:
        """Offer these (names by id); what was left out stays so."""
        if [*there] == self.ids():
            return
        left_out = set(self.ids()) - set(self.ticked())
        row = max(0, self.currentRow())
        self.blockSignals(True)
        self.clear()
        for uid, name in there.items():
            item = QListWidgetItem(isolated(" ".join(name.split())), self)
            item.setData(_ID, uid)
            item.setToolTip(plain_tip(name))
            item.setCheckState(Qt.CheckState.Unchecked if uid in left_out else Qt.CheckState.Checked)
        self.setCurrentRow(min(row, len(there) - 1))
        self.blockSignals(False)
        u = theme.unit()
        high = sum(self.sizeHintForRow(n) for n in range(min(self._most, len(there))))
        self.setFixedHeight(max(7 * u, high + 2 * self.frameWidth() + u))

    def ids(self) -> list[str]:
        """Return the ids of all."""
        return [str(item.data(_ID)) for item in self._items()]

    def ticked(self) -> list[str]:
        """Return the ids of what is ticked."""
        return [str(item.data(_ID)) for item in self._items() if item.checkState() == Qt.CheckState.Checked]

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(n) for n in range(self.count())]
