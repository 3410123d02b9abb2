"""How the tables came to be: one dated function for each step, each with a docstring and a test.

Loaded only when a file is made or brought up to date: it needs sqlite-utils, which costs more to load than a window.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from rubricator.store.tables import TABLES, statements

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
    """Version 2: find annotations by their words (a file that is made now has this index already)."""
    for statement in statements(TABLES):
        if "annotation_quote" in statement:
            db.execute(statement.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS"))
