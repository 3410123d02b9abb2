"""A file that is damaged while a project is open: said in words, whatever is done with it next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.model.spans import Span
from rubricator.project import Project


def lose_a_table(name: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute(f"DROP TABLE {name}")
        other.commit()


def spoil_the_journal(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {trigger}")
        other.execute("UPDATE journal SET payload = '{'")
        other.commit()


ACTS: dict[str, Callable[[Project], object]] = {
    "annotate": lambda project: project.annotate("a", "PERSON", [Span.of(9, 12)]),
    "undo": lambda project: project.undo(),
    "news": lambda project: project.news(),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("table", ["journal", "annotation", "layer", "undone"])
def test_a_table_is_gone(tmp_path: Path, table: str, act: str) -> None:
    project = making.make(tmp_path / "p.rubric", texts=[("a", "Anna met Ben and Carla.")])
    project.annotate("a", "PERSON", [Span.of(0, 4)])
    lose_a_table(table, project.path)
    if (act == "news" and table != "journal") or (act == "annotate" and table == "undone"):
        ACTS[act](project)  # nothing is read of it
        return
    with pytest.raises(UserError) as told:
        ACTS[act](project)
    assert "p.rubric is damaged." in str(told.value)
    assert "Go back to a backup." in str(told.value)
    project.close()


@pytest.mark.parametrize("act", ACTS)
def test_what_the_journal_says_is_garbled(tmp_path: Path, act: str) -> None:
    project = making.make(tmp_path / "p.rubric", texts=[("a", "Anna met Ben and Carla.")])
    project.annotate("a", "PERSON", [Span.of(0, 4)])
    spoil_the_journal(project.path)
    if act == "undo":
        with pytest.raises(UserError, match="cannot be read"):
            ACTS[act](project)
    else:
        ACTS[act](project)
    project.close()


def test_pages_are_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "p.rubric"
    making.make(path, texts=[(f"a{n}", f"Anna met Ben {n}. " * 500) for n in range(50)]).close()
    project = Project.open(path, making.ANNA)
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (path.stat().st_size - 8192))
    with pytest.raises(UserError, match="is damaged"):
        work(project)
    project.close()


def work(project: Project) -> None:
    for n in range(50):
        project.annotate(f"a{n}", "PERSON", [Span.of(0, 4)])
