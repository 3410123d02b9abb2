"""What is labelled in some words is offered where the same words stand again, labelled alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Span
from rubricator.suggest.inside import inside_alike
from rubricator.suggest.offers import offers
from rubricator.suggest.reading import Reading
from rubricator.words import say

TEXT = (
    "The Security Council of the CIS met. Secretaries of the Security Council of the CIS came.\n\n"
    "Nobody left the Security Council of\nthe CIS. The SECURITY COUNCIL OF THE CIS stays."
)
BODY = "Security Council of the CIS"


def label(words: str, name: str, nth: int = 0) -> Annotation:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Annotation(f"{words}-{nth}-{name}", "a", "b", name, Span.of(start, start + len(words)))


def inside(*annotations: Annotation) -> list[tuple[str, int, str]]:
    found = offers(TEXT, annotations)
    return [(one.span.quote(TEXT), one.span.start, one.label) for one in found if one.source == "inside"]


def place(words: str, nth: int) -> int:
    return label(words, "", nth).start


def test_a_body_in_a_body_of_the_same_label_is_offered_in_the_same_words() -> None:
    one = (label(BODY, "ORG"), label("CIS", "ORG"))
    everywhere = [("CIS", place("CIS", n), "ORG") for n in (1, 2, 3)]
    assert inside(label("CIS", "ORG")) == [], "no words around it are labelled"
    assert inside(*one) == everywhere, "also where the words around it are only offered"
    assert inside(*one, label(BODY, "ORG", 1)) == everywhere
    offer, *_others = (found for found in offers(TEXT, [*one, label(BODY, "ORG", 1)]) if found.source == "inside")
    assert say(offer.why) == "it is labelled so elsewhere, with the same words around it"
    assert (offer.origin, offer.like) == ("repeat", f"{BODY}-0-ORG")


def test_words_are_the_same_in_another_case_and_over_a_line() -> None:
    broken, shouted = "Security Council of\nthe CIS", "SECURITY COUNCIL OF THE CIS"
    found = inside(label(BODY, "ORG"), label("CIS", "ORG"), label(broken, "ORG"), label(shouted, "ORG"))
    assert found == [("CIS", place("CIS", n), "ORG") for n in (1, 2, 3)]


def test_what_stands_there_or_was_rejected_or_is_cut_is_not_offered() -> None:
    both = (label(BODY, "ORG"), label(BODY, "ORG", 1), label("CIS", "ORG"))
    further = [("CIS", place("CIS", n), "ORG") for n in (2, 3)]
    assert inside(*both, label("CIS", "ORG", 1)) == further
    assert inside(*both, label("CIS", "STATES", 1)) == further, "somebody said something else of these words"
    assert inside(*both[:2], label("CI", "ORG")) == [], "a piece of a word has no place among words"
    rejected = [(label("CIS", "ORG", 1).span, "ORG")]
    found = offers(TEXT, both, rejected=rejected)
    assert [one.span.start for one in found if one.source == "inside"] == [start for _words, start, _label in further]


def test_another_label_around_the_words_or_other_words_tell_nothing() -> None:
    own = label(BODY, "ORG"), label("CIS", "ORG")
    second = ("CIS", place("CIS", 1), "ORG")
    assert second not in inside(*own, label(BODY, "EVENT", 1))
    assert second not in inside(*own, label(f"Secretaries of the {BODY}", "ORG"), label(BODY, "EVENT", 1))


def test_the_outer_comes_first_and_then_what_lies_in_it() -> None:
    outer, job = f"the {BODY}", "Security Council"
    annotations = [label(outer, "ORG"), label(BODY, "ORG", 1), label(job, "ORG", 1), label(BODY, "ORG")]
    assert (job, place(job, 0), "ORG") in inside(*annotations)


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40), st.sampled_from("AB")), max_size=12))
def test_whatever_is_labelled_an_offer_lies_whole_in_an_annotation(cut: list[tuple[int, int, str]]) -> None:
    index = SpanIndex(
        Annotation(str(n), "a", "b", name, Span.of(start, min(len(TEXT), start + size)))
        for n, (start, size, name) in enumerate(cut)
    )
    for found in inside_alike(Reading(TEXT), index):
        if found is not None:
            outers = [one for one in index.overlapping(found.span.start, found.span.end) if one.span != found.span]
            assert any(one.start <= found.span.start and found.span.end <= one.end for one in outers)
            assert found.like.id in index


def test_a_state_that_begins_the_name_of_a_body_is_offered_in_it() -> None:
    text = (
        "Pakistan Point News told it. The Pakistan of old. Bank of Estmar. United Kingdom Athletics won."
        " UrduPoint / Pakistan Daily News came. Estmar News/Norway. Radio Velis of Norway / Velis."
    )

    def told(*labelled: tuple[str, str], labels: tuple[str, ...] = ("ORGANIZATION", "COUNTRY")) -> list[str]:
        at = [(text.index(words), words, name) for words, name in labelled]
        layer = [Annotation(words, "a", "b", name, Span.of(n, n + len(words))) for n, words, name in at]
        found = [one for one in offers(text, layer, labels=labels) if "name of a body" in say(one.why)]
        found = [one for one in found if SpanIndex(layer).overlapping(one.span.start, one.span.end)]
        return [f"{one.span.quote(text)} {one.span.start} {one.label}" for one in found]

    assert told(("Pakistan Point News", "ORGANIZATION")) == ["Pakistan 0 COUNTRY"]
    assert told(("United Kingdom Athletics", "ORGANIZATION")) == [f"United Kingdom {text.index('United')} COUNTRY"]
    both = "UrduPoint / Pakistan Daily News"
    assert told((both, "ORGANIZATION")) == [f"Pakistan {text.index('Pakistan Daily')} COUNTRY"], "each of two bodies"
    assert told(("Estmar News/Norway", "ORGANIZATION")) == [], "that is the whole of its name"
    assert told(("Radio Velis of Norway / Velis", "ORGANIZATION")) == []
    assert told(("Pakistan Point News", "WORK_OF_ART")) == []
    assert told(("Pakistan Point News", "ORGANIZATION"), ("Pakistan", "COUNTRY")) == []
    assert told(("Pakistan Point News", "ORG"), labels=("ORG", "GPE")) == [], "names in names are not labelled there"
