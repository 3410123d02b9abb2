"""BioC XML: one file for a corpus, a document at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn
from xml.sax.saxutils import quoteattr

from rubricator.errors import UserError
from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.bioc.format import BioC
from rubricator.formats.bioc.plan import Planner, plain
from rubricator.formats.bioc.reader import read_documents
from rubricator.formats.bioc.said import OURS_KEY, Document, Infons, Mark, Part, Tie
from rubricator.formats.gate.values import text
from rubricator.formats.json_values import INT_MOST
from rubricator.formats.xml_document import Element, xml_parts
from rubricator.words import Message, message

_HEAD = re.compile(r"<collection[\s>].*?<(?:source|date|key|infon|document)[\s/>]", re.DOTALL)
_WHOLE = re.compile(r"\s*-?\d{1,16}\s*", re.ASCII)
_PARTS = {
    "document": {"id", "infon", "passage", "annotation", "relation"},
    "passage": {"infon", "offset", "text", "sentence", "annotation", "relation"},
    "sentence": {"infon", "offset", "text", "annotation", "relation"},
    "annotation": {"infon", "location", "text"},
    "relation": {"infon", "node"},
}


class BioCXml(BioC):
    """A collection in XML."""

    def recognises(self, head: str) -> bool:
        """Say whether a file begins as a collection."""
        return bool(_HEAD.search(head)) or ("<collection" in head and "BioC.dtd" in head)

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield entities and articles."""
        return read_documents(_documents(source), source.name, options.unit)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file, a document at a time."""
        planner = Planner(header)
        with out.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write("<?xml version='1.0' encoding='UTF-8'?>\n<collection>\n")
            stream.write(f"<source>{text(plain(header.name))}</source>\n<date></date>\n<key>{OURS_KEY}</key>\n")
            for record in records:
                stream.writelines(f"{line}\n" for line in _lines(planner.plan(record).document))
            stream.write("</collection>\n")

    def documents(self, out: Path) -> Iterator[Document]:
        """Yield the documents of a file."""
        return _documents(out)


# --- reading ------------------------------------------------------------------------------------------------------


def _documents(source: Path) -> Iterator[Document]:
    """Yield the documents of a collection; a last one without passages says what stands behind them."""
    about: dict[str, str] = {}
    seen = False
    behind: list[str] = []
    for element in xml_parts(source, "collection"):
        if element.name == "document":
            seen = True
            yield _Reader(source.name).document(element, about)
        elif seen or element.name not in ("source", "date", "key", "infon"):
            behind.append(f"{source.name}, line {element.line}: {element.name}")
        else:
            key = element.attributes.get("key", "") if element.name == "infon" else element.name
            about[key] = element.text
    if behind:
        yield Document("", {}, [], where=source.name, unheld=behind)


class _Reader:
    """Reads the elements of one document."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._unheld: list[str] = []

    def document(self, element: Element, about: Infons) -> Document:
        """Return the document."""
        return Document(
            self._text(element, "id") or "",
            self._infons(element),
            [self._part(one) for one in element.all("passage")],
            [self._mark(one) for one in element.all("annotation")],
            [self._tie(one) for one in element.all("relation")],
            self._where(element),
            dict(about),
            self._unheld,
        )

    def _part(self, element: Element) -> Part:
        offset = element.first("offset")
        if offset is None:
            self._refuse(element, message("it has no offset"))
        return Part(
            self._whole(offset, offset.text),
            self._text(element, "text"),
            self._infons(element),
            [self._part(one) for one in element.all("sentence")] if element.name == "passage" else [],
            [self._mark(one) for one in element.all("annotation")],
            [self._tie(one) for one in element.all("relation")],
            self._where(element),
        )

    def _mark(self, element: Element) -> Mark:
        places = [(self._number(one, "offset"), self._number(one, "length")) for one in element.all("location")]
        uid = element.attributes.get("id", "")
        return Mark(uid, self._infons(element), places, self._text(element, "text"), self._where(element))

    def _tie(self, element: Element) -> Tie:
        nodes = [(one.attributes.get("refid", ""), one.attributes.get("role", "")) for one in element.all("node")]
        return Tie(element.attributes.get("id", ""), self._infons(element), nodes, self._where(element))

    def _infons(self, element: Element) -> dict[str, str]:
        for child in element.children:
            if child.name not in _PARTS[element.name]:
                self._unheld.append(f"{self._where(child)}: {child.local[:80]}")
        infons: dict[str, str] = {}
        for one in element.all("infon"):
            key = one.attributes.get("key", "")
            if infons.setdefault(key, one.text) != one.text:
                self._unheld.append(f"{self._where(one)}: {key[:80]}")
        return infons

    def _text(self, element: Element, name: str) -> str | None:
        found = element.first(name)
        return None if found is None else found.text

    def _number(self, element: Element, name: str) -> int:
        found = self._whole(element, element.attributes.get(name, ""))
        if found < 0:
            self._refuse(element, message("{key} is negative", key=name))
        return found

    def _whole(self, element: Element, words: str) -> int:
        if not _WHOLE.fullmatch(words) or abs(int(words)) > INT_MOST:
            self._refuse(element, message("“{words}” is no whole number", words=words[:40]))
        return int(words)

    def _where(self, element: Element) -> str:
        return f"{self._file}, line {element.line}"

    def _refuse(self, element: Element, why: Message) -> NoReturn:
        raise UserError(
            message("{where}: {why}.", where=self._where(element), why=why),
            message("Correct the file, or make it again where it came from."),
        )


# --- writing ------------------------------------------------------------------------------------------------------


def _lines(document: Document) -> Iterator[str]:
    yield "<document>"
    yield f"<id>{text(document.id)}</id>"
    yield from _infon_lines(document.infons)
    for part in document.passages:
        yield "<passage>"
        yield from _infon_lines(part.infons)
        yield f"<offset>{part.offset}</offset>"
        yield f"<text>{text(part.text or '')}</text>"
        yield from _said_lines(part.marks, part.ties)
        yield "</passage>"
    yield from _said_lines(document.marks, document.ties)
    yield "</document>"


def _infon_lines(infons: Infons) -> Iterator[str]:
    return (f"<infon key={quoteattr(key)}>{text(str(value))}</infon>" for key, value in infons.items())


def _said_lines(marks: Iterable[Mark], ties: Iterable[Tie]) -> Iterator[str]:
    for mark in marks:
        yield f"<annotation id={quoteattr(mark.id)}>"
        yield from _infon_lines(mark.infons)
        yield from (f'<location offset="{offset}" length="{length}"/>' for offset, length in mark.places)
        yield f"<text>{text(mark.text or '')}</text>"
        yield "</annotation>"
    for tie in ties:
        yield f"<relation id={quoteattr(tie.id)}>"
        yield from _infon_lines(tie.infons)
        yield from (f"<node refid={quoteattr(uid)} role={quoteattr(role)}/>" for uid, role in tie.nodes)
        yield "</relation>"


FORMAT = BioCXml()
