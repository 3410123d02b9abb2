"""A decision refers to a guideline of the scheme: by a key, seen before and after, and told to the annotator."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start
from tests.journeys.test_names import nameless
from tests.journeys.test_review import TWICE, answer_group, begun, reviewing
from tests.journeys.test_window import clipped

from rubricator.project import Project
from rubricator.review.decision import REJECT, Decision
from rubricator.settings import Settings
from rubricator_gui.acts.because import at_issue
from rubricator_gui.dialogs.review_group import GroupDialog
from rubricator_gui.hand import Hand
from rubricator_gui.main import main
from rubricator_gui.panels.review.decision import DecisionPanel


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced("rita")
    return reviewed.project(tmp_path / "news.rubric", Settings().me())


@pytest.fixture
def hand(start: Start, path: Path) -> Hand:
    return begun(start, path)


def panel(hand: Hand) -> DecisionPanel:
    return hand.window.reviewer.pane.decision


def go_to(hand: Hand, words: str, kind: str) -> None:
    """Go to the difference of a kind over some words, by Tab alone."""
    for _n in reviewing(hand).settled:
        here = reviewing(hand).current
        assert here is not None
        if here.difference.kind == kind and any(one.quote == words for one in here.difference.annotations):
            return
        hand.keys("Tab")
    raise AssertionError(f"no such difference: {kind} {words}")


def decisions(hand: Hand, article: str = "a1") -> list[Decision]:
    return hand.window.session.ready.review.decisions(article)


def test_a_decision_refers_to_the_guideline_of_its_label(hand: Hand, tmp_path: Path) -> None:
    assert not panel(hand)._referring.isVisible()
    hand.keys("G", "Return")
    hand.type("a corridor is no sea")
    hand.keys("Return")
    assert panel(hand).reason.text() == "a corridor is no sea", "the reason stays beside it"
    assert panel(hand)._referring.text() == "Will refer to the guideline of Place"
    assert panel(hand).refer.isChecked()
    assert clipped(hand.window) == []
    assert list(nameless(hand.window)) == []
    hand.keys("R")
    (decision,) = decisions(hand)
    assert (decision.outcome, decision.reason, decision.guideline) == ("reject", "a corridor is no sea", "LOCATION")
    assert not panel(hand)._referring.isVisible(), "the next one begins without"
    assert not panel(hand).refer.isChecked()
    hand.keys("Shift+Tab")
    assert panel(hand)._told.text().split("\n") == [
        "Reason: a corridor is no sea",
        "It refers to the guideline of Place.",
    ]
    out = tmp_path / "gold.jsonl"
    project = hand.window.session.ready
    hand.keys("Ctrl+Z")
    assert decisions(hand) == []
    hand.keys("Ctrl+Shift+Z")
    with pytest.raises(SystemExit) as ended:  # the window is open meanwhile
        main(["export", str(project.path), str(out), "--format", "jsonl", "--gold", "--provenance"])
    assert ended.value.code == 0
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    layers = [layer for row in told for layer in row.get("layers", [])]
    assert [one["guideline"] for layer in layers for one in layer.get("decisions", [])] == ["LOCATION"]


def test_g_goes_through_the_labels_at_issue_and_back_to_none(hand: Hand) -> None:
    go_to(hand, "Belmora State Railways", "label")
    seen = []
    for _n in range(4):
        hand.keys("G")
        seen.append(reviewing(hand).because.guideline)
    assert sorted(seen[:2]) == ["FACILITY", "ORGANIZATION"]
    assert seen[2:] == ["", seen[0]]
    hand.keys("Tab", "Shift+Tab")
    assert reviewing(hand).because.guideline == "", "who goes on takes nothing along"
    hand.click_on(panel(hand).refer)
    assert reviewing(hand).because.guideline == seen[0]
    hand.keys("1")
    assert [one.guideline for one in decisions(hand)] == [seen[0]]


def test_what_was_decided_before_says_what_it_refers_to(start: Start, path: Path, tmp_path: Path) -> None:
    twice = reviewed.project(tmp_path / "two.rubric", Settings().me(), TWICE)
    hand = begun(start, twice)
    go_to(hand, "Belmora State Railways", "label")
    hand.keys("G", "1")
    named = hand.window.session.title(decisions(hand)[0].guideline)
    hand.window.session.show_article("a2")
    go_to(hand, "Belmora State Railways", "label")
    lines = [line.text() for line in panel(hand).before.lines]
    assert f"guideline of {named}" in lines[0]


def test_a_group_refers_to_it_as_a_whole(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = begun(start, reviewed.project(tmp_path / "two.rubric", Settings().me(), TWICE))
    go_to(hand, "Ministry of Transport and Ports", "boundary")
    hand.keys("G")

    def settle(dialog: GroupDialog) -> None:
        assert dialog._note.text().endswith("It refers to the guideline of Organization.")
        assert clipped(dialog) == []
        dialog.list.setFocus()
        hand.keys("Return")

    answer_group(hand, "Shift+1", settle)
    both = [*decisions(hand, "a1"), *decisions(hand, "a2")]
    assert [one.guideline for one in both] == ["ORGANIZATION"] * 4
    assert reviewing(hand).because.guideline == "", "it went with the group"
    assert not panel(hand).refer.isChecked()
    hand.keys("Tab", "R")
    assert [one.guideline for one in decisions(hand)].count("") == 1


def test_nothing_is_referred_to_where_nothing_is_decided(hand: Hand) -> None:
    """In locked gold neither the key nor the button takes anything up."""
    hand.keys(*["1"] * 8, "Ctrl+Return")
    assert reviewing(hand).locked
    hand.keys("G")
    assert reviewing(hand).because.guideline == ""
    assert "locked" in hand.window.status.notice


def test_relations_and_topics_can_be_referred_to(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = begun(start, reviewed.linked(tmp_path / "linked.rubric", Settings().me()))
    seen: dict[str, list[str]] = {}
    for one in reviewing(hand).settled:
        hand.keys("G")
        seen.setdefault(one.difference.kind, []).append(panel(hand)._referring.text())
        hand.keys("Tab")
    assert seen["topic"] == ["Will refer to the guideline of Culture", "Will refer to the guideline of Crime"]
    assert "Will refer to the guideline of Married to" in seen["relation"]
    assert all(words for some in seen.values() for words in some)


def test_the_annotator_is_told_the_guideline(start: Start, path: Path) -> None:
    with Project.open(path, Settings().me()) as project:
        reviewed.annotate(project, project.me, "a1", reviewed.MINE[:1])
        project.me = reviewed.CARL
        comparison = project.review.compare("a1")
        words = reviewed.MINE[0][0]
        place = next(one for one in comparison.differences if any(a.quote == words for a in one.annotations))
        project.review.decide(comparison, place, REJECT.because("too long", "LOCATION"))
    hand = start(path)
    hand.keys("F12")
    QTest.qWait(50)
    item = hand.window.over.mine.list.topLevelItem(0)
    assert item is not None
    assert item.text(2) == "too long · guideline of Place"


def test_a_label_that_the_scheme_lacks_cannot_be_referred_to(start: Start, path: Path) -> None:
    """What is at issue may be gone from the scheme."""
    hand = begun(start, path)
    here = reviewing(hand).current
    assert here is not None
    scheme = hand.window.session.scheme
    assert at_issue(here.difference, scheme) == ["LOCATION"]
    less = replace(scheme, labels=tuple(one for one in scheme.labels if one.name != "LOCATION"))
    assert at_issue(here.difference, less) == []
