"""Attributes, their values and relation types renamed or deleted with what carries them, in one step that is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.scheme import Attribute, RelationType
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.review.decision import REJECT
from rubricator.words import say

TEXT = "Anna Berg met Ben in Minsk. Ben left."
GENDER = Attribute("gender", "Gender", "choice", ("f", "m", "x"), ("PERSON",), default="x", chip=True)
ROLES = Attribute("roles", "Roles", "choices", ("a", "b", "c"))
KNOWS = RelationType("knows", "Knows", ("PERSON",), ("PERSON",))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", texts=[("a", TEXT), ("b", TEXT)]) as made:
        relations = (KNOWS, RelationType("near", "Near"))
        made.schemes.change(replace(made.scheme, attributes=(GENDER, ROLES), relations=relations), "more")
        yield made


def label(project: Project, words: str, article: str = "a") -> Annotation:
    start = TEXT.index(words)
    (replaced,) = project.annotate(article, "PERSON", [Span.of(start, start + len(words))]).annotations
    assert replaced.after is not None
    return replaced.after


def said(project: Project) -> list[dict[str, object]]:
    """Return what all annotations of both people say."""
    layers = [(article, me.annotator) for article in ("a", "b") for me in (making.ANNA, making.BEN)]
    return [dict(one.attributes) for home in layers for one in project.annotations(*home)]


def types(project: Project) -> list[str]:
    return [one.label for article in ("a", "b") for one in project.relations.of(article)]


def wrong(project: Project) -> list[str]:
    return [say(finding.what) for finding in project.check(full=True)]


def fill(project: Project) -> None:
    """Have two people say things in two articles."""
    one, other = label(project, "Anna Berg"), label(project, "Ben")
    project.attributes.set([one], "gender", "f")
    project.attributes.set([one], "roles", ["a", "b"])
    project.relations.add("knows", one, other)
    project.relations.add("near", one, other)
    project.me = making.BEN
    project.attributes.set([label(project, "Ben", "b")], "gender", "m")
    project.me = making.ANNA


def test_an_attribute_is_renamed_wherever_it_is_said(project: Project) -> None:
    fill(project)
    before, scheme = said(project), project.scheme
    touched = project.schemes.saying("gender")
    assert (touched.annotations, touched.articles, touched.annotators) == (3, 2, 2), "the default is said too"
    assert [one.quote for one in touched.first] == ["Anna Berg", "Ben", "Ben"]
    project.schemes.rename_attribute("gender", "sex")
    assert [one.name for one in project.scheme.attributes] == ["sex", "roles"], "it stays at its place"
    assert project.scheme.attributes_by_name["sex"] == GENDER._replace(name="sex"), "a title of its own stays"
    assert said(project) == [{"sex": "f", "roles": ["a", "b"]}, {"sex": "x"}, {"sex": "m"}]
    assert wrong(project) == []
    assert say(project.history(1)[0][1].what) == "Changed the scheme: Gender: gender → sex", "its title stays"
    project.undo()
    assert (said(project), project.scheme.attributes) == (before, scheme.attributes)
    project.redo()
    assert "sex" in said(project)[0]
    assert wrong(project) == []


def test_a_value_is_renamed_wherever_it_is_said(project: Project) -> None:
    fill(project)
    before = said(project)
    assert project.schemes.saying("gender", "f").annotations == 1
    assert project.schemes.saying("roles", "b").annotations == 1
    project.schemes.rename_value("gender", "f", "female")
    project.schemes.rename_value("gender", "x", "other")
    project.schemes.rename_value("roles", "b", "a")
    gender, roles = project.scheme.attributes
    assert (gender.values, gender.default, roles.values) == (("female", "m", "other"), "other", ("a", "c"))
    assert said(project) == [{"gender": "female", "roles": ["a"]}, {"gender": "other"}, {"gender": "m"}]
    assert wrong(project) == []
    for _step in range(3):
        project.undo()
    assert said(project) == before
    assert project.scheme.attributes == (GENDER, ROLES)


def test_an_attribute_is_deleted_with_all_that_says_it(project: Project) -> None:
    fill(project)
    before = said(project)
    project.schemes.delete_attribute("gender")
    assert said(project) == [{"roles": ["a", "b"]}, {}, {}]
    assert [one.name for one in project.scheme.attributes] == ["roles"]
    assert wrong(project) == []
    project.undo()
    assert said(project) == before
    assert project.scheme.attributes == (GENDER, ROLES)


def test_a_relation_type_is_renamed_or_deleted_with_its_relations(project: Project) -> None:
    fill(project)
    touched = project.schemes.related("knows")
    assert (touched.annotations, touched.relations, touched.articles, touched.annotators) == (0, 1, 1, 1)
    assert [one.quote for one in touched.first] == ["Anna Berg"]
    project.schemes.rename_relation("knows", "is_friend_of", "Is a friend of")
    assert types(project) == ["is_friend_of", "near"]
    assert project.scheme.relations[0] == KNOWS._replace(name="is_friend_of", title="Is a friend of")
    assert wrong(project) == []
    project.undo()
    assert types(project) == ["knows", "near"]
    project.schemes.delete_relation("knows")
    assert types(project) == ["near"]
    assert [one.name for one in project.scheme.relations] == ["near"]
    assert wrong(project) == []
    project.undo()
    assert types(project) == ["knows", "near"]
    assert project.scheme.relations[0] == KNOWS


def test_a_decision_refers_to_the_relation_type_under_its_new_name(project: Project) -> None:
    fill(project)
    project.review.join()
    with Project.open(project.path, making.BEN) as ben:
        label(ben, "Anna Berg")
        label(ben, "Ben")
    project.news()
    compared = project.review.compare("a")
    relation = next(one for one in compared.differences if one.kind == "relation")
    project.review.decide(compared, relation, REJECT.because("unseen", "knows"))
    project.schemes.rename_relation("knows", "is_friend_of")
    assert [one.guideline for one in project.review.decisions("a")] == ["is_friend_of"]
    project.undo()
    assert [one.guideline for one in project.review.decisions("a")] == ["knows"]


def test_what_another_copy_said_meanwhile_comes_in_and_is_told(tmp_path: Path, project: Project) -> None:
    """Merging loses nothing: what Ben wrote under the old name stays under it, and the check lists it."""
    fill(project)
    copy = tmp_path / "ben.rubric"
    project.close()
    copy.write_bytes(project.path.read_bytes())
    with Project.open(project.path, making.ANNA) as anna, Project.open(copy, making.BEN) as ben:
        anna.schemes.rename_attribute("gender", "sex")
        anna.schemes.rename_relation("knows", "is_friend_of")
        anna.schemes.rename_value("sex", "m", "male")
        ends = label(ben, "Anna Berg", "b"), ben.annotations("b")[-1]
        ben.relations.add("knows", *ends)
        ben.attributes.set([ends[0]], "gender", "f")
        anna.merge(ben)
        ben.merge(anna)
        for one in (anna, ben):
            assert [found["sex"] for found in said(one) if "sex" in found] == ["f", "x", "male"]
            assert wrong(one) == [
                f"“{TEXT[:20]}”: Person has no attribute “gender”.",
                f"“{TEXT[:20]}”: the scheme has no relation “knows”.",
            ]
            assert one.scheme.attributes_by_name["sex"].values == ("f", "male", "x")


def test_what_breaks_a_rule_already_does_not_stop_it(project: Project) -> None:
    fill(project)
    project.schemes.change(
        replace(project.scheme, attributes=(GENDER._replace(values=("m", "x")), ROLES)), "a value less"
    )
    project.schemes.rename_attribute("gender", "sex")
    assert said(project)[0]["sex"] == "f"
    assert [words.endswith("“f” is no value of Gender: m, x.") for words in wrong(project)] == [True]


Do = Callable[[Project], Change]


@pytest.mark.parametrize(
    ("do", "why"),
    [
        (lambda p: p.schemes.rename_attribute("gender", "roles"), "There is an attribute roles already."),
        (lambda p: p.schemes.rename_attribute("gender", "  "), "It needs a name."),
        (lambda p: p.schemes.rename_attribute("gender", "x" * 501), "A name of 501 characters is too long."),
        (lambda p: p.schemes.rename_attribute("nope", "x"), "The scheme has no attribute “nope”."),
        (lambda p: p.schemes.rename_value("gender", "q", "x"), "Gender has no value “q”."),
        (lambda p: p.schemes.rename_value("gender", "f", ""), "It needs a name."),
        (lambda p: p.schemes.rename_relation("knows", "near"), "There is a relation type near already."),
        (lambda p: p.schemes.delete_relation("nope"), "The scheme has no relation type “nope”."),
        (lambda p: p.schemes.delete_attribute("nope"), "The scheme has no attribute “nope”."),
    ],
)
def test_a_name_that_will_not_do(project: Project, do: Do, why: str) -> None:
    fill(project)
    steps = len(project.history(100))
    with pytest.raises(UserError) as refused:
        do(project)
    assert say(refused.value.text) == why
    assert len(project.history(100)) == steps, "nothing is half done"
