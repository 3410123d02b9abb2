"""The page on formats: its command works, and the page in docs names every format."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import formats_table

from rubricator.formats import FORMATS


def test_the_command_writes_what_it_found_of_a_format_and_keeps_the_rest(tmp_path: Path) -> None:
    corpus = tmp_path / "corpora" / "seed"
    corpus.mkdir(parents=True)
    for n in range(3):
        (corpus / f"{n}.txt").write_text(f"Anna Berg met Ben in Bonn. That was day {n}.\n")
    (corpus / "empty.txt").write_text("\n")
    page = tmp_path / "page.md"
    page.write_text(
        formats_table.page_of({"brat standoff": ("| [brat standoff](#x) | yes |", "## brat standoff\n\n- old")})
    )
    made = {"RUBRICATOR_CORPORA": str(corpus.parent), "RUBRICATOR_FORMATS_PAGE": str(page)}
    command = [sys.executable, str(formats_table.__file__), "text"]
    done = subprocess.run(command, env=os.environ | made, capture_output=True, text=True, check=True)
    assert "1 of 1" in done.stderr
    said = page.read_text("utf-8")
    (line,) = (line for line in said.splitlines() if line.startswith("| [Plain text]"))
    assert "3 files, 3 articles | 4 of 4 equal" in line
    assert "passed" in line
    assert "Refused whole: seed/empty.txt: … is empty." in said
    assert "| [brat standoff](#x) | yes |\n| [Plain text]" not in said  # in the order of the formats
    assert said.endswith("\n## brat standoff\n\n- old\n")


def test_the_page_names_every_format() -> None:
    page = formats_table.PAGE.read_text("utf-8")
    parts = formats_table.parts_in(page)
    for known in FORMATS:
        line, section = parts.get(known.title, ("", ""))
        assert known.title in parts or f"| {known.title} |" in page, f"make formats ARGS={known.key}"
        assert not section or f"`--format {known.key}`" in section
        assert "failed" not in line
