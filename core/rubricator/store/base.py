"""An open project file: one connection, its lock, and the only way to write (`transaction`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rubricator.errors import UserError
from rubricator.store.ids import Ids
from rubricator.store.lock import ProjectLock
from rubricator.store.schema import OPEN_HERE, check_form, connect, form, identity
from rubricator.words import message

_CHECKPOINT_EVERY = 500
"""Commits between two checkpoints: the log does not shrink by one, so its size says nothing."""
_LARGE = 100_000
"""Rows that one transaction may change before it is checkpointed at once."""


Fingerprint = tuple[object, ...]


class DetachedError(UserError):
    """The log of a project was taken away under its connection; what was saved is in the file, which is opened anew."""


class Store:
    """The connection of this process to a project file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = connect(path)
        self.ids = Ids(self.db)
        self._file = identity(path)
        self._log_path = path.resolve().with_name(f"{path.resolve().name}-wal")
        self._log = identity(self._log_path)
        OPEN_HERE[self._file] += 1
        self._form, self._looked_at = form(self.db), self.data_version()
        self._lock = ProjectLock(path)
        self._commits = 0
        self._closed = self._detached = False
        self._caches: list[Callable[[], None]] = []

    def keeps(self, forget: Callable[[], None]) -> None:
        """Have this called when what was read may stand no longer: after a rollback, or when others wrote."""
        self._caches.append(forget)

    def forget(self) -> None:
        """Have all forget what they read."""
        for forget in self._caches:
            forget()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the project's lock from BEGIN IMMEDIATE to COMMIT; all of it happens, or nothing."""
        with self._lock:
            self._check_place()
            before = self.db.total_changes
            try:
                self.db.execute("BEGIN IMMEDIATE")
                try:
                    self.check_form()
                    yield self.db
                    self.db.execute("COMMIT")
                except BaseException:
                    self._roll_back()
                    raise
                self._checkpoint_if_due(before)
            except sqlite3.OperationalError as error:
                raise _known(error, self.path) from error

    def _check_place(self) -> None:
        """Refuse to write where nobody would find it: into a file that was deleted, moved or replaced since."""
        self.check_log()
        if identity(self.path) != self._file:
            raise UserError(
                message(
                    "{file} was moved, deleted or replaced while it was open: nothing more is kept.", file=self.path
                ),
                message("Put it back where it was, or open it where it is now."),
            )

    def check_log(self) -> None:
        """Raise DetachedError where another log, or none, lies in the place of the one that we write to.

        Whatever in this process opens the project's file and closes it (a file dialog that looks for its kind) takes
        SQLite's locks off it: that is how POSIX has it. The next program to close then believes that it is the last,
        writes all there is into the file and deletes the log, and what we wrote to it from then on would be nowhere.
        """
        if identity(self._log_path) != self._log:
            self._detached = True
            raise DetachedError(
                message("Another program put the files of {file} in order meanwhile.", file=self.path),
                message("Open it again: all that was saved is in it."),
            )

    def check_form(self) -> None:
        """Raise UserError where another program changed the tables, or their version, since the file was opened."""
        version = self.data_version()
        if version == self._looked_at:
            return
        now = form(self.db)
        if now != self._form:
            check_form(self.db, self.path)
        self._form, self._looked_at = now, version

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the file, whatever others write meanwhile."""
        self.db.execute("BEGIN")
        try:
            self.db.execute("SELECT 1 FROM journal LIMIT 1").fetchone()  # the first read fixes what is seen
            yield
        finally:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")

    def fingerprint(self) -> Fingerprint:
        """Return what tells the state that is read from any other: the file, and the ends of the two tables of truth.

        Both only grow, and all else is a fold of them; a text may come after the row of the journal that names it.
        """
        rows = self.db.execute("SELECT seq, id, (SELECT max(id) FROM text) FROM journal ORDER BY seq DESC LIMIT 1")
        return self._file, rows.fetchone()

    def _roll_back(self) -> None:
        if self.db.in_transaction:  # SQLite may have rolled back by itself, on a full disk
            self.db.execute("ROLLBACK")
        self.ids.forget()
        self.forget()

    def _checkpoint_if_due(self, changes_before: int) -> None:
        self._commits += 1
        if self._commits >= _CHECKPOINT_EVERY or self.db.total_changes - changes_before > _LARGE:
            self._commits = 0
            with suppress(sqlite3.OperationalError):  # no room for it now: what was written stands in the log
                self.db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def data_version(self) -> int:
        """Return a number that changes when another connection writes to the file."""
        (version,) = self.db.execute("PRAGMA data_version").fetchone()
        return int(version)

    def close(self) -> None:
        """Checkpoint, so that the one file is the whole project, and let go of it; closing twice is closing once."""
        if self._closed:
            return
        self._closed = True
        OPEN_HERE[self._file] -= 1
        try:
            with self._lock:  # SQLite, too, tidies up when the last one closes: nobody may write meanwhile
                with suppress(sqlite3.Error, DetachedError):
                    self.check_log()
                    self.db.execute("PRAGMA busy_timeout = 0")  # who still reads will do it when they close
                    self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self.db.close()
        except UserError:
            self.db.close()  # another program is writing, or nobody may write here: all that was done is in the file
        finally:
            self._lock.close()


def _known(error: sqlite3.OperationalError, path: Path) -> Exception:
    """Turn what a person can mend into words; the rest is a bug and stays what it is."""
    words = str(error)
    if "full" in words:
        why = message("The disk is full: the last change to {file} was not kept.", file=path)
        return UserError(why, message("Make room and look whether the change is there; everything before it is safe."))
    if "locked" in words or "busy" in words:
        why = message("{file} is held by another program.", file=path)
        return UserError(why, message("Wait until the other program has finished, or close it."))
    if "readonly" in words:
        why = message("{file} may not be written to.", file=path)
        return UserError(why, message("Give yourself the right to write to it and to its folder, or work on a copy."))
    if "disk I/O" in words:
        why = message("{file} could not be written to: the disk reports an error.", file=path)
        return UserError(why, message("Look whether the last change is there, and copy the file to another disk."))
    return error
