"""Names and notes that are too long to be read back from a file are told while they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.exchange.entity_lists import export_entities, plan_entities
from rubricator.model.scheme_file import dump_scheme, parse_scheme
from rubricator.model.spans import Span
from rubricator_gui.dialogs.entity import EntityDialog
from rubricator_gui.dialogs.topic import TopicDialog
from rubricator_gui.hand import Hand

TOO_LONG = "too long for a name: 500 characters are the most."


@pytest.fixture
def hand(safe: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return safe(kit.project(tmp_path / "p.rubric", [kit.STORY + "word " * 200]))


def paste(hand: Hand, field: QLineEdit | QPlainTextEdit, words: str) -> None:
    QGuiApplication.clipboard().setText(words)
    field.setFocus()
    hand.keys("Ctrl+A", "Ctrl+V")


def test_a_topic(hand: Hand) -> None:
    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, TopicDialog)
        paste(hand, dialog.name, "t" * 10_000)
        assert not dialog.save.isEnabled()
        assert TOO_LONG in dialog.why.text()
        paste(hand, dialog.name, "t" * 500)
        assert dialog.save.isEnabled()
        paste(hand, dialog.synonyms, "s" * 501)
        assert TOO_LONG in dialog.why.text()
        paste(hand, dialog.synonyms, "another name")
        paste(hand, dialog.definition, "d " * 60_000)
        assert not dialog.save.isEnabled()
        assert "longer than 100000 characters" in dialog.why.text()
        paste(hand, dialog.definition, "What it means")
        assert dialog.why.text() == ""
        hand.keys("Shift+Tab", "Shift+Tab", "Shift+Tab", "Return")
        assert not dialog.isVisible()

    hand.answer("topicDialog", work)
    hand.window.over.new_topic()
    scheme = hand.window.session.scheme
    assert parse_scheme(dump_scheme(scheme), "own.json").topics == scheme.topics
    assert [one.definition for one in scheme.topics if one.name == "t" * 500] == ["What it means"]


def test_an_entity(hand: Hand, tmp_path: Path) -> None:
    session = hand.window.session
    project = session.ready
    session.run(project.entities.add([project.entities.new("Velis", "CITY")]))

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, EntityDialog)
        paste(hand, dialog.aliases, "Port Velis\n" + "y" * 501)
        assert not dialog.save.isEnabled()
        assert TOO_LONG in dialog.why.text()
        paste(hand, dialog.aliases, "Port Velis\n" + "y" * 500)
        assert dialog.save.isEnabled()
        paste(hand, dialog.note, "n " * 60_000)
        assert "longer than 100000 characters" in dialog.why.text()
        paste(hand, dialog.note, "A note.\n" * 300)
        assert dialog.save.isEnabled()
        dialog.save.click()

    hand.answer("entityDialog", work)
    hand.window.over.show_entity(project.entities.all()[0])
    assert project.entities.all()[0].aliases == ("Port Velis", "y" * 500)
    for name in ("own.csv", "own.jsonl"):
        export_entities(project, tmp_path / name)
        plan = plan_entities(project, tmp_path / name)
        assert (plan.known, plan.broken) == (1, ()), name


def test_words_as_long_as_no_name_link_to_an_entity_with_another(hand: Hand) -> None:
    session = hand.window.session
    begin = session.text.index("word ")
    session.select(Span.of(begin, begin + 600))
    session.labelling.label("LOCATION")
    hand.keys("Ctrl+U")
    hand.answer("userError", QDialog.accept)
    hand.keys("Return")
    assert session.ready.entities.all() == []
    hand.keys("Ctrl+U")
    hand.type("The words")
    hand.keys("Return")
    assert [(one.name, one.aliases) for one in session.ready.entities.all()] == [("The words", ())]
