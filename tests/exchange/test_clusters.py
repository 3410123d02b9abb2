"""Near-duplicates that come in: the same story joins the cluster of the first, and undo, merge and copies agree on it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make, ticking
from tests.model.test_near import CLOSING, story

from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.incoming import import_files
from rubricator.model.spans import Article
from rubricator.model.text import digest
from rubricator.project import Project
from rubricator.store import check, near

BODY = story(1, 300)
VERSIONS = {
    "a": f"{story(2, 50)}\n\n{BODY}",
    "b": f"{story(3, 50)}\n\n{BODY}\n\n{CLOSING}",
    "c": " ".join(BODY.split()[:180]),
    "x": f"{story(4, 300)}\n\n{CLOSING}",
    "y": f"{story(5, 300)}\n\n{CLOSING}",
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path / "p.rubric") as made:
        yield made
        assert [finding for finding in made.check(full=True) if finding.damage] == []


def bring(project: Project, folder: Path, *names: str, clusters: dict[str, str] | None = None) -> ImportReport:
    """Import versions by their names, as Rubricator JSONL."""
    source = folder / "in.jsonl"
    given = clusters or {}
    rows = [{"id": name, "text": VERSIONS[name], "cluster": given.get(name, "")} for name in names]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return import_files(project, [source], ImportOptions())[0]


def clusters(project: Project) -> dict[str, str]:
    return {article.id: article.cluster for article in project.rows.articles()}


def hanging(project: Project) -> dict[str, str]:
    return project.stories.clusters(project.rows.articles())


def test_versions_in_one_file_are_one_cluster(project: Project, tmp_path: Path) -> None:
    report = bring(project, tmp_path, "x", "a", "y", "b", "c")
    assert clusters(project) == {"a": "a", "b": "a", "c": "a", "x": "", "y": ""}
    assert report.versions == 2
    assert any("2 articles tell a story" in line.many.replace("{n}", "2") for line in report.lines())


def test_a_later_version_joins_the_first_and_undo_takes_it_back_in_one_step(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, "a", "x")
    assert clusters(project) == {"a": "", "x": ""}
    assert bring(project, tmp_path, "y", "b").versions == 1
    assert clusters(project) == {"a": "a", "x": "", "y": "", "b": "a"}
    assert bring(project, tmp_path, "b", "c").versions == 1
    project.undo()
    project.undo()
    assert clusters(project) == {"a": "", "x": ""}
    project.redo()
    assert clusters(project) == {"a": "a", "x": "", "y": "", "b": "a"}


def test_what_was_taken_out_is_no_version_and_comes_back(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, "a")
    project.undo()
    assert bring(project, tmp_path, "b").versions == 0
    assert bring(project, tmp_path, "a").versions == 1
    assert clusters(project) == {"a": "b", "b": "b"}


def test_clusters_that_a_version_brings_together_become_one(project: Project, tmp_path: Path) -> None:
    halves = BODY.split()
    VERSIONS.update(first=" ".join(halves[:150]), second=" ".join(halves[150:]))
    VERSIONS.update(first2=f"{story(6, 30)} {VERSIONS['first']}", second2=f"{story(7, 30)} {VERSIONS['second']}")
    bring(project, tmp_path, "first", "first2", "second", "second2")
    assert clusters(project) == {"first": "first", "first2": "first", "second": "second", "second2": "second"}
    bring(project, tmp_path, "a")
    assert len(set(hanging(project).values())) == 1
    project.undo()
    assert clusters(project) == {"first": "first", "first2": "first", "second": "second", "second2": "second"}


def test_a_file_that_names_its_clusters_keeps_them(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, "a", "b", clusters={"a": "one", "b": "two"})
    assert clusters(project) == {"a": "one", "b": "two"}
    bring(project, tmp_path, "c")
    assert clusters(project)["c"] in {"one", "two"}
    assert len(set(hanging(project).values())) == 1


@pytest.mark.parametrize("names", ["abcxy", "ycbxa", "cxbya"])
def test_copies_that_are_merged_agree_in_any_order(tmp_path: Path, names: str) -> None:
    make(tmp_path / "one.rubric").close()
    shutil.copy(tmp_path / "one.rubric", tmp_path / "two.rubric")
    with (
        Project.open(tmp_path / "one.rubric", ANNA, clock=ticking()) as one,
        Project.open(tmp_path / "two.rubric", BEN, clock=ticking()) as two,
    ):
        bring(one, tmp_path, *names[:3])
        bring(two, tmp_path, *names[3:])
        one.merge(two)
        two.merge(one)
        assert clusters(one) == clusters(two)
        found = hanging(one)
        assert found == hanging(two)
        assert found["a"] == found["b"] == found["c"]
        assert len({found["a"], found["x"], found["y"]}) == 3
        assert list(one.check(full=True)) == list(two.check(full=True)) == []


def test_the_same_words_under_two_ids_are_one_however_short(project: Project, tmp_path: Path) -> None:
    VERSIONS.update(s1="Short.", s2="Short.")
    bring(project, tmp_path, "s1", "s2")
    assert clusters(project) == {"s1": "", "s2": ""}
    assert hanging(project) == {"s1": "s1", "s2": "s1"}


def test_a_version_knows_the_first_one(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, "a", "b", "x")
    first = {article.id: project.stories.first(article) for article in project.rows.articles()}
    assert {uid: found and found.id for uid, found in first.items()} == {"a": None, "b": "a", "x": None}
    assert isinstance(first["b"], Article)


@pytest.mark.parametrize("statement", ["DELETE FROM shingle WHERE hash = (SELECT max(hash) FROM shingle)", "INSERT INTO shingle VALUES (1, 1)"])  # fmt: skip
def test_the_doctor_compares_the_sketches_with_the_texts(tmp_path: Path, statement: str) -> None:
    with make(tmp_path / "p.rubric") as project:
        bring(project, tmp_path, "a", "x")
    with closing(sqlite3.connect(tmp_path / "p.rubric")) as db, db:
        db.execute(statement)
    with Project.open(tmp_path / "p.rubric", ANNA) as project:
        assert ["near-duplicates" in finding.what.text for finding in check.full(project._store)] == [True]


def test_a_purged_text_leaves_no_sketch(project: Project, tmp_path: Path) -> None:
    bring(project, tmp_path, "a")
    db = project._store.db
    before = db.execute("SELECT body FROM text").fetchone()[0]
    db.execute("BEGIN")
    db.execute("UPDATE text SET body = NULL")
    assert db.execute("SELECT count(*) FROM shingle").fetchone() == (0,)
    db.execute("ROLLBACK")
    assert db.execute("SELECT body FROM text").fetchone()[0] == before


def test_real_articles_are_no_versions_of_each_other(project: Project, corpora: Path) -> None:
    report, _ = import_files(
        project, [corpora / "brat-tdt", corpora / "brat-tutorial-news"], ImportOptions(new_labels="add")
    )
    assert report.articles > 10
    assert report.versions == 0


def test_what_was_stopped_again_and_again_takes_no_room_of_what_is_at_hand(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "_KEPT_MOST", 40_000)
    sketches = near.Near(project._store.db)
    for _ in range(20):
        sketches.sketch("a" * 64, story(1, 500))
    sketches.sketch("b" * 64, story(2, 500))
    assert set(sketches._known) == {"a" * 64, "b" * 64}


@pytest.mark.parametrize("at_once", [1, 40, 32_000])
def test_sketches_that_wait_find_what_those_in_the_table_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(near, "_ROWS_AT_ONCE", at_once)
    with make(tmp_path / "p.rubric") as project:
        rows = [{"id": f"{n}", "text": f"{story(100 + n, 20)}\n\n{story(n % 12, 150)}"} for n in range(60)]
        source = tmp_path / "in.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        import_files(project, [source], ImportOptions(dry_run=True))  # nothing of it stays, nor waits
        assert project.stories.like(digest(rows[0]["text"])) == []
        report, _change = import_files(project, [source], ImportOptions())
        assert report.versions == 48
        assert clusters(project) == {f"{n}": f"{n % 12}" for n in range(60)}
        assert [finding for finding in project.check(full=True) if finding.damage] == []
