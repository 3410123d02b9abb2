"""The objects of a JSON file that someone else wrote, one in memory at a time: a line each, or the parts of a list."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from rubricator.errors import UserError
from rubricator.formats.base import Case, Header, ReadOptions, Record
from rubricator.formats.files import LINE_MOST, opened
from rubricator.formats.json_document import bad_in
from rubricator.formats.json_values import Bad, cleaned, kind_of, not_json, too_deep
from rubricator.model.strict_json import NotJson, no_constant, once_each
from rubricator.words import message, plural

_CHUNK = 1 << 16
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(object_pairs_hook=once_each, parse_constant=no_constant)
_WORD_MOST = 16
"""So near to the end of what has been read a number, an escape or `false` may have been cut."""


@dataclass(frozen=True, slots=True)
class Item:
    """An object with its place in the file, and how many forbidden characters in it were replaced."""

    where: str
    value: dict[str, Any]
    replaced: int


def items(source: Path, encoding: str = "") -> Iterator[Item]:
    """Yield the objects of a file: one after the other, or in a list; UserError names file and line."""
    with opened(source) as stream:
        text = _Text(stream, source.name, encoding)
        if text.skip() == "[":
            yield from _listed(text)
        else:
            while text.skip():
                yield text.item(f"{source.name}, line {text.line}")


@dataclass(frozen=True, slots=True)
class Member:
    """An object of a list that stands in an object (None: that has ended), and what the object says beside its lists.

    `about` grows: at the end it also holds what stands behind the lists.
    """

    item: Item | None
    about: dict[str, Any]


def members(source: Path, lists: frozenset[str], name: str, encoding: str = "") -> Iterator[Item | Member]:
    """Yield the objects of lists in the objects of a file, one in memory at a time, each called `name` and a number.

    An object that has none of these lists is yielded itself.
    """
    with opened(source) as stream:
        text = _Text(stream, source.name, encoding)
        if text.skip() == "[":
            for n in _elements(text):
                yield from _members(text, lists, name, f"{source.name}, item {n}")
            text.ends()
        else:
            while text.skip():
                yield from _members(text, lists, name, f"{source.name}, line {text.line}")


def _members(text: _Text, lists: frozenset[str], name: str, where: str) -> Iterator[Item | Member]:
    if text.skip() != "{":
        text.item(where)  # which says what it is instead
    about: dict[str, Any] = {}
    replaced = n = 0
    listed: set[str] = set()
    for key in _keys(text, where):
        if key in about or key in listed:
            raise bad_in(where, Bad(message("the key “{key}” stands in one object twice.", key=key[:80])))
        if key in lists and text.skip() == "[":
            listed.add(key)
            for _ in _elements(text):
                n += 1
                yield Member(text.item(f"{where}, {name} {n}"), about)
        else:
            about[key], count = text.value(where)
            replaced += count
    yield Member(None, about) if listed else Item(where, about, replaced)


def _listed(text: _Text) -> Iterator[Item]:
    for n in _elements(text):
        yield text.item(f"{text.file}, item {n}")
    text.ends()


def _elements(text: _Text) -> Iterator[int]:
    """Go to each part of a list in turn, which is to be read before the next; at the end, behind the list."""
    text.advance(1)
    n = 0
    sign = "]" if text.skip() == "]" else ","
    while sign != "]":
        n += 1
        yield n
        sign = text.skip()
        if sign == ",":
            text.advance(1)
            text.skip()
        elif sign != "]":
            raise text.unsound("a comma is missing between the parts of the list" if sign else "the list has no end")
    text.advance(1)


def _keys(text: _Text, where: str) -> Iterator[str]:
    """Go to the value of each key of an object in turn, likewise."""
    text.advance(1)
    sign = "}" if text.skip() == "}" else ","
    while sign != "}":
        key, _count = text.value(where)
        if not isinstance(key, str) or text.skip() != ":":
            raise text.unsound("a key with a colon is missing")
        text.advance(1)
        text.skip()
        yield key
        sign = text.skip()
        if sign == ",":
            text.advance(1)
            text.skip()
        elif sign != "}":
            raise text.unsound("a comma is missing between the keys of the object" if sign else "the object has no end")
    text.advance(1)


class _Text:
    """A file as far as it has been read: `line` is where the place lies that has been come to."""

    def __init__(self, stream: BinaryIO, file: str, encoding: str) -> None:
        self.file = file
        self.line = 1
        self._stream = stream
        self._buffer = ""
        self._at = 0
        self._ended = False
        try:
            self._encoding = "UTF-8" if not encoding or codecs.lookup(encoding).name == "utf-8" else encoding
            "".encode(self._encoding)  # says no to a codec that makes no text
            self._decoder = codecs.getincrementaldecoder("utf-8-sig" if self._encoding == "UTF-8" else encoding)()
        except (LookupError, ValueError, TypeError) as error:
            raise UserError(
                message("There is no encoding called “{encoding}”.", encoding=encoding),
                message("JSON is written in UTF-8: leave --encoding out."),
            ) from error

    def skip(self) -> str:
        """Go to the next character that is no white space, and return it; nothing at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._at)
            self.advance(match.end() - self._at if match else 0)
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def advance(self, n: int) -> None:
        """Go on by so many characters."""
        self.line += self._buffer.count("\n", self._at, self._at + n)
        self._at += n

    def item(self, where: str) -> Item:
        """Return the object that begins here, and go behind it."""
        value, replaced = self.value(where)
        if not isinstance(value, dict):
            raise bad_in(where, Bad(message("an object in braces is needed, this is {kind}.", kind=kind_of(value))))
        return Item(where, value, replaced)

    def value(self, where: str) -> tuple[Any, int]:
        """Return the value that begins here and how much in it was replaced, and go behind it."""
        try:
            value, end = self._value()
            value, replaced = cleaned(value, self._buffer[self._at : end])
        except Bad as bad:
            raise bad_in(where, bad) from bad
        self.advance(end - self._at)
        return value, replaced

    def ends(self) -> None:
        """Make sure that nothing comes any more."""
        if self.skip():
            raise self.unsound("something stands after the end of the list")

    def _value(self) -> tuple[Any, int]:
        while True:
            try:
                return _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos >= len(self._buffer) - _WORD_MOST
                if not (cut and self._more()):
                    self.advance(error.pos - self._at)
                    raise self.unsound(error.msg) from error
            except NotJson as error:
                raise not_json(error) from error
            except RecursionError as error:
                raise Bad(too_deep()) from error
            except ValueError as error:  # Python refuses whole numbers of more than 4,300 digits
                raise Bad(message("it holds a number with too many digits.")) from error

    def _more(self) -> bool:
        """Read on, twice as much each time; say whether there was more."""
        if self._ended:
            return False
        rest = self._buffer[self._at :]
        if len(rest) > LINE_MOST:
            raise UserError(
                message(
                    "{file}, line {line}: what begins here is longer than {most} MB.",
                    file=self.file,
                    line=self.line,
                    most=LINE_MOST >> 20,
                ),
                message("Split it into one object for each article."),
            )
        data = self._stream.read(max(_CHUNK, len(rest)))
        self._ended = not data
        try:
            self._buffer, self._at = rest + self._decoder.decode(data, self._ended), 0
        except ValueError as error:
            raise UserError(
                message("{file} is not {encoding} text, or is cut short.", file=self.file, encoding=self._encoding),
                message("Save the file as UTF-8."),
            ) from error
        return True

    def unsound(self, why: str) -> UserError:
        """Return the error for what is no JSON at the place that has been come to."""
        return UserError(
            message("{file}, line {line}: not JSON ({why}).", file=self.file, line=self.line, why=why),
            message("Make the file again where it came from."),
        )


# --- articles -----------------------------------------------------------------------------------------------------

Read = Callable[[dict[str, Any], str], Iterator[Header | Record]]
"""Makes of an object (with its place) what it says; nothing where it holds no words."""


def articles(source: Path, options: ReadOptions, read: Read) -> Iterator[Header | Record]:
    """Yield what `read` makes of each object of a file; the place of one without words is told with its neighbour."""
    blank: list[Case] = []
    waiting: Record | None = None
    for item in items(source, options.encoding):
        found = False
        try:
            for made in read(item.value, item.where):
                if isinstance(made, Header):
                    yield made
                    continue
                if waiting is not None:
                    yield waiting
                found = True
                waiting = with_notes(made, item.replaced, blank)
                blank = []
        except Bad as bad:
            raise bad_in(item.where, bad) from bad
        if not found:
            blank.append(("blank", item.where))
    if waiting is None:
        raise UserError(
            message("{file} holds no article with words.", file=source.name),
            message("Choose a file that holds articles with their texts."),
        )
    yield replace(waiting, cases=(*waiting.cases, *blank))


def with_notes(record: Record, replaced: int, blank: list[Case]) -> Record:
    """Return an article that also tells of replaced characters, and of its neighbours without words."""
    if replaced:
        one, many = "{n} forbidden character became U+FFFD", "{n} forbidden characters became U+FFFD"
        record = replace(record, notes=(*record.notes, plural(one, many, replaced)))
    return replace(record, cases=(*blank, *record.cases)) if blank else record


# --- what a file is -----------------------------------------------------------------------------------------------

_TOKEN = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"(\s*:)?|[{}\[\]]|"', re.DOTALL)
"""A string (a key where a colon follows), a bracket, or a string that does not end here."""
_PATH_MOST = 3


@lru_cache(1)
def keys_of(head: str) -> frozenset[str]:
    """Return the keys of the first object of a file, as far as `head` goes: `text`, `annotations.result` and so on.

    Several formats ask it of one file.
    """
    found: set[str] = set()
    opened_: list[str] = []
    path: list[str] = []
    if head.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
        return frozenset()
    for match in _TOKEN.finditer(head):
        match match[0]:
            case "{":
                opened_.append("{")
                path.append("")
            case "[":
                opened_.append("[")
            case "}" | "]":
                if opened_ and opened_.pop() == "{":
                    path.pop()
                    if not path:
                        break
            case '"':
                break
            case _ if match[2] and path:
                path[-1] = match[1]
                if len(path) <= _PATH_MOST:
                    found.add(".".join(path))
    return frozenset(found)
