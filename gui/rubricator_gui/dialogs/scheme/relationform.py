"""The form of a relation type."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from rubricator.errors import UserError
from rubricator.model.scheme import RelationType, Scheme
from rubricator.model.scheme_words import relation_words
from rubricator.words import Message, _, message
from rubricator_gui.dialogs.scheme.fields import LabelChoice, any_label
from rubricator_gui.dialogs.scheme.partform import NamedForm, UnfinishedError


class RelationForm(NamedForm):
    """Asks for a relation type."""

    def __init__(self, scheme: Scheme, was: RelationType | None, parent: QWidget | None = None) -> None:
        super().__init__("relation", (_("Add a relation type"), _("Change a relation type")), scheme, was, parent)
        shown = was or RelationType("")
        self.sources = LabelChoice(scheme, shown.sources, _("From"))
        self.sources.setObjectName("relationSources")
        self.targets = LabelChoice(scheme, shown.targets, _("To"))
        self.targets.setObjectName("relationTargets")
        for choice in (self.sources, self.targets):
            choice.setToolTip(any_label())
        self.symmetric = QCheckBox(_("It holds both ways"))
        self.symmetric.setChecked(shown.symmetric)
        self.row(_("From"), self.sources)
        self.row(_("To"), self.targets)
        self.form.addRow("", self.symmetric)
        self.finish(self.sources.changed, self.targets.changed, self.symmetric.toggled)

    def read(self) -> tuple[RelationType, Message]:
        """Return the relation type."""
        name, title = " ".join(self.name.text().split()), self.title.text().strip()
        if not title or not name:
            raise UnfinishedError(message("A relation type needs a title"))
        if self.was is None and name in self.scheme.relations_by_name:
            raise UserError(message("There is a relation type {name} already", name=name))
        found = RelationType(
            name,
            title,
            self.sources.names,
            self.targets.names,
            self.symmetric.isChecked(),
            self.free_key(),
            self.definition.toPlainText().strip(),
            self.was.extra if self.was is not None else {},
        )
        self.judge(found)
        return found, message("{title} leads {ends}", title=title, ends=relation_words(found, self.scheme))
