"""Whether the parts of a scheme fit each other: what it names is in it, nothing stands under itself, no key twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rubricator.model.scheme import Rule, Scheme
from rubricator.model.scheme_fields import SchemeError
from rubricator.words import message


def check_whole(scheme: Scheme, where: str = "") -> None:
    """Raise UserError where the parts of a scheme do not fit each other.

    For files that a person wrote: what merging two projects made of a scheme has to be read all the same.
    """
    _no_shared_keys(((label.key, label.name) for label in scheme.labels), where)
    _no_shared_keys(((relation.key, relation.name) for relation in scheme.relations), where)
    for label in scheme.labels:
        if label.parent and label.parent not in scheme.by_name:
            why = message(
                "label {label} stands under {parent}, which is not in it", label=label.name, parent=label.parent
            )
            raise SchemeError(where, why)
    for topic in scheme.topics:
        if topic.parent and topic.parent not in scheme.topics_by_code:
            why = message(
                "topic {topic} stands under {parent}, which is not in it", topic=topic.code, parent=topic.parent
            )
            raise SchemeError(where, why)
    _no_circle({label.name: label.parent for label in scheme.labels}, message("label"), where)
    _no_circle({topic.code: topic.parent for topic in scheme.topics}, message("topic"), where)
    named = [(attribute.name, attribute.labels) for attribute in scheme.attributes]
    named += [(relation.name, relation.sources + relation.targets) for relation in scheme.relations]
    for name, labels in named:
        for label_name in labels:
            if label_name not in scheme.by_name:
                raise SchemeError(
                    where, message("“{name}” names {label}, which is not in it", name=name, label=label_name)
                )
    for n, rule in enumerate(scheme.rules, 1):
        _check_rule(rule, n, scheme, where)
    for example in scheme.examples:
        if example.label not in scheme.by_name:
            why = message(
                "the example “{quote}” is of {label}, which is not in it", quote=example.quote[:40], label=example.label
            )
            raise SchemeError(where, why)


def _check_rule(rule: Rule, n: int, scheme: Scheme, where: str) -> None:
    if not rule.kind:
        raise SchemeError(where, message("rule {n} has no kind", n=n))
    if not isinstance(rule.values.get("note", False), bool):
        raise SchemeError(where, message("“{key}” of rule {n} is neither true nor false", key="note", n=n))
    for key in ("inner", "outer", "labels"):
        names = rule.values.get(key, ())
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            raise SchemeError(where, message("“{key}” of rule {n} is not a list of labels", key=key, n=n))
        for name in names:
            if name not in scheme.by_name:
                raise SchemeError(where, message("rule {n} names {label}, which is not in it", n=n, label=name))
    if rule.kind == "topic-demands":
        topic = rule.values.get("topic")
        if not isinstance(topic, str) or not topic:
            raise SchemeError(where, message("rule {n} names no topic", n=n))
        if scheme.topics and topic not in scheme.topics_by_code:
            raise SchemeError(where, message("rule {n} names the topic {topic}, which is not in it", n=n, topic=topic))


def _no_shared_keys(keys: Iterable[tuple[str, str]], where: str) -> None:
    seen: dict[str, str] = {}
    for key, name in keys:
        if key and seen.setdefault(key.lower(), name) != name:
            why = message("{one} and {other} have the same key, {key}", one=seen[key.lower()], other=name, key=key)
            raise SchemeError(where, why)


def _no_circle(parents: Mapping[str, str], kind: object, where: str) -> None:
    done: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        name = start
        while name in parents and name not in done:
            if name in path:
                raise SchemeError(where, message("the {kind} “{name}” stands under itself", kind=kind, name=name))
            path[name] = None
            name = parents[name]
        done.update(path)
