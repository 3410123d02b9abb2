"""spaCy read: what spaCy itself writes, what an export of ours wrote, and files that no spaCy made."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats.base import Header, Person, ReadOptions, Record, WriteOptions
from rubricator.formats.spacy import docs
from rubricator.formats.spacy import format as spacy_format
from rubricator.formats.spacy.format import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.model.spans import TopicTag
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

from . import make

spacy = pytest.importorskip("spacy")

from spacy.tokens import DocBin, Span  # noqa: E402


def nlp_doc(words: list[str], spaces: list[bool] | None = None) -> Any:
    from spacy.tokens import Doc

    return Doc(spacy.blank("en").vocab, words=words, spaces=spaces)


def read(tmp_path: Path, *docs: Any, **about: Any) -> tuple[list[dict[str, Any]], list[Record]]:
    path = tmp_path / "a.spacy"
    DocBin(docs=list(docs), **{"store_user_data": True, **about}).to_disk(path)
    items = list(FORMAT.read(path, ReadOptions()))
    entities = [dict(one) for item in items if isinstance(item, Header) for one in item.entities]
    return entities, [item for item in items if isinstance(item, Record)]


def told(record: Record) -> dict[str, list[tuple[str, str]]]:
    return {layer.annotator: [(a.label, a.quote) for a in layer.annotations] for layer in record.layers}


def test_entities_groups_categories_and_links(tmp_path: Path) -> None:
    doc = nlp_doc(["Karim", "😅", "Odell", ",", "سارة", "left", "."], [True, True, False, True, True, False, False])
    doc.ents = [Span(doc, 0, 3, "PERSON", kb_id="Q1"), Span(doc, 4, 5, "PERSON", span_id="s1")]
    doc.spans["sc"] = [Span(doc, 0, 5, "GROUP"), Span(doc, 0, 3, "PERSON", kb_id="Q1"), Span(doc, 2, 2, "EMPTY")]
    doc.spans["other"] = []
    doc.cats = {"medtop:1": 1.0, "x": 0.75, "no": 0.2}
    doc[0].lemma_ = "karim"
    entities, [record] = read(tmp_path, doc, attrs=["LEMMA", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"])
    assert record.text == doc.text == "Karim 😅 Odell, سارة left."
    assert told(record) == {
        "": [("PERSON", "Karim 😅 Odell"), ("PERSON", "سارة")],
        "sc": [("GROUP", "Karim 😅 Odell, سارة"), ("PERSON", "Karim 😅 Odell")],
    }
    assert [(one["name"], one["kind"], one["external"]) for one in entities] == [("Karim 😅 Odell", "PERSON", "Q1")]
    assert [a.entity for layer in record.layers for a in layer.annotations] == [entities[0]["id"], "", "", entities[0]["id"]]  # fmt: skip
    assert record.layers[0].annotations[1].attributes == {"id": "s1"}
    assert [(tag.topic, tag.extra) for tag in record.layers[0].topics] == [("medtop:1", {}), ("x", {"score": 0.75})]
    assert record.cases == (("unheld", "a.spacy, document 1: LEMMA"), ("empty", "a.spacy, document 1, sc 3"))


@pytest.mark.parametrize("iob", [["B-X", "I-X", "B-X", "O", "I-Y", "I-X"], ["", "", "", "", "", ""]])
def test_entities_are_those_of_spacy(tmp_path: Path, iob: list[str]) -> None:
    from spacy.tokens import Doc

    doc = Doc(spacy.blank("en").vocab, words=["a"] * 6, ents=iob)
    _, [record] = read(tmp_path, doc)
    [again] = DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("en").vocab)
    found = [(a.label, a.span.start, a.span.end) for layer in record.layers for a in layer.annotations]
    assert found == [(e.label_, e.start_char, e.end_char) for e in again.ents]


def test_docs_without_words_are_told_and_extensions_too(tmp_path: Path) -> None:
    doc = nlp_doc(["Anna"])
    doc.user_data["._.", "colour", 0, 4] = "red"
    doc.user_data["free"] = [1]
    _, [record] = read(tmp_path, nlp_doc([]), doc)
    assert record.text == "Anna "
    assert [kind for kind, _ in record.cases] == ["blank", "unheld"]
    with pytest.raises(UserError, match="holds no words"):
        read(tmp_path, nlp_doc([]))


def written(tmp_path: Path, *records: Record, **header: Any) -> Path:
    out = tmp_path / "out.spacy"
    FORMAT.write(Header(**header), records, out, WriteOptions())
    return out


def test_an_export_comes_back_with_all_that_is_known(tmp_path: Path) -> None:
    text = "Anna Berg left."
    record = make.record(
        text,
        make.annotation(text, "PERSON", "Anna Berg", id="a1", entity="e1", note="n", score=0.5, attributes={"x": [1]}),
        make.annotation(text, "NAME", "Anna", id="a2"),
        title="T",
        meta={"language": "en"},
        topics=(TopicTag("", "", "", "medtop:1"),),
        status="done",
    )
    out = written(tmp_path, record, people=(Person("anna", "Anna"),))
    header, again = FORMAT.read(out, ReadOptions())
    assert isinstance(header, Header)
    assert header.entities == ({"id": "e1", "name": "Anna Berg", "kind": "PERSON"},)
    assert isinstance(again, Record)
    assert (again.id, again.title, again.meta) == ("a1", "T", {"language": "en"})
    assert [(layer.annotator, layer.status) for layer in again.layers] == [("Anna", "done")]
    assert again.layers[0].annotations == record.layers[0].annotations
    assert again.layers[0].topics == record.layers[0].topics


def test_what_spacy_added_to_an_export_is_a_layer_beside(tmp_path: Path) -> None:
    text = "Anna Berg left."
    out = written(tmp_path, make.record(text, make.annotation(text, "PERSON", "Anna")))
    [doc] = DocBin().from_disk(out).get_docs(spacy.blank("en").vocab)
    doc.ents = [Span(doc, 0, 2, "PERSON")]
    doc.spans["sc"] = [Span(doc, 2, 3, "VERB")]
    _, [record] = read(tmp_path, doc)
    assert told(record) == {"anna": [("PERSON", "Anna")], "sc": [("VERB", "left")], "ents": [("PERSON", "Anna Berg")]}


def test_spans_that_were_changed_are_taken_as_they_stand(tmp_path: Path) -> None:
    text = "Anna Berg left."
    out = written(tmp_path, make.record(text, make.annotation(text, "PERSON", "Anna")))
    [doc] = DocBin().from_disk(out).get_docs(spacy.blank("en").vocab)
    doc.spans["rubricator"] = [Span(doc, 0, 2, "PERSON"), Span(doc, 2, 3, "VERB")]
    doc.ents = []
    _, [record] = read(tmp_path, doc)
    assert told(record) == {"rubricator": [("PERSON", "Anna Berg"), ("VERB", "left")]}


class Evil:
    def __reduce__(self) -> Any:
        raise AssertionError


def packed(**parts: Any) -> bytes:
    import numpy
    from spacy.attrs import ORTH
    from spacy.strings import get_string_id
    from srsly import msgpack

    value = {
        "version": "0.1",
        "attrs": [int(ORTH)],
        "tokens": numpy.asarray([get_string_id("Anna")], dtype="uint64").tobytes(),
        "spaces": b"\x00",
        "lengths": numpy.asarray([1], dtype="int32").tobytes(),
        "strings": ["Anna"],
        "cats": [{}],
        "flags": [{}],
        "span_groups": [b""],
        **parts,
    }
    return zlib.compress(msgpack.packb(value, use_bin_type=True))


def group(*spans: tuple[int, ...]) -> list[bytes]:
    import struct

    from srsly import msgpack

    one = msgpack.packb({"name": "x", "attrs": {}, "spans": [struct.pack(">QQQllll", *span) for span in spans]})
    return [msgpack.packb({one: ["x"]})]


BAD = {
    "nothing": b"",
    "text": b"no zlib",
    "cut": packed()[:-5],
    "two": packed() * 2,
    "bomb": zlib.compress(b"\x00" * (300 << 20), 9),
    "list": zlib.compress(b"\x90"),
    "long list": zlib.compress(b"\xdd\xff\xff\xff\xff"),
    "long lists": zlib.compress(b"\xdd\x00\x0f\xff\xff" * 2000),
    "deep": zlib.compress(b"\x91" * 200_000),
    "extension": zlib.compress(b"\xc7\x01\x01\x00"),
    "unknown word": packed(strings=[]),
    "lengths": packed(lengths=b"\x02\x00\x00\x00"),
    "negative": packed(lengths=b"\xff\xff\xff\xff"),
    "uneven": packed(tokens=b"\x00"),
    "attrs": packed(attrs=[]),
    "huge attrs": packed(attrs=[2**63]),
    "groups": packed(span_groups=[b"\x81\xa1x\x91\xa1x"]),
    "span outside": packed(span_groups=group((0, 0, 0, 0, 9, 0, 9))),
    "span turned": packed(span_groups=group((0, 0, 0, 1, 0, 0, 0))),
    "span before": packed(span_groups=group((0, 0, 0, -1, 1, 0, 0))),
    "cats": packed(cats=[5]),
    "score": packed(cats=[{"x": "much"}]),
    "user data": packed(user_data=[b"\xc1"]),
    "user data deep": packed(user_data=[b"\x81\xa1x" + b"\x91" * 100 + b"\x90"]),
    "label": packed(span_groups=group((0, 0, 0, 0, 1, 0, 4))),
}


@pytest.mark.parametrize("name", BAD)
def test_what_no_spacy_made_is_refused_in_words(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.spacy"
    path.write_bytes(BAD[name])
    with pytest.raises(UserError) as caught:
        list(FORMAT.read(path, ReadOptions()))
    assert say(caught.value.text).startswith("a.spacy")


def test_numbers_of_numpy_in_user_data_are_left_packed(tmp_path: Path) -> None:
    import numpy

    doc = nlp_doc(["Anna"])
    doc.user_data["array"] = numpy.zeros(3)
    _, [record] = read(tmp_path, doc)
    assert record.text == "Anna "


def test_the_samples_come_into_a_project_and_twice_is_once(tmp_path: Path) -> None:
    header, samples = make.samples()
    records = make.one_layer(samples, "anna")
    out = tmp_path / "out.spacy"
    FORMAT.write(header, records, out, WriteOptions())
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme(), provisional=["scheme"]) as project:
        report, _ = import_files(project, [out], ImportOptions(new_labels="add"))
        assert report.articles == len(records)
        assert report.annotations == sum(len(x.annotations) for record in records for x in record.layers)
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        import_files(project, [out], ImportOptions(new_labels="add"))
        assert project.rows.sizes() == sizes


def test_without_spacy_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(UserError, match="needs spaCy, which is not installed"):
        list(FORMAT.read(tmp_path / "x.spacy", ReadOptions()))


def test_carriage_returns_and_marks_move_the_spans(tmp_path: Path) -> None:
    doc = nlp_doc(["\ufeff", "a", "\r\n", "Anna"], [False, False, False, False])
    doc.ents = [Span(doc, 3, 4, "PERSON")]
    _, [record] = read(tmp_path, doc)
    assert record.text == "a\nAnna"
    assert told(record) == {"": [("PERSON", "Anna")]}
    assert replace(record, layers=()).text == "a\nAnna"


def test_what_is_written_is_read_however_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "UNPACKED_MOST", 1000)  # the bound of small files, so that the samples are a large one
    header, samples = make.samples()
    records = make.one_layer(samples)
    FORMAT.write(header, records, tmp_path / "a.spacy", WriteOptions())
    packed = (tmp_path / "a.spacy").read_bytes()
    assert len(zlib.decompress(packed)) > 1000
    back = [item for item in FORMAT.read(tmp_path / "a.spacy", ReadOptions()) if isinstance(item, Record)]
    assert [FORMAT.expected(one, WriteOptions()) for one in back] == [FORMAT.expected(one, WriteOptions()) for one in records]  # fmt: skip
    (tmp_path / "a.spacy").write_bytes(zlib.compress(bytes(10_000_000)))
    with pytest.raises(UserError, match=r"a\.spacy: it is larger than"):
        list(FORMAT.read(tmp_path / "a.spacy", ReadOptions()))


def test_more_than_spacy_reads_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy_format, "TABLE_MOST", 32 * 5)  # four numbers of eight bytes for each of five words
    five, six = (Record(" ".join("word" for _ in range(n))) for n in (5, 6))
    FORMAT.write(Header(), [five], tmp_path / "a.spacy", WriteOptions())
    with pytest.raises(UserError, match="0 articles fit"):
        FORMAT.write(Header(), [six], tmp_path / "b.spacy", WriteOptions())
    with pytest.raises(UserError, match="1 articles fit") as told:
        FORMAT.write(Header(), [five, five], tmp_path / "b.spacy", WriteOptions())
    assert "--split" in say(told.value.hint)
    assert not (tmp_path / "b.spacy").exists()
