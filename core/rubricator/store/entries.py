"""Journal rows as values: as they are stored, and as lines of the history; one that cannot be is refused in words."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.model.edit_json import edit_from
from rubricator.model.edits import Edit
from rubricator.words import Message, message


class Entry(NamedTuple):
    """A journal row as it is stored; `edit` holds what it says."""

    seq: int
    id: str
    step: str
    author: str
    device: str
    device_seq: int
    lamport: int
    article: str
    undoes: str
    at: str
    edit: Edit


class Line(NamedTuple):
    """A line of the history: what was done in words, by whom, when, and whether it was undone."""

    step: str
    at: str
    author: str
    article: str
    what: Message
    undone: bool


COLUMNS = "seq, id, step, author, device, device_seq, lamport, kind, article, undoes, payload, at"
"""What `entry_of` reads."""

_LAMPORT_MOST = 2**53
"""A clock beyond this would leave no room for the edits to come."""


def entry_of(row: sqlite3.Row | tuple[object, ...]) -> Entry:
    """Make the entry of a row with these columns; UserError where it is none."""
    seq, row_id, step, author, device, device_seq, lamport, kind, article, undoes, payload, at = row
    try:
        edit = edit_from(str(kind), str(payload), str(article))
    except ValueError as error:
        raise garbled(row_id, error) from error
    if not (isinstance(seq, int) and isinstance(lamport, int) and isinstance(device_seq, int)):
        raise garbled(row_id, message("its clock is not a number"))
    if not (0 < lamport <= _LAMPORT_MOST and abs(device_seq) <= _LAMPORT_MOST):
        raise garbled(row_id, message("its clock is far ahead of any other"))
    if not isinstance(row_id, str) or not 0 < len(row_id) <= 64:
        raise garbled(row_id, message("its id is too long, or missing"))
    return Entry(
        seq=seq,
        id=row_id,
        step=str(step or row_id),
        author=str(author),
        device=str(device),
        device_seq=device_seq,
        lamport=lamport,
        article=str(article),
        undoes=str(undoes or ""),
        at=str(at),
        edit=edit,
    )


def garbled(row_id: object, why: object) -> UserError:
    """Return the error that says why a row cannot be read."""
    return UserError(
        message("The journal row {id} cannot be read: {why}.", id=str(row_id)[:80], why=why),
        message("The file is damaged: go back to a backup, or merge what is good into a new project."),
    )


def rows_of(db: sqlite3.Connection, step: str) -> list[Entry]:
    """Return the rows of a step, in their order."""
    rows = db.execute(f"SELECT {COLUMNS} FROM journal WHERE id = ? OR step = ? ORDER BY lamport, id", (step, step))
    return [entry_of(row) for row in rows]


def row_called(db: sqlite3.Connection, row_id: str) -> Entry | None:
    """Return a row by its id."""
    row = db.execute(f"SELECT {COLUMNS} FROM journal WHERE id = ?", (row_id,)).fetchone()
    return entry_of(row) if row else None


def is_here(db: sqlite3.Connection, row_id: str) -> bool:
    """Say whether a row is here: a whole one stands for all its pieces (see store/pieces.py)."""
    known = "SELECT 1 FROM journal WHERE id = ? OR id = ?"
    return db.execute(known, (row_id, row_id.rpartition(".")[0])).fetchone() is not None
