"""The history: steps of the journal, the newest first, each put into words."""

from __future__ import annotations

import sqlite3
from collections import Counter

from rubricator.model.edit_words import describe, named_annotations
from rubricator.model.edits import NOT_TOLD, Edit
from rubricator.store.entries import COLUMNS, Entry, Line, entry_of, rows_of
from rubricator.store.undoing import Undoing
from rubricator.words import Message, message


class History:
    """Tells what was done in the journal of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def newest(self, limit: int, before: tuple[int, str] | None, article: str) -> list[Entry]:
        """Return the newest steps first, those before the clock `before`, of one article where it is given."""
        where = ["step IS NULL", f"kind NOT IN ({', '.join('?' * len(NOT_TOLD))})"]
        values: list[object] = [*sorted(NOT_TOLD)]
        if before:
            where.append("(lamport, id) < (?, ?)")
            values.extend(before)
        if article:
            where.append("article = ?")
            values.append(article)
        rows = self._db.execute(
            f"SELECT {COLUMNS} FROM journal WHERE {' AND '.join(where)} ORDER BY lamport DESC, id DESC LIMIT ?",
            (*values, limit),
        )
        return [entry_of(row) for row in rows]

    def line(self, entry: Entry) -> Line:
        """Put a row of the history into words."""
        root, turns = entry, 0
        while root.undoes and (rows := rows_of(self._db, root.undoes)):
            root, turns = rows[0], turns + 1
        edit, what = self._review_told(root)
        quotes = {}
        for uid in named_annotations(edit):
            row = self._db.execute("SELECT quote FROM annotation WHERE uid = ?", (uid,)).fetchone()
            if row and row[0]:
                quotes[uid] = row[0]
        what = what or describe(edit, quotes)
        if turns:
            what = message("Undone: {what}", what=what) if turns % 2 else message("Redone: {what}", what=what)
        undone = Undoing(self._db).is_undone(entry.id)
        name = self._db.execute("SELECT name FROM annotator WHERE uid = ?", (entry.author,)).fetchone()
        return Line(entry.id, entry.at, name[0] if name else "", root.article, what, undone)

    def _review_told(self, root: Entry) -> tuple[Edit, Message | None]:
        """Return the edit that tells a step, or words for the whole: a review takes several rows, and the first is not
        what it was done for.
        """
        if root.edit.kind not in ("agree", "decide"):
            return root.edit, None
        found = self._db.execute("SELECT kind, COUNT(*) FROM journal WHERE step = ? GROUP BY kind", (root.id,))
        rows = Counter(dict(found.fetchall()))
        rows[root.edit.kind] += 1
        if rows["decide"] > 1 and not rows["lock"]:
            return root.edit, message("Settled {n} differences", n=rows["decide"])
        if rows["agree"] > 1 and not rows["decide"]:
            return root.edit, message("Took the agreed places of {n} articles to gold", n=rows["agree"])
        kind = "lock" if rows["lock"] else "decide"
        where = f"SELECT {COLUMNS} FROM journal WHERE step = ? AND kind = ? ORDER BY lamport, id LIMIT 1"
        row = self._db.execute(where, (root.id, kind)).fetchone()
        return (entry_of(row).edit if row and kind != root.edit.kind else root.edit), None
