"""spaCy: read by spaCy itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.formats.base import NESTED, Header, Nested, ReadOptions, Record, WriteOptions
from rubricator.formats.flat import Placed
from rubricator.formats.spacy.format import FORMAT, split
from rubricator.formats.text import FORMAT as TEXT
from rubricator.model.spans import TopicTag

from . import make

spacy = pytest.importorskip("spacy")


def write(tmp_path: Path, *records: Record, nested: Nested = "outermost") -> list[Any]:
    from spacy.tokens import DocBin

    out = tmp_path / "out.spacy"
    options = WriteOptions(nested)
    FORMAT.write(Header(), records, out, options)
    assert list(FORMAT.found(out, options)) == [FORMAT.expected(record, options) for record in records]
    return list(DocBin().from_disk(out).get_docs(spacy.blank("en").vocab))


def losses(*records: Record) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {loss.kind: (loss.n, loss.where) for loss in FORMAT.losses(Header(), records, WriteOptions())}


def spans_of(doc: Any) -> list[tuple[str, str]]:
    return [(span.label_, span.text) for span in doc.spans["rubricator"]]


def test_spacy_reads_the_samples(tmp_path: Path) -> None:
    records = make.one_layer(make.samples()[1])
    docs = write(tmp_path, *records)
    for doc, record in zip(docs, records, strict=True):
        layer = record.layers[0]
        assert doc.text == record.text
        assert spans_of(doc) == [(a.label, a.quote) for a in layer.annotations]
        assert [span.kb_id_ for span in doc.spans["rubricator"]] == [a.entity for a in layer.annotations]
        assert {topic for topic, given in doc.cats.items() if given} == {tag.topic for tag in layer.topics}
        said = doc.user_data["rubricator"]
        assert (said["article"]["id"], said["article"]["meta"]) == (record.id, record.meta)
        assert [a["id"] for a in said["annotations"]] == [a.id for a in layer.annotations]
    assert ("PERSON", "Anna S.\n\nLebrune") in [(e.label_, e.text) for e in docs[0].ents]
    assert len(docs[0].ents) < len(docs[0].spans["rubricator"])
    assert {kind: n for kind, (n, _) in losses(*records).items()} == {"topic-note": 2, "layer": 3}  # their seconds


def test_the_bytes_are_the_same_in_every_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from rubricator.formats import reader, writer; "
        "from rubricator.formats.base import *; from rubricator_resources import path; "
        "items = list(reader('jsonl').read(path('samples/samples.jsonl'), ReadOptions())); "
        "writer('spacy').write(items[0], items[1:], Path(sys.argv[1]), WriteOptions())"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)], check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_the_seed(tmp_path: Path, corpora: Path) -> None:
    (seed,) = TEXT.read(corpora / "seed" / "turkmenistan-cis.txt", ReadOptions())
    assert isinstance(seed, Record)
    outer = make.annotation(seed.text, "ORGANIZATION", "Secretaries of the Security Council of the CIS member states")
    inner = make.annotation(seed.text, "ORGANIZATION", "Security Council of the CIS member states")
    name = make.annotation(seed.text, "PERSON", "S.\n\nLebedev")
    for nested, kept in (("outermost", outer), ("innermost", inner)):
        folder = tmp_path / nested
        folder.mkdir()
        (doc,) = write(folder, make.record(seed.text, outer, inner, name), nested=nested)  # type: ignore[arg-type]
        assert doc.text == seed.text
        assert ("PERSON", "S.\n\nLebedev") in spans_of(doc)
        assert {e.text for e in doc.ents} == {kept.quote, "S.\n\nLebedev"}


def test_finished_articles_are_negative_examples_and_others_are_not(tmp_path: Path) -> None:
    text = "Ruth won."
    given = {"topics": (TopicTag("", "", "", "t:1"),)}
    records = [
        make.record(text, make.annotation(text, "P", "Ruth"), status="done", **given),
        make.record(text, make.annotation(text, "P", "Ruth"), status="doing", topics=(TopicTag("", "", "", "t:2"),)),
        make.record(text, status="done"),
        Record(text),
    ]
    docs = write(tmp_path, *records)
    assert [[token.ent_iob_ for token in doc] for doc in docs] == [["B", "O", "O"], ["B", "", ""], ["O"] * 3, [""] * 3]
    assert [doc.cats for doc in docs] == [{"t:1": 1.0, "t:2": 0.0}, {"t:2": 1.0}, {"t:1": 0.0, "t:2": 0.0}, {}]


@pytest.mark.parametrize(
    ("text", "cuts", "wanted"),
    [
        ("Ruth won.", [], ["Ruth ", "won", "."]),
        ("Ruth  won", [], ["Ruth ", " ", "won"]),
        ("Ruth\n\nwon \n", [], ["Ruth", "\n\n", "won ", "\n"]),
        (" Ruth", [], [" ", "Ruth"]),
        ("Ruth ", [], ["Ruth "]),
        ("Ruth won", [(0, 5)], ["Ruth", " ", "won"]),
        ("Ruth won", [(4, 8)], ["Ruth", " ", "won"]),
        ("Ruth won", [(5, 8)], ["Ruth ", "won"]),
        ("Ruth won", [(1, 3)], ["R", "ut", "h ", "won"]),
        ("a\n \nb", [(2, 5)], ["a", "\n", " \n", "b"]),
        ("", [], []),
    ],
)
def test_tokens_are_the_text_and_break_where_spans_do(
    text: str, cuts: list[tuple[int, int]], wanted: list[str]
) -> None:
    placed = [Placed(a, b, make.over(text, "X", ((a, b),))) for a, b in cuts]
    assert [piece + " " * space for piece, space in split(text, placed)] == wanted


def test_discontinuous_spans_are_told_unless_only_space_is_between(tmp_path: Path) -> None:
    text = "S.\n\nLebedev, Ruth and Tom Amsel"
    far = make.annotation(text, "P", "Ruth", "Amsel")
    near = make.annotation(text, "P", "S.", "Lebedev")
    record = make.record(text, far, near, title="T", relations=({"label": "l", "from": "a", "to": "b"},))
    (doc,) = write(tmp_path, record)
    assert spans_of(doc) == [("P", "S.\n\nLebedev")]
    assert losses(record) == {"discontinuous": (1, ("T: P “Ruth … Amsel”",)), "relation": (1, ("T: l (a, b)",))}


def test_numbers_too_long_for_spacy_are_kept_as_text(tmp_path: Path) -> None:
    (doc,) = write(tmp_path, Record("Text.", meta={"n": 2**70, "deep": [{"m": -(2**64)}]}))
    assert doc.user_data["rubricator"]["article"]["meta"] == {"n": str(2**70), "deep": ({"m": str(-(2**64))},)}


def test_without_spacy_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(UserError, match="needs spaCy, which is not installed") as caught:
        FORMAT.write(Header(), [Record("Text.")], tmp_path / "x.spacy", WriteOptions())
    assert "uv sync --extra spacy" in str(caught.value)
    assert not (tmp_path / "x.spacy").exists()
    assert FORMAT.losses(Header(), [Record("Text.")], WriteOptions()) == []


@given(st.lists(make.records(layers_most=1), max_size=2), st.sampled_from(NESTED))
@settings(max_examples=60)
def test_whatever_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record], nested: Nested
) -> None:
    tmp_path = tmp_path_factory.mktemp("spacy")
    docs = write(tmp_path, *records, nested=nested)
    assert [doc.text for doc in docs] == [record.text for record in records]
    gone = losses(*records).get("discontinuous", (0,))[0]
    spans = sum(len(layer.annotations) for record in records for layer in record.layers)
    assert sum(len(doc.spans["rubricator"]) for doc in docs) == spans - gone
