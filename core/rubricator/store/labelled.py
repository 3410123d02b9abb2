"""What an annotator labelled, and rejected, by its words: how often, where, and what came near them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from rubricator.store.tables import COUNTED_MOST

_PASSED_OVER = 1_000
"""Places of some words that are passed over in the search of one's own."""


class Labelled:
    """Looks up words in the annotations of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def over(self, forms: Sequence[str], annotator: str) -> list[tuple[str, str, int]]:
        """Return (label, quote, how often) for one's own annotations over these words; ASCII letters of any case."""
        rows = self._db.execute(
            "SELECT label, quote, n FROM word_count WHERE words IN (SELECT value FROM json_each(?))"
            " AND annotator = (SELECT id FROM annotator WHERE uid = ?) AND n > 0 ORDER BY n DESC, label, quote",
            (json.dumps(list(forms)), annotator),
        )
        return rows.fetchall()

    def places(self, label: str, quote: str, annotator: str, most: int, around: int) -> list[tuple[str, str, str]]:
        """Return the first few places of a label over exactly these words: (article, what stands before, after).

        Others may have labelled them a million times: only so many are passed over.
        """
        rows = self._db.execute(
            'SELECT a.uid, substr(t.body, max(n.start - ?, 0) + 1, min(n.start, ?)), substr(t.body, n."end" + 1, ?)'
            " FROM (SELECT id, layer FROM annotation WHERE quote = ? AND label = ? AND alive = 1"
            f" AND length(quote) <= {COUNTED_MOST} ORDER BY layer LIMIT {_PASSED_OVER}) f"
            " CROSS JOIN layer l ON l.id = f.layer AND l.annotator = (SELECT id FROM annotator WHERE uid = ?)"
            " CROSS JOIN article a ON a.id = l.article AND a.alive = 1 CROSS JOIN annotation n ON n.id = f.id"
            " CROSS JOIN text t ON t.digest = a.digest WHERE t.body IS NOT NULL LIMIT ?",
            (around, around, around, quote, label, annotator, most),
        )
        return rows.fetchall()

    def like(self, words: Sequence[str], annotator: str, most: int) -> list[tuple[str, str, int]]:
        """Return (quote, label, how often) of one's own annotations that hold one of these words, the commonest first.

        Letters as they are; by exact quotes of at most 240 code points.
        """
        rows = self._db.execute(
            "SELECT w.quote, w.label, w.n FROM word_count w WHERE w.n > 0"
            " AND w.annotator = (SELECT id FROM annotator WHERE uid = ?) AND EXISTS (SELECT 1 FROM json_each(?) k"
            " WHERE instr(w.words, k.value) > 0) ORDER BY w.n DESC, w.label, w.quote LIMIT ?",
            (annotator, json.dumps(list(words)), most),
        )
        return rows.fetchall()

    def taken(self, annotator: str, part: int) -> Iterator[list[tuple[str, str, str, int]]]:
        """Yield what an annotator labelled: words, label, origin, and how often; of so many annotations at a time."""
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM annotation").fetchone()
        for first in range(1, last + 1, part):
            yield self._db.execute(
                "SELECT n.quote, n.label, coalesce(json_extract(n.value, '$.origin'), 'manual'), count(*) FROM"
                " annotation n CROSS JOIN layer l ON l.id = n.layer CROSS JOIN article a ON a.id = l.article"
                " WHERE n.id BETWEEN ? AND ? AND l.annotator = (SELECT id FROM annotator WHERE uid = ?)"
                " AND n.alive = 1 AND a.alive = 1 AND n.quote IS NOT NULL AND n.fragments IS NULL GROUP BY 1, 2, 3",
                (first, first + part - 1, annotator),
            ).fetchall()

    def rejected(self, annotator: str, part: int) -> Iterator[list[tuple[str, str, str, int]]]:
        """Yield what was suggested to an annotator and rejected, likewise; of so many layers at a time."""
        (last,) = self._db.execute("SELECT coalesce(max(layer), 0) FROM element WHERE layer IS NOT NULL").fetchone()
        for first in range(1, last + 1, part):
            yield self._db.execute(
                "SELECT substr(t.body, json_extract(e.value, '$.fragments[0][0]') + 1,"
                " json_extract(e.value, '$.fragments[#-1][1]') - json_extract(e.value, '$.fragments[0][0]')),"
                " json_extract(e.value, '$.label'), coalesce(json_extract(e.value, '$.source'), ''), count(*)"
                " FROM layer l JOIN element e ON e.layer = l.id AND e.kind = 'rejection'"
                " JOIN article a ON a.id = l.article JOIN text t ON t.digest = a.digest"
                " WHERE l.id BETWEEN ? AND ? AND l.annotator = (SELECT id FROM annotator WHERE uid = ?)"
                " AND e.alive = 1 AND a.alive = 1 AND t.body IS NOT NULL GROUP BY 1, 2, 3",
                (first, first + part - 1, annotator),
            ).fetchall()
