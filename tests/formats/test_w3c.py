"""Web Annotations: every shape read; what is written is read as a graph by rdflib."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.outgoing import export
from rubricator.formats.base import Header, Person, ReadOptions, Record, WriteOptions
from rubricator.formats.w3c.format import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.model.spans import TopicTag
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

from . import make
from .w3c_referee import read_graph

TEXT = "Anna Berg met Karim 😅 Odell.\nAnna left."


def tag(words: str, purpose: str = "tagging") -> dict[str, Any]:
    return {"type": "TextualBody", "value": words, "purpose": purpose}


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def at(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def note(*bodies: Any, target: Any = None, **more: Any) -> dict[str, Any]:
    made = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": list(bodies), **more}
    return made | ({"target": target} if target is not None else {})


def on(*selectors: Any, source: Any = "http://x.org/a") -> dict[str, Any]:
    return {"source": source, "selector": list(selectors)}


def read(tmp_path: Path, *values: Any, text: str = TEXT) -> tuple[list[dict[str, Any]], list[Record]]:
    (tmp_path / "f.jsonld").write_text(json.dumps(values[0] if len(values) == 1 else values), "utf-8")
    if text:
        (tmp_path / "f.txt").write_bytes(text.encode())
    found = list(FORMAT.read(tmp_path / "f.jsonld", ReadOptions()))
    entities = [dict(one) for x in found if isinstance(x, Header) for one in x.entities]
    return entities, [x for x in found if isinstance(x, Record)]


def told(record: Record, layer: int = 0) -> list[tuple[str, str]]:
    return [(a.label, a.quote) for a in record.layers[layer].annotations]


def test_bodies_are_labels_notes_and_entities(tmp_path: Path) -> None:
    creator = {"id": "http://x.org/anna", "type": "Person", "name": "Anna B"}
    entities, [record] = read(
        tmp_path,
        note(tag("PER"), tag("HEAD", "classifying"), tag("Sure?", "commenting"), target=on(at(0, 9)), creator=creator),
        note({"source": "wikidata:Q7", "purpose": "identifying"}, tag("PER"), target=on(quote("Odell")), creator=creator),
        note("wikidata:Q8", motivation="identifying", target=on({"type": "FragmentSelector", "value": "char=14,19"}), creator="ben"),
        note(target=on(at(10, 13)), motivation="highlighting", creator={"type": "Software", "name": "m"}),
        note(bodyValue="Well.", target=on(at(0, 4)), creator="ben"),
    )  # fmt: skip
    assert [(layer.annotator, layer.kind) for layer in record.layers] == [
        ("Anna B", "human"),
        ("ben", "human"),
        ("m", "model"),
    ]
    assert told(record) == [("HEAD", "Anna Berg"), ("PER", "Anna Berg"), ("PER", "Odell")]
    assert told(record, 1) == [("commenting", "Anna"), ("identifying", "Karim")]
    assert told(record, 2) == [("highlighting", "met")]
    assert [a.note for layer in record.layers[:2] for a in layer.annotations] == ["Sure?", "Sure?", "", "Well.", ""]
    assert [(one["name"], one["external"]) for one in entities] == [("Odell", "wikidata:Q7"), ("Karim", "wikidata:Q8")]
    assert record.layers[0].annotations[2].entity == entities[0]["id"]
    assert record.meta["url"] == "http://x.org/a"
    assert record.cases == ()


def test_what_is_about_the_whole_text(tmp_path: Path) -> None:
    _, [record] = read(
        tmp_path,
        note(tag("sport", "classifying"), tag("why", "commenting"), target="http://x.org/a"),
        note(tag("Long."), target={"source": "http://x.org/a"}, motivation="tagging"),
        note(tag("Is it?", "questioning"), target="http://x.org/a"),
        note("http://x.org/b", target="http://x.org/a", motivation="linking"),
    )
    assert [(one.topic, one.note) for one in record.layers[0].topics] == [("sport", "why"), ("Long.", "")]
    assert [one["text"] for one in record.layers[0].comments] == ["Is it?"]
    assert record.cases == (("unheld", "f.jsonld, item 4: http://x.org/b"),)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"id": 1.5}, "f.jsonld, item 2: “id” should be text, and is a number."),
        ({"creator": {"name": ["Anna"]}}, "f.jsonld, item 2: “name” should be text, and is a list."),
        ({"created": {}}, "f.jsonld, item 2: “created” should be text, and is an object."),
    ],
)
@pytest.mark.parametrize("purpose", ["tagging", "commenting"])
def test_who_and_when_are_text(tmp_path: Path, more: dict[str, Any], words: str, purpose: str) -> None:
    first = note(tag("PER"), target=on(at(0, 4)), id="urn:a")
    for about in ("urn:a", "http://x.org/a"):
        with pytest.raises(UserError) as caught:
            read(tmp_path, first, note(tag("so", purpose), target=about, **more))
        assert words in say(caught.value.text)


def test_words_are_found_where_the_position_fails(tmp_path: Path) -> None:
    _, [record] = read(
        tmp_path,
        note(tag("A"), target=on(quote("Karim"), at(14, 20))),
        note(tag("B"), target=on(quote("Anna"), at(35, 39))),
        note(tag("C"), target=on(quote("Anna", "", " left"))),
        note(tag("D"), target=on(quote("Anna"))),
        note(tag("E"), target=on(quote("Gone"), at(0, 4))),
        note(tag("F"), target=on(quote("Odell. Anna"))),
        note(tag("G"), target=on({"type": "XPathSelector", "value": "/p"})),
        note(tag("H"), target=on(at(3, 3))),
    )
    assert [(a.label, a.quote, a.start) for a in record.layers[0].annotations] == [
        ("A", "Karim", 14), ("F", "Odell.\nAnna", 22), ("B", "Anna", 29), ("C", "Anna", 29),
    ]  # fmt: skip
    assert record.cases == (
        ("moved", "f.jsonld, item 1: Karim"), ("moved", "f.jsonld, item 2: Anna"), ("ambiguous", "f.jsonld, item 4: Anna"),
        ("lost", "f.jsonld, item 5: Gone"), ("unheld", "f.jsonld, item 7: selector"), ("empty", "f.jsonld, item 8"),
    )  # fmt: skip


def test_offsets_of_browsers_are_recognised_by_the_words(tmp_path: Path) -> None:
    _, [record] = read(
        tmp_path,
        note(tag("A"), target=on(quote("Odell"), at(23, 28))),
        note(tag("B"), target=on(quote("left"), at(35, 39))),
    )
    assert told(record) == [("A", "Odell"), ("B", "left")]
    assert record.cases == (("unit", "f.jsonld, item 1: utf16"),)


def test_each_target_is_meant_by_itself(tmp_path: Path) -> None:
    _, [record] = read(tmp_path, note(tag("PER"), target=[on(at(0, 4)), on(at(22, 27))]))
    assert told(record) == [("PER", "Anna"), ("PER", "Odell")]


@pytest.mark.parametrize(
    "link",
    [
        note(tag("knows"), motivation="linking", target=[{"id": "#a"}, {"id": "#b"}]),
        note(tag("knows"), {"source": "#b", "purpose": "linking"}, motivation="linking", target="#a"),
        note(tag("knows"), {"id": "#b", "purpose": "linking"}, motivation="linking", target={"id": "#a"}),
    ],
)
def test_annotations_that_link_others_are_relations(tmp_path: Path, link: Any) -> None:
    anna, karim = (note(tag("PER"), id=uid, target=on(at(*place))) for uid, place in (("#a", (0, 4)), ("#b", (14, 19))))
    lost = note(tag("gone"), motivation="linking", target=[{"id": "#a"}, {"id": "#c"}])
    _, [record] = read(tmp_path, link, anna, karim, lost)
    first, second = record.layers[0].annotations
    assert [(one["label"], one["from"], one["to"]) for one in record.layers[0].relations] == [
        ("knows", first.id, second.id)
    ]
    assert record.cases == (("end", "f.jsonld, item 4: gone"),)


@pytest.mark.parametrize("shape", ["one", "list", "page", "collection", "graph"])
def test_the_text_may_stand_in_the_file_in_every_shape(tmp_path: Path, shape: str) -> None:
    source = {"id": "urn:x", "type": "TextualBody", "value": "\ufeffAnna.\r\nשלום Ben", "label": "T"}
    items = [note(tag("A"), target=on(at(8, 12), source=source)), note(tag("B"), target=on(at(13, 16), source="urn:x"))]
    page = {"type": "AnnotationPage", "items": items}
    value = {"one": items[0], "list": items, "page": page, "collection": {"type": "AnnotationCollection", "first": page}, "graph": {"@graph": items}}  # fmt: skip
    _, [record] = read(tmp_path, value[shape], text="")
    assert record.title == "T"
    assert told(record) == [("A", "שלום"), ("B", "Ben")][: 1 if shape == "one" else 2]
    assert formats.guess(tmp_path / "f.jsonld") == "w3c"


def test_several_sources_are_several_articles(tmp_path: Path) -> None:
    sources = [{"id": f"urn:{n}", "value": f"Text {n}"} for n in range(2)]
    items = [note(tag("A"), target=on(at(0, 4), source=source)) for source in sources]
    _, records = read(tmp_path, *items, note(tag("B"), target=on(at(0, 4), source="urn:unknown")), text="")
    assert [(record.text, told(record)) for record in records] == [
        ("Text 0", [("A", "Text")]),
        ("Text 1", [("A", "Text")]),
    ]


def test_what_is_needed_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, note(tag("A"), target=on(at(0, 4))), text="")
    assert (
        "f.jsonld holds no text that its annotations are about. Put the text beside it as f.txt"
        in f"{say(caught.value.text)} {say(caught.value.hint)}"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (note(tag("A"), target=on(at(0, 99))), "f.jsonld, line 1: 0 to 99 lies outside the text"),
        (note(tag("A"), target=on(at(9, 0))), "f.jsonld, line 1: 9 to 0 is turned round."),
        (note(tag("A"), target=on({"type": "TextPositionSelector", "start": "0"})), "line 1: “start” should be a whole number"),
        (note({"type": "TextualBody", "value": 5}, target=on(at(0, 4))), "line 1: “value” should be text, and is a number."),
        ([5], "f.jsonld, item 1: an object in braces is needed"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, value: Any, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, value)
    assert words in say(caught.value.text)


# --- written ------------------------------------------------------------------------------------------------------


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, records = make.samples()
    FORMAT.write(header, records, tmp_path / "out.jsonld", WriteOptions(broken="pieces"))
    make.same_as_golden(tmp_path / "out.jsonld", "w3c.jsonld")
    found = read_graph(tmp_path / "out.jsonld")
    assert found.keys() == {record.text for record in records}
    for record in records:
        spans = [
            (a.label, record.text[s:e])
            for layer in record.layers
            for a in layer.annotations
            for s, e in a.span.fragments
        ]
        assert Counter((label, words) for _, label, words in found[record.text].spans.elements()) == Counter(spans)
        topics = [one.topic for layer in record.layers for one in layer.topics]
        assert Counter(code for _, code in found[record.text].topics.elements()) == Counter(topics)
    assert formats.guess(tmp_path / "out.jsonld") == "w3c"


def test_everything_that_it_can_hold(tmp_path: Path) -> None:
    text = "😅 Ruth Amsel leads the Academy."
    ruth = make.annotation(text, "PER", "Ruth Amsel", id="p", note="Two\nlines", attributes={"head": True}, entity="e")
    board = make.annotation(text, "ORG", "the Academy", id="o")
    record = make.record(text, ruth, board, relations=({"label": "leads", "from": "p", "to": "o"},), topics=(TopicTag("", "", "", "x"),))  # fmt: skip
    record = replace(record, layers=(*record.layers, replace(record.layers[0], annotator="m", kind="model")))
    header = Header(name="News", people=(Person("anna", "Anna B"),))
    FORMAT.write(header, [record, Record("Bare.")], tmp_path / "out.jsonld", WriteOptions())
    found = read_graph(tmp_path / "out.jsonld")
    assert found["Bare."].spans == Counter()
    said = found[text]
    assert said.spans == Counter({(who, *rest): 1 for who in ("Anna B", "m") for rest in (("PER", "Ruth Amsel"), ("ORG", "the Academy"))})  # fmt: skip
    assert said.topics == Counter({("Anna B", "x"): 1, ("m", "x"): 1})
    assert said.relations == Counter({("leads", "Ruth Amsel", "the Academy"): 2})
    assert said.notes == Counter({"Two\nlines": 2})
    assert said.entities == Counter({("Ruth Amsel", "rubricator:e", "None"): 2})
    losses = {loss.kind: loss.n for loss in FORMAT.losses(header, [record], WriteOptions())}
    assert losses == {"attribute": 2, "provenance": 4, "article": 1}
    [_entities, back, _bare] = FORMAT.read(tmp_path / "out.jsonld", ReadOptions())
    assert isinstance(back, Record)
    assert [(layer.annotator, layer.kind, len(layer.relations)) for layer in back.layers] == [
        ("Anna B", "human", 1),
        ("m", "model", 1),
    ]


ENTITIES = (
    {"id": "q", "name": "Ruth Amsel", "external": "wikidata:Q7"},
    {"id": "g", "name": "Rat", "external": "https://d-nb.info/gnd/118", "kind": "ORG"},
    {"id": "ä b/ü%", "name": "Nobody", "external": "no address"},
    {"id": "t1", "name": "One", "external": "x:1"},
    {"id": "t2", "name": "Two", "external": "x:1"},
)


def test_entities_come_back_by_their_address(tmp_path: Path) -> None:
    text = "Ruth the-Council Nobody One Two Amsel."
    names = ("Ruth", "the-Council", "Nobody", "One", "Two", "Amsel")
    spans = [make.annotation(text, "X", name, entity=str(one["id"])) for name, one in zip(names, (*ENTITIES, ENTITIES[0]), strict=True)]  # fmt: skip
    record = make.record(text, *spans)
    header = Header(entities=ENTITIES)
    FORMAT.write(header, [record], tmp_path / "out.jsonld", WriteOptions())
    assert read_graph(tmp_path / "out.jsonld")[text].entities == Counter({
        ("Ruth", "http://www.wikidata.org/entity/Q7", "Ruth Amsel"): 1,
        ("Amsel", "http://www.wikidata.org/entity/Q7", "Ruth Amsel"): 1,
        ("the-Council", "https://d-nb.info/gnd/118", "Rat"): 1,
        ("Nobody", "rubricator:%C3%A4%20b%2F%C3%BC%25", "Nobody"): 1,
        ("One", "rubricator:t1", "One"): 1,
        ("Two", "rubricator:t2", "Two"): 1,
    })  # fmt: skip
    (lost,) = [loss for loss in FORMAT.losses(header, [record], WriteOptions()) if loss.kind == "entity-details"]
    assert lost.where == ("Rat", "Nobody", "One", "Two"), "a kind, or an external id that is no address of its own"
    found, back = FORMAT.read(tmp_path / "out.jsonld", ReadOptions())
    assert isinstance(found, Header)
    assert isinstance(back, Record)
    assert [(one["name"], one.get("external")) for one in found.entities] == [
        ("Ruth Amsel", "wikidata:Q7"), ("Rat", "https://d-nb.info/gnd/118"), ("Nobody", None), ("One", None), ("Two", None),
    ]  # fmt: skip
    assert [one["id"] for one in found.entities][2:] == ["ä b/ü%", "t1", "t2"]
    assert len({a.entity for a in back.layers[0].annotations}) == 5


COMMENTS = (
    {"id": "3", "reply_to": "2", "on": "p", "by": "anna", "at": "2024-05-01T10:00:00.000Z", "text": "Yes."},
    {"id": "1", "on": "", "by": "anna", "at": "2024-05-01T08:00:00.000Z", "text": "All of it.\nSecond line 😅"},
    {"id": "2", "on": "p", "by": "ben", "at": "2024-05-01T09:00:00.000Z", "text": "Sure?"},
    {"id": "4", "on": "p", "text": "Nobody said it."},
    {"id": "5", "on": "gone", "text": "On what is not here."},
    {"id": "6", "by": "ben", "text": "Of all, in another's layer."},
    {"id": "7", "reply_to": "8", "text": "A ring."},
    {"id": "8", "reply_to": "7", "text": "Of answers."},
    {"id": "9", "reply_to": "away", "on": "p", "at": "yesterday", "text": "To what was deleted."},
    {"id": "10", "reply_to": "3", "on": "p", "by": "ben", "text": "Good."},
)


def test_comments_and_answers_come_back(tmp_path: Path) -> None:
    text = "Ruth Amsel spoke."
    record = make.record(text, make.annotation(text, "PER", "Ruth Amsel", id="p"), comments=COMMENTS)
    header = Header(people=(Person("anna", "Anna B"), Person("ben", "Ben")))
    FORMAT.write(header, [record], tmp_path / "out.jsonld", WriteOptions())
    assert sorted(read_graph(tmp_path / "out.jsonld")[text].comments) == [
        ("Anna B", "", "All of it.\nSecond line 😅", "2024-05-01T08:00:00+00:00"),
        ("Anna B", "Ruth Amsel", "Nobody said it.", ""),
        ("Anna B", "Ruth Amsel", "To what was deleted.", ""),
        ("Anna B", "Sure?", "Yes.", "2024-05-01T10:00:00+00:00"),
        ("Ben", "Ruth Amsel", "Sure?", "2024-05-01T09:00:00+00:00"),
        ("Ben", "Yes.", "Good.", ""),
    ]
    losses = {loss.kind: loss.n for loss in FORMAT.losses(header, [record], WriteOptions())}
    assert (losses["comment"], losses["comment-details"]) == (4, 1)
    [back] = FORMAT.read(tmp_path / "out.jsonld", ReadOptions())
    assert isinstance(back, Record)
    [layer] = back.layers
    [ruth] = layer.annotations
    texts = {one["id"]: one["text"] for one in layer.comments}
    assert {(one["by"], one.get("on", ""), texts.get(one.get("reply_to"), ""), one["text"]) for one in layer.comments} == {
        ("Anna B", "", "", "All of it.\nSecond line 😅"),
        ("Anna B", ruth.id, "", "Nobody said it."),
        ("Anna B", ruth.id, "", "To what was deleted."),
        ("Ben", ruth.id, "", "Sure?"),
        ("Anna B", ruth.id, "Sure?", "Yes."),
        ("Ben", ruth.id, "Yes.", "Good."),
    }  # fmt: skip
    assert [one["at"] for one in layer.comments if one["text"] == "Sure?"] == ["2024-05-01T09:00:00.000Z"]
    assert back.cases == ()


def test_comments_of_others_are_comments(tmp_path: Path) -> None:
    anna = note(tag("PER"), id="#a", target=on(at(0, 4)), creator="anna")
    _, [record] = read(
        tmp_path,
        note(tag("And?", "replying"), id="#r", target="#q", creator="anna", motivation="replying"),
        note(tag("Is she?", "questioning"), id="#q", target={"id": "#a"}, creator="ben", motivation="questioning"),
        anna,
        note(tag("To nothing.", "replying"), target="#ring", id="#ring"),
        note(bodyValue="Plain.", target="#a"),
    )
    assert record.cases == (("sourceless", "f.jsonld, item 4"),)
    [layer] = record.layers
    assert [(one.get("by"), one["text"], one["on"]) for one in layer.comments] == [
        ("ben", "Is she?", layer.annotations[0].id),
        (None, "Plain.", layer.annotations[0].id),
        ("anna", "And?", layer.annotations[0].id),
    ]
    assert layer.comments[2]["reply_to"] == layer.comments[0]["id"]


# --- real files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("editor", ["apache-annotator", "recogito"])
def test_real_files_come_in_with_a_text_and_twice_is_once(corpora: Path, tmp_path: Path, editor: str) -> None:
    [path] = (corpora / "w3c-webannotation" / f"inception-html-{editor}-editor").rglob("*.json")
    assert formats.guess(path) == "w3c"
    own = tmp_path / path.name
    own.write_bytes(path.read_bytes())
    text = list(" " * 1000)
    for start, words in ((124, "Troy"), (646, "death in battle"), (963, "Ithaca")):
        text[start : start + len(words)] = words
    options = ImportOptions(new_labels="add")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        with pytest.raises(UserError, match="holds no text that its annotations are about"):
            import_files(project, [own], options)
        (tmp_path / "annotations.txt").write_text("".join(text).rstrip())
        report, _ = import_files(project, [own], options)
        assert report.found == Counter({"A Tag": 1, "Another Tag": 1, "commenting": 2})
        assert report.relations == 1
        assert [(case.kind, case.n) for case in report.of("repaired")] == [("moved", 1)]
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        import_files(project, [own], options)
        assert project.rows.sizes() == sizes


def test_the_entities_of_a_real_corpus_go_out_and_come_in(corpora: Path, tmp_path: Path) -> None:
    options = ImportOptions(format="conllu", new_labels="add")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        import_files(project, [corpora / "gum-news"], options)
        [article, *_] = project.rows.articles()
        [first, *_] = [one for one in project.annotations(article.id) if one.entity]
        project.comments.add(article.id, first.id, "Sure?")
        export(project, tmp_path / "out.jsonld", ExportOptions("w3c"))
        links = Counter(one.entity for x in project.rows.articles() for one in project.annotations(x.id) if one.entity)
        found = read_graph(tmp_path / "out.jsonld")
        assert sum(text.entities.total() for text in found.values()) == links.total() > 100
        assert sum(text.comments.total() for text in found.values()) == 1
        shared = Counter(entity.external for entity in project.entities.all())
        alone = [entity for entity in project.entities.all() if shared[entity.external] == 1]
        linked = {(entity.name, entity.external): links[entity.id] for entity in alone}
        before = project.rows.sizes()
    with Project.create(tmp_path / "q.rubric", Settings().me(), Scheme()) as other:
        for _ in range(2):
            import_files(other, [tmp_path / "out.jsonld"], ImportOptions(new_labels="add"))
            counts = other.entities.counts()
            assert Counter(counts.values()) == Counter(links.values())
            assert {(one.name, one.external): counts[one.id] for one in other.entities.all() if one.external} == linked
            [one] = [c for x in other.rows.articles() for c in other.comments.of(x.id)]
            assert (one.text, one.by) == ("Sure?", Settings().me().annotator)
            assert {**other.rows.sizes(), "edits": 0, "relations": 0} == {**before, "edits": 0, "relations": 0}
        assert [finding for finding in other.check(full=True) if finding.damage] == []
