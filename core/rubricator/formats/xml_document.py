"""XML that someone else wrote, read by expat: nothing outside the file is looked at, and nothing in it is expanded.

A document type is refused whole: it is how entities that swell, or that name other files, come into a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.words import Message, message

DEEPEST = 1_000
"""How deep elements may nest."""

TAG_MOST = 10 << 20
"""Bytes in one tag or comment."""

_CHUNK = 1 << 17
"""Bytes that are given to expat at once: with each it looks anew at a tag, a name or a comment that does not end."""
_DOCTYPE = re.compile(
    rb"(\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:[^-]|-[^-])*-->\s*)*)"
    rb"""(<!DOCTYPE\s+[\w:.-]+\s+(?:SYSTEM|PUBLIC\s*"[^"<>]*")\s*(?:"[^"<>]*"|'[^'<>]*')\s*>)"""
)
"""A document type without declarations of its own, with all that may stand before it."""


@dataclass(slots=True)
class Element:
    """An element: `name` and the keys of `attributes` are `{namespace}name`, or bare names; `line` is where it begins.

    `parts` holds its texts and elements in order.
    """

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[str | Element] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        """The elements directly in it."""
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def text(self) -> str:
        """The text directly in it."""
        return "".join(part for part in self.parts if isinstance(part, str))

    def all(self, name: str) -> Iterator[Element]:
        """Yield the elements of this name directly in it."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        """Return the first element of this name directly in it."""
        return next(self.all(name), None)

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition("}")[2]


def read_xml(source: Path) -> Element:
    """Return the root of an XML file; UserError names file and line."""
    return parse_xml(files.whole(source), source.name)


def xml_parts(source: Path, root: str) -> Iterator[Element]:
    """Yield the elements directly in the root of an XML file, one in memory at a time; `root` is what it is called.

    A document type that does nothing but name a file is passed over; the file is not looked at.
    """
    with files.opened(source) as stream:
        yield from _Builder(source.name).parts(stream, root)


def parse_xml(data: bytes, file: str) -> Element:
    """Return the root of an XML document; `file` is what errors call it."""
    return _Builder(file).read(data)


class _Builder:
    """Makes elements of what expat tells."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._root: Element | None = None
        self._open: list[Element] = []
        self._fed = 0

    def read(self, data: bytes) -> Element:
        """Return the root."""
        for at in range(0, len(data), _CHUNK):
            self._parse(data[at : at + _CHUNK], False)
        self._parse(b"", True)
        if self._root is None:
            self._fail(message("it is empty"), 1)
        return self._root

    def parts(self, stream: BinaryIO, root: str) -> Iterator[Element]:
        """Yield the elements directly in the root, and forget them."""
        read = 0
        chunk = _DOCTYPE.sub(lambda match: match[1] + re.sub(rb"[^\r\n]", b" ", match[2]), stream.read(_CHUNK))
        while True:
            self._parse(chunk, not chunk)
            if self._root is not None:
                if self._root.name != root:
                    why = message("it begins with {name}, not with {root}", name=self._root.name[:80], root=root)
                    self._fail(why, self._root.line)
                unfinished = self._root.parts[-1:] if len(self._open) > 1 else []
                finished = self._root.children[: -1 if unfinished else None]
                self._root.parts = unfinished
                read = 0 if finished else read
                yield from finished
            if not chunk:
                return
            read += len(chunk)
            if read > files.LINE_MOST:
                why = message("what begins here is longer than {most} MB", most=files.LINE_MOST >> 20)
                self._fail(why, (self._open[-1:] or [Element("", {}, 1)])[0].line)
            chunk = stream.read(_CHUNK)

    def _parse(self, data: bytes, last: bool) -> None:
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            why = message("it is not sound XML ({why})", why=expat.ErrorString(error.code))
            self._fail(why, error.lineno)
        except (LookupError, ValueError) as error:  # an encoding that nobody knows
            self._fail(message("it is not sound XML ({why})", why=error), self._parser.CurrentLineNumber)
        self._fed += len(data)
        if not last and self._fed - max(self._parser.CurrentByteIndex, 0) > TAG_MOST:
            why = message("a tag or comment is longer than {most} MB", most=TAG_MOST >> 20)
            self._fail(why, self._parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= DEEPEST:
            self._fail(message("its elements nest too deep"), self._parser.CurrentLineNumber)
        known = {f"{{{key}" if "}" in key else key: value for key, value in attributes.items()}
        made = Element(f"{{{name}" if "}" in name else name, known, self._parser.CurrentLineNumber)
        if self._open:
            self._open[-1].parts.append(made)
        else:
            self._root = made
        self._open.append(made)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].parts.append(text)

    def _doctype(self, *_declared: object) -> None:
        self._fail(
            message("it declares a document type, which can name other files or swell"), self._parser.CurrentLineNumber
        )

    def _fail(self, why: Message, line: int) -> NoReturn:
        raise UserError(
            message("{file}, line {line}: {why}.", file=self._file, line=line, why=why),
            message("Make the file again where it came from."),
        )
