"""Bad files x every format that is read: words with the file's name, the project as it was, bounded memory, no network.

Each format is tried in a process of its own, without a network where the system lets us (`unshare`); what it opens is
watched once, since Python's audit hooks do not see what C libraries do.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.alone import alone

from rubricator import formats
from rubricator.errors import UserError

HERE = Path(__file__).parent
READ = [known.key for known in formats.FORMATS if known.reads]

NEVER = (
    "empty", "NULs", "a PDF", "100 MB in one line", "100 MB, sparse", "one tag of 100 MB", "one name of 100 MB", "one comment of 100 MB", "one text of 100 MB",
    "one tag as long as may be", "one comment as long as may be", "deep JSON lists", "deep JSON objects", "deep and closed",
    "deep in a text's object", "deep XML", "deep XML, closed", "a billion laughs", "quadratic blow-up", "an entity of a file",
    "an entity of the net", "a DTD of the net", "a parameter entity", "XML cut short", "JSON cut short", "a zip bomb",
    "a zip that slips", "a gzip bomb", "a folder", "a pipe", "a link to nothing", "a link to itself", "a device",
)  # fmt: skip
"""What no format takes; to plain text any text is one, and an empty .ann says that there is nothing to say."""

SECONDS = 2
"""Of the processor, until a file is refused."""

TEXT_LIKE = {"text", "fasttext", "conll"}
"""Formats in which braces and angle brackets are words like others."""


def attack(key: str, folder: Path, *only: str) -> list[dict[str, Any]]:
    try:
        formats.reader(key)
    except UserError as error:
        pytest.skip(error.text if isinstance(error.text, str) else error.text.text)
    command = alone(sys.executable, HERE / "attack.py", key, folder, *only)
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stderr[-2000:]
    return [json.loads(line) for line in run.stdout.splitlines()]


@pytest.mark.parametrize("key", READ)
def test_bad_files(key: str, tmp_path: Path) -> None:
    *told, end = attack(key, tmp_path)
    assert len(told) > 80
    assert [one for one in told if one["outcome"] == "crashed"] == []
    assert [one for one in told if one["changed"]] == []
    assert end["outcome"] == "sound", end
    refused = [one for one in told if one["outcome"] == "refused"]
    assert [one for one in refused if one["file"].partition(".")[0] not in one["words"]] == [], "each names the file"
    assert [one for one in refused if one["seconds"] > SECONDS] == []
    came = {one["name"]: one["words"] for one in told if one["outcome"] == "imported"}
    if key not in TEXT_LIKE:
        assert {name: came[name] for name in NEVER if name in came and not (key == "brat" and name == "empty")} == {}
    assert not Path("/tmp/rubricator-slipped").exists()


@pytest.mark.parametrize("key", [key for key in READ if key in {"xmi", "gate-xml", "w3c", "brat"}])
def test_nothing_else_is_opened(key: str, tmp_path: Path) -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed: what is opened was not watched")
    log = tmp_path / "log"
    bad = (
        "an entity of a file",
        "an entity of the net",
        "a DTD of the net",
        "a parameter entity",
        "XInclude",
        "a style sheet",
        "a context of the net",
        "markup",
    )
    folder = tmp_path / "in"
    folder.mkdir()
    watch = ["strace", "-f", "-o", str(log), "-e", "trace=socket,connect,open,openat"]
    run = subprocess.run(
        [*watch, sys.executable, str(HERE / "attack.py"), key, str(folder), *bad],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode and "ptrace" in run.stderr.lower():
        pytest.skip("this system lets nobody watch a process")
    assert run.returncode == 0, run.stderr[-2000:]
    seen = log.read_text(errors="replace")
    assert "AF_INET" not in seen
    assert "/etc/hostname" not in seen
    written = re.findall(r'open(?:at)?\([^"]*"([^"]+)", [^)]*O_(?:WRONLY|RDWR|CREAT)', seen)
    strange = [
        name
        for name in written
        if not name.startswith((str(folder), "/dev/", "/tmp/", "/var/tmp/")) and "__pycache__" not in name
    ]
    assert strange == []
