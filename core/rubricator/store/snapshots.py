"""Named states of a project: a snapshot says which journal rows were there, and a replay of these gives the state.

In the file where it was taken these are the rows up to a number. In a file that it was merged into they are those that
each device had written by then. A digest of the rows' ids tells whether it is really them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rubricator.errors import UserError
from rubricator.model.edits import Add
from rubricator.store.entries import Entry
from rubricator.store.journal import Journal
from rubricator.words import message

_BY_NUMBER = "seq <= ?"
_BY_DEVICE = "EXISTS (SELECT 1 FROM json_each(?) d WHERE d.key = journal.device AND journal.device_seq <= d.value)"


_OFTEN = 100
"""After so many rows it is said how far the replay is."""


class Snapshots:
    """The snapshots of one connection."""

    def __init__(self, db: sqlite3.Connection, journal: Journal) -> None:
        self._db = db
        self._journal = journal

    def now(self, name: str) -> dict[str, Any]:
        """Return what a snapshot of the present state says."""
        (seq,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
        until = dict(self._db.execute("SELECT device, max(device_seq) FROM journal GROUP BY device"))
        return {"name": name, "seq": seq, "until": until, "digest": self._digest(_BY_NUMBER, seq)}

    def rows(self, value: Mapping[str, Any]) -> set[str]:
        """Return the ids of the journal rows of a snapshot; UserError where they cannot be told any more."""
        ways = ((_BY_NUMBER, value.get("seq")), (_BY_DEVICE, json.dumps(value.get("until"), default=dict)))
        for where, limit in ways:
            if isinstance(limit, int | str) and self._digest(where, limit) == value.get("digest"):
                return {row_id for (row_id,) in self._db.execute(f"SELECT id FROM journal WHERE {where}", (limit,))}
        raise UserError(
            message("The snapshot “{name}” was taken in another copy of this project.", name=value.get("name")),
            message("One and the same device wrote into both copies since, so what it held cannot be told here."),
        )

    def _digest(self, where: str, limit: int | str) -> str:
        found = hashlib.sha256()
        for (row_id,) in self._db.execute(f"SELECT id FROM journal WHERE {where} ORDER BY id", (limit,)):
            found.update(f"{row_id}\n".encode())
        return found.hexdigest()

    def copy_into(self, journal: Journal, rows: set[str], progress: Callable[[int, int], None]) -> None:
        """Replay these rows into an empty project, with the texts that they name."""
        digests: set[object] = set()

        def entries(passed: int) -> Iterator[Entry]:
            done = passed * len(rows)
            for entry in self._journal.entries():
                if entry.id in rows:
                    if done % _OFTEN == 0:
                        progress(done, 2 * len(rows))
                    done += 1
                    adds = (op for op in entry.edit.ops if isinstance(op, Add) and op.kind == "article")
                    digests.update(op.value.get("digest") for op in adds)
                    yield entry

        for _entry in entries(0):
            pass
        texts = ((digest, body) for digest, body in self._journal.texts() if digest in digests)
        journal.merge(entries(1), texts)
