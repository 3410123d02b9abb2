"""What the forms of attributes, relation types and rules share: fields, a sentence or what is wrong, two buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from rubricator.errors import UserError
from rubricator.model.scheme import Attribute, Label, RelationType, Scheme
from rubricator.model.scheme_file import faults_of_file
from rubricator.words import Message, _, message
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.scheme.fields import area, line, tell, words
from rubricator_gui.dialogs.scheme.labelform import KeyLine


class UnfinishedError(UserError):
    """Says what is still to be filled in: nothing is wrong yet."""


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
        self.buttons, self.go = parts.choice(self, _("Add") if was is None else _("Change"))
        self.go.setObjectName("partGo")
        column = parts.column(self, 3)
        column.addLayout(self.form)
        column.addWidget(self.said)
        column.addWidget(self.buttons)
        self.setMinimumWidth(120 * u)

    def read(self) -> tuple[Any, Message]:
        """Return what the fields mean and how it is said; UserError where they mean nothing."""
        raise NotImplementedError

    def check(self, *_what: object) -> None:
        """Say what the fields mean now, what they lack, or what is wrong."""
        try:
            self.part, said = self.read()
        except UserError as error:
            tell(self.said, error.text, "muted" if isinstance(error, UnfinishedError) else "bad")
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


class NamedForm(Form):
    """Asks for a part that has a title, a name, a key and a definition: an attribute or a relation type."""

    def __init__(
        self,
        kind: str,
        titles: tuple[str, str],
        scheme: Scheme,
        was: Attribute | RelationType | None,
        parent: QWidget | None,
    ) -> None:
        super().__init__(f"{kind}Form", titles, scheme, was, parent)
        parts: Iterable[Attribute | RelationType] = scheme.attributes if kind == "attribute" else scheme.relations
        self._taken = {one.name for one in parts}
        self.title = line(f"{kind}Title", _("Title"))
        self.name = line(f"{kind}Name", _("Name in files"))
        self.name.setReadOnly(was is not None)
        self.key = KeyLine(f"{kind}Key", _("Key"))
        self.definition = area(f"{kind}Definition", _("Definition"), 2)
        if was is not None:
            self.title.setText(was.title)
            self.name.setText(was.name)
            self.key.setText(was.key.upper())
            self.definition.setPlainText(was.definition)
        self.row(_("Title"), self.title)
        self.row(_("Name in files"), self.name)

    def finish(self, *others: SignalInstance) -> None:
        """Put the last rows below those of the kind, and follow what is typed there and in `others`."""
        self.row(_("Key"), self.key)
        self.row(_("Definition"), self.definition)
        self.title.textEdited.connect(self._follow)
        for signal in (self.title.textChanged, self.name.textChanged, self.definition.textChanged, *others):
            signal.connect(self.check)
        self.key.pressed.connect(self._key_pressed)
        self.check()
        self.title.setFocus()

    def _follow(self, text: str) -> None:
        if self.was is None:
            self.name.setText(self._name_from(text))

    def _key_pressed(self, key: str) -> None:
        self.key.setText(key.upper())
        self.check()

    def free_key(self) -> str:
        """Return the key that was typed; UserError where it is that of a label, or of another part."""
        key, scheme = self.key.text().lower(), self.scheme
        others: list[Label | Attribute | RelationType] = [*scheme.labels, *scheme.attributes, *scheme.relations]
        if owner := next((one for one in others if key and one is not self.was and one.key.lower() == key), None):
            raise UserError(message("{key} belongs to {label}", key=key.upper(), label=owner.title))
        return key

    def judge(self, found: Attribute | RelationType) -> None:
        """Raise UserError where a file with this part could not be read again."""
        scheme, was = self.scheme, self.was.name if self.was is not None else ""
        if isinstance(found, Attribute):
            new = replace(scheme, attributes=(*(one for one in scheme.attributes if one.name != was), found))
        else:
            new = replace(scheme, relations=(*(one for one in scheme.relations if one.name != was), found))
        known = list(faults_of_file(scheme))
        if (why := next((why for why in faults_of_file(new) if why not in known), None)) is not None:
            raise UserError(message("This will not do: {why}", why=why))

    def _name_from(self, title: str) -> str:
        """Return a name for a title that no other part has: small letters, as attributes and relations have them."""
        wanted = "_".join("".join(c if c.isalnum() else " " for c in title).lower().split())
        found, n = wanted, 1
        while found in self._taken:
            n += 1
            found = f"{wanted}_{n}"
        return found
