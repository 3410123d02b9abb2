"""GATE XML (version 3): a file for each article; its text holds nodes, and annotations lie from node to node.

Source: GATE's user guide (gate.ac.uk/userguide, “GATE XML”) and files that GATE wrote. An annotation says between which
nodes it lies; where a node stands in the text is what counts, not the number that it is called by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, NoReturn
from xml.sax.saxutils import quoteattr

from rubricator.errors import UserError
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.gate.folder import GateFolder
from rubricator.formats.gate.reader import read_document
from rubricator.formats.gate.said import Document, Mark, MarkSet, Tie
from rubricator.formats.gate.schemas import schemas_beside
from rubricator.formats.gate.values import STRING, OddValueError, text, value_of, written
from rubricator.formats.xml_document import Element, read_xml
from rubricator.words import Message, message

_PARTS = frozenset(("GateDocumentFeatures", "TextWithNodes", "AnnotationSet", "RelationSet"))


class GateXml(GateFolder):
    """A folder of GATE XML documents."""

    suffix = ".xml"
    ties = True

    def recognises(self, head: str) -> bool:
        """Say whether a file begins as a document of GATE."""
        return "<GateDocument" in head

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield what the schemas beside it declare, the entities, if there are any, and the article."""
        document = self.document(source, options)
        return chain(schemas_beside(source, options.within), read_document(document, source.name, source.stem))

    def document(self, source: Path, options: ReadOptions) -> Document:
        """Return what an XML file says; UserError names file and line."""
        root = read_xml(source)
        if root.name != "GateDocument":
            _refuse(source.name, root.line, message("a document of GATE begins with GateDocument"))
        return _Reader(source.name, root).document()

    def put(self, document: Document, path: Path) -> None:
        """Write a document, a line at a time."""
        with path.open("x", encoding="utf-8", newline="") as stream:
            stream.writelines(f"{line}\n" for line in _lines(document))


# --- reading ------------------------------------------------------------------------------------------------------


def _refuse(file: str, line: int, why: Message) -> NoReturn:
    raise UserError(
        message("{file}, line {line}: {why}.", file=file, line=line, why=why),
        message("Save the document again in GATE."),
    )


class _Reader:
    """Reads the parts of one document."""

    def __init__(self, file: str, root: Element) -> None:
        self._file = file
        self._root = root
        self._nodes: dict[str, int] = {}
        self._unheld: list[str] = []

    def document(self) -> Document:
        """Return the document."""
        text_with_nodes = self._root.first("TextWithNodes")
        if text_with_nodes is None:
            _refuse(self._file, self._root.line, message("it has no text (TextWithNodes)"))
        text = self._text(text_with_nodes)
        about = self._root.first("GateDocumentFeatures")
        features = self._features(about) if about is not None else {}
        sets: dict[str, MarkSet] = {}
        for element in self._root.all("AnnotationSet"):
            found = sets.setdefault(element.attributes.get("Name", ""), MarkSet(element.attributes.get("Name", "")))
            seen = {mark.id for mark in found.marks}
            for child in element.all("Annotation"):
                mark = self._mark(child, len(found.marks))
                if mark.id in seen:
                    _refuse(self._file, child.line, message("the id {id} stands in the set twice", id=mark.id[:80]))
                seen.add(mark.id)
                found.marks.append(mark)
        for element in self._root.all("RelationSet"):
            found = sets.setdefault(element.attributes.get("Name", ""), MarkSet(element.attributes.get("Name", "")))
            found.ties.extend(map(self._tie, element.all("Relation")))
        for element in self._root.children:
            if element.name not in _PARTS:
                self._unheld.append(f"{self._file}, line {element.line}: {element.name}")
        return Document(text, features, list(sets.values()), unheld=self._unheld)

    def _text(self, element: Element) -> str:
        words: list[str] = []
        at = 0
        for part in element.parts:
            if isinstance(part, str):
                words.append(part)
                at += len(part)
            else:
                name = part.attributes.get("id", "")
                if part.name != "Node" or not name or part.parts:
                    _refuse(self._file, part.line, message("only empty nodes with an id may stand in the text"))
                if self._nodes.setdefault(name, at) != at:
                    _refuse(self._file, part.line, message("the node {id} stands in the text twice", id=name[:80]))
        return "".join(words)

    def _mark(self, element: Element, n: int) -> Mark:
        said = element.attributes
        label = said.get("Type", "")
        if not label.strip():
            _refuse(self._file, element.line, message("the annotation has no type"))
        for key in ("StartNode", "EndNode"):
            if said.get(key) not in self._nodes:
                why = message("the node {id} does not stand in the text", id=said.get(key, "")[:80] or key)
                _refuse(self._file, element.line, why)
        start, end = self._nodes[said["StartNode"]], self._nodes[said["EndNode"]]
        where = f"{self._file}, line {element.line}"
        return Mark(said.get("Id", f"#{n}"), label, start, end, self._features(element), where)

    def _tie(self, element: Element) -> Tie:
        said = element.attributes
        label, members = said.get("Type", ""), tuple(one for one in said.get("Members", "").split(";") if one)
        if not label.strip() or not members:
            _refuse(self._file, element.line, message("a relation needs a type and its members"))
        where = f"{self._file}, line {element.line}"
        data = element.first("UserData")
        if data is not None and data.text.strip():
            self._unheld.append(f"{where}: UserData {data.text.strip()[:80]}")
        return Tie(said.get("Id", ""), label, members, self._features(element), where)

    def _features(self, element: Element) -> dict[str, Any]:
        features: dict[str, Any] = {}
        for feature in element.all("Feature"):
            name, value = feature.first("Name"), feature.first("Value")
            if name is None or value is None or not name.text:
                _refuse(self._file, feature.line, message("a feature needs a name and a value"))
            if name.text in features:
                why = message("the feature “{name}” stands there twice", name=name.text[:80])
                _refuse(self._file, feature.line, why)
            kinds = value.attributes
            try:
                features[name.text] = value_of(
                    value.text, kinds.get("className", STRING), kinds.get("itemClassName", STRING)
                )
            except OddValueError as odd:
                self._unheld.append(f"{self._file}, line {value.line}: {name.text}: {odd}")
        return features


# --- writing ------------------------------------------------------------------------------------------------------


def _lines(document: Document) -> Iterator[str]:
    """Yield the lines of a document; nodes are called by their place in the UTF-16 of Java."""
    units = _utf16(document.text)
    yield "<?xml version='1.0' encoding='UTF-8'?>"
    yield '<GateDocument version="3">'
    yield "<GateDocumentFeatures>"
    yield from _feature_lines(document.features)
    yield "</GateDocumentFeatures>"
    yield f"<TextWithNodes>{_with_nodes(document, units)}</TextWithNodes>"
    # The default set stands first, as GATE writes it.
    for found in sorted(document.sets or [MarkSet("")], key=lambda one: one.name != ""):
        yield f"<AnnotationSet{_named(found)}>"
        for mark in found.marks:
            places = f'StartNode="{units[mark.start]}" EndNode="{units[mark.end]}"'
            yield f'<Annotation Id="{mark.id}" Type={_attribute(mark.type)} {places}>'
            yield from _feature_lines(mark.features)
            yield "</Annotation>"
        yield "</AnnotationSet>"
    for found in document.sets:
        if found.ties:
            yield f"<RelationSet{_named(found)}>"
            for tie in found.ties:
                members = ";".join(tie.members)
                yield f'<Relation Id="{tie.id}" Type={_attribute(tie.type)} Members="{members}">'
                yield "<UserData></UserData>"
                yield from _feature_lines(tie.features)
                yield "</Relation>"
            yield "</RelationSet>"
    yield "</GateDocument>"


def _named(found: MarkSet) -> str:
    return f" Name={_attribute(found.name)}" if found.name else ""


def _attribute(words: str) -> str:
    return quoteattr(words, {"\r": "&#13;"})


def _feature_lines(features: Mapping[str, Any]) -> Iterator[str]:
    for name, value in features.items():
        kind, words = written(value)
        yield "<Feature>"
        yield f'  <Name className="{STRING}">{text(name)}</Name>'
        yield f'  <Value className="{kind}">{words}</Value>'
        yield "</Feature>"


def _utf16(source: str) -> Sequence[int]:
    """Return the place of every code point, and of the end, in UTF-16."""
    if source.isascii():
        return range(len(source) + 1)
    return [0, *accumulate(1 + (char > "\uffff") for char in source)]


def _with_nodes(document: Document, units: Sequence[int]) -> str:
    borders = {0, len(document.text)}
    for found in document.sets:
        for mark in found.marks:
            borders.update((mark.start, mark.end))
    pieces: list[str] = []
    at = 0
    for border in sorted(borders):
        pieces.append(text(document.text[at:border]))
        pieces.append(f'<Node id="{units[border]}"/>')
        at = border
    return "".join(pieces)


FORMAT = GateXml()
