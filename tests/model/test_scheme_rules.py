"""Rules that a scheme makes: about pairs of annotations, finished articles, attributes, relations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.attributes import chip_words
from rubricator.model.relations import Relation
from rubricator.model.rules import (
    RULE_KINDS,
    Violation,
    has_pair_rules,
    may_relate,
    relation_violations,
    relations_between,
    unfinished,
    violations,
)
from rubricator.model.scheme import Attribute, Label, RelationType, Rule, Scheme, Topic
from rubricator.model.spans import Annotation, Span, TopicTag, crosses, nests, touches
from rubricator.words import say

TEXT = "Anna Berg of the Port Velis Harbour Council spoke."
PER, ORG, CITY = Label("PER", "Person"), Label("ORG", "Organization"), Label("CITY", "City")


def at(words: str, label: str, **more: Any) -> Annotation:
    start = TEXT.index(words)
    uid = more.pop("uid", f"{label}:{words}")
    return Annotation(uid, "a", "me", label, Span.of(start, start + len(words)), words, **more)


def scheme(*rules: Rule, **more: Any) -> Scheme:
    return Scheme(labels=(PER, ORG, CITY), topics=(Topic("t", "Trade"),), rules=rules, **more)


def rule(kind: str, **values: Any) -> Rule:
    return Rule("r", kind, values)


COUNCIL, VELIS = at("Port Velis Harbour Council", "ORG"), at("Port Velis", "CITY")
CROSSING = at("Velis Harbour Council spoke", "PER")


@pytest.mark.parametrize(
    ("broken", "pair", "why"),
    [
        (rule("no-nesting", inner=["CITY"], outer=["ORG"]), (COUNCIL, VELIS), "City may not lie inside Organization"),
        (rule("no-nesting"), (COUNCIL, VELIS), "City may not lie inside Organization"),
        (rule("only-nesting", inner=["PER"], outer=["ORG"]), (COUNCIL, VELIS), "City may not lie inside Organization"),
        (rule("no-overlap", labels=["ORG", "CITY"]), (COUNCIL, VELIS), "Organization and City may not overlap"),
        (rule("no-overlap"), (VELIS, at("Port Velis", "ORG")), "City and Organization may not overlap"),
        (rule("no-crossing"), (COUNCIL, CROSSING), "Organization and Person may not cross"),
        (rule("no-nesting", inner=["ORG"], outer=["CITY"]), (COUNCIL, VELIS), ""),
        (rule("only-nesting", inner=["CITY"], outer=["ORG"]), (COUNCIL, VELIS), ""),
        (rule("no-overlap", labels=["ORG", "PER"]), (COUNCIL, VELIS), ""),
        (rule("no-overlap"), (VELIS, at("Anna Berg", "PER")), ""),
        (rule("no-crossing"), (COUNCIL, VELIS), ""),
        (rule("no-crossing", labels=["ORG", "CITY"]), (COUNCIL, CROSSING), ""),
        (rule("of a newer version"), (COUNCIL, VELIS), ""),
    ],
)
def test_a_rule_about_two(broken: Rule, pair: tuple[Annotation, Annotation], why: str) -> None:
    for layer in (pair, pair[::-1]):
        found = list(violations(layer, scheme(broken), TEXT))
        assert [say(one.why) for one in found] == ([f"{why} (rule 1)"] if why else [])
        assert all(one.refused and one.rule == broken.kind for one in found)
    one_by_one = list(violations([pair[1]], scheme(broken), TEXT, near=[pair[0], pair[1]]))
    assert [say(one.why) for one in one_by_one] == ([f"{why} (rule 1)"] if why else [])
    assert [one.subject for one in one_by_one] == ([pair[1].id] if why else [])


def test_a_rule_may_ask_for_a_note_only() -> None:
    (found,) = violations([COUNCIL, VELIS], scheme(rule("no-overlap", note=True)), TEXT)
    assert not found.refused


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from(["PER", "ORG", "CITY"])), max_size=12),
    st.sampled_from(["no-overlap", "no-crossing", "no-nesting"]),
)
def test_all_pairs_are_found(places: list[tuple[int, int, str]], kind: str) -> None:
    layer = [Annotation(str(n), "a", "me", label, Span.of(s, s + k)) for n, (s, k, label) in enumerate(places)]
    found = {v.subject for v in violations(layer, scheme(rule(kind)), TEXT) if v.rule == kind}
    broken = {
        frozenset((one.id, other.id))
        for one in layer
        for other in layer
        if one.id != other.id
        and touches(one.span, other.span)
        and (
            kind == "no-overlap"
            or (kind == "no-crossing" and crosses(one.span, other.span))
            or (kind == "no-nesting" and (nests(one.span, other.span) or nests(other.span, one.span)))
        )
    }
    assert bool(found) == bool(broken)
    assert all(any(subject in pair for pair in broken) for subject in found)


def test_only_rules_about_two_ask_for_what_is_near() -> None:
    assert [kind for kind in RULE_KINDS if has_pair_rules(scheme(rule(kind)))] == [
        "no-nesting", "only-nesting", "no-overlap", "no-crossing",
    ]  # fmt: skip


GENDER = Attribute("gender", "Gender", "choice", ("f", "m"), ("PER",), required=True)
ATTRIBUTES = (
    GENDER,
    Attribute("roles", "Roles", "choices", ("a", "b")),
    Attribute("age", "Age", "number"),
    Attribute("head", "Head", "flag", required=True, default=False),
    Attribute("say", "Say", "text"),
)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"gender": "f", "roles": ["b", "a"], "age": 7.5, "head": True, "say": "x"}, ""),
        ({"gender": "x"}, "“x” is no value of Gender: f, m"),
        ({"roles": ["a", "c"]}, "is no value of Roles"),
        ({"roles": "a"}, ""),  # other tools write several values so where there is one
        ({"roles": "c"}, "is no value of Roles"),
        ({"age": "7"}, "Age is a number"),
        ({"age": True}, "Age is a number"),
        ({"head": 1}, "Head is yes or no"),
        ({"say": 5}, ""),  # a text may be a number, which other tools mix with words
        ({"say": ["x"]}, "Say is text"),
        ({"unknown": 5}, "Person has no attribute “unknown”"),
    ],
)
def test_what_an_annotation_says(said: dict[str, Any], why: str) -> None:
    found = list(violations([at("Anna Berg", "PER", attributes=said)], scheme(attributes=ATTRIBUTES), TEXT))
    assert len(found) == bool(why)
    assert all(why in say(one.why) and one.refused == ("unknown" not in said) for one in found)


def test_an_attribute_of_another_label_is_noted() -> None:
    (found,) = violations([at("Port Velis", "CITY", attributes={"gender": "f"})], scheme(attributes=ATTRIBUTES), TEXT)
    assert (found.rule, found.refused) == ("unknown-attribute", False)


def whys(found: list[Violation]) -> list[str]:
    return [say(one.why) for one in found]


def test_what_a_finished_article_lacks() -> None:
    demanding = scheme(rule("some-topic"), rule("topic-demands", topic="t", labels=["ORG"]), attributes=ATTRIBUTES)
    tags = [TopicTag("1", "a", "me", "t")]
    anna = at("Anna Berg", "PER")
    assert whys(list(unfinished([anna], [], demanding))) == [
        "“Anna Berg” does not say Gender",
        "“Anna Berg” does not say Head",  # a default is what a new one says: this one is older
        "the article has no topic (rule 1)",
    ]
    assert whys(list(unfinished([], tags, demanding))) == ["the topic Trade asks for Organization (rule 2)"]
    council, berg = COUNCIL.but(attributes={"head": False}), anna.but(attributes={"gender": "m", "head": True})
    assert not list(unfinished([council, berg], tags, demanding))


def test_what_a_topic_asks_for_is_asked_of_those_below_it() -> None:
    tree = (Topic("t", "Trade"), Topic("u", "Tariffs", parent="t"), Topic("v", "Duties", parent="u"), Topic("w", "War"))
    demanding = replace(scheme(rule("topic-demands", topic="t", labels=["ORG"])), topics=tree)
    said = ["the topic Duties, which is below Trade, asks for Organization (rule 1)"]
    assert whys(list(unfinished([], [TopicTag("1", "a", "me", "v")], demanding))) == said
    assert not list(unfinished([COUNCIL], [TopicTag("1", "a", "me", "v")], demanding))
    assert not list(unfinished([], [TopicTag("1", "a", "me", "w")], demanding))
    below = replace(demanding, rules=(rule("topic-demands", topic="u", labels=["ORG"]),))
    assert not list(unfinished([], [TopicTag("1", "a", "me", "t")], below)), "what is above it is another topic"


MEMBER = RelationType("member_of", "Member of", ("PER",), ("ORG",))
MEETS = RelationType("meets", "Meets", ("PER",), ("PER", "ORG"), symmetric=True)


def related(label: str, source: str, target: str, uid: str = "r") -> Relation:
    return Relation(uid, "a", "me", label, source, target)


@pytest.mark.parametrize(
    ("relation", "rule_", "why"),
    [
        (related("member_of", "anna", "council"), "", ""),
        (related("meets", "council", "anna"), "", ""),
        (related("member_of", "council", "anna"), "ends", "Member of may not lead from Organization to Person"),
        (related("member_of", "anna", "gone"), "ends", "one of its ends is not there"),
        (related("meets", "anna", "anna"), "ends", "it leads back to where it begins"),
        (related("loves", "anna", "council"), "unknown-type", "the scheme has no relation “loves”"),
    ],
)
def test_relations(relation: Relation, rule_: str, why: str) -> None:
    ends = {"anna": at("Anna Berg", "PER", uid="anna"), "council": COUNCIL.but(id="council")}
    found = list(relation_violations([relation], ends, scheme(relations=(MEMBER, MEETS))))
    assert [(one.rule, say(one.why)) for one in found] == ([(rule_, why)] if rule_ else [])


def test_a_relation_stands_once() -> None:
    ends = {"anna": at("Anna Berg", "PER", uid="anna"), "council": COUNCIL.but(id="council")}
    twice = [related("meets", "anna", "council"), related("meets", "council", "anna", "s")]
    (found,) = relation_violations(twice, ends, scheme(relations=(MEMBER, MEETS)))
    assert (found.rule, found.subject) == ("duplicate", "s")


# --- what may be related ------------------------------------------------------------------------------------------


def test_what_may_lead_from_one_label_to_another() -> None:
    member = RelationType("member", "Member of", ("PER",), ("ORG",), key="M")
    ally = RelationType("ally", "Ally of", ("ORG",), ("CITY",), symmetric=True)
    about = scheme(relations=(member, ally))
    assert relations_between("PER", "ORG", about) == [member]
    assert relations_between("ORG", "PER", about) == []
    assert relations_between("ORG", "CITY", about) == relations_between("CITY", "ORG", about) == [ally]
    assert [may_relate(label, about) for label in ("PER", "ORG", "CITY", "DATE")] == [True, True, True, False]
    assert may_relate("DATE", scheme(relations=(RelationType("any"),)))
    assert not may_relate("DATE", scheme())


def test_keys_of_other_parts_that_no_label_has() -> None:
    labels = (Label("PER", "Person", key="P"), ORG)
    about = Scheme(
        labels=labels,
        attributes=(Attribute("a", key="p"), Attribute("b", key="G"), Attribute("c")),
        relations=(RelationType("r", key=","),),
    )
    assert about.other_keys == {"g", ","}


def test_what_stands_on_a_chip() -> None:
    about = scheme(
        attributes=(
            Attribute("gender", "Gender", "choice", ("f", "m"), ("PER",), chip=True),
            Attribute("sure", "Sure", "flag", chip=True, default=True),
            Attribute("roles", "Roles", "choices", ("a", "b"), chip=True),
            Attribute("alias", "Called", chip=True),
            Attribute("age", "Age", "number"),
        )
    )
    assert about.on_chips
    assert not scheme().on_chips
    assert chip_words(about, at("Anna Berg", "PER")) == [], "what is not said is not shown"
    assert chip_words(about, at("Anna Berg", "PER", attributes={"sure": True})) == ["Sure"]
    said = {"gender": "f", "sure": False, "roles": ["a", "b"], "alias": " the\nminister of trade ", "age": 4}
    assert chip_words(about, at("Anna Berg", "PER", attributes=said)) == ["f", "a, b", "the ministe…"]
    assert chip_words(about, at("Port Velis", "CITY", attributes=said)) == ["a, b", "the ministe…"]
