"""Fields for what an attribute of values says by default: one of them, or several; they follow what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem

from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.dialogs.scheme.chosenlines import ChosenLines


class OneValue(QComboBox):
    """One of several values, or nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.addItem(_("Nothing"), None)
        self.setMinimumContentsLength(16)  # values come later
        self._lines = ChosenLines()
        self.currentIndexChanged.connect(self._chosen)
        self.activated.connect(self._chosen)  # “Nothing” is meant also where it stands there for a line that is empty

    def offer(self, lines: Sequence[str], chosen: Iterable[str] | None = None) -> None:
        """Have the values of these lines to choose from; the line that was chosen stays so, whatever it says now."""
        self._lines.follow(lines)
        if chosen is not None:
            self._lines.choose(chosen)
        values = _offered(lines)
        self.blockSignals(True)  # it is the form that asks, and nobody chose
        if values != [self.itemData(n) for n in range(1, self.count())]:
            self.clear()
            self.addItem(_("Nothing"), None)
            for value in values:
                self.addItem(value, value)
        said = self._lines.values
        self.setCurrentIndex(1 + values.index(said[0]) if said else 0)
        self.blockSignals(False)

    @property
    def gone(self) -> list[str]:
        """The value that was chosen and is none any more."""
        return self._lines.gone

    def _chosen(self, _row: int) -> None:
        value = self.currentData()
        self._lines.choose([] if value is None else [value])


class SomeValues(QListWidget):
    """Several of these values, each with a box."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTabKeyNavigation(False)
        self._lines = ChosenLines()
        self.itemChanged.connect(self._told)

    def offer(self, lines: Sequence[str], chosen: Iterable[str] | None = None) -> None:
        """Have the values of these lines with a box each; a line that was ticked stays so, whatever it says now."""
        self._lines.follow(lines)
        if chosen is not None:
            self._lines.choose(chosen)
        values, ticked = _offered(lines), self._lines.values
        if (values, ticked) == ([self.item(n).text() for n in range(self.count())], self.values):
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

    @property
    def gone(self) -> list[str]:
        """The values that were ticked and are none any more."""
        return self._lines.gone

    def sizeHint(self) -> QSize:
        """Ask for little: it scrolls."""
        return QSize(50 * theme.unit(), 20 * theme.unit())

    def _told(self, _item: QListWidgetItem) -> None:
        self._lines.tick(self.values)
        self.changed.emit()


def _offered(lines: Iterable[str]) -> list[str]:
    """Return the values that lines hold, each once."""
    return [line for line in dict.fromkeys(lines) if line]
