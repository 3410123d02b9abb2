"""Long work on a terminal: one line says how far it is, and Ctrl+C leaves nothing half done. All in real processes."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from rubricator.exchange.places import place_beside, put_text
from rubricator.exchange.stretches import LEAST

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")

PROGRAM = (sys.executable, "-m", "rubricator")
MANY = 2 * LEAST + 100  # of so many an export as JSONL is shared by several processes
TRIES = 5  # to kill an export before it is done


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


def killed_at_work(folder: Path, *words: str | Path) -> list[Path]:
    """Run a command until it writes beside its place in this folder, and kill it; return what it left there."""
    process = subprocess.Popen([*PROGRAM, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    files = ("[!.]*", ".stretches-*/*")  # of one process, and of several
    while (
        not (left := [one for file in files for one in folder.glob(f".rubricator-unfinished-*/{file}")])
        and process.poll() is None
    ):
        time.sleep(0.001)
    process.kill()
    assert process.wait() == -signal.SIGKILL, "it was at work when it was killed"
    return left


@pytest.mark.parametrize("key", ["jsonl", "brat"])
def test_a_killed_export_leaves_no_half_file_and_the_next_clears_up(
    project: Path, many: Path, tmp_path: Path, key: str
) -> None:
    assert on_terminal("import", project, many).code == 0
    before = sorted(path.name for path in tmp_path.iterdir())
    out = tmp_path / "out"
    for n in range(TRIES):
        place = out if n == 0 else tmp_path / f"out{n}"
        assert killed_at_work(tmp_path, "export", project, place, "--format", key)
        if not place.exists():
            break
        before.append(place.name)  # it was in its place before the kill came: so it is whole
        assert exported(place) == MANY
    else:
        pytest.fail(f"{TRIES} exports were done before they were killed")
    done = on_terminal("export", project, place, "--format", key)
    assert done.code == 0
    assert exported(place) == MANY
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*before, place.name])


def exported(place: Path) -> int:
    """How many articles stand in what was exported, as one file or as a folder of texts."""
    if place.is_dir():
        return len([*place.rglob("*.txt")])
    return sum('"text"' in line for line in place.read_text(encoding="utf-8").splitlines())


def test_what_another_export_is_at_work_on_is_left(tmp_path: Path) -> None:
    with place_beside(tmp_path / "one") as fresh:
        fresh.write_text("one")
        put_text(tmp_path / "two", "two")
        assert fresh.read_text() == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["two"]


def test_a_folder_that_was_being_replaced_comes_back(tmp_path: Path) -> None:
    """Killed between the two names: the old folder is out of its place, the new one not yet in it."""
    left = tmp_path / ".rubricator-unfinished-x"
    for name in ("parts", "parts.before", "kept.before"):
        (left / name).mkdir(parents=True)
        (left / name / "said").write_text(name)
    (left / ".claim").touch()
    (tmp_path / "kept").mkdir()
    put_text(tmp_path / "two", "two")
    assert (tmp_path / "parts" / "said").read_text() == "parts.before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "parts", "two"]
