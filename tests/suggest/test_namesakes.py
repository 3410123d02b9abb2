"""Which names in a list may mean the same thing, and which entity a mention's words mean."""

from __future__ import annotations

from time import perf_counter

import pytest

from rubricator.model.entities import Entity
from rubricator.model.spans import Annotation, Span
from rubricator.suggest.entity_search import EntityFinder
from rubricator.suggest.namesakes import How, Twins, how_alike, is_part, read, twins


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Lebedev", "Sergey Lebedev", "last"),
        ("S. Lebedev", "Sergey Lebedev", "given"),
        ("S. N. Lebedev", "Sergey Lebedev", "given"),
        ("S.N. Lebedev", "Sergey Nikolayevich Lebedev", "given"),
        ("President Lebedev", "Sergey Lebedev", "last"),
        ("Sergey Lebedev’s", "Sergey Lebedev", "same"),
        ("SERGEY LEBEDEV", "Sergey Lebedev", "same"),
        ("the Council of Velis", "Council of Velis", "same"),
        ("José Pérez", "Jose Perez", "same"),
        ("CIS", "Commonwealth of Independent States", "abbreviation"),
        ("C.I.S.", "the Commonwealth of Independent States", "abbreviation"),
        ("Ludwig van Beethoven", "van Beethoven", None),  # a name that begins with a small word is not taken apart
        ("L. van Beethoven", "Ludwig van Beethoven", "given"),
        ("Ivan Lebedev", "Sergey Lebedev", None),
        ("Lebedev Institute", "Sergey Lebedev", None),
        ("Lebedev", "Lebedeva", None),
        ("Council", "Council of Velis", None),
        ("CIS", "Council of Velis", None),
        ("", "", None),
        ("…", "—", None),
    ],
)
def test_two_names_are_alike_for_a_reason(one: str, other: str, how: How | None) -> None:
    assert how_alike(read(one), read(other)) == how
    assert how_alike(read(other), read(one)) == how


def entity(uid: str, name: str, kind: str = "PERSON", external: str = "", *aliases: str) -> Entity:
    return Entity(uid, name, kind, external, aliases)


def test_the_three_forms_of_a_name_are_found_as_pairs() -> None:
    listed = [
        entity("1", "Lebedev"),
        entity("2", "S. Lebedev"),
        entity("3", "Sergey Lebedev"),
        entity("4", "Ivan Petrov"),
    ]
    assert [(pair.kept.name, pair.other.name, pair.how) for pair in twins(listed)] == [
        ("Sergey Lebedev", "S. Lebedev", "given"),
        ("S. Lebedev", "Lebedev", "last"),
        ("Sergey Lebedev", "Lebedev", "last"),
    ]


def test_kinds_and_external_ids_keep_two_apart_or_bring_them_together() -> None:
    assert twins([entity("1", "Velis", "CITY"), entity("2", "Velis", "PERSON")]) == []
    assert [pair.how for pair in twins([entity("1", "Velis", "CITY"), entity("2", "Velis", "")])] == ["same"]
    assert twins([entity("1", "Velis", "", "wikidata:Q1"), entity("2", "Velis", "", "wikidata:Q2")]) == []
    both = twins([entity("1", "Velis", "", "wikidata:Q1"), entity("2", "Welis", "", "wikidata:Q1")])
    assert [pair.how for pair in both] == ["id"]


def test_what_is_known_to_be_different_is_not_told_again() -> None:
    listed = [entity("1", "Lebedev"), entity("2", "Sergey Lebedev")]
    assert twins(listed, {frozenset("12")}) == []
    assert twins(listed) == [Twins(listed[1], listed[0], "last")]


def test_another_name_counts_like_the_first() -> None:
    listed = [entity("1", "Sergey Lebedev", "PERSON", "", "The Old Man"), entity("2", "the old man")]
    assert [pair.how for pair in twins(listed)] == ["same"]


def test_a_name_that_hundreds_share_says_nothing() -> None:
    listed = [entity(str(n), f"Q{chr(97 + n // 26)}{chr(97 + n % 26)} Smith") for n in range(100)]
    assert twins([*listed, entity("x", "Smith")]) == []


LISTED = [
    entity("1", "Sergey Lebedev"),
    entity("2", "Ivan Petrov"),
    entity("3", "Commonwealth of Independent States", "ORGANIZATION"),
    entity("4", "Lebedev Institute", "ORGANIZATION", "", "LI"),
    entity("5", "Straße", "CITY"),
]


def test_what_a_mention_means() -> None:
    finder = EntityFinder(LISTED, {})
    assert [found.entity.id for found in finder.meant("Lebedev", "PERSON")] == ["1", "4"], "or a part"
    assert [found.entity.id for found in finder.meant("CIS")] == ["3"]
    assert [found.entity.id for found in finder.meant("the Commonwealth", "ORGANIZATION")] == ["3"]
    assert [found.entity.id for found in finder.meant("Old Straße", "CITY")] == ["5"], "it is a part of the words"
    assert finder.meant("Common") == [], "half a word is no part"
    assert finder.meant("Nobody") == []
    assert finder.meant("") == []


def test_what_is_mentioned_most_is_meant_first_after_the_same_words() -> None:
    listed = [entity("1", "Velis", "CITY"), entity("2", "Port Velis", "CITY"), entity("3", "Old Velis", "CITY")]
    finder = EntityFinder(listed, {"2": 3, "3": 8})
    assert [found.entity.id for found in finder.meant("Velis", "CITY")] == ["1", "3", "2"]


def test_letters_find_names_at_the_beginning_first() -> None:
    finder = EntityFinder(LISTED, {"4": 9})
    found = finder.find("leb")
    assert [(one.entity.id, one.name[one.start : one.end]) for one in found] == [("4", "Leb"), ("1", "Leb")]
    assert [one.entity.id for one in finder.find("leb", "PERSON")] == ["1", "4"]
    assert finder.find("LI")[0].entity.id == "4", "another name"
    assert finder.find("strasse")[0] == (LISTED[4], "Straße", 0, 0, False), "ß folds to two letters: nothing is marked"
    assert [one.entity.id for one in finder.find("")] == ["4", "3", "2", "1", "5"], "what is mentioned most comes first"


def test_canonically_equivalent_names_are_the_same() -> None:
    listed = [entity("1", "Jose\u0301 Garci\u0301a"), entity("2", "José García")]
    finder = EntityFinder(listed, {}, lambda: [("1", "Pepe\u0301"), ("2", "Pepé")])
    for words in ("Jose\u0301 Garci\u0301a", "José García"):
        assert [one.entity.id for one in finder.find(words)] == ["1", "2"]
        assert {one.entity.id for one in finder.meant(words.split()[-1])} == finder.called(words) == {"1", "2"}
    for words in ("Pepe\u0301", "PEPÉ"):
        assert {one.entity.id for one in finder.mentioned_as(words)} == {"1", "2"}
    (_one, other) = finder.find("josé")
    assert other.name[other.start : other.end] == "José"


def test_what_changed_is_found_as_it_is_now() -> None:
    finder = EntityFinder(LISTED, {})
    assert [one.entity.id for one in finder.find("leb")] == ["4", "1"]
    finder.replace({"1": entity("1", "Ivan Lebedev"), "4": None, "6": entity("6", "Lebus", "CITY")})
    assert [(one.entity.id, one.name) for one in finder.find("leb")] == [("6", "Lebus"), ("1", "Ivan Lebedev")]
    assert finder.find("sergey") == []
    finder.counts = {"1": 3}
    assert [one.entity.id for one in finder.find("", most=1)] == ["1"]


@pytest.mark.parametrize(
    ("short", "long", "part"),
    [
        ("Commonwealth", "Commonwealth of Nations", True),
        ("Security Treaty", "Collective Security Treaty Organization", True),
        ("CIS", "CIS Interstate Bank", False),
        ("Guinea", "Guinea-Bissau", False),
        ("Commonwealth of Nations", "Commonwealth", False),
        ("", "Commonwealth", False),
    ],
)
def test_a_name_stands_in_another_in_whole_words(short: str, long: str, part: bool) -> None:
    assert is_part(read(short), read(long)) == part


def test_entities_are_found_by_the_words_of_their_mentions_after_all_that_are_named_so() -> None:
    listed = [*LISTED, entity("6", "CIS Interstate Bank", "ORGANIZATION"), entity("7", "Fran Cis", "PERSON")]
    mentions = [("3", "CIS"), ("3", "CIS"), ("3", "the  Minsk\nclub"), ("1", "Cisco man"), ("gone", "CIS")]
    finder = EntityFinder(listed, {}, lambda: mentions)

    def found(typed: str, kind: str = "") -> list[tuple[str, str, bool]]:
        return [(one.entity.id, one.name, one.said) for one in finder.find(typed, kind)]

    assert found("cis", "ORGANIZATION") == [
        ("6", "CIS Interstate Bank", False),
        ("3", "CIS", True),
        ("7", "Fran Cis", False),
        ("1", "Cisco man", True),
    ]
    assert found("minsk cl") == [("3", "the Minsk club", True)], "words on one line"
    (club,) = finder.find("MINSK")
    assert club.name[club.start : club.end] == "Minsk"
    assert found("insk") == [], "not where no word begins so"
    assert finder.called("insk") == {"3"}, "a filter finds them by any letters"
    assert [(one.entity.id, one.said) for one in finder.mentioned_as("the MINSK club")] == [("3", True)]
    assert finder.mentioned_as("Minsk") == []


def test_words_of_mentions_come_and_go_with_them() -> None:
    reads: list[int] = []
    finder = EntityFinder(LISTED, {}, lambda: reads.append(1) or [("3", "CIS")])
    one = Annotation("x", "a", "b", "ORGANIZATION", Span.of(0, 4), entity="3", quote="Club")
    finder.count(one, 1)
    assert reads == [], "nobody has searched yet"
    assert [found.name for found in finder.find("cis")] == ["CIS"]
    finder.count(one, 1)
    finder.count(one, 1)
    finder.count(one, -1)
    assert finder.find("club") != []
    finder.count(one, -1)
    assert finder.find("club") == []
    assert reads == [1]
    finder.forget_words()
    assert finder.find("club") == []
    assert reads == [1, 1]


def test_a_letter_is_found_between_two_frames_among_a_hundred_thousand_mentions() -> None:
    letters = "bakorimelstavnetu"
    names = [f"{letters[n % 17]}{letters[n // 17 % 17]}{n} {letters[n % 13]}o{n}".title() for n in range(20_000)]
    listed = [entity(str(n), name, "ORGANIZATION", "", f"The {name}") for n, name in enumerate(names)]
    finder = EntityFinder(listed, {}, lambda: [(str(n % 20_000), f"W{n} {names[n % 17_003]}") for n in range(100_000)])
    finder.find("")
    finder.called("x")
    for kind in ("ORGANIZATION", "PERSON"):
        for typed in ("b", "ba", "w7", "w712", "zzz"):
            begin = perf_counter()
            for _ in range(3):
                finder.find(typed, kind)
            assert (perf_counter() - begin) / 3 < 0.1, "some milliseconds; ten times that where others work, too"


def test_an_id_that_is_the_name_as_well_is_a_name() -> None:
    nato = Entity("e1", "NATO", "ORGANIZATION", "NATO")
    assert [one.name for one in EntityFinder([nato], {}).meant("NATO")] == ["NATO"]
