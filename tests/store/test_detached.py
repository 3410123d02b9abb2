"""Locks that were lost: SQLite's go with any other file handle of the process on the same file (POSIX)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests import making

from rubricator.model.spans import Span
from rubricator.project import DetachedError, Project, is_project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps locks, and files that are open")

OTHER = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('SELECT count(*) FROM journal').fetchone(); db.close()"


def another_program_opens_and_closes(path: Path) -> None:
    subprocess.run([sys.executable, "-c", OTHER, str(path)], check=True)


def lose_the_locks(path: Path) -> None:
    path.read_bytes()


def spans(path: Path) -> int:
    with Project.open(path, making.ANNA) as project:
        assert not list(project.check(full=True))
        return len(project.annotations("a"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "p.rubric"


def test_what_is_written_into_a_log_that_is_gone_is_refused_and_nothing_is_lost(path: Path) -> None:
    project = making.make(path, texts=[("a", "Anna met Ben and Carla.")])
    project.annotate("a", "PERSON", [Span.of(0, 4)])
    lose_the_locks(path)
    another_program_opens_and_closes(path)
    assert not path.with_name("p.rubric-wal").exists(), "the other one believed to be the last"
    with pytest.raises(DetachedError, match="Open it again: all that was saved is in it"):
        project.annotate("a", "PERSON", [Span.of(9, 12)])
    with pytest.raises(DetachedError):
        project.news()
    project.close()
    assert spans(path) == 1


def test_it_is_refused_too_where_another_log_lies_there_now(path: Path) -> None:
    project = making.make(path, texts=[("a", "Anna met Ben and Carla.")])
    project.annotate("a", "PERSON", [Span.of(0, 4)])
    lose_the_locks(path)
    another_program_opens_and_closes(path)
    writes = (
        "import sys; from pathlib import Path; from tests import making; from rubricator.project import Project;"
        " from rubricator.model.spans import Span; p = Project.open(Path(sys.argv[1]), making.ANNA);"
        " p.annotate('a', 'PERSON', [Span.of(9, 12)]); print('done', flush=True); sys.stdin.readline(); p.close()"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", writes, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "done\n"
        with pytest.raises(DetachedError):
            project.annotate("a", "PERSON", [Span.of(17, 22)])
        project.close()  # takes nothing away from the other one
        other.communicate("\n")
    assert spans(path) == 2


def test_we_do_not_take_our_own_locks_off(path: Path) -> None:
    with making.make(path, texts=[("a", "Anna met Ben and Carla.")]) as project:
        assert is_project(path)
        again = Project.open(path, making.ANNA)  # as when somebody opens the project that is open
        again.close()
        another_program_opens_and_closes(path)
        assert path.with_name("p.rubric-wal").exists()
        project.annotate("a", "PERSON", [Span.of(0, 4)])
    assert spans(path) == 1


def test_a_project_that_was_closed_is_looked_at_again(path: Path) -> None:
    making.make(path).close()
    path.write_bytes(b"something else")
    assert not is_project(path)
