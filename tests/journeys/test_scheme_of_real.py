"""The scheme edited over real articles in the real window: the seed, an article of GUM, the samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.labeller import BROKEN, INNER, OUTER
from tests.journeys.test_scheme_editor import answer, counts, edit, press, said, tab_to
from tests.verbs.test_gum import read_gum

from rubricator.exchange.sample import sample_project
from rubricator_gui.dialogs.guideline import GuidelineDialog
from rubricator_gui.dialogs.scheme.breaking import Breaking
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.scheme.touching import Renaming, Touching
from rubricator_gui.hand import Hand


def opened(source: str, start: Start, folder: Path, corpora: Path) -> tuple[Hand, tuple[str, str]]:
    """Open an article with people and a nesting on it; return the titles of the inner and the outer label."""
    kit.introduced()
    if source == "sample":
        return start(sample_project(folder)), ("Country", "Organization")
    if source == "seed":
        text = (corpora / "seed" / "turkmenistan-cis.txt").read_text(encoding="utf-8")
        hand = start(kit.project(folder / "p.rubric", [text]))
        kit.label(hand, BROKEN, "1")
        kit.label(hand, OUTER, "2")
        kit.label(hand, INNER, "2")
        return hand, ("Organization", "Organization")
    text = read_gum(corpora / "gum-news/coref/gum/tsv/GUM_news_clock.tsv").text
    hand = start(kit.project(folder / "p.rubric", [text]))
    kit.label(hand, "Ahmed Mohamed", "1")
    kit.label(hand, "Barack Obama", "1")
    kit.label(hand, "President Barack Obama", "2")
    return hand, ("Person", "Organization")


@pytest.mark.parametrize("source", ["seed", "gum", "sample"])
def test_a_label_is_renamed_a_rule_is_tightened_and_both_are_taken_back(
    source: str, start: Start, tmp_path: Path, corpora: Path
) -> None:
    hand, (inner, outer) = opened(source, start, tmp_path, corpora)
    session = hand.window.session
    before, was = counts(hand), session.scheme
    seen: list[str] = []

    def rename(dialog: Touching) -> None:
        assert isinstance(dialog, Renaming)
        seen.append(said(dialog, "touchedCount"))
        tab_to(hand, "renameName")
        hand.keys("Ctrl+A")
        hand.type("HUMAN")
        hand.keys("Return")

    def fill(form: QDialog) -> None:
        for name, title in (("ruleInner", inner), ("ruleOuter", outer)):
            choice = form.findChild(QWidget, name)
            assert choice is not None
            choice.setFocus()
            hand.type(title)
            hand.keys("Space")
        press(form, "partGo")

    def read(dialog: Touching) -> None:
        assert isinstance(dialog, Breaking)
        hand.wait_until(lambda: not dialog.looking, "all layers are looked through")
        seen.append(dialog.list.listed.places[0].why)
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        editor.draft.choose("PERSON")
        answer(hand, "renameDialog", rename)
        press(editor, "renameLabel")
        editor.pages.setCurrentWidget(editor.rules)
        hand.answer("ruleForm", fill)
        press(editor, "add-rules")
        answer(hand, "breachDialog", read)
        press(editor, "applyScheme")

    edit(hand, work)
    assert seen[0].startswith(f"{before['PERSON']} annotation")
    assert seen[1] == f"{inner} may not lie inside {outer} (rule 1)"
    assert counts(hand) == {("HUMAN" if name == "PERSON" else name): n for name, n in before.items()}
    assert session.worklist.count() > 0, "what breaks the rule is to be looked at"
    told: list[str] = []

    def guideline(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        told.append(dialog.windowTitle())
        hand.keys("Escape")

    human = next(one for one in session.spans if one.label == "HUMAN")
    session.choose(human.id)
    hand.reader.setFocus()
    hand.answer("guideline", guideline)
    hand.keys("F1")
    assert told, "the guideline of the renamed label"
    while session.scheme.labels != was.labels or session.scheme.rules:
        hand.keys("Ctrl+Z")
    assert counts(hand) == before
    assert session.worklist.count() == 0
    assert [finding for finding in session.ready.check(full=True) if finding.damage] == []
