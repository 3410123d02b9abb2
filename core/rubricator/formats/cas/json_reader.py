"""Reads UIMA JSON CAS 0.4: types, structures and views in one JSON document.

Source of the format: the specification of Apache UIMA's “JSON CAS” (uima-uimaj-io-jsoncas). A key that begins with `@`
holds structures by their ids, one with `#` a number that JSON lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rubricator.formats.cas.structures import Cas, Structure, View
from rubricator.formats.cas.types import TOP, Type, Types
from rubricator.formats.json_document import bad_in, read_json
from rubricator.formats.json_values import Bad, kept, kind_of, list_of, name_of, text_of
from rubricator.words import message

_SOFA = "uima.cas.Sofa"
_STRUCTURES = "%FEATURE_STRUCTURES"


def load_json(source: Path, encoding: str = "") -> Cas:
    """Return the CAS of a file; UserError names the file and the structure."""
    root = read_json(source, encoding)
    try:
        root, listed = _checked(root)
        cas = Cas(source.name, _types(root.get("%TYPES")))
        sofas: dict[str, Mapping[str, Any]] = {}
        for n, item in enumerate(listed, 1):
            try:
                _add(cas, item, sofas)
            except Bad as bad:
                raise bad.inside(f"structure {n}") from bad
        cas.views.extend(_views(root.get("%VIEWS"), sofas))
    except Bad as bad:
        raise bad_in(source.name, bad) from bad
    return cas


def _checked(root: Any) -> tuple[dict[str, Any], list[Any]]:
    """Return the document, and its structures."""
    if not isinstance(root, dict) or not (root.keys() & {_STRUCTURES, "%VIEWS"}):
        raise Bad(message("it is no JSON CAS 0.4: “{key}” is missing.", key=_STRUCTURES))
    return root, list_of(root, _STRUCTURES)


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Bad(message("“{name}” should be an object, and is {kind}.", name=name, kind=kind_of(value)))
    return value


def _types(declared: Any) -> Types:
    found = Types()
    for name, value in _object(declared, "%TYPES").items():
        said = _object(value, name)
        kind = Type(text_of(said, "%SUPER_TYPE") or TOP)
        for feature, about in said.items():
            if not feature.startswith("%"):
                kind.features[feature] = text_of(_object(about, feature), "%RANGE")
        found.known[name] = kind
    return found


def _add(cas: Cas, item: Any, sofas: dict[str, Mapping[str, Any]]) -> None:
    said = _object(item, _STRUCTURES)
    key, kind = name_of(said, "%ID"), text_of(said, "%TYPE")
    if not key or key in cas.structures or key in sofas:
        raise Bad(message("its id “{id}” is empty or stands in the file twice.", id=key[:80]))
    if kind == _SOFA:
        sofas[key] = said
        return
    made = Structure(key, kind, f"{cas.file}, {kind.rpartition('.')[2]} {key}")
    for name, value in said.items():
        if name == "%ELEMENTS":
            if Types().is_plain(kind):
                made.values["elements"] = kept(value)
            else:
                made.held["elements"] = [str(one) for one in list_of(said, name) if isinstance(one, int | str)]
        elif name.startswith("@"):
            if value is not None:
                made.held[name[1:]] = [str(one) for one in (value if isinstance(value, list) else [value])]
        elif not name.startswith("%"):
            made.values[name.lstrip("#^")] = kept(value)
    cas.structures[key] = made


def _views(declared: Any, sofas: Mapping[str, Mapping[str, Any]]) -> list[View]:
    found = {
        key: View(key, text_of(said, "sofaID"), text_of(said, "sofaString") or None) for key, said in sofas.items()
    }
    for name, about in _object(declared, "%VIEWS").items():
        said = _object(about, name)
        view = found.get(name_of(said, "%SOFA"))
        if view is not None:
            view.members = {str(one) for one in list_of(said, "%MEMBERS")}
    return list(found.values())
