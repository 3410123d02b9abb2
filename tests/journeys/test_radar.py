"""While words are selected, the card says how the same words are labelled elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.project import Project
from rubricator.suggest.radar import Radar

STORIES = (
    "One\n\nThe Harbour Council met. Then the Harbour Council slept.\n",
    "Two\n\nNobody saw the Harbour\nCouncil on Monday.\n",
    "Three\n\nHARBOUR COUNCIL rests.\n",
)


def test_the_card_says_how_words_are_labelled_elsewhere(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "r.rubric", STORIES))
    kit.label(hand, "The Harbour Council", "2")
    kit.label(hand, "Harbour Council", "2", nth=1)
    hand.do("next")
    kit.label(hand, "Harbour\nCouncil", "6")
    hand.do("next")
    kit.drag(hand, "HARBOUR COUNCIL")
    radar = hand.window.sections.chosen.radar
    hand.wait_until(lambda: bool(radar.words.text()), "the radar")
    assert radar.isVisible()
    said = radar.words.text()
    assert said.startswith("“HARBOUR COUNCIL”: 2 × Organization, 1 × Place, once with “the”"), said
    assert "met" in radar._places.accessibleName()
    kit.drag(hand, "rests")
    hand.wait_until(lambda: "not labelled on its own anywhere" in radar.words.text(), "the words for nothing")


def test_the_radar_says_how_many_places_it_does_not_show(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "r.rubric", ["\n\n".join(f"Number {n}: Velis." for n in range(6))]))
    radar = hand.window.sections.chosen.radar
    for nth in range(3):
        kit.label(hand, "Velis", "0", nth)
    kit.drag(hand, "Velis", 5)
    hand.wait_until(lambda: radar.words.text() == "“Velis”: 3 × City, town", "the radar")
    assert not radar.more.isVisible(), "all are shown"
    for nth in range(3, 5):
        kit.label(hand, "Velis", "0", nth)
    kit.drag(hand, "Velis", 5)
    hand.wait_until(lambda: radar.words.text() == "“Velis”: 5 × City, town", "the radar")
    assert radar.more.isVisible()
    assert radar.more.text() == "and 2 more"
    kit.drag(hand, "Number")
    hand.wait_until(lambda: "not labelled" in radar.words.text(), "the words for nothing")
    assert not radar.more.isVisible()


def test_while_a_selection_grows_nothing_is_looked_up(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "r.rubric", STORIES))
    looked_up: list[str] = []
    real = Project.radar

    def noted(project: Project, words: str) -> Radar:
        looked_up.append(words)
        return real(project, words)

    monkeypatch.setattr(Project, "radar", noted)
    hand.click(kit.at(hand, "Harbour")[0])
    radar = hand.window.sections.chosen.radar
    radar._pause.setInterval(60_000)  # however slow the machine is, the key comes again before
    for _repeat in range(30):  # as a key that is held down
        QTest.keyClick(hand.reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        QApplication.processEvents()
        assert radar.waits
    assert looked_up == []
    radar._pause.start(0)
    hand.wait_until(lambda: bool(radar.words.text()), "the radar")
    assert len(looked_up) == 1


def test_the_radar_tells_of_the_words_that_keys_make_of_the_selection(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "r.rubric", ["The Harbour Council met. The Council slept.\n"]))
    hand.window.session.wish_offers(False)
    radar = hand.window.sections.chosen.radar
    kit.label(hand, "Harbour Council", "2")
    kit.drag(hand, "Council", 1)
    for keys, words in (
        (("F2",), "“Council”:"),
        (("Shift+Left",), "“The Council”:"),
        (("Esc",), "“Council”:"),
        (("F2", "Shift+Left", "Right"), "“The Council slept”:"),
        (("Return",), "“The Council slept”:"),
    ):
        hand.keys(*keys)
        hand.wait_until(lambda words=words: radar.words.text().startswith(words), f"{keys}: the radar tells of {words}")
