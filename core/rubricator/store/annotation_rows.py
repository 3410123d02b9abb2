"""Annotations in their table, with the words under them: derived from the text when the state is folded."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rubricator.model.spans import quote
from rubricator.store.bulk import count_new, put_off
from rubricator.store.element_rows import PlainTable, Row, dumper, dumps, known_in
from rubricator.store.ids import Ids


class AnnotationTable(PlainTable):
    """How annotations are kept: many come at once, and their commonest fields have columns of their own."""

    fixed = frozenset({"article", "annotator"})

    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        """Return the annotation, or None."""
        row = db.execute(f"{_READ_ANNOTATIONS} WHERE a.uid = ?", (uid,)).fetchone()
        return _annotation_row(row) if row is not None else None

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        """Return those of these ids that are here, in whatever state, or that were written to before."""
        return known_in(db, "annotation WHERE", kind, uids)

    def insert(self, db: sqlite3.Connection, ids: Ids, rows: Sequence[Row]) -> None:
        """Put new annotations into the table, all at once."""
        where: tuple[str, str] | None = None
        layer, text = 0, None
        cells: list[tuple[object, ...]] = []
        dumped = dumper(len(rows))
        for row in rows:
            here = (row.value["article"], row.value["annotator"])
            if here != where:  # those of one layer mostly come together
                where, layer, text = here, ids.layer(*here), ids.text(here[0])
            cells.append(self._columns(layer, text, row, dumped))
        db.executemany(_INSERT_ANNOTATION, cells)
        self._link(db, rows)
        put_off(db, ids, len(rows))

    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        """Put the annotation in the place of what the table holds of it."""
        count_new(db, ids)
        article, annotator = row.value["article"], row.value["annotator"]
        columns = self._columns(ids.layer(article, annotator), ids.text(article), row, dumps)
        db.execute(_UPDATE_ANNOTATION, columns)
        db.execute("DELETE FROM mention WHERE annotation = (SELECT id FROM annotation WHERE uid = ?)", (row.uid,))
        self._link(db, [row])

    def _link(self, db: sqlite3.Connection, rows: Sequence[Row]) -> None:
        linked = [(row.value["entity"], row.uid) for row in rows if row.alive and row.value.get("entity")]
        if linked:
            db.executemany("INSERT INTO mention SELECT id, ? FROM annotation WHERE uid = ?", linked)

    def _columns(self, layer: int, text: str | None, row: Row, dumped: Callable[[object], str]) -> tuple[object, ...]:
        _kind, uid, value, alive, lamport, edit, _place = row
        fragments = value["fragments"]
        start, end = fragments[0][0], fragments[-1][1]
        whole = len(fragments) == 1
        rest = {key: item for key, item in value.items() if key not in _COLUMNS} if len(value) > len(_COLUMNS) else None
        return (
            layer,
            value["label"],
            start,
            end,
            "" if whole else dumps(fragments),
            text[start:end] if whole and text and end <= len(text) else _quote_in(text, fragments),
            dumped(rest) if rest else "",
            int(alive),
            lamport,
            edit,
            uid,
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
    uid, *said, alive, lamport, edit = row
    return Row("annotation", uid, value_in(*said), bool(alive), lamport, edit, 0)


def value_in(
    article: str, annotator: str, label: str, start: int, end: int, fragments: str | None, rest: str | None
) -> dict[str, Any]:
    """Return the value of an annotation that its columns hold."""
    value: dict[str, Any] = {
        "article": article,
        "annotator": annotator,
        "label": label,
        "fragments": json.loads(fragments) if fragments else [[start, end]],
    }
    if rest:
        value |= json.loads(rest)
    return value


_COLUMNS = frozenset(("article", "annotator", "label", "fragments"))
# What is nothing comes as '': for None, as for a bool, Python's sqlite3 looks for an adapter each time, which takes as
# long as all else that it does for a row.
_INSERT_ANNOTATION = (
    'INSERT INTO annotation (layer, label, start, "end", fragments, quote, value, alive, lamport, edit, uid)'
    " VALUES (?, ?, ?, ?, nullif(?, ''), ?, nullif(?, ''), ?, ?, ?, ?)"
)
_UPDATE_ANNOTATION = (
    "UPDATE annotation SET layer = ?, label = ?, start = ?, \"end\" = ?, fragments = nullif(?, ''), quote = ?,"
    " value = nullif(?, ''), alive = ?, lamport = ?, edit = ? WHERE uid = ?"
)


# --- quotes -----------------------------------------------------------------------------------------------------------


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
