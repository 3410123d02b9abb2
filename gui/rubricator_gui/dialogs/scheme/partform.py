"""What the forms of attributes, relation types and rules share: fields, a sentence or what is wrong, two buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from rubricator.errors import UserError
from rubricator.model.scheme import Scheme
from rubricator.words import Message, _, message
from rubricator_gui import theme
from rubricator_gui.dialogs.scheme.fields import tell, words


class Form(QDialog):
    """Asks for a part; `part` is the answer. While one types, `read` says what the fields mean, or what is wrong."""

    def __init__(self, name: str, titles: tuple[str, str], scheme: Scheme, was: Any, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(titles[0] if was is None else titles[1])
        self.scheme, self.was = scheme, was
        self.part: Any = was
        u = theme.unit()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(3 * u)
        self.form.setVerticalSpacing(2 * u)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.said = words()
        self.said.setObjectName("partSaid")
        self.said.setMinimumHeight(10 * u)
        self.said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        verb = _("Add") if was is None else _("Change")
        self.go = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("partGo")
        self.go.setPalette(theme.main_button_palette(theme.theme_of(self.palette())))
        for button in self.buttons.buttons():
            button.setMinimumHeight(7 * u)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
        column.setSpacing(3 * u)
        column.addLayout(self.form)
        column.addWidget(self.said)
        column.addWidget(self.buttons)
        self.go.setDefault(True)
        self.setMinimumWidth(120 * u)

    def read(self) -> tuple[Any, Message]:
        """Return what the fields mean and how it is said; UserError where they mean nothing."""
        raise NotImplementedError

    def check(self, *_what: object) -> None:
        """Say what the fields mean now."""
        try:
            self.part, said = self.read()
        except UserError as error:
            tell(self.said, error.text, "bad")
            self.said.setVisible(True)
            self.go.setEnabled(False)
        else:
            tell(self.said, message("{said}.", said=said), "WindowText")
            self.go.setEnabled(True)

    def row(self, words: str, field: QWidget) -> QWidget:
        """Add a field, named for people who see and who do not."""
        field.setAccessibleName(words)
        self.form.addRow(words, field)
        return field

    def name_from(self, title: str, taken: Callable[[str], bool]) -> str:
        """Return a name for a title that no other part has: small letters, as attributes and relations have them."""
        wanted = "_".join("".join(c if c.isalnum() else " " for c in title).lower().split())
        found, n = wanted, 1
        while found and taken(found):
            n += 1
            found = f"{wanted}_{n}"
        return found
