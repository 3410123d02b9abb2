"""The memory: counts, rates, thresholds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.folding import fold
from rubricator.suggest.memory import LEAST, Count, Measured, Memory, Prior, rate

words = st.sampled_from(
    ["Kremlin", "the Kremlin", "KREMLIN", "S.\n\nLebedev", "S. Lebedev", "Straße", "US", "us", "東京"]
)
steps = st.lists(
    st.tuples(words, st.sampled_from(["ORG", "LOC"]), st.booleans(), st.integers(1, 5), st.sampled_from(["", "list"]))
)


def replayed(decided: list[tuple[str, str, bool, int, str]], sign: int = 1, memory: Memory | None = None) -> Memory:
    memory = memory or Memory()
    for quote, label, taken, n, source in decided:
        (memory.take if taken else memory.reject)(quote, label, source, sign * n)
    return memory


def test_the_rate_is_that_of_laplace() -> None:
    assert rate(0, 0) == 1 / 2
    assert rate(1, 0) == 2 / 3
    assert rate(0, 1) == 1 / 3
    assert rate(9, 0, Prior(1, 0)) == 1
    assert rate(0, 0, Prior(3, 1)) == 3 / 4


def test_canonically_equivalent_words_are_the_same() -> None:
    memory = Memory.of([("Jose\u0301", "PERSON"), ("\u1fb3", "LETTER")])
    assert memory.count("JOSÉ", "PERSON") == memory.count("José", "PERSON") == Count(1, 0)
    assert memory.count("Jose", "PERSON") == Count()
    assert memory.count("\u03b1\u0345", "LETTER") == Count(1, 0)


def test_what_was_rejected_is_not_offered() -> None:
    memory = Memory()
    memory.reject("May", "PERSON")
    assert memory.best("May") is None
    assert (memory.rate("may", "PERSON") or 1) < LEAST
    memory.take("May", "PERSON")
    assert memory.best("May") == ("PERSON", 1 / 2)
    memory.reject("May", "PERSON")
    assert memory.best("May") is None


def test_another_label_for_the_same_words_counts_against() -> None:
    memory = Memory.of([("Kremlin", "ORG")] * 41 + [("Kremlin", "LOC")] * 3)
    assert memory.best("kremlin") == ("ORG", 42 / 46)
    assert memory.rate("Kremlin", "LOC") == 4 / 46
    assert memory.rate("Kremlin", "CITY") == 1 / 46
    assert memory.rate("Moscow", "CITY") is None
    assert memory.count("KREMLIN", "ORG") == Count(41, 0)


def test_white_space_and_case_are_folded() -> None:
    memory = Memory.of([("S.\n\nLebedev", "PERSON")])
    assert memory.best("s. lebedev") == ("PERSON", 2 / 3)


def test_sources_have_a_measured_rate() -> None:
    memory = Memory()
    assert memory.source_rate("list", "X") is None
    memory.take("a", "X", "list", 3)
    memory.reject("b", "X", "list")
    assert memory.source_rate("list", "X") == 3 / 4
    assert memory.source_count("list", "X") == Count(3, 1)
    assert memory.source_rate("list", "Y") is None, "each label has a rate of its own"


def test_what_was_measured_is_the_words_where_they_are_known_and_else_the_source() -> None:
    memory = Memory()
    assert memory.measured("a", "X", "rule") is None
    memory.take("b", "X", "rule", 8)
    assert memory.measured("a", "X", "rule") == Measured(8, 0, "rule")
    memory.take("a", "X", "manual")
    assert memory.measured("a", "X", "rule") == Measured(1, 0), "by hand, and no suggestion was taken"


@given(steps)
def test_counts_are_those_of_a_naive_sum(decided: list[tuple[str, str, bool, int, str]]) -> None:
    memory = replayed(decided)
    for quote in {quote for quote, *_ in decided}:
        for label in ("ORG", "LOC"):
            own = [(taken, n) for q, other, taken, n, _ in decided if fold(q) == fold(quote) and other == label]
            wanted = Count(sum(n for taken, n in own if taken), sum(n for taken, n in own if not taken))
            assert memory.count(quote, label) == wanted
            known = memory.rate(quote, label)
            assert known is None or 0 < known < 1


@given(steps)
def test_undoing_all_leaves_nothing(decided: list[tuple[str, str, bool, int, str]]) -> None:
    assert replayed(decided, -1, replayed(decided)) == Memory()
