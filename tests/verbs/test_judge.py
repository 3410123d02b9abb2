"""What is judged beside what stands: right, and without reading a whole layer for each annotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.model.rules import Violation
from rubricator.model.scheme import Rule
from rubricator.model.spans import Fragment, Span
from rubricator.project import Project
from rubricator.store.layer_spans import LayerSpans
from rubricator.suggest.offers import Offer
from rubricator.words import message, say

SENTENCE = "Anna met Ben. "
N = 500


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", texts=[("a", SENTENCE * N), ("b", SENTENCE)]) as project:
        project.annotate("a", "PERSON", [whole(n, 4) for n in range(N)])
        apart = Rule("1", "no-overlap", {"labels": ["PERSON", "CITY"]})
        project.schemes.change(replace(project.scheme, rules=(apart,)), "a rule")
        yield project


def whole(n: int, length: int) -> Span:
    return Span.of(n * len(SENTENCE), n * len(SENTENCE) + length)


def layer(project: Project, label: str) -> list[str]:
    return [one.quote for one in project.annotations("a") if one.label == label]


def test_one_that_is_far_from_all_others_reads_none_of_them(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[tuple[Fragment, int]] = []
    places, read = LayerSpans.places, LayerSpans.read

    def seen(self: LayerSpans, *stretch: Any) -> Any:
        found = places(self, *stretch)
        looks.append((stretch[0], len(found.numbers)))
        return found

    def held(self: LayerSpans, numbers: Sequence[int]) -> Any:
        looks.append(((0, 0), len(numbers)))
        return read(self, numbers)

    monkeypatch.setattr(LayerSpans, "places", seen)
    monkeypatch.setattr(LayerSpans, "read", held)
    at = (N - 1) * len(SENTENCE) + SENTENCE.index("Ben")
    project.annotate("a", "CITY", [Span.of(at, at + 3)])
    assert looks == [((at, at + 3), 1), ((0, 0), 1)], "itself alone"
    looks.clear()
    project.annotate("a", "CITY", [Span.of(n * len(SENTENCE) + 9, n * len(SENTENCE) + 12) for n in range(100)])
    assert [n for _stretch, n in looks].count(1) >= 100
    assert [n for _stretch, n in looks if n > 1] == [199], "the layer is read once, and only as far as it is needed"


def test_each_is_judged_beside_what_stands_in_its_own_layer(project: Project) -> None:
    with pytest.raises(UserError, match="City, town and Person may not overlap"):
        project.annotate("a", "CITY", [Span.of(5, 8), whole(N - 1, 8)])
    assert layer(project, "CITY") == []
    project.annotate_all("CITY", {"a": [Span.of(9, 12)], "b": [Span.of(0, 4)]}, ("b", Span.of(0, 4)))
    assert layer(project, "CITY") == ["Ben"]


def test_offers_that_may_not_stand_together_are_left_and_said(project: Project) -> None:
    offers = [
        Offer(span, label, "repeat", message("so"), None, "", "")
        for span, label in [
            (Span.of(9, 12), "CITY"),
            (Span.of(9, 12), "PERSON"),
            (Span.of(23, 26), "PERSON"),
            (Span.of(23, 26), "PERSON"),
            (Span.of(0, 4), "CITY"),
        ]
    ]
    left: list[Violation] = []
    project.accept("a", offers, leave=left.append)
    assert layer(project, "CITY") == ["Ben"]
    assert layer(project, "PERSON").count("Ben") == 1
    assert [say(one.why) for one in left] == [
        "City, town and Person may not overlap (rule 1)",
        "these words already carry PERSON",
        "City, town and Person may not overlap (rule 1)",
    ]
