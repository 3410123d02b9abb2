"""Edits as values: JSON there and back, twice the inverse is the edit, and words for anything."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model import layer_edits as e
from rubricator.model.edit_json import edit_from, payload_of
from rubricator.model.edit_words import added, describe, placed
from rubricator.model.edits import ALIVE, KINDS, Add, Edit, Set
from rubricator.model.elements import (
    annotation_from,
    annotation_value,
    article_from,
    article_value,
    layer_id,
    split_layer_id,
    tag_from,
    tag_id,
    tag_value,
)
from rubricator.model.spans import Annotation, Article, Span, Stamp, TopicTag, Zone
from rubricator.words import say

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
numbers = st.integers(0, 2**53) | st.floats(0, 1e9)
plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | names
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=6
)
extras = st.dictionaries(
    names | st.sampled_from(["article", "annotator", ALIVE, "digest", "topic", "extra", "label", "a.b"]),
    values,
    max_size=3,
)
stamps = st.none() | st.builds(Stamp, names, names)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    edges = sorted(draw(st.lists(st.integers(0, 99), min_size=2, max_size=6, unique=True)))
    return Span(tuple(zip(edges[::2], edges[1::2], strict=False)))


annotations = st.builds(
    Annotation, id=names, article=names, annotator=names, label=names, span=spans(), quote=st.just(""), attributes=extras, note=st.just("") | names,
    entity=st.just("") | names, score=st.none() | numbers, origin=st.sampled_from(["manual", "rule"]), scheme=st.integers(0, 9),
    exact=st.booleans(), created=stamps, modified=stamps, extra=extras,
)  # fmt: skip
tags = st.builds(
    TopicTag,
    names,
    names,
    names,
    names,
    st.just("") | names,
    st.lists(names, max_size=2, unique=True).map(tuple),
    extras,
)
articles = st.builds(
    Article, names, names, st.just("") | names, extras, st.lists(st.builds(Zone, names, st.integers(0, 9), st.integers(0, 9))).map(tuple), st.just("") | names, extras
)  # fmt: skip
ops = st.one_of(
    st.builds(lambda a: Add("annotation", a.id, annotation_value(a)), annotations),
    st.builds(lambda t: Add("tag", t.id, tag_value(t)), tags),
    st.builds(lambda a: Add("article", a.id, article_value(a)), articles),
    st.builds(Set, st.sampled_from(["entity", "project", "relation"]), names, names, values, values),
    st.builds(Set, st.sampled_from(sorted(KINDS)), names, st.just(ALIVE), st.booleans(), st.booleans()),
)
edits = st.builds(
    Edit, names, st.lists(ops, max_size=4).map(tuple), st.just("") | names, st.dictionaries(names, values, max_size=3)
)


@given(edits)
def test_an_edit_is_read_as_it_was_written(edit: Edit) -> None:
    payload = payload_of(edit)
    again = edit_from(edit.kind, payload, edit.article)
    assert again == Edit(edit.kind, again.ops, edit.article, edit.about)
    assert json.loads(payload_of(again)) == json.loads(payload)
    assert payload_of(again) == payload
    assert "\n" not in payload


@given(edits)
def test_twice_the_inverse_of_writes_is_the_edit(edit: Edit) -> None:
    writes = Edit(edit.kind, tuple(op for op in edit.ops if isinstance(op, Set)), edit.article, edit.about)
    assert writes.inverse().inverse() == writes
    swapped = [(op.field, op.new, op.old) for op in reversed(writes.ops) if isinstance(op, Set)]
    assert [(op.field, op.old, op.new) for op in writes.inverse().ops if isinstance(op, Set)] == swapped
    gone = edit.inverse()
    assert gone.inverse().inverse() == gone
    assert all(isinstance(op, Set) for op in gone.ops)
    assert [op.id for op in gone.ops] == [op.id for op in reversed(edit.ops)]


@given(annotations)
def test_annotations_are_elements_and_back(annotation: Annotation) -> None:
    value = json.loads(json.dumps(annotation_value(annotation)))
    assert (value["article"], value["annotator"]) == (annotation.article, annotation.annotator)
    assert annotation_from(annotation.id, value) == annotation
    assert "quote" not in value


@given(tags)
def test_tags_are_elements_and_back(tag: TopicTag) -> None:
    assert tag_from(tag.id, json.loads(json.dumps(tag_value(tag)))) == tag


@given(articles)
def test_articles_are_elements_and_back(article: Article) -> None:
    assert article_from(article.id, json.loads(json.dumps(article_value(article)))) == article


@given(annotations, annotations)
def test_a_rewrite_turns_one_into_the_other(before: Annotation, after: Annotation) -> None:
    after = after.but(id=before.id)
    value = fields(before)
    for op in e.rewrite("relabel", before, after).ops:
        assert isinstance(op, Set)
        assert value.get(op.field) == op.old
        value[op.field] = op.new
    assert {key: item for key, item in value.items() if item is not None} == {
        key: item for key, item in fields(after).items() if item is not None
    }


def fields(annotation: Annotation) -> dict[str, Any]:
    """Return what an annotation is by fields, each attribute one of its own."""
    value = annotation_value(annotation)
    said = value.pop("attributes", {})
    return {**value, **{f"attributes.{name}": one for name, one in said.items()}}


@given(names, names, names)
def test_ids_of_layers_and_tags(article: str, annotator: str, topic: str) -> None:
    if "\t" not in annotator:
        assert split_layer_id(layer_id(article, annotator)) == (article, annotator)
    assert tag_id(article, annotator, topic) == tag_id(article, annotator, topic)
    assert tag_id(article, annotator, topic) != tag_id(article, annotator, topic + "x")


SENTENCES = [
    "annotate",
    "delete",
    "relabel",
    "reshape",
    "note",
    "tag",
    "untag",
    "status",
    "flag",
    "unflag",
    "time",
    "article",
    "remove",
    "import",
    "scheme",
    "topics",
    "project",
    "annotator",
    "merge",
    "relate",
    "unrelate",
    "retype",
    "turn",
    "move-end",
    "link",
    "decide",
    "agree",
    "sample",
    "other",
]


@pytest.mark.parametrize("kind", SENTENCES)
@pytest.mark.parametrize(
    "about", [{}, {"n": 3}, {"n": "many"}, {"label": {"a": 1}, "title": None, "quote": 5, "text": 1}]
)
def test_every_edit_has_words(kind: str, about: dict[str, Any]) -> None:
    words = say(describe(Edit(kind, (), "", about)))
    assert words
    assert "{" not in words.replace("{'a': 1}", "")


def test_a_long_quote_is_cut_and_a_broken_one_shown_on_a_line() -> None:
    edit = e.delete([Annotation("x", "a", "b", "PERSON", Span.of(0, 9))])
    assert say(describe(edit, {"x": "S.\n\nLebedev"})) == "Deleted PERSON “S. ⏎ Lebedev”"
    assert len(say(describe(edit, {"x": "y" * 500}))) < 90


A = {"article": "1", "annotator": "x", "label": "L", "fragments": [[0, 2]]}
GARBAGE: list[Any] = [
    [], 5, None, "x", {}, {"ops": 1}, {"ops": [1]}, {"ops": [[]]}, {"ops": [["+"]]}, {"ops": [["+", "annotation", 5, A]]},
    {"ops": [["+", "annotation", "x", []]]}, {"ops": [["?", "annotation", "x", "label", None, "L"]]}, {"ops": [["=", "annotation", "x", "label", None, None]]},
    {"ops": [["=", "annotation", "x", "label.y", None, "L"]]}, {"ops": [["=", "annotation", "x", "label"]]}, {"ops": [["=", "annotation", "x", 5, 1, 2]]},
    *({"ops": [["+", "annotation", "x", {key: item for key, item in A.items() if key != missing}]]} for missing in A),
    *({"ops": [["+", "annotation", "x", A | {"fragments": bad}]]} for bad in ([], [[]], [[2, 1]], [[1, 1]], [[0, 2], [1, 3]], [[-1, 2]], [[0, 2.5]], [["0", "1"]], [[0, 2**60]], [[False, True]], "ab", [[0, 1, 2]])),
    *({"ops": [["=", "annotation", "x", name, None, bad]]} for name, bad in [("note", 1), ("attributes", []), ("score", "1"), ("exact", 1), ("created", ["a", 1]), ("extra", [])]),
    *({"ops": [["=", "article", "x", name, None, bad]]} for name, bad in [("digest", None), ("title", 1), ("meta", []), ("zones", [["a", 1]]), ("zones", [1])]),
    {"ops": [["=", "layer", "x", "seconds", None, "1"]]}, {"ops": [["+", "ghost", "x", {}]]}, {"ops": [], "about": 5},
]  # fmt: skip


@pytest.mark.parametrize("value", GARBAGE, ids=range(len(GARBAGE)))
def test_what_is_no_edit_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):
        edit_from("note", json.dumps(value))


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{",
        "[" * 100_000,
        '{"ops":[["=","entity","x","y",null,NaN]]}',
        '{"ops":[["=","entity","x","y",null,1e999]]}',
        '{"ops":[["=","entity","x","y",null,"\\udc00"]]}',
        '{"ops":[["=","entity","\\ud800","y",null,1]]}',
    ],
)
def test_what_no_table_could_hold_is_refused(payload: str) -> None:
    with pytest.raises(ValueError):
        edit_from("note", payload)


@given(st.text(string.printable) | values.map(json.dumps))
def test_any_payload_is_an_edit_or_a_value_error(payload: str) -> None:
    try:
        edit = edit_from("note", payload)
    except ValueError:
        return
    assert edit_from("note", payload_of(edit)) == edit


def test_what_another_file_says_of_a_moved_annotation_is_read_as_it_comes() -> None:
    """A merged packet may name anything in an edit, and write fields of any name in other kinds."""
    moved = Set("annotation", "a1", "fragments", [[0, 4]], [[0, 4], [13, 17]])
    odd = Set("tag", "t1", "fragments", [[0, 4]], 5)
    edit = Edit("reshape", (odd, moved), "one", {"label": "CITY", "more": "x"})
    assert added(edit) == [[13, 17]]
    assert placed(edit, "a1") == [[0, 4]]
    assert placed(edit, "t1") == ()
    assert say(describe(edit, {"a1": "Anna"}, "Port")) == "Added “Port” to CITY “Anna”"
