"""What is said of a difference: a thread before it is decided and after, that no annotator finds in their own layer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.exchange.outgoing import ExportOptions, export
from rubricator.model.comments import in_threads
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.decision import REJECT
from rubricator.review.difference import Difference
from rubricator.settings import Me

ANNA, BEN = making.ANNA, making.BEN
RITA = Me("00000000-0000-4000-8000-0000000000ee", "rita", "00000000-0000-4000-8000-0000000000de")
ROSS = Me("00000000-0000-4000-8000-0000000000ef", "ross", "00000000-0000-4000-8000-0000000000df")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return an article in which the layers differ in a label and in a topic."""
    with making.make(tmp_path / "p.rubric", texts=[("a", "Bonn said no.")]) as made:
        for me, label in ((ANNA, "CITY"), (BEN, "COUNTRY")):
            made.me = me
            made.annotate("a", label, [Span.of(0, 4)])
        made.me = RITA
        yield made


def difference(project: Project) -> Difference:
    return project.review.compare("a", [ANNA.annotator, BEN.annotator]).differences[0]


def said(project: Project) -> list[tuple[int, str, str]]:
    return [(depth, one.by, one.text) for depth, one in in_threads(project.review.remarks.thread(difference(project)))]


def test_a_thread_goes_on_through_the_decision(project: Project) -> None:
    remarks = project.review.remarks
    remarks.add(difference(project), "Is it the government?")
    project.me = ROSS
    (first,) = remarks.thread(difference(project))
    assert (first.by, bool(first.at)) == (RITA.annotator, True)
    remarks.add(difference(project), "Yes.", first)
    project.me = RITA
    compared = project.review.compare("a", [ANNA.annotator, BEN.annotator])
    project.review.decide(compared, compared.differences[0], REJECT)
    project.me = ANNA
    changed = project.review.answers.changed("a")
    decision = next(one.decision for one in changed if one.decision)
    project.review.answers.answer(decision, "dispute", "It is a town.")
    project.me = RITA
    (dispute,) = [one for one in remarks.thread(difference(project)) if one.extra.get("answer")]
    remarks.add(difference(project), "It was one.", dispute)
    assert said(project) == [
        (0, RITA.annotator, "Is it the government?"),
        (1, ROSS.annotator, "Yes."),
        (0, ANNA.annotator, "It is a town."),
        (1, RITA.annotator, "It was one."),
    ]
    settled = project.review.settled(project.review.compare("a", [ANNA.annotator, BEN.annotator]))
    assert [one.state for one in settled] == ["disputed"], "an answer to a dispute does not end it"
    project.undo()
    assert len(said(project)) == 3
    assert [finding.what for finding in project.check(full=True)] == []


def test_what_annotators_say_of_their_own_belongs_to_it(project: Project) -> None:
    project.me = ANNA
    (mine,) = project.annotations("a")
    project.comments.add("a", mine.id, "The town.")
    project.me = RITA
    (comment,) = project.review.remarks.thread(difference(project))
    project.review.remarks.add(difference(project), "Sure?", comment)
    assert [(depth, text) for depth, _by, text in said(project)] == [(0, "The town."), (1, "Sure?")]
    assert [one.text for one in project.comments.on(mine.id)] == ["The town.", "Sure?"]
    project.review.remarks.add(difference(project), "Between us.")
    assert [one.text for one in project.comments.of("a", ANNA.annotator)] == ["The town.", "Sure?"]
    assert [finding.what for finding in project.check(full=True)] == []


def test_nothing_is_said_in_no_words(project: Project) -> None:
    with pytest.raises(UserError, match="empty"):
        project.review.remarks.add(difference(project), " \n")


@pytest.mark.parametrize("provenance", [False, True])
def test_gold_goes_out_without_it_unless_its_provenance_is_wished(
    project: Project, tmp_path: Path, provenance: bool
) -> None:
    compared = project.review.compare("a", [ANNA.annotator, BEN.annotator])
    project.review.remarks.add(difference(project), "Between us.")
    project.review.decide(compared, compared.differences[0], REJECT)
    project.review.lock("a", [ANNA.annotator, BEN.annotator])
    out = tmp_path / "gold.jsonl"
    export(project, out, ExportOptions("jsonl", gold=True, provenance=provenance))
    assert ("Between us." in json.dumps(out.read_text(encoding="utf-8"))) is provenance
