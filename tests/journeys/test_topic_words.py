"""Topics by the words that people have for them: how one is found, and how it is taken off again, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Topic
from rubricator_gui.dialogs.palette import Palette
from rubricator_gui.hand import Hand
from rubricator_gui.panels.topic_chips import TopicChip
from rubricator_gui.panels.topic_model import SUB


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "p.rubric"))


def test_what_is_said_of_a_topic_that_is_given_already_leads_by_keys_to_taking_it_off(hand: Hand) -> None:
    hand.keys("Ctrl+T")
    hand.type("accident")
    hand.keys("Return", "Return")
    assert kit.topics(hand) == ["Accident and emergency incident"]
    notice = hand.window.status.notice
    assert "Tab goes to the chips; Delete on its chip, or its ×, takes it off." in notice
    hand.keys("Tab")
    assert isinstance(QApplication.focusWidget(), TopicChip)
    hand.keys("Delete")
    assert kit.topics(hand) == []


@pytest.mark.parametrize("typed", ["remove topic", "take off topic"])
def test_the_palette_knows_the_way_to_taking_a_topic_off(hand: Hand, typed: str) -> None:
    found: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, Palette)
        hand.type(typed)
        model = dialog.list.model()
        found.extend(model.index(n, 0).data() for n in range(model.rowCount()))
        hand.keys("Escape")

    hand.answer("palette", look)
    hand.keys("Ctrl+K")
    assert found[:1] == ["Find a topic"]


def test_the_tooltip_tells_what_a_topic_means_in_the_tree_in_what_is_found_and_on_its_chip(hand: Hand) -> None:
    panel, session = hand.window.sections.topics, hand.window.session
    long = "Means of transport at sea. " * 40
    tree = (Topic("medtop:20000038", "culture", "What people hand down."), Topic("t:2", "shipping", long))
    session.run(session.ready.topics.put(tree, "tree.json"))

    def told(name: str) -> list[str]:
        model = panel.tree.model()
        row = next(n for n in range(model.rowCount()) if model.index(n, 0).data() == name)
        return str(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)).splitlines()

    hand.wait_until(lambda: panel.tree.model().rowCount() == 2, "the topics are shown")
    culture = ["Culture", "What people hand down.", "Found by: heritage, museum, library, monument"]
    assert [line[:45] for line in told("Culture")] == culture
    assert told("Shipping")[1].endswith("…"), "a few lines of it"
    assert len(told("Shipping")[1]) <= 300
    hand.keys("Ctrl+T")
    hand.type("museum")
    assert [line[:45] for line in told("Culture")] == culture
    hand.keys("Return")
    (chip,) = panel.chips.chips
    assert "What people hand down." in chip.toolTip()


def rows(hand: Hand) -> list[tuple[str, str]]:
    """Return what the rows of the tree say, and what stands beside it."""
    model = hand.window.sections.topics.tree.model()
    indexes = (model.index(n, 0) for n in range(model.rowCount()))
    return [(index.data(), index.data(SUB)) for index in indexes]


@pytest.mark.parametrize(
    ("typed", "topic", "beside"),
    [
        ("diplom", "International relations", "also “diplomacy” · Politics and government"),
        ("treaties", "International relations", "also “treaty” · Politics and government"),
        ("security", "Conflict, war and peace", "also “security”"),
        ("defen", "Conflict, war and peace", "also “defence”"),
        ("defense", "Conflict, war and peace", "also “defense”"),
        ("army", "Armed conflict", "also “army” · Conflict, war and peace"),
        ("police", "Law enforcement", "also “police” · Crime, law and justice"),
        ("budget", "Government policy", "also “budget” · Politics and government"),
        ("inflat", "Economy", "also “inflation” · Economy, business and finance"),
        ("vaccin", "Health treatment and procedure", "also “vaccine” · Health"),
        ("flood", "Disaster", "also “flood” · Disaster, accident and emergency incident"),
    ],
)
def test_the_topics_that_come_with_the_program_are_found_by_what_journalists_type(
    hand: Hand, typed: str, topic: str, beside: str
) -> None:
    hand.keys("Ctrl+T")
    hand.type(typed)
    assert rows(hand)[0] == (topic, beside)
    hand.keys("Return")
    assert kit.topics(hand) == [topic]


def test_two_of_one_name_that_are_found_by_another_word_are_told_apart_by_what_is_above(hand: Hand) -> None:
    above = (Topic("t:1", "sport"), Topic("t:2", "education"))
    twins = [Topic(f"{one.code}1", "league", "", one.code, synonyms=("premiership",)) for one in above]
    session = hand.window.session
    session.run(session.ready.topics.put([*above, *twins], "tree.json"))
    hand.keys("Ctrl+T")
    hand.type("premier")
    assert sorted(rows(hand)) == [
        ("League", "also “premiership” · Education"),
        ("League", "also “premiership” · Sport"),
    ]


def test_the_words_are_of_the_search_alone(hand: Hand) -> None:
    assert not any(topic.synonyms for topic in hand.window.session.scheme.topics)


def test_the_tree_stands_by_names(hand: Hand) -> None:
    hand.wait_until(lambda: len(rows(hand)) > 1, "the topics are shown")
    names = [name for name, _beside in rows(hand)]
    assert names == sorted(names)
    assert names[1] == "Conflict, war and peace"
