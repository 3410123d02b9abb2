"""Reads Rubricator JSONL, version 1, line by line: what a line says is checked here, and nowhere else again."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.files import lines, opened
from rubricator.formats.json_values import Bad, choice_of, cleaned, parse
from rubricator.formats.jsonl.article import read_article
from rubricator.formats.jsonl.project import People, read_header
from rubricator.formats.jsonl.words import VERSION
from rubricator.words import message


def read_jsonl(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield the header, if the file has one, and then its articles, one line in memory at a time."""
    encoding = _encoding(options.encoding)
    name = source.name
    people = People()
    stood: dict[int, int] = {}
    first = True
    with opened(source) as stream:
        for number, data in lines(stream, name):
            where = f"{name}, line {number}"
            try:
                value, text, replaced = _object(data, encoding, first=first)
                item: Header | Record
                if _is_project(value, first=first):
                    item = read_header(value, where)
                    people = People(item.people)
                else:
                    item = read_article(value, text, options.unit, people, where, replaced)
                    _once(item.id, number, stood)
            except Bad as bad:
                raise _user_error(name, number, bad) from bad
            first = False
            yield item
    if first:
        raise UserError(message("{file} is empty.", file=name), message("Choose a file with one article per line."))


def _once(article: str, line: int, stood: dict[int, int]) -> None:
    """Remember where an article stands, by what its id hashes to; the same id twice is refused."""
    if article and (other := stood.setdefault(hash(article), line)) != line:
        raise Bad(
            message("the article “{id}” stood in line {other} already.", id=article, other=other),
            message("Give each article an id of its own, or none."),
        )


def _user_error(file: str, line: int, bad: Bad) -> UserError:
    hint = bad.hint or message("Correct the file, or make it again where it came from.")
    if bad.path:
        path = ", ".join(bad.path)
        return UserError(
            message("{file}, line {line}, {path}: {why}", file=file, line=line, path=path, why=bad.why), hint
        )
    return UserError(message("{file}, line {line}: {why}", file=file, line=line, why=bad.why), hint)


def _encoding(asked: str) -> str:
    try:
        if not asked or codecs.lookup(asked).name == "utf-8":
            return "utf-8"
        if "\n".encode(asked) == b"\n":
            return asked
    except (LookupError, ValueError, TypeError) as error:
        raise UserError(
            message("There is no encoding called “{encoding}”.", encoding=asked),
            message("Rubricator JSONL is written in UTF-8: leave --encoding out."),
        ) from error
    raise UserError(
        message("JSON lines cannot be read as {encoding}.", encoding=asked),
        message("Save the file as UTF-8 first."),
    )


def _object(data: bytes, encoding: str, *, first: bool) -> tuple[dict[str, Any], Any, int]:
    """Return the object of a line, its text as it stands there, and how many characters were replaced elsewhere."""
    if first and data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    try:
        line = data.decode(encoding)
    except (ValueError, LookupError) as error:
        raise Bad(
            message("not {encoding} text.", encoding="UTF-8" if encoding == "utf-8" else encoding),
            message("Save the file as UTF-8."),
        ) from error
    value = parse(line)
    text = value.pop("text", None)
    value, replaced = cleaned(value, line)
    return value, text, replaced


def _is_project(value: Mapping[str, Any], *, first: bool) -> bool:
    version = value.get("rubricator", VERSION)
    if type(version) is not int or version < 1:
        raise Bad(message("“rubricator” should be the version of the format, {version}.", version=VERSION))
    if version > VERSION:
        raise Bad(
            message("this is version {found} of the format, made by a newer Rubricator.", found=str(version)[:20]),
            message("This Rubricator reads version {version}. Update it, or export again from there.", version=VERSION),
        )
    is_project = choice_of(value, "kind", ("project", "article"), "article") == "project"
    if is_project and not first:
        raise Bad(
            message("the project stands here, and can stand in the first line only."),
            message("Import files of several projects one by one."),
        )
    return is_project
