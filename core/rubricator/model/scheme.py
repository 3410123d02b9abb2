"""The annotation scheme as a value: labels, topics, rules; to and from JSON (format `rubricator-scheme`, 1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rubricator.errors import UserError
from rubricator.words import message

HUES = 20
"""How many label hues there are; the window's theme holds their colours."""

SHORT_MAX = 4
KEYS = "1234567890abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Label:
    """A name of the scheme that a span can carry.

    `name` is what is stored and exported, `title` the words for people, `short` at most four letters for the
    chip, `hue` a number from 1 to HUES, `key` one character, `parent` the name of the label above it.
    """

    name: str
    title: str = ""
    short: str = ""
    definition: str = ""
    key: str = ""
    hue: int = 1
    parent: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """A node of the topic tree: `code` (say `medtop:11000000`), its name, definition and parent code."""

    code: str
    name: str
    definition: str = ""
    parent: str = ""
    retired: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of the scheme with its parameters; rules.py gives it its meaning."""

    id: str
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scheme:
    """The annotation scheme of a project; `version` counts its changes."""

    name: str = ""
    version: int = 1
    description: str = ""
    labels: tuple[Label, ...] = ()
    topics: tuple[Topic, ...] = ()
    rules: tuple[Rule, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> Mapping[str, Label]:
        """Labels by name."""
        return {label.name: label for label in self.labels}

    @cached_property
    def by_key(self) -> Mapping[str, Label]:
        """Labels by their key (lower case); of two with one key the first has it."""
        keys: dict[str, Label] = {}
        for label in self.labels:
            if label.key:
                keys.setdefault(label.key.lower(), label)
        return keys

    @cached_property
    def topics_by_code(self) -> Mapping[str, Topic]:
        """Topics by code, retired ones too."""
        return {topic.code: topic for topic in self.topics}

    def offered_topics(self) -> Iterator[Topic]:
        """Yield the topics that may be given: those that are not retired."""
        return (topic for topic in self.topics if not topic.retired)

    def topic_path(self, code: str) -> tuple[str, ...]:
        """Return the names from the top of the tree to this topic; an unknown code stands for itself."""
        path: list[str] = []
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            topic = self.topics_by_code.get(code)
            path.append(topic.name if topic else code)
            code = topic.parent if topic else ""
        return tuple(reversed(path))


def new_label(name: str, scheme: Scheme) -> Label:
    """Make a label for a name the scheme lacks: the next free hue and key, its first letters as chip."""
    used_hues = {label.hue for label in scheme.labels}
    hue = next((n for n in range(1, HUES + 1) if n not in used_hues), len(scheme.labels) % HUES + 1)
    wanted = [c for c in name.lower() if c in KEYS] + list(KEYS)
    key = next((c for c in wanted if c not in scheme.by_key), "")
    title = name.replace("_", " ").replace("-", " ").strip().capitalize() if name.isupper() else name
    return Label(name=name, title=title, short=short_for(name), key=key, hue=hue)


def short_for(name: str) -> str:
    """Return at most four capitals that stand for a label's name."""
    letters = "".join(c for c in name if c.isalnum())
    return (letters or name)[:SHORT_MAX].upper()


def scheme_to_json(scheme: Scheme) -> dict[str, Any]:
    """Return the scheme as JSON values; what is empty is left out, order is kept."""
    return {
        "rubricator-scheme": 1,
        "name": scheme.name,
        "version": scheme.version,
        **({"description": scheme.description} if scheme.description else {}),
        "labels": [label_to_json(label) for label in scheme.labels],
        "topics": [topic_to_json(topic) for topic in scheme.topics],
        **({"rules": [rule_to_json(rule) for rule in scheme.rules]} if scheme.rules else {}),
        **scheme.extra,
    }


def label_to_json(label: Label) -> dict[str, Any]:
    """Return a label as JSON values."""
    return {
        "name": label.name,
        "title": label.title,
        "short": label.short,
        "definition": label.definition,
        "key": label.key,
        "hue": label.hue,
        **({"parent": label.parent} if label.parent else {}),
        **label.extra,
    }


def topic_to_json(topic: Topic) -> dict[str, Any]:
    """Return a topic as JSON values."""
    value = {"code": topic.code, "name": topic.name}
    optional = {"definition": topic.definition, "parent": topic.parent, "retired": topic.retired}
    return value | {key: text for key, text in optional.items() if text}


def rule_to_json(rule: Rule) -> dict[str, Any]:
    """Return a rule as JSON values."""
    return {"id": rule.id, "kind": rule.kind, **rule.values}


def scheme_from_json(value: object, where: str = "") -> Scheme:
    """Read a scheme; UserError names what is wrong and where."""
    if not isinstance(value, Mapping) or value.get("rubricator-scheme") != 1:
        raise _bad(where, message("it does not say “rubricator-scheme”: 1"))
    known = {"rubricator-scheme", "name", "version", "description", "labels", "topics", "rules"}
    labels = tuple(label_from_json(item, where) for item in _list(value, "labels", where))
    topics = tuple(topic_from_json(item, where) for item in _list(value, "topics", where))
    rules = tuple(rule_from_json(item, where) for item in _list(value, "rules", where))
    _unique((label.name for label in labels), "label", where)
    _unique((topic.code for topic in topics), "topic", where)
    version = value.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise _bad(where, message("its version is not a whole number"))
    return Scheme(
        name=_text(value, "name", where),
        version=version,
        description=_text(value, "description", where),
        labels=labels,
        topics=topics,
        rules=rules,
        extra={key: item for key, item in value.items() if key not in known},
    )


def label_from_json(value: object, where: str = "") -> Label:
    """Read a label; what is missing is filled in as for a new one."""
    if not isinstance(value, Mapping) or not _text(value, "name", where).strip():
        raise _bad(where, message("a label has no name"))
    name = _text(value, "name", where)
    hue = value.get("hue", 1)
    if not isinstance(hue, int) or isinstance(hue, bool) or not 1 <= hue <= HUES:
        raise _bad(where, message("label {label} has a hue outside 1 to {most}", label=name, most=HUES))
    key = _text(value, "key", where)
    if len(key) > 1:
        raise _bad(where, message("the key of label {label} is more than one character", label=name))
    short = _text(value, "short", where) or short_for(name)
    if len(short) > SHORT_MAX:
        raise _bad(where, message("the short name of label {label} has more than four letters", label=name))
    known = {"name", "title", "short", "definition", "key", "hue", "parent"}
    return Label(
        name=name,
        title=_text(value, "title", where) or name,
        short=short,
        definition=_text(value, "definition", where),
        key=key,
        hue=hue,
        parent=_text(value, "parent", where),
        extra={key: item for key, item in value.items() if key not in known},
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
    )


def rule_from_json(value: object, where: str = "") -> Rule:
    """Read a rule; its meaning is rules.py's."""
    if not isinstance(value, Mapping):
        raise _bad(where, message("a rule is not an object"))
    values = {key: item for key, item in value.items() if key not in {"id", "kind"}}
    return Rule(_text(value, "id", where), _text(value, "kind", where), values)


def parse_scheme(source: str, where: str) -> Scheme:
    """Read a scheme from the text of a JSON file; `where` names the file in errors."""
    try:
        value = json.loads(source)
    except json.JSONDecodeError as error:
        raise UserError(
            message("{file}, line {line}: not JSON ({why}).", file=where, line=error.lineno, why=error.msg),
            message("Export a scheme with “rubricator scheme export” to see how one looks."),
        ) from error
    except RecursionError as error:
        raise _bad(where, message("it is nested too deeply")) from error
    return scheme_from_json(value, where)


def dump_scheme(scheme: Scheme) -> str:
    """Return the scheme as the text of a JSON file, the same for the same scheme."""
    return json.dumps(scheme_to_json(scheme), ensure_ascii=False, indent=1) + "\n"


def _bad(where: str, why: object) -> UserError:
    return UserError(
        message("{file} is not a scheme Rubricator can read: {why}.", file=where or "The scheme", why=why),
        message("Export a scheme with “rubricator scheme export” to see how one looks."),
    )


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


def _unique(names: Iterable[str], kind: str, where: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise _bad(where, message("the {kind} “{name}” stands in it twice", kind=kind, name=name))
        seen.add(name)
