"""The scheme edited in the real window: built from nothing by keys, its steps over all articles, rules, what is stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.exchange.sample import sample_project
from rubricator.exchange.schemes import scheme_named
from rubricator.model.scheme import Attribute, Example, Label, Rule
from rubricator.model.scheme_tree import children
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.scheme import atonce
from rubricator_gui.dialogs.scheme.breaking import Breaking
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.scheme.labeltree import LabelView
from rubricator_gui.dialogs.scheme.touching import Merging, Renaming, Touching
from rubricator_gui.hand import Hand

Work = Callable[[SchemeEditor], None]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample project: three articles, the layers of two people."""
    return sample_project(tmp_path)


def edit(hand: Hand, *works: Callable[[SchemeEditor], object]) -> None:
    """Open the editor and do this in it."""
    done: list[object] = []

    def go(dialog: QDialog) -> None:
        assert isinstance(dialog, SchemeEditor)
        for work in works:
            work(dialog)
        done.append(True)

    hand.answer("schemeEditor", go)
    hand.do("edit-scheme")
    assert done, "the editor did not come"
    hand.show()


def answer(hand: Hand, name: str, then: Callable[[Touching], object]) -> None:
    """Have a preview answered; what it says is read first."""
    hand.answer(name, cast(Callable[[QDialog], None], then))


def press(dialog: QWidget, name: str) -> None:
    """Press a button."""
    button = dialog.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isEnabled(), f"{name} cannot be pressed"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(dialog: QWidget, name: str) -> str:
    """Return what a label in a dialog says."""
    label = dialog.findChild(QLabel, name)
    assert label is not None, name
    return label.text()


def tab_to(hand: Hand, name: str, key: str = "Tab") -> None:
    """Walk by Tab to the widget of this name."""
    walked: list[str] = []
    hand._focus()
    for _n in range(60):
        focus = QApplication.focusWidget()
        walked.append(f"{focus.objectName() or type(focus).__name__}" if focus else "nothing")
        if focus is not None and focus.objectName() == name:
            return
        hand.keys(key)
    raise AssertionError(f"Tab does not lead to {name}: {walked}")


def counts(hand: Hand) -> dict[str, int]:
    """Return how many annotations each label has, of everybody."""
    return hand.window.session.ready.rows.label_counts()


def names(hand: Hand) -> list[str]:
    return [label.name for label in hand.window.session.scheme.labels]


# --- from nothing -----------------------------------------------------------------------------------------------------


def test_a_scheme_is_built_from_nothing_by_keys_alone(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    with Project.create(tmp_path / "p.rubric", Settings().me(), scheme_named("empty")) as made:
        making.add_articles(made, [("a", kit.STORY)])
    hand = start(tmp_path / "p.rubric")

    def build(editor: SchemeEditor) -> None:
        assert QApplication.focusWidget() is editor.labels.add
        hand.keys("Space")
        hand.type("Ship")
        tab_to(hand, "schemeLabels", "Shift+Tab")
        hand.keys("Insert")
        hand.type("Harbour")
        tab_to(hand, "labelKey")
        hand.keys("S")  # Ship has it
        assert said(editor, "keyWords") == "S belongs to Ship."
        hand.keys("Q")
        tab_to(hand, "labelDefinition")
        hand.type("Where ships lie.")
        tab_to(hand, "labelGuideline")
        hand.type("# Harbours")
        tab_to(hand, "schemeLabels", "Shift+Tab")
        hand.keys("Insert")
        hand.type("Sea place")
        tab_to(hand, "schemeLabels", "Shift+Tab")
        hand.keys("Alt+Up", "Alt+Up", "Down", "Down", "Alt+Up", "Alt+Right")
        add_attribute(hand)
        add_relation(hand)
        add_rule(hand, editor)
        assert editor.apply.isEnabled(), editor.said.text()
        hand.keys("Ctrl+Return")

    def add_attribute(hand: Hand) -> None:
        def fill(form: QDialog) -> None:
            hand.type("Flag state")
            hand.keys("Tab", "Tab")
            hand.keys("Home")
            tab_to(hand, "attributeValues")
            hand.type("Arvenia")
            hand.keys("Return")
            hand.type("Karesh")
            hand.keys("Tab", "Space")
            assert said(form, "partSaid") == "Says one of Arvenia, Karesh, of Sea place."
            hand.keys("Shift+Tab", "Tab", "Tab", "Return")

        tab_to(hand, "qt_tabwidget_tabbar", "Shift+Tab")
        hand.keys("Right")
        hand.answer("attributeForm", fill)
        tab_to(hand, "add-attributes")
        hand.keys("Space")

    def add_relation(hand: Hand) -> None:
        def fill(form: QDialog) -> None:
            hand.type("Lies in")
            tab_to(hand, "relationSources")
            hand.keys("Space")
            tab_to(hand, "partGo")
            hand.keys("Space")

        tab_to(hand, "qt_tabwidget_tabbar", "Shift+Tab")
        hand.keys("Right")
        hand.answer("relationForm", fill)
        tab_to(hand, "add-relations")
        hand.keys("Space")

    def add_rule(hand: Hand, editor: SchemeEditor) -> None:
        def fill(form: QDialog) -> None:
            assert said(form, "partSaid") == "Tick the labels that the rule is about"
            tab_to(hand, "ruleInner")
            hand.keys("Down", "Space")
            tab_to(hand, "ruleOuter")
            hand.keys("Space")
            assert said(form, "partSaid") == "Inside Sea place, there may be no Harbour."
            tab_to(hand, "partGo")
            hand.keys("Space")

        tab_to(hand, "qt_tabwidget_tabbar", "Shift+Tab")
        hand.keys("Right")
        hand.answer("ruleForm", fill)
        tab_to(hand, "add-rules")
        hand.keys("Space")

    hand.answer("schemeEditor", cast(Callable[[QDialog], None], build))
    hand.answer("palette", lambda _palette: (hand.type("edit scheme"), hand.keys("Return")))
    hand.keys("Ctrl+K")
    scheme = hand.window.session.scheme
    assert [(one.name, one.title, one.key, one.parent) for one in scheme.labels] == [
        ("SEA_PLACE", "Sea place", "e", ""),
        ("HARBOUR", "Harbour", "q", "SEA_PLACE"),
        ("SHIP", "Ship", "s", ""),
    ]
    assert (scheme.by_name["HARBOUR"].definition, scheme.by_name["HARBOUR"].guideline) == (
        "Where ships lie.",
        "# Harbours",
    )
    (attribute,), (relation,), (rule,) = scheme.attributes, scheme.relations, scheme.rules
    assert (attribute.name, attribute.values, attribute.labels) == ("flag_state", ("Arvenia", "Karesh"), ("SEA_PLACE",))
    assert (relation.name, relation.sources, relation.targets) == ("lies_in", ("SEA_PLACE",), ())
    assert (rule.kind, rule.values) == ("no-nesting", {"inner": ["HARBOUR"], "outer": ["SEA_PLACE"]})
    kit.label(hand, "Port Velis", "q")
    assert kit.layer(hand) == [("HARBOUR", "Port Velis")]
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert hand.window.session.scheme.labels == ()


# --- what is done at once ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [atonce._MANY, 1], ids=["here", "in another process"])
def test_a_label_is_renamed_over_all_articles(
    start: Start, sample: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atonce, "_MANY", many)
    hand = start(sample)
    before, was = counts(hand), hand.window.session.scheme
    seen: list[str] = []

    def rename(dialog: Touching) -> None:
        assert isinstance(dialog, Renaming)
        seen.append(said(dialog, "touchedCount"))
        assert not dialog.go.isEnabled(), "nothing is renamed to itself"
        hand.keys("Down")  # of a field nothing comes of it
        hand.type("Human being")
        tab_to(hand, "renameName")
        hand.keys("Ctrl+A")
        hand.type("COUNTRY")
        assert "already" in said(dialog, "touchedRefused")
        assert not dialog.go.isEnabled()
        hand.keys("Ctrl+A")
        hand.type("HUMAN")
        place = dialog.list.listed.places[-1]
        dialog.list.taken.emit(place)
        assert hand.window.session.article is not None
        assert hand.window.session.article.id == place.article
        hand.keys("Return")

    def work(editor: SchemeEditor) -> None:
        hand.type("zzz")  # no label begins like this
        editor.draft.choose("PERSON")
        definition = editor.findChild(QPlainTextEdit, "labelDefinition")
        assert definition is not None
        definition.setFocus()
        hand.keys("Ctrl+A")
        hand.type("One who lives.")
        answer(hand, "renameDialog", rename)
        press(editor, "renameLabel")
        assert hand.window.session.scheme.by_name["HUMAN"].definition != "One who lives.", "that is not applied yet"
        assert editor.draft.scheme.by_name["HUMAN"].definition == "One who lives.", "what was typed is lost"
        assert editor.draft.current == "HUMAN"
        press(editor, "applyScheme")

    edit(hand, work)
    assert seen == [f"{before['PERSON']} annotations in 3 articles, of 2 annotators"]
    label = hand.window.session.scheme.by_name["HUMAN"]
    assert (label.title, label.definition) == ("Human being", "One who lives.")
    assert counts(hand) == {("HUMAN" if name == "PERSON" else name): n for name, n in before.items()}
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert "Changed the scheme: Person → Human being" in hand.window.status._notice.text(), "by titles, not by names"
    assert counts(hand) == before
    assert hand.window.session.scheme.labels == was.labels


def test_labels_are_merged_and_one_is_deleted(start: Start, sample: Path) -> None:
    hand = start(sample)
    before = counts(hand)

    def merge(dialog: Touching) -> None:
        assert isinstance(dialog, Merging)
        assert dialog.into == "DATE", "what is used most stays"
        assert said(dialog, "touchedCount").startswith(f"{before['TIME']} annotations in ")
        hand.picture(Path(hand.window.session.ready.path).with_name("merge.png"), widget=dialog)
        hand.keys("Escape")
        answer(hand, "mergeDialog", again)

    def again(dialog: Touching) -> None:
        press(dialog, "touchedGo")

    def delete(dialog: Touching) -> None:
        assert str(before["MONEY"]) in dialog.head.text()
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        tree = editor.labels.tree
        rows = {name: tree.visualRect(tree.listed.index_of(name)).center() for name in ("DATE", "TIME", "MONEY")}
        click(tree.viewport(), rows["DATE"])
        assert not editor.labels.merge.isEnabled()
        click(tree.viewport(), rows["TIME"], Qt.KeyboardModifier.ControlModifier)
        answer(hand, "mergeDialog", merge)
        press(editor, "mergeLabels")
        assert counts(hand) == before, "Esc merged them"
        press(editor, "mergeLabels")
        assert "TIME" not in editor.draft.scheme.by_name
        click(tree.viewport(), tree.visualRect(tree.listed.index_of("MONEY")).center())
        answer(hand, "deleteDialog", delete)
        tree.setFocus()
        hand.keys("Delete")
        assert "MONEY" not in editor.draft.scheme.by_name
        assert not editor.draft.dirty
        hand.keys("Escape")

    edit(hand, work)
    after = dict(before)
    after["DATE"] += after.pop("TIME")
    after.pop("MONEY")
    assert counts(hand) == after
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert counts(hand) == before
    assert {"MONEY", "TIME"} <= set(names(hand))


@pytest.mark.parametrize("carried", [True, False])
def test_a_label_that_entities_have_as_their_kind_is_deleted_after_it_was_told(
    start: Start, sample: Path, carried: bool
) -> None:
    hand = start(sample)
    project = hand.window.session.ready
    name = "MONEY"
    if not carried:
        hand.window.session.run(project.add_labels([Label("COIN", "Coin")]))
        name = "COIN"
    hand.window.session.run(project.entities.add([project.entities.new("The mark", name)]))

    def delete(dialog: Touching) -> None:
        assert dialog.head.text().startswith("Delete Money and the " if carried else "Delete Coin")
        assert "1 entity of this kind has none then." in said(dialog, "touchedMore")
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        tree = editor.labels.tree
        tree.scrollTo(tree.listed.index_of(name))
        click(tree.viewport(), tree.visualRect(tree.listed.index_of(name)).center())
        answer(hand, "deleteDialog", delete)
        tree.setFocus()
        hand.keys("Delete")
        assert not editor.draft.dirty
        hand.keys("Escape")

    def kind() -> str:
        return next(one.kind for one in project.entities.all() if one.name == "The mark")

    edit(hand, work)
    assert name not in names(hand)
    assert kind() == ""
    hand.keys("Ctrl+Z")
    assert kind() == name


def test_a_label_is_split_and_what_carried_it_is_looked_at_again_by_keys(start: Start, sample: Path) -> None:
    hand = start(sample)
    session = hand.window.session
    mine = sum(one.label == "PERSON" for a in session.ready.rows.articles() for one in session.ready.annotations(a.id))

    def split(dialog: Touching) -> None:
        assert not dialog.go.isEnabled()
        hand.type("Person")
        assert "already" in said(dialog, "touchedRefused")
        hand.keys("Ctrl+A")
        hand.type("Minister")
        hand.keys("Return")
        hand.type("Sailor")
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        answer(hand, "splitDialog", split)
        editor.labels.split.trigger()
        hand.keys("Escape")

    edit(hand, work)
    assert {"MINISTER", "SAILOR"} <= set(names(hand))
    link = hand.window.status.findChild(QWidget, "statusAgain")
    assert link is not None
    hand.wait_until(link.isVisible, "the status line says what is to be looked at again")
    hand.click_on(link)
    hand._focus()  # the window is the active one again, once the dialogs are gone
    panel = hand.window.over.again
    assert panel.isVisible()
    assert len(panel.list.listed.places) == mine
    assert hand._focus() is panel.list
    first = panel.list.listed.places[0]
    assert session.chosen == first.annotation, "the first place is not shown"
    hand.keys("Space")
    assert len(panel.list.listed.places) == mine - 1
    second = panel.list.listed.places[0]
    assert session.chosen == second.annotation
    hand.keys("Return")  # into the article, where another label is given
    assert QApplication.focusWidget() is hand.reader
    hand.keys(session.scheme.by_name["MINISTER"].key)
    assert len(panel.list.listed.places) == mine - 2, "what was relabelled is still on the list"
    hand.keys("F5")
    third = panel.list.listed.places[0]
    assert session.chosen == third.annotation
    hand.keys("Shift+F5")
    assert len(panel.list.listed.places) == mine - 3
    hand.keys("Ctrl+Z")
    assert [place.annotation for place in panel.list.listed.places[:1]] == [third.annotation]
    panel.list.setFocus()
    for _n in range(mine - 2):
        hand.keys("Space")
    assert panel.list.listed.places == []
    told = "Nothing is left to look at again. Your annotations come here when their label gets another meaning."
    assert panel.empty.words == told
    hand.wait_until(link.isHidden, "nothing is said where nothing is left")
    hand.keys("Escape")
    assert panel.isHidden()
    assert QApplication.focusWidget() is hand.reader


def test_a_worklist_is_closed_by_escape_and_survives_other_projects(start: Start, sample: Path, tmp_path: Path) -> None:
    hand = start(sample)
    session = hand.window.session
    session.do(session.ready.schemes.change, session.scheme, "meaning", ["PERSON"])
    hand.do("again-next")
    panel = hand.window.over.again
    assert panel.isVisible()
    hand.keys("Down")
    assert session.chosen == panel.list.listed.places[1].annotation
    session.open(kit.project(tmp_path / "other.rubric"))
    assert panel.list.listed.places == []
    panel.close_button.setFocus()
    hand.keys("Escape")
    assert panel.isHidden()
    session.close()
    hand.wait_until(lambda: True, "nothing is asked of a closed project")


# --- rules ------------------------------------------------------------------------------------------------------------


def test_a_rule_that_todays_annotations_break_is_listed_and_added(start: Start, sample: Path) -> None:
    hand = start(sample)
    session = hand.window.session
    seen: list[tuple[str, str, bool]] = []

    def read(dialog: Touching) -> None:
        assert isinstance(dialog, Breaking)
        hand.wait_until(lambda: not dialog.looking, "all layers are looked through")
        (place, *_more) = dialog.list.listed.places
        dialog.list.setFocus()
        hand.keys("Return")
        seen.append((said(dialog, "touchedCount"), place.why, session.chosen == place.annotation))
        if len(seen) == 1:
            hand.keys("Escape")
            return
        press(dialog, "touchedGo")

    def fill(form: QDialog) -> None:
        for name, label in (("ruleInner", "Country"), ("ruleOuter", "Organization")):
            choice = form.findChild(QWidget, name)
            assert choice is not None
            choice.setFocus()
            hand.type(label)
            hand.keys("Space")
        press(form, "partGo")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.rules)
        hand.answer("ruleForm", fill)
        press(editor, "add-rules")
        answer(hand, "breachDialog", read)
        press(editor, "applyScheme")
        assert editor.isVisible(), "who does not go on is left with the draft"
        assert not session.scheme.rules
        answer(hand, "breachDialog", read)
        press(editor, "applyScheme")

    edit(hand, work)
    assert seen[0] == seen[1]
    count, why, shown = seen[0]
    assert count.startswith("1 place in 1 article")
    assert why == "Country may not lie inside Organization (rule 1)"
    assert shown
    (rule,) = session.scheme.rules
    assert rule.values == {"inner": ["COUNTRY"], "outer": ["ORGANIZATION"]}
    assert session.worklist.count() > 0
    hand.keys("Ctrl+Z")
    assert not session.scheme.rules
    assert session.worklist.count() == 0


def test_a_rule_that_nothing_breaks_is_added_without_a_question(start: Start, sample: Path) -> None:
    hand = start(sample)

    def work(editor: SchemeEditor) -> None:
        editor.draft.put(replace(editor.draft.scheme, rules=(Rule("1", "no-crossing"),)))
        press(editor, "applyScheme")

    edit(hand, work)
    assert [rule.kind for rule in hand.window.session.scheme.rules] == ["no-crossing"]


# --- the draft --------------------------------------------------------------------------------------------------------


def test_escape_changes_nothing(start: Start, sample: Path) -> None:
    hand = start(sample)
    was = hand.window.session.scheme

    def plainly(editor: SchemeEditor) -> None:
        hand.keys("Escape")
        assert not editor.isVisible()

    def with_changes(editor: SchemeEditor) -> None:
        editor.labels.form.title.setFocus()
        hand.keys("End")
        hand.type("s")
        hand.keys("Escape")
        assert editor.isVisible()
        assert "not applied" in editor.said.text()
        hand.keys("Escape")
        assert not editor.isVisible()

    edit(hand, plainly)
    edit(hand, with_changes)
    assert hand.window.session.scheme == was


def test_a_key_that_another_label_has_is_taken_from_it(start: Start, sample: Path) -> None:
    hand = start(sample)

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        editor.labels.form.key.setFocus()
        hand.keys("2")
        assert said(editor, "keyWords") == "2 belongs to Organization."
        assert editor.draft.scheme.by_name["PERSON"].key == "1"
        assert not editor.apply.isEnabled(), "nothing was changed"
        press(editor, "takeLabelKey")
        assert editor.draft.scheme.by_name["PERSON"].key == "2"
        editor.draft.choose("ORGANIZATION")
        editor.labels.form.key.setFocus()
        hand.keys("1")
        press(editor, "applyScheme")

    edit(hand, work)
    scheme = hand.window.session.scheme
    assert (scheme.by_name["PERSON"].key, scheme.by_name["ORGANIZATION"].key) == ("2", "1")
    kit.label(hand, "Harbour", "2")
    assert ("PERSON", "Harbour") in kit.layer(hand)


def test_a_colour_of_its_own_is_told_and_drawn(start: Start, sample: Path) -> None:
    hand = start(sample)

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        form = editor.labels.form
        form.colour.swatches.setFocus()
        hand.keys("Right")
        assert editor.draft.scheme.by_name["PERSON"].hue == 2
        assert "Organization looks nearly the same" in said(editor, "colourClose")
        form.colour.code.setFocus()
        hand.type("#ffee0")
        assert editor.draft.scheme.by_name["PERSON"].colour == "", "half a colour is none"
        hand.type("0")
        assert editor.draft.scheme.by_name["PERSON"].colour == "#ffee00"
        assert "shown darker on the light one" in said(editor, "colourContrast")
        press(editor, "applyScheme")

    edit(hand, work)
    assert hand.window.session.scheme.by_name["PERSON"].colour == "#ffee00"
    person = next(one for one in hand.window.session.spans if one.label == "PERSON")
    bar = hand.reader.style_of(person).hue.bar
    assert bar.name() != "#ffee00"
    assert bar.hue() == pytest.approx(56, abs=4)


def test_labels_are_dragged_under_each_other(start: Start, sample: Path) -> None:
    hand = start(sample)

    def work(editor: SchemeEditor) -> None:
        tree = editor.labels.tree
        drop(tree, ["CITY", "COUNTRY"], tree.visualRect(tree.listed.index_of("LOCATION")).center())
        assert [one.name for one in children(editor.draft.scheme, "LOCATION")] == ["COUNTRY", "CITY"]
        drop(tree, ["LOCATION"], tree.visualRect(tree.listed.index_of("CITY")).center())  # under what stands under it
        assert editor.draft.scheme.by_name["LOCATION"].parent == ""
        drop(tree, ["CITY"], QPoint(30, tree.visualRect(tree.listed.index_of("PERSON")).top()))
        assert editor.draft.scheme.labels[0].name == "CITY"
        assert editor.draft.scheme.labels[0].parent == ""
        press(editor, "applyScheme")

    edit(hand, work)
    assert names(hand)[:2] == ["CITY", "PERSON"]
    assert hand.window.session.scheme.by_name["COUNTRY"].parent == "LOCATION"


def test_examples_are_taken_off_and_a_guideline_loads_nothing(start: Start, sample: Path) -> None:
    hand = start(sample)
    session = hand.window.session
    examples = (
        Example("x", "PERSON", "Anna", "of ", " she"),
        Example("y", "PERSON", "the mayor", counter=True, note="a title"),
    )
    session.do(session.ready.schemes.change, replace(session.scheme, examples=examples), "examples")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        form = editor.labels.form
        form.guideline.setFocus()
        hand.type("![tracked](http://example.com/seen.png) <b>bold</b> [away](http://example.com)")
        form.guide.setCurrentWidget(form.preview)
        read = form.preview.toPlainText()
        assert "<b>bold</b>" in read
        assert "away" in read
        assert form.examples.list.item(1).text() == "Not this: “the mayor” – a title"
        form.examples.list.setFocus()
        form.examples.list.setCurrentRow(1)
        hand.keys("Delete")
        press(editor, "applyScheme")

    edit(hand, work)
    assert session.scheme.examples == examples[:1]


def test_what_another_window_does_meanwhile_is_kept(start: Start, sample: Path) -> None:
    hand = start(sample)

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        editor.labels.form.title.setFocus()
        hand.keys("End")
        hand.type("s")
        with Project.open(sample, making.BEN) as other:
            theirs = other.scheme.by_name["EVENT"]
            labels = tuple(one._replace(title="Happening") if one is theirs else one for one in other.scheme.labels)
            other.schemes.change(replace(other.scheme, labels=labels), "theirs")
        hand.wait_until(lambda: editor.draft.scheme.by_name["EVENT"].title == "Happening", "news come")
        assert editor.draft.scheme.by_name["PERSON"].title == "Persons"
        press(editor, "applyScheme")

    edit(hand, work)
    scheme = hand.window.session.scheme
    assert (scheme.by_name["PERSON"].title, scheme.by_name["EVENT"].title) == ("Persons", "Happening")


def test_a_label_that_means_something_else_is_to_be_looked_at_again(start: Start, sample: Path) -> None:
    hand = start(sample)

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("COUNTRY")
        box = editor.findChild(QCheckBox, "labelAgain")
        assert box is not None
        box.setFocus()
        hand.keys("Space")
        press(editor, "applyScheme")

    edit(hand, work)
    session = hand.window.session
    places = session.worklist.places()
    assert {place.label for place in places} == {"COUNTRY"}
    link = hand.window.status.findChild(QWidget, "statusAgain")
    assert link is not None
    hand.wait_until(link.isVisible, "the status line says so")
    hand.keys("F5", "Shift+F5")
    assert len(session.worklist.places()) == len(places) - 1


def test_what_is_not_in_the_project_yet_is_not_merged_but_taken_out_plainly(start: Start, sample: Path) -> None:
    hand = start(sample)

    def work(editor: SchemeEditor) -> None:
        tree = editor.labels.tree
        editor.draft.choose("PERSON")
        press(editor, "addLabel")
        hand.type("Sailor")
        click(tree.viewport(), tree.visualRect(tree.listed.index_of("PERSON")).center())
        click(
            tree.viewport(),
            tree.visualRect(tree.listed.index_of("SAILOR")).center(),
            Qt.KeyboardModifier.ControlModifier,
        )
        press(editor, "mergeLabels")
        assert editor.said.text() == "Sailor is not in the project yet: apply first."
        editor.draft.choose("SAILOR")
        tree.setFocus()
        hand.keys("Delete")
        assert not editor.draft.dirty
        editor.draft.choose("STATE_OR_PROVINCE")  # which nothing carries
        hand.keys("Delete")
        assert "STATE_OR_PROVINCE" in names(hand), "it is taken out when one applies"
        press(editor, "applyScheme")

    edit(hand, work)
    assert "STATE_OR_PROVINCE" not in names(hand)
    hand.keys("Ctrl+Z")
    assert "STATE_OR_PROVINCE" in names(hand)


def test_what_somebody_used_meanwhile_is_not_left_out(start: Start, sample: Path) -> None:
    hand = start(sample)
    assert hand.window.session.article is not None
    uid = hand.window.session.article.id

    def work(editor: SchemeEditor) -> None:
        editor.draft.remove("STATE_OR_PROVINCE")
        with Project.open(sample, making.BEN) as other:
            other.annotate(uid, "STATE_OR_PROVINCE", [Span.of(0, 7)])
        press(editor, "applyScheme")
        assert editor.isVisible()
        assert "annotations carry it" in editor.said.text()
        hand.keys("Escape", "Escape")

    edit(hand, work)
    assert "STATE_OR_PROVINCE" in names(hand)


def test_attributes_are_changed_moved_and_removed_by_keys(start: Start, sample: Path) -> None:
    hand = start(sample)
    session = hand.window.session
    both = (Attribute("age", "Age", "number", default=7, extra={"kept": 1}), Attribute("mood", "Mood", "flag"))
    session.do(session.ready.schemes.change, replace(session.scheme, attributes=both), "attributes")

    def change(form: QDialog) -> None:
        field = form.findChild(QLineEdit, "attributeDefault")
        assert field is not None
        field.setFocus()
        hand.keys("Ctrl+A")
        hand.type("old")
        assert said(form, "partSaid") == "“old” is no number"
        hand.keys("Return")
        assert form.isVisible(), "what is wrong was taken"
        hand.keys("Ctrl+A")
        hand.type("1,5")
        hand.keys("Return")

    def drop_it(form: QDialog) -> None:
        hand.keys("Escape")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes)
        listed = editor.attributes.list
        listed.setFocus()
        hand.answer("attributeForm", drop_it)
        hand.keys("Return")
        assert not editor.draft.dirty, "Esc changed something"
        hand.answer("attributeForm", change)
        hand.keys("Return")
        hand.keys("Alt+Down")
        assert [one.name for one in editor.draft.scheme.attributes] == ["mood", "age"]
        hand.keys("Up", "Delete")
        press(editor, "applyScheme")

    edit(hand, work)
    (left,) = session.scheme.attributes
    assert (left.name, left.default, left.extra) == ("age", 1.5, {"kept": 1})


@pytest.mark.parametrize(
    ("title", "why"),
    [("  ", "A label needs a title."), ("Person", "Not applied yet (new: Person)")],
)
def test_titles_that_will_not_do(start: Start, sample: Path, title: str, why: str) -> None:
    hand = start(sample)

    def work(editor: SchemeEditor) -> None:
        press(editor, "addLabel")
        hand.type(title)
        assert editor.said.text() == why
        assert editor.apply.isEnabled() == bool(title.strip())
        name = editor.findChild(QLineEdit, "labelName")
        assert name is not None
        name.setFocus()
        hand.keys("Ctrl+A")
        hand.type("EVENT")
        assert "EVENT" in {one.name for one in editor.draft.scheme.labels if one.title == "Event"}
        assert len({one.name for one in editor.draft.scheme.labels}) == len(editor.draft.scheme.labels)
        hand.keys("Escape", "Escape")

    edit(hand, work)


# --- kit --------------------------------------------------------------------------------------------------------------


def click(widget: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifiers, at)


def drop(tree: LabelView, labels: Iterable[str], at: QPoint) -> None:
    """Drag labels over the tree and drop them at a place, as the window system tells it."""
    data = tree.listed.mimeData([tree.listed.index_of(name) for name in labels])
    move, button, plain = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tree.setState(QAbstractItemView.State.DraggingState)
    viewport = tree.viewport()
    for event in (
        QDragEnterEvent(at, move, data, button, plain),
        QDragMoveEvent(at, move, data, button, plain),
        QDropEvent(QPointF(at), move, data, button, plain),
    ):
        QApplication.sendEvent(viewport, event)
    QTest.qWait(1)
