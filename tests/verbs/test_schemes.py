"""Labels renamed, merged, split and deleted: in annotations and in all parts of the scheme; what is stale since."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import making

from rubricator.errors import UserError
from rubricator.model.scheme import Attribute, Example, Label, RelationType, Rule
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.review.decision import accept
from rubricator.suggest.matcher import Name
from rubricator.suggest.offers import Offer
from rubricator.words import message, say

TEXT = "Anna Berg of the CIS met Ben in Minsk. Ben left."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", texts=[("a", TEXT), ("b", TEXT)]) as made:
        scheme = made.scheme
        made.schemes.change(
            replace(
                scheme,
                attributes=(
                    Attribute("gender", labels=("PERSON",)),
                    Attribute("kind", labels=("PERSON", "ORGANIZATION")),
                ),
                relations=(RelationType("knows", "Knows", ("PERSON",), ("PERSON", "ORGANIZATION")),),
                rules=(Rule("1", "no-nesting", {"inner": ["PERSON"], "outer": ["EVENT"]}),),
                examples=(Example("x", "PERSON", "Anna"),),
            ),
            "more",
        )
        yield made


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        ({"default": "m"}, {"values": ("f", "x")}, ("choice", ("f", "x"), None)),
        ({"kind": "text", "values": ()}, {"kind": "choices"}, ("text", (), None)),
    ],
    ids=["a default that is gone", "a kind without its values"],
)
def test_an_attribute_that_two_copies_change_is_still_there_when_they_are_merged(
    tmp_path: Path, mine: dict[str, Any], theirs: dict[str, Any], found: tuple[str, tuple[str, ...], None]
) -> None:
    """Each is right in its copy; what they make together is not, and the check says it."""
    gender = Attribute("gender", "Gender", "choice", ("f", "m"))
    one, two = tmp_path / "one.rubric", tmp_path / "two.rubric"
    with making.make(one) as made:
        made.schemes.change(replace(made.scheme, attributes=(gender,)), "gender")
    shutil.copy(one, two)
    with Project.open(one, making.ANNA) as anna, Project.open(two, making.BEN) as ben:
        anna.schemes.change(replace(anna.scheme, attributes=(gender._replace(**mine),)), "mine")
        ben.schemes.change(replace(ben.scheme, attributes=(gender._replace(**theirs),)), "theirs")
        anna.merge(ben)
        ben.merge(anna)
        for project in (anna, ben):
            (attribute,) = project.scheme.attributes
            assert (attribute.kind, attribute.values, attribute.default) == found
            assert "cannot be read" in say(next(project.check(full=True)).what)


def label(project: Project, words: str, name: str, article: str = "a") -> Annotation:
    start = TEXT.index(words)
    (replaced,) = project.annotate(article, name, [Span.of(start, start + len(words))]).annotations
    assert replaced.after is not None
    return replaced.after


def layer(project: Project, article: str = "a") -> list[tuple[str, str]]:
    return [(one.label, one.quote) for one in project.annotations(article)]


def sound(project: Project) -> None:
    assert [say(finding.what) for finding in project.check(full=True)] == []


def test_a_label_is_renamed_wherever_it_stands(project: Project) -> None:
    label(project, "Anna Berg", "PERSON")
    label(project, "Ben", "PERSON", "b")
    was = project.scheme
    touched = project.schemes.touched(["PERSON"])
    assert (touched.annotations, touched.articles, touched.annotators) == (2, 2, 1)
    assert [one.quote for one in touched.first] == ["Anna Berg", "Ben"]
    project.schemes.rename("PERSON", "HUMAN", "Human")
    scheme = project.scheme
    assert [one.name for one in scheme.labels] == ["HUMAN", *(one.name for one in was.labels[1:])]
    assert (scheme.by_name["HUMAN"].key, scheme.by_name["HUMAN"].title) == ("1", "Human")
    assert [one.labels for one in scheme.attributes] == [("HUMAN",), ("HUMAN", "ORGANIZATION")]
    assert (scheme.relations[0].sources, scheme.relations[0].targets) == (("HUMAN",), ("HUMAN", "ORGANIZATION"))
    assert scheme.rules[0].values == {"inner": ["HUMAN"], "outer": ["EVENT"]}
    assert [one.label for one in scheme.examples] == ["HUMAN"]
    assert scheme.version == was.version + 1
    assert (layer(project), layer(project, "b")) == ([("HUMAN", "Anna Berg")], [("HUMAN", "Ben")])
    sound(project)
    assert say(project.history(1)[0][1].what) == "Changed the scheme: Person → Human"
    project.schemes.rename("HUMAN", "ONE")
    assert say(project.history(1)[0][1].what) == "Changed the scheme: Human: HUMAN → ONE", "the title stays"
    project.undo()
    project.undo()
    assert project.scheme.by_name == was.by_name
    assert project.scheme.attributes == was.attributes
    assert layer(project) == [("PERSON", "Anna Berg")]
    sound(project)


@pytest.mark.parametrize("name", ["", " ", "ORGANIZATION"])
def test_a_name_that_will_not_do(project: Project, name: str) -> None:
    with pytest.raises(UserError):
        project.schemes.rename("PERSON", name)


def test_labels_are_merged_and_what_would_stand_twice_stands_once(project: Project) -> None:
    anna, ben = label(project, "Anna Berg", "PERSON"), label(project, "Ben", "PERSON")
    label(project, "Ben", "ORGANIZATION")
    project.relations.add("knows", anna, ben)
    project.schemes.merge(["PERSON"], "ORGANIZATION")
    assert layer(project) == [("ORGANIZATION", "Anna Berg"), ("ORGANIZATION", "Ben")]
    (relation,) = project.relations.of("a")
    assert {relation.source, relation.target} == {one.id for one in project.annotations("a")}
    assert [one.labels for one in project.scheme.attributes] == [("ORGANIZATION",), ("ORGANIZATION",)]
    assert "PERSON" not in project.scheme.by_name
    sound(project)
    project.undo()
    assert layer(project) == [("PERSON", "Anna Berg"), ("ORGANIZATION", "Ben"), ("PERSON", "Ben")]
    sound(project)


def test_labels_on_the_same_words_are_merged_into_a_third(project: Project) -> None:
    label(project, "Ben", "PERSON")
    label(project, "Ben", "CITY")
    project.schemes.merge(["PERSON", "CITY"], "ORGANIZATION")
    assert layer(project) == [("ORGANIZATION", "Ben")]
    sound(project)
    project.undo()
    assert sorted(layer(project)) == [("CITY", "Ben"), ("PERSON", "Ben")]


def test_what_hangs_on_an_annotation_that_goes_stays_and_is_said_once(project: Project) -> None:
    anna, ben, berg = (label(project, *one) for one in (("Anna Berg", "PERSON"), ("Ben", "PERSON"), ("Ben", "EVENT")))
    cis = label(project, "CIS", "ORGANIZATION")
    change = RelationType("near", "Near", symmetric=True)
    project.schemes.change(replace(project.scheme, relations=(*project.scheme.relations, change)), "near")
    project.relations.add("near", ben, berg)  # leads back to where it begins, once they are one
    project.relations.add("near", cis, berg)
    project.relations.add("near", ben, cis)  # says the same then
    project.relations.add("knows", anna, ben)
    project.comments.add("a", ben.id, "Sure?")
    project.schemes.merge(["PERSON"], "EVENT")
    found = project.relations.of("a")
    assert [(one.label, {one.source, one.target}) for one in found] == [
        ("near", {cis.id, berg.id}),
        ("knows", {anna.id, berg.id}),
    ]
    assert [one.on for one in project.comments.of("a")] == [berg.id]
    project.undo()
    assert len(project.relations.of("a")) == 4
    assert [one.on for one in project.comments.of("a")] == [ben.id]
    sound(project)


def test_a_label_that_is_merged_into_one_below_it_leaves_no_circle(project: Project) -> None:
    parts = (Label("A", "A", parent="TOP"), Label("B", "B", parent="A"), Label("C", "C", parent="B"), Label("TOP", "T"))
    project.schemes.change(replace(project.scheme, labels=(*project.scheme.labels, *parts)), "tree")
    project.schemes.merge(["A"], "C")
    assert {name: project.scheme.by_name[name].parent for name in "BC"} == {"B": "C", "C": "TOP"}


def test_a_scheme_is_changed_whatever_rule_is_broken_and_that_is_listed(project: Project) -> None:
    label(project, "Ben", "PERSON")
    label(project, "Ben in", "CITY")
    apart = Rule("2", "no-overlap", {"labels": ["CITY", "HUMAN", "EVENT", "PERSON"]})
    project.schemes.change(replace(project.scheme, rules=(*project.scheme.rules, apart)), "stricter")
    project.schemes.rename("PERSON", "HUMAN")
    project.schemes.merge(["HUMAN"], "EVENT")
    assert layer(project) == [("CITY", "Ben in"), ("EVENT", "Ben")]
    (finding,) = project.check(full=True)
    assert not finding.damage
    assert "may not overlap (rule" in say(finding.what)


def test_word_lists_follow_a_label(project: Project) -> None:
    project.add_word_list("mine", [Name("Ben", "PERSON"), Name("Minsk", "CITY")])
    project.schemes.rename("PERSON", "HUMAN")
    assert [(one.words, one.label) for one in project.listed()] == [("Ben", "HUMAN"), ("Minsk", "CITY")]
    project.undo()
    assert [(one.words, one.label) for one in project.listed()] == [("Ben", "PERSON"), ("Minsk", "CITY")]
    sound(project)


def test_the_kinds_of_entities_follow_a_label(project: Project) -> None:
    anna, cis = project.entities.new("Anna Berg", "PERSON"), project.entities.new("CIS", "ORGANIZATION")
    project.entities.add([anna, cis])
    project.schemes.rename("PERSON", "HUMAN")
    assert [one.kind for one in project.entities.all()] == ["HUMAN", "ORGANIZATION"]
    project.schemes.merge(["HUMAN"], "ORGANIZATION")
    assert [one.kind for one in project.entities.all()] == ["ORGANIZATION", "ORGANIZATION"]
    project.undo()
    project.undo()
    assert [one.kind for one in project.entities.all()] == ["PERSON", "ORGANIZATION"]
    sound(project)


def test_entities_lose_the_kind_that_is_deleted(project: Project) -> None:
    anna, cis = project.entities.new("Anna Berg", "PERSON"), project.entities.new("CIS", "ORGANIZATION")
    project.entities.add([anna, cis])
    assert project.schemes.touched(["PERSON"]).entities == 1
    assert project.schemes.touched(["PERSON", "ORGANIZATION", "CITY"]).entities == 2
    project.schemes.delete("PERSON")
    assert [one.kind for one in project.entities.all()] == ["", "ORGANIZATION"]
    sound(project)
    project.undo()
    assert [one.kind for one in project.entities.all()] == ["PERSON", "ORGANIZATION"]
    sound(project)


Do = Callable[[Project], object]


@pytest.mark.parametrize(
    "do",
    [
        lambda one: one.schemes.rename("PERSON", "HUMAN"),
        lambda one: one.schemes.merge(["PERSON"], "CITY"),
        lambda one: one.schemes.delete("PERSON"),
    ],
)
def test_what_another_window_labels_in_the_last_moment_goes_along(
    project: Project, monkeypatch: pytest.MonkeyPatch, do: Do
) -> None:
    label(project, "Anna Berg", "PERSON")
    begin = project._store.transaction

    def at_last() -> object:
        monkeypatch.undo()
        with Project.open(project.path, making.BEN) as other:
            other.annotate("b", "PERSON", [Span.of(0, 4)])
            other.add_labels([Label("ELSE", "Else")])
        return begin()

    monkeypatch.setattr(project._store, "transaction", at_last)
    do(project)
    assert "ELSE" in project.scheme.by_name, "what they did to the scheme stays"
    sound(project)


def test_a_label_that_is_used_in_the_last_moment_is_not_left_out(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = project._store.transaction

    def at_last() -> object:
        monkeypatch.undo()
        with Project.open(project.path, making.BEN) as other:
            other.annotate("b", "CITY", [Span.of(0, 4)])
        return begin()

    left = tuple(one for one in project.scheme.labels if one.name != "CITY")
    monkeypatch.setattr(project._store, "transaction", at_last)
    with pytest.raises(UserError, match="CITY cannot be left out"):
        project.schemes.change(replace(project.scheme, labels=left), "less")
    sound(project)


@pytest.mark.parametrize(
    "do",
    [
        lambda one: one.schemes.rename("PERSON", "HUMAN"),
        lambda one: one.schemes.merge(["PERSON"], "CITY"),
        lambda one: one.schemes.delete("PERSON"),
        lambda one: one.schemes.split("PERSON", [Label("GROUP", "Group")]),
        lambda one: one.schemes.add_example("PERSON", TEXT, 0, 9),
        lambda one: one.schemes.change(replace(one.scheme, name="Ours"), "a name"),
    ],
)
def test_who_changes_the_scheme_has_chosen_it(tmp_path: Path, do: Do) -> None:
    """No import puts its own in its place then."""
    with Project.create(tmp_path / "p.rubric", making.ANNA, making.news(), provisional=["scheme"]) as project:
        do(project)
        assert project.rows.project()["provisional"] == []
        project.undo()
        assert project.rows.project()["provisional"] == ["scheme"]


def test_what_was_rejected_is_not_suggested_under_a_new_name(project: Project) -> None:
    ben = Span.of(TEXT.index("Ben"), TEXT.index("Ben") + 3)
    offers = [Offer(ben, name, "cue", message("so")) for name in ("PERSON", "CITY")]
    project.reject("a", offers)
    project.reject("b", offers[:1])

    def rejected(article: str = "a") -> list[tuple[str, Span]]:
        return sorted((one.label, one.span) for one in project.rejections(article))

    project.schemes.rename("PERSON", "HUMAN")
    assert rejected() == [("CITY", ben), ("HUMAN", ben)]
    assert rejected("b") == [("HUMAN", ben)]
    assert project.memory().count("Ben", "HUMAN").rejected == 2
    project.schemes.merge(["HUMAN"], "CITY")
    assert rejected() == rejected("b") == [("CITY", ben)], "rejecting twice is rejecting once"
    sound(project)
    project.undo()
    assert rejected() == [("CITY", ben), ("HUMAN", ben)]
    project.schemes.rename("HUMAN", "PERSON")
    assert rejected() == [("CITY", ben), ("PERSON", ben)], "the name it had before"
    assert project.reject("a", offers[:1]).rejections == (), "it is the same rejection"
    sound(project)


def test_a_label_that_another_window_took_out(project: Project) -> None:
    for change in (
        lambda: project.schemes.rename("NOPE", "NEW"),
        lambda: project.schemes.merge(["NOPE"], "PERSON"),
        lambda: project.schemes.merge(["PERSON"], "NOPE"),
        lambda: project.schemes.delete("NOPE"),
    ):
        with pytest.raises(UserError, match="The scheme has no label “NOPE”"):
            change()


def test_a_label_is_deleted_with_all_that_hangs_on_it(project: Project) -> None:
    anna, cis = label(project, "Anna Berg", "PERSON"), label(project, "CIS", "ORGANIZATION")
    project.relations.add("knows", anna, cis)
    project.schemes.delete("PERSON")
    assert layer(project) == [("ORGANIZATION", "CIS")]
    assert project.relations.of("a") == []
    scheme = project.scheme
    assert [one.name for one in scheme.attributes] == ["kind"]
    assert (scheme.relations, scheme.rules, scheme.examples) == ((), (), ())
    sound(project)
    project.undo()
    assert layer(project) == [("PERSON", "Anna Berg"), ("ORGANIZATION", "CIS")]
    assert len(project.relations.of("a")) == 1
    sound(project)


def test_a_label_in_use_cannot_be_left_out_of_a_new_scheme(project: Project) -> None:
    label(project, "Anna Berg", "PERSON")
    left = tuple(one for one in project.scheme.labels if one.name != "PERSON")
    with pytest.raises(UserError, match="PERSON cannot be left out: annotations carry it"):
        project.schemes.change(replace(project.scheme, labels=left), "less")


def test_what_is_stale_since_a_label_was_split(project: Project) -> None:
    anna = label(project, "Anna Berg", "PERSON")
    label(project, "Minsk", "CITY")
    project.schemes.split("PERSON", [Label("GROUP", "Group")])
    assert [(one.annotation, one.quote) for one in project.schemes.stale()] == [(anna.id, "Anna Berg")]
    ben = label(project, "Ben", "PERSON")  # made under the new scheme
    assert ben.scheme == project.scheme.version
    assert len(project.schemes.stale()) == 1
    found = project.annotation(anna.id)
    assert found is not None
    project.attributes.confirm([found])
    assert project.schemes.stale() == []
    project.undo()
    assert len(project.schemes.stale()) == 1
    project.attributes.set([found], "kind", "x")  # which nobody asked for
    assert len(project.schemes.stale()) == 1
    project.undo()
    project.relabel(found, "GROUP")
    assert project.schemes.stale() == []
    sound(project)


def test_an_example_is_kept_with_what_stands_around(project: Project) -> None:
    start = TEXT.index("CIS")
    project.schemes.add_example("ORGANIZATION", TEXT, start, start + 3, note="A body,\nnot a place")
    example = project.scheme.examples_of("ORGANIZATION")[0]
    assert (example.before, example.quote, example.after[:4]) == ("Anna Berg of the ", "CIS", " met")
    assert (example.note, example.counter) == ("A body, not a place", False)
    sound(project)


def test_words_that_are_an_example_stay_the_one_and_get_the_reason(project: Project) -> None:
    start = TEXT.index("CIS")
    where = ("ORGANIZATION", TEXT, start, start + 3)
    project.schemes.add_example(*where)
    assert not project.schemes.add_example(*where), "it stands there"
    project.schemes.add_example(*where, counter=True)
    project.schemes.add_example(*where, note="A body.")
    kept = [(one.quote, one.counter, one.note) for one in project.scheme.examples_of("ORGANIZATION")]
    assert kept == [("CIS", False, "A body."), ("CIS", True, "")]
    assert project.schemes.example_of(*where, counter=True) == project.scheme.examples[-1]


@pytest.mark.parametrize("long", [False, True])
def test_the_history_tells_a_counter_example_from_an_example_and_where_it_cuts(project: Project, long: bool) -> None:
    text = "Security Council Of The CIS Member States met." if long else "The CIS met."
    start, end = (0, 42) if long else (4, 7)
    shown = "Security Council Of The CIS Member Stat…" if long else "CIS"
    for counter, said in ((False, f"+ “{shown}”"), (True, f"+ “{shown}” is no Organization")):
        project.schemes.add_example("ORGANIZATION", text, start, end, counter=counter)
        project.undo()
        undone, done = (line.what for _n, line in project.history(2))
        assert say(done) == f"Changed the scheme: {said}"
        assert say(undone) == f"Undone: Changed the scheme: {said}"


def test_words_are_likely_what_the_nearest_example_or_annotation_is(project: Project) -> None:
    assert project.guidelines.likely("CIS") == ""
    label(project, "Anna Berg", "ORGANIZATION")
    assert project.guidelines.likely("Anna Berg") == "ORGANIZATION"
    assert project.guidelines.likely("Anna") == "PERSON", "an example says so of these very words"
    project.schemes.add_example("EVENT", TEXT, 0, 9, counter=True)
    assert project.guidelines.likely("Anna Berg") == "ORGANIZATION", "a counter-example names no label"
    assert [one.quote for one in project.guidelines.rulings("Berg")] == ["Anna Berg"], "it needs no reason"


def test_a_decision_refers_to_the_guideline_under_its_new_name(project: Project) -> None:
    label(project, "Ben", "PERSON")
    with Project.open(project.path, making.BEN) as other:
        start = TEXT.index("Ben")
        other.annotate("a", "ORGANIZATION", [Span.of(start, start + 3)])
    project.news()
    review, mine = project.review, project.me.annotator

    def cited() -> list[str]:
        return [decision.guideline for decision in review.decisions("a")]

    compared = review.compare("a")
    review.join()
    review.decide(compared, compared.differences[0], accept(mine).because("a name", "PERSON"))
    review.lock("a", [mine, making.BEN.annotator])
    assert cited() == ["PERSON"]
    project.schemes.rename("PERSON", "HUMAN")
    assert cited() == ["HUMAN"]
    project.undo()
    assert cited() == ["PERSON"]
    project.schemes.merge(["PERSON", "ORGANIZATION"], "ORGANIZATION")
    assert cited() == ["ORGANIZATION"]
    sound(project)


def order_of(project: Project) -> list[str]:
    return [one.name for one in project.scheme.labels]


def test_a_merge_and_a_split_that_are_taken_back_leave_the_order_as_it_was(project: Project) -> None:
    before = order_of(project)
    project.schemes.merge([before[1]], before[3])
    project.schemes.split(before[2], [Label("CAPITAL")])
    project.undo()
    project.undo()
    assert order_of(project) == before
    project.redo()
    project.redo()
    assert order_of(project) == [before[0], before[2], "CAPITAL", *before[3:]], "right behind what was split"
    sound(project)


CHANGES = ("rename", "merge", "split", "delete", "move", "title", "retire", "attribute", "relation")


def changed(project: Project, what: str, n: int, m: int) -> None:
    """Change the scheme in one of several ways."""
    scheme, schemes = project.scheme, project.schemes
    labels = list(scheme.labels)
    one, other = labels[n % len(labels)], labels[m % len(labels)]
    match what:
        case "rename":
            schemes.rename(one.name, f"NEW{n}{m}_{scheme.version}")
        case "merge":
            schemes.merge([one.name], other.name)
        case "split":
            schemes.split(one.name, [Label(f"PART{n}{m}"), Label(f"OTHER{m}")])
        case "delete":
            schemes.delete(one.name)
        case "move":
            labels.insert(m % len(labels), labels.pop(n % len(labels)))
            schemes.change(replace(scheme, labels=tuple(labels)), "moved")
        case "title":
            new = [label._replace(title=f"Title {n}") if label is one else label for label in labels]
            schemes.change(replace(scheme, labels=tuple(new)), "title")
        case "retire":
            schemes.change(replace(scheme, rules=scheme.rules[1:], examples=scheme.examples[n:]), "less")
        case "attribute":
            attributes = (Attribute(f"sure{n}"), *scheme.attributes)
            if f"sure{n}" not in scheme.attributes_by_name:
                schemes.change(replace(scheme, attributes=attributes), "attribute")
        case "relation":
            relations = (*reversed(scheme.relations), RelationType(f"near{n}{m}{scheme.version}"))
            schemes.change(replace(scheme, relations=relations), "relation")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_whatever_was_changed_undo_gives_the_scheme_back_with_its_order(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("p") / "p.rubric"
    with making.make(path, texts=[("a", TEXT)]) as project:
        label(project, "Anna Berg", "PERSON")
        label(project, "CIS", "ORGANIZATION")
        stood = []
        for change in changes:
            step = project.undo_step()
            was = project.scheme
            changed(project, *change)
            if project.undo_step() != step:  # a label that is merged with itself changes nothing
                stood.append((was, project.scheme))
        for was, _will in reversed(stood):
            project.undo()
            assert replace(project.scheme, version=1) == replace(was, version=1)
        for _was, will in stood:
            project.redo()
            assert replace(project.scheme, version=1) == replace(will, version=1)
