"""Rows for Hugging Face datasets: an article each, with always the same columns (docs: README.md of the corpus).

Each span is a plain range of code points with its words; what is none is cut, widened or left out as chosen. `spans` is
the column to train on; attributes travel as a JSON object in a string, since a column has one type.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rubricator.formats.base import Beside, Carried, Case, Choice, Header, Loss, Record, WriteOptions
from rubricator.formats.losing import (
    added_up,
    annotation_cases,
    article_cases,
    layer_of,
    name_of,
    once,
    place_of,
    with_entities,
)
from rubricator.formats.shaping import ranges

Row = dict[str, Any]

SPAN_COLUMNS = ("id", "label", "start", "end", "text", "entity", "note", "attributes")
PLACE_COLUMNS = frozenset(("start", "end"))
"""Of the columns of spans: those that hold numbers."""
_META_COLUMNS = ("language", "source", "published")
TEXT_COLUMNS = ("id", "title", "text", *_META_COLUMNS, "annotator", "status")

_LOADING = """\
```python
from datasets import load_dataset

corpus = load_dataset("path/of/this/folder")  # its name too: “.” will not do; nothing is fetched
```

"""


class Rows:
    """What a file of these rows carries, whatever kind of file it is."""

    all_layers = False
    choices: tuple[Choice, ...] = ("broken", "across")
    alone = ""
    """How the files are read without the library, in Markdown; `{first}` is the name of one."""

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what has no column."""
        plans = (_plan(record, options) for record in records)
        linked = ((lost, (span["entity"] for span in row["spans"])) for row, lost in plans)
        return added_up(with_entities(header, linked))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the article, its spans and topics."""
        return carried_by(_plan(record, options)[0])

    def beside(self, files: Mapping[str, str], language: str) -> Beside:
        """Say how to load it; the head of the card is what `load_dataset` reads."""
        configs = [f"  - split: {_split(part)}\n    path: {json.dumps(name)}" for part, name in files.items()]
        head = "\n".join(["configs:", "- config_name: default", "  data_files:", *configs, _features()])
        return Beside(head=head, loading=_LOADING + self.alone.format(first=next(iter(files.values()))))


def rows_of(header: Header, records: Iterable[Record], options: WriteOptions) -> Iterator[Row]:
    """Yield the rows of a file."""
    names = {person.id: person.name for person in header.people}
    for record in records:
        row, _lost = _plan(record, options)
        yield {**row, "annotator": names.get(row["annotator"], row["annotator"])}


def _split(part: str) -> str:
    """Return what the library calls a part."""
    return "validation" if part == "dev" else part


def _features() -> str:
    """Return the types of the columns, in YAML: an empty column would else have none."""
    text = [f"  - name: {name}\n    dtype: string" for name in TEXT_COLUMNS]
    inner = [
        f"    - name: {name}\n      dtype: {'int64' if name in PLACE_COLUMNS else 'string'}" for name in SPAN_COLUMNS
    ]
    spans = ["  - name: spans\n    list:", *inner]
    topics = ["  - name: topics\n    sequence: string"]
    return "\n".join(["dataset_info:", "  features:", *text, *spans, *topics])


@once
def _plan(record: Record, options: WriteOptions) -> tuple[Row, list[Case]]:
    """Return the row of an article, and what it leaves out."""
    layer = layer_of(record)
    lost = list(article_cases(record, layer, {"topic", "article", "status"}))
    if record.zones or record.cluster or record.extra or record.meta.keys() - _META_COLUMNS:
        lost.append(("meta", name_of(record)))
    spans: list[Row] = []
    for a in layer.annotations:
        pieces, kind = ranges(record.text, a.span, options)
        if kind:
            lost.append((kind, place_of(record, a)))
        for start, end in pieces:
            spans.append(
                {
                    "id": a.id,
                    "label": a.label,
                    "start": start,
                    "end": end,
                    "text": record.text[start:end],
                    "entity": a.entity,
                    "note": a.note,
                    "attributes": json.dumps(dict(a.attributes), ensure_ascii=False, sort_keys=True, default=dict),
                }
            )
        if pieces:
            lost += annotation_cases(record, a.but(id=""), {"attribute", "note", "entity"})  # the id has a column
    meta = record.meta
    about = {name: str(meta.get(name) or "") for name in _META_COLUMNS}
    row: Row = {"id": record.id, "title": record.title, "text": record.text, **about}
    row |= {"annotator": layer.annotator, "status": layer.status, "spans": spans}
    return row | {"topics": [tag.topic for tag in layer.topics]}, lost


def carried_by(row: Row) -> Carried:
    """Return what a row carries; the annotator is called by name in a file, and by id before."""
    about = tuple(row[name] for name in TEXT_COLUMNS if name != "annotator")
    carried: Carried = Counter([("article", *about)])
    carried.update(("span", *(span[name] for name in SPAN_COLUMNS)) for span in row["spans"])
    carried.update(("topic", topic) for topic in row["topics"])
    return carried
