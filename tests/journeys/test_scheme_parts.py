"""In the scheme editor: attributes, values and relation types are renamed and deleted with what carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import answer, edit, press, said, tab_to

from rubricator.model.scheme import Attribute, RelationType
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say
from rubricator_gui.dialogs.scheme import atonce
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.scheme.touching import Touching
from rubricator_gui.dialogs.scheme.touchingparts import DeletingPart, RenamingPart
from rubricator_gui.hand import Hand

GENDER = Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",), chip=True)
KNOWS = RelationType("knows", "Knows", ("PERSON",), ("ORGANIZATION",))


@pytest.fixture(params=[atonce._MANY, 1], ids=["here", "in another process"])
def hand(start: Start, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Hand:
    monkeypatch.setattr(atonce, "_MANY", request.param)
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric", [kit.STORY, "More\n\nAnna Berg met Arvenia.\n"])
    with Project.open(path, making.BEN) as ben:
        ben.schemes.change(replace(ben.scheme, attributes=(GENDER,), relations=(KNOWS,)), "parts")
        ben.annotate("a2", "PERSON", [Span.of(6, 15)])
        ben.attributes.set(ben.annotations("a2"), "gender", "f")
    with Project.open(path, Settings().me()) as mine:
        for words, label in (("Anna S.\n\nLebrune", "PERSON"), ("Port Velis Harbour Authority", "ORGANIZATION")):
            start_ = kit.STORY.index(words)
            mine.annotate("a1", label, [Span.of(start_, start_ + len(words))])
        pilot, port = mine.annotations("a1")
        mine.attributes.set([pilot], "gender", "f")
        mine.relations.add("knows", pilot, port)
    return start(path)


def says(hand: Hand) -> list[Mapping[str, Any]]:
    """Return what the annotations of everybody say."""
    rows = hand.window.session.ready.rows
    homes = [("a1", hand.window.session.ready.me.annotator), ("a2", making.BEN.annotator)]
    return [dict(one.attributes) for home in homes for one in rows.annotations(*home) if one.label == "PERSON"]


def types(hand: Hand) -> list[str]:
    return [one.label for one in hand.window.session.ready.relations.of("a1")]


def sound(hand: Hand) -> None:
    assert [say(found.what) for found in hand.window.session.ready.check(full=True)] == []


def test_an_attribute_and_its_value_are_renamed_by_keys_with_all_that_says_them(hand: Hand) -> None:
    seen: list[str] = []

    def rename_value(dialog: Touching) -> None:
        assert isinstance(dialog, RenamingPart)
        assert not dialog.go.isEnabled(), "nothing is renamed to itself"
        tab_to(hand, "renameWhat", "Shift+Tab")
        hand.keys("Down")
        assert dialog.name.hasFocus()
        hand.type("m")
        assert said(dialog, "touchedRefused") == "“m” is there already: the two become one."
        hand.keys("Ctrl+A")
        hand.type("female")
        assert said(dialog, "touchedRefused") == ""
        seen.append(said(dialog, "touchedCount"))
        hand.keys("Return")

    def rename(dialog: Touching) -> None:
        hand.type("Sex")
        tab_to(hand, "renameName")
        hand.keys("Ctrl+A")
        hand.type("sex")
        seen.append(said(dialog, "touchedCount"))
        hand.keys("Return")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes)
        editor.attributes.list.setFocus()
        answer(hand, "renamePart", rename_value)
        hand.keys("F2")
        assert says(hand) == [{"gender": "female"}, {"gender": "female"}], "it is done at once"
        assert said(editor, "schemeSaid").startswith("Renamed f to female. It is done")
        answer(hand, "renamePart", rename)
        press(editor, "rename-attributes")
        assert not editor.draft.dirty
        hand.keys("Escape")

    edit(hand, work)
    assert seen == ["2 annotations in 2 articles, of 2 annotators"] * 2
    assert says(hand) == [{"sex": "female"}, {"sex": "female"}]
    assert hand.window.session.scheme.attributes == (GENDER._replace(name="sex", title="Sex", values=("female", "m")),)
    sound(hand)
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert says(hand) == [{"gender": "f"}, {"gender": "f"}]
    assert hand.window.session.scheme.attributes == (GENDER,)


def test_an_attribute_in_use_is_deleted_after_it_was_told_what_says_it(hand: Hand) -> None:
    seen: list[object] = []

    def leave(dialog: Touching) -> None:
        hand.keys("Escape")

    def delete(dialog: Touching) -> None:
        assert isinstance(dialog, DeletingPart)
        seen.append((said(dialog, "touchedCount"), [place.quote for place in dialog.list.listed.places]))
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.attributes)
        editor.attributes.list.setFocus()
        answer(hand, "deletePart", leave)
        hand.keys("Delete")
        assert len(editor.draft.scheme.attributes) == 1, "Esc deleted it"
        answer(hand, "deletePart", delete)
        hand.keys("Delete")
        assert editor.draft.scheme.attributes == ()
        hand.keys("Escape")

    edit(hand, work)
    assert seen == [("2 annotations in 2 articles, of 2 annotators", ["Anna S.\n\nLebrune", "Anna Berg"])]
    assert says(hand) == [{}, {}]
    sound(hand)
    hand.keys("Ctrl+Z")
    assert says(hand) == [{"gender": "f"}, {"gender": "f"}]


def test_a_relation_type_is_renamed_and_deleted_with_its_relations(hand: Hand) -> None:
    seen: list[str] = []

    def rename(dialog: Touching) -> None:
        assert not dialog.findChild(QLineEdit, "renameTitle").isHidden()  # type: ignore[union-attr]
        hand.type("Works for")
        tab_to(hand, "renameName")
        hand.keys("Ctrl+A")
        hand.type("works_for")
        seen.append(said(dialog, "touchedCount"))
        hand.keys("Return")

    def delete(dialog: Touching) -> None:
        seen.append(said(dialog, "touchedCount"))
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.pages.setCurrentWidget(editor.relations)
        answer(hand, "renamePart", rename)
        press(editor, "rename-relations")
        assert types(hand) == ["works_for"]
        sound(hand)
        answer(hand, "deletePart", delete)
        press(editor, "remove-relations")
        hand.keys("Escape")

    edit(hand, work)
    assert seen == ["1 relation in 1 article, of 1 annotator"] * 2
    assert types(hand) == []
    assert hand.window.session.scheme.relations == ()
    sound(hand)
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert types(hand) == ["knows"]
    assert hand.window.session.scheme.relations == (KNOWS,)
