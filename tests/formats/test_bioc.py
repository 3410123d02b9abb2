"""BioC, XML and JSON: read and written as the library of its authors does, and what is wrong in words."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.outgoing import export
from rubricator.formats import files
from rubricator.formats.base import Header, LayerRecord, ReadOptions, Record, WriteOptions
from rubricator.model.scheme import Scheme
from rubricator.model.spans import Zone
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.words import say

from . import make

bioc = pytest.importorskip("bioc")
from bioc import biocjson, biocxml  # noqa: E402
from bioc.validator import BioCValidator  # noqa: E402

KEYS = ("bioc", "bioc-json")
LIBRARY = {"bioc": biocxml, "bioc-json": biocjson}
SUFFIX = {"bioc": ".xml", "bioc-json": ".json"}
TITLE = "Karim 😅 Odell & <Berg>"
BODY = "سارة met Anna Berg in Bonn. She left."
ME = Me("00000000-0000-4000-8000-0000000000ba", "anna", "00000000-0000-4000-8000-0000000000bb")


# --- what the library writes --------------------------------------------------------------------------------------


def mark(uid: str, text: str, *places: tuple[int, int], **infons: str) -> Any:
    made = bioc.BioCAnnotation()
    made.id, made.text = uid, text
    made.infons = infons
    for offset, length in places:
        made.add_location(bioc.BioCLocation(offset, length))
    return made


def tie(uid: str, *nodes: tuple[str, str], **infons: str) -> Any:
    made = bioc.BioCRelation()
    made.id = uid
    made.infons = infons
    for refid, role in nodes:
        made.add_node(bioc.BioCNode(refid, role))
    return made


def passage(offset: int, text: str, *said: Any, **infons: str) -> Any:
    made = bioc.BioCPassage()
    made.offset, made.text, made.infons = offset, text, infons
    for one in said:
        (made.add_relation if isinstance(one, bioc.BioCRelation) else made.add_annotation)(one)
    return made


def document(*parts: Any, uid: str = "42", **infons: str) -> Any:
    made = bioc.BioCDocument()
    made.id, made.infons = uid, infons
    for one in parts:
        kind = type(one).__name__
        add = {"BioCPassage": made.add_passage, "BioCAnnotation": made.add_annotation}.get(kind, made.add_relation)
        add(one)
    return made


def sentence(offset: int, text: str, *said: Any, **infons: str) -> Any:
    made = bioc.BioCSentence()
    made.offset, made.text, made.infons = offset, text, infons
    for one in said:
        (made.add_relation if isinstance(one, bioc.BioCRelation) else made.add_annotation)(one)
    return made


def collection(*documents: Any, **about: str) -> Any:
    made = bioc.BioCCollection()
    made.source, made.date, made.key = (about.pop(key, "") for key in ("source", "date", "key"))
    made.infons = about
    for one in documents:
        made.add_document(one)
    return made


def saved(tmp_path: Path, key: str, made: Any) -> Path:
    path = tmp_path / f"f{SUFFIX[key]}"
    text = LIBRARY[key].dumps(made)
    path.write_text(text, "utf-8")
    return path


def read(path: Path, options: ReadOptions | None = None) -> tuple[list[dict[str, Any]], list[Record]]:
    items = list(formats.reader(formats.guess(path)).read(path, options or ReadOptions()))
    entities = [dict(one) for item in items if isinstance(item, Header) for one in item.entities]
    return entities, [item for item in items if isinstance(item, Record)]


def told(record: Record) -> dict[str, list[tuple[Any, ...]]]:
    return {
        layer.annotator: [(a.label, a.quote, dict(a.attributes)) for a in layer.annotations] for layer in record.layers
    }


FULL = collection(
    document(
        passage(0, TITLE, mark("1", "Karim 😅 Odell", (0, 13), type="PERSON", identifier="Q1", note="sure"), type="title"),
        passage(
            100, BODY,
            mark("2", "Anna Berg", (109, 9), type="PERSON", identifier="Q1", sex="f", annotator="ben"),
            mark("3", "met in", (105, 3), (119, 2), type="EVENT", annotator="ben"),
            mark("4", "Bonn", (122, 4), type="CITY", identifier="Q586,Q587"),
            mark("5", "Bonn", (122, 4), type="CITY"),
            mark("6", "", (122, 0), type="CITY"),
            mark("7", "Bonn", (122, 4), colour="red"),
            tie("R1", ("2", "Arg1"), ("3", "Arg2"), type="takes_part", annotator="ben", sure="yes"),
            tie("R2", ("1", "to"), ("4", "from"), type="birthplace_of"),
            tie("R3", ("1", "a"), ("2", "b"), ("4", "c"), type="triple"),
            tie("R4", ("1", "from"), ("R1", "to"), type="of_a_relation"),
            tie("R5", ("1", "from"), ("2", "to"), type="of_two_annotators"),
            tie("R6", relation="CID", Chemical="D1", Disease="D2"),
            type="paragraph", section_type="INTRO",
        ),
        mark("8", "Odell & <Berg>\n\nسارة", (8, 96), type="ACROSS"),
        language="en", source="wire",
    ),
    source="PubMed", date="20260101", key="x.key", maker="us",
)  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_everything_that_the_library_writes_is_read(tmp_path: Path, key: str) -> None:
    entities, [record] = read(saved(tmp_path, key, FULL))
    assert record.text == f"{TITLE}\n\n{BODY}"
    assert told(record) == {
        "": [
            ("PERSON", "Karim 😅 Odell", {}),
            ("ACROSS", "Odell & <Berg>\n\nسارة", {}),
            ("CITY", "Bonn", {"identifier": "Q586,Q587"}),
        ],
        "ben": [("EVENT", "met … in", {}), ("PERSON", "Anna Berg", {"sex": "f"})],
    }
    assert [(one["name"], one["kind"], one["external"]) for one in entities] == [("Karim 😅 Odell", "PERSON", "Q1")]
    mine, bens = record.layers
    [karim, _across, bonn] = mine.annotations
    event, anna = bens.annotations
    assert (karim.note, karim.entity, anna.entity) == ("sure", entities[0]["id"], entities[0]["id"])
    [takes] = bens.relations
    assert (takes["label"], takes["from"], takes["to"]) == ("takes_part", anna.id, event.id)
    assert takes["attributes"] == {"sure": "yes", "from_role": "Arg1", "to_role": "Arg2"}
    [birth] = mine.relations
    assert (birth["from"], birth["to"], "attributes" in birth) == (bonn.id, karim.id, False)
    assert Counter(kind for kind, _ in record.cases) == {"twice": 1, "empty": 1, "unlabelled": 1, "unheld": 3, "end": 1}
    assert [where.rpartition(": ")[2] for kind, where in record.cases if kind == "unheld"] == [
        "triple", "of_two_annotators", "CID",
    ]  # fmt: skip
    assert (record.title, record.zones) == (TITLE, (Zone("headline", 0, len(TITLE)),))
    assert record.meta == {
        "collection": "PubMed", "collection_date": "20260101", "collection_key": "x.key", "maker": "us",
        "language": "en", "source": "wire", "id": "42",
    }  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_what_came_goes_out_again_as_it_came(tmp_path: Path, key: str) -> None:
    """Passages with their infons, the id, roles of relations, lists of identifiers: from BioC to BioC."""
    _, [record] = read(saved(tmp_path, key, FULL))
    writer = formats.writer(key)
    writer.write(Header(), [record], tmp_path / f"out{SUFFIX[key]}", WriteOptions())
    [made] = LIBRARY[key].loads((tmp_path / f"out{SUFFIX[key]}").read_text("utf-8")).documents
    assert (made.id, made.infons["language"]) == ("42", "en")
    assert [(one.offset, one.text, one.infons) for one in made.passages] == [
        (0, TITLE, {"type": "title"}), (len(TITLE) + 2, BODY, {"type": "paragraph", "section_type": "INTRO"}),
    ]  # fmt: skip
    assert [one.infons["type"] for one in made.annotations] == ["ACROSS"]
    [relation] = made.passages[1].relations
    assert [(node.role) for node in relation.nodes] == ["Arg1", "Arg2"]
    assert {one.infons.get("identifier") for one in made.passages[1].annotations if one.text == "Bonn"} == {"Q586,Q587"}


@pytest.mark.parametrize("key", KEYS)
def test_sentences_make_the_text_where_a_passage_has_none(tmp_path: Path, key: str) -> None:
    made = bioc.BioCPassage()
    made.offset = 10
    made.add_sentence(sentence(10, "Anna left.", mark("1", "Anna", (10, 4), type="P"), sense="x"))
    made.add_sentence(sentence(22, "Ben 😅 too.", mark("2", "too", (28, 3), type="A")))
    more = passage(40, "", type="ref")
    _, [record] = read(saved(tmp_path, key, collection(document(made, passage(33, "He did.", type="p"), more))))
    assert record.text == "Anna left. Ben 😅 too.\n\nHe did."[: len("Anna left. Ben 😅 too.")] + "\nHe did."
    assert told(record) == {"": [("P", "Anna", {}), ("A", "too", {})]}
    assert [where.rpartition(": ")[2] for kind, where in record.cases if kind == "unheld"] == ["sense", "type", "2"]


@pytest.mark.parametrize(("unit", "width"), [("utf8", 4), ("utf16", 2), ("codepoint", 1)])
@pytest.mark.parametrize("asked", ["codepoint", "utf16"])
def test_what_offsets_count_is_found_by_the_quotes(tmp_path: Path, unit: str, width: int, asked: Any) -> None:
    """The definition speaks of bytes; Java counts UTF-16, Python code points."""
    first = passage(0, "😅 Anna.", mark("1", "Anna", (width + 1, 4), type="P"), type="title")
    second = passage(width + 7, "😅😅 Bonn.", mark("2", "Bonn", (3 * width + 8, 4), type="C"))
    _, [record] = read(saved(tmp_path, "bioc", collection(document(first, second))), ReadOptions(unit=asked))
    assert record.text == "😅 Anna.\n😅😅 Bonn."
    assert told(record) == {"": [("P", "Anna", {}), ("C", "Bonn", {})]}
    assert record.cases == ((("unit", f"f.xml, line 6: {unit}"),) if unit != asked else ())


def test_an_infon_without_a_key_is_no_label(tmp_path: Path) -> None:
    path = saved(tmp_path, "bioc", collection(document(passage(0, "Anna", mark("1", "Anna", (0, 4), type="P")))))
    path.write_text(path.read_text("utf-8").replace('key="type"', 'key=""'), "utf-8")
    _, [record] = read(path)
    assert [kind for kind, _where in record.cases] == ["unlabelled"]


def test_words_that_stand_elsewhere_are_looked_for_and_told(tmp_path: Path) -> None:
    said = [
        mark("1", "Bonn", (0, 4), type="moved"),
        mark("2", "nowhere", (0, 4), type="lost"),
        mark("3", "ANNA", (0, 4), type="capitals"),
        mark("4", "Anna [...] Bonn", (0, 4), (10, 4), type="pieces"),
        mark("5", "Anna Berg Bonn", (0, 4), (10, 4), type="whole"),
        mark("6", "Anna Karl", (0, 4), (10, 4), type="others"),
        mark("7", "Bonn", (900, 4), type="outside"),
    ]
    _, [record] = read(saved(tmp_path, "bioc", collection(document(passage(0, "Anna Berg Bonn", *said)))))
    assert {a.label: a.quote for a in record.layers[0].annotations} == {
        "moved": "Bonn", "capitals": "Anna", "pieces": "Anna … Bonn", "whole": "Anna … Bonn", "outside": "Bonn",
    }  # fmt: skip
    assert [(kind, where.rpartition(": ")[2]) for kind, where in record.cases] == [
        ("moved", "Bonn"), ("lost", "nowhere"), ("lost", "Anna Karl"),
    ]  # fmt: skip


def test_ids_are_looked_up_in_their_own_passage_first(tmp_path: Path) -> None:
    def part(offset: int, text: str) -> Any:
        words = text.split()
        first, second = mark("1", words[0], (offset, 4), type="A"), mark("2", words[1], (offset + 5, 4), type="B")
        return passage(offset, text, first, second, tie("R", ("1", "from"), ("2", "to"), type="x"))

    _, [record] = read(saved(tmp_path, "bioc", collection(document(part(0, "Anna Berg"), part(10, "Karl Bonn")))))
    quotes = {a.id: a.quote for a in record.layers[0].annotations}
    ends = [(quotes[one["from"]], quotes[one["to"]]) for one in record.layers[0].relations]
    assert ends == [("Anna", "Berg"), ("Karl", "Bonn")]


# --- the kinds of JSON --------------------------------------------------------------------------------------------


def bare(uid: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": uid, "infons": {}, "passages": [{"offset": 0, "infons": {}, "text": text}], **more}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.json", json.dumps([{"bioctype": "BioCCollection", "documents": [bare("1", "One.")]}, {"documents": [bare("2", "Two.")]}])),
        ("f.json", json.dumps({"PubTator3": [bare("1", "One.", _id="1|None", pmid=7), bare("2", "Two.")]})),
        ("f.jsonl", "\n".join(json.dumps({"bioctype": "BioCDocument", **bare(n, t)}) for n, t in (("1", "One."), ("2", "Two.")))),
        ("f.json", "\ufeff" + json.dumps({"documents": [bare("1", "One."), bare("2", "Two.")], "source": "late"}, indent=2).replace("\n", "\r\n")),
    ],
    ids=["collections", "PubTator", "lines", "pretty"],
)  # fmt: skip
def test_the_ways_in_which_json_comes(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8", newline="")
    assert formats.guess(tmp_path / name) == "bioc-json"
    _, records = read(tmp_path / name)
    assert [(one.text, one.meta["id"]) for one in records] == [("One.", "1"), ("Two.", "2")]
    assert records[0].meta.get("pmid") == (7 if "pmid" in text else None)
    behind = [("unheld", "f.json: source")] if "late" in text else []
    assert [*records[1].cases] == behind, "what stands behind the documents came too late to be theirs"


def test_documents_without_words_are_told_with_their_neighbours(tmp_path: Path) -> None:
    empty = {"id": "0", "passages": [{"offset": 0, "text": " "}]}
    (tmp_path / "f.json").write_text(json.dumps({"documents": [empty, bare("1", "One."), empty]}))
    _, [record] = read(tmp_path / "f.json")
    assert record.cases == (("blank", "f.json, line 1, document 1"), ("blank", "f.json, line 1, document 3"))


# --- what we write ------------------------------------------------------------------------------------------------


def by_the_library(key: str, path: Path) -> list[tuple[str, Counter[tuple[Any, ...]]]]:
    """Return text and annotations of each document as the library of BioC's authors reads them."""
    found = []
    for one in LIBRARY[key].loads(path.read_text("utf-8")).documents:
        text = ""
        for part in one.passages:
            text += "\n" * (part.offset - len(text)) + part.text
        marks = [*one.annotations, *(mark for part in one.passages for mark in part.annotations)]
        found.append(
            (
                text,
                Counter(
                    (a.infons["type"], a.infons.get("annotator", ""), *((x.offset, x.length) for x in a.locations))
                    for a in marks
                ),
            )
        )
    return found


def of_records(records: list[Record]) -> list[tuple[str, Counter[tuple[Any, ...]]]]:
    return [
        (
            one.text,
            Counter(
                (a.label, layer.annotator, *((start, end - start) for start, end in a.span.fragments))
                for layer in one.layers
                for a in layer.annotations
            ),
        )
        for one in records
    ]


@pytest.mark.parametrize("key", KEYS)
def test_the_library_reads_and_judges_what_we_write_of_the_samples(tmp_path: Path, key: str) -> None:
    header, records = make.samples()
    out = tmp_path / f"out{SUFFIX[key]}"
    formats.writer(key).write(header, records, out, WriteOptions())
    names = {person.id: person.name for person in header.people}
    told_of = [
        (text, Counter({(label, names.get(who, who), *places): n for (label, who, *places), n in marks.items()}))
        for text, marks in of_records(records)
    ]
    assert by_the_library(key, out) == told_of
    made = LIBRARY[key].loads(out.read_text("utf-8"))
    assert made.source == header.name
    BioCValidator().validate(made)  # raises where a quote, an offset or an end of a relation is wrong
    make.same_as_golden(out, f"bioc{SUFFIX[key]}")


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
@settings(max_examples=40)
def test_the_library_reads_what_we_write(
    key: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    records = [make.record(text := data.draw(make.texts))]
    spans = data.draw(st.lists(make.spans(text, 1), max_size=3, unique=True))
    records = [make.record(text, *(make.over(text, "X", span.fragments) for span in spans))]
    out = tmp_path_factory.mktemp("bioc") / f"out{SUFFIX[key]}"
    formats.writer(key).write(Header(), records, out, WriteOptions())
    if key == "bioc":  # what XML's own rules make of a text that the library hands on is none of our doing
        assert out.read_text("utf-8").count("<document>") == 1
    assert by_the_library(key, out) == of_records(records)


def test_losses_are_told(tmp_path: Path) -> None:
    text = "Anna Berg left Bonn."
    one = make.annotation(
        text, "PERSON", "Anna Berg", id="a", entity="e", attributes={"type": "x", "tags": ["a"], "n": 3}
    )
    again = make.annotation(text, "PERSON", "Anna Berg", id="b")
    city = make.annotation(text, "CITY", "Bonn", id="c")
    relations = (
        {"label": "in", "from": "b", "to": "c", "attributes": {"note": "x", "sure": True}},
        {"label": "in", "from": "a", "to": "c"},
        {"label": "in", "from": "a", "to": "gone"},
    )
    record = make.record(text, one, again, city, relations=relations)
    entity = {"id": "e", "name": "Anna", "external": "Q1"}
    losses = {
        loss.kind: loss.n
        for loss in formats.writer("bioc").losses(Header(entities=(entity,)), [record], WriteOptions())
    }
    assert losses == {
        "twice": 1,
        "attribute-text": 2,
        "attribute": 2,
        "relation": 2,
        "relation-details": 1,
        "entity-named": 1,
        "provenance": 2,
    }
    formats.writer("bioc").write(Header(entities=(entity,)), [record], tmp_path / "f.xml", WriteOptions())
    entities, [found] = read(tmp_path / "f.xml")
    assert told(found) == {"anna": [("PERSON", "Anna Berg", {"n": "3"}), ("CITY", "Bonn", {})]}
    assert [(one["name"], one["external"]) for one in entities] == [("Anna Berg", "Q1")]
    assert [one["attributes"] for one in found.layers[0].relations] == [{"sure": "true"}]


def test_passages_of_a_text_that_was_corrected_are_not_used() -> None:
    kept = [{"start": 0, "end": 4, "infons": {"type": "a"}}, {"start": 5, "end": 9, "infons": {"type": "b"}}]
    writer = formats.writer("bioc")
    same = writer.expected(Record("Anna\nBerg", extra={"bioc_passages": kept}), WriteOptions())
    assert sum(count for key, count in same.items() if key[0] == "passage") == 2
    for text in ("Anna Berg", "Anna\nBerg!", "Ann\nBerg", "Anna"):
        plain = writer.expected(Record(text), WriteOptions())
        assert writer.expected(Record(text, extra={"bioc_passages": kept}), WriteOptions()) == plain
    for bad in ("x", [1], [{"start": "0"}], [kept[1], kept[0]], [{"start": 0, "end": 9, "infons": 3}, kept[1]]):
        found = writer.expected(Record("Anna\nBerg", extra={"bioc_passages": bad}), WriteOptions())
        assert sum(count for key, count in found.items() if key[0] == "passage") == 1


# --- bad files ----------------------------------------------------------------------------------------------------

HEAD = '<?xml version="1.0"?>\n<!DOCTYPE collection SYSTEM "BioC.dtd">\n<collection><source/><date/><key/>\n'


def in_xml(inside: str) -> str:
    return f"{HEAD}<document><id>1</id>\n<passage><offset>0</offset><text>Anna</text>\n{inside}</passage></document></collection>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (in_xml("<annotation id='1'><infon key='type'>P</infon><location offset='x' length='4'/></annotation>"), "f.xml, line 6: “x” is no whole number"),
        (in_xml("<annotation id='1'><infon key='type'>P</infon><location offset='1'/></annotation>"), "f.xml, line 6: “” is no whole number"),
        (in_xml("<annotation id='1'><infon key='type'>P</infon><location offset='0' length='-4'/></annotation>"), "f.xml, line 6: length is negative"),
        (in_xml(f"<annotation id='1'><infon key='type'>P</infon><location offset='{9**30}' length='4'/></annotation>"), "is no whole number"),
        (in_xml("<annotation id='1'><infon key='type'>P</infon><location offset='2' length='40'/><text/></annotation>"), "f.xml, line 6: 2 to 42 lies outside the text"),
        (HEAD + "<document><passage><text>Anna</text></passage></document></collection>", "f.xml, line 4: it has no offset."),
        (HEAD + "<document><id>1</id></document></collection>", "f.xml holds no article with words."),
        (HEAD + "</collection>", "f.xml holds no article with words."),
        (in_xml("")[:-5], "it is not sound XML"),
        (in_xml("&unheard;"), "f.xml, line 6: it is not sound XML (undefined entity)"),
        (in_xml("<annotation id='&unheard;'/>"), "it is not sound XML (undefined entity)"),
        (HEAD.replace('"BioC.dtd"', '"BioC.dtd" [<!ENTITY a "b">]') + "</collection>", "f.xml, line 2: it declares a document type"),
        (HEAD.replace("<?xml", "<!-- <!DOCTYPE a SYSTEM 'b'> --><?xml") + "</collection>", "it is not sound XML"),
        ("<collections>" + in_xml("")[60:], "it begins with collections, not with collection"),
    ],
)  # fmt: skip
def test_bad_xml_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "f.xml").write_text(text, "utf-8")
    with pytest.raises(UserError) as caught:
        list(formats.reader("bioc").read(tmp_path / "f.xml", ReadOptions()))
    assert words in say(caught.value.text)


def in_json(**mark: Any) -> str:
    given = {"id": "1", "infons": {"type": "P"}, "text": "Anna", "locations": [{"offset": 0, "length": 4}], **mark}
    return json.dumps(
        {"documents": [bare("1", "One."), {"passages": [{"offset": 0, "text": "Anna", "annotations": [given]}]}]}
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (in_json(locations=[{"length": 4}]), "f.json, line 1, document 2, passage 1, annotation 1: it has no “offset”."),
        (in_json(locations=[{"offset": "0"}]), "annotation 1: “offset” should be a whole number, and is text."),
        (in_json(locations=[{"offset": -1}]), "annotation 1: “offset” is negative"),
        (in_json(infons=[]), "annotation 1: “infons” should be an object, and is a list."),
        (in_json(text="", locations=[{"offset": 0, "length": 9}]), "annotation 1: 0 to 9 lies outside the text"),
        (in_json()[:-2], "f.json, line 1: not JSON (the list has no end)."),
        (in_json()[:-1], "f.json, line 1: not JSON (the object has no end)."),
        ('{"documents": [], "documents": []}', "f.json, line 1: the key “documents” stands in one object twice."),
        ('{"documents": [1]}', "f.json, line 1, document 1: an object in braces is needed, this is a number."),
        ('{"documents": [] "a": 1}', "a comma is missing between the keys of the object"),
        ('{documents: []}', "not JSON"),
        ('[{"documents": []}', "the list has no end"),
        ('{"documents": [{"passages": []}]}', "f.json holds no article with words."),
        ('{"a": 1}', "f.json holds no article with words."),
    ],
)  # fmt: skip
def test_bad_json_is_told_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "f.json").write_text(text, "utf-8")
    with pytest.raises(UserError) as caught:
        list(formats.reader("bioc-json").read(tmp_path / "f.json", ReadOptions()))
    assert words in say(caught.value.text)


@pytest.mark.parametrize("key", KEYS)
def test_a_collection_of_any_size_is_read_a_document_at_a_time(
    tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the file nor its list is bounded, but each document is."""
    out = tmp_path / f"out{SUFFIX[key]}"
    records = [make.record(f"Story {n}. " + "word " * 4_000, id=str(n)) for n in range(40)]
    formats.writer(key).write(Header(), records, out, WriteOptions())
    assert out.stat().st_size > 700_000
    for module in (files, __import__("rubricator.formats.json_items", fromlist=["x"])):
        monkeypatch.setattr(module, "LINE_MOST", 250_000)
    _, found = read(out)
    assert [one.text for one in found] == [one.text for one in records]
    monkeypatch.setattr(files, "LINE_MOST", 10_000)
    monkeypatch.setattr("rubricator.formats.json_items.LINE_MOST", 10_000)
    with pytest.raises(UserError, match="what begins here is longer"):
        read(out)


def test_other_xml_and_json_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_text("<collection><item/></collection>")
    (tmp_path / "f.json").write_text('{"documents": [{"text": "x"}]}')
    assert formats.recognised(tmp_path / "f.xml") is None
    assert getattr(formats.recognised(tmp_path / "f.json"), "key", "") != "bioc-json"


# --- real articles ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_real_articles_go_out_and_come_back(tmp_path: Path, corpora: Path, key: str) -> None:
    """Nested, crossing and broken spans of real corpora: the library counts what we count, and a second import adds nothing."""
    with Project.create(tmp_path / "a.rubric", ME, Scheme("s")) as project:
        folders = [
            corpora / name for name in ("brat-tutorial-news", "brat-litbank-nested", "brat-tdt", "btc-gate-crowd")
        ]
        import_files(project, folders, ImportOptions(new_labels="add"))
        out = tmp_path / f"out{SUFFIX[key]}"
        report = export(project, out, ExportOptions(key))
        assert report.annotations > 500
        assert report.articles == len(LIBRARY[key].loads(out.read_text("utf-8")).documents)
        assert sum(marks.total() for _, marks in by_the_library(key, out)) == report.annotations - sum(
            loss.n for loss in report.losses if loss.kind == "twice"
        )
        count = project.rows.count_articles()
    with Project.create(tmp_path / "b.rubric", ME, Scheme("s")) as project:
        first, _ = import_files(project, [out], ImportOptions(new_labels="add"))
        assert (first.articles, first.annotations) == (
            report.articles,
            sum(m.total() for _, m in by_the_library(key, out)),
        )
        sizes = project.rows.sizes()
        again, _ = import_files(project, [out], ImportOptions(new_labels="add"))
        assert (again.articles, project.rows.sizes()) == (0, sizes)
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        assert project.rows.count_articles() == report.articles <= count
        export(project, tmp_path / f"again{SUFFIX[key]}", ExportOptions(key))
        assert sorted(by_the_library(key, tmp_path / f"again{SUFFIX[key]}"), key=repr) == sorted(
            by_the_library(key, out), key=repr
        )


def test_several_annotators_come_back(tmp_path: Path) -> None:
    text = "Anna Berg left Bonn."
    layers = tuple(
        LayerRecord(name, annotations=(make.annotation(text, "PERSON", "Anna Berg"),)) for name in ("anna", "ben", "")
    )
    for key in KEYS:
        formats.writer(key).write(Header(), [Record(text, layers=layers)], tmp_path / f"f{SUFFIX[key]}", WriteOptions())
        _, [found] = read(tmp_path / f"f{SUFFIX[key]}")
        assert told(found) == {name: [("PERSON", "Anna Berg", {})] for name in ("anna", "ben", "")}


def test_what_is_a_list_is_told(tmp_path: Path) -> None:
    """BioC JSON has no rule against it; nobody is called “['u', 'v']”."""
    said = [
        {"id": "a", "infons": {"type": "P", "note": ["n"], "identifier": ["D1", "D2"]}, "text": "Anna",
         "locations": [{"offset": 0, "length": 4}]},
        {"id": "b", "infons": {"type": "P", "annotator": ["u", "v"]}, "text": "Ben",
         "locations": [{"offset": 9, "length": 3}]},
    ]  # fmt: skip
    ties = [{"id": "R", "infons": {"type": "knows", "note": ["why"], "annotator": ["w"]},
             "nodes": [{"refid": "a", "role": "from"}, {"refid": "b", "role": "to"}]}]  # fmt: skip
    part = {"offset": 0, "infons": {"p": ["q"], "n": 3}, "text": "Anna met Ben", "annotations": said, "relations": ties}
    (tmp_path / "f.json").write_text(json.dumps({"documents": [{"id": "1", "passages": [part]}]}))
    [record] = [
        one for one in formats.reader("bioc-json").read(tmp_path / "f.json", ReadOptions()) if isinstance(one, Record)
    ]
    [layer] = record.layers
    assert [(a.quote, dict(a.attributes)) for a in layer.annotations] == [
        ("Anna", {"identifier": ["D1", "D2"], "note": ["n"]}), ("Ben", {}),
    ]  # fmt: skip
    [relation] = layer.relations
    assert relation["attributes"] == {"note": ["why"]}
    assert [where.rpartition(", ")[2] for kind, where in record.cases if kind == "unheld"] == [
        "annotation 2: annotator", "relation 1: annotator",
    ]  # fmt: skip
    for key in KEYS:
        [loss] = [
            one for one in formats.writer(key).losses(Header(), [record], WriteOptions()) if one.kind == "article"
        ]
        assert {where.rpartition(": ")[2] for where in loss.where} >= {"p", "n"}


@pytest.mark.parametrize("key", KEYS)
def test_a_relation_of_concepts_is_one_of_annotations_where_each_has_one(tmp_path: Path, key: str) -> None:
    text = "Aspirin and ibuprofen: asthma, asthma"
    marks = [
        mark("1", "Aspirin", (0, 7), type="Chemical", MESH="D1"),
        mark("2", "ibuprofen", (12, 9), type="Chemical", identifier="MESH:D2"),
        mark("3", "asthma", (23, 6), type="Disease", MESH="D3"),
        mark("4", "asthma", (31, 6), type="Disease", MESH="D3"),
    ]
    ties = [
        tie("R1", relation="CID", Chemical="D1", other="D2", sure="yes"),
        tie("R2", relation="of_several", Chemical="D1", Disease="D3"),
        tie("R3", relation="of_none", Chemical="D1", Disease="D9"),
        tie("R4", ("D2", "a"), ("1", "b"), type="by_nodes"),
    ]
    _, [record] = read(saved(tmp_path, key, collection(document(passage(0, text, *marks, *ties)))))
    quotes = {one.id: one.quote for one in record.layers[0].annotations}
    assert [(x["label"], quotes[x["from"]], quotes[x["to"]], x["attributes"]) for x in record.layers[0].relations] == [
        ("CID", "Aspirin", "ibuprofen", {"sure": "yes", "from_role": "Chemical", "to_role": "other"}),
        ("by_nodes", "ibuprofen", "Aspirin", {"from_role": "a", "to_role": "b"}),
    ]
    told = [(kind, where.rpartition(": ")[2]) for kind, where in record.cases]
    assert told == [("unheld", "of_several"), ("unheld", "of_none")]
