"""A scheme in sentences, and two of them compared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import making

from rubricator.model.rules import RULE_KINDS
from rubricator.model.scheme import Attribute, Example, Label, RelationType, Rule, Topic
from rubricator.model.scheme_words import attribute_words, differences, relation_words, rule_words, summary
from rubricator.words import say

NEWS = replace(making.news(), topics=(Topic("t:1", "politics"),))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule("1", "no-nesting", {"inner": ["CITY"], "outer": ["EVENT"]}), "Inside Event, there may be no City, town"),
        (Rule("1", "no-nesting", {"outer": ["EVENT"]}), "Inside Event, there may be no other label"),
        (Rule("1", "only-nesting", {"inner": ["CITY"]}), "Inside any label, there may be nothing but City, town"),
        (Rule("1", "no-overlap", {"labels": ["CITY", "EVENT"]}), "City, town and Event may not overlap each other"),
        (Rule("1", "no-overlap"), "No two annotations may overlap"),
        (Rule("1", "no-crossing"), "Annotations may lie inside each other, but not cross"),
        (Rule("1", "no-crossing", {"labels": ["CITY"]}), "City, town may lie inside each other, but not cross"),
        (Rule("1", "some-topic"), "A finished article has a topic"),
        (Rule("1", "topic-demands", {"topic": "t:1", "labels": ["CITY", "EVENT", "PERSON"]}),
         "A finished article with the topic “politics”, or one below it, has City, town, Event or Person"),
        (Rule("1", "topic-demands", {"topic": "gone", "labels": 3}),
         "A finished article with the topic “gone”, or one below it, has …"),
        (Rule("1", "from-mars", {"x": 1}), "A rule of a newer program (from-mars)"),
    ],
)  # fmt: skip
def test_every_rule_says_what_it_asks_for(rule: Rule, said: str) -> None:
    assert say(rule_words(rule, NEWS)) == said


def test_no_kind_of_rule_is_without_words() -> None:
    assert not [kind for kind in RULE_KINDS if "newer program" in say(rule_words(Rule("1", kind), NEWS))]


def test_attributes_and_relation_types() -> None:
    gender = Attribute("gender", "Gender", "choice", ("m", "f"), ("PERSON",), required=True)
    assert say(attribute_words(gender, NEWS)) == "one of m, f, of Person; required"
    known = gender._replace(default="f", key="g", chip=True, required=False)
    assert say(attribute_words(known, NEWS)) == (
        "one of m, f, of Person; a new annotation says “f”; key G; on the chip"
    )
    flag = Attribute("quoted", kind="flag", default=False)
    assert say(attribute_words(flag, NEWS)) == "yes or no, of any label; a new annotation says “no”"
    several = Attribute("n", kind="choices", values=("a", "b"), default=("a", "b"))
    assert say(attribute_words(several, NEWS)).endswith("; a new annotation says “a, b”")
    assert say(attribute_words(Attribute("n", kind="number"), NEWS)) == "a number, of any label"
    many = tuple(str(n) for n in range(9))
    assert say(attribute_words(Attribute("n", kind="choices", values=many), NEWS)) == (
        "any of 0, 1, 2, 3, 4, 5 and 3 more, of any label"
    )
    assert say(relation_words(RelationType("x", sources=("PERSON",)), NEWS)) == "from Person to any label"
    assert say(relation_words(RelationType("x", symmetric=True), NEWS)) == "between any label and any label"


def test_two_schemes_are_compared() -> None:
    gone = NEWS.labels[-1]
    other = replace(
        NEWS,
        name="Mine",
        labels=(Label("SHIP", "Ship"), NEWS.labels[1]._replace(key="x"), NEWS.labels[0], *NEWS.labels[2:-1]),
        rules=(Rule("a3b0c5", "some-topic"),),
        examples=(*NEWS.examples, Example("x", "SHIP", "Titanic")),
        topics=(),
    )
    assert [say(line) for line in differences(NEWS, other)] == [
        "Name: Mine, was News",
        "Labels that are new (1): Ship",
        f"Labels that are gone (1): {gone.title}",
        "Labels that change (1): Organization",
        "Topics that are gone (1): politics",
        "Rules: 1 new",
        "Examples: 1 new",
        "Another order of the labels",
    ]
    assert summary(NEWS, other) == f"new: Ship, rule 1, Titanic; gone: {gone.title}; changed: Organization"
    turned = replace(NEWS, labels=NEWS.labels[::-1], guideline="None.", topics=())
    assert summary(NEWS, turned) == "order of the labels; topics; page of the scheme"
    assert summary(NEWS, NEWS) == "nothing but what is looked at again"
    long = replace(NEWS, examples=(*NEWS.examples, Example("x", "ORGANIZATION", "Security Council " * 3)))
    assert summary(NEWS, long) == "new: Security Council Security Council Secur…", "what is cut shows it"
    assert list(differences(NEWS, NEWS)) == []
