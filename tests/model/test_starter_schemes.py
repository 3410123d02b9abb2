"""The starter schemes as guidelines: each label explained and shown, nothing said twice differently, our own work true to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from tests.gold import Sample, Wanted, samples

from rubricator.exchange.schemes import scheme_named
from rubricator.model.scheme import Example, Label, Scheme
from rubricator.model.spans import Span
from rubricator.model.tokens import exact, snap
from rubricator.verbs.schemes import AROUND

FLAT = ("ontonotes", "conll2003")
STARTERS = {name: scheme_named(name) for name in ("news", *FLAT)}
LABELS = [(name, label) for name, scheme in STARTERS.items() for label in scheme.labels]

starters = pytest.mark.parametrize("scheme", STARTERS.values(), ids=STARTERS)
labels = pytest.mark.parametrize(("name", "label"), LABELS, ids=[f"{name}-{label.name}" for name, label in LABELS])


def words(text: str) -> int:
    return len(re.findall(r"\w[\w’'-]*", text))


def on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def sentence(example: Example) -> str:
    return on_one_line(example.before + example.quote + example.after)


def place(example: Example) -> tuple[str, int, int]:
    """Return the sentence of an example, and where its words stand in it."""
    start = len(on_one_line(example.before))
    return sentence(example), start, start + len(on_one_line(example.quote))


# --- what is said of a label ------------------------------------------------------------------------------------------


@starters
def test_a_page_names_each_label_and_says_what_to_do_in_doubt(scheme: Scheme) -> None:
    assert 200 <= words(scheme.guideline) <= 350
    for label in scheme.labels:
        assert f"*{label.title}*" in scheme.guideline, label.title
    for word in ("nest", "border", "not labelled", "in doubt", "note", "flag", "ruling"):
        assert word in scheme.guideline.lower(), word


@labels
def test_a_guideline_is_short_and_tells_borders_and_neighbours(name: str, label: Label) -> None:
    assert 60 <= words(label.guideline) <= 150
    assert "**Borders.**" in label.guideline
    assert "**Told apart**\n\n- " in label.guideline
    others = [other.title for other in STARTERS[name].labels if other is not label]
    assert any(f"*{title}*" in label.guideline for title in others), "no neighbour is named"


@labels
def test_a_text_is_markdown_that_reads_as_it_looks(name: str, label: Label) -> None:
    for text in (label.guideline, STARTERS[name].guideline):
        assert text == text.strip()
        assert not re.search(r"[<>`#\[\]\\_]|\*{3}| {2}|[ \t]\n|\n{3}|[\"']", text)
        assert text.count("*") % 2 == text.count("**") % 2 == 0
        assert text.count("“") == text.count("”")
        for above, line in pairwise(text.split("\n")):
            assert not line.startswith("- ") or above == "" or above.startswith("- "), line


@labels
def test_a_label_has_examples_and_counter_examples(name: str, label: Label) -> None:
    mine = STARTERS[name].examples_of(label.name)
    assert 2 <= sum(not one.counter for one in mine) <= 4
    assert 1 <= sum(one.counter for one in mine) <= 3
    assert mine == tuple(sorted(mine, key=lambda one: one.counter))


# --- the examples -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STARTERS)
def test_an_example_is_words_in_a_sentence(name: str) -> None:
    for one in STARTERS[name].examples:
        assert one.label in STARTERS[name].by_name, one.id
        assert re.fullmatch(rf"{name}-[a-z]+(?:-not)?-[1-9]", one.id), one.id
        assert one.counter == ("-not-" in one.id), one.id
        text = one.before + one.quote + one.after
        assert text == text.strip(), one.id
        assert "  " not in text, one.id
        assert len(one.quote) <= 80, one.id
        assert len(one.before + one.after) > 0, one.id
        assert max(len(one.before), len(one.after)) <= AROUND, one.id
        start, end = len(one.before), len(one.before + one.quote)
        borders = exact if one.quote.endswith(".") else snap  # “9 a.m.” keeps its full stop
        assert one.counter or borders(text, start, end) == Span.of(start, end), one.id
        for left, right in ((one.before, one.quote), (one.quote, one.after)):
            assert not (left[-1:].isalnum() and right[:1].isalnum()), f"{one.id}: a border inside a word"


@starters
def test_a_note_is_a_sentence_and_a_counter_example_has_one(scheme: Scheme) -> None:
    for one in scheme.examples:
        assert one.note or not one.counter, one.id
        assert len(one.note) <= 100, one.id
        assert re.fullmatch(r"(?:[A-Z“].*[.”])?", one.note), one.id


@starters
def test_examples_do_not_contradict_each_other(scheme: Scheme) -> None:
    """Of the same words in the same sentence no label is said and denied, and no two labels are given."""
    given = {place(one): one.label for one in scheme.examples if not one.counter}
    assert len(given) == sum(not one.counter for one in scheme.examples)
    denied = [(place(one), one) for one in scheme.examples if one.counter]
    assert len({(where, one.label) for where, one in denied}) == len(denied)
    for where, one in denied:
        assert given.get(where) != one.label, one.id


@starters
def test_a_name_has_the_same_borders_in_all_examples(scheme: Scheme) -> None:
    """“The” is inside of a name or is not, whichever label is said or denied of it."""
    borders: dict[str, set[str]] = {}
    for one in scheme.examples:
        borders.setdefault(re.sub(r"^the ", "", one.quote.casefold()), set()).add(one.quote.casefold())
    assert {name: some for name, some in borders.items() if len(some) > 1 and name not in _A_THIRD} == {}


_A_THIRD = ("third",)
"""An order, and a fraction with “a”."""


@starters
def test_hard_cases_are_decided_in_each_scheme(scheme: Scheme) -> None:
    """Religions, forms of address, what somebody was, and an author who stands for the books."""
    person = next(one for one in scheme.labels if one.title == "Person")
    told = scheme.guideline + "".join(one.guideline for one in scheme.labels)
    for words in ("“Islam”", "“Sir”", "“Professor”", "ex-"):
        assert words in told or words.capitalize() in told, words
    assert "“she reads Amsel”" in person.guideline
    assert [one.label for one in scheme.examples if one.quote == "Amsel"] == [person.name]


def test_what_small_letters_name_is_the_same_wherever_it_is_told() -> None:
    """What the page of News says is nothing no label takes: of a meeting, a body, a building, a law."""
    scheme = STARTERS["news"]
    of = {one.name: one.guideline for one in scheme.labels}
    assert "“the talks”" in of["EVENT"]
    assert "talks that led to it an *Event*" not in of["LAW"]
    assert all("“the museum”" in text for text in (scheme.guideline, of["ORGANIZATION"], of["FACILITY"]))
    assert "“The museum bought" not in of["FACILITY"]
    assert "“the constitution”" in scheme.guideline
    denied = {one.quote: one.label for one in scheme.examples if one.counter}
    for words, label in (("talks", "EVENT"), ("museum", "FACILITY"), ("constitution", "LAW")):
        assert denied[words] == label


def test_a_name_inside_a_name_is_told_by_one_criterion() -> None:
    scheme = STARTERS["news"]
    of = {one.name: one.guideline for one in scheme.labels}
    assert "comes from" in scheme.guideline
    assert all("comes from" in of[name] for name in ("PERSON", "LOCATION", "LAW"))
    assert all("only lent" in text for text in (scheme.guideline, of["LOCATION"], of["PRODUCT"]))


@starters
def test_examples_in_one_sentence_keep_to_the_nesting(scheme: Scheme) -> None:
    """None crosses another; where spans do not nest, none lies in another."""
    given = [place(one) for one in scheme.examples if not one.counter]
    for text, start, end in given:
        for other, first, after in given:
            if text == other and (start, end) != (first, after) and start < after and first < end:
                assert (start <= first and after <= end) or (first <= start and end <= after)
                assert scheme.name == "News"


@starters
def test_a_note_that_names_another_label_names_one_of_the_scheme(scheme: Scheme) -> None:
    """“… : Facility.” at the end of a note is the title of a label."""
    named = [found for one in scheme.examples if (found := re.search(r": ([A-Z][^:.“”]*)\.$", one.note))]
    assert named
    for found in named:
        assert any(found[1].startswith(label.title) for label in scheme.labels), found.string


# --- our own articles -------------------------------------------------------------------------------------------------

SAMPLES = {sample.name: sample for sample in samples()}


def shown_in(sample: Sample) -> Iterator[tuple[Example, Span]]:
    """Yield the examples of News whose sentence stands in an article, and where."""
    text = on_one_line(sample.text)
    starts = [len(on_one_line(sample.text[:n] + "x")) - 1 for n in range(len(sample.text) + 1)]
    for example in STARTERS["news"].examples:
        whole, start, end = place(example)
        if text.count(whole) == 1:
            at = text.index(whole)
            yield example, Span.of(*(len(starts) - 1 - starts[::-1].index(at + border) for border in (start, end)))


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_the_finished_samples_keep_to_the_examples(sample: Sample) -> None:
    shown = list(shown_in(sample))
    assert len(shown) >= 5
    for example, span in shown:
        assert on_one_line(span.quote(sample.text)) == on_one_line(example.quote)
        assert (Wanted(span, example.label) in sample.gold) == (not example.counter), example.id
