"""Chips of new labels: none says what another one says, and where two do that is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import answer, edit, press, said
from tests.journeys.test_scheme_others import type_into

from rubricator.model.scheme import Label
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.scheme.touching import Touching


def test_labels_of_a_split_have_chips_of_their_own_and_one_that_is_given_twice_is_told(
    start: Start, tmp_path: Path
) -> None:
    hand = start(kit.project(tmp_path / "p.rubric"))
    session = hand.window.session
    bloc = Label("BLOC_OF_STATES", "Bloc of states", "BLOC", hue=19)
    few = replace(session.scheme, labels=(*session.scheme.labels[:4], bloc), examples=())
    session.do(session.ready.schemes.change, few, "few")

    def split(dialog: Touching) -> None:
        hand.type("Bloc office")
        hand.keys("Return")
        hand.type("Bloc meeting")
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        answer(hand, "splitDialog", split)
        editor.labels.split.trigger()
        press(editor, "addLabel")
        hand.type("Bloc")
        labels = editor.draft.scheme.labels
        assert {one.name: one.short for one in labels if one.name.startswith("BLOC")} == {
            "BLOC_OFFICE": "BLOF", "BLOC_MEETING": "BLME", "BLOC_OF_STATES": "BLOC", "BLOC": "BL",
        }  # fmt: skip
        assert len({one.hue for one in labels}) == len(labels)
        form = editor.labels.form
        type_into(hand, form.short, "bloc")
        assert said(editor, "keyWords") == "Bloc of states has “BLOC” on its chip, too."
        type_into(hand, form.short, "bx")
        assert said(editor, "keyWords") == ""
        press(editor, "applyScheme")

    edit(hand, work)
