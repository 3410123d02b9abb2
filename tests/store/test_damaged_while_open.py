"""A file that is damaged while a project is open: said in words, whatever is done with it next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.model.scheme import Label
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.store.schema import VERSION


def lose_a_table(name: str, path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute(f"DROP TABLE {name}")
        other.commit()


def spoil_the_journal(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        triggers = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for trigger, _sql in triggers:
            other.execute(f"DROP TRIGGER {trigger}")
        other.execute("UPDATE journal SET payload = '{'")
        for _trigger, sql in triggers:
            other.execute(sql)
        other.commit()


def write_labels(project: Project) -> None:
    project.add_labels([Label("NEW", "New")])


def write_articles(project: Project) -> None:
    making.add_articles(project, [("b", "Toll.")])


ACTS: dict[str, Callable[[Project], object]] = {
    "annotate": lambda project: project.annotate("a", "PERSON", [Span.of(9, 12)]),
    "undo": lambda project: project.undo(),
    "news": lambda project: project.news(),
}
WRITING: dict[str, Callable[[Project], object]] = {**ACTS, "labels": write_labels, "articles": write_articles}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("table", ["journal", "annotation", "layer", "undone"])
def test_a_table_is_gone(tmp_path: Path, table: str, act: str) -> None:
    project = making.make(tmp_path / "p.rubric", texts=[("a", "Anna met Ben and Carla.")])
    project.annotate("a", "PERSON", [Span.of(0, 4)])
    lose_a_table(table, project.path)
    with pytest.raises(UserError) as told:
        ACTS[act](project)
    assert "p.rubric is damaged." in str(told.value)
    assert "Go back to a backup" in str(told.value)
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


def a_newer_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("ALTER TABLE annotation ADD COLUMN certainty REAL")
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
        other.commit()


@pytest.mark.parametrize("act", WRITING)
def test_a_newer_program_brings_it_up_to_date(tmp_path: Path, act: str) -> None:
    path = tmp_path / "p.rubric"
    project = making.make(path, texts=[("a", "Anna met Ben and Carla.")])
    project.annotate("a", "PERSON", [Span.of(0, 4)])
    rows = list(project._journal.entries())
    a_newer_version(path)
    for _again in range(2):
        with pytest.raises(UserError) as told:
            WRITING[act](project)
        assert "A newer Rubricator brought" in str(told.value)
        assert "damaged" not in str(told.value)
        assert "install the newer version" in str(told.value)
    assert list(project._journal.entries()) == rows
    project.close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM journal").fetchone() == (len(rows),)


def test_what_another_program_did_to_no_table_of_ours_is_nothing_to_us(tmp_path: Path) -> None:
    project = making.make(tmp_path / "p.rubric", texts=[("a", "Anna met Ben and Carla.")])
    project.annotate("a", "PERSON", [Span.of(0, 4)])
    with closing(sqlite3.connect(project.path)) as other:
        other.execute("ANALYZE")
        other.commit()
    assert not project.news()
    project.annotate("a", "PERSON", [Span.of(9, 12)])
    assert len(project.annotations("a")) == 2
    project.close()
