"""What makes one scheme out of another, as operations on its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rubricator.model.edits import ALIVE, Add, Op, Set
from rubricator.model.scheme import Attribute, Example, Label, RelationType, Rule, Scheme, Topic
from rubricator.model.scheme_json import (
    attribute_to_json,
    example_to_json,
    label_to_json,
    relation_to_json,
    rule_to_json,
    topic_to_json,
)


def scheme_ops(old: Scheme, new: Scheme) -> tuple[Op, ...]:
    """Return the operations that make `new` out of `old`."""
    ops: list[Op] = []
    ops += _differences("label", {x.name: x for x in old.labels}, {x.name: x for x in new.labels}, label_op)
    ops += _differences("topic", {x.code: x for x in old.topics}, {x.code: x for x in new.topics}, topic_op)
    ops += _differences("rule", {x.id: x for x in old.rules}, {x.id: x for x in new.rules}, _rule_op)
    ops += _differences("attribute", old.attributes_by_name, new.attributes_by_name, attribute_op)
    ops += _differences("relationtype", old.relations_by_name, new.relations_by_name, relation_type_op)
    ops += _differences("example", {x.id: x for x in old.examples}, {x.id: x for x in new.examples}, _example_op)
    ops += _reordered(old, "labels", [x.name for x in old.labels], [x.name for x in new.labels])
    ops += _reordered(old, "topics", [x.code for x in old.topics], [x.code for x in new.topics])
    ops += _reordered(old, "attributes", [x.name for x in old.attributes], [x.name for x in new.attributes])
    ops += _reordered(old, "relations", [x.name for x in old.relations], [x.name for x in new.relations])
    was, will = about_scheme(old), about_scheme(new)
    if was != will or ops:
        version = max(new.version, old.version + 1) if old.version else new.version
        will["version"] = version
        ops.append(Set("project", "project", "scheme", was if old.version else None, will))
    return tuple(ops)


def topic_ops(old: Scheme, topics: Sequence[Topic]) -> tuple[Op, ...]:
    """Return the operations that put these topics, all of those that the scheme has among them, into it.

    What is written of a topic that stands is its fields: of two people who change two of them neither loses.
    """
    ops: list[Op] = []
    for topic in topics:
        was = old.topics_by_code.get(topic.code)
        if was is None:
            ops.append(topic_op(topic))
        elif was != topic:
            before, after = topic_to_json(was), topic_to_json(topic)
            ops += [
                Set("topic", topic.code, name, before.get(name), after.get(name))
                for name in sorted(before.keys() | after.keys())
                if before.get(name) != after.get(name)
            ]
    ops += _reordered(old, "topics", [one.code for one in old.topics], [one.code for one in topics])
    if ops:
        ops.append(Set("project", "project", "scheme.version", old.version, old.version + 1))
    return tuple(ops)


def about_scheme(scheme: Scheme) -> dict[str, Any]:
    """Return what the project says of its scheme beside the parts; what is empty is left out."""
    about: dict[str, Any] = {"name": scheme.name, "version": scheme.version}
    if scheme.description:
        about["description"] = scheme.description
    if scheme.guideline:
        about["guideline"] = scheme.guideline
    if scheme.extra:
        about["extra"] = dict(scheme.extra)
    return about


def _differences(kind: str, old: Mapping[str, Any], new: Mapping[str, Any], add: Callable[[Any], Op]) -> Iterator[Op]:
    for key in old:
        if key not in new:
            yield Set(kind, key, ALIVE, True, False)
    for key, item in new.items():
        if old.get(key) != item:
            yield add(item)


def _reordered(old: Scheme, field: str, was: list[str], will: list[str]) -> Iterator[Op]:
    """Yield the write that keeps the order of a scheme's parts, where it is not just the order of their arrival."""
    left = set(will)
    if old.version and will != [name for name in was if name in left]:
        yield Set("project", "project", f"order.{field}", was, will)


def label_op(label: Label) -> Op:
    """Return the operation that puts a label into the scheme."""
    value = label_to_json(label)
    return Add("label", value.pop("name"), value)


def topic_op(topic: Topic) -> Op:
    """Return the operation that puts a topic into the scheme."""
    value = topic_to_json(topic)
    return Add("topic", value.pop("code"), value)


def _rule_op(rule: Rule) -> Op:
    value = rule_to_json(rule)
    return Add("rule", value.pop("id"), value)


def attribute_op(attribute: Attribute) -> Op:
    """Return the operation that declares an attribute."""
    value = attribute_to_json(attribute)
    return Add("attribute", value.pop("name"), value)


def relation_type_op(relation: RelationType) -> Op:
    """Return the operation that declares a relation type."""
    value = relation_to_json(relation)
    return Add("relationtype", value.pop("name"), value)


def _example_op(example: Example) -> Op:
    value = example_to_json(example)
    return Add("example", value.pop("id"), value)
