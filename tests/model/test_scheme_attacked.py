"""Scheme files of somebody who means harm, or was careless: the same scheme again or words that name file and place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.model.edit_json import edit_from, payload_of
from rubricator.model.edits import Edit
from rubricator.model.rules import unfinished
from rubricator.model.scheme import Rule, Scheme
from rubricator.model.scheme_edits import scheme_ops
from rubricator.model.scheme_file import dump_scheme, parse_scheme
from rubricator.model.spans import TopicTag
from rubricator_resources import path

BUILT_IN = {name: json.loads(path(f"schemes/{name}.json").read_text("utf-8")) for name in ("news", "conll2003")}
SAID = {  # what the built-in ones do not use
    "rubricator-scheme": 1,
    "labels": [{"name": "A", "key": "a", "parent": "B", "colour": "#123456"}, {"name": "B", "guideline": "# B"}],
    "topics": [{"code": "t", "name": "T"}, {"code": "u", "parent": "t", "synonyms": ["x"], "instead": ["t"]}],
    "attributes": [
        {"name": "mood", "kind": "choices", "values": ["x", "y"], "default": ["x"], "labels": ["A"], "required": True},
        {"name": "n", "kind": "number", "default": 1, "chip": True, "key": "q"},
    ],
    "relations": [{"name": "knows", "sources": ["A"], "targets": ["B"], "symmetric": True, "key": "k"}],
    "rules": [
        {"id": "1", "kind": "no-nesting", "inner": ["A"], "outer": ["B"], "note": True},
        {"id": "2", "kind": "topic-demands", "topic": "t", "labels": ["A"]},
    ],
    "examples": [{"id": "e", "label": "A", "quote": "words", "before": "b", "counter": True, "note": "so"}],
    "x-more": {"deep": [1, 2.5, None, {"x": "y"}]},
}

odd = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 21, 2**63, 10**400, 0.5, 1e308, float("inf"), float("nan")]),
    st.text(max_size=4),
    st.sampled_from(
        ["", " ", "\x00", "\ud800", "\u202e", "A", " A", "a", "B\n", "e\u0301", "\xe9", "t", "#12345", "%s"]
    ),
)
anything = st.recursive(
    odd, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(["name", "id", "\ud800", "code"]), x)
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to each value inside another one."""
    keys = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, inner in keys for found in ((*at, key), *places(inner, (*at, key)))]


def mutated(value: Any, at: tuple[Any, ...], how: str, new: Any) -> Any:
    """Return a copy with one value replaced, taken away, given twice or wrapped."""
    copy = json.loads(json.dumps(value))
    inside = copy
    for key in at[:-1]:
        inside = inside[key]
    key = at[-1]
    if how == "gone":
        del inside[key]
    elif how == "twice" and isinstance(inside, list):
        inside.insert(0, inside[key])
    elif how == "wrapped":
        inside[key] = [inside[key]]
    elif how == "other key" and isinstance(inside, dict):
        inside[str(new)[:5]] = inside.pop(key)
    else:
        inside[key] = new
    return copy


WHOLE = [SAID, *BUILT_IN.values()]
PLACES = [(whole, places(whole)) for whole in WHOLE]


@given(st.data())
def test_a_scheme_with_one_thing_changed_is_a_scheme_or_told_to_be_none(data: st.DataObject) -> None:
    whole, ways = data.draw(st.sampled_from(PLACES))
    at = data.draw(st.sampled_from(ways))
    how = data.draw(st.sampled_from(["new", "new", "gone", "twice", "wrapped", "other key"]))
    source = json.dumps(mutated(whole, at, how, data.draw(anything)))
    try:
        scheme = parse_scheme(source, "s.json")
    except UserError as error:
        words = str(error)
    else:
        words = ""
    if words:
        assert words.startswith("s.json")
        assert words.encode()
        return
    written = dump_scheme(scheme)
    written.encode()
    assert parse_scheme(written, "s.json") == scheme
    edit = Edit("scheme", scheme_ops(Scheme(), scheme), "", {"what": "all"})
    assert payload_of(edit_from("scheme", payload_of(edit))) == payload_of(edit), "no journal could give it back"


def file(**parts: Any) -> str:
    return json.dumps({"rubricator-scheme": 1, **parts})


A, B = {"name": "A"}, {"name": "B"}
REFUSED = {
    "a key twice": ('{"rubricator-scheme": 1, "labels": [], "labels": [{"name": "A"}]}', "“labels” stands in one object"),
    "NaN": ('{"rubricator-scheme": 1, "x": NaN}', "NaN is not a number"),
    "1e400": ('{"rubricator-scheme": 1, "x": [1e400]}', "too large a number"),
    "digits": ('{"rubricator-scheme": 1, "version": ' + "9" * 5000 + "}", "too many digits"),
    "a version nobody reaches": (file(version=2**60), "its version is not a whole number"),
    "half a sign": (file(labels=[{"name": "\ud800"}]), "holds U+D800"),
    "half a sign in what is kept unread": (file(more={"\ud800": 1}), "holds U+D800"),
    "NUL": (file(labels=[{**A, "definition": "a\x00b"}]), "holds U+0000"),
    "nested": (file(more=json.loads("[" * 200 + "]" * 200)), "nested too deeply"),
    "nested much": ('{"rubricator-scheme": 1, "x": ' + "[" * 100_000, "nested too deeply"),
    "alike": (file(labels=[A, {"name": " A"}]), "two labels look alike, “A”"),
    "accents": (file(labels=[{"name": "\xe9"}, {"name": "e\u0301"}]), "two labels look alike"),
    "values alike": (file(attributes=[{"name": "m", "kind": "choice", "values": ["a", "a "]}]), "two values look alike"),
    "no value": (file(attributes=[{"name": "m", "kind": "choice", "values": [""]}]), "a value is empty"),
    "a break": (file(labels=[{"name": "A\nB"}]), "the label “A B” holds a line break"),
    "a long name": (file(labels=[{"name": "A" * 501}]), "is longer than 500"),
    "a long text": (file(labels=[{**A, "guideline": "x" * 1_000_001}]), "is longer than 1000000"),
    "very many": (file(labels=[{"name": f"L{n}"} for n in range(200_000)]), "200000 labels; 5000 are the most"),
    "a key that is no key": (file(labels=[{**A, "key": "\n"}]), "the key of A is no character that can be typed"),
    "which label": (file(labels=[A, {"name": 5}]), "labels 2: “name” is not text"),
    "yes in words": (file(attributes=[{"name": "m", "required": "false"}]), "attributes 1: “required” is neither true"),
    "a note in words": (file(rules=[{"id": "1", "kind": "some-topic", "note": "no"}]), "“note” of rule 1 is neither"),
    "a list for a label": (file(labels=[A], rules=[{"kind": "no-overlap", "labels": [["A"]]}]), "not a list of labels"),
    "no kind": (file(rules=[{"id": "1"}]), "rule 1 has no kind"),
    "a rule about no topic": (file(rules=[{"kind": "topic-demands", "labels": []}]), "rule 1 names no topic"),
    "a rule about a list": (file(rules=[{"kind": "topic-demands", "topic": ["t"]}]), "rule 1 names no topic"),
    "a rule about another topic": (
        file(topics=[{"code": "t"}], rules=[{"kind": "topic-demands", "topic": "u"}]),
        "rule 1 names the topic u, which is not in it",
    ),
    "a topic under nothing": (file(topics=[{"code": "t", "parent": "u"}]), "topic t stands under u, which is not in it"),
    "a field nobody knows": (file(labels=[{**A, "color": "#ff0000"}]), "labels 1 says “color”; what it can say is name,"),
    "attributes of a label": (file(labels=[{**A, "attributes": ["mood"]}]), "labels 1 says “attributes”"),
    "a list nobody knows": (file(label=[A]), "it says “label”; what it can say is"),
    "label for labels": (
        file(labels=[A], rules=[{"kind": "no-overlap", "label": ["A"]}]),
        "rules 1 says “label”; what it can say is id, kind, labels, note",
    ),
    "labels of a rule that has none": (
        file(labels=[A], rules=[{"kind": "no-nesting", "labels": ["A"]}]), "rules 1 says “labels”",
    ),
    "a kind of rule": (
        file(rules=[{"kind": "zzz"}]), "rule 1 is of the kind “zzz”, not one of no-nesting, only-nesting, no-overlap,"
    ),
    "two attributes of a key": (
        file(attributes=[{"name": "x", "key": "q"}, {"name": "y", "key": "Q"}]),
        "attribute x and attribute y have the same key, Q",
    ),
    "the key of a label": (
        file(labels=[{**A, "key": "a"}], attributes=[{"name": "x", "key": "a"}]),
        "A and attribute x have the same key, a",
    ),
    "a relation with the key of a label": (
        file(labels=[{**A, "key": "a"}], relations=[{"name": "x", "key": "a"}]),
        "A and relation type x have the same key, a",
    ),
    "a relation with the key of an attribute": (
        file(attributes=[{"name": "x", "key": "q"}], relations=[{"name": "x", "key": "q"}]),
        "attribute x and relation type x have the same key, q",
    ),
    "nothing": ("", "s.json, line 1: not JSON"),
    "cut short": (file(labels=[A, B])[:-4], "s.json, line 1: not JSON"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_a_file_may_not_say_is_told(case: str) -> None:
    source, why = REFUSED[case]
    with pytest.raises(UserError) as refused:
        parse_scheme(source, "s.json")
    assert why in str(refused.value)
    assert str(refused.value).startswith("s.json")
    assert len(str(refused.value)) < 400
    str(refused.value).encode()


def test_rules_without_an_id_are_not_taken_for_one() -> None:
    rules = [{"kind": "no-overlap"}, {"id": "1", "kind": "some-topic"}, {"id": "", "kind": "no-crossing"}]
    scheme = parse_scheme(file(rules=rules), "s.json")
    assert [rule.kind for rule in scheme.rules] == ["no-overlap", "some-topic", "no-crossing"]
    assert scheme.rules[1].id == "1", "what somebody wrote stays"
    assert len([op for op in scheme_ops(Scheme(), scheme) if op.kind == "rule"]) == 3
    assert parse_scheme(file(rules=rules), "s.json") == scheme, "the same file gives the same ids"
    twins = parse_scheme(file(rules=[{"kind": "no-overlap"}, {"kind": "no-overlap"}]), "s.json").rules
    assert len({rule.id for rule in twins}) == 2


def test_rules_of_two_files_are_not_taken_for_one() -> None:
    """Two people may each begin with a file of their own, and merge what they made."""
    one, other = (
        parse_scheme(file(rules=[{"kind": kind}]), "s.json").rules[0] for kind in ("no-overlap", "no-crossing")
    )
    assert one.id != other.id


def test_a_rule_that_came_with_articles_may_say_anything() -> None:
    """Such a scheme is read as it is; whoever judges by it must not fail."""
    scheme = Scheme(rules=(Rule("1", "topic-demands", {"topic": ["t"], "labels": [["A"]]}), Rule("2", "", {})))
    assert list(unfinished([], [TopicTag("1", "a", "anna", "t")], scheme)) == []


def test_all_that_is_wrong_is_told_each_with_its_line() -> None:
    value = {
        "rubricator-scheme": 1,
        "labels": [{"name": "A", "key": "a"}, {"name": "B", "key": "A"}, {"name": "C", "parent": "Z"}],
        "attributes": [{"name": "mood", "labels": ["VERB"]}],
        "rules": [{"kind": "no-overlap", "label": ["A"]}, {"kind": "zzz"}],
    }
    source = json.dumps(value, indent=1)
    lines = source.splitlines()
    with pytest.raises(UserError) as refused:
        parse_scheme(source, "s.json")
    first, *told = str(refused.value).splitlines()[:-1]
    assert first == "s.json is not a scheme Rubricator can read:"
    for line, why in (
        ('"name": "B",', "A and B have the same key, A"),
        ('"name": "C",', "label C stands under Z, which is not in it"),
        ('"name": "mood",', "“mood” names VERB, which is not in it"),
        ('"kind": "no-overlap",', "rules 1 says “label”; what it can say is id, kind, labels, note"),
        ('"kind": "zzz"', "rule 2 is of the kind “zzz”"),
    ):
        at = next(n for n, text in enumerate(lines, 1) if line in text) - 1  # the brace stands above
        assert told.pop(0).startswith(f"– line {at}: {why}"), (line, told)
    assert not told


def test_parts_that_cannot_be_read_are_all_told() -> None:
    labels = [{"name": "A", "colour": "blurple"}, A, {"name": "B", "hue": 99}, {"name": "C", "color": "red"}]
    with pytest.raises(UserError) as refused:
        parse_scheme(file(labels=labels), "s.json")
    told = str(refused.value)
    assert told.count("– line 1: labels") == 3
    assert all(word in told for word in ("blurple", "hue outside", "“color”"))


def test_very_many_faults_are_counted() -> None:
    with pytest.raises(UserError, match="and 80 more") as refused:
        parse_scheme(file(labels=[{"name": f"L{n}", "color": "red"} for n in range(100)]), "s.json")
    assert str(refused.value).count("– line") == 20


def test_what_somebody_keeps_for_themselves_is_kept() -> None:
    scheme = parse_scheme(file(**{"$schema": "s", "_us": 1, "labels": [{**A, "x-ours": [1]}, {"name": "a"}]}), "s.json")
    assert (dict(scheme.extra), dict(scheme.labels[0].extra)) == ({"$schema": "s", "_us": 1}, {"x-ours": [1]})
    assert [label.name for label in scheme.labels] == ["A", "a"], "names are compared as they are written"
