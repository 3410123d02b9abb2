"""Labels moved in their tree, and edits of a scheme done again upon those of somebody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.scheme import Attribute, Example, Label, RelationType, Rule, Scheme
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


def order(mine: str, theirs: str) -> str:
    """Return the order of labels that were A B C D, where two changed it."""
    return "".join(label.name for label in rebased(made(*mine), made(*"ABCD"), made(*theirs)).labels)


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        ("ABCD", "DCBA", "DCBA"),
        ("AXBCD", "DCBA", "DCBAX"),
        ("XABCD", "DCBA", "XDCBA"),
        ("ABCDX", "ABCDY", "ABCDYX"),
        ("ACD", "DCBA", "DCA"),
        ("BACD", "DCBA", "BACD"),
        ("BACD", "ABCDX", "BACDX"),
        ("ABXCD", "ABCXD", "ABCXD"),
    ],
)
def test_the_order_of_who_moved_something_stays(mine: str, theirs: str, found: str) -> None:
    assert order(mine, theirs) == found


def test_two_edit_one_part_at_once() -> None:
    """Each keeps the fields that they changed; what means something together comes from one of the two."""

    def both(base: Scheme, mine: Scheme, theirs: Scheme) -> Scheme:
        assert rebased(mine, base, theirs) != base
        return rebased(mine, base, theirs)

    label = Scheme(labels=(Label("A", "A", key="a", hue=1, extra={"x-a": 1}),))
    mine = replace(label, labels=(label.labels[0]._replace(title="Mine", hue=2, extra={"x-a": 1, "x-b": 2}),))
    theirs = replace(label, labels=(label.labels[0]._replace(key="b", colour="#aa0000", extra={"x-c": 3}),))
    (found,) = both(label, mine, theirs).labels
    assert (found.title, found.key, found.hue, found.colour) == ("Mine", "b", 2, "")
    assert found.extra == {"x-b": 2, "x-c": 3}

    choice = Attribute("a", "A", "choice", ("f", "m"), ("X", "Y"))
    base = Scheme(attributes=(choice,))
    mine = replace(base, attributes=(choice._replace(values=("f", "m", "x"), labels=()),))
    theirs = replace(base, attributes=(choice._replace(values=("f", "y"), labels=("X", "Y", "Z")),))
    (attribute,) = both(base, mine, theirs).attributes
    assert (attribute.values, attribute.labels) == (("f", "y", "x"), ()), "none means every label: nothing is put in"
    text = replace(base, attributes=(choice._replace(kind="text", values=(), title="Text"),))
    (attribute,) = both(base, text, theirs).attributes
    assert (attribute.kind, attribute.values, attribute.labels) == ("text", (), ("X", "Y", "Z"))
    (attribute,) = both(base, mine, text).attributes
    assert (attribute.kind, attribute.values, attribute.title) == ("choice", ("f", "m", "x"), "Text")

    ends = RelationType("r", "R", ("A",), ("B",))
    mine, theirs = (Scheme(relations=(ends._replace(**it),)) for it in ({"title": "Mine"}, {"sources": ("A", "C")}))
    assert both(Scheme(relations=(ends,)), mine, theirs).relations == (ends._replace(title="Mine", sources=("A", "C")),)

    rule = Rule("1", "no-nesting", {"inner": ["A"], "outer": ["B"]})
    mine = Scheme(rules=(Rule("1", "no-nesting", {"inner": ["A", "C"], "outer": ["B"]}),))
    noted = Scheme(rules=(Rule("1", "no-nesting", {"inner": ["A", "D"], "outer": ["B"], "note": True}),))
    (found_rule,) = both(Scheme(rules=(rule,)), mine, noted).rules
    assert found_rule.values == {"inner": ["A", "D", "C"], "outer": ["B"], "note": True}
    other = Scheme(rules=(Rule("1", "some-topic"),))
    assert both(Scheme(rules=(rule,)), other, noted).rules == other.rules
    assert both(Scheme(rules=(rule,)), mine, other).rules == mine.rules


def test_what_stood_under_a_label_that_others_took_out_stands_higher() -> None:
    mine = replace(made("A", "A/B", "B/C"), labels=(*made("A", "A/B", "B/C").labels, Label("NEW", parent="C")))
    mine = replace(mine, examples=(Example("x", "C", "words"),))
    found = rebased(mine, made("A", "A/B", "B/C"), made("A"))
    assert [(label.name, label.parent) for label in found.labels] == [("A", ""), ("NEW", "A")]
    assert not found.examples
    check_whole(found)


def test_two_add_an_attribute_of_one_name() -> None:
    mine = Scheme(attributes=(Attribute("mood", "Mood", "choice", ("a", "b"), required=True),))
    theirs = Scheme(attributes=(Attribute("mood", "Tone", "choice", ("c", "b"), key="m"),))
    (found,) = rebased(mine, Scheme(), theirs).attributes
    assert found == Attribute("mood", "Mood", "choice", ("c", "b", "a"), required=True, key="m")
