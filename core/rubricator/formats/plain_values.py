"""Values of YAML and MessagePack as JSON knows them; one short list can swell there to any size."""

from __future__ import annotations

from typing import Any

from rubricator.formats.json_values import DEEPEST, Bad, too_deep
from rubricator.model.text import FORBIDDEN

VALUES_MOST = 2_000_000
"""Values in one document, and items in one list."""


def plain_value(value: Any) -> Any:
    """Return values as JSON knows them, with forbidden characters replaced; Bad where they are too deep or too many."""
    left = VALUES_MOST

    def plain(inner: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if depth > DEEPEST + 8 or left < 0:
            raise Bad(too_deep())
        match inner:
            case str():
                return FORBIDDEN.sub("\ufffd", inner)
            case dict():
                return {_key(key): plain(part, depth + 1) for key, part in inner.items()}
            case list() | tuple() | set():
                return [plain(part, depth + 1) for part in inner]
            case None | bool() | int() | float():
                return inner
            case _:
                return FORBIDDEN.sub("\ufffd", str(inner))

    return plain(value, 0)


def _key(key: object) -> str:
    if key is None:
        return ""
    if isinstance(key, bool):
        return str(key).lower()
    return FORBIDDEN.sub("\ufffd", str(key))
