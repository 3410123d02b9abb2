"""Trees of topics: from what files say in several languages to the topics of a scheme, and what is no tree."""

import pytest

from rubricator.errors import UserError
from rubricator.model.scheme import Topic
from rubricator.model.topics import Concept, TopicFile, code_for, in_language


def file(*concepts: Concept) -> TopicFile:
    return TopicFile("topics.json", concepts)


def one(code: str, *parents: str, name: str = "") -> Concept:
    return Concept(code, f"line {code}", {"": name or f"topic {code}"}, parents=parents)


def test_children_follow_their_parent_whatever_the_file_s_order() -> None:
    made = file(one("3", "1"), one("2"), one("1"), one("4", "1")).topics()
    assert [topic.code for topic in made] == ["2", "1", "3", "4"]


def test_two_parents_and_a_missing_one_are_told_with_their_place_and_taken_only_when_asked() -> None:
    odd = file(one("1"), one("2", "9"), one("3", "2", "1"))
    with pytest.raises(UserError) as refused:
        odd.topics()
    words = str(refused.value)
    assert "topics.json" in words
    assert "line 2: the parent of 2, 9, is not in the file" in words
    assert "line 3: 3 has several parents: 2, 1" in words
    assert [flaw.place for flaw in odd.flaws()] == ["line 2", "line 3"]
    assert {topic.code: topic.parent for topic in odd.topics(mended=True)} == {"1": "", "2": "", "3": "2"}


def test_of_many_flaws_the_first_are_told_and_the_others_counted() -> None:
    odd = file(*(one(str(n), "x") for n in range(9)))
    with pytest.raises(UserError, match="and 4 more"):
        odd.topics()


@pytest.mark.parametrize(
    ("concepts", "why"),
    [
        ((one("1"), one("1")), "the topic 1 stands in it twice (line 1)"),
        ((one("1", "2"), one("2", "3"), one("3", "1")), "above itself (line 1)"),
        ((one("1", "1"),), "above itself"),
    ],
)
@pytest.mark.parametrize("mended", [False, True])
def test_what_no_tree_can_be_is_refused_with_its_place(concepts: tuple[Concept, ...], why: str, mended: bool) -> None:
    with pytest.raises(UserError) as refused:
        file(*concepts).topics(mended=mended)
    assert why in str(refused.value)
    assert "topics.json" in str(refused.value)


@pytest.mark.parametrize(
    ("labels", "language", "name"),
    [
        ({"en-GB": "labour", "de": "Arbeit"}, "de", "Arbeit"),
        ({"en-GB": "labour", "de": "Arbeit"}, "de-AT", "Arbeit"),
        ({"en-GB": "labour", "en-US": "labor"}, "en-us", "labor"),
        ({"en-US": "labor", "de": "Arbeit"}, "en-GB", "labor"),
        ({"en-GB": "labour", "de": "Arbeit"}, "fr", "labour"),
        ({"de": "Arbeit"}, "fr", "Arbeit"),
        ({"de": " ", "fr": "travail"}, "de", "travail"),
        ({}, "fr", ""),
        ({"": "labour"}, "fr", "labour"),
    ],
)
def test_words_come_in_the_language_asked_for_or_the_nearest(labels: dict[str, str], language: str, name: str) -> None:
    assert in_language(labels, language) == name


def test_names_definitions_and_synonyms_come_in_the_language_with_english_where_it_says_nothing() -> None:
    made = file(
        Concept(
            "1",
            names={"en-GB": "labour", "de": "Arbeit"},
            definitions={"en-GB": "Work"},
            synonyms={"en-GB": ("work", "labour"), "de": ("Beschäftigung", "Arbeit")},
        ),
        Concept("2", names={"en-GB": "sport"}, synonyms={"en-GB": ("sports",)}),
    )
    assert made.languages == ("en-GB", "de")
    assert made.topics("de") == (
        Topic("1", "Arbeit", "Work", synonyms=("Beschäftigung",)),
        Topic("2", "sport", synonyms=("sports",)),
    )
    assert [topic.synonyms for topic in made.topics()] == [("work",), ("sports",)]


def test_only_topics_of_the_file_are_named_instead_of_a_retired_one() -> None:
    made = file(one("1"), Concept("2", retired="2020", notes={"": "Use 1."}, instead=("1", "genre:7", "2"))).topics()
    assert made[1] == Topic("2", "2", retired="2020", note="Use 1.", instead=("1",))


def test_codes_of_one_s_own_are_made_of_names() -> None:
    assert code_for("Local politics", ()) == "local-politics"
    assert code_for("Local  Politics!", {"local-politics", "local-politics-2"}) == "local-politics-3"
    assert code_for("…", ()) == "topic"
    assert code_for("Çevre", ()) == "çevre"
    assert code_for("E\u0301cole", ()) == "e-cole", "projects hold codes that were made so"
