"""The list of suggestions: walked, accepted and rejected by keys alone; accepted together; empty with a reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Label
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui import offered as offered_words
from rubricator_gui.hand import Hand
from rubricator_gui.panels import suggestions
from rubricator_gui.panels.nested import DEPTH
from rubricator_gui.panels.spancard import SpanCard
from rubricator_gui.panels.suggestions import SuggestionPanel

STORY = "Ministers meet\n\nMinisters of Arvenia, Karesh, Toll and Sund met at length.\n\nNobody saw them.\n"
LONG = STORY + "\n".join("\nThe talks went on for a while, and not much was said about them.\n" for _n in range(40))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "sund.rubric", (STORY, LONG + "\nArvenia paid. Toll did not.\n"))


@pytest.fixture
def hand(start: Start, path: Path) -> Hand:
    return offered(start(path))


def offered(hand: Hand) -> Hand:
    """Label one item of a list: the others are offered."""
    kit.label(hand, "Arvenia", country(hand).key)
    found(hand)
    hand.window.side.bring("suggestions")
    return hand


def country(hand: Hand) -> Label:
    return hand.window.session.scheme.by_name["COUNTRY"]


def found(hand: Hand) -> None:
    session = hand.window.session
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "offers were looked for")


def panel(hand: Hand) -> SuggestionPanel:
    made = hand.window.findChild(QWidget, "suggestionPanel")
    assert isinstance(made, SuggestionPanel)
    return made


def rows(hand: Hand) -> list[str]:
    model = panel(hand).view.model()
    return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


def read_out(hand: Hand, row: int) -> str:
    return str(panel(hand).view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def quotes(hand: Hand) -> list[str]:
    return [quote for _label, quote in kit.layer(hand)]


def to_the_list(hand: Hand) -> None:
    for _n in range(10):
        hand.keys("F6")
        if QApplication.focusWidget() is panel(hand).view:
            return
    raise AssertionError("F6 does not reach the suggestions")


def test_the_list_is_worked_by_keys_alone(hand: Hand) -> None:
    session = hand.window.session
    assert rows(hand) == ["Karesh", "Toll", "Sund"]
    assert panel(hand).note == "3"
    assert read_out(hand, 0) == "Country? Karesh. It stands in a list with “Arvenia”."
    tip = str(panel(hand).view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "Source: the same list, never labelled so or rejected so far." in tip.splitlines()
    to_the_list(hand)
    assert panel(hand).view.accessibleName()
    assert "Space accepts" in panel(hand).view.accessibleDescription()
    hand.keys("Down")
    assert session.offered == session.offers[1], "the reader walks along"
    assert hand.reader.caret() == session.offers[1].span.start
    hand.keys("Up", "Space")
    assert quotes(hand) == ["Arvenia", "Karesh"]
    found(hand)
    assert session.offered is not None
    assert session.offered.span.quote(session.text) == "Toll", "it goes on to the next"
    hand.keys("Delete")
    found(hand)
    assert rows(hand) == ["Sund"]
    city = session.scheme.by_name["CITY"]
    hand.keys(city.key)
    assert kit.layer(hand)[-1] == ("CITY", "Sund"), "a label's key accepts with that label"
    found(hand)
    assert [offer.label for offer in session.offers] == ["CITY"], "Toll as a country was rejected, as a city it was not"
    hand.keys("Ctrl+Z", "Ctrl+Z")
    found(hand)
    assert rows(hand) == ["Toll", "Sund"]
    to_the_list(hand)
    hand.keys("End", "Return")
    assert quotes(hand) == ["Arvenia", "Karesh", "Sund"]
    assert QApplication.focusWidget() is panel(hand).view
    hand.keys("Escape")
    assert QApplication.focusWidget() is hand.reader


def test_the_keys_stay_at_their_row_when_others_go(hand: Hand) -> None:
    """What goes and comes at both ends of the list takes nobody past the rows between."""
    session, view = hand.window.session, panel(hand).view
    to_the_list(hand)
    hand.keys("Down")
    session.choose(None)
    session.deciding.accept_all([session.offers[0], session.offers[-1]])
    found(hand)
    assert rows(hand) == ["Toll"]
    hand.keys("Ctrl+Z")
    found(hand)
    assert rows(hand) == ["Karesh", "Toll", "Sund"]
    assert view.currentIndex().data() == "Toll"
    session.deciding.accept_all(session.offers[:2])
    found(hand)
    assert view.currentIndex().data() == "Sund", "the next one, where its own is gone"


def test_a_row_that_nobody_walked_to_is_shown_first(hand: Hand) -> None:
    session = hand.window.session
    to_the_list(hand)
    hand.keys("Space")
    assert quotes(hand) == ["Arvenia"]
    assert session.offered == session.offers[0]
    session.choose(None)
    hand.keys("Delete")
    assert rows(hand) == ["Karesh", "Toll", "Sund"]
    hand.keys("Delete")
    assert rows(hand) == ["Toll", "Sund"]


def test_a_click_walks_to_it_and_the_article_s_keys_decide(hand: Hand) -> None:
    session = hand.window.session
    view = panel(hand).view
    hand.click_on(view.viewport(), view.visualRect(view.model().index(1, 0)).center())
    assert session.offered == session.offers[1]
    assert quotes(hand) == ["Arvenia"], "a click decides nothing"
    hand.reader.setFocus()
    hand.keys("Tab")
    assert view.currentIndex().row() == 2, "and the list follows the article"


def test_a_double_click_accepts_as_space_does(hand: Hand) -> None:
    view = panel(hand).view
    assert rows(hand) == ["Karesh", "Toll", "Sund"]
    at = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert quotes(hand) == ["Arvenia"], "one click only goes there"
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    found(hand)
    assert quotes(hand) == ["Arvenia", "Toll"]
    offered_now = hand.window.session.offered
    assert offered_now is not None
    assert offered_now.span.quote(hand.window.session.text) == "Sund", "the next one is chosen"
    assert "double-click accepts" in str(view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    below = view.viewport().rect().bottomRight() - QPoint(4, 4)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, below)
    assert quotes(hand) == ["Arvenia", "Toll"], "below the rows nothing is accepted"


def test_who_clicks_on_accepts_nothing_that_came_under_the_mouse(hand: Hand) -> None:
    view, left, plain = panel(hand).view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = view.visualRect(view.model().index(0, 0)).center()
    for _twice in range(2):
        QTest.mouseClick(view.viewport(), left, plain, at)
        QTest.mouseDClick(view.viewport(), left, plain, at)
        QTest.mouseRelease(view.viewport(), left, plain, at)
        found(hand)
    assert quotes(hand) == ["Arvenia", "Karesh"]
    QTest.qWait(2 * QApplication.doubleClickInterval())
    QTest.mouseDClick(view.viewport(), left, Qt.KeyboardModifier.ShiftModifier, at)
    QTest.mouseRelease(view.viewport(), left, plain, at)
    assert quotes(hand) == ["Arvenia", "Karesh"]


@pytest.mark.parametrize("size", [(1000, 700), (1280, 800), (1600, 1000), (2240, 1300)])
def test_it_is_seen_at_every_size_of_the_window(start: Start, path: Path, size: tuple[int, int]) -> None:
    hand = offered(start(path, *size))
    view = panel(hand).view
    assert view.isVisible()
    assert view.viewport().rect().contains(view.visualRect(view.model().index(0, 0)))
    hand.wait_until(panel(hand).accept_button.isVisible, "what is seen was counted")
    side = hand.window.side
    assert side.width() <= {1000: 276, 1280: 300, 1600: 332, 2240: 641}[size[0]]
    assert hand.window.width() == size[0]


def test_all_that_is_visible_is_accepted_and_counted(start: Start, path: Path) -> None:
    hand = start(path)
    hand.do("next")
    offered(hand)
    button = panel(hand).accept_button
    assert rows(hand) == ["Karesh", "Toll", "Sund", "Arvenia", "Toll"][: len(rows(hand))]
    assert len(rows(hand)) > 3, "some of it stands far below"
    hand.wait_until(lambda: button.text() == "Accept the 3 on the screen", "what is seen was counted")
    assert "Ctrl+Shift+Enter" in button.toolTip()
    whole = panel(hand).all_button
    places = [button.geometry(), whole.geometry()]
    hand.click_on(button)
    assert quotes(hand) == ["Arvenia", "Karesh", "Toll", "Sund"]
    found(hand)
    hand.wait_until(lambda: not button.isEnabled(), "the rest is below")
    assert button.text() == "None on the screen"
    assert whole.text() == f"All {len(rows(hand))}"
    assert places == [button.geometry(), whole.geometry()], "both stand where they stood"
    left = rows(hand)
    hand.click_on(button)
    hand.click_on(button)
    assert rows(hand) == left, "where nothing is to be done a click does nothing"
    bar = hand.reader.verticalScrollBar()
    bar.setValue(bar.maximum())
    hand.wait_until(lambda: button.isEnabled(), "there they are seen")
    hand.wait_until(lambda: not whole.isEnabled(), "they are all there are")
    assert places == [button.geometry(), whole.geometry()]
    hand.keys("Ctrl+Z")
    assert quotes(hand) == ["Arvenia"], "one step"


def test_a_button_with_nothing_left_gives_its_keys_to_the_list(start: Start, path: Path) -> None:
    hand = start(path)
    hand.do("next")
    offered(hand)
    button = panel(hand).accept_button
    hand.wait_until(lambda: button.text() == "Accept the 3 on the screen", "what is seen was counted")
    to_the_list(hand)
    hand.keys("Tab")
    assert button.hasFocus()
    hand.keys("Space")
    found(hand)
    hand.wait_until(lambda: not button.isEnabled(), "the rest is below")
    assert panel(hand).view.hasFocus(), "the other button would accept what nobody saw"


def test_what_a_rule_forbids_is_left_and_said(hand: Hand, path: Path) -> None:
    hand.window.session._timer.stop()  # it has not heard of the other program yet
    with Project.open(path, Settings().me()) as other:
        other.annotate("a1", "COUNTRY", [Span.of(*kit.at(hand, "Toll"))])
    hand.keys("Ctrl+Shift+Return")
    notice = "Accepted 2 suggestions, left 1: these words already carry Country."
    assert hand.window.status.notice == notice
    assert quotes(hand) == ["Arvenia", "Karesh", "Toll", "Sund"]
    hand.keys("Ctrl+Z")
    assert quotes(hand) == ["Arvenia", "Toll"], "one step; what the other program did stays"


def test_an_empty_list_says_why(hand: Hand) -> None:
    empty = panel(hand).empty
    hand.keys("Ctrl+Shift+Return")
    found(hand)
    assert empty.isVisible()
    assert empty.words.startswith("Nothing is suggested. What you label")
    hand.keys("Ctrl+Z")
    found(hand)
    assert not empty.isVisible()

    hand.do("suggestions")
    assert empty.words == "Suggestions are switched off."
    hand.click_on(empty.button)
    assert hand.window.actions["suggestions"].isChecked()
    found(hand)
    assert rows(hand) == ["Karesh", "Toll", "Sund"]

    hand.window.session.work.set_status("done")
    assert empty.words == "Nothing is suggested for a finished article."
    assert not hand.window.actions["accept-visible"].isEnabled()
    hand.click_on(empty.button)
    assert hand.window.session.status == "doing"
    found(hand)
    assert rows(hand) == ["Karesh", "Toll", "Sund"]


def test_an_empty_list_tells_what_was_rejected_or_deleted_and_how_all_are_labelled(start: Start, path: Path) -> None:
    hand = offered(start(path))
    hand.keys("Ctrl+Shift+Return")
    found(hand)
    empty = panel(hand).empty
    assert empty.words.startswith("Nothing is suggested. What you label")
    hand.click(kit.at(hand, "Karesh")[0] + 1)
    hand.keys("Delete")
    found(hand)
    told = ", deleted or changed in this article. Shift with a label’s key labels all mentions of the selected words."
    assert empty.isVisible()
    assert empty.words == f"Nothing is suggested: 1 suggestion was rejected{told}"
    hand.click(kit.at(hand, "Toll")[0] + 1)
    hand.keys("Delete")
    found(hand)
    assert empty.words == f"Nothing is suggested: 2 suggestions were rejected{told}"
    kit.label(hand, "Toll", country(hand).key)
    found(hand)
    assert empty.words == f"Nothing is suggested: 1 suggestion was rejected{told}", "it was taken back for that one"
    hand.window.close()
    again = start(path)
    found(again)
    again.window.side.bring("suggestions")
    assert panel(again).empty.words == f"Nothing is suggested: 1 suggestion was rejected{told}"


def test_what_the_numbers_count_is_said_and_they_are_alike_in_every_row(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was labelled by hand was never taken as a suggestion; and words of a rule are no words known before."""
    found(hand)
    to_the_list(hand)
    hand.keys("Down", "Up", "Space")
    found(hand)
    hand.do("next")
    found(hand)
    view = panel(hand).view
    tips = [str(view.model().index(n, 0).data(Qt.ItemDataRole.ToolTipRole)) for n in range(len(rows(hand)))]
    said = {tip.splitlines()[-2] for tip in tips}
    assert "Source: memory, labelled so 1 of 1 time in the project." in said
    assert not [words for words in said if "taken" in words]
    written: list[str] = []
    real = suggestions.write

    def write(painter: QPainter, place: QRect, words: str, *style: Any) -> int:
        written.append(words)
        return real(painter, place, words, *style)

    monkeypatch.setattr(suggestions, "write", write)
    view.grab()
    assert not [words for words in written if re.search(r"\d of \d", words)], "one time says less than the reason"
    monkeypatch.setattr(offered_words, "_TELLING", 1)
    view.grab()
    assert {words for words in written if re.search(r"\d of \d", words)} == {"kept 1 of 1"}


@pytest.mark.parametrize("size", [(1440, 900), (1000, 700)])
def test_the_tooltip_of_a_row_covers_nothing_of_the_panel(hand: Hand, size: tuple[int, int]) -> None:
    hand.show(*size)
    found(hand)
    hand.window.side.bring("suggestions")
    view = panel(hand).view
    place = view.visualRect(view.model().index(len(rows(hand)) - 1, 0)).center()
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place)))
    tip = next(
        tip for tip in QApplication.topLevelWidgets() if tip.objectName() == "qtooltip_label" and tip.isVisible()
    )
    assert tip.geometry().right() < view.mapToGlobal(QPoint()).x()
    QToolTip.hideText()


def test_why_it_is_suggested_is_a_sentence_in_list_card_hover_card_and_status_line(hand: Hand) -> None:
    found(hand)
    session, window = hand.window.session, hand.window
    tip = str(panel(hand).view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "It stands in a list with “Arvenia”." in tip.splitlines()
    hand.reader.setFocus()
    hand.keys("Tab")
    assert session.offered == session.offers[0]
    assert window.sections.chosen.empty.words == "“Karesh” may be Country: it stands in a list with “Arvenia”."
    said = [one.text() for one in window.status.findChildren(QLabel) if one.isVisible()]
    assert "Country? · Space accepts, Delete rejects – the same list" in said
    hand.keys("Shift+F1")
    card = window.findChild(SpanCard)
    assert card is not None
    assert "It stands in a list with “Arvenia”; a click on “?” rejects it" in card.words


@pytest.mark.parametrize("width", [1000, 1120, 1366])
def test_the_status_line_says_in_words_what_told_a_rule(start: Start, tmp_path: Path, width: int) -> None:
    kit.introduced()
    text = "Talks\n\nThe talks opened on 14 September 2026 in a hall.\n\nThey met on 3 May 2027.\n"
    hand = start(kit.project(tmp_path / "p.rubric", (text,)))
    hand.show(width, 768)
    found(hand)
    place = hand.window.status._place
    hand.keys("Tab")
    assert place.text() == "Date? · Space accepts, Delete rejects – it is written like a date"
    hand.keys("Space")
    found(hand)
    hand.window.status.clear_notice()
    said = "Date? · Space accepts, Delete rejects – it is written like a date; 1 kept of 1 by rules"
    assert place.text() == said
    hand.wait_until(lambda: place.width() >= place.sizeHint().width(), "all of it is seen")


def test_a_rule_says_that_its_numbers_are_those_of_rules(hand: Hand) -> None:
    found(hand)
    to_the_list(hand)
    hand.keys("Down", "Up", "Space")
    found(hand)
    assert read_out(hand, 0).endswith(" (kept 1 of 1 suggestion by rules for this label).")
    tip = str(panel(hand).view.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "Source: the same list; kept 1 of 1 suggestion by rules for this label." in tip.splitlines()


def test_the_card_says_that_a_suggestion_was_changed_since(hand: Hand) -> None:
    hand.keys("Tab", "Space")
    found(hand)
    hand.click(kit.at(hand, "Karesh")[0])
    made = hand.window.sections.chosen._by
    assert made.text().endswith(" · suggested by a rule")
    hand.keys(hand.window.session.scheme.by_name["CITY"].key)
    assert kit.layer(hand)[1] == ("CITY", "Karesh")
    assert "suggested" not in made.text(), "no rule said that it is a city"
    hand.keys("Ctrl+Z")
    assert made.text().endswith(" · suggested by a rule")
    chosen = hand.window.session.chosen_annotation
    assert chosen is not None
    hand.keys("F2", "Ctrl+Right", "Return")
    moved = hand.window.session.chosen_annotation
    assert moved is not None
    assert moved.end > chosen.end
    assert re.search(r" · suggested by a rule · changed \d", made.text()), "nor that more words belong to it"


def test_what_nobody_decided_about_is_told_when_the_article_is_finished(hand: Hand) -> None:
    status, done = hand.window.status, "Finished “Ministers meet ⏎ Mini”."
    hand.keys("Ctrl+Return")
    assert hand.window.session.article is not None
    assert hand.window.session.article.id == "a2", "nothing is asked"
    assert status.notice == f"{done} 3 suggestions were neither accepted nor rejected."
    hand.keys("Ctrl+Z")
    found(hand)
    kit.label(hand, "Karesh", country(hand).key)
    found(hand)
    hand.keys("Ctrl+Shift+Return")
    found(hand)
    assert rows(hand) == []
    hand.keys("Ctrl+Return")
    assert status.notice == done, "all of it was decided"


def open_told(hand: Hand) -> tuple[str, str]:
    """Return how many suggestions are told to be open by the tab, and by the main button, once they were found."""
    found(hand)
    tabs = hand.window.side._tabs
    assert tabs is not None
    tab = next(tabs.tabText(n) for n in range(tabs.count()) if "Suggestions" in tabs.tabText(n))
    told = re.search(r"(\d+) suggestions? (?:is|are) neither", hand.window.toolbar.finish.toolTip())
    return tab.removeprefix("Suggestions").strip(), told[1] if told else ""


def test_how_many_are_open_is_told_before_the_article_is_finished(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "two.rubric", (STORY, "They met.\n")))
    hand.show(1120, 800)
    assert open_told(hand) == ("", "")
    kit.label(hand, "Arvenia", country(hand).key)
    assert open_told(hand) == ("3", "3")
    hand.keys("Tab", "Space")
    assert open_told(hand) == ("2", "2")
    hand.keys("Delete")
    assert open_told(hand) == ("1", "1")
    hand.keys("Ctrl+Z")
    assert open_told(hand) == ("2", "2")
    hand.keys("Ctrl+PgDown")
    assert open_told(hand) == ("", "")
    hand.keys("Ctrl+PgUp")
    assert open_told(hand) == ("2", "2")
    hand.keys("Ctrl+Return", "Ctrl+PgUp")
    assert open_told(hand) == ("", ""), "in a finished article nothing is"


def test_what_was_not_looked_for_yet_is_told_as_well(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "two.rubric", (STORY, "Ministers meet\n\nThey met on 14 September 2026.\n")))
    session = hand.window.session
    hand.keys("Ctrl+PgDown")
    assert session.offers_due, "nobody has waited for it"
    hand.keys("Ctrl+Return")
    assert hand.window.status.notice.endswith("1 suggestion was neither accepted nor rejected.")


def test_where_no_article_is_left_it_is_told_too(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = offered(start(kit.project(tmp_path / "one.rubric", (STORY,))))
    kit.label(hand, "Karesh", country(hand).key)
    kit.label(hand, "Toll", country(hand).key)
    found(hand)
    assert rows(hand) == ["Sund"]
    hand.keys("Ctrl+Return")
    hand.wait_until(lambda: hand.window.session.finished, "it is finished")
    done = "The project’s only article is finished. Ctrl+E exports it."
    assert hand.window.status.notice == f"{done} 1 suggestion was neither accepted nor rejected."


def test_a_body_in_a_body_that_is_labelled_by_hand_stays_suggested(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "Envoys Meet In The Trade Council Of The STU Member States\n\nNobody saw them on Monday.\n"
    hand = start(kit.project(tmp_path / "stu.rubric", (text,)))
    found(hand)
    session = hand.window.session
    body = session.scheme.by_name["ORGANIZATION"].key
    assert "STU" in rows(hand)
    seen: list[bool] = []
    session.offers_changed.connect(lambda: seen.append("STU" in rows(hand)))
    kit.label(hand, "Trade Council Of The STU Member States", body)
    found(hand)
    assert "STU" in rows(hand)
    assert all(seen), "it did not go in between"


def test_the_list_goes_along_with_the_article_while_nobody_is_at_it(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    lines = "\n\n".join(f"On {day} March 2021 nobody saw it, and nobody said so." for day in range(1, 31))
    hand = start(kit.project(tmp_path / "days.rubric", [lines]), 1366, 768)
    session, bar = hand.window.session, hand.reader.verticalScrollBar()
    hand.wait_until(lambda: len(session.offer_spans) == 30, "all are found")
    hand.window.side.bring("suggestions")
    view = panel(hand).view

    def at_the_top() -> str:
        return str(view.indexAt(QPoint(view.width() // 2, 2)).data())

    QTest.qWait(300)
    assert "1 March" in at_the_top()
    bar.setValue(bar.maximum() // 2)

    def goes_along() -> bool:
        return hand.reader.visible_offers()[0].span.quote(session.text) in at_the_top()

    assert not goes_along()
    hand.wait_until(goes_along, "it goes along")
    stood = at_the_top()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    scrolled = at_the_top()
    assert scrolled != stood
    bar.setValue(bar.value() + 3)
    QTest.qWait(300)
    assert at_the_top() == scrolled, "who scrolled it finds it so: the same are seen in the article"
    view.setFocus()
    assert str(view.currentIndex().data()) == scrolled, "the keys begin at what is seen"
    bar.setValue(0)
    QTest.qWait(300)
    assert at_the_top() == scrolled, "who walks in it is not moved"


def test_what_lies_in_another_suggestion_is_indented_below_it(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    story = (
        "It was told that she is Secretary General of the State Security Council of Armenia now.\n\nEstonia agreed.\n"
    )
    hand = start(kit.project(tmp_path / "nested.rubric", [story]))
    found(hand)
    hand.window.side.bring("suggestions")
    model = panel(hand).view.model()

    def depths() -> list[tuple[str, int]]:
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        return [(index.data(), index.data(DEPTH)) for index in rows]

    whole, body = "Secretary General of the State Security Council of Armenia", "State Security Council of Armenia"
    assert depths() == [(whole, 0), (body, 1), ("Armenia", 2), ("Estonia", 0)]
    hand.keys("Ctrl+Home", "Tab", "Space")
    assert depths() == [(body, 0), ("Armenia", 1), ("Estonia", 0)], "what it lay in is labelled, and no row here"
