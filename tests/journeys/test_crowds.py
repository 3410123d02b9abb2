"""More spans over one place than anybody can see: they are walked, told and taken off all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.layer_edits import annotate
from rubricator.model.scheme import Label
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.hand import Hand

N = 1_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "crowd.rubric", (kit.STORY, "Nested\n\n" + "word " * 400))


def label_of(hand: Hand) -> str:
    chosen = hand.window.session.chosen_annotation
    return chosen.label if chosen is not None else ""


def test_a_thousand_over_one_word(start: Start, path: Path) -> None:
    with Project.open(path, Settings().me()) as project:
        project.add_labels([Label(f"L{n:04}", f"Label {n}") for n in range(N)])
        at = kit.STORY.index("Arvenia")
        project.apply(annotate([project.new_annotation("a1", f"L{n:04}", Span.of(at, at + 7)) for n in range(N)]))
    hand = start(path)
    hand.click(at + 2)
    walked = [label_of(hand)]
    for key in (".", ".", "Tab", "Tab", "Shift+Tab"):
        hand.keys(key)
        walked.append(label_of(hand))
    assert walked == ["L0000", "L0001", "L0002", "L0003", "L0004", "L0003"]
    hand.keys("Delete")
    assert hand.window.status.notice == "Deleted Label 3 “Arvenia”."
    assert len(kit.layer(hand)) == N - 1
    hand.keys("Ctrl+Z")
    assert len(kit.layer(hand)) == N
    hand.rest_on(hand.reader.rect_at(at + 2).center())
    card = hand.window.over.card
    hand.wait_until(card.isVisible, "the card comes")
    assert hand.window.rect().contains(card.geometry()), "the card is larger than the window"


def test_twenty_deep(start: Start, path: Path) -> None:
    with Project.open(path, Settings().me()) as project:
        labels = [label.name for label in project.scheme.labels]
        project.annotate_all(
            labels[0], {"a2": [Span.of(8 + 5 * n, 8 + 5 * (60 - n) - 1) for n in range(20)]}, ("a2", Span.of(8, 307))
        )
    hand = start(path)
    hand.do("next")
    hand.click(8 + 5 * 29 + 2)
    walked = []
    for _n in range(20):
        walked.append(hand.window.session.chosen)
        hand.keys(".")
    inner_first = [one.id for one in hand.window.session.spans][::-1]
    assert walked == inner_first, "from the innermost outwards"
    hand.keys("Delete")
    assert len(kit.layer(hand)) == 19
