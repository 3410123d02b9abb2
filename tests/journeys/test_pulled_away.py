"""A project that another program takes away, or holds, while the window has it open: said at once, nothing pretended."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.journeys import kit
from tests.journeys.conftest import Start


def deleted(file: Path) -> None:
    file.unlink()


def moved(file: Path) -> None:
    file.rename(file.with_name("elsewhere.rubric"))


def replaced(file: Path) -> None:
    copy = shutil.copy(file, file.with_name("copy"))
    Path(copy).replace(file)


@pytest.mark.parametrize("spoil", [deleted, moved, replaced])
def test_nothing_is_written_into_a_file_that_is_gone(
    start: Start, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "good.rubric")
    hand = start(file)
    kit.label(hand, "Arvenia", "3")
    spoil(file)
    kit.label(hand, "Toll", "3")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")], "it shows what no file holds"
    assert "was moved, deleted or replaced" in hand.window.status.notice


def test_a_file_that_another_program_holds(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "good.rubric")
    hand = start(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        kit.label(hand, "Toll", "3")
        assert "is held by another program" in hand.window.status.notice
        assert kit.layer(hand) == []
    hand.keys("3")  # the words are still selected
    assert kit.layer(hand) == [("COUNTRY", "Toll")]
