"""Long work on a terminal: one line says how far it is, and Ctrl+C leaves nothing half done. All in real processes."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")

PROGRAM = (sys.executable, "-m", "rubricator")
MANY = 3_000


@dataclass
class Run:
    """What came of a command on a terminal."""

    code: int
    shown: str
    out: str


def on_terminal(*words: str | Path, stop_at: str = "") -> Run:
    """Run a command whose error stream is a terminal; press Ctrl+C when this is shown on it."""
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"this system gives nobody a terminal: {error}")
    process = subprocess.Popen([*PROGRAM, *map(str, words)], stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    shown, stopped = b"", False
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
        if stop_at and not stopped and stop_at.encode() in shown:
            stopped = True
            process.send_signal(signal.SIGINT)
    out, _none = process.communicate(timeout=300)
    os.close(ours)
    return Run(process.returncode, shown.decode(), out)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of many annotated articles."""
    source = tmp_path_factory.mktemp("many") / "many.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for n in range(MANY):
            layer = {"annotator": "anna", "annotations": [{"label": "PERSON", "start": 0, "end": 4}]}
            file.write(json.dumps({"text": f"Anna met number {n} in Port Velis. " * 5, "layers": [layer]}) + "\n")
    return source


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.rubric"
    assert on_terminal("new", path).code == 0
    return path


def articles(project: Path) -> int:
    return int(json.loads(on_terminal("stats", project, "--json").out)["articles"])


def test_one_line_says_how_far_an_import_is_and_goes(project: Path, many: Path) -> None:
    done = on_terminal("import", project, many)
    assert done.code == 0
    lines = done.shown.split("\r")
    assert any(line.startswith("Importing: ") and line[11].isdigit() for line in lines)
    assert "\n" not in done.shown
    assert not lines[-1].strip(), "what is said next begins on an empty line"
    assert f"{MANY} articles imported" in done.out


def test_a_pipe_gets_no_such_line(project: Path, many: Path) -> None:
    done = subprocess.run([*PROGRAM, "import", str(project), str(many)], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_a_stopped_import_changes_nothing(project: Path, many: Path) -> None:
    done = on_terminal("import", project, many, stop_at="Importing: 1")
    assert (done.code, done.out) == (1, "")
    assert "Stopped. Nothing is left half done." in done.shown
    assert "Traceback" not in done.shown
    assert articles(project) == 0
    assert on_terminal("check", project, "--full").code == 0


@pytest.mark.parametrize(
    ("key", "stop_at"),  # nothing is looked at for JSONL, which loses nothing
    [("jsonl", "Exporting: "), ("brat", "Looking at what"), ("brat", "Exporting: ")],
)
def test_a_stopped_export_leaves_what_was_there(
    project: Path, many: Path, tmp_path: Path, key: str, stop_at: str
) -> None:
    assert on_terminal("import", project, many).code == 0
    before = sorted(path.name for path in tmp_path.iterdir())
    done = on_terminal("export", project, tmp_path / "out", "--format", key, stop_at=stop_at)
    assert done.code == 1
    assert "Stopped. Nothing is left half done." in done.shown
    assert sorted(path.name for path in tmp_path.iterdir()) == before
