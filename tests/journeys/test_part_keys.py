"""A key of the article belongs to one thing: the forms of attributes and relation types refuse one that is taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QPushButton
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import edit, press, said, tab_to

from rubricator.exchange.schemes import scheme_named, with_used
from rubricator.model.scheme import Attribute, Label, RelationType, Scheme, new_label
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.scheme.editor import SchemeEditor

MOOD = Attribute("mood", "Mood", "flag", key="v")
KNOWS = RelationType("knows", "Knows", key="x")


@pytest.mark.parametrize("kind", ["attribute", "relation"])
def test_a_key_that_something_has_is_refused(start: Start, tmp_path: Path, kind: str) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, attributes=(MOOD,), relations=(KNOWS,)), "keys")
    hand, told = start(path), []

    def fill(form: QDialog) -> None:
        tab_to(hand, f"{kind}Title")
        hand.type("Sure")
        if kind == "attribute":
            tab_to(hand, "attributeValues")
            hand.type("yes")
        go = form.findChild(QPushButton, "partGo")
        assert go is not None
        tab_to(hand, f"{kind}Key")
        for key in "1VXZ":
            hand.keys(key)
            told.append(said(form, "partSaid") if not go.isEnabled() else key)
        tab_to(hand, "partGo")
        hand.keys("Space")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes if kind == "attribute" else editor.relations)
        hand.answer(f"{kind}Form", fill)
        press(editor, f"add-{kind}s")
        press(editor, "applyScheme")

    edit(hand, work)
    assert told == ["1 belongs to Person", "V belongs to Mood", "X belongs to Knows", "Z"]
    scheme = hand.window.session.scheme
    parts = scheme.attributes_by_name if kind == "attribute" else scheme.relations_by_name
    assert parts["sure"].key == "z"


def test_a_new_label_takes_no_key_that_something_has() -> None:
    scheme = Scheme(attributes=(Attribute("a", key="S"),), relations=(RelationType("r", key="h"),))
    assert new_label("SHIP", scheme).key == "i"


def test_a_label_that_is_kept_beside_a_new_scheme_leaves_its_key_to_it(tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        start = kit.STORY.index("Arvenia")
        project.annotate("a1", "COUNTRY", [Span.of(start, start + 7)])
        key = scheme_named("news").by_name["COUNTRY"].key
        new = Scheme(labels=(Label("A"),), attributes=(Attribute("mood", "Mood", "flag", key=key),))
        assert with_used(project, new).by_name["COUNTRY"].key == ""
