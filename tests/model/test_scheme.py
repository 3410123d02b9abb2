"""Schemes: JSON there and back, what files may say, new labels."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.model.scheme import (
    ATTRIBUTE_KINDS,
    HUES,
    KEYS,
    SHORT_MAX,
    Attribute,
    Example,
    Label,
    RelationType,
    Rule,
    Scheme,
    Topic,
    new_label,
    short_for,
)
from rubricator.model.scheme_file import dump_scheme, parse_scheme
from rubricator.model.scheme_json import scheme_from_json, scheme_to_json

names = st.text(st.sampled_from("abcXYZ éß-_Жش日😀\u0301"), min_size=1, max_size=8).filter(
    lambda name: bool(name.strip())
)
words = st.just("") | names
extras = st.dictionaries(names.map(lambda name: "x" + name), st.integers() | names, max_size=2)
labels = st.builds(
    Label,
    names,
    names,
    names.map(lambda s: s[:SHORT_MAX]),
    words,
    st.just("") | st.sampled_from(KEYS),
    st.integers(1, HUES),
    words,
    words,
    st.just("") | st.just("#1a2b3c"),
    extras,
)
several = st.lists(names, max_size=3, unique=True).map(tuple)
topics = st.builds(Topic, names, names, words, words, words, several, words)
rules = st.builds(Rule, names, names, extras)
attributes = st.builds(
    Attribute, names, names, st.sampled_from(ATTRIBUTE_KINDS), several.map(lambda values: values or ("v",)), several,
    st.booleans(), st.none(), st.booleans(), st.just("") | st.sampled_from(KEYS), words, extras,
)  # fmt: skip
relations = st.builds(
    RelationType, names, names, several, several, st.booleans(), st.just("") | st.sampled_from(KEYS), words, extras
)
examples = st.builds(Example, names, names, names, words, words, st.booleans(), words)
schemes = st.builds(
    Scheme, words, st.integers(0, 99), words, words, st.lists(labels, max_size=4, unique_by=lambda x: x.name).map(tuple),
    st.lists(topics, max_size=4, unique_by=lambda x: x.code).map(tuple),
    st.lists(rules, max_size=2, unique_by=lambda x: x.id).map(tuple),
    st.lists(attributes, max_size=2, unique_by=lambda x: x.name).map(tuple),
    st.lists(relations, max_size=2, unique_by=lambda x: x.name).map(tuple),
    st.lists(examples, max_size=2, unique_by=lambda x: x.id).map(tuple), extras,
)  # fmt: skip


@given(schemes)
def test_a_scheme_is_read_as_it_was_written(scheme: Scheme) -> None:
    """Also one that no person would write: merging two projects may give two labels one key."""
    assert scheme_from_json(json.loads(dump_scheme(scheme)), "s.json") == scheme
    assert dump_scheme(scheme_from_json(scheme_to_json(scheme))) == dump_scheme(scheme)


@given(schemes)
def test_looking_up(scheme: Scheme) -> None:
    assert list(scheme.by_name.values()) == list(scheme.labels)
    assert list(scheme.topics_by_code.values()) == list(scheme.topics)
    for key, label in scheme.by_key.items():
        assert label == next(x for x in scheme.labels if x.key.lower() == key)
    for topic in scheme.topics:  # parents may be unknown, or go in a circle
        assert scheme.topic_path(topic.code)[-1] == topic.name
    assert all(not topic.retired for topic in scheme.offered_topics())


@given(schemes, names)
def test_a_new_label_is_one_that_the_scheme_can_hold(scheme: Scheme, name: str) -> None:
    label = new_label(name, scheme)
    assert label.key not in scheme.by_key
    assert 0 < len(label.short) <= SHORT_MAX
    assert label.short not in {one.short.upper() for one in scheme.labels}
    assert 1 <= label.hue <= HUES
    if len(scheme.labels) < HUES:
        assert label.hue not in {x.hue for x in scheme.labels if not x.colour}
    assert 0 < len(short_for(name)) <= SHORT_MAX
    if name not in scheme.by_name:
        grown = Scheme(labels=(*scheme.labels, label))
        assert scheme_from_json(scheme_to_json(grown)).by_name[name] == label


def test_what_is_looked_up_goes_on_to_a_scheme_with_a_new_label() -> None:
    grown = Scheme(labels=(Label("ONE", key="A", hue=2),))
    for label in (Label("TWO", key="a", hue=3), Label("THREE", key="B", hue=2), Label("FOUR")):
        grown = grown.with_new(label)
        fresh = Scheme(labels=grown.labels)
        assert (grown.by_name, grown.by_key, grown.hues) == (fresh.by_name, fresh.by_key, fresh.hues)
        assert grown.shorts == fresh.shorts
    assert [grown.by_key[key].name for key in grown.by_key] == ["ONE", "THREE"]


def test_labels_never_run_out() -> None:
    scheme = Scheme()
    for n in range(60):
        scheme = Scheme(labels=(*scheme.labels, new_label(f"L{n}", scheme)))
    keys = [label.key for label in scheme.labels if label.key]
    assert len(keys) == len(set(keys)) == len(KEYS)
    assert scheme_from_json(scheme_to_json(scheme)) == scheme


LABEL = {"name": "A"}
BAD = {
    "a list": ([], "rubricator-scheme"),
    "no version": ({"labels": []}, "rubricator-scheme"),
    "newer": ({"rubricator-scheme": 2}, "rubricator-scheme"),
    "labels": ({"labels": {}}, "“labels” is not a list"),
    "a label": ({"labels": ["A"]}, "a label has no name"),
    "no name": ({"labels": [{"name": " "}]}, "a label has no name"),
    "name": ({"labels": [{"name": 5}]}, "“name” is not text"),
    "hue": ({"labels": [LABEL | {"hue": 99}]}, "hue outside"),
    "hue true": ({"labels": [LABEL | {"hue": True}]}, "hue outside"),
    "key": ({"labels": [LABEL | {"key": "ab"}]}, "more than one character"),
    "short": ({"labels": [LABEL | {"short": "ABCDE"}]}, "more than four letters"),
    "twice": ({"labels": [LABEL, LABEL]}, "label “A” stands in it twice"),
    "topic": ({"topics": [{"name": "x"}]}, "a topic has no code"),
    "topics twice": ({"topics": [{"code": "x"}, {"code": "x"}]}, "topic “x” stands in it twice"),
    "rule": ({"rules": [1]}, "a rule is not an object"),
    "version": ({"version": -1}, "version is not a whole number"),
    "version true": ({"version": True}, "version is not a whole number"),
    "name of all": ({"name": []}, "“name” is not text"),
    "shared key": ({"labels": [LABEL | {"key": "x"}, LABEL | {"name": "B", "key": "X"}]}, "A and B have the same key, X"),
    "no parent": ({"labels": [LABEL | {"parent": "Z"}]}, "stands under Z, which is not in it"),
    "circle": (
        {"labels": [LABEL | {"parent": "B"}, {"name": "B", "parent": "A"}, {"name": "C", "parent": "B"}]},
        "label “A” stands under itself",
    ),
    "topic circle": (
        {"topics": [{"code": "x", "parent": "y"}, {"code": "y", "parent": "x"}]}, "topic “x” stands under itself",
    ),
    "attribute kind": ({"attributes": [{"name": "a", "kind": "colour"}]}, "not one of choice, choices"),
    "no values": ({"attributes": [{"name": "a", "kind": "choice"}]}, "no values to choose from"),
    "attributes twice": ({"attributes": [{"name": "a"}, {"name": "a"}]}, "attribute “a” stands in it twice"),
    "default": (
        {"attributes": [{"name": "a", "kind": "choice", "values": ["x"], "default": "y"}]}, "none of its values",
    ),
    "attribute of nothing": ({"attributes": [{"name": "a", "labels": ["Z"]}]}, "“a” names Z, which is not in it"),
    "ends": ({"relations": [{"name": "r", "targets": ["Z"]}]}, "“r” names Z, which is not in it"),
    "relation": ({"relations": [{}]}, "a relation type has no name"),
    "example": ({"examples": [{"id": "1", "label": "A"}]}, "lacks its id, its label or its quote"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_scheme_is_told_with_its_file(kind: str) -> None:
    value, match = BAD[kind]
    if isinstance(value, dict) and kind not in {"no version", "newer"}:
        value = {"rubricator-scheme": 1, **value}
    with pytest.raises(UserError, match=match) as caught:
        parse_scheme(json.dumps(value), "s.json")
    assert str(caught.value).startswith("s.json")
    assert "\n" in str(caught.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    "name labels topics code key rules version attributes relations examples kind values id".split()
                ),
                x,
                max_size=4,
            )
        ),
    )
)
def test_any_json_is_a_scheme_or_a_user_error(value: object) -> None:
    whole = {"rubricator-scheme": 1, **value} if isinstance(value, dict) else value
    try:
        scheme = scheme_from_json(whole, "s.json")
    except UserError:
        return
    assert scheme_from_json(scheme_to_json(scheme)) == scheme
