"""What a file says of the corpus as a whole: its name, its scheme, the annotators and entities it knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rubricator.exchange.annotators import Annotators
from rubricator.exchange.declaring import Declaring
from rubricator.exchange.import_report import ImportReport
from rubricator.exchange.listing import Listing
from rubricator.exchange.naming import Naming
from rubricator.formats.base import Header
from rubricator.formats.reading import shortened
from rubricator.model.edits import Add, Op, Set
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_edits import about_scheme, part_ops, topic_op
from rubricator.store.rows import Rows
from rubricator.words import message


class Heading:
    """Takes in the headers of an import; `ops` is where what they change is written."""

    def __init__(
        self, rows: Rows, report: ImportReport, ops: list[Op], naming: Naming, annotators: Annotators, entities: Listing
    ) -> None:
        self._rows = rows
        self._report = report
        self._ops = ops
        self._naming = naming
        self._annotators = annotators
        self._entities = entities
        self._declaring = Declaring()

    def take(self, header: Header, file: str, *, first: bool) -> None:
        """Write what a file says; `first`: it is the first that comes into a project without articles."""
        about = self._rows.project()
        provisional = about.get("provisional")
        provisional = provisional if isinstance(provisional, list) else []
        if header.scheme is not None:
            scheme, cases = self._declaring.writable(header.scheme, file)
            self._report.cases.add(cases)
            names = bool(scheme.labels or scheme.relations or scheme.attributes)
            if names:
                self._naming.offer(scheme, partly=header.names != "all")
            ours = "scheme" in provisional or not self._naming.scheme.labels
            if first and names and ours and header.names != "some":
                self._adopt(scheme)
                self._ops += map(_recheck_op, header.rechecks)
            else:
                self._take_topics(scheme)
                self._tell_rechecks(header, file)
        if first and header.name and "name" in provisional and about.get("name") != header.name:
            self._ops.append(Set("project", "project", "name", about.get("name"), header.name))
        if first and header.extra:
            self._ops.append(Set("project", "project", "extra", about.get("extra"), dict(header.extra)))
        elif dict(header.extra) != (about.get("extra") or {}) and header.extra:
            keys = ", ".join(f"“{key}”" for key in header.extra)
            note = message("what it says of its project was left out, since this one has articles: {keys}", keys=keys)
            self._report.notes.append((file, note))
        for person in header.people:
            self._annotators.hear(person, file)
        for entity in header.entities:
            met = self._entities.meet(entity)
            if isinstance(met, Add):
                self._ops.append(met)
                self._report.entities += 1
            elif met:
                named = shortened(str(entity.get("name") or entity.get("id")))
                self._report.cases.add([(met, f"{file}: entity {named}")])

    def _adopt(self, scheme: Scheme) -> None:
        """Take over the scheme of the file: this project has no articles, and nobody chose its scheme."""
        old = self._naming.scheme
        scheme = replace(scheme, version=max(scheme.version, old.version))
        about = about_scheme(scheme) | {"version": scheme.version - self._rows.changes_of_scheme()}
        was = self._rows.project().get("scheme")
        self._ops += [*part_ops(old, scheme), Set("project", "project", "scheme", was, about)]
        self._naming.scheme = scheme
        self._report.scheme = (scheme.name, len(scheme.labels))

    def _tell_rechecks(self, header: Header, file: str) -> None:
        """Say that changes of another scheme ask for nothing here; those that stand here came with it before."""
        standing = {uid for uid, _value in self._rows.elements("recheck")}
        if not standing.issuperset(str(recheck["id"]) for recheck in header.rechecks):
            note = message("what it asks to look at again was left out, since this project has a scheme of its own")
            self._report.notes.append((file, note))

    def _take_topics(self, scheme: Scheme) -> None:
        """Add the topics that the file brings: they are reference data, and offered to nobody unless active."""
        known = self._naming.scheme
        fresh = [topic for topic in scheme.topics if topic.code not in known.topics_by_code]
        if fresh:
            self._ops += map(topic_op, fresh)
            self._naming.scheme = replace(known, topics=(*known.topics, *fresh))


def _recheck_op(recheck: Mapping[str, Any]) -> Op:
    return Add("recheck", str(recheck["id"]), {key: value for key, value in recheck.items() if key != "id"})
