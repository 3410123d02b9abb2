"""Whether the parts of a scheme fit each other: what it names is in it, nothing stands under itself, no key twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rubricator.model.scheme import Rule, Scheme
from rubricator.model.scheme_fields import Fault, all_faults
from rubricator.words import Message, as_line, message


def check_whole(scheme: Scheme, where: str = "") -> None:
    """Raise UserError where the parts of a scheme do not fit each other.

    For files that a person wrote: what merging two projects made of a scheme has to be read all the same.
    """
    if faults := list(misfits(scheme)):
        raise all_faults(where, faults)


def misfits(scheme: Scheme) -> Iterator[Fault]:
    """Yield all places where the parts of a scheme do not fit each other."""
    yield from _shared_keys(scheme)
    yield from _lost_parents({one.name: one.parent for one in scheme.labels}, message("label"), "labels")
    yield from _lost_parents({one.code: one.parent for one in scheme.topics}, message("topic"), "topics")
    named = [("attributes", n, one.name, one.labels) for n, one in enumerate(scheme.attributes, 1)]
    named += [("relations", n, one.name, one.sources + one.targets) for n, one in enumerate(scheme.relations, 1)]
    for part, n, name, labels in named:
        for label in labels:
            if label not in scheme.by_name:
                yield Fault(message("“{name}” names {label}, which is not in it", name=name, label=label), part, n)
    for n, rule in enumerate(scheme.rules, 1):
        yield from (Fault(why, "rules", n) for why in _wrong_with(rule, n, scheme))
    for n, example in enumerate(scheme.examples, 1):
        if example.label not in scheme.by_name:
            quote = as_line(example.quote, 40)
            why = message("the example “{quote}” is of {label}, which is not in it", quote=quote, label=example.label)
            yield Fault(why, "examples", n)


def _wrong_with(rule: Rule, n: int, scheme: Scheme) -> Iterator[Message]:
    if not rule.kind:
        yield message("rule {n} has no kind", n=n)
    if not isinstance(rule.values.get("note", False), bool):
        yield message("“{key}” of rule {n} is neither true nor false", key="note", n=n)
    for key in ("inner", "outer", "labels"):
        names = rule.values.get(key, ())
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            yield message("“{key}” of rule {n} is not a list of labels", key=key, n=n)
            continue
        for name in names:
            if name not in scheme.by_name:
                yield message("rule {n} names {label}, which is not in it", n=n, label=name)
    if rule.kind == "topic-demands":
        topic = rule.values.get("topic")
        if not isinstance(topic, str) or not topic:
            yield message("rule {n} names no topic", n=n)
        elif scheme.topics and topic not in scheme.topics_by_code:
            yield message("rule {n} names the topic {topic}, which is not in it", n=n, topic=topic)


def _shared_keys(scheme: Scheme) -> Iterator[Fault]:
    """Yield what has a key that something else has: in the article a key does one thing, and the other never comes."""
    seen: dict[str, Message] = {}
    keyed = [("labels", n, one.key, message("{name}", name=one.name)) for n, one in enumerate(scheme.labels, 1)]
    keyed += [
        ("attributes", n, one.key, message("attribute {name}", name=one.name))
        for n, one in enumerate(scheme.attributes, 1)
    ]
    keyed += [
        ("relations", n, one.key, message("relation type {name}", name=one.name))
        for n, one in enumerate(scheme.relations, 1)
    ]
    for part, n, key, words in keyed:
        if key and (first := seen.setdefault(key.lower(), words)) is not words:
            yield Fault(message("{one} and {other} have the same key, {key}", one=first, other=words, key=key), part, n)


def _lost_parents(parents: Mapping[str, str], kind: Message, part: str) -> Iterator[Fault]:
    """Yield what stands under nothing that is there, or under itself; each circle is told once."""
    done: set[str] = set()
    for n, (start, above) in enumerate(parents.items(), 1):
        if above and above not in parents:
            words = {"kind": kind, "name": start, "parent": above}
            yield Fault(message("{kind} {name} stands under {parent}, which is not in it", **words), part, n)
        path: dict[str, None] = {}
        name = start
        while name in parents and name not in done:
            if name in path:
                yield Fault(message("the {kind} “{name}” stands under itself", kind=kind, name=name), part, n)
                break
            path[name] = None
            name = parents[name]
        done.update(path)
