"""The fields of a JSON object in a scheme: each of its type, or words that say what is wrong, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rubricator.errors import UserError
from rubricator.words import Message, joined, message, plural

HINT = message("Export a scheme with “rubricator scheme export” to see how one looks.")


class Fault(NamedTuple):
    """One thing that is wrong with a scheme: why, and with which of its parts (the `n`th, from 1, of a list)."""

    why: Message
    part: str = ""
    n: int = 0


_MOST = 20
"""Faults that are listed; the others are counted."""


class SchemeError(UserError):
    """What is wrong with a scheme; `why` alone, for who knows better where it stands, and all `faults`."""

    def __init__(self, where: str, why: Message, faults: Sequence[Fault] = ()) -> None:
        if where and len(faults) > 1:
            super().__init__(message("{file} is not a scheme Rubricator can read:{why}", file=where, why=why), HINT)
        elif where:
            super().__init__(message("{file} is not a scheme Rubricator can read: {why}.", file=where, why=why), HINT)
        else:  # it stands in the project, or is being edited
            super().__init__(message("The scheme will not do: {why}.", why=why))
        self.why = why
        self.faults = tuple(faults) or (Fault(why),)


def all_faults(where: str, faults: Sequence[Fault]) -> SchemeError:
    """Return the error that tells all that is wrong, a line each."""
    if len(faults) == 1:
        return SchemeError(where, faults[0].why, faults)
    told = [message("\n– {why}", why=fault.why) for fault in faults[:_MOST]]
    if (more := len(faults) - _MOST) > 0:
        told.append(plural("\n– and {n} more", "\n– and {n} more", more))
    return SchemeError(where, joined(told, ""), faults)


class Fields:
    """A JSON object, read field by field; `where` names the file in errors. What is missing is empty."""

    def __init__(self, value: Mapping[str, Any], where: str) -> None:
        self.value = value
        self._where = where

    def wrong(self, why: Message) -> SchemeError:
        """Return the error that says what is wrong with the object."""
        return SchemeError(self._where, why)

    def text(self, key: str) -> str:
        """Return a text."""
        found = self.value.get(key, "")
        if found is None:
            return ""
        if not isinstance(found, str):
            raise self.wrong(message("“{key}” is not text", key=key))
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Return several texts."""
        found = self.items(key)
        if not all(isinstance(item, str) for item in found):
            raise self.wrong(message("“{key}” holds something that is not text", key=key))
        return tuple(found)

    def items(self, key: str) -> list[Any]:
        """Return a list of anything."""
        found = self.value.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(message("“{key}” is not a list", key=key))
        return found

    def flag(self, key: str) -> bool:
        """Return yes or no."""
        found = self.value.get(key)
        if found is None or isinstance(found, bool):
            return bool(found)
        raise self.wrong(message("“{key}” is neither true nor false", key=key))

    def key(self, name: str) -> str:
        """Return the key that chooses what is called so."""
        key = self.text("key")
        if len(key) > 1:
            raise self.wrong(message("the key of {name} is more than one character", name=name))
        return key

    def rest(self, known: str) -> dict[str, Any]:
        """Return the fields that are not among these names."""
        names = known.split()
        return {key: item for key, item in self.value.items() if key not in names}


def named_fields(value: object, what: Message, where: str) -> tuple[Fields, str]:
    """Return the fields of an object and its name; `what` says what has to have one."""
    if not isinstance(value, Mapping) or not (fields := Fields(value, where)).text("name").strip():
        raise SchemeError(where, message("{what} has no name", what=what))
    return fields, fields.text("name")


def twice(names: Sequence[str], kind: Message, part: str) -> Iterator[Fault]:
    """Yield where a name stands twice; what has none is passed over."""
    seen: set[str] = set()
    for n, name in enumerate(names, 1):
        if name and name in seen:
            yield Fault(message("the {kind} “{name}” stands in it twice", kind=kind, name=name), part, n)
        seen.add(name)


def only_once(names: Sequence[str], kind: Message, where: str) -> None:
    """Raise SchemeError where a name stands twice."""
    for fault in twice(names, kind, ""):
        raise SchemeError(where, fault.why)
