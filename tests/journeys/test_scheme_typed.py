"""In the scheme editor: what is typed and not applied is kept by what is done at once, and guidelines follow names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QListWidget
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import answer, click, edit, names, press, said, tab_to

from rubricator.exchange.sample import sample_project
from rubricator.model.scheme import HUES, Attribute, Label, Scheme
from rubricator_gui import theme
from rubricator_gui.dialogs.scheme import atonce
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.scheme.touching import Merging, Renaming, Touching
from rubricator_gui.dialogs.scheme.touchingparts import RenamingPart
from rubricator_gui.hand import Hand
from rubricator_gui.keymap import PRESETS, Keymap


@pytest.fixture(params=[atonce._MANY, 1], ids=["here", "in another process"])
def hand(start: Start, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Hand:
    monkeypatch.setattr(atonce, "_MANY", request.param)
    return start(sample_project(tmp_path))


def scheme(hand: Hand) -> Scheme:
    return hand.window.session.scheme


def retitle(hand: Hand, editor: SchemeEditor, name: str, title: str) -> None:
    """Type another title into the form of a label."""
    editor.draft.choose(name)
    editor.labels.form.title.setFocus()
    hand.keys("Ctrl+A")
    hand.type(title)


def called(dialog: Touching) -> list[str]:
    """Return the texts that are listed because they name a label."""
    listed = dialog.findChild(QListWidget, "calledPlaces")
    assert listed is not None
    return [listed.item(n).text() for n in range(listed.count())] if not listed.isHidden() else []


def rows_of(editor: SchemeEditor, *labels: str) -> None:
    """Select rows of the tree by mouse."""
    tree = editor.labels.tree
    held = Qt.KeyboardModifier.NoModifier
    for name in labels:
        click(tree.viewport(), tree.visualRect(tree.listed.index_of(name)).center(), held)
        held = Qt.KeyboardModifier.ControlModifier


# --- what is typed is kept --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["HUMAN", ""], ids=["name and title", "the title alone"])
def test_a_title_that_was_typed_goes_along_when_its_label_is_renamed(hand: Hand, name: str) -> None:
    def rename(dialog: Touching) -> None:
        assert isinstance(dialog, Renaming)
        assert dialog.title.text() == "Human being", "what was typed is not asked for again"
        if name:
            tab_to(hand, "renameName")
            hand.keys("Ctrl+A")
            hand.type(name)
        hand.keys("Return")

    def work(editor: SchemeEditor) -> None:
        retitle(hand, editor, "PERSON", "Human being")
        answer(hand, "renameDialog", rename)
        press(editor, "renameLabel")
        assert editor.said.text().startswith("Renamed Person to Human being. It is done")
        assert not editor.draft.dirty, "all of it is done"
        assert editor.labels.form.title.text() == "Human being"
        hand.keys("Escape")
        assert not editor.isVisible()

    edit(hand, work)
    assert scheme(hand).by_name[name or "PERSON"].title == "Human being"
    hand.keys("Ctrl+Z")
    assert scheme(hand).by_name["PERSON"].title == "Person"


def test_a_title_that_was_typed_goes_along_when_its_attribute_is_renamed(hand: Hand) -> None:
    session = hand.window.session
    session.do(session.ready.schemes.change, replace(session.scheme, attributes=(Attribute("gender", "Gender"),)), "+")

    def change(form: QDialog) -> None:
        hand.keys("Ctrl+A")
        hand.type("Grammatical gender")
        press(form, "partGo")

    def rename(dialog: Touching) -> None:
        assert isinstance(dialog, RenamingPart)
        assert dialog.title.text() == "Grammatical gender"
        tab_to(hand, "renameName")
        hand.keys("Ctrl+A")
        hand.type("grammar")
        hand.keys("Return")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes)
        editor.attributes.list.setFocus()
        hand.answer("attributeForm", change)
        hand.keys("Return")
        answer(hand, "renamePart", rename)
        hand.keys("F2")
        assert not editor.draft.dirty
        hand.keys("Escape")

    edit(hand, work)
    assert [(one.name, one.title) for one in scheme(hand).attributes] == [("grammar", "Grammatical gender")]


def test_it_is_told_what_waits_and_what_goes_when_something_is_done_at_once(hand: Hand) -> None:
    seen: list[str] = []

    def read(dialog: Touching) -> None:
        seen.append(said(dialog, "touchedKept"))
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        retitle(hand, editor, "PERSON", "Human being")
        assert said(editor, "schemeSaid") == "Not applied yet (changed: Human being)"
        rows_of(editor, "DATE", "TIME")
        answer(hand, "mergeDialog", read)
        press(editor, "mergeLabels")
        assert said(editor, "schemeSaid").endswith("Not applied yet (changed: Human being).")
        retitle(hand, editor, "MONEY", "Cash")
        answer(hand, "deleteDialog", read)
        editor.labels.tree.setFocus()
        hand.keys("Delete")
        hand.keys("Escape")
        assert editor.isVisible()
        assert said(editor, "schemeSaid") == (
            "What you changed is not applied (changed: Human being). Close again to drop it."
        )
        press(editor, "applyScheme")

    edit(hand, work)
    at_once = "This is done at once, without “Apply”."
    waits = "What else you changed stays in the editor, and waits for it (changed: Human being)."
    assert seen == [
        f"{at_once} {waits}",
        f"{at_once} {waits} What you changed in Cash and did not apply goes with it.",
    ]
    assert scheme(hand).by_name["PERSON"].title == "Human being", "it was dropped"
    assert not {"TIME", "MONEY"} & set(names(hand))


# --- guidelines -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ticked", [True, False])
def test_guidelines_follow_a_label_that_is_renamed(hand: Hand, ticked: bool) -> None:
    was = scheme(hand)
    assert "*Person*" in was.guideline
    seen: list[str] = []

    def rename(dialog: Touching) -> None:
        hand.type("Human being")
        tab_to(hand, "renameName")
        hand.keys("Ctrl+A")
        hand.type("HUMAN")
        seen.extend(called(dialog))
        box = dialog.findChild(QCheckBox, "calledAnew")
        assert box is not None
        assert box.text() == "Put “HUMAN / Human being” there"
        assert box.isChecked()
        if not ticked:
            tab_to(hand, "calledAnew")
            hand.keys("Space")
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("ORGANIZATION")
        editor.labels.form.definition.setFocus()
        hand.type("No Person. ")
        editor.draft.choose("PERSON")
        answer(hand, "renameDialog", rename)
        press(editor, "renameLabel")
        changed = editor.draft.scheme.by_name["ORGANIZATION"].definition
        assert changed.startswith("No Human being. " if ticked else "No Person. "), "what is typed follows as well"
        press(editor, "applyScheme")

    edit(hand, work)
    assert any(row.startswith("Page of the scheme: ") and "Person" in row and "*" not in row for row in seen)
    assert any(row.startswith("Guideline of Person: ") for row in seen)
    now = scheme(hand)
    assert ("*Person*" in now.guideline) is not ticked
    assert ("*Human being*" in now.guideline) is ticked
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert (scheme(hand).guideline, scheme(hand).labels) == (was.guideline, was.labels), "it is one step with the rest"


@pytest.mark.parametrize("ticked", [False, True])
def test_a_merge_keeps_what_was_written_and_rewrites_only_when_asked(hand: Hand, ticked: bool) -> None:
    was = scheme(hand)
    seen: dict[str, int] = {}

    def merge(dialog: Touching) -> None:
        assert isinstance(dialog, Merging)
        assert said(dialog, "calledWords").startswith("Guidelines and other texts name it in ")
        box, keep = dialog.in_texts, dialog.keep
        assert (box.isVisible(), box.isChecked()) == (True, False), "it would write “not a clock time: that is Date”"
        assert keep.text() == "Keep what is written of Time, in the guideline of Date"
        assert keep.isVisible()
        assert keep.isChecked()
        hand.picture(Path(hand.window.session.ready.path).with_name("merge.png"), widget=dialog)
        if ticked:
            tab_to(hand, "mergeKeeps")
            hand.keys("Space")
            tab_to(hand, "calledAnew")
            hand.keys("Space")
        press(dialog, "touchedGo")

    def tell(dialog: Touching) -> None:
        seen[dialog.objectName()] = len(called(dialog))
        box = dialog.findChild(QCheckBox, "calledAnew")
        assert box is not None
        assert box.isHidden()
        hand.keys("Escape")

    def work(editor: SchemeEditor) -> None:
        rows_of(editor, "DATE", "TIME")
        answer(hand, "mergeDialog", merge)
        press(editor, "mergeLabels")
        rows_of(editor, "MONEY")
        answer(hand, "deleteDialog", tell)
        press(editor, "deleteLabel")
        answer(hand, "splitDialog", tell)
        editor.labels.split.trigger()
        hand.keys("Escape")

    edit(hand, work)
    now, date, time = scheme(hand), was.by_name["DATE"], was.by_name["TIME"]
    written = f"\n\n### From Time\n\n{time.definition}\n\n{time.guideline}"
    assert now.by_name["DATE"] == date._replace(guideline=date.guideline + ("" if ticked else written))
    if not ticked:
        assert now.guideline == was.guideline
    texts = [now.guideline, *(text for label in now.labels for text in (label.definition, label.guideline))]
    lines = [line for text in texts for line in text.splitlines()]
    before = [was.guideline, *(text for label in was.labels for text in (label.definition, label.guideline))]
    known = {line for text in before for line in text.splitlines()}
    assert not [line for line in lines if line not in known and line.count("*Date*") > 1 and ". " not in line]
    assert min(seen["deleteDialog"], seen["splitDialog"]) > 0


# --- colours and places -----------------------------------------------------------------------------------------------


def test_labels_of_a_split_stand_behind_it_in_colours_and_keys_that_are_free(start: Start, tmp_path: Path) -> None:
    path = kit.project(tmp_path / "p.rubric")
    hand = start(path)
    session = hand.window.session
    few = replace(session.scheme, labels=session.scheme.labels[:4], examples=())
    session.do(session.ready.schemes.change, few, "few")

    def split(dialog: Touching) -> None:
        hand.type("Minister")
        hand.keys("Return")
        hand.type("Sailor")
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("COUNTRY")
        press(editor, "addLabel")
        hand.type("Ship")  # it has the next hue, and S; it is not applied
        editor.draft.choose("PERSON")
        answer(hand, "splitDialog", split)
        editor.labels.split.trigger()
        labels = editor.draft.scheme.labels
        assert [one.name for one in labels[:3]] == ["PERSON", "MINISTER", "SAILOR"]
        assert len({one.hue for one in labels}) == len(labels), "two of them have one colour"
        assert editor.draft.problem() == ""
        assert len({one.key for one in labels}) == len(labels), "two of them have one key"
        press(editor, "applyScheme")

    edit(hand, work)
    assert names(hand)[:3] == ["PERSON", "MINISTER", "SAILOR"]


def test_no_colour_is_warned_of_that_the_program_chose_as_the_best_there_is(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "p.rubric"))
    session = hand.window.session
    full = tuple(Label(f"L{n}", f"L{n}", hue=n) for n in range(1, HUES + 1))
    session.do(session.ready.schemes.change, replace(session.scheme, labels=(*full, Label("X", "X", hue=1))), "full")

    def work(editor: SchemeEditor) -> None:
        press(editor, "addLabel")
        hand.type("Ship")
        assert editor.draft.label is not None
        assert editor.draft.label.hue == 2, "the next of those that the fewest have"
        close = editor.findChild(QLabel, "colourClose")
        assert close is not None
        assert close.text() == "All 20 colours are taken: L2 has this one, too"
        muted, ink = theme.theme_of(close.palette()).colour("muted"), close.palette().windowText().color()
        assert ink == muted, "it is told, and not warned of"
        hand.keys("Escape", "Escape")

    edit(hand, work)


def test_a_label_added_under_another_has_its_colour(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "p.rubric"))
    session = hand.window.session
    labels = (Label("A", "A", hue=3), Label("B", "B", hue=3, parent="A"), Label("C", "C", hue=1))
    session.do(session.ready.schemes.change, replace(session.scheme, labels=labels), "few")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("B")
        press(editor, "addLabel")
        hand.type("Ship")
        assert editor.draft.label is not None
        assert (editor.draft.label.parent, editor.draft.label.hue) == ("A", 3)
        close = editor.findChild(QLabel, "colourClose")
        assert close is not None
        assert close.text() == "", "it belongs together"
        hand.keys("Escape", "Escape")

    edit(hand, work)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_form_stays_where_it_is_when_something_is_told(start: Start, tmp_path: Path, look: str) -> None:
    hand = start(sample_project(tmp_path))
    hand.do(look)

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        form = editor.labels.form

        def places() -> list[QPoint]:
            QApplication.processEvents()
            fields = (form.key, form.colour.swatches, form.definition, form.guide)
            return [field.mapTo(form.widget(), QPoint()) for field in fields]

        before = places()
        form.colour.swatches.setFocus()
        hand.keys("Right")
        assert "looks nearly the same" in said(editor, "colourClose")
        assert places() == before
        form.key.setFocus()
        hand.keys("3")
        assert said(editor, "keyWords") == "3 belongs to Country."
        assert places() == before
        hand.keys("Escape", "Escape")

    edit(hand, work)


def red(widget: QLabel) -> bool:
    """Say whether a label tells that something is wrong."""
    return widget.palette().color(QPalette.ColorRole.WindowText) == theme.theme_of(widget.palette()).colour("bad")


def test_nothing_is_wrong_before_anything_was_typed(start: Start, tmp_path: Path) -> None:
    hand = start(sample_project(tmp_path))
    seen: list[tuple[str, bool]] = []

    def fill(form: QDialog) -> None:
        told = form.findChild(QLabel, "partSaid")
        assert told is not None
        hand.keys("Tab", "Tab", "Down")  # the kind is chosen before a title is typed
        seen.append((told.text(), red(told)))
        hand.keys("Escape")

    def work(editor: SchemeEditor) -> None:
        press(editor, "addLabel")
        seen.append((editor.said.text(), red(editor.said)))
        hand.type("x")
        hand.keys("Backspace")
        seen.append((editor.said.text(), red(editor.said)))
        editor.labels.tree.setFocus()
        hand.keys("Delete")
        press(editor, "addLabel")
        assert not red(editor.said)
        editor.labels.tree.setFocus()
        hand.keys("Home")
        seen.append((editor.said.text(), red(editor.said)))
        editor.pages.setCurrentWidget(editor.attributes)
        hand.answer("attributeForm", fill)
        press(editor, "add-attributes")
        hand.keys("Escape", "Escape")

    edit(hand, work)
    needs = "A label needs a title."
    assert seen == [(needs, False), (needs, True), (needs, True), ("An attribute needs a title", False)]


def test_the_editor_has_a_key_in_all_presets(start: Start, tmp_path: Path) -> None:
    for preset in PRESETS:
        for platform in ("linux", "win32", "darwin"):
            assert Keymap(preset.id, platform=platform).keys["edit-scheme"] == ("Ctrl+Shift+D",)
    hand = start(sample_project(tmp_path))
    opened: list[str] = []

    def close(editor: QDialog) -> None:
        opened.append(editor.objectName())
        hand.keys("Escape")

    hand.answer("schemeEditor", close)
    hand.keys("Ctrl+Shift+D")
    assert opened == ["schemeEditor"]
