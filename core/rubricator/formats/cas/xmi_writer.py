"""Writes UIMA CAS XMI, and the type system that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rubricator.formats.cas.layers import METADATA, NAMED_ENTITY, RELATION, TOKEN
from rubricator.formats.cas.structures import INITIAL
from rubricator.formats.cas.types import Type
from rubricator.formats.cas.writer import SOFA, Value, Written
from rubricator.formats.cas.xmi_reader import CAS, XMI

_PREFIXES = {
    kind.rpartition(".")[0]: prefix
    for kind, prefix in ((METADATA, "metadata"), (TOKEN, "segmentation"), (NAMED_ENTITY, "ner"), (RELATION, "custom"))
}
_ESCAPES = {ord(char): f"&#{ord(char)};" for char in "\t\n\r"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
}


def written(text: str, structures: Iterable[Written]) -> Iterator[str]:
    """Yield the document line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    spaces = "".join(
        f' xmlns:{prefix}="http:///{package.replace(".", "/")}.ecore"' for package, prefix in _PREFIXES.items()
    )
    yield f'<xmi:XMI xmlns:xmi="{XMI}" xmlns:cas="{CAS}"{spaces} xmi:version="2.0">\n'
    yield '    <cas:NULL xmi:id="0"/>\n'
    members = []
    for one in structures:
        members.append(str(one.uid))
        package, _dot, name = one.kind.rpartition(".")
        said = "".join([_attribute(key, value) for key, value in (one.held | one.values).items()])
        yield f'    <{_PREFIXES[package]}:{name} xmi:id="{one.uid}"{said}/>\n'
    yield f'    <cas:Sofa xmi:id="{SOFA}" sofaNum="1" sofaID="{INITIAL}" mimeType="text"'
    yield f"{_attribute('sofaString', text)}/>\n"
    yield f'    <cas:View sofa="{SOFA}" members="{" ".join(members)}"/>\n'
    yield "</xmi:XMI>\n"


def _attribute(name: str, value: Value) -> str:
    if isinstance(value, str):
        return f' {name}="{value.translate(_ESCAPES)}"'
    return f' {name}="{str(value).lower()}"'  # a number, true or false


def type_system(types: Mapping[str, Type]) -> Iterator[str]:
    """Yield the type system line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n    <types>\n'
    for name, kind in types.items():
        yield f"        <typeDescription>\n            <name>{name}</name>\n            <description/>\n"
        yield f"            <supertypeName>{kind.above}</supertypeName>\n            <features>\n"
        for feature, holds in kind.features.items():
            yield f"                <featureDescription>\n                    <name>{feature}</name>\n"
            yield "                    <description/>\n"
            yield f"                    <rangeTypeName>{holds}</rangeTypeName>\n                </featureDescription>\n"
        yield "            </features>\n        </typeDescription>\n"
    yield "    </types>\n</typeSystemDescription>\n"
