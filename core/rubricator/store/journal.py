"""The journal: apply, undo, redo, merge, history. One transaction, journal rows and their state, one Change."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol, TypeVar

from rubricator.errors import UserError
from rubricator.model.changes import Change, Replaced
from rubricator.model.comments import comment_from
from rubricator.model.edit_json import edit_from, payload_of
from rubricator.model.edit_words import describe, named_annotations
from rubricator.model.edits import ALIVE, NOT_TOLD, NOT_UNDOABLE, SCHEME_KINDS, Add, Edit, Op, Set
from rubricator.model.elements import annotation_from, tag_from
from rubricator.model.entities import entity_from
from rubricator.model.ids import new_id
from rubricator.model.rejections import Rejection, rejection_from
from rubricator.model.relations import Relation, relation_from
from rubricator.model.scheme_edits import taken_back
from rubricator.model.spans import Annotation, Stamp, TopicTag
from rubricator.store.elements import Row, fill_quotes, quote_of, read_annotations, table_for
from rubricator.store.fold import PATCHABLE, Fold, Key, Touched, field_of
from rubricator.store.ids import Ids, Stamps
from rubricator.store.near import SKETCHES_AT_ONCE, Near
from rubricator.words import Message, message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and on which device (both UUIDs)."""

    annotator: str
    device: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A journal row as it is stored; `edit` holds what it says."""

    seq: int
    id: str
    step: str
    author: str
    device: str
    device_seq: int
    lamport: int
    article: str
    undoes: str
    at: str
    edit: Edit


class Writer(NamedTuple):
    """A row that wrote something: its id, its author, and its clock."""

    id: str
    author: str
    lamport: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history: what was done in words, by whom, when, and whether it was undone."""

    step: str
    at: str
    author: str
    article: str
    what: Message
    undone: bool


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


_COLUMNS = "seq, id, step, author, device, device_seq, lamport, kind, article, undoes, payload, at"


class Journal:
    """The record of all edits of one open project."""

    def __init__(self, store: Writable) -> None:
        self._store = store
        self._db = store.db
        self._fold = Fold(store.db, store.ids)
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
            change = self._change((*steps, step) if step else steps, touched)
            judge(change)
        self._has_told(touched, clocks)
        return change

    def _has_told(self, touched: Touched, clocks: Clocks | None = None) -> None:
        """Note what a Change has told of, once it is sure to reach its reader: what comes later is news."""
        self.seen, self._clocks = touched.newest, clocks

    def add_texts(self, texts: Iterable[tuple[str, str]]) -> list[str]:
        """Keep texts by their digest, and return the digests of those that are new here."""
        new: list[str] = []
        sketches: list[tuple[int, list[int]]] = []
        ids = self._store.ids
        ids.forget_new_texts()
        for digest, body in texts:
            cursor = self._db.execute(
                "INSERT INTO text (digest, length, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (digest, len(body), body),
            )
            if cursor.rowcount > 0:
                new.append(digest)
                sketches.append((int(cursor.lastrowid or 0), self.near.sketch(digest, body)))
                ids.keep_text(digest, body)
            if len(sketches) >= SKETCHES_AT_ONCE:
                self.near.add(sketches)
                sketches.clear()
        self.near.add(sketches)
        return new

    def _waited_for(self, digests: list[str]) -> Iterator[int]:
        """Yield the numbers of the articles that are here already and whose text is one of these."""
        query = "SELECT id FROM article WHERE digest IN (SELECT value FROM json_each(?))"
        for (number,) in self._db.execute(query, (json.dumps(digests),)):
            yield number

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
            edit, known = self._settled(edit)
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
                self._mark(undoes)
        fill_quotes(self._db, self._store.ids)
        return step

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

    # --- undo -----------------------------------------------------------------------------------------------------

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

    def take_back(self, step: str, author: Author, at: str) -> Change:
        """Append the inverse of a step (an edit: undo; an undo: redo), of what still stands as the step left it.

        Where another window took the same step back meanwhile, nothing is written.
        """
        touched = Touched()
        with self._store.transaction():
            steps = self._catch_up(touched)
            clocks = self._clocks_of(author.device, touched)
            if not self._db.execute("SELECT 1 FROM undone WHERE step = ?", (step,)).fetchone():
                rows = self._step_rows(step)
                redoes = any(entry.undoes for entry in rows)
                inverse = (self._standing(entry.edit.inverse(), author, redoes=redoes) for entry in reversed(rows))
                edits = map(taken_back, inverse)
                steps = (*steps, self._append(edits, author, at, touched, clocks, undoes=step))
            change = self._change(steps, touched)
        self._has_told(touched, clocks)
        return change

    def _step_rows(self, step: str) -> list[Entry]:
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM journal WHERE id = ? OR step = ? ORDER BY lamport, id", (step, step)
        )
        return [_entry(row) for row in rows]

    def _standing(self, edit: Edit, author: Author, *, redoes: bool) -> Edit:
        """Leave out the writes that somebody else has overwritten since: undo takes back one's own only."""
        ops = (op for op in edit.ops if isinstance(op, Add) or self._stands(op, author, redoes=redoes))
        return replace(edit, ops=tuple(ops))

    def _stands(self, op: Set, author: Author, *, redoes: bool) -> bool:
        """Say whether a field still holds what is taken back, by one's own hand, with nobody's work upon it.

        An import is not undone under others' work; a person who took the article out on purpose may do that again.
        """
        if field_of(table_for(op.kind).read(self._db, op.kind, op.id), op) != op.old:
            return False
        writer = self._db.execute(
            "SELECT j.author FROM register r JOIN journal j ON j.seq = r.edit"
            " WHERE r.kind = ? AND r.uid = ? AND r.field = ?",
            (op.kind, op.id, op.field),
        ).fetchone()
        if writer and writer[0] != author.annotator:
            return False
        takes_out = op.kind == "article" and op.field == ALIVE and op.new is False and not redoes
        return not (takes_out and self._others_worked(op.id, author))

    def _others_worked(self, article: str, author: Author) -> bool:
        """Say whether somebody else has labelled an article or given it a topic: it is then not taken away."""
        for table in ("annotation", "tag"):
            found = self._db.execute(
                f"SELECT 1 FROM {table} n JOIN layer l ON l.id = n.layer JOIN article a ON a.id = l.article"
                " JOIN journal j ON j.seq = n.edit WHERE a.uid = ? AND n.alive = 1 AND j.author <> ? LIMIT 1",
                (article, author.annotator),
            ).fetchone()
            if found:
                return True
        return False

    def _mark(self, step: str) -> None:
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
            fill_quotes(self._db, self._store.ids)
            change = self._change(tuple(steps), touched)
        self._has_told(touched)
        return change

    def _take_in(self, entry: Entry, touched: Touched) -> bool:
        """Write a row of another file and fold it; say whether it was new."""
        if self.has(entry.id):
            return False
        self._refuse_wrong_undo(entry)
        step = entry.step if entry.step != entry.id else None
        row = (entry.id, step, entry.author, entry.device, entry.device_seq, entry.lamport, entry.edit)
        seq = self._insert((*row, entry.undoes or None, entry.at), touched)
        self._fold.edit(entry.edit, seq, (entry.lamport, entry.id), touched)
        if entry.undoes and step is None:
            self._mark(entry.undoes)
        return True

    def _refuse_wrong_undo(self, entry: Entry) -> None:
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
            raise _garbled(entry.id, message("it takes back what was done later"))

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the rows that arrived in this file after row `after`, in that order."""
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq", (after,)):
            yield _entry(row)

    def has(self, row_id: str) -> bool:
        """Say whether a row is here: a whole one stands for all its pieces (see store/pieces.py)."""
        known = "SELECT 1 FROM journal WHERE id = ? OR id = ?"
        return self._db.execute(known, (row_id, row_id.rpartition(".")[0])).fetchone() is not None

    def author_of(self, row_id: str) -> str | None:
        """Return who wrote a row; None where it is not here."""
        row = self._db.execute("SELECT author FROM journal WHERE id = ?", (row_id,)).fetchone()
        return row[0] if row else None

    def row(self, row_id: str) -> Entry | None:
        """Return a row by its id."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM journal WHERE id = ?", (row_id,)).fetchone()
        return _entry(row) if row else None

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

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (digest, text) of every text that is here."""
        yield from self._db.execute("SELECT digest, body FROM text WHERE body IS NOT NULL ORDER BY id")

    # --- telling --------------------------------------------------------------------------------------------------

    def news(self) -> Change:
        """Return what other connections wrote since the last Change; falsy where nothing."""
        touched = Touched()
        steps = self._catch_up(touched)
        change = self._change(steps, touched) if steps else Change()
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

    def history(self, limit: int = 200, before: tuple[int, str] | None = None, article: str = "") -> list[Entry]:
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
            f"SELECT {_COLUMNS} FROM journal WHERE {' AND '.join(where)} ORDER BY lamport DESC, id DESC LIMIT ?",
            (*values, limit),
        )
        return [_entry(row) for row in rows]

    def line(self, entry: Entry) -> Line:
        """Put a row of the history into words."""
        root, turns = entry, 0
        while root.undoes and (rows := self._step_rows(root.undoes)):
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
        undone = bool(self._db.execute("SELECT 1 FROM undone WHERE step = ?", (entry.id,)).fetchone())
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
        where = f"SELECT {_COLUMNS} FROM journal WHERE step = ? AND kind = ? ORDER BY lamport, id LIMIT 1"
        row = self._db.execute(where, (root.id, kind)).fetchone()
        return (_entry(row).edit if row and kind != root.edit.kind else root.edit), None

    def entry(self, step: str) -> Entry | None:
        """Return the first row of a step."""
        rows = self._step_rows(step)
        return rows[0] if rows else None

    def _change(self, steps: tuple[str, ...], touched: Touched) -> Change:
        found: dict[str, list[Replaced[Any]]] = {kind: [] for kind in _PATCHED}
        stamps = Stamps(self._db)
        stamps.update(touched.stamps)
        kinds = {kind for kind, _ in touched.before}
        everything = touched.too_many or len(touched.before) >= PATCHABLE
        for (kind, uid), before in () if everything else touched.before.items():
            if kind == "annotation":
                after = touched.made.get((kind, uid)) or table_for(kind).read(self._db, kind, uid)
                found[kind].append(Replaced(uid, self._annotation(before, stamps), self._annotation(after, stamps)))
            elif kind in _PATCHED:
                after = table_for(kind).read(self._db, kind, uid)
                made = _PATCHED[kind]
                found[kind].append(Replaced(uid, _standing(before, made), _standing(after, made)))
        return Change(
            steps=steps,
            annotations=tuple(found["annotation"]),
            tags=tuple(found["tag"]),
            rejections=tuple(found["rejection"]),
            relations=tuple(found["relation"]),
            comments=tuple(found["comment"]),
            entities=tuple(found["entity"]),
            articles=frozenset(touched.articles - {""}),
            listing="article" in kinds,
            scheme=bool(kinds & SCHEME_KINDS) or "project" in kinds,
            annotators="annotator" in kinds,
            project="project" in kinds,
            wordlists="wordlist" in kinds,
            everything=everything,
            elsewhere=touched.elsewhere,
        )

    def standing_annotation(self, uid: str) -> Annotation | None:
        """Return an annotation by its id; None where it is not there."""
        return self._annotation(table_for("annotation").read(self._db, "annotation", uid), Stamps(self._db))

    def standing_annotations(self, uids: Iterable[str]) -> dict[str, Annotation]:
        """Return those of annotations (by id) that are there, in the order in which they are named."""
        wanted = list(uids)
        if not wanted:
            return {}
        stamps = Stamps(self._db)
        made = ((row.uid, self._annotation(row, stamps)) for row in read_annotations(self._db, wanted))
        found = {uid: annotation for uid, annotation in made if annotation is not None}
        return {uid: found[uid] for uid in wanted if uid in found}

    def standing_tag(self, uid: str) -> TopicTag | None:
        """Return a topic tag by its id; None where it is not there."""
        return _standing(table_for("tag").read(self._db, "tag", uid), tag_from)

    def standing_relation(self, uid: str) -> Relation | None:
        """Return a relation by its id; None where it is not there."""
        return _standing(table_for("relation").read(self._db, "relation", uid), relation_from)

    def _annotation(self, row: Row | None, stamps: Stamps) -> Annotation | None:
        """Make the annotation of a row, with its quote and who made it; None where it is not there."""
        if row is None or not row.alive or not row.lamport:
            return None
        quote = quote_of(self._store.ids, row.value["article"], row.value["fragments"]) or ""
        return annotation_from(row.uid, row.value, quote, stamps[row.edit])


def _standing(row: Row | None, made: Callable[[str, Mapping[str, Any]], T]) -> T | None:
    return made(row.uid, row.value) if row and row.alive and row.lamport else None


def _rejection(_uid: str, value: Mapping[str, Any]) -> Rejection:
    return rejection_from(value)


_PATCHED: Mapping[str, Callable[[str, Mapping[str, Any]], Any]] = {
    "annotation": annotation_from,
    "tag": tag_from,
    "rejection": _rejection,
    "relation": relation_from,
    "comment": comment_from,
    "entity": entity_from,
}
"""The kinds of elements that a Change tells one by one, and how each is made of its value."""


_LAMPORT_MOST = 2**53
"""A clock beyond this would leave no room for the edits to come."""


def _entry(row: sqlite3.Row | tuple[object, ...]) -> Entry:
    seq, row_id, step, author, device, device_seq, lamport, kind, article, undoes, payload, at = row
    try:
        edit = edit_from(str(kind), str(payload), str(article))
    except ValueError as error:
        raise _garbled(row_id, error) from error
    if not (isinstance(seq, int) and isinstance(lamport, int) and isinstance(device_seq, int)):
        raise _garbled(row_id, message("its clock is not a number"))
    if not (0 < lamport <= _LAMPORT_MOST and abs(device_seq) <= _LAMPORT_MOST):
        raise _garbled(row_id, message("its clock is far ahead of any other"))
    if not isinstance(row_id, str) or not 0 < len(row_id) <= 64:
        raise _garbled(row_id, message("its id is too long, or missing"))
    return Entry(
        seq=seq,
        id=row_id,
        step=str(step or row_id),
        author=str(author),
        device=str(device),
        device_seq=device_seq,
        lamport=lamport,
        article=str(article),
        undoes=str(undoes or ""),
        at=str(at),
        edit=edit,
    )


def _garbled(row_id: object, why: object) -> UserError:
    return UserError(
        message("The journal row {id} cannot be read: {why}.", id=str(row_id)[:80], why=why),
        message("The file is damaged: go back to a backup, or merge what is good into a new project."),
    )
