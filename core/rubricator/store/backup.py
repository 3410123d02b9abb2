"""Copies of a project beside it, made before something that changes much of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from rubricator.errors import UserError
from rubricator.words import Message, message

_NO_COPY = message("See whether the folder can be written to and the disk has room. The file was not changed.")


def back_up(
    db: sqlite3.Connection, wanted: Path, refusal: Callable[[object], Message], *, verify: bool = False
) -> Path:
    """Copy a project to a name like this one that nothing has yet; under it stands the whole of it or nothing.

    `refusal` says, with the reason, what cannot be done for want of a copy; `verify` reads the copy again.
    """
    place = _free(wanted)
    part = place.with_name(f"{place.name}.part")
    try:
        part.unlink(missing_ok=True)  # of one that was cut off
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            db.backup(copy)  # not a file copy: a copied WAL file can be empty
            if verify:
                _compare(db, copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # the one file is all of it
        part.rename(place)
    except (sqlite3.Error, OSError) as error:
        for left in ("", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(part.name + left).unlink(missing_ok=True)
        raise UserError(refusal(error), _NO_COPY) from error
    return place


def _compare(db: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    """Raise sqlite3.Error unless the copy is sound and holds as much as the original."""
    if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("the copy is not sound")
    for query in ("SELECT count(*), max(seq) FROM journal", "SELECT count(*), sum(length) FROM text"):
        if copy.execute(query).fetchone() != db.execute(query).fetchone():
            raise sqlite3.DatabaseError("the copy does not hold all of it")


def _free(wanted: Path) -> Path:
    place, n = wanted, 1
    while place.exists():
        n += 1
        place = wanted.with_stem(f"{wanted.stem}-{n}")
    return place


def copy_aside(path: Path, place: Path) -> None:
    """Copy a project of somebody else, of which nothing is to be changed, with what its log holds; it is read only."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    try:
        try:
            _copy(uri, place)
        except sqlite3.OperationalError:
            log = path.with_name(f"{path.name}-wal")
            if log.exists() and log.stat().st_size:  # what it holds would be hidden
                raise
            place.unlink(missing_ok=True)
            _copy(f"{uri}&immutable=1", place)  # in a folder that may not be written to
    except (sqlite3.Error, OSError) as error:
        why = message("{file} cannot be read: {why}.", file=path, why=error)
        raise UserError(why, message("Close it where it is open, or copy it to another folder.")) from error


def _copy(uri: str, place: Path) -> None:
    with closing(sqlite3.connect(uri, uri=True)) as db, closing(sqlite3.connect(place)) as copy:
        db.backup(copy)
