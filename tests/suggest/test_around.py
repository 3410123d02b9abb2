"""The word and the name around a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.suggest.around import names_at, word_at

TEXT = (
    "The Kremlin said. Ch.Amanov and S.Lebedev met in Rostov-on-Don. The Secretaries of the Security Council of the"
    " CIS met J.K.Rowling and al-Assad of U.S. Steel, not pro-Russian ones. By S.\n\nDurov."
)


@pytest.mark.parametrize(
    ("at", "word", "names"),
    [
        ("Kremlin", "Kremlin", []),
        ("Amanov", "Ch.Amanov", ["Ch.Amanov"]),
        ("Ch.", "Ch.Amanov", ["Ch.Amanov"]),
        ("on-Don", "on", ["Rostov-on-Don"]),
        ("Don", "Don", ["Rostov-on-Don"]),
        ("Council", "Council", ["Security Council", "Secretaries of the Security Council of the CIS"]),
        ("Rowling", "J.K.Rowling", ["J.K.Rowling"]),
        ("Assad", "al-Assad", ["al-Assad", "al-Assad of U.S. Steel"]),
        ("Steel", "Steel", ["U.S. Steel", "al-Assad of U.S. Steel"]),
        ("Russian", "pro-Russian", []),
        ("pro-Russian", "pro-Russian", []),
        ("-Russian", "pro-Russian", []),
        ("said", "said", []),
        ("Durov", "Durov", ["S.\n\nDurov"]),
    ],
)
def test_around_a_place(at: str, word: str, names: list[str]) -> None:
    place = TEXT.index(at)
    found = word_at(TEXT, place)
    assert found is not None
    assert found.quote(TEXT) == word
    assert [name.quote(TEXT) for name in names_at(TEXT, place)] == names


def test_what_grows_holds_the_word() -> None:
    text = "Before pre-World War II and by ex-President Bush."
    for at, word, name in (
        ("World", "pre-World", "pre-World War II"),
        ("President", "ex-President", "ex-President Bush"),
    ):
        place = text.index(at)
        found = word_at(text, place)
        assert found is not None
        assert found.quote(text) == word
        assert [one.quote(text) for one in names_at(text, place)] == [name]


def test_between_words_there_is_none() -> None:
    assert word_at("Anna came", 4) is None
    assert names_at("Anna came", 4) == []
    assert word_at("", 0) is None


@given(st.text(alphabet="aAé ’'-.,\n👩\u200dא\u0301", max_size=40), st.data())
def test_what_is_found_holds_the_place(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    word, names = word_at(text, place), names_at(text, place)
    assert word is None or word.start <= place < word.end
    for name in names:
        assert name.start <= place < name.end <= len(text)
        assert name.quote(text) == name.quote(text).strip()


def test_in_a_headline_small_words_with_capitals_end_a_name() -> None:
    text = "The Envoys Of Karesh Took Part In The Talks Of The Sund Grain Council"
    quotes = [[span.quote(text) for span in names_at(text, text.index(word))] for word in ("Grain", "Karesh", "Part")]
    assert quotes[0] == ["Sund Grain Council", "Talks Of The Sund Grain Council"]
    assert quotes[1] == ["Karesh Took Part", "Envoys Of Karesh Took Part"]
    assert quotes[2] == quotes[1]
    said = "They met in The Hague."
    assert [span.quote(said) for span in names_at(said, said.index("Hague"))] == ["The Hague"]
