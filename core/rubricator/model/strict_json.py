"""JSON that someone else wrote, read strictly: what Python's own reader takes in silence is told here.

Of two equal keys the first would be lost, NaN and 1e400 could not be written again, and a lone surrogate is no text.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from rubricator.model.quick_json import loaded
from rubricator.model.text import FORBIDDEN
from rubricator.words import Message, message


class NotJson(Exception):  # noqa: N818  (it never reaches anyone: who reads turns it into a UserError with its file)
    """Why something is not JSON; `line` (from 1) and `at` (code points from the start) say where.

    `unended` says that a text in it does not end.
    """

    def __init__(self, why: Message, line: int = 0, at: int = -1, *, unended: bool = False) -> None:
        super().__init__(why.text)
        self.why = why
        self.line = line
        self.at = at
        self.unended = unended


def load(source: str, *, once: bool = True) -> Any:
    """Return what JSON says; NotJson where it is none, cannot be held, or (with `once`) says a thing twice."""
    with suppress(ValueError, TypeError):  # what is wrong, and whether it is, Python's own says
        return loaded(source)
    try:
        return json.loads(source, parse_constant=no_constant, object_pairs_hook=once_each if once else None)
    except json.JSONDecodeError as error:
        why, unended = message("not JSON ({why})", why=error.msg), error.msg.startswith("Unterminated")
        raise NotJson(why, error.lineno, error.pos, unended=unended) from error
    except RecursionError as error:
        raise NotJson(TOO_DEEP) from error
    except ValueError as error:  # Python refuses whole numbers of more than 4,300 digits
        raise NotJson(message("it holds a number with too many digits")) from error


TOO_DEEP = message("it is nested too deeply")


def no_constant(name: str) -> Any:
    """Refuse NaN and Infinity, which Python's JSON knows and JSON does not."""
    raise NotJson(message("{name} is not a number that JSON knows", name=name))


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse equal keys: JSON's own reader would keep the last of two and drop the first in silence."""
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise NotJson(message("the key “{key}” stands in one object twice", key=shown(key)))
            seen.add(key)
    return value


def flaw(value: object, deepest: int, longest: int) -> Message | None:
    """Return what of a value no file can hold or nobody would write; None where all is well."""
    for depth, inner in walk(value):
        if depth > deepest:
            return TOO_DEEP
        if isinstance(inner, float) and not math.isfinite(inner):
            return message("it holds too large a number")
        for text in _texts(inner):
            if (found := FORBIDDEN.search(text)) is not None:
                code = f"U+{ord(found[0]):04X}"
                return message("“{words}” holds {code}, which is no character of a text", words=shown(text), code=code)
            if len(text) > longest:
                return _too_long(text, longest)
    return None


def overlong(value: object, longest: int) -> Message | None:
    """Return that a text of a value is longer than that; `flaw` says as much, and searches all of it."""
    texts = (text for _depth, inner in walk(value) for text in _texts(inner))
    return next((_too_long(text, longest) for text in texts if len(text) > longest), None)


def _too_long(text: str, longest: int) -> Message:
    return message("“{words}” is longer than {most} characters", words=shown(text), most=longest)


def _texts(inner: object) -> Iterable[str]:
    return (inner,) if isinstance(inner, str) else inner if isinstance(inner, dict) else ()


def walk(value: Any) -> Iterator[tuple[int, Any]]:
    """Yield a value and all that is in it, each with its depth (from 1)."""
    stack = [(1, value)]
    while stack:
        depth, inner = stack.pop()
        yield depth, inner
        if isinstance(inner, dict):
            stack.extend((depth + 1, part) for part in inner.values())
        elif isinstance(inner, list):
            stack.extend((depth + 1, part) for part in inner)


def shown(text: str) -> str:
    """Return a text as it can stand in a sentence: short, on one line, without what no text holds."""
    line = " ".join(FORBIDDEN.sub("\ufffd", text[:200]).split())
    return line if len(line) <= 40 else line[:39] + "…"


_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def on_one_line(text: str) -> bool:
    """Say whether a text has no line break, tab or the like in it."""
    return not _CONTROL.search(text)


def one_line(text: str) -> str:
    """Return a text with a space in the place of each line break, tab or the like."""
    return _CONTROL.sub(" ", text)
