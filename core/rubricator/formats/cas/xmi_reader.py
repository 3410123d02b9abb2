"""Reads UIMA CAS XMI: each element below the root is a structure, named by its namespace.

Source of the format: “XMI CAS Serialization Reference” in Apache UIMA's reference. Where no type system stands beside
the file, what holds structures is told by the names of INCEpTION's layers.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.cas.structures import Cas, Structure, View, is_held
from rubricator.formats.cas.types import Types, types_beside
from rubricator.formats.xml_document import Element, read_xml
from rubricator.words import message

XMI = "http://www.omg.org/XMI"
CAS = "http:///uima/cas.ecore"
_ID = f"{{{XMI}}}id"


def load_xmi(source: Path, within: Path | None) -> Cas:
    """Return the CAS of a file; UserError names file and line."""
    root = read_xml(source)
    if root.name != f"{{{XMI}}}XMI":
        raise UserError(
            message("{file}, line {line}: it is no CAS in XMI.", file=source.name, line=root.line),
            message("Export it as “UIMA CAS XMI (XML 1.0)”."),
        )
    cas = Cas(source.name, types_beside(source, within))
    members: dict[str, set[str]] = {}
    for element in root.children:
        key = element.attributes.get(_ID, "")
        if element.name == f"{{{CAS}}}View":
            members[element.attributes.get("sofa", "")] = set(element.attributes.get("members", "").split())
        elif element.name == f"{{{CAS}}}Sofa":
            text = element.attributes.get("sofaString")
            cas.views.append(View(key, element.attributes.get("sofaID", ""), text))
        elif element.name != f"{{{CAS}}}NULL":
            if not key or key in cas.structures:
                raise UserError(
                    message(
                        "{file}, line {line}: its id “{id}” is empty or stands in the file twice.",
                        file=source.name,
                        line=element.line,
                        id=key[:80],
                    ),
                    message("Make the file again where it came from."),
                )
            cas.structures[key] = _structure(key, element, source.name, cas.types)
    for view in cas.views:
        view.members = members.get(view.key)
    _find_slots(cas)
    return cas


def _structure(key: str, element: Element, file: str, types: Types) -> Structure:
    made = Structure(key, type_of(element.name), f"{file}, line {element.line}")
    said: dict[str, Any] = {name: value for name, value in element.attributes.items() if not name.startswith("{")}
    for child in element.children if element.parts else ():  # the values of a feature that holds several
        told = said.setdefault(child.name, [])
        if isinstance(told, list):
            told.append(child.text)
    for name, value in said.items():
        if isinstance(value, str) and (
            is_held(types, made.kind, name) or (name == "elements" and "Array" in made.kind)
        ):
            made.held[name] = value.split()
        else:
            made.values[name] = value
    return made


@lru_cache(1_000)
def type_of(name: str) -> str:
    """Return the type that an element's name stands for: `{http:///uima/tcas.ecore}Annotation`."""
    space, brace, local = name.rpartition("}")
    if not brace:
        return local
    package = space.removeprefix("{http:///").removesuffix(".ecore").strip("/").replace("/", ".")
    return local if package == "uima.noNamespace" else f"{package}.{local}"


def _find_slots(cas: Cas) -> None:
    """Tell the slots of files without a type system: features that name nothing but links with a target."""
    if cas.types.known:
        return
    links = {key for key, one in cas.structures.items() if "target" in one.held and "begin" not in one.values}
    for one in cas.structures.values() if links else ():
        for name, value in list(one.values.items()):
            if isinstance(value, str) and (keys := value.split()) and links.issuperset(keys):
                one.held[name] = keys
                del one.values[name]
