"""What most annotations say is read at one glance: with the same outcome as by the way that looks at everything."""

from __future__ import annotations

from typing import Any
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from rubricator.formats.base import Record
from rubricator.formats.json_values import Bad
from rubricator.formats.jsonl.article import _LayerReader, read_article
from rubricator.formats.jsonl.project import People
from rubricator.words import say

TEXT = "The Sund 😅 is wide, and\nthe ferries wait."

numbers = st.one_of(st.integers(-1, len(TEXT) + 1), st.sampled_from([True, 0.0, "3", None, 2**60]))
pair = st.one_of(st.lists(numbers, min_size=1, max_size=3), st.sampled_from(["ab", {"0": 1, "4": 2}, None, 3]))
whole = st.tuples(st.integers(0, len(TEXT) - 4), st.integers(1, 4)).map(lambda x: [[x[0], x[0] + x[1]]])


@st.composite
def annotations(draw: st.DrawFn) -> dict[str, Any]:
    """Mostly sound ones; of the others one value is strange, or one key is missing."""
    fragments = draw(whole)
    ((start, end),) = fragments
    item: dict[str, Any] = {
        "id": draw(st.sampled_from(["a", "b", "c", "d", "e"])),
        "label": "CITY",
        "fragments": fragments,
        "quote": TEXT[start:end],
        "origin": draw(st.sampled_from(["manual", "import", "model"])),
        "created": {"by": "anna", "at": "2026-01-01T00:00:00.000Z"},
    }
    strange = {
        "id": st.sampled_from(["", "x\ty", "x" * 501, 7, None, True, "\u2028"]),
        "label": st.sampled_from(["", " ", "\n", 1, None, "CITY\tA"]),
        "fragments": st.one_of(st.lists(pair, max_size=3), st.sampled_from([None, "ab", {"a": 1}, [[0, 3], [5, 8]]])),
        "quote": st.sampled_from(["", "other", None, 5, True]),
        "origin": st.sampled_from(["", "guess", None, 3, ["manual"]]),
        "scheme": st.sampled_from([0, 3, -1, 2**60, True, "1", None, 1.0]),
        "created": st.sampled_from([None, {}, {"by": 3}, "anna", {"by": "b", "at": "t", "why": "w"}]),
        "note": st.sampled_from(["n", "", None, 3]),
        "exact": st.sampled_from([True, False, None, 1]),
        "start": numbers,
        "colour": st.just("red"),
    }
    for key in draw(st.sets(st.sampled_from(sorted(strange)), max_size=2)):
        item[key] = draw(strange[key])
    for key in draw(st.sets(st.sampled_from(sorted(item)), max_size=1)):
        if draw(st.booleans()):
            del item[key]
    return item


def outcome(items: list[dict[str, Any]]) -> Record | str:
    layers = [{"annotator": "anna", "annotations": [dict(item) for item in items]}]
    try:
        return read_article({"layers": layers}, TEXT, "codepoint", People(), "here", 0)
    except Bad as bad:
        return f"{bad.path} {say(bad.why)}"


@given(st.lists(annotations(), max_size=4))
def test_one_glance_says_the_same_as_a_close_look(items: list[dict[str, Any]]) -> None:
    quick = outcome(items)
    with mock.patch.object(_LayerReader, "_plain", return_value=None):
        assert quick == outcome(items)


def test_most_are_read_at_one_glance() -> None:
    item = {"id": "a", "label": "CITY", "fragments": [[4, 8]], "quote": "Sund", "origin": "manual", "scheme": 2}
    with mock.patch.object(_LayerReader, "_any", side_effect=AssertionError):
        record = outcome([item, item | {"id": "b", "created": {"by": "anna", "at": "then"}}])
    assert isinstance(record, Record)
    assert [(found.quote, found.scheme) for found in record.layers[0].annotations] == [("Sund", 2), ("Sund", 2)]
