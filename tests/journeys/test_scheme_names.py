"""Names in the scheme editor: none is taken that the draft has, and none is made that no file could bring back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QWidget
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import answer, edit, names, press, said
from tests.journeys.test_scheme_others import type_into
from tests.journeys.test_scheme_typed import rows_of

from rubricator.model.scheme import Attribute, RelationType
from rubricator.model.scheme_file import dump_scheme, parse_scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.scheme.touching import Touching
from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    """The window on a project with an attribute and a relation type."""
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    gender = Attribute("gender", "Gender", "choice", ("f", "m"))
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, attributes=(gender,), relations=(RelationType("near"),)), "+")
    return start(path)


def paste(hand: Hand, words: str) -> None:
    QGuiApplication.clipboard().setText(words)
    hand.keys("Ctrl+A", "Ctrl+V")


def leave(editor: SchemeEditor) -> None:
    """Close the editor; what is not applied is dropped."""
    for _n in range(2):
        if editor.isVisible():
            editor.reject()


def refused(hand: Hand, name: str, seen: list[str]) -> Callable[[Touching], None]:
    """Return what types a name in files into a dialog, reads why it is refused, and leaves."""

    def fill(dialog: Touching) -> None:
        field = dialog.findChild(QWidget, "renameName")
        assert field is not None
        type_into(hand, field, name)
        seen.append(said(dialog, "touchedRefused"))
        assert not dialog.go.isEnabled()
        hand.keys("Escape")

    return fill


# --- names of the draft -----------------------------------------------------------------------------------------------


def test_a_label_is_not_renamed_to_one_that_was_added_and_not_applied(hand: Hand) -> None:
    seen: list[str] = []

    def work(editor: SchemeEditor) -> None:
        press(editor, "addLabel")
        hand.type("Ship")
        type_into(hand, editor.labels.form.guideline, "An hour of work.")
        editor.draft.choose("COUNTRY")
        answer(hand, "renameDialog", refused(hand, "SHIP", seen))
        press(editor, "renameLabel")
        assert editor.draft.scheme.by_name["SHIP"].guideline == "An hour of work."
        press(editor, "applyScheme")

    edit(hand, work)
    assert seen == ["You have added a label SHIP, not applied yet: choose another name."]
    assert {"SHIP", "COUNTRY"} <= set(names(hand))


@pytest.mark.parametrize("kind", ["attributes", "relations"])
def test_neither_are_attributes_and_relation_types(hand: Hand, kind: str) -> None:
    seen: list[str] = []

    def add(form: QDialog) -> None:
        hand.type("Sex")
        if (box := form.findChild(QComboBox, "attributeKind")) is not None:
            box.setCurrentIndex(box.findData("text"))
        press(form, "partGo")

    def work(editor: SchemeEditor) -> None:
        page = editor.attributes if kind == "attributes" else editor.relations
        editor.pages.setCurrentWidget(page)
        hand.answer("attributeForm" if kind == "attributes" else "relationForm", add)
        press(editor, f"add-{kind}")
        page.list.setCurrentRow(0)
        answer(hand, "renamePart", refused(hand, "sex", seen))
        press(editor, f"rename-{kind}")
        press(editor, "applyScheme")

    edit(hand, work)
    scheme = hand.window.session.scheme
    found = [one.name for one in (scheme.attributes if kind == "attributes" else scheme.relations)]
    assert found == ["gender" if kind == "attributes" else "near", "sex"]
    what = "an attribute" if kind == "attributes" else "a relation type"
    assert seen == [f"You have added {what} sex, not applied yet: choose another name."]


def test_neither_are_values(hand: Hand) -> None:
    seen: list[str] = []

    def add(form: QDialog) -> None:
        values = form.findChild(QWidget, "attributeValues")
        assert values is not None
        type_into(hand, values, "f")
        for value in ("m", "x"):
            hand.keys("Return")
            hand.type(value)
        press(form, "partGo")

    def rename(dialog: Touching) -> None:
        what = dialog.findChild(QComboBox, "renameWhat")
        assert what is not None
        what.setCurrentIndex(what.findData("f"))
        refused(hand, "x", seen)(dialog)

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes)
        hand.answer("attributeForm", add)
        press(editor, "change-attributes")
        answer(hand, "renamePart", rename)
        press(editor, "rename-attributes")
        press(editor, "applyScheme")

    edit(hand, work)
    assert hand.window.session.scheme.attributes[0].values == ("f", "m", "x")
    assert seen == ["You have added the value “x”, not applied yet: choose another name."]


def test_labels_are_not_merged_into_one_that_was_taken_out_and_not_applied(hand: Hand) -> None:
    def merge(dialog: Touching) -> None:
        stays = dialog.findChild(QComboBox, "mergeInto")
        assert stays is not None
        assert stays.findData("LAW") < 0, "it is gone here"
        assert stays.findData("EVENT") >= 0
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("LAW")
        editor.labels.tree.setFocus()
        hand.keys("Delete")
        rows_of(editor, "DATE", "TIME")
        answer(hand, "mergeDialog", merge)
        press(editor, "mergeLabels")
        press(editor, "applyScheme")

    edit(hand, work)
    assert not {"LAW", "TIME"} & set(names(hand))


# --- the lines of a split ---------------------------------------------------------------------------------------------

LONG = "x" * 600
ALIKE = "they differ in white space or in how an accent is written"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("Foo\nfoo", "“Foo” and “foo” would be one label, FOO."),
        ("Straße\nSTRASSE", "“Straße” and “STRASSE” would be one label, STRASSE."),
        ("Foo bar\nFoo_bar", "“Foo bar” and “Foo_bar” would be one label, FOO_BAR."),
        ("Ship", "There is a label Ship already."),
        (LONG, f"This will not do: the label “{LONG.upper()[:39]}…” is longer than 500 characters."),
        ("a\u0301\n\u00e1", f"This will not do: two labels look alike, “\u00c1”: {ALIKE}."),
    ],
    ids=["case", "sharp s", "underscore", "draft", "long", "accent"],
)
def test_a_split_says_which_lines_will_not_do(hand: Hand, lines: str, why: str) -> None:
    before, seen = names(hand), list[str]()

    def fill(dialog: Touching) -> None:
        paste(hand, lines)
        seen.append(said(dialog, "touchedRefused"))
        assert not dialog.go.isEnabled()
        paste(hand, "Isle\nMainland")
        assert not said(dialog, "touchedRefused")
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        press(editor, "addLabel")
        hand.type("Ship")
        editor.draft.choose("COUNTRY")
        answer(hand, "splitDialog", fill)
        editor.labels.split.trigger()
        leave(editor)

    edit(hand, work)
    assert seen == [why]
    assert set(names(hand)) - set(before) == {"ISLE", "MAINLAND"}


# --- what no file could bring back ------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["labelTitle", "labelName", "labelGuideline", "accent"])
def test_what_a_file_could_not_be_read_again_with_is_not_applied(hand: Hand, field: str) -> None:
    def work(editor: SchemeEditor) -> None:
        press(editor, "addLabel")
        hand.type("Caf\u00e9")
        assert editor.apply.isEnabled()
        if field == "accent":
            press(editor, "addLabel")
            hand.type("Tea")
            why = "The scheme will not do: two labels look alike, “CAF\u00c9”: they differ in white space"
            typed = editor.findChild(QWidget, "labelName")
        else:
            typed = editor.findChild(QWidget, field)
            why = (
                "is longer than 1000000 characters." if field == "labelGuideline" else "is longer than 500 characters."
            )
        assert typed is not None
        typed.setFocus()
        size = {"labelTitle": 10_000, "labelName": 501, "labelGuideline": 1_000_001}
        paste(hand, "CAFE\u0301" if field == "accent" else "x" * size[field])
        assert why in said(editor, "schemeSaid")
        assert not editor.apply.isEnabled()
        paste(hand, "Other")
        press(editor, "applyScheme")

    edit(hand, work)
    scheme = hand.window.session.scheme
    assert parse_scheme(dump_scheme(scheme), "s.json") == scheme


def test_what_came_from_elsewhere_has_not_to_be_mended_first(hand: Hand) -> None:
    session = hand.window.session
    (gender,) = session.scheme.attributes
    session.do(
        session.ready.schemes.change, replace(session.scheme, attributes=(gender._replace(values=("f", "f ")),)), "+"
    )

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        type_into(hand, editor.labels.form.definition, "Mine.")
        press(editor, "applyScheme")

    edit(hand, work)
    assert session.scheme.by_name["PERSON"].definition == "Mine."


def test_a_label_is_not_renamed_to_what_looks_like_another(hand: Hand) -> None:
    seen: list[str] = []

    def work(editor: SchemeEditor) -> None:
        press(editor, "addLabel")
        hand.type("Caf\u00e9")
        editor.draft.choose("COUNTRY")
        answer(hand, "renameDialog", refused(hand, "CAFE\u0301", seen))
        press(editor, "renameLabel")
        leave(editor)

    edit(hand, work)
    assert seen[0].startswith("This will not do: two labels look alike")


def test_the_form_of_an_attribute_says_which_value_no_file_could_hold(hand: Hand) -> None:
    def fill(form: QDialog) -> None:
        values = form.findChild(QWidget, "attributeValues")
        assert values is not None
        values.setFocus()
        paste(hand, f"f\n{LONG}")
        assert said(form, "partSaid") == f"This will not do: the value “{LONG[:39]}…” is longer than 500 characters"
        paste(hand, "f\nm\nx")
        press(form, "partGo")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes)
        hand.answer("attributeForm", fill)
        press(editor, "change-attributes")
        press(editor, "applyScheme")

    edit(hand, work)
    assert hand.window.session.scheme.attributes[0].values == ("f", "m", "x")
