"""The annotations of one layer: where they stand, all at once; what else they are, as it is needed."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from rubricator.model.elements import annotation_from
from rubricator.model.span_index import EVERYWHERE, Places
from rubricator.model.spans import NOTHING, Annotation, Fragment, Span
from rubricator.store.annotation_rows import value_in
from rubricator.store.ids import Stamps

COLUMNS = 'n.uid, n.label, n.start, n."end", n.fragments, n.quote, n.value, n.edit'
"""What `annotation_of` makes an annotation of."""
_READ = f"SELECT {COLUMNS}"
_ORDER = 'start, "end" DESC, label, uid'
"""Reading order (model.spans.reading_order)."""


class LayerSpans:
    """A source for a SpanIndex; it reads what the file says when it is asked."""

    def __init__(self, db: sqlite3.Connection, article: str, annotator: str) -> None:
        self._db = db
        self._article = article
        self._annotator = annotator
        self._number: int | None = None
        self._stamps = Stamps(db)

    def all(self) -> list[Annotation]:
        """Return all annotations in reading order."""
        rows = self._db.execute(
            f"{_READ} FROM annotation n WHERE n.layer = ? AND n.alive = 1 ORDER BY {_ORDER}", (self._layer(),)
        )
        return [self._annotation(row) for row in rows]

    def count(self) -> int:
        """Return how many there are."""
        row = self._db.execute("SELECT annotations FROM layer WHERE id = ?", (self._layer(),)).fetchone()
        return row[0] if row else 0

    def places(self, stretch: Fragment = EVERYWHERE) -> Places:
        """Return where those stand that overlap a stretch, by default all: three words from SQLite for any number."""
        with _one_state(self._db):
            return self._places(*stretch)

    def _places(self, after: int, before: int) -> Places:
        found = self._db.execute(
            'SELECT group_concat(id), group_concat(start), group_concat("end") FROM'
            ' (SELECT id, start, "end" FROM annotation WHERE layer = ? AND alive = 1 AND start < ? AND "end" > ?'
            " ORDER BY start)",
            (self._layer(), before, after),
        ).fetchone()
        numbers, starts, ends = (array("q", json.loads(f"[{column or ''}]")) for column in found)
        self._order_alike(numbers, starts, ends)
        return Places(numbers, starts, ends)

    def _order_alike(self, numbers: array[int], starts: array[int], ends: array[int]) -> None:
        """Bring those that begin together into reading order.

        The index has all of them in the order of their starts. To have SQLite order the rest, too, takes twice as long
        as to read them: it does so start by start, also where one is alone there.
        """
        if len(set(starts)) == len(starts):
            return
        first = [n for n, (one, other) in enumerate(pairwise(starts)) if one == other]
        alike = sorted({*first, *(n + 1 for n in first)})
        rows = self._db.execute(
            f'SELECT id, "end" FROM annotation WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {_ORDER}',
            (json.dumps([numbers[n] for n in alike]),),
        )
        for n, (number, end) in zip(alike, rows, strict=True):
            numbers[n], ends[n] = number, end

    def read(self, numbers: Sequence[int]) -> list[Annotation]:
        """Return those with these numbers, in this order, deleted or not."""
        rows = self._db.execute(
            f"{_READ} FROM json_each(?) e JOIN annotation n ON n.id = e.value ORDER BY e.key",
            (json.dumps(list(numbers)),),
        )
        return [self._annotation(row) for row in rows]

    def find(self, annotation_id: str) -> int | None:
        """Return the number of an annotation that stands in the layer, or None."""
        row = self._db.execute(
            "SELECT id FROM annotation WHERE uid = ? AND layer = ? AND alive = 1", (annotation_id, self._layer())
        ).fetchone()
        return row[0] if row else None

    def number(self, annotation_id: str) -> int:
        """Return the number of an annotation, in the layer or not; -1 where nobody has heard of it."""
        row = self._db.execute("SELECT id FROM annotation WHERE uid = ?", (annotation_id,)).fetchone()
        return row[0] if row else -1

    def _layer(self) -> int | None:
        """Return the number of the layer; None as long as nothing was said in it."""
        if self._number is None:
            row = self._db.execute(
                "SELECT l.id FROM layer l JOIN article a ON a.id = l.article JOIN annotator p ON p.id = l.annotator"
                " WHERE a.uid = ? AND p.uid = ?",
                (self._article, self._annotator),
            ).fetchone()
            self._number = row[0] if row else None
        return self._number

    def _annotation(self, row: tuple[Any, ...]) -> Annotation:
        return annotation_of(row, self._article, self._annotator, self._stamps)


@contextmanager
def _one_state(db: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the file, whatever another window writes between two statements."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("ROLLBACK")


def annotation_of(row: Sequence[Any], article: str, annotator: str, stamps: Stamps) -> Annotation:
    """Make the annotation of a row (id, label, start, end, fragments, quote, what else, journal row)."""
    uid, label, start, end, fragments, quote, rest, edit = row
    if rest is None and fragments is None:
        span, by = Span(((start, end),)), stamps[edit]
        words = quote or ""  # by place, since arguments by name would take half as long again
        return Annotation(
            uid, article, annotator, label, span, words, NOTHING, "", "", None, "manual", 0, (), False, by
        )
    value = value_in(article, annotator, label, start, end, fragments, rest)
    return annotation_from(uid, value, quote or "", stamps[edit])
