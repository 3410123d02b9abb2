"""Labels moved in their tree, and edits of a scheme done again upon those of somebody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.scheme import Example, Label, Rule, Scheme
from rubricator.model.scheme_names import merged, without
from rubricator.model.scheme_rebase import rebased
from rubricator.model.scheme_tree import children, depth, in_order, indented, moved, outdented, stepped, under
from rubricator.model.scheme_whole import check_whole


def made(*labels: str) -> Scheme:
    """Make a scheme of "A", "A/B" ... in this order."""
    return Scheme(
        labels=tuple(Label(part.split("/")[-1], parent=(part.split("/")[:-1] or [""])[-1]) for part in labels)
    )


def tree(scheme: Scheme) -> str:
    return " ".join("." * depth(scheme, label.name) + label.name for label in scheme.labels)


PLACES = made("PLACE", "PLACE/CITY", "PLACE/RIVER", "PERSON", "EVENT")


@pytest.mark.parametrize(
    ("scheme", "found"),
    [
        (stepped(PLACES, "EVENT", -1), "PLACE .CITY .RIVER EVENT PERSON"),
        (stepped(PLACES, "PLACE", 1), "PERSON PLACE .CITY .RIVER EVENT"),
        (stepped(PLACES, "PLACE", -1), "PLACE .CITY .RIVER PERSON EVENT"),
        (stepped(PLACES, "RIVER", 1), "PLACE .CITY .RIVER PERSON EVENT"),
        (stepped(PLACES, "CITY", 1), "PLACE .RIVER .CITY PERSON EVENT"),
        (indented(PLACES, "PERSON"), "PLACE .CITY .RIVER .PERSON EVENT"),
        (indented(PLACES, "PLACE"), "PLACE .CITY .RIVER PERSON EVENT"),
        (outdented(PLACES, "CITY"), "PLACE .RIVER CITY PERSON EVENT"),
        (moved(PLACES, ["PERSON", "EVENT"], "PLACE", "RIVER"), "PLACE .CITY .PERSON .EVENT .RIVER"),
        (moved(PLACES, ["PLACE", "CITY"], "EVENT"), "PERSON EVENT .PLACE ..CITY ..RIVER"),
        (moved(PLACES, ["PLACE"], "CITY"), "PLACE .CITY .RIVER PERSON EVENT"),
        (without(PLACES, "PLACE"), "CITY RIVER PERSON EVENT"),
        (without(moved(PLACES, ["PLACE"], "EVENT"), "PLACE"), "PERSON EVENT .CITY .RIVER"),
        (in_order(merged(PLACES, ["PLACE"], "EVENT")), "PERSON EVENT .CITY .RIVER"),
        (in_order(merged(PLACES, ["PLACE"], "CITY")), "CITY .RIVER PERSON EVENT"),
    ],
)
def test_labels_are_moved(scheme: Scheme, found: str) -> None:
    assert tree(scheme) == found


def test_a_circle_that_merging_made_is_shown_flat() -> None:
    ring = Scheme(
        labels=(Label("A", parent="B"), Label("B", parent="A"), Label("C", parent="B"), Label("D", parent="?"))
    )
    assert [label.name for label in in_order(ring).labels] == ["A", "B", "C", "D"]
    assert [label.name for label in children(ring)] == ["A", "B", "D"]


NAMES = "ABCDEF"


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["", *NAMES]), st.sampled_from(["", *NAMES]))))
def test_moving_loses_nothing_and_makes_no_circle(moves: list[tuple[str, str, str]]) -> None:
    scheme = made(*NAMES)
    for name, parent, before in moves:
        scheme = moved(scheme, [name], parent, before)
        check_whole(scheme)
        assert sorted(label.name for label in scheme.labels) == [*NAMES]
        assert in_order(scheme) == scheme
        assert name in under(scheme, name)


def test_two_edit_a_scheme_at_once() -> None:
    base = made("A", "B", "C")
    mine = replace(
        base,
        labels=(Label("C"), Label("A", title="Mine"), Label("NEW")),
        examples=(Example("x", "A", "words"),),
    )
    theirs = replace(base, name="Theirs", labels=(*base.labels, Label("D")), rules=(Rule("1", "some-topic"),))
    found = rebased(mine, base, theirs)
    assert [label.name for label in found.labels] == ["C", "A", "NEW", "D"]
    assert found.by_name["A"].title == "Mine"
    assert (found.name, found.rules, found.examples) == ("Theirs", theirs.rules, mine.examples)
    assert rebased(base, base, theirs) == theirs
    assert rebased(mine, base, base) == mine
