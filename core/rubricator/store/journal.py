"""The journal: apply, undo, redo, merge. One transaction, journal rows and their state, one Change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from rubricator.model.changes import Change
from rubricator.model.edit_json import payload_of
from rubricator.model.edits import ALIVE, ORDER, Add, Edit, Op, Set
from rubricator.model.ids import new_id
from rubricator.model.spans import Stamp
from rubricator.store import bulk
from rubricator.store.annotation_rows import fill_quotes
from rubricator.store.element_rows import Row
from rubricator.store.elements import table_for
from rubricator.store.entries import COLUMNS, Entry, entry_of, is_here
from rubricator.store.fold import Fold, Key, Touched, field_of
from rubricator.store.ids import Ids
from rubricator.store.near import Near
from rubricator.store.standing import Standing
from rubricator.store.undoing import Undoing


class Author(NamedTuple):
    """Who writes, and on which device (both UUIDs)."""

    annotator: str
    device: str


@dataclass(slots=True)
class Clocks:
    """The last numbers that were given out: `lamport` in the whole journal, `device_seq` on one device."""

    device: str
    lamport: int
    device_seq: int

    def copy(self) -> Clocks:
        """Return clocks that go on from here, until it is sure that what they timed is kept."""
        return Clocks(self.device, self.lamport, self.device_seq)


class Writable(Protocol):
    """What a journal needs of a store: the connection, local numbers, and transactions."""

    db: sqlite3.Connection
    ids: Ids

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """Begin, and commit at the end."""
        ...

    def forget(self) -> None:
        """Have all forget what they read: others wrote."""
        ...


class Journal:
    """The record of all edits of one open project."""

    def __init__(self, store: Writable) -> None:
        self._store = store
        self._db = store.db
        self._fold = Fold(store.db, store.ids)
        self.standing = Standing(store.db, store.ids)
        self.undoing = Undoing(store.db)
        self.near = Near(store.db)
        self.seen = self._newest_seq()
        """The newest row that this process has told about in a Change."""
        self._clocks: Clocks | None = None
        """The clocks as they are while `seen` is the newest row of all."""

    def _newest_seq(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])

    def _clocks_of(self, device: str, touched: Touched) -> Clocks:
        """Return a device's clocks in a transaction that has caught up with all others."""
        known = self._clocks
        if known is not None and known.device == device and touched.newest == self.seen:
            return known.copy()
        (lamport,) = self._db.execute("SELECT coalesce(max(lamport), 0) FROM journal").fetchone()
        (device_seq,) = self._db.execute(
            "SELECT coalesce(max(device_seq), 0) FROM journal WHERE device = ?", (device,)
        ).fetchone()
        return Clocks(device, lamport, device_seq)

    # --- writing --------------------------------------------------------------------------------------------------

    def apply(
        self,
        edits: Iterable[Edit],
        author: Author,
        at: str,
        *,
        texts: Iterable[tuple[str, str]] = (),
        joining: Callable[[], Edit | None] = lambda: None,
        judge: Callable[[Change], None] = lambda _change: None,
    ) -> Change:
        """Write edits as one step; `texts` are (digest, text) that they name; `judge` may refuse by raising.

        `edits` are drawn inside the transaction, so that what they are made of holds until they are written. `joining`
        says who the author is: a step of its own before the other, where that writes anything.
        """
        touched = Touched()
        with self._store.transaction():
            steps = self._catch_up(touched)
            clocks = self._clocks_of(author.device, touched)
            self.add_texts(texts)
            step = self._append(edits, author, at, touched, clocks, joining=joining)
            change = self.standing.change((*steps, step) if step else steps, touched)
            judge(change)
        self._has_told(touched, clocks)
        return change

    def _has_told(self, touched: Touched, clocks: Clocks | None = None) -> None:
        """Note what a Change has told of, once it is sure to reach its reader: what comes later is news."""
        self.seen, self._clocks = touched.newest, clocks

    def _append(
        self,
        edits: Iterable[Edit],
        author: Author,
        at: str,
        touched: Touched,
        clocks: Clocks,
        *,
        joining: Callable[[], Edit | None] = lambda: None,
        undoes: str | None = None,
    ) -> str:
        """Write rows of one step and fold them; return the step's id, or nothing where there was nothing to write."""
        joined = False
        step = ""
        for edit in edits:
            # What undo and redo state anew is meant as it is.
            edit, known = self._settled(edit) if undoes is None else (edit, self._fold.known(edit))
            if not edit.ops and undoes is None:
                continue
            if not joined:
                joined = True
                if (me := joining()) is not None and self._append([me], author, at, touched, clocks):
                    edit, known = self._settled(edit)
            clocks.lamport += 1
            clocks.device_seq += 1
            row_id = new_id()
            step = step or row_id
            # The step is the id of its first row; a lone row needs none, and its index stays small.
            many = None if row_id == step else step
            clock = (clocks.lamport, row_id)
            seq = self._insert(
                (row_id, many, author.annotator, author.device, clocks.device_seq, clocks.lamport, edit, undoes, at),
                touched,
            )
            self._fold.edit(edit, seq, clock, touched, known)
            if undoes is not None and row_id == step:
                self.undoing.mark(undoes)
        self._complete()
        return step

    def _complete(self) -> None:
        """Write, once all rows are folded, what is dearer to keep with each: sketches, counts, quotes that waited."""
        self.near.write()
        bulk.count_new(self._db, self._store.ids)
        fill_quotes(self._db, self._store.ids)
        bulk.give_back_index(self._db, self._store.ids)

    def _insert(self, row: tuple[str, str | None, str, str, int, int, Edit, str | None, str], touched: Touched) -> int:
        row_id, step, annotator, device, device_seq, lamport, edit, undoes, at = row
        cursor = self._db.execute(
            "INSERT INTO journal (id, step, author, device, device_seq, lamport, kind, article, undoes, payload, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row_id,
                step,
                annotator,
                device,
                device_seq,
                lamport,
                edit.kind,
                edit.article,
                undoes,
                payload_of(edit),
                at,
            ),
        )
        seq = touched.newest = int(cursor.lastrowid or 0)
        touched.stamps[seq] = Stamp(annotator, at)
        return seq

    def _settled(self, edit: Edit) -> tuple[Edit, set[Key]]:
        """Turn an `Add` of what is there already into the writes that change it, so that undo gives back what was.

        Returns also what of it is known here, by (kind, id), so that nobody looks again.
        """
        known = self._fold.known(edit)
        if any(op.kind == "project" for op in edit.ops):
            edit = replace(edit, ops=tuple(map(self._with_order, edit.ops)))
        if not known:
            return edit, known
        ops: list[Op] = []
        for op in edit.ops:
            if not isinstance(op, Add) or (op.kind, op.id) not in known:
                ops.append(op)
                continue
            table = table_for(op.kind)
            row = table.read(self._db, op.kind, op.id)
            if row is None or not row.lamport:
                ops.append(op)
                continue
            ops.extend(
                Set(op.kind, op.id, name, row.value.get(name), op.value.get(name))
                for name in sorted(row.value.keys() | op.value.keys())
                if name not in table.fixed and row.value.get(name) != op.value.get(name)
            )
            if not row.alive:
                ops.append(Set(op.kind, op.id, ALIVE, False, True))
        return replace(edit, ops=tuple(ops)), known

    def _with_order(self, op: Op) -> Op:
        """Have the write of an order know all that it replaces: what it names and is gone now may be brought back."""
        if isinstance(op, Set) and op.field.startswith(ORDER):
            return op._replace(old=field_of(table_for(op.kind).read(self._db, op.kind, op.id), op))
        return op

    # --- texts: they travel with the rows that name them ----------------------------------------------------------

    def add_texts(self, texts: Iterable[tuple[str, str]]) -> list[str]:
        """Keep texts by their digest, and return the digests of those that are new here."""
        new: list[str] = []
        ids = self._store.ids
        ids.forget_new_texts()
        for digest, body in texts:
            cursor = self._db.execute(
                "INSERT INTO text (digest, length, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (digest, len(body), body),
            )
            if cursor.rowcount > 0:
                new.append(digest)
                self.near.add(int(cursor.lastrowid or 0), self.near.sketch(digest, body))
                ids.keep_text(digest, body)
        return new

    def _waited_for(self, digests: list[str]) -> Iterator[int]:
        """Yield the numbers of the articles that are here already and whose text is one of these."""
        query = "SELECT id FROM article WHERE digest IN (SELECT value FROM json_each(?))"
        for (number,) in self._db.execute(query, (json.dumps(digests),)):
            yield number

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (digest, text) of every text that is here."""
        yield from self._db.execute("SELECT digest, body FROM text WHERE body IS NOT NULL ORDER BY id")

    # --- undo -----------------------------------------------------------------------------------------------------

    def take_back(self, step: str, author: Author, at: str) -> Change:
        """Append the inverse of a step (an edit: undo; an undo: redo), of what still stands as the step left it.

        Where another window took the same step back meanwhile, nothing is written.
        """
        touched = Touched()
        with self._store.transaction():
            steps = self._catch_up(touched)
            clocks = self._clocks_of(author.device, touched)
            if not self.undoing.is_undone(step):
                edits = self.undoing.inverse(step, author.annotator)
                steps = (*steps, self._append(edits, author, at, touched, clocks, undoes=step))
            change = self.standing.change(steps, touched)
        self._has_told(touched, clocks)
        return change

    # --- merging --------------------------------------------------------------------------------------------------

    def merge(self, entries: Iterable[Entry], texts: Iterable[tuple[str, str]] = ()) -> Change:
        """Take in journal rows of another file, in any order and however often; what is here already is passed over."""
        touched = Touched()
        with self._store.transaction():
            steps = list(self._catch_up(touched))
            self._store.ids.late.update(self._waited_for(self.add_texts(texts)))
            for entry in entries:
                if self._take_in(entry, touched) and entry.step == entry.id:
                    steps.append(entry.id)
            self._complete()
            change = self.standing.change(tuple(steps), touched)
        self._has_told(touched)
        return change

    def _take_in(self, entry: Entry, touched: Touched) -> bool:
        """Write a row of another file and fold it; say whether it was new."""
        if is_here(self._db, entry.id):
            return False
        self.undoing.refuse_wrong(entry)
        step = entry.step if entry.step != entry.id else None
        row = (entry.id, step, entry.author, entry.device, entry.device_seq, entry.lamport, entry.edit)
        seq = self._insert((*row, entry.undoes or None, entry.at), touched)
        self._fold.edit(entry.edit, seq, (entry.lamport, entry.id), touched)
        if entry.undoes and step is None:
            self.undoing.mark(entry.undoes)
        return True

    # --- what is here, and what others wrote ----------------------------------------------------------------------

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the rows that arrived in this file after row `after`, in that order."""
        for row in self._db.execute(f"SELECT {COLUMNS} FROM journal WHERE seq > ? ORDER BY seq", (after,)):
            yield entry_of(row)

    def news(self) -> Change:
        """Return what other connections wrote since the last Change; falsy where nothing."""
        touched = Touched()
        steps = self._catch_up(touched)
        change = self.standing.change(steps, touched) if steps else Change()
        self._has_told(touched)
        return change

    def _catch_up(self, touched: Touched) -> tuple[str, ...]:
        """Note what rows of other connections touched that no Change has told of yet; return their steps."""
        steps: dict[str, None] = {}
        touched.newest = self.seen
        if self._newest_seq() == self.seen:
            return ()
        self._store.forget()
        touched.elsewhere = True
        for entry in self.entries(self.seen):
            touched.newest = entry.seq  # not the newest: somebody may have written another since this was read
            steps[entry.step] = None
            for op in entry.edit.ops:
                touched.note(self._stated(op), None)
        return tuple(steps)

    def _stated(self, op: Op) -> Row:
        """Return the element of an operation, enough of it to say which article it is of."""
        if isinstance(op, Add):
            return Row(op.kind, op.id, op.value, True, 0, 0, 0)
        row = table_for(op.kind).read(self._db, op.kind, op.id)
        return row or Row(op.kind, op.id, {"article": ""}, False, 0, 0, 0)  # it has not arrived yet
