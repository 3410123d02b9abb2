"""What is looked for in an article is found, whatever is typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.model.find import MOST_HITS, Wanted, find

from .spelling import few_letters, many_letters, places, spelled

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


JOSE = "Jose\u0301 Garci\u0301a met Jos\u00e9 Garc\u00eda; Jose Garcia, JOSE\u0301"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("شكراً جزيلاً للوزير", "شكرا", ["شكراً"]),
        ("शिकायत सरकारी है", "सरकार", ["सरकारी"]),
        ("\U0001f469\u200d\U0001f680 flew", "\U0001f680", []),
        ("\U0001f469\u200d\U0001f680 flew", "\U0001f469", ["\U0001f469\u200d\U0001f680"]),
        ("\U0001f1eb\U0001f1e9\U0001f1ea\U0001f1fa", "\U0001f1e9\U0001f1ea", []),
        ("x\u0301y and xy", "x", ["x\u0301", "x"]),
    ],
)
def test_no_hit_cuts_what_is_seen_as_one_letter(text: str, words: str, expected: list[str]) -> None:
    assert quotes(Wanted(words), text) == expected


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("José", ["Jose\u0301", "José", "JOSE\u0301"]),
        ("jose\u0301", ["Jose\u0301", "José", "JOSE\u0301"]),
        ("Jose", ["Jose"]),
        ("josé garcía", ["Jose\u0301 Garci\u0301a", "José García"]),
        ("\u0301", []),
    ],
)
def test_canonically_equivalent_words_are_the_same(words: str, expected: list[str], whole: bool) -> None:
    assert quotes(Wanted(words, whole=whole), JOSE) == expected


def test_an_expression_stays_as_it_is_typed() -> None:
    assert quotes(Wanted("Jos\u00e9", expression=True), JOSE) == ["José"]
    assert quotes(Wanted("Jose", case=True, expression=True), JOSE) == ["Jose", "Jose"]


@given(st.data(), st.booleans())
def test_words_are_found_however_each_letter_is_spelled(data: st.DataObject, case: bool) -> None:
    letters = data.draw(many_letters)
    quote = data.draw(few_letters)
    text, at = data.draw(spelled(letters))
    words = data.draw(spelled(quote))[0]
    assert list(find(text, Wanted(words, case)).places) == places(letters, quote, at, whole=False)


def test_what_cannot_be_read_or_takes_too_long_is_said() -> None:
    with pytest.raises(UserError, match="cannot be read"):
        find(TEXT, Wanted("(", expression=True))
    with pytest.raises(UserError, match="too long"):
        find("a" * 60 + "b", Wanted("(?:a|a)*(?:a|a)*(?:a|aa)+$x", expression=True))


@pytest.mark.parametrize(
    "words",
    [
        "(((((a{50}){50}){50}){50}){50})",
        "(" * 400,
        "[" * 400,
        "a{99999999999}",
        "(a{1,50}){50,}" * 9,
        "a" * 501,
        "(?V0)a",
    ],
)
def test_what_no_machine_can_make_ready_is_refused(words: str) -> None:
    with pytest.raises(UserError, match=r"cannot be read|repeats too much|longer than"):
        find(TEXT, Wanted(words, expression=True))


def test_an_expression_for_names_and_dates_may_count() -> None:
    wanted = Wanted(r"[A-Z]\w{1,20} [a-z]{1,30} \d{1,10}", case=True, expression=True)
    assert find("Call Harbour office 77 now", wanted).places == ((5, 22),)


def test_a_page_pasted_into_the_field_is_told_to_be_too_long() -> None:
    with pytest.raises(UserError, match="longer than 500 letters"):
        find(TEXT, Wanted("(" * 5_000))


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
        borders = {0, *(match.end() for match in regex.finditer(r"\X", text))}
        there = (n for n in range(len(text)) if text.startswith(words, n))
        assert any(n in borders and n + len(words) in borders for n in there) <= bool(places)
