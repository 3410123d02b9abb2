"""Words as people see them: a quote on one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.words import as_line


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("", ""),
        (" a  b ", " a  b "),
        ("S.\n\n \nLebedev", "S. ⏎ Lebedev"),
        ("S. \r\n Lebedev", "S. ⏎ Lebedev"),
        ("a\u2028b", "a ⏎ b"),
        ("a\n", "a ⏎"),
        ("\n\na", "⏎ a"),
        ("\n \n", "⏎"),
        ("\n", "⏎"),
    ],
)
def test_a_break_between_lines_is_one_mark(words: str, line: str) -> None:
    assert as_line(words) == line


def test_what_is_long_ends_in_dots() -> None:
    assert as_line("abcdef", 6) == "abcdef"
    assert as_line("abcdefg", 6) == "abcde…"
    assert as_line("abcd efg", 6) == "abcd…"
    assert as_line("a" * 10_000_000, 6) == "aaaaa…"


@given(st.text(st.sampled_from("a \n\r\t\u2028…⏎"), max_size=40), st.integers(1, 12))
def test_it_is_one_line_and_no_longer_than_asked(words: str, most: int) -> None:
    assert len(as_line(words, most)) <= most
    assert len(as_line(words).splitlines()) <= 1
