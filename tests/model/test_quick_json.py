"""The faster library is believed only where Python's own JSON would say the same."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model import strict_json
from rubricator.model.quick_json import dumped, loaded
from rubricator.model.strict_json import NotJson, load, no_constant, once_each

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.text(st.characters(codec=None), max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
"""With whole numbers of any size, NaN, infinities and lone surrogates."""


def python_own(source: str) -> Any:
    return json.loads(source, parse_constant=no_constant, object_pairs_hook=once_each)


def same(one: Any, other: Any) -> bool:
    return repr(one) == repr(other)


@given(values, st.sampled_from([(",", ":"), (", ", ": ")]), st.booleans())
def test_what_is_read_is_what_python_reads(value: Any, separators: tuple[str, str], ascii_only: bool) -> None:
    source = json.dumps(value, separators=separators, ensure_ascii=ascii_only)
    try:
        expected = python_own(source)
    except NotJson:
        with pytest.raises(NotJson):
            load(source)
    else:
        assert same(load(source), expected)


@pytest.mark.parametrize(
    "source",
    [
        '{"a":1,"a":1}',
        '{"a":{"b":1,"b":2}}',
        "[NaN]",
        "[1e400]",
        "[-0]",
        "[1.0e0]",
        "[18446744073709551616]",
        "[-9223372036854775809]",
        r'["\ud800"]',
        '["\ud800"]',
        r'["\u0041"]',
        "[1] ",
        "[1]x",
        "",
        "[" * 2_000 + "]" * 2_000,
        '["' + "\x01" + '"]',
    ],
)
def test_what_is_in_doubt_is_left_to_python(source: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        loaded(source)


@given(values)
def test_what_is_written_is_what_python_reads(value: Any) -> None:
    try:
        expected = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        with pytest.raises(ValueError, match=r"JSON|surrogates"):
            dumped(value)
    else:
        assert same(json.loads(dumped(value)), json.loads(expected))


def test_no_number_that_is_none_becomes_null() -> None:
    for number in (float("nan"), float("inf"), -float("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            dumped({"a": [number]})


def test_mappings_and_numbers_of_any_size_are_written() -> None:
    assert dumped({"a": MappingProxyType({"b": 2**70, "c": None})}) == b'{"a":{"b":%d,"c":null}}' % 2**70
    assert dumped(["\ud800"], surrogates="backslashreplace") == rb'["\ud800"]'


def test_a_usual_line_is_read_by_the_faster_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_json.json, "loads", None)
    assert load('{"text":"Ünï 🙂","n":[1,2.5,true,null]}\n') == {"text": "Ünï 🙂", "n": [1, 2.5, True, None]}
