"""Small questions: nothing is replaced that nobody asked about; nothing is changed while an import holds the project."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.making import make

from rubricator.model.spans import Span
from rubricator.settings import Memory, Settings
from rubricator_gui.desk import Notice
from rubricator_gui.dialogs import ask, files
from rubricator_gui.session import Session


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
