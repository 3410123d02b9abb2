"""What is written in a format and read again is what the format says it carries: for each that does both."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricator import formats
from rubricator.exchange.sources import find_sources
from rubricator.formats.base import (
    ACROSS,
    BROKEN,
    FORMULAS,
    NESTED,
    SUBTOKEN,
    TAGGINGS,
    Header,
    ReadOptions,
    Record,
    WriteOptions,
)
from rubricator.model.spans import Annotation, Span

from . import make

BOTH = [known.key for known in formats.FORMATS if known.reads and known.writes and known.key != "jsonl"]
"""Rubricator JSONL carries everything, and has tests of its own for that."""


def joined(record: Record) -> Record:
    """Return the record with the pieces of spans joined that only white space parts, as every reader does."""

    def one(a: Annotation) -> Annotation:
        pieces = [a.span.fragments[0]]
        for start, end in a.span.fragments[1:]:
            if record.text[pieces[-1][1] : start].strip():
                pieces.append((start, end))
            else:
                pieces[-1] = (pieces[-1][0], end)
        span = Span(tuple(pieces))
        return a.but(span=span, quote=span.quote(record.text))

    layers = (replace(layer, annotations=tuple(map(one, layer.annotations))) for layer in record.layers)
    return replace(record, layers=tuple(layers))


def out_in(folder: Path, key: str) -> Path:
    known = formats.spec(key)
    return folder / ("out" if known.folder else f"out{known.suffixes[0]}")


def read_again(key: str, out: Path) -> list[Record]:
    reader = formats.reader(key)
    found = find_sources([out], key)
    return [x for path, _ in found.files for x in reader.read(path, ReadOptions()) if isinstance(x, Record)]


@pytest.mark.parametrize("key", BOTH)
@given(data=st.data())
@settings(max_examples=60)
def test_what_is_carried_comes_back(key: str, data: st.DataObject) -> None:
    writer = formats.writer(key)
    some = data.draw(st.lists(make.records(id_=None), min_size=1, max_size=3))
    records = [joined(record) for record in (some if writer.all_layers else make.one_layer(some))]
    options = WriteOptions(
        nested=data.draw(st.sampled_from(NESTED)),
        tagging=data.draw(st.sampled_from(TAGGINGS)),
        broken=data.draw(st.sampled_from(BROKEN)),
        subtoken=data.draw(st.sampled_from(SUBTOKEN)),
        across=data.draw(st.sampled_from(ACROSS)),
        formulas=data.draw(st.sampled_from(FORMULAS)),
    )
    with tempfile.TemporaryDirectory() as folder:
        out = out_in(Path(folder), key)
        writer.write(Header(), records, out, options)
        assert list(writer.found(out, options)) == [writer.expected(record, options) for record in records]
        again = read_again(key, out)
        assert [make.told(writer, r, options) for r in again] == [make.told(writer, r, options) for r in records]


@pytest.mark.parametrize("key", BOTH)
def test_the_samples_come_back(key: str, tmp_path: Path) -> None:
    writer = formats.writer(key)
    header, samples = make.samples()
    records = samples if writer.all_layers else make.one_layer(samples)
    out = out_in(tmp_path, key)
    writer.write(header, records, out, WriteOptions())
    again = read_again(key, out)
    assert len(again) == len(records)
    assert [make.told(writer, r) for r in again] == [make.told(writer, r) for r in records]
    kinds = {key for key, (outcome, *_) in formats_reading().items() if outcome == "refused"}
    assert not [case for record in again for case in record.cases if case[0] in kinds]


def formats_reading() -> dict[str, tuple[str, str, str]]:
    from rubricator.formats.reading import READ

    return dict(READ)  # type: ignore[arg-type]
