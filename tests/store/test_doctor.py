"""Each invariant of what can be said about a text, broken once: the doctor says so, and that nothing is damaged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests import making

from rubricator.model.comments import Comment, comment_value
from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.elements import layer_id, tag_value
from rubricator.model.relations import Relation, relation_value
from rubricator.model.scheme import Attribute, Example, Label, RelationType, Rule, Topic
from rubricator.model.scheme_edits import label_op
from rubricator.model.spans import Annotation, Span, TopicTag
from rubricator.project import Project
from rubricator.words import say

TEXT = "Anna Berg of the CIS met Ben in Minsk."
ME = making.ANNA.annotator


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project in which all there is stands in one layer, and nothing is wrong."""
    with making.make(tmp_path / "p.rubric", texts=[("a", TEXT), ("b", TEXT)]) as made:
        scheme = replace(
            made.scheme,
            attributes=(Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",), required=True),),
            relations=(RelationType("member_of", "Member of", ("PERSON",), ("ORGANIZATION",)),),
            rules=(Rule("1", "no-nesting", {"inner": ["CITY"], "outer": ["EVENT"]}),),
            examples=(Example("x", "PERSON", "Anna"),),
            topics=(Topic("medtop:11000000", "politics"),),
        )
        made.schemes.change(scheme, "more")
        for words, label in (("Anna Berg", "PERSON"), ("CIS", "ORGANIZATION"), ("Minsk", "CITY")):
            start = TEXT.index(words)
            made.annotate("a", label, [Span.of(start, start + len(words))])
        made.annotate("b", "CITY", [Span.of(0, 4)])
        anna, cis, _minsk = made.annotations("a")
        made.relations.add("member_of", anna, cis)
        made.entities.link([anna], made.entities.new("Anna Berg", "PERSON"), new=True)
        made.attributes.set([anna], "gender", "f")
        made.topics.give("a", ["medtop:11000000"], [anna.id])
        made.comments.add("a", anna.id, "Is it her?")
        made.comments.add("a", anna.id, "It is.", reply_to=made.comments.on(anna.id)[0].id)
        yield made


def said(project: Project) -> list[str]:
    found = list(project.check(full=True))
    assert not any(finding.damage for finding in found)
    return [say(finding.what) for finding in found]


def at(project: Project, words: str) -> Annotation:
    return next(one for one in project.annotations("a") if one.quote == words)


def relation(source: str, target: str, label: str = "member_of", article: str = "a", annotator: str = ME) -> Op:
    return Add("relation", "r", relation_value(Relation("r", article, annotator, label, source, target)))


def comment(uid: str, on: str = "", reply_to: str = "", article: str = "a", annotator: str = ME) -> Op:
    value = comment_value(Comment(uid, article, annotator, on, ME, "2026-11-23T00:00:00.000Z", "Why?", reply_to))
    return Add("comment", uid, value)


def part(element: str, uid: str, **value: object) -> Op:
    return Add(element, uid, value)


Break = Callable[[Project], list[Op]]

BROKEN: dict[str, tuple[Break, str]] = {
    "an end that never was": (lambda p: [relation(at(p, "Anna Berg").id, "nope")], "one of its ends is not there"),
    "an end that is deleted": (
        lambda p: [Set("annotation", at(p, "CIS").id, ALIVE, True, False)],
        "one of its ends is not there",
    ),
    "an end in another article": (
        lambda p: [relation(at(p, "Anna Berg").id, p.annotations("b")[0].id)],
        "one of its ends is not there",
    ),
    "ends of a layer, and it in another": (
        lambda p: [relation(at(p, "Anna Berg").id, at(p, "CIS").id, annotator=making.BEN.annotator)],
        "one of its ends is not there",
    ),
    "one that leads to itself": (
        lambda p: [relation(at(p, "Anna Berg").id, at(p, "Anna Berg").id)],
        "it leads back to where it begins",
    ),
    "ends of other labels": (
        lambda p: [relation(at(p, "Anna Berg").id, at(p, "Minsk").id)],
        "Member of may not lead from Person to City",
    ),
    "a type that is not there": (
        lambda p: [relation(at(p, "Anna Berg").id, at(p, "CIS").id, "owns")],
        "the scheme has no relation “owns”",
    ),
    "one relation twice": (
        lambda p: [relation(at(p, "Anna Berg").id, at(p, "CIS").id)],
        "this relation is there already",
    ),
    "a relation of no article": (
        lambda p: [part("relation", "r", **{"label": "member_of", "from": "x", "to": "y"})],
        "1 relation or comment is in no article",
    ),
    "an attribute nobody declared": (
        lambda p: [Set("annotation", at(p, "Anna Berg").id, "attributes.age", None, 7)],
        "Person has no attribute “age”",
    ),
    "an attribute of another label": (
        lambda p: [Set("annotation", at(p, "CIS").id, "attributes.gender", None, "f")],
        "Organization has no attribute “gender”",
    ),
    "a value of another kind": (
        lambda p: [Set("annotation", at(p, "Anna Berg").id, "attributes.gender", "f", True)],
        "“True” is no value of Gender: f, m",
    ),
    "a link to what is on no list": (
        lambda p: [Set("entity", p.entities.all()[0].id, ALIVE, True, False)],
        "“Anna Berg” links to an entity that is not on the list",
    ),
    "a comment on nothing": (lambda p: [comment("c", "nope")], "the comment “Why\\?” is on no annotation of its layer"),
    "a comment on what is of another layer": (
        lambda p: [comment("c", p.annotations("b")[0].id)],
        "the comment “Why\\?” is on no annotation of its layer",
    ),
    "an answer to nothing": (lambda p: [comment("c", reply_to="nope")], "the comment “Why\\?” answers none"),
    "answers in a circle": (
        lambda p: [comment("c", reply_to="d"), comment("d", reply_to="c")],
        "the comment “Why\\?” answers itself",
    ),
    "a comment of no article": (
        lambda p: [part("comment", "c", text="Why?")],
        "1 relation or comment is in no article",
    ),
    "evidence that is no annotation": (
        lambda p: [Set("tag", p.tags("a")[0].id, "ties.nope", None, True)],
        "what is evidence for the topic .* is no annotation of this layer",
    ),
    "evidence of another article": (
        lambda p: [Set("tag", p.tags("a")[0].id, f"ties.{p.annotations('b')[0].id}", None, True)],
        "what is evidence for the topic .* is no annotation of this layer",
    ),
    "a topic that is not there": (
        lambda p: [Add("tag", "t", tag_value(TopicTag("t", "a", ME, "medtop:none")))],
        "the scheme has no topic “medtop:none”",
    ),
    "a version that is still to come": (
        lambda p: [Set("annotation", at(p, "Minsk").id, "scheme", 2, 77)],
        "“Minsk” was made under version 77 of the scheme, which has come to 2",
    ),
    "a finished article that lacks something": (
        lambda p: [
            Set("annotation", at(p, "Anna Berg").id, "attributes.gender", "f", None),
            Set("layer", layer_id("a", ME), "status", "doing", "done"),
        ],
        "“Anna Berg” does not say Gender",
    ),
    "a label that is gone": (lambda p: [Set("label", "CITY", ALIVE, True, False)], "the scheme has no label “CITY”"),
    "an example of a label that is gone": (
        lambda p: [part("example", "y", label="GONE", quote="Karesh", note="We decided so")],
        "The scheme will not do: the example “Karesh” is of GONE, which is not in it",
    ),
    "an attribute of a label that is gone": (
        lambda p: [part("attribute", "age", kind="number", labels=["GONE"])],
        "The scheme will not do: “age” names GONE, which is not in it",
    ),
    "a relation type of a label that is gone": (
        lambda p: [part("relationtype", "owns", sources=["GONE"])],
        "The scheme will not do: “owns” names GONE, which is not in it",
    ),
    "a rule about a label that is gone": (
        lambda p: [part("rule", "2", kind="no-overlap", labels=["GONE"])],
        "The scheme will not do: rule 2 names GONE, which is not in it",
    ),
    "labels under each other": (
        lambda p: [Set("label", "CITY", "parent", None, "EVENT"), Set("label", "EVENT", "parent", None, "CITY")],
        "The scheme will not do: the label “.*” stands under itself",
    ),
    "two labels with one key": (
        lambda p: [label_op(Label("ODD", "Odd", "ODD", key=p.scheme.by_name["CITY"].key))],
        "The scheme will not do: .* have the same key",
    ),
    "a part of the scheme that is none": (
        lambda p: [part("attribute", "age", kind="colour")],
        "A part of the scheme cannot be read: attribute age is of the kind “colour”, not one of",
    ),
    "two attributes of one key": (
        lambda p: [part("attribute", "x", kind="flag", key="-"), part("attribute", "y", kind="flag", key="-")],
        "The scheme will not do: attribute x and attribute y have the same key, -",
    ),
    "an attribute with the key of a label": (
        lambda p: [part("attribute", "x", kind="flag", key=p.scheme.by_name["CITY"].key)],
        "The scheme will not do: CITY and attribute x have the same key",
    ),
    "a colour that is none": (
        lambda p: [Set("label", "PERSON", "colour", None, "blurple")],
        "Of a part of the scheme only the name is used: label PERSON has the colour “blurple”: write one as #rrggbb",
    ),
    "a hue that is none": (
        lambda p: [Set("label", "PERSON", "hue", p.scheme.by_name["PERSON"].hue, 99)],
        "Of a part of the scheme only the name is used: label PERSON has a hue outside 1 to 20",
    ),
    "a kind of rule nobody knows": (
        lambda p: [part("rule", "2", kind="zzz")],
        "Rule 2 is of a kind that this version does not know, “zzz”",
    ),
    "a rule about a topic that is gone": (
        lambda p: [part("rule", "2", kind="topic-demands", topic="nope", labels=["PERSON"])],
        "The scheme will not do: rule 2 names the topic nope, which is not in it",
    ),
    "a topic without a name": (lambda p: [part("topic", "a:1")], "The topic a:1 has no name"),
    "a topic to give instead that is gone": (
        lambda p: [part("topic", "a:1", name="strikes", retired="2020-01-01", instead=["nope"])],
        "Instead of the topic “strikes”, nope is to be given, which is not there",
    ),
    "a topic given twice": (
        lambda p: [Add("tag", "t", tag_value(TopicTag("t", "a", ME, "medtop:11000000")))],
        "the topic “politics” is given twice",
    ),
    "a label gone that was to be looked at again": (
        lambda p: [part("recheck", "c", labels=["GONE"], what="meaning")],
        "What carries GONE was to be looked at again, but that label is gone",
    ),
    "a word list for a label that is gone": (
        lambda p: [part("wordlist", "w", name="names", names=[["Anna", "GONE"], ["Ben", "GONE"]])],
        "The word list “names” has words for GONE, which is no label",
    ),
    "an entity of a kind that is gone": (
        lambda p: [part("entity", "e", name="Ben", kind="GONE"), part("entity", "f", name="Carl", kind="GONE")],
        "2 entities are of the kind GONE, which is no label",
    ),
    "an entity without a name": (lambda p: [part("entity", "e", kind="PERSON")], "1 entity has no name"),
    "two entities of one external id": (
        lambda p: [
            part("entity", "e", name="Ben", external="wikidata:Q7"),
            part("entity", "f", name="B.", external="wikidata:Q7"),
        ],
        "Several entities have the external id wikidata:Q7: Ben, B.. Put them together",
    ),
    "an external id that is none": (
        lambda p: [part("entity", "e", name="Ben", external="his page")],
        "The external id of Ben, “his page”, is neither of Wikidata nor an address",
    ),
    "an entity told apart from nothing": (
        lambda p: [part("entity", "e", name="Ben", different=["nope"])],
        "Ben is told apart from an entity that is not on the list",
    ),
}


def test_what_is_sound_is_left_alone(project: Project) -> None:
    anna = at(project, "Anna Berg")
    first = project.comments.on(anna.id)[0]
    assert said(project) == []
    project.comments.delete(first)
    assert said(project) == [], "an answer stays where what it answers is taken away"
    project.delete([anna])
    assert said(project) == [], "and where what it is about is deleted"


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_said(project: Project, what: str) -> None:
    breaking, words = BROKEN[what]
    ops = tuple(breaking(project))
    project.apply_all(lambda _keep: iter([Edit("test", ops, "a")]))
    found = said(project)
    assert any(re.search(words, line) for line in found), found
