"""What makes one scheme out of another, as operations on its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rubricator.model.edits import ALIVE, ORDER, SCHEME_KINDS, Add, Edit, Op, Set
from rubricator.model.ids import new_id
from rubricator.model.scheme import Attribute, Example, Label, RelationType, Rule, Scheme, Topic
from rubricator.model.scheme_parts import (
    attribute_to_json,
    example_to_json,
    label_to_json,
    relation_to_json,
    rule_to_json,
    topic_to_json,
)


def scheme_ops(old: Scheme, new: Scheme) -> tuple[Op, ...]:
    """Return the operations that make `new` out of `old`; they count as a change, unless `old` is none (version 0)."""
    ops = part_ops(old, new)
    was, will = about_scheme(old), about_scheme(new)
    if not old.version:
        ops.append(Set("project", "project", "scheme", None, will))
        return tuple(ops)
    ops += [
        Set("project", "project", f"scheme.{name}", was.get(name), will.get(name))
        for name in sorted((was.keys() | will.keys()) - {"version"})
        if was.get(name) != will.get(name)
    ]
    return (*ops, counted()) if ops else ()


def part_ops(old: Scheme, new: Scheme) -> list[Op]:
    """Return the operations that make the parts of `new` out of those of `old`, and put them in its order."""
    ops: list[Op] = []
    ops += _differences("label", {x.name: x for x in old.labels}, {x.name: x for x in new.labels}, label_op)
    ops += _differences("topic", {x.code: x for x in old.topics}, {x.code: x for x in new.topics}, topic_op)
    ops += _differences("rule", {x.id: x for x in old.rules}, {x.id: x for x in new.rules}, _rule_op)
    ops += _differences("attribute", old.attributes_by_name, new.attributes_by_name, attribute_op)
    ops += _differences("relationtype", old.relations_by_name, new.relations_by_name, relation_type_op)
    ops += _differences("example", {x.id: x for x in old.examples}, {x.id: x for x in new.examples}, _example_op)
    ops += _reordered(old, "labels", [x.name for x in old.labels], [x.name for x in new.labels])
    ops += _reordered(old, "topics", [x.code for x in old.topics], [x.code for x in new.topics])
    ops += _reordered(old, "rules", [x.id for x in old.rules], [x.id for x in new.rules])
    ops += _reordered(old, "attributes", [x.name for x in old.attributes], [x.name for x in new.attributes])
    ops += _reordered(old, "relations", [x.name for x in old.relations], [x.name for x in new.relations])
    return ops


def counted() -> Op:
    """Return the operation that counts a change of the scheme.

    The version of a scheme is the one it came with and one more for each of these. They only become more: by undo too,
    which is a change as well, and where two copies are merged that were both changed.
    """
    return Add("version", new_id(), {})


def taken_back(edit: Edit) -> Edit:
    """Return an inverse edit so that the version of the scheme goes on: what was made under it stays what it was."""
    ops = [_kept_version(op) for op in edit.ops if op.kind != "version" and op[2] != "scheme.version"]
    if any(op.kind in SCHEME_KINDS or (op.kind == "project" and _is_about(op)) for op in ops):
        ops.append(counted())
    return replace(edit, ops=tuple(ops))


def _is_about(op: Op) -> bool:
    return isinstance(op, Set) and op.field.partition(".")[0] in {"scheme", "order"}


def _kept_version(op: Op) -> Op:
    if isinstance(op, Set) and op.field == "scheme" and isinstance(op.old, Mapping) and isinstance(op.new, Mapping):
        return op._replace(new={**op.new, "version": op.old.get("version")})
    return op


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
    return (*ops, counted()) if ops else ()


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
        yield Set("project", "project", f"{ORDER}{field}", was, will)


def label_op(label: Label) -> Op:
    """Return the operation that puts a label into the scheme."""
    return _part("label", "name", label_to_json(label))


def topic_op(topic: Topic) -> Op:
    """Return the operation that puts a topic into the scheme."""
    return _part("topic", "code", topic_to_json(topic))


def attribute_op(attribute: Attribute) -> Op:
    """Return the operation that declares an attribute."""
    return _part("attribute", "name", attribute_to_json(attribute))


def relation_type_op(relation: RelationType) -> Op:
    """Return the operation that declares a relation type."""
    return _part("relationtype", "name", relation_to_json(relation))


def _rule_op(rule: Rule) -> Op:
    return _part("rule", "id", rule_to_json(rule))


def _example_op(example: Example) -> Op:
    return _part("example", "id", example_to_json(example))


def _part(kind: str, name: str, value: dict[str, Any]) -> Op:
    """Return the operation that states a part; the field `name` says which it is, and so is its id."""
    return Add(kind, value.pop(name), value)
