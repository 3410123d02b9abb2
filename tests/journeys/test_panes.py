"""Panels and the keys: where the focus goes, how much room the panels take, what the window says about them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QSplitter, QToolTip
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator.settings import Memory
from rubricator_gui import theme
from rubricator_gui.hand import Hand
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.fact_line import line_height
from rubricator_gui.panels.searchfield import SearchField
from rubricator_gui.panels.section import Section
from rubricator_gui.panels.side import Side
from rubricator_gui.panels.status import NOTICE_STANDS
from rubricator_gui.panels.topics import TopicPanel


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "harbour.rubric", [kit.STORY, kit.STORY.replace("Arvenia", "Belmora")]))


def place(hand: Hand) -> str:
    """Return what the status line says of what is chosen."""
    return hand.window.status._place.text()


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 800), (1000, 700)])
def test_what_hides_gives_the_keys_back_to_the_text(hand: Hand, size: tuple[int, int]) -> None:
    window, reader = hand.window, hand.window.reader
    hand.show(*size)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    hand.keys("Ctrl+H")
    window.sections.history.view.setFocus()
    assert "label's key" not in place(hand), "it is no key of a list"
    hand.keys("Ctrl+H")
    assert QApplication.focusWidget() is reader
    hand.keys("Ctrl+T")
    assert QApplication.focusWidget() is window.sections.topics.search
    hand.keys("Ctrl+H")  # its tab hides the topics; in a large window it stands beside them
    hand.keys("Ctrl+H", "Ctrl+T", "F10")
    assert QApplication.focusWidget() is reader
    hand.keys("F9" if window.list.isHidden() else "F6")
    window.articles.filter.setFocus()
    hand.keys("F9")
    assert QApplication.focusWidget() is reader
    assert size[0] < 1120 or "label's key relabels" in place(hand)
    hand.keys("1")
    assert kit.layer(hand) == [("PERSON", "Arvenia")]


def test_who_clicked_a_tab_goes_into_it_with_tab_or_on_labelling(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    side = hand.window.side
    bar = side._tabs
    hand.keys("Ctrl+T")
    hand.click_on(bar, bar.tabRect(0).center())
    annotations = hand.window.sections.annotations
    assert annotations.isVisible()
    hand.keys("Tab")
    assert QApplication.focusWidget() is annotations.filter
    hand.type("label:per")
    assert annotations.filter.text() == "label:per"
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    begin = hand.window.session.text.index("Karesh")
    hand.window.session.select(Span.of(begin, begin + len("Karesh")))
    hand.click_on(bar, bar.tabRect(1).center())
    hand.keys("3")
    assert QApplication.focusWidget() is hand.window.reader
    assert sorted(kit.layer(hand)) == [("COUNTRY", "Arvenia"), ("COUNTRY", "Karesh")]
    hand.click_on(bar, bar.tabRect(0).center())
    hand.keys("Esc")
    assert QApplication.focusWidget() is hand.window.reader
    made = kit.layer(hand)
    hand.click_on(bar, bar.tabRect(1).center())
    hand.keys("Space", "Return", "Delete")
    assert kit.layer(hand) == made, "these are the tab’s"
    assert QApplication.focusWidget() is bar
    hand.keys("Ctrl+Tab")
    assert side.current == "topics"


def test_who_clicked_a_tab_moves_in_the_article_with_its_keys(hand: Hand) -> None:
    reader, session, bar = hand.reader, hand.window.session, hand.window.side._tabs
    size = len(session.text)

    def after(keys: str) -> int:
        hand.click_on(bar, bar.tabRect(bar.currentIndex()).center())
        assert QApplication.focusWidget() is bar
        hand.keys(keys)
        return reader.caret()

    hand.click(5)
    assert after("Ctrl+End") == size
    assert QApplication.focusWidget() is reader
    assert after("Ctrl+Home") == 0
    assert after("PgDown") > 0
    assert after("PgUp") == 0
    assert after("Down") > 0
    hand.keys("Ctrl+Home")
    after("Ctrl+Shift+Right")
    assert session.selection is not None
    after("F2")
    assert "Borders" in place(hand)
    hand.keys("Esc", "Esc")
    after("Ctrl+A")
    assert session.selection is not None
    assert session.selection.quote(session.text).endswith("Karesh and Toll"), "the whole article"
    hand.keys("Esc")
    caret = reader.caret()
    for key in ("Home", "End", "Left", "Right", "Shift"):
        assert after(key) == caret
        assert QApplication.focusWidget() is bar, f"{key} is the tabs’"


def test_tab_leads_past_an_empty_panel(hand: Hand) -> None:
    side = hand.window.side
    bar = side._tabs
    hand.click_on(bar, bar.tabRect(0).center())
    assert not hand.window.sections.annotations.filter.isVisible(), "nothing is labelled"
    hand.keys("Tab")
    assert QApplication.focusWidget() is not bar


def test_the_row_of_what_is_chosen_is_seen_in_another_tab_and_height(hand: Hand) -> None:
    session = hand.window.session
    letters = [Span.of(n, n + 1) for n, char in enumerate(session.text) if char.isalpha()]
    session.run(session.ready.annotate(session.article.id, "PERSON", letters[:120], exact=True))
    hand.keys("Ctrl+T", "Esc")
    session.choose(list(session.spans)[60].id)
    hand.window.side.bring("annotations")
    rows = hand.window.sections.annotations.view

    def seen() -> bool:
        row = rows.visualRect(rows.currentIndex())
        return row.isValid() and row.top() >= 0 and row.bottom() < rows.viewport().height()

    hand.wait_until(seen, "the chosen row is seen")
    hand.window.resize(hand.window.width(), hand.window.height() - 60)
    hand.wait_until(seen, "and in a lower window")


def test_another_tab_by_key_keeps_the_keys_in_the_panels(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    hand.keys("Ctrl+T", "Ctrl+Shift+Tab")
    side = hand.window.side
    assert side.current == "suggestions"
    assert side.isAncestorOf(QApplication.focusWidget())
    hand.keys("Ctrl+Shift+Tab")
    assert side.current == "annotations"
    hand.type("label:per")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    hand.keys("Ctrl+T")
    assert QApplication.focusWidget() is hand.window.sections.topics.search
    hand.keys("Ctrl+Shift+S")
    assert QApplication.focusWidget() is hand.window.sections.annotations.filter


def test_a_key_whose_action_cannot_be_done_says_why(hand: Hand) -> None:
    status = hand.window.status
    for key, words in (
        ("Ctrl+U", "Link to an entity: no annotation is chosen."),
        ("Ctrl+M", "Comment: no annotation is chosen."),
        ("Ctrl+Shift+T", "Evidence for a topic: neither words nor an annotation are chosen."),
        ("Ctrl+Shift+Z", "Redo: nothing to redo."),
    ):
        hand.keys(key)
        assert status.notice == words
    hand.keys("F8")
    hand.wait_until(lambda: hand.window.reviewer.on, "the review")
    hand.keys("Ctrl+Shift+S")
    assert status.notice == "Find an annotation: not while one reviews."


def test_who_types_in_a_panel_goes_on_when_the_panels_are_arranged_anew(hand: Hand) -> None:
    hand.keys("Ctrl+T")
    hand.window.resize(1280, 800)
    hand.wait_until(lambda: hand.window.panes._size == "medium", "the panes are arranged")
    assert QApplication.focusWidget() is hand.window.sections.topics.search


def three_topics(hand: Hand) -> TopicPanel:
    for words in ("peace", "international relations", "conflict"):
        hand.keys("Ctrl+T")
        hand.type(words)
        hand.keys("Return")
    hand.keys("Escape", "Escape")
    return hand.window.sections.topics


@pytest.mark.parametrize(("size", "rows"), [((1600, 960), 4), ((1440, 900), 3), ((1280, 800), 2.5), ((1100, 750), 5)])
def test_nothing_moves_where_another_tab_is_shown_or_something_is_chosen_and_topics_have_room(
    hand: Hand, size: tuple[int, int], rows: float
) -> None:
    window = hand.window
    hand.show(*size)
    panel = three_topics(hand)
    kit.label(hand, "Arvenia", "3")
    hand.keys("Escape")
    bar = window.side._tabs

    def stands() -> list[int]:
        QTest.qWait(40)
        return [part.mapTo(window, QPoint()).y() for part in (bar, bar.pages)]

    window.side.bring("annotations")
    stood, card = stands(), window.sections.chosen
    assert card.mapTo(window, QPoint()).y() >= stood[1] + bar.pages.height(), "below the lists"
    hand.click_on(bar, bar.tabRect(bar.count() - 1).center())
    assert window.side.current == "topics"
    assert stands() == stood
    hand.click(kit.at(hand, "Arvenia")[0])
    assert stands() == stood
    assert card.isVisible()
    assert panel.tree.height() >= rows * panel.tree.sizeHintForRow(0)
    hand.keys("Escape")
    assert stands() == stood


@pytest.mark.parametrize("size", [(1000, 700), (1280, 800), (1440, 900), (1920, 1080)])
def test_no_line_of_the_card_is_cut_through(hand: Hand, size: tuple[int, int]) -> None:
    session, card = hand.window.session, hand.window.sections.chosen
    hand.show(*size)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    session.linking.choose_entity([session.chosen_annotation], "Arvenia")
    session.comments.add(session.chosen_annotation, "Is it the state?")
    card._by.say("Labelled by anna, 14 September, 18:41 · changed by benedict · under version 1 of the scheme")
    assert len(card._by.lines()) > 1
    QTest.qWait(40)
    words = [card._title, card._by, card.entity, card.comments]
    bar = card._said.verticalScrollBar()
    for step in range(bar.maximum() + 1):
        bar.setValue(step)
        for part in words:
            seen = part.visibleRegion().boundingRect().height()
            assert seen in {0, part.height()} or seen % line_height() == 0, (part, step)
    assert card.comments.visibleRegion().boundingRect().height() == card.comments.height(), "the last is seen"
    if size == (1920, 1080):
        assert not bar.maximum(), "all of it is seen"


@pytest.mark.parametrize("tab", ["annotations", "topics"])
def test_nothing_moves_where_an_annotation_is_chosen_and_all_of_it_is_seen(hand: Hand, tab: str) -> None:
    window, session = hand.window, hand.window.session
    hand.show(1600, 960)
    panel, card = three_topics(hand), window.sections.chosen
    kit.label(hand, "Arvenia", "3")
    hand.keys("Escape")
    window.side.bring(tab)
    QTest.qWait(30)
    sections = [one for one in window.sections[:3] if tab == "annotations" or one is not card]
    stood = [section.geometry() for section in sections]
    hand.click(kit.at(hand, "Arvenia")[0])
    session.linking.choose_entity([session.chosen_annotation], "Arvenia")
    hand.wait_until(card.note_field.isVisible, "the card is open")
    QTest.qWait(30)
    assert [section.geometry() for section in sections] == stood
    parts = [card._head, card._title, card._place, card._by, card.entity]
    if tab == "topics":
        parts += panel.chips.chips
        assert len(panel.chips.chips) == 3
        assert panel.tree.height() >= 4 * panel.tree.sizeHintForRow(0)
    for part in parts:
        assert part.visibleRegion().boundingRect().size() == part.size(), "whole"


@pytest.mark.parametrize("size", [(1366, 740), (1440, 876), (1600, 960)])
def test_the_note_stands_still_when_more_is_said_of_an_annotation(hand: Hand, size: tuple[int, int]) -> None:
    """Who clicks where it just was, and misses it, would relabel with each letter typed."""
    session, field = hand.window.session, hand.window.sections.chosen.note_field
    hand.show(*size)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])

    def stands() -> QRect:
        QTest.qWait(40)
        return QRect(field.mapTo(hand.window, QPoint()), field.size())

    stood = stands()
    session.linking.choose_entity([session.chosen_annotation], "Arvenia")
    assert stands() == stood
    session.comments.add(session.chosen_annotation, "Is it the state?")
    assert stands() == stood


def test_who_writes_a_note_reads_which_key_keeps_it(hand: Hand) -> None:
    card = hand.window.sections.chosen
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    assert card._header.note == ""
    hand.do("note")
    assert (card.note_field.hasFocus(), card._header.note) == (True, "Enter keeps the note")
    hand.type("the state?")
    assert card._header.note == "Enter keeps the note"
    hand.keys("Return")
    assert (hand.reader.hasFocus(), card._header.note) == (True, "")
    assert hand.window.session.chosen_annotation.note == "the state?"


def test_all_topics_are_seen_in_a_window_that_was_made_narrow(hand: Hand) -> None:
    hand.show(1600, 960)
    panel = three_topics(hand)
    hand.show(1000, 700)
    hand.window.side.bring("topics")
    hand.wait_until(lambda: panel._given.verticalScrollBar().maximum() == 0, "there is room for three lines")
    assert all(chip.visibleRegion().boundingRect().size() == chip.size() for chip in panel.chips.chips)


@pytest.mark.parametrize("height", [876, 900])
def test_three_topics_have_two_lines_in_a_low_window(hand: Hand, height: int) -> None:
    hand.show(1440, height)
    hand.window.side.bring("topics")
    panel = three_topics(hand)
    hand.wait_until(lambda: panel._given.verticalScrollBar().maximum() == 0, "there is room for two lines")
    assert len(panel.chips.chips) == 3
    assert all(chip.visibleRegion().boundingRect().size() == chip.size() for chip in panel.chips.chips)
    assert panel.tree.height() >= 2 * panel.tree.sizeHintForRow(0), "and for topics to choose from"


def test_labels_stand_in_two_columns_or_closer_where_many_leave_no_room(hand: Hand) -> None:
    view = hand.window.sections.labels.view
    rows, model = view.verticalHeader(), view.model()
    for size, columns, high in (
        ((1600, 960), 2, 24),
        ((1600, 1400), 1, 24),
        ((1440, 860), 2, 20),
        ((1280, 860), 2, 20),
        ((1920, 1080), 2, 24),
        ((2400, 1300), 1, 24),
    ):
        hand.show(*size)
        hand.wait_until(lambda columns=columns: model.columnCount() == columns, f"{columns} columns at {size}")
        assert rows.defaultSectionSize() * 4 == high * theme.unit(), size
        hand.wait_until(lambda: view.verticalScrollBar().maximum() == 0, f"all are seen at {size}")
        assert whole_labels(hand) == 20


def test_the_note_takes_a_second_line_when_it_is_written_in(hand: Hand) -> None:
    field = hand.window.sections.chosen.note_field
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    one = field.height()
    hand.keys("Return")
    assert QApplication.focusWidget() is field
    two = field.height()
    assert two > one
    hand.type("short")
    hand.keys("Return")
    assert QApplication.focusWidget() is hand.reader, "the keys are the article's again"
    assert field.height() == one
    hand.keys("Return")
    hand.type("er")
    hand.keys("Escape")
    assert QApplication.focusWidget() is hand.reader
    assert [a.note for a in hand.window.session.spans] == ["shorter"], "what was typed is never lost"
    hand.keys("Ctrl+Z")
    assert [a.note for a in hand.window.session.spans] == ["short"]
    hand.window.session.labelling.write_note("long enough for a second line " * 3)
    assert field.height() == two


@pytest.mark.parametrize("size", [(1366, 768), (1440, 900)])
def test_a_note_grows_into_the_free_room_of_the_card_and_shows_its_beginning(hand: Hand, size: tuple[int, int]) -> None:
    hand.show(*size)
    card = hand.window.sections.chosen
    field, bar = card.note_field, card.note_field.verticalScrollBar()
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])

    def foot() -> int:
        QTest.qWait(20)
        return field.mapTo(hand.window, field.rect().bottomLeft()).y()

    stood = foot()

    def write(*lines: str) -> None:
        for line in lines:
            hand.keys("Shift+Return")
            hand.type(line)

    hand.keys("Return")
    hand.type("One")
    write("two", "three")
    assert foot() == stood, "it grows upwards"
    assert bar.maximum() == 0, "all of it is seen"
    assert (field.height(), card._said.below) == (field.room(3), 0)
    write(*"456789")
    assert foot() == stood
    assert bar.value() == bar.maximum() > 0, "no more than there is room for"
    assert card._said.below == 0, "nothing is hidden by it"
    hand.keys("Return")
    assert hand.reader.hasFocus()
    assert bar.value() == 0, "its beginning"
    hand.keys("Return")
    assert bar.value() == bar.maximum(), "one goes on where one wrote"


def test_what_is_folded_leaves_its_room_to_the_others_also_after_a_border_was_moved(hand: Hand) -> None:
    window = hand.window
    hand.show(1600, 960)
    side, card = window.side, window.sections.chosen
    splitter = card.parentWidget()
    assert isinstance(splitter, QSplitter)
    splitter.moveSplitter(splitter.height() - 200, 2)
    assert card.height() == 200 - splitter.handleWidth()
    hand.click_on(card._header)
    hand.wait_until(lambda: card.height() < 60, "only its heading is left")
    tabs = splitter.widget(1)

    def gap() -> int:
        return card.mapTo(side, QPoint()).y() - tabs.mapTo(side, QPoint(0, tabs.height())).y()

    hand.wait_until(lambda: gap() <= splitter.handleWidth(), "no gap")
    assert side.rect().bottom() - card.mapTo(side, card.rect().bottomLeft()).y() <= 2


def test_enter_presses_the_button_that_has_the_focus(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "empty.rubric", []))
    pressed: list[str] = []
    hand.window.empty.pressed.disconnect()
    hand.window.empty.pressed.connect(partial(pressed.append, "import"))
    button = hand.window.empty.button
    button.setFocus()
    hand.keys("Return", "Enter")
    assert len(pressed) == 2


def test_the_filter_of_the_articles_has_a_key_at_every_size(hand: Hand) -> None:
    for size in ((1600, 960), (1000, 700)):
        hand.show(*size)
        hand.reader.setFocus()
        hand.keys("Ctrl+Shift+F")
        field = hand.window.articles.filter
        assert field.isVisible()
        assert QApplication.focusWidget() is field


def test_labels_come_back_when_topics_are_left_with_one_esc(hand: Hand) -> None:
    window = hand.window
    hand.show(1000, 700)
    window.side.bring("labels")
    hand.keys("Ctrl+T")
    hand.type("peace")
    hand.keys("Return", "Escape")
    assert QApplication.focusWidget() is hand.reader
    assert window.side.current == "labels"
    hand.keys("Ctrl+T")
    hand.type("pol")
    hand.keys("Down", "Down", "Escape")
    assert window.sections.topics.search.text() == "", "one Esc empties"
    hand.keys("Escape")
    assert QApplication.focusWidget() is hand.reader, "the next one goes back"
    window.side.bring("topics")
    bar = window.side._tabs
    hand.click_on(bar, bar.tabRect(1).center())
    assert window.side.current == "annotations", "who chose another tab keeps it"


def test_letters_typed_in_a_menu_find_its_entries(hand: Hand) -> None:
    menu = next(
        one for one in hand.window.menuBar().findChildren(QMenu) if hand.window.actions["dark"] in one.actions()
    )
    menu.popup(hand.window.mapToGlobal(QPoint(10, 10)))
    QTest.keyClicks(menu, "dar")
    assert menu.activeAction() is hand.window.actions["dark"]
    menu.close()


def test_a_card_that_was_folded_by_hand_stays_folded(hand: Hand) -> None:
    card = hand.window.sections.chosen
    card.fold()
    hand.keys("Ctrl+T", "Escape")
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    QTest.qWait(30)
    assert card.is_folded


@pytest.mark.parametrize("size", [(1000, 700), (1366, 768)])
def test_history_called_for_and_taken_away_leads_back_to_the_tab_that_was_there(
    start: Start, tmp_path: Path, size: tuple[int, int]
) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric"), *size)
    side = hand.window.side
    for name in ("topics", "suggestions", "annotations"):
        side.bring(name)
        hand.keys("Ctrl+H")
        assert side.current == "history"
        hand.keys("Ctrl+H")
        assert side.current == name
    hand.keys("Ctrl+H")
    side.bring("topics")
    hand.do("history")
    assert side.current == "history", "it was behind: nobody takes away what is not seen"
    hand.do("history")
    assert not side.on_top("history")


LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3


@pytest.mark.parametrize("size", [(1000, 700), (1280, 800), (1600, 1000), (1920, 1400)])
def test_the_side_never_widens(start: Start, tmp_path: Path, size: tuple[int, int]) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "long.rubric", [f"{LONG} and Arvenia.\n\n{kit.STORY}{LONG} again.\n"]))
    window, session = hand.window, hand.window.session
    hand.show(*size)
    wide = (window.side.width(), window.reader.width())

    def same(what: str) -> None:
        QTest.qWait(40)
        assert (window.side.width(), window.reader.width()) == wide, what

    kit.label(hand, LONG, "3")
    same("a selection with radar")
    hand.click(kit.at(hand, LONG)[0] + 2)
    session.linking.choose_entity([session.chosen_annotation], LONG)
    session.comments.add(session.chosen_annotation, LONG)
    session.labelling.write_note(LONG)
    same("a card with all that can be said")
    for name in ("history", "entities"):
        hand.do(name)
        same(name)
    for name, section in window.sections._asdict().items():
        window.side.bring(name)
        same(name)
        for field in section.findChildren(SearchField):
            field.setText(LONG)
            same(f"{name} without hits")
            for pane in section.findChildren(EmptyPane):
                for button in pane.findChildren(QPushButton):
                    if button.isVisible():
                        left = button.mapTo(window.side, QPoint()).x()
                        assert 0 <= left <= window.side.width() - button.width(), f"{name}: {button.text()}"
            field.clear()
    for name in ("history", "entities"):
        hand.do(name)
        same(f"without {name}")
    kit.drag(hand, LONG, 1)
    QTest.qWait(200)
    same("radar")


@pytest.mark.parametrize("size", [(1000, 700), (1100, 750), (1280, 800), (1600, 1000)])
def test_the_note_is_whole_whatever_is_said_above_it(hand: Hand, size: tuple[int, int]) -> None:
    session, window = hand.window.session, hand.window
    hand.show(*size)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    session.linking.choose_entity([session.chosen_annotation], "Arvenia")
    session.comments.add(session.chosen_annotation, "Is it the state?")
    for name in ("annotations", "topics"):
        window.side.bring(name)
        hand.keys("Escape")
        hand.click(kit.at(hand, "Arvenia")[0])
        QTest.qWait(40)
        note = window.sections.chosen.note_field.viewport()
        assert note.visibleRegion().boundingRect().height() == note.height()


def test_a_notice_stands_until_the_next_thing_is_done(hand: Hand) -> None:
    status = hand.window.status
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    hand.keys("Delete")
    told = status.notice
    assert "Arvenia" in told
    QTest.qWait(20)
    kit.drag(hand, "Karesh")
    hand.keys("Escape", "Tab")
    assert status.notice == told, "nothing was edited"
    assert status._timer.interval() == NOTICE_STANDS
    hand.do("next")
    assert status.notice == ""
    hand.do("previous")
    hand.do("finish")
    QTest.qWait(20)
    assert status.notice.startswith("Finished"), "also where another article is shown with it"
    kit.label(hand, "Belmora", "3")
    assert not status.notice.startswith("Finished"), "its Undo would take back the label"


def test_a_narrow_window_says_that_list_and_panels_take_turns(hand: Hand) -> None:
    hand.show(1000, 700)
    window = hand.window
    words = "This window is narrow: list and panels take turns. F9, F10"
    wide = hand.reader.width()
    for _time in range(3):
        hand.keys("F9")
        assert window.articles.isVisible()
        assert window.side.isHidden()
        assert hand.reader.width() == wide, "no line breaks elsewhere"
        assert window.status.notice == words
        window.status.clear_notice()
        hand.keys("F9")
        assert window.side.isVisible()
        assert hand.reader.width() == wide
        assert window.status.notice == "", "nothing went unasked"
    hand.keys("F9")
    assert window.status.notice == "", "it is known by now"


def test_the_main_button_of_a_finished_article_goes_on(hand: Hand) -> None:
    window, session = hand.window, hand.window.session
    finish, in_menu = window.toolbar.finish, window.actions["finish"]
    assert finish.text() == in_menu.text() == "Finish and go on"
    wide = finish.width()
    hand.do("finish")
    hand.do("previous")
    assert finish.text() == in_menu.text() == "Go on"
    window.key_hands.changed.emit()  # keys are set, and words with them
    assert in_menu.text() == "Go on"
    assert finish.width() == wide
    steps = len(session.ready.history(100))
    hand.click_on(finish)
    assert session.article is not None
    assert session.article.id == "a2"
    assert len(session.ready.history(100)) == steps, "nothing is written"
    assert finish.text() == in_menu.text() == "Finish and go on"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_main_button_is_no_main_one_where_nothing_is_left(hand: Hand, look: str) -> None:
    hand.do(look)
    hand.window.session.wish_offers(False)  # the button tells of suggestions as soon as they are found
    window, finish = hand.window, hand.window.toolbar.finish
    main, place = finish.palette().color(QPalette.ColorRole.Button), finish.geometry()
    for _article in range(2):
        assert finish.toolTip() == "Finish and go on (Ctrl+Enter)"
        assert not finish.isFlat()
        assert finish.palette().color(QPalette.ColorRole.Button) == main
        hand.click_on(finish)
    hand.wait_until(lambda: finish.text() == "Finished", "the end")
    assert window.actions["finish"].text() == "Finished"
    assert "All 2 articles are finished." in finish.toolTip()
    assert "“Work on it again” in the menu “Article”" in finish.toolTip()
    assert finish.isFlat(), "it does not look like something to press"
    assert finish.geometry() == place
    assert finish.palette().color(QPalette.ColorRole.Button) != main
    assert window.status.notice.startswith("All 2 articles are finished. Ctrl+E exports them.")
    window.status.clear_notice()
    hand.do("dark" if look == "light" else "light")
    hand.do(look)
    assert finish.palette().color(QPalette.ColorRole.Button) != main, "dressed anew"
    hand.keys("Ctrl+Return")
    assert window.status.notice == "All 2 articles are finished. Ctrl+E exports them.", "it says so again"
    hand.do("previous")
    assert finish.text() == "Finished"
    hand.do("reopen")
    assert finish.text() == "Finish and go on"
    hand.do("next")
    hand.wait_until(lambda: finish.text() == "Go on", "one is left again")
    assert (finish.toolTip(), finish.isFlat()) == ("Go on (Ctrl+Enter)", False)
    assert finish.palette().color(QPalette.ColorRole.Button) == main
    window.articles.filter.setText("nothing")
    hand.wait_until(lambda: finish.text() == "Finished", "nothing is left in this list")
    window.articles.filter.clear()
    hand.wait_until(lambda: finish.text() == "Go on", "nor in all")


def test_an_article_that_is_finished_and_the_last_is_so_after_a_start(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "one.rubric")
    hand = start(path)
    hand.do("finish")
    hand.window.close()
    hand = start(path)
    hand.wait_until(lambda: hand.window.toolbar.finish.text() == "Finished", "nothing is left")


def test_the_tooltip_of_a_label_covers_no_labels(hand: Hand) -> None:
    view = hand.window.sections.labels.view
    place = view.visualRect(view.model().index(3, 0)).center()
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place)))
    tip = next(
        tip for tip in QApplication.topLevelWidgets() if tip.objectName() == "qtooltip_label" and tip.isVisible()
    )
    assert tip.geometry().right() < view.mapToGlobal(QPoint()).x()
    QToolTip.hideText()


def test_the_sections_at_the_side_are_made_once_the_window_was_painted(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "p.rubric"))
    made: list[bool] = []

    def make() -> dict[str, Section]:
        made.append(True)
        return {}

    side = Side(make)
    side.resize(400, 900)
    side.show()
    QTest.qWait(20)
    assert made == []
    side.close()
    assert hand.window.side.furnished


def test_the_headline_stands_over_the_text_in_every_size_of_it(hand: Hand) -> None:
    header, reader = hand.window.header, hand.reader
    high = header.height()
    for key in (*["Ctrl+-"] * 3, "Ctrl+0", *["Ctrl++"] * 3, "Ctrl+0"):
        hand.keys(key)
        assert header._column == (reader.text_left(), reader.text_width()), key
    assert header.height() == high


def whole_rows(hand: Hand) -> float:
    """Return how many rows of labels are seen."""
    view = hand.window.sections.labels.view
    return min(view.model().rowCount(), view.viewport().height() / view.verticalHeader().defaultSectionSize())


def whole_labels(hand: Hand) -> int:
    """Return how many labels are seen whole."""
    model = hand.window.sections.labels.view.model()
    places = [(row, column) for row in range(int(whole_rows(hand))) for column in range(model.columnCount())]
    return sum(model.index(*place).data() is not None for place in places)


@pytest.mark.parametrize("height", [700, 768, 786, 800, 844, 900, 1046])
def test_no_label_is_cut_through_and_all_are_seen_in_a_maximised_window(hand: Hand, height: int) -> None:
    for width in (1000, 1280, 1440):
        hand.show(width, height)
        hand.window.side.bring("labels")
        QTest.qWait(40)
        assert whole_rows(hand) == int(whole_rows(hand)), width
    hand.show(1440, 876)  # of 900, under a title
    QTest.qWait(40)
    assert whole_labels(hand) == 20
    label, tree = hand.window.sections.labels, hand.window.sections.topics.tree
    hand.window.side.bring("topics")
    QTest.qWait(20)
    assert label.view.verticalScrollBar().maximum() == 0
    assert tree.height() >= 3 * tree.sizeHintForRow(0), "and the topics have their rows"


def test_borders_that_were_dragged_stand_so_after_a_start(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "harbour.rubric")
    hand = start(path)
    hand.show(1440, 800)
    before = hand.window.sections.labels.height()
    borders = hand.window.sections.labels.parentWidget()
    assert isinstance(borders, QSplitter)
    for n in (1, 2):
        handle = borders.handle(n)
        at = handle.rect().center()
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseMove(handle, at - QPoint(0, 60))
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=at)
    stood = borders.sizes()
    assert hand.window.sections.labels.height() < before - 30
    hand.window.resize(1000, 700)  # tabs, and back
    QTest.qWait(40)
    hand.show(1440, 800)
    hand.wait_until(lambda: hand.window.sections.labels.parentWidget().sizes() == stood, "the same again")
    hand.window.close()
    hand = start(path)
    hand.show(1440, 800)
    hand.wait_until(lambda: hand.window.sections.labels.parentWidget().sizes() == stood, "the same after a start")
    hand.click_on(hand.window.sections.labels._header)
    hand.click_on(hand.window.sections.labels._header)
    hand.wait_until(lambda: hand.window.sections.labels.height() == before, "folding and opening lets it go")


@pytest.mark.parametrize("size", [(1000, 700), (1440, 876), (1440, 900)])
def test_the_card_has_room_for_entity_comment_and_who_and_says_where_more_is_below(
    hand: Hand, size: tuple[int, int]
) -> None:
    session, card = hand.window.session, hand.window.sections.chosen
    hand.show(*size)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    session.linking.choose_entity([session.chosen_annotation], "Arvenia")
    session.comments.add(session.chosen_annotation, "Is it the state?")
    QTest.qWait(40)
    for part in (card._head, card._title, card.entity, card.comments, card._by):
        assert part.visibleRegion().boundingRect().size() == part.size(), "whole"
    assert card.note == ""
    card._by.say(" · ".join(["Labelled by anna, 14 September, 18:41 · changed by benedict, the day after"] * 3))
    QTest.qWait(40)
    more = 3 + len(card._by.lines()) - (card.height() - card._high(0)) // line_height()
    assert more > 0
    assert card.note == f"{more} more below"
    bar = card._said.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert card.note == "", "all of that was seen"
    bar.setValue(0)
    session.choose(None)
    assert card.note == "", "nothing is hidden of what is not shown"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_what_is_not_said_yet_is_offered_as_a_link_with_a_gap_before_it(hand: Hand, look: str) -> None:
    card = hand.window.sections.chosen
    hand.do(look)
    hand.show(1440, 900)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    QTest.qWait(40)
    button = card.entity.button
    assert button.text() == "Link…"
    gap = button.mapTo(card, QPoint()).x() - card._place.mapTo(card, card._place.rect().topRight()).x()
    assert gap >= 2 * theme.unit()
    right = button.mapTo(card, button.rect().topRight()).x()
    assert right < card.width() - 2 * theme.unit(), "nor at the edge"
    link = theme.theme_of(card.palette()).colour("Link")
    picture = button.grab().toImage()
    inks = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert link.name() in inks


@pytest.mark.parametrize(
    "heights",
    [
        {"half": [[1, "2", 3]], "tabs": 7, "stack": [[9]]},
        {name: [[-(10**12), 10**12, True]] for name in ("half", "tabs", "stack", "columns")},
    ],
)
def test_heights_that_make_no_sense_are_passed_over(start: Start, tmp_path: Path, heights: object) -> None:
    kit.introduced()
    Memory().set(**{"side.heights": heights})
    hand = start(kit.project(tmp_path / "harbour.rubric"))
    hand.show(1440, 900)
    hand.wait_until(lambda: whole_labels(hand) == 20, "as at first")


def test_the_key_of_the_next_pane_goes_through_the_side_from_top_to_bottom(hand: Hand) -> None:
    hand.show(1440, 900)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    hand.window.side.bring("annotations")
    hand.reader.setFocus()
    heights = []
    for _press in range(3):
        hand.keys("F6")
        focus = QApplication.focusWidget()
        assert focus is not None
        heights.append(focus.mapTo(hand.window, QPoint()).y())
    assert heights == sorted(set(heights)), "labels, the list, the card"
    assert hand.window.sections.chosen.isAncestorOf(focus)


def test_the_history_behind_another_tab_comes_to_the_front(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "one.rubric", ("One.\n",)), 1366, 768)
    side, action = hand.window.side, hand.window.actions["history"]
    hand.do("history")
    assert side.on_top("history")
    side.bring("annotations")
    hand.do("history")
    assert side.on_top("history"), "it was behind"
    assert action.isChecked()
    hand.do("history")
    assert not side.on_top("history")
    assert not action.isChecked()


def test_the_list_of_articles_is_walked_by_the_arrows_and_enter_goes_into_one(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "three.rubric", ("One.\n", "Two.\n", "Three.\n")))
    session, view = hand.window.session, hand.window.articles.view
    seen = []
    hand.keys("Ctrl+Shift+F", "Down")
    for key in ("Down", "Down", "Up", "End", "Home", "PgDown"):
        hand.keys(key)
        assert session.article is not None
        assert QApplication.focusWidget() is view, key
        seen.append(session.article.id)
    assert seen == ["a2", "a3", "a2", "a3", "a1", "a3"]
    hand.keys("Return")
    assert QApplication.focusWidget() is hand.reader
    hand.keys("Ctrl+PgDown")
    assert hand.window.status.notice == "This is the last article of the list."
    hand.keys("Ctrl+PgUp", "Ctrl+PgUp")
    assert hand.window.status.notice != "This is the first article of the list."
    hand.keys("Ctrl+PgUp")
    assert hand.window.status.notice == "This is the first article of the list."
    hand.keys("Ctrl+Shift+F", "Down", "Up", "Escape")
    assert QApplication.focusWidget() is hand.reader
