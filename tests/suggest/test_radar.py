"""The radar: counts, other forms, examples, and one sentence."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rubricator.suggest.radar import EXAMPLES_MOST, SAID_MOST, Seen, forms, radar
from rubricator.words import say


def seen(label: str, quote: str, n: int = 1, sentence: str = "") -> list[Seen]:
    return [Seen(label, quote, f"a{k}", sentence or f"{quote} {k}.") for k in range(n)]


def test_the_sentence_of_the_issue() -> None:
    found = radar("Kremlin", seen("ORG", "Kremlin", 40) + seen("ORG", "the Kremlin") + seen("LOC", "Kremlin", 3))
    assert say(found.say()) == "“Kremlin”: 41 × ORG, 3 × LOC, once with “the”"


def test_other_forms_are_told_apart() -> None:
    found = radar("the Kremlin", seen("ORG", "The  Kremlin", 2) + seen("ORG", "Kremlin", 3) + seen("LOC", "KREMLIN"))
    assert say(found.say()) == (
        "“the Kremlin”: 5 × ORG, 1 × LOC, 4 times without a determiner, once as “KREMLIN”"
    )  # fmt: skip
    assert [(line.name, line.n) for line in found.determiners] == [("", 4)]


def test_other_words_are_passed_over_and_nothing_is_said_of_nothing() -> None:
    found = radar("Kremlin", seen("ORG", "Kremlin wall") + seen("ORG", "") + seen("ORG", "the"))
    assert found.labels == ()
    assert say(found.say()) == "“Kremlin”: not labelled on its own anywhere yet"


def test_examples_are_few_and_each_sentence_once() -> None:
    found = radar("CIS", seen("ORG", "CIS", 9, "The CIS met.") + seen("ORG", "CIS", 9))
    (line,) = found.labels
    assert (line.n, len(line.examples)) == (18, EXAMPLES_MOST)
    assert len({example.sentence for example in line.examples}) == EXAMPLES_MOST


def test_many_labels_make_no_endless_sentence() -> None:
    found = radar("CIS", [one for n in range(3_000) for one in seen(f"L{n}", "CIS")])
    assert len(found.labels) == 3_000
    assert say(found.say()).count("×") == SAID_MOST


@given(
    st.lists(st.tuples(st.sampled_from(["ORG", "LOC"]), st.sampled_from(["CIS", "the CIS", "cis", "The cis", "EU"]))),
    st.sampled_from(["CIS", "the CIS", "the", ""]),
)
def test_counts_are_those_of_a_naive_sum(said: list[tuple[str, str]], words: str) -> None:
    found = radar(words, (Seen(label, quote, "a", quote) for label, quote in said))
    bare = words.removeprefix("the ").casefold()
    wanted = Counter(label for label, quote in said if quote.casefold().removeprefix("the ") == bare)
    assert {line.name: line.n for line in found.labels} == wanted
    assert [line.n for line in found.labels] == sorted(wanted.values(), reverse=True)
    assert say(found.say())


def test_one_may_stand_for_many() -> None:
    found = radar("CIS", [Seen("ORG", "CIS", "a", "The CIS met.", 40), Seen("ORG", "the CIS", "b", "", 2)])
    assert say(found.say()) == "“CIS”: 42 × ORG, 2 times with “the”"


def test_canonically_equivalent_words_are_the_same() -> None:
    for words in ("Jose\u0301", "José"):
        found = radar(
            words, [Seen("PERSON", "Jose\u0301", "a"), Seen("PERSON", "José", "b"), Seen("CITY", "Jose", "c")]
        )
        assert say(found.say()) == "“José”: 2 × PERSON"
        assert {words, "José", "Jose\u0301", "JOSE\u0301"} <= set(forms(words))


def test_forms_hold_what_the_radar_takes_for_the_same() -> None:
    found = forms("the Kremlin")
    assert {"the Kremlin", "Kremlin", "KREMLIN", "la Kremlin"} <= set(found)
    assert len(found) == len(set(found))
