"""Topics as CSV: read by Python's csv, word for word."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.formats.base import Header, LayerRecord, Person, Record, WriteOptions
from rubricator.formats.topics_csv import FORMAT
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.spans import TopicTag

from . import make

OPTIONS = WriteOptions()


def write(tmp_path: Path, *records: Record, header: Header | None = None) -> list[dict[str, str]]:
    out = tmp_path / "out.csv"
    FORMAT.write(header or Header(), records, out, OPTIONS)
    assert list(FORMAT.found(out, OPTIONS)) == [FORMAT.expected(record, OPTIONS) for record in records]
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def layer(*topics: str, annotator: str = "1", status: str = "done") -> LayerRecord:
    return LayerRecord(annotator, status=status, topics=tuple(TopicTag("", "", "", topic) for topic in topics))


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, records = make.samples()
    write(tmp_path, *records, header=replace(header, scheme=Scheme(topics=make.TOPICS)))
    make.same_as_golden(tmp_path / "out.csv", "samples.topics.csv")


def test_a_line_for_each_topic_of_each_annotator(tmp_path: Path) -> None:
    scheme = Scheme(topics=(Topic("t:1", "politics"), Topic("t:2", "diplomacy", parent="t:1")))
    header = Header(scheme=scheme, people=(Person("1", "anna"), Person("2", "ben")))
    layers = (layer("t:2", "t:9"), layer(annotator="2"))
    rows = write(tmp_path, Record("Text", "a", "One", layers=layers), Record("Text", "b", "Two"), header=header)
    assert [tuple(row.values()) for row in rows] == [
        ("1", "a", "One", "anna", "done", "t:2", "politics > diplomacy"),
        ("1", "a", "One", "anna", "done", "t:9", "t:9"),
        ("1", "a", "One", "ben", "done", "", ""),
        ("2", "b", "Two", "", "", "", ""),
    ]


@pytest.mark.parametrize(
    "title", ["=1+1", "+1", "-1", "@x", 'a "b", c', "two\nlines\r\n", "\ttab", "😅 ليلى", " ", "x" * 200_000]
)
def test_words_are_not_changed(tmp_path: Path, title: str) -> None:
    (row,) = write(tmp_path, Record("Text", title=title, layers=(layer("=t"),)))
    assert (row["title"], row["topic"]) == (title, "=t")


def test_everything_else_is_told() -> None:
    text = "Ruth won."
    record = make.record(
        text, make.annotation(text, "P", "Ruth"), title="T", meta={"a": 1}, topics=(TopicTag("", "", "", "t", "why"),)
    )
    found = {loss.kind: (loss.n, loss.where) for loss in FORMAT.losses(Header(), [record], OPTIONS)}
    assert found == {
        "topic-note": (1, ("T: t",)),
        "annotation": (1, ("T: P “Ruth”",)),
        "meta": (1, ()),
        "text": (1, ("T",)),
    }


def test_reading_back_sees_a_damaged_file(tmp_path: Path) -> None:
    record = Record("Text", "a", "One", layers=(layer("t:1", "t:2"),))
    write(tmp_path, record)
    out = tmp_path / "out.csv"
    good = out.read_bytes()
    for bad in (good.replace(b"t:2", b"t:3"), good[: good.rindex(b"1,a")], b"", good.replace(b"number", b"no")):
        out.write_bytes(bad)
        assert list(FORMAT.found(out, OPTIONS)) != [FORMAT.expected(record, OPTIONS)]


@given(st.lists(make.records(), max_size=3))
def test_whatever_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, records: list[Record]) -> None:
    tmp_path = tmp_path_factory.mktemp("csv")
    rows = write(tmp_path, *records, *(replace(record, id="", title="same") for record in records))
    assert len({row["number"] for row in rows}) == 2 * len(records)
