"""Journal rows cut into pieces, each of which concerns one article and one owner: what travels without the rest.

A piece is made of its row and of nothing else, so that it is the same row in every copy. Its id begins with that of
the row, so that its clock stands where the row's stands among all others; and since all writes to one element are in
one piece, folding pieces gives what folding the whole gives. A whole row stands for all its pieces. See
docs/decisions/0018.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.model.edits import Add, Op, Set
from rubricator.model.elements import PACKET, split_layer_id
from rubricator.store.element_rows import dumps
from rubricator.store.elements import table_for
from rubricator.store.entries import Entry
from rubricator.words import message


class Cell(NamedTuple):
    """What an element concerns: an article, and the annotator whose it is; empty: all of them."""

    article: str
    owner: str


COMMON = Cell("", "")

_COMMON_KINDS = frozenset(
    "project label topic rule attribute relationtype example recheck version entity wordlist".split()
)
_JOIN = "."
_DIGITS = 16


class Cells:
    """Says what elements concern, by the state of a project; of those that it does not know by what adds them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._added: dict[tuple[str, str], Cell] = {}

    def of(self, op: Op) -> Cell | None:
        """Return what an operation concerns; None where its element is not known, or where it concerns one file only.

        A snapshot names rows of the file in which it was taken, of which another one may have a part.
        """
        if is_local(op):
            return None
        if op.kind in _COMMON_KINDS:
            return COMMON
        if op.kind == "article":
            return Cell(op.id, "")
        if op.kind == "annotator":
            return Cell("", op.id)
        if op.kind == "layer":
            return Cell(*split_layer_id(op.id))
        row = table_for(op.kind).read(self._db, op.kind, op.id)
        if row is not None and row.lamport:
            return Cell(str(row.value.get("article") or ""), str(row.value.get("annotator") or ""))
        return _said(op) if isinstance(op, Add) else self._added.get((op.kind, op.id))

    def note(self, op: Op) -> None:
        """Remember what adds an element, so that later writes to it can be told."""
        if isinstance(op, Add) and op.kind not in _COMMON_KINDS | {"article", "annotator", "layer"}:
            self._added.setdefault((op.kind, op.id), _said(op))


def is_local(op: Op) -> bool:
    """Say whether an operation concerns the file that it was done in, and none that it is merged into."""
    return op.kind == "snapshot" or (op.kind == "project" and isinstance(op, Set) and op.field == PACKET)


def _said(op: Add) -> Cell:
    return Cell(str(op.value.get("article") or ""), str(op.value.get("annotator") or ""))


def head_of(row_id: str) -> str:
    """Return the id of the row that a piece is of; empty where it is a whole one."""
    head, join, _cell = row_id.rpartition(_JOIN)
    return head if join else ""


def pieces(entry: Entry, cells: Cells) -> Iterator[tuple[Cell, Entry]]:
    """Cut a row into its pieces, in the order in which it comes upon them; what is not known is in none."""
    import hashlib  # not needed to open a project

    parts: dict[Cell, list[Op]] = {}
    for op in entry.edit.ops:
        cell = cells.of(op)
        if cell is not None:
            parts.setdefault(cell, []).append(op)
    for cell, ops in parts.items():
        digits = hashlib.sha256(dumps(cell).encode()).hexdigest()[:_DIGITS]
        row_id = f"{entry.id}{_JOIN}{digits}"
        if len(row_id) > _LONGEST:
            raise UserError(message("The journal row {id} cannot be cut: its id is too long.", id=entry.id))
        # It is no step of its own, so that nobody takes back a part of what was done as one; what it is about
        # (counts, names of files) is of the whole.
        edit = replace(entry.edit, ops=tuple(ops), article=cell.article, about={})
        yield cell, entry._replace(id=row_id, step=entry.step, article=cell.article, undoes="", edit=edit)


_LONGEST = 64
