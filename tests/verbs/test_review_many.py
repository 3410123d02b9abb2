"""Many differences in one step: nothing is read anew between two of them, and what each finds is what stands then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import making

from rubricator.exchange import differences
from rubricator.exchange.progress import CancelledError
from rubricator.model.edits import Edit
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.review import adjudicate
from rubricator.review.decision import MERGE, Outcome, accept
from rubricator.review.difference import Comparison, Difference
from rubricator.review.gold import Gold
from rubricator.review.pair import said
from rubricator.review.policy import Policy
from rubricator.settings import Me
from rubricator.words import say

ANNA, BEN = making.ANNA, making.BEN
RITA = Me("00000000-0000-4000-8000-0000000000ee", "rita", "00000000-0000-4000-8000-0000000000de")
MANY = 2_000


def office(n: int) -> str:
    return f"The Harbour Office {n} of Toll met.\n"


def filled(path: Path, articles: int, each: int) -> Project:
    """Make a project whose layers differ in the determiner of as many names in each article."""
    text = "".join(map(office, range(each)))
    made = making.make(path, texts=[(f"a{n}", f"{text}{n}") for n in range(articles)])
    for me, cut in ((ANNA, 0), (BEN, 4)):
        made.me = me
        for n in range(articles):
            starts = [text.index(office(k)) for k in range(each)]
            ends = [start + len(office(k)) - len(" of Toll met.\n") for k, start in enumerate(starts)]
            spans = [Span.of(start + cut, end) for start, end in zip(starts, ends, strict=True)]
            made.annotate(f"a{n}", "ORGANIZATION", spans)
    made.me = RITA
    return made


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with filled(tmp_path / "p.rubric", 3, 4) as made:
        yield made


def plain(gold: Gold) -> dict[str, Any]:
    """Return what is held of a gold layer, without stamps."""
    held = {uid: said(one) if isinstance(one, Annotation) else one[1:7] for uid, one in gold.standing.items()}  # type: ignore[index]
    return {"standing": held, "decisions": dict(gold.decisions), "begun": gold.begun}


@pytest.mark.parametrize("how", ["group", "merge", "again", "policy"])
def test_what_is_held_is_what_stands(project: Project, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    review = project.review
    seen: list[str] = []
    real = adjudicate.decide

    def decide(difference: Difference, outcome: Outcome, comparison: Comparison, gold: Gold) -> Edit:
        fresh = review.gold_layer(difference.article, [difference])
        assert plain(gold) == plain(fresh)
        assert {key: gold.known.get(key) for key in fresh.known} == dict(fresh.known)
        seen.append(difference.id)
        return real(difference, outcome, comparison, gold)

    compared = review.compare("a0", [ANNA.annotator, BEN.annotator])
    model = compared.differences[0]
    articles = ["a0", "a1", "a2"]
    if how == "again":  # what was settled and undone was stated once
        review.groups.settle(compared, model, MERGE, articles)
        project.undo()
    monkeypatch.setattr(adjudicate, "decide", decide)
    if how == "policy":
        review.groups.apply(Policy("trusted", whom=BEN.annotator), articles)
    else:
        review.groups.settle(compared, model, MERGE if how == "merge" else accept(BEN.annotator), articles)
    assert len(seen) == 12
    monkeypatch.setattr(adjudicate, "decide", real)
    assert [finding.what for finding in project.check(full=True)] == []


def test_two_thousand_in_one_article_are_compared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(tmp_path / "p.rubric", 1, MANY) as project:
        review = project.review
        compared = review.compare("a0")
        calls = {"compare": 0, "gold": 0}

        def counted(name: str, real: Any) -> Any:
            def call(*arguments: Any, **more: Any) -> Any:
                calls[name] += 1
                return real(*arguments, **more)

            return call

        monkeypatch.setattr(review, "compare", counted("compare", review.compare))
        monkeypatch.setattr(review, "gold_layer", counted("gold", review.gold_layer))
        told: list[int] = []
        chosen = accept(BEN.annotator)
        review.groups.settle(
            compared, compared.differences[0], chosen, ["a0"], (), lambda done, _total: told.append(done)
        )
        assert calls == {"compare": 1, "gold": 1}
        assert told == list(range(1, MANY + 1))
        assert len(project.annotations("a0", review.gold)) == MANY
        project.undo()
        assert project.annotations("a0", review.gold) == []


def test_all_or_nothing(project: Project) -> None:
    review = project.review
    compared = review.compare("a0")

    def stop(done: int, _total: int) -> None:
        if done == 7:
            raise CancelledError

    with pytest.raises(CancelledError):
        review.groups.settle(compared, compared.differences[0], MERGE, ["a0", "a1", "a2"], (), stop)
    assert review.decisions("a0") == []
    assert [finding.what for finding in project.check(full=True)] == []
    review.groups.settle(compared, compared.differences[0], MERGE, ["a0", "a1", "a2"])
    assert len(review.decisions("a1")) == 4


def test_a_policy_goes_by_steps_of_so_many_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "ARTICLES_AT_ONCE", 2)
    with filled(tmp_path / "p.rubric", 5, 2) as project:
        tally = differences.adjudicate(project, Policy("trusted", whom=BEN.annotator))
        assert (tally.articles, tally.left) == (5, 0)
        for left in ([True] * 4 + [False], [True] * 2 + [False] * 3, [False] * 5):
            project.undo()
            assert [bool(project.review.decisions(f"a{n}")) for n in range(5)] == left


def test_the_history_says_which_policy_did_how_much(project: Project) -> None:
    def told() -> str:
        return say(project.history(1)[0][1].what)

    groups, articles = project.review.groups, ["a0", "a1", "a2"]
    trusted = Policy("trusted", whom=ANNA.annotator)
    for me in (ANNA, BEN):
        project.me = me
        for uid in ("a0", "a1") if me is BEN else articles:
            project.annotate(uid, "CITY", [Span.of(0, 3)])
            project.set_status(uid, "done")
    project.me = RITA
    tally = groups.apply(Policy("majority", 2), articles, finish=True)
    assert told() == "Took the agreed places of 2 articles to gold by the policy “majority: 2”"
    assert (tally.undecided, tally.unfinished, tally.finished) == (2, 1, 0)
    assert say(tally.finishing_told()) == (
        "0 articles are finished. Passed over: 1 with a layer that is not finished, 2 with something left to decide."
    )
    groups.apply(trusted, ["a0"])
    assert told() == "Settled 4 differences by the policy “trusted: anna”"
    project.undo()
    assert told() == "Undone: Settled 4 differences by the policy “trusted: anna”"
    groups.apply(trusted, articles, finish=True)
    assert told() == "Settled 13 differences, finished 2 articles by the policy “trusted: anna”"
    for uid in ("a0", "a1"):
        project.review.reopen(uid)
    groups.apply(trusted, articles, finish=True)
    assert told() == "Locked the gold layers of 2 articles by the policy “trusted: anna”"
    project.review.reopen("a0")
    project.review.lock("a0")
    assert told() == "Locked the gold layer"
