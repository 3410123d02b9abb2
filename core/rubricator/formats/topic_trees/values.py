"""Looks into the JSON of a file of topics: each value is what it should be, or a UserError says what it is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rubricator.model.text import plain
from rubricator.model.topics import bad_file
from rubricator.words import Message, message


def place_of(number: int) -> Message:
    """Say where in a list a topic stands."""
    return message("topic {n} of the file", n=number)


def objects(value: Mapping[str, Any], key: str, where: str) -> list[Mapping[str, Any]]:
    """Return the objects of a list that must hold some."""
    found = value.get(key)
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise bad_file(where, message("“{key}” is not a list of objects", key=key))
    if not found:
        raise bad_file(where, message("“{key}” is empty", key=key))
    return found


def code(item: Mapping[str, Any], key: str, where: str, number: int) -> str:
    """Return the code of a topic."""
    found = text(item, key, where, number).strip()
    if not found:
        raise bad_file(where, message("{place} has no “{key}”", place=place_of(number), key=key))
    return found


def text(item: Mapping[str, Any], key: str, where: str, number: int) -> str:
    """Return a text of a topic; "" where there is none."""
    found = item.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise bad_file(where, message("“{key}” of {place} is not text", place=place_of(number), key=key))
    return plain(found)


def texts(item: Mapping[str, Any], key: str, where: str, number: int) -> tuple[str, ...]:
    """Return the texts of a list, or the only one; () where there is none."""
    found = item.get(key)
    some = [] if found is None else found if isinstance(found, list) else [found]
    if not all(isinstance(one, str) for one in some):
        raise bad_file(where, message("“{key}” of {place} is not text", place=place_of(number), key=key))
    return tuple(plain(one) for one in some)


def words(item: Mapping[str, Any], key: str, where: str, number: int) -> dict[str, str]:
    """Return words by language; words without one stand under ""."""
    found = item.get(key)
    if found is None:
        return {}
    if isinstance(found, str):
        return {"": plain(found)}
    if not isinstance(found, Mapping) or not all(isinstance(one, str) for one in found.values()):
        raise bad_file(where, message("“{key}” of {place} is not text", place=place_of(number), key=key))
    return {plain(str(language)): plain(one) for language, one in found.items()}


def lists(item: Mapping[str, Any], key: str, where: str, number: int) -> dict[str, tuple[str, ...]]:
    """Return lists of words by language."""
    found = item.get(key)
    if isinstance(found, Mapping):
        return {plain(str(language)): texts(found, str(language), where, number) for language in found}
    some = texts(item, key, where, number)
    return {"": some} if some else {}
