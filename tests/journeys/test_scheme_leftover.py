"""Labels that are gone, and the guidelines that still name them: told before and after, and gone to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import answer, edit, press, said, tab_to
from tests.journeys.test_scheme_typed import rows_of

from rubricator.model.scheme import Label
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.scheme.touching import Merging, Touching
from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    """The window on a project in which two labels tell themselves apart."""
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    labels = (
        Label("PLACE", "Place", "PLAC", guideline="😀 A quarter is a *Place*, the whole a *City, town*."),
        Label("FACILITY", "Facility", "FAC", hue=3),
        Label("CITY", "City, town", "CITY", definition="A *City, town*."),
    )
    with Project.open(path, Settings().me()) as project:
        page = "Where: *City, town*, *Place*, *Facility*\n\nA *City, town* has walls."
        made = replace(
            project.scheme, labels=labels, guideline=page, rules=(), attributes=(), relations=(), examples=()
        )
        project.schemes.change(made, "+")
    return start(path)


def test_a_merge_tells_what_still_names_the_label_and_leads_there(hand: Hand, tmp_path: Path) -> None:
    told: list[str] = []

    def merge(dialog: Touching) -> None:
        assert isinstance(dialog, Merging)
        assert dialog.head.text() == "Merge “Place”, “City, town”"
        assert said(dialog, "touchedCount") == "No annotation and no relation is touched."
        assert [dialog.stays.itemData(n) for n in range(4)] == ["PLACE", "CITY", None, "FACILITY"], "they come first"
        assert dialog.into == "PLACE"
        told.append(said(dialog, "mergeLeft"))
        tab_to(hand, "calledAnew")
        hand.keys("Space")
        told.append(said(dialog, "mergeLeft"))
        hand.picture(tmp_path / "merge.png", widget=dialog)
        hand.keys("Return")

    def work(editor: SchemeEditor) -> None:
        assert editor.leftover.isHidden()
        assert "Select two labels" in editor.labels.merge.toolTip(), "why it is grey"
        rows_of(editor, "PLACE", "CITY")
        answer(hand, "mergeDialog", merge)
        press(editor, "mergeLabels")
        assert said(editor, "goneLabels") == (
            "“City, town” is no label any more. It stands in: Page of the scheme, Guideline of Place"
        )
        hand.picture(tmp_path / "editor.png", widget=editor)
        press(editor, "showGone")
        assert editor.focusWidget() is editor.whole.text, editor.focusWidget()
        hand.picture(tmp_path / "page.png", widget=editor)
        hand.type("Place or village")
        assert said(editor, "goneLabels").endswith("It stands in: Guideline of Place")
        press(editor, "showGone")
        form = editor.labels.form
        assert editor.focusWidget() is form.guideline
        assert form.guideline.textCursor().selectedText() == "City, town", "what stands before it is wide"
        hand.type("Place")
        press(editor, "showGone")
        hand.type("Place")
        assert editor.leftover.isHidden()
        press(editor, "applyScheme")

    edit(hand, work)
    assert [line.partition(" The editor")[0] for line in told] == [
        "4 places name a label that is gone then, in 2 texts.",
        "3 places name a label that is gone then, in 2 texts.",
    ]
    assert "*Place or village*, *Place*" in hand.window.session.scheme.guideline, "it is written, too"
    assert "City, town" not in hand.window.session.scheme.guideline


def test_guidelines_that_are_read_say_which_label_is_gone(hand: Hand) -> None:
    seen: dict[str, str] = {}
    session = hand.window.session

    def read() -> None:
        hand.keys("Ctrl+F1")
        with kit.book(hand) as book:
            for name in ("", "PLACE"):
                book._go_to(book._model.row_of(name))
                seen[name] = said(book, "goneLabels")
            hand.keys("Escape")

    def one(dialog: QDialog) -> None:
        label = dialog.findChild(QLabel, "goneLabels")
        assert label is not None
        seen["F1"] = label.text() if label.isVisible() else ""
        hand.keys("Escape")

    read()
    assert set(seen.values()) == {""}
    session.do(session.ready.schemes.merge, ["CITY"], "PLACE", False, False)
    read()
    assert set(seen.values()) == {"“City, town” is no label any more."}
    kit.label(hand, "Karesh and Toll", session.scheme.by_name["PLACE"].key or "1")
    hand.answer("guideline", one)
    hand.do("guideline")
    assert seen["F1"] == "“City, town” is no label any more."
