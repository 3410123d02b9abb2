"""The fields of a JSON object in a scheme: each of its type, or words that say what is wrong, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rubricator.errors import UserError
from rubricator.words import Message, message

HINT = message("Export a scheme with “rubricator scheme export” to see how one looks.")


class SchemeError(UserError):
    """What is wrong with a scheme; `why` alone, for who knows better where it stands."""

    def __init__(self, where: str, why: Message) -> None:
        if where:
            super().__init__(message("{file} is not a scheme Rubricator can read: {why}.", file=where, why=why), HINT)
        else:  # it stands in the project, or is being edited
            super().__init__(message("The scheme will not do: {why}.", why=why))
        self.why = why


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


def only_once(names: Iterable[str], kind: Message, where: str) -> None:
    """Raise SchemeError where a name stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SchemeError(where, message("the {kind} “{name}” stands in it twice", kind=kind, name=name))
        seen.add(name)
