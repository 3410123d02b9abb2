"""The field over a list: what Esc does in it, and in the list below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rubricator_gui.panels.rows import RowList
from rubricator_gui.panels.searchfield import SearchField


def test_esc_in_the_list_empties_the_field_and_then_leaves(qtbot: QtBot) -> None:
    field, rows, left = SearchField("search", "", "Search"), RowList(), []
    qtbot.addWidget(field)
    qtbot.addWidget(rows)
    field.left.connect(lambda: left.append(1))
    rows.left.connect(field.leave)
    for widget in (field, rows):
        field.setText("words")
        QTest.keyClick(widget, Qt.Key.Key_Escape)
        assert field.text() == ""
        assert left == []
        QTest.keyClick(widget, Qt.Key.Key_Escape)
        assert left == [1]
        left.clear()
    field.setText("found")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), left) == ("", [1]), "one key where it was found already"
