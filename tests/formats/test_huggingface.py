"""Rows for Hugging Face datasets as Parquet: the same rows as the lines, in groups, with types; and without pyarrow."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricator import formats
from rubricator.errors import UserError
from rubricator.formats.base import BROKEN, Header, Record, WriteOptions
from rubricator.formats.huggingface import parquet as ours
from rubricator.formats.huggingface.lines import FORMAT as LINES
from rubricator.formats.huggingface.parquet import FORMAT

from . import make

parquet = pytest.importorskip("pyarrow.parquet")


def lines(records: list[Record], out: Path, options: WriteOptions) -> list[object]:
    LINES.write(Header(), records, out, options)
    return [json.loads(line) for line in out.read_text("utf-8").split("\n")[:-1]]


@given(data=st.data())
@settings(max_examples=40)
def test_it_holds_the_rows_of_the_lines(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    records = make.one_layer(data.draw(st.lists(make.records(), max_size=4)))
    options = WriteOptions(broken=data.draw(st.sampled_from(BROKEN)))
    folder = tmp_path_factory.mktemp("parquet")
    FORMAT.write(Header(), records, folder / "x.parquet", options)
    assert parquet.read_table(folder / "x.parquet").to_pylist() == lines(records, folder / "x.jsonl", options)
    assert list(FORMAT.found(folder / "x.parquet", options)) == [FORMAT.expected(one, options) for one in records]


def test_the_types_stand_in_the_file_even_of_empty_columns(tmp_path: Path) -> None:
    FORMAT.write(Header(), [], tmp_path / "x.parquet", WriteOptions())
    schema = parquet.read_schema(tmp_path / "x.parquet")
    assert schema.names[:3] == ["id", "title", "text"]
    kinds = {schema.field("spans").type.value_type.field(name).type for name in ("start", "end")}
    assert {str(kind) for kind in kinds} == {"int64"}
    assert str(schema.field("topics").type.value_type) == "string"
    assert list(FORMAT.found(tmp_path / "x.parquet", WriteOptions())) == []


def test_rows_are_written_group_by_group_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "GROUP_ROWS", 10)
    out = tmp_path / "x.parquet"
    sizes: list[int] = []

    def records() -> Iterator[Record]:
        for n in range(35):
            sizes.append(out.stat().st_size)
            yield Record(f"Story {n}: {random.Random(n).randbytes(2_000).hex()}", id=f"{n}")

    FORMAT.write(Header(), records(), out, WriteOptions())
    table = parquet.ParquetFile(out)
    assert [table.metadata.row_group(n).num_rows for n in range(table.num_row_groups)] == [10, 10, 10, 5]
    assert [row["id"] for row in table.read(["id"]).to_pylist()] == [str(n) for n in range(35)]
    assert sizes[0] < sizes[15] < sizes[25] < sizes[34], "what is written does not wait in memory"
    FORMAT.write(Header(), records(), tmp_path / "again.parquet", WriteOptions())
    assert (tmp_path / "again.parquet").read_bytes() == out.read_bytes()


def test_long_texts_make_smaller_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "GROUP_CHARS", 1_000)
    FORMAT.write(Header(), [Record("x" * 600)] * 4, tmp_path / "x.parquet", WriteOptions())
    assert parquet.ParquetFile(tmp_path / "x.parquet").num_row_groups == 2


def test_a_file_that_says_something_else_is_seen(tmp_path: Path) -> None:
    _, records = make.samples()
    FORMAT.write(Header(), make.one_layer(records), tmp_path / "x.parquet", WriteOptions())
    rows = parquet.read_table(tmp_path / "x.parquet")
    moved = rows.to_pylist()
    moved[0]["spans"][0]["start"] += 1
    parquet.write_table(rows.from_pylist(moved, rows.schema), tmp_path / "y.parquet")
    found = list(FORMAT.found(tmp_path / "y.parquet", WriteOptions()))
    expected = [FORMAT.expected(one, WriteOptions()) for one in make.one_layer(records)]
    assert (found[0] == expected[0], found[1:] == expected[1:]) == (False, True)


def test_without_pyarrow_the_line_that_installs_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert formats.writer("parquet").losses(Header(), [Record("Text.")], WriteOptions()) == []
    with pytest.raises(UserError) as caught:
        FORMAT.write(Header(), [Record("Text.")], tmp_path / "x.parquet", WriteOptions())
    assert "uv sync --extra parquet" in str(caught.value)
    assert not (tmp_path / "x.parquet").exists()
