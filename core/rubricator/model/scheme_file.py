"""The file of a scheme, as people write and read it: how large it may be, and names that can be told apart by eye."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any
from unicodedata import normalize

from rubricator.errors import UserError
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_fields import HINT, SchemeError
from rubricator.model.scheme_json import scheme_from_json, scheme_to_json
from rubricator.model.scheme_whole import check_whole
from rubricator.model.strict_json import NotJson, flaw, load, on_one_line, shown
from rubricator.words import Message, message

_DEEPEST = 32
"""How deep a file may nest."""
_LONGEST = 1_000_000
"""Code points of one text: a guideline of five hundred pages."""
NAME_MOST = 500
_MOST = {
    "labels": 5_000,
    "topics": 50_000,
    "rules": 1_000,
    "attributes": 1_000,
    "relations": 1_000,
    "examples": 20_000,
}
"""Parts of a file: far more than people choose from, and few enough to be read while they wait."""


def parse_scheme(source: str, where: str) -> Scheme:
    """Read a scheme from the text of a JSON file; `where` names the file in errors."""
    try:
        value = load(source)
    except NotJson as error:
        if error.line:
            said = message("{file}, line {line}: {why}.", file=where, line=error.line, why=error.why)
            raise UserError(said, HINT) from error
        raise SchemeError(where, error.why) from error
    if (why := flaw(value, _DEEPEST, _LONGEST)) is not None:
        raise SchemeError(where, why)
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
            raise SchemeError(where, why)


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
            raise SchemeError(where, message("the key of {name} is no character that can be typed and seen", name=name))


def _check_lines(kind: Message, names: Iterable[str], where: str) -> None:
    seen: dict[str, str] = {}
    for name in names:
        if not name.strip():
            raise SchemeError(where, message("a {kind} is empty", kind=kind))
        if len(name) > NAME_MOST:
            why = message(
                "the {kind} “{name}” is longer than {most} characters", kind=kind, name=shown(name), most=NAME_MOST
            )
            raise SchemeError(where, why)
        if not on_one_line(name):
            raise SchemeError(
                where, message("the {kind} “{name}” holds a line break, a tab or the like", kind=kind, name=shown(name))
            )
        looks = looks_of(name)
        if seen.setdefault(looks, name) != name:
            raise SchemeError(
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
