"""Enter presses the button that has the focus, in every dialog that keeps Enter from pressing one in its fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QMenu, QPushButton
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "p.rubric"))


def within(hand: Hand, name: str, action: str, work: Callable[[QDialog], object]) -> None:
    """Open a dialog, do this in it, and close it."""
    done: list[object] = []

    def go(dialog: QDialog) -> None:
        work(dialog)
        done.append(True)
        if dialog.isVisible():
            dialog.reject()

    hand.answer(name, go)
    hand.do(action)
    assert done, f"{name} did not come"


def enter(hand: Hand, dialog: QDialog, name: str) -> None:
    """Walk to a button, and press Enter there."""
    button = dialog.findChild(QPushButton, name)
    assert button is not None, name
    button.setFocus()
    hand.keys("Return")


def test_enter_on_add_opens_the_form_of_an_attribute_with_the_usual_kind(hand: Hand) -> None:
    kinds: list[str] = []

    def look(form: QDialog) -> None:
        kind = form.findChild(QComboBox, "attributeKind")
        assert kind is not None
        kinds.append(kind.currentText())
        form.reject()

    def work(editor: QDialog) -> None:
        hand.keys("Ctrl+Tab")
        hand.answer("attributeForm", look)
        enter(hand, editor, "add-attributes")

    within(hand, "schemeEditor", "edit-scheme", work)
    assert kinds == ["One of several values"]


def test_enter_on_more_opens_its_menu_and_enter_in_a_field_presses_nothing(hand: Hand) -> None:
    def work(editor: QDialog) -> None:
        enter(hand, editor, "moreLabel")
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        popup.close()
        field = next(one for one in editor.findChildren(QLineEdit) if one.isVisible() and one.isEnabled())
        field.setFocus()
        hand.keys("Return")
        assert editor.isVisible()

    within(hand, "schemeEditor", "edit-scheme", work)


def test_enter_on_change_keys_goes_from_the_sheet_to_the_editor(hand: Hand) -> None:
    came: list[str] = []

    def look(editor: QDialog) -> None:
        came.append(editor.objectName())
        editor.reject()

    def work(sheet: QDialog) -> None:
        hand.answer("keyEditor", look)
        enter(hand, sheet, "changeKeys")

    within(hand, "keySheet", "keys", work)
    hand.wait_until(lambda: bool(came), "the editor of keys came")
