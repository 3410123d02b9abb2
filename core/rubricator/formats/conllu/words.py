r"""How CoNLL-U spells what its columns cannot hold as it is: white space, and the fields of an Entity.

White space as UDPipe spells it in `SpacesAfter=` (`\s \t \r \n \p \\`); the fields of an Entity, which end at hyphens
and brackets, with the bytes of such characters as `%2D`, as corpora of coreference do it.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from rubricator.formats.json_values import Bad, parse

_SPELLED = {" ": r"\s", "\t": r"\t", "\r": r"\r", "\n": r"\n", "|": r"\p", "\\": r"\\"}
_MEANT = {spelled: meant for meant, spelled in _SPELLED.items()}
_ESCAPE = re.compile(r"\\[strnp\\]")
_UNSAFE = re.compile(r"[%\-()|\[\]<>,:=&\s\x00-\x1f\x7f-\x9f]")


def spelled_spaces(spaces: str) -> str:
    """Return white space as a cell can hold it."""
    return "".join(_SPELLED.get(char, char) for char in spaces)


def meant_spaces(spelled: str) -> str:
    """Return the white space that a cell spells."""
    return _ESCAPE.sub(lambda match: _MEANT[match[0]], spelled)


def spelled_field(words: str) -> str:
    """Return words as a field of an Entity can hold them."""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), words)


def meant_field(spelled: str) -> str:
    """Return the words of a field."""
    return unquote(spelled.replace("&#45;", "-"))


def spelled_value(value: Any) -> str:
    """Return the value of an attribute: text as it is, all else as JSON after an equals sign."""
    if isinstance(value, str) and not value.startswith("="):
        return spelled_field(value)
    return spelled_field("=" + json.dumps(value, ensure_ascii=False, sort_keys=True))


def meant_value(spelled: str) -> Any:
    """Return the value of an attribute."""
    words = meant_field(spelled)
    if words.startswith("="):
        try:
            return parse(f'{{"value": {words[1:]}}}')["value"]
        except (Bad, KeyError):
            return words
    return words
