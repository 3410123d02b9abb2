"""Reads annotation schemas of GATE: a label and its features with the values that they may have.

Source of the format: “Annotation Schemas” in GATE's user guide: an XML Schema with an element for each type of
annotation. They are files of their own, named `…Schema.xml`, and are looked for beside the documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats.base import Header
from rubricator.formats.files import beside
from rubricator.formats.xml_document import Element, read_xml
from rubricator.model.scheme import Attribute, AttributeKind, Scheme, new_label
from rubricator.words import message

SUFFIX = "schema.xml"
_NUMBERS = frozenset("decimal integer int long short byte float double positiveInteger nonNegativeInteger".split())


def schemas_beside(source: Path, within: Path | None) -> Iterator[Header]:
    """Yield what the schemas beside a document declare, if there are any; UserError names file and line."""
    folder = source.resolve().parent
    paths = _there(folder, folder.stat().st_mtime_ns, within)
    if paths:
        yield Header(scheme=_scheme(paths))


@lru_cache(maxsize=8)
def _there(folder: Path, _changed: int, within: Path | None) -> tuple[tuple[Path, int], ...]:
    found = sorted(path for path in folder.iterdir() if path.name.lower().endswith(SUFFIX) and beside(path, within))
    return tuple((path, path.stat().st_mtime_ns) for path in found)


@lru_cache(maxsize=8)
def _scheme(paths: tuple[tuple[Path, int], ...]) -> Scheme:
    scheme = Scheme()
    for path, _changed in paths:
        root = read_xml(path)
        if root.local != "schema":
            raise UserError(
                message("{file}, line {line}: it is no annotation schema.", file=path.name, line=root.line),
                message("Take it out of the folder, or give it another name."),
            )
        for element in (one for one in root.children if one.local == "element"):
            name = element.attributes.get("name", "").strip()
            if name and name not in scheme.by_name:
                scheme = scheme.with_new(new_label(name, scheme))
            for attribute in _inside(element, "attribute"):
                scheme = _with(scheme, attribute)
    return scheme


def _with(scheme: Scheme, attribute: Element) -> Scheme:
    name = attribute.attributes.get("name", "").strip()
    if not name:
        return scheme
    values = tuple(dict.fromkeys(one.attributes.get("value", "") for one in _inside(attribute, "enumeration")))
    values = tuple(value for value in values if value)
    base = attribute.attributes.get("type") or next(
        (one.attributes.get("base", "") for one in _inside(attribute, "restriction")), ""
    )
    base = base.rpartition(":")[2]
    kind: AttributeKind = "flag" if base == "boolean" else "number" if base in _NUMBERS else "text"
    made = Attribute(name, name, "choice" if values and kind == "text" else kind, values if kind == "text" else ())
    known = scheme.attributes_by_name.get(name)
    if known is not None and known != made:  # two types mean different things by it
        both = known.kind == made.kind == "choice"
        more = tuple(dict.fromkeys((*known.values, *values)))
        made = made._replace(values=more) if both else Attribute(name, name, "text")
    others = tuple(one for one in scheme.attributes if one.name != name)
    return replace(scheme, attributes=(*others, made))


def _inside(element: Element, local: str) -> list[Element]:
    """Return all elements of a name below one, those in each other but once."""
    found: list[Element] = []
    waiting = [*reversed(element.children)]
    while waiting:
        child = waiting.pop()
        if child.local == local:
            found.append(child)
        else:
            waiting += reversed(child.children)
    return found
