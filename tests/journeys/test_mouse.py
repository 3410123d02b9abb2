"""The mouse over nested, crossing and right-to-left spans: the card of a place, click again, drag an end of a bar."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.suggest.offers import Offer
from rubricator_gui.drawing import draw_comment_mark, draw_note_mark
from rubricator_gui.hand import Hand
from rubricator_gui.panels.spancard import MOST, SpanCard, beside
from rubricator_gui.reader.hover import REST

LATIN = (
    "Harbour news\n\nThe Port Velis Harbour Authority Board met on Monday, and Arvenia paid.\n\n"
    + "Nobody said a word about what would come of it in the end, and so it was.\n\n" * 30
)
ARABIC = (
    "وزراء الموانئ يجتمعون\n\nوقالت ليلى المرواني (Layla al-Marwani) إن المحادثات ستستمر يومين في بورت فيليس الكبرى.\n"
)
SHIFT = Qt.KeyboardModifier.ShiftModifier
CITY, AUTHORITY, BOARD = "Port Velis", "Port Velis Harbour Authority", "Harbour Authority Board"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "sund.rubric", (LATIN, ARABIC)))


def give(hand: Hand, words: str, name: str) -> str:
    """Label words, wherever they run to, and return the id."""
    session = hand.window.session
    session.select(Span.of(*kit.at(hand, words)))
    session.labelling.press(name)
    return next(a.id for a in session.spans if a.quote == words and a.label == name)


def nested(hand: Hand) -> dict[str, str]:
    """Label a name in a name, and one that crosses the outer one."""
    found = {CITY: give(hand, CITY, "CITY"), AUTHORITY: give(hand, AUTHORITY, "ORGANIZATION")}
    return {**found, BOARD: give(hand, BOARD, "FACILITY")}


def held(hand: Hand) -> str:
    chosen = hand.window.session.chosen_annotation
    return chosen.quote if chosen is not None else ""


def bar(hand: Hand, annotation: str) -> QRect:
    found = hand.reader.bar_rect(annotation)
    assert found is not None
    return found


def card(hand: Hand) -> SpanCard:
    return hand.window.over.card


def covers(hand: Hand, words: str) -> bool:
    """Say whether the card lies over words of the article."""
    start, end = kit.at(hand, words)
    view = hand.reader.viewport()
    place = QRect(card(hand).mapToGlobal(QPoint()), card(hand).size())
    rects = (hand.reader.rect_at(n) for n in range(start, end))
    return any(place.intersects(QRect(view.mapToGlobal(rect.topLeft()), rect.size())) for rect in rects)


# --- the card -----------------------------------------------------------------------------------------------------


def test_a_card_tells_every_span_where_the_pointer_rests(hand: Hand) -> None:
    nested(hand)
    session = hand.window.session
    session.choose(next(a.id for a in session.spans if a.quote == AUTHORITY))
    session.labelling.write_note("the quay's owner")
    session.choose(None)
    focus = QApplication.focusWidget()
    place = hand.reader.rect_at(kit.at(hand, CITY)[0] + 2).center()
    hand.point_at(place)
    assert not card(hand).isVisible(), "not before it rests"
    hand.rest_on(place)
    assert card(hand).isVisible()
    inner, outer = card(hand).words.splitlines()
    assert inner.startswith("City, town: “Port Velis”. Labelled by anna, ")
    assert outer.startswith(f"Organization: “{AUTHORITY}”. Note: the quay's owner. Labelled by anna, ")
    assert not covers(hand, "Port Velis")
    assert QApplication.focusWidget() is focus
    hand.point_at(place + QPoint(4, 0))
    assert card(hand).isVisible(), "over the same words it stays"
    hand.rest_on(hand.reader.rect_at(kit.at(hand, "Harbour Authority")[0] + 2).center())
    assert [entry.quote for entry in card(hand).entries] == [BOARD, AUTHORITY], "both that cross there"


def test_the_card_goes_with_the_pointer_a_key_and_the_wheel(hand: Hand) -> None:
    nested(hand)
    view = hand.reader.viewport()
    place = hand.reader.rect_at(kit.at(hand, CITY)[0] + 2).center()
    away = hand.reader.rect_at(kit.at(hand, "Nobody")[0]).center()

    def rest() -> None:
        hand.point_at(away)
        hand.rest_on(place)
        assert card(hand).isVisible()

    rest()
    hand.point_at(away)
    assert not card(hand).isVisible()
    rest()
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert not card(hand).isVisible()
    rest()
    hand.keys("Right")
    assert not card(hand).isVisible()
    hand.point_at(away)
    hand.point_at(place)
    hand.keys("Right")
    QTest.qWait(REST + 60)
    assert not card(hand).isVisible(), "nor does it come after a key"
    rest()
    hand.keys("Ctrl+Z")
    assert not card(hand).isVisible()
    assert len(kit.layer(hand)) == 2, "and the key did what it does"
    rest()
    at = QPointF(place)
    turn, none = QPoint(0, -120), Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(place)),
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, wheel)
    assert not card(hand).isVisible()


def repeated(hand: Hand) -> Offer:
    return next(offer for offer in hand.window.session.offers if offer.source == "repeat")


def test_the_card_tells_offers_with_source_and_rate(hand: Hand) -> None:
    give(hand, "Nobody", "PERSON")
    session = hand.window.session
    hand.wait_until(lambda: any(one.source == "repeat" for one in session.offers), "the other ones are offered")
    session.deciding.accept(repeated(hand))
    session.choose(None)
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "all is looked for and known")
    hand.wait_until(lambda: any(one.source == "repeat" for one in session.offers), "the rest is offered")
    offer = repeated(hand)
    hand.rest_on(hand.reader.rect_at(offer.span.start + 1).center())
    (words,) = card(hand).words.splitlines()
    said = "It is labelled so elsewhere in this article (2 of 2 times in the project); a click on “?” rejects it"
    assert words == f"Person? “Nobody”. {said}", "nothing is said twice"


def test_a_pill_lists_what_it_hides(hand: Hand) -> None:
    session = hand.window.session
    labels = [label.name for label in session.scheme.labels]
    for name in labels[:8]:
        give(hand, CITY, name)
    session.show_article("a2")
    session.show_article("a1")  # lanes are laid out anew: four at most
    page = hand.reader.page
    hand.reader.rect_at(kit.at(hand, CITY)[0])
    scenes = [page.scene(block) for block in page.blocks(0, 1_000)]
    pill = next(pill for scene in scenes for pill in scene.pills)
    left, right = pill.box
    at = QPoint(round((left + right) / 2), round(pill.bottom + 2 + pill.lane * page.m.pitch + page.m.pitch / 2))
    hand.rest_on(at - QPoint(0, hand.reader.verticalScrollBar().value()))
    assert [session.spans[name].label for name in pill.ids] == [entry.label.name for entry in card(hand).entries]
    assert len(card(hand).entries) == 4
    place = card(hand).geometry()
    pointer = hand.reader.viewport().mapTo(hand.window, at)
    assert place.left() <= pointer.x() <= place.right(), "it comes near the pointer"


def test_twenty_deep_all_of_them_are_told(hand: Hand) -> None:
    labels = [label.name for label in hand.window.session.scheme.labels]
    for name in labels:
        give(hand, CITY, name)
    hand.rest_on(hand.reader.rect_at(kit.at(hand, CITY)[0] + 2).center())
    assert len(card(hand).entries) == len(labels) <= MOST
    assert hand.window.rect().contains(card(hand).geometry())
    assert not covers(hand, CITY)


def test_the_keyboard_reaches_the_card(hand: Hand) -> None:
    ids = nested(hand)
    session = hand.window.session
    session.choose(ids[AUTHORITY])
    hand.keys("Shift+F1")
    assert card(hand).isVisible()
    assert [entry.quote for entry in card(hand).entries] == [AUTHORITY, CITY]
    assert card(hand).accessibleName() == card(hand).words
    hand.keys("Escape")
    assert not card(hand).isVisible()
    assert held(hand) == AUTHORITY, "Esc closed the card and no more"
    hand.keys("Escape")
    assert held(hand) == ""
    hand.keys("Ctrl+End", "Shift+F1")
    assert not card(hand).isVisible()
    assert hand.window.status.notice == "No annotation stands here."


def test_the_card_tells_what_stands_at_the_caret_in_what_is_chosen(hand: Hand) -> None:
    kit.label(hand, "Port Velis Harbour Authority", "2")
    kit.label(hand, "Harbour Authority", "5")
    hand.click(kit.at(hand, "Port Velis Harbour")[0] + 2)
    assert held(hand) == "Port Velis Harbour Authority"
    hand.keys("Ctrl+Right", "Ctrl+Right", "Right", "Shift+F1")
    assert held(hand) == "Port Velis Harbour Authority"
    assert [entry.quote for entry in card(hand).entries] == ["Port Velis Harbour Authority", "Harbour Authority"]


def test_a_long_note_and_a_long_comment_have_their_mark_once(hand: Hand) -> None:
    session, words = hand.window.session, "a rather long remark that has no room in one line of the card, but in two "
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0] + 2)
    session.labelling.write_note(words)
    session.comments.add(session.chosen_annotation, words)
    hand.keys("Shift+F1")
    lines = [line for line in card(hand)._lines if line.inset]
    assert [line.mark for line in lines] == [draw_comment_mark, None, draw_note_mark, None]
    assert lines[-1].words.endswith("in two"), "nothing is cut"


def test_where_a_card_stands() -> None:
    room, size = QRect(0, 0, 1000, 700), QSize(300, 200)
    line, near = QRect(100, 100, 200, 30), QPoint(150, 110)
    assert beside(size, [line], room, 4, near) == QPoint(100, 134)
    assert beside(size, [line.translated(0, 500)], room, 4, near) == QPoint(100, 396), (
        "above where there is no room below"
    )
    assert beside(size, [line.translated(750, 0)], room, 4, near) == QPoint(700, 134), "inside of the room"
    tall = QRect(100, 50, 200, 600)
    assert beside(size, [tall], room, 4, near) == QPoint(304, 50), "right of what is too high"
    assert beside(size, [QRect(0, 0, 1000, 700), line], room, 4, near) == QPoint(100, 134), (
        "the whole span is too large"
    )
    for free in (line, line.translated(0, 640), tall, QRect(0, 300, 1000, 50)):
        place = QRect(beside(size, [free], room, 4, near), size)
        assert not place.intersects(free)
    wide = QRect(20, 100, 960, 30)
    assert beside(size, [wide], room, 4, QPoint(700, 110)) == QPoint(550, 134), "near to the pointer, not to the margin"
    assert beside(size, [wide], room, 4, QPoint(60, 110)) == QPoint(20, 134)
    assert not QRect(beside(QSize(300, 690), [line], QRect(0, 0, 310, 700), 4, near), QSize(300, 690)).intersects(line)


# --- click again --------------------------------------------------------------------------------------------------


def test_click_again_chooses_the_next_one_under_the_pointer(hand: Hand) -> None:
    nested(hand)
    seen = []
    for _n in range(4):
        hand.click(kit.at(hand, CITY)[0] + 2)
        seen.append(held(hand))
        QTest.qWait(QApplication.doubleClickInterval() + 20)
    assert seen == [CITY, AUTHORITY, CITY, AUTHORITY]
    seen = []
    for _n in range(3):
        hand.click(kit.at(hand, "Authority")[0] + 2)
        seen.append(held(hand))
        QTest.qWait(QApplication.doubleClickInterval() + 20)
    assert seen == [BOARD, AUTHORITY, BOARD]
    hand.click(kit.at(hand, "Nobody")[0])
    assert held(hand) == ""


def test_a_click_on_a_name_inside_of_what_is_chosen_chooses_it(start: Start, tmp_path: Path) -> None:
    """To click again at the same place goes on to the next one there; another place is another click."""
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", ["The eighth meeting of the Council of the Sund states ended.\n"]))
    session = hand.window.session
    for words, key in (
        ("Sund", "6"),
        ("Council of the Sund states", "2"),
        ("eighth meeting of the Council of the Sund states", "5"),
    ):
        kit.label(hand, words, key)
    hand.keys("Esc")

    def clicked(words: str) -> str:
        hand.click(kit.at(hand, words)[0] + 2)
        return session.chosen_annotation.label if session.chosen_annotation else ""

    assert clicked("Council") == "ORGANIZATION"
    assert clicked("Sund") == "LOCATION"
    assert clicked("states") == "ORGANIZATION"
    assert clicked("meeting") == "EVENT"
    assert clicked("Council") == "ORGANIZATION"
    assert clicked("Council") == "EVENT", "the next one at the same place"
    hand.keys("Esc")
    assert clicked("Council") == "ORGANIZATION", "the way begins anew"


def test_click_again_from_right_to_left(hand: Hand) -> None:
    hand.window.session.show_article("a2")
    give(hand, "ليلى المرواني", "PERSON")
    give(hand, "ليلى المرواني (Layla al-Marwani)", "PERSON")
    give(hand, "Layla al-Marwani", "PERSON")
    for word, quotes in (
        ("المرواني", ["ليلى المرواني", "ليلى المرواني (Layla al-Marwani)", "ليلى المرواني"]),
        ("al-Marwani", ["Layla al-Marwani", "ليلى المرواني (Layla al-Marwani)", "Layla al-Marwani"]),
    ):
        seen = []
        for _n in range(3):
            hand.click(kit.at(hand, word)[0] + 2)
            seen.append(held(hand))
            QTest.qWait(QApplication.doubleClickInterval() + 20)
        assert seen == quotes


def test_a_click_in_the_strip_below_a_line_chooses_what_is_nearest_there(hand: Hand) -> None:
    hand.window.session.wish_offers(False)
    ids = nested(hand)
    session, view = hand.window.session, hand.reader.viewport()
    strip = range(hand.reader.rect_at(kit.at(hand, CITY)[0]).bottom() + 3, bar(hand, ids[AUTHORITY]).bottom() + 3)
    end = bar(hand, ids[CITY]).right()
    for x in (bar(hand, ids[CITY]).center().x(), end + 2):
        for y in strip:
            session.choose(None)
            hand.click_on(view, QPoint(x, y))
            near = {words: abs(bar(hand, ids[words]).center().y() - y) for words in (CITY, AUTHORITY)}
            assert near[held(hand)] <= min(near.values()) + 1, (x, y)
            session.choose(None)
            hand.point_at(QPoint(x, y))
            assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor, (x, y)
    hand.rest_on(QPoint(end - 20, strip[0]))
    assert card(hand).entries[0].quote == CITY
    hand.click_on(view, QPoint(hand.reader.rect_at(kit.at(hand, "Board")[0] + 2).center().x(), strip[-1]))
    assert held(hand) == BOARD


def test_in_the_strip_where_no_bar_is_the_caret_goes_to_the_word(hand: Hand) -> None:
    hand.window.session.wish_offers(False)
    ids = nested(hand)
    session, view = hand.window.session, hand.reader.viewport()
    session.choose(ids[CITY])
    start, _end = kit.at(hand, "Monday")
    below = QPoint(hand.reader.rect_at(start + 2).center().x(), bar(hand, ids[AUTHORITY]).center().y())
    hand.point_at(below)
    assert view.cursor().shape() == Qt.CursorShape.IBeamCursor
    hand.click_on(view, below)
    assert (held(hand), hand.reader.caret() - start in (2, 3)) == ("", True)
    QTest.qWait(QApplication.doubleClickInterval() + 20)
    hand.pull(QPoint(hand.reader.rect_at(kit.at(hand, "Board")[0] + 1).center().x(), below.y()), below)
    assert session.selection is not None, "who drags there selects words, as everywhere"
    assert session.selection.quote(session.text) == "Board met on Monday"


def test_in_the_strip_from_right_to_left_and_over_an_offer(hand: Hand) -> None:
    session, view = hand.window.session, hand.reader.viewport()
    session.show_article("a2")
    name = give(hand, "ليلى المرواني", "PERSON")
    where = bar(hand, name)
    session.choose(None)
    hand.click_on(view, QPoint(where.left() + 3, where.bottom() + 6))
    assert held(hand) == "ليلى المرواني"
    session.show_article("a1")
    give(hand, "Nobody", "PERSON")
    hand.wait_until(lambda: any(one.source == "repeat" for one in session.offers), "the other ones are offered")
    offer = repeated(hand)
    shown = next(one for one in session.offer_spans if one.span == offer.span)
    where = bar(hand, shown.id)
    hand.click_on(view, QPoint(where.right() - 3, where.bottom() + 3))
    assert session.current == shown.id, "below the “?” it is walked to, not rejected"


# --- an end of a bar ----------------------------------------------------------------------------------------------


def test_ends_of_nested_and_crossing_spans_are_dragged(hand: Hand) -> None:
    ids = nested(hand)
    session = hand.window.session

    def word(words: str) -> QPoint:
        """Return a place on words: the hand is led to what it wants, not along the bar."""
        return hand.reader.rect_at(kit.at(hand, words)[0] + 2).center()

    hand.click_on(hand.reader.viewport(), bar(hand, ids[AUTHORITY]).center())
    assert held(hand) == AUTHORITY
    where = bar(hand, ids[AUTHORITY])
    hand.pull(QPoint(where.right(), where.center().y()), word("Board"))
    assert held(hand) == "Port Velis Harbour Authority Board"
    hand.keys("Ctrl+Z")
    assert held(hand) == AUTHORITY
    where = bar(hand, ids[AUTHORITY])
    hand.pull(QPoint(where.left(), where.center().y()), QPoint(word("The").x(), where.center().y()))
    assert held(hand) == "The Port Velis Harbour Authority"
    hand.keys("Ctrl+Z")

    hand.click_on(hand.reader.viewport(), bar(hand, ids[CITY]).center())
    where = bar(hand, ids[CITY])
    hand.pull(QPoint(where.right(), where.center().y()), word("Harbour Authority"))
    assert held(hand) == "Port Velis Harbour", "now it crosses what it lay beside"
    hand.keys("Ctrl+Z")

    hand.click_on(hand.reader.viewport(), bar(hand, ids[BOARD]).center())
    where = bar(hand, ids[BOARD])
    hand.pull(QPoint(where.left(), where.center().y()), word("Velis"))
    assert held(hand) == "Velis Harbour Authority Board"
    hand.keys("Ctrl+Z")
    assert sorted(a.quote for a in session.spans) == sorted([CITY, AUTHORITY, BOARD])

    where = bar(hand, ids[BOARD])
    hand.pull(QPoint(where.right(), where.center().y()), word("The"))
    assert held(hand) == "Harbour", "one word is left"
    where = bar(hand, ids[BOARD])
    hand.pull(QPoint(where.right(), where.center().y()), word("The"))
    assert held(hand) == "Harbour"
    assert hand.window.status.notice.startswith("The border stays: nothing would be left.")


def test_the_pointer_says_that_both_ends_can_be_dragged(hand: Hand) -> None:
    name = give(hand, CITY, "CITY")
    hand.window.session.choose(name)
    where = bar(hand, name)
    for x in (where.left() - 4, where.left() + 2, where.right() - 4, where.right() + 4):
        hand.point_at(QPoint(x, where.center().y()))
        assert hand.reader.viewport().cursor().shape() == Qt.CursorShape.SplitHCursor
    hand.window.session.choose(None)
    hand.point_at(QPoint(where.left() + 2, where.center().y()))
    assert hand.reader.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_the_pointer_is_no_double_arrow_once_a_border_was_let_go_of_elsewhere(hand: Hand) -> None:
    name = give(hand, CITY, "CITY")
    hand.window.session.choose(name)
    view, where = hand.reader.viewport(), bar(hand, name)
    end = QPoint(where.right(), where.center().y())
    hand.point_at(end)
    assert view.cursor().shape() == Qt.CursorShape.SplitHCursor
    hand.pull(end, hand.reader.rect_at(kit.at(hand, "Authority")[0] + 2).center())
    assert held(hand) == AUTHORITY
    assert view.cursor().shape() == Qt.CursorShape.IBeamCursor


def test_an_end_is_dragged_into_the_next_line_and_a_start_over_a_wider_chip_can_be_taken(hand: Hand) -> None:
    name = give(hand, "on", "EVENT")
    hand.window.session.choose(name)
    first, last = (hand.reader.rect_at(at) for at in (kit.at(hand, "on")[0], kit.at(hand, "on")[1] - 1))
    where = bar(hand, name)
    assert where.left() < first.left() < last.right() < where.right(), "its chip stands under it"
    hand.pull(QPoint(first.left(), where.top() + 1), hand.reader.rect_at(kit.at(hand, "met")[0] + 1).center())
    assert held(hand) == "met on"
    end = QPoint(last.right() + 1, bar(hand, name).center().y())
    hand.pull(end, hand.reader.rect_at(kit.at(hand, "Nobody")[0] + 2).center())
    assert held(hand) == "met on Monday, and Arvenia paid.\n\nNobody"


def test_ends_are_dragged_from_right_to_left(hand: Hand) -> None:
    hand.window.session.show_article("a2")
    outer = give(hand, "ليلى المرواني (Layla al-Marwani)", "PERSON")
    inner = give(hand, "ليلى المرواني", "PERSON")
    session = hand.window.session
    session.choose(inner)
    where = bar(hand, inner)
    said = hand.reader.rect_at(kit.at(hand, "وقالت")[0] + 1).center()
    hand.pull(QPoint(where.right(), where.center().y()), said)
    assert held(hand) == "وقالت ليلى المرواني", "its start is at the right"
    where = bar(hand, inner)
    hand.pull(QPoint(where.left(), where.center().y()), hand.reader.rect_at(kit.at(hand, "ليلى")[0] + 1).center())
    assert held(hand) == "وقالت ليلى"
    session.choose(outer)
    where = bar(hand, outer)
    talks = hand.reader.rect_at(kit.at(hand, "المحادثات")[0] + 2).center()
    hand.pull(QPoint(where.left(), where.center().y()), QPoint(talks.x(), where.center().y()))
    assert held(hand) == "ليلى المرواني (Layla al-Marwani) إن المحادثات"


def test_a_click_between_two_words_of_a_span_chooses_it(hand: Hand) -> None:
    give(hand, AUTHORITY, "ORGANIZATION")
    blank = kit.at(hand, AUTHORITY)[0] + len("Port")
    hand.click(blank)
    assert held(hand) == AUTHORITY
    hand.click(kit.at(hand, AUTHORITY)[1])
    assert held(hand) == "", "the blank after it is not of it"
    hand.double_click(blank)
    selection = hand.window.session.selection
    assert selection is not None
    assert selection.quote(hand.window.session.text) == "Port", "a double click takes the word beside the blank"


def test_ctrl_home_shows_the_margin_above_the_first_line(hand: Hand) -> None:
    bar = hand.reader.verticalScrollBar()
    hand.keys("Ctrl+End")
    hand.wait_until(lambda: bar.value() > 0, "the end is shown")
    hand.keys("Ctrl+Home")
    assert bar.value() == 0


def test_the_third_of_nested_names_is_seen_at_once_and_its_line_stays(hand: Hand) -> None:
    """Of an article that was opened bare two lanes are kept; a third name gets one, and nothing moves where one works."""
    session, reader = hand.window.session, hand.reader
    give(hand, CITY, "CITY")
    give(hand, AUTHORITY, "ORGANIZATION")
    QTest.qWait(20)
    start, _end = kit.at(hand, CITY)
    stood = reader.rect_at(start).top()
    outer = give(hand, "The Port Velis Harbour Authority Board met", "EVENT")
    QTest.qWait(20)
    scene = reader.page.scene(reader.page.block_at(start))
    assert scene.pills == (), "it is drawn, not counted"
    assert len({mark.bar.lane for mark in scene.marks}) == 3
    assert outer in {mark.id for mark in scene.marks}
    assert abs(reader.rect_at(start).top() - stood) <= 1
    hand.keys("Ctrl+Z")
    assert reader.rect_at(start).top() == pytest.approx(stood, abs=1), "nor when it goes again"
    assert session.selection is None


def test_what_many_labels_at_once_push_down_is_seen_as_well(start: Start, tmp_path: Path) -> None:
    """“Label all” gives paragraphs on and off the screen a name inside three names; none becomes a “+1”."""
    sentence = "The eighth meeting of the heads of the councils of the Sund Union took place.\n\n"
    filler = "Nobody said a word about what would come of it in the end, and so it was.\n\n" * 9
    hand = start(kit.project(tmp_path / "deep.rubric", ("Sund\n\n" + (sentence + filler) * 6,)))
    session, reader = hand.window.session, hand.reader
    outer = ("eighth meeting of the heads of the councils of the Sund Union", "heads of the councils of the Sund Union")
    for words, label in zip(
        (*outer, "councils of the Sund Union"), ("EVENT", "PROFESSION", "ORGANIZATION"), strict=True
    ):
        session.do(session.ready.annotate, session.article.id, label, spans_of(session.text, words))
    QTest.qWait(20)
    session.do(session.ready.annotate, session.article.id, "LOCATION", spans_of(session.text, "Sund Union"))
    QTest.qWait(20)
    for span in spans_of(session.text, "Sund Union"):
        scene = reader.page.scene(reader.page.block_at(span.start))
        assert scene.pills == ()
        assert len({mark.id for mark in scene.marks}) == 4


def spans_of(text: str, words: str) -> list[Span]:
    return [Span.of(found.start(), found.end()) for found in re.finditer(re.escape(words), text)]


@pytest.mark.parametrize(("begin", "stop"), [(0, 12), (0, 20), (0, -12), (12, 0), (18, 18), (-13, -13), (25, 3)])
def test_who_drags_beside_a_line_means_that_line(start: Start, tmp_path: Path, begin: int, stop: int) -> None:
    """Heights are those of the pointer, in pixels from the middle of the line: a drag is seldom quite level."""
    words = "The participants also exchanged views on artificial intelligence and its importance in the region. "
    hand = start(kit.project(tmp_path / "long.rubric", (f"{words * 4}\n\n{words * 2}\n",)))
    reader = hand.reader
    first = hand.window.session.text.index("artificial", 150)
    left, right = reader.rect_at(first), reader.rect_at(first + len("artificial intelligence") - 1)
    if left.top() != right.top():
        first = hand.window.session.text.index("artificial", first + 1)
        left, right = reader.rect_at(first), reader.rect_at(first + len("artificial intelligence") - 1)
    assert left.top() == right.top(), "the words stand in one line"
    middle = left.center().y()
    hand.pull(QPoint(left.left() + 1, middle + begin), QPoint(right.right(), middle + stop))
    selection = hand.window.session.selection
    assert selection is not None
    assert selection.quote(hand.window.session.text) == "artificial intelligence"


def test_above_and_below_the_text_all_of_it_is_meant(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "short.rubric", ("The first line is here.\n\nIt ends with these words here",)))
    reader, session = hand.reader, hand.window.session
    ends, _end = kit.at(hand, "ends")
    place = reader.rect_at(ends)
    hand.pull(QPoint(place.left() + 1, place.center().y()), place.center() + QPoint(40, 250))
    assert session.selection is not None
    assert session.selection.quote(session.text) == "ends with these words here"
    session.select(None)
    viewport, below = reader.viewport(), place.center() + QPoint(0, 300)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=below)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=below)
    assert session.selection is None


def test_a_double_click_below_a_word_means_the_word(hand: Hand) -> None:
    hand.window.session.wish_offers(False)  # the bar of one would be there, and comes when it comes
    start, _end = kit.at(hand, "Velis")
    below = hand.reader.rect_at(start + 1).center() + QPoint(0, 17)
    viewport = hand.reader.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=below)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=below)
    selection = hand.window.session.selection
    assert selection is not None
    assert selection.quote(hand.window.session.text) == "Velis"


def test_a_double_click_beside_a_line_means_the_word_at_its_end(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(
        kit.project(
            tmp_path / "east.rubric", ("東京の会議\n\n港の会議は月曜日に東京で終わった。\n\nIt met, and went.\n",)
        )
    )
    session, viewport = hand.window.session, hand.reader.viewport()
    for line, most in (("港", 4), ("It", 4)):
        place = hand.reader.rect_at(session.text.index(line)).center()
        beside = QPoint(viewport.width() - 5, place.y())
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=beside)
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=beside)
        selection = session.selection
        assert selection is not None
        assert 0 < len(selection) <= most, selection.quote(session.text)
        assert session.text[selection.end] in "。.", "it is the last one"
        QTest.qWait(QApplication.doubleClickInterval() + 20)


def test_a_press_with_shift_does_not_reach_from_a_paragraph_of_the_article_before(hand: Hand) -> None:
    session, viewport = hand.window.session, hand.reader.viewport()
    place = hand.reader.rect_at(kit.at(hand, "Monday")[0]).center()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert session.selection is not None
    assert len(session.selection) > 40, "a third click takes the paragraph"
    hand.keys("Ctrl+PgDown")
    word = kit.at(hand, "Marwani")
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, SHIFT, hand.reader.rect_at(word[0] + 1).center())
    assert hand.reader.ends()[0] == 0, "from where the caret was"


def test_a_label_that_crosses_another_says_so(hand: Hand) -> None:
    nested(hand)
    session = hand.window.session
    session.choose(None)
    start, end = kit.at(hand, "Velis Harbour")
    hand.drag(start, end)
    hand.keys(session.scheme.by_name["EVENT"].key)
    notice = hand.window.status.notice
    assert notice.startswith("Labelled “Velis Harbour” as Event. It crosses City, town “Port Velis”.")


DEEP = (
    "Nobody said a word about what would come of it in the end, and so it was. Nobody said a word, and so it was when the "
    "Envoys of the Council of the Heads of the Sund Union met, in a hall that nobody saw, and for all of one long Monday, "
    "and then they went.\n\n"
)
"""What grows stands in the second line and after."""


def accepting(start: Start, path: Path, scrolled: int) -> tuple[Hand, Callable[[], None]]:
    """Show an article of which all is known that lies in each other; return what accepts all that is suggested.

    Lines stand close: else they have grown for what is suggested before one accepts it.
    """
    kit.introduced()
    Settings().set("reader.close", True)
    with Project.open(kit.project(path, (DEEP, DEEP * 20)), Settings().me()) as before:
        for words, label in (
            ("Sund Union", "ORGANIZATION"),
            ("Heads of the Sund Union", "EVENT"),
            ("Council of the Heads of the Sund Union", "ORGANIZATION"),
            ("Envoys of the Council of the Heads of the Sund Union", "EVENT"),
        ):
            at = DEEP.index(words)
            before.annotate("a1", label, [Span.of(at, at + len(words))])
    hand = start(path, 1000, 700)
    session = hand.window.session

    def found() -> None:
        hand.wait_until(lambda: not session.offers_due and not session.looking.active, "offers were looked for")
        QTest.qWait(20)

    def accept() -> None:
        for _n in range(5):
            hand.reader.accept_all()
            found()

    hand.do("next")
    found()
    hand.reader.verticalScrollBar().setValue(scrolled)
    QTest.qWait(200)
    found()
    return hand, accept


@pytest.mark.parametrize("scrolled", [0, 5])
def test_at_the_top_the_beginning_stays_when_lines_grow(start: Start, tmp_path: Path, scrolled: int) -> None:
    hand, accept = accepting(start, tmp_path / "deep.rubric", scrolled)
    page, bar = hand.reader.page, hand.reader.verticalScrollBar()
    last = DEEP.index("Monday")
    low = page.character_rect(last).top()
    accept()
    assert page.character_rect(last).top() > low, "a line grew"
    assert bar.value() == scrolled


@pytest.mark.parametrize("cut", [0, 7])
def test_further_down_the_first_whole_line_stays_when_lines_grow(start: Start, tmp_path: Path, cut: int) -> None:
    hand, accept = accepting(start, tmp_path / "deep.rubric", 0)
    reader, bar = hand.reader, hand.reader.verticalScrollBar()
    lines = [at for block in reader.page.blocks(0, 1000) for at in reader.page.lines(block)]
    first = lines[5]
    bar.setValue(round(lines[4].top) + cut if cut else round(first.top))  # the one above is cut through, or not seen
    QTest.qWait(200)
    stood = reader.page.character_rect(first.start).top() - bar.value()
    assert 0 <= stood < 60
    accept()
    assert reader.page.character_rect(first.start).top() - bar.value() == pytest.approx(stood, abs=1)


def test_the_pointer_is_that_of_the_text_once_what_it_pointed_at_is_gone(hand: Hand) -> None:
    hand.window.session.wish_offers(False)
    ids = nested(hand)
    view = hand.reader.viewport()
    ids["Monday"] = give(hand, "Monday", "DATE")
    place = bar(hand, ids["Monday"]).center()
    hand.click_on(view, place)
    hand.point_at(place)
    assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert held(hand) == "Monday"
    hand.keys("Delete")
    hand.wait_until(lambda: view.cursor().shape() == Qt.CursorShape.IBeamCursor, "the mouse has not moved for that")
