"""Words, graphemes and snapping over anything that a text may hold."""

from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from rubricator.model import tokens
from rubricator.model.text import canonical
from rubricator.model.tokens import (
    Token,
    exact,
    grapheme_end,
    grapheme_start,
    inside_grapheme,
    next_grapheme,
    next_word,
    previous_grapheme,
    sentence_around,
    sentences,
    snap,
    token_at,
    words,
)

from .test_text import PIECES

MORE = [
    *"'’\"“”().,;:-–%/@_·",
    "O'Brien",
    "Lebedev's",
    "18:07",
    "http://a.b/c",
    "a@b.co",
    "U.S.",
    "Dr. ",
    "S. ",
    "...",
    "--",
    "\u0301",
    "\u0600",
    "🇦🇷",
    "🇻",
    "東京",
    "123,4",
    " ",
    " ",
]
texts = st.lists(st.sampled_from(PIECES + MORE) | st.characters(), max_size=25).map(
    lambda parts: canonical("".join(parts)).text
)
ranges = texts.flatmap(lambda t: st.tuples(st.just(t), st.integers(-1, len(t) + 1), st.integers(-1, len(t) + 1)))


def borders(text: str) -> set[int]:
    return {0, *(match.end() for match in regex.finditer(r"\X", text))}


@given(texts)
def test_words_hold_all_that_is_not_white_space(text: str) -> None:
    found = list(words(text))
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = {n for t in found for n in range(t.start, t.end)}
    assert all(n in covered for n, char in enumerate(text) if not char.isspace())


@given(texts)
@example("a\u200d'\u0301s")
@example("U.S.\u0301")
@example("🇦🇷\u0301🇻\u200d🇪🇳🇮a🇦")
def test_words_begin_and_end_at_graphemes(text: str) -> None:
    assert {edge for t in words(text) for edge in (t.start, t.end)} <= borders(text)


@given(texts | st.text("aA '.,;\n@é1-\u0301"))
@example("a\u0301 b,c;d\ne")
def test_the_quick_way_finds_the_same_words(text: str) -> None:
    slow = regex.compile(tokens._TOKEN.replace(tokens._QUICK, ""))
    found = [Token(*match.span()) for match in slow.finditer(text) if match.lastgroup != "space"]
    assert [*words(text)] == found


@given(texts)
def test_token_at_agrees_with_words(text: str) -> None:
    where: dict[int, Token] = {n: t for t in words(text) for n in range(t.start, t.end)}
    assert [token_at(text, n) for n in range(len(text))] == [where.get(n) for n in range(len(text))]
    assert token_at(text, -1) is None
    assert token_at(text, len(text)) is None


@given(texts)
def test_next_word_is_the_first_that_ends_later(text: str) -> None:
    found = list(words(text))
    for n in range(len(text) + 1):
        assert next_word(text, n) == next((t for t in found if t.end > n), None)


@given(texts)
def test_graphemes_are_those_of_unicode(text: str) -> None:
    edges = sorted(borders(text))
    for n in range(len(text) + 1):
        start = max(edge for edge in edges if edge <= n)
        assert grapheme_start(text, n) == start
        assert grapheme_end(text, n) == min(edge for edge in edges if edge >= n)
        assert inside_grapheme(text, n) == (n not in edges)
        assert next_grapheme(text, n) == min((edge for edge in edges if edge > n), default=len(text))
        assert previous_grapheme(text, n) == max((edge for edge in edges if edge < n), default=0)


@given(ranges)
@example(("\n\u0301", 0, 2))
@example(("a \u0301 b", 1, 4))
@example(("\u0600  b", 0, 3))
def test_snapping_takes_whole_words_and_is_done_once(asked: tuple[str, int, int]) -> None:
    text, start, end = asked
    span = snap(text, start, end)
    low, high = (min(max(0, n), len(text)) for n in sorted((start, end)))
    if span is None:
        assert not text[low:high].strip()
        return
    assert len(span.fragments) == 1
    assert {span.start, span.end} <= borders(text)
    edges = regex.findall(r"\X", text[span.start : span.end])
    assert not edges[0].isspace()
    assert not edges[-1].isspace()
    found = list(words(text))
    touched = [t for t in found if t.start < high and low < t.end]
    assert span.start in {t.start for t in touched}
    last = max((t.end for t in touched if t.end <= span.end), default=span.end)
    assert last in {t.end for t in touched}
    assert set(text[last : span.end]) <= set(")]}”’»")
    left = [t for t in touched if not (span.start <= t.start and t.end <= span.end)]
    for t in left:  # only loose marks at the borders, and a possessive
        assert regex.fullmatch(r"\p{P}|['’][sS]", text[t.start : t.end])
    assert snap(text, span.start, span.end) == span


@pytest.mark.parametrize(
    ("text", "dragged", "wanted"),
    [
        ("the Treaty (CST) there", "Treaty (CST", "Treaty (CST)"),
        ("the Treaty (CST) there", "CST", "CST"),
        ("x((a)) b", "x((a", "x((a))"),
        ("the “Port Velis” then", "the “Port Velis", "the “Port Velis”"),
        ("said “Port Velis” then", "“Port Velis", "Port Velis"),
        ("(see Treaty) there", "Treaty", "Treaty"),
    ],
)
def test_what_opens_inside_is_closed(text: str, dragged: str, wanted: str) -> None:
    start = text.index(dragged)
    span = snap(text, start, start + len(dragged))
    assert span is not None
    assert span.quote(text) == wanted


def test_very_many_flags_in_a_row_are_read_in_a_line() -> None:
    flags = "🇦🇷" * 100_000
    assert [(t.start, t.end) for t in words(flags)] == [(n, n + 2) for n in range(0, len(flags), 2)]


@given(ranges)
def test_exact_characters_are_whole_graphemes(asked: tuple[str, int, int]) -> None:
    text, start, end = asked
    span = exact(text, start, end)
    low, high = (min(max(0, n), len(text)) for n in sorted((start, end)))
    if span is None:
        assert low >= high
        return
    assert span.start <= low < high <= span.end
    assert {span.start, span.end} <= borders(text)
    assert exact(text, span.start, span.end) == span


@given(texts)
def test_sentences_are_in_order_and_hold_all_words(text: str) -> None:
    found = sentences(text)
    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    covered = {n for start, end in found for n in range(start, end)}
    assert all(n in covered for n, char in enumerate(text) if not char.isspace())
    assert all(text[start:end] == text[start:end].strip() for start, end in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The U.S. and O'Brien's dog", "The|U.S.|and|O'Brien|'s|dog"),
        ("at 18:07 on Nov. 19, 2020.", "at|18:07|on|Nov.|19|,|2020|."),
        ("S.\n\nLebedev", "S.|Lebedev"),
        ("mid-term (5,000)", "mid|-|term|(|5,000|)"),
        ("東京とBonn", "東|京|と|Bonn"),
        ("mail a.b@c.org or www.x.org/y.", "mail|a.b@c.org|or|www.x.org/y|."),
    ],
)
def test_words_that_people_take_for_words(text: str, wanted: str) -> None:
    assert "|".join(text[t.start : t.end] for t in words(text)) == wanted


def test_a_name_broken_over_a_blank_line_is_in_one_sentence() -> None:
    text = "He met Anna S.\n\nLebedev. Then he left.\n\nThe end."
    assert [text[start:end] for start, end in sentences(text)] == [
        "He met Anna S.\n\nLebedev.",
        "Then he left.",
        "The end.",
    ]


@pytest.mark.parametrize("char", ["a", " ", ".", "\u0301", "🙂", "\u200d", "(", "中", "-", "'", "@", "1"])
def test_nothing_is_slow(char: str) -> None:
    """Count the characters that a look-up may see, not the clock: it is cut at 2,000 before."""
    text = char * 50_000
    for n in (0, 25_000, 49_999):
        token_at(text, n)
        snap(text, n, n + 1)
    assert sum(1 for _ in words(text)) <= 50_000


def test_the_sentence_round_a_place() -> None:
    text = "It rained. Mr. S. Odell flew to Bonn. He stayed.\n\nThe end"

    def around(words: str) -> str:
        start = text.index(words)
        first, last = sentence_around(text, start, start + len(words))
        return text[first:last]

    assert around("Odell") == "Mr. S. Odell flew to Bonn."
    assert around("rained. Mr") == "It rained. Mr. S. Odell flew to Bonn."
    assert around("end") == "The end"
    assert around("\n\n") == "\n\n"
    endless = "x " * 100_000
    first, last = sentence_around(endless, 100_000, 100_001)
    assert first <= 100_000 < last
    assert last - first < 3_000


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(CSTO)", "CSTO"),
        ("[sic]", "sic"),
        ("((CSTO))", "CSTO"),
        ("(a) and (b)", "(a) and (b)"),
        ("Organization (CSTO)", "Organization (CSTO)"),
        ("“The Sund”", "“The Sund”"),
        ("()", "()"),
    ],
)
def test_brackets_around_all_of_it_are_left_out(text: str, wanted: str) -> None:
    span = snap(text, 0, len(text))
    assert span is not None
    assert text[span.start : span.end] == wanted
