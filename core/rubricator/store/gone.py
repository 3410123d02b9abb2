"""What a person took away of what is here: an import of the same files does not bring it back.

What an import took away (its own undo) is none of it, nor what anybody brought back since, nor what was made here and
taken back by undo: that is as if it never was. A deletion that was undone and redone is one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from rubricator.model.spans import Span

_IS_UNDO = (
    "(WITH RECURSIVE back (step, n) AS (VALUES (j.undoes, 1) UNION ALL"
    " SELECT o.undoes, n + 1 FROM back JOIN journal o ON o.id = back.step WHERE o.undoes IS NOT NULL)"
    " SELECT max(n) % 2 FROM back)"
)
"""1 for a row that takes something back; 0 for one that does it again: it takes back what takes back."""
_BY_A_PERSON = (
    " FROM register r JOIN journal j ON j.seq = r.edit AND j.kind <> 'import'"
    f" AND (j.undoes IS NULL OR {_IS_UNDO} = 0)"
    " CROSS JOIN {table} n ON n.uid = r.uid AND n.alive = 0 {more} WHERE r.kind = '{kind}' AND r.field = 'alive'"
)


def gone_entities(db: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Yield the entities that were taken off the list: id, external id, and the id of the one they were put into."""
    rows = db.execute(
        "SELECT r.uid, json_extract(n.value, '$.external'), json_extract(j.payload, '$.about.into')"
        + _BY_A_PERSON.format(table="element", kind="entity", more="AND n.kind = r.kind")
    )
    for uid, external, into in rows:
        yield uid, str(external or ""), str(into or "")


def gone_annotations(db: sqlite3.Connection) -> Iterator[tuple[str, str, str, Span]]:
    """Yield the annotations that were deleted: article, annotator, label, and where they stood."""
    rows = db.execute(
        'SELECT a.uid, p.uid, n.label, n.start, n."end", n.fragments'
        + _BY_A_PERSON.format(
            table="annotation",
            kind="annotation",
            more="JOIN layer l ON l.id = n.layer JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator",
        )
    )
    for article, annotator, label, start, end, fragments in rows:
        pieces = json.loads(fragments) if fragments else [[start, end]]
        yield article, annotator, label, Span(tuple((first, last) for first, last in pieces))
