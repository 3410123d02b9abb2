"""How a project file is made and opened: its identity, pragmas, version gate, migrations."""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from rubricator.errors import UserError
from rubricator.store.lock import ProjectLock
from rubricator.store.tables import TABLES, statements
from rubricator.words import Message, message

APPLICATION_ID = 0x52554252  # "RUBR"
VERSION = 6
"""Major version of the file: one that is newer is refused."""

SUFFIX = ".rubric"

_PATIENCE = 1.5
"""Seconds that another program is waited for; other Rubricators are waited for at the project's lock."""


_IDENTITY_AT = 68
"""Where the header of an SQLite file holds the application id: four bytes, big-endian."""

_HOLDS_ELSEWHERE = message("Choose a file that Rubricator made (they end in {suffix}).", suffix=SUFFIX)


def create_file(path: Path) -> None:
    """Make an empty project file; UserError where something is in the way."""
    try:
        there = path.exists()
    except OSError as error:  # say, a name that is too long
        why = message("{file} could not be made: {why}.", file=path, why=error.strerror or error)
        raise UserError(why, message("Choose another name.")) from error
    if there:
        raise UserError(
            message("{file} is there already.", file=path),
            message("Choose another name, or open it with “rubricator open”."),
        )
    if not path.parent.is_dir():
        raise UserError(
            message("There is no folder {folder}.", folder=path.parent), message("Make it, or choose another one.")
        )
    lock = ProjectLock(path)
    try:
        with lock:
            if path.exists():  # another program made it while we waited
                raise UserError(message("{file} is there already.", file=path), message("Choose another name."))
            try:
                _make(path)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except (sqlite3.Error, OSError) as error:
        raise UserError(
            message("{file} could not be made: {why}.", file=path, why=error),
            message("See whether the folder can be written to and the disk has room."),
        ) from error
    finally:
        lock.close()


def _make(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA page_size = 8192")
        db.execute("PRAGMA synchronous = EXTRA")
        db.execute("BEGIN IMMEDIATE")
        migrate(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("COMMIT")
        _switch_to_wal(db, path)


def migrate(db: sqlite3.Connection) -> None:
    """Bring the tables up to VERSION, inside the caller's transaction."""
    from rubricator.store.migrations import MIGRATIONS, utils  # sqlite-utils takes longer to load than a window

    MIGRATIONS.apply(utils(db))
    db.execute(f"PRAGMA user_version = {VERSION}")


def connect(path: Path) -> sqlite3.Connection:
    """Open a project file and set all that a connection needs; UserError where it is none, or a newer one."""
    _look_at_header(path)
    uri = path.resolve().as_uri() + "?mode=rw"
    db: sqlite3.Connection | None = None
    try:
        db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE, cached_statements=256)
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        db.execute("PRAGMA mmap_size = 0")
        _gate(db, path)
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("PRAGMA journal_size_limit = 67108864")
        db.execute("PRAGMA cache_size = -65536")
        if sys.platform == "darwin":
            db.execute("PRAGMA fullfsync = ON")
            db.execute("PRAGMA checkpoint_fullfsync = ON")
        db.execute("PRAGMA synchronous = FULL")
        _upgrade(db, path)
        _switch_to_wal(db, path)
        db.execute("SELECT 1 FROM journal LIMIT 1").fetchone()  # the first read makes the log
    except (sqlite3.Error, ValueError) as error:  # a damaged schema may not even be text
        if db is not None:
            db.close()
        raise _unreadable(path, error) from error
    except UserError:
        if db is not None:
            db.close()
        raise
    return db


def _upgrade(db: sqlite3.Connection, path: Path) -> None:
    if _version(db) == VERSION:
        return
    lock = ProjectLock(path)
    try:
        with lock:
            if _version(db) == VERSION:
                return  # another program did it while we waited
            _back_up(db, path)
            db.execute("BEGIN IMMEDIATE")
            try:
                migrate(db)
                _compare_outline(db, path)
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")
    finally:
        lock.close()


def _back_up(db: sqlite3.Connection, path: Path) -> None:
    """Copy the old state beside the project."""
    from rubricator.store.backup import back_up  # few projects are older than the program

    def refusal(why: object) -> Message:
        return message("{file} cannot be brought up to date: no copy of it could be made: {why}.", file=path, why=why)

    back_up(db, path.with_name(f"{path.stem}-before-version-{VERSION}{path.suffix}"), refusal)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


_SCRATCH_KB = 64 << 10


def scratch() -> sqlite3.Connection:
    """Make an empty store to replay a journal into: in memory, and what is too much for that in a file of no name."""
    db = sqlite3.connect("", isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute(f"PRAGMA cache_size = -{_SCRATCH_KB}")
    for statement in statements(TABLES):
        db.execute(statement)
    return db


OPEN_HERE: Counter[tuple[int, int] | None] = Counter()
"""The project files that this process has open. None of them may be opened by anything but SQLite: closing it again
would take SQLite's locks off the file (see `Store.check_log`)."""


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one of the same name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _look_at_header(path: Path) -> None:
    if OPEN_HERE[identity(path)]:
        return  # it was looked at
    try:
        head = _head(path)
    except FileNotFoundError as error:
        raise UserError(
            message("There is no project {file}.", file=path),
            message("Make one with “rubricator new {file}”, or look for it elsewhere.", file=path),
        ) from error
    except OSError as error:
        raise UserError(
            message("{file} cannot be read: {why}.", file=path, why=error.strerror or error), _HOLDS_ELSEWHERE
        ) from error
    if not head.startswith(_MAGIC):
        raise UserError(message("{file} is not a Rubricator project.", file=path), _HOLDS_ELSEWHERE)
    if not _is_ours(head):  # seen before SQLite opens it, which might touch a file that is not ours
        raise UserError(
            message("{file} is a database of another program, not a Rubricator project.", file=path),
            _HOLDS_ELSEWHERE,
        )


def _head(path: Path) -> bytes:
    """Return the first bytes of a file; none of a pipe or a device, which would be waited for."""
    if path.exists() and not path.is_file() and not path.is_dir():
        return b""
    with path.open("rb") as file:
        return file.read(100)


_MAGIC = b"SQLite format 3\x00"


def _is_ours(head: bytes) -> bool:
    return head.startswith(_MAGIC) and head[_IDENTITY_AT : _IDENTITY_AT + 4] == APPLICATION_ID.to_bytes(4, "big")


def is_project(path: Path) -> bool:
    """Say whether a file is a project, by its first bytes."""
    if OPEN_HERE[identity(path)]:
        return True
    try:
        return _is_ours(_head(path))
    except OSError:
        return False


def _gate(db: sqlite3.Connection, path: Path) -> None:
    version = _version(db)
    if version > VERSION:
        raise UserError(
            message(
                "{file} was made by a newer Rubricator (file version {version}; this one reads up to {ours}).",
                file=path,
                version=version,
                ours=VERSION,
            ),
            message("Install the newer version. The file was not changed."),
        )
    if version == VERSION:
        _compare_outline(db, path)


def form(db: sqlite3.Connection) -> tuple[int, int]:
    """Return numbers that change when somebody changes the tables of a file, or their version."""
    return int(db.execute("PRAGMA schema_version").fetchone()[0]), _version(db)


def check_form(db: sqlite3.Connection, path: Path) -> None:
    """Raise UserError where an open project became one that this program may not write to."""
    version = _version(db)
    if version > VERSION:
        raise UserError(
            message(
                "A newer Rubricator brought {file} up to date while it was open here"
                " (file version {version}; this one reads up to {ours}). Nothing more is written to it from here.",
                file=path,
                version=version,
                ours=VERSION,
            ),
            message("Close it and install the newer version. All that was saved is in the file."),
        )
    if _outline(db) != _expected_outline():
        raise UserError(
            message(
                "{file} is damaged. Another program changed its tables while it was open: they are not as Rubricator"
                " made them. Nothing more is written to it.",
                file=path,
            ),
            message("Go back to a backup, or to a copy that nothing else has written to."),
        )


def _compare_outline(db: sqlite3.Connection, path: Path) -> None:
    if _outline(db) != _expected_outline():
        raise UserError(
            message("{file} was changed by another program: its tables are not as Rubricator made them.", file=path),
            message("Go back to a copy that nothing else has written to. The file was not changed."),
        )


def _outline(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return all that a schema holds but the tables of SQLite and sqlite-utils, by its SQL: a name can be forged."""
    rows = db.execute("SELECT name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
    return [(name, sql) for name, table, sql in rows if not (table in _NOT_OURS and sql.startswith(_PASSIVE))]


_NOT_OURS = frozenset(("_sqlite_migrations", "sqlite_stat1", "sqlite_stat4", "sqlite_sequence"))
_PASSIVE = ("CREATE TABLE", "CREATE INDEX", "CREATE UNIQUE INDEX")


_EXPECTED: list[tuple[str, str]] = []


def _expected_outline() -> list[tuple[str, str]]:
    if not _EXPECTED:
        with closing(scratch()) as db:
            _EXPECTED.extend(_outline(db))
    return _EXPECTED


def _switch_to_wal(db: sqlite3.Connection, path: Path) -> None:
    (mode,) = db.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        return
    (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise UserError(
            message("{file} lies where safe writing does not work, perhaps on a network drive.", file=path),
            message("Copy it to a disk of this machine and open the copy."),
        )


def _unreadable(path: Path, error: Exception) -> UserError:
    if isinstance(error, sqlite3.OperationalError) and ("readonly" in str(error) or "unable to open" in str(error)):
        return UserError(
            message("{file} may not be written to.", file=path),
            message("Give yourself the right to write to it and to its folder, or work on a copy."),
        )
    return UserError(
        message("{file} cannot be opened: {why}.", file=path, why=error),
        message("If it came over a network or from a stick, copy it again; else go back to a backup."),
    )
