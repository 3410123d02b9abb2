"""JSON by a faster library (orjson), wherever it says the same as Python's own; docs/decisions/0015.

It is loaded on first use: who opens a window and labels a word does without.
"""

from __future__ import annotations

import json
from typing import Any

_ENCODE = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=dict, check_circular=False, allow_nan=False
).encode
"""Made once, for `json.dumps` with options makes an encoder each time; nothing that is kept can hold itself."""


def dumped(value: object, *, surrogates: str = "strict") -> bytes:
    """Return compact JSON in UTF-8; ValueError where it holds a number that JSON does not know.

    `surrogates` says what becomes of a lone one, as the error handler of an encoding.
    """
    import orjson

    try:
        data = orjson.dumps(value, default=dict, option=orjson.OPT_PASSTHROUGH_DATACLASS)
    except TypeError:  # too large a number, a lone surrogate: Python's own can write it, or says what is wrong
        data = b"null"
    if b"null" not in data:  # with null it writes what is no number, too
        return data
    return _ENCODE(value).encode("utf-8", surrogates)


def loaded(source: str) -> Any:
    """Return what JSON says; ValueError where that is not beyond doubt, and Python's own has to read it.

    It is where written again it gives the same: no key that stands twice, no number beyond 64 bits comes through that.
    """
    import orjson

    value = orjson.loads(source)
    if orjson.dumps(value) != source.rstrip("\r\n").encode():
        raise ValueError("not as it would be written")
    return value
