"""Two programs on one file: the lock, the transaction, and what happens when either is disturbed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, add_articles, make, ticking

from rubricator.errors import UserError
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.store import check, lock
from rubricator.store.lock import ProjectLock

TEXT = "Anna Lebrune flew from Bonn to Port Velis. " * 40
EDITS = 200

WRITER = """
import sys
from pathlib import Path
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Me
path, who, first = sys.argv[1:]
with Project.open(Path(path), Me(who, who, "device of " + who)) as project:
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(200):
        label = ("PERSON", "CITY", "EVENT", "LAW")[n % 4]
        project.annotate("one", label, [Span.of(int(first) + n, int(first) + n + 5)], exact=True)
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path / "p.rubric", ANNA, [("one", TEXT), ("two", TEXT)]) as made:
        yield made


def kept(project: Project) -> tuple[object, int]:
    return check.state(project._store.db), len(list(project._journal.entries()))


def test_two_programs_write_at_once(project: Project) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(project.path), who, str(500 * n)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n, who in enumerate(("ben", "zoe"))
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for n in range(20):
        project.annotate("two", "PERSON", [Span.of(n, n + 5)], exact=True)
    for writer in writers:
        _, said = writer.communicate(timeout=60)
        assert (writer.returncode, said) == (0, "")
    entries = list(project._journal.entries())
    by = {who: [x for x in entries if x.author == who and x.edit.kind == "annotate"] for who in ("ben", "zoe")}
    assert [len(rows) for rows in by.values()] == [EDITS, EDITS]
    assert [entry.lamport for entry in entries] == sorted({entry.lamport for entry in entries})
    for who, rows in by.items():
        assert len(project.annotations("one", who)) == EDITS
        numbers = [entry.device_seq for entry in rows]
        assert numbers == list(range(numbers[0], numbers[0] + EDITS))
    assert list(project.check(full=True)) == []


def test_the_lock_of_another_program_is_waited_for_and_then_told(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    before = kept(project)
    other = ProjectLock(project.path)
    with other:
        with pytest.raises(UserError, match=r"p\.rubric is held by another program"):
            project.annotate("one", "PERSON", [Span.of(0, 12)])
        assert kept(project) == before
        with Project.open(project.path, BEN) as reader:  # reading needs no lock, and closing does not hang on it
            assert reader.rows.count_articles() == 2
    other.close()
    project.annotate("one", "PERSON", [Span.of(0, 12)])
    assert kept(project) != before


def test_the_lock_file_may_be_taken_away(project: Project) -> None:
    project.annotate("one", "PERSON", [Span.of(0, 12)])
    (project.path.parent / ".p.rubric.lock").unlink()
    project.annotate("one", "CITY", [Span.of(23, 27)])
    with project._store.transaction():
        (project.path.parent / ".p.rubric.lock").unlink()
        fresh = ProjectLock(project.path)
        with (
            fresh,
            closing(sqlite3.connect(project.path, timeout=0, isolation_level=None)) as db,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            db.execute("BEGIN IMMEDIATE")  # SQLite's own lock still stands between the two
        fresh.close()
    with Project.open(project.path, BEN, clock=ticking()) as other:
        other.annotate("one", "LAW", [Span.of(31, 41)])
        project.annotate("one", "EVENT", [Span.of(0, 4)])
    project.news()
    assert list(project.check(full=True)) == []
    assert project.rows.sizes()["annotations"] == 4


def test_the_lock_may_be_taken_again_and_goes_with_the_last_one(tmp_path: Path) -> None:
    one, other = ProjectLock(tmp_path / "p.rubric"), ProjectLock(tmp_path / "p.rubric")
    with one, one:
        assert one.path.exists()
    with other:
        one.close()
        assert other.path.exists()
    one.close()
    other.close()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    held = ProjectLock(tmp_path / "p.rubric")
    held.path.mkdir()
    with pytest.raises(UserError, match="cannot be locked: Is a directory") as caught, held:
        pass
    assert "right to write" in str(caught.value)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, UserError])
def test_a_transaction_that_raises_leaves_nothing(project: Project, error: type[BaseException]) -> None:
    """Not in the file, not in what is cached, and the next one works."""
    before = kept(project)

    def work() -> None:
        with project._store.transaction() as db:
            db.execute("INSERT INTO undone VALUES ('x')")
            project._store.ids.article("new")
            project._store.ids.layer("new", "nobody")
            raise error("stop")

    with pytest.raises(error):
        work()
    assert kept(project) == before
    assert not project._store.db.in_transaction
    add_articles(project, [("new", "New text.")])
    project.annotate("new", "PERSON", [Span.of(0, 3)])
    assert [a.quote for a in project.annotations("new")] == ["New"]
    assert list(project.check(full=True)) == []


def test_a_stream_of_edits_that_breaks_off_leaves_nothing(project: Project) -> None:
    before = kept(project)

    def produce(keep: object) -> Iterator[object]:
        from rubricator.model.edits import Add, Edit

        yield Edit("import", (Add("annotator", "x", {"name": "x"}),))
        raise RuntimeError("gone")

    with pytest.raises(RuntimeError, match="gone"):
        project.apply_all(produce)  # type: ignore[arg-type]
    assert kept(project) == before


def test_what_the_system_says_is_put_into_words(project: Project) -> None:
    for said, words in [
        ("database or disk is full", "The disk is full"),
        ("database is locked", "is held by another program"),
        ("attempt to write a readonly database", "may not be written to"),
        ("disk I/O error", "the disk reports an error"),
    ]:
        with pytest.raises(UserError, match=words), project._store.transaction():
            raise sqlite3.OperationalError(said)
    with pytest.raises(sqlite3.OperationalError, match="no such column"), project._store.transaction():
        raise sqlite3.OperationalError("no such column: x")
    project.annotate("one", "PERSON", [Span.of(0, 12)])


def test_closing_does_not_wait_for_who_reads(project: Project) -> None:
    with project.snapshot():
        other = Project.open(project.path, BEN, clock=ticking())
        other.annotate("one", "PERSON", [Span.of(0, 12)])
        waits: list[str] = []
        other._store.db.set_trace_callback(waits.append)
        other.close()
        assert project.rows.sizes()["annotations"] == 0
    assert waits.index("PRAGMA busy_timeout = 0") < waits.index("PRAGMA wal_checkpoint(TRUNCATE)")
    assert project.rows.sizes()["annotations"] == 1


def test_closing_twice_is_closing_once(project: Project) -> None:
    project.close()
    project.close()
    assert [path.name for path in project.path.parent.iterdir()] == ["p.rubric"]


def test_many_edits_do_not_grow_the_log_for_ever(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from rubricator.store import base

    monkeypatch.setattr(base, "_CHECKPOINT_EVERY", 5)
    sizes = []
    for n in range(30):
        project.annotate("one", "PERSON", [Span.of(n, n + 5)], exact=True)
        sizes.append(project.path.with_name("p.rubric-wal").stat().st_size)
    assert len(set(sizes[15:])) == 1
