"""A scheme in sentences: what its rules, attributes and relation types say, and in what two schemes differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from rubricator.model.scheme import Attribute, RelationType, Rule, Scheme
from rubricator.words import Message, as_line, joined, message, plural, say

T = TypeVar("T")

_MOST = 6
"""Names that are listed; the others are counted."""


# --- parts --------------------------------------------------------------------------------------------------------


def rule_words(rule: Rule, scheme: Scheme) -> Message:
    """Say in a sentence what a rule asks for."""
    labels = _labels(rule.values.get("labels"), scheme)
    match rule.kind:
        case "no-nesting":
            inner = _labels(rule.values.get("inner"), scheme, message("other label"))
            return message(
                "Inside {outer}, there may be no {inner}",
                outer=_labels(rule.values.get("outer"), scheme),
                inner=inner,
            )
        case "only-nesting":
            return message(
                "Inside {outer}, there may be nothing but {inner}",
                outer=_labels(rule.values.get("outer"), scheme),
                inner=_labels(rule.values.get("inner"), scheme),
            )
        case "no-overlap" if not _named(rule):
            return message("No two annotations may overlap")
        case "no-overlap":
            return message("{labels} may not overlap each other", labels=labels)
        case "no-crossing" if not _named(rule):
            return message("Annotations may lie inside each other, but not cross")
        case "no-crossing":
            return message("{labels} may lie inside each other, but not cross", labels=labels)
        case "some-topic":
            return message("A finished article has a topic")
        case "topic-demands":
            topic = scheme.topics_by_code.get(str(rule.values.get("topic") or ""))
            name = topic.name if topic else str(rule.values.get("topic") or "…")
            asked = _labels(rule.values.get("labels"), scheme, Message("…"), either=True)
            return message(
                "A finished article with the topic “{topic}”, or one below it, has {labels}", topic=name, labels=asked
            )
        case kind:
            return message("A rule of a newer program ({kind})", kind=kind)


def _named(rule: Rule) -> bool:
    """Say whether a rule names any labels."""
    labels = rule.values.get("labels")
    return isinstance(labels, list | tuple) and bool(labels)


def attribute_words(attribute: Attribute, scheme: Scheme) -> Message:
    """Say what an attribute can be said of, how, and what else is set for it."""
    match attribute.kind:
        case "choice":
            kind = message("one of {values}", values=_listed(attribute.values))
        case "choices":
            kind = message("any of {values}", values=_listed(attribute.values))
        case "number":
            kind = message("a number")
        case "flag":
            kind = message("yes or no")
        case _:
            kind = message("text")
    said = [message("{kind}, of {labels}", kind=kind, labels=_labels(attribute.labels, scheme))]
    if attribute.required:
        said.append(message("required"))
    if attribute.default is not None:
        said.append(message("a new annotation says “{value}”", value=_value(attribute.default)))
    if attribute.key:
        said.append(message("key {key}", key=attribute.key.upper()))
    if attribute.chip:
        said.append(message("on the chip"))
    return joined(said, "; ")


def _value(said: object) -> Message:
    if isinstance(said, bool):
        return message("yes") if said else message("no")
    return message("{values}", values=", ".join(map(str, said)) if isinstance(said, list | tuple) else said)


def relation_words(relation: RelationType, scheme: Scheme) -> Message:
    """Say what a relation type leads from and to."""
    ends = {"source": _labels(relation.sources, scheme), "target": _labels(relation.targets, scheme)}
    if relation.symmetric:
        return message("between {source} and {target}", **ends)
    return message("from {source} to {target}", **ends)


def _labels(names: object, scheme: Scheme, every: Message | None = None, *, either: bool = False) -> Message:
    """Name labels; a list that is missing or empty means every label."""
    found = [str(name) for name in names] if isinstance(names, list | tuple) else []
    if not found:
        return every or message("any label")
    titles = [scheme.by_name[name].title if name in scheme.by_name else name for name in found]
    if len(titles) == 1:
        return message("{names}", names=titles[0])
    if len(titles) > _MOST:
        return _listed(titles)
    values = {"names": ", ".join(titles[:-1]), "last": titles[-1]}
    return message("{names} or {last}", **values) if either else message("{names} and {last}", **values)


def _listed(names: Sequence[str]) -> Message:
    rest = len(names) - _MOST
    if rest > 0:
        return message("{names} and {n} more", names=", ".join(names[:_MOST]), n=rest)
    return message("{names}", names=", ".join(names))


# --- two schemes --------------------------------------------------------------------------------------------------


def differences(old: Scheme, new: Scheme) -> Iterator[Message]:
    """Say what the second scheme has that the first lacks, and the other way round; a line for each kind of part."""
    if old.name != new.name:
        yield message("Name: {new}, was {old}", new=new.name or "–", old=old.name or "–")
    if old.description != new.description:
        yield message("Another description")
    yield from _parts(message("Labels"), old.labels, new.labels, lambda one: one.name, lambda one: one.title)
    yield from _parts(message("Topics"), old.topics, new.topics, lambda one: one.code, lambda one: one.name)
    yield from _parts(
        message("Attributes"), old.attributes, new.attributes, lambda one: one.name, lambda one: one.title
    )
    yield from _parts(
        message("Relation types"), old.relations, new.relations, lambda one: one.name, lambda one: one.title
    )
    yield from _counted(message("Rules"), old.rules, new.rules, lambda one: one.id)
    yield from _counted(message("Examples"), old.examples, new.examples, lambda one: one.id)
    was, will = [one.name for one in old.labels], [one.name for one in new.labels]
    if [name for name in was if name in will] != [name for name in will if name in was]:
        yield message("Another order of the labels")


def summary(old: Scheme, new: Scheme) -> str:
    """Return the differences in a few words, for the history."""
    more, less, other = list[str](), list[str](), list[str]()
    for was, will in (
        ({x.name: x for x in old.labels}, {x.name: x for x in new.labels}),
        (old.attributes_by_name, new.attributes_by_name),
        (old.relations_by_name, new.relations_by_name),
        ({x.id: x for x in old.rules}, {x.id: x for x in new.rules}),
        ({x.id: x for x in old.examples}, {x.id: x for x in new.examples}),
    ):
        more += [_name(x, n) for n, (key, x) in enumerate(will.items(), 1) if key not in was]
        less += [_name(x, n) for n, (key, x) in enumerate(was.items(), 1) if key not in will]
        other += [_name(x, n) for n, (key, x) in enumerate(will.items(), 1) if key in was and was[key] != x]
    less += _defaults_gone(old, new)
    told = [
        Message(words.text, {"names": _listed(names)})
        for words, names in (
            (message("new: {names}"), more),
            (message("gone: {names}"), less),
            (message("changed: {names}"), other),
        )
        if names
    ]
    told = told or list(_else_changed(old, new))
    return say(joined(told, "; ")) if told else say(message("nothing but what is looked at again"))


def _defaults_gone(old: Scheme, new: Scheme) -> Iterator[str]:
    """Name what an attribute said by default and says no more, unless it says something else instead."""
    for will in new.attributes:
        was = old.attributes_by_name.get(will.name)
        before, after = _defaults(was) if was else [], _defaults(will)
        for value in before if len(after) < len(before) else ():
            if value not in after:
                yield say(message("the default “{value}” of {name}", value=_value(value), name=_name(will)))


def _defaults(attribute: Attribute) -> list[object]:
    """Return what an attribute says by default, as a list."""
    said = attribute.default
    return list(said) if isinstance(said, list | tuple) else [said] if said is not None else []


def _else_changed(old: Scheme, new: Scheme) -> Iterator[Message]:
    """Yield what is another way beside the parts: the order in which they stand, and what is said of the whole."""
    for words, was, will in (
        (message("order of the labels"), [one.name for one in old.labels], [one.name for one in new.labels]),
        (message("order of the attributes"), list(old.attributes_by_name), list(new.attributes_by_name)),
        (message("order of the relation types"), list(old.relations_by_name), list(new.relations_by_name)),
        (message("order of the rules"), [one.id for one in old.rules], [one.id for one in new.rules]),
    ):
        if sorted(was) == sorted(will) and was != will:
            yield words
    if old.topics != new.topics:
        yield message("topics")
    if old.guideline != new.guideline:
        yield message("page of the scheme")
    if (old.name, old.description) != (new.name, new.description):
        yield message("name and description")


def _name(part: object, n: int = 0) -> str:
    """Name a part in a list, the `n`th of its kind: rules go by that; a name with a comma of its own is quoted."""
    if isinstance(part, Rule):
        return say(message("rule {n}", n=n))
    for field in ("title", "quote", "name"):
        if isinstance(value := getattr(part, field, None), str) and value:
            told = as_line(value, 40)
            return f"“{told}”" if "," in told else told
    return "…"


def _parts(
    what: Message, old: Iterable[T], new: Iterable[T], key: Callable[[T], str], title: Callable[[T], str]
) -> Iterator[Message]:
    was, will = {key(one): one for one in old}, {key(one): one for one in new}
    for words, names in (
        (message("{what} that are new ({n}): {names}"), [title(will[name]) for name in will if name not in was]),
        (message("{what} that are gone ({n}): {names}"), [title(was[name]) for name in was if name not in will]),
        (
            message("{what} that change ({n}): {names}"),
            [title(will[name]) for name in will if name in was and was[name] != will[name]],
        ),
    ):
        if names:
            yield Message(words.text, {"what": what, "n": len(names), "names": _listed(names)})


def _counted(what: Message, old: Iterable[T], new: Iterable[T], key: Callable[[T], str]) -> Iterator[Message]:
    was, will = {key(one): one for one in old}, {key(one): one for one in new}
    more, less = len(will.keys() - was.keys()), len(was.keys() - will.keys())
    other = sum(was[name] != one for name, one in will.items() if name in was)
    parts = [
        plural("{n} new", "{n} new", more) if more else None,
        plural("{n} gone", "{n} gone", less) if less else None,
        plural("{n} changed", "{n} changed", other) if other else None,
    ]
    if there := [part for part in parts if part is not None]:
        yield message("{what}: {counts}", what=what, counts=joined(there))
