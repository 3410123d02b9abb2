"""What stands: elements as the values that the window holds, one by one, and before and after in a Change."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from rubricator.model.changes import Change, Replaced
from rubricator.model.comments import comment_from
from rubricator.model.edits import SCHEME_KINDS
from rubricator.model.elements import annotation_from, tag_from
from rubricator.model.entities import entity_from
from rubricator.model.rejections import Rejection, rejection_from
from rubricator.model.relations import Relation, relation_from
from rubricator.model.spans import Annotation, TopicTag
from rubricator.store.annotation_rows import quote_of, read_annotations
from rubricator.store.element_rows import Row
from rubricator.store.elements import table_for
from rubricator.store.fold import PATCHABLE, Touched
from rubricator.store.ids import Ids, Stamps

T = TypeVar("T")


class Standing:
    """Reads elements of one connection as they stand now, what was written in the present transaction too."""

    def __init__(self, db: sqlite3.Connection, ids: Ids) -> None:
        self._db = db
        self._ids = ids

    def annotation(self, uid: str) -> Annotation | None:
        """Return an annotation by its id; None where it is not there."""
        return self._made(table_for("annotation").read(self._db, "annotation", uid), Stamps(self._db))

    def annotations(self, uids: Iterable[str]) -> dict[str, Annotation]:
        """Return those of annotations (by id) that are there, in the order in which they are named."""
        wanted = list(uids)
        if not wanted:
            return {}
        stamps = Stamps(self._db)
        made = ((row.uid, self._made(row, stamps)) for row in read_annotations(self._db, wanted))
        found = {uid: annotation for uid, annotation in made if annotation is not None}
        return {uid: found[uid] for uid in wanted if uid in found}

    def tag(self, uid: str) -> TopicTag | None:
        """Return a topic tag by its id; None where it is not there."""
        return _standing(table_for("tag").read(self._db, "tag", uid), tag_from)

    def relation(self, uid: str) -> Relation | None:
        """Return a relation by its id; None where it is not there."""
        return _standing(table_for("relation").read(self._db, "relation", uid), relation_from)

    def change(self, steps: tuple[str, ...], touched: Touched) -> Change:
        """Return what steps did: the elements that they touched, before and after."""
        found: dict[str, list[Replaced[Any]]] = {kind: [] for kind in _PATCHED}
        stamps = Stamps(self._db)
        stamps.update(touched.stamps)
        kinds = {kind for kind, _ in touched.before}
        everything = touched.too_many or len(touched.before) >= PATCHABLE
        for (kind, uid), before in () if everything else touched.before.items():
            if kind == "annotation":
                after = touched.made.get((kind, uid)) or table_for(kind).read(self._db, kind, uid)
                found[kind].append(Replaced(uid, self._made(before, stamps), self._made(after, stamps)))
            elif kind in _PATCHED:
                after = table_for(kind).read(self._db, kind, uid)
                made = _PATCHED[kind]
                found[kind].append(Replaced(uid, _standing(before, made), _standing(after, made)))
        return Change(
            steps=steps,
            annotations=tuple(found["annotation"]),
            tags=tuple(found["tag"]),
            rejections=tuple(found["rejection"]),
            relations=tuple(found["relation"]),
            comments=tuple(found["comment"]),
            entities=tuple(found["entity"]),
            articles=frozenset(touched.articles - {""}),
            listing="article" in kinds,
            scheme=bool(kinds & SCHEME_KINDS) or "project" in kinds,
            annotators="annotator" in kinds,
            project="project" in kinds,
            wordlists="wordlist" in kinds,
            everything=everything,
            elsewhere=touched.elsewhere,
        )

    def _made(self, row: Row | None, stamps: Stamps) -> Annotation | None:
        """Make the annotation of a row, with its quote and who made it; None where it is not there."""
        if row is None or not row.alive or not row.lamport:
            return None
        quote = quote_of(self._ids, row.value["article"], row.value["fragments"]) or ""
        return annotation_from(row.uid, row.value, quote, stamps[row.edit])


def _standing(row: Row | None, made: Callable[[str, Mapping[str, Any]], T]) -> T | None:
    return made(row.uid, row.value) if row and row.alive and row.lamport else None


def _rejection(_uid: str, value: Mapping[str, Any]) -> Rejection:
    return rejection_from(value)


_PATCHED: Mapping[str, Callable[[str, Mapping[str, Any]], Any]] = {
    "annotation": annotation_from,
    "tag": tag_from,
    "rejection": _rejection,
    "relation": relation_from,
    "comment": comment_from,
    "entity": entity_from,
}
"""The kinds of elements that a Change tells one by one, and how each is made of its value."""
