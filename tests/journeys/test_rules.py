"""What a rule of the scheme forbids, by all the ways there are: said in words, and nothing half done."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Attribute, Rule
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say
from rubricator_gui.hand import Hand
from rubricator_gui.panels.mentions import MentionDialog


@pytest.fixture
def hand(safe: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    file = kit.project(tmp_path / "rules.rubric", (kit.STORY, f"{kit.STORY}\nAgain.\n"))
    with Project.open(file, Settings().me()) as project:
        rules = (Rule("1", "no-overlap", {"labels": ["COUNTRY", "PERSON"]}), Rule("2", "some-topic", {}))
        gender = Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",), required=True)
        project.schemes.change(replace(project.scheme, rules=rules, attributes=(gender,)), "rules")
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


def by_another_label(hand: Hand) -> None:
    """Relabel an annotation that touches one of another label."""
    kit.label(hand, "plan of Arvenia", "2")
    hand.window.session.choose(next(one.id for one in hand.window.session.spans if one.label == "ORGANIZATION"))
    hand.keys("1")


def by_an_edge(hand: Hand) -> None:
    """Drag the right edge of a person over a country."""
    kit.label(hand, "plan", "1")
    plan = next(one.id for one in hand.window.session.spans if one.quote == "plan")
    hand.window.session.choose(plan)
    bar = hand.reader.bar_rect(plan)
    assert bar is not None
    hand.pull(QPoint(bar.right(), bar.center().y()), hand.reader.rect_at(kit.at(hand, "Arvenia")[0] + 2).center())


def by_keys_on_a_border(hand: Hand) -> None:
    """Move the right border of a person word by word over a country."""
    kit.label(hand, "plan", "1")
    hand.click(kit.at(hand, "plan")[0] + 1)
    hand.keys("F2")
    for _word in range(2):
        hand.keys("Right")
    hand.keys("Return")


@pytest.mark.parametrize("way", [by_another_label, by_an_edge, by_keys_on_a_border])
def test_what_stands_is_not_changed_against_a_rule(hand: Hand, way: Callable[[Hand], None]) -> None:
    way(hand)
    said = hand.window.status.notice
    assert "was not changed: " in said or "was not labelled: " in said
    assert "may not overlap (rule 1)." in said
    layer = kit.layer(hand)
    assert ("COUNTRY", "Arvenia") in layer
    assert ("PERSON", "plan") in layer or ("ORGANIZATION", "plan of Arvenia") in layer
    assert len(layer) == 3
    steps = [step["what"] for step in kit.report("history", hand.window.session.ready.path)["history"]]
    assert not any("of Arvenia" in what for what in steps if "rders" in what), steps
    hand.reader.setFocus()
    hand.keys("Esc", "Esc", "Ctrl+Z")
    assert len(kit.layer(hand)) == 2, "one step was there to undo, and no more"


def test_what_a_rule_forbids_is_not_suggested(hand: Hand) -> None:
    session = hand.window.session

    def offered() -> list[str]:
        hand.wait_until(lambda: not session.offers_due and not session.looking.active, "offers were looked for")
        return [offer.span.quote(session.text) for offer in session.offers if offer.label == "COUNTRY"]

    assert "Toll" in offered()
    kit.label(hand, "and Toll", "1")
    assert offered() == [], "who accepts it would be refused"
    hand.keys("Ctrl+Z")
    assert "Toll" in offered()


def test_what_a_merge_brings_is_taken_and_listed(hand: Hand, tmp_path: Path) -> None:
    """Two who each did what no rule forbids: together it is against one; nobody's work is lost, and the check says it."""
    session = hand.window.session
    path, copy = session.ready.path, tmp_path / "copy.rubric"
    with Project.open(path, Settings().me()) as mine, contextlib.closing(sqlite3.connect(copy)) as file:
        mine._store.db.backup(file)
    with Project.open(copy, Settings().me()) as other:
        other.annotate("a1", "PERSON", [Span.of(*kit.at(hand, "and Toll"))])
    kit.label(hand, "Toll", "3")
    with Project.open(path, Settings().me()) as mine, Project.open(copy, making.BEN) as other:
        mine.merge(other)
    hand.wait_until(lambda: len(kit.layer(hand)) == 4, "what was merged is shown")
    assert kit.layer(hand)[2:] == [("PERSON", "and Toll"), ("COUNTRY", "Toll")]
    with Project.open(path, Settings().me()) as other:
        found = list(other.check(full=True))
    assert [(finding.damage, "may not overlap (rule 1)" in say(finding.what)) for finding in found] == [(False, True)]
    hand.click(kit.at(hand, "and Toll")[0] + 1)
    hand.keys("Delete")
    assert kit.layer(hand)[2:] == [("COUNTRY", "Toll")]
    kit.rubricator("check", "--full", path)


def in_the_corpus(hand: Hand, key: str) -> None:
    """Label the selection everywhere in the corpus."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, MentionDialog)
        dialog.scope.setCurrentIndex(1)
        hand.wait_until(lambda: dialog._model.total() == 2, "the mention in the other article")
        hand.wait_until(dialog.go.isEnabled, "the search is over")
        dialog.view.setFocus()
        hand.keys("Return")
        if dialog.isVisible():
            hand.keys("Escape")

    hand.answer("mentionDialog", answer)
    hand.keys(key)


def test_everywhere_but_where_a_rule_forbids_it(hand: Hand) -> None:
    project = hand.window.session.ready
    kit.drag(hand, "of Arvenia")
    in_the_corpus(hand, "Shift+1")
    notice = "Labelled “of Arvenia” as Person in 1 place, left 1: Person and Country may not overlap (rule 1)."
    assert hand.window.status.notice == notice
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("PERSON", "Karesh")]
    assert [one.quote for one in project.annotations("a2")] == ["of Arvenia"]
    hand.keys("Ctrl+Z")
    assert project.annotations("a2") == []
    hand.window.session.show_article("a2")
    kit.label(hand, "Arvenia", "3")
    kit.drag(hand, "of Arvenia")
    in_the_corpus(hand, "Shift+1")
    notice = "Nothing was labelled: Person and Country may not overlap (rule 1)."
    assert hand.window.status.notice == notice
    assert [one.quote for one in project.annotations("a2")] == ["Arvenia"]


def test_what_comes_from_elsewhere_is_taken_and_listed(hand: Hand, tmp_path: Path) -> None:
    """No rule stops an import or a merge: nobody is there to choose; what breaks one is listed by the check."""
    session = hand.window.session
    path = session.ready.path
    start, end = kit.at(hand, "of Arvenia")
    breaks = {"label": "PERSON", "fragments": [[start, end]]}
    row = {"id": "a1", "text": session.text, "layers": [{"annotator": "anna", "annotations": [breaks]}]}
    (tmp_path / "layer.jsonl").write_text(f"{json.dumps(row)}\n", "utf-8")
    kit.rubricator("import", path, tmp_path / "layer.jsonl")
    hand.wait_until(lambda: len(kit.layer(hand)) == 3, "what was imported is shown")
    with Project.open(path, Settings().me()) as other:
        assert ["may not overlap" in say(finding.what) for finding in other.check(full=True)] == [True]
        assert not any(finding.damage for finding in other.check(full=True))
    session.choose(next(one.id for one in session.spans if one.quote == "of Arvenia"))
    hand.do("note")
    hand.type("why")
    hand.keys("Return")
    assert session.spans.get(session.chosen).note == "why", "it can be worked on all the same"  # type: ignore[union-attr]
    hand.reader.setFocus()
    hand.keys("Delete")
    assert len(kit.layer(hand)) == 2
