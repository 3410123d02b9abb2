"""The scheme edited in a window while others write it too: neither loses what they did, in any field."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import edit, press, said

from rubricator.model.scheme import Attribute, Label, Rule, Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.hand import Hand


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with an article, and an attribute with two values."""
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    gender = Attribute("gender", "Gender", "choice", ("f", "m"))
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, attributes=(gender,)), "gender")
    return path


def meanwhile(hand: Hand, path: Path, change: Callable[[Scheme], Scheme]) -> None:
    """Have somebody else change the scheme, in another program, and the window hear of it."""
    with Project.open(path, making.BEN) as other:
        other.schemes.change(change(other.scheme), "theirs")
    hand.window.session.look_for_news()


def with_label(scheme: Scheme, name: str, **parts: object) -> Scheme:
    """Return the scheme with other fields of a label."""
    labels = (one._replace(**parts) if one.name == name else one for one in scheme.labels)  # type: ignore[arg-type]
    return replace(scheme, labels=tuple(labels))


def type_into(hand: Hand, field: QWidget, words: str) -> None:
    field.setFocus()
    hand.keys("Ctrl+A")
    hand.type(words)


def add_rule(hand: Hand, editor: SchemeEditor, inner: str, outer: str) -> None:
    """Add a rule by its form, and keys."""

    def fill(form: QDialog) -> None:
        for name, title in (("ruleInner", inner), ("ruleOuter", outer)):
            labels = form.findChild(QWidget, name)
            assert labels is not None
            labels.setFocus()
            hand.type(title)
            hand.keys("Space")
            QTest.qWait(QApplication.keyboardInputInterval() + 50)
        press(form, "partGo")

    editor.pages.setCurrentWidget(editor.rules)
    hand.answer("ruleForm", fill)
    press(editor, "add-rules")


def nested(hand: Hand) -> list[tuple[object, object]]:
    """Return the rules that stand: what may not lie in what."""
    return [(rule.values["inner"], rule.values["outer"]) for rule in hand.window.session.scheme.rules]


# --- rules ------------------------------------------------------------------------------------------------------------


def test_the_rules_that_two_copies_add_are_both_there_when_they_are_merged(start: Start, path: Path) -> None:
    copy = path.with_name("copy.rubric")
    shutil.copy(path, copy)

    def work(inner: str, outer: str) -> Callable[[SchemeEditor], None]:
        def add(editor: SchemeEditor) -> None:
            add_rule(hand, editor, inner, outer)
            assert said(editor, "schemeSaid") == "Not applied yet (new: rule 1)"
            press(editor, "applyScheme")

        return add

    for file, labels in ((copy, ("Event", "Law")), (path, ("Date", "Money"))):
        hand = start(file)
        edit(hand, work(*labels))
    with Project.open(copy, making.BEN) as other:
        session = hand.window.session
        session.do(session.ready.merge, other)
    assert sorted(map(str, nested(hand))) == ["(['DATE'], ['MONEY'])", "(['EVENT'], ['LAW'])"]


def test_a_rule_that_somebody_adds_meanwhile_stays(start: Start, path: Path) -> None:
    hand = start(path)

    def work(editor: SchemeEditor) -> None:
        add_rule(hand, editor, "Date", "Money")
        theirs = Rule("1", "no-nesting", {"inner": ["EVENT"], "outer": ["LAW"]})
        meanwhile(hand, path, lambda scheme: replace(scheme, rules=(theirs,)))
        assert said(editor, "schemeSaid") == "Not applied yet (new: rule 2)"
        press(editor, "applyScheme")

    edit(hand, work)
    assert nested(hand) == [(["EVENT"], ["LAW"]), (["DATE"], ["MONEY"])]


def test_rules_are_moved(start: Start, path: Path) -> None:
    hand = start(path)

    def work(editor: SchemeEditor) -> None:
        add_rule(hand, editor, "Date", "Money")
        add_rule(hand, editor, "Event", "Law")
        press(editor, "applyScheme")

    def move(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.rules)
        editor.rules.list.setFocus()
        editor.rules.list.setCurrentRow(1)
        hand.keys("Alt+Up")
        assert said(editor, "schemeSaid") == "Not applied yet (order of the rules)"
        press(editor, "applyScheme")
        assert not editor.isVisible()

    edit(hand, work)
    edit(hand, move)
    assert nested(hand) == [(["EVENT"], ["LAW"]), (["DATE"], ["MONEY"])]
    hand.keys("Ctrl+Z")
    assert nested(hand) == [(["DATE"], ["MONEY"]), (["EVENT"], ["LAW"])]


# --- field by field ---------------------------------------------------------------------------------------------------


def test_of_one_label_each_keeps_the_fields_that_they_wrote(start: Start, path: Path) -> None:
    hand = start(path)

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        form = editor.labels.form
        type_into(hand, form.definition, "Mine.")
        meanwhile(hand, path, lambda scheme: with_label(scheme, "PERSON", guideline="Theirs.", definition="Not this."))
        assert form.guideline.toPlainText() == "Theirs."
        assert form.definition.toPlainText() == "Mine."
        hand.type(" More.")
        press(editor, "applyScheme")

    edit(hand, work)
    person = hand.window.session.scheme.by_name["PERSON"]
    assert (person.definition, person.guideline) == ("Mine. More.", "Theirs.")


def test_a_value_that_somebody_adds_stays_where_the_title_is_changed_here(start: Start, path: Path) -> None:
    hand = start(path)

    def title(form: QDialog) -> None:
        hand.keys("Ctrl+A")
        hand.type("Sex")
        press(form, "partGo")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes)
        hand.answer("attributeForm", title)
        press(editor, "change-attributes")
        more = ("f", "m", "unknown")
        meanwhile(hand, path, lambda scheme: replace(scheme, attributes=(scheme.attributes[0]._replace(values=more),)))
        assert "unknown" in str(editor.attributes.list.item(0).data(0x0101)), "it is not shown"
        press(editor, "applyScheme")

    edit(hand, work)
    (found,) = hand.window.session.scheme.attributes
    assert (found.title, found.values) == ("Sex", ("f", "m", "unknown"))


def test_what_is_written_in_the_second_before_it_is_applied_stays(start: Start, path: Path) -> None:
    hand = start(path)

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        type_into(hand, editor.labels.form.definition, "Mine.")
        with Project.open(path, making.BEN) as other:
            other.schemes.change(with_label(other.scheme, "PERSON", guideline="Theirs."), "theirs")
        press(editor, "applyScheme")

    edit(hand, work)
    person = hand.window.session.scheme.by_name["PERSON"]
    assert (person.definition, person.guideline) == ("Mine.", "Theirs.")


# --- one label, made or taken out by two ------------------------------------------------------------------------------


def test_a_label_that_two_add_has_what_each_wrote(start: Start, path: Path) -> None:
    hand = start(path)

    def work(editor: SchemeEditor) -> None:
        press(editor, "addLabel")
        hand.type("Ship")
        type_into(hand, editor.labels.form.definition, "Mine.")
        theirs = Label("SHIP", "Boat", "BOAT", key="z", guideline="Theirs.")
        meanwhile(hand, path, lambda scheme: scheme.with_new(theirs))
        assert said(editor, "schemeSaid") == (
            "Others added Ship meanwhile too: it is one now, and says what you typed where both said something."
        )
        press(editor, "applyScheme")

    edit(hand, work)
    ship = hand.window.session.scheme.by_name["SHIP"]
    assert (ship.title, ship.definition, ship.guideline, ship.short, ship.key) == (
        "Ship", "Mine.", "Theirs.", "BOAT", "z",
    )  # fmt: skip


@pytest.mark.parametrize("what", ["merged", "deleted", "renamed"])
def test_a_label_that_others_take_out_is_not_brought_back_and_what_was_typed_not_lost(
    start: Start, path: Path, what: str
) -> None:
    hand = start(path)

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("COUNTRY")
        form = editor.labels.form
        form.guideline.setFocus()
        hand.type("My words.")
        with Project.open(path, making.BEN) as other:
            if what == "merged":
                other.schemes.merge(["COUNTRY"], "CITY")
            elif what == "deleted":
                other.schemes.delete("COUNTRY")
            else:
                other.schemes.rename("COUNTRY", "LAND", "Land")
        hand.window.session.look_for_news()
        why = "Others renamed, merged or deleted Country meanwhile. Copy what is to stay, then take it out here."
        assert said(editor, "schemeSaid") == why
        hand.type(" More.")
        assert said(editor, "schemeSaid") == why
        assert "My words. More." in form.guideline.toPlainText(), "what was typed is gone"
        type_into(hand, form.title, "Nation")
        assert said(editor, "schemeSaid").startswith("Others renamed, merged or deleted Nation meanwhile")
        assert not editor.apply.isEnabled()
        editor.labels.tree.setFocus()
        hand.keys("Delete")
        assert not editor.draft.dirty
        hand.keys("Escape")
        assert not editor.isVisible()

    edit(hand, work)
    names = {label.name for label in hand.window.session.scheme.labels}
    assert not {"COUNTRY", "NATION"} & names
