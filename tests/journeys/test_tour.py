"""The program as it is started: the tour where there is no display, wrong usage, and what each command loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.journeys import kit

BARE = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}


def program(*words: str | Path, cwd: Path, loaded: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run `rubricator` as on a machine without a display; `loaded` takes the names of the modules at its end."""
    code = (
        "import atexit, pathlib, sys\n"
        "where = sys.argv.pop(1)\n"
        "if where: atexit.register(lambda: pathlib.Path(where).write_text(' '.join(sys.modules)))\n"
        "from rubricator_gui.main import main; main()"
    )
    command = [sys.executable, "-c", code, str(loaded or ""), *map(str, words)]
    environment = {**BARE, "RUBRICATOR_HOME": os.environ["RUBRICATOR_HOME"]}
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=cwd, env=environment)


def core(*words: str | Path, cwd: Path) -> tuple[int, set[str]]:
    """Run `python -m rubricator`; return its exit code and the libraries that it loaded."""
    code = (
        "import atexit, pathlib, runpy, sys\n"
        "where = sys.argv.pop(1)\n"
        "atexit.register(lambda: pathlib.Path(where).write_text(' '.join(sys.modules)))\n"
        "runpy.run_module('rubricator', run_name='__main__', alter_sys=True)"
    )
    out = cwd / "loaded"
    command = [sys.executable, "-c", code, str(out), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=cwd)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, {name.partition(".")[0] for name in out.read_text().split()}


def test_the_demo_without_a_display_does_the_tour(tmp_path: Path) -> None:
    done = program("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    out = tmp_path / "out" / "tour"
    pictures = sorted((out / "pictures").glob("*.png"))
    assert len(pictures) >= 10
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG"), picture
        assert picture.stat().st_size > 10_000, f"{picture} shows nothing"
    corpora = {path.name for path in (out / "corpora").iterdir()}
    assert {"brat", "sample-jsonl.jsonl", "sample-conll.conll"} <= corpora
    jsonl = (out / "corpora" / "sample-jsonl.jsonl").read_text("utf-8").splitlines()
    assert len(jsonl) == 5, "the project and four articles"
    assert any("Anna S.\\n\\nLebrune, who visited" in line for line in jsonl), "the imported article is not there"
    # What the tour exported is imported again by the command line.
    kit.rubricator("new", tmp_path / "again")
    assert kit.report("import", tmp_path / "again", out / "corpora" / "sample-jsonl.jsonl")["articles"] == 4

    again = program("tour", out, cwd=tmp_path)
    assert again.returncode == 0, again.stderr


def test_the_path_of_a_project_alone_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "Mine.RUBRIC"
    gone = program(path, cwd=tmp_path, loaded=tmp_path / "loaded")
    assert gone.returncode == 1
    assert "There is no" in gone.stderr
    assert "Mine.RUBRIC" in gone.stderr
    assert "PySide6" not in (tmp_path / "loaded").read_text().split()
    kit.rubricator("new", path)
    there, opened = program(path, cwd=tmp_path), program("open", path, cwd=tmp_path)
    assert "There is no display" in there.stderr, "the window is what was asked for"
    assert (there.returncode, there.stderr) == (opened.returncode, opened.stderr)


def test_a_tour_that_goes_wrong_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    done = program("tour", tmp_path / "file", cwd=tmp_path)
    assert done.returncode == 2
    done = program("tour", tmp_path / "file" / "below", cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nonsense"], 2),
        (["--nonsense"], 2),
        (["open"], 2),
        (["import"], 2),
        (["new", "a", "b"], 2),
        (["tour"], 2),
        (["export", "x", "y", "--nested", "sideways", "--format", "conll"], 2),
        (["open", "not-there.rubric"], 1),
        (["--help"], 0),
        (["tour", "--help"], 0),
        (["--version"], 0),
        (["formats"], 0),
    ],
)
def test_qt_is_loaded_for_a_window_only(tmp_path: Path, words: list[str], code: int) -> None:
    done = program(*words, cwd=tmp_path, loaded=tmp_path / "loaded")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert (done.stdout if code == 0 else done.stderr).strip()
    names = {name.partition(".")[0] for name in (tmp_path / "loaded").read_text().split()}
    assert "rubricator_gui" in names
    assert not names & {"PySide6", "shiboken6", "sqlite_utils", "pandas"}
    assert [path.name for path in tmp_path.iterdir() if path.name != "loaded"] == []


def test_no_command_of_the_core_loads_qt(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(kit.STORY, "utf-8")
    (tmp_path / "topics.json").write_text("[]", "utf-8")
    project = tmp_path / "core.rubric"
    commands: list[tuple[list[str | Path], int]] = [
        (["--help"], 0),
        (["new", project], 0),
        (["import", project, "one.txt"], 0),
        (["stats", project, "--json"], 0),
        (["history", project], 0),
        (["check", project, "--full"], 0),
        (["formats", "--json"], 0),
        (["scheme", "show", project], 0),
        (["scheme", "export", project, "scheme.json"], 0),
        (["scheme", "import", project, "scheme.json"], 0),
        (["topics", "import", project, "topics.json"], 1),
        (["export", project, "out.jsonl", "--format", "jsonl"], 0),
        (["export", project, "brat", "--format", "brat"], 1),  # nobody has worked on it
        (["export", project, "out.conll", "--format", "conll"], 1),
        (["check", "one.txt"], 1),
        (["nonsense"], 2),
    ]
    with_sqlite_utils = []
    for words, code in commands:
        returned, loaded = core(*words, cwd=tmp_path)
        assert returned == code, words
        assert not loaded & {"PySide6", "shiboken6", "rubricator_gui", "pandas", "spacy"}, words
        if "sqlite_utils" in loaded:
            with_sqlite_utils.append(words[0])
    assert set(with_sqlite_utils) <= {"new"}, "sqlite_utils costs time, and only a new file needs it"


def test_help_lists_the_commands(tmp_path: Path) -> None:
    done = program("--help", cwd=tmp_path)
    for command in ("new", "open", "demo", "tour", "import", "export", "formats", "stats", "scheme", "topics", "check"):
        assert f"\n  {command} " in done.stdout
    assert "history" in done.stdout
