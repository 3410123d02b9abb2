"""Topics in a project: evidence and notes, written, refused, undone, merged, carried; and the tree they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.incoming import ImportOptions, import_files
from rubricator.exchange.outgoing import export
from rubricator.model import layer_edits as e
from rubricator.model.elements import tag_id
from rubricator.model.scheme import Topic
from rubricator.model.spans import Annotation, Span, TopicTag
from rubricator.project import Project
from rubricator.words import say

TEXT = "Sergey Lebedev spoke. Lebedev met the CIS council in Minsk."
TREE = (
    Topic("t:1", "economy"),
    Topic("t:11", "trade", "", "t:1"),
    Topic("t:111", "grain market", "", "t:11"),
    Topic("t:2", "politics"),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", texts=[("a", TEXT), ("b", TEXT)]) as made:
        made.topics.put(TREE, "tree.json")
        yield made


def label(project: Project, words: str, article: str = "a", name: str = "PERSON") -> Annotation:
    start = TEXT.index(words)
    (replaced,) = project.annotate(article, name, [Span.of(start, start + len(words))]).annotations
    assert replaced.after is not None
    return replaced.after


def tag(project: Project, topic: str = "t:1", article: str = "a") -> TopicTag:
    return next(tag for tag in project.tags(article) if tag.topic == topic)


def sound(project: Project) -> None:
    assert [say(finding.what) for finding in project.check(full=True)] == []


def last_words(project: Project) -> str:
    return say(project.history(1)[0][1].what)


def names(project: Project) -> dict[str, tuple[str, str]]:
    """Return name and parent of the topics that can be given, by code."""
    return {topic.code: (topic.name, topic.parent) for topic in project.scheme.offered_topics()}


# --- evidence and notes -------------------------------------------------------------------------------------------


def test_a_topic_is_given_with_evidence_tied_and_untied_and_all_is_undone(project: Project) -> None:
    one, other = label(project, "Sergey Lebedev"), label(project, "CIS")
    (told,) = project.topics.give("a", ["t:1"], [one.id]).tags
    assert told.after is not None
    assert told.after.evidence == (one.id,)
    project.topics.tie(tag(project), [other, one])
    assert set(tag(project).evidence) == {one.id, other.id}
    assert last_words(project) == "Tied 1 annotation to the topic t:1"
    project.topics.untie(tag(project), [one.id, other.id])
    assert tag(project).evidence == ()
    assert last_words(project) == "Untied 2 annotations from the topic t:1"
    project.undo()
    assert set(tag(project).evidence) == {one.id, other.id}
    project.undo()
    assert tag(project).evidence == (one.id,)
    project.undo()
    assert project.tags("a") == []
    for _step in range(3):
        project.redo()
    assert tag(project).evidence == ()
    sound(project)


def test_giving_again_with_more_evidence_ties_it(project: Project) -> None:
    one = label(project, "CIS")
    project.topics.give("a", ["t:1"])
    assert not project.topics.give("a", ["t:1"])
    project.topics.give("a", ["t:1", "t:2"], [one.id])
    assert [(one.topic, one.evidence) for one in project.tags("a")] == [("t:1", (one.id,)), ("t:2", (one.id,))]
    project.undo()
    assert [(one.topic, one.evidence) for one in project.tags("a")] == [("t:1", ())]


def test_evidence_goes_with_its_annotation_and_comes_back_with_it(project: Project) -> None:
    one, other = label(project, "Sergey Lebedev"), label(project, "CIS")
    project.topics.give("a", ["t:1", "t:2"], [one.id, other.id])
    change = project.delete([one])
    assert [replaced.after.evidence for replaced in change.tags if replaced.after] == [(other.id,), (other.id,)]
    sound(project)
    project.undo()
    assert set(tag(project).evidence) == set(tag(project, "t:2").evidence) == {one.id, other.id}
    sound(project)


def test_evidence_goes_with_a_label_that_is_deleted_and_moves_where_labels_are_merged(project: Project) -> None:
    person, city = label(project, "CIS"), label(project, "CIS", name="CITY")
    project.topics.give("a", ["t:1"], [person.id])
    project.schemes.merge(["PERSON"], "CITY")
    assert tag(project).evidence == (city.id,), "the one that stays on the same words takes it over"
    project.schemes.delete("CITY")
    assert tag(project).evidence == ()
    sound(project)
    project.undo()
    project.undo()
    assert tag(project).evidence == (person.id,)
    sound(project)


def test_what_is_no_annotation_of_the_layer_is_no_evidence(project: Project) -> None:
    there = label(project, "CIS", article="b")
    project.topics.give("a", ["t:1"])
    with pytest.raises(UserError, match="no annotation of this layer"):
        project.topics.tie(tag(project), [there])
    with pytest.raises(UserError, match="no annotation of this layer"):
        project.topics.give("a", ["t:2"], ["gone"])
    assert [one.topic for one in project.tags("a")] == ["t:1"]


def test_evidence_that_a_merge_lost_is_listed_and_stops_nobody(project: Project, tmp_path: Path) -> None:
    one = label(project, "CIS")
    project.topics.give("a", ["t:1"])
    with making.make(tmp_path / "other.rubric") as copy:
        copy.merge(project)
        project.topics.tie(tag(project), [one])
        copy.delete([one])
        project.merge(copy)
        assert [say(finding.what) for finding in project.check(full=True)] == [
            f"“{TEXT[:20]}”: what is evidence for the topic “economy” is no annotation of this layer."
        ]
        project.topics.write_note(tag(project), "still so")
        project.topics.untie(tag(project), [one.id])
        sound(project)


def test_two_who_tie_one_annotation_each_lose_neither(project: Project, tmp_path: Path) -> None:
    one, other = label(project, "Sergey Lebedev"), label(project, "CIS")
    project.topics.give("a", ["t:1"])
    with making.make(tmp_path / "other.rubric") as copy:
        copy.merge(project)
        project.topics.tie(tag(project), [one])
        copy.topics.tie(tag(copy), [other])
        project.merge(copy)
        copy.merge(project)
        assert tag(project).evidence == tag(copy).evidence
        assert set(tag(project).evidence) == {one.id, other.id}
        sound(copy)


def test_a_note_on_a_topic_is_written_changed_and_undone(project: Project) -> None:
    project.topics.give("a", ["t:1"])
    project.topics.write_note(tag(project), "  the whole lead\nis on it ")
    assert tag(project).note == "the whole lead\nis on it"
    assert not project.topics.write_note(tag(project), "the whole lead\nis on it")
    assert last_words(project) == "Wrote a note on the topic t:1"
    project.topics.write_note(tag(project), "")
    assert tag(project).note == ""
    project.undo()
    assert tag(project).note.startswith("the whole")
    sound(project)


def test_a_topic_given_instead_takes_note_and_evidence_over(project: Project) -> None:
    one = label(project, "CIS")
    project.topics.give("a", ["t:1"], [one.id])
    project.topics.write_note(tag(project), "why")
    project.topics.exchange(tag(project), "t:11")
    assert [(t.topic, t.note, t.evidence) for t in project.tags("a")] == [("t:11", "why", (one.id,))]
    project.undo()
    assert [(t.topic, t.note, t.evidence) for t in project.tags("a")] == [("t:1", "why", (one.id,))]
    project.topics.give("a", ["t:2"])
    project.topics.write_note(project.tags("a")[1], "this, too")
    project.topics.exchange(tag(project), "t:2")
    assert [(t.topic, t.note, t.evidence) for t in project.tags("a")] == [("t:2", "this, too\nwhy", (one.id,))]
    sound(project)
    project.undo()
    assert [(t.topic, t.note) for t in project.tags("a")] == [("t:1", "why"), ("t:2", "this, too")]
    sound(project)


def test_evidence_and_note_go_out_in_jsonl_and_come_in_again(project: Project, tmp_path: Path) -> None:
    one, other = label(project, "Sergey Lebedev"), label(project, "CIS")
    project.topics.give("a", ["t:1"], [one.id])
    project.topics.tie(tag(project), [other])
    project.topics.write_note(tag(project), "why")
    out = tmp_path / "out.jsonl"
    export(project, out, ExportOptions("jsonl"))
    with making.make(tmp_path / "fresh.rubric") as fresh:
        import_files(fresh, [out], ImportOptions())
        (found,) = fresh.tags("a")
        there = {each.quote for each in fresh.annotations("a") if each.id in found.evidence}
        assert (found.topic, found.note, there) == ("t:1", "why", {"Sergey Lebedev", "CIS"})
        fresh.topics.untie(found, [found.evidence[0]])
        assert len(tag(fresh).evidence) == 1
        fresh.undo()
        assert len(tag(fresh).evidence) == 2
        sound(fresh)
    import_files(project, [out], ImportOptions())
    assert set(tag(project).evidence) == {one.id, other.id}
    sound(project)


def test_evidence_of_a_journal_made_before_ties_is_untied(project: Project) -> None:
    one = label(project, "CIS")
    me = project.me.annotator
    old = TopicTag(tag_id("a", me, "t:1"), "a", me, "t:1", evidence=(one.id,))
    project.apply(e.tag([old]))
    project.topics.untie(tag(project), [one.id])
    assert tag(project).evidence == ()
    project.undo()
    assert tag(project).evidence == (one.id,)
    sound(project)


def test_the_topics_given_last_come_first_in_one_s_own(project: Project) -> None:
    for article, code in (("a", "t:1"), ("a", "t:2"), ("b", "t:11"), ("b", "t:1")):
        project.topics.give(article, [code])
    assert project.topics.recent(2) == ["t:1", "t:11"]
    project.me = making.BEN
    assert project.topics.recent(5) == []


# --- the tree -----------------------------------------------------------------------------------------------------


def code_of(project: Project, name: str) -> str:
    """Return the code of the only topic of this name."""
    (code,) = [one.code for one in project.scheme.topics if one.name == name]
    return code


def test_topics_are_added_changed_moved_and_undone(project: Project) -> None:
    project.topics.add("  Local   politics ", "t:2", "What a town decides", ["town hall", " ", "Local politics"])
    code = code_of(project, "Local politics")
    assert re.fullmatch("local-politics-[0-9a-f]{8}", code)
    new = project.scheme.topics_by_code[code]
    assert new == Topic(code, "Local politics", "What a town decides", "t:2", synonyms=("town hall",))
    assert last_words(project) == "Added the topic “Local politics”"
    project.topics.change(new, new._replace(name="Town politics", parent="t:1"))
    assert names(project)[code] == ("Town politics", "t:1")
    assert not project.topics.change(new, new._replace(name="Town politics", parent="t:1"))
    project.undo()
    assert names(project)[code] == ("Local politics", "t:2")
    project.undo()
    assert code not in names(project)
    sound(project)


def test_two_copies_never_give_one_code_to_two_topics(project: Project, tmp_path: Path) -> None:
    project.topics.add("Labour")
    with making.make(tmp_path / "other.rubric", making.BEN) as copy:
        copy.merge(project)
        project.topics.add("Strike", code_of(project, "Labour"), "Work stops")
        copy.topics.add("Strike", "", "A pitch")
        for one in (project, copy):
            one.topics.add("Sport", code_of(one, "Labour"))
        ours = project.scheme.topics_by_code[code_of(project, "Sport")]
        project.topics.change(ours, ours._replace(name="Leisure"))
        project.topics.give("a", [ours.code])
        copy.topics.give("b", [code_of(copy, "Sport")])
        project.merge(copy)
    found = sorted((one.name, one.definition) for one in project.scheme.topics if not one.code.startswith("t:"))
    assert found == [("Labour", ""), ("Leisure", ""), ("Sport", ""), ("Strike", "A pitch"), ("Strike", "Work stops")]
    given = {one.topic for one in project.tags("b", making.BEN.annotator)}
    assert given == {code_of(project, "Sport")}, "as Ben gave it"
    sound(project)


def test_the_code_of_a_topic_made_by_hand_has_a_bounded_length(project: Project) -> None:
    project.topics.add("Longer " * 60, "t:1")
    project.topics.add("…")
    assert max(len(one.code) for one in project.scheme.topics) < 80


@pytest.mark.parametrize(
    ("code", "name", "parent", "why"),
    [
        ("", " ", "", "needs a name"),
        ("", "Trade", "t:1", "a topic “trade” in this place already"),
        ("", "New", "gone", "no topic “gone”"),
        ("t:1", "economy", "t:111", "cannot stand below itself"),
        ("t:1", "economy", "t:1", "cannot stand below itself"),
        ("gone", "x", "", "no topic “gone”"),
    ],
)
def test_what_no_tree_can_be_is_refused(project: Project, code: str, name: str, parent: str, why: str) -> None:
    before = project.scheme.topics
    verb = partial(project.topics.change, Topic(code, ""), Topic(code, name, "", parent))
    with pytest.raises(UserError, match=why):
        verb() if code else project.topics.add(name, parent)
    assert project.scheme.topics == before


def test_a_retired_topic_stays_with_its_articles_and_what_stood_below_moves_up(project: Project) -> None:
    project.topics.give("a", ["t:11"])
    project.topics.retire("t:11", note="Use economy.", instead=["t:1"])
    assert "t:11" not in names(project)
    assert names(project)["t:111"] == ("grain market", "t:1")
    retired = project.scheme.topics_by_code["t:11"]
    assert (retired.retired[:2], retired.note, retired.instead) == ("20", "Use economy.", ("t:1",))
    assert tag(project, "t:11")
    assert not project.topics.retire("t:11")
    sound(project)
    project.topics.bring_back("t:11")
    assert names(project)["t:11"] == ("trade", "t:1")
    project.undo()
    project.undo()
    assert names(project) == {topic.code: (topic.name, topic.parent) for topic in TREE}
    sound(project)


def test_another_tree_retires_what_it_lacks_or_keeps_it_and_brings_back_what_it_names(project: Project) -> None:
    project.topics.give("a", ["t:2"])
    project.topics.put(TREE[:3], "smaller.json")
    assert set(names(project)) == {"t:1", "t:11", "t:111"}
    assert project.scheme.topics_by_code["t:2"].retired == "2026-11-23"
    assert tag(project, "t:2")
    project.topics.put(TREE, "tree.json")
    assert set(names(project)) == {topic.code for topic in TREE}
    project.topics.put(TREE[:1], "small.json", keep=True)
    assert set(names(project)) == {topic.code for topic in TREE}
    assert not project.topics.put(TREE, "tree.json")
    sound(project)


def test_the_same_tree_in_another_language_keeps_codes_and_tags(project: Project) -> None:
    project.topics.give("a", ["t:11"])
    german = tuple(topic._replace(name=f"{topic.name} auf Deutsch") for topic in TREE)
    project.topics.put(german, "tree.json")
    assert names(project)["t:11"] == ("trade auf Deutsch", "t:1")
    assert [one.topic for one in project.tags("a")] == ["t:11"]
    project.undo()
    assert names(project)["t:11"] == ("trade", "t:1")
    sound(project)


def test_of_two_who_change_two_things_of_a_topic_neither_loses(project: Project, tmp_path: Path) -> None:
    with making.make(tmp_path / "other.rubric") as copy:
        copy.merge(project)
        trade = project.scheme.topics_by_code["t:11"]
        project.topics.change(trade, trade._replace(name="commerce"))
        copy.topics.change(trade, trade._replace(parent="t:2"))
        project.merge(copy)
        assert names(project)["t:11"] == ("commerce", "t:2")
        sound(project)


def test_the_order_of_a_tree_is_that_of_its_file(project: Project) -> None:
    project.topics.put(tuple(topic._replace(parent="") for topic in reversed(TREE)), "turned.json")
    assert [topic.code for topic in project.scheme.offered_topics()] == ["t:2", "t:111", "t:11", "t:1"]
    sound(project)
