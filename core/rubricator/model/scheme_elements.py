"""The scheme made of the elements that are its parts (scheme_edits.py makes the edits that write them)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from rubricator.errors import UserError
from rubricator.model.scheme import ATTRIBUTE_KINDS, Attribute, Label, Rule, Scheme, Topic, short_for
from rubricator.model.scheme_parts import (
    attribute_from_json,
    example_from_json,
    label_from_json,
    relation_from_json,
    rule_from_json,
    topic_from_json,
)
from rubricator.model.spans import NOTHING

T = TypeVar("T")
Found = Iterable[tuple[str, Mapping[str, Any]]]
"""Elements of one kind: id and value."""


def scheme_of(project: Mapping[str, Any], elements: Callable[[str], Found], changes: int) -> Scheme:
    """Return the scheme of a project element and the elements of each kind; `changes` counts those since it came."""
    about, order = _mapping(project, "scheme"), _mapping(project, "order")
    version, extra = about.get("version"), about.get("extra")
    labels = [_label(uid, value) for uid, value in elements("label")]
    topics = [_topic(uid, value) for uid, value in elements("topic")]
    rules = [_rule(uid, value) for uid, value in elements("rule")]
    attributes = list(_parts(elements("attribute"), "name", _attribute))
    relations = list(_parts(elements("relationtype"), "name", relation_from_json))
    return Scheme(
        name=str(about.get("name") or ""),
        version=(version if isinstance(version, int) else 1) + changes,
        description=str(about.get("description") or ""),
        guideline=str(about.get("guideline") or ""),
        labels=_in_order(labels, order.get("labels"), lambda label: label.name),
        topics=_in_order(topics, order.get("topics"), lambda topic: topic.code),
        rules=_in_order(rules, order.get("rules"), lambda rule: rule.id),
        attributes=_in_order(attributes, order.get("attributes"), lambda attribute: attribute.name),
        relations=_in_order(relations, order.get("relations"), lambda relation: relation.name),
        examples=tuple(_parts(elements("example"), "id", example_from_json)),
        extra=extra if isinstance(extra, dict) else NOTHING,
    )


def _mapping(project: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = project.get(name)
    return value if isinstance(value, dict) else {}


def _parts(found: Found, name: str, read: Callable[[object], T]) -> Iterator[T]:
    """Yield parts of the scheme; what a newer or damaged file says otherwise than we can read is passed over."""
    for uid, value in found:
        try:
            yield read({**value, name: uid})
        except UserError:
            continue


def _attribute(value: object) -> Attribute:
    """Read an attribute; where merging left it a default or a kind without its values, it is one without them."""
    try:
        return attribute_from_json(value)
    except UserError:
        if not isinstance(value, Mapping) or value.get("kind") not in ATTRIBUTE_KINDS:
            raise
    known = {**value, "default": None}
    return attribute_from_json(known if known.get("values") else {**known, "kind": "text"})


# A merged file may say anything of a label, a topic or a rule; then its name alone is kept, and the project opens.


def _label(uid: str, value: Mapping[str, Any]) -> Label:
    try:
        return label_from_json({**value, "name": uid})
    except UserError:
        return Label(name=uid, title=uid, short=short_for(uid))


def _topic(uid: str, value: Mapping[str, Any]) -> Topic:
    try:
        return topic_from_json({**value, "code": uid})
    except UserError:
        return Topic(code=uid, name=uid)


def _rule(uid: str, value: Mapping[str, Any]) -> Rule:
    try:
        return rule_from_json({**value, "id": uid})
    except UserError:
        return Rule(uid, "")


def _in_order(items: list[T], order: object, name: Callable[[T], str]) -> tuple[T, ...]:
    """Put items in an order by name; what it does not name comes last, as it arrived."""
    names = [item for item in order if isinstance(item, str)] if isinstance(order, list) else []
    places = {item: n for n, item in enumerate(names)}
    return tuple(sorted(items, key=lambda item: places.get(name(item), len(places))))
