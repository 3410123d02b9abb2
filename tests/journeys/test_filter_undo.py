"""In a field that filters or searches undo is of what is being typed, or of the work; Ctrl+Enter is of the field."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator_gui.hand import Hand

FIELDS = ("annotationFilter", "articleFilter", "topicSearch", "entitySearch", "findField")


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric"))
    kit.label(hand, "Arvenia", "3")
    hand.do("find")
    hand.do("entities")
    return hand


def come_to(hand: Hand, name: str) -> QLineEdit:
    """Put the focus into a field."""
    field = hand.window.findChild(QLineEdit, name)
    assert isinstance(field, QLineEdit)
    for action, section in (
        ("annotationFilter", "annotations"),
        ("topicSearch", "topics"),
        ("entitySearch", "entities"),
    ):
        if action == name:
            hand.window.side.bring(section)
    field.setFocus()
    assert hand._focus() is field
    return field


@pytest.mark.parametrize("name", FIELDS)
def test_who_types_undoes_what_was_typed_and_then_the_work(hand: Hand, name: str) -> None:
    field = come_to(hand, name)
    hand.type("zz")
    hand.keys("Ctrl+Z")
    assert (field.text(), kit.layer(hand)) == ("", [("COUNTRY", "Arvenia")])
    hand.keys("Ctrl+Z")
    assert (field.text(), kit.layer(hand)) == ("", [])


@pytest.mark.parametrize("name", FIELDS)
def test_who_comes_back_undoes_the_work(hand: Hand, name: str) -> None:
    field = come_to(hand, name)
    hand.type("zz")
    hand.click(kit.at(hand, "Toll")[0] + 1)
    come_to(hand, name)
    hand.keys("Ctrl+Z")
    assert (field.text(), kit.layer(hand)) == ("zz", []), "the words stay, the work goes"


@pytest.mark.parametrize("name", FIELDS[:4])
def test_escape_empties_a_filter_and_then_leaves(hand: Hand, name: str) -> None:
    field = come_to(hand, name)
    hand.type("ar")
    hand.keys("Escape")
    assert (field.text(), hand._focus()) == ("", field)
    hand.keys("Escape")
    assert hand._focus() is hand.reader


@pytest.mark.parametrize("name", FIELDS[:4])
def test_what_escape_emptied_does_not_come_back(hand: Hand, name: str) -> None:
    field = come_to(hand, name)
    hand.type("zz")
    hand.keys("Escape")
    assert (field.text(), hand._focus()) == ("", field)
    hand.keys("Ctrl+Z")
    assert (field.text(), kit.layer(hand)) == ("", [])


def test_work_done_from_the_field_is_undone_before_what_was_typed(hand: Hand) -> None:
    field = come_to(hand, "annotationFilter")
    hand.type("arv")
    hand.keys("Ctrl+B")
    assert hand.window.session.flags
    hand.keys("Ctrl+Z")
    assert (field.text(), bool(hand.window.session.flags)) == ("arv", False)


def test_a_note_keeps_its_own_undo(hand: Hand) -> None:
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    hand.keys("Return")
    field = hand.window.sections.chosen.note_field
    hand.type("hm")
    hand.keys("Ctrl+Z")
    assert (field.toPlainText(), kit.layer(hand)) == ("", [("COUNTRY", "Arvenia")])


def test_what_another_one_writes_meanwhile_leaves_undo_to_what_is_typed(hand: Hand) -> None:
    session = hand.window.session
    field = come_to(hand, "annotationFilter")
    hand.type("zz")
    with Project.open(session.ready.path, making.BEN) as other:
        other.annotate("a1", "PERSON", [Span.of(0, 7)])
    session.look_for_news()
    hand.keys("Ctrl+Z")
    assert (field.text(), kit.layer(hand)) == ("", [("COUNTRY", "Arvenia")])


@pytest.mark.parametrize("keys", ["Ctrl+Return", "Ctrl+Enter"])
@pytest.mark.parametrize("name", FIELDS)
def test_ctrl_enter_does_in_a_field_what_enter_does_and_finishes_nothing(hand: Hand, name: str, keys: str) -> None:
    come_to(hand, name)
    hand.type("o")
    hand.keys(keys)
    after = hand._focus()
    come_to(hand, name)
    hand.keys("Return")
    assert hand._focus() is after
    assert hand.window.session.status == "doing"
    hand.window.reader.setFocus()
    hand.keys(keys)
    assert hand.window.session.status == "done", "it is the article's elsewhere"


def test_ctrl_enter_finishes_the_article_once_a_topic_was_given(hand: Hand) -> None:
    hand.keys("Ctrl+T")
    hand.type("agricult")
    hand.keys("Return")
    assert len(kit.topics(hand)) == 1
    assert hand._focus().objectName() == "topicSearch"
    hand.keys("Ctrl+Return")
    assert hand.window.session.status == "done"
    hand.keys("Ctrl+Z")
    hand.type("sp")
    hand.keys("Ctrl+Return")
    assert hand.window.session.status == "doing", "another topic is looked for"
    assert len(kit.topics(hand)) == 2


@pytest.mark.parametrize("name", FIELDS)
def test_words_that_are_all_selected_are_the_field_s_as_well(hand: Hand, name: str) -> None:
    field = come_to(hand, name)
    hand.type("o")
    field.selectAll()
    hand.keys("Ctrl+Return")
    assert hand.window.session.status == "doing"


def test_a_key_with_more_than_ctrl_is_the_window_s(hand: Hand) -> None:
    session = hand.window.session
    hand.wait_until(lambda: not session.offers_due and len(session.offers) > 0, "something is suggested")
    before = len(kit.layer(hand))
    come_to(hand, "annotationFilter")
    hand.type("o")
    hand.keys("Ctrl+Shift+Return")
    assert len(kit.layer(hand)) > before
