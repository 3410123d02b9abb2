"""What was decided before about words like these."""

from __future__ import annotations

import pytest

from rubricator.suggest.precedents import Decided, content, looked_for, precedents

DECIDED = [
    Decided("Port Velis Harbour Authority", "ORGANIZATION", 4),
    Decided("Sund Harbour Authority", "ORGANIZATION", 1),
    Decided("Port Velis", "CITY", 9),
    Decided("Harbour Road", "FACILITY", 2),
    Decided("the Council of Sund", "ORGANIZATION", 2),
    Decided("Council of Sund", "EVENT", 1),
    Decided("Anna Lebrune", "PERSON", 3),
]


def test_the_same_words_come_first_then_the_same_head_then_shared_words() -> None:
    found = precedents("Velis Harbour Authority", DECIDED, 4)
    assert [one.words for one in found] == [
        "Port Velis Harbour Authority",
        "Sund Harbour Authority",
        "Port Velis",
        "Harbour Road",
    ]
    assert found[0].nearness < 1
    same = precedents("Council of Sund", DECIDED, 2)
    assert [(one.words, one.label, one.nearness) for one in same] == [
        ("the Council of Sund", "ORGANIZATION", 1),
        ("Council of Sund", "EVENT", 1),
    ]


@pytest.mark.parametrize("words", ["", "the", "…", "Nobody knows"])
def test_nothing_is_near_to_nothing(words: str) -> None:
    assert precedents(words, DECIDED, 5) == []
    assert precedents(words, [], 5) == []


def test_words_are_looked_for_without_what_stands_everywhere() -> None:
    assert content("The Council of “Sund”, (Velis)") == ["council", "sund", "velis"]
    assert looked_for("the U of X") == ["u", "U", "x", "X"]
    assert looked_for("U Thant") == ["thant", "Thant", "THANT"]
    assert set(looked_for("Jose\u0301")) == set(looked_for("José")) >= {"José", "Jose\u0301"}
