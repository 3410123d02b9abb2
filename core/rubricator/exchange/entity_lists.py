"""Lists of entities into a project, and out: what is on the list already is filled up, never doubled."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.exchange.places import check_place, place_beside
from rubricator.formats.entity_list import Broken, Columns, columns_in, guess_in, read_entities, written_entities
from rubricator.formats.files import opened
from rubricator.model.changes import Change
from rubricator.model.entities import Entity, filled
from rubricator.model.folding import fold
from rubricator.model.ids import new_id
from rubricator.project import Project
from rubricator.suggest.wordlists import label_words
from rubricator.words import Message, joined, message, plural

BYTES_MOST = 256 << 20
_HEAD = 1 << 20
"""Bytes of a file that are looked at for its columns: a window waits for it."""
SUFFIXES = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson")
_TOLD = 5
"""Broken lines that an error names; a dialog shows all."""


class Plan(NamedTuple):
    """What a list would do to a project: entities that are new, ones filled up, how many are known, what is broken."""

    source: str
    new: tuple[Entity, ...]
    changed: tuple[tuple[Entity, Entity], ...]
    known: int
    broken: tuple[Broken, ...]

    def lines(self) -> list[Message]:
        """Say it in words."""
        said = [plural("{n} new entity", "{n} new entities", len(self.new))]
        if self.changed:
            said.append(plural("{n} is filled up", "{n} are filled up", len(self.changed)))
        if self.known:
            said.append(plural("{n} is on the list already", "{n} are on the list already", self.known))
        if self.broken:
            said.append(plural("{n} line is broken", "{n} lines are broken", len(self.broken)))
        return said


def columns_of(source: Path) -> tuple[list[str], Columns]:
    """Return the columns of a list, and which holds what, as far as their names and ids say it."""
    head = _read(source, _HEAD)
    if len(head) == _HEAD:  # a line that is cut may end within a letter
        head = head[: head.rfind(b"\n") + 1] or head
    return columns_in(head, source.name), guess_in(head, source.name)


def plan_entities(project: Project, source: Path, columns: Columns | None = None) -> Plan:
    """Read a list and say what it would do; nothing is changed. UserError where it is no list."""
    data = _read(source)
    if columns is None:
        columns = guess_in(data, source.name)
    found = read_entities(data, source.name, columns)
    listed, labels = _Listed(project.entities.all()), label_words(project.scheme)
    known = 0
    for _line, entity in found.entities:
        known += not listed.take(entity._replace(kind=labels.get(fold(entity.kind), entity.kind)))
    return Plan(source.name, listed.new(), listed.changed(), known, found.broken)


def put_entities(project: Project, plan: Plan, *, skip_broken: bool = False) -> Change:
    """Do what was planned, as one step; UserError where lines are broken and are not to be skipped."""
    if plan.broken and not skip_broken:
        raise refused(plan)
    return project.entities.take_in(plan.new, plan.changed, plan.source)


def refused(plan: Plan) -> UserError:
    """Return the words for a list with broken lines: file, line and why of the first few."""
    first = (message("line {line}: {why}", line=one.line, why=one.why) for one in plan.broken[:_TOLD])
    why = plural(
        "{file}: {n} line is no entity, and nothing was imported.",
        "{file}: {n} lines are no entities, and nothing was imported.",
        len(plan.broken),
        file=plan.source,
    )
    return UserError(
        joined([why, *first], "\n"),
        message("Mend the lines, or leave them out (--skip-broken)."),
    )


def export_entities(project: Project, out: Path, *, overwrite: bool = False) -> int:
    """Write the project's entities to a file, CSV or JSONL by its name; return how many."""
    suffix = out.suffix.lower()
    if suffix not in (".csv", ".jsonl", ".ndjson"):
        raise UserError(
            message("{file}: the list is written as .csv or .jsonl.", file=out.name), message("End the name so.")
        )
    check_place(out, overwrite=overwrite)
    entities = project.entities.all()
    with place_beside(out) as fresh:
        with fresh.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(written_entities(entities, project.entities.counts(), suffix))
        fresh.replace(out)
    return len(entities)


class _Listed:
    """The entities of a project, found by id, by external id, and by kind and name; and what a list adds to them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._new: dict[str, None] = {}
        self._changed: dict[str, Entity] = {}
        self._by_id: dict[str, Entity] = {}
        self._names: dict[str, dict[str, None]] = {}
        """The other names of those that are filled up: a list may say one of them on each of many lines."""
        self._by_external: dict[str, str] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        for entity in entities:
            self._keep(entity)

    def take(self, entity: Entity) -> bool:
        """Take in an entity of the list; False where all that is said of it is known."""
        known = self._known(entity)
        if known is None:
            fresh = entity if entity.id else entity._replace(id=new_id())
            self._new[fresh.id] = None
            self._keep(fresh)
            return True
        names = self._names.setdefault(known.id, dict.fromkeys(known.aliases))
        more = [name for name in entity.names if name != known.name and name not in names]
        full = filled(known, entity)
        if full == known and not more:
            return False
        names.update(dict.fromkeys(more))
        if known.id not in self._new:
            self._changed.setdefault(known.id, known)
        self._keep(full)
        return True

    def new(self) -> tuple[Entity, ...]:
        """Return the entities that are new."""
        return tuple(map(self._whole, self._new))

    def changed(self) -> tuple[tuple[Entity, Entity], ...]:
        """Return those that are filled up, as they were and as they will be."""
        return tuple((was, self._whole(uid)) for uid, was in self._changed.items())

    def _whole(self, uid: str) -> Entity:
        entity = self._by_id[uid]
        return entity._replace(aliases=tuple(self._names[uid])) if uid in self._names else entity

    def _known(self, entity: Entity) -> Entity | None:
        by_external = self._by_external.get(entity.external, "") if entity.external else ""
        found = self._by_id.get(entity.id) or self._by_id.get(by_external)
        if found or entity.id:
            return found
        named = self._by_id.get(self._by_name.get((entity.kind, fold(entity.name)), ""))
        return None if named and named.external and entity.external else named

    def _keep(self, entity: Entity) -> None:
        self._by_id[entity.id] = entity
        if entity.external:
            self._by_external.setdefault(entity.external, entity.id)
        self._by_name.setdefault((entity.kind, fold(entity.name)), entity.id)


def _read(source: Path, most: int = BYTES_MOST + 1) -> bytes:
    if source.suffix.lower() not in SUFFIXES:
        raise UserError(
            message("{file} is no list of entities that can be read.", file=source.name),
            message("Save it as CSV, TSV or JSONL."),
        )
    with opened(source) as stream:
        data = stream.read(most)
    if len(data) > BYTES_MOST:
        why = message("{file} is larger than {most} MB.", file=source.name, most=BYTES_MOST >> 20)
        raise UserError(why, message("Part it into several lists."))
    return data
