"""Chosen lines of a field are followed through whatever is typed there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator_gui.dialogs.scheme.chosenlines import ChosenLines

LINES = ["1", "5", "10"]


def chosen(lines: list[str], *values: str) -> ChosenLines:
    made = ChosenLines()
    made.follow(lines)
    made.choose(values)
    return made


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1 5 1|1 5 12", "12"),
        ("1 5 1|1 5 |1 5 b|1 5 big", "big"),
        ("1 5 1|1 5 5|1 5 50", "50"),
        ("1 5|10 1 5|12 1 5", "12"),  # cut, pasted elsewhere, retyped
        ("1 5|1 1 5|12 1 5", ""),  # taken away, and another one typed
        ("10 1 5|100 1 5", "100"),  # moved in one go
        ("1 5 1|1 5 |1 5|1 5 10|1 5 100", "100"),  # erased with its line, and taken back
        ("|1 5 10|1 5 100", "100"),  # all erased, and taken back
        ("1 5 1 0|1 5 10|1 5 100", "100"),  # parted, and joined again
        ("1 510|1 5 10|1 5 100", "100"),  # joined to the line before, and parted again
        (" 1 5 10|7 1 5 10|7 1 5 100", "100"),
        ("5 10|5 100", "100"),
        ("1 5|101 5|10 1 5|100 1 5", "100"),  # cut, pasted before another one, and parted from it
        ("7", ""),
        ("1 5", ""),
        ("1 5 0|1 5 |1 5", ""),
        ("1 5 0|1 5|0 1 5|07 1 5", "07"),  # what is left of it is its name now
    ],
)
def test_a_line_that_is_chosen_stays_so_whatever_is_typed(typed: str, says: str) -> None:
    lines = chosen(LINES, "10")
    others = chosen(LINES, "1", "10")
    for text in typed.split("|"):
        lines.follow(text.split(" "))
        others.follow(text.split(" "))
    assert lines.values == ([says] if says else [])
    assert (says or "10") in (*others.values, *others.gone)
    assert bool(lines.gone) != bool(says)


def test_what_goes_is_told_as_it_was_called_before_it_was_erased() -> None:
    lines = chosen(LINES, "10", "5")
    for text in ("1 5 1", "1 5 12", "1 5 1", "1 5 ", "1 5"):
        lines.follow(text.split(" "))
    assert (lines.values, lines.gone) == (["5"], ["12"])
    lines.tick(["1", "5"])
    assert (lines.values, lines.gone) == (["1", "5"], ["12"]), "who ticks another one has not chosen against it"
    lines.choose(["1"])
    assert (lines.values, lines.gone) == (["1"], [])


def test_of_two_lines_that_say_the_same_the_chosen_one_stays_chosen() -> None:
    lines = chosen(LINES, "10")
    lines.follow(["1", "5", "1"])
    lines.tick(["1", "5"])
    lines.follow(["1", "5", "12"])
    assert lines.values == ["5", "12"]


def test_a_line_that_is_parted_from_another_is_what_it_was_before() -> None:
    lines = chosen(LINES, "1", "10")
    for text in ("1 5", "101 5", "10 1 5", "12 1 5", "12 1 510", "12 1 5 10"):
        lines.follow(text.split(" "))
    assert lines.values == ["12", "1"]
    lines = chosen(LINES, "5", "10")
    for text in ("1 510", "1 5 10"):
        lines.follow(text.split(" "))
    assert lines.values == ["5", "10"]


@given(st.lists(st.text("15", max_size=3), min_size=1), st.integers(0, 3))
def test_one_line_can_be_typed_over_by_anything(typed: list[str], at: int) -> None:
    before, after = ["1", "5", "11"][:at], ["1", "5", "11"][at:]
    lines = chosen([*before, "10", *after], "10")
    for text in typed:
        lines.follow([*before, text, *after])
    assert lines.values == ([typed[-1]] if typed[-1] else [])
    lines.follow([*before, "last", *after])
    assert lines.values == ["last"]
