"""The fold: journal rows become state rows. It never refuses, and its outcome does not depend on the order of arrival.

A state row holds the value of the latest `Add` of its element with the later `Set`s laid over it; `register` keeps the
last `Set` of each field, also of elements that have not arrived yet. Clocks are (lamport, edit id).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.elements import split_layer_id
from rubricator.model.spans import Stamp
from rubricator.store.element_rows import Row, dumps
from rubricator.store.elements import table_for
from rubricator.store.ids import Ids

Clock = tuple[int, str]
Key = tuple[str, str]
"""Kind and id of an element."""

PATCHABLE = 2_000
"""More touched elements than this are not remembered one by one: reading again is cheaper."""


@dataclass
class Touched:
    """Which elements a transaction touched: by (kind, id), the row before the first touch."""

    before: dict[Key, Row | None] = field(default_factory=dict)
    made: dict[Key, Row] = field(default_factory=dict)
    """Of these the annotations that were made, and not touched again: nobody need read what was just written."""
    too_many: bool = False
    elsewhere: bool = False
    """Whether some of it was touched by other programs, and so what was before is not known."""
    articles: set[str] = field(default_factory=set)
    """All articles that the elements are of, also where these are too many."""
    newest: int = 0
    """The newest journal row that was looked at or written."""
    stamps: dict[int, Stamp] = field(default_factory=dict)
    """Who wrote the rows that were written, and when."""

    def note(self, row: Row, before: Row | None) -> None:
        """Remember the row as it was before it was first touched; `row` says which article it is of."""
        self._note_articles(row.kind, [row])
        self.made.pop((row.kind, row.uid), None)
        if len(self.before) >= PATCHABLE:
            self.too_many = True
        else:
            self.before.setdefault((row.kind, row.uid), before)

    def note_new(self, kind: str, rows: Sequence[Row]) -> None:
        """Remember that these elements of one kind were not there."""
        self._note_articles(kind, rows)
        room = PATCHABLE - len(self.before)
        self.too_many |= len(rows) > room
        self.before.update(((kind, row.uid), None) for row in rows[:room])
        if kind == "annotation":
            self.made.update(((kind, row.uid), row) for row in rows[:room])

    def _note_articles(self, kind: str, rows: Sequence[Row]) -> None:
        if kind in {"annotation", "tag"}:
            self.articles.update([row.value["article"] for row in rows])
        elif kind in {"relation", "comment", "decision"}:
            self.articles.update([str(row.value.get("article") or "") for row in rows])
        elif kind == "article":
            self.articles.update([row.uid for row in rows])
        elif kind == "layer":
            self.articles.update([split_layer_id(row.uid)[0] for row in rows])


class Fold:
    """Folds edits into the state tables of one connection."""

    def __init__(self, db: sqlite3.Connection, ids: Ids) -> None:
        self._db = db
        self._ids = ids

    def edit(self, edit: Edit, seq: int, clock: Clock, touched: Touched, known: set[Key] | None = None) -> None:
        """Fold one journal row, which must stand in the journal as `seq` already.

        `known` names the elements that it adds to what is known of them, where the caller has looked.
        """
        written = self._insert(edit, self.known(edit) if known is None else known, seq, clock, touched)
        if len(written) == len(edit.ops):
            return
        for place, op in _lasting(edit.ops):
            if isinstance(op, Set):
                self._set(op, seq, clock, touched)
            elif place not in written:
                self._add(op, seq, clock, place, touched)

    # --- what is new: written all at once; an import is made of it ------------------------------------------------

    def known(self, edit: Edit) -> set[Key]:
        """Return, of the elements that an edit adds, those that are not new here."""
        added: defaultdict[str, list[str]] = defaultdict(list)
        for op in edit.ops:
            if isinstance(op, Add):
                added[op.kind].append(op.id)
        return {(kind, uid) for kind, uids in added.items() for uid in table_for(kind).known(self._db, kind, uids)}

    def _insert(self, edit: Edit, known: set[Key], seq: int, clock: Clock, touched: Touched) -> set[int]:
        """Write the elements that an edit adds and that are new here; return the places of their operations.

        Nothing stands that they could be compared with, and where the edit names them once, nothing else in it
        depends on them, so that they can go first.
        """
        known = known | _repeated(edit.ops)
        # Articles and annotators come before all others: a layer would make empty ones.
        new: dict[str, list[Row]] = {"article": [], "annotator": []}
        for place, op in enumerate(edit.ops):
            if isinstance(op, Add) and (not known or (op.kind, op.id) not in known):
                new.setdefault(op.kind, []).append(Row(op.kind, op.id, op.value, True, clock[0], seq, place))
        written: set[int] = set()
        for kind, rows in new.items():
            if rows:
                table_for(kind).insert(self._db, self._ids, rows)
                touched.note_new(kind, rows)
                written.update([row.place for row in rows])
        return written

    # --- what may stand already: laid over it, one write after the other ------------------------------------------

    def _clock(self, lamport: int, seq: int) -> Clock:
        row = self._db.execute("SELECT id FROM journal WHERE seq = ?", (seq,)).fetchone()
        return lamport, row[0] if row else ""

    def _earlier(self, clock: Clock, lamport: int, seq: int) -> bool:
        """Say whether `clock` is earlier than that of the write that `seq` made; within one edit the order counts."""
        return clock[0] < lamport or (clock[0] == lamport and clock < self._clock(lamport, seq))

    def _add(self, op: Add, seq: int, clock: Clock, place: int, touched: Touched) -> None:
        table = table_for(op.kind)
        row = table.read(self._db, op.kind, op.id)
        if row and row.lamport and self._earlier(clock, row.lamport, row.edit):
            return
        value, alive = dict(op.value), True
        for name, written, at in self._registers(op.kind, op.id):
            if at > clock:
                value, alive = _lay_over(value, alive, name, written)
        new = Row(op.kind, op.id, value, alive, clock[0], seq, place)
        touched.note(new, row if row and row.lamport else None)
        if row is None:
            table.insert(self._db, self._ids, [new])
        else:
            table.write(self._db, self._ids, new)

    def _registers(self, kind: str, uid: str) -> list[tuple[str, Any, Clock]]:
        # By name at last: of one edit a mapping comes before what was written into it.
        rows = self._db.execute(
            "SELECT r.field, r.value, r.lamport, j.id FROM register r JOIN journal j ON j.seq = r.edit"
            " WHERE r.kind = ? AND r.uid = ? ORDER BY r.lamport, j.id, r.field",
            (kind, uid),
        )
        return [(name, json.loads(value), (lamport, edit)) for name, value, lamport, edit in rows]

    def _set(self, op: Set, seq: int, clock: Clock, touched: Touched) -> None:
        table = table_for(op.kind)
        root = op.field.partition(".")[0]
        if root in table.fixed or not self._register(op, seq, clock):
            return
        row = table.read(self._db, op.kind, op.id)
        if row is None and op.kind == "layer":
            row = table.empty(self._db, self._ids, op.id)
        if row is None or (not row.lamport and op.kind != "layer"):
            return  # the element has not arrived yet: the register waits for it
        if row.lamport and self._earlier(clock, row.lamport, row.edit):
            return
        if root != op.field and self._overwritten(op, root, clock):
            return
        touched.note(row, row)
        value, alive = _lay_over(dict(row.value), row.alive, op.field, op.new)
        if root == op.field:
            for name, written, at in self._registers(op.kind, op.id):
                if name.startswith(root + ".") and at > clock:
                    value, alive = _lay_over(value, alive, name, written)
        new = Row(op.kind, op.id, value, alive, row.lamport, row.edit, row.place)
        table.write(self._db, self._ids, new)

    def _register(self, op: Set, seq: int, clock: Clock) -> bool:
        """Keep the write if it is the last to its field; say whether it is."""
        key = (op.kind, op.id, op.field)
        row = self._db.execute(
            "SELECT lamport, edit FROM register WHERE kind = ? AND uid = ? AND field = ?", key
        ).fetchone()
        if row and self._earlier(clock, *row):
            return False
        self._db.execute(
            "INSERT INTO register (kind, uid, field, value, lamport, edit) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET value = excluded.value, lamport = excluded.lamport, edit = excluded.edit",
            (*key, dumps(op.new), clock[0], seq),
        )
        return True

    def _overwritten(self, op: Set, root: str, clock: Clock) -> bool:
        row = self._db.execute(
            "SELECT lamport, edit FROM register WHERE kind = ? AND uid = ? AND field = ?", (op.kind, op.id, root)
        ).fetchone()
        return bool(row) and self._earlier(clock, *row)


def _repeated(ops: Sequence[Op]) -> set[Key]:
    """Return the elements that operations name more than once."""
    if len({op.id for op in ops}) == len(ops):
        return set()
    return {key for key, times in Counter([(op.kind, op.id) for op in ops]).items() if times > 1}


def _lasting(ops: Sequence[Op]) -> list[tuple[int, Op]]:
    """Return operations with their places, without the writes into mappings that the same edit then writes whole.

    A register knows the clock of its edit but no place in it, so that these could not be told from later ones.
    """
    lasting: list[tuple[int, Op]] = []
    whole: set[tuple[str, str, str]] = set()
    for place in reversed(range(len(ops))):
        op = ops[place]
        if isinstance(op, Set):
            root, _, key = op.field.partition(".")
            if not key:
                whole.add((op.kind, op.id, root))
            elif (op.kind, op.id, root) in whole:
                continue
        lasting.append((place, op))
    lasting.reverse()
    return lasting


def _lay_over(value: dict[str, Any], alive: bool, name: str, written: Any) -> tuple[dict[str, Any], bool]:
    """Write a field of a value; `name` may address a key inside a mapping."""
    if name == ALIVE:
        return value, bool(written)
    root, _, key = name.partition(".")
    if not key:
        if written is None:
            value.pop(name, None)
        else:
            value[name] = written
        return value, alive
    inner = value.get(root)
    mapping = dict(inner) if isinstance(inner, Mapping) else {}
    if written is None:
        mapping.pop(key, None)
    else:
        mapping[key] = written
    if mapping:
        value[root] = mapping
    else:
        value.pop(root, None)
    return value, alive


def field_of(row: Row | None, op: Op) -> Any:
    """Return what stands now in the field that `op` would write; None where nothing does.

    What has not arrived is not alive: who kept it away, and takes that back, writes as much.
    """
    if row is None:
        return False if isinstance(op, Set) and op.field == ALIVE else None
    if isinstance(op, Add):
        return row.value
    if op.field == ALIVE:
        return row.alive
    root, _, key = op.field.partition(".")
    value = row.value.get(root)
    if not key:
        return value
    return value.get(key) if isinstance(value, Mapping) else None
