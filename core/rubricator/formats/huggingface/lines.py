"""Rows for Hugging Face datasets, a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from rubricator.formats.base import Carried, Header, Record, WriteOptions
from rubricator.formats.huggingface.rows import Rows, carried_by, rows_of
from rubricator.formats.jsonl.writer import line


class HuggingFace(Rows):
    """A JSON object a line, of columns that never change their type."""

    alone = """\
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

    def head(self, header: Header) -> bytes:
        """Return nothing: a file begins with its first article."""
        return b""

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file, a line at a time."""
        with out.open("xb") as stream:
            stream.writelines(map(line, rows_of(header, records, options)))

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the file back."""
        with out.open(encoding="utf-8") as stream:
            for written in stream:
                yield carried_by(json.loads(written))


FORMAT = HuggingFace()
