"""Keys and clicks that did what nobody meant: what is typed in a note, an open article's row, borders half moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import RelationType
from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "p.rubric", [kit.STORY, kit.STORY.replace("Arvenia", "Belmora")]))


def test_ctrl_enter_in_a_note_writes_it_and_finishes_nothing(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    hand.keys("Return")
    hand.type("is it the state?")
    hand.keys("Ctrl+Return")
    assert [one.note for one in session.spans] == ["is it the state?"]
    assert session.status == "doing"
    assert hand._focus() is hand.reader
    hand.keys("Ctrl+Return")
    assert session.article.id == "a2", "in the text it finishes, as ever"


def test_who_takes_the_open_article_in_the_list_goes_on_in_it(hand: Hand) -> None:
    hand.show(1440, 900)
    view = hand.window.articles.view
    row = view.visualRect(view.model().index(0, 0)).center()
    hand.click_on(view.viewport(), row)
    assert hand._focus() is hand.reader
    kit.label(hand, "Arvenia", "3")
    hand.click_on(view.viewport(), row)
    hand.keys("Tab")
    assert hand.window.session.current is not None, "Tab walks in the text"
    assert hand._focus() is hand.reader


@pytest.mark.parametrize("how", ["click", "finish"])
def test_borders_that_are_being_moved_are_kept_where_one_goes_elsewhere(hand: Hand, how: str) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    start, end = kit.at(hand, "Arvenia")
    hand.keys("F2", "Right")
    if how == "click":
        hand.click(kit.at(hand, "Toll")[0] + 1)
    else:
        hand.keys("Ctrl+Return")
        hand.do("previous")
    (moved,) = session.spans
    assert moved.start == start
    assert moved.end > end, "the next word is in it"
    hand.keys("Ctrl+Z", *(["Ctrl+Z"] if how == "finish" else []))
    assert [(one.start, one.end) for one in session.spans] == [(start, end)]
    hand.click(start + 1)
    hand.keys("F2", "Right", "Escape")
    assert [(one.start, one.end) for one in session.spans] == [(start, end)], "Esc leaves them"


def test_what_is_done_to_a_relation_that_went_meanwhile_is_not_told_as_done(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    kit.label(hand, "Toll", "3")
    kinds = (RelationType("met", "Met", ("COUNTRY",), ("COUNTRY",)),)
    session.run(session.ready.schemes.change(replace(session.scheme, relations=kinds), "relations"))
    one, other = session.spans
    assert session.do(session.ready.relations.add, "met", one, other)
    (relation,) = session.relations.here()
    assert session.relations.delete(relation)
    steps = len(session.ready.history(100))
    for act in (session.relations.turn, session.relations.delete):
        assert not act(relation)
        assert hand.window.status.notice == "This relation is not there any more."
    assert len(session.ready.history(100)) == steps
