"""Rows for Hugging Face datasets: a JSON object a line with always the same columns (docs: README.md of the corpus).

Each span is a plain range of code points with its words; what is none is cut, widened or left out as chosen. `spans` is
the column to train on; attributes travel as a JSON object in a string, since a column has one type.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rubricator.formats.base import Beside, Carried, Case, Choice, Header, Loss, Record, WriteOptions
from rubricator.formats.jsonl.writer import line
from rubricator.formats.losing import added_up, annotation_cases, article_cases, layer_of, place_of
from rubricator.formats.shaping import ranges

Row = dict[str, Any]

SPAN_COLUMNS = ("id", "label", "start", "end", "text", "entity", "note", "attributes")
TEXT_COLUMNS = ("id", "title", "text", "language", "source", "published", "annotator", "status")

LOADING = """\
```python
from datasets import load_dataset

corpus = load_dataset("path/of/this/folder")  # nothing is fetched
```

With Python alone:

```python
import json

with open("{first}", encoding="utf-8") as lines:
    articles = [json.loads(line) for line in lines]
for article in articles:
    for span in article["spans"]:
        assert article["text"][span["start"] : span["end"]] == span["text"]
    print(article["title"], len(article["spans"]), *article["topics"])
```
"""


class HuggingFace:
    """A JSON object a line, of columns that never change their type."""

    all_layers = False
    choices: tuple[Choice, ...] = ("broken", "across")

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what has no column."""
        return added_up(_plan(record, options)[1] for record in records)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file, a line at a time."""
        names = {person.id: person.name for person in header.people}
        with out.open("xb") as stream:
            for record in records:
                row, _lost = _plan(record, options)
                stream.write(line({**row, "annotator": names.get(row["annotator"], row["annotator"])}))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the article, its spans and topics."""
        return _carried(_plan(record, options)[0])

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the file back."""
        with out.open(encoding="utf-8") as stream:
            for written in stream:
                yield _carried(json.loads(written))

    def beside(self, files: Mapping[str, str], language: str) -> Beside:
        """Say how to load it; the head of the card is what `load_dataset` reads."""
        configs = [f"  - split: {_split(part)}\n    path: {json.dumps(name)}" for part, name in files.items()]
        head = "\n".join(["configs:", "- config_name: default", "  data_files:", *configs, _features()])
        return Beside(head=head, loading=LOADING.format(first=next(iter(files.values()))))


def _split(part: str) -> str:
    """Return what the library calls a part."""
    return "validation" if part == "dev" else part


def _features() -> str:
    """Return the types of the columns, in YAML: an empty column would else have none."""
    text = [f"  - name: {name}\n    dtype: string" for name in TEXT_COLUMNS]
    inner = [
        f"    - name: {name}\n      dtype: {'int64' if name in {'start', 'end'} else 'string'}" for name in SPAN_COLUMNS
    ]
    spans = ["  - name: spans\n    list:", *inner]
    topics = ["  - name: topics\n    sequence: string"]
    return "\n".join(["dataset_info:", "  features:", *text, *spans, *topics])


def _plan(record: Record, options: WriteOptions) -> tuple[Row, list[Case]]:
    """Return the row of an article, and what it leaves out."""
    layer = layer_of(record)
    lost = list(article_cases(record, layer, {"topic", "article"}))
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
        lost += annotation_cases(record, a, {"attribute", "note", "entity", "provenance"} if pieces else set())
    meta = record.meta
    about = {name: str(meta.get(name) or "") for name in ("language", "source", "published")}
    row: Row = {"id": record.id, "title": record.title, "text": record.text, **about}
    row |= {"annotator": layer.annotator, "status": layer.status, "spans": spans}
    return row | {"topics": [tag.topic for tag in layer.topics]}, lost


def _carried(row: Row) -> Carried:
    about = tuple(row[name] for name in TEXT_COLUMNS if name != "annotator")
    carried: Carried = Counter([("article", *about)])
    carried.update(("span", *(span[name] for name in SPAN_COLUMNS)) for span in row["spans"])
    carried.update(("topic", topic) for topic in row["topics"])
    return carried


FORMAT = HuggingFace()
