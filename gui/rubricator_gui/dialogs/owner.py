"""Whose layer an import becomes: as the files say, mine, or that of somebody named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from rubricator.project import Annotator
from rubricator.settings import Me
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.panels.plain import plain_label

_ANOTHER = "\0"
"""What stands for somebody whose name is written: no annotator has such an id."""


class OwnerBox(QWidget):
    """Asks whose layer the annotations become; it hides where the files hold none."""

    def __init__(self, me: Me, people: Sequence[Annotator], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        u = theme.unit()
        self._layers: Mapping[str, int] = {}
        label = QLabel(_("Whose &layer"))
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Whose layer"))
        self.choice.addItem(_("As the files say"), "")
        self.choice.addItem(say(message("{name} (you)", name=me.name)), me.annotator)
        for person in people:
            self.choice.addItem(person.name, person.id)
        self.choice.addItem(_("Somebody else…"), _ANOTHER)
        label.setBuddy(self.choice)
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the annotator"))
        self.name.setPlaceholderText(_("Name of the annotator"))
        self.note = plain_label(kind="note", muted=True)
        self.note.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * u)
        grid.setVerticalSpacing(u)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.choice, 0, 1)
        grid.addWidget(self.name, 0, 2)
        grid.addWidget(self.note, 1, 1, 1, 2)
        grid.setColumnStretch(2, 1)
        for box in (self.choice, self.name):
            box.setMinimumHeight(7 * u)
        self.choice.currentIndexChanged.connect(self._fit)
        self._fit()

    @property
    def annotator(self) -> str:
        """The name or id of the annotator; empty: as the files say."""
        chosen = str(self.choice.currentData())
        return self.name.text().strip() if chosen == _ANOTHER else chosen

    def tell(self, layers: Mapping[str, int]) -> None:
        """Say whose layers the files hold."""
        self._layers = layers
        self.setVisible(bool(layers))
        self._fit()

    def _fit(self, _index: int = 0) -> None:
        chosen = str(self.choice.currentData())
        self.name.setVisible(chosen == _ANOTHER)
        if chosen == _ANOTHER and self.choice.hasFocus():
            self.name.setFocus()
        one, many = "{n} annotator’s layers become this one", "the layers of {n} annotators become one"
        n = len(self._layers)
        self.note.setText(say(plural(one, many, n)) if chosen and n > 1 else "")
        self.note.setVisible(bool(chosen) and n > 1)
