"""Each kind of rule filled in through its form, applied, and obeyed from then on; changing one changes only that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import edit, press, said, tab_to

from rubricator.model.rules import RULE_KINDS
from rubricator.model.scheme import Rule, Topic
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.hand import Hand

Fill = Callable[[Hand, QDialog], object]

TREE = (
    Topic("t:1", "economy"),
    Topic("t:11", "talks", parent="t:1"),
    Topic("t:111", "tariffs", parent="t:11"),
    Topic("t:2", "war"),
    Topic("t:21", "talks", parent="t:2"),
)
"""Two topics of one name, as IPTC's tree has them."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with an article and a tree of topics."""
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, topics=TREE), "topics")
    return path


def ruled(hand: Hand, button: str, fill: Fill) -> Rule:
    """Have the form of a rule filled in by keys, and the scheme applied; return the rule."""

    def form(dialog: QDialog) -> None:
        fill(hand, dialog)
        tab_to(hand, "partGo")
        hand.keys("Space")

    def work(editor: SchemeEditor) -> None:
        tab_to(hand, "qt_tabwidget_tabbar", "Shift+Tab")
        hand.keys("Right", "Right", "Right")
        hand.answer("ruleForm", form)
        press(editor, button)
        if editor.apply.isEnabled():
            press(editor, "applyScheme")
        else:
            hand.keys("Escape")

    edit(hand, work)
    (rule,) = hand.window.session.scheme.rules
    return rule


def choose_kind(hand: Hand, dialog: QDialog, kind: str) -> None:
    """Go to a kind with the arrows; the focus stands there when the form opens."""
    box = dialog.findChild(QComboBox, "ruleKind")
    assert box is not None
    assert box.hasFocus()
    hand.keys(*["Down"] * RULE_KINDS.index(kind))
    assert box.currentData() == kind


def tick(hand: Hand, name: str, *titles: str) -> None:
    """Tick labels in one of the lists."""
    tab_to(hand, name)
    for title in titles:
        hand.type(title)
        hand.keys("Space")
        QTest.qWait(QApplication.keyboardInputInterval() + 50)  # what is typed next begins anew


def two_lists(hand: Hand, inner: str, outer: str) -> None:
    tick(hand, "ruleInner", inner)
    tick(hand, "ruleOuter", outer)


def topic_and_label(hand: Hand) -> None:
    tab_to(hand, "ruleTopic")
    hand.type("Economy › Talks")
    tick(hand, "ruleLabels", "Person", "Event")


def give(hand: Hand, *typed: str) -> None:
    """Give topics to the article by keys."""
    for words in typed:
        hand.keys("Ctrl+T")
        hand.type(words)
        hand.keys("Return", "Escape")


class Case(NamedTuple):
    """How a rule is filled in, what it says, what is allowed under it, and what is refused in which words."""

    fill: Callable[[Hand], object]
    sentence: str
    values: dict[str, Any]
    allowed: Callable[[Hand], object]
    refused: Callable[[Hand], object]
    words: str


CASES = {
    "no-nesting": Case(
        lambda hand: two_lists(hand, "Country", "Organization"),
        "Inside Organization, there may be no Country.",
        {"inner": ["COUNTRY"], "outer": ["ORGANIZATION"]},
        lambda hand: (kit.label(hand, "plan of Arvenia", "2"), kit.label(hand, "plan", "1")),
        lambda hand: kit.label(hand, "Arvenia", "3"),
        "Country may not lie inside Organization (rule 1)",
    ),
    "only-nesting": Case(
        lambda hand: two_lists(hand, "Person", "Organization"),
        "Inside Organization, there may be nothing but Person.",
        {"inner": ["PERSON"], "outer": ["ORGANIZATION"]},
        lambda hand: (kit.label(hand, "plan of Arvenia", "2"), kit.label(hand, "plan", "1")),
        lambda hand: kit.label(hand, "Arvenia", "3"),
        "Country may not lie inside Organization (rule 1)",
    ),
    "no-overlap": Case(
        lambda hand: tick(hand, "ruleLabels", "Person", "Country"),
        "Person and Country may not overlap each other.",
        {"labels": ["PERSON", "COUNTRY"]},
        lambda hand: (kit.label(hand, "of Arvenia", "1"), kit.label(hand, "plan of Arvenia", "2")),
        lambda hand: kit.label(hand, "Arvenia", "3"),
        "Person and Country may not overlap (rule 1)",
    ),
    "no-crossing": Case(
        lambda hand: None,
        "Annotations may lie inside each other, but not cross.",
        {},
        lambda hand: (kit.label(hand, "plan of Arvenia", "2"), kit.label(hand, "Arvenia", "3")),
        lambda hand: kit.label(hand, "Arvenia, Karesh", "1"),
        "Organization and Person may not cross (rule 1)",
    ),
    "some-topic": Case(
        lambda hand: None,
        "A finished article has a topic.",
        {},
        lambda hand: kit.label(hand, "Arvenia", "3"),
        lambda hand: hand.keys("Esc", "Ctrl+Return"),
        "The article cannot be finished yet: the article has no topic (rule 1)",
    ),
    "topic-demands": Case(
        topic_and_label,
        "A finished article with the topic “talks”, or one below it, has Person or Event.",
        {"topic": "t:11", "labels": ["PERSON", "EVENT"]},
        lambda hand: (kit.label(hand, "Arvenia", "3"), give(hand, "tariffs")),
        lambda hand: (hand.reader.setFocus(), hand.keys("Esc", "Ctrl+Return")),
        "the topic tariffs, which is below talks, asks for Person, Event (rule 1)",
    ),
}


@pytest.mark.parametrize("kind", RULE_KINDS)
def test_a_rule_is_filled_in_applied_and_obeyed(start: Start, path: Path, kind: str) -> None:
    hand, case, told = start(path), CASES[kind], []

    def fill(hand: Hand, dialog: QDialog) -> None:
        choose_kind(hand, dialog, kind)
        case.fill(hand)
        told.append(said(dialog, "partSaid"))

    assert ruled(hand, "add-rules", fill)[1:] == Rule("", kind, case.values)[1:]
    assert told == [case.sentence]
    case.allowed(hand)
    before = kit.layer(hand)
    assert before, hand.window.status.notice
    case.refused(hand)
    assert case.words in hand.window.status.notice
    assert kit.layer(hand) == before
    assert hand.window.session.status == "doing"


def test_what_a_topic_asks_for_is_given_and_the_article_finished(start: Start, path: Path) -> None:
    with Project.open(path, Settings().me()) as project:
        rule = Rule("1", "topic-demands", {"topic": "t:1", "labels": ["COUNTRY"]})
        project.schemes.change(replace(project.scheme, rules=(rule,)), "rule")
    hand = start(path)
    kit.label(hand, "Lebrune", "1")
    give(hand, "tariffs")
    hand.reader.setFocus()
    hand.keys("Esc", "Ctrl+Return")
    assert "the topic tariffs, which is below economy, asks for Country" in hand.window.status.notice
    kit.label(hand, "Arvenia", "3")
    hand.keys("Esc", "Ctrl+Return")
    assert hand.window.session.ready.layer("a1").status == "done"


@pytest.mark.parametrize(("code", "shown"), [("t:11", "Economy › Talks"), ("t:21", "War › Talks")])
def test_a_rule_that_is_only_looked_at_stays_what_it_is(start: Start, path: Path, code: str, shown: str) -> None:
    """Of two topics with one name it is about the one that it was about: opened, and Change pressed."""
    rule = Rule("1", "topic-demands", {"topic": code, "labels": ["PERSON"]})
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, rules=(rule,)), "rule")
    hand, seen = start(path), []

    def fill(hand: Hand, dialog: QDialog) -> None:
        field = dialog.findChild(QComboBox, "ruleTopic")
        assert field is not None
        seen.append(field.currentText())

    assert ruled(hand, "change-rules", fill) == rule
    assert seen == [shown]


def test_a_topic_is_meant_by_its_name_only_where_no_other_has_it(start: Start, path: Path) -> None:
    hand = start(path)
    heard: list[str] = []

    def fill(hand: Hand, dialog: QDialog) -> None:
        choose_kind(hand, dialog, "topic-demands")
        tick(hand, "ruleLabels", "Person")
        for typed in ("talks", "tariffs"):
            tab_to(hand, "ruleTopic", "Shift+Tab")
            hand.keys("Ctrl+A")
            hand.type(typed)
            tab_to(hand, "ruleLabels")
            go = dialog.findChild(QWidget, "partGo")
            assert go is not None
            heard.append(f"{typed}: {go.isEnabled()}")

    assert ruled(hand, "add-rules", fill).values["topic"] == "t:111"
    assert heard == ["talks: False", "tariffs: True"]
