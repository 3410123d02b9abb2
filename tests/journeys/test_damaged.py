"""A file that is damaged while the window shows it: told in words, and not again and again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from tests.journeys import kit
from tests.journeys.conftest import Start, words_of
from tests.store.test_damaged_while_open import a_newer_version

from rubricator_gui.desk import POLL_EVERY


@pytest.fixture
def told(qapp: QApplication) -> Iterator[list[str]]:
    """Read and close every dialog that comes."""
    words: list[str] = []

    def read() -> None:
        dialog = qapp.activeModalWidget()
        if isinstance(dialog, QDialog):
            hint = dialog.informativeText() if isinstance(dialog, QMessageBox) else ""
            words.append(f"{words_of(dialog)} {hint}")
            dialog.reject()

    timer = QTimer()
    timer.setInterval(50)
    timer.timeout.connect(read)
    timer.start()
    yield words
    timer.stop()


@pytest.mark.parametrize("table", ["journal", "layer", "annotation"])
@pytest.mark.parametrize("act", ["label", "undo"])
def test_a_table_is_lost(safe: Start, tmp_path: Path, table: str, act: str, told: list[str]) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "good.rubric", (kit.STORY, f"{kit.STORY}\nAgain.\n"))
    hand = safe(file)
    kit.label(hand, "Arvenia", "3")
    kit.drag(hand, "Toll")
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute(f"DROP TABLE {table}")
        other.commit()
    hand.keys({"label": "3", "undo": "Ctrl+Z"}[act])
    QTest.qWait(3 * POLL_EVERY)
    said = [*told, hand.window.status.notice]
    assert any("good.rubric is damaged" in words for words in said), said
    assert all("fault of the program" not in words for words in said), said
    before = len(told)
    QTest.qWait(3 * POLL_EVERY)
    assert len(told) == before <= 2, "it is told again and again"


@pytest.mark.parametrize("act", ["label", "undo", "nothing"])
def test_a_newer_program_brings_it_up_to_date(safe: Start, tmp_path: Path, act: str, told: list[str]) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "good.rubric", (kit.STORY, f"{kit.STORY}\nAgain.\n"))
    hand = safe(file)
    kit.label(hand, "Arvenia", "3")
    kit.drag(hand, "Toll")
    a_newer_version(file)
    if act != "nothing":
        hand.keys({"label": "3", "undo": "Ctrl+Z"}[act])
    QTest.qWait(4 * POLL_EVERY)
    said = [*told, hand.window.status.notice]
    assert any("A newer Rubricator brought" in words and "good.rubric up to date" in words for words in said), said
    assert all("fault of the program" not in words for words in said), said
    assert len(told) == 1
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")], "what is shown is not what is in the file"
    hand.show()
    hand.reader.setFocus()
    kit.label(hand, "Karesh", "3", 1)
    assert "Nothing more is written to it from here." in hand.window.status.notice
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    hand.keys("Ctrl+W")
    assert hand.window.session.project is None
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT count(*) FROM annotation WHERE alive = 1").fetchone() == (1,)
