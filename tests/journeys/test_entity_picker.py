"""The picker of entities by the mouse: what its foot says can be clicked; no entity is offered twice by one name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_entities import choose, entities, linked

from rubricator.model.entities import Entity
from rubricator_gui.hand import Hand
from rubricator_gui.panels import entity_picker
from rubricator_gui.panels.entity_picker import EntityPicker
from rubricator_gui.panels.rows import write

TEXT = (
    "Treaty\n\nThe Collective Security Treaty Organization (CSTO) met in Velis. The CSTO left Velis. "
    "Velis slept, and the CSTO of the Collective Security Treaty Organization too.\n"
)
FULL = "Collective Security Treaty Organization"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", [TEXT]))
    for nth in range(3):
        kit.label(hand, "Velis", "0", nth)
    kit.label(hand, FULL, "2")
    kit.label(hand, "CSTO", "2")
    return hand


def asked(hand: Hand, words: str, nth: int = 0) -> EntityPicker:
    choose(hand, words, nth)
    hand.keys("Ctrl+U")
    return hand.window.over.entity_picker


def press(picker: EntityPicker, key: str) -> None:
    """Click on a part of the foot."""
    foot = picker._hints
    n = [cap for cap, _words in foot._hints].index(key)
    QTest.mouseClick(foot, Qt.MouseButton.LeftButton, pos=foot.places()[n].center())


def names(picker: EntityPicker) -> list[str]:
    return [picker.model.index(n).data() for n in range(picker.model.rowCount())]


def test_the_foot_is_pressed_by_the_mouse(hand: Hand) -> None:
    picker = asked(hand, "Velis")
    press(picker, "Esc")
    assert not picker.isVisible()
    assert entities(hand) == []
    press(asked(hand, "Velis"), "Shift+Enter")
    assert entities(hand) == [("Velis", "CITY", 3)]
    assert not picker.isVisible()
    press(asked(hand, FULL), "Enter")
    assert entities(hand)[-1] == ("Velis", "CITY", 3)
    assert (FULL, FULL) in linked(hand)


def test_shift_and_a_click_link_all_as_shift_and_enter_do(hand: Hand) -> None:
    picker = asked(hand, "Velis")
    row = picker.view.visualRect(picker.model.index(0)).center()
    QTest.mouseClick(picker.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(row))
    assert entities(hand) == [("Velis", "CITY", 3)]


def test_a_name_that_is_on_the_list_is_not_offered_as_a_new_one(hand: Hand) -> None:
    picker = asked(hand, FULL)
    assert names(picker) == [f"New entity “{FULL}”"]
    hand.keys("Return")
    assert entities(hand) == [(FULL, "ORGANIZATION", 1)]
    picker = asked(hand, "CSTO")
    assert names(picker) == [FULL, "New entity “CSTO”"]
    hand.keys("Down", "Return")
    assert names(asked(hand, "CSTO"))[:2] == ["CSTO", FULL], "both are on the list"
    hand.type("CSTO")
    assert names(picker)[:2] == ["CSTO", "New entity “CSTO”"], "another one of that name stands a key below"


def test_what_is_typed_is_what_enter_takes_and_its_row_says_so(hand: Hand) -> None:
    session = hand.window.session
    session.run(
        session.ready.entities.add(
            [
                Entity("e1", "Port Velis", "CITY", "wikidata:Q7", ("Harbour",)),
                Entity("e2", "Velis", "FACILITY"),
                Entity("e3", "Veliston", "CITY"),
            ]
        )
    )
    picker = asked(hand, "Velis")

    def first(typed: str) -> tuple[str, str]:
        picker.search.selectAll()
        hand.type(typed)
        return names(picker)[0], picker.model.does(0)  # type: ignore[attr-defined]

    assert picker.model.does(0) == "Enter links"  # type: ignore[attr-defined]
    for typed in ("V", "Ve", "Vel", "Veli", "Velis", "Velist", "Velisto", "veliston"):
        assert first(typed) == ("Veliston", "Enter links"), "a facility of that name is no city"
        assert names(picker)[1] == f"New entity “{typed}”", "a key away"
    for typed in ("Velistons", "Porto", "elis", "ort"):
        assert first(typed) == (f"New entity “{typed}”", "Enter makes it"), "none begins so"
    assert first("por") == ("Port Velis", "Enter links")
    for called in ("port velis", "harbour", "Q7", "wikidata:q7"):
        assert first(called) == ("Port Velis", "Enter links")
    first("port")
    row = picker.view.visualRect(picker.model.index(0))
    plain = picker.view.viewport().grab(row.adjusted(row.width() // 2, 0, 0, 0)).toImage()
    hand.keys("Down")
    assert picker.view.viewport().grab(row.adjusted(row.width() // 2, 0, 0, 0)).toImage() != plain
    hand.keys("Up", "Return")
    assert ("Velis", "Port Velis") in linked(hand)


def test_an_id_that_nothing_is_known_by_is_that_of_a_new_entity_called_as_the_words(hand: Hand) -> None:
    session = hand.window.session
    picker = asked(hand, "Velis")
    hand.type("q7779")
    assert names(picker) == ["New entity “Velis” with Wikidata Q7779"]
    picker.search.selectAll()
    hand.type("Q7779x")
    assert names(picker) == ["New entity “Q7779x”"]
    picker.search.selectAll()
    hand.type("Q7779")
    hand.keys("Shift+Return")
    (made,) = session.ready.entities.all()
    assert (made.name, made.kind, made.external, made.aliases) == ("Velis", "CITY", "wikidata:Q7779", ())
    assert entities(hand) == [("Velis", "CITY", 3)]
    picker = asked(hand, "CSTO")
    hand.type("Q7779")
    assert names(picker) == ["Velis"], "it is known by that id, and no second one is made"
    picker.search.selectAll()
    hand.type("wd:Q42")
    assert names(picker) == [f"New entity “{FULL}” with Wikidata Q42"], "called as another new one would be"
    hand.keys("Escape")


def test_an_entity_is_marked_first_whose_name_the_words_are_a_part_of_and_a_new_one_is_a_key_away(hand: Hand) -> None:
    asked(hand, FULL)
    hand.keys("Return")
    kit.label(hand, "Security Treaty", "2")
    picker = asked(hand, "Security Treaty")
    assert names(picker) == [FULL, "New entity “Security Treaty”"]
    assert picker.view.visualRect(picker.model.index(1)).bottom() < picker.view.viewport().height(), "seen"
    hand.keys("Return")
    assert entities(hand) == [(FULL, "ORGANIZATION", 2)]
    hand.keys("Ctrl+Z", "Ctrl+U", "Down", "Return")
    assert entities(hand) == [(FULL, "ORGANIZATION", 1), ("Security Treaty", "ORGANIZATION", 1)]


def test_under_another_label_a_new_entity_is_first_until_somebody_linked_one_so(hand: Hand) -> None:
    asked(hand, "Velis")
    hand.keys("Shift+Return")
    for words in ("Velis slept", "Velis"):
        kit.label(hand, words, "5")
    events = {one.quote: one for one in hand.window.session.spans if one.label == "EVENT"}
    other, later = events["Velis slept"], events["Velis"]
    picker = hand.window.over.entity_picker
    hand.window.session.choose(other.id)
    hand.keys("Ctrl+U")
    assert names(picker)[:2] == ["New entity “Velis slept”", "Velis"]
    hand.keys("Down", "Return")
    assert ("Velis slept", "Velis") in linked(hand)
    hand.window.session.choose(later.id)
    hand.keys("Ctrl+U")
    assert names(picker)[:2] == ["Velis", "New entity “Velis”"]


def test_of_an_annotation_that_is_linked_the_present_entity_is_marked_first(hand: Hand) -> None:
    asked(hand, "Velis")
    hand.keys("Shift+Return")
    asked(hand, "Velis")
    hand.type("Karesh")
    hand.keys("Return")
    assert entities(hand) == [("Karesh", "CITY", 1), ("Velis", "CITY", 2)]
    assert names(asked(hand, "Velis"))[:2] == ["Karesh", "Velis"]


CLUB = "Commonwealth of Independent States"
MEETING = f"Talks\n\nThe {CLUB} met. The CIS left, and the Club of the CIS. Velis slept in the club.\n"


def test_an_entity_is_found_by_the_words_of_its_mentions_wherever_it_is_searched(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", [MEETING, MEETING]))
    session = hand.window.session
    for words, nth in ((CLUB, 0), ("CIS", 0), ("CIS", 1), ("Club", 0)):
        kit.label(hand, words, "2", nth)
    kit.label(hand, "Velis", "0")
    picker = asked(hand, CLUB)
    hand.keys("Return")
    asked(hand, "CIS")
    assert names(picker)[0] == CLUB, "by its initials"
    hand.keys("Shift+Return")
    asked(hand, "Club")
    assert names(picker) == ["New entity “Club”", CLUB]
    hand.keys("Down", "Return")
    assert [name for _quote, name in linked(hand)] == [CLUB] * 4 + [""]

    asked(hand, "Velis")
    hand.type("cis")
    assert names(picker) == ["New entity “cis”", CLUB], "it is no city"
    hand.keys("Escape")
    kit.label(hand, "club", "2")
    session.choose(next(one.id for one in session.spans if one.quote == "club"))
    hand.keys("Ctrl+U")
    assert names(picker) == ["New entity “club”", CLUB], "what somebody called so is offered, and not marked"
    for typed in ("c", "ci", "CIS", "clu", "club"):
        picker.search.selectAll()
        hand.type(typed)
        assert names(picker) == [CLUB, f"New entity “{typed}”"], typed
    picker.search.selectAll()
    hand.type("cis")
    found = picker.model.index(0)
    assert "mentioned as “CIS”" in picker.model.about(0)[1]
    assert "mentioned as “CIS”" in found.data(Qt.ItemDataRole.AccessibleTextRole)
    hand.keys("Return")
    assert ("club", CLUB) in linked(hand)
    assert session.ready.entities.all()[0].aliases == (), "a link adds no other name"

    panel, entity_panel = hand.window.sections.annotations, hand.window.sections.entities

    def listed(typed: str) -> list[str]:
        hand.reader.setFocus()
        hand.keys("Ctrl+Shift+E")
        entity_panel.search.setFocus()
        entity_panel.search.selectAll()
        hand.type(typed)
        model = entity_panel._model
        return [f"{model.index(n).data()} by {model.found_by(model.entity(n))}" for n in range(model.rowCount())]

    def passes(typed: str) -> int:
        panel.filter.setFocus()
        panel.filter.selectAll()
        hand.type(typed)
        hand.wait_until(lambda: not panel._soon.isActive(), "the filter is asked")
        return panel.view.model().rowCount()

    assert listed("CIS") == [f"{CLUB} by CIS"]
    assert "mentioned as “CIS”" in entity_panel._model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert passes("entity:CIS") == 5
    hand.reader.setFocus()
    hand.keys("Ctrl+Shift+F")
    hand.type("entity:cis")
    hand.wait_until(lambda: hand.window.articles.listed() == ["a1"], "the articles that mention it")

    assert passes("entity:CIS") == 5
    for one in [one for one in session.spans if one.quote == "CIS"]:
        session.choose(one.id)
        session.linking.unlink()
    assert panel.view.model().rowCount() == 0, "at once"
    assert listed("CIS") == []
    hand.reader.setFocus()
    hand.keys("Ctrl+Z")
    assert panel.view.model().rowCount() == 4
    assert listed("CIS") == [f"{CLUB} by CIS"]
    path = session.ready.path
    session.close()
    session.open(path)
    assert listed("CIS") == [f"{CLUB} by CIS"], "and after another start"


WAYS = ("Q42", "q42", "wd:Q42", "wikidata:Q42", "https://www.wikidata.org/wiki/Q42", "http://wikidata.org/entity/Q42")


def test_an_entity_is_found_by_its_wikidata_id_however_it_is_written(hand: Hand) -> None:
    session = hand.window.session
    listed = [
        Entity("e1", "Republic", "COUNTRY", "wikidata:Q42"),
        Entity("e2", "Q42 Tower", "CITY"),
        Entity("e3", "Velis", "CITY"),
        Entity("e4", "Q421", "CITY", "wikidata:Q421"),
    ]
    session.run(session.ready.entities.add(listed))
    picker = asked(hand, "Velis")
    for written in WAYS:
        picker.search.selectAll()
        hand.type(written)
        assert names(picker)[0] == "Republic", written
        assert not any(name.startswith("New") for name in names(picker)), written
    hand.keys("Return")
    assert ("Velis", "Republic") in linked(hand)

    asked(hand, "CSTO")
    hand.type("https://www.wikidata.org/wiki/Q43")
    assert names(picker) == [f"New entity “{FULL}” with Wikidata Q43"]
    hand.keys("Escape")

    def articles(written: str, found: list[str]) -> None:
        hand.reader.setFocus()
        hand.keys("Ctrl+Shift+F", "Ctrl+A")
        hand.type(f"entity:{written}")
        hand.wait_until(lambda: hand.window.articles.listed() == found, f"the articles that mention {written}")

    panel, filtered = hand.window.sections.entities, hand.window.sections.annotations
    hand.keys("Ctrl+Shift+E")
    for written in WAYS:
        panel.search.setFocus()
        panel.search.selectAll()
        hand.type(written)
        assert panel._model.index(0).data() == "Republic", written
        filtered.filter.setFocus()
        filtered.filter.selectAll()
        hand.type(f"entity:{written}")
        hand.wait_until(lambda: not filtered._soon.isActive(), "the filter is asked")
        assert filtered.view.model().rowCount() == 1, written
        articles("wd:Q43", [])
        articles(written, ["a1"])


def test_a_name_with_an_id_behind_it_is_a_new_entity_of_both_or_the_one_that_has_the_id(hand: Hand) -> None:
    session = hand.window.session
    listed = [Entity("e1", "Turkmenia", "CITY", "wikidata:Q874"), Entity("e2", "Sund", "CITY")]
    session.run(session.ready.entities.add([*listed, Entity("e3", "Velis Q400", "CITY")]))
    kit.label(hand, "Velis", "0")
    picker = asked(hand, "Velis")
    assert picker.search.placeholderText() == "Type a name, a Wikidata id or both"
    hand.type("Turkmenistan wd:q874")
    assert names(picker) == ["Turkmenia"], "the one that has the id, and no second one with it"
    picker.search.selectAll()
    hand.type("Velis Q400")
    assert names(picker)[0] == "Velis Q400", "what is called so is no name with an id"
    picker.search.selectAll()
    hand.type("Sund Q4300")
    assert names(picker) == ["New entity “Sund” with Wikidata Q4300", "New entity “Sund Q4300”", "Sund"], (
        "the one on the list has another id, or none"
    )
    hand.keys("Return")
    new = next(one for one in session.ready.entities.all() if one.external == "wikidata:Q4300")
    assert (new.name, new.kind) == ("Sund", "CITY")
    choose(hand, "Velis")
    line = hand.window.sections.chosen.entity
    assert line.words.text() == "Entity: Sund · Q4300"
    assert line.button.accessibleDescription() == "Entity: Sund · Q4300"


def test_a_number_like_an_id_may_be_a_part_of_the_name(hand: Hand) -> None:
    session = hand.window.session
    known = [Entity("e1", "Port Velis", "CITY", "wikidata:Q7"), Entity("e2", "Audi", "CITY")]
    session.run(session.ready.entities.add([*known, Entity("e3", "Canal", "CITY", "wikidata:Q874")]))
    picker = asked(hand, "Velis")

    def rows(typed: str) -> list[str]:
        picker.search.selectAll()
        hand.type(typed)
        return names(picker)

    assert rows("Audi Q8") == ["New entity “Audi Q8”", "New entity “Audi” with Wikidata Q8", "Audi", "Canal"]
    assert rows("Audi q7") == ["New entity “Audi q7”", "Audi", "Port Velis"], "no second one with that id"
    assert rows("Audi wd:Q8") == ["New entity “Audi” with Wikidata Q8", "Audi", "Canal"], "this is no name"
    assert rows("Audi Q100") == ["New entity “Audi” with Wikidata Q100", "New entity “Audi Q100”", "Audi"]
    assert rows("Audi Q874") == ["Canal", "New entity “Audi Q874”", "Audi"]
    hand.keys("Down", "Return")
    rows_made = {one.name: one.external for one in session.ready.entities.all()}
    assert rows_made["Audi Q874"] == ""
    picker = asked(hand, "Velis")
    rows("Audi Q7")
    hand.keys("Return")
    assert ("Audi Q7", "") in {(one.name, one.external) for one in session.ready.entities.all()}
    assert ("Velis", "Audi Q7") in linked(hand)
    picker = asked(hand, "Velis")
    assert rows("Audi Q9")[1] == "New entity “Audi” with Wikidata Q9"
    hand.keys("Down", "Return")
    assert ("Audi", "wikidata:Q9") in {(one.name, one.external) for one in session.ready.entities.all()}


def test_of_a_long_name_the_middle_is_left_out_and_the_id_can_be_read(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def noted(painter: QPainter, rect: QRect, words: str, *more: Any) -> int:
        written.append(words)
        assert QFontMetrics(more[0]).horizontalAdvance(words) <= rect.width(), "all of it has room"
        return write(painter, rect, words, *more)

    monkeypatch.setattr(entity_picker, "write", noted)
    picker = asked(hand, "Velis")
    hand.type("Commonwealth of the Federated States of the North Q7779123")
    written.clear()
    picker.view.grab()
    both, whole = (words for words in written if words.startswith("New entity"))
    assert both.startswith("New entity “Common")
    assert both.endswith("North” · Q7779123")
    assert whole.endswith("Q7779123”")
    assert "…" in both
    assert "…" in whole
    assert picker._title.text().endswith("with Wikidata Q7779123")
    assert picker._title.sizeHint().width() <= picker._title.width()
    hand.keys("Escape")
    picker = asked(hand, "Velis")
    hand.type("Sund Q7779123")
    written.clear()
    picker.view.grab()
    assert "New entity “Sund” with Wikidata Q7779123" in written
