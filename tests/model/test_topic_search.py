"""Topics found as one types: by name, synonym, path, code, definition, in this order."""

import pytest

from rubricator.model.scheme import Scheme, Topic
from rubricator.model.topic_search import MOST, FoundTopic, TopicFinder

TREE = (
    Topic("t:1", "economy, business and finance"),
    Topic("t:11", "economy", "Goods and services of a country", "t:1"),
    Topic(
        "t:111",
        "grain market",
        "Trade in wheat, barley and other cereals",
        "t:11",
        synonyms=("cereal trade", "corn exchange"),
    ),
    Topic("t:12", "sea transport", "Ships carrying goods such as grain", "t:1"),
    Topic("t:2", "politics and government"),
    Topic("t:21", "diplomacy", "", "t:2"),
    Topic("t:22", "old diplomacy", "", "t:2", "2020-01-01", note="Use diplomacy.", instead=("t:21",)),
    Topic("t:23", "macroeconomic policy", "", "t:2"),
)


def finder() -> TopicFinder:
    return TopicFinder(Scheme(topics=TREE))


def found(typed: str) -> list[tuple[str, str]]:
    return [(one.topic.code, one.where) for one in finder().find(typed)]


def test_a_name_comes_before_its_beginning_a_word_in_it_and_letters_in_it() -> None:
    assert found("economy") == [("t:11", "name"), ("t:1", "name")]
    assert found("econom") == [("t:11", "name"), ("t:1", "name"), ("t:23", "name")], (
        "a name of one word before longer ones"
    )
    assert found("business fin") == [("t:1", "name")]


def test_synonym_path_and_definition_come_after_names_and_are_said() -> None:
    assert found("grain") == [("t:111", "name"), ("t:12", "definition")]
    assert found("cereal") == [("t:111", "synonym")]
    assert found("business grain") == [("t:111", "path")]
    assert found("barley") == [("t:111", "definition")]
    assert finder().find("corn ex") == [FoundTopic(TREE[2], "synonym", "corn exchange", 0, 7)]
    [definition] = finder().find("other")
    assert definition.words == "… wheat, barley and other cereals"
    assert definition.words[definition.start : definition.end] == "other"


def test_a_plural_finds_what_has_the_singular_for_a_name() -> None:
    assert found("grain markets") == found("GRAIN MARKETS") == [("t:111", "name")]
    words = ("artist", "prison", "horse", "tax", "church", "city", "company", "bus", "press", "quiz")
    some = TopicFinder(Scheme(topics=tuple(Topic(f"t:{word}", word) for word in words)))
    for many in "artists prisons horses taxes churches cities companies buses".split():
        assert [one.topic.name for one in some.find(many)] == [next(w for w in words if w[:3] == many[:3])], many
    assert found("goods")[0] == ("t:11", "definition")
    assert found("politics") == [("t:2", "name")]


def test_a_path_alone_and_two_letters_of_a_definition_find_nothing() -> None:
    assert ("t:12", "path") not in found("business")
    assert ("t:12", "definition") not in found("as")
    assert found("xyz") == []
    assert found("  ") == []


def test_codes_are_found() -> None:
    assert found("T:12") == [("t:12", "code")]


def test_a_retired_topic_is_told_and_never_among_the_others() -> None:
    assert found("diplomacy") == [("t:21", "name")]
    assert [one.topic.code for one in finder().find_retired("diplom")] == ["t:22"]
    assert finder().find_retired("politics") == []


def test_what_is_typed_is_marked_in_the_name_as_it_is_written() -> None:
    [hit] = finder().find("TRANSP")
    assert hit.words[hit.start : hit.end] == "transp"


def test_no_more_are_listed_than_one_looks_at() -> None:
    many = TopicFinder(Scheme(topics=tuple(Topic(f"m:{n}", f"topic number {n}") for n in range(1100))))
    assert len(many.find("number")) == MOST
    assert many.find("number 1")[0].topic.name == "topic number 1"
    assert many.find("topic number 77")[0].topic.code == "m:77"


@pytest.mark.parametrize(
    ("topics", "codes"),
    [
        ((Topic("a", "A", "", "nowhere"), Topic("b", "B", "", "c"), Topic("c", "C", "", "b")), {"a", "b", "c"}),
        ((Topic("d", "D", "", "e"), Topic("e", "E", "", "", "2020-01-01")), {"d"}),
        ((Topic("f", "F", "", "f"),), {"f"}),
    ],
)
def test_odd_trees_are_shown_whole_and_searched(topics: tuple[Topic, ...], codes: set[str]) -> None:
    made = TopicFinder(Scheme(topics=topics))
    reached: set[str] = set()
    waiting = list(made.children.get("", []))
    while waiting:
        topic = waiting.pop()
        assert topic.code not in reached
        reached.add(topic.code)
        waiting += made.children.get(topic.code, [])
    assert reached == codes
    for code in codes:
        assert [one.topic.code for one in made.find(code)] == [code]


def test_words_that_people_have_for_a_topic_find_it_by_their_beginnings_as_synonyms_do() -> None:
    also = {"t:21": ("treaty", "foreign policy", "peace talks"), "t:111": ("peace dividend",), "t:12": ("Trans-port",)}
    made = TopicFinder(Scheme(topics=TREE), also)
    said = {typed: [(one.topic.code, one.words, one.where) for one in made.find(typed)] for typed in
            ("trea", "treaties", "polic", "peace", "talks pea", "reaty", "grain", "cereal")}  # fmt: skip
    assert said["trea"] == said["treaties"] == [("t:21", "treaty", "synonym")]
    assert said["polic"] == [("t:23", "macroeconomic policy", "name"), ("t:21", "foreign policy", "synonym")]
    assert said["peace"] == [("t:21", "peace talks", "synonym"), ("t:111", "peace dividend", "synonym")]
    assert said["talks pea"] == [("t:21", "peace talks", "synonym")]
    assert said["reaty"] == [], "a part of a word is none"
    assert [code for code, _words, where in said["grain"] if where == "name"] == ["t:111"]
    assert said["cereal"] == [("t:111", "cereal trade", "synonym")]


def test_topics_stand_by_their_names_whatever_the_order_of_the_file() -> None:
    made = TopicFinder(Scheme(topics=tuple(reversed(TREE))))
    assert [topic.name for topic in made.children[""]] == ["economy, business and finance", "politics and government"]
    assert [topic.name for topic in made.children["t:2"]] == ["diplomacy", "macroeconomic policy"]


def test_another_name_that_is_just_what_was_typed_comes_before_names_that_begin_so() -> None:
    topics = (
        Topic("1", "war victims"),
        Topic("2", "award and prize"),
        Topic("3", "armed conflict", synonyms=("war", "armed strife")),
    )
    finder = TopicFinder(Scheme(topics=topics))
    assert [(one.topic.code, one.where, one.words) for one in finder.find("War")][:2] == [
        ("3", "synonym", "war"),
        ("1", "name", "war victims"),
    ]
    assert finder.find("armed")[0].topic.code == "3"


def test_names_that_have_the_word_come_before_our_own_words_for_a_topic_and_letters_inside_a_name_after_them() -> None:
    topics = (
        Topic("1", "conflict, war and peace"),
        Topic("2", "insecurity"),
        Topic("3", "border security"),
        Topic("4", "security forces of a country"),
        Topic("5", "security services"),
        Topic("6", "welfare", "Social security of a country"),
        Topic("7", "Security Council", "", "4"),
        Topic("8", "policy"),
    )
    finder = TopicFinder(Scheme(topics=topics), {"1": ("security",), "8": ("security policy",)})
    found = [(one.topic.code, one.where) for one in finder.find("security")]
    names, others = found[:4], found[4:]
    assert names == [("4", "name"), ("5", "name"), ("7", "name"), ("3", "name")]
    assert others == [("1", "synonym"), ("2", "name"), ("8", "synonym"), ("6", "definition")]
