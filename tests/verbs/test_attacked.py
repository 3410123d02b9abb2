"""What somebody pastes, or a file brings, that no project can hold: replaced or refused in words, and the project is sound."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.incoming import ImportOptions, import_files
from rubricator.exchange.outgoing import export
from rubricator.model.comments import Comment, in_threads
from rubricator.model.edit_json import payload_of
from rubricator.model.edits import Edit, Set
from rubricator.model.entities import Entity, add_entities
from rubricator.model.scheme import Attribute, RelationType
from rubricator.model.scheme_file import dump_scheme, parse_scheme
from rubricator.model.spans import Span
from rubricator.model.text import FORBIDDEN
from rubricator.project import Project

TEXT = "Anna Berg of the CIS met Ben in Minsk. Ben left."
HOSTILE = (
    "a\x00b",
    "zq\ud83d",
    "\u202eevil",
    "one\r\ntwo\u2028three\x0bfour",
    "<b>b</b>&amp;",
    "%s {name} {0} \\1",
    "x" * 100_000,
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", texts=[("a", TEXT)]) as made:
        attributes = (Attribute("words"), Attribute("n", kind="number"), Attribute("c", kind="choice", values=("x",)))
        made.schemes.change(replace(made.scheme, attributes=attributes, relations=(RelationType("knows"),)), "more")
        made.annotate("a", "PERSON", [Span.of(0, 9)])
        made.annotate("a", "PERSON", [Span.of(25, 28)])
        yield made


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_words_are_kept_without_what_no_text_holds(project: Project, words: str) -> None:
    anna, _ben = project.annotations("a")
    kept = FORBIDDEN.sub("\ufffd", words)
    project.attributes.set([anna], "words", words)
    project.comments.add("a", anna.id, words)
    entity = project.entities.new(words[:500], words, external=words, aliases=[words[1:501]])
    project.entities.add([entity])
    project.entities.change(entity, entity._replace(note=words, kind=words, aliases=(words[:400],)))
    scheme = project.scheme
    labels = (scheme.labels[0]._replace(definition=words, guideline=words), *scheme.labels[1:])
    project.schemes.change(replace(scheme, labels=labels, guideline=words, description=words), "words")
    project.schemes.add_example("PERSON", TEXT, 0, 9, note=words)
    with pytest.raises(UserError):
        project.attributes.set([anna], "n", words)
    with pytest.raises(UserError):
        project.attributes.set([anna], "c", words)
    assert project.annotations("a")[0].attributes["words"] == kept
    assert project.comments.on(anna.id)[0].text == kept.strip()
    assert project.scheme.guideline == project.scheme.labels[0].definition == kept
    assert project.scheme.topics == scheme.topics
    assert [found.what for found in project.check(full=True) if found.damage] == []


@pytest.mark.parametrize("value", [1e400, float("nan"), 10**400, [float("inf")]])
@pytest.mark.parametrize("name", ["n", "words", "nothing the scheme knows"])
def test_a_number_that_no_file_can_hold_never_reaches_the_journal(project: Project, name: str, value: object) -> None:
    """It would be written as Infinity, which is no JSON: the whole project could not be read any more."""
    with pytest.raises(UserError):
        project.attributes.set(project.annotations("a")[:1], name, value)
    with pytest.raises(ValueError, match="JSON"):
        payload_of(Edit("x", (Set("annotation", "1", "attributes.n", None, float("inf")),)))
    assert [found.what for found in project.check(full=True)] == []
    assert len(project.history(100)) > 2


def test_a_label_is_not_called_by_a_whole_article(project: Project) -> None:
    with pytest.raises(UserError, match="too long"):
        project.schemes.rename("PERSON", "x" * 501)
    assert "PERSON" in project.scheme.by_name
    with pytest.raises(UserError, match="too long for a name"):
        project.entities.new("x" * 501)


def test_what_no_list_of_entities_could_be_read_back_with_is_refused(project: Project) -> None:
    long, anna = "x" * 501, project.entities.new("Anna", "PERSON")
    with pytest.raises(UserError, match="too long for a name"):
        project.entities.new("Ben", aliases=[long])
    with pytest.raises(UserError, match="too long for a name"):
        project.entities.add([anna._replace(aliases=(long,))])
    with pytest.raises(UserError, match="too long for a name"):
        project.entities.link(project.annotations("a"), anna._replace(aliases=(long,)), new=True)
    project.entities.add([anna])
    for changed in (anna._replace(name=long), anna._replace(aliases=(long,)), anna._replace(note="x" * 100_001)):
        with pytest.raises(UserError, match=r"too long for a name|longer than 100000 characters"):
            project.entities.change(anna, changed)
    assert project.entities.all() == [anna]


def test_what_another_file_brought_too_long_may_stay(project: Project) -> None:
    long = "x" * 501
    project.apply(add_entities([Entity("e1", "Anna", "PERSON", aliases=(long,))]))
    (anna,) = project.entities.all()
    project.entities.change(anna, anna._replace(note="A note."))
    assert project.entities.all()[0].note == "A note."


def test_a_topic_that_no_file_could_be_read_back_with_is_refused(project: Project) -> None:
    for name, definition, synonyms in (("x" * 501, "", ()), ("a", "x" * 100_001, ()), ("a", "", ("x" * 501,))):
        with pytest.raises(UserError, match=r"too long for a name|longer than 100000 characters"):
            project.topics.add(name, "", definition, synonyms)
    project.topics.add("x" * 500)
    assert parse_scheme(dump_scheme(project.scheme), "own.json").topics == project.scheme.topics


# --- comments ---------------------------------------------------------------------------------------------------------


def said(uid: str, reply_to: str = "") -> Comment:
    return Comment(uid, "a", "anna", "1", "anna", "", uid, reply_to)


def threads(*comments: Comment) -> list[tuple[int, str]]:
    return [(depth, comment.id) for depth, comment in in_threads(comments)]


def test_answers_stand_below_what_they_answer() -> None:
    there = (said("a"), said("b"), said("c", "a"), said("d", "gone"), said("e", "c"), said("f", "a"))
    assert threads(*there) == [(0, "a"), (1, "c"), (2, "e"), (1, "f"), (0, "b"), (0, "d")]


def test_comments_that_answer_each_other_in_a_circle_are_seen() -> None:
    assert threads(said("a", "b"), said("b", "a"), said("c", "c"), said("d")) == [
        (0, "d"),
        (0, "a"),
        (1, "b"),
        (0, "c"),
    ]


def test_a_very_long_thread_is_listed() -> None:
    comments = [said(f"{n}", f"{n - 1}" if n else "") for n in range(20_000)]
    assert threads(*comments)[-1] == (19_999, "19999")


# --- files ------------------------------------------------------------------------------------------------------------

BOTH = [{"id": "a", "label": "PERSON", "fragments": [[0, 9]]}, {"id": "b", "label": "PERSON", "fragments": [[25, 28]]}]


def article(**layer: Any) -> str:
    return json.dumps({"text": TEXT, "id": "x", "layers": [{"annotator": "zed", "annotations": BOTH, **layer}]}) + "\n"


def header(**more: Any) -> str:
    return json.dumps({"rubricator": 1, "kind": "project", **more}) + "\n"


def relation(**more: Any) -> dict[str, Any]:
    return {"label": "knows", "from": "a", "to": "b", **more}


RULES = [{"id": "1", "kind": "no-overlap", "labels": [["A"], 5]}, {"id": "2", "kind": "topic-demands", "topic": ["t"]}]
LISTED = {  # taken in; what is wrong with it is listed
    "an end that is missing": article(relations=[relation(to="gone")]),
    "a relation to itself": article(relations=[relation(to="a")]),
    "a type nobody knows": article(relations=[relation(label="loves")]),
    "replies in a circle": article(comments=[{"id": "1", "text": "x", "reply_to": "2", "on": "a"}, {"id": "2", "text": "y", "reply_to": "1", "on": "a"}]),
    "a comment on nothing": article(comments=[{"id": "1", "text": "x", "on": "gone", "reply_to": "gone"}]),
    "attributes nobody knows": article(annotations=[{**BOTH[0], "attributes": {"a.b": 1, "a": {"b": 2}, "": 3, "c": "y", "n": 10**400}}]),
    "evidence that is not there": article(topics=[{"topic": "medtop:01000000", "evidence": ["gone"]}]),
    "an entity that is not there": article(annotations=[{**BOTH[0], "entity": "gone"}]),
    "a hostile scheme": header(scheme={"rubricator-scheme": 1, "labels": [{"name": "PERSON", "parent": "PERSON"}], "rules": RULES}) + article(),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTED)
def test_what_a_file_says_of_nothing_is_taken_in_and_listed(project: Project, tmp_path: Path, case: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(LISTED[case], "utf-8")
    import_files(project, [source], ImportOptions())
    assert [found.what for found in project.check(full=True) if found.damage] == []
    for one in project.rows.articles():
        list(project.lacking(one.id))
    export(project, tmp_path / "out.jsonl", ExportOptions(format="jsonl"))
    project.undo()
    assert [one.id for one in project.rows.articles()] == ["a"]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (header(entities=[{"id": "e", "name": "E"}, {"id": "e", "name": "F"}]), "line 1: the entity “e” stands in it"),
        (header(scheme={"rubricator-scheme": 1, "version": 2**60}), "line 1: its scheme cannot be read: its version"),
        (header(scheme={"rubricator-scheme": 1, "labels": [{"name": "A"}, 5]}), "labels 2: a label has no name"),
        (article(relations=[relation(id="1"), relation(id="1")]), "line 1, layer 1, relation 2: the id “1” stands"),
        (article(annotations=[{**BOTH[0], "attributes": {"n": 1}}]).replace('"n": 1', '"n": 1e400'), "too large a number"),
        (article(topics=["x"]), "“topics” should be a list of objects"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_in_is_told_with_its_line(project: Project, tmp_path: Path, source: str, why: str) -> None:
    (tmp_path / "in.jsonl").write_text(source, "utf-8")
    before = len(project.history(1000))
    with pytest.raises(UserError) as refused:
        import_files(project, [tmp_path / "in.jsonl"], ImportOptions())
    assert why in str(refused.value)
    assert str(refused.value).count("in.jsonl") == 1
    assert len(project.history(1000)) == before
