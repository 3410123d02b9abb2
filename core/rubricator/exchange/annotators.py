"""The annotators of an import: those that the files name, and who they are in the project."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.owners import check_own, everybody, person_asked, person_named
from rubricator.formats.base import LayerRecord, Person
from rubricator.model.edits import Add, Op
from rubricator.model.ids import new_id
from rubricator.project import Annotator, Project


class Annotators:
    """Knows who was met; `ops` is where those are written who join.

    `named` has their ids by name, `called` their names by id; `is_copy` says that the project is a packet's copy.
    """

    def __init__(self, project: Project, options: ImportOptions, report: ImportReport, ops: list[Op]) -> None:
        self._project = project
        self._whose = person_asked(project, options.annotator)
        self._writes = not (options.dry_run or options.ask)
        self.is_copy = bool(project.packet)
        self._report = report
        self._ops = ops
        self._met: dict[tuple[str, str, str], str] = {}  # as files name them: by id (if any), name and kind
        self._there = {one.id: one for one in everybody(project)}  # and those who join
        self.named: dict[str, str] = {}
        self.called = {project.me.annotator: project.me.name}

    def hear(self, person: Person, where: str) -> None:
        """Meet somebody whom a file names, and whose layers may follow."""
        if self._whose is None and not self.is_copy:  # else all layers are of one, whoever the file names
            self.meet(person, where)
        self.called.setdefault(person.id, person.name)

    def owner(self, layer: LayerRecord, where: str) -> str:
        """Return the id of whose a layer becomes; UserError where that cannot be."""
        me = self._project.me
        person = self._whose or Person("", layer.annotator)
        if self.is_copy and self._writes:
            check_own(me, person, self.called, where)
        if self.is_copy and person.name == me.name:  # whoever else is called so
            person = replace(person, id=person.id or me.annotator)
        found = self.meet(replace(person, kind=layer.kind), where) if person.name else me.annotator
        self._report.layers[self.called[found]] += 1
        return found

    def meet(self, person: Person, where: str) -> str:
        """Return the id of an annotator a file names, by id or, where it gives none, by name; a new one joins.

        UserError where several are called so.
        """
        as_named = (person.id, person.name, person.kind)
        if as_named in self._met:
            return self._met[as_named]
        found = person.id or person_named(person, self._there, where) or new_id()
        known = self._there.get(found)
        if known is None:
            value: dict[str, Any] = {**person.extra, "name": person.name or person.id, "kind": person.kind}
            self._ops.append(Add("annotator", found, value))
            self._report.people.append(person.name or person.id)
            self._there[found] = Annotator(found, value["name"], person.kind)
        self._met[as_named] = found
        self.called[found] = (known.name if known else "") or person.name or found
        if person.name:
            self.named.setdefault(person.name, found)
        return found
