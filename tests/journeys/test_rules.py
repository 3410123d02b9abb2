"""What a rule of the scheme forbids, by all the ways there are: said in words, and nothing half done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Attribute, Rule
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.hand import Hand


@pytest.fixture
def hand(safe: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    file = kit.project(tmp_path / "rules.rubric", (kit.STORY, f"{kit.STORY}\nAgain.\n"))
    with Project.open(file, Settings().me()) as project:
        rules = (Rule("1", "no-overlap", {"labels": ["COUNTRY", "PERSON"]}), Rule("2", "some-topic", {}))
        gender = Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",), required=True)
        project.change_scheme(replace(project.scheme, rules=rules, attributes=(gender,)), "rules")
    hand = safe(file)
    kit.label(hand, "Arvenia", "3")
    kit.label(hand, "Karesh", "1", 1)
    return hand


def by_key(hand: Hand) -> None:
    kit.label(hand, "of Arvenia", "1")


def by_sticky_label(hand: Hand) -> None:
    hand.keys("Esc", "Esc", "1")
    kit.drag(hand, "of Arvenia")


def by_picker(hand: Hand) -> None:
    kit.drag(hand, "of Arvenia")
    hand.keys("Return")
    hand.type("Person")
    hand.keys("Return")


def by_a_fragment(hand: Hand) -> None:
    hand.window.session.choose(hand.window.session.spans.nth(0).id)
    kit.drag(hand, "Karesh and Toll")
    hand.keys("+")


@pytest.mark.parametrize(
    ("way", "verb"),
    [(by_key, "labelled"), (by_sticky_label, "labelled"), (by_picker, "labelled"), (by_a_fragment, "changed")],
)
def test_two_labels_that_may_not_overlap(hand: Hand, way: Callable[[Hand], None], verb: str) -> None:
    before = kit.layer(hand)
    way(hand)
    assert f"was not {verb}: " in hand.window.status.notice
    assert "may not overlap (rule 1)." in hand.window.status.notice
    assert "or change the rule." in hand.window.status.notice
    assert kit.layer(hand) == before == [("COUNTRY", "Arvenia"), ("PERSON", "Karesh")]


def test_an_article_that_lacks_something_is_not_finished_and_not_left(hand: Hand) -> None:
    session = hand.window.session
    hand.keys("Esc", "Ctrl+Return")
    assert session.article is not None
    assert session.article.id == "a1", "it went on to the next article all the same"
    assert session.status == "doing"
    said = "The article cannot be finished yet: “Karesh” does not say Gender, and 1 more. Say it, or change the rule."
    assert hand.window.status.notice == said


def test_the_quote_of_a_refusal_is_no_longer_than_people_read(hand: Hand) -> None:
    hand.reader.setFocus()
    hand.keys("Esc", "Ctrl+A", "1")
    assert "may not overlap" in hand.window.status.notice
    assert len(hand.window.status.notice) < 400
