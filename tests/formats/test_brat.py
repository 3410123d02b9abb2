"""brat: what is written, read back by a strict reader of its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.formats.base import Header, LayerRecord, ReadOptions, Record, WriteOptions
from rubricator.formats.brat.format import FORMAT, brat_name, unbroken
from rubricator.formats.text import FORMAT as TEXT
from rubricator.model.scheme import Label, Scheme
from rubricator.model.spans import TopicTag
from rubricator.words import say

from . import make
from .brat_referee import Document, read_folder, sections

OPTIONS = WriteOptions()


def write(tmp_path: Path, *records: Record, header: Header | None = None) -> list[Document]:
    out = tmp_path / "out"
    FORMAT.write(header or Header(), records, out, OPTIONS)
    assert list(FORMAT.found(out, OPTIONS)) == [FORMAT.expected(record, OPTIONS) for record in records]
    return list(read_folder(out).values())


def losses(*records: Record) -> dict[str, tuple[int, tuple[str, ...]]]:
    found = FORMAT.losses(Header(), records, OPTIONS)
    assert all(str(loss.n) in say(loss.what) for loss in found)
    return {loss.kind: (loss.n, loss.where) for loss in found}


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, records = make.samples()
    documents = write(tmp_path, *make.one_layer(records), header=header)
    make.same_as_golden(tmp_path / "out", "brat")
    for document, record in zip(documents, records, strict=True):
        assert document.text == record.text
        found = Counter((label, fragments) for label, fragments, _ in document.spans.values())
        wanted = Counter((a.label, unbroken(record.text, a.span.fragments)) for a in record.layers[0].annotations)
        assert found == wanted
        assert len(document.notes) == sum(bool(a.note) for a in record.layers[0].annotations)


def test_a_name_broken_over_a_blank_line_is_two_fragments(tmp_path: Path, corpora: Path) -> None:
    (seed,) = TEXT.read(corpora / "seed" / "turkmenistan-cis.txt", ReadOptions())
    assert isinstance(seed, Record)
    name = next(a for a in [make.annotation(seed.text, "PERSON", "S.\n\nLebedev")])
    at = name.start
    record = make.record(seed.text, name, title=seed.title)
    (document,) = write(tmp_path, record)
    assert list(document.spans.values()) == [("PERSON", ((at, at + 2), (at + 4, at + 11)), "S. Lebedev")]
    assert "annotation" not in losses(record)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a b", ["a b"]),
        ("a \n\n b", ["a", "b"]),
        ("a\tb", ["a", "b"]),
        ("a\u2028b\u0085c", ["a", "b", "c"]),
        ("\na\n", ["a"]),
        ("a\n \nb", ["a", "b"]),
        (" a ", [" a "]),
        ("\n", []),
    ],
)
def test_no_fragment_crosses_a_break(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in unbroken(text, [(0, len(text))])] == pieces


def test_everything_that_brat_has(tmp_path: Path) -> None:
    text = "Ruth Amsel, 61, leads the Academy. 😅 Amsel won."
    person = make.annotation(
        text,
        "PERSON",
        "Ruth Amsel",
        id="p",
        attributes={"head": True, "role": "chief", "old": False},
        note="Two\nlines",
    )
    split = make.annotation(text, "PERSON", "Ruth", "Amsel won", id="s")
    academy = make.annotation(text, "ORGANIZATION", "the Academy", id="o", attributes={"a b": 1, "why": "a b", "n": 3})
    relations = ({"id": "r", "label": "member_of", "from": "p", "to": "o"}, {"label": "gone", "from": "p", "to": "x"})
    record = make.record(text, person, split, academy, relations=relations, topics=(TopicTag("", "", "", "medtop:1"),))
    (document,) = write(tmp_path, record)
    targets = {label + quote: target for target, (label, _, quote) in document.spans.items()}
    assert list(targets) == ["PERSONRuth Amsel won", "PERSONRuth Amsel", "ORGANIZATIONthe Academy"]
    assert document.attributes == [("head", "T2", None), ("role", "T2", "chief"), ("n", "T3", "3")]
    assert document.relations == [("member_of", "T2", "T3")]
    assert document.notes == [("T2", "Two lines")]
    assert losses(record) == {
        "attribute": (
            3,
            ("a1: PERSON “Ruth Amsel”: old", *(f"a1: ORGANIZATION “the Academy”: {x}" for x in ("a b", "why"))),
        ),
        "attribute-text": (1, ("a1: ORGANIZATION “the Academy”: n",)),
        "note-lines": (1, ("a1: PERSON “Ruth Amsel”",)),
        "provenance": (3, ()),
        "topic": (1, ("a1: medtop:1",)),
        "relation": (1, ("a1: gone (p, x)",)),
        "article": (1, ()),
    }


def test_labels_are_spelled_as_brat_can(tmp_path: Path) -> None:
    text = "Ruth Amsel"
    names = ["PERSON", "a label", "a-label", "a_label", "наш ярлык", "наш,ярлык", "", "O|x"]
    assert len({brat_name(name) for name in names}) == len(names)
    assert brat_name("a_label") == "a_label"
    record = make.record(
        text, make.annotation(text, "a label", "Ruth"), make.annotation(text, "PERSON", "Amsel"), id=""
    )
    scheme = Scheme(
        labels=(
            Label("a label", "A | [label]"),
            Label("B", "B", parent="a label"),
            Label("C", "C", parent="D"),
            Label("D", parent="C"),
        )
    )
    write(tmp_path, record, header=Header(scheme=scheme))
    mapped = brat_name("a label")
    assert losses(record) == {"label": (1, (f"Ruth Amsel: a label “Ruth”: {mapped}",))}
    conf = (tmp_path / "out" / "annotation.conf").read_text(encoding="utf-8")
    assert f"{mapped}\n\tB\nC\nD\nPERSON\n" in conf
    assert sections(tmp_path / "out" / "visual.conf")["labels"][mapped] == "A label"


def test_files_are_named_safely_and_in_order(tmp_path: Path) -> None:
    titles = ["../../etc/passwd", "CON", "Ü b e r", "Мирослава", "same", "same", "x" * 300, "a.b/c\\d:e"]
    write(tmp_path, *(Record(f"Text {n}", title=title) for n, title in enumerate(titles)))
    stems = [p.stem for p in sorted((tmp_path / "out").glob("*.txt"))]
    assert stems == [
        "0001-etc-passwd", "0002-con", "0003-u-b-e-r", "0004", "0005-same", "0006-same", "0007-" + "x" * 40, "0008-a-b-c-d-e",
    ]  # fmt: skip


def test_the_text_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    text = "A\u2028B\u00a0C 👩🏽\u200d🚒\n\n e\u0301 \ufeff"
    write(tmp_path, Record(text))
    assert (tmp_path / "out" / "0001.txt").read_bytes() == text.encode()
    assert (tmp_path / "out" / "0001.ann").read_bytes() == b""


def test_a_span_over_breaks_only_is_lost_and_said() -> None:
    record = make.record("a\n\nb", make.over("a\n\nb", "X", ((1, 3),)), id="")
    assert losses(record) == {"blank": (1, ("a ⏎ b: X “⏎”",))}


def test_a_break_at_the_end_of_a_span_is_a_loss() -> None:
    text = "a\n \nb"
    record = make.record(text, make.over(text, "X", ((0, 2),)), make.over(text, "Y", ((0, 5),)), id="")
    assert losses(record) == {"trimmed": (1, ("a ⏎ b: X “a ⏎”",))}


def test_more_than_one_layer_is_a_loss() -> None:
    record = Record("Text", layers=(LayerRecord("anna"), LayerRecord("ben")))
    assert losses(record) == {"layers": (1, ("Text: ben",))}


def test_reading_back_sees_a_damaged_file(tmp_path: Path) -> None:
    text = "Ruth Amsel"
    record = make.record(text, make.annotation(text, "PERSON", "Ruth"))
    write(tmp_path, record)
    ann = next((tmp_path / "out").glob("*.ann"))
    ann.write_bytes(ann.read_bytes().replace(b"0 4", b"1 5"))
    assert list(FORMAT.found(tmp_path / "out", OPTIONS)) != [FORMAT.expected(record, OPTIONS)]


@given(st.lists(make.records(layers_most=1), max_size=3))
def test_whatever_is_written_is_read_by_a_strict_reader(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record]
) -> None:
    tmp_path = tmp_path_factory.mktemp("brat")
    documents = write(tmp_path, *records)
    for document, record in zip(documents, records, strict=True):
        assert document.text == record.text
        lost = losses(record).get("blank", (0, ()))[0]
        assert len(document.spans) + lost == sum(len(layer.annotations) for layer in record.layers)
