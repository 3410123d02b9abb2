"""Fields for what an attribute of values says by default: one of them, or several; they follow what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem

from rubricator.words import _
from rubricator_gui import theme


class OneValue(QComboBox):
    """One of several values, or nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.addItem(_("Nothing"), None)

    def offer(self, values: Sequence[str], chosen: str | None = None) -> None:
        """Have these values to choose from; what was chosen stays, under its new name where it got one."""
        was = [str(self.itemData(n)) for n in range(1, self.count())]
        if chosen is None and self.currentData() is not None:
            (chosen,) = followed([str(self.currentData())], was, values) or (None,)
        if was != list(values):
            self.blockSignals(True)  # the form reads its fields once all of them are filled
            self.clear()
            self.addItem(_("Nothing"), None)
            for value in values:
                self.addItem(value, value)
            self.blockSignals(False)
        self.setCurrentIndex(1 + values.index(chosen) if chosen in values else 0)


class SomeValues(QListWidget):
    """Several of these values, each with a box."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTabKeyNavigation(False)
        self.itemChanged.connect(self._told)

    def offer(self, values: Sequence[str], chosen: Iterable[str] | None = None) -> None:
        """Have these values with a box each; what was ticked stays, under its new name where it got one."""
        was = [self.item(n).text() for n in range(self.count())]
        ticked = followed(self.values, was, values) if chosen is None else list(chosen)
        if was == list(values) and chosen is None:
            return
        self.blockSignals(True)
        self.clear()
        for value in values:
            item = QListWidgetItem(value, self)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)

    @property
    def values(self) -> list[str]:
        """The ticked ones."""
        items = [self.item(n) for n in range(self.count())]
        return [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]

    def sizeHint(self) -> QSize:
        """Ask for little: it scrolls."""
        return QSize(50 * theme.unit(), 20 * theme.unit())

    def _told(self, _item: QListWidgetItem) -> None:
        self.changed.emit()


def followed(chosen: Iterable[str], was: Sequence[str], values: Sequence[str]) -> list[str]:
    """Return what of chosen values is there still; one that is typed over is what stands in its line now."""
    typed = dict(zip(was, values, strict=True)) if len(was) == len(values) else {}
    found = (value if value in values else typed.get(value) for value in chosen)
    return [value for value in found if value is not None]
