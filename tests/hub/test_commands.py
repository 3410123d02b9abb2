"""pack, new --from and merge as commands: what they say, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.making import ANNA, make

from rubricator.cli import rubricator, run
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings


def test_out_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUBRICATOR_HOME", str(tmp_path / "home"))
    place, packet, copy = (str(tmp_path / name) for name in ("main.rubric", "ben", "ben.rubric"))
    make(Path(place), ANNA, [("one", "Anna left."), ("two", "Ben stayed.")]).close()
    assert run(rubricator, ["pack", place, packet, "--annotator", "Ben", "--articles", "one"]) == 0
    assert "Ben is a new annotator" in capsys.readouterr().out
    assert run(rubricator, ["pack", place, packet, "--annotator", "Ben"]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert run(rubricator, ["pack", place, packet, "--overwrite"]) == 2
    assert run(rubricator, ["pack", place, packet, "--annotator", "Ben", "--articles", "three", "--overwrite"]) == 1
    assert run(rubricator, ["new", copy, "--from", f"{packet}.rubpack"]) == 0
    assert "Ben works in it" in capsys.readouterr().out
    with Project.open(Path(copy), Settings().me()) as project:
        project.annotate("one", "PERSON", [Span.of(0, 4)])
    assert run(rubricator, ["pack", copy, str(tmp_path / "back")]) == 0
    capsys.readouterr()
    assert run(rubricator, ["pack", place, str(tmp_path / "gold"), "--annotator", "Ben", "--gold"]) == 0
    assert "Ben has finished none of these articles" in capsys.readouterr().out
    back = str(tmp_path / "back.rubpack")
    assert run(rubricator, ["merge", place, back, "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["dry_run"], told["backup"], told["files"][0]["rows"]) == (True, None, 1)
    assert told["files"][0]["from"][0]["counts"]["annotations"] == 1
    assert run(rubricator, ["merge", place, back, copy]) == 0
    words = capsys.readouterr().out
    assert "from Ben: annotations 1" in words
    assert "main-before-merge.rubric" in words
    assert run(rubricator, ["merge", place, back]) == 0
    assert "all of it is here already" in capsys.readouterr().out
    assert run(rubricator, ["merge", place, str(tmp_path / "none.rubpack")]) == 1
    assert "none.rubpack" in capsys.readouterr().err


def test_where_no_packet_can_be_written_nobody_joins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUBRICATOR_HOME", str(tmp_path / "home"))
    place = tmp_path / "main.rubric"
    make(place, ANNA, [("one", "Anna left.")]).close()
    (tmp_path / "there.rubpack").mkdir()
    for out, why in ((tmp_path / "no" / "dan.rubpack", "There is no folder"), (tmp_path / "there.rubpack", "there")):
        assert run(rubricator, ["pack", str(place), str(out), "--annotator", "Dan", "--overwrite"]) == 1
        assert why in capsys.readouterr().err
    with Project.open(place, ANNA) as project:
        assert "Dan" not in {one.name for one in project.rows.annotators()}
    assert sorted(path.name for path in tmp_path.iterdir() if "rubpack" in path.name) == ["there.rubpack"]
    assert run(rubricator, ["pack", str(place), str(tmp_path / "dan"), "--annotator", "Dan"]) == 0
