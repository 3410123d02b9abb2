"""Attributes, relations, entities and comments in a project: written, refused, undone, merged, checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.model.edits import ALIVE, Edit, Set
from rubricator.model.entities import Entity
from rubricator.model.layer_edits import remove_article
from rubricator.model.relations import Relation, relate
from rubricator.model.scheme import Attribute, RelationType, Rule
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.suggest.namesakes import twins
from rubricator.words import say

TEXT = "Sergey Lebedev spoke. Lebedev met the CIS council in Minsk. Anna Berg of the CIS said no."
OTHER = "S. Lebedev is back in Minsk."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", texts=[("a", TEXT), ("b", OTHER)]) as made:
        scheme = replace(
            made.scheme,
            attributes=(
                Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",), required=True),
                Attribute("sure", "Sure", "flag"),
            ),
            relations=(RelationType("member_of", "Member of", ("PERSON",), ("ORGANIZATION",)),),
        )
        made.schemes.change(scheme, "attributes and relations")
        yield made


def label(project: Project, words: str, name: str, article: str = "a") -> Annotation:
    text = project.text(project.article(article))
    start = text.index(words)
    (replaced,) = project.annotate(article, name, [Span.of(start, start + len(words))]).annotations
    assert replaced.after is not None
    return replaced.after


def sound(project: Project) -> None:
    assert [say(finding.what) for finding in project.check(full=True)] == []


def again(project: Project, annotation: Annotation) -> Annotation:
    found = project.annotation(annotation.id)
    assert found is not None
    return found


def last_words(project: Project) -> str:
    return say(project.history(1)[0][1].what)


# --- attributes ---------------------------------------------------------------------------------------------------


def test_an_attribute_is_set_changed_refused_and_undone(project: Project) -> None:
    anna = label(project, "Anna Berg", "PERSON")
    (told,) = project.attributes.set([anna], "gender", "f").annotations
    assert told.after is not None
    assert told.after.attributes == {"gender": "f"}
    assert last_words(project) == "Set gender of PERSON “Anna Berg”"
    with pytest.raises(UserError, match="“x” is no value of Gender: f, m"):
        project.attributes.set([again(project, anna)], "gender", "x")
    assert again(project, anna).attributes == {"gender": "f"}
    project.attributes.set([again(project, anna)], "gender", None)
    assert again(project, anna).attributes == {}
    project.undo()
    assert again(project, anna).attributes == {"gender": "f"}
    sound(project)


def test_two_write_two_attributes_at_once_and_both_stay(project: Project, tmp_path: Path) -> None:
    anna = label(project, "Anna Berg", "PERSON")
    with making.make(tmp_path / "copy.rubric", making.BEN) as copy:
        copy.merge(project)
        project.attributes.set([anna], "gender", "f")
        copy.attributes.set([again(copy, anna)], "sure", True)
        project.merge(copy)
        copy.merge(project)
        for one in (project, copy):
            assert again(one, anna).attributes == {"gender": "f", "sure": True}


def test_an_article_is_finished_when_all_is_said(project: Project) -> None:
    anna = label(project, "Anna Berg", "PERSON")
    with pytest.raises(UserError, match="cannot be finished yet: “Anna Berg” does not say Gender"):
        project.set_status("a", "done")
    assert project.rows.status("a", project.me.annotator) == "doing"
    project.attributes.set([anna], "gender", "f")
    project.set_status("a", "done")
    assert project.rows.status("a", project.me.annotator) == "done"


# --- relations ----------------------------------------------------------------------------------------------------


def test_a_relation_is_made_refused_and_goes_with_its_end(project: Project) -> None:
    anna, cis = label(project, "Anna Berg", "PERSON"), label(project, "CIS council", "ORGANIZATION")
    (told,) = project.relations.add("member_of", anna, cis).relations
    relation = told.after
    assert relation is not None
    assert project.relations.of("a") == [relation]
    assert last_words(project) == "Related “Anna Berg” to “CIS council” by member_of"
    for source, target, why in ((cis, anna, "may not lead from Organization to Person"), (anna, cis, "there already")):
        with pytest.raises(UserError, match=why):
            project.relations.add("member_of", source, target)
    assert project.relations.of("a") == [relation]
    project.relabel(cis, "LOCATION")  # it survives, and the check lists it
    assert project.relations.of("a") == [relation]
    assert any("Member of may not lead" in say(finding.what) for finding in project.check(full=True))
    project.undo()
    change = project.delete([again(project, cis)])
    assert [one.after for one in change.relations] == [None]
    assert project.relations.of("a") == []
    project.undo()
    assert project.relations.of("a") == [relation]
    sound(project)


def test_a_relation_is_turned_and_changed(project: Project) -> None:
    scheme = project.scheme
    both = RelationType("knows", "Knows")
    project.schemes.change(replace(scheme, relations=(*scheme.relations, both)), "knows")
    anna, sergey = label(project, "Anna Berg", "PERSON"), label(project, "Sergey Lebedev", "PERSON")
    project.relations.add("knows", anna, sergey)
    (relation,) = project.relations.of("a")
    project.relations.turn(relation)
    (turned,) = project.relations.of("a")
    assert (turned.source, turned.target) == (sergey.id, anna.id)
    with pytest.raises(UserError, match="may not lead"):
        project.relations.retype(turned, "member_of")
    project.relations.delete(turned)
    assert project.relations.of("a") == []
    sound(project)


# --- entities -----------------------------------------------------------------------------------------------------


def linked(project: Project) -> tuple[Entity, list[Annotation]]:
    mentions = [label(project, "Sergey Lebedev", "PERSON"), label(project, "S. Lebedev", "PERSON", "b")]
    entity = project.entities.new("Sergey Lebedev", "PERSON", external="wikidata:Q4255014")
    project.entities.link(mentions, entity, new=True)
    return entity, mentions


def test_mentions_of_an_entity_over_articles(project: Project) -> None:
    entity, mentions = linked(project)
    assert project.entities.all() == [entity]
    assert project.entities.counts() == {entity.id: 2}
    assert [(m.article, m.quote) for m in project.entities.mentions(entity.id)] == [
        ("a", "Sergey Lebedev"), ("b", "S. Lebedev"),
    ]  # fmt: skip
    assert last_words(project) == "Linked 2 mentions to “Sergey Lebedev”, a new entity"  # one step
    project.undo()
    assert last_words(project).startswith("Undone: Linked ")
    assert project.entities.all() == []
    assert project.entities.counts() == {}
    project.redo()
    assert project.entities.counts() == {entity.id: 2}
    project.delete([again(project, mentions[1])])
    assert project.entities.counts() == {entity.id: 1}
    project.entities.link([again(project, mentions[0])], None)
    assert project.entities.counts() == {}
    assert last_words(project) == "Took the link off “Sergey Lebedev”"
    sound(project)


def test_entities_are_merged_split_and_deleted(project: Project) -> None:
    entity, (first, second) = linked(project)
    twin = project.entities.new("S. Lebedev", "PERSON", aliases=["Lebedev"])
    third = label(project, "Lebedev met", "PERSON")
    project.entities.link([third], twin, new=True)
    project.entities.merge(entity, [twin])
    (merged,) = project.entities.all()
    assert (merged.name, merged.aliases, merged.external) == (
        "Sergey Lebedev", ("S. Lebedev", "Lebedev"), "wikidata:Q4255014",
    )  # fmt: skip
    assert project.entities.counts() == {entity.id: 3}
    project.undo()
    assert project.entities.counts() == {entity.id: 2, twin.id: 1}
    project.redo()
    project.entities.split(merged, "Another Lebedev", [again(project, second)])
    assert sorted(project.entities.counts().values()) == [1, 2]
    project.entities.delete(merged)
    assert [one.name for one in project.entities.all()] == ["Another Lebedev"]
    assert again(project, first).entity == ""
    project.undo()
    assert again(project, first).entity == entity.id
    sound(project)


def test_what_is_split_off_takes_its_names_along_and_is_another_one(project: Project) -> None:
    first, second = label(project, "Sergey Lebedev", "PERSON"), label(project, "Lebedev met", "PERSON")
    cis = project.entities.new("CIS", "PERSON", aliases=["Sergey Lebedev", "The Bloc"])
    project.entities.link([first], cis, new=True)
    comm = project.entities.new("The Comm", "PERSON", aliases=["lebedev met", "Common"])
    project.entities.link([second], comm, new=True)
    project.entities.merge(cis, [comm])
    (merged,) = project.entities.all()
    assert set(merged.aliases) == {"Sergey Lebedev", "The Bloc", "The Comm", "lebedev met", "Common"}
    project.entities.split(merged, "Commonwealth", [again(project, second)])
    kept, new = sorted(project.entities.all(), key=lambda one: one.name)
    assert (kept.name, kept.aliases) == ("CIS", ("Sergey Lebedev", "The Bloc"))
    assert (new.name, set(new.aliases)) == ("Commonwealth", {"The Comm", "lebedev met", "Common"})
    assert twins(project.entities.all()) == []
    assert new.different == (kept.id,)
    project.undo()
    assert project.entities.all() == [merged], "one step"
    sound(project)


def test_a_name_that_other_mentions_have_stays(project: Project) -> None:
    entity, (first, second) = linked(project)
    project.entities.change(entity, entity._replace(aliases=("S. Lebedev", "sergey lebedev")))
    (entity,) = project.entities.all()
    assert project.entities.names_of(entity, [again(project, second)]) == ["S. Lebedev"]
    assert project.entities.names_of(entity, [again(project, first), again(project, second)]) == list(entity.aliases)
    third = project.annotate("b", "ORGANIZATION", [second.span]).annotations[0].after
    assert third is not None
    project.entities.link([third], entity)
    assert project.entities.names_of(entity, [again(project, second)]) == []


def test_a_split_takes_no_name_that_mentions_left_behind_have(project: Project) -> None:
    mentions = [label(project, words, "ORGANIZATION") for words in ("CIS council", "CIS said")]
    whole = project.entities.new("Commonwealth", "ORGANIZATION", aliases=["CIS council", "CIS said", "Union"])
    project.entities.link(mentions, whole, new=True)
    for name in ("CIS said", "Union", "Bloc"):
        (entity,) = project.entities.all()
        first = [again(project, one) for one in mentions[:1]]
        project.entities.split(entity, name, first)
        kept = project.entities.get(entity.id)
        assert kept is not None
        new = next(one for one in project.entities.all() if one.id != entity.id)
        assert (new.name, new.aliases) == (name, ("CIS council",))
        assert kept.aliases == ("CIS said", "Union"), "both may be called so"
        project.undo()  # what was split off so is not put together with it
    project.entities.split(entity, "CIS council", first)
    assert [one.aliases for one in project.entities.all()] == [(), ("CIS said", "Union")], "only that one had it"
    sound(project)


def test_its_own_name_is_no_other_name_of_an_entity(project: Project) -> None:
    one = Entity("e1", "S. Lebedev", aliases=("S. Lebedev", "Sergey Lebedev"))
    project.entities.add([one])
    assert project.entities.all()[0].aliases == ("Sergey Lebedev",)
    project.entities.change(project.entities.all()[0], one._replace(name="Sergey Lebedev"))
    (renamed,) = project.entities.all()
    assert (renamed.name, renamed.aliases) == ("Sergey Lebedev", ("S. Lebedev",))
    project.apply(Edit("entity-change", (Set("entity", "e1", "name", "Sergey Lebedev", "S. Lebedev"),), "", {}))
    assert project.entities.all()[0].aliases == (), "as two copies may write it"
    assert not project.entities.change(renamed, renamed._replace(aliases=("S. Lebedev", "Sergey Lebedev"))).entities
    sound(project)


def test_an_entity_without_a_name_is_refused(project: Project) -> None:
    for name in ("", " \n ", "\x00".strip("\x00")):
        with pytest.raises(UserError, match="needs a name"):
            project.entities.new(name)


def test_a_mention_in_an_article_that_was_taken_out_is_not_counted(project: Project) -> None:
    entity, _mentions = linked(project)
    assert sorted(project.entities.mention_words()) == [(entity.id, "S. Lebedev"), (entity.id, "Sergey Lebedev")]
    project.apply(remove_article(project.article("b")))
    assert project.entities.mention_words() == [(entity.id, "Sergey Lebedev")]
    assert project.entities.counts() == {entity.id: 1}
    assert len(project.entities.mentions(entity.id)) == 1


# --- comments -----------------------------------------------------------------------------------------------------


def test_comments_are_threads(project: Project) -> None:
    anna = label(project, "Anna Berg", "PERSON")
    (told,) = project.comments.add("a", anna.id, "Is she a person?\n").comments
    assert told.after is not None
    project.comments.add("a", anna.id, "Yes.", reply_to=told.after.id)
    first, answer = project.comments.of("a")
    assert (first.text, answer.reply_to, answer.by) == ("Is she a person?", first.id, project.me.annotator)
    assert first.at
    project.comments.change(answer, "No.")
    project.comments.delete(first)
    assert [one.text for one in project.comments.of("a")] == ["No."]
    project.undo()
    assert [one.text for one in project.comments.of("a")] == ["Is she a person?", "No."]
    with pytest.raises(UserError, match="comment is empty"):
        project.comments.add("a", anna.id, " \n")
    sound(project)


def test_the_same_words_that_link_nowhere_yet_are_found_over_articles(project: Project) -> None:
    minsk, there = label(project, "Minsk", "CITY"), label(project, "Minsk", "CITY", "b")
    other = label(project, "CIS", "ORGANIZATION")
    project.me = making.BEN
    label(project, "Minsk", "CITY")
    project.me = making.ANNA
    assert [mention.annotation for mention in project.entities.alike(minsk)] == [there.id]
    entity = project.entities.new("Minsk")
    project.entities.link([minsk, there], entity, new=True)
    assert project.entities.alike(again(project, minsk)) == []
    assert project.entities.alike(other) == []
    project.undo()
    assert len(project.entities.alike(minsk)) == 1


def test_the_doctor_tells_a_link_to_what_is_not_on_the_list(project: Project, tmp_path: Path) -> None:
    minsk = label(project, "Minsk", "CITY")
    entity = project.entities.new("Minsk")
    project.entities.link([minsk], entity, new=True)
    sound(project)
    project.apply(Edit("entity-delete", (Set("entity", entity.id, ALIVE, True, False),), "", {"name": "Minsk"}))
    [finding] = project.check(full=True)
    assert not finding.damage
    assert "“Minsk” links to an entity that is not on the list" in say(finding.what)
    project.undo()
    sound(project)


def test_two_with_like_names_that_are_two_stay_known_as_two(project: Project) -> None:
    one, other, third = (project.entities.new(name) for name in ("Sergey Lebedev", "Lebedev", "S. Lebedev"))
    project.entities.add([one, other, third])
    project.entities.set_apart(other, one)
    assert last_words(project) == "Said that “Lebedev” and “Sergey Lebedev” are two"
    by_name = {entity.name: entity for entity in project.entities.all()}
    assert by_name["Lebedev"].different == (one.id,)
    assert not project.entities.set_apart(one, by_name["Lebedev"])
    project.entities.merge(third, [by_name["Lebedev"]])
    assert {entity.name: entity.different for entity in project.entities.all()} == {
        "S. Lebedev": (one.id,),
        "Sergey Lebedev": (),
    }
    sound(project)
    fourth = project.entities.new("Sergei Lebedev")
    project.entities.add([fourth])
    by_name = {entity.name: entity for entity in project.entities.all()}
    project.entities.merge(fourth, [by_name["Sergey Lebedev"]])
    by_name = {entity.name: entity for entity in project.entities.all()}
    assert by_name["S. Lebedev"].different == (fourth.id,), "who was two of the one that went is two of the other"
    project.undo()
    by_name = {entity.name: entity for entity in project.entities.all()}
    assert by_name["S. Lebedev"].different == (one.id,)
    sound(project)


# --- rules, and what a change of the scheme leaves --------------------------------------------------------------


def test_a_rule_about_two_stops_an_edit_but_not_a_note_on_what_broke_it_before(project: Project) -> None:
    council = label(project, "CIS council", "ORGANIZATION")
    inner = label(project, "CIS council in Minsk", "EVENT")
    scheme = project.scheme
    project.schemes.change(replace(scheme, rules=(Rule("1", "no-nesting", {"outer": ["EVENT"]}),)), "a rule")
    project.write_note(council, "looked at")
    project.relabel(again(project, inner), "LAW")
    with pytest.raises(UserError, match="Organization may not lie inside Event"):
        project.relabel(again(project, inner), "EVENT")
    with pytest.raises(UserError, match=r"may not lie inside Event \(rule 1\)"):
        project.annotate("a", "EVENT", [Span.of(TEXT.index("the CIS council"), TEXT.index(" in Minsk"))])


def test_nonsense_in_values_and_names_is_refused_or_cleaned(project: Project) -> None:
    anna = label(project, "Anna Berg", "PERSON")
    scheme = replace(project.scheme, attributes=(Attribute("n", "N", "number"), Attribute("t", "T", "text")))
    project.schemes.change(scheme, "numbers")
    for value in (10**400, float("nan"), True, "1"):
        with pytest.raises(UserError, match=r"N is a number|too large to be kept"):
            project.attributes.set([anna], "n", value)
    project.attributes.set([anna], "t", "a\ud800\x00b")
    assert again(project, anna).attributes == {"t": "a\ufffd\ufffdb"}
    entity = project.entities.new("A\ud800\nB", external="x:\ud800", aliases=["", "\ud801", "A\ufffd B"])
    assert (entity.name, entity.external, entity.aliases) == ("A\ufffd B", "x:\ufffd", ("\ufffd",))
    project.entities.add([entity])
    project.entities.change(entity, entity._replace(note="\udfff"))
    assert project.entities.all()[0].note == "\ufffd"
    sound(project)


def test_an_entity_that_another_window_took_off_the_list(project: Project) -> None:
    anna = label(project, "Anna Berg", "PERSON")
    gone, other = project.entities.new("Anna"), project.entities.new("Berg")
    project.entities.add([gone, other])
    project.entities.delete(gone)
    for change in (
        lambda: project.entities.link([anna], gone),
        lambda: project.entities.merge(gone, [other]),
        lambda: project.entities.change(gone, gone._replace(note="x")),
    ):
        with pytest.raises(UserError, match="“Anna” is not on the list any more"):
            change()
    assert project.entities.all() == [other]


def test_a_relation_does_not_lead_into_the_layer_of_another(project: Project) -> None:
    anna = label(project, "Anna Berg", "PERSON")
    project.me = making.BEN
    cis = label(project, "CIS", "ORGANIZATION")
    with pytest.raises(UserError, match="of one annotator"):
        project.relations.add("member_of", anna, cis)
    made = Relation("r", "a", anna.annotator, "member_of", anna.id, cis.id)
    with pytest.raises(UserError, match="one of its ends is not there"):
        project.apply(relate([made]))


Do = Callable[[Project, Annotation, Entity], object]


@pytest.mark.parametrize(
    "do",
    [
        lambda project, one, entity: project.delete([one]),
        lambda project, one, entity: project.entities.delete(entity),
        lambda project, one, entity: project.entities.merge(project.entities.all()[0], [entity]),
    ],
)
def test_what_another_window_hangs_on_it_in_the_last_moment_goes_along(
    project: Project, monkeypatch: pytest.MonkeyPatch, do: Do
) -> None:
    anna, cis = label(project, "Anna Berg", "PERSON"), label(project, "CIS", "ORGANIZATION")
    entity = project.entities.new("Sergey Lebedev", "PERSON")
    project.entities.add([entity, project.entities.new("Anna", "PERSON")])
    begin = project._store.transaction

    def at_last() -> object:
        monkeypatch.undo()
        with Project.open(project.path, project.me) as other:
            other.relations.add("member_of", anna, cis)
            other.entities.link([anna], entity)
        return begin()

    monkeypatch.setattr(project._store, "transaction", at_last)
    do(project, anna, entity)
    sound(project)


def test_an_entity_that_is_taken_off_in_the_last_moment_is_not_linked_to(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, entity = label(project, "Anna Berg", "PERSON"), project.entities.new("Anna Berg")
    project.entities.add([entity])
    begin = project._store.transaction

    def at_last() -> object:
        monkeypatch.undo()
        with Project.open(project.path, project.me) as other:
            other.entities.delete(entity)
        return begin()

    monkeypatch.setattr(project._store, "transaction", at_last)
    with pytest.raises(UserError, match="not on the list any more"):
        project.entities.link([anna], entity)
    sound(project)
