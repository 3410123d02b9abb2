"""What is looked for in an article is found, whatever is typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.model.find import MOST_HITS, Wanted, find

TEXT = "Anna S.\n\nLebrune met anna s. lebrune in Straße 5. Iran, Iranian. STRASSE"


def quotes(wanted: Wanted, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in find(text, wanted).places]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted("s. lebrune"), ["S.\n\nLebrune", "s. lebrune"]),
        (Wanted("S. Lebrune", case=True), ["S.\n\nLebrune"]),
        (Wanted("iran"), ["Iran", "Iran"]),
        (Wanted("iran", whole=True), ["Iran"]),
        (Wanted("strasse"), ["Straße", "STRASSE"]),
        (Wanted("ira(n|nian)", expression=True, whole=True), ["Iran", "Iranian"]),
        (Wanted("ira(n|nian)"), []),
        (Wanted("x*", expression=True), []),
        (Wanted("   "), []),
        (Wanted(r"^Leb\w+", expression=True), ["Lebrune"]),
    ],
)
def test_it_finds(wanted: Wanted, expected: list[str]) -> None:
    assert quotes(wanted) == expected


def test_what_cannot_be_read_or_takes_too_long_is_said() -> None:
    with pytest.raises(UserError, match="cannot be read"):
        find(TEXT, Wanted("(", expression=True))
    with pytest.raises(UserError, match="too long"):
        find("a" * 60 + "b", Wanted("(?:a|a)*(?:a|a)*(?:a|aa)+$x", expression=True))


def test_very_many_hits_are_cut_and_said() -> None:
    hits = find("a" * (MOST_HITS + 5), Wanted("a"))
    assert len(hits.places) == MOST_HITS
    assert hits.more


@given(st.text(max_size=40), st.text(max_size=6), st.booleans(), st.booleans(), st.booleans())
def test_no_input_is_too_odd(text: str, words: str, case: bool, whole: bool, expression: bool) -> None:
    try:
        places = find(text, Wanted(words, case, whole, expression)).places
    except UserError:
        assert expression
        return
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    if words.strip() and not expression and not whole and case and words == " ".join(words.split()):
        assert (words in text) <= bool(places)
