"""An end of a relation is moved where one saw it: nothing is guessed where the relation became another one meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_relations import bar, choose, chosen, entries, place, seen, show, take, there, tip, told

from rubricator.model import rules
from rubricator.model.relations import Relation
from rubricator.model.scheme import RelationType, Scheme
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.hand import Hand

ALLY = RelationType("ally", "Ally of", ("COUNTRY",), ("COUNTRY",), symmetric=True)
RIVAL = RelationType("rival", "Rival of", ("COUNTRY",), ("COUNTRY",))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, relations=(ALLY, RIVAL)), "relations")
    return path


@pytest.fixture
def hand(start: Start, path: Path) -> Hand:
    """Return a hand on four countries, of which the first is related to the second."""
    hand = start(path)
    hand.do("suggestions")
    for country, nth in (("Arvenia", 0), ("Karesh", 1), ("Toll", 0), ("Sund", 0)):
        kit.label(hand, country, "3", nth=nth)
    choose(hand, "Arvenia")
    hand.keys("Ctrl+L")
    choose(hand, "Karesh and")
    hand.keys("Return")
    hand.type("ally")
    hand.keys("Return", "Escape")
    assert there(hand) == [("Arvenia", "ally", "Karesh")]
    return hand


def country(hand: Hand, words: str) -> Annotation:
    return next(one for one in hand.window.session.spans if one.quote == words)


def begin(hand: Hand, at: str, key: str) -> None:
    """Begin, from the list of an annotation, to move this end (E) or the other one (O) of its relation."""

    def work(_dialog: QDialog) -> None:
        hand.keys(key)

    choose(hand, at)
    show(hand, work)
    assert place(hand).startswith("Move the end of Ally of")


def elsewhere(hand: Hand, path: Path, what: str) -> None:
    """Have another program do something to the relation."""
    [before] = hand.window.session.relations.here()
    with Project.open(path, Settings().me()) as other:
        [relation] = other.relations.of(before.article)
        match what:
            case "moves its source":
                other.relations.move_end(relation, relation.source, country(hand, "Sund"))
            case "moves its target":
                other.relations.move_end(relation, relation.target, country(hand, "Sund"))
            case "turns it":
                other.relations.turn(relation)
            case "gives it another type":
                other.relations.retype(relation, "rival")
            case "takes it off":
                other.relations.delete(relation)
    hand.wait_until(lambda: hand.window.session.relations.here() != [before], "the news come")


def test_a_move_that_was_begun_is_over_where_undo_changes_its_relation(hand: Hand) -> None:
    begin(hand, "Arvenia", "E")
    choose(hand, "Toll")
    hand.keys("Return")
    assert there(hand) == [("Toll", "ally", "Karesh")]
    assert told(hand) == "Moved the end of Ally of to “Toll”.", "one's own move is not told as over"
    begin(hand, "Toll", "O")
    assert "(the other is “Toll”)" in place(hand)
    hand.keys("Ctrl+Z")
    assert there(hand) == [("Arvenia", "ally", "Karesh")]
    assert told(hand).startswith("Undone: ")
    assert told(hand).endswith("Ally of was changed: moving its end is over."), "both are told"
    assert "Move the end" not in place(hand)
    choose(hand, "Sund")
    assert "Enter moves it" not in place(hand)
    hand.keys("Return")
    assert there(hand) == [("Arvenia", "ally", "Karesh")]


@pytest.mark.parametrize("what", ["moves its source", "moves its target", "turns it", "gives it another type"])
def test_it_is_over_where_another_program_changes_the_relation(hand: Hand, path: Path, what: str) -> None:
    begin(hand, "Arvenia", "O")
    elsewhere(hand, path, what)
    hand.wait_until(lambda: told(hand).startswith("Ally of"), "it is told")
    assert told(hand) == "Ally of was changed: moving its end is over."
    now = there(hand)
    choose(hand, "Toll")
    hand.keys("Return")
    assert there(hand) == now


def test_it_is_over_where_the_relation_goes(hand: Hand, path: Path) -> None:
    begin(hand, "Arvenia", "O")
    elsewhere(hand, path, "takes it off")
    hand.wait_until(lambda: told(hand).startswith("Ally of"), "it is told")
    assert told(hand) == "Ally of is gone: moving its end is over."
    assert chosen(hand) == "Arvenia"
    hand.keys("Ctrl+L")
    choose(hand, "Toll")
    hand.keys("Return")
    hand.type("ally")
    hand.keys("Return")
    begin(hand, "Arvenia", "O")
    hand.keys("Delete")
    assert there(hand) == []
    assert told(hand) == ("Deleted Country “Arvenia” and its relation. Ally of is gone: moving its end is over.")
    assert place(hand) == ""


def test_it_goes_on_where_something_else_changes(hand: Hand) -> None:
    begin(hand, "Arvenia", "O")
    choose(hand, "Toll")
    hand.keys("6")
    assert place(hand) == "Move the end of Ally of to “Toll” – not possible"
    hand.keys("Ctrl+Z")
    assert place(hand) == "Move the end of Ally of to “Toll” – Enter moves it"
    hand.keys("Return")
    assert there(hand) == [("Arvenia", "ally", "Toll")]


@pytest.mark.parametrize("entry", ["Move the end at “Karesh”…", "Change it to Rival of", "Take off"])
def test_a_menu_that_stood_open_does_nothing_to_another_relation(hand: Hand, path: Path, entry: str) -> None:
    hand.do("relations")
    at = seen(hand, "Ally of").place.center().toPoint()
    QTest.mouseClick(hand.reader.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert entry in entries(hand)
    elsewhere(hand, path, "moves its target")
    take(hand, entry)
    assert told(hand) == "This relation was changed meanwhile."
    assert there(hand) == [("Arvenia", "ally", "Sund")]
    assert "Move the end" not in place(hand)


@pytest.mark.parametrize("what", ["moves its source", "moves its target"])
def test_an_end_that_is_dragged_is_not_moved_where_the_relation_became_another(
    hand: Hand, path: Path, what: str
) -> None:
    hand.do("relations")
    grip, to = tip(hand, "Ally of", 1), QPoint(bar(hand, "Toll").center())
    hand._mouse(QEvent.Type.MouseButtonPress, grip, Qt.KeyboardModifier.NoModifier)
    drag(hand, (grip + to) / 2)
    elsewhere(hand, path, what)
    now = there(hand)
    drag(hand, to)
    hand._mouse(QEvent.Type.MouseButtonRelease, to, Qt.KeyboardModifier.NoModifier)
    assert there(hand) == now
    assert told(hand) == "This relation was changed meanwhile."


def test_tab_finds_the_end_of_a_move_among_many_without_judging_all_for_each(
    start: Start, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = 40
    names = [f"Land{number:02d}" for number in range(n + 2)]
    path = kit.project(path.with_name("hub.rubric"), [" and ".join(names)])
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, relations=(ALLY,)), "relations")
        project.annotate("a1", "COUNTRY", [Span.of(at, at + 6) for at in range(0, len(names) * 11, 11)])
        hub, *others = project.annotations("a1")
        for other in others[:n]:
            project.relations.add("ally", hub, other)
    hand = start(path)
    hand.do("suggestions")
    begin(hand, names[0], "O")
    judged = 0
    violations = rules.relation_violations

    def counted(
        relations: Iterable[Relation], ends: Mapping[str, Annotation], scheme: Scheme
    ) -> Iterator[rules.Violation]:
        nonlocal judged
        relations = list(relations)
        judged += len(relations)
        return violations(relations, ends, scheme)

    monkeypatch.setattr(rules, "relation_violations", counted)
    hand.keys("Tab")
    assert chosen(hand) == names[-1], "all others are related so already"
    assert n < judged < 8 * n, "a relation is judged beside those between the same two ends"


def drag(hand: Hand, to: QPoint) -> None:
    """Move the pointer with its button held."""
    QTest.mouseMove(hand.reader.viewport(), to)
    hand._mouse(QEvent.Type.MouseMove, to, Qt.KeyboardModifier.NoModifier)


def test_a_question_mark_below_an_arrow_head_rejects(start: Start, path: Path) -> None:
    text = "Head\n\nPort Velis Council met and agreed on it.\n\nAs Toll said, Port Velis Council sat again.\n"
    path = kit.project(path.with_name("heads.rubric"), [text])
    with Project.open(path, Settings().me()) as project:
        short = {"ORGANIZATION": "OR", "COUNTRY": "WWWW"}  # so the "?" stands below the middle of the other chip
        labels = tuple(one._replace(short=short.get(one.name, one.short)) for one in project.scheme.labels)
        project.schemes.change(replace(project.scheme, labels=labels, relations=(ALLY,)), "relations")
    hand = start(path)
    session, reader = hand.window.session, hand.reader
    kit.label(hand, "Port Velis Council", "2")
    kit.label(hand, "Port", "3", nth=1)
    kit.label(hand, "Toll", "3")
    choose(hand, "Toll")
    hand.keys("Ctrl+L")
    choose(hand, "Port", nth=1)
    hand.keys("Return", "Escape")
    hand.do("relations")
    hand.wait_until(lambda: [one.label for one in session.offers] == ["ORGANIZATION"], "the same words are suggested")
    arc = seen(hand, "Ally of")
    head = arc.ends[1][0].toPoint()
    both = [
        at
        for at in (head + QPoint(x, y) for x in range(-8, 9) for y in range(9))
        if (hit := reader.pointer._hit(QPointF(at))) is not None
        and hit.kind == "reject"
        and reader.relation_lines.end_at(reader.to_page(QPointF(at)), on_bar=True) is not None
    ]
    assert both, "no head is drawn over the “?”"
    hand.point_at(both[0])
    assert reader.pointer.rejecting
    QTest.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=both[0])
    assert session.offers == []
    assert told(hand).startswith("Rejected")
