"""Values of features in GATE XML: the class names of Java, and the XML that XStream makes of lists and maps.

Source: GATE's user guide (“GATE XML”), XStream's page on its aliases, and files that GATE wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from rubricator.errors import UserError
from rubricator.formats.json_values import DEEPEST
from rubricator.formats.xml_document import Element, parse_xml

WRAPPER = "gate.corpora.ObjectWrapper"
STRING = "java.lang.String"
_MOST = 100_000
"""Values in one wrapper: a few lists that name one another could stand for more than any memory holds."""
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_STEP = re.compile(r"([\w.$-]+)(?:\[(\d{1,6})\])?")
_DIGITS_MOST = 400

_LISTS = frozenset("list set linked-list linked-hash-set tree-set vector java.util.Arrays_-ArrayList".split())
_MAPS = frozenset("map linked-hash-map hash-map tree-map properties gate.util.SimpleFeatureMapImpl".split())


class OddValueError(Exception):
    """A value that is not of the kind it says, or of a kind that only Java knows."""


def value_of(words: str, kind: str, item: str) -> Any:
    """Return a value from its words and the classes named beside them; OddValueError where it is none."""
    if kind == WRAPPER:
        return _Wrapped(words).value()
    if kind.startswith("java.util.") and kind.endswith(("List", "Set", "Vector")):
        return [_simple(part, item) for part in words.split(";") if part]
    return _simple(words, kind)


def _simple(words: str, kind: str) -> Any:
    """Return a single value; a class that is none of the well-known ones is a text, as it is to GATE."""
    read = _SIMPLE.get(kind.rpartition(".")[2].lower())
    return read(words) if read else words


def _whole(words: str) -> int:
    try:
        if len(words) <= _DIGITS_MOST:
            return int(words)
    except ValueError:
        pass
    raise OddValueError(words[:80])


def _number(words: str) -> float:
    try:
        value = float(words)
    except ValueError as error:
        raise OddValueError(words[:80]) from error
    if value - value != 0:  # NaN and infinity
        raise OddValueError(words[:80])
    return value


_SIMPLE: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte", "biginteger", "big-int"), _whole),
    **dict.fromkeys(("double", "float", "bigdecimal", "big-decimal"), _number),
    "boolean": lambda words: words.strip().lower() == "true",
}


class _Wrapped:
    """XML of XStream as a value; what refers to another element stands for a copy of it."""

    def __init__(self, words: str) -> None:
        try:
            self._root = parse_xml(_DECLARATION.sub("", words, count=1).encode("utf-8", "replace"), WRAPPER)
        except UserError as error:
            raise OddValueError(str(error.text)) from error
        self._left = _MOST
        self._depth = 0

    def value(self) -> Any:
        """Return the value in the wrapper."""
        inner = self._root.first("value")
        if inner is None:
            return None
        return self._read(inner, inner.attributes.get("class", "string"), [self._root, inner])

    def _read(self, element: Element, kind: str, path: list[Element]) -> Any:
        self._left -= 1
        self._depth += 1
        if self._left < 0 or self._depth > 2 * DEEPEST:
            raise OddValueError(kind)
        value = self._inner(element, kind, path)
        self._depth -= 1
        return value

    def _inner(self, element: Element, kind: str, path: list[Element]) -> Any:
        reference = element.attributes.get("reference")
        if reference is not None:
            path = self._follow(reference, path)
            return self._read(path[-1], _kind(path[-1]), path)
        if kind in _LISTS or kind.endswith("-array"):
            return [self._read(child, child.name, [*path, child]) for child in element.children]
        if kind in _MAPS:
            return dict(self._pair(entry, [*path, entry]) for entry in element.children)
        if kind == "null":
            return None
        if element.children:
            raise OddValueError(kind)
        return _simple(element.text, kind)

    def _pair(self, entry: Element, path: list[Element]) -> tuple[str, Any]:
        parts = entry.children
        if len(parts) != 2:
            raise OddValueError(entry.name)
        key, value = (self._read(part, part.name, [*path, part]) for part in parts)
        return "" if key is None else str(key), value

    def _follow(self, reference: str, path: list[Element]) -> list[Element]:
        """Return the way to the element that a relative path means: `../../entry[2]/list`."""
        found = path[:1] if reference.startswith("/") else list(path)
        steps = [step for step in reference.split("/") if step]
        for step in steps[1:] if reference.startswith("/") else steps:
            if step == "..":
                found.pop()
                if not found:
                    raise OddValueError(reference[:80])
                continue
            match = _STEP.fullmatch(step)
            named = list(found[-1].all(match[1])) if match and found else []
            at = int(match[2] or 1) - 1 if match else 0
            if not 0 <= at < len(named):
                raise OddValueError(reference[:80])
            found.append(named[at])
        return found


def _kind(element: Element) -> str:
    return element.attributes.get("class", element.name)


# --- writing ------------------------------------------------------------------------------------------------------


def written(value: Any) -> tuple[str, str]:
    """Return the class of a JSON value, and the words that stand for it in XML."""
    match value:
        case str():
            return STRING, text(value)
        case bool():
            return "java.lang.Boolean", str(value).lower()
        case int() if -(2**31) <= value < 2**31:
            return "java.lang.Integer", str(value)
        case int() if -(2**63) <= value < 2**63:
            return "java.lang.Long", str(value)
        case int():
            return "java.math.BigInteger", str(value)
        case float():
            return "java.lang.Double", repr(value)
        case _:
            return WRAPPER, text(_wrapped(value))


def text(words: str) -> str:
    """Return words as they stand between tags."""
    return escape(words, {"\r": "&#13;"})


def _wrapped(value: Any) -> str:
    match value:
        case None:
            return f"<{WRAPPER}/>"
        case Mapping():
            inner = f'<value class="linked-hash-map">{_entries(value)}</value>'
        case _:
            inner = f'<value class="list">{"".join(map(_element, value))}</value>'
    return f"<{WRAPPER}>{inner}</{WRAPPER}>"


def _entries(value: Mapping[str, Any]) -> str:
    return "".join(f"<entry>{_element(key)}{_element(part)}</entry>" for key, part in value.items())


def _element(value: Any) -> str:
    match value:
        case None:
            return "<null/>"
        case str():
            return f"<string>{text(value)}</string>"
        case bool():
            return f"<boolean>{str(value).lower()}</boolean>"
        case int():
            name = "int" if -(2**31) <= value < 2**31 else "long" if -(2**63) <= value < 2**63 else "big-int"
            return f"<{name}>{value}</{name}>"
        case float():
            return f"<double>{value!r}</double>"
        case Mapping():
            return f"<linked-hash-map>{_entries(value)}</linked-hash-map>"
        case _:
            return f"<list>{''.join(map(_element, value))}</list>"
