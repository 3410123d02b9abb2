"""What is opened as a project and what is not: foreign, forged, newer, older, locked and damaged files."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make, news, ticking

from rubricator import cli
from rubricator.errors import UserError
from rubricator.model.edits import Add, Edit, Set
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.store import check, migrations, schema, tables
from rubricator.words import say

TEXT = "Anna Lebrune flew from Bonn to Port Velis. 🙂"
OLD = Path(__file__).parent.parent / "data" / "old"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a closed project with two articles and some work."""
    with make(tmp_path / "p.rubric", ANNA, [("one", TEXT), ("two", TEXT * 400)]) as project:
        for n in range(40):
            project.annotate("two", "PERSON", [Span.of(44 * n, 44 * n + 12)])
        project.annotate("one", "CITY", [Span.of(23, 27)])
        project.undo()
    return tmp_path / "p.rubric"


def alter(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)
    return path


def opens(path: Path) -> None:
    Project.open(path, ANNA).close()


# --- what is no project -------------------------------------------------------------------------------------------


def _foreign_in_wal(path: Path) -> None:
    """Make a database of another program that was left with an open log: nobody may write that log into it."""
    code = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('PRAGMA journal_mode=WAL');"
        "db.execute('CREATE TABLE t (x)'); db.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert path.with_name(f"{path.name}-wal").stat().st_size


NOT_OURS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "There is no project"),
    "folder": (lambda path: path.mkdir(), "cannot be read: Is a directory"),
    **({"pipe": (os.mkfifo, "is not a Rubricator project")} if hasattr(os, "mkfifo") else {}),
    "empty": (lambda path: path.touch(), "is not a Rubricator project"),
    "text": (lambda path: path.write_text("SQLite format 3, or so"), "is not a Rubricator project"),
    "header only": (lambda path: path.write_bytes(b"SQLite format 3\x00"), "is a database of another program"),
    "foreign": (lambda path: alter(path, "CREATE TABLE t (x)"), "is a database of another program"),
    "foreign with a log": (_foreign_in_wal, "is a database of another program"),
    "our id, other tables": (
        lambda path: alter(path, "CREATE TABLE t (x)", f"PRAGMA application_id = {schema.APPLICATION_ID}", "PRAGMA user_version = 1"),
        "its tables are not as Rubricator made them",
    ),
    "our id, a table of ours": (
        lambda path: alter(path, "CREATE TABLE journal (x)", f"PRAGMA application_id = {schema.APPLICATION_ID}"),
        "cannot be opened: table journal already exists",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NOT_OURS)
def test_what_is_no_project_is_told_and_left_alone(tmp_path: Path, kind: str) -> None:
    make_it, match = NOT_OURS[kind]
    path = tmp_path / "x.rubric"
    make_it(path)
    before = {p: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    with pytest.raises(UserError, match=match) as caught:
        opens(path)
    assert "\n" in str(caught.value), "there is no hint"
    assert {p: p.read_bytes() for p in before} == before
    if "our id" not in kind:
        assert sorted(tmp_path.iterdir()) == sorted({*before, *([path] if path.exists() else [])})


def test_a_newer_file_is_refused_and_left_alone(file: Path) -> None:
    alter(file, "PRAGMA user_version = 99")
    before = file.read_bytes()
    with pytest.raises(
        UserError, match=rf"made by a newer Rubricator \(file version 99; this one reads up to {schema.VERSION}\)"
    ) as caught:
        opens(file)
    assert "Install the newer version" in str(caught.value)
    assert file.read_bytes() == before


SMUGGLED = {
    "trigger": ["CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM annotation; END"],
    "view": ["CREATE VIEW v AS SELECT * FROM journal"],
    "table": ["CREATE TABLE t (x)"],
    "column": ["ALTER TABLE tag ADD COLUMN x TEXT"],
    "no trigger": ["DROP TRIGGER journal_stays"],
    "trigger on the migrations": ["CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM annotation; END"],
    "trigger under a forged name": [
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_t', 'journal', 0, 'CREATE TRIGGER sqlite_t AFTER INSERT ON journal BEGIN DELETE FROM annotation; END')",
    ],
    "trigger under a forged table": [
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES ('trigger', 't', '_sqlite_migrations', 0, 'CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM annotation; END')",
    ],
    "trigger in an old version": [
        "CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM annotation; END",
        "PRAGMA user_version = 0",
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", SMUGGLED)
def test_what_was_smuggled_into_the_schema_is_seen(file: Path, kind: str) -> None:
    alter(file, *SMUGGLED[kind])
    with pytest.raises(UserError, match=r"its tables are not as Rubricator made them|malformed") as caught:
        opens(file)
    assert "\nGo back to a copy" in str(caught.value) or "malformed" in str(caught.value)
    with pytest.raises(UserError):
        opens(file)


def test_analyze_and_vacuum_do_no_harm(file: Path) -> None:
    alter(file, "ANALYZE", "VACUUM")
    with Project.open(file, ANNA) as project:
        assert list(project.check(full=True)) == []


# --- making one ---------------------------------------------------------------------------------------------------


def test_a_new_project_replaces_nothing(tmp_path: Path, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(UserError, match="is there already"):
        make(file)
    with pytest.raises(UserError, match="There is no folder"):
        make(tmp_path / "no" / "p.rubric")
    with pytest.raises(UserError, match=r"could not be made: .*too long"):
        make(tmp_path / ("x" * 250 + ".rubric"))
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["p.rubric"]


def test_two_that_make_one_project_at_once_make_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looks, sees nothing, and waits for the first: it must look again."""
    path = tmp_path / "p.rubric"
    made: list[Project] = []
    real = schema.ProjectLock.__enter__

    def late(lock: schema.ProjectLock) -> schema.ProjectLock:
        if not made:
            made.append(Project.__new__(Project))
            made[0] = make(path)
        return real(lock)

    monkeypatch.setattr(schema.ProjectLock, "__enter__", late)
    with pytest.raises(UserError, match="is there already"):
        make(path, BEN)
    with made[0] as project:
        assert [a.name for a in project.rows.annotators()] == ["anna"]


def test_a_project_that_fails_in_its_first_edit_is_no_file(tmp_path: Path) -> None:
    def stopped() -> str:
        raise RuntimeError("the clock stands still")

    with pytest.raises(RuntimeError, match="stands still"):
        Project.create(tmp_path / "p.rubric", ANNA, news(), clock=stopped)
    assert list(tmp_path.glob("*.rubric")) == []


def test_logs_of_a_lost_project_do_not_reach_a_new_one(file: Path) -> None:
    """Somebody threw the project away, but not what lay beside it."""
    shutil.copy(file, file.with_name("p.rubric-wal"))
    shutil.copy(file, file.with_name("p.rubric-journal"))
    file.unlink()
    with make(file) as project:
        assert project.rows.count_articles() == 0
        assert list(project.check(full=True)) == []


# --- versions -----------------------------------------------------------------------------------------------------


NEXT = schema.VERSION + 1


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> migrations.Migrations:
    """The next version of the file, with one column more."""
    later = migrations.Migrations("rubricator")

    @later()
    def m2026_11_23_tables(db: object) -> None:
        for statement in tables.statements(tables.TABLES):
            db.execute(statement)  # type: ignore[attr-defined]

    @later()
    def m2026_11_23_quotes(db: object) -> None:
        """It is there already."""

    @later()
    def m2027_01_01_colour(db: object) -> None:
        db.execute("ALTER TABLE tag ADD COLUMN colour TEXT")  # type: ignore[attr-defined]

    with closing(schema.scratch()) as db:
        db.execute("ALTER TABLE tag ADD COLUMN colour TEXT")
        expected = schema._outline(db)
    monkeypatch.setattr(schema, "_EXPECTED", expected)
    monkeypatch.setattr(schema, "VERSION", NEXT)
    monkeypatch.setattr(migrations, "MIGRATIONS", later)
    return later


def rows(path: Path) -> tuple[int, list[object]]:
    with closing(sqlite3.connect(path)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        return version, db.execute("SELECT id, payload FROM journal ORDER BY seq").fetchall()


def test_an_older_file_is_backed_up_and_then_brought_up_to_date(file: Path, second: migrations.Migrations) -> None:
    before = rows(file)[1]
    mine = file.with_name(f"p-before-version-{NEXT}.rubric")
    mine.write_text("something of mine")
    for _ in range(2):
        with Project.open(file, ANNA) as project:
            assert project._store.db.execute("SELECT colour FROM tag").fetchall() == []
            assert project.rows.count_articles() == 2
    assert rows(file) == (NEXT, before)
    assert mine.read_text() == "something of mine"
    assert rows(file.with_name(f"p-before-version-{NEXT}-2.rubric")) == (NEXT - 1, before)
    assert len(list(file.parent.iterdir())) == 3


def test_what_another_brought_up_to_date_meanwhile_is_not_backed_up_again(
    file: Path, second: migrations.Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = schema.ProjectLock.__enter__
    turns: list[int] = []

    def late(lock: schema.ProjectLock) -> schema.ProjectLock:
        turns.append(1)
        if len(turns) == 1:
            opens(file)
        return real(lock)

    monkeypatch.setattr(schema.ProjectLock, "__enter__", late)
    opens(file)
    backup = file.with_name(f"p-before-version-{NEXT}.rubric")
    assert rows(backup)[0] == NEXT - 1
    assert sorted(file.parent.iterdir()) == sorted([file, backup])


def test_a_step_that_fails_leaves_the_old_file(file: Path, second: migrations.Migrations) -> None:
    @second()
    def m2027_02_02_breaks(db: object) -> None:
        db.execute("ALTER TABLE tag ADD COLUMN other TEXT")  # type: ignore[attr-defined]
        db.execute("INSERT INTO nowhere VALUES (1)")  # type: ignore[attr-defined]

    before = rows(file)
    with pytest.raises(UserError, match="cannot be opened: no such table: nowhere"):
        opens(file)
    assert rows(file) == before
    with closing(sqlite3.connect(file)) as db:
        assert "colour" not in db.execute("SELECT sql FROM sqlite_schema WHERE name = 'tag'").fetchone()[0]
    assert rows(file.with_name(f"p-before-version-{NEXT}.rubric")) == before


def test_half_a_copy_of_the_old_file_does_not_look_like_one(
    file: Path, second: migrations.Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(file)
    copy = file.with_name(f"p-before-version-{NEXT}.rubric")
    copy.with_name(f"{copy.name}.part").write_bytes(b"of one that was cut off")

    def full(_part: Path, _place: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", full)
        with pytest.raises(UserError, match=r"no copy of it could be made.*No space left"):
            opens(file)
    assert rows(file) == before
    assert list(file.parent.iterdir()) == [file]
    opens(file)
    assert rows(copy)[0] == NEXT - 1
    assert sorted(file.parent.iterdir()) == sorted([file, copy])


@pytest.mark.parametrize("path", sorted(OLD.glob("*.rubric")), ids=lambda path: path.name)
def test_files_of_old_versions_still_open(tmp_path: Path, path: Path) -> None:
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    with Project.open(copy, BEN, clock=ticking()) as project:
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        assert project.rows.count_articles() == 3
        assert project.rows.sizes()["annotations"] > 50
        article = next(project.rows.articles())
        everyone = project.rows.annotators()
        other = [a for p in everyone for a in project.annotations(article.id, p.id)]
        assert other
        assert any(project.rows.labelled.over([other[0].quote], p.id) for p in everyone)
        project.annotate(article.id, project.scheme.labels[0].name, [Span.of(0, 4)])
        project.undo()
        assert [finding for finding in project.check(full=True) if finding.damage] == []
    for person in everyone:  # what was done before is undone and redone after
        with Project.open(copy, Me(person.id, person.name, "another device"), clock=ticking()) as project:
            undone = 0
            while project.undo():
                undone += 1
            assert [finding for finding in project.check(full=True) if finding.damage] == []
            for _ in range(undone):
                assert project.redo()
            assert [finding for finding in project.check(full=True) if finding.damage] == []


def test_there_is_a_file_of_every_version() -> None:
    assert {path.name for path in OLD.glob("*.rubric")} >= {f"version-{n}.rubric" for n in range(1, schema.VERSION + 1)}


# --- rights -------------------------------------------------------------------------------------------------------

AS_NOBODY = """
import os, sys, uuid, getpass, tempfile, encodings.idna
import rubricator.exchange.incoming, rubricator.exchange.schemes, rubricator.store.migrations, rubricator.formats.text
from rubricator.cli import main
if os.geteuid() == 0:  # the tests may run as root, who may do everything; Python itself may lie where only root looks
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
main(sys.argv[1:])
"""


def as_nobody(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as somebody without rights."""
    env = {**os.environ, "RUBRICATOR_HOME": str(home)}
    return subprocess.run([sys.executable, "-c", AS_NOBODY, *arguments], capture_output=True, text=True, env=env)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that nobody shuts meanwhile, as another run of pytest would shut those that it finds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


@pytest.fixture
def locked(file: Path, open_folder: Path) -> Iterator[Path]:
    """Return a project that can be read and not written; its folder neither."""
    folder = open_folder / "locked"
    folder.mkdir()
    there = Path(shutil.copy(file, folder))
    there.chmod(0o444)
    folder.chmod(0o555)
    yield there
    folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are other things there")
@pytest.mark.parametrize("command", ["stats", "check", "import", "scheme", "new"])
def test_without_the_right_to_write_there_are_words(locked: Path, command: str, open_folder: Path) -> None:
    home = open_folder / "home"
    home.mkdir()
    home.chmod(0o777)
    before = locked.read_bytes()
    source = str(Path(__file__))
    arguments = {
        "import": ["import", str(locked), source, "--format", "text"],
        "scheme": ["scheme", "import", str(locked), "conll2003"],
        "new": ["new", str(locked.with_name("q.rubric"))],
    }.get(command, [command, str(locked)])
    done = as_nobody(home, *arguments)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 1
    assert "right to write" in done.stderr or "can be written to" in done.stderr
    assert locked.read_bytes() == before
    assert [path.name for path in locked.parent.iterdir()] == ["p.rubric"]


# --- damaged files ------------------------------------------------------------------------------------------------


def damage(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    kind = seed % 5
    spoilt = bytearray(data)
    if kind == 0:
        for _ in range(chance.choice([1, 8, 64])):
            spoilt[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif kind == 1:
        return data[: chance.randrange(len(data))]
    elif kind == 2:
        page = chance.randrange(len(data) // 8192)
        spoilt[page * 8192 : page * 8192 + 8192] = bytes(8192)
    elif kind == 3:
        one, other = (chance.randrange(1, len(data) // 8192) * 8192 for _ in range(2))
        spoilt[one : one + 8192], spoilt[other : other + 8192] = data[other : other + 8192], data[one : one + 8192]
    else:
        start = chance.randrange(100, len(data) - 600)
        spoilt[start : start + 500] = chance.randbytes(500)
    return bytes(spoilt)


def said_by(path: Path) -> tuple[object, ...]:
    """Return all that a reader of the project would be told."""
    with Project.open(path, ANNA) as project:
        articles = [(a, project.text(a)) for a in project.rows.articles()]
        layers = [
            (a.id, p.id, project.annotations(a.id, p.id), project.tags(a.id, p.id))
            for a, _ in articles
            for p in project.rows.annotators()
        ]
        history = [(line.at, line.author, say(line.what)) for _, line in project.history(limit=1000)]
        return articles, layers, project.scheme, history


@pytest.mark.parametrize("seed", range(100))
def test_a_damaged_file_gives_words_or_what_it_held(
    tmp_path: Path, file: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = said_by(file)
    file.write_bytes(damage(file.read_bytes(), seed))
    for arguments in (["stats"], ["history"], ["scheme", "show"], ["check", "--full"]):
        code = cli.run(cli.rubricator, [*arguments, str(file)])
        assert code in {0, 1}
        told = capsys.readouterr()
        assert bool(told.err) or code == 0 or arguments[0] == "check"
    try:
        found = said_by(file)
    except UserError:
        assert code == 1
    else:
        articles, layers, scheme, _history = found
        assert (articles, layers, scheme) == whole[:3] or code == 1, "it reads otherwise, and the check is content"


# --- garbage in the journal ---------------------------------------------------------------------------------------

BIG = 2**63 - 1
GARBAGE = {
    "no JSON": {"payload": "'{'"},
    "no operations": {"payload": "'{}'"},
    "a list": {"payload": "'[]'"},
    "about": {"payload": """'{"ops":[],"about":[1]}'"""},
    "unknown kind": {"payload": """'{"ops":[["+","ghost","x",{}]]}'"""},
    "half an annotation": {"payload": """'{"ops":[["+","annotation","x",{"label":"CITY"}]]}'"""},
    "huge offset": {"payload": """'{"ops":[["=","annotation","x","fragments",null,[[0,10000000000000000000000]]]]}'"""},
    "NaN": {"payload": """'{"ops":[["=","annotation","x","score",null,NaN]]}'"""},
    "too large": {"payload": """'{"ops":[["=","layer","a\\tb","seconds",null,1e999]]}'"""},
    "surrogate": {"payload": """'{"ops":[["=","annotation","x","note",null,"\\ud800"]]}'"""},
    "no time": {"payload": """'{"ops":[["=","annotation","x","created",null,["a"]]]}'"""},
    "extra": {"payload": """'{"ops":[["=","annotation","x","extra",null,3]]}'"""},
    "clock": {"lamport": str(BIG)},
    "device clock": {"device_seq": str(BIG)},
    "takes itself back": {"undoes": "'bad'"},
    "takes a later one back": {"undoes": "(SELECT id FROM journal ORDER BY lamport DESC LIMIT 1)", "lamport": "1"},
    "long id": {"id": "printf('%.70c', 'x')"},
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_a_garbled_row_is_not_merged(file: Path, kind: str) -> None:
    """The other file's triggers and checks are whole; the row was put past them."""
    columns = {
        "id": "'bad'", "author": "'x'", "device": "'d'", "device_seq": "1", "lamport": "99", "kind": "'note'",
        "article": "''", "payload": """'{"ops":[]}'""", "at": "''", **GARBAGE[kind],
    }  # fmt: skip
    other = file.with_name("other.rubric")
    shutil.copy(file, other)
    values = ", ".join(columns.values())
    alter(
        other, "PRAGMA ignore_check_constraints = ON", f"INSERT INTO journal ({', '.join(columns)}) VALUES ({values})"
    )
    with Project.open(file, ANNA, clock=ticking()) as mine, Project.open(other, BEN) as theirs:
        before = check.state(mine._store.db), list(mine._journal.entries())
        with pytest.raises(UserError, match=r"The journal row .* cannot be read") as caught:
            mine.merge(theirs)
        assert "damaged" in str(caught.value)
        assert (check.state(mine._store.db), list(mine._journal.entries())) == before
        mine.annotate("one", "CITY", [Span.of(0, 4)])
        assert any(finding.damage for finding in theirs.check(full=True))


ODD = [
    Add("label", "ODD", {"hue": 99, "key": "long", "short": 5}),
    Add("label", "", {}),
    Add("topic", "t", {"name": 4}),
    Add("rule", "r", {"id": 5, "kind": []}),
    Set("project", "project", "scheme", None, {"extra": [1], "version": "x", "name": {}}),
    Set("project", "project", "order", None, {"labels": 3, "topics": [1, "t"]}),
    Set("project", "project", "provisional", None, 5),
    Set("layer", "no tab", "status", None, "done"),
    Set("layer", f"{ANNA.annotator}\tone", "flags", None, [1]),
    Add("annotator", "x", {"name": {"a": 1}}),
    Add("annotation", "far", {"article": "one", "annotator": "x", "label": "ODD", "fragments": [[0, 9999]]}),
    Add("tag", "g", {"article": "one", "annotator": "x", "topic": "none", "evidence": [1]}),
]


def test_odd_rows_are_merged_and_the_project_still_opens(file: Path, tmp_path: Path) -> None:
    """What another version may mean by it is not ours to refuse; what it breaks is listed."""
    other = file.with_name("other.rubric")
    shutil.copy(file, other)
    with Project.open(other, BEN, clock=ticking()) as theirs:
        theirs.apply_all(lambda _keep: iter([Edit("note", tuple(ODD))]))
    with Project.open(file, ANNA, clock=ticking()) as mine, Project.open(other, BEN) as theirs:
        mine.merge(theirs)
        assert "ODD" in mine.scheme.by_name
        mine.annotate("one", "ODD", [Span.of(0, 4)])
        found = list(mine.check(full=True))
        assert [say(f.what) for f in found if f.damage] == [
            "1 span ends outside its text.",
            "“Anna Lebrune flew fr”: the span ends at 9999, but the text has 44 characters.",
        ]
    for arguments in (["stats"], ["scheme", "show", "--json"], ["history"], ["stats", "--json"]):
        assert cli.run(cli.rubricator, [*arguments, str(file)]) == 0


# --- the check ----------------------------------------------------------------------------------------------------

BROKEN = {
    "UPDATE layer SET annotations = annotations + 1": "wrong count of annotations",
    "UPDATE annotation SET quote = 'x' WHERE alive = 1": "its quote says",
    "UPDATE annotation SET label = 'CITY' WHERE alive = 1": "The state is not what the journal says",
    "UPDATE word_count SET n = n + 1": "counts of labelled words are wrong",
    "DELETE FROM word_count WHERE words = (SELECT min(words) FROM word_count)": "labelled have a wrong count",
    "UPDATE annotation SET \"end\" = 99999999": "ends? outside",
    "DROP TRIGGER text_keeps; UPDATE text SET body = 'x' || body": "not what its digest says",
    "UPDATE text SET length = length + 1": "not what its digest says",
    "DELETE FROM text": "articles have no text",
    "DELETE FROM undone": "The state is not what the journal says: undone steps",
    "DELETE FROM register": "The state is not what the journal says: fields",
    "DROP TRIGGER journal_keeps; UPDATE journal SET payload = 'x' WHERE seq = 3": "cannot be read",
    "DROP TRIGGER journal_stays; DELETE FROM journal WHERE seq = 5": "in no journal row",
    "UPDATE article SET value = '{'": "cannot be read to its end",
    "UPDATE annotation SET layer = 77": "names a missing layer",
}  # fmt: skip


@pytest.mark.parametrize("statement", BROKEN)
def test_the_check_finds_what_is_broken(file: Path, statement: str, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(file)) as db:
        triggers = dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    parts = [part.strip() for part in statement.split(";")]
    dropped = [part.split()[-1] for part in parts if part.startswith("DROP TRIGGER")]
    alter(file, "PRAGMA foreign_keys = OFF", *parts, *(triggers[name] for name in dropped))
    code = cli.run(cli.rubricator, ["check", "--full", str(file)])
    said = capsys.readouterr().out
    assert code == 1
    assert "is damaged" in said
    assert re.search(BROKEN[statement], said), said
