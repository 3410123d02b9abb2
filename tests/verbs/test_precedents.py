"""What was decided before on the same words: found in the whole project, told once for each outcome, taken again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import making

from rubricator.model.layer_edits import remove_article
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.decision import DEFER, MERGE, REJECT, Outcome, accept, edit
from rubricator.review.difference import Comparison, Difference
from rubricator.review.precedents import same_again
from rubricator.settings import Me
from rubricator.verbs import compared as looking

ANNA, BEN = making.ANNA, making.BEN
RITA = Me("00000000-0000-4000-8000-0000000000ee", "rita", "00000000-0000-4000-8000-0000000000de")
ROSS = Me("00000000-0000-4000-8000-0000000000ef", "ross", "00000000-0000-4000-8000-0000000000df")

TEXTS = [
    ("a", "The Kremlin said no."),
    ("b", "Later THE\nKREMLIN said yes."),
    ("c", "the Kremlin was silent."),
    ("d", "Bonn was silent."),
]


def label(project: Project, me: Me, article: str, words: str, name: str) -> None:
    before, project.me = project.me, me
    start = project.text(project.article(article)).index(words)
    project.annotate(article, name, [Span.of(start, start + len(words))])
    project.me = before


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return four articles; in three the layers differ in the determiner of the same words, in the last in a label."""
    with making.make(tmp_path / "p.rubric", texts=TEXTS) as made:
        for article, whole, bare in (
            ("a", "The Kremlin", "Kremlin"),
            ("b", "THE\nKREMLIN", "KREMLIN"),
            ("c", "the Kremlin", "Kremlin"),
        ):
            label(made, ANNA, article, whole, "ORGANIZATION")
            label(made, BEN, article, bare, "ORGANIZATION")
        label(made, ANNA, "d", "Bonn", "CITY")
        label(made, BEN, "d", "Bonn", "COUNTRY")
        made.me = RITA
        yield made


def compared(project: Project, article: str) -> tuple[Comparison, Difference]:
    found = project.review.compare(article, [ANNA.annotator, BEN.annotator])
    return found, found.differences[0]


def decide(project: Project, article: str, outcome: Outcome, me: Me = RITA) -> None:
    before, project.me = project.me, me
    project.review.decide(*compared(project, article), outcome)
    project.me = before


def before(project: Project, article: str) -> list[tuple[str, list[tuple[str, str]], int, str]]:
    found = project.review.precedents(compared(project, article)[1])
    return [(one.outcome, [(w.label, w.words) for w in one.wrote], one.n, one.reason) for one in found]


def again(project: Project, article: str) -> Outcome | None:
    here, difference = compared(project, article)
    (one,) = project.review.precedents(difference)
    return same_again(one, difference, here)


def test_the_same_words_in_any_case_are_found_in_the_whole_project(project: Project) -> None:
    assert before(project, "c") == []
    decide(project, "a", accept(BEN.annotator).because("no determiners"))
    decide(project, "b", accept(BEN.annotator), ROSS)
    assert before(project, "c") == [("accept", [("ORGANIZATION", "KREMLIN")], 2, "no determiners")]
    (found,) = project.review.precedents(compared(project, "c")[1])
    assert found.by == (ROSS.annotator, RITA.annotator)
    assert before(project, "d") == []


def test_the_commonest_outcome_comes_first_and_ones_own_is_none(project: Project) -> None:
    decide(project, "c", MERGE)
    assert before(project, "c") == [], "a decision is no precedent of itself"
    decide(project, "a", REJECT)
    assert [one[0] for one in before(project, "b")] == ["reject", "merge"], "of equals the last one"
    project.undo()
    assert [one[0] for one in before(project, "b")] == ["merge"]
    decide(project, "a", DEFER)
    assert [one[0] for one in before(project, "b")] == ["merge"], "what was put off was not decided"
    decide(project, "a", MERGE)
    assert [(one[0], one[2]) for one in before(project, "b")] == [("merge", 2)]
    project.apply(remove_article(project.article("a")))
    assert [(one[0], one[2]) for one in before(project, "b")] == [("merge", 1)]


def test_the_same_again(project: Project) -> None:
    decide(project, "a", accept(BEN.annotator))
    found = again(project, "b")
    assert found is not None
    assert (found.outcome, found.side) == ("accept", BEN.annotator)
    decide(project, "b", found)
    assert [one.quote for one in project.annotations("b", project.review.gold)] == ["KREMLIN"]
    decide(project, "a", MERGE)
    decide(project, "b", MERGE)
    assert again(project, "c") == accept(ANNA.annotator), "one layer says what the merge came to"
    decide(project, "a", REJECT)
    decide(project, "b", REJECT)
    assert again(project, "c") == REJECT


def test_what_no_layer_has_is_written_again_where_the_words_stand(project: Project) -> None:
    start = TEXTS[0][1].index("Krem")
    decide(project, "a", edit("FACILITY", Span.of(start, start + 4)))
    found = again(project, "c")
    assert found is not None
    assert found.outcome == "edit"
    decide(project, "c", found)
    assert [(x.label, x.quote) for x in project.annotations("c", project.review.gold)] == [("FACILITY", "Krem")]
    decide(project, "b", found)  # words that stand elsewhere there
    assert before(project, "a")[0][2] == 1


def test_what_does_not_fit_is_not_taken(project: Project) -> None:
    decide(project, "a", edit("PERSON", Span.of(0, 20)))  # words that are not those of the difference
    assert before(project, "c") == [("edit", [("PERSON", TEXTS[0][1])], 1, "")]
    assert again(project, "c") is None


def test_what_is_no_more_in_gold_is_no_precedent(project: Project) -> None:
    decide(project, "a", accept(BEN.annotator))
    (made,) = project.annotations("a", project.review.gold)
    project.delete([made])
    assert before(project, "c") == []


def test_the_latest_is_so_by_the_journal_and_not_by_the_time_of_somebodys_clock(project: Project) -> None:
    decide(project, "a", REJECT)
    project.clock = lambda: "2020-01-01T00:00:00.000Z"
    decide(project, "b", MERGE)
    assert [one[0] for one in before(project, "c")] == ["merge", "reject"]


def test_the_latest_are_looked_at(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "PRECEDENTS", 1)
    decide(project, "a", REJECT)
    decide(project, "b", MERGE)
    assert [(one[0], one[2]) for one in before(project, "c")] == [("merge", 1)]


def test_decisions_are_searched_by_their_words_and_not_walked_through(project: Project) -> None:
    asked: list[str] = []
    decide(project, "a", REJECT)
    db = project._store.db
    db.set_trace_callback(asked.append)
    assert len(before(project, "c")) == 1
    db.set_trace_callback(None)
    (query, *_others) = [one for one in asked if "FROM decided" in one]
    plan = " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert "decided_words" in plan
    assert "SCAN" not in plan
    assert "TEMP B-TREE" not in plan


def test_the_state_of_a_copy_knows_them_too(project: Project) -> None:
    decide(project, "a", REJECT)
    decide(project, "b", MERGE)
    project.undo()
    assert [finding.what for finding in project.check(full=True)] == []
