"""Another name is taken over at once: in the window, in the project, in files and in the person's other windows."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit
from tests.journeys import kit
from tests.journeys.conftest import Start, words_of

from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.exporting import ExportDialog
from rubricator_gui.hand import Hand
from rubricator_gui.panels.history import HistoryPanel
from rubricator_gui.panels.rows import ITEM


def told(hand: Hand, name: str) -> None:
    """Tell another name by Ctrl+K."""

    def tell(dialog: QDialog) -> None:
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.selectAll()
        hand.type(name)
        hand.keys("Return")

    def find(_palette: QDialog) -> None:
        hand.type("name")
        hand.answer("QInputDialog", tell)
        hand.keys("Return")

    hand.answer("palette", find)
    hand.keys("Ctrl+K")
    hand.wait_until(lambda: Settings().me().name == name, "the name is kept")


def exported(hand: Hand, out: Path) -> tuple[str, list[str]]:
    """Export as JSONL; return whose layers the dialog offers as one's own, and the names in the file."""
    mine: list[str] = []

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        hand.wait_until(lambda: dialog.losses is not None, "the losses are known")
        mine.extend(words for n in range(dialog.layer.count()) if "(you)" in (words := dialog.layer.itemText(n)))
        hand.answer_file(out)
        hand.keys("Return")

    hand.answer("exportDialog", choose)
    hand.keys("Ctrl+E")
    hand.wait_until(lambda: out.name in hand.window.status.notice, "it is told")
    lines = map(json.loads, out.read_text("utf-8").splitlines())
    return mine[0], [one["name"] for line in lines for one in line.get("annotators", [])]


def names(path: Path) -> list[str]:
    """Return what a project file calls its annotators."""
    with Project.open(path, Settings().me()) as project:
        return [one.name for one in project.rows.annotators()]


def shown(hand: Hand) -> tuple[set[str], str]:
    """Return who did the steps that the history shows, and what the last one did."""
    panel = hand.window.findChild(HistoryPanel)
    assert panel is not None
    model = panel.view.model()
    return {model.index(n, 0).data(ITEM).author for n in range(model.rowCount())}, str(model.index(0, 0).data())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced("root")
    return kit.project(tmp_path / "p.rubric")


def test_another_name_is_in_the_window_the_project_and_the_file_at_once(
    start: Start, path: Path, tmp_path: Path
) -> None:
    hand = start(path)
    kit.label(hand, "Arvenia", "3")
    hand.keys("Ctrl+H")
    assert shown(hand)[0] == {"root"}
    hand.click(kit.at(hand, "Arvenia")[0] + 2)
    chosen = hand.window.session.chosen
    told(hand, "nora")
    assert hand.window.session.chosen == chosen, "what was in hand still is"
    assert shown(hand) == ({"nora"}, "root goes by the name nora now")
    assert "Labelled by nora" in words_of(hand.window)
    assert exported(hand, tmp_path / "out.jsonl") == ("nora (you)", ["nora"])
    assert names(path) == ["nora"]


def test_undo_takes_no_name_back(start: Start, path: Path) -> None:
    hand = start(path)
    kit.label(hand, "Arvenia", "3")
    told(hand, "nora")
    hand.keys("Ctrl+Z")
    assert kit.layer(hand) == []
    hand.keys("Ctrl+Y")
    assert len(kit.layer(hand)) == 1
    assert names(path) == ["nora"]


def test_other_windows_of_the_person_follow_when_they_get_the_focus(start: Start, path: Path, tmp_path: Path) -> None:
    other, hand = start(path), start(kit.project(tmp_path / "q.rubric"))
    for one in (other, hand):
        kit.label(one, "Arvenia", "3")
    told(hand, "nora")
    assert names(path) == ["root"]
    other.show()
    assert names(path) == ["nora"]
    kit.label(other, "Karesh", "3")
    assert names(path) == ["nora"], "the old name does not come back"


def test_a_project_that_was_not_open_follows_when_it_is_opened(start: Start, path: Path) -> None:
    hand = start(path)
    kit.label(hand, "Arvenia", "3")
    hand.keys("Ctrl+W")
    told(hand, "nora")
    assert names(path) == ["root"]
    hand.window.commands.open_path(path)
    assert names(path) == ["nora"]


def test_a_name_that_cannot_be_written_yet_is_tried_again(start: Start, path: Path) -> None:
    hand = start(path)
    kit.label(hand, "Arvenia", "3")
    notice = hand.window.status.notice
    Settings().introduce("nora")
    session = hand.window.session
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        session.ready._store.db.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        session.take_name()
        other.execute("ROLLBACK")
    assert names(path) == ["root"]
    assert hand.window.status.notice == notice, "nobody did anything"
    session.take_name()
    assert names(path) == ["nora"]
