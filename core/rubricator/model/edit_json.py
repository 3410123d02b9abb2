"""An edit as JSON, the payload of its journal row; one that no table could hold is refused when it is read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from rubricator.model.edits import ALIVE, KINDS, Add, Edit, Op, Set
from rubricator.model.spans import NOTHING


def payload_of(edit: Edit) -> str:
    """Return the edit's operations as compact JSON, the same for the same edit."""
    ops = [["+" if isinstance(op, Add) else "=", *op] for op in edit.ops]
    value: dict[str, Any] = {"ops": ops}
    if edit.about:
        value["about"] = dict(edit.about)
    if len(ops) <= _MANY:
        return _encode(value)
    from rubricator.model.quick_json import dumped  # not needed to open a project

    return dumped(value).decode()


_MANY = 100
"""From so many operations on it pays to load the faster library."""

_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=dict, check_circular=False, allow_nan=False
).encode
"""Made once, for `json.dumps` with options makes an encoder each time; an edit that held itself would not end.
Infinity is refused here, before anything is written: a journal that says it could not be read again."""


def edit_from(kind: str, payload: str, article: str = "") -> Edit:
    """Read an edit back; ValueError where the payload is not one."""
    try:
        value = json.loads(payload, parse_float=_finite, parse_constant=_finite)
        if "\\u" in payload:
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate: no table could hold it
        ops = tuple(_op(item) for item in value["ops"])
        about = value.get("about", NOTHING)
        return Edit(kind, ops, article, {**about})
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"not an edit: {error!r}") from error


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits} is not a number that can be kept")
    return number


def _op(item: list[Any]) -> Op:
    sign, kind, element = item[0], item[1], item[2]
    if kind not in KINDS or not isinstance(element, str):
        raise ValueError(f"unknown kind of element {kind!r}")
    if sign == "+":
        value = item[3]
        if not isinstance(value, dict):
            raise ValueError("an element is not an object")
        for name in _NEEDED.get(kind, ()):
            _check_field(kind, name, value.get(name))
        for name, written in value.items():
            _check_field(kind, name, written)
        return Add(kind, element, value)
    if sign != "=" or not isinstance(item[3], str):
        raise ValueError(f"unknown operation {sign!r}")
    name = item[3]
    root, dot, _ = name.partition(".")
    if dot and (kind, root) in _TYPES and _TYPES[kind, root] is not dict:
        raise ValueError(f"{kind}.{root} has no parts")
    if not dot and name != ALIVE:
        _check_field(kind, name, item[5])
    if item[5] is None and name in _NEEDED.get(kind, ()):
        raise ValueError(f"{kind}.{name} cannot be empty")
    return Set(kind, element, name, item[4], item[5])


_NEEDED = {
    "annotation": ("article", "annotator", "label", "fragments"),
    "tag": ("article", "annotator", "topic"),
    "article": ("digest",),
    "rejection": ("article", "annotator", "label", "fragments"),
    "wordlist": ("name", "names"),
    "snapshot": ("name",),
    "recheck": ("labels",),
    "sample": ("annotator", "for"),
}
_TYPES: Mapping[tuple[str, str], Any] = {
    ("annotation", "article"): str,
    ("annotation", "annotator"): str,
    ("annotation", "label"): str,
    ("annotation", "fragments"): list,
    ("annotation", "attributes"): dict,
    ("annotation", "note"): str,
    ("annotation", "entity"): str,
    ("annotation", "score"): (int, float),
    ("annotation", "origin"): str,
    ("annotation", "scheme"): int,
    ("annotation", "seen"): list,
    ("annotation", "exact"): bool,
    ("annotation", "created"): list,
    ("annotation", "modified"): list,
    ("annotation", "extra"): dict,
    ("tag", "article"): str,
    ("tag", "annotator"): str,
    ("tag", "topic"): str,
    ("tag", "note"): str,
    ("tag", "evidence"): list,
    ("tag", "ties"): dict,
    ("tag", "extra"): dict,
    ("article", "digest"): str,
    ("article", "title"): str,
    ("article", "meta"): dict,
    ("article", "zones"): list,
    ("article", "cluster"): str,
    ("article", "extra"): dict,
    ("layer", "status"): str,
    ("layer", "flags"): list,
    ("layer", "seconds"): (int, float),
    ("layer", "spent"): dict,
    ("layer", "extra"): dict,
    ("rejection", "article"): str,
    ("rejection", "annotator"): str,
    ("rejection", "label"): str,
    ("rejection", "fragments"): list,
    ("rejection", "source"): str,
    ("wordlist", "name"): str,
    ("wordlist", "names"): list,
    ("snapshot", "name"): str,
    ("snapshot", "seq"): int,
    ("snapshot", "until"): dict,
    ("snapshot", "digest"): str,
    ("snapshot", "at"): str,
    ("snapshot", "articles"): int,
    ("snapshot", "annotations"): int,
    ("recheck", "labels"): list,
    ("recheck", "annotations"): dict,
    ("recheck", "parts"): list,
    ("recheck", "to_say"): bool,
    ("sample", "annotator"): str,
    ("sample", "for"): str,
    ("sample", "random"): list,
    ("sample", "targeted"): list,
    ("sample", "repeats"): dict,
    ("sample", "seed"): int,
}
_INT_MOST = 2**53
"""Whole numbers beyond this are no offsets, and a table might not hold them."""


def _check_field(kind: str, name: str, value: Any) -> None:
    """Raise ValueError where a known field is not of its type: the tables could not hold it."""
    wanted = _TYPES.get((kind, name))
    if wanted is None or (value is None and name not in _NEEDED.get(kind, ())):
        return
    if not isinstance(value, wanted):
        raise ValueError(f"{kind}.{name} is not of its type: {value!r}")  # noqa: TRY004 - callers know one error
    if name == "fragments":
        _check_fragments(value)
    elif name in {"created", "modified"} and not (len(value) == 2 and all(isinstance(item, str) for item in value)):
        raise ValueError(f"{kind}.{name} is not a name and a time: {value!r}")
    elif name == "names" and not all(_is_name(item) for item in value):
        raise ValueError("wordlist.names holds something else than [words, label]")
    elif name == "zones" and not all(_is_zone(item) for item in value):
        raise ValueError("article.zones holds something else than [kind, start, end]")


def _is_zone(item: Any) -> bool:
    match item:
        case [str(), int(), int()]:
            return True
    return False


def _is_name(item: Any) -> bool:
    match item:
        case [str(), str()]:
            return True
    return False


def _check_fragments(value: list[Any]) -> None:
    """Raise ValueError unless fragments are ordered, disjoint and not empty."""
    if not value:
        raise ValueError("a span without fragments")
    last = 0
    for pair in value:
        start, end = pair
        if type(start) is not int or type(end) is not int or not last <= start < end <= _INT_MOST:
            raise ValueError(f"fragment {start!r} to {end!r} is empty, out of order or not made of whole numbers")
        last = end
