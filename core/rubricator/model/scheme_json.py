"""The file of a scheme: to and from JSON (format `rubricator-scheme`, 1); errors say where and what, in words."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import count
from typing import Any, TypeVar
from unicodedata import normalize

from rubricator.errors import UserError
from rubricator.model.colours import is_colour
from rubricator.model.scheme import (
    ATTRIBUTE_KINDS,
    HUES,
    SHORT_MAX,
    Attribute,
    Example,
    Label,
    RelationType,
    Rule,
    Scheme,
    Topic,
    short_for,
)
from rubricator.model.strict_json import NotJson, flaw, load, on_one_line, shown
from rubricator.model.text import plain
from rubricator.words import Message, message

T = TypeVar("T")

DEEPEST = 32
"""How deep a file may nest."""
LONGEST = 1_000_000
"""Code points of one text: a guideline of five hundred pages."""
NAME_MOST = 500
_VERSION_MOST = 2**53
_MOST = {
    "labels": 5_000,
    "topics": 50_000,
    "rules": 1_000,
    "attributes": 1_000,
    "relations": 1_000,
    "examples": 20_000,
}
"""Parts of a file: far more than people choose from, and few enough to be read while they wait."""

_KNOWN = frozenset(
    "rubricator-scheme name version description guideline labels topics rules attributes relations examples".split()
)


# --- out ----------------------------------------------------------------------------------------------------------


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


def label_to_json(label: Label) -> dict[str, Any]:
    """Return a label as JSON values."""
    return {
        "name": label.name,
        "title": label.title,
        "short": label.short,
        "definition": label.definition,
        "key": label.key,
        "hue": label.hue,
        **_said(colour=label.colour, parent=label.parent, guideline=label.guideline),
        **label.extra,
    }


def topic_to_json(topic: Topic) -> dict[str, Any]:
    """Return a topic as JSON values."""
    return {
        "code": topic.code,
        "name": topic.name,
        **_said(
            definition=topic.definition,
            parent=topic.parent,
            retired=topic.retired,
            synonyms=list(topic.synonyms),
            note=topic.note,
            instead=list(topic.instead),
        ),
    }


def attribute_to_json(attribute: Attribute) -> dict[str, Any]:
    """Return an attribute as JSON values."""
    a = attribute
    said = _said(values=list(a.values), labels=list(a.labels), required=a.required, chip=a.chip)
    default = {} if a.default is None else {"default": a.default}
    return {
        "name": a.name,
        "title": a.title,
        "kind": a.kind,
        **said,
        **default,
        **_said(key=a.key, definition=a.definition),
        **a.extra,
    }


def relation_to_json(relation: RelationType) -> dict[str, Any]:
    """Return a relation type as JSON values."""
    r = relation
    ends = _said(sources=list(r.sources), targets=list(r.targets), symmetric=r.symmetric)
    return {"name": r.name, "title": r.title, **ends, **_said(key=r.key, definition=r.definition), **r.extra}


def example_to_json(example: Example) -> dict[str, Any]:
    """Return an example as JSON values."""
    x = example
    around = _said(before=x.before, after=x.after, counter=x.counter, note=x.note)
    return {"id": x.id, "label": x.label, "quote": x.quote, **around}


def rule_to_json(rule: Rule) -> dict[str, Any]:
    """Return a rule as JSON values."""
    return {"id": rule.id, "kind": rule.kind, **rule.values}


def _said(**values: Any) -> dict[str, Any]:
    """Leave out what is empty."""
    return {key: value for key, value in values.items() if value}


# --- in -----------------------------------------------------------------------------------------------------------


def scheme_from_json(value: object, where: str = "") -> Scheme:
    """Read a scheme; UserError names what is wrong and where."""
    if not isinstance(value, Mapping) or value.get("rubricator-scheme") != 1:
        raise _bad(where, message("it does not say “rubricator-scheme”: 1"))

    def each(key: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
        return tuple(
            _placed(item, read, message("{list} {n}", list=key, n=n), where)
            for n, item in enumerate(_list(value, key, where), 1)
        )

    version = value.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or not 0 <= version <= _VERSION_MOST:
        raise _bad(where, message("its version is not a whole number"))
    scheme = Scheme(
        name=_text(value, "name", where),
        version=version,
        description=_text(value, "description", where),
        guideline=_text(value, "guideline", where),
        labels=each("labels", label_from_json),
        topics=each("topics", topic_from_json),
        rules=each("rules", rule_from_json),
        attributes=each("attributes", attribute_from_json),
        relations=each("relations", relation_from_json),
        examples=each("examples", example_from_json),
        extra={key: item for key, item in value.items() if key not in _KNOWN},
    )
    _check_names(scheme, where)
    return scheme


def _placed(item: object, read: Callable[[object, str], T], place: Message, where: str) -> T:
    """Read a part; what is wrong with it says which it is."""
    try:
        return read(item, where)
    except SchemeError as fault:
        raise _bad(where, message("{place}: {why}", place=place, why=fault.why)) from fault


def _check_names(scheme: Scheme, where: str) -> None:
    _unique((label.name for label in scheme.labels), message("label"), where)
    _unique((topic.code for topic in scheme.topics), message("topic"), where)
    _unique((attribute.name for attribute in scheme.attributes), message("attribute"), where)
    _unique((relation.name for relation in scheme.relations), message("relation type"), where)
    _unique((rule.id for rule in scheme.rules if rule.id), message("rule"), where)
    _unique((example.id for example in scheme.examples), message("example"), where)


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
            raise _bad(where, why)
    for topic in scheme.topics:
        if topic.parent and topic.parent not in scheme.topics_by_code:
            why = message(
                "topic {topic} stands under {parent}, which is not in it", topic=topic.code, parent=topic.parent
            )
            raise _bad(where, why)
    _no_circle({label.name: label.parent for label in scheme.labels}, message("label"), where)
    _no_circle({topic.code: topic.parent for topic in scheme.topics}, message("topic"), where)
    named = [(attribute.name, attribute.labels) for attribute in scheme.attributes]
    named += [(relation.name, relation.sources + relation.targets) for relation in scheme.relations]
    for name, labels in named:
        for label_name in labels:
            if label_name not in scheme.by_name:
                raise _bad(where, message("“{name}” names {label}, which is not in it", name=name, label=label_name))
    for n, rule in enumerate(scheme.rules, 1):
        _check_rule(rule, n, scheme, where)
    for example in scheme.examples:
        if example.label not in scheme.by_name:
            why = message(
                "the example “{quote}” is of {label}, which is not in it", quote=example.quote[:40], label=example.label
            )
            raise _bad(where, why)


def _check_rule(rule: Rule, n: int, scheme: Scheme, where: str) -> None:
    if not rule.kind:
        raise _bad(where, message("rule {n} has no kind", n=n))
    if not isinstance(rule.values.get("note", False), bool):
        raise _bad(where, message("“{key}” of rule {n} is neither true nor false", key="note", n=n))
    for key in ("inner", "outer", "labels"):
        names = rule.values.get(key, ())
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            raise _bad(where, message("“{key}” of rule {n} is not a list of labels", key=key, n=n))
        for name in names:
            if name not in scheme.by_name:
                raise _bad(where, message("rule {n} names {label}, which is not in it", n=n, label=name))
    if rule.kind == "topic-demands":
        topic = rule.values.get("topic")
        if not isinstance(topic, str) or not topic:
            raise _bad(where, message("rule {n} names no topic", n=n))
        if scheme.topics and topic not in scheme.topics_by_code:
            raise _bad(where, message("rule {n} names the topic {topic}, which is not in it", n=n, topic=topic))


def label_from_json(value: object, where: str = "") -> Label:
    """Read a label; what is missing is filled in as for a new one."""
    item, name = _named(value, message("a label"), where)
    hue = item.get("hue", 1)
    if not isinstance(hue, int) or isinstance(hue, bool) or not 1 <= hue <= HUES:
        raise _bad(where, message("label {label} has a hue outside 1 to {most}", label=name, most=HUES))
    colour = _text(item, "colour", where)
    if colour and not is_colour(colour):
        why = message("label {label} has the colour “{colour}”: write one as #rrggbb", label=name, colour=colour)
        raise _bad(where, why)
    short = _text(item, "short", where) or short_for(name)
    if len(short) > SHORT_MAX:
        raise _bad(where, message("the short name of label {label} has more than four letters", label=name))
    return Label(
        name=name,
        title=_text(item, "title", where) or name,
        short=short,
        definition=_text(item, "definition", where),
        key=_key(item, name, where),
        hue=hue,
        parent=_text(item, "parent", where),
        guideline=_text(item, "guideline", where),
        colour=colour.lower(),
        extra=_rest(item, "name title short definition key hue colour parent guideline"),
    )


def topic_from_json(value: object, where: str = "") -> Topic:
    """Read a topic."""
    if not isinstance(value, Mapping) or not _text(value, "code", where).strip():
        raise _bad(where, message("a topic has no code"))
    code = _text(value, "code", where)
    return Topic(
        code=code,
        name=_text(value, "name", where) or code,
        definition=_text(value, "definition", where),
        parent=_text(value, "parent", where),
        retired=_text(value, "retired", where),
        synonyms=_texts(value, "synonyms", where),
        note=_text(value, "note", where),
        instead=_texts(value, "instead", where),
    )


def attribute_from_json(value: object, where: str = "") -> Attribute:
    """Read an attribute."""
    item, name = _named(value, message("an attribute"), where)
    kind = _text(item, "kind", where) or "text"
    if kind not in ATTRIBUTE_KINDS:
        kinds = ", ".join(ATTRIBUTE_KINDS)
        why = message("attribute {name} is of the kind “{kind}”, not one of {kinds}", name=name, kind=kind, kinds=kinds)
        raise _bad(where, why)
    values = _texts(item, "values", where)
    if kind in {"choice", "choices"} and not values:
        raise _bad(where, message("attribute {name} has no values to choose from", name=name))
    _unique(values, message("value"), where)
    attribute = Attribute(
        name=name,
        title=_text(item, "title", where) or name,
        kind=kind,
        values=values,
        labels=_texts(item, "labels", where),
        required=_flag(item, "required", where),
        default=item.get("default"),
        chip=_flag(item, "chip", where),
        key=_key(item, name, where),
        definition=_text(item, "definition", where),
        extra=_rest(item, "name title kind values labels required default chip key definition"),
    )
    if attribute.default is not None and not fits(attribute, attribute.default):
        raise _bad(where, message("the default of attribute {name} is none of its values", name=name))
    return attribute


def fits(attribute: Attribute, value: object) -> bool:
    """Say whether a JSON value is one that the attribute can have.

    A text may be anything that can be written in a line, and of several values one may stand by itself: what comes from
    elsewhere mixes them.
    """
    match attribute.kind:
        case "choice":
            return isinstance(value, str) and value in attribute.values
        case "choices":
            return all(item in attribute.values for item in (value if isinstance(value, list | tuple) else [value]))
        case "text":
            return isinstance(value, str | int | float)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool) and finite(value)
        case "flag":
            return isinstance(value, bool)


def finite(value: float) -> bool:
    """Say whether a number is one that every program can hold."""
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


def relation_from_json(value: object, where: str = "") -> RelationType:
    """Read a relation type."""
    item, name = _named(value, message("a relation type"), where)
    return RelationType(
        name=name,
        title=_text(item, "title", where) or name,
        sources=_texts(item, "sources", where),
        targets=_texts(item, "targets", where),
        symmetric=_flag(item, "symmetric", where),
        key=_key(item, name, where),
        definition=_text(item, "definition", where),
        extra=_rest(item, "name title sources targets symmetric key definition"),
    )


def example_from_json(value: object, where: str = "") -> Example:
    """Read an example."""
    if not isinstance(value, Mapping) or not all(_text(value, key, where) for key in ("id", "label", "quote")):
        raise _bad(where, message("an example lacks its id, its label or its quote"))
    words = {key: _text(value, key, where) for key in ("id", "label", "quote", "before", "after", "note")}
    return Example(**words, counter=_flag(value, "counter", where))


def rule_from_json(value: object, where: str = "") -> Rule:
    """Read a rule; its meaning is rules.py's."""
    if not isinstance(value, Mapping):
        raise _bad(where, message("a rule is not an object"))
    return Rule(_text(value, "id", where), _text(value, "kind", where), _rest(value, "id kind"))


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


# --- the file -----------------------------------------------------------------------------------------------------


def parse_scheme(source: str, where: str) -> Scheme:
    """Read a scheme from the text of a JSON file; `where` names the file in errors."""
    try:
        value = load(source)
    except NotJson as error:
        if error.line:
            said = message("{file}, line {line}: {why}.", file=where, line=error.line, why=error.why)
            raise UserError(said, _HINT) from error
        raise _bad(where, error.why) from error
    if (why := flaw(value, DEEPEST, LONGEST)) is not None:
        raise _bad(where, why)
    _check_size(value, where)
    scheme = scheme_from_json(_with_ids(value), where)
    check_whole(scheme, where)
    _check_written(scheme, where)
    return scheme


def _check_size(value: object, where: str) -> None:
    for key, most in _MOST.items():
        found = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(found, list) and len(found) > most:
            why = message("it has {n} {list}; {most} are the most there can be", n=len(found), list=key, most=most)
            raise _bad(where, why)


def _with_ids(value: Any) -> Any:
    """Give an id to each rule that has none: by it a project tells them apart."""
    rules = value.get("rules") if isinstance(value, Mapping) else None
    if not isinstance(rules, list):
        return value
    taken = {rule.get("id") for rule in rules if isinstance(rule, Mapping) and isinstance(rule.get("id"), str)}
    fresh = (str(n) for n in count(1) if str(n) not in taken)
    given = [
        {**rule, "id": next(fresh)} if isinstance(rule, Mapping) and rule.get("id") in ("", None) else rule
        for rule in rules
    ]
    return {**value, "rules": given}


def _check_written(scheme: Scheme, where: str) -> None:
    """Raise UserError where names cannot be told apart by eye, or cannot stand on a line.

    What a project made of others may say so all the same: this is for files.
    """
    _check_lines(message("label"), [one.name for one in scheme.labels], where)
    _check_lines(message("topic"), [one.code for one in scheme.topics], where)
    _check_lines(message("attribute"), [one.name for one in scheme.attributes], where)
    _check_lines(message("relation type"), [one.name for one in scheme.relations], where)
    for attribute in scheme.attributes:
        _check_lines(message("value"), attribute.values, where)
    keyed = [(one.name, one.key) for one in scheme.labels]
    keyed += [(one.name, one.key) for one in scheme.attributes]
    keyed += [(one.name, one.key) for one in scheme.relations]
    for name, key in keyed:
        if key and (not key.isprintable() or key.isspace()):
            raise _bad(where, message("the key of {name} is no character that can be typed and seen", name=name))


def _check_lines(kind: Message, names: Iterable[str], where: str) -> None:
    seen: dict[str, str] = {}
    for name in names:
        if not name.strip():
            raise _bad(where, message("a {kind} is empty", kind=kind))
        if len(name) > NAME_MOST:
            why = message(
                "the {kind} “{name}” is longer than {most} characters", kind=kind, name=shown(name), most=NAME_MOST
            )
            raise _bad(where, why)
        if not on_one_line(name):
            raise _bad(
                where, message("the {kind} “{name}” holds a line break, a tab or the like", kind=kind, name=shown(name))
            )
        looks = looks_of(name)
        if seen.setdefault(looks, name) != name:
            raise _bad(
                where,
                message(
                    "two {kind}s look alike, “{name}”: they differ in white space or in how an accent is written",
                    kind=kind,
                    name=looks,
                ),
            )


def looks_of(name: str) -> str:
    """Return what names that look alike have in common."""
    return " ".join(normalize("NFC", name).split())


def can_be_written(name: str) -> bool:
    """Say whether a name can stand in the file of a scheme."""
    return bool(name.strip()) and len(name) <= NAME_MOST and on_one_line(name)


def dump_scheme(scheme: Scheme) -> str:
    """Return the scheme as the text of a JSON file, the same for the same scheme."""
    return json.dumps(scheme_to_json(scheme), ensure_ascii=False, indent=1) + "\n"


# --- within -------------------------------------------------------------------------------------------------------


class SchemeError(UserError):
    """What is wrong with a scheme; `why` alone, for who knows better where it stands."""

    def __init__(self, where: str, why: Message) -> None:
        if where:
            super().__init__(message("{file} is not a scheme Rubricator can read: {why}.", file=where, why=why), _HINT)
        else:  # it stands in the project, or is being edited
            super().__init__(message("The scheme will not do: {why}.", why=why))
        self.why = why


_HINT = message("Export a scheme with “rubricator scheme export” to see how one looks.")


def _bad(where: str, why: Message) -> SchemeError:
    return SchemeError(where, why)


def _named(value: object, what: object, where: str) -> tuple[Mapping[str, Any], str]:
    if not isinstance(value, Mapping) or not _text(value, "name", where).strip():
        raise _bad(where, message("{what} has no name", what=what))
    return value, _text(value, "name", where)


def _list(value: Mapping[str, Any], key: str, where: str) -> list[Any]:
    found = value.get(key, [])
    if not isinstance(found, list):
        raise _bad(where, message("“{key}” is not a list", key=key))
    return found


def _text(value: Mapping[str, Any], key: str, where: str) -> str:
    found = value.get(key, "")
    if found is None:
        return ""
    if not isinstance(found, str):
        raise _bad(where, message("“{key}” is not text", key=key))
    return found


def _flag(value: Mapping[str, Any], key: str, where: str) -> bool:
    found = value.get(key)
    if found is None or isinstance(found, bool):
        return bool(found)
    raise _bad(where, message("“{key}” is neither true nor false", key=key))


def _texts(value: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    found = _list(value, key, where)
    if not all(isinstance(item, str) for item in found):
        raise _bad(where, message("“{key}” holds something that is not text", key=key))
    return tuple(found)


def _key(value: Mapping[str, Any], name: str, where: str) -> str:
    key = _text(value, "key", where)
    if len(key) > 1:
        raise _bad(where, message("the key of {name} is more than one character", name=name))
    return key


def _rest(value: Mapping[str, Any], known: str) -> dict[str, Any]:
    names = known.split()
    return {key: item for key, item in value.items() if key not in names}


def _unique(names: Iterable[str], kind: object, where: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise _bad(where, message("the {kind} “{name}” stands in it twice", kind=kind, name=name))
        seen.add(name)


def _no_shared_keys(keys: Iterable[tuple[str, str]], where: str) -> None:
    seen: dict[str, str] = {}
    for key, name in keys:
        if key and seen.setdefault(key.lower(), name) != name:
            why = message("{one} and {other} have the same key, {key}", one=seen[key.lower()], other=name, key=key)
            raise _bad(where, why)


def _no_circle(parents: Mapping[str, str], kind: object, where: str) -> None:
    done: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        name = start
        while name in parents and name not in done:
            if name in path:
                raise _bad(where, message("the {kind} “{name}” stands under itself", kind=kind, name=name))
            path[name] = None
            name = parents[name]
        done.update(path)
