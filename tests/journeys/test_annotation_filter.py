"""The filter of the annotation list in the window: it finds what is said about annotations, and says what it has not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Attribute
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    """Three annotations: one with a comment and a text, one that is stale, one suggested by nobody."""
    kit.introduced("Anna")
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        called = Attribute("alias", "Called", "text", labels=("PERSON",))
        project.schemes.change(replace(project.scheme, attributes=(called,)), "called")
    hand = start(path)
    session = hand.window.session
    kit.label(hand, "Lebrune", "1")
    kit.label(hand, "Arvenia", "3")
    (lebrune, _arvenia) = session.spans
    session.comments.add(lebrune, "Is this agreed?")
    session.choose(lebrune.id)
    session.attributes.set(session.scheme.attributes[0], "Anna Berg the pilot")
    session.do(session.ready.schemes.change, session.scheme, "meaning", ["COUNTRY"])
    kit.label(hand, "Toll", "3")
    return hand


def found(hand: Hand, typed: str) -> list[str]:
    """Type a filter; return the quotes that are listed then."""
    panel = hand.window.sections.annotations
    panel.filter.setFocus()
    hand.keys("Ctrl+A")
    hand.type(typed)
    hand.wait_until(lambda: not panel._soon.isActive(), "the filter was asked")
    QTest.qWait(1)
    model = panel.view.model()
    return [str(model.index(row, 0).data()).partition(" ")[0] for row in range(model.rowCount())]


def said(hand: Hand) -> str:
    """Return what stands where the list is empty."""
    words = hand.window.sections.annotations.empty.findChildren(QLabel)
    return " ".join(label.text().replace("\u200b", "") for label in words)


@pytest.mark.parametrize(
    ("typed", "quotes"),
    [
        ("comment:", ["Lebrune"]),
        ("comment:agreed", ["Lebrune"]),
        ("comment:nobody", []),
        ("agreed", ["Lebrune"]),
        ("called:pilot", ["Lebrune"]),
        ("called:driver", []),
        ("stale:", ["Arvenia"]),
        ("-stale:", ["Lebrune", "Toll"]),
        ("by:anna", ["Lebrune", "Arvenia", "Toll"]),
        ("by:ben", []),
        ("origin:hand", ["Lebrune", "Arvenia", "Toll"]),
        ("-origin:", ["Lebrune", "Arvenia", "Toll"]),
    ],
)
def test_what_is_said_of_annotations_is_found(hand: Hand, typed: str, quotes: list[str]) -> None:
    assert found(hand, typed) == quotes
    if not quotes:
        assert f"No annotation matches “{typed}”." in said(hand)


@pytest.mark.parametrize("typed", ["foo:bar", "-foo:bar", "label:COUNTRY foo:"])
def test_what_there_is_nothing_of_is_said(hand: Hand, typed: str) -> None:
    assert found(hand, typed) == []
    assert "There is nothing called “foo:” to filter by; there are label:, entity:, " in said(hand)
    assert "origin: and called:." in said(hand)
    assert found(hand, "label:COUNTRY") == ["Arvenia", "Toll"]


def test_a_comment_that_is_added_is_found_at_once(hand: Hand) -> None:
    assert found(hand, "comment:later") == []
    session = hand.window.session
    session.comments.add(next(one for one in session.spans if one.quote == "Toll"), "Later!")
    assert found(hand, "comment:later") == ["Toll"]


def test_what_was_looked_at_again_is_stale_no_more(hand: Hand) -> None:
    assert found(hand, "stale:") == ["Arvenia"]
    session = hand.window.session
    session.worklist.confirm(session.worklist.places()[0])
    assert hand.window.sections.annotations.view.model().rowCount() == 0, "without anything being typed"
    assert found(hand, "-stale:") == ["Lebrune", "Arvenia", "Toll"]


def test_it_is_told_that_the_filter_hides_what_was_just_labelled(hand: Hand) -> None:
    assert found(hand, "leb") == ["Lebrune"]
    hand.reader.setFocus()
    kit.label(hand, "Karesh", "3", nth=1)
    QTest.qWait(5)
    assert hand.window.status.notice.endswith("The filter of the list hides it.")
    session = hand.window.session
    session.tell("Something else.")
    with Project.open(session.ready.path, making.BEN) as ben:
        ben.annotate("a1", "EVENT", [Span.of(0, 7)])
    session.look_for_news()
    QTest.qWait(5)
    assert hand.window.status.notice == "Something else.", "it is not in this list"
    hand.window.sections.annotations.filter.clear()
    hand.reader.setFocus()
    kit.label(hand, "Port Velis", "0")
    QTest.qWait(5)
    assert "filter" not in hand.window.status.notice
