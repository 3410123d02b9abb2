"""The command “agreement”: what it says and writes, and what it refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make

from rubricator import cli
from rubricator.model.spans import Span
from rubricator.project import Project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project with three articles that two annotators finished."""
    texts = [(uid, f"Anna Lebrune flew from Bonn to Port Velis {uid}.") for uid in ("one", "two", "three")]
    file = tmp_path / "p.rubric"
    make(file, ANNA, texts).close()
    for me, label in ((ANNA, "PERSON"), (BEN, "ORGANIZATION")):
        with Project.open(file, me) as project:
            for uid, _ in texts:
                project.annotate(uid, "CITY", [Span.of(23, 27)])
                project.annotate(uid, label if uid == "two" else "PERSON", [Span.of(0, 12)])
                project.set_status(uid, "done")
    return file


def run(*arguments: object) -> int:
    return cli.run(cli.rubricator, ["agreement", *map(str, arguments)])


def test_it_says_the_figures_with_their_intervals(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(path) == 0
    said = capfd.readouterr().out
    assert "3 of 3 articles" in said
    assert "F1, strict" in said
    assert "0.833 [0.500, 1.000]" in said
    assert "anna × ben" in said
    assert "n/a" in said  # no topics were given


def test_it_tells_all_as_json(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(path, "--annotators", "ben, anna", "--json") == 0
    told = json.loads(capfd.readouterr().out)
    assert [who["name"] for who in told["annotators"]] == ["ben", "anna"]
    figures = {figure["measure"]: figure["value"] for figure in told["overall"]["figures"]}
    assert figures["strict"] == pytest.approx(5 / 6)
    assert figures["exact"] == 1
    assert figures["topics-masi"] is None
    wrong = [cell for cell in told["matrices"][0]["cells"] if cell["row"] != cell["column"]]
    assert [(cell["row"], cell["column"], cell["n"]) for cell in wrong] == [("ORGANIZATION", "PERSON", 1)]
    assert wrong[0]["behind"][0]["article"] == "two"


def test_it_writes_a_page_and_a_table_and_replaces_nothing_unasked(
    path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page, table = tmp_path / "a.html", tmp_path / "a.csv"
    assert run(path, "--html", page, "--csv", table) == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[0]["measure"] == "strict"
    assert rows[0]["value"] == "0.8333"
    before = page.read_bytes()
    assert run(path, "--label", "CITY", "--html", page) == 1
    assert "is there already" in capfd.readouterr().err
    assert page.read_bytes() == before
    assert run(path, "--label", "CITY", "--html", page, "--overwrite") == 0
    assert page.read_bytes() != before
    assert not [left for left in tmp_path.iterdir() if left.name.startswith(".rubricator-")]


def test_the_same_is_said_twice_and_another_seed_draws_otherwise(path: Path, tmp_path: Path) -> None:
    outs = [tmp_path / f"{n}.csv" for n in range(3)]
    for out, seed in zip(outs, (0, 0, 1), strict=True):
        assert run(path, "--csv", out, "--seed", seed) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_what_cannot_be_compared_is_told_in_words(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(path, "--annotators", "anna,zoe") == 1
    assert "no annotator “zoe”" in capfd.readouterr().err
    assert run(path, "--against-gold") == 1
    assert "no gold" in capfd.readouterr().err
    assert run(path, "--html", path.parent / "nowhere" / "a.html") == 1
    assert "no folder" in capfd.readouterr().err
