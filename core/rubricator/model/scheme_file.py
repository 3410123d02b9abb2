"""The file of a scheme, as people write and read it: how large it may be, and all that is wrong with it, by line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rubricator.errors import UserError
from rubricator.model.ids import named_id
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_fields import HINT, Fault, SchemeError, all_faults
from rubricator.model.scheme_json import scheme_from_json, scheme_to_json
from rubricator.model.scheme_whole import misfits
from rubricator.model.scheme_written import hard_to_tell, lines_of_parts, unknown_fields
from rubricator.model.strict_json import NotJson, flaw, load, overlong
from rubricator.words import Message, message

_DEEPEST = 32
"""How deep a file may nest."""
_LONGEST = 1_000_000
"""Code points of one text: a guideline of five hundred pages."""
_MOST = {
    "labels": 5_000,
    "topics": 50_000,
    "rules": 1_000,
    "attributes": 1_000,
    "relations": 1_000,
    "examples": 20_000,
}
"""Parts of a file: far more than people choose from, and few enough to be read while they wait."""
_RULES = "15676a66-5506-4d53-ba11-1a8f9771113b"


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
    for why in _too_many(value):
        raise SchemeError(where, why)
    said = _with_ids(value)
    faults = list(unknown_fields(said))
    try:
        scheme = scheme_from_json(said, where)
    except SchemeError as error:
        faults += error.faults
    else:
        faults += [*misfits(scheme), *hard_to_tell(scheme)]
    if faults:
        raise all_faults(where, _with_lines(faults, source))
    return scheme


def _with_lines(faults: Iterable[Fault], source: str) -> list[Fault]:
    """Return faults in the order of the file, each with the line that its part begins in."""
    lines = lines_of_parts(source)
    placed = [(lines.get((fault.part, fault.n), 0), fault) for fault in faults]
    return [
        fault._replace(why=message("line {line}: {why}", line=line, why=fault.why)) if line else fault
        for line, fault in sorted(placed, key=lambda one: one[0])
    ]


def _too_many(value: object) -> Iterator[Message]:
    for key, most in _MOST.items():
        found = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(found, list) and len(found) > most:
            yield message("it has {n} {list}; {most} are the most there can be", n=len(found), list=key, most=most)


def faults_of(scheme: Scheme) -> Iterator[Message]:
    """Yield why the file of a scheme could not be read again, as it would be said of the file."""
    value = scheme_to_json(scheme)
    try:
        whole = scheme_from_json(value)
    except SchemeError as error:
        yield from (fault.why for fault in error.faults)
    else:
        yield from (fault.why for fault in misfits(whole))
        yield from _faults_of_file(value, whole)


def faults_of_file(scheme: Scheme) -> Iterator[Message]:
    """Yield those of them that only a file is held to: what came from elsewhere may be so."""
    yield from _faults_of_file(scheme_to_json(scheme), scheme)


def _faults_of_file(value: object, scheme: Scheme) -> Iterator[Message]:
    if (why := overlong(value, _LONGEST)) is not None:  # what no text holds is replaced when it is written
        yield why
    yield from _too_many(value)
    yield from (fault.why for fault in hard_to_tell(scheme))


def _with_ids(value: Any) -> Any:
    """Give an id to each rule that has none: by it a project tells them apart, and those of copies that are merged.

    It is made of what the rule says, so that the same file gives the same, and another file no rule of that id.
    """
    rules = value.get("rules") if isinstance(value, Mapping) else None
    if not isinstance(rules, list):
        return value
    times: Counter[str] = Counter()
    given: list[Any] = []
    for rule in rules:
        if isinstance(rule, Mapping) and rule.get("id") in ("", None):
            says = json.dumps({**rule, "id": ""}, sort_keys=True)
            times[says] += 1
            rule = {**rule, "id": named_id(_RULES, says, times[says])[-12:]}
        given.append(rule)
    return {**value, "rules": given}


def dump_scheme(scheme: Scheme) -> str:
    """Return the scheme as the text of a JSON file, the same for the same scheme."""
    return json.dumps(scheme_to_json(scheme), ensure_ascii=False, indent=1) + "\n"
