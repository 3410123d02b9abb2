"""What a review reads: the layers of many articles side by side, decisions, and what was ever stated under an id."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from rubricator.store.elements import table_for


class Reviews:
    """Looks these up in the state tables of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def stated(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[Mapping[str, Any], bool]]:
        """Return the values of those elements (kind, id) that were ever stated here, and whether they are there."""
        found = ((kind, uid, table_for(kind).read(self._db, kind, uid)) for kind, uid in keys)
        return {(kind, uid): (row.value, row.alive) for kind, uid, row in found if row is not None and row.lamport}

    def articles_in(self, annotators: Iterable[str]) -> list[str]:
        """Return the ids of the articles in which at least two of these annotators have worked, in order."""
        rows = self._db.execute(
            "SELECT a.uid FROM layer l JOIN article a ON a.id = l.article AND a.alive = 1"
            " JOIN annotator p ON p.id = l.annotator WHERE p.uid IN (SELECT value FROM json_each(?))"
            " AND l.status <> 'skipped' AND (l.status <> 'todo' OR l.annotations > 0"
            " OR EXISTS (SELECT 1 FROM tag t WHERE t.layer = l.id AND t.alive = 1))"
            " GROUP BY a.id HAVING count(*) > 1 ORDER BY a.lamport, a.place, a.uid",
            (json.dumps(list(annotators)),),
        )
        return [uid for (uid,) in rows]

    def at_work(self, article: str) -> list[tuple[str, str]]:
        """Return (annotator, kind) of those who have worked on an article, in the order they joined."""
        rows = self._db.execute(
            "SELECT p.uid, p.kind FROM layer l JOIN article a ON a.id = l.article JOIN annotator p"
            " ON p.id = l.annotator WHERE a.uid = ? AND l.status <> 'skipped' AND (l.status <> 'todo'"
            " OR l.annotations > 0 OR EXISTS (SELECT 1 FROM tag t WHERE t.layer = l.id AND t.alive = 1))"
            " ORDER BY p.lamport, p.place, p.uid",
            (article,),
        )
        return rows.fetchall()
