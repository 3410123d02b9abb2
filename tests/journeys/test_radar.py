"""While words are selected, the card says how the same words are labelled elsewhere."""

from __future__ import annotations

from pathlib import Path

from tests.journeys import kit
from tests.journeys.conftest import Start

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
    hand.wait_until(lambda: "not labelled anywhere" in radar.words.text(), "the words for nothing")
