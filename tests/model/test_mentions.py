"""All identical mentions: what is found, what is not, and what is said of the place; against a naive search."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.folding import Folded, composed, fold, single_spaced
from rubricator.model.mentions import (
    LONGEST,
    Needle,
    Standing,
    mentions,
    stands_on_words,
)
from rubricator.model.spans import Annotation, Fragment, Span
from rubricator.model.tokens import words

from .spelling import few_letters, many_letters, places, spelled
from .test_text import clean

MIXED = ["Iran", "Iran's", "ian", "S.", "ß", "SS", "İ", "i", "\u0307", " ", "\n", "\n\n", "\u00a0", "\u2028", "\x85", *"aA.,-'’", "東京", "都", "ﬁ"]  # fmt: skip
mixed = st.lists(st.sampled_from(MIXED), max_size=14).map("".join)


def found(text: str, quote: str, *, case: bool = True, words: bool = True) -> list[str]:
    return [text[start:end] for start, end in Needle(quote, case=case, words=words).find(text)]


def annotation(n: int, label: str, *fragments: Fragment) -> Annotation:
    return Annotation(str(n), "a", "b", label, Span(fragments))


def naive(text: str, quote: str, *, case: bool, whole: bool) -> list[Fragment]:
    """Try every place and every length."""
    compare = (lambda words: single_spaced(composed(words))) if case else fold
    wanted = compare(quote)
    starts = {t.start for t in words(text)} if whole else {m.start() for m in regex.finditer(r"\X", text)}
    ends = {t.end for t in words(text)} if whole else {m.end() for m in regex.finditer(r"\X", text)}
    hits: list[Fragment] = []
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            inner = text[start:end]
            if wanted and inner == inner.strip() and compare(inner) == wanted and start in starts and end in ends:
                if not hits or start >= hits[-1][1]:
                    hits.append((start, end))
                break
    return hits


@given(mixed | clean, mixed | clean, st.booleans(), st.booleans())
def test_it_finds_what_a_naive_search_finds(text: str, quote: str, case: bool, whole: bool) -> None:
    hits = list(Needle(quote, case=case, words=whole).find(text))
    assert hits == naive(text, quote, case=case, whole=whole)
    assert all(0 <= start < end <= len(text) for start, end in hits)
    assert all(one[1] <= other[0] for one, other in pairwise(hits))


@given(mixed, st.data())
def test_whatever_is_selected_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    pieces = [match.span() for match in regex.finditer(r"\X", text)]
    if not pieces:
        return
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first, len(pieces) - 1))
    start, end = pieces[first][0], pieces[last][1]
    quote = text[start:end]
    if quote != quote.strip():
        return
    whole = stands_on_words(text, start, end)
    hits = list(Needle(quote, words=whole).find(text))
    assert any(s <= start < e or s < end <= e for s, e in hits)  # itself, or one before that overlaps it
    assert whole == (start in {t.start for t in words(text)} and end in {t.end for t in words(text)})


@given(mixed | clean, st.booleans())
def test_a_folded_text_knows_the_way_back(text: str, case: bool) -> None:
    folded = Folded(text, case=case)
    assert folded.text == (single_spaced(composed(text)) if case else fold(text))
    last = 0
    for offset in range(len(folded.text) + 1):
        source = folded.source(offset)
        if source is not None:
            assert last <= source <= len(text)
            assert folded.folded(source) == offset
            last = source
    assert (folded.source(0), fold(text[: folded.source(len(folded.text))])) == (
        len(text) - len(text.lstrip()),
        fold(text),
    )


@pytest.mark.parametrize(
    ("text", "quote", "wanted"),
    [
        ("by S.\n\nLebedev and S. Lebedev", "S. Lebedev", ["S.\n\nLebedev", "S. Lebedev"]),
        ("by S.\n\nLebedev and S.\u00a0Lebedev", "S.\n\nLebedev", ["S.\n\nLebedev", "S.\u00a0Lebedev"]),
        ("by S.\u2028Lebedev", " S.  Lebedev\n", ["S.\u2028Lebedev"]),
        ("Iran, Iranian, Iran's, pre-Iran", "Iran", ["Iran", "Iran", "Iran"]),
        ("the U.S. and the U.S.A. in U.S. terms", "U.S.", ["U.S.", "U.S."]),
        ("東京都と東京", "東京", ["東京", "東京"]),
        ("เมืองไทยเมือง", "เมือง", ["เมือง", "เมือง"]),
        ("the Kremlin, THE KREMLIN", "Kremlin", ["Kremlin"]),
        ("aa aaa aa aa", "aa aa", ["aa aa"]),
        ("e\u0301e e", "e", ["e"]),
        ("\u05e9\u05dc\u05d5\u05dd, \u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd", ["\u05e9\u05dc\u05d5\u05dd"] * 2),
        ("👨\u200d👩\u200d👧 👨 👨\u200d👩\u200d👧", "👨", ["👨"]),
        ("", "x", []),
        ("x", "", []),
        ("x  x", " \n", []),
    ],
)  # fmt: skip
def test_examples(text: str, quote: str, wanted: list[str]) -> None:
    assert found(text, quote) == wanted


@pytest.mark.parametrize(
    ("text", "quote", "wanted"),
    [
        ("STRASSE Straße strasse", "straße", ["STRASSE", "Straße", "strasse"]),
        ("die MASSE, die Maße", "s", []),
        ("İstanbul i\u0307stanbul istanbul", "İSTANBUL", ["İstanbul", "i\u0307stanbul"]),
        ("the KREMLIN's Kremlin", "kremlin", ["KREMLIN", "Kremlin"]),
        ("ΟΔΟΣ οδος οδός", "οδος", ["ΟΔΟΣ", "οδος"]),
        ("ﬁne ﬁle FILE", "file", ["ﬁle", "FILE"]),
    ],
)
def test_case_is_folded_and_offsets_stay_right(text: str, quote: str, wanted: list[str]) -> None:
    assert found(text, quote, case=False) == wanted


@given(clean, st.data())
def test_of_any_stretch_it_is_known_whether_it_stands_on_words(text: str, data: st.DataObject) -> None:
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        stands = stands_on_words(text, start, end)
        assert not (stands and (text[start].isspace() or text[end - 1].isspace()))


@pytest.mark.parametrize(
    ("text", "start", "end"), [("Ann.\n", 4, 5), (" \n ", 0, 3), ("Ann ", 3, 4), ("Ann went", 0, 4)]
)
def test_white_space_is_no_word(text: str, start: int, end: int) -> None:
    assert not stands_on_words(text, start, end)


JOSE = "Jose\u0301 Garci\u0301a met Jos\u00e9 Garc\u00eda; Jose Garcia, JOSE\u0301 GARCI\u0301A"


@pytest.mark.parametrize(
    ("text", "quote", "wanted"),
    [
        (JOSE, "José García", ["Jose\u0301 Garci\u0301a", "José García"]),
        (JOSE, "Jose\u0301 Garci\u0301a", ["Jose\u0301 Garci\u0301a", "José García"]),
        (JOSE, "Jose", ["Jose"]),
        ("José and Jose", "Jose\u0301", ["José"]),
        ("a\u0323\u0301 a\u0301\u0323 ạ\u0301 \u00e1\u0323 á ạ", "a\u0301\u0323", ["a\u0323\u0301", "a\u0301\u0323", "ạ\u0301", "\u00e1\u0323"]),
        ("한국 \u1112\u1161\u11ab\u1100\u116e\u11a8 하\u11ab국", "한국", ["한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "하\u11ab국"]),
        ("\u212bngström, 5 \u212a", "Ångström", ["\u212bngström"]),
        ("\u212bngström, 5 \u212a", "5 K", ["5 \u212a"]),
        ("\u0958 \u0915\u093c", "\u0958", ["\u0958", "\u0915\u093c"]),
    ],
)  # fmt: skip
def test_canonically_equivalent_words_are_the_same(text: str, quote: str, wanted: list[str]) -> None:
    assert found(text, quote) == wanted


@given(st.data(), st.booleans(), st.booleans())
def test_words_are_found_however_each_letter_is_spelled(data: st.DataObject, case: bool, whole: bool) -> None:
    letters = data.draw(many_letters)
    quote = data.draw(few_letters)
    text, at = data.draw(spelled(letters))
    needle = Needle(data.draw(spelled(quote))[0], case=case, words=whole)
    assert list(needle.find(text)) == places(letters, quote, at, whole=whole)


def test_inside_of_words_only_if_asked() -> None:
    assert found("Iranian", "Iran") == []
    assert found("Iranian", "Iran", words=False) == ["Iran"]
    assert found("Maße", "s", case=False, words=False) == []  # half of what ß became
    assert not stands_on_words("Iranian", 0, 4)
    assert stands_on_words("Iran's", 0, 4)
    assert not stands_on_words("Iran", 0, 9)


@pytest.mark.parametrize(
    ("standing", "other"),
    [
        ("free", annotation(1, "ORG", (0, 3))),
        ("same", annotation(1, "ORG", (4, 7))),
        ("other", annotation(1, "LOC", (4, 7))),
        ("crosses", annotation(1, "ORG", (0, 5))),
        ("inside", annotation(1, "ORG", (0, 9))),
        ("around", annotation(1, "ORG", (5, 6))),
        ("inside", annotation(1, "ORG", (0, 5), (6, 9))),
        ("free", annotation(1, "ORG", (0, 3), (8, 9))),  # the hit stands in its gap
    ],
)
def test_it_says_what_stands_there(standing: Standing, other: Annotation) -> None:
    (hit,) = mentions("The CIS met", Needle("CIS"), "ORG", [other]).hits
    assert hit.standing == standing
    assert hit.beside == (() if standing == "free" else (other,))
    assert hit.here == ((other,) if standing in ("same", "other") else ())
    assert hit.wanted("ORG", "The CIS met") == (standing == "free")
    assert hit.wanted("LOC", "The CIS met") == (
        standing == "free" or (standing in ("inside", "around") and other.label != "LOC")
    )


def test_a_name_of_its_own_inside_a_name_is_wanted() -> None:
    text = "The Council of the CIS, says S. Lebedev."
    around = [annotation(1, "ORG", (4, 22)), annotation(2, "PERSON", (29, 39))]
    (body,) = mentions(text, Needle("CIS"), "ORG", around).hits
    assert body.wanted("ORG", text)
    shouted = "THE COUNCIL Of The CIS"
    (head,) = mentions(shouted, Needle("CIS"), "ORG", [annotation(1, "ORG", (4, 22))]).hits
    assert head.wanted("ORG", shouted)
    (surname,) = mentions(text, Needle("Lebedev"), "PERSON", around).hits
    assert not surname.wanted("PERSON", text)


def test_what_holds_a_hit_is_told_and_not_what_lies_in_it() -> None:
    around = [annotation(1, "EVENT", (0, 22)), annotation(2, "ORG", (19, 22))]
    (hit,) = mentions("The Council of the CIS met", Needle("Council of the CIS"), "PERSON", around).hits
    assert hit.standing == "inside"
    assert [a.label for a in hit.decisive] == ["EVENT"]


def test_there_may_be_more() -> None:
    assert mentions("a a a", Needle("a"), most=2).more
    assert not mentions("a a", Needle("a"), most=2).more
    assert found("a" * (LONGEST + 1), "a" * (LONGEST + 1)) == []


@pytest.mark.parametrize("char", ["a", "я", "ש", "中", "ß", "🙂", "\u0301", "-", "a-", "a'"])
@pytest.mark.parametrize("times", [1, 50])
def test_nothing_is_cut_up_twice(char: str, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the pieces that a search looks at, not the clock."""
    from rubricator.model import mentions as module

    looked_at = 0

    def counted(name: str) -> None:
        real = getattr(module, name)

        def count(text: str, start: int) -> object:
            nonlocal looked_at
            for piece in real(text, start):
                looked_at += 1
                yield piece

        monkeypatch.setattr(module, name, count)

    counted("_words")
    counted("graphemes")
    text = char * 50_000
    for whole in (True, False):
        looked_at = 0
        for _ in Needle(char * times, words=whole, case=False).find(text):
            pass
        assert looked_at <= len(text) + 1_000


def test_the_seed(corpora: Path) -> None:
    text = (corpora / "seed" / "turkmenistan-cis.txt").read_text(encoding="utf-8")
    assert found(text, "S. Lebedev") == ["S.\n\nLebedev"]
    assert found(text, "CIS") == ["CIS"] * 8
    assert found(text, "Turkmen") == ["Turkmen"] * 2
    assert len(found(text, "the security council of the cis member states", case=False)) == 4
