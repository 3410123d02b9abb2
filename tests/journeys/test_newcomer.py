"""What held up somebody who saw the program for the first time: a new project, offers, topics, the size of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui.hand import Hand
from rubricator_gui.panels.labels import LabelPanel
from rubricator_gui.panels.topics import TopicPanel

NESTED = (
    "Toll hosts a meeting\n\nThe Secretaries of the Security Council of the Toll member states met in the port. "
    "A spokesman of Toll said so.\n"
)
TITLE = "Secretaries of the Security Council of the Toll member states"
COUNCIL = "Security Council of the Toll member states"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "toll.rubric", [NESTED]))


def test_a_new_project_shows_all_labels(start: Start, tmp_path: Path) -> None:
    hand = start()
    hand.answer_file(tmp_path / "first.rubric")
    hand.answer("QInputDialog", lambda dialog: dialog.findChild(QLineEdit) and hand.keys("Return"))
    hand.click_on(hand.window.findChild(QPushButton, "welcome-new"))
    hand.wait_until(lambda: hand.window.session.project is not None, "the project is made")
    panel = hand.window.findChild(LabelPanel)
    assert panel is not None
    view = panel.view
    assert view.model().rowCount() == 20
    hand.wait_until(lambda: view.isVisible() and view.verticalScrollBar().maximum() == 0, "all labels are shown")


def label(hand: Hand, words: str, key: str, nth: int = 0) -> None:
    hand.drag(*kit.at(hand, words, nth))
    hand.keys(key)


def test_an_offer_never_takes_the_place_of_an_annotation(hand: Hand) -> None:
    session, page = hand.window.session, hand.window.reader.page
    label(hand, TITLE, "8")
    label(hand, COUNCIL, "2")
    label(hand, "Toll", "2", nth=2)
    start, _end = kit.at(hand, "Toll", nth=1)
    hand.wait_until(lambda: start in {offer.start for offer in page.offers.overlapping(start, start + 1)}, "an offer")
    block = page.document.findBlock(page.positions.to_qt(start))
    hidden = {name for pill in page.scene(block).pills for name in pill.ids}
    assert not hidden & {annotation.id for annotation in session.spans}


def test_topics_are_never_cut_off(hand: Hand) -> None:
    for words in ("peace", "international relations", "conflict"):
        hand.keys("Ctrl+T")
        hand.type(words)
        hand.keys("Return")
    panel = hand.window.findChild(TopicPanel)
    assert panel is not None
    chips = panel.chips
    assert len(chips.chips) == 3
    for high in (1000, 920, 800, 700):
        hand.window.resize(1600, high)
        hand.wait_until(lambda high=high: hand.window.height() == high, "it is resized")
        assert all(chips.rect().contains(chip.geometry()) for chip in chips.chips), high


def test_the_flag_is_whole_when_the_window_has_grown(hand: Hand) -> None:
    window = hand.window
    hand.keys("Ctrl+B")
    flag = window.header.flag
    for size in ((1000, 700), (1590, 970), (1000, 700)):
        window.resize(*size)
        hand.wait_until(
            lambda size=size: window.width() == size[0] and window.reader.width() <= size[0], "it is resized"
        )
        assert flag.width() == window.header.status.width() == flag.height(), size
        assert window.header.rect().contains(flag.geometry()), size
