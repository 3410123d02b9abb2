"""Reads topics from a CSV: an article is named by its id, or its text stands in a column of its own.

The columns are known by their names: `topic` must be there, and `article` or `text`; `number`, `title`, `annotator`,
`status` and `path` may be. A line without a topic says that the annotator gave none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import NoReturn

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import Case, Header, LayerRecord, ReadOptions, Record
from rubricator.formats.reading import Draft
from rubricator.model.cells import unguarded
from rubricator.model.elements import STATUSES
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.spans import TopicTag
from rubricator.model.text import FORBIDDEN, decode
from rubricator.words import Message, message

COLUMNS = ("number", "article", "title", "annotator", "status", "topic", "path")
PATH_JOIN = " > "
CELL_MOST = 1 << 26
_KNOWN = frozenset((*COLUMNS, "text"))

Line = tuple[int, dict[str, str]]


def read_table(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield the names of the topics and the articles of a table; UserError names file and line."""
    text = decode(files.whole(source), source.name, options.encoding).text
    csv.field_size_limit(max(csv.field_size_limit(), CELL_MOST))
    delimiter = _delimiter(text)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = _lines(table, source.name)
    columns = [cell.strip().lower() for cell in next(lines, (0, []))[1]]
    if "topic" not in columns or not {"article", "text"} & {*columns} or len({*columns}) < len(columns):
        _refuse(source.name, 1, message("a line with the names of the columns is needed, “article” and “topic” in it"))
    odd = [column for column in columns if column not in _KNOWN]
    cases: list[Case] = [("unheld", f"{source.name}: {column}") for column in odd]
    known: set[str] = set()
    last: Record | None = None
    for _, some in groupby(_named(lines, columns, source.name), key=_article):
        article = _Article(source.name, [*some])
        topics = [topic for topic in article.topics if topic.code not in known]
        known.update(topic.code for topic in topics)
        if topics:
            yield Header(scheme=Scheme(topics=tuple(topics)))
        if last is not None:
            yield last
        last = article.record(cases)
        cases = []
    if last is None:
        _refuse(source.name, 1, message("no article stands below the names of the columns"))
    yield last if known else replace(last, cases=(*last.cases, ("topicless", source.name)))


def _delimiter(text: str) -> str:
    head = text[: text.find("\n") + 1 or len(text)]
    return max(",;\t", key=head.count)


def _lines(table: Iterator[list[str]], file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines with their numbers; a cell may hold line breaks, so that a line can be several."""
    number = 1
    try:
        for cells in table:
            if cells:
                yield number, cells
            number = table.line_num + 1  # type: ignore[attr-defined]
    except csv.Error as error:
        _refuse(file, number, message("it is no sound CSV ({why})", why=error))


def _named(lines: Iterator[tuple[int, list[str]]], columns: list[str], file: str) -> Iterator[Line]:
    for number, cells in lines:
        if len(cells) != len(columns):
            why = message("it has {n} cells, and the first line has {columns}", n=len(cells), columns=len(columns))
            _refuse(file, number, why)
        clean = (FORBIDDEN.sub("\ufffd", unguarded(cell)) for cell in cells)
        yield number, dict(zip(columns, clean, strict=True))


def _article(line: Line) -> tuple[str, ...]:
    """Return what tells the article of a line from that of the next."""
    return tuple(line[1].get(key, "") for key in ("number", "article", "text"))


def _refuse(file: str, number: int, why: Message) -> NoReturn:
    raise UserError(
        message("{file}, line {line}: {why}.", file=file, line=number, why=why),
        message("Correct the table, or export it again."),
    )


@dataclass
class _Article:
    """The lines of one article."""

    file: str
    lines: list[Line]
    topics: list[Topic] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    layers: dict[str, LayerRecord] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tags: dict[str, dict[str, TopicTag]] = {}
        for number, cells in self.lines:
            owner, status, code = (cells.get(key, "").strip() for key in ("annotator", "status", "topic"))
            if status and status not in STATUSES:
                words = ", ".join(STATUSES)
                why = message("the status is “{status}”, and can be: {words}", status=status[:80], words=words)
                _refuse(self.file, number, why)
            if not owner and not status and not code:
                continue
            given = tags.setdefault(owner, {})
            self.layers.setdefault(owner, LayerRecord(owner, status=status or "todo"))
            if not code:
                continue
            if code in given:
                self.cases.append(("twice", f"{self.file}, line {number}: {code}"))
            else:
                given[code] = TopicTag("", "", "", code)
                self.topics.append(Topic(code, _name(cells) or code))
        for owner, given in tags.items():
            self.layers[owner] = LayerRecord(owner, status=self.layers[owner].status, topics=tuple(given.values()))

    def record(self, cases: list[Case]) -> Record:
        """Return the article; without a text it is one that is here already."""
        number, cells = self.lines[0]
        where = f"{self.file}, line {number}"
        all_cases = (*cases, *self.cases)
        uid, title, text = cells.get("article", "").strip(), cells.get("title", ""), cells.get("text", "")
        if not text.strip():
            return Record("", uid, title, layers=tuple(self.layers.values()), where=where, cases=all_cases)
        draft = Draft(text, where)
        draft.cases.extend(all_cases)
        return draft.record(self.layers.values(), title or f"{Path(self.file).stem} {number}", uid)


def _name(cells: Mapping[str, str]) -> str:
    return cells.get("path", "").rpartition(PATH_JOIN)[2].strip()
