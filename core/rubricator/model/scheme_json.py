"""A scheme as JSON values, out and in (`rubricator-scheme`: 1); errors say where and what, in words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from rubricator.model.scheme import Scheme
from rubricator.model.scheme_fields import Fault, Fields, SchemeError, all_faults, twice
from rubricator.model.scheme_parts import (
    attribute_from_json,
    attribute_to_json,
    example_from_json,
    example_to_json,
    label_from_json,
    label_to_json,
    relation_from_json,
    relation_to_json,
    rule_from_json,
    rule_to_json,
    topic_from_json,
    topic_to_json,
)
from rubricator.model.strict_json import flaw
from rubricator.model.text import plain
from rubricator.words import message

T = TypeVar("T")

_VERSION_MOST = 2**53
KNOWN = tuple(
    "rubricator-scheme name version description guideline labels topics rules attributes relations examples".split()
)
"""What a scheme says."""


def scheme_to_json(scheme: Scheme) -> dict[str, Any]:
    """Return the scheme as JSON values; what is empty is left out, order is kept."""
    value: dict[str, Any] = {"rubricator-scheme": 1, "name": scheme.name, "version": scheme.version}
    if scheme.description:
        value["description"] = scheme.description
    if scheme.guideline:
        value["guideline"] = scheme.guideline
    value["labels"] = [label_to_json(label) for label in scheme.labels]
    value["topics"] = [topic_to_json(topic) for topic in scheme.topics]
    if scheme.rules:
        value["rules"] = [rule_to_json(rule) for rule in scheme.rules]
    if scheme.attributes:
        value["attributes"] = [attribute_to_json(attribute) for attribute in scheme.attributes]
    if scheme.relations:
        value["relations"] = [relation_to_json(relation) for relation in scheme.relations]
    if scheme.examples:
        value["examples"] = [example_to_json(example) for example in scheme.examples]
    return {**value, **scheme.extra}


def scheme_from_json(value: object, where: str = "") -> Scheme:
    """Read a scheme; UserError names what is wrong and where."""
    if not isinstance(value, Mapping) or value.get("rubricator-scheme") != 1:
        raise SchemeError(where, message("it does not say “rubricator-scheme”: 1"))
    fields = Fields(value, where)
    faults: list[Fault] = []

    def each(key: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
        found: list[T] = []
        for n, item in enumerate(fields.items(key), 1):
            try:
                found.append(read(item, where))
            except SchemeError as fault:
                faults.append(Fault(message("{list} {n}: {why}", list=key, n=n, why=fault.why), key, n))
        return tuple(found)

    version = value.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or not 0 <= version <= _VERSION_MOST:
        raise fields.wrong(message("its version is not a whole number"))
    scheme = Scheme(
        name=fields.text("name"),
        version=version,
        description=fields.text("description"),
        guideline=fields.text("guideline"),
        labels=each("labels", label_from_json),
        topics=each("topics", topic_from_json),
        rules=each("rules", rule_from_json),
        attributes=each("attributes", attribute_from_json),
        relations=each("relations", relation_from_json),
        examples=each("examples", example_from_json),
        extra={key: item for key, item in value.items() if key not in KNOWN},
    )
    if faults := faults or list(_names_twice(scheme)):
        raise all_faults(where, faults)
    return scheme


def _names_twice(scheme: Scheme) -> Iterator[Fault]:
    """Yield what stands in it twice; where a part cannot be read its number would be another one."""
    yield from twice([label.name for label in scheme.labels], message("label"), "labels")
    yield from twice([topic.code for topic in scheme.topics], message("topic"), "topics")
    yield from twice([attribute.name for attribute in scheme.attributes], message("attribute"), "attributes")
    yield from twice([relation.name for relation in scheme.relations], message("relation type"), "relations")
    yield from twice([rule.id for rule in scheme.rules], message("rule"), "rules")
    yield from twice([example.id for example in scheme.examples], message("example"), "examples")


def plain_scheme(scheme: Scheme) -> Scheme:
    """Return the scheme with what no text of ours holds replaced, wherever somebody may have pasted it.

    Topics are left as they are: they have verbs of their own.
    """
    value = scheme_to_json(replace(scheme, topics=()))
    if flaw(value, sys.maxsize, sys.maxsize) is None:
        return scheme
    return replace(scheme_from_json(_plain(value)), topics=scheme.topics)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {plain(key): _plain(one) for key, one in value.items()} if isinstance(value, dict) else value
