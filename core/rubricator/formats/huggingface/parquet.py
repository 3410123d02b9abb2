"""Rows for Hugging Face datasets as Parquet, by pyarrow, which is an optional extra and is loaded when it is used.

The rows are those of the lines; the types of the columns stand in the file itself. Rows are written group by group, so
that a corpus of any size is; the same rows give the same bytes with the same pyarrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.base import Carried, Header, Record, WriteOptions
from rubricator.formats.huggingface.rows import (
    PLACE_COLUMNS,
    SPAN_COLUMNS,
    TEXT_COLUMNS,
    Row,
    Rows,
    carried_by,
    rows_of,
)
from rubricator.words import message

GROUP_ROWS = 1_000
GROUP_CHARS = 8 << 20
"""Rows and characters of text in one group, which is what a reader has in memory."""


class Parquet(Rows):
    """A table in a file that tells the types of its columns."""

    alone = """\
With pyarrow (or pandas, DuckDB, Polars) alone:

```python
from pyarrow import parquet

for article in parquet.read_table("{first}").to_pylist():
    for span in article["spans"]:
        assert article["text"][span["start"] : span["end"]] == span["text"]
    print(article["title"], len(article["spans"]), *article["topics"])
```
"""

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file, a group of rows at a time."""
        arrow, parquet = _load()
        schema = _schema(arrow)
        with out.open("xb") as stream, parquet.ParquetWriter(stream, schema) as table:
            for group in _groups(rows_of(header, records, options)):
                table.write_batch(arrow.RecordBatch.from_pylist(group, schema))

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the file back, a group at a time."""
        _arrow, parquet = _load()
        with parquet.ParquetFile(out) as table:
            for group in range(table.num_row_groups):
                yield from map(carried_by, table.read_row_group(group).to_pylist())


def _load() -> tuple[Any, Any]:
    """Return pyarrow and its Parquet; UserError where it is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UserError(
            message("Parquet needs pyarrow, which is not installed."),
            message("Install it with “uv sync --extra parquet”, or with “pip install pyarrow” beside Rubricator."),
        ) from error
    return pyarrow, parquet


def _schema(arrow: Any) -> Any:
    text, number = arrow.string(), arrow.int64()
    span = arrow.struct([(name, number if name in PLACE_COLUMNS else text) for name in SPAN_COLUMNS])
    columns = [(name, text) for name in TEXT_COLUMNS]
    return arrow.schema([*columns, ("spans", arrow.list_(span)), ("topics", arrow.list_(text))])


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    chars = 0
    for row in rows:
        group.append(row)
        chars += len(row["text"]) + 100 * len(row["spans"])
        if len(group) >= GROUP_ROWS or chars >= GROUP_CHARS:
            yield group
            group, chars = [], 0
    if group:
        yield group


FORMAT = Parquet()
