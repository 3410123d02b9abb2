"""Two reviewers' copies: whatever they decide and undo, merged in any order, twice, gold is what the decisions say."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests import making

from rubricator.errors import UserError
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.review import adjudicate
from rubricator.review.decision import DEFER, MERGE, REJECT, Outcome, accept, edit
from rubricator.review.policy import Policy
from rubricator.settings import Me
from rubricator.words import say

TEXT = "The CIS council met Mr Sergey Lebedev in Minsk, Belarus."
REVIEWERS = [
    Me(f"00000000-0000-4000-8000-00000000000{n}", f"r{n}", f"00000000-0000-4000-8000-0000000000d{n}") for n in "ef"
]
ANNA, BEN = making.ANNA.annotator, making.BEN.annotator
OUTCOMES = (accept(ANNA), accept(BEN), MERGE, REJECT, DEFER, edit("LOCATION", Span.of(0, 3)))

doings = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["decide", "decide", "decide", "undo", "redo", "policy", "relabel", "merge"]),
        st.integers(0, 9),
        st.integers(0, len(OUTCOMES) - 1),
    ),
    max_size=9,
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "base.rubric"
    with making.make(path, texts=[("a", TEXT)]) as made:
        for me, spans in (
            (
                making.ANNA,
                [("The CIS council", "ORGANIZATION"), ("Minsk, Belarus", "CITY"), ("Sergey Lebedev", "PERSON")],
            ),
            (
                making.BEN,
                [("CIS council", "ORGANIZATION"), ("Minsk", "CITY"), ("Belarus", "CITY"), ("Lebedev", "COUNTRY")],
            ),
        ):
            made.me = me
            for words, label in spans:
                start = TEXT.index(words)
                made.annotate("a", label, [Span.of(start, start + len(words))])
    return path


def do(project: Project, what: str, which: int, outcome: int) -> None:
    review = project.review
    compared = review.compare("a")
    if what == "undo":
        project.undo()
    elif what == "redo":
        project.redo()
    elif what == "policy":
        review.groups.apply(Policy("trusted", whom=(ANNA, BEN)[which % 2]), ["a"])
    elif what == "relabel":
        some = project.annotations("a", BEN)
        project.relabel(some[which % len(some)], ("CITY", "COUNTRY", "PERSON")[outcome % 3])
    else:
        one = compared.differences[which % len(compared.differences)]
        review.decide(compared, one, OUTCOMES[outcome])


def stated(project: Project) -> list[tuple[object, ...]]:
    """Return what the decisions that hold say stands in gold: more than its ids, which are those of the place."""
    review = project.review
    compared, gold = review.compare("a"), review.gold_layer("a", ())
    return [
        (x.id, x.label, x.span, x.note)
        for one in review.standing(compared, gold)
        if one.decision and one.state in {"decided", "deferred"}
        for x in adjudicate.written(one.difference, one.decision.as_outcome(), compared, gold)
        if isinstance(x, Annotation)
    ]


def told(project: Project) -> tuple[list[tuple[object, ...]], object, object]:
    review = project.review
    work = review.work("a", review.gold)
    return (
        sorted((x.id, x.label, x.span, x.note) for x in work.annotations),
        sorted(review.decisions("a")),
        sorted((one.difference.id, one.state) for one in review.settled(review.compare("a"))),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(doings)
@example(
    [
        *[(0, "decide", 0, 0)] * 2,
        *[(1, "decide", 0, 0)] * 2,
        (0, "decide", 3, 0),
        (1, "decide", 3, 3),
        (1, "undo", 0, 0),
    ]
)
@example([(0, "policy", 1, 0), (0, "relabel", 2, 1), (0, "policy", 1, 0)])
@example([(0, "decide", 1, 2), (1, "relabel", 1, 2), (1, "policy", 0, 0)])
@example([(0, "decide", 8, 3), (0, "relabel", 2, 1), (1, "policy", 0, 0), (0, "policy", 0, 0)])
@example([(0, "decide", 0, 0), (0, "decide", 1, 0), (1, "decide", 1, 2), (1, "undo", 0, 0), (1, "redo", 0, 0)])
@example([(0, "policy", 1, 0), (1, "decide", 8, 0), (1, "relabel", 2, 1), (1, "decide", 2, 0), (1, "undo", 0, 0)])
def test_copies(base: Path, tmp_path_factory: pytest.TempPathFactory, some: list[tuple[int, str, int, int]]) -> None:
    folder = tmp_path_factory.mktemp("copies")
    paths = [folder / f"{me.name}.rubric" for me in REVIEWERS]
    for path in paths:
        shutil.copy(base, path)
    copies = [Project.open(path, me, clock=making.ticking()) for path, me in zip(paths, REVIEWERS, strict=True)]
    for who, what, which, outcome in some:
        with suppress(UserError):  # a rule refused it, and nothing was done
            if what == "merge":
                copies[who].merge(copies[1 - who])
            else:
                do(copies[who], what, which, outcome)
    for copy in copies:
        copy.close()
    results = []
    for first, second in ((0, 1), (1, 0)):
        target = folder / f"{first}{second}.rubric"
        shutil.copy(paths[first], target)
        with Project.open(target, REVIEWERS[0]) as merged:
            for _twice in range(2):
                with Project.open(paths[second], REVIEWERS[1]) as other:
                    merged.merge(other)
            results.append(told(merged))
            assert not [say(x.what) for x in merged.check(full=True) if x.damage]
            wrote = {uid for one in merged.review.decisions("a") for uid in one.wrote}
            standing = {x.id for x in merged.review.work("a", merged.review.gold).annotations}
            assert standing == wrote
            assert {*stated(merged)} <= {*results[-1][0]}
    assert results[0] == results[1]


def test_what_is_agreed_on_later_stands_alone(base: Path) -> None:
    span = Span.of(TEXT.index("met"), TEXT.index("met") + 3)
    with Project.open(base, making.ANNA) as made:
        for made.me, label in ((making.ANNA, "CITY"), (making.BEN, "COUNTRY")):
            made.annotate("a", label, [span])
    other = base.with_name("other.rubric")
    shutil.copy(base, other)
    with Project.open(base, REVIEWERS[0]) as first, Project.open(other, REVIEWERS[1]) as second:
        compared = first.review.compare("a")
        place = next(one for one in compared.differences if one.annotations[0].span == span)
        first.review.decide(compared, place, MERGE)
        assert here(first, span) == ["CITY", "COUNTRY"]
        bens = next(one for one in second.annotations("a", BEN) if one.span == span)
        second.relabel(bens, "CITY")
        second.review.groups.apply(Policy("unanimous"), ["a"])
        second.merge(first)
        first.merge(second)
        assert here(first, span) == here(second, span) == ["CITY"]


def test_what_was_decided_elsewhere_with_other_things_is_to_be_decided_again(base: Path) -> None:
    other = base.with_name("other.rubric")
    shutil.copy(base, other)
    minsk = Span.of(TEXT.index("Minsk"), TEXT.index("Minsk") + 5)
    with Project.open(base, REVIEWERS[0]) as first, Project.open(other, REVIEWERS[1]) as second:
        decide(second, minsk, accept(BEN))
        bens = next(one for one in first.annotations("a", BEN) if one.span == minsk)
        first.relabel(bens, "PERSON")
        for outcome in (REJECT, MERGE):
            decide(first, minsk, outcome)
        first.merge(second)
        assert here(first, minsk) == ["CITY", "PERSON"]
        assert decide(first, minsk, accept(BEN)) == "changed"
        assert here(first, minsk) == ["PERSON"]


MINSK = Span.of(TEXT.index("Minsk"), TEXT.index("Minsk") + 5)
WIDER = Span.of(MINSK.start, TEXT.index("."))


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """The copies of two reviewers of an article in which anna says that Minsk is a city, and ben a country."""
    path, other = tmp_path / "first.rubric", tmp_path / "second.rubric"
    with making.make(path, texts=[("a", TEXT)]) as made:
        for made.me, label in ((making.ANNA, "CITY"), (making.BEN, "COUNTRY")):
            made.annotate("a", label, [MINSK])
    shutil.copy(path, other)
    with Project.open(path, REVIEWERS[0]) as first, Project.open(other, REVIEWERS[1]) as second:
        yield first, second


def bens(project: Project, label: str) -> None:
    """Have ben say something else of Minsk."""
    project.relabel(next(one for one in project.annotations("a", BEN) if one.span == MINSK), label)


def later(project: Project) -> None:
    """Have a copy do so much that what comes is later than what the other copy did."""
    for _n in range(4):
        project.annotate("a", "CITY", [Span.of(0, 3)])
        project.undo()


def holds(project: Project) -> tuple[list[str], list[str]]:
    """Return what gold holds of Minsk, and the outcomes of the decisions; it is what they state, if they hold."""
    review = project.review
    gold = told(project)[0]
    assert {*stated(project)} <= {*gold}
    whose = {ANNA: " anna", BEN: " ben"}
    found = (f"{one.label} {one.quote}" for one in review.work("a", review.gold).annotations)
    return sorted(found), [one.outcome + whose.get(one.source, "") for one in review.decisions("a")]


@pytest.mark.parametrize("by_policy", [False, True])
def test_what_all_agree_on_by_now_takes_the_decision_with_it(copies: tuple[Project, Project], by_policy: bool) -> None:
    first, _second = copies
    decide(first, MINSK, accept(BEN))
    bens(first, "CITY")
    if by_policy:
        first.review.groups.apply(Policy("unanimous"), ["a"])
    else:
        first.review.lock("a")
        first.review.reopen("a")
    assert holds(first) == (["CITY Minsk"], [])
    first.undo()
    if not by_policy:
        first.undo()  # the lock
    assert holds(first) == (["COUNTRY Minsk"], ["accept ben"])
    first.redo()
    if not by_policy:
        first.redo()
    bens(first, "COUNTRY")
    with pytest.raises(UserError, match="not decided"):
        first.review.lock("a")
    assert decide(first, MINSK, accept(BEN)) == "open"
    assert holds(first) == (["COUNTRY Minsk"], ["accept ben"])


def test_what_is_agreed_on_takes_away_a_decision_that_it_did_not_know(copies: tuple[Project, Project]) -> None:
    first, second = copies
    decide(second, MINSK, accept(BEN))
    later(first)
    bens(first, "CITY")
    first.review.groups.apply(Policy("unanimous"), ["a"])
    merge(first, second)
    bens(first, "COUNTRY")
    assert holds(first) == holds(second) == (["CITY Minsk"], [])


def test_of_what_was_merged_what_all_agree_on_by_now_is_left(copies: tuple[Project, Project]) -> None:
    first, _second = copies
    decide(first, MINSK, MERGE)
    bens(first, "CITY")
    first.review.lock("a")
    assert holds(first) == (["CITY Minsk"], [])


def test_undo_leaves_what_another_copy_decided_since(copies: tuple[Project, Project]) -> None:
    first, second = copies
    decide(first, MINSK, accept(ANNA))
    later(second)
    decide(second, MINSK, accept(BEN))
    merge(first, second)
    first.undo()
    second.merge(first)
    assert holds(first) == holds(second) == (["COUNTRY Minsk"], ["accept ben"])
    assert not first.can_undo, "it is not tried again and again"


def test_undo_brings_back_what_its_own_copy_decided(copies: tuple[Project, Project]) -> None:
    first, second = copies
    decide(first, MINSK, accept(ANNA))
    later(second)
    decide(second, MINSK, accept(BEN))
    later(first)
    later(first)
    decide(first, MINSK, REJECT)
    merge(first, second)
    assert holds(first) == ([], ["reject"])
    first.undo()
    second.merge(first)
    assert holds(first) == holds(second) == (["CITY Minsk"], ["accept anna"])


def test_undo_does_not_mix_what_was_edited_here_and_elsewhere(copies: tuple[Project, Project]) -> None:
    first, second = copies
    decide(first, MINSK, accept(ANNA))
    decide(first, MINSK, edit("LOCATION", MINSK))
    later(second)
    decide(second, MINSK, edit("LOCATION", WIDER))
    merge(first, second)
    first.undo()
    second.merge(first)
    assert holds(first) == holds(second) == (["LOCATION Minsk, Belarus"], ["edit"])


def merge(first: Project, second: Project) -> None:
    """Merge two copies, each with the other."""
    first.merge(second)
    second.merge(first)


def decide(project: Project, span: Span, outcome: Outcome) -> str:
    """Decide what somebody says of a span; return how it stood before."""
    compared = project.review.compare("a")
    found = project.review.settled(compared)
    one = next(one for one in found if any(some.span == span for some in one.difference.annotations))
    project.review.decide(compared, one.difference, outcome)
    return one.state


def here(project: Project, span: Span) -> list[str]:
    """Return the labels that gold has of a span."""
    work = project.review.work("a", project.review.gold)
    return sorted(one.label for one in work.annotations if one.span == span)
