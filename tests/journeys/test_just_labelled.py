"""What was just labelled is what the next key is about: another label's key corrects it, Enter writes its note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Attribute
from rubricator.model.spans import Span
from rubricator_gui.hand import Hand
from rubricator_gui.holding import Relating
from rubricator_gui.panels.notefield import NoteField

TEXT = "Arvenia met Karesh and Toll.\n\n" + "Nobody saw it, and nobody said so.\n\n" * 60
COUNTRY, ORG, PERSON = ("COUNTRY", "Arvenia"), ("ORGANIZATION", "Arvenia"), ("PERSON", "Arvenia")


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    made = start(kit.project(tmp_path / "p.rubric", (TEXT,)))
    made.window.session.wish_offers(False)
    return made


def by_key(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")


def by_last_label(hand: Hand) -> None:
    kit.label(hand, "Toll", "3")
    kit.drag(hand, "Arvenia")
    hand.keys("F4")


def by_picker(hand: Hand) -> None:
    kit.drag(hand, "Arvenia")
    hand.keys("Return")
    hand.type("country")
    hand.keys("Return")
    hand.wait_until(hand.reader.hasFocus, "the article has the keys again")


def said(hand: Hand) -> str:
    """Return what the status line says, of what is held and of what happened."""
    status = hand.window.status
    return " | ".join(one.text() for one in status.findChildren(QLabel) if one.isVisible() and one.text())


def first(hand: Hand) -> list[tuple[str, str]]:
    return [one for one in kit.layer(hand) if one[1] == "Arvenia"]


def test_the_card_tells_of_the_label_that_stands_once_another_was_undone(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    kit.drag(hand, "Arvenia")
    hand.keys("2", "Ctrl+Z")
    assert "just labelled Organization" not in hand.window.sections.chosen.empty.words
    assert [a.label for a in session.spans] == ["COUNTRY"]


@pytest.mark.parametrize("labelled", [by_key, by_last_label, by_picker])
def test_another_key_corrects_what_was_just_labelled(hand: Hand, labelled: Callable[[Hand], None]) -> None:
    labelled(hand)
    assert first(hand) == [COUNTRY]
    assert "Country · another label's key corrects it, Enter writes a note, Delete deletes it" in said(hand)
    hand.keys("2")
    assert first(hand) == [ORG]
    assert hand.window.session.sticky is None
    assert hand.window.status.notice == "Changed “Arvenia” to Organization."
    assert "Organization · another label's key corrects it, Enter writes a note, Delete deletes it" in said(hand)
    hand.keys("1")
    assert first(hand) == [PERSON]
    for stands in ([ORG], [COUNTRY], []):
        hand.keys("Ctrl+Z")
        assert first(hand) == stands, "each is a step of its own"
    assert "corrects it" not in said(hand)


def test_the_card_says_of_what_was_just_labelled_what_the_status_line_says(hand: Hand) -> None:
    card, idle = hand.window.sections.chosen, "Click an annotation, or walk with Tab."
    high = card.height()
    assert card.empty.words == idle
    for key, label in (("3", "Country"), ("2", "Organization")):
        kit.label(hand, "Arvenia", key) if key == "3" else hand.keys(key)
        keys = "another label's key corrects it, Enter writes a note, Delete deletes it"
        assert f"{label} · {keys}" in said(hand)
        assert card.empty.words == f"“Arvenia” was just labelled {label}: in the text, {keys}."
    hand.keys("2")  # the same one again: it is sticky
    assert "Organization · Delete deletes it, Enter writes a note" in said(hand)
    assert (
        card.empty.words
        == "“Arvenia” was just labelled Organization: in the text, Delete deletes it, Enter writes a note."
    )
    hand.keys("Esc", "Right")
    assert card.empty.words == idle
    kit.label(hand, "Karesh", "3")
    hand.keys("Ctrl+Z")
    assert card.empty.words == idle
    assert card.height() == high


def test_the_same_key_makes_it_sticky_and_then_keys_are_about_the_next_sweep(hand: Hand) -> None:
    session = hand.window.session
    by_key(hand)
    hand.keys("3")
    assert (session.sticky, first(hand)) == ("COUNTRY", [COUNTRY])
    assert "Country · Delete deletes it, Enter writes a note" in said(hand)
    hand.keys("2")
    assert (session.sticky, first(hand)) == ("ORGANIZATION", [COUNTRY])
    assert hand.window.status.notice == "“Arvenia” stays Country: Shift+Tab or a click goes back to it."
    kit.drag(hand, "Karesh")
    assert ("ORGANIZATION", "Karesh") in kit.layer(hand)
    hand.keys("3")
    assert session.sticky == "COUNTRY"
    assert ("ORGANIZATION", "Karesh") in kit.layer(hand)


@pytest.mark.parametrize("leave", ["Right", "Ctrl+Home", "Esc", "click"])
def test_who_went_on_makes_the_label_sticky(hand: Hand, leave: str) -> None:
    by_key(hand)
    if leave == "click":
        hand.click(kit.at(hand, "saw")[0])
    else:
        hand.keys(leave)
    assert "corrects it" not in said(hand)
    hand.keys("2")
    assert (hand.window.session.sticky, first(hand)) == ("ORGANIZATION", [COUNTRY])
    assert "stays" not in hand.window.status.notice


def test_of_two_labels_on_the_same_words_the_last_one_is_corrected(hand: Hand) -> None:
    by_key(hand)
    kit.label(hand, "Arvenia", "2")
    hand.keys("1")
    assert sorted(first(hand)) == [COUNTRY, PERSON]
    hand.keys("3")
    assert sorted(first(hand)) == [COUNTRY, PERSON], "the same words have no label twice"


def test_what_is_off_the_screen_is_shown_first(hand: Hand) -> None:
    by_key(hand)
    hand.keys("Space", "Space", "2")
    assert first(hand) == [COUNTRY]
    assert hand.window.session.sticky is None
    assert hand.reader.in_view(0)
    hand.keys("2")
    assert first(hand) == [ORG]


def test_enter_writes_the_note_of_what_was_just_labelled(hand: Hand) -> None:
    by_key(hand)
    hand.keys("Return")
    assert isinstance(QApplication.focusWidget(), NoteField)
    hand.type("as in the treaty")
    hand.keys("Return")
    assert [one.note for one in hand.window.session.spans] == ["as in the treaty"]


@pytest.mark.parametrize("cut", [0, 3])
def test_tab_goes_first_to_what_is_suggested_inside(start: Start, tmp_path: Path, cut: int) -> None:
    text = "They spoke of the Summit of the Harbour Council of Tarsk on Monday.\n\nThe Port Authority paid.\n"
    hand = start(kit.project(tmp_path / "p.rubric", (text,)))
    session = hand.window.session
    start_at, end = kit.at(hand, "Summit of the Harbour Council of Tarsk")
    hand.drag(start_at, end - cut)
    assert session.selection == Span.of(start_at, end), "wherever in the last word the drag ends"
    hand.keys("5")
    hand.keys("Tab")
    assert session.offered is not None
    assert session.offered.span.quote(session.text) == "Harbour Council of Tarsk"
    session.choose(None)
    hand.drag(*kit.at(hand, "Port Authority"))
    hand.keys("2", "Shift+Tab")
    chosen = session.chosen_annotation
    assert chosen is not None
    assert chosen.quote == "Port Authority"


def test_the_palette_and_the_menu_of_a_label_say_so(hand: Hand) -> None:
    by_key(hand)
    does = {entry.id: entry.beside for entry in hand.window.key_hands.entries() if entry.kind == "label"}
    assert (does["ORGANIZATION"], does["COUNTRY"]) == ("correct what was just labelled", "make it sticky")
    labels = hand.window.sections.labels
    for name, words in (("ORGANIZATION", "Change “Arvenia” to Organization"), ("COUNTRY", "Label what is swept")):
        labels.menu.open(hand.window.session.scheme.by_name[name], hand.window.geometry().center(), 0)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.actions()[0].text().startswith(words)
        menu.close()
        QTest.qWait(1)


def named(hand: Hand) -> dict[str, str]:
    """Return what the menu bar says for what Enter may do, with its key; the tooltips say the same."""
    made = {name: hand.window.actions[name] for name in ("note", "pick-label")}
    for action in made.values():
        words, _tab, key = action.text().partition("\t")
        assert action.toolTip() == words.rstrip("…") + (f" ({key})" if key else "")
    return {name: action.text().replace("\t", " = ") for name, action in made.items()}


def test_menus_say_enter_of_what_it_does_now(hand: Hand) -> None:
    kit.drag(hand, "Arvenia")
    assert named(hand) == {"note": "Write a note…", "pick-label": "Pick a label… = Enter"}
    hand.keys("3")
    assert named(hand)["note"] == "Write a note… = Enter"
    hand.keys("Shift+Tab")
    assert named(hand) == {"note": "Write a note… = Enter", "pick-label": "Change the label…"}
    hand.window.session.relate(Relating(str(hand.window.session.chosen)))  # the scheme of this project has no relations
    assert named(hand) == {"note": "Write a note…", "pick-label": "Change the label…"}
    hand.keys("Esc", "Esc", "3", "Ctrl+Home", "Ctrl+Right", "Ctrl+Shift+Right")
    assert hand.window.session.sticky == "COUNTRY"
    assert named(hand) == {"note": "Write a note…", "pick-label": "Pick a label…"}
    hand.keys("Ctrl+Home", "Ctrl+Shift+Right")
    assert named(hand)["pick-label"] == "Pick a label… = Enter", "these words have it already"


def right_button(hand: Hand) -> list[str]:
    hand.window.over.show_menu(hand.window.geometry().center(), [])
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [one.text().partition("\t")[0] for one in menu.actions()]
    menu.close()
    QTest.qWait(1)
    return words


def test_the_right_button_says_change_or_add_and_no_attributes_where_there_are_none(hand: Hand) -> None:
    by_key(hand)
    hand.keys("Shift+Tab")
    assert {"Change the label…", "Add a second label…"} <= set(right_button(hand))
    assert "Attributes…" not in right_button(hand)
    menu_bar = [one.text().partition("\t")[0] for menu in hand.window._menus for one in menu.actions()]
    assert {"Change the label…", "Add a second label…"} <= set(menu_bar)
    session = hand.window.session
    scheme = replace(session.scheme, attributes=(Attribute("sure", "Sure", "choice", values=("yes", "no")),))
    session.do(session.ready.schemes.change, scheme, "news", [])
    assert "Attributes…" in right_button(hand)


def test_f1_tells_the_guideline_of_what_was_just_labelled(hand: Hand) -> None:
    """Not that of what lies around it, or behind the caret."""
    kit.label(hand, "Arvenia met Karesh", "5")
    hand.keys("Escape")
    kit.label(hand, "Arvenia", "3")
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        told.extend(label.text() for label in dialog.findChildren(QLabel))
        hand.keys("Escape")

    hand.answer("guideline", look)
    hand.keys("F1")
    hand.wait_until(lambda: bool(told), "the guideline was shown")
    assert "Country" in told
    assert "Event" not in told


def found(hand: Hand, words: str) -> None:
    """Look for words, and have them selected in the article."""
    hand.keys("Ctrl+F")
    hand.type(words)
    hand.keys("Return", "Escape")


@pytest.mark.parametrize("between", [(), ("Right", "Left")])
def test_plus_adds_to_what_was_just_labelled(hand: Hand, between: tuple[str, ...]) -> None:
    found(hand, "arvenia")
    hand.keys("3", *between)
    found(hand, "nobody")
    found(hand, "toll")
    hand.keys("+")
    assert [one.quote for one in hand.window.session.spans] == ["Arvenia … Toll"]
    assert hand.window.status.notice == "Added “Toll” to “Arvenia”."
    hand.keys("Ctrl+Z")
    assert kit.layer(hand) == [COUNTRY]


def test_plus_adds_nothing_to_what_was_let_go_of_or_undone(hand: Hand) -> None:
    for end in ("Escape", "Ctrl+Z"):
        found(hand, "arvenia")
        hand.keys("3", end)
        before = kit.layer(hand)
        found(hand, "toll")
        hand.keys("+")
        assert kit.layer(hand) == before
        assert hand.window.status.notice.startswith("Nothing to add")
        hand.keys("Escape")


def double_click(hand: Hand, words: str) -> None:
    """Double-click words as the system sends it: a click, and another one soon."""
    place, viewport = hand.reader.rect_at(kit.at(hand, words)[0] + 1).center(), hand.reader.viewport()
    hand.point_at(place)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("held", ["just labelled", "chosen"])
def test_plus_adds_words_that_are_double_clicked(start: Start, tmp_path: Path, held: str) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "two.rubric", ("North and South Korea ended the talks of officials there.\n",)))
    hand.wait_until(lambda: len(hand.window.session.offers) > 0, "South Korea is suggested")
    kit.label(hand, "North", "3")
    if held == "chosen":
        hand.click(kit.at(hand, "North")[0] + 1)
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    double_click(hand, "Korea")
    hand.keys("+")
    assert kit.layer(hand) == [("COUNTRY", "North … Korea")]


def test_the_key_of_the_label_that_it_has_says_so(hand: Hand) -> None:
    by_key(hand)
    hand.window.session.choose(next(iter(hand.window.session.spans)).id)
    hand.keys("3")
    assert hand.window.status.notice == "“Arvenia” is Country already."
    assert kit.layer(hand) == [COUNTRY]


def test_enter_scrolls_nothing_where_what_was_labelled_is_seen(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "long.rubric", ("Headline\n\n" + "Nobody saw it, Toll said.\n" * 80,)))
    reader, bar = hand.reader, hand.reader.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    m, bottom = reader.page.m, bar.value() + reader.viewport().height()
    at = reader.session.text.index("Toll")
    step = len("Nobody saw it, Toll said.\n")
    low = [n for n in range(at, at + 80 * step, step) if reader.page.character_rect(n).bottom() + m.pitch + 8 < bottom]
    stood = bar.value()
    reader.session.select(Span.of(low[-1], low[-1] + 4))  # to drag, a hand would have all lanes seen
    hand.keys("0")
    assert bar.value() == stood
    hand.keys("Return")
    assert hand.window.sections.chosen.note_field.hasFocus()
    assert bar.value() == stood
    hand.keys("Escape", "Escape")
    bar.setValue(stood + 3 * m.line_box)
    hand.keys("Shift+Tab", "Tab")
    seen = reader.bar_rect(next(iter(reader.session.spans)).id)
    assert seen is not None
    assert reader.viewport().rect().contains(seen)


def test_what_is_high_is_scrolled_to_where_it_begins_at_the_lower_edge(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "high.rubric", ("Headline\n\n" + "Nobody saw it, Toll said. " * 400,)))
    session, reader, bar = hand.window.session, hand.reader, hand.reader.verticalScrollBar()
    session.wish_offers(False)
    begin = session.text.index("Toll", 3_000)
    session.do(session.ready.annotate, "a1", "CITY", [Span.of(begin, begin + 4), Span.of(begin, begin + 3_000)])
    QTest.qWait(50)
    short, high = sorted(session.spans, key=lambda one: one.end)
    for one, moves in ((short, False), (high, True)):
        session.choose(None)
        first = reader.page.character_rect(begin)
        bar.setValue(round(first.bottom() + 3 * reader.page.m.pitch + 10 - reader.viewport().height()))
        stood = bar.value()
        session.choose(one.id)
        assert (bar.value() != stood) is moves, one.quote[:20]
