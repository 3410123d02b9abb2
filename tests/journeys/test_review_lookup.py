"""Looking things up while one reviews: words in the article, the guideline of a label, what can be done at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start
from tests.journeys.test_review import begun, gold, reviewing, side, states

from rubricator.settings import Settings
from rubricator_gui.actions import ACTIONS
from rubricator_gui.dialogs.guideline import GuidelineDialog
from rubricator_gui.dialogs.palette import Palette
from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced("rita")
    return begun(start, reviewed.project(tmp_path / "news.rubric", Settings().me()))


def enabled(hand: Hand) -> set[str]:
    """Return what can be done of the menu Review."""
    return {row.id for row in ACTIONS if row.menu == "review" and hand.window.actions[row.id].isEnabled()}


def test_words_are_found_and_edited(hand: Hand) -> None:
    sheet = hand.window.reviewer.pane.sheet
    hand.keys("Tab", "Ctrl+F")
    bar = hand.window.reviewer.find_bar
    assert bar.isVisible()
    assert bar.field.hasFocus()
    hand.type("transport")
    hand.keys("Return")
    text = hand.window.session.text
    start = text.index("Transport")
    assert sheet.ends() == (start, start + len("Transport"))
    assert [hit.current for hit in sheet.overlay(0, 10_000).hits] == [True]
    assert hand.window.session.selection is None, "one's own layer is not touched"
    hand.keys("Escape")
    assert bar.isHidden()
    assert sheet.hasFocus()
    assert sheet.overlay(0, 10_000).hits == ()
    hand.keys("E")
    hand.wait_until(hand.window.reviewer.picker.isVisible, "the picker opens")
    hand.type("place")
    hand.keys("Return")
    assert gold(hand) == [("LOCATION", "Transport")]
    before = sheet.caret()
    hand.keys("F3")
    assert bar.isHidden()
    assert sheet.ends() == (start, start + len("Transport"))
    sheet.put_caret(before)
    hand.keys("Ctrl+F")
    assert bar.isVisible()
    hand.type("draft")
    hand.keys("F3", "F3", "Shift+F3")
    assert sheet.ends()[0] == text.index("draft", before)
    hand.keys("1")  # a digit in the field is a word
    assert states(hand)[0] == "open"


def asked(hand: Hand, key: str) -> tuple[str, str, list[str]]:
    """Return title, text and precedents of the guideline that a key shows."""
    seen: list[tuple[str, str, list[str]]] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        rows = [item.text() for n in range(dialog.before.count()) if (item := dialog.before.item(n))]
        seen.append((dialog.windowTitle(), dialog.text.toPlainText(), rows))
        hand.keys("Escape")

    hand.answer("guideline", read)
    hand.keys(key)
    hand.wait_until(lambda: bool(seen), "the guideline is shown")
    return seen[0]


def test_f1_shows_the_guideline_of_the_difference_and_what_was_decided(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    texts = (reviewed.TEXT, "Again. " + reviewed.TEXT)
    hand = begun(start, reviewed.project(tmp_path / "news.rubric", Settings().me(), texts))
    scheme = hand.window.session.scheme
    hand.keys("Tab", str(side(hand, "ben")), "Ctrl+PgDown", "Tab")
    _title, words, before = asked(hand, "F1")
    assert scheme.by_name["ORGANIZATION"].definition in words
    assert before[0] == "Decided in review: 1 × Organization “Ministry of Transport and Ports”"
    assert hand.window.focusWidget() is hand.window.reviewer.pane.sheet
    hand.keys("Tab", "Tab")
    while reviewing(hand).settled[reviewing(hand).at].difference.kind != "label":
        hand.keys("Tab")
    _title, words, _before = asked(hand, "F1")
    for name in ("ORGANIZATION", "FACILITY"):  # of a difference of labels both
        assert scheme.by_name[name].definition in words
    sheet = hand.window.reviewer.pane.sheet
    sheet.put_caret(hand.window.session.text.index("Karim Odell") + 2)
    _title, words, _before = asked(hand, "F1")
    assert scheme.by_name["PERSON"].definition in words, "elsewhere that of what stands under the caret"


def test_all_guidelines_stay_open_while_one_reviews(hand: Hand) -> None:
    hand.keys("Ctrl+F1")
    with kit.book(hand):
        hand.keys("F6")
    hand.wait_until(hand.window.reviewer.pane.sheet.hasFocus, "it leads to the text")
    hand.keys(str(side(hand, "ben")))
    assert states(hand)[0] == "decided", "the keys are the review's"
    hand.keys("Ctrl+F1")
    with kit.book(hand):
        hand.keys("Escape")
    assert QApplication.focusWidget() is hand.window.reviewer.pane.sheet
    assert kit.books(hand) == []


def test_f1_says_what_a_relation_and_a_topic_mean(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = begun(start, reviewed.linked(tmp_path / "linked.rubric", Settings().me()))
    hand.window.reviewer.pane.sheet.put_caret(0)
    hand.keys("Tab", "Tab")
    hand.window.reviewer.pane.sheet.put_caret(0)
    hand.keys("F1")
    assert hand.window.status.notice in {f"the relation {title}: One leads it." for title in ("Head of", "Member of")}
    hand.keys("Shift+Tab", "Shift+Tab", "Shift+Tab")
    hand.window.reviewer.pane.sheet.put_caret(0)
    hand.keys("F1")
    assert hand.window.status.notice == "The scheme says nothing of the topic Crime."


def test_the_menu_can_what_applies(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = begun(start, reviewed.project(tmp_path / "three.rubric", Settings().me(), layers=3))
    now = enabled(hand)
    assert {"review-1", "review-2", "review-3", "review-all-3", "review-edit", "review-next"} <= now
    assert not {"review-4", "review-all-4", "review-again", "review-reopen"} & now
    assert all(hand.window.actions[name].isEnabled() for name in ("pack", "merge", "export"))
    hand.do("review-3")
    assert states(hand)[0] == "decided"
    hand.do("review-previous")
    hand.wait_until(lambda: "review-all-1" not in enabled(hand), "no difference of the group is open any more")
    assert "review-1" in enabled(hand)
    hand.keys("F8")
    assert enabled(hand) == {"review", "review-mine", "agreement"}


def test_a_topic_is_not_edited_and_the_menu_says_so(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = begun(start, reviewed.linked(tmp_path / "linked.rubric", Settings().me()))
    assert "review-edit" in enabled(hand)
    hand.keys("Shift+Tab")
    assert "review-edit" not in enabled(hand)


def test_the_palette_has_the_review_with_its_keys_and_no_labels(hand: Hand) -> None:
    seen: list[bool] = []

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, Palette)
        hand.type("reject all")
        hand.keys("Return")
        seen.append(True)

    entries = {entry.id: entry for entry in hand.window.key_hands.entries()}
    assert {entry.kind for entry in entries.values()} == {"action"}
    assert entries["review-reject"].keys == ("R",)
    assert entries["review-all-merge"].keys == ("Shift+M",)
    assert entries["review-4"].beside == "there is no such layer"
    hand.answer("palette", choose)
    hand.keys("Ctrl+K")
    hand.wait_until(lambda: bool(seen), "the palette was answered")
    QTest.qWait(20)
    assert QApplication.activeModalWidget() is None
    (decision,) = hand.window.session.ready.review.decisions("a1")
    assert decision.outcome == "reject"


def test_the_guideline_of_each_label_at_issue_is_shown_and_how_to_open_what_is_locked(hand: Hand) -> None:
    panel, reviewing = hand.window.reviewer.pane.decision, hand.window.session.reviewing
    for _n in reviewing.settled:
        here = reviewing.current
        assert here is not None
        titles = {hand.window.session.title(one.label) for one in here.difference.annotations}
        shown = f"{panel._guideline.text()}\n{panel._guideline_words.text()}"
        assert all(f"{title}: " in shown or f": {title}\n" in shown for title in titles), shown
        hand.keys("Tab")
    assert "locked" not in panel._told.text()
    while (one := reviewing.current) is not None and one.state == "open":
        hand.keys("R")
    hand.keys("Ctrl+Return", "Ctrl+PgUp")
    hand.wait_until(lambda: reviewing.locked, "it is locked")
    assert "Reopen the gold layer" in panel._told.text()
