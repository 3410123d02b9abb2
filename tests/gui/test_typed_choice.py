"""What is typed in a box of choices leads to what begins so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from rubricator_gui.dialogs.typed_choice import TypedChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

ROWS = ("brat", "CoNLL columns", "CoNLL-U", "doccano JSONL", "Plain text", "Prodigy")


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[QComboBox]:
    around = QWidget()
    made = QComboBox(around)
    made.addItems(ROWS)
    TypedChoice(made)
    qtbot.addWidget(around)
    around.show()
    around.activateWindow()
    made.setFocus()
    yield made
    around.close()


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize(
    ("stood", "typed", "found"),
    [
        ("CoNLL columns", "conll", "CoNLL columns"),
        ("CoNLL columns", "conll-", "CoNLL-U"),
        ("Prodigy", "conll c", "CoNLL columns"),
        ("brat", "p", "Plain text"),
        ("brat", "pp", "Prodigy"),
        ("Prodigy", "p", "Plain text"),
        ("brat", "xyz", "brat"),
    ],
)
def test_letters_lead_to_what_begins_with_all_of_them(
    box: QComboBox, stood: str, typed: str, found: str, opened: bool
) -> None:
    box.setCurrentText(stood)
    if opened:
        box.showPopup()
    QTest.keyClicks(box.view() if opened else box, typed)
    if opened:
        QTest.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.currentText() == found


def test_who_pauses_begins_anew_and_space_opens(box: QComboBox) -> None:
    QTest.keyClicks(box, "p")
    QTest.qWait(QApplication.keyboardInputInterval() + 50)
    QTest.keyClicks(box, "d")
    assert box.currentText() == "doccano JSONL"
    QTest.qWait(QApplication.keyboardInputInterval() + 50)
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.view().isVisible()
    box.hidePopup()
