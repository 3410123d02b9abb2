"""In the scheme editor: a default is chosen from the values; what was changed is told also where no part was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QListWidget, QPlainTextEdit
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import answer, edit, press, said, tab_to

from rubricator.exchange.sample import sample_project
from rubricator.model.scheme import HUES, KEYS, Attribute, Label
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.scheme.touching import Touching
from rubricator_gui.hand import Hand


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
        assert (one.isVisible(), some.isVisible()) == (not several, several)
        field = some if several else one
        assert (field.isEnabled(), field.toolTip()) == (False, "There are no values yet")
        QTest.qWait(20)
        places = [each.geometry() for each in (values, field)]
        values.setFocus()
        hand.type("Speaker")
        hand.keys("Return")
        hand.type("Actor")
        assert (field.isEnabled(), field.toolTip()) == (True, "")
        QTest.qWait(20)
        assert [each.geometry() for each in (values, field)] == places, "the next click would miss"
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


def with_size(start: Start, path: Path, several: bool) -> Hand:
    """Start with an attribute whose values are 1, 5 and 10, and that says 10 by default."""
    hand = start(path)
    session = hand.window.session
    default = ["10"] if several else "10"
    size = Attribute("size", "Size", "choices" if several else "choice", ("1", "5", "10"), default=default)
    session.do(session.ready.schemes.change, replace(session.scheme, attributes=(size,)), "size")
    return hand


def retype(hand: Hand, typed: str, look: Callable[[QDialog], object] = bool) -> Attribute:
    """Type in the values of the attribute: `keys`, and 'letters'; apply that, and return the attribute."""

    def fill(form: QDialog) -> None:
        values = form.findChild(QPlainTextEdit, "attributeValues")
        assert values is not None
        values.setFocus()
        hand.keys("Ctrl+End")
        for piece in typed.split():
            if piece.startswith("'"):
                hand.type(piece.strip("'"))
            else:
                hand.keys(piece)
        look(form)
        press(form, "partGo")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes)
        editor.attributes.list.setFocus()
        hand.answer("attributeForm", fill)
        hand.keys("Return")
        press(editor, "applyScheme")

    edit(hand, work)
    (attribute,) = hand.window.session.scheme.attributes
    return attribute


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("Backspace '2'", "1 5 12"),  # for a moment it says what another line does
        ("Backspace Backspace 'big'", "1 5 big"),  # for a moment it says nothing
        ("Shift+Home '50'", "1 5 50"),
        ("Shift+Home Ctrl+X Backspace Ctrl+Home Ctrl+V Return Up End Backspace '2'", "12 1 5"),
        ("Backspace Backspace Backspace Ctrl+Z Ctrl+Z End '0'", "1 5 100"),
        ("Ctrl+A Delete Ctrl+Z Ctrl+End '0'", "1 5 100"),
        ("Home Backspace Return End Backspace '2'", "1 5 12"),  # joined to the line before, and parted
        ("Left Return End Backspace Backspace '2'", "1 5 12"),
        ("Ctrl+Home '7' Return Ctrl+End '0'", "7 1 5 100"),
        ("Ctrl+Home Shift+Down Delete Ctrl+End '0'", "5 100"),
    ],
)
def test_a_default_follows_its_line_through_whatever_is_typed(
    start: Start, sample: Path, several: bool, typed: str, values: str
) -> None:
    hand = with_size(start, sample, several)
    size = retype(hand, typed)
    assert size.values == tuple(values.split())
    new = next(value for value in size.values if value not in {"1", "5", "7"})
    assert size.default == ([new] if several else new)
    assert "default" not in hand.window.status._notice.text()


@pytest.mark.parametrize("several", [False, True])
def test_a_default_that_goes_with_its_value_is_told(start: Start, sample: Path, several: bool) -> None:
    hand = with_size(start, sample, several)
    told: list[str] = []

    def look(form: QDialog) -> None:
        told.append(said(form, "partSaid"))
        hand.picture(sample.with_name("gone.png"), widget=form)

    size = retype(hand, "Shift+Home Delete Backspace", look)
    assert (size.values, size.default) == (("1", "5"), None)
    assert told[0].endswith("A new annotation does not say “10” any more.")
    notice = hand.window.status._notice.text()
    assert notice.startswith("Changed the scheme: gone: the default “10” of Size; changed: Size."), notice


def test_who_chooses_nothing_while_the_line_is_empty_means_it(start: Start, sample: Path) -> None:
    hand = with_size(start, sample, several=False)

    def choose(form: QDialog) -> None:
        one, values = form.findChild(QComboBox, "attributeOne"), form.findChild(QPlainTextEdit, "attributeValues")
        assert one is not None
        assert values is not None
        assert one.currentText() == "Nothing"
        one.setFocus()
        hand.keys("Alt+Down")
        hand.wait_until(one.view().isVisible, "the list of values")
        QTest.keyClick(one.view(), Qt.Key.Key_Return)
        hand.wait_until(lambda: not one.view().isVisible(), "the list is closed")
        assert "any more" not in said(form, "partSaid")
        values.setFocus()
        hand.type("12")

    assert retype(hand, "Backspace Backspace", choose).default is None


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


def test_a_new_label_has_the_colour_that_is_seen_least(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "p.rubric"))
    session = hand.window.session
    full = tuple(Label(f"L{n}", f"L{n}", hue=n, key=KEYS[n]) for n in range(1, HUES + 1))
    session.do(session.ready.schemes.change, replace(session.scheme, labels=full, rules=(), examples=()), "full")
    hues: list[int] = []

    def work(editor: SchemeEditor) -> None:
        press(editor, "addLabel")
        hand.type("Ship")
        assert editor.draft.label is not None
        hues.append(editor.draft.label.hue)
        hand.keys("Escape", "Escape")

    edit(hand, work)
    for n, words in enumerate(("Toll", "Arvenia"), 1):
        kit.label(hand, words, KEYS[n])
    edit(hand, work)
    assert hues == [1, 3], "the next after the last one; else one whose label is on no words"


@pytest.mark.parametrize(("short", "becomes"), [("PERS", "HUMA"), ("PSN", "PSN")])
def test_a_chip_that_came_from_the_old_title_follows_a_new_one(
    start: Start, sample: Path, short: str, becomes: str
) -> None:
    hand = start(sample)
    session = hand.window.session
    labels = tuple(one._replace(short=short) if one.name == "PERSON" else one for one in session.scheme.labels)
    session.do(session.ready.schemes.change, replace(session.scheme, labels=labels), "chip")
    last = "" if short == "PERS" else "HUM"

    def rename(dialog: Touching) -> None:
        chip = dialog.findChild(QLineEdit, "renameShort")
        assert chip is not None
        assert chip.text() == short
        hand.type("Human being")
        assert chip.text() == becomes
        if last:
            chip.setFocus()
            hand.keys("Ctrl+A")
            hand.type(last)
        hand.picture(Path(session.ready.path).with_name("rename.png"), widget=dialog)
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        answer(hand, "renameDialog", rename)
        press(editor, "renameLabel")
        assert not editor.draft.dirty
        hand.keys("Escape")

    edit(hand, work)
    assert session.scheme.by_name["PERSON"].short == (last or becomes)


def test_a_chip_follows_where_the_name_is_another_one_too(start: Start, sample: Path) -> None:
    hand = start(sample)
    session = hand.window.session
    labels = tuple(one._replace(short="PERS") if one.name == "PERSON" else one for one in session.scheme.labels)
    session.do(session.ready.schemes.change, replace(session.scheme, labels=labels), "chip")

    def rename(dialog: Touching) -> None:
        hand.type("Human being")
        tab_to(hand, "renameName")
        hand.keys("Ctrl+A")
        hand.type("HUMAN")
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        answer(hand, "renameDialog", rename)
        press(editor, "renameLabel")
        assert not editor.draft.dirty
        hand.keys("Escape")

    edit(hand, work)
    assert session.scheme.by_name["HUMAN"].short == "HUMA"
