"""Many names at once: the same as looking for each alone, and linear."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.model.spelling import few_letters, many_letters, places, spelled

from rubricator.model.folding import fold
from rubricator.model.mentions import Needle
from rubricator.model.spans import Fragment
from rubricator.model.tokens import Token
from rubricator.model.tokens import words as tokens
from rubricator.suggest.matcher import WORDS_MOST, Case, Matcher, Name
from rubricator.suggest.reading import Reading

PIECES = [*"aAbB.,-'’ \n", "\n\n", "\u00a0", "\u2028", "U.S.", "Co.", "S.", "Lebedev", "lebedev", "ß", "SS", "東京", "都", "5,000", "18:07", "🙂", "a@b.co"]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
names = st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join), max_size=6)


def quotes(text: str, *names: str, nested: bool = False) -> list[str]:
    matcher = Matcher(Name(words, "X") for words in names)
    return [text[found.start : found.end] for found in matcher.find(text, nested=nested)]


@given(texts, names)
def test_it_finds_what_each_name_finds_alone(text: str, wanted: list[str]) -> None:
    assume(all(name.strip() for name in wanted))
    found = Matcher((Name(words, "X") for words in wanted), case="any").find(text, nested=True)
    places = {(place.start, place.end) for place in found}
    alone: set[Fragment] = set()
    for words in wanted:
        needle = Needle(words, case=False)
        for word in Reading(text).words:  # from each word on, so that hits may overlap
            alone |= {(s + word.start, e + word.start) for s, e in _first(needle, text, word.start)}
    assert places == alone
    assert all(any(fold(text[s:e]) == fold(words) for words in wanted) for s, e in places)
    assert [(f.start, -f.end) for f in found] == sorted((f.start, -f.end) for f in found)


def _first(needle: Needle, text: str, start: int) -> list[Fragment]:
    """Return the hit that begins at `start`, if there is one, counted from there."""
    for low, high in needle.find(text):
        if low == start:
            return [(0, high - low)]
    for low, high in needle.find(text[start:]):  # one before hid it
        if low == 0 and high + start in {word.end for word in Reading(text).words}:
            return [(low, high)]
    return []


@given(texts, names)
def test_the_first_and_longest_stay(text: str, wanted: list[str]) -> None:
    matcher = Matcher((Name(words, "X") for words in wanted), case="any")
    every = matcher.find(text, nested=True)
    kept: list[Fragment] = []
    for place in every:
        if not kept or place.start >= kept[-1][1]:
            kept.append((place.start, place.end))
    found = [(place.start, place.end) for place in matcher.find(text)]
    assert found == kept
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("New York City Council", "New York|York City Council|New York City", "New York City"),
        ("Iran, Iranian, Iran's", "Iran", "Iran|Iran"),
        ("by S.\n\nLebedev", "S. Lebedev", "S.\n\nLebedev"),
        ("Meridian Co. said; Meridian Co.", "Meridian Co.", "Meridian Co.|Meridian Co."),
        ("U.S.A. and U.S. troops", "U.S.", "U.S."),
        ("東京都と東京", "東京", "東京|東京"),
        ("they told us in the US", "US", "US"),
        ("the KREMLIN, the Kremlin, the kremlin", "Kremlin", "KREMLIN|Kremlin"),
        ("Pandemic and pandemic", "pandemic", "Pandemic|pandemic"),
        ("mid-term and mid - term", "mid-term", "mid-term"),
        ("Jose\u0301 and José, not Jose", "José", "Jose\u0301|José"),
        ("Jose\u0301 and José, not Jose", "Jose\u0301", "Jose\u0301|José"),
        ("E\u0301. U. and É.U.", "É.U.", "É.U."),
        ("E\u0301.U. and É.U.", "É.U.", "E\u0301.U.|É.U."),
        ("", "x", ""),
    ],
)
def test_examples(text: str, names: str, wanted: str) -> None:
    assert quotes(text, *names.split("|")) == [quote for quote in wanted.split("|") if quote]


@given(st.data(), st.sampled_from(["like", "exact", "any"]))
def test_names_are_found_however_each_letter_is_spelled(data: st.DataObject, case: Case) -> None:
    letters, name = data.draw(many_letters), data.draw(few_letters)
    text, at = data.draw(spelled(letters))
    matcher = Matcher([Name(data.draw(spelled(name))[0], "X")], case)
    found = [(place.start, place.end) for place in matcher.find(text)]
    assert found == places(letters, name, at, whole=True)


def test_names_at_one_place_come_together() -> None:
    matcher = Matcher([Name("Georgia", "COUNTRY"), Name("GEORGIA", "STATE"), Name("georgia", "NAME")])
    (place,) = matcher.find("in Georgia")
    assert [name.label for name in place.names] == ["COUNTRY", "NAME"]


def test_nested_names_only_if_asked() -> None:
    names = ("Council of the CIS", "CIS")
    assert quotes("the Council of the CIS", *names) == ["Council of the CIS"]
    assert quotes("the Council of the CIS", *names, nested=True) == ["Council of the CIS", "CIS"]


def test_what_is_not_taken_in() -> None:
    matcher = Matcher()
    assert matcher.add(Name("CIS", "ORG"))
    assert not matcher.add(Name("CIS", "ORG"))
    assert matcher.add(Name("CIS", "LOC"))
    assert not matcher.add(Name(" \n", "ORG"))
    assert not matcher.add(Name("a " * (WORDS_MOST + 1), "ORG"))
    assert len(matcher) == 2


def test_the_number_of_names_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the steps into the trie, not the clock."""
    text = "The Harbour Board of Port Velis met the Grain Union. " * 50

    def steps(n: int) -> int:
        matcher = Matcher(Name(f"Harbour Board {k}", "ORG") for k in range(n))
        count = 0
        real = matcher._ends

        def counted(atoms: object, at: int) -> object:
            nonlocal count
            count += 1
            return real(atoms, at)  # type: ignore[arg-type]

        monkeypatch.setattr(matcher, "_ends", counted)
        matcher.find(text)
        return count

    assert steps(10) == steps(5_000)


def test_a_name_as_long_as_an_article_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who labels all of an article has it remembered as a name, between two key presses."""
    read = 0

    def counted(text: str) -> Iterator[Token]:
        nonlocal read
        for token in tokens(text):
            read += 1
            yield token

    monkeypatch.setattr("rubricator.suggest.matcher.words", counted)
    matcher = Matcher()
    assert not matcher.add(Name("grain " * 100_000, "X"))
    assert read == WORDS_MOST + 1
    assert matcher.add(Name("grain " * WORDS_MOST, "X"))
