"""In the scheme editor: a default is chosen from the values; what was changed is told also where no part was."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QListWidget, QPlainTextEdit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import edit, press, said

from rubricator.exchange.sample import sample_project
from rubricator_gui.dialogs.scheme.editor import SchemeEditor


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return sample_project(tmp_path)


@pytest.mark.parametrize("several", [False, True])
def test_the_default_of_values_is_chosen_from_them(start: Start, sample: Path, several: bool) -> None:
    hand = start(sample)
    picture = Path(hand.window.session.ready.path).with_name("default.png")

    def fill(form: QDialog) -> None:
        hand.type("Role")
        kind, values = form.findChild(QComboBox, "attributeKind"), form.findChild(QPlainTextEdit, "attributeValues")
        one, some = form.findChild(QComboBox, "attributeOne"), form.findChild(QListWidget, "attributeSome")
        assert kind is not None
        assert values is not None
        assert one is not None
        assert some is not None
        kind.setFocus()
        if several:
            hand.keys("Down")
        assert not one.isVisible()
        assert not some.isVisible(), "there is nothing to choose from"
        values.setFocus()
        hand.type("Speaker")
        hand.keys("Return")
        hand.type("Actor")
        assert (one.isVisible(), some.isVisible()) == (not several, several)
        line = form.findChild(QLineEdit, "attributeDefault")
        assert line is not None
        assert line.isHidden()
        if several:
            some.setFocus()
            hand.keys("Down", "Down", "Space")
        else:
            assert [one.itemText(n) for n in range(one.count())] == ["Nothing", "Speaker", "Actor"]
            one.setFocus()
            hand.keys("Down", "Down")
        values.setFocus()
        hand.keys("Ctrl+End")
        hand.type("s")  # what is typed over stays the default, letter by letter
        hand.keys("Return")
        hand.type("Actors")
        assert said(form, "partSaid") == "The value “Actors” is there twice"
        hand.keys(*["Backspace"] * 7)
        hand.picture(picture, widget=form)
        press(form, "partGo")

    def look(form: QDialog) -> None:
        one, some = form.findChild(QComboBox, "attributeOne"), form.findChild(QListWidget, "attributeSome")
        assert one is not None
        assert some is not None
        if several:
            ticked = Qt.CheckState.Checked
            assert [some.item(n).text() for n in range(2) if some.item(n).checkState() == ticked] == ["Actors"]
        else:
            assert one.currentText() == "Actors"
        hand.keys("Escape")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes)
        hand.answer("attributeForm", fill)
        press(editor, "add-attributes")
        editor.attributes.list.setFocus()
        hand.answer("attributeForm", look)
        hand.keys("Return")
        press(editor, "applyScheme")

    edit(hand, work)
    (made,) = hand.window.session.scheme.attributes
    assert (made.values, made.default) == (("Speaker", "Actors"), ["Actors"] if several else "Actors")


def test_it_is_told_what_was_changed_where_only_the_order_or_a_meaning_was(start: Start, sample: Path) -> None:
    hand = start(sample)
    told: list[str] = []

    def move(editor: SchemeEditor) -> None:
        editor.labels.tree.setFocus()
        hand.keys("Home", "Alt+Down")
        press(editor, "applyScheme")

    def mean(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        editor.labels.form.again.setFocus()
        hand.keys("Space")
        press(editor, "applyScheme")

    for work in (move, mean):
        edit(hand, work)
        told.append(hand.window.status._notice.text())
    assert told[0].startswith("Changed the scheme: order of the labels.")
    assert told[1].startswith("Changed the scheme: Person: to be looked at again.")
