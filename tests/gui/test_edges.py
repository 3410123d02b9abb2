"""Borders are moved word by word and character by character, to the right in both directions of writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.spans import Span
from rubricator.model.tokens import inside_grapheme
from rubricator_gui.reader.edges import Edges, MoveEdge, begun, moved

TEXT = "The U.S. envoy, O'Brien, met\n\nAnna S.\n\nLebrune 👩‍👩‍👧 here."


def step(span: Span, *moves: tuple[str, bool, bool], rtl: bool = False, text: str = TEXT) -> Edges:
    edges = Edges(span, span, exact=False)
    for border, rightwards, by_character in moves:
        edges = moved(text, edges, MoveEdge(border == "start", rightwards, by_character), rtl=rtl)
    return edges


ENVOY = Span.of(9, 14)


@pytest.mark.parametrize(
    ("moves", "quote", "exact"),
    [
        ([("end", True, False)], "envoy, O'Brien", False),  # a comma is no word
        ([("end", True, False)] * 2, "envoy, O'Brien, met", False),
        ([("end", True, False)] * 2 + [("end", False, False)] * 2, "envoy", False),
        ([("end", True, False), ("start", True, False)], "O'Brien", False),
        ([("end", True, True)], "envoy,", True),
        ([("end", False, False)], "envoy", False),  # nothing would be left
        ([("end", False, True)], "envo", True),
        ([("start", False, False)], "U.S. envoy", False),
        ([("start", False, False)] * 9, "The U.S. envoy", False),
        ([("start", False, False), ("start", True, False)], "envoy", False),
        ([("start", True, True)] * 2, "voy", True),
        ([("start", True, True)] * 9, "y", True),
        ([("end", True, False)] * 99, TEXT[9:-1], False),
    ],
)
def test_each_border_goes_its_way(moves: list[tuple[str, bool, bool]], quote: str, exact: bool) -> None:
    edges = step(ENVOY, *moves)
    assert edges.span.quote(TEXT) == quote
    assert edges.exact == exact
    assert edges.before == ENVOY


def test_where_writing_runs_to_the_left_rightwards_is_back() -> None:
    arabic = "قالت ليلى المرواني ذلك"
    layla = Span.of(5, 9)
    assert step(layla, ("end", False, False), rtl=True, text=arabic).span.quote(arabic) == "ليلى المرواني"
    assert step(layla, ("start", True, False), rtl=True, text=arabic).span.quote(arabic) == "قالت ليلى"


def test_a_bracket_that_closes_what_is_taken_comes_along() -> None:
    text = "NATO (the Alliance), says he"
    whole = step(Span.of(0, 4), ("end", True, False), ("end", True, False), text=text).span
    assert whole.quote(text) == "NATO (the Alliance)"
    assert step(Span.of(0, 4), ("end", True, False), text=text).span.quote(text) == "NATO (the"


def test_a_rule_of_stars_is_passed_in_several_steps() -> None:
    text = "the end " + "* " * 50 + "Next item"
    for border, rightwards, there in (("end", True, Span.of(0, 7)), ("start", False, Span.of(108, 112))):
        span = step(there, *[(border, rightwards, False)] * 6, text=text).span
        assert span.start < 4 if border == "start" else span.end > 108


def test_a_grapheme_is_one_character() -> None:
    family = TEXT.index("👩")
    edges = step(Span.of(family - 8, family - 1), ("end", True, True), ("end", True, True))
    assert edges.span.quote(TEXT) == "Lebrune 👩‍👩‍👧"


def test_only_the_outer_borders_of_several_fragments_move() -> None:
    apart = Span(((0, 3), (9, 14)))
    assert step(apart, ("end", True, False)).span == Span(((0, 3), (9, 23)))
    assert step(apart, ("start", True, False)).span == apart


@given(st.text(alphabet="aé ’'.,\n👩\u200dא\u0301", min_size=1, max_size=30), st.data())
def test_no_border_leaves_the_text_or_cuts_a_grapheme(text: str, data: st.DataObject) -> None:
    found = begun_anywhere(text, data)
    if found is None:
        return
    moves = data.draw(st.lists(st.tuples(st.sampled_from(["start", "end"]), st.booleans(), st.booleans()), max_size=12))
    span = step(found, *moves, text=text).span
    assert 0 <= span.start < span.end <= len(text)
    assert not inside_grapheme(text, span.start)
    assert not inside_grapheme(text, span.end)


def begun_anywhere(text: str, data: st.DataObject) -> Span | None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    if inside_grapheme(text, start) or inside_grapheme(text, end):
        return None
    return Span.of(start, end)


def test_what_was_dragged_inside_of_words_is_taken_as_it_was() -> None:
    assert begun(TEXT, ENVOY, False, 10, 12) == Edges(ENVOY, Span.of(10, 12), True)
    assert begun(TEXT, ENVOY, False, 9, 14) == Edges(ENVOY, ENVOY, False)
    assert begun(TEXT, ENVOY, False, 8, 15) == Edges(ENVOY, ENVOY, False)  # a space at its border is no wish
