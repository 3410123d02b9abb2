"""An element as a row, and what the table of its kind can do: read, insert, write, and tell what it knows."""

from __future__ import annotations

import json
import sqlite3
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol, TypeVar

from rubricator.store.ids import Ids

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


class PlainTable:
    """How a kind is kept of which few come at once: one after the other."""

    fixed: frozenset[str] = frozenset()

    @abstractmethod
    def read(self, db: sqlite3.Connection, kind: str, uid: str) -> Row | None:
        """Return the element, or None."""

    @abstractmethod
    def write(self, db: sqlite3.Connection, ids: Ids, row: Row) -> None:
        """Put the element into the table, or in the place of what that holds of it."""

    def known(self, db: sqlite3.Connection, kind: str, uids: Sequence[str]) -> set[str]:
        """Return them all: each is looked up when it comes."""
        return set(uids)

    def insert(self, db: sqlite3.Connection, ids: Ids, rows: Sequence[Row]) -> None:
        """Write one after the other."""
        for row in rows:
            self.write(db, ids, row)

    def empty(self, db: sqlite3.Connection, ids: Ids, uid: str) -> Row | None:
        """Return None: it takes an `Add` to make one."""
        return None


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict, check_circular=False)
"""Made once, for `json.dumps` with options makes an encoder each time; nothing that is kept can hold itself."""


def dumps(value: object) -> str:
    """Return compact JSON, the same for the same value."""
    return _ENCODER.encode(value)


def dumper(values: int) -> Callable[[object], str]:
    """Return what makes compact JSON of so many values: of many the faster library, which means the same."""
    if values < _MANY:
        return dumps
    from rubricator.model.quick_json import dumped  # not needed to open a project

    return lambda value: dumped(value).decode()


_MANY = 100
"""From so many values on it pays to load the faster library."""

_AT_ONCE = 100
"""Rows of one statement: more gain nothing."""


def _batched(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Part a sequence into pieces of a size."""
    for begin in range(0, len(items), size):
        yield items[begin : begin + size]


def known_in(db: sqlite3.Connection, table: str, kind: str, uids: Sequence[str]) -> set[str]:
    """Return those of these ids that a table holds (its name and conditions), or that were written to before."""
    few = len(uids) <= _AT_ONCE
    # Of many it pays to ask first whether any of their kind was written to: mostly none was.
    written = few or db.execute("SELECT 1 FROM register WHERE kind = ? LIMIT 1", (kind,)).fetchone() is not None
    found: set[str] = set()
    for some in _batched(uids, _AT_ONCE):
        marks = _marks(len(some))
        query = f"SELECT uid FROM {table} uid IN ({marks})"
        if written:
            query += f" UNION ALL SELECT uid FROM register WHERE kind = ?1 AND uid IN ({marks})"
        found.update([uid for (uid,) in db.execute(query, (kind, *some))])
    return found


@cache
def _marks(n: int) -> str:
    return ", ".join(f"?{place + 2}" for place in range(n))
