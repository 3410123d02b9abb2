"""Topics as CSV (RFC 4180, UTF-8): a line for each topic that an annotator gave to an article, under a header line.

Every layer has a line, with an empty topic where it has none: with the status `done` that says no to every topic.
A cell that begins like a formula (`=`, `+`, `-`, `@`, a tab, CR) gets an apostrophe before it, since a spreadsheet that
opens the file by double-click would reckon it; reading takes it away again. The choice `formulas` can leave it alone.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, repeat
from pathlib import Path

from rubricator.formats.base import Carried, Case, Choice, Header, LayerRecord, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.jsonl.writer import names_of
from rubricator.formats.losing import added_up, article_cases, name_of, place_of
from rubricator.formats.topics.table import CELL_MOST, COLUMNS, PATH_JOIN, read_table
from rubricator.model.cells import guarded, unguarded
from rubricator.model.scheme import Scheme
from rubricator.model.text import FORBIDDEN

Row = tuple[str, ...]


class TopicsCsv:
    """A table of topics."""

    all_layers = True
    choices: tuple[Choice, ...] = ("formulas",)

    def recognises(self, head: str) -> bool:
        """Say whether the first line names the columns that are needed."""
        columns = re.split('[,;\t"]+', head.lstrip("\ufeff").partition("\n")[0].strip().lower())
        return "topic" in columns and bool({"article", "text"} & {*columns})

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the names of the topics, and the articles with what was given to them."""
        return read_table(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what the table leaves out: everything but topics; and whether there are any."""
        return added_up(_all_lost(records))

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the table."""
        scheme, names = header.scheme or Scheme(), names_of(header.people)
        with out.open("x", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream, lineterminator="\r\n")
            table.writerow(COLUMNS)
            for n, record in enumerate(records, 1):
                rows = ((str(n), *row) for row in _rows(record, scheme, names))
                table.writerows([guarded(cell, formulas=options.formulas == "keep") for cell in row] for row in rows)

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the article, the status of its layers and their topics."""
        return _carried(_rows(record, Scheme(), {}))

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the table back, article by article."""
        csv.field_size_limit(max(csv.field_size_limit(), CELL_MOST))
        with out.open(encoding="utf-8", newline="") as stream:
            table = csv.reader(stream)
            if tuple(next(table, ())) != COLUMNS:
                return
            for _, rows in groupby(table, key=lambda row: row[0]):
                yield _carried(tuple(map(unguarded, row[1:])) for row in rows)


def _rows(record: Record, scheme: Scheme, names: Mapping[str, str]) -> Iterator[Row]:
    """Yield the cells of an article; the only place that knows what the table holds."""
    about = record.id, FORBIDDEN.sub("\ufffd", record.title)
    for layer in record.layers or (LayerRecord("", status=""),):
        who = names.get(layer.annotator, layer.annotator), layer.status
        for tag in layer.topics:
            yield *about, *who, tag.topic, PATH_JOIN.join(scheme.topic_path(tag.topic))
        if not layer.topics:
            yield *about, *who, "", ""


def _carried(rows: Iterable[Row]) -> Carried:
    return Counter(("topic", article, title, status, topic) for article, title, _, status, topic, _ in rows)


def _all_lost(records: Iterable[Record]) -> Iterator[Iterable[Case]]:
    articles, empty = 0, True
    for record in records:
        articles += 1
        empty = empty and not any(layer.topics for layer in record.layers)
        yield _lost(record)
    if empty:
        yield repeat(("topicless", ""), articles)


def _lost(record: Record) -> Iterator[Case]:
    yield "text", name_of(record)
    if record.meta or record.zones or record.cluster:
        yield "meta", ""
    for layer in record.layers:
        yield from (("annotation", place_of(record, annotation)) for annotation in layer.annotations)
        yield from article_cases(record, layer, {"layers", "topic", "article", "status"})


FORMAT = TopicsCsv()
