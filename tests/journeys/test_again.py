"""The list of what to look at again: a click leads into the article, its keys work in the list, F5 goes on and round."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Label
from rubricator_gui import theme
from rubricator_gui.hand import Hand
from rubricator_gui.panels.again import AgainPanel

WORDS = ("Arvenia", "Karesh", "Toll")


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    """Three countries, of which the scheme says since then that they may be a city-state; one person beside them."""
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric"))
    for words in ("Arvenia", "Karesh and", "Toll"):
        start_, _end = kit.at(hand, words)
        hand.drag(start_, start_ + len(words.split()[0]))
        hand.keys("3")
    kit.label(hand, "Lebrune", "1")
    session = hand.window.session
    city = Label("CITY_STATE", "City-state", "CITY", key="z", hue=20)
    session.do(session.ready.schemes.split, "COUNTRY", [city])
    return hand


def opened(hand: Hand) -> AgainPanel:
    hand.keys("F5")
    panel = hand.window.over.again
    assert [place.quote for place in panel.list.listed.places] == list(WORDS)
    return panel


def click(hand: Hand, panel: AgainPanel, row: int, times: int = 1) -> None:
    """Click on a row of the list."""
    viewport = panel.list.viewport()
    at = panel.list.visualRect(panel.list.listed.index(row)).center()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    if times > 1:
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.qWait(1)


def chosen(hand: Hand) -> str:
    found = hand.window.session.chosen_annotation
    return found.quote if found is not None else ""


def left(panel: AgainPanel) -> list[str]:
    return [place.quote for place in panel.list.listed.places]


@pytest.mark.parametrize("times", [1, 2])
def test_a_click_leads_to_the_annotation_and_all_keys_work_on_it(hand: Hand, times: int) -> None:
    panel = opened(hand)
    click(hand, panel, 1, times)
    assert (chosen(hand), QApplication.focusWidget()) == ("Karesh", hand.reader)
    assert panel.list.currentIndex().row() == 1
    hand.keys("Return")
    assert QApplication.focusWidget() is hand.reader, "a label's key would be a letter of the note"
    assert "Enter again writes a note" in hand.window.status._notice.text()
    hand.keys("z")
    assert ("CITY_STATE", "Karesh") in kit.layer(hand)
    assert left(panel) == ["Arvenia", "Toll"]
    hand.keys("F5")
    assert chosen(hand) == "Toll"
    hand.keys("Delete")
    assert left(panel) == ["Arvenia"]
    click(hand, panel, 0)
    hand.keys("Shift+F5")
    assert left(panel) == []


@pytest.mark.parametrize("by", ["click", "Return"])
def test_space_in_the_article_says_that_what_one_just_came_to_is_right_and_goes_on(hand: Hand, by: str) -> None:
    panel = opened(hand)
    if by == "click":
        click(hand, panel, 0)
    else:
        hand.keys("Return")
    assert (chosen(hand), QApplication.focusWidget()) == ("Arvenia", hand.reader)
    hand.keys("Space")
    assert left(panel) == ["Karesh", "Toll"]
    assert (chosen(hand), QApplication.focusWidget()) == ("Karesh", hand.reader)
    hand.keys("Return", "Space")
    assert (left(panel), chosen(hand)) == (["Toll"], "Toll"), "it was told so after Enter"
    hand.click(kit.at(hand, "Lebrune")[0] + 1)
    hand.click(kit.at(hand, "Toll")[0] + 1)
    hand.keys("Space")
    assert left(panel) == ["Toll"], "who went elsewhere reads on"
    hand.keys("Shift+F5")
    assert left(panel) == []


def test_enter_that_is_pressed_again_writes_a_note_which_is_no_look(hand: Hand) -> None:
    panel = opened(hand)
    hand.keys("Return")
    assert QApplication.focusWidget() is hand.reader
    hand.keys("Return", "Return")
    field = hand.window.sections.chosen.note_field
    assert QApplication.focusWidget() is field
    hand.type("hm")
    hand.keys("F5")
    assert QApplication.focusWidget() is hand.reader, "what is typed next would be a note"
    assert (chosen(hand), left(panel)) == ("Karesh", list(WORDS))
    arvenia = next(one for one in hand.window.session.spans if one.quote == "Arvenia")
    assert arvenia.note == "hm"
    click(hand, panel, 0)
    hand.keys("Return", "Return", "Shift+F5")
    assert (chosen(hand), left(panel)) == ("Karesh", ["Karesh", "Toll"])
    assert QApplication.focusWidget() is hand.reader


def test_keys_of_labels_label_in_the_list_and_go_on(hand: Hand) -> None:
    panel = opened(hand)
    assert hand._focus() is panel.list
    hand.keys("z")
    assert ("CITY_STATE", "Arvenia") in kit.layer(hand)
    assert (left(panel), chosen(hand), hand._focus()) == (["Karesh", "Toll"], "Karesh", panel.list)
    hand.keys("3")
    assert ("COUNTRY", "Karesh") in kit.layer(hand)
    assert (left(panel), chosen(hand)) == (["Toll"], "Toll"), "its own label says that it is right"
    hand.keys("Ctrl+Z")
    assert left(panel) == ["Karesh", "Toll"]
    hand.keys("y")
    assert left(panel) == ["Karesh", "Toll"], "a letter that is no key looks for no row"
    assert panel.list.currentIndex().row() == 1
    hand.keys("Delete")
    assert (left(panel), chosen(hand), hand._focus()) == (["Karesh"], "Karesh", panel.list)


def test_f5_goes_on_and_round_and_says_so(hand: Hand) -> None:
    panel = opened(hand)
    hand.reader.setFocus()
    seen = [chosen(hand)]
    for _n in range(3):
        hand.keys("F5")
        seen.append(chosen(hand))
    assert seen == ["Arvenia", "Karesh", "Toll", "Arvenia"]
    assert "on from its top" in hand.window.status._notice.text()
    hand.keys("F5", "F5", "z")
    assert left(panel) == ["Arvenia", "Karesh"]
    hand.keys("F5")
    assert chosen(hand) == "Arvenia", "behind the last comes the first, and not the one before"
    assert "on from its top" in hand.window.status._notice.text()


def test_f5_goes_on_from_what_is_chosen_in_the_article(hand: Hand) -> None:
    panel = opened(hand)
    hand.click(kit.at(hand, "Karesh and")[0] + 1)
    assert panel.list.currentIndex().row() == 1
    hand.keys("F5")
    assert chosen(hand) == "Toll"
    hand.click(kit.at(hand, "Lebrune")[0] + 1)
    hand.keys("Shift+F5")
    assert (chosen(hand), left(panel)) == ("Toll", list(WORDS)), "what is not looked at is not confirmed"
    hand.keys("Shift+F5")
    assert left(panel) == ["Arvenia", "Karesh"]


@pytest.mark.parametrize("key", ["F5", "Shift+F5"])
def test_its_keys_work_in_a_filter_too(hand: Hand, key: str) -> None:
    panel = opened(hand)
    field = hand.window.sections.annotations.filter
    field.setFocus()
    hand.type("note")
    hand.keys(key)
    assert (chosen(hand), QApplication.focusWidget()) == ("Karesh", hand.reader)
    assert len(left(panel)) == (3 if key == "F5" else 2)
    hand.keys("z")
    assert ("CITY_STATE", "Karesh") in kit.layer(hand)


def test_a_comment_is_no_look(hand: Hand) -> None:
    panel = opened(hand)
    session = hand.window.session
    session.comments.add(session.spans[session.chosen or ""], "Is it?")
    assert (left(panel), session.worklist.count()) == (list(WORDS), 3)


def test_the_reason_comes_first_and_whole_the_words_and_then_the_article(hand: Hand) -> None:
    hand.window.resize(1000, 700)
    panel = opened(hand)
    QTest.qWait(20)
    listed, index = panel.list.listed, panel.list.listed.index(0)
    place = listed.places[0]
    assert place.why == "Country or City-state: choose"
    drawn = panel.list.itemDelegate()
    why, words, article = drawn.columns(panel.list.visualRect(index), place)
    assert why.width() >= QFontMetrics(theme.ui_font("row")).horizontalAdvance(place.why)
    assert why.right() < words.left() < words.right() < article.left()
    assert article.width() < words.width()
    tip = str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert [part in tip for part in (place.why, "the plan of Arvenia, Karesh", place.title)] == [True] * 3
    assert panel.count.seen == panel.count.text(), "what is said of the keys is not cut"
    assert panel.count.text().startswith(
        "3 left · a label’s key changes it, Space says it is right (Shift+F5 from elsewhere"
    )
