"""The lists beside the article by keys and mouse: who chooses in one works on what is chosen, and comes back by Esc."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QMenu, QToolButton
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator_gui import theme
from rubricator_gui.hand import Hand
from rubricator_gui.panels.annotations import AnnotationPanel
from rubricator_gui.panels.rows import MARKED


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "harbour.rubric", [kit.STORY, kit.STORY.replace("Arvenia", "Belmora")]))
    for words in ("Arvenia", "Toll"):
        kit.label(hand, words, "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    return hand


def listed(hand: Hand) -> AnnotationPanel:
    return hand.window.sections.annotations


def quote(hand: Hand) -> str:
    chosen = hand.window.session.chosen_annotation
    return chosen.quote if chosen is not None else ""


def ask_menu(view: QAbstractItemView, row: int) -> None:
    """Press the right button on a row."""
    place = view.visualRect(view.model().index(row, 0)).center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, place, view.viewport().mapToGlobal(place)))


def words_of(menu: QMenu) -> list[str]:
    return [action.text().partition("\t")[0] for action in menu.actions() if action.text()]


def test_enter_in_the_filter_chooses_the_first_match_and_the_next_one_opens_its_note(hand: Hand) -> None:
    hand.keys("Ctrl+Shift+S")
    hand.type("tol")
    assert quote(hand) == "Arvenia"
    hand.keys("Return")
    assert quote(hand) == "Toll"
    assert listed(hand).view.hasFocus()
    hand.keys("Return")
    assert hand.window.sections.chosen.note_field.hasFocus()
    hand.type("1: see 2")
    hand.keys("Return")
    assert hand.reader.hasFocus()
    assert quote(hand) == "Toll"
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("COUNTRY", "Toll")], "a note is no key of a label"
    assert hand.window.session.chosen_annotation.note == "1: see 2"
    hand.keys("Ctrl+Shift+S", "Return", "Escape", "Escape")
    assert hand.reader.hasFocus(), "the way to the article"
    hand.keys("Ctrl+Shift+S")
    hand.type("arv")
    hand.keys("Down")
    assert quote(hand) == "Arvenia", "what is done next is done with it"


def test_enter_in_the_filter_takes_what_is_just_what_was_typed_before_what_holds_it(hand: Hand) -> None:
    kit.drag(hand, "Sund grain corridor")
    hand.keys("5")
    kit.drag(hand, "of Arvenia, Karesh and Toll")
    hand.keys("5")
    hand.click(kit.at(hand, "Arvenia")[0])
    hand.keys("Ctrl+Shift+S")
    hand.type("TOLL")
    QTest.qWait(200)
    view = listed(hand).view
    rows = [view.model().index(row, 0) for row in range(view.model().rowCount())]
    assert [row.data() for row in rows] == ["of Arvenia, Karesh and Toll", "Toll"]
    assert [bool(row.data(MARKED)) for row in rows] == [False, True], "one sees what Enter takes"
    assert view.currentIndex() == rows[1]
    hand.keys("Return")
    assert quote(hand) == "Toll"
    hand.keys("Ctrl+Shift+S")
    hand.type("Arvenia label:country")
    hand.keys("Return")
    assert quote(hand) == "Arvenia"


def test_of_several_that_are_just_what_was_typed_enter_takes_the_first_from_the_place_on(
    start: Start, tmp_path: Path
) -> None:
    hand = start(kit.project(tmp_path / "toll.rubric", ["Toll met Ben of Toll.\nBen left Toll.\n"]))
    for nth in range(3):
        kit.label(hand, "Toll", "3", nth)
    for place, taken in (("met", 1), ("of", 1), ("left", 2), ("Toll", 0)):
        hand.keys("Escape", "Escape")
        hand.click(kit.at(hand, place)[0])
        hand.keys("Ctrl+Shift+S")
        hand.type("toll")
        hand.keys("Return")
        assert hand.window.session.chosen_annotation.start == kit.at(hand, "Toll", taken)[0], place
        hand.keys("Escape", "Escape")


def test_the_list_takes_the_keys_of_the_article(hand: Hand) -> None:
    hand.keys("Ctrl+Shift+S", "Down")
    view = listed(hand).view
    assert quote(hand) == "Arvenia"
    hand.keys("1")
    assert kit.layer(hand) == [("PERSON", "Arvenia"), ("COUNTRY", "Toll")]
    assert view.hasFocus(), "one goes on in the list"
    hand.keys("Down", "2")
    assert kit.layer(hand) == [("PERSON", "Arvenia"), ("ORGANIZATION", "Toll")]
    hand.keys("v")
    assert quote(hand) == "Toll", "a letter that is no label's goes nowhere"
    hand.type(":")
    assert view.hasFocus(), "the article has the keys no more than before"
    assert "no key of a label" in hand.window.status.notice
    hand.keys("Ctrl+A")
    assert hand.window.session.selection is None
    hand.keys("F2", "Shift+Ctrl+Right", "Return")
    assert hand.reader.hasFocus()
    assert kit.layer(hand)[1] == ("ORGANIZATION", "oll")
    hand.window.session.choose(None)
    view.setFocus()
    hand.keys("1")
    assert "Enter chooses the annotation" in hand.window.status.notice
    assert kit.layer(hand)[1] == ("ORGANIZATION", "oll"), "a row that is merely current stays as it is"
    assert hand.window.session.sticky is None


def test_the_status_line_tells_the_keys_that_do_in_the_list_what_they_do_in_the_article(hand: Hand) -> None:
    place = hand.window.status._place
    there = place.text()
    assert there.endswith("Delete deletes, a label's key relabels")
    view = listed(hand).view
    hand.click_on(view.viewport(), view.visualRect(view.model().index(0, 0)).center())
    assert view.hasFocus()
    assert place.text() == there
    hand.keys("Ctrl+Shift+S")
    assert "Delete" not in place.text(), "the field has no such keys"
    suggestions = hand.window.sections.suggestions.view
    hand.wait_until(lambda: bool(hand.window.session.offers), "something is offered")
    hand.window.side.bring("suggestions")
    suggestions.setFocus()
    hand.keys("End")
    assert "Space accepts, Delete rejects" in place.text()
    listed(hand).filter.setFocus()
    assert "Space" not in place.text()


@pytest.mark.parametrize("name", ["annotations", "suggestions"])
def test_esc_in_a_list_leads_to_the_article_and_what_is_held_stays_so(hand: Hand, name: str) -> None:
    session = hand.window.session
    hand.wait_until(lambda: bool(session.offers), "something is offered")
    hand.window.side.bring(name)
    view = listed(hand).view if name == "annotations" else hand.window.sections.suggestions.view
    for _once in range(2):
        hand.click_on(view.viewport(), view.visualRect(view.model().index(0, 0)).center())
        held = (session.chosen, session.offered)
        assert held != (None, None)
        assert view.hasFocus()
        hand.keys("Escape")
        assert hand.reader.hasFocus()
        assert (session.chosen, session.offered) == held, "a second one, there, lets go of it"
        hand.keys("Escape")
        assert (session.chosen, session.offered) == (None, None)


def test_shift_delete_in_the_list_asks_for_all_identical_mentions_as_in_the_text(hand: Hand) -> None:
    for words in ("PORT VELIS", "Port Velis"):
        kit.label(hand, words, "3")
    four = kit.layer(hand)
    hand.keys("Ctrl+Shift+S")
    hand.type("port")
    hand.keys("Return")
    asked: list[str] = []

    def answer(key: str) -> Callable[[QDialog], None]:
        def act(dialog: QDialog) -> None:
            asked.append(dialog.windowTitle())
            hand.keys(key)

        return act

    for key in ("Escape", "Return"):
        hand.answer("mentionDialog", answer(key))
        hand.keys("Shift+Delete")
        assert len(kit.layer(hand)) == len(four) - (2 if key == "Return" else 0)
    assert asked == ["Delete all identical mentions"] * 2


def test_the_filter_ends_with_esc_and_with_its_article_and_project(hand: Hand, tmp_path: Path) -> None:
    panel, session = listed(hand), hand.window.session
    hand.keys("Ctrl+Shift+S")
    hand.type("tol")
    hand.keys("Return", "Escape")
    assert panel.filter.text() == ""
    assert panel.view.model().rowCount() == 2
    assert panel.view.hasFocus()
    hand.keys("Escape")
    assert hand.reader.hasFocus()
    for leave in ("next", "other"):
        session.show_article("a1")
        hand.keys("Ctrl+Shift+S")
        hand.type("tol")
        hand.keys("Return")
        assert panel.view.model().rowCount() == 1
        if leave == "next":
            hand.do("next")
        else:
            session.open(kit.project(tmp_path / "other.rubric"))
        assert panel.filter.text() == ""
        assert not panel._model.filtered


@pytest.mark.parametrize("size", [(1366, 768), (1000, 700)])
def test_while_a_filter_stands_it_is_said_how_many_it_finds(hand: Hand, size: tuple[int, int]) -> None:
    hand.show(*size)
    panel = listed(hand)
    hand.keys("Ctrl+Shift+S")
    assert not panel.found.isVisible()
    hand.type("tol")
    QTest.qWait(200)
    assert (panel.found.isVisible(), panel.found.text()) == (True, "1 of 2")
    assert panel.found.visibleRegion().boundingRect().size() == panel.found.size()
    wide = panel.filter.width()
    hand.type("x")
    QTest.qWait(200)
    assert (panel.found.text(), panel.filter.width()) == ("0 of 2", wide)
    hand.keys("Escape")
    assert not panel.found.isVisible()


@pytest.mark.parametrize("size", [(2300, 1400), (1600, 900), (1000, 700)])
@pytest.mark.parametrize("way", ["words", "cross", "Esc"])
def test_what_a_filter_hides_is_shown_again_by_words_by_the_cross_and_by_esc(
    hand: Hand, size: tuple[int, int], way: str
) -> None:
    hand.show(*size)
    panel = listed(hand)
    hand.keys("Ctrl+Shift+S")
    assert not panel.all.isVisible()
    hand.type("tol")
    hand.keys("Return")
    assert panel.view.hasFocus()
    assert panel.view.model().rowCount() == 1
    assert (panel.all.isVisible(), panel.all.text()) == (True, "Show all")
    assert panel.all.visibleRegion().boundingRect().size() == panel.all.size()
    cross = max(panel.filter.findChildren(QToolButton), key=lambda one: one.x())  # behind the words; the glass before
    assert cross.isVisible()
    assert min(cross.width(), cross.height()) >= 4 * theme.unit()
    if way == "Esc":
        hand.keys("Escape")
    else:
        hand.click_on(panel.all if way == "words" else cross)
    assert (panel.filter.text(), panel.view.model().rowCount()) == ("", 2)
    assert not panel.all.isVisible()
    chosen = hand.window.session.chosen_annotation
    assert chosen is not None
    assert chosen.quote == "Toll"


@pytest.mark.parametrize("key", ["Ctrl+Z", "Delete"])
def test_a_filter_whose_last_row_goes_ends_with_two_esc_and_its_undo_is_that_of_the_article(
    hand: Hand, key: str
) -> None:
    hand.keys("Ctrl+Shift+S")
    hand.type("toll")
    hand.keys("Return", key)
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    back = "Ctrl+Shift+Z" if key == "Ctrl+Z" else "Ctrl+Z"
    hand.keys(back)
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("COUNTRY", "Toll")]
    assert listed(hand).filter.text() == "toll"
    hand.keys("Ctrl+Z" if key == "Ctrl+Z" else "Ctrl+Shift+Z", "Escape", "Escape")
    assert hand.reader.hasFocus()
    assert listed(hand).filter.text() == ""
    hand.keys("Ctrl+Home", "Tab")
    assert hand.reader.hasFocus()
    assert hand.window.session.current is not None


def test_the_text_has_the_keys_where_nothing_is_left_in_the_list(hand: Hand) -> None:
    listed(hand).view.setFocus()
    hand.keys("Home", "Delete", "Delete")
    assert kit.layer(hand) == []
    assert hand.reader.hasFocus()


def test_the_next_article_has_no_filter_and_no_key_brings_it_back(hand: Hand) -> None:
    panel = listed(hand)
    hand.keys("Ctrl+Shift+S")
    hand.type("toll")
    hand.keys("Return")
    hand.click(kit.at(hand, "Karesh", 1)[0])
    hand.keys("2", "Ctrl+Return")
    assert hand.window.session.article.id == "a2"
    assert (panel.filter.text(), panel._model.filtered) == ("", False)
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+Shift+S", "Ctrl+Z")
    assert panel.filter.text() == ""


def test_the_chosen_row_is_seen_when_the_filter_is_emptied(hand: Hand) -> None:
    panel, session = listed(hand), hand.window.session
    letters = [Span.of(n, n + 1) for n, char in enumerate(session.text) if char.isalpha()]
    session.run(session.ready.annotate(session.article.id, "PERSON", letters[:150], exact=True))
    hand.keys("Ctrl+Shift+S")
    hand.type("toll")
    hand.keys("Return", "Escape")
    QTest.qWait(20)
    row = panel.view.visualRect(panel.view.currentIndex())
    assert panel.view.model().rowCount() == 152
    assert panel.view.currentIndex().data() == "Toll"
    assert row.top() >= 0
    assert row.bottom() < panel.view.viewport().height()


@pytest.mark.parametrize("name", ["annotations", "topics", "entities"])
def test_one_esc_empties_and_the_next_goes_back_to_the_article(hand: Hand, name: str) -> None:
    if name == "entities":
        hand.window.session.linking.choose_entity([hand.window.session.chosen_annotation], "Arvenia")
        hand.do("entities")
    hand.window.side.bring(name)
    section = hand.window.sections._asdict()[name]
    field = section.filter if name == "annotations" else section.search
    lists = section.tree if name == "topics" else section.view
    for widget in (field, lists):
        field.setFocus()
        hand.type("war" if name == "topics" else "arv")
        widget.setFocus()
        hand.keys("Escape")
        assert field.text() == "", widget
        assert section.isAncestorOf(QApplication.focusWidget()), widget
        hand.keys("Escape")
        assert hand.reader.hasFocus(), widget


def test_f6_leads_into_panels_from_which_esc_and_labels_lead_back(hand: Hand) -> None:
    for key in ("Escape", "1"):
        hand.reader.setFocus()
        for _pane in range(3):  # labels, the list, the card
            hand.keys("F6")
        assert QApplication.focusWidget() is hand.window.sections.chosen._header
        hand.keys(key)
        assert hand.reader.hasFocus()
    assert kit.layer(hand)[0] == ("PERSON", "Arvenia")


def test_the_right_button_offers_what_can_be_done_with_an_annotation_and_an_article(hand: Hand) -> None:
    window = hand.window
    ask_menu(listed(hand).view, 1)
    menu = window.findChild(QMenu, "articleMenu")
    assert menu is not None
    assert quote(hand) == "Toll"
    assert {"Delete annotation", "Comment…", "Link to an entity…"} <= set(words_of(menu))
    menu.close()
    ask_menu(window.articles.view, 1)
    menu = window.findChild(QMenu, "articleListMenu")
    assert menu is not None
    assert window.session.article.id == "a2"
    assert words_of(menu) == ["Finish and go on", "Skip", "Flag", "Take the article out"]
    menu.close()


@pytest.mark.parametrize("size", [(1000, 700), (1440, 900)])
def test_topics_given_are_seen_while_a_search_finds_nothing(hand: Hand, size: tuple[int, int]) -> None:
    hand.show(*size)
    panel = hand.window.sections.topics
    hand.keys("Ctrl+T")
    hand.type("peace")
    hand.keys("Return")
    hand.type("xqz")
    QTest.qWait(20)
    assert panel.empty.isVisible()
    chip = panel.chips.chips[0]
    assert chip.visibleRegion().boundingRect().size() == chip.size()
    button = panel.empty.button
    assert button.isVisible()
    assert button.mapTo(panel, QPoint(0, button.height())).y() <= panel.height(), "and what can be done about it"


def test_what_was_just_labelled_at_the_end_is_seen_in_the_list(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    names = [f"Name{n}" for n in range(60)]
    hand = start(kit.project(tmp_path / "p.rubric", [" met ".join(names) + ".\n"]))
    panel = hand.window.sections.annotations
    for name in names:
        kit.label(hand, name, "1")
        QTest.qWait(1)
        row = panel.view.visualRect(panel.view.model().index(panel.view.model().rowCount() - 1, 0))
        assert panel.view.viewport().rect().contains(row), name


def test_after_many_were_labelled_the_list_shows_those_on_the_screen(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "".join(f"Nobody in Arvenia asked for it, {n} times.\n\n" for n in range(80))
    hand = start(kit.project(tmp_path / "many.rubric", [text]))
    hand.window.side.bring("annotations")
    kit.label(hand, "Arvenia", "3")
    session, view = hand.window.session, listed(hand).view
    hand.wait_until(lambda: len(session.offers) >= 79, "the others are offered")
    hand.keys("Esc", "Ctrl+Home")
    hand.reader.accept_all()
    QTest.qWait(100)
    assert view.model().rowCount() >= 80
    assert view.indexAt(QPoint(5, 5)).row() < 20, "the article is at its beginning"
