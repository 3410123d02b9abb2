"""A few letters find the label that was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.making import news

from rubricator.model.label_search import find_guidelines, find_labels, likely_labels, meant_label
from rubricator.model.scheme import Example, Label, Scheme

LABELS = news().labels


def test_a_key_finds_its_label() -> None:
    labels = [Label("PROFESSION", "Job title", key="8"), Label("PERSON", "Person", key="1"), Label("AGE", key="P")]
    assert [found.label.name for found in find_labels(labels, "8")] == ["PROFESSION"]
    assert [found.label.name for found in find_labels(labels, "p")] == ["PERSON", "AGE", "PROFESSION"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("or", "ORGANIZATION"), ("per", "PERSON"), ("WOR", "WORK_OF_ART"), ("prov", "STATE_OR_PROVINCE"), ("gpe", "")],
)
def test_the_nearest_comes_first(typed: str, first: str) -> None:
    found = find_labels(LABELS, typed)
    assert (found[0].label.name if found else "") == first


def test_what_was_typed_is_marked() -> None:
    found = find_labels(LABELS, "art")[0]
    assert found.label.title[found.start : found.end].casefold() == "art"
    assert find_labels([Label("X", "Straße")], "strasse")[0].end == 0


def test_nothing_typed_gives_all_with_the_last_one_on_top() -> None:
    names = [found.label.name for found in find_labels(LABELS, " ", ["EVENT"])]
    assert names[0] == "EVENT"
    assert sorted(names) == sorted(label.name for label in LABELS)
    assert names[1:] == [label.name for label in LABELS if label.name != "EVENT"]


@given(st.text(max_size=8))
def test_no_input_is_too_odd(typed: str) -> None:
    for found in find_labels(LABELS, typed):
        marked = (found.label.title or found.label.name)[found.start : found.end]
        assert not marked or marked.casefold() == typed.strip().casefold()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("PER", "PERSON"),
        ("person", "PERSON"),
        ("work-of-art", "WORK_OF_ART"),
        ("LOC", "LOCATION"),
        ("Per", "PERSON"),
        ("PE", ""),  # too little to be plain
        ("PRO", ""),  # several begin so
        ("DATETIME", ""),  # a name that goes on says something else
        ("MISC", ""),
        ("人", ""),
        ("", ""),
    ],
)
def test_what_a_label_of_a_file_plainly_means(name: str, meant: str) -> None:
    plainly, likely = meant_label(name, news().labels), likely_labels(name, news().labels)
    assert (plainly.name if plainly else "") == meant
    assert {label.name for label in likely} == news().by_name.keys()
    assert not meant or likely[0].name == meant


def test_what_goes_on_is_likely_though_not_plain() -> None:
    assert likely_labels("DATETIME", news().labels)[0].name == "DATE"


def test_guidelines_are_found_by_names_first_and_then_by_what_they_say() -> None:
    scheme = Scheme(
        labels=(
            Label("PERSON", "Person", "PER", guideline="Given to *ships* never."),
            Label("SHIP", "Ship", "SHIP", "A vessel."),
            Label("WORK", "Work of art", "WORK"),
        ),
        examples=(Example("e", "WORK", "Ship of Fools", "the ", " hangs"),),
    )

    def names(typed: str) -> list[str]:
        return [found.label.name for found in find_guidelines(scheme, typed)]

    assert names("") == ["PERSON", "SHIP", "WORK"]
    assert names("ship") == ["SHIP", "PERSON", "WORK"]
    assert names("VESSEL") == ["SHIP"]
    assert names("fools  hangs") == ["WORK"]
    assert names("zebra") == []


def test_words_that_begin_so_come_before_those_that_hold_it() -> None:
    labels = (
        Label("A", guideline="A winter."),
        Label("B", guideline="In wintry or *interim* days."),
        Label("C", "+inter"),
    )
    found = find_guidelines(Scheme(labels=labels), "inter")
    assert [one.label.name for one in found] == ["C", "B", "A"]
    labels = Label("A", guideline="A word(s)."), Label("B", guideline="See (s).")
    assert [one.label.name for one in find_guidelines(Scheme(labels=labels), "(s)")] == ["B", "A"]
