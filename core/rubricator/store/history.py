"""The history: steps of the journal, the newest first, each put into words."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from rubricator.model.edit_words import added, describe, named_annotations, placed
from rubricator.model.edits import NOT_TOLD, Edit
from rubricator.model.policies import policy_words
from rubricator.model.spans import quote
from rubricator.store.entries import COLUMNS, Entry, Line, entry_of, rows_of
from rubricator.store.undoing import Undoing
from rubricator.words import Message, message, plural

_OF_REVIEW = ("agree", "decide", "lock")
"""Kinds of rows that a step of the review may have."""


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
        edit, what = self._linked_told(root) or self._review_told(root)
        quotes = {uid: words for uid in named_annotations(edit) if (words := self._words(edit, uid))}
        told = describe(edit, quotes, self._text_under(edit.article, added(edit)))
        if edit.kind == "link" and root.edit.kind == "entity":
            told = message("{did}, a new entity", did=told)
        what = what or told
        if (policy := edit.about.get("policy")) and edit.kind in _OF_REVIEW:
            by = policy_words(str(policy), self._name_of)
            what = message("{did} by the policy “{policy}”", did=what, policy=by)
        if turns:
            what = message("Undone: {what}", what=what) if turns % 2 else message("Redone: {what}", what=what)
        undone = Undoing(self._db).is_undone(entry.id)
        return Line(entry.id, entry.at, self._name_of(entry.author), root.article, what, undone)

    def _words(self, edit: Edit, annotation: str) -> str:
        """Return the words under an annotation: as the edit left them, if it says so, else as they are."""
        row = self._db.execute(
            'SELECT quote, coalesce(fragments, json_array(json_array(start, "end"))) FROM annotation WHERE uid = ?',
            (annotation,),
        ).fetchone()
        if row is None:
            return ""
        then = placed(edit, annotation)
        moved = then and then != json.loads(row[1])
        return (self._text_under(edit.article, then) if moved else "") or row[0] or ""

    def _text_under(self, article: str, fragments: Sequence[Sequence[int]]) -> str:
        """Return the words under fragments; nothing where there are none, or their text is not here."""
        if not fragments:
            return ""
        row = self._db.execute(
            "SELECT t.body FROM article a JOIN text t ON t.digest = a.digest WHERE a.uid = ?", (article,)
        ).fetchone()
        text = row[0] if row else None
        return quote(text, fragments) if text is not None and fragments[-1][1] <= len(text) else ""

    def _name_of(self, annotator: str) -> str:
        row = self._db.execute("SELECT name FROM annotator WHERE uid = ?", (annotator,)).fetchone()
        return row[0] if row else ""

    def _linked_told(self, root: Entry) -> tuple[Edit, None] | None:
        """Return the edit that links mentions to an entity that was listed for them: that is what was meant."""
        rows = rows_of(self._db, root.id) if root.edit.kind == "entity" else []
        return next(((row.edit, None) for row in rows if row.edit.kind == "link"), None)

    def _review_told(self, root: Entry) -> tuple[Edit, Message | None]:
        """Return the edit that tells a step, or words for the whole: a review takes several rows, and the first is not
        what it was done for.
        """
        if root.edit.kind not in _OF_REVIEW:
            return root.edit, None
        counted = "SELECT kind, COUNT(*), COUNT(DISTINCT article) FROM journal WHERE step = ? OR id = ? GROUP BY kind"
        rows = {kind: (n, articles) for kind, n, articles in self._db.execute(counted, (root.id, root.id))}
        (_rows, agreed), (decided, _of), (_same, locked) = (rows.get(kind, (0, 0)) for kind in _OF_REVIEW)
        kind = "decide" if decided else "agree" if agreed > 1 or not locked else "lock"
        where = f"SELECT {COLUMNS} FROM journal WHERE step = ? AND kind = ? ORDER BY lamport, id LIMIT 1"
        row = self._db.execute(where, (root.id, kind)).fetchone() if kind != root.edit.kind else None
        what: Message | None = None
        if decided > 1 or (decided and locked):
            what = plural("Settled {n} difference", "Settled {n} differences", decided)
        elif kind == "agree" and agreed > 1:
            what = plural(
                "Took the agreed places of {n} article to gold",
                "Took the agreed places of {n} articles to gold",
                agreed,
            )
        elif kind == "lock" and locked > 1:
            what = plural("Locked the gold layer of {n} article", "Locked the gold layers of {n} articles", locked)
        if what and locked and kind != "lock":
            what = plural("{did}, finished {n} article", "{did}, finished {n} articles", locked, did=what)
        return (entry_of(row).edit if row else root.edit), what
