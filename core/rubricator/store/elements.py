"""Elements and their tables: each kind is read and written as a value here, whatever columns it is kept in."""

from __future__ import annotations

import json
import sqlite3
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol, TypeVar

from rubricator.model.elements import split_layer_id
from rubricator.model.spans import quote
from rubricator.store.ids import Ids
from rubricator.store.tables import COUNT_NEW

T = TypeVar("T")


class Row(NamedTuple):
    """An element as it stands: its value, whether it is there, and the clock of the `Add` that made it (0: none)."""

    kind: str
    uid: str
    value: Mapping[str, Any]
    alive: bool
    lamport: int
    edit: int
    place: int


class Table(Protocol):
    """How one kind of element is kept."""

    fixed: frozenset[str]
    """Fields that say which element it is, and so are never overwritten."""

    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        """Return the element, or None."""
        ...

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        """Return those of these ids that the table holds, in whatever state, or that were written to before."""
        ...

    def insert(self, db: sqlite3.Connection, ids: Ids, rows: Sequence[Row]) -> None:
        """Put elements into the table that it does not hold yet."""
        ...

    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        """Put the element in the place of what the table holds of it."""
        ...

    def empty(self, db: sqlite3.Connection, ids: Ids, uid: str) -> Row | None:
        """Make the element without a value, where its kind needs no `Add`."""
        ...


class _Table:
    """How kinds are kept that come one at a time."""

    fixed: frozenset[str] = frozenset()

    @abstractmethod
    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None: ...

    @abstractmethod
    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None: ...

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        return set(uids)

    def insert(self, db: sqlite3.Connection, ids: Ids, rows: Sequence[Row]) -> None:
        for row in rows:
            self.write(db, ids, row)

    def empty(self, db: sqlite3.Connection, ids: Ids, uid: str) -> Row | None:
        return None


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict, check_circular=False)
"""Made once, for `json.dumps` with options makes an encoder each time; nothing that is kept can hold itself."""


def dumps(value: object) -> str:
    """Return compact JSON, the same for the same value."""
    return _ENCODER.encode(value)


class _Articles(_Table):
    fixed = frozenset({"digest"})

    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        row = db.execute("SELECT value, alive, lamport, edit, place FROM article WHERE uid = ?", (uid,)).fetchone()
        return Row(kind, uid, json.loads(row[0]), bool(row[1]), *row[2:]) if row else None

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        return _known(db, "article WHERE", kind, uids)

    def insert(self, db: sqlite3.Connection, ids: Ids, rows: Sequence[Row]) -> None:
        for row in rows:
            cursor = db.execute(
                "INSERT INTO article (digest, title, published, source, value, alive, lamport, edit, place, uid)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*self._columns(row), row.uid),
            )
            ids.made("article", row.uid, int(cursor.lastrowid or 0))
            ids.has_text(row.uid, str(row.value.get("digest", "")))

    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        number = ids.article(row.uid)
        (was,) = db.execute("SELECT digest FROM article WHERE id = ?", (number,)).fetchone()
        columns = self._columns(row)
        db.execute(
            "UPDATE article SET digest = ?, title = ?, published = ?, source = ?, value = ?, alive = ?,"
            " lamport = ?, edit = ?, place = ? WHERE id = ?",
            (*columns, number),
        )
        if columns[0] != was:
            ids.forget_text(row.uid)
            ids.late.add(number)

    def _columns(self, row: Row) -> tuple[object, ...]:
        meta = row.value.get("meta")
        meta = meta if isinstance(meta, Mapping) else {}
        return (
            str(row.value.get("digest", "")),
            str(row.value.get("title") or ""),
            str(meta.get("published") or ""),
            str(meta.get("source") or ""),
            dumps(row.value),
            row.alive,
            row.lamport,
            row.edit,
            row.place,
        )


class _Annotators(_Table):
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


class _Layers(_Table):
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


class _Annotations(_Table):
    fixed = frozenset({"article", "annotator"})

    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        row = db.execute(f"{_READ_ANNOTATIONS} WHERE a.uid = ?", (uid,)).fetchone()
        return _annotation_row(row) if row is not None else None

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        return _known(db, "annotation WHERE", kind, uids)

    def insert(self, db: sqlite3.Connection, ids: Ids, rows: Sequence[Row]) -> None:
        where: tuple[str, str] | None = None
        layer, text = 0, None
        cells: list[tuple[object, ...]] = []
        for row in rows:
            here = (row.value["article"], row.value["annotator"])
            if here != where:  # those of one layer mostly come together
                where, layer, text = here, ids.layer(*here), ids.text(here[0])
            cells.append(self._columns(layer, text, row))
        db.executemany(_INSERT_ANNOTATION, cells)
        self._link(db, rows)
        for count in COUNT_NEW:
            db.execute(count, (len(rows),))

    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        article, annotator = row.value["article"], row.value["annotator"]
        columns = self._columns(ids.layer(article, annotator), ids.text(article), row)
        db.execute(_UPDATE_ANNOTATION, columns)
        db.execute("DELETE FROM mention WHERE annotation = (SELECT id FROM annotation WHERE uid = ?)", (row.uid,))
        self._link(db, [row])

    def _link(self, db: sqlite3.Connection, rows: Sequence[Row]) -> None:
        linked = [(row.value["entity"], row.uid) for row in rows if row.alive and row.value.get("entity")]
        if linked:
            db.executemany("INSERT INTO mention SELECT id, ? FROM annotation WHERE uid = ?", linked)

    def _columns(self, layer: int, text: str | None, row: Row) -> tuple[object, ...]:
        value = row.value
        fragments = value["fragments"]
        start, end = fragments[0][0], fragments[-1][1]
        rest = {key: item for key, item in value.items() if key not in _COLUMNS} if len(value) > len(_COLUMNS) else None
        return (
            layer,
            value["label"],
            start,
            end,
            dumps(fragments) if len(fragments) > 1 else None,
            text[start:end] if len(fragments) == 1 and text and end <= len(text) else _quote_in(text, fragments),
            dumps(rest) if rest else None,
            row.alive,
            row.lamport,
            row.edit,
            row.uid,
        )


_READ_ANNOTATIONS = (
    'SELECT a.uid, t.uid, n.uid, a.label, a.start, a."end", a.fragments, a.value, a.alive, a.lamport, a.edit'
    " FROM annotation a JOIN layer l ON l.id = a.layer JOIN article t ON t.id = l.article"
    " JOIN annotator n ON n.id = l.annotator"
)


def read_annotations(db: sqlite3.Connection, uids: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of annotations that are known here, deleted or not, in one go."""
    for row in db.execute(f"{_READ_ANNOTATIONS} WHERE a.uid IN (SELECT value FROM json_each(?))", (json.dumps(uids),)):
        yield _annotation_row(row)


def _annotation_row(row: tuple[Any, ...]) -> Row:
    uid, article, annotator, label, start, end, fragments, rest, alive, lamport, edit = row
    value: dict[str, Any] = {
        "article": article,
        "annotator": annotator,
        "label": label,
        "fragments": json.loads(fragments) if fragments else [[start, end]],
    }
    if rest:
        value |= json.loads(rest)
    return Row("annotation", uid, value, bool(alive), lamport, edit, 0)


_COLUMNS = frozenset(("article", "annotator", "label", "fragments"))
_INSERT_ANNOTATION = (
    'INSERT INTO annotation (layer, label, start, "end", fragments, quote, value, alive, lamport, edit, uid)'
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE_ANNOTATION = (
    'UPDATE annotation SET layer = ?, label = ?, start = ?, "end" = ?, fragments = ?, quote = ?, value = ?,'
    " alive = ?, lamport = ?, edit = ? WHERE uid = ?"
)


class _Tags(_Table):
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
        return _known(db, "tag WHERE", kind, uids)

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


class _Elements(_Table):
    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        row = db.execute(
            "SELECT value, alive, lamport, edit, place FROM element WHERE kind = ? AND uid = ?", (kind, uid)
        ).fetchone()
        return Row(kind, uid, json.loads(row[0]), bool(row[1]), *row[2:]) if row else None

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        return _known(db, "element WHERE kind = ?1 AND", kind, uids)

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
    "annotation": _Annotations(),
    "tag": _Tags(),
}
_ELEMENTS: Table = _Elements()


def table_for(kind: str) -> Table:
    """Return how elements of this kind are kept."""
    return _TABLES.get(kind, _ELEMENTS)


# --- many at once -------------------------------------------------------------------------------------------------

_AT_ONCE = 100
"""Rows of one statement: more gain nothing."""


def _batched(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Part a sequence into pieces of a size."""
    for begin in range(0, len(items), size):
        yield items[begin : begin + size]


def _known(db: sqlite3.Connection, table: str, kind: str, uids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in _batched(uids, _AT_ONCE):
        marks = _marks(len(some))
        query = (
            f"SELECT uid FROM {table} uid IN ({marks})"
            f" UNION ALL SELECT uid FROM register WHERE kind = ?1 AND uid IN ({marks})"
        )
        found.update(uid for (uid,) in db.execute(query, (kind, *some)))
    return found


@cache
def _marks(n: int) -> str:
    return ", ".join(f"?{place + 2}" for place in range(n))


# --- quotes: derived from the text when the state is folded -------------------------------------------------------


def quote_of(ids: Ids, article: str, fragments: Sequence[Sequence[int]]) -> str | None:
    """Return the words under fragments; None while their text has not arrived, or where they lie outside."""
    return _quote_in(ids.text(article), fragments)


def _quote_in(text: str | None, fragments: Sequence[Sequence[int]]) -> str | None:
    return quote(text, fragments) if text is not None and fragments[-1][1] <= len(text) else None


def fill_quotes(db: sqlite3.Connection, ids: Ids) -> None:
    """Derive the quotes of annotations that arrived before the text of their article, or before another one of it."""
    if not ids.late:
        return
    rows = db.execute(
        'SELECT n.id, a.uid, n.start, n."end", n.fragments FROM annotation n JOIN layer l ON l.id = n.layer'
        " JOIN article a ON a.id = l.article WHERE l.article IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (json.dumps(sorted(ids.late)),),
    ).fetchall()
    ids.late.clear()
    db.executemany(
        "UPDATE annotation SET quote = ? WHERE id = ?",
        (
            (quote_of(ids, article, json.loads(fragments) if fragments else ((start, end),)), number)
            for number, article, start, end, fragments in rows
        ),
    )
