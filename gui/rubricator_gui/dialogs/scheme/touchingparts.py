"""What renaming or deleting an attribute, one of its values or a relation type touches, told before it is done."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from rubricator.model.scheme import Attribute, RelationType, Scheme
from rubricator.model.scheme_names import with_attribute, with_relation, with_value
from rubricator.verbs.schemes import Touched
from rubricator.words import Message, _, message, say
from rubricator_gui.dialogs.scheme.fields import line, tell
from rubricator_gui.dialogs.scheme.touching import MOST, Touching
from rubricator_gui.session import Session

Part = Attribute | RelationType


def touched_by(session: Session, part: Part, value: str | None = None) -> Touched:
    """Return what carries a part of the scheme, or says a value of it."""
    schemes = session.ready.schemes
    return schemes.saying(part.name, value, MOST) if isinstance(part, Attribute) else schemes.related(part.name, MOST)


class RenamingPart(Touching):
    """Asks for another name of an attribute, of one of its values, or of a relation type; `answer` is the answer."""

    def __init__(self, session: Session, part: Part, parent: QWidget | None = None, typed: str = "") -> None:
        title = _("Rename an attribute") if isinstance(part, Attribute) else _("Rename a relation type")
        super().__init__(session, "renamePart", title, _("Rename"), parent)
        self._part = part
        self._typed = typed or part.title  # what was typed in the form goes along
        tell(self.head, _("Rename {label}").format(label=part.title or part.name), "WindowText")
        self.what = QComboBox()
        self.what.setObjectName("renameWhat")
        self.what.setAccessibleName(_("What is renamed"))
        self.what.addItem(part.title or part.name, None)
        for value in part.values if isinstance(part, Attribute) else ():
            self.what.addItem(say(message("its value “{value}”", value=value)), value)
        self.title = line("renameTitle", _("Title"))
        self.name = line("renameName", _("Name in files"))
        self.form.addRow(_("What"), self.what)
        self.form.addRow(_("Title"), self.title)
        self.form.addRow(_("Name in files"), self.name)
        self.form.setRowVisible(self.what, self.what.count() > 1)
        self.what.currentIndexChanged.connect(self._show)
        self.name.textChanged.connect(self._check)
        self.title.textChanged.connect(self._check)
        self._show()

    @property
    def retitled(self) -> str:
        """The name of the part, unless a value of it is renamed."""
        return "" if self.what.currentData() is not None else self._part.name

    @property
    def answer(self) -> tuple[str | None, str, str]:
        """The value that is renamed (none: the part itself), the name, and the title."""
        return self.what.currentData(), " ".join(self.name.text().split()), " ".join(self.title.text().split())

    def _show(self, *_row: object) -> None:
        """Show what is renamed, and what says it."""
        value, part = self.what.currentData(), self._part
        self.form.setRowVisible(self.title, value is None)
        self.title.setText(self._typed)
        self.name.setText(part.name if value is None else value)
        self.show_touched(touched_by(self.session, part, value))  # and what waits
        field = self.title if value is None else self.name
        field.setFocus()
        field.selectAll()
        self._check()

    def _check(self, *_text: object) -> None:
        (value, name, title), part = self.answer, self._part
        if not name or (value is None and not title):
            self.refuse(message("It needs a name and a title.") if value is None else message("It needs a name."))
            return
        self.refuse(self._taken(value, name) or self._fault(self._renamed(value, name, title)))
        other = (name, title) != (part.name, part.title) if value is None else name != value
        self.go.setEnabled(self.go.isEnabled() and other)
        if isinstance(part, Attribute) and value is not None and name != value and name in part.values:
            tell(self.refused, message("“{name}” is there already: the two become one.", name=name))

    def _taken(self, value: str | None, name: str) -> Message | str:
        """Say that something else has a name, in the project or where it is being edited."""
        part, scheme, edited = self._part, self.session.scheme, self.edited
        if name == (part.name if value is None else value):
            return ""
        if isinstance(part, Attribute) and value is not None:
            here = edited.attributes_by_name.get(part.name, part)
            if name in here.values and name not in part.values:
                return message("You have added the value “{name}”, not applied yet: choose another name.", name=name)
            return ""
        if isinstance(part, Attribute):
            if name in scheme.attributes_by_name:
                return message("There is an attribute {name} already.", name=name)
            if name in edited.attributes_by_name:
                return message("You have added an attribute {name}, not applied yet: choose another name.", name=name)
        elif name in scheme.relations_by_name:
            return message("There is a relation type {name} already.", name=name)
        elif name in edited.relations_by_name:
            return message("You have added a relation type {name}, not applied yet: choose another name.", name=name)
        return ""

    def _renamed(self, value: str | None, name: str, title: str) -> Scheme:
        """Return the scheme with the other name."""
        part, edited = self._part, self.edited
        if value is not None:
            return with_value(edited, part.name, value, name)
        if isinstance(part, Attribute):
            attribute = edited.attributes_by_name.get(part.name, part)
            return with_attribute(edited, part.name, attribute._replace(name=name, title=title))
        relation = edited.relations_by_name.get(part.name, part)
        return with_relation(edited, part.name, relation._replace(name=name, title=title))


class DeletingPart(Touching):
    """Asks whether an attribute or a relation type goes, with all that carries it."""

    def __init__(self, session: Session, part: Part, touched: Touched, parent: QWidget | None = None) -> None:
        attribute = isinstance(part, Attribute)
        title = _("Delete an attribute") if attribute else _("Delete a relation type")
        super().__init__(session, "deletePart", title, _("Delete"), parent)
        self._part = part
        name = part.title or part.name
        what = message("Delete {label} with all that is said of it", label=name)
        tell(self.head, what if attribute else message("Delete {label} and its relations", label=name), "WindowText")
        stays = message("It is one step: undo brings all of it back. The annotations stay.")
        self.show_touched(touched, [stays])

    @property
    def gone(self) -> list[str]:
        """The name of the part."""
        return [self._part.name]
