"""GATE's BDoc: a document as JSON (.bdocjs), or the same as YAML (.bdocym) or MessagePack (.bdocmp), plain or gzipped.

Source: the page on the format of python-gatenlp. Offsets count code points (`offset_type` p) or the UTF-16 of Java (j).
BDoc has no relations.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.gate.bdoc_files import stem_of_bdoc, value_in
from rubricator.formats.gate.folder import GateFolder
from rubricator.formats.gate.reader import read_document
from rubricator.formats.gate.said import Document, Mark, MarkSet
from rubricator.formats.gate.schemas import schemas_beside
from rubricator.formats.json_document import bad_in
from rubricator.formats.json_values import (
    INT_MOST,
    Bad,
    choice_of,
    each,
    kind_of,
    name_of,
    objects_of,
    rest_of,
    text_of,
)
from rubricator.formats.jsonl.writer import line
from rubricator.model.text import Unit
from rubricator.words import message

_UNITS: dict[str, Unit] = {"p": "codepoint", "j": "utf16"}
_KEYS = frozenset("text features annotation_sets offset_type name document_type repr_version gatenlp_type".split())
_SET_KEYS = frozenset("name annotations next_annid max_annid gatenlp_type".split())
_MARK_KEYS = frozenset("type start end id features gatenlp_type".split())


class Bdoc(GateFolder):
    """A folder of BDoc documents as JSON."""

    suffix = ".bdocjs"
    ties = False

    def recognises(self, head: str) -> bool:
        """Say whether a file begins as a document of GATE in JSON."""
        return head.lstrip().startswith("{") and '"annotation_sets"' in head

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield what the schemas beside it declare, the entities, if there are any, and the article."""
        document = self.document(source, options)
        return chain(schemas_beside(source, options.within), read_document(document, source.name, stem_of_bdoc(source)))

    def document(self, source: Path, options: ReadOptions) -> Document:
        """Return what a file says; UserError names the file and the place in it."""
        try:
            return _document(_fields(value_in(source)), source.name, options)
        except Bad as bad:
            raise bad_in(source.name, bad) from bad

    def put(self, document: Document, path: Path) -> None:
        """Write a document as JSON."""
        path.write_bytes(line(_value(document, path.stem)))


def _document(value: dict[str, Any], file: str, options: ReadOptions) -> Document:
    counts = choice_of(value, "offset_type", tuple(_UNITS), "")
    said = _object(value, "annotation_sets")
    unheld = [f"{file}: {key}" for key in rest_of(value, _KEYS)]
    sets: list[MarkSet] = []
    for name, item in said.items():
        try:
            unheld += [f"{file}: {name}: {key}" for key in rest_of(_fields(item), _SET_KEYS)]
            sets.append(MarkSet(name, _marks(_fields(item), f"{file}, “{name}”", unheld)))
        except Bad as bad:
            raise bad.inside(f"“{name[:80]}”") from bad
    unit = _UNITS[counts] if counts else options.unit
    return Document(text_of(value, "text"), _object(value, "features"), sets, unit, text_of(value, "name"), unheld)


def _marks(item: dict[str, Any], where: str, unheld: list[str]) -> list[Mark]:
    seen: set[str] = set()

    def read(one: dict[str, Any]) -> Mark:
        label = text_of(one, "type")
        if not label.strip():
            raise Bad(message("it has no type."))
        start, end = (_place(one, key) for key in ("start", "end"))
        uid = name_of(one, "id") or f"#{len(seen)}"
        if uid in seen:
            raise Bad(message("the id “{id}” stands in its set twice.", id=uid[:80]))
        seen.add(uid)
        place = f"{where}, {len(seen)}"
        unheld.extend(f"{place}: {key}" for key in rest_of(one, _MARK_KEYS))
        return Mark(uid, label, start, end, _object(one, "features"), place)

    return each(objects_of(item, "annotations"), message("annotation"), read)


def _place(one: dict[str, Any], key: str) -> int:
    found = one.get(key)
    if type(found) is not int or not 0 <= found <= INT_MOST:
        raise Bad(message("“{key}” should be a place in the text, a whole number.", key=key))
    return found


def _fields(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Bad(message("an object in braces is needed, this is {kind}.", kind=kind_of(value)))
    return value


def _object(item: dict[str, Any], key: str) -> dict[str, Any]:
    """Return an object; empty where there is none."""
    value = item.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Bad(message("“{key}” should be an object, and is {kind}.", key=key, kind=kind_of(value)))
    return value


def _value(document: Document, name: str) -> dict[str, Any]:
    """Return a document as JSON values."""
    return {
        "name": name,
        "offset_type": "p",
        "text": document.text,
        "features": dict(document.features),
        "annotation_sets": {
            found.name: {
                "name": found.name,
                "annotations": [
                    {
                        "type": mark.type,
                        "start": mark.start,
                        "end": mark.end,
                        "id": int(mark.id),
                        "features": dict(mark.features),
                    }
                    for mark in found.marks
                ],
                "next_annid": max((int(mark.id) + 1 for mark in found.marks), default=0),
            }
            for found in document.sets
        },
    }


FORMAT = Bdoc()
