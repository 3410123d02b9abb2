"""Elements and their tables: each kind is read and written as a value here, whatever columns it is kept in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from rubricator.model.elements import split_layer_id
from rubricator.store.annotation_rows import AnnotationTable
from rubricator.store.bulk import count_new
from rubricator.store.element_rows import PlainTable, Row, Table, dumper, dumps, known_in
from rubricator.store.ids import Ids


class _Articles(PlainTable):
    fixed = frozenset({"digest"})

    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        row = db.execute("SELECT value, alive, lamport, edit, place FROM article WHERE uid = ?", (uid,)).fetchone()
        return Row(kind, uid, json.loads(row[0]), bool(row[1]), *row[2:]) if row else None

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        return known_in(db, "article WHERE", kind, uids)

    def insert(self, db: sqlite3.Connection, ids: Ids, rows: Sequence[Row]) -> None:
        (last,) = db.execute("SELECT coalesce(max(id), 0) FROM article").fetchone()
        numbered = list(enumerate(rows, last + 1))
        dumped = dumper(len(rows))
        db.executemany(
            "INSERT INTO article (digest, title, published, source, value, alive, lamport, edit, place, uid, id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((*self._columns(row, dumped), row.uid, number) for number, row in numbered),
        )
        for number, row in numbered:
            ids.made("article", row.uid, number)
            ids.has_text(row.uid, str(row.value.get("digest", "")))

    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        count_new(db, ids)
        number = ids.article(row.uid)
        (was,) = db.execute("SELECT digest FROM article WHERE id = ?", (number,)).fetchone()
        columns = self._columns(row, dumps)
        db.execute(
            "UPDATE article SET digest = ?, title = ?, published = ?, source = ?, value = ?, alive = ?,"
            " lamport = ?, edit = ?, place = ? WHERE id = ?",
            (*columns, number),
        )
        if columns[0] != was:
            ids.forget_text(row.uid)
            ids.late.add(number)

    def _columns(self, row: Row, dumped: Callable[[object], str]) -> tuple[object, ...]:
        meta = row.value.get("meta")
        meta = meta if isinstance(meta, Mapping) else {}
        return (
            str(row.value.get("digest", "")),
            str(row.value.get("title") or ""),
            str(meta.get("published") or ""),
            str(meta.get("source") or ""),
            dumped(row.value),
            int(row.alive),
            row.lamport,
            row.edit,
            row.place,
        )


class _Annotators(PlainTable):
    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        row = db.execute("SELECT value, alive, lamport, edit, place FROM annotator WHERE uid = ?", (uid,)).fetchone()
        return Row(kind, uid, json.loads(row[0]), bool(row[1]), *row[2:]) if row else None

    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        db.execute(
            "UPDATE annotator SET name = ?, kind = ?, value = ?, alive = ?, lamport = ?, edit = ?, place = ?"
            " WHERE id = ?",
            (
                str(row.value.get("name") or ""),
                str(row.value.get("kind") or "human"),
                dumps(row.value),
                row.alive,
                row.lamport,
                row.edit,
                row.place,
                ids.annotator(row.uid),
            ),
        )


class _Layers(PlainTable):
    """A layer needs no `Add`: it is there as soon as anything is written to it."""

    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        article, annotator = split_layer_id(uid)
        row = db.execute(
            "SELECT l.status, l.value FROM layer l JOIN article a ON a.id = l.article"
            " JOIN annotator n ON n.id = l.annotator WHERE a.uid = ? AND n.uid = ?",
            (article, annotator),
        ).fetchone()
        return Row(kind, uid, {"status": row[0], **json.loads(row[1])}, True, 0, 0, 0) if row else None

    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        value = dict(row.value)
        status = str(value.pop("status", None) or "todo")
        number = ids.layer(*split_layer_id(row.uid))
        db.execute("UPDATE layer SET status = ?, value = ? WHERE id = ?", (status, dumps(value), number))

    def empty(self, db: sqlite3.Connection, ids: Ids, uid: str) -> Row | None:
        ids.layer(*split_layer_id(uid))
        return Row("layer", uid, {"status": "todo"}, True, 0, 0, 0)


class _Tags(PlainTable):
    fixed = frozenset({"article", "annotator", "topic"})

    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        row = db.execute(
            "SELECT a.uid, n.uid, t.topic, t.value, t.alive, t.lamport, t.edit, t.place FROM tag t"
            " JOIN layer l ON l.id = t.layer JOIN article a ON a.id = l.article"
            " JOIN annotator n ON n.id = l.annotator WHERE t.uid = ?",
            (uid,),
        ).fetchone()
        if row is None:
            return None
        article, annotator, topic, rest, alive, lamport, edit, place = row
        value = {"article": article, "annotator": annotator, "topic": topic, **(json.loads(rest) if rest else {})}
        return Row(kind, uid, value, bool(alive), lamport, edit, place)

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        return known_in(db, "tag WHERE", kind, uids)

    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        value = dict(row.value)
        number = ids.layer(value.pop("article"), value.pop("annotator"))
        topic = value.pop("topic")
        db.execute(
            "INSERT INTO tag (uid, layer, topic, value, alive, lamport, edit, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET layer = excluded.layer, topic = excluded.topic, value = excluded.value,"
            " alive = excluded.alive, lamport = excluded.lamport, edit = excluded.edit, place = excluded.place",
            (row.uid, number, topic, dumps(value) if value else None, row.alive, row.lamport, row.edit, row.place),
        )


class _Elements(PlainTable):
    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        row = db.execute(
            "SELECT value, alive, lamport, edit, place FROM element WHERE kind = ? AND uid = ?", (kind, uid)
        ).fetchone()
        return Row(kind, uid, json.loads(row[0]), bool(row[1]), *row[2:]) if row else None

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        return known_in(db, "element WHERE kind = ?1 AND", kind, uids)

    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        article, annotator = row.value.get("article"), row.value.get("annotator")
        layered = isinstance(article, str) and isinstance(annotator, str)
        number = ids.layer(article, annotator) if layered else None  # type: ignore[arg-type]
        db.execute(
            "INSERT INTO element (kind, uid, layer, value, alive, lamport, edit, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET layer = excluded.layer, value = excluded.value, alive = excluded.alive,"
            " lamport = excluded.lamport, edit = excluded.edit, place = excluded.place",
            (row.kind, row.uid, number, dumps(row.value), row.alive, row.lamport, row.edit, row.place),
        )
        if row.kind == "decision":
            _note_words(db, row)


def _note_words(db: sqlite3.Connection, row: Row) -> None:
    """Have a decision that stands found by the words that it is about."""
    words = row.value.get("words")
    if row.alive and words and isinstance(words, str):
        db.execute("INSERT OR REPLACE INTO decided VALUES (?, ?, ?)", (row.uid, words, row.lamport))
    else:
        db.execute("DELETE FROM decided WHERE decision = ?", (row.uid,))


_TABLES: dict[str, Table] = {
    "article": _Articles(),
    "annotator": _Annotators(),
    "layer": _Layers(),
    "annotation": AnnotationTable(),
    "tag": _Tags(),
}
_ELEMENTS: Table = _Elements()


def table_for(kind: str) -> Table:
    """Return how elements of this kind are kept."""
    return _TABLES.get(kind, _ELEMENTS)
