"""The annotators of an import: those that the files name, and who they are in the project."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.owners import check_own, person_asked
from rubricator.formats.base import LayerRecord, Person
from rubricator.model.edits import Add, Op
from rubricator.model.ids import new_id
from rubricator.project import Project


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
        self._people: dict[str, str] = {}  # by id
        self.named: dict[str, str] = {}
        self.called = {project.me.annotator: project.me.name}

    def hear(self, person: Person) -> None:
        """Meet somebody whom a file names, and whose layers may follow."""
        if self._whose is None and not self.is_copy:  # else all layers are of one, whoever the file names
            self.meet(person)
        self.called.setdefault(person.id, person.name)

    def owner(self, layer: LayerRecord, where: str) -> str:
        """Return the id of whose a layer becomes; UserError where that cannot be."""
        me = self._project.me
        person = self._whose or Person("", layer.annotator)
        if self.is_copy and self._writes:
            check_own(me, person, self.called, where)
        found = self.meet(replace(person, kind=layer.kind)) if person.name else me.annotator
        self._report.layers[self.called[found]] += 1
        return found

    def meet(self, person: Person) -> str:
        """Return the id of an annotator a file names, by id or, where it gives none, by name; a new one joins."""
        known_by = self._people.get(person.id or person.name) or (not person.id and self.named.get(person.name))
        if known_by:
            return known_by
        known = {annotator.id: annotator.name for annotator in self._project.rows.annotators()}
        me = self._project.me
        known.setdefault(me.annotator, me.name)
        found = person.id
        if not found:
            namesakes = [uid for uid, name in known.items() if person.name in {name, uid}]
            found = namesakes[0] if len(namesakes) == 1 else new_id()
        if found not in known:
            value: dict[str, Any] = {**person.extra, "name": person.name or person.id, "kind": person.kind}
            self._ops.append(Add("annotator", found, value))
            self._report.people.append(person.name or person.id)
        self._people[found] = found
        self.called[found] = known.get(found) or person.name or found
        if person.name:
            self.named.setdefault(person.name, found)
        return found
