"""Typed looks into JSON that someone else wrote: each value is what it should be, or `Bad` says what it is not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from rubricator.model import strict_json
from rubricator.model.spans import NOTHING
from rubricator.model.strict_json import NotJson, on_one_line
from rubricator.model.text import FORBIDDEN, is_clean
from rubricator.words import Message, message, say

T = TypeVar("T")

DEEPEST = 32
"""How deep the values that are kept unread (`extra`, `meta`, `attributes`) may nest."""

ID_MOST = 500
INT_MOST = 2**53


class Bad(Exception):  # noqa: N818  (it never reaches anyone: the reader turns it into a UserError with file and line)
    """What is wrong with a value; `path` says where in the line, outermost first."""

    def __init__(self, why: Message, hint: Message | str = "") -> None:
        super().__init__(why.text)
        self.why = why
        self.hint = hint
        self.path: list[str] = []

    def inside(self, name: str) -> Bad:
        """Return this, saying in what it lies."""
        self.path.insert(0, name)
        return self


def parse(line: str) -> dict[str, Any]:
    """Return the JSON object on a line."""
    try:
        value = strict_json.load(line)
    except NotJson as error:
        raise not_json(error) from error
    if not isinstance(value, dict):
        raise Bad(
            message("an object in braces is needed, this is {kind}.", kind=kind_of(value)),
            message("Each line holds one article: {example}", example='{"text": "..."}'),
        )
    return value


def not_json(error: NotJson) -> Bad:
    """Return what is wrong with JSON as a whole, with the place in its line where that is known."""
    if error.at < 0:
        return Bad(message("{why}.", why=error.why))
    return Bad(message("{why}, at character {n}.", why=error.why, n=error.at + 1))


def too_deep() -> Message:
    """Return the words for a value without bottom."""
    return message("{why}.", why=strict_json.TOO_DEEP)


def kind_of(value: object) -> Message:
    """Say in words what a JSON value is."""
    match value:
        case None:
            return message("nothing")
        case bool():
            return message("true or false")
        case int() | float():
            return message("a number")
        case str():
            return message("text")
        case list():
            return message("a list")
        case _:
            return message("an object")


def _wrong(key: str, wanted: Message, value: object) -> Bad:
    return Bad(message("“{key}” should be {wanted}, and is {kind}.", key=key, wanted=wanted, kind=kind_of(value)))


def text_of(item: Mapping[str, Any], key: str) -> str:
    """Return a text; empty where there is none."""
    value = item.get(key)
    if type(value) is str:
        return value
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(key, message("text"), value)
    return value


def name_of(item: Mapping[str, Any], key: str) -> str:
    """Return a name or code: a text, or a whole number taken as text; empty where there is none."""
    value = item.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= INT_MOST:
        return str(value)
    return text_of(item, key)


def fits_id(text: str) -> bool:
    """Say whether a text can be an id: it is not endless and stands on one line without tabs."""
    return len(text) <= ID_MOST and on_one_line(text)


def id_of(item: Mapping[str, Any], key: str) -> str:
    """Return an id: a name that is not endless and stands on one line without tabs."""
    value = item.get(key)
    if type(value) is str and value.isprintable() and len(value) <= ID_MOST:
        return value
    found = name_of(item, key)
    if len(found) > ID_MOST:
        raise Bad(message("“{key}” is longer than {most} characters.", key=key, most=ID_MOST))
    if not on_one_line(found):
        raise Bad(message("“{key}” holds a line break, a tab or the like.", key=key))
    return found


def choice_of(item: Mapping[str, Any], key: str, choices: tuple[str, ...], default: str) -> str:
    """Return one of these words; the default where there is none."""
    value = item.get(key)
    if type(value) is str and value in choices:
        return value
    found = text_of(item, key)
    if found and found not in choices:
        words = ", ".join(choices)
        raise Bad(message("“{key}” is “{found}”, and can be: {words}.", key=key, found=found[:80], words=words))
    return found or default


def number_of(item: Mapping[str, Any], key: str) -> float | None:
    """Return a number, or None where there is none."""
    value = item.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(key, message("a number"), value)
    if abs(value) > INT_MOST or not math.isfinite(value):
        raise Bad(message("“{key}” is too large a number.", key=key))
    return value


def whole_of(item: Mapping[str, Any], key: str) -> int:
    """Return a whole number that is not negative; 0 where there is none."""
    value = item.get(key)
    if value is None:
        return 0
    if type(value) is not int:
        raise _wrong(key, message("a whole number"), value)
    if not 0 <= value <= INT_MOST:
        raise Bad(message("“{key}” is negative or too large a number.", key=key))
    return value


def list_of(item: Mapping[str, Any], key: str) -> list[Any]:
    """Return a list; empty where there is none."""
    value = item.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _wrong(key, message("a list"), value)
    return value


def objects_of(item: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return a list of objects; empty where there is none."""
    values = list_of(item, key)
    for value in values:
        if not isinstance(value, dict):
            raise _wrong(key, message("a list of objects"), value)
    return values


def texts_of(item: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a list of texts; empty where there is none."""
    values = list_of(item, key)
    for value in values:
        if not isinstance(value, str):
            raise _wrong(key, message("a list of texts"), value)
    return tuple(values)


def object_of(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return an object whose values are kept as they are; empty where there is none."""
    value = item.get(key)
    if value is None:
        return NOTHING
    if not isinstance(value, dict):
        raise _wrong(key, message("an object"), value)
    return kept(value) or NOTHING


def flag_of(item: Mapping[str, Any], key: str) -> bool:
    """Return true or false; false where there is neither."""
    value = item.get(key)
    if value is not None and not isinstance(value, bool):
        raise _wrong(key, message("true or false"), value)
    return bool(value)


def rest_of(item: Mapping[str, Any], known: frozenset[str]) -> Mapping[str, Any]:
    """Return the keys that the format does not know."""
    if item.keys() <= known:
        return NOTHING
    rest: Mapping[str, Any] = kept({key: value for key, value in item.items() if key not in known})
    return rest


def kept(value: Any) -> Any:
    """Return a value that will be kept unread, once it is sure that it can be written again."""
    for depth, inner in strict_json.walk(value):
        if depth > DEEPEST:
            raise Bad(too_deep())
        if isinstance(inner, float) and not math.isfinite(inner):
            raise Bad(message("it holds too large a number."))
    return value


_ESCAPE = re.compile(r"\\[ubf]")
"""With these JSON can write what is forbidden; of ASCII, nothing that is may stand in it as it is."""


def cleaned(value: Any, line: str) -> tuple[Any, int]:
    """Return the value with forbidden characters in its texts replaced as in an article, and how many there were."""
    if not ("\\" in line and _ESCAPE.search(line)) and (line.isascii() or is_clean(line)):
        return value, 0
    count = 0

    def clean(inner: Any) -> Any:
        nonlocal count
        if isinstance(inner, str):
            inner, n = FORBIDDEN.subn("\ufffd", inner)
            count += n
            return inner
        if isinstance(inner, list):
            return [clean(part) for part in inner]
        if isinstance(inner, dict):
            return {clean(key): clean(part) for key, part in inner.items()}
        return inner

    try:
        return clean(value), count
    except RecursionError as error:
        raise Bad(too_deep()) from error


def each(items: Iterable[dict[str, Any]], name: Message, read: Callable[[dict[str, Any]], T]) -> list[T]:
    """Read the items; what is wrong with one says which it is."""
    found: list[T] = []
    try:
        for item in items:
            found.append(read(item))
    except Bad as bad:
        raise bad.inside(f"{say(name)} {len(found) + 1}") from bad
    return found


def take_each(items: Iterable[T], name: str, where: str, take: Callable[[T, str], object]) -> None:
    """Hand the items on one by one, each with its place in the file; what is wrong with one says which it is."""
    for n, item in enumerate(items, 1):
        try:
            take(item, f"{where}, {name} {n}")
        except Bad as bad:
            raise bad.inside(f"{name} {n}") from bad
