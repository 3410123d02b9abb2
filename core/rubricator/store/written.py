"""Who wrote what: the rows that are here, and which of them wrote what stands; asked before rows of others come in."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from rubricator.model.edits import Op, Set
from rubricator.store.element_rows import Row
from rubricator.store.elements import table_for
from rubricator.store.entries import Entry, is_here, row_called
from rubricator.store.fold import field_of


class Writer(NamedTuple):
    """A row that wrote something: its id, its author, and its clock."""

    id: str
    author: str
    lamport: int


class Written:
    """Looks up rows in the journal of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def row(self, row_id: str) -> Entry | None:
        """Return a row by its id."""
        return row_called(self._db, row_id)

    def has(self, row_id: str) -> bool:
        """Say whether a row is here, or the one that it is a piece of."""
        return is_here(self._db, row_id)

    def author_of(self, row_id: str) -> str | None:
        """Return who wrote a row; None where it is not here."""
        row = self._db.execute("SELECT author FROM journal WHERE id = ?", (row_id,)).fetchone()
        return row[0] if row else None

    def last_clock(self) -> int:
        """Return the highest clock of all rows."""
        return int(self._db.execute("SELECT coalesce(max(lamport), 0) FROM journal").fetchone()[0])

    def writer(self, op: Op) -> Writer | None:
        """Return which row wrote what stands in a field (of an `Add`: which one made the element); None: nobody yet."""
        if isinstance(op, Set):
            row = self._db.execute(
                "SELECT j.id, j.author, j.lamport FROM register r JOIN journal j ON j.seq = r.edit"
                " WHERE r.kind = ? AND r.uid = ? AND r.field = ?",
                (op.kind, op.id, op.field),
            ).fetchone()
            if row:
                return Writer(*row)
        made = table_for(op.kind).read(self._db, op.kind, op.id)
        if made is None or not made.lamport:
            return None
        query = "SELECT id, author, lamport FROM journal WHERE seq = ?"
        return Writer(*self._db.execute(query, (made.edit,)).fetchone())

    def writers(self, kind: str, uid: str) -> list[str]:
        """Return the ids of the rows that wrote into an element what stands there, after it was made."""
        query = "SELECT j.id FROM register r JOIN journal j ON j.seq = r.edit WHERE r.kind = ? AND r.uid = ?"
        return [row_id for (row_id,) in self._db.execute(query, (kind, uid))]

    def standing(self, op: Op) -> tuple[Row | None, Any]:
        """Return the element of an operation as it stands, and what is in the field that it would write."""
        row = table_for(op.kind).read(self._db, op.kind, op.id)
        row = row if row and (row.lamport or op.kind == "layer") else None
        return row, field_of(row, op)
