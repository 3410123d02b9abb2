"""Markdown as people read it: lines as they were typed, lists without marks."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from rubricator_gui.panels.markdown import Preview, unmarked


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("One line.\nAnother line.", ["One line.", "Another line."]),
        ("One.\n\nAnother.", ["One.", "Another."]),
        ("# Head\nText.\n- a\n- b\n\nEnd", ["Head", "Text.", "a", "b", "End"]),
        ("- a point\n  in two lines\n- b", ["a point", "in two lines", "b"]),
        ("```\ncode  x\ncode\n```", ["code  x", "code"]),
    ],
)
def test_a_line_that_was_typed_is_a_line(qtbot: QtBot, typed: str, lines: list[str]) -> None:
    shown = Preview()
    qtbot.addWidget(shown)
    shown.show_markdown(typed)
    assert [line.strip() if "code" not in line else line for line in shown.toPlainText().splitlines() if line] == lines


def test_a_list_shows_no_marks() -> None:
    assert unmarked("- Who acts: *Person*, **Job title**, STATE_OR_X") == "Who acts: Person, Job title, STATE_OR_X"
    assert unmarked("… ### a - b") == "… a - b"
