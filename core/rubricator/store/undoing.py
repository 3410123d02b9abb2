"""Undo: which step it takes back, what of that step still stands as the step left it, and which steps are undone."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rubricator.model.edits import ALIVE, NOT_UNDOABLE, STATED_ANEW, Add, Edit, Op, Set
from rubricator.model.scheme_edits import taken_back
from rubricator.store.elements import table_for
from rubricator.store.entries import Entry, garbled, rows_of
from rubricator.store.fold import Key, field_of
from rubricator.words import message


class Undoing:
    """Looks up in the journal of one connection what can be taken back; `undone` is kept by it, and by it alone."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def undoable(self, annotator: str) -> str:
        """Return the step that undo would take back: the annotator's last one that stands; or nothing."""
        kinds = ", ".join("?" * len(NOT_UNDOABLE))
        row = self._db.execute(
            "SELECT j.id FROM journal j WHERE j.author = ? AND j.undoes IS NULL AND (j.step IS NULL)"
            f" AND j.kind NOT IN ({kinds}) AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.step = j.id)"
            " ORDER BY j.lamport DESC, j.id DESC LIMIT 1",
            (annotator, *sorted(NOT_UNDOABLE)),
        ).fetchone()
        return row[0] if row else ""

    def redoable(self, annotator: str) -> str:
        """Return the undo that redo would take back: the last one that stands, with no new edit after it."""
        kinds = ", ".join("?" * len(NOT_UNDOABLE))
        rows = self._db.execute(
            "SELECT j.id, j.undoes IS NULL, o.undoes IS NULL FROM journal j LEFT JOIN journal o ON o.id = j.undoes"
            f" WHERE j.author = ? AND j.step IS NULL AND j.kind NOT IN ({kinds})"
            " AND (j.undoes IS NULL OR NOT EXISTS (SELECT 1 FROM undone u WHERE u.step = j.id))"
            " ORDER BY j.lamport DESC, j.id DESC",
            (annotator, *sorted(NOT_UNDOABLE)),
        )
        for row_id, original, takes_back_an_original in rows:
            if original:
                return ""
            if takes_back_an_original:
                return str(row_id)
        return ""

    def entry(self, step: str) -> Entry | None:
        """Return the first row of a step."""
        rows = rows_of(self._db, step)
        return rows[0] if rows else None

    def is_undone(self, step: str) -> bool:
        """Say whether a step was taken back, and that was not."""
        return self._db.execute("SELECT 1 FROM undone WHERE step = ?", (step,)).fetchone() is not None

    def inverse(self, step: str, annotator: str) -> Iterator[Edit]:
        """Yield the edits that take back a step, the last row first, of what still stands as the step left it.

        Each is to be written before the next is drawn: what the next one finds is what this one leaves.
        """
        rows = rows_of(self._db, step)
        redoes = any(entry.undoes for entry in rows)
        made = self._made(rows)
        for entry in reversed(rows):
            inverse = entry.edit.inverse()
            edit = taken_back(self._standing(inverse, annotator, redoes=redoes))
            yield self._anew(_whole(edit, inverse), made) if edit.kind in STATED_ANEW else edit

    def _made(self, rows: Sequence[Entry]) -> Mapping[Key, Add]:
        """Return what was made by the step that these rows took back, where it is stated anew."""
        undone = next((row.undoes for row in rows if row.undoes and row.edit.kind in STATED_ANEW), "")
        ops = (op for row in (rows_of(self._db, undone) if undone else ()) for op in row.edit.ops)
        return {(op.kind, op.id): op for op in ops if isinstance(op, Add)}

    def _anew(self, edit: Edit, made: Mapping[Key, Add]) -> Edit:
        """State as a whole what an edit brings back by a single write: as it was `made`, or as it was taken away."""
        writes = Counter((op.kind, op.id) for op in edit.ops)
        ops: list[Op] = []
        for op in edit.ops:
            key = op.kind, op.id
            if isinstance(op, Set) and op.field == ALIVE and op.new is True and writes[key] == 1:
                row = table_for(op.kind).read(self._db, *key)
                ops.append(made.get(key) or (Add(*key, row.value) if row is not None else op))
            else:
                ops.append(op)
        return replace(edit, ops=tuple(ops))

    def _standing(self, edit: Edit, annotator: str, *, redoes: bool) -> Edit:
        """Leave out the writes that somebody else has overwritten since: undo takes back one's own only."""
        ops = (op for op in edit.ops if isinstance(op, Add) or self._stands(op, annotator, redoes=redoes))
        return replace(edit, ops=tuple(ops))

    def _stands(self, op: Set, annotator: str, *, redoes: bool) -> bool:
        """Say whether a field still holds what is taken back, by one's own hand, with nobody's work upon it.

        An import is not undone under others' work; a person who took the article out on purpose may do that again.
        """
        row = table_for(op.kind).read(self._db, op.kind, op.id)
        if field_of(row, op) != op.old:
            return False
        writer = self._db.execute(
            "SELECT author FROM journal WHERE seq = ?"
            " OR seq = (SELECT edit FROM register WHERE kind = ? AND uid = ? AND field = ?)"
            " ORDER BY lamport DESC, id DESC LIMIT 1",
            (row.edit if row else 0, op.kind, op.id, op.field),
        ).fetchone()  # an element that was stated as a whole leaves no register
        if writer and writer[0] != annotator:
            return False
        takes_out = op.kind == "article" and op.field == ALIVE and op.new is False and not redoes
        return not (takes_out and self._others_worked(op.id, annotator))

    def _others_worked(self, article: str, annotator: str) -> bool:
        """Say whether somebody else has labelled an article or given it a topic: it is then not taken away."""
        for table in ("annotation", "tag"):
            found = self._db.execute(
                f"SELECT 1 FROM {table} n JOIN layer l ON l.id = n.layer JOIN article a ON a.id = l.article"
                " JOIN journal j ON j.seq = n.edit WHERE a.uid = ? AND n.alive = 1 AND j.author <> ? LIMIT 1",
                (article, annotator),
            ).fetchone()
            if found:
                return True
        return False

    def mark(self, step: str) -> None:
        """Work out again whether a step is undone, and so up the chain of what it undoes itself."""
        current: str | None = step
        while current:
            standing = self._db.execute(
                "SELECT 1 FROM journal r WHERE r.undoes = ? AND r.step IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.step = r.id)",
                (current,),
            ).fetchone()
            if standing:
                self._db.execute("INSERT INTO undone VALUES (?) ON CONFLICT DO NOTHING", (current,))
            else:
                self._db.execute("DELETE FROM undone WHERE step = ?", (current,))
            row = self._db.execute("SELECT undoes FROM journal WHERE id = ?", (current,)).fetchone()
            current = row[0] if row else None

    def refuse_wrong(self, entry: Entry) -> None:
        """Refuse a row that takes back a later one, or itself: rows that undo each other would never come to an end."""
        clock = (entry.lamport, entry.id)
        wrong = (
            entry.undoes == entry.id
            or self._db.execute(
                "SELECT 1 FROM journal"
                " WHERE (id = ? AND (lamport, id) >= (?, ?)) OR (undoes = ? AND (lamport, id) <= (?, ?))",
                (entry.undoes, *clock, entry.id, *clock),
            ).fetchone()
        )
        if wrong:
            raise garbled(entry.id, message("it takes back what was done later"))


def _whole(standing: Edit, inverse: Edit) -> Edit:
    """Leave out elements of which not all writes stand, and all that was decided where the decision is one of them.

    Another copy has decided there since, and what it wrote is not mixed with what was here before.
    """
    left = Counter((op.kind, op.id) for op in standing.ops)
    meant = Counter((op.kind, op.id) for op in inverse.ops)
    broken = {key for key in meant if left[key] < meant[key]}
    if inverse.kind == "decide" and any(kind == "decision" for kind, _id in broken):
        return replace(standing, ops=())
    return replace(standing, ops=tuple(op for op in standing.ops if (op.kind, op.id) not in broken))
