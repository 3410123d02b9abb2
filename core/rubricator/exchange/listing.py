"""The entities that an import meets: which of the project's they are, and which a person took off its list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from rubricator.exchange.import_report import Clash
from rubricator.formats.json_values import fits_id
from rubricator.model.edits import Add
from rubricator.model.ids import named_id, new_id
from rubricator.project import Project

TEXT_IDS = "8d3d2f7e-6b0a-5c53-8f0b-0d0d6a3f4c11"
"""The space of the ids that an import makes."""


class _There(NamedTuple):
    """What an entity of a file is here: an id (empty: none), and the kind of case where a person had it so."""

    uid: str
    case: str = ""


class Listing:
    """The entities of the files, and those of the project that they are: by their id, or else their external id.

    Two of one file stay two, although they may have one external id. One that a person deleted stays away, and one that
    they put into another is that other one, unless the files win over what was done here.
    """

    def __init__(self, project: Project, clash: Clash) -> None:
        self._project = project
        self._clash = clash
        self._looked = False
        self._external: dict[str, _There] = {}
        self._gone: dict[str, _There] = {}
        self._here: dict[str, str] = {}

    def _look(self) -> None:
        if self._looked:
            return
        self._looked = True
        known = self._project.entities.all()
        self._here = {one.id: one.id for one in known}
        gone = list(self._project.rows.gone_entities()) if self._clash == "keep" else []
        into = {uid: other for uid, _external, other in gone}
        for uid, external, other in gone:
            passed = {uid}
            while other in into and other not in passed:
                passed.add(other)
                other = into[other]
            there = _There(other, "joined-entity") if other in self._here else _There("", "deleted")
            self._gone[uid] = there
            if external:
                self._external[external] = there
        self._external |= {one.external: _There(one.id) for one in known if one.external}

    def meet(self, entity: Mapping[str, Any]) -> Add | str:
        """Take in an entity of a file; return what lists it, or the kind of case that it is ("": none, it is known)."""
        self._look()
        value = dict(entity)
        uid = _entity_id(str(value.pop("id", "") or new_id()))
        if uid in self._here:
            return ""
        there = self._gone.get(uid) or self._external.get(str(value.get("external") or ""))
        self._here[uid] = there.uid if there else uid
        return there.case if there else Add("entity", uid, value)

    def here(self, uid: str) -> str:
        """Return the id by which an entity of a file is known in the project; empty where a person deleted it."""
        if not uid:
            return ""
        self._look()
        uid = _entity_id(uid)
        there = self._gone.get(uid)
        return there.uid if there else self._here.get(uid, uid)


def _entity_id(uid: str) -> str:
    """Return an id by which an entity can be kept, in place of one that our own files could not hold."""
    return uid if fits_id(uid) else named_id(TEXT_IDS, "entity", uid)
