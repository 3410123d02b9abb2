"""Topics in full: evidence by key and by mouse, notes, what became of retired ones, a tree by hand and from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
)
from tests.exchange.web import Server, serving
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Topic
from rubricator_gui.dialogs.topic import TopicDialog
from rubricator_gui.dialogs.topic_import import TopicSource, TopicsRead
from rubricator_gui.hand import Hand
from rubricator_gui.panels.mine import MinePanel
from rubricator_gui.panels.review.decision import DecisionPanel
from rubricator_gui.panels.rows import ITEM
from rubricator_gui.panels.topic_chips import TopicChip
from rubricator_gui.panels.topic_model import CODE, SUB
from rubricator_gui.panels.topics import TopicPanel

TREE = (
    Topic("t:1", "economy"),
    Topic("t:11", "grain market", "Trade in wheat and barley", "t:1", synonyms=("cereal trade",)),
    Topic("t:12", "sea transport", "", "t:1"),
    Topic("t:2", "politics"),
    Topic("t:21", "old diplomacy", "", "t:2", "2020-03-01", note="Use t:22 instead.", instead=("t:22",)),
    Topic("t:22", "diplomacy", "", "t:2"),
)


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    made = start(kit.project(tmp_path / "p.rubric"))
    session = made.window.session
    session.run(session.ready.topics.put(TREE, "tree.json"))
    made.wait_until(lambda: panel(made)._finder is not None, "the topics are shown")
    return made


def panel(hand: Hand) -> TopicPanel:
    return hand.window.sections.topics


def told(hand: Hand) -> str:
    return hand.window.status._notice.text()


def chips(hand: Hand) -> list[tuple[str, int, bool]]:
    """Return name, evidence and whether there is a note, of each topic of the article."""
    return [(chip.words.name, chip.words.evidence, chip.words.note) for chip in panel(hand).chips.chips]


def chip(hand: Hand, n: int = 0) -> TopicChip:
    return panel(hand).chips.chips[n]


def rows(hand: Hand) -> list[str]:
    tree = panel(hand).tree
    found, index = [], tree.model().index(0, 0)
    while index.isValid():
        found.append(str(index.data()))
        index = tree.indexBelow(index)
    return found


def whole_rows(hand: Hand) -> dict[str, QRect]:
    """Return where on the screen the topics are that can be clicked: what is seen of the tree, and not cut through."""
    tree = panel(hand).tree
    found, index, seen = {}, tree.model().index(0, 0), tree.viewport()
    while index.isValid():
        rect = tree.visualRect(index)
        if index.data(CODE) and seen.rect().contains(rect):
            found[str(index.data())] = rect.translated(seen.mapToGlobal(QPoint()))
        index = tree.indexBelow(index)
    return found


def search(hand: Hand, words: str) -> None:
    hand.do("find-topic")
    hand.type(words)


def give(hand: Hand, words: str) -> None:
    search(hand, words)
    hand.keys("Return")


def menu() -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def pick(words: str) -> None:
    """Click on an entry of the menu that is open."""
    opened = menu()
    action = next(action for action in opened.actions() if action.text().split("\t")[0] == words)
    assert action.isEnabled(), words
    QTest.mouseClick(opened, Qt.MouseButton.LeftButton, pos=opened.actionGeometry(action).center())
    QTest.qWait(1)


def choose(hand: Hand, words: str, nth: int = 0) -> None:
    hand.click(kit.at(hand, words, nth)[0] + 1)
    assert hand.window.session.chosen_annotation is not None


def test_of_a_topic_that_stands_above_another_one_of_the_article_it_is_said(hand: Hand) -> None:
    give(hand, "grain")
    assert told(hand) == "Gave the topic Grain market."
    give(hand, "diplomacy")
    assert told(hand) == "Gave the topic Diplomacy.", "another branch"
    give(hand, "economy")
    assert told(hand) == "Gave the topic Economy; Grain market, which is below it, is given too."
    hand.keys("Ctrl+Z")
    give(hand, "sea tr")
    give(hand, "economy")
    assert told(hand) == "Gave the topic Economy; 2 topics below it are given too."
    hand.keys("Ctrl+Z", "Ctrl+Z")
    give(hand, "economy")
    give(hand, "sea tr")
    assert told(hand) == "Gave the topic Sea transport; Economy, which is above it, is given too."


# --- the mouse goes from row to row -------------------------------------------------------------------------------


def mouse_to(hand: Hand, at: QPoint) -> None:
    """Move the mouse to a place on the screen, as the desktop tells a window of it."""
    handle = hand.window.windowHandle()
    assert handle is not None
    QTest.mouseMove(handle, handle.mapFromGlobal(at))
    QTest.qWait(30)


@pytest.mark.parametrize("size", [(1000, 700), (1280, 800), (1600, 1300)])
@pytest.mark.parametrize("given", [0, 2])
@pytest.mark.parametrize("words", ["", "about"])
def test_topics_that_are_given_one_after_the_other_stay_under_the_mouse(
    hand: Hand, size: tuple[int, int], given: int, words: str
) -> None:
    session, view = hand.window.session, panel(hand)
    tree = [Topic(f"x:{n}", f"about {number} things") for n, number in enumerate("eleven five seven three two".split())]
    before = [Topic(f"b:{n}", f"before it {n}") for n in range(given)]
    session.run(session.ready.topics.put([*tree, *before], "tree.json"))
    hand.window.resize(*size)
    hand.window.side.bring("topics")
    for topic in before:
        session.topics.give(topic.code)
    hand.wait_until(lambda: len(view.chips.chips) == given and bool(view._finder), "the topics are shown")
    search(hand, words)
    QTest.qWait(30)
    view.tree.scrollTo(view._model.index_of("x:0"), QAbstractItemView.ScrollHint.PositionAtTop)
    stood, high = whole_rows(hand), view._given.height()
    wanted = [name for name in stood if name.startswith("About")]
    assert len(wanted) >= 2
    for n, name in enumerate(wanted, given + 1):
        mouse_to(hand, stood[name].center())
        under = view.tree.viewport()
        QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFromGlobal(stood[name].center()))
        hand.wait_until(lambda: len(view.chips.chips) == n, name)  # noqa: B023 (it is asked now)
        QTest.qWait(30)
        assert chips(hand)[-1][0] == name
        assert whole_rows(hand) == stood
        newest, area = view.chips.chips[-1], view._given.viewport()
        assert area.rect().contains(newest.geometry().translated(view.chips.mapTo(area, QPoint()))), "and it is seen"
    mouse_to(hand, hand.reader.mapToGlobal(QPoint(20, 20)))
    assert view._given.height() >= max(high, view.chips.room(2)), "the chips have their lines once the mouse is gone"


def many_topics(hand: Hand) -> TopicPanel:
    """Have topics of which two fill a line of chips, and two lines of them given; return the panel."""
    session, view = hand.window.session, panel(hand)
    tree = [
        Topic(f"x:{n}", f"about {name} things") for n, name in enumerate("eleven seven six eight five three".split())
    ]
    session.run(session.ready.topics.put(tree, "tree.json"))
    hand.show(1440, 900)
    hand.window.side.bring("topics")
    for topic in tree[:4]:
        session.topics.give(topic.code)
    hand.wait_until(lambda: len(view.chips.chips) == 4 and view._model.rowCount() > 2, "the topics are shown")
    QTest.qWait(30)
    assert view._given.height() == view.chips.room(2)
    return view


def test_no_row_comes_under_the_mouse_that_takes_a_topic_off(hand: Hand) -> None:
    """A second click on its × would give what came there."""
    view = many_topics(hand)
    search(hand, "three")
    hand.keys("Return", "Escape")
    QTest.qWait(30)
    last, stood = view.chips.chips[-1], view.tree.viewport().mapToGlobal(QPoint())
    assert view._given.height() == view.chips.room(3)
    QCursor.setPos(last.mapToGlobal(last.rect().center()))
    mouse_to(hand, QCursor.pos())
    QTest.mouseClick(last, Qt.MouseButton.LeftButton, pos=last._cross().center())
    hand.wait_until(lambda: len(view.chips.chips) == 4, "it is taken off")
    QTest.qWait(30)
    assert view.tree.viewport().mapToGlobal(QPoint()) == stood
    mouse_to(hand, QCursor.pos() + QPoint(1, 1))
    QCursor.setPos(hand.reader.mapToGlobal(QPoint(20, 20)))
    mouse_to(hand, QCursor.pos())
    QTest.qWait(30)
    assert view._given.height() == view.chips.room(2), "once the mouse is gone the list has the line"


def test_the_list_of_topics_is_scrolled_as_before_once_it_has_its_room_again(hand: Hand) -> None:
    session, view = hand.window.session, panel(hand)
    session.run(session.ready.topics.put([Topic(f"x:{n}", f"about {n}") for n in range(10, 60)], "tree.json"))
    hand.show(1280, 800)
    kit.label(hand, "Arvenia", "3")
    hand.keys("Escape")
    hand.window.side.bring("topics")
    QTest.qWait(30)
    tree, bar = view.tree, view.tree.verticalScrollBar()
    tree.setFocus()
    bottom = tree.indexAt(QPoint(5, tree.viewport().height() - 5))
    tree.setCurrentIndex(bottom)
    QTest.qWait(30)
    stood, high = bar.value(), tree.height()
    choose(hand, "Arvenia")
    QTest.qWait(30)
    assert tree.height() < high
    assert bar.value() > stood, "the row is seen"
    hand.keys("Delete")
    QTest.qWait(30)
    assert (tree.height(), bar.value()) == (high, stood)


def test_chips_grow_at_once_where_it_is_not_the_mouse_that_gives(hand: Hand) -> None:
    view = many_topics(hand)
    search(hand, "three")
    mouse_to(hand, view.tree.viewport().mapToGlobal(view.tree.visualRect(view._model.index(0, 0)).center()))
    hand.keys("Return")
    QTest.qWait(30)
    assert view._given.height() == view.chips.room(3), "though the mouse rests in the list"
    assert view._given.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", [(1280, 800), (1366, 768), (1440, 900), (1600, 1000)])
def test_three_topics_are_all_seen_while_the_mouse_gives_them_and_no_row_slides(
    hand: Hand, size: tuple[int, int]
) -> None:
    session, view = hand.window.session, panel(hand)
    tree = [Topic(f"x:{n}", f"about the {name}") for n, name in enumerate(("peace", "war", "trade"))]
    session.run(session.ready.topics.put(tree, "tree.json"))
    hand.show(*size)
    search(hand, "about")
    QTest.qWait(30)
    under = view.tree.viewport()
    stood = under.mapToGlobal(QPoint())
    for n, topic in enumerate(tree, 1):
        at = view.tree.visualRect(view._model.index_of(topic.code)).center()
        mouse_to(hand, under.mapToGlobal(at))
        QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=at)
        QTest.qWait(30)
        assert under.mapToGlobal(QPoint()) == stood
        assert len(view.chips.chips) == n
        assert all(chip.visibleRegion().boundingRect() == chip.rect() for chip in view.chips.chips), n
        assert view._given.more.isHidden()
    mouse_to(hand, hand.reader.mapToGlobal(QPoint(20, 20)))
    assert under.mapToGlobal(QPoint()) == stood, "nor once the mouse is gone"


def test_a_low_section_keeps_its_rows_rather_than_a_line_for_topics_to_come(hand: Hand) -> None:
    session, view = hand.window.session, panel(hand)
    session.run(session.ready.topics.put([Topic(f"x:{n}", f"about {n}") for n in range(10, 30)], "tree.json"))
    hand.show(1280, 800)
    kit.label(hand, "Arvenia", "3")
    hand.keys("Escape")
    give(hand, "about 10")
    QTest.qWait(30)
    assert view._given.height() == view.chips.room(2)
    choose(hand, "Arvenia")
    QTest.qWait(30)
    assert hand.window.sections.chosen.isVisible()
    assert view._given.height() == view.chips.room(1)
    assert view.tree.height() >= 5 * view.tree.sizeHintForRow(0)


def test_it_is_said_how_many_topics_are_hidden_while_the_mouse_gives_them(hand: Hand) -> None:
    view = many_topics(hand)
    more, under = view._given.more, view.tree.viewport()
    assert more.isHidden()
    for code in ("x:4", "x:5"):
        at = view.tree.visualRect(view._model.index_of(code)).center()
        mouse_to(hand, under.mapToGlobal(at))
        QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=at)
        QTest.qWait(30)
    assert view._given.height() == view.chips.room(2), "no row slips away under the mouse"
    seen, covered = view._given.viewport().rect(), []
    for chip in view.chips.chips:
        place = chip.geometry().translated(view.chips.mapTo(view._given.viewport(), QPoint()))
        if not seen.contains(place):
            covered.append(chip.words.name)
    assert covered[:2] == ["About eleven things", "About seven things"]
    assert (more.isVisible(), more.words) == (True, f"+{len(covered)}")
    assert covered == [name for name in covered if name in more.toolTip()], more.toolTip()
    assert more.visibleRegion().boundingRect().size() == more.size(), "beside the chips"
    assert not more.geometry().intersects(view._given.viewport().geometry())
    hand.click_on(more)
    hand.wait_until(lambda: "About three things" in more.toolTip(), "the first are seen")
    assert "About eleven things" not in more.toolTip()
    bar = view._given.verticalScrollBar()
    assert not bar.isVisible() or not more.geometry().intersects(bar.geometry().translated(bar.parentWidget().pos()))
    mouse_to(hand, hand.reader.mapToGlobal(QPoint(20, 20)))
    hand.wait_until(lambda: more.isHidden(), "all have room once the mouse is gone")
    assert view._given.viewportMargins().right() == 0


def test_the_row_from_which_keys_give_topics_is_seen_when_chips_take_its_room(hand: Hand) -> None:
    session, view = hand.window.session, panel(hand)
    tree = [Topic(f"x:{n}", f"about {n} of many things") for n in range(10, 30)]
    session.run(session.ready.topics.put(tree, "tree.json"))
    hand.window.resize(1600, 1000)
    search(hand, "")
    hand.keys("Down")
    hand.wait_until(view.tree.hasFocus, "the keys are in the tree")
    hand.keys(*["Down"] * 8)  # to the lowest row that is seen, and on
    for _n in range(6):
        hand.keys("Down", "Space")
        QTest.qWait(30)
        row = view.tree.visualRect(view.tree.currentIndex())
        assert view.tree.viewport().rect().contains(row.adjusted(0, 0, 0, -1)), "Qt leaves a pixel"
    assert len(session.tags) == 6


# --- evidence -----------------------------------------------------------------------------------------------------


def test_what_is_chosen_becomes_evidence_by_two_keys_and_is_found_again_by_one(hand: Hand) -> None:
    kit.label(hand, "Port Velis Harbour Authority", "2")
    kit.label(hand, "Arvenia", "3")
    choose(hand, "Arvenia")
    hand.keys("Ctrl+Shift+T")
    picker = hand.window.over.evidence_picker
    assert picker.isVisible()
    hand.type("cereal")
    hand.keys("Return")
    assert not picker.isVisible()
    assert hand.reader.hasFocus()
    assert chips(hand) == [("Grain market", 1, False)], "the topic was given with its evidence"
    assert told(hand) == "Tied “Arvenia” to Grain market."
    choose(hand, "Harbour Authority")
    hand.keys("Ctrl+Shift+T")
    assert [picker.model.index(n).data() for n in range(picker.model.rowCount())] == ["Grain market"]
    hand.keys("Return")
    assert chips(hand) == [("Grain market", 2, False)]
    hand.keys("Escape", "Shift+F4")
    assert hand.window.session.chosen_annotation.quote == "Port Velis Harbour Authority"  # type: ignore[union-attr]
    hand.keys("Shift+F4")
    assert hand.window.session.chosen_annotation.quote == "Arvenia"  # type: ignore[union-attr]
    assert told(hand) == "Evidence 2 of 2 for Grain market."
    hand.keys("Ctrl+Shift+T", "Return")
    assert chips(hand) == [("Grain market", 1, False)], "what was tied is untied"
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert chips(hand) == [("Grain market", 1, False)]
    hand.keys("Ctrl+Z")
    assert chips(hand) == [], "topic and evidence are one step"


def test_a_topic_that_the_article_has_comes_before_all_others_that_match(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    give(hand, "grain")
    choose(hand, "Arvenia")
    hand.keys("Ctrl+Shift+T")
    picker = hand.window.over.evidence_picker
    row = picker.view.verticalHeader().defaultSectionSize()
    assert picker.view.height() == row, "one topic is given, one row is seen"
    hand.type("tra")
    found = [picker.model.index(n).data() for n in range(picker.model.rowCount())]
    assert found == ["Grain market", "Sea transport"], "by a part of another name, before one that is called so"
    assert picker.view.height() == 2 * row
    assert picker.rect().contains(picker.view.geometry())
    hand.keys("Return")
    assert chips(hand) == [("Grain market", 1, False)], "nothing new was given"


def test_the_list_of_evidence_becomes_as_high_as_what_it_lists_wherever_it_opens(hand: Hand) -> None:
    session = hand.window.session
    session.run(session.ready.topics.put([Topic(f"p:{n}", f"port {n:02}") for n in range(20)], "ports.json"))
    hand.wait_until(lambda: "p:1" in (panel(hand)._finder or ()), "the topics are shown")
    give(hand, "port 07")
    picker = hand.window.over.evidence_picker
    row = picker.view.verticalHeader().defaultSectionSize()
    for near in (QRect(200, 100, 50, 20), QRect(200, picker.screen().availableGeometry().bottom() - 60, 50, 20)):
        picker.ask(near)
        assert picker.view.height() == row
        at = picker.y()
        hand.type("port")
        assert picker.view.height() == 8 * row
        assert not picker.geometry().intersects(near), "what it is about is still seen"
        assert picker.y() == at or picker.geometry().bottom() < near.top()
        assert picker.screen().availableGeometry().contains(picker.geometry())
        picker.hide()


def test_all_annotations_in_a_selection_are_tied_and_bare_words_are_refused(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    kit.label(hand, "Karesh", "3", 1)
    give(hand, "diplom")
    start, end = kit.at(hand, "Arvenia, Karesh")
    hand.drag(start, end)
    chip(hand).setFocus()
    hand.keys("E")
    assert chips(hand) == [("Diplomacy", 2, False)]
    assert told(hand) == "Tied 2 annotations to Diplomacy."
    kit.drag(hand, "supports")
    hand.keys("Ctrl+Shift+T")
    assert told(hand).startswith("Label these words first")
    assert not hand.window.over.evidence_picker.isVisible()


def test_evidence_goes_and_comes_back_with_its_annotation(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    choose(hand, "Arvenia")
    hand.keys("Ctrl+Shift+T")
    hand.type("diplo")
    hand.keys("Return")
    choose(hand, "Arvenia")
    hand.keys("Delete")
    assert chips(hand) == [("Diplomacy", 0, False)]
    assert told(hand) == "Deleted Country “Arvenia” and its evidence for 1 topic."
    hand.keys("Ctrl+Z")
    assert chips(hand) == [("Diplomacy", 1, False)]


def test_evidence_is_told_by_the_card_and_found_by_the_filter(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    kit.label(hand, "Karesh", "3", 1)
    line = hand.window.sections.chosen.topics
    choose(hand, "Arvenia")
    assert line.isHidden(), "the card has a line more only where it is so"
    for typed in ("diplo", "grain"):
        hand.keys("Ctrl+Shift+T")
        hand.type(typed)
        hand.keys("Return")
    assert not line.isHidden()
    assert line.words.text() == "Evidence for Diplomacy · 1 more"
    assert not line.button.isVisible()
    hand.keys("Ctrl+Z")
    assert line.words.text() == "Evidence for Diplomacy"
    annotations = hand.window.sections.annotations
    model = annotations.view.model()

    def passes(typed: str) -> list[str]:
        annotations.filter.setFocus()
        annotations.filter.selectAll()
        hand.type(typed)
        QTest.qWait(250)
        return [model.index(n, 0).data(ITEM).quote for n in range(model.rowCount())]

    assert passes("topic:") == ["Arvenia"]
    assert passes("topic:diplomacy") == ["Arvenia"]
    assert passes("topic:grain-market") == []
    assert passes("-topic:") == ["Karesh"]
    hand.window.session.topics.tie(hand.window.session.tags[0].topic)
    hand.wait_until(lambda: model.rowCount() == 2, "the list follows")


def test_a_chip_does_everything_by_its_keys(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    give(hand, "grain")
    give(hand, "diplo")
    choose(hand, "Arvenia")
    hand.do("find-topic")
    hand.keys("Tab")
    assert chip(hand).hasFocus(), "the chips come after the search"
    hand.keys("Right")
    assert chip(hand, 1).hasFocus()
    hand.keys("Left", "E")
    assert chips(hand)[0] == ("Grain market", 1, False)
    assert chip(hand).accessibleName() == "Topic Grain market, 1 piece of evidence"
    hand.window.session.choose(None)
    hand.keys("G")
    assert hand.window.session.chosen_annotation.quote == "Arvenia"  # type: ignore[union-attr]

    def write(dialog: QDialog) -> None:
        hand.keys("Tab")
        assert isinstance(QApplication.focusWidget(), QPushButton), "Tab leaves the field"
        hand.keys("Shift+Tab")
        hand.type("the lead says so")
        hand.keys("Shift+Return")
        hand.type("twice")
        hand.keys("Return")
        assert not dialog.isVisible()

    hand.answer("noteDialog", write)
    hand.keys("N")
    assert chips(hand)[0] == ("Grain market", 1, True)
    assert "the lead says so<br>twice" in chip(hand).toolTip()
    hand.keys("Return")
    assert [action.text() for action in menu().actions() if action.text()] == [
        "Go to the evidence (1)\tG",
        "Untie “Arvenia”\tE",
        "Change the note…\tN",
        "Take the topic off\tDel",
    ]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu(), key)
    assert chips(hand)[0] == ("Grain market", 0, True)
    assert chip(hand).hasFocus()
    hand.keys("Delete")
    assert [name for name, _n, _note in chips(hand)] == ["Diplomacy"]
    assert chip(hand).hasFocus()
    hand.keys("Escape")
    assert panel(hand).search.text() == ""
    hand.keys("Escape")
    assert hand.reader.hasFocus()


def test_the_mouse_opens_the_menu_and_takes_off_with_the_cross(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    give(hand, "grain")
    choose(hand, "Arvenia")
    hand.click_on(chip(hand), QPoint(8, chip(hand).height() // 2))
    pick("Tie “Arvenia” as evidence")
    assert chips(hand) == [("Grain market", 1, False)]
    hand.click_on(chip(hand), QPoint(chip(hand).width() - 6, chip(hand).height() // 2))
    assert chips(hand) == []


# --- finding ------------------------------------------------------------------------------------------------------


def test_the_best_comes_first_and_it_is_said_where_a_synonym_or_a_meaning_matched(hand: Hand) -> None:
    search(hand, "cereal")
    tree = panel(hand).tree
    assert rows(hand) == ["Grain market"]
    assert tree.currentIndex().data(SUB) == "also “cereal trade” · Economy"
    hand.do("find-topic")
    hand.type("barley")
    assert tree.currentIndex().data(SUB) == "… in wheat and barley"
    hand.do("find-topic")
    hand.type("transp")
    assert tree.currentIndex().data(SUB) == "Economy"
    hand.keys("Return")
    assert kit.topics(hand) == ["Sea transport"]


def test_a_retired_topic_says_what_became_of_it_and_is_never_given(hand: Hand) -> None:
    search(hand, "old dipl")
    assert rows(hand) == ["Retired, and given no more", "Old diplomacy"]
    hand.keys("Down", "Down", "Return")
    assert kit.topics(hand) == []
    assert told(hand).startswith("Old diplomacy: Retired on 2020-03-01. Use t:22 instead. Instead: Diplomacy")


def test_an_article_with_a_retired_topic_is_told_and_gets_the_other_with_a_click(hand: Hand) -> None:
    session = hand.window.session
    give(hand, "diplo")
    session.run(session.ready.topics.retire("t:22", note="Merged.", instead=["t:2"]))
    assert chips(hand) == [("Diplomacy (retired)", 0, False)]
    assert "Retired on" in chip(hand).toolTip()
    assert "Merged." in chip(hand).toolTip()
    assert "Instead: Politics" in chip(hand).toolTip()
    chip(hand).setFocus()
    hand.keys("Return")
    pick("Give “Politics” instead")
    assert [name for name, _n, _note in chips(hand)] == ["Politics"]
    hand.keys("Ctrl+Z")
    assert [name for name, _n, _note in chips(hand)] == ["Diplomacy (retired)"]


def test_what_one_gave_last_and_what_is_frequent_stand_on_top(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", [f"{n}\n\nText." for n in range(3)]))
    session = hand.window.session
    codes = [topic.code for topic in session.scheme.offered_topics()][:9]
    session.run(session.ready.topics.give("a1", codes))
    session.run(session.ready.topics.give("a2", codes[3:5]))
    hand.do("next")
    hand.do("next")
    hand.wait_until(lambda: rows(hand)[:1] == ["Recent"], "what is recent is shown")
    assert rows(hand)[4] == "Frequent in this project"
    assert len(set(rows(hand)[1:4] + rows(hand)[5:11])) == 9, "none stands in both"


# --- a tree of one's own ------------------------------------------------------------------------------------------


def write(hand: Hand, name: str, below: str, dialog: QDialog) -> None:
    """Write a topic in its dialog, by keys."""
    assert isinstance(dialog, TopicDialog)
    assert dialog.name.hasFocus()
    hand.type(name)
    if below:
        dialog.under.setFocus()
        dialog.under.lineEdit().selectAll()  # type: ignore[union-attr]
        hand.type(below)
        assert dialog.save.isEnabled(), "one place ends so"
        dialog.under.completer().popup().hide()  # type: ignore[union-attr]
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def tree_of(hand: Hand) -> dict[str, tuple[str, ...]]:
    scheme = hand.window.session.scheme
    return {topic.name: scheme.topic_path(topic.code)[:-1] for topic in scheme.offered_topics()}


def test_the_tree_is_made_by_hand_with_keys(hand: Hand) -> None:
    hand.do("find-topic")
    hand.keys("Down")
    assert panel(hand).tree.hasFocus()
    hand.answer("topicDialog", partial(write, hand, "Fisheries", ""))
    hand.keys("Insert")
    assert tree_of(hand)["Fisheries"] == ("economy",)
    assert told(hand) == "Added the topic “Fisheries”."
    search(hand, "fisher")
    hand.keys("Down")
    hand.answer("topicDialog", partial(write, hand, "Fishing", "Politics"))
    hand.keys("F2")
    assert tree_of(hand)["Fishing"] == ("politics",)
    hand.keys("Ctrl+Z")
    assert tree_of(hand)["Fisheries"] == ("economy",)
    search(hand, "fisheries")
    (code,) = [one.code for one in hand.window.session.scheme.topics if one.name == "Fisheries"]
    hand.keys("Down", "Return")
    assert kit.topics(hand) == ["Fisheries"]
    panel(hand)._tree_menu(code, panel(hand).mapToGlobal(QPoint(0, 0)))
    pick("Retire: keep it, and give it no more")
    assert "Fisheries" not in tree_of(hand)
    assert chips(hand) == [("Fisheries (retired)", 0, False)]
    panel(hand)._tree_menu(code, panel(hand).mapToGlobal(QPoint(0, 0)))
    pick("Bring it back")
    assert chips(hand) == [("Fisheries", 0, False)]


def test_a_topic_below_itself_is_not_offered_and_a_second_of_a_name_is_refused(hand: Hand) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, TopicDialog)
        seen.extend(dialog.under.itemText(n) for n in range(dialog.under.count()))
        dialog.name.clear()
        assert not dialog.save.isEnabled()
        QTest.keyClicks(dialog.name, "POLITICS")
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible(), "it was refused, and what was written is still there"
        dialog.reject()

    hand.answer("topicDialog", look)
    hand.window.over.show_topic("t:1")
    assert seen == ["At the top", "Politics", "Politics › Diplomacy"]
    assert "a topic “politics” in this place already" in told(hand)


# --- trees from elsewhere -----------------------------------------------------------------------------------------

IPTC = {
    "conceptSet": [
        {"uri": "u:1", "qcode": "t:1", "prefLabel": {"en-GB": "economy", "de": "Wirtschaft"}},
        {"uri": "u:2", "qcode": "t:11", "prefLabel": {"en-GB": "grain", "de": "Getreide"}, "broader": ["u:1"]},
        {"uri": "u:3", "qcode": "t:12", "prefLabel": {"en-GB": "ships"}, "broader": ["u:1"]},
        {"uri": "u:4", "qcode": "t:2", "prefLabel": {"en-GB": "politics"}},
    ]
}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(json.dumps(IPTC).encode()) as made:
        yield made


def from_web(hand: Hand, address: str, dialog: QDialog) -> None:
    """Choose the network, write another address, and go on."""
    assert isinstance(dialog, TopicSource)
    assert dialog.address.text().startswith("https://cv.iptc.org/"), "IPTC's address is shown"
    assert not dialog.go.isEnabled()
    hand.keys("Down")
    assert dialog.from_web.isChecked()
    dialog.address.setFocus()
    dialog.address.selectAll()
    hand.type(address)
    hand.keys("Return")


def from_file(hand: Hand, path: Path, dialog: QDialog) -> None:
    assert isinstance(dialog, TopicSource)
    dialog.path.setFocus()
    hand.type(str(path))
    hand.keys("Return")


def in_german(seen: list[str], dialog: QDialog) -> None:
    assert isinstance(dialog, TopicsRead)
    seen += [dialog.language.itemText(n) for n in range(dialog.language.count())]
    seen.append(dialog.keep.text() if dialog.keep.isVisible() else "")
    dialog.language.setFocus()
    QTest.keyClicks(dialog.language, "d")
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_topics_are_fetched_when_asked_for_in_a_language_and_codes_and_tags_stay(hand: Hand, server: Server) -> None:
    give(hand, "grain")
    assert server.asked == []
    seen: list[str] = []
    hand.answer("topicSource", partial(from_web, hand, server.address("mediatopic/?format=json")))
    hand.do("import-topics")
    hand.answer("topicsRead", partial(in_german, seen))
    hand.wait_until(lambda: chips(hand) == [("Getreide", 0, False)], "the topics are read")
    assert server.asked == ["/mediatopic/?format=json"]
    assert seen[:2] == ["en-GB", "de"]
    assert "1 topic of the project that is not in the file" in seen[2]
    assert tree_of(hand)["ships"] == ("Wirtschaft",), "English where the language says nothing"
    hand.wait_until(lambda: "topics can be given now" in told(hand), "it is told")
    hand.reader.setFocus()
    hand.keys("Ctrl+Z")
    assert chips(hand) == [("Grain market", 0, False)]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("missing.json", "404"),
        ("short.json", "cut short"),
        ("to-file.json", "does not go"),
        ("page", "page of the web"),
    ],
)
def test_an_answer_that_is_none_is_told_and_changes_nothing(hand: Hand, server: Server, path: str, why: str) -> None:
    before = hand.window.session.scheme
    seen: list[str] = []

    def read(dialog: QDialog) -> None:
        seen.append(dialog.text())  # type: ignore[attr-defined]
        dialog.accept()

    hand.answer("topicSource", partial(from_web, hand, server.address(path)))
    hand.do("import-topics")
    hand.answer("userError", read)
    hand.wait_until(lambda: bool(seen), "it is told")
    assert why in seen[0]
    assert hand.window.session.ready.scheme == before
    hand.wait_until(lambda: not hand.window.session.held, "nothing is held")


def test_a_slow_answer_can_be_stopped(hand: Hand, server: Server) -> None:
    hand.answer("topicSource", partial(from_web, hand, server.address("slow.json")))
    hand.do("import-topics")
    hand.wait_until(lambda: bool(server.asked), "the server was asked")
    hand.window.commands.work.cancel()
    hand.wait_until(lambda: told(hand) == "Stopped. Nothing of it was kept.", "it stops")


def test_a_table_with_flaws_says_them_before_anything_is_written(hand: Hand, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("code,name,parent\na,Sea,\nb,Ports,x\n", encoding="utf-8")
    before, seen = hand.window.session.scheme, []

    def look(take: bool, dialog: QDialog) -> None:
        assert isinstance(dialog, TopicsRead)
        seen.append([dialog.flaws.item(n).text() for n in range(dialog.flaws.count())])
        assert not dialog.keep.isChecked(), "another tree takes the place of this one"
        dialog.accept() if take else dialog.reject()

    for take in (False, True):
        hand.answer("topicSource", partial(from_file, hand, table))
        hand.do("import-topics")
        hand.answer("topicsRead", partial(look, take))
        n = len(seen)
        hand.wait_until(lambda n=n: len(seen) > n, "the file is read")  # type: ignore[misc]
        if not take:
            assert hand.window.session.ready.scheme == before
    assert seen[0] == ["line 3: the parent of b, x, is not in the file"]
    hand.wait_until(lambda: tree_of(hand) == {"Sea": (), "Ports": ()}, "the topics are there")


def test_undo_takes_back_the_topic_that_was_given_and_not_what_was_typed(hand: Hand) -> None:
    hand.keys("Ctrl+T")
    hand.type("grain")
    hand.keys("Return")
    tags = hand.window.session
    assert [tag.topic for tag in tags.tags] == ["t:11"]
    hand.keys("Ctrl+Z")
    assert (list(tags.tags), panel(hand).search.text()) == ([], "grain")
    hand.keys("Ctrl+Shift+Z")
    assert [tag.topic for tag in tags.tags] == ["t:11"]
    hand.type("dipl")
    hand.keys("Ctrl+Z")  # what was typed since is taken back first
    assert [tag.topic for tag in tags.tags] == ["t:11"]
    assert panel(hand).search.text() != "dipl"


def test_a_search_that_finds_nothing_in_two_levels_tells_of_the_full_list(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "new.rubric"))
    full = "the full list can be imported"
    for topics, said in (((), True), (TREE, False)):
        session = hand.window.session
        if topics:
            session.run(session.ready.topics.put(topics, "tree.json"))
        hand.keys("Ctrl+T")
        hand.type("grain elevator")
        hand.wait_until(lambda: panel(hand).empty.isVisible(), "nothing is found")
        assert "No topic matches “grain elevator”." in panel(hand).empty.words
        assert (full in panel(hand).empty.words) == said


def test_no_empty_field_beside_the_article_takes_undo_from_the_window(hand: Hand) -> None:
    session, window = hand.window.session, hand.window
    later = [DecisionPanel(session, window), MinePanel(session, window)]  # the window makes them once they are wanted
    left = {}
    for kind in (QLineEdit, QPlainTextEdit):
        for field in window.findChildren(kind):
            press = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            press.ignore()
            QApplication.sendEvent(field, press)
            left[field.objectName() or type(field).__name__] = not press.isAccepted()
    assert {"topicSearch", "NoteField", "mineWhy", "decisionReason"} <= set(left)
    assert [name for name, is_left in left.items() if not is_left] == []
    for made in later:
        made.deleteLater()


def test_ctrl_a_in_the_list_means_the_words_that_were_typed(hand: Hand) -> None:
    search(hand, "road")
    hand.keys("Down", "Ctrl+A")
    hand.type("rail")
    assert panel(hand).search.text() == "rail"
