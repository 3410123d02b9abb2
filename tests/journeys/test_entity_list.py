"""The list of entities under the mouse: what is marked is what opens, and the row that was clicked stays there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.entities import Entity
from rubricator.model.spans import Span
from rubricator_gui.dialogs.entity import EntityDialog
from rubricator_gui.hand import Hand
from rubricator_gui.panels.entities import EntityPanel
from rubricator_gui.panels.entity_picker import MergePicker
from rubricator_gui.panels.rows import MARKED

TALKS = "Talks\n\nThe Commonwealth met the CIS in Velis.\n"
MORE = "More\n\nThe CIS came to Sund. Sund slept.\n"
LINKED = (("a1", "Commonwealth"), ("a1", "CIS"), ("a1", "Velis"), ("a2", "CIS"), ("a2", "Sund"))


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    """Show two articles with four entities, nothing chosen, and the list of them."""
    kit.introduced()
    made = start(kit.project(tmp_path / "p.rubric", [TALKS, MORE]), 1440, 900)
    session = made.window.session
    project = session.ready
    known = {name: Entity(f"e-{name}", name, "ORGANIZATION") for _article, name in LINKED}
    session.run(project.entities.add([*known.values()]))
    for article, name in LINKED:
        begin = project.text(project.article(article)).index(name)
        change = project.annotate(article, "ORGANIZATION", [Span.of(begin, begin + len(name))])
        session.run(change)
        new = next(one.after for one in change.annotations if one.after is not None)
        session.run(project.entities.link([new], known[name]))
    session.choose(None)
    made.keys("Ctrl+Shift+E")
    QTest.qWait(40)
    return made


def panel(hand: Hand) -> EntityPanel:
    return hand.window.sections.entities


def listed(hand: Hand) -> list[str]:
    model = panel(hand).view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def marked(hand: Hand) -> list[str]:
    """Return what stands out in the list."""
    model = panel(hand).view.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return [str(index.data()) for index in rows if index.data(MARKED)]


def place(hand: Hand, name: str) -> QPoint:
    """Return where in the list an entity stands."""
    view = panel(hand).view
    return view.visualRect(view.model().index(listed(hand).index(name), 0)).center()


def right_click(hand: Hand, name: str) -> QMenu:
    """Press the right button on an entity and return the menu that opens."""
    viewport, at = panel(hand).view.viewport(), place(hand, name)
    QTest.mouseClick(viewport, Qt.MouseButton.RightButton, pos=at)
    there = viewport.mapToGlobal(at)
    QApplication.sendEvent(viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, there))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def pick(menu: QMenu, words: str) -> None:
    action = next(one for one in menu.actions() if one.text().split("\t")[0] == words)
    assert action.isEnabled(), words
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    QTest.qWait(1)


def opened(hand: Hand) -> list[str]:
    """Have what opens next be closed again; the list says then what it was called."""
    names: list[str] = []

    def close(dialog: QDialog) -> None:
        assert isinstance(dialog, EntityDialog)
        names.append(dialog.name.text())
        dialog.reject()

    hand.answer("entityDialog", close)
    return names


def choose(hand: Hand, words: str) -> None:
    hand.click(kit.at(hand, words)[0] + 1)
    assert hand.window.session.chosen_annotation is not None


def test_what_is_marked_is_what_opens(hand: Hand) -> None:
    choose(hand, "Commonwealth")
    assert marked(hand) == ["Commonwealth"], "what the chosen annotation links to"
    menu = right_click(hand, "CIS")
    assert marked(hand) == ["CIS"]
    menu.close()
    names = opened(hand)
    hand.click_on(panel(hand).details_button)
    assert names == ["CIS"]
    assert marked(hand) == ["CIS"]
    choose(hand, "Velis")
    assert marked(hand) == ["Velis"], "another one was chosen"
    panel(hand).view.setFocus()
    hand.keys("Home", "Down")
    second = listed(hand)[1]
    assert marked(hand) == [second], "where the keys stand"
    names = opened(hand)
    hand.keys("F2")
    assert names == [second]


@pytest.mark.parametrize("way", ["another annotation", "Esc"])
def test_what_the_keys_stand_on_is_marked_and_all_keys_mean_it(hand: Hand, way: str) -> None:
    session, view = hand.window.session, panel(hand).view
    begin = session.text.index("met")
    session.run(session.ready.annotate("a1", "ORGANIZATION", [Span.of(begin, begin + 3)]))
    view.setFocus()
    hand.keys("Home", "Down", "Down")
    third = listed(hand)[2]
    if way == "Esc":
        choose(hand, third)
        hand.keys("Escape")
    else:
        choose(hand, "met")
    assert marked(hand) == [], "nothing linked is chosen, and the keys are in the article"
    view.setFocus()
    assert marked(hand) == [third], "the row that the keys stood on"
    names = opened(hand)
    hand.keys("F2")
    assert names == [third]
    view.setFocus()
    hand.keys("Delete")
    assert third not in listed(hand)
    assert marked(hand) == [view.currentIndex().data()] == [listed(hand)[2]], "the row that took its place"
    names = opened(hand)
    hand.keys("F2")
    assert names == marked(hand)


def test_details_without_a_mark_open_the_first_and_mark_it(hand: Hand) -> None:
    assert marked(hand) == []
    names = opened(hand)
    hand.click_on(panel(hand).details_button)
    assert names == marked(hand) == listed(hand)[:1]


def test_the_right_button_opens_a_menu_of_what_there_is(hand: Hand) -> None:
    choose(hand, "Velis")
    menu = right_click(hand, "CIS")
    assert [one.text() for one in menu.actions() if not one.isSeparator()] == [
        "Go to the next mention\tEnter",
        "Details…\tF2",
        "Put together with…",
        "Link “Velis” to it",
        "Take it off the list\tDel",
    ]
    names = opened(hand)
    pick(menu, "Details…")
    assert names == ["CIS"]
    pick(right_click(hand, "CIS"), "Go to the next mention")
    assert hand.window.session.chosen_annotation.quote == "CIS"  # type: ignore[union-attr]
    choose(hand, "Velis")
    pick(right_click(hand, "CIS"), "Link “Velis” to it")
    assert hand.window.session.chosen_annotation.entity == "e-CIS"  # type: ignore[union-attr]
    pick(right_click(hand, "CIS"), "Take the link of “Velis” off")
    assert hand.window.session.chosen_annotation.entity == ""  # type: ignore[union-attr]
    pick(right_click(hand, "Sund"), "Take it off the list")
    assert "Sund" not in listed(hand)


def test_two_are_put_together_from_the_menu(hand: Hand) -> None:
    menu = right_click(hand, "CIS")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    menu.close()
    QTest.qWait(50)  # offscreen alone, what a menu opens goes when the window has the keys back
    next(one for one in menu.actions() if one.text() == "Put together with…").trigger()
    assert isinstance(QApplication.activePopupWidget(), MergePicker)
    hand.type("commonw")

    def keep_the_other(_dialog: QDialog) -> None:
        hand.keys("Tab", "Space")

    hand.answer("confirm", keep_the_other)
    hand.keys("Return")
    known = {one.name: one.aliases for one in hand.window.session.ready.entities.all()}
    assert known["Commonwealth"] == ("CIS",)
    assert "CIS" not in listed(hand)


def test_the_row_that_is_clicked_stays_under_the_mouse(hand: Hand) -> None:
    card, view = hand.window.sections.chosen, panel(hand).view

    def top() -> int:
        QTest.qWait(40)
        return view.viewport().mapToGlobal(QPoint()).y()

    assert not card.isVisible()
    before, stood, at = listed(hand), top(), place(hand, "Sund")
    assert before[-1] == "Sund", "the article does not mention it"
    hand.click_on(view.viewport(), at)
    session = hand.window.session
    assert session.chosen_annotation.quote == "Sund"  # type: ignore[union-attr]
    assert session.article.id == "a2"  # type: ignore[union-attr]
    assert top() == stood
    assert listed(hand) == before, "also where another article is shown, which mentions others first"
    assert marked(hand) == ["Sund"]
    hand.click_on(view.viewport(), place(hand, "CIS"))
    assert session.chosen_annotation.quote == "CIS"  # type: ignore[union-attr]
    assert (top(), listed(hand)) == (stood, before)
    QApplication.sendEvent(panel(hand), QEvent(QEvent.Type.Leave))
    QTest.qWait(40)
    assert card.isVisible(), "once the mouse has left"
    assert listed(hand)[:2] == ["CIS", "Sund"]


def test_a_key_shows_the_card_after_a_click_in_the_list(hand: Hand) -> None:
    card = hand.window.sections.chosen
    hand.click_on(panel(hand).view.viewport(), place(hand, "CIS"))
    QTest.qWait(40)
    assert not card.isVisible()
    hand.reader.setFocus()
    hand.keys("Tab")
    QTest.qWait(40)
    assert card.isVisible()


@pytest.mark.parametrize("size", [(1440, 900), (1600, 1000), (1000, 700)])
def test_the_row_of_an_annotation_stays_under_the_mouse(hand: Hand, size: tuple[int, int]) -> None:
    hand.show(*size)
    hand.window.side.bring("annotations")
    hand.keys("Escape")
    view = hand.window.sections.annotations.view
    QTest.qWait(40)
    for row in (1, 0):
        at = view.visualRect(view.model().index(row, 0)).center()
        there = view.viewport().mapToGlobal(at)
        hand.click_on(view.viewport(), at)
        QTest.qWait(40)
        stands = view.viewport().mapToGlobal(view.visualRect(view.model().index(row, 0)).center())
        assert stands == there
