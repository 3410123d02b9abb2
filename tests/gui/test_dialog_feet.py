"""Dialogs that do something or not: the keys come to what does it first, then to Cancel; Enter does it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from rubricator.exchange.entity_lists import Plan
from rubricator.exchange.schemes import scheme_named
from rubricator.model.scheme import Attribute, RelationType
from rubricator.model.topics import TopicFile
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.entity_import import BrokenDialog, ColumnsDialog
from rubricator_gui.dialogs.note import NoteDialog
from rubricator_gui.dialogs.scheme.attributeform import AttributeForm
from rubricator_gui.dialogs.scheme.relationform import RelationForm
from rubricator_gui.dialogs.topic_import import TopicSource, TopicsRead

NEWS = scheme_named("news")
DIALOGS: dict[str, Callable[[], QDialog]] = {
    "topics": lambda: TopicsRead(TopicFile("x.json", ()), ()),
    "source": TopicSource,
    "columns": lambda: ColumnsDialog("x.csv", ["name"], {"name": "name"}),
    "broken": lambda: BrokenDialog(Plan("x.csv", (), (), 1, ())),
    "note": lambda: NoteDialog("Topic", "Why?", ""),
    "attribute": lambda: AttributeForm(NEWS, Attribute("gender", title="Gender")),
    "relation": lambda: RelationForm(NEWS, RelationType("part_of", title="Part of")),
}


def shown(qtbot: QtBot, name: str) -> tuple[QDialog, QPushButton, QPushButton]:
    """Show a dialog; return it, its main button and Cancel."""
    dialog = DIALOGS[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    if isinstance(dialog, TopicSource):
        dialog.path.setText("x.json")
    buttons = dialog.findChildren(QPushButton)
    cancel = next(button for button in buttons if button.text().replace("&", "") == "Cancel")
    go = next(button for button in buttons if button.parent() is cancel.parent() and button is not cancel)
    return dialog, go, cancel


@pytest.mark.parametrize("name", DIALOGS)
def test_the_keys_come_to_what_is_done_before_cancel(qtbot: QtBot, name: str) -> None:
    dialog, go, cancel = shown(qtbot, name)
    assert go.isDefault()
    assert dialog.focusWidget() is not cancel, "Enter would throw away what was filled in"
    cancel.setFocus()
    QTest.keyClick(cancel, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is go
    QTest.keyClick(go, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is cancel


@pytest.mark.parametrize("name", ["topics", "columns", "note"])
def test_enter_does_it_as_the_dialog_comes(qtbot: QtBot, name: str) -> None:
    dialog, _go, _cancel = shown(qtbot, name)
    focus = dialog.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def pressed(qtbot: QtBot, done: list[str]) -> tuple[QDialog, QLineEdit, parts.Foot]:
    """Show a dialog in which things are done, with a field."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    foot = parts.doing(dialog, ("Do it", lambda: done.append("it")), ("Do more", lambda: done.append("more")))
    field = QLineEdit()
    column = parts.column(dialog)
    column.addWidget(field)
    column.addWidget(foot.box)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog, field, foot


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    done: list[str] = []
    dialog, _field, foot = pressed(qtbot, done)
    for button in foot.doing:
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
    assert done == ["it", "more"]
    close = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Close")
    close.setFocus()
    QTest.keyClick(close, Qt.Key.Key_Enter)
    assert not dialog.isVisible(), "and it closes, and does nothing else"
    assert done == ["it", "more"]


def test_what_does_it_stands_in_the_same_place_in_all_dialogs(qtbot: QtBot) -> None:
    """In those that stay open as in those that do one thing or not."""
    dialog, _field, foot = pressed(qtbot, [])
    close = next(button for button in dialog.findChildren(QPushButton) if button.text() == "Close")
    _other, go, cancel = shown(qtbot, "columns")
    before = go.x() < cancel.x()
    assert [button.x() < close.x() for button in foot.doing] == [before, before]


def test_a_note_that_stands_is_added_to(qtbot: QtBot) -> None:
    dialog = NoteDialog("Topic", "Why?", "The lead.")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.field, " And more.")
    assert dialog.field.toPlainText() == "The lead. And more."
