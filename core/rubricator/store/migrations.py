"""How the tables came to be: one dated function for each step, each with a docstring and a test.

Loaded only when a file is made or brought up to date: it needs sqlite-utils, which costs more to load than a window.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rubricator.store.near import fill
from rubricator.store.tables import COUNTED_WORDS, TABLES, statements


@contextmanager
def _as_if_missing(*names: str) -> Iterator[None]:
    """Let what is imported meanwhile do without these libraries, unless they are loaded already."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: Python's way to say that there is none
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


# For data frames, which we do not have, sqlite-utils would load these wherever they are installed: seconds.
with _as_if_missing("pandas", "numpy"):
    from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("rubricator")


def utils(db: sqlite3.Connection) -> Database:
    """Wrap a connection for sqlite-utils, without its plugins."""
    return Database(db, execute_plugins=False)


@MIGRATIONS()
def m2026_11_23_tables(db: Database) -> None:
    """Make the tables of version 1."""
    for statement in statements(TABLES):
        db.execute(statement)


@MIGRATIONS()
def m2026_11_23_quotes(db: Database) -> None:
    """Version 2 had an index of quotes, which version 3 does without: nothing is left to do."""


@MIGRATIONS()
def m2026_11_25_words(db: Database) -> None:
    """Version 3: count how words are labelled, and find the mentions of an entity, so that nobody counts when asked.

    A file made now does so already.
    """
    if "word_count" in db.table_names():
        return
    db.execute("DROP INDEX IF EXISTS annotation_quote")
    for statement in statements(TABLES):
        if any(name in statement for name in ("word_count", "annotation_words", "TABLE mention", "mention_entity")):
            db.execute(statement)
    db.execute(f"INSERT INTO word_count {COUNTED_WORDS}")
    db.execute(
        "INSERT INTO mention SELECT id, json_extract(value, '$.entity') FROM annotation"
        " WHERE alive = 1 AND json_extract(value, '$.entity') <> ''"
    )


@MIGRATIONS()
def m2026_11_25_shingles(db: Database) -> None:
    """Version 4: keep a sketch of each text, by which near-duplicates are found when an article comes in.

    A file made now does so already.
    """
    if "shingle" in db.table_names():
        return
    for statement in statements(TABLES):
        if any(name in statement for name in ("TABLE shingle", "shingle_purged", "article_digest")):
            db.execute(statement)
    fill(db.conn)


@MIGRATIONS()
def m2026_11_26_counts(db: Database) -> None:
    """Version 5: new annotations are counted many at once, not by triggers; sketches are made of other pieces.

    A file made now has neither.
    """
    db.execute("DROP TRIGGER IF EXISTS annotation_born")
    db.execute("DROP TRIGGER IF EXISTS words_born")
    db.execute("DELETE FROM shingle")
    fill(db.conn)


@MIGRATIONS()
def m2026_11_26_decided(db: Database) -> None:
    """Version 6: decisions are found by the words that they are about.

    A file made now does so already.
    """
    if "decided" in db.table_names():
        return
    for statement in statements(TABLES):
        if "TABLE decided" in statement or "decided_words" in statement:
            db.execute(statement)
    db.execute(
        "INSERT INTO decided SELECT uid, json_extract(value, '$.words'), lamport FROM element"
        " WHERE kind = 'decision' AND alive = 1 AND json_extract(value, '$.words') <> ''"
    )
