"""The page of attributes, and that of relation types: what carries one goes along when it is renamed or deleted."""

from __future__ import annotations

from rubricator.model.scheme import Attribute, Scheme
from rubricator.model.scheme_names import with_attribute, with_relation, with_value
from rubricator.words import _, message, say
from rubricator_gui.dialogs.scheme.atonce import AT_ONCE, GOES, asked
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.dialogs.scheme.fields import button
from rubricator_gui.dialogs.scheme.partpage import Kind, PartPage
from rubricator_gui.dialogs.scheme.touchingparts import DeletingPart, Part, RenamingPart, touched_by
from rubricator_gui.session import Session


class NamedPage(PartPage):
    """Lists parts that annotations or relations carry by their name."""

    def __init__(self, kind: Kind, session: Session, draft: Draft) -> None:
        super().__init__(kind, session, draft)
        self.rename = button(_("Rename…"), f"rename-{kind.name}")
        self.rename.setToolTip(say(AT_ONCE))
        self.remove.setToolTip(say(GOES))
        self.line.insertWidget(2, self.rename)
        self.rename.clicked.connect(self._rename)
        self.list.renamed.connect(self._rename)
        self._check()

    def _check(self, *_row: object) -> None:
        super()._check()
        if "rename" in self.__dict__:
            self.rename.setEnabled(self.list.currentRow() >= 0)

    def _stands(self, part: Part) -> Part | None:
        """Return a part as the project has it."""
        scheme = self._session.scheme
        found: dict[str, Part] = {
            one.name: one for one in (scheme.attributes if isinstance(part, Attribute) else scheme.relations)
        }
        return found.get(part.name)

    def _rename(self, *_item: object) -> None:
        row = self.list.currentRow()
        if row < 0:
            return
        part = self._parts[row]
        stands = self._stands(part)
        if stands is None:
            title = part.title or part.name
            self.told.emit((message("{label} is not in the project yet: apply first.", label=title), True))
            return
        dialog = RenamingPart(self._session, stands, self, part.title.strip())
        if asked(dialog, self._draft):
            self._renamed(stands, *dialog.answer)
            self.list.setCurrentRow(row)
            self.list.setFocus()

    def _renamed(self, part: Part, value: str | None, name: str, title: str) -> None:
        schemes, old = self._session.ready.schemes, part.name
        if value is not None:

            def with_new(scheme: Scheme) -> Scheme:
                return with_value(scheme, old, value, name)

            self._do(
                with_new,
                message("Renamed {old} to {new}.", old=value, new=name),
                schemes.rename_value,
                old,
                value,
                name,
            )
            return

        def same(scheme: Scheme) -> Scheme:
            if isinstance(part, Attribute):
                mine = scheme.attributes_by_name.get(old)
                return with_attribute(scheme, old, mine._replace(name=name, title=title) if mine else None)
            known = scheme.relations_by_name.get(old)
            return with_relation(scheme, old, known._replace(name=name, title=title) if known else None)

        was = part.title or old
        said = message("Renamed {old} to {new}.", old=was, new=title)
        if name == old:  # nothing that carries it changes
            self._do(same, said, schemes.change, same(self._session.scheme), f"{was} → {title}")
            return
        verb = schemes.rename_attribute if isinstance(part, Attribute) else schemes.rename_relation
        self._do(same, said, verb, old, name, title)

    def _remove(self) -> None:
        """Take a part out of the draft; where it is in use, at once, with what carries it, after that was told."""
        row = self.list.currentRow()
        part = self._parts[row] if row >= 0 else None
        stands = self._stands(part) if part is not None else None
        touched = touched_by(self._session, stands) if stands is not None else None
        if stands is None or touched is None or not (touched.annotations or touched.relations):
            super()._remove()
            return
        if not asked(DeletingPart(self._session, stands, touched, self), self._draft):
            return
        name = stands.name

        def same(scheme: Scheme) -> Scheme:
            without = with_attribute if isinstance(stands, Attribute) else with_relation
            return without(scheme, name, None)

        schemes = self._session.ready.schemes
        said = message("Deleted {label}.", label=stands.title or name)
        verb = schemes.delete_attribute if isinstance(stands, Attribute) else schemes.delete_relation
        self._do(same, said, verb, name)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.setFocus()
