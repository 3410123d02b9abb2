"""Small questions: nothing is replaced that nobody asked about; nothing is changed while an import holds the project."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QTreeView, QWidget
from pytestqt.qtbot import QtBot
from tests.making import make

from rubricator.model.spans import Span
from rubricator.settings import Memory, Settings
from rubricator_gui.dialogs import ask, files
from rubricator_gui.session import Session
from rubricator_gui.telling import Notice


@pytest.mark.parametrize("replace", [True, False])
def test_a_suffix_that_is_added_may_meet_a_file(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    """Qt asked about “gold”; the file that would go is “gold.jsonl”."""
    parent = QWidget()
    qtbot.addWidget(parent)
    (tmp_path / "gold.jsonl").write_text("precious")
    asked: list[str] = []

    def answer(_parent: object, question: object, _more: object, _verb: str) -> bool:
        asked.append(str(question))
        return replace

    monkeypatch.setattr(files, "chosen", lambda *_, **_more: [str(tmp_path / "gold")])
    monkeypatch.setattr(ask, "confirm", answer)
    found = ask.save_file(parent, "Export", "x", "*", ".jsonl")
    assert found == (tmp_path / "gold.jsonl" if replace else None)
    assert len(asked) == 1


def test_nothing_is_changed_while_an_import_holds_the_project(qtbot: QtBot, tmp_path: Path) -> None:
    make(tmp_path / "p.rubric", texts=[("one", "Anna Lebrune spoke.")]).close()
    session = Session(Settings(), Memory())
    told: list[Notice] = []
    session.told.connect(told.append)
    session.open(tmp_path / "p.rubric")
    session.held = "An import is under way."
    session.select(Span.of(0, 4))
    session.labelling.press("PERSON")
    assert (len(session.spans), told[-1].words, told[-1].warns) == (0, "An import is under way.", True)
    session.held = ""
    session.labelling.press("PERSON")
    assert [a.quote for a in session.spans] == ["Anna"]
    session.close()


def test_folders_and_what_fits_are_seen_at_the_first_look(qtbot: QtBot, tmp_path: Path) -> None:
    """Nothing in this folder has the suffix that is asked for, as in the folder of a person who begins."""
    (tmp_path / "corpora").mkdir()
    (tmp_path / "letter.txt").touch()
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[object] = []

    def names() -> list[object]:
        dialog = QApplication.activeModalWidget()
        view = dialog.findChild(QTreeView, "treeView") if dialog else None
        if view is None:
            return []
        model, root = view.model(), view.rootIndex()
        return [model.index(row, 0, root).data() for row in range(model.rowCount(root))]

    def look(wanted: list[object], tries: int) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            seen[:] = names()  # Qt reads the folder beside, and sorts it later
            if seen == wanted or not tries:
                dialog.reject()
                return
        QTimer.singleShot(50, parent, partial(look, wanted, tries - 1))

    wanted: tuple[tuple[str, list[object]], ...] = (
        ("Articles (*.jsonl)", ["corpora"]),
        ("Articles (*.txt)", ["corpora", "letter.txt"]),
    )
    for pattern, found in wanted:
        QTimer.singleShot(50, parent, partial(look, found, 60))
        files.chosen(parent, "Import", pattern, QFileDialog.FileMode.ExistingFiles, folder=tmp_path)
        assert seen == found
