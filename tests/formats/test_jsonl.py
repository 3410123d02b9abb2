"""Rubricator JSONL: everything there and back, and every kind of bad line."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import Header, LayerRecord, Person, ReadOptions, Record, WriteOptions
from rubricator.formats.jsonl.format import FORMAT
from rubricator.formats.jsonl.writer import jsonl_lines
from rubricator.model.spans import Span
from rubricator.model.text import UNITS, Unit, digest
from rubricator.words import say
from rubricator_resources import path

from . import make


def read(source: Path, unit: Unit = "codepoint") -> list[Header | Record]:
    return list(FORMAT.read(source, ReadOptions(unit=unit)))


def read_lines(tmp_path: Path, *lines: str | bytes | dict[str, Any], unit: Unit = "codepoint") -> list[Header | Record]:
    source = tmp_path / "in.jsonl"
    data = [json.dumps(x).encode() if isinstance(x, dict) else x.encode() if isinstance(x, str) else x for x in lines]
    source.write_bytes(b"\n".join(data) + b"\n")
    return read(source, unit)


def read_one(tmp_path: Path, *, unit: Unit = "codepoint", **article: Any) -> Record:
    (found,) = read_lines(tmp_path, article, unit=unit)
    assert isinstance(found, Record)
    return found


def bare(item: Header | Record) -> Header | Record:
    return replace(item, where="", notes=()) if isinstance(item, Record) else item


# --- there and back -----------------------------------------------------------------------------------------------


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, records = make.samples()
    out = tmp_path / "out.jsonl"
    FORMAT.write(header, records, out, WriteOptions())
    make.same_as_golden(out, "samples.jsonl")
    assert list(FORMAT.found(out, WriteOptions())) == [FORMAT.expected(record, WriteOptions()) for record in records]
    assert FORMAT.losses(header, records, WriteOptions()) == []


def test_no_value_of_the_samples_is_lost(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    header, *records = read(path("samples/samples.jsonl"))
    assert isinstance(header, Header)
    FORMAT.write(header, [r for r in records if isinstance(r, Record)], out, WriteOptions())
    before = [json.loads(line) for line in path("samples/samples.jsonl").read_text(encoding="utf-8").splitlines()]
    after = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    for article in before:
        for layer in article.get("layers", ()):
            for key in [key for key, value in layer.items() if value == []]:
                del layer[key]
    assert after == before


@given(make.headers, st.lists(make.records(), max_size=3, unique_by=lambda r: r.id))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, header: Header, records: list[Record]
) -> None:
    if header == Header() and not records:
        return
    source = tmp_path_factory.mktemp("jsonl") / "x.jsonl"
    FORMAT.write(header, records, source, WriteOptions())
    items = read(source)
    wanted = [*([header] if header != Header() else []), *records]
    assert [bare(item) for item in items] == wanted
    again = items[1:] if header != Header() else items
    assert b"".join(jsonl_lines(header, again)) == source.read_bytes()  # type: ignore[arg-type]
    assert list(FORMAT.found(source, WriteOptions())) == [FORMAT.expected(r, WriteOptions()) for r in records]


def test_two_annas_stay_two(tmp_path: Path) -> None:
    people = (Person("1", "anna"), Person("2", "anna"), Person("3", "ben"), Person("4", "3"))
    layers = tuple(LayerRecord(person.id) for person in people)
    out = tmp_path / "x.jsonl"
    FORMAT.write(Header(people=people), [Record("Text.", layers=layers)], out, WriteOptions())
    written = json.loads(out.read_text(encoding="utf-8").splitlines()[1])
    assert [layer["annotator"] for layer in written["layers"]] == ["1", "2", "ben", "4"]
    found = read(out)[1]
    assert isinstance(found, Record)
    assert found.layers == layers


def test_annotators_may_be_named_only(tmp_path: Path) -> None:
    record = read_one(tmp_path, text="Text.", layers=[{"annotator": "anna"}, {"annotator": "gold", "kind": "gold"}])
    assert [(layer.annotator, layer.kind) for layer in record.layers] == [("anna", "human"), ("gold", "gold")]


def test_unknown_keys_are_kept_or_told(tmp_path: Path) -> None:
    layer = {
        "annotator": "anna",
        "mood": "good",
        "annotations": [
            {"label": "X", "start": 0, "end": 4, "colour": {"r": 1}, "created": {"by": "a", "at": "", "in": 1}}
        ],
        "topics": [{"topic": "t", "why": None}],
    }
    record = read_one(
        tmp_path, text="Text.", page=3, layers=[layer], zones=[{"kind": "lead", "start": 0, "end": 4, "z": 1}]
    )
    (found,) = record.layers
    assert (record.extra, found.extra) == ({"page": 3}, {"mood": "good"})
    assert found.annotations[0].extra == {"colour": {"r": 1}}
    assert found.topics[0].extra == {"why": None}
    assert [say(note) for note in record.notes] == ["2 unknown keys were left out: “z”, “in”"]


def test_only_text_is_needed(tmp_path: Path) -> None:
    assert read_one(tmp_path, text="Text.") == Record("Text.", where="in.jsonl, line 1")
    with_nulls = dict.fromkeys(["id", "sha256", "title", "meta", "zones", "cluster", "layers"])
    assert read_one(tmp_path, text="Text.", **with_nulls) == Record("Text.", where="in.jsonl, line 1")


def test_a_byte_order_mark_blank_lines_and_crlf_do_no_harm(tmp_path: Path) -> None:
    items = read_lines(
        tmp_path, b'\xef\xbb\xbf{"kind":"project","name":"P"}\r', b"  ", b'{"text":"A"}\r', b'{"text":"B"}'
    )
    assert [getattr(item, "where", "") for item in items] == ["", "in.jsonl, line 3", "in.jsonl, line 4"]


def test_other_encodings_must_be_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes('{"text":"Café"}'.encode("latin-1"))
    with pytest.raises(UserError, match="line 1: not UTF-8"):
        read(source)
    (found,) = FORMAT.read(source, ReadOptions("latin-1"))
    assert isinstance(found, Record)
    assert found.text == "Café"
    with pytest.raises(UserError, match="as utf-16"):
        list(FORMAT.read(source, ReadOptions("utf-16")))
    with pytest.raises(UserError, match="no encoding called"):
        list(FORMAT.read(source, ReadOptions("klingon")))


def test_finished_and_empty_is_not_the_same_as_unfinished(tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    FORMAT.write(
        Header(), [Record("T", layers=(LayerRecord("a", status="done"), LayerRecord("b")))], out, WriteOptions()
    )
    first, second = json.loads(out.read_text(encoding="utf-8"))["layers"]
    assert first == {"annotator": "a", "kind": "human", "status": "done", "annotations": []}
    assert second["status"] == "todo"


# --- offsets ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", UNITS)
def test_offsets_count_what_they_are_said_to_count(tmp_path: Path, unit: Unit) -> None:
    text = "\ufeff😅 e\u0301\r\n\r\nRuth Amsel\rsaid"
    at = text.index("Ruth")
    ends = {
        "codepoint": (at, at + 10),
        "utf16": (at + 1, at + 11),
        "utf8": (len(text[:at].encode()), len(text[: at + 10].encode())),
        "grapheme": (at - 3, at + 7),
    }
    start, end = ends[unit]
    layer = {"annotator": "a", "annotations": [{"label": "P", "start": start, "end": end, "quote": "Ruth Amsel"}]}
    record = read_one(
        tmp_path, unit=unit, text=text, layers=[layer], zones=[{"kind": "lead", "start": start, "end": end}]
    )
    (found,) = record.layers[0].annotations
    assert record.text == "😅 e\u0301\n\nRuth Amsel\nsaid"
    assert found.quote == record.text[found.start : found.end] == "Ruth Amsel"
    assert (record.zones[0].start, record.zones[0].end) == (found.start, found.end)
    assert len(record.notes) == 2


def test_the_digest_may_be_of_the_text_as_it_stands_or_as_it_is_kept(tmp_path: Path) -> None:
    for sha256 in (digest("A\r\nB"), digest("A\nB"), digest("A\nB").upper()):
        assert read_one(tmp_path, text="A\r\nB", sha256=sha256).text == "A\nB"


def test_surrogates_in_escapes_become_a_mark_everywhere(tmp_path: Path) -> None:
    line = r'{"id":"i","text":"a\ud800b\u0000","title":"\udc00","meta":{"\ud800":["\ud800"]},"layers":[{"annotator":"a","annotations":[{"label":"X","start":0,"end":3,"quote":"a\ud800b"}]}]}'
    (found,) = read_lines(tmp_path, line)
    assert isinstance(found, Record)
    assert (found.text, found.title, dict(found.meta)) == ("a\ufffdb\ufffd", "\ufffd", {"\ufffd": ["\ufffd"]})
    assert found.layers[0].annotations[0].quote == "a\ufffdb"
    assert [say(note) for note in found.notes] == [
        "2 forbidden characters became U+FFFD",
        "4 forbidden characters outside the text became U+FFFD",
    ]
    out = tmp_path / "out.jsonl"
    FORMAT.write(Header(name="\ud800"), [found], out, WriteOptions())
    assert read(out)[0] == Header(name="\ufffd")


def test_what_json_writes_as_a_letter_after_a_backslash_is_forbidden_too(tmp_path: Path) -> None:
    line = r'{"id":"i","text":"a\bb and c","title":"a\bb","meta":{"source":"\f","place":"C:\\bin"}}'
    (found,) = read_lines(tmp_path, line)
    assert isinstance(found, Record)
    assert (found.text, found.title) == ("a\ufffdb and c", "a\ufffdb")
    assert dict(found.meta) == {"source": "\ufffd", "place": "C:\\bin"}


# --- bad lines ----------------------------------------------------------------------------------------------------

TEXT = "The Sund 😅 is wide."


def with_annotation(**annotation: Any) -> dict[str, Any]:
    return {"text": TEXT, "layers": [{"annotator": "anna", "annotations": [{"label": "X", **annotation}]}]}


def with_layer(**layer: Any) -> dict[str, Any]:
    return {"text": TEXT, "layers": [{"annotator": "anna", **layer}]}


BAD: dict[str, tuple[str | bytes | dict[str, Any], str]] = {
    "not JSON": ('{"text": "a"', "line 2: not JSON"),
    "not an object": ("[1]", "line 2: an object in braces is needed, this is a list"),
    "text only": ('"hello"', "line 2: .*this is text"),
    "nested arrays": ("[" * 100_000, "line 2: it is nested too deeply"),
    "nested objects": ('{"a":' * 100_000, "line 2: it is nested too deeply"),
    "nested in extra": ('{"text":"a","x":' + "[" * 200 + "]" * 200 + "}", "line 2: it is nested too deeply"),
    "nested in meta": ('{"text":"a","meta":{"x":' + "[" * 40 + "]" * 40 + "}}", "line 2: it is nested too deeply"),
    "NaN": ('{"text":"a","layers":[{"annotations":[{"score":NaN}]}]}', "line 2: NaN is not a number"),
    "Infinity": ('{"text":"a","x":-Infinity}', "line 2: -Infinity is not a number"),
    "1e999": ('{"text":"a","x":1e999}', "line 2: it holds too large a number"),
    "huge int": ('{"text":"a","x":' + "9" * 5_000 + "}", "line 2: it holds a number with too many digits"),
    "huge offset": (with_annotation(start=0, end=10**400), r"line 2, layer 1, annotation 1: 0 to 10+ lies outside"),
    "huge score": (with_annotation(start=0, end=3, score=10**400), "“score” is too large"),
    "huge scheme": (with_annotation(start=0, end=3, scheme=10**30), "“scheme” is negative or too large"),
    "same key twice": ('{"text":"a","text":"b"}', "line 2: the key “text” stands in one object twice"),
    "no text": ({"title": "x"}, "line 2: there is no “text”"),
    "text is null": ({"text": None}, "line 2: there is no “text”"),
    "text is a number": ({"text": 3}, "line 2: “text” should be text, and is a number"),
    "text is empty": ({"text": ""}, "line 2: the text is empty"),
    "text is blank": ({"text": "\ufeff \n"}, "line 2: the text is empty"),
    "bad bytes": (b'{"text":"\xff\xfe"}', "line 2: not UTF-8 text"),
    "UTF-16": ('{"text":"a"}'.encode("utf-16"), "line 2: not UTF-8 text"),
    "binary": (b"\x00\x01\x02\x80", "line 2: not UTF-8 text"),
    "newer": ({"rubricator": 2, "text": "a"}, "line 2: this is version 2 of the format, made by a newer Rubricator"),
    "version as text": ({"rubricator": "1", "text": "a"}, "“rubricator” should be the version of the format, 1"),
    "version zero": ({"rubricator": 0, "text": "a"}, "“rubricator” should be"),
    "unknown kind": ({"kind": "packet", "text": "a"}, "“kind” is “packet”, and can be: project, article"),
    "kind is a list": ({"kind": [], "text": "a"}, "“kind” should be text, and is a list"),
    "second project": ({"kind": "project"}, "line 2: the project stands here"),
    "same article twice": ({"id": "first", "text": "a"}, "line 2: the article “first” stood in line 1 already"),
    "id is an object": ({"id": {}, "text": "a"}, "“id” should be text, and is an object"),
    "id with a tab": ({"id": "a\tb", "text": "a"}, "“id” holds a line break, a tab or the like"),
    "id is long": ({"id": "a" * 501, "text": "a"}, "“id” is longer than 500"),
    "title is a list": ({"title": [], "text": "a"}, "“title” should be text"),
    "meta is a list": ({"meta": [], "text": "a"}, "“meta” should be an object, and is a list"),
    "digest": ({"text": "a", "sha256": "0" * 64}, "does not match its “sha256”"),
    "digest is a number": ({"text": "a", "sha256": 1}, "“sha256” should be text"),
    "zones": ({"text": "a", "zones": {}}, "“zones” should be a list"),
    "zone": ({"text": "a", "zones": [1]}, "“zones” should be a list of objects, and is a number"),
    "zone kind": ({"text": "a", "zones": [{"kind": "tail", "start": 0, "end": 1}]}, "zone 1: “kind” is “tail”"),
    "zone outside": ({"text": "a", "zones": [{"kind": "lead", "start": 0, "end": 2}]}, "zone 1: 0 to 2 lies outside"),
    "zone without end": ({"text": "a", "zones": [{"kind": "lead", "start": 0}]}, "zone 1: a place in the text is two"),
    "layers": ({"text": "a", "layers": "anna"}, "“layers” should be a list, and is text"),
    "layer": ({"text": "a", "layers": [None]}, "“layers” should be a list of objects, and is nothing"),
    "two layers": ({"text": "a", "layers": [{"annotator": "a"}, {"annotator": "a"}]}, "two layers of “a”"),
    "layer kind": (with_layer(kind="robot"), "layer 1: “kind” is “robot”"),
    "status": (with_layer(status="finished"), "layer 1: “status” is “finished”, and can be: todo"),
    "flags": (with_layer(flags=[1]), "layer 1: “flags” should be a list of texts, and is a number"),
    "seconds": (with_layer(seconds="3"), "layer 1: “seconds” should be a number"),
    "seconds true": (with_layer(seconds=True), "layer 1: “seconds” should be a number, and is true or false"),
    "no label": (with_annotation(label=" ", start=0, end=1), "layer 1, annotation 1: it has no label"),
    "label is a number": (with_annotation(label=1, start=0, end=1), "annotation 1: “label” should be text"),
    "no place": (with_annotation(), "annotation 1: it does not say where it lies"),
    "no end": (with_annotation(start=1), "annotation 1: it does not say where it lies"),
    "no fragments": (with_annotation(fragments=[]), "annotation 1: it has no fragments"),
    "fragments flat": (with_annotation(fragments=[0, 3]), "a place in the text is two whole numbers"),
    "fragment of one": (with_annotation(fragments=[[0]]), "a place in the text is two whole numbers"),
    "fragment of text": (with_annotation(fragments=[["0", "3"]]), "a place in the text is two whole numbers"),
    "fragment of floats": (with_annotation(start=0.0, end=3.0), "a place in the text is two whole numbers"),
    "fragment of truth": (with_annotation(start=False, end=True), "a place in the text is two whole numbers"),
    "empty fragment": (with_annotation(start=3, end=3), "the fragment 3 to 3 is empty or turned round"),
    "turned round": (with_annotation(start=3, end=1), "the fragment 3 to 1 is empty or turned round"),
    "out of order": (with_annotation(fragments=[[4, 8], [0, 3]]), "0 to 3 overlaps the one before or stands out of"),
    "overlapping": (with_annotation(fragments=[[0, 5], [4, 8]]), "4 to 8 overlaps"),
    "negative": (with_annotation(start=-1, end=3), "-1 to 3 lies outside the text, which has 19 characters"),
    "outside": (with_annotation(start=0, end=20), "0 to 20 lies outside the text, which has 19 characters"),
    "disagreeing": (with_annotation(start=1, fragments=[[0, 3]]), "“start” says something else than “fragments”"),
    "disagreeing end": (with_annotation(end=1, fragments=[[[], []]]), "“end” says something else"),
    "quote": (with_annotation(start=4, end=8, quote="Sand"), "its quote says “Sand”, but the text there says “Sund”"),
    "quote is a number": (with_annotation(start=4, end=8, quote=4), "“quote” should be text"),
    "attributes": (with_annotation(start=4, end=8, attributes=[]), "“attributes” should be an object"),
    "score": (with_annotation(start=4, end=8, score="1"), "“score” should be a number"),
    "origin": (with_annotation(start=4, end=8, origin="magic"), "“origin” is “magic”, and can be: manual"),
    "scheme": (with_annotation(start=4, end=8, scheme=1.5), "“scheme” should be a whole number"),
    "exact": (with_annotation(start=4, end=8, exact="yes"), "“exact” should be true or false"),
    "created": (with_annotation(start=4, end=8, created="anna"), "“created” should say “by” and “at”, and is text"),
    "created by": (with_annotation(start=4, end=8, created={"by": 1}), "“by” should be text"),
    "same id twice": (
        with_layer(annotations=[{"id": "x", "label": "X", "start": 0, "end": 1}, {"id": "x", "label": "Y", "start": 0, "end": 1}]),
        "annotation 2: the id “x” stands in this article twice",
    ),
    "topics": (with_layer(topics=["t"]), "“topics” should be a list of objects"),
    "topic": (with_layer(topics=[{}]), "layer 1, topic 1: it does not name its topic"),
    "topic twice": (with_layer(topics=[{"topic": "t"}, {"topic": "t"}]), "a topic stands in it twice"),
    "evidence": (with_layer(topics=[{"topic": "t", "evidence": "x"}]), "“evidence” should be a list"),
    "relation": (with_layer(relations=[{"label": "l", "from": "a"}]), "relation 1: it has no “to”"),
    "comments": (with_layer(comments=[3]), "“comments” should be a list of objects"),
    "comment id": (with_layer(comments=[{"id": []}]), "comment 1: “id” should be text"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_refused_by_file_and_line(tmp_path: Path, name: str) -> None:
    line, words = BAD[name]
    with pytest.raises(UserError, match=words) as caught:
        read_lines(tmp_path, {"id": "first", "text": "Good."}, line, {"text": "Good too."})
    told = str(caught.value)
    assert told.startswith("in.jsonl, line 2")
    assert len(told) < 600


@pytest.mark.parametrize(
    ("project", "words"),
    [
        ({"annotators": [{}]}, "annotator 1: it has neither a name nor an id"),
        ({"annotators": [{"id": "a"}, {"id": "a"}]}, "the annotator “a” stands in it twice"),
        ({"annotators": [{"name": "a"}, {"name": "a"}]}, "the annotator “a” stands in it twice"),
        ({"annotators": [{"id": "a", "kind": "cat"}]}, "annotator 1: “kind” is “cat”"),
        ({"entities": [{"name": "x"}]}, "entity 1: it has no id"),
        ({"entities": [{"id": "x"}, {"id": "x"}]}, "the entity “x” stands in it twice"),
        ({"entities": [{"id": "x", "aliases": "y"}]}, "entity 1: “aliases” should be a list"),
        ({"scheme": {"labels": []}}, "its scheme cannot be read"),
        ({"scheme": 3}, "its scheme cannot be read"),
        (
            {"scheme": {"rubricator-scheme": 1, "labels": [{"name": "A"}, {"name": "A"}]}},
            "the label “A” stands in it twice",
        ),
        ({"name": 3}, "“name” should be text"),
        ({"rubricator": 7}, "this is version 7 of the format"),
    ],
)
def test_a_bad_project_is_refused(tmp_path: Path, project: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        read_lines(tmp_path, {"kind": "project", **project})
    assert str(caught.value).startswith("in.jsonl, line 1")


def test_a_layer_of_one_of_two_annas_must_say_which(tmp_path: Path) -> None:
    people = [{"id": "1", "name": "anna"}, {"id": "2", "name": "anna"}]
    with pytest.raises(UserError, match="several annotators are called “anna”"):
        read_lines(
            tmp_path, {"kind": "project", "annotators": people}, {"text": "a", "layers": [{"annotator": "anna"}]}
        )


def test_wrong_units_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="9 to 10 cuts a character in two") as caught:
        read_lines(tmp_path, with_annotation(start=9, end=10), unit="utf16")
    assert "--offsets" in str(caught.value)


def test_an_empty_a_missing_and_a_foreign_thing(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"\n \n")
    with pytest.raises(UserError, match=r"empty\.jsonl is empty"):
        read(tmp_path / "empty.jsonl")
    with pytest.raises(UserError, match=r"no\.jsonl cannot be read: there is no such file"):
        read(tmp_path / "no.jsonl")
    with pytest.raises(UserError, match="cannot be read: it is a folder"):
        read(tmp_path)


def test_an_endless_line_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LINE_MOST", 1000)
    with pytest.raises(UserError, match=r"line 2: the line is longer than"):
        read_lines(tmp_path, {"text": "a"}, "x" * 5_000_000)


def test_a_short_line_cannot_ask_for_all_the_memory(tmp_path: Path) -> None:
    text = "word " * 20_000
    annotations = [{"label": "X", "start": 0, "end": 100_000}] * 100_000
    with pytest.raises(UserError, match="annotation 672: the spans of this article hold too much text"):
        read_one(tmp_path, text=text, layers=[{"annotator": "a", "annotations": annotations}])


def test_very_many_annotators_and_layers_are_no_square(tmp_path: Path) -> None:
    """A look at every annotator for every layer would be 10,000,000,000 looks."""
    names = [f"anna {n}" for n in range(100_000)]
    people = [{"id": str(n), "name": name} for n, name in enumerate(names)]
    items = read_lines(
        tmp_path, {"kind": "project", "annotators": people}, {"text": "a", "layers": [{"annotator": n} for n in names]}
    )
    header, record = items
    assert isinstance(header, Header)
    assert isinstance(record, Record)
    assert [layer.annotator for layer in record.layers] == [str(n) for n in range(100_000)]
    assert sum(1 for _ in jsonl_lines(header, [record])) == 2


def test_names_may_hold_what_scripts_need(tmp_path: Path) -> None:
    for name in ("می\u200cخواهم", "Anna\u00a0B.", "x" * 600):
        (layer,) = read_one(tmp_path, text="T", layers=[{"annotator": name, "topics": [{"topic": name}]}]).layers
        assert (layer.annotator, layer.topics[0].topic) == (name, name)


def test_reading_is_lazy(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"text":"a"}\n{"text":', encoding="utf-8")
    items = FORMAT.read(source, ReadOptions())
    assert isinstance(next(items), Record)
    with pytest.raises(UserError):
        next(items)


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        FORMAT.write(Header(), [], out, WriteOptions())
    assert out.read_text(encoding="utf-8") == "mine"


@given(st.lists(st.binary(max_size=200) | make.json_values.map(lambda v: json.dumps(v).encode()), max_size=3))
def test_whatever_the_bytes_only_user_errors(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    source = tmp_path_factory.mktemp("any") / "x.jsonl"
    source.write_bytes(b"\n".join(lines))
    with contextlib.suppress(UserError):
        read(source)


KEYS = sorted("id text sha256 title meta zones cluster layers annotator kind status flags seconds annotations topics relations comments label fragments start end quote attributes note entity score origin scheme exact created evidence topic".split())  # fmt: skip


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["a", "human", "X", ""]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
        max_leaves=20,
    )
)
def test_whatever_the_types_only_user_errors(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    source = tmp_path_factory.mktemp("any") / "x.jsonl"
    article = (
        {"text": "A text.", **value}
        if isinstance(value, dict)
        else {"text": "A text.", "layers": [{"annotations": value}]}
    )
    source.write_text(json.dumps(article), encoding="utf-8")
    try:
        (found,) = read(source)
    except UserError:
        return
    assert isinstance(found, Record)
    for layer in found.layers:
        for annotation in layer.annotations:
            assert annotation.quote == Span(annotation.span.fragments).quote(found.text)


# --- the schema ---------------------------------------------------------------------------------------------------


def test_the_schema_takes_what_is_written() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(path("schemas/rubricator-jsonl-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    header, records = make.samples()
    for line in jsonl_lines(header, records):
        validator.validate(json.loads(line))
    for line in path("samples/samples.jsonl").read_text(encoding="utf-8").splitlines():
        validator.validate(json.loads(line))
    for bad in (
        {},
        {"text": 3},
        {"text": "a", "layers": [{"annotations": [{"label": "X"}]}]},
        {"kind": "packet", "text": "a"},
    ):
        assert not validator.is_valid(bad)


def test_the_schema_knows_every_key() -> None:
    from rubricator.formats.jsonl import words as jsonl_words

    definitions = json.loads(path("schemas/rubricator-jsonl-1.json").read_text(encoding="utf-8"))["$defs"]
    for name in ("project", "article", "zone", "layer", "annotation", "stamp", "topic"):
        assert set(definitions[name]["properties"]) == getattr(jsonl_words, f"{name.upper()}_KEYS")
    assert set(definitions["annotator"]["properties"]) == jsonl_words.PERSON_KEYS
