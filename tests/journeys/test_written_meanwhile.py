"""A dialog stands open, or a note is being typed, while another program writes of the same thing: neither work is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.comments import Comment
from rubricator.model.entities import Entity
from rubricator.model.scheme import Topic
from rubricator.project import Project
from rubricator_gui.dialogs.comments import CommentDialog
from rubricator_gui.dialogs.entity import EntityDialog
from rubricator_gui.dialogs.note import NoteDialog
from rubricator_gui.dialogs.topic import TopicDialog
from rubricator_gui.hand import Hand

Do = Callable[[Project], object]


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    made = start(kit.project(tmp_path / "p.rubric"))
    session = made.window.session
    session.run(session.ready.topics.add("Strikes", "", "Work stops", ["walkout", "lockout"]))
    velis = session.ready.entities.new("Velis", "CITY", aliases=["Port Velis", "the port"])
    session.run(session.ready.entities.add([velis]))
    return made


def meanwhile(hand: Hand, do: Do, *, ben: bool = True) -> None:
    """Have another program write, and the window take it in."""
    session = hand.window.session
    with Project.open(session.ready.path, making.BEN if ben else session.ready.me) as other:
        do(other)
    session.look_for_news()


def topic(project: Project) -> Topic:
    return next(one for one in project.scheme.topics if "trike" in one.name)


def entity(project: Project) -> Entity:
    return project.entities.all()[0]


def renamed(hand: Hand, field: QLineEdit, name: str) -> None:
    field.setFocus()
    hand.keys("Ctrl+A")
    hand.type(name)


def rename_topic(hand: Hand, do: Do) -> Topic:
    """Rename the topic in its dialog while Ben does something; return it."""

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, TopicDialog)
        renamed(hand, dialog.name, "Strikes at sea")
        meanwhile(hand, do)
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        assert not dialog.isVisible()

    hand.answer("topicDialog", work)
    project = hand.window.session.ready
    hand.window.over.show_topic(topic(project).code)
    return topic(project)


def test_who_renames_a_topic_keeps_the_meaning_and_names_that_somebody_else_wrote(hand: Hand) -> None:
    def write(other: Project) -> None:
        old = topic(other)
        other.topics.change(old, old._replace(definition="Ben’s words", synonyms=("lockout", "stoppage")))

    found = rename_topic(hand, write)
    assert (found.name, found.definition) == ("Strikes at sea", "Ben’s words")
    assert found.synonyms == ("lockout", "stoppage")
    hand.keys("Ctrl+Z")
    assert (topic(hand.window.session.ready).name, found.definition) == ("Strikes", "Ben’s words")


def test_who_renames_a_topic_does_not_bring_it_back(hand: Hand) -> None:
    found = rename_topic(hand, lambda other: other.topics.retire(topic(other).code, note="Use labour."))
    assert (found.name, bool(found.retired), found.note) == ("Strikes at sea", True, "Use labour.")


def test_a_topic_that_somebody_else_called_so_already_closes_the_dialog(hand: Hand) -> None:
    def write(other: Project) -> None:
        old = topic(other)
        other.topics.change(old, old._replace(name="Strikes at sea"))

    assert rename_topic(hand, write).name == "Strikes at sea"


def test_of_two_who_add_and_take_other_names_of_an_entity_neither_loses(hand: Hand) -> None:
    def write(other: Project) -> None:
        old = entity(other)
        other.entities.change(old, old._replace(aliases=("Port Velis", "Velis harbour"), note="Ben’s note"))

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, EntityDialog)
        dialog.aliases.setFocus()
        hand.keys("Ctrl+Home")
        hand.type("V. ")
        meanwhile(hand, write)
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    hand.answer("entityDialog", work)
    hand.window.over.show_entity(entity(hand.window.session.ready))
    found = entity(hand.window.session.ready)
    assert found.aliases == ("V. Port Velis", "Velis harbour")
    assert found.note == "Ben’s note"


def test_entities_put_together_in_the_details_keep_what_somebody_else_wrote(hand: Hand) -> None:
    session = hand.window.session
    old, other = entity(session.ready), session.ready.entities.new("Haven")
    session.run(session.ready.entities.add([other]))
    meanwhile(hand, lambda ben: ben.entities.change(old, old._replace(aliases=(*old.aliases, "Velis harbour"))))
    session.linking.merge(old, other)
    assert entity(session.ready).aliases == ("Port Velis", "the port", "Velis harbour", "Haven")


def test_a_note_on_a_topic_that_was_only_looked_at_writes_nothing(hand: Hand) -> None:
    session = hand.window.session
    code = topic(session.ready).code
    session.topics.give(code)
    note = partial(_note, code)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, NoteDialog)
        meanwhile(hand, lambda other: note(other, "In the second half."), ben=False)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    hand.answer("noteDialog", look)
    hand.window.over.topic_note(code)
    assert session.ready.tags("a1")[0].note == "In the second half."


def _note(code: str, project: Project, note: str) -> None:
    project.topics.write_note(next(one for one in project.tags("a1") if one.topic == code), note)


def test_a_note_that_is_being_typed_stays_when_another_program_writes_one(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "9")
    session = hand.window.session
    session.choose(next(iter(session.spans)).id)
    hand.do("note")
    hand.type("Is this")
    meanwhile(hand, lambda other: other.write_note(other.annotations("a1")[0], "another"), ben=False)
    hand.type(" a country?")
    hand.keys("Return")
    assert session.ready.annotations("a1")[0].note == "Is this a country?"


def test_a_note_that_is_being_typed_is_kept_when_another_program_deletes_what_it_is_about(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "9")
    session, card = hand.window.session, hand.window.sections.chosen
    uid = next(iter(session.spans)).id
    session.choose(uid)
    hand.do("note")
    hand.type("Is this a country?")
    meanwhile(hand, lambda other: other.delete(other.annotations("a1")), ben=False)
    assert uid not in session.spans
    assert "Is this a country?" in hand.window.status.notice
    meanwhile(hand, lambda other: other.undo(), ben=False)
    session.choose(uid)
    assert "Is this a country?" in card.comments.words.text()
    assert session.ready.annotations("a1")[0].note == ""


def test_a_note_that_was_emptied_is_no_draft(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "9")
    session = hand.window.session
    (one,) = session.spans
    session.choose(one.id)
    session.labelling.write_note("Why?")
    hand.do("note")
    hand.keys("Ctrl+A", "Delete")
    meanwhile(hand, lambda other: other.delete(other.annotations("a1")), ben=False)
    assert not session.comments.drafts
    assert "in case it comes back" not in hand.window.status.notice


def test_who_deletes_what_he_writes_a_note_on_has_written_it(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "9")
    session = hand.window.session
    (one,) = session.spans
    session.choose(one.id)
    hand.do("note")
    hand.type("Is this a country?")
    session.labelling.delete()
    assert not session.comments.drafts
    hand.do("undo")
    assert [a.note for a in session.spans] == ["Is this a country?"]


def test_the_card_tells_where_moved_borders_are_when_another_program_writes_a_note(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "9")
    session, card = hand.window.session, hand.window.sections.chosen
    session.choose(next(iter(session.spans)).id)
    hand.keys("F2")
    before = card._place.text()
    hand.keys("Right")
    moved = card._place.text()
    assert moved != before
    meanwhile(hand, lambda other: other.write_note(other.annotations("a1")[0], "another"), ben=False)
    assert card.note_field.toPlainText() == "another"
    assert card._place.text() == moved
    hand.keys("Escape")
    assert card._place.text() == before


def test_another_text_of_a_comment_that_was_taken_away_is_not_lost(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "9")
    session = hand.window.session
    one = next(iter(session.spans))
    session.choose(one.id)
    session.comments.add(one, "Why?")

    def take(other: Project) -> None:
        (there,) = other.comments.on(one.id)
        other.comments.delete(there)

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        dialog.list.setFocus()
        hand.keys("Home", "F2")
        hand.type("Why not a city?")
        meanwhile(hand, take, ben=False)
        hand.keys("Ctrl+Return", "Esc")

    hand.answer("commentDialog", work)
    hand.window.over.comment()

    def again(dialog: QDialog) -> None:
        hand.keys("Ctrl+Return", "Esc")

    hand.answer("commentDialog", again)
    hand.window.over.comment()
    said: list[Comment] = session.ready.comments.on(one.id)
    assert [comment.text for comment in said] == ["Why not a city?"]
