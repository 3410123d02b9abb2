"""The field for the licence of a corpus: the usual ones are offered, and other words stay as they are typed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from rubricator.exchange.corpus import LICENCES
from rubricator.words import _


class LicenceBox(QComboBox):
    """Asks for a licence; empty: not stated."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # it would write “CC BY 4.0” where somebody types “cc by 4.0 or later”
        self.addItem("")
        self.addItems([name for name, _key, _where in LICENCES])
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(_("Not stated"))
            line.setAccessibleName(_("Licence"))

    @property
    def licence(self) -> str:
        """What the card says of it."""
        return " ".join(self.currentText().split())
