"""What splitting a label touches, told before it is done, and the labels that it is split into."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from rubricator.model.scheme import Label, Scheme, new_label
from rubricator.model.scheme_tree import beside
from rubricator.words import _, message
from rubricator_gui.dialogs.scheme.fields import area, tell
from rubricator_gui.dialogs.scheme.touching import MOST, Touching
from rubricator_gui.session import Session


class Splitting(Touching):
    """Asks for labels that take over a part of what one means; `parts` is the answer."""

    def __init__(self, session: Session, label: Label, parent: QWidget | None = None) -> None:
        super().__init__(session, "splitDialog", _("Split a label"), _("Split"), parent)
        tell(self.head, _("Split {label}").format(label=label.title), "WindowText")
        self._label = label
        self.names: QPlainTextEdit = area("splitNames", _("New labels, one a line"), 4)
        self.names.textChanged.connect(self._check)
        self.form.addRow(_("New labels, one a line"), self.names)
        touched = session.ready.schemes.touched([label.name], MOST)
        also = message(
            "They keep {label} until somebody gives them a new one. All are on the list of what to look at again then",
            label=label.title,
        )
        self.show_touched(touched, [also])
        self.show_called({label.name, label.title})
        self._check()
        self.names.setFocus()

    @property
    def parts(self) -> list[Label]:
        """The new labels."""
        scheme, found, used = self._both(), list[Label](), self.session.ready.rows.label_counts()
        for title in self._titles():
            made = new_label(_name_of(title), scheme, self._label.parent, used)._replace(title=title)
            found.append(made)
            scheme = scheme.with_new(made)
        return found

    def _both(self) -> Scheme:
        """Return what the project and the editor have together: a new label takes no colour and no key from either."""
        one, draft = self.session.scheme, self._draft
        if draft is None:
            return one
        other = draft.scheme
        return Scheme(
            labels=(*one.labels, *(label for label in other.labels if label not in one.labels)),
            attributes=(*one.attributes, *other.attributes),
            relations=(*one.relations, *other.relations),
        )

    def _titles(self) -> list[str]:
        lines = (" ".join(text.split()) for text in self.names.toPlainText().splitlines())
        return list(dict.fromkeys(text for text in lines if text))

    def _check(self) -> None:
        there, seen = self._both().by_name, dict[str, str]()
        for title in self._titles():
            name = _name_of(title)
            if name in there:
                self.refuse(message("There is a label {label} already.", label=title))
                return
            if name in seen:
                same = message(
                    "“{one}” and “{other}” would be one label, {name}.", one=seen[name], other=title, name=name
                )
                self.refuse(same)
                return
            seen[name] = title
        self.refuse(self._fault(beside(self.edited, self._label.name, self.parts)))
        self.go.setEnabled(self.go.isEnabled() and bool(seen))


def _name_of(title: str) -> str:
    return "_".join(title.upper().split())
