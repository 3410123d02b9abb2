"""Two reviewers' copies: whatever they decide and undo, merged in any order, twice, gold is what the decisions say."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests import making

from rubricator.errors import UserError
from rubricator.model.spans import Span
from rubricator.project import Project
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
        st.sampled_from(["decide", "decide", "decide", "undo", "redo", "policy", "relabel"]),
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


def told(project: Project) -> tuple[object, ...]:
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
