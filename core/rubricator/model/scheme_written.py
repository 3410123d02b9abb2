"""What only the file of a scheme is held to, since somebody wrote it by hand: fields that are known, names told apart.

What a project made of others, or of files of other programs, may say so all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from json.decoder import JSONObject  # type: ignore[attr-defined]  # Python's own reader of an object
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any
from unicodedata import normalize

from rubricator.model.rules import RULE_FIELDS, RULE_KINDS
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_fields import Fault
from rubricator.model.scheme_json import KNOWN
from rubricator.model.scheme_parts import FIELDS
from rubricator.model.strict_json import on_one_line, shown
from rubricator.words import Message, message

NAME_MOST = 500
_OWN = ("_", "$", "x-")
"""How fields begin that somebody keeps for purposes of their own: those are kept, and read by nobody."""


# --- fields -------------------------------------------------------------------------------------------------------


def unknown_fields(value: object) -> Iterator[Fault]:
    """Yield the fields that no part of a scheme has, and the kinds of rules that there are not.

    What is not read is not obeyed: of a rule with `label` for `labels` every label would be meant.
    """
    if isinstance(value, Mapping):
        for field in value:
            if field not in KNOWN and not field.startswith(_OWN):
                why = message(
                    "it says “{field}”; what it can say is {known}", field=shown(field), known=", ".join(KNOWN)
                )
                yield Fault(why)
    for part, n, item in _items(value):
        if part != "rules":
            yield from _strange(part, n, item, FIELDS[part].split())
        elif isinstance(kind := item.get("kind"), str) and kind:
            if kind in RULE_FIELDS:
                yield from _strange(part, n, item, ["id", "kind", *RULE_FIELDS[kind].split()])
            else:
                words = {"n": n, "kind": shown(kind), "kinds": ", ".join(RULE_KINDS)}
                yield Fault(message("rule {n} is of the kind “{kind}”, not one of {kinds}", **words), part, n)


def _items(value: object) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    for part in (*FIELDS, "rules"):
        items = value.get(part) if isinstance(value, Mapping) else None
        for n, item in enumerate(items if isinstance(items, list) else (), 1):
            if isinstance(item, Mapping):
                yield part, n, item


def _strange(part: str, n: int, item: Mapping[str, Any], known: list[str]) -> Iterator[Fault]:
    for field in item:
        if field not in known and not field.startswith(_OWN):
            words = {"list": part, "n": n, "field": shown(field), "known": ", ".join(known)}
            yield Fault(message("{list} {n} says “{field}”; what it can say is {known}", **words), part, n)


# --- names --------------------------------------------------------------------------------------------------------


def hard_to_tell(scheme: Scheme) -> Iterator[Fault]:
    """Yield names that cannot be told apart by eye, and what cannot stand on a line."""
    labels, attributes, relations = scheme.labels, scheme.attributes, scheme.relations
    yield from _lines(message("label"), [one.name for one in labels], "labels")
    yield from _lines(message("topic"), [one.code for one in scheme.topics], "topics")
    yield from _lines(message("attribute"), [one.name for one in attributes], "attributes")
    yield from _lines(message("relation type"), [one.name for one in relations], "relations")
    for n, attribute in enumerate(attributes, 1):
        yield from (fault._replace(n=n) for fault in _lines(message("value"), attribute.values, "attributes"))
    keyed = [("labels", n, one.name, one.key) for n, one in enumerate(labels, 1)]
    keyed += [("attributes", n, one.name, one.key) for n, one in enumerate(attributes, 1)]
    keyed += [("relations", n, one.name, one.key) for n, one in enumerate(relations, 1)]
    for part, n, name, key in keyed:
        if key and (not key.isprintable() or key.isspace()):
            yield Fault(message("the key of {name} is no character that can be typed and seen", name=name), part, n)


def _lines(kind: Message, names: Iterable[str], part: str) -> Iterator[Fault]:
    """Yield what is wrong with names. A and a are two: names are compared as they are written wherever they stand."""
    seen: dict[str, str] = {}
    for n, name in enumerate(names, 1):
        if (why := _unwritable(kind, name)) is not None:
            yield Fault(why, part, n)
        elif seen.setdefault(looks := looks_of(name), name) != name:
            why = message(
                "two {kind}s look alike, “{name}”: they differ in white space or in how an accent is written",
                kind=kind,
                name=looks,
            )
            yield Fault(why, part, n)


def _unwritable(kind: Message, name: str) -> Message | None:
    if not name.strip():
        return message("a {kind} is empty", kind=kind)
    if len(name) > NAME_MOST:
        words = {"kind": kind, "name": shown(name), "most": NAME_MOST}
        return message("the {kind} “{name}” is longer than {most} characters", **words)
    if not on_one_line(name):
        return message("the {kind} “{name}” holds a line break, a tab or the like", kind=kind, name=shown(name))
    return None


def looks_of(name: str) -> str:
    """Return what names that look alike have in common."""
    return " ".join(normalize("NFC", name).split())


def can_be_written(name: str) -> bool:
    """Say whether a name can stand in the file of a scheme."""
    return _unwritable(message("name"), name) is None


# --- places -------------------------------------------------------------------------------------------------------


def lines_of_parts(source: str) -> dict[tuple[str, int], int]:
    """Return, for the parts of a scheme (the list, and the place in it from 1), the line that each begins in.

    The reader of the standard library says where an object begins to none but its own parts; it is slow, and asked
    only where something is wrong.
    """
    begins: dict[int, int] = {}
    decoder = _Decoder()
    decoder.begins = begins
    value = decoder.decode(source)
    lines: dict[tuple[str, int], int] = {}
    line, at = 1, 0
    places = sorted((begins[id(item)], part, n) for part, n, item in _items(value))
    for begin, part, n in places:
        line, at = line + source.count("\n", at, begin), begin
        lines[part, n] = line
    return lines


class _Decoder(json.JSONDecoder):
    """Keeps where each object begins, by its identity: all of them are part of what it returns."""

    begins: dict[int, int]

    def __init__(self) -> None:
        super().__init__()
        self.parse_object = self._object
        self.scan_once = py_make_scanner(self)

    def _object(self, at: tuple[str, int], *more: Any) -> tuple[dict[str, Any], int]:
        found: tuple[dict[str, Any], int] = JSONObject(at, *more)
        self.begins[id(found[0])] = at[1] - 1
        return found
