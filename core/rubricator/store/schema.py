"""The tables of a project file, its identity, and how it is opened: pragmas, version gate, migrations.

`journal` and `text` are the truth; every other table is a fold of the journal and can be made again from it.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from rubricator.errors import UserError
from rubricator.store.lock import ProjectLock
from rubricator.words import message

APPLICATION_ID = 0x52554252  # "RUBR"
VERSION = 1
"""Major version of the file: one that is newer is refused."""

SUFFIX = ".rubric"

TABLES = """
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,                       -- the order of arrival in this file
  id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
  step TEXT,                                     -- the id of the first row, where one step takes several rows
  author TEXT NOT NULL,
  device TEXT NOT NULL,
  device_seq INTEGER NOT NULL,
  lamport INTEGER NOT NULL CHECK (lamport > 0),
  kind TEXT NOT NULL,
  article TEXT NOT NULL,                         -- the article it is about, or nothing
  undoes TEXT,                                   -- the step that this one takes back
  payload TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX journal_order ON journal (lamport, id);
CREATE INDEX journal_author ON journal (author, lamport, id);
CREATE INDEX journal_device ON journal (device, device_seq);
CREATE INDEX journal_step ON journal (step) WHERE step IS NOT NULL;
CREATE INDEX journal_undoes ON journal (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE undone (step TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE text (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  length INTEGER NOT NULL CHECK (length >= 0),   -- code points
  body TEXT                                      -- nothing once it was purged
) STRICT;
CREATE TRIGGER text_keeps BEFORE UPDATE OF body ON text WHEN NEW.body IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the text of an article never changes'); END;

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  value TEXT NOT NULL DEFAULT '{}',
  alive INTEGER NOT NULL DEFAULT 0 CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL DEFAULT 0,
  edit INTEGER NOT NULL DEFAULT 0,
  place INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX article_order ON article (lamport, place, uid) WHERE alive = 1;

CREATE TABLE annotator (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'human',
  value TEXT NOT NULL DEFAULT '{}',
  alive INTEGER NOT NULL DEFAULT 0 CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL DEFAULT 0,
  edit INTEGER NOT NULL DEFAULT 0,
  place INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE layer (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id),
  annotator INTEGER NOT NULL REFERENCES annotator (id),
  status TEXT NOT NULL DEFAULT 'todo',
  value TEXT NOT NULL DEFAULT '{}',              -- flags, seconds, comments of the layer
  annotations INTEGER NOT NULL DEFAULT 0,
  UNIQUE (article, annotator)
) STRICT;
CREATE INDEX layer_annotator ON layer (annotator, status);

CREATE TABLE annotation (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  layer INTEGER NOT NULL REFERENCES layer (id),
  label TEXT NOT NULL,
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  fragments TEXT,                                -- only where there are several
  quote TEXT,                                    -- nothing while its text has not arrived
  value TEXT,                                    -- whatever else it holds
  alive INTEGER NOT NULL CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL,
  edit INTEGER NOT NULL
) STRICT;
CREATE INDEX annotation_layer ON annotation (layer, start) WHERE alive = 1;

CREATE TABLE label_count (
  layer INTEGER NOT NULL,
  label TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (layer, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_count_label ON label_count (label) WHERE n > 0;
CREATE TRIGGER annotation_born AFTER INSERT ON annotation WHEN NEW.alive = 1 BEGIN
  INSERT INTO label_count VALUES (NEW.layer, NEW.label, 1) ON CONFLICT DO UPDATE SET n = n + 1;
  UPDATE layer SET annotations = annotations + 1 WHERE id = NEW.layer;
END;
CREATE TRIGGER annotation_changed AFTER UPDATE OF alive, label, layer ON annotation
WHEN NEW.alive <> OLD.alive OR NEW.label <> OLD.label OR NEW.layer <> OLD.layer BEGIN
  UPDATE label_count SET n = n - OLD.alive WHERE layer = OLD.layer AND label = OLD.label;
  INSERT INTO label_count VALUES (NEW.layer, NEW.label, NEW.alive) ON CONFLICT DO UPDATE SET n = n + NEW.alive;
  UPDATE layer SET annotations = annotations - OLD.alive WHERE id = OLD.layer;
  UPDATE layer SET annotations = annotations + NEW.alive WHERE id = NEW.layer;
END;

CREATE TABLE tag (
  uid TEXT PRIMARY KEY,
  layer INTEGER NOT NULL REFERENCES layer (id),
  topic TEXT NOT NULL,
  value TEXT,
  alive INTEGER NOT NULL CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL,
  edit INTEGER NOT NULL,
  place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_layer ON tag (layer) WHERE alive = 1;

CREATE TABLE element (                           -- project, label, topic, rule, entity, relation, comment, decision
  kind TEXT NOT NULL,
  uid TEXT NOT NULL,
  layer INTEGER REFERENCES layer (id),
  value TEXT NOT NULL,
  alive INTEGER NOT NULL CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL,
  edit INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (kind, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX element_layer ON element (layer, kind) WHERE layer IS NOT NULL;

CREATE TABLE register (                          -- the last write to a field, where it was written after its element
  kind TEXT NOT NULL,
  uid TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  lamport INTEGER NOT NULL,
  edit INTEGER NOT NULL,
  PRIMARY KEY (kind, uid, field)
) STRICT, WITHOUT ROWID;
"""

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
    from rubricator.store.migrations import MIGRATIONS, utils

    MIGRATIONS.apply(utils(db))
    db.execute(f"PRAGMA user_version = {VERSION}")


def connect(path: Path) -> sqlite3.Connection:
    """Open a project file and set all that a connection needs; UserError where it is none, or a newer one."""
    _look_at_header(path)
    uri = path.resolve().as_uri() + "?mode=rw"
    db: sqlite3.Connection | None = None
    try:
        db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10, cached_statements=256)
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
            with closing(sqlite3.connect(_place_for_copy(path))) as copy:
                db.backup(copy)  # not a file copy: a copied WAL file can be empty
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


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _place_for_copy(path: Path) -> Path:
    """Return a name beside the project that nothing has yet."""
    wanted = path.with_name(f"{path.stem}-before-version-{VERSION}{path.suffix}")
    place, n = wanted, 1
    while place.exists():
        n += 1
        place = wanted.with_stem(f"{wanted.stem}-{n}")
    return place


def memory() -> sqlite3.Connection:
    """Make an empty store in memory, to replay a journal into."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    for statement in statements(TABLES):
        db.execute(statement)
    return db


def _look_at_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(100)
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


_MAGIC = b"SQLite format 3\x00"


def _is_ours(head: bytes) -> bool:
    return head.startswith(_MAGIC) and head[_IDENTITY_AT : _IDENTITY_AT + 4] == APPLICATION_ID.to_bytes(4, "big")


def is_project(path: Path) -> bool:
    """Say whether a file is a project, by its first bytes."""
    try:
        with path.open("rb") as file:
            return _is_ours(file.read(100))
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
        with closing(memory()) as db:
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


def statements(script: str) -> list[str]:
    """Part a script into its statements (a trigger is one)."""
    found: list[str] = []
    part = ""
    for line in script.splitlines():
        part += line + "\n"
        if sqlite3.complete_statement(part):
            found.append(part.strip())
            part = ""
    return found
