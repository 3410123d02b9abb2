"""Which columns of a list of entities hold what, and what to do about lines that are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QListWidget, QWidget

from rubricator.exchange.entity_lists import Plan
from rubricator.formats.entity_list import Columns, Field
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.panels.plain import plain_label

_WORDS: Mapping[Field, str] = {
    "name": "Name",
    "kind": "Kind",
    "external": "External id",
    "aliases": "Other names",
    "note": "Note",
    "id": "Id in this project",
}


class ColumnsDialog(QDialog):
    """Asks which column holds the names, and which the rest."""

    def __init__(self, file: str, columns: Sequence[str], guessed: Columns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("columnsDialog")
        self.setWindowTitle(_("Import entities"))
        u = theme.unit()
        words = plain_label(say(message("Which columns of {file} hold what?", file=file)))
        words.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(2 * u)
        self.fields: dict[Field, QComboBox] = {}
        for field, title in _WORDS.items():
            box = QComboBox()
            box.addItem(_("none"), "")
            for name in columns:
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(guessed.get(field, ""))))
            box.setAccessibleName(_(title))
            box.currentIndexChanged.connect(self._check)
            form.addRow(_(title), box)
            self.fields[field] = box
        buttons, self.go = parts.choice(self, _("Import"))
        column = parts.column(self, 3)
        column.addWidget(words)
        column.addLayout(form)
        column.addWidget(buttons)
        self._check()

    def _check(self) -> None:
        self.go.setEnabled(bool(self.fields["name"].currentData()))

    @property
    def columns(self) -> Columns:
        """What was chosen."""
        return {field: box.currentData() for field, box in self.fields.items() if box.currentData()}


class BrokenDialog(QDialog):
    """Lists the lines that are no entities, before anything is written."""

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("brokenDialog")
        self.setWindowTitle(_("Lines that are no entities"))
        u = theme.unit()
        n = len(plan.broken)
        words = plain_label(
            say(plural("{n} line of {file} is no entity.", "{n} lines of {file} are no entities.", n, file=plan.source))
        )
        self.list = QListWidget()
        self.list.setAccessibleName(_("Broken lines"))
        for one in plan.broken:
            self.list.addItem(say(message("Line {line}: {why}", line=one.line, why=one.why)))
        self.list.setMinimumSize(130 * u, 60 * u)
        rest = len(plan.new) + len(plan.changed) + plan.known
        buttons, go = parts.choice(self, say(plural("Import the other {n}", "Import the other {n}", rest)))
        go.setEnabled(rest > 0)
        column = parts.column(self)
        for widget in (words, self.list, buttons):
            column.addWidget(widget, int(widget is self.list))
