"""What an import of many annotations puts off: the counts, the index of their words, and looks for garbage."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from rubricator.store.ids import Ids
from rubricator.store.tables import COUNT_NEW, COUNT_ONE, TABLES, statements

_MANY = 20_000
"""New annotations from which the index of words is made anew: one by one they go to all its places in turn."""
_MADE = 20_000
"""Objects made between two looks: some megabytes."""
_SORTED_AT_ONCE_KB = 4 << 10
"""A sort in many small parts, merged at last, is half as long as one that no cache of a processor holds."""


def put_off(db: sqlite3.Connection, ids: Ids, rows: int) -> None:
    """Note that so many annotations were put in, which nothing counts yet; the index goes where it pays.

    To make it anew takes less than half the time of entering the same rows one by one: it pays as soon as the new ones
    are as many as those that were there.
    """
    ids.uncounted += rows
    if ids.without_words or ids.uncounted < _MANY:
        return
    (newest,) = db.execute("SELECT max(id) FROM annotation").fetchone()
    if 2 * ids.uncounted >= newest:
        try:
            db.execute("DROP INDEX annotation_words")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):  # a disk that fails has ended the transaction: nothing may go on as if not
                raise
        else:  # where it is locked somebody still reads in this transaction, and it stays
            ids.without_words = True


def count_new(db: sqlite3.Connection, ids: Ids) -> None:
    """Count the annotations that were put in since this was last asked: at the end, and before a trigger counts.

    A trigger counts the difference that an update makes of an annotation, or of its article.
    """
    if ids.uncounted == 1:
        for count in COUNT_ONE:
            db.execute(count)
    elif ids.uncounted:
        with _sorting(db, ids.uncounted):
            for count in COUNT_NEW:
                db.execute(count, (ids.uncounted,))
    ids.uncounted = 0


def give_back_index(db: sqlite3.Connection, ids: Ids) -> None:
    """Make the index of words anew where it was taken away, at the end of a transaction."""
    if ids.without_words:
        (index,) = (statement for statement in statements(TABLES) if "INDEX annotation_words" in statement)
        with _sorting(db, _MANY):
            db.execute(index)
        ids.without_words = False


@contextmanager
def much_made() -> Iterator[None]:
    """Have Python look for circles less often while much is made that holds none: a tenth of an import goes into it."""
    was = gc.get_threshold()
    if not 0 < was[0] < _MADE:  # somebody looks never, or as seldom
        yield
        return
    gc.set_threshold(_MADE, *was[1:])
    try:
        yield
    finally:
        gc.set_threshold(*was)


@contextmanager
def _sorting(db: sqlite3.Connection, rows: int) -> Iterator[None]:
    """Have so many rows sorted in parts, one while the next is read: SQLite makes them as large as its cache."""
    if rows < _MANY:
        yield
        return
    (kept,) = db.execute("PRAGMA cache_size").fetchone()
    db.execute(f"PRAGMA cache_size = -{_SORTED_AT_ONCE_KB}")
    db.execute("PRAGMA threads = 1")
    try:
        yield
    finally:
        db.execute("PRAGMA threads = 0")
        db.execute(f"PRAGMA cache_size = {kept}")
