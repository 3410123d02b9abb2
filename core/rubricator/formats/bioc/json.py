"""BioC JSON: a collection, several of them, or a document a line; one document in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.bioc.format import BioC
from rubricator.formats.bioc.plan import Planner, plain
from rubricator.formats.bioc.reader import read_documents
from rubricator.formats.bioc.said import OURS_KEY, Document, Infons, Mark, Part, Tie
from rubricator.formats.json_document import bad_in
from rubricator.formats.json_items import Item, keys_of, members
from rubricator.formats.json_values import Bad, name_of, object_of, objects_of, text_of, whole_of
from rubricator.words import message

_LISTS = frozenset(("documents", "PubTator3"))
"""What the list of documents is called in a collection, and by PubTator."""
_DUMB = frozenset(("version", "bioctype", "encoding", "standalone"))
"""What a collection says of its file, not of its documents."""
_ABOUT = _DUMB | {"source", "date", "key", "infons"}
_DOCUMENT = frozenset(("bioctype", "id", "_id", "infons", "passages", "annotations", "relations"))
_PART = frozenset(("bioctype", "offset", "infons", "text", "sentences", "annotations", "relations"))
_MARK = frozenset(("bioctype", "id", "infons", "text", "locations"))
_TIE = frozenset(("bioctype", "id", "infons", "nodes"))

Json = dict[str, Any]
T = TypeVar("T")


class BioCJson(BioC):
    """A collection in JSON."""

    def recognises(self, head: str) -> bool:
        """Say whether the first object has passages, or documents that have."""
        keys = keys_of(head)
        return any(one in keys for one in ("passages", "documents.passages", "PubTator3.passages")) or (
            "bioctype" in keys and "BioC" in head
        )

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield entities and articles."""
        return read_documents(_documents(source, options.encoding), source.name, options.unit)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file, a document a line."""
        planner = Planner(header)
        about = {
            "bioctype": "BioCCollection",
            "source": plain(header.name),
            "date": "",
            "key": OURS_KEY,
            "version": "1.0",
        }
        with out.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(f'{_dumped({**about, "infons": {}})[:-1]},"documents":[')
            comma = "\n"
            for record in records:
                stream.write(f"{comma}{_dumped(_document_json(planner.plan(record).document))}")
                comma = ",\n"
            stream.write("\n]}\n")

    def documents(self, out: Path) -> Iterator[Document]:
        """Yield the documents of a file."""
        return _documents(out, "")


# --- reading ------------------------------------------------------------------------------------------------------


def _documents(source: Path, encoding: str) -> Iterator[Document]:
    """Yield the documents of a file; one without passages says what stands behind those of a collection."""
    known: set[str] | None = None
    about: Infons = {}
    for one in members(source, _LISTS, "document", encoding):
        if isinstance(one, Item):
            yield _read(one, {})
            continue
        if known is None:  # what stands behind the documents comes too late for them
            about, known = _about(one.about, source.name), {*one.about, *_DUMB}
        if one.item is not None:
            yield _read(one.item, about)
        else:
            behind = [f"{source.name}: {key[:80]}" for key in sorted(one.about.keys() - known)]
            if behind:
                yield Document("", {}, [], where=source.name, unheld=behind)
            known = None


def _about(value: Json, file: str) -> Infons:
    try:
        said = {key: text_of(value, key) for key in ("source", "date", "key")}
        rest = {key: one for key, one in value.items() if key not in _ABOUT}
        return {**said, **object_of(value, "infons"), **rest}
    except Bad as bad:
        raise bad_in(file, bad) from bad


def _read(item: Item, about: Infons) -> Document:
    try:
        return _Reader(item.where).document(item.value, about, item.replaced)
    except Bad as bad:
        raise bad_in(item.where, bad) from bad


class _Reader:
    """Reads the parts of one document."""

    def __init__(self, where: str) -> None:
        self._file = where
        self._unheld: list[str] = []

    def document(self, value: Json, about: Infons, replaced: int) -> Document:
        """Return the document; keys that BioC does not have are taken for infons, as PubTator writes them."""
        rest = {key: one for key, one in value.items() if key not in _DOCUMENT and one is not None}
        passages = objects_of(value, "passages")
        return Document(
            name_of(value, "id") or name_of(value, "_id"),
            {**rest, **object_of(value, "infons")},
            self._numbered(passages, "passage", self._file, self._part),
            self._numbered(objects_of(value, "annotations"), "annotation", self._file, self._mark),
            self._numbered(objects_of(value, "relations"), "relation", self._file, self._tie),
            self._file,
            about,
            self._unheld,
            replaced,
        )

    def _part(self, value: Json, where: str) -> Part:
        self._known(value, _PART, where)
        return Part(
            _offset(value),
            text_of(value, "text"),
            object_of(value, "infons"),
            self._numbered(objects_of(value, "sentences"), "sentence", where, self._part),
            self._numbered(objects_of(value, "annotations"), "annotation", where, self._mark),
            self._numbered(objects_of(value, "relations"), "relation", where, self._tie),
            where,
        )

    def _mark(self, value: Json, where: str) -> Mark:
        self._known(value, _MARK, where)
        places = [(_offset(one), whole_of(one, "length")) for one in objects_of(value, "locations")]
        return Mark(name_of(value, "id"), object_of(value, "infons"), places, text_of(value, "text"), where)

    def _tie(self, value: Json, where: str) -> Tie:
        self._known(value, _TIE, where)
        nodes = [(name_of(one, "refid"), text_of(one, "role")) for one in objects_of(value, "nodes")]
        return Tie(name_of(value, "id"), object_of(value, "infons"), nodes, where)

    def _numbered(self, values: list[Json], name: str, where: str, read: Callable[[Json, str], T]) -> list[T]:
        made: list[T] = []
        for n, value in enumerate(values, 1):
            try:
                made.append(read(value, f"{where}, {name} {n}"))
            except Bad as bad:
                raise bad.inside(f"{name} {n}") from bad
        return made

    def _known(self, value: Json, keys: frozenset[str], where: str) -> None:
        self._unheld += [f"{where}: {key[:80]}" for key in value.keys() - keys]


def _offset(value: Json) -> int:
    if "offset" not in value:
        raise Bad(message("it has no “offset”."))
    return whole_of(value, "offset")


# --- writing ------------------------------------------------------------------------------------------------------


def _document_json(document: Document) -> Json:
    return {
        "bioctype": "BioCDocument",
        "id": document.id,
        "infons": dict(document.infons),
        "passages": [
            {
                "bioctype": "BioCPassage",
                "offset": part.offset,
                "infons": dict(part.infons),
                "text": part.text,
                "sentences": [],
                **_said_json(part.marks, part.ties),
            }
            for part in document.passages
        ],
        **_said_json(document.marks, document.ties),
    }


def _said_json(marks: Iterable[Mark], ties: Iterable[Tie]) -> Json:
    return {
        "annotations": [
            {
                "id": mark.id,
                "infons": dict(mark.infons),
                "text": mark.text,
                "locations": [{"offset": offset, "length": length} for offset, length in mark.places],
            }
            for mark in marks
        ],
        "relations": [
            {
                "id": tie.id,
                "infons": dict(tie.infons),
                "nodes": [{"refid": uid, "role": role} for uid, role in tie.nodes],
            }
            for tie in ties
        ],
    }


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


FORMAT = BioCJson()
