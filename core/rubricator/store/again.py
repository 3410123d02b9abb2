"""What an import says of what is here already: the file's changes come in, and what a person changed since stays.

Of each field it is asked who wrote it last. What an import wrote, or what nobody touched since it was made, is the
file's to change; and all is where the file was made of what stands here, as its stamp says. What a person wrote
stays; whether the file contradicts it, or only says what stood there before, is
told by the values that the field ever had.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rubricator.model.edit_json import edit_from
from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.elements import split_layer_id
from rubricator.store.element_rows import Row, dumps
from rubricator.store.elements import table_for

_OURS = frozenset({"annotation", "tag", "relation", "comment", "decision"})
"""Kinds that belong to a layer, and so are somebody's work."""
_INNER = frozenset({"attributes", "ties"})
"""Mappings whose parts are written each by itself."""
_BOOKKEEPING = frozenset({"created", "modified", "origin", "scheme"})
"""What is no statement of its own: it comes in with one that does."""
_BY_ITSELF = frozenset({"seconds"})
"""What a person does not write, but working does."""


class Kept(NamedTuple):
    """Something that stays as a person left it: a field, or (where that is empty) that they deleted it.

    `said` is what the file says, `here` what stands, `about` the element as it stands.
    """

    kind: str
    field: str
    said: Any
    here: Any
    about: Mapping[str, Any]


class Again:
    """Settles what an import states of elements that are here; `take` has the files win over what a person did."""

    def __init__(self, db: sqlite3.Connection, *, take: bool = False) -> None:
        self._db = db
        self._take = take
        self._imported: dict[int, bool] = {}
        self._article = ""
        self._written: dict[tuple[str, str, str], list[Any]] = {}

    def settled(self, ops: Iterable[Op]) -> tuple[list[Op], list[Kept]]:
        """Return the operations that are to be done, and what stays against them."""
        done: list[Op] = []
        kept: list[Kept] = []
        for op in ops:
            if isinstance(op, Add) and op.kind in _OURS:
                row = table_for(op.kind).read(self._db, op.kind, op.id)
                if row is None or not row.lamport:
                    done.append(op)
                else:
                    done += self._add(op, row, kept)
            elif isinstance(op, Set) and op.kind == "layer":
                article, _annotator = split_layer_id(op.id)
                done += self._field(op, article, {}, kept)
            else:
                done.append(op)
        return done, kept

    def _add(self, op: Add, row: Row, kept: list[Kept]) -> list[Op]:
        if not row.alive and not self._take and not self._by_import(op.kind, op.id, ALIVE):
            kept.append(Kept(op.kind, "", op.value, None, row.value))
            return []
        article = str(op.value["article"])
        seen = op.value.get("modified")
        based = seen is not None and seen == row.value.get("modified")
        ops: list[Op] = []
        beside: list[Op] = [] if row.alive else [Set(op.kind, op.id, ALIVE, False, True)]
        fixed = table_for(op.kind).fixed
        for name, here, said in _differences(row.value, op.value):
            write = Set(op.kind, op.id, name, here, said)
            if name in _BOOKKEEPING:
                beside.append(write)
            elif name not in fixed:
                ops += [write] if based else self._field(write, article, row.value, kept)
        return [*ops, *beside] if ops or not row.alive else []

    def _field(self, op: Set, article: str, about: Mapping[str, Any], kept: list[Kept]) -> list[Op]:
        """Return the write if it is to be done."""
        if self._take or self._by_import(op.kind, op.id, op.field):
            return [op]
        values = self._values(op.kind, op.id, op.field, article)
        if values and values[0] == op.old:  # what a person changed they took back
            return [op]
        if op.new not in values and op.field not in _BY_ITSELF:
            kept.append(Kept(op.kind, op.field, op.new, op.old, about))
        return []

    def _by_import(self, kind: str, uid: str, name: str) -> bool:
        """Say whether a field is as an import left it, or as it was made."""
        root = name.partition(".")[0]
        rows = self._db.execute(
            "SELECT edit FROM register WHERE kind = ? AND uid = ? AND field IN (?, ?) ORDER BY lamport, edit",
            (kind, uid, root, name),
        ).fetchall()
        return not rows or self._is_import(rows[-1][0])

    def _is_import(self, seq: int) -> bool:
        known = self._imported.get(seq)
        if known is None:
            (kind,) = self._db.execute("SELECT kind FROM journal WHERE seq = ?", (seq,)).fetchone()
            known = self._imported[seq] = kind == "import"
        return known

    # --- what ever stood there --------------------------------------------------------------------------------------

    def _values(self, kind: str, uid: str, name: str, article: str) -> list[Any]:
        """Return the values that a person found or left in a field, the oldest first."""
        if article != self._article:
            self._article = article
            self._written = {}
            rows = self._db.execute(
                "SELECT kind, payload FROM journal WHERE article = ? AND kind <> 'import' ORDER BY lamport, id",
                (article,),
            )
            for edit in (edit_from(*row) for row in rows):
                self._note(edit)
        root, _, key = name.partition(".")
        known = self._written.get((kind, uid, name), [])
        if key:
            known = [_part(value, key) for value in self._written.get((kind, uid, root), [])] + known
        return known or self._last(kind, uid, name)

    def _note(self, edit: Edit) -> None:
        for op in edit.ops:
            if isinstance(op, Set):
                self._written.setdefault((op.kind, op.id, op.field), []).extend((op.old, op.new))

    def _last(self, kind: str, uid: str, name: str) -> list[Any]:
        """Return what the last write found and left: one of an edit of many articles is noted at none of them."""
        rows = self._db.execute(
            "SELECT j.kind, j.payload FROM register r JOIN journal j ON j.seq = r.edit"
            " WHERE r.kind = ? AND r.uid = ? AND r.field = ?",
            (kind, uid, name),
        )
        return [
            value
            for row in rows
            for op in edit_from(*row).ops
            if isinstance(op, Set) and (op.kind, op.id, op.field) == (kind, uid, name)
            for value in (op.old, op.new)
        ]


def _differences(here: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield the fields that differ: their name, what stands, and what is said."""
    for name in sorted(here.keys() | said.keys()):
        old, new = here.get(name), said.get(name)
        if name in _INNER and "" not in {*(old or ()), *(new or ())}:
            old, new = old or {}, new or {}
            for key in sorted(old.keys() | new.keys()):
                if not _same(old.get(key), new.get(key)):
                    yield f"{name}.{key}", old.get(key), new.get(key)
        elif not _same(old, new):
            yield name, old, new


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) or dumps(one) == dumps(other)


def _part(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None
