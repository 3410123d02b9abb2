"""Rubricator JSONL, version 1: the lossless format. docs: product.md; schemas/rubricator-jsonl-1.json."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rubricator.formats.base import Beside, Choice, Counted, Header, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.jsonl.reader import read_jsonl
from rubricator.formats.jsonl.writer import jsonl_lines, sign

_SAYS_SO = re.compile(r'"(?:rubricator"\s*:\s*\d|layers"\s*:\s*\[)')


LOADING = """\
```python
import json

with open("{first}", encoding="utf-8") as lines:
    project, *articles = map(json.loads, lines)
for article in articles:
    for layer in article.get("layers", []):
        for annotation in layer["annotations"]:
            pieces = [article["text"][start:end] for start, end in annotation["fragments"]]
            print(layer["annotator"], annotation["label"], pieces)
```
"""


class RubricatorJsonl:
    """One line for the project, then one for each article with all its layers."""

    all_layers = True
    choices: tuple[Choice, ...] = ()

    def recognises(self, head: str) -> bool:
        """Say whether the first line says so."""
        return bool(_SAYS_SO.search(head.partition("\n")[0]))

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the header, if there is one, and the articles."""
        return read_jsonl(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Return nothing: this format carries everything."""
        return []

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file, a line at a time."""
        with out.open("xb") as stream:
            stream.writelines(jsonl_lines(header, records))

    def head(self, header: Header) -> bytes:
        """Return the line of the project."""
        return b"".join(jsonl_lines(header, ()))

    def beside(self, files: Mapping[str, str], language: str) -> Beside:
        """Say how Python alone reads it."""
        return Beside(loading=LOADING.format(first=next(iter(files.values()))))

    def expected(self, record: Record, options: WriteOptions) -> Counted:
        """Return the sign of the record: all that its line has to say."""
        return {(sign(record),): 1}

    def found(self, out: Path, options: WriteOptions) -> Iterator[Counted]:
        """Read the file as an import would."""
        for item in read_jsonl(out, ReadOptions()):
            if isinstance(item, Record):
                yield self.expected(item, options)


FORMAT = RubricatorJsonl()
