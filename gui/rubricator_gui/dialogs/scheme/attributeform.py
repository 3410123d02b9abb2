"""The form of an attribute."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from rubricator.errors import UserError
from rubricator.model.scheme import ATTRIBUTE_KINDS, Attribute, Scheme
from rubricator.model.scheme_parts import attribute_from_json, attribute_to_json
from rubricator.model.scheme_words import attribute_words
from rubricator.words import Message, _, message, say
from rubricator_gui.dialogs.scheme.fields import LabelChoice, any_label, area, line
from rubricator_gui.dialogs.scheme.partform import NamedForm, UnfinishedError
from rubricator_gui.dialogs.scheme.valuechoice import OneValue, SomeValues

KIND_WORDS = {
    "choice": message("One of several values"),
    "choices": message("Several values"),
    "text": message("Text"),
    "number": message("A number"),
    "flag": message("Yes or no"),
}


class AttributeForm(NamedForm):
    """Asks for an attribute."""

    def __init__(self, scheme: Scheme, was: Attribute | None, parent: QWidget | None = None) -> None:
        super().__init__("attribute", (_("Add an attribute"), _("Change an attribute")), scheme, was, parent)
        shown = was or Attribute("", kind="choice")  # the usual kind
        self.kind = QComboBox()
        self.kind.setObjectName("attributeKind")
        for kind in ATTRIBUTE_KINDS:
            self.kind.addItem(say(KIND_WORDS[kind]), kind)
        self.kind.setCurrentIndex(self.kind.findData(shown.kind))
        self.values = area("attributeValues", _("Values, one a line"), 4)
        self.values.setPlainText("\n".join(shown.values))
        self.labels = LabelChoice(scheme, shown.labels, _("Labels that can carry it"))
        self.labels.setObjectName("attributeLabels")
        self.labels.setToolTip(any_label())
        new = _("A new annotation says")
        self.default = line("attributeDefault", new)
        if shown.kind in {"text", "number"} and shown.default is not None:
            self.default.setText(str(shown.default))
        self.default.setPlaceholderText(_("Nothing"))
        self.one = OneValue("attributeOne")
        self.some = SomeValues("attributeSome")
        if shown.kind == "choice":
            self.one.offer(shown.values, () if shown.default is None else (str(shown.default),))
        if shown.kind == "choices" and isinstance(shown.default, list | tuple):
            self.some.offer(shown.values, map(str, shown.default))
        self.yes = QComboBox()
        self.yes.setObjectName("attributeYes")
        for words, value in ((_("Nothing"), None), (_("Yes"), True), (_("No"), False)):
            self.yes.addItem(words, value)
        self.yes.setCurrentIndex({True: 1, False: 2}.get(shown.default, 0) if shown.kind == "flag" else 0)
        self.required = QCheckBox(_("An article is not finished without it"))
        self.required.setChecked(shown.required)
        self.chip = QCheckBox(_("Shown on the chip in the text"))
        self.chip.setChecked(shown.chip)
        self.row(_("What it says"), self.kind)
        self.row(_("Values, one a line"), self.values)
        self.row(_("Of these labels"), self.labels)
        self.row(new, self.default)
        self.row(new, self.yes)
        self.row(new, self.one)
        self.row(new, self.some)
        self.form.addRow("", self.required)
        self.form.addRow("", self.chip)
        self.finish(
            *(self.values.textChanged, self.default.textChanged, self.labels.changed, self.required.toggled),
            *(self.chip.toggled, self.kind.currentIndexChanged, self.yes.currentIndexChanged),
            *(self.one.currentIndexChanged, self.one.activated, self.some.changed),
        )

    def check(self, *_what: object) -> None:
        """Show the fields that the kind has use for, and say what they mean."""
        kind = self.kind.currentData()
        self.form.setRowVisible(self.values, kind in {"choice", "choices"})
        self.form.setRowVisible(self.default, kind in {"text", "number"})
        self.form.setRowVisible(self.yes, kind == "flag")
        lines = self._lines()
        self.one.offer(lines)
        self.some.offer(lines)
        for field, of in ((self.one, "choice"), (self.some, "choices")):
            self.form.setRowVisible(field, kind == of)  # from the start: what stands below does not move
            field.setEnabled(any(lines))
            field.setToolTip("" if any(lines) else _("There are no values yet"))
        super().check()

    def read(self) -> tuple[Attribute, Message]:
        """Return the attribute as a file with it would be read."""
        name, kind = " ".join(self.name.text().split()), str(self.kind.currentData())
        if not self.title.text().strip() or not name:
            raise UnfinishedError(message("An attribute needs a title"))
        if self.was is None and name in self.scheme.attributes_by_name:
            raise UserError(message("There is an attribute {name} already", name=name))
        choice = kind in {"choice", "choices"}
        values = self._values() if choice else []
        value = {
            **(attribute_to_json(self.was) if self.was is not None else {}),
            "name": name,
            "title": self.title.text().strip(),
            "kind": kind,
            "values": values,
            "labels": list(self.labels.names),
            "required": self.required.isChecked(),
            "chip": self.chip.isChecked(),
            "default": self._default(kind),
            "key": self.free_key(),
            "definition": self.definition.toPlainText().strip(),
        }
        if choice and not values:
            raise UnfinishedError(message("It has no values to choose from"))
        if twice := next((one for one in values if values.count(one) > 1), ""):
            raise UserError(message("The value “{value}” is there twice", value=twice))
        found = attribute_from_json(value)
        self.judge(found)
        said = message("Says {what}", what=attribute_words(found, self.scheme))
        lost = [one for one in self.was.values if one not in found.values] if self.was is not None else []
        if lost and choice:
            words = "{said}. “{value}” goes, and what says it is wrong then: Rename… takes that along"
            said = message(words, said=said, value=lost[0])
        if gone := {"choice": self.one.gone, "choices": self.some.gone}.get(kind):
            names = ", ".join(f"“{value}”" for value in gone)
            said = message("{said}. A new annotation does not say {names} any more", said=said, names=names)
        return found, said

    def _values(self) -> list[str]:
        return [text for text in self._lines() if text]

    def _lines(self) -> list[str]:
        """Return what stands in each line of the values; an empty one may be about to be filled again."""
        return [" ".join(text.split()) for text in f"{self.values.toPlainText()}\n".splitlines()]

    def _default(self, kind: str) -> Any:
        text = self.default.text().strip()
        if kind == "choice":
            return self.one.currentData()
        if kind == "choices":
            return self.some.values or None
        if kind == "flag":
            return self.yes.currentData()
        if not text:
            return None
        if kind == "number":
            try:
                number = float(text.replace(",", "."))
            except ValueError as error:
                raise UserError(message("“{typed}” is no number", typed=text)) from error
            return int(number) if number.is_integer() else number
        return text
