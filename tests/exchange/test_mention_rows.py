"""The rows of identical mentions: what stands around the words is cut between words, and says that it was cut."""

from __future__ import annotations

import pytest

from rubricator.exchange.mentions import Question, in_article
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Article

HEAD = "Jordan May Leads Apple Growers Past Drought\n\nBy Ann Reading, Dublin\n\n"
BODY = "Jordan May, chair of the Apple Growers' Union of the county and of its neighbours, came.\n"


def around(text: str, words: str) -> list[tuple[str, str]]:
    found = in_article(text, Article("a1", "d1"), Question(words, "PERSON"), SpanIndex())
    return [(mention.before, mention.after) for mention in found.mentions]


def test_what_is_cut_off_ends_at_a_word_with_an_ellipsis() -> None:
    assert around(HEAD + BODY, "Jordan May") == [
        ("", " Leads Apple Growers Past Drought By Ann Reading, Dublin …"),
        (
            "… Leads Apple Growers Past Drought By Ann Reading, Dublin ",
            ", chair of the Apple Growers' Union of the county and of its …",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Here Toll met.\n", "Here ", " met."),
        ("x" * 80 + "Toll" + "x" * 80, "… " + "x" * 60, "x" * 60 + " …"),
        ("a" * 9 + " " + "b" * 59 + " Toll " + "c" * 59 + " d", "… " + "b" * 59 + " ", " " + "c" * 59 + " …"),
        ("Toll " + "c" * 59 + "\n", "", " " + "c" * 59),
    ],
)
def test_all_of_it_and_words_without_an_end(text: str, before: str, after: str) -> None:
    found = in_article(text, Article("a1", "d1"), Question("Toll", "CITY", whole=False), SpanIndex())
    assert [(mention.before, mention.after) for mention in found.mentions] == [(before, after)]


@pytest.mark.parametrize(
    ("words", "other", "offered"),
    [
        ("Secretaries Of The Harbour Council", "secretaries of the harbour council", True),
        ("Secretaries of the Harbour Council", "Secretaries Of The Harbour Council", True),
        ("Blue Net", "blue net", False),
        ("The White House", "the white house", False),
        ("Northern Harbour Council", "northern Harbour CounciL", False),
        ("Northern Harbour Council", "NORTHERN harbour Council", False),
    ],
)
def test_names_of_several_words_are_as_written_with_the_capitals_of_a_headline(
    words: str, other: str, offered: bool
) -> None:
    text = f"It met the {other} there."
    (found,) = in_article(text, Article("a1", "d1"), Question(words, "PERSON"), SpanIndex()).mentions
    assert found.offered is offered


def test_words_in_another_spelling_are_as_written() -> None:
    text = "Jose\u0301 met José, JOSE\u0301 and jose\u0301."
    for words in ("José", "Jose\u0301"):
        found = in_article(text, Article("a1", "d1"), Question(words, "PERSON"), SpanIndex())
        assert [(mention.quote, mention.offered) for mention in found.mentions] == [
            ("Jose\u0301", True),
            ("José", True),
            ("JOSE\u0301", True),
            ("jose\u0301", False),
        ]
