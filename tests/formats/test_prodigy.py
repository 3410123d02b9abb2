"""Prodigy: every kind of task read; what is written is held against spaCy, whose tokens Prodigy's are."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats.base import Header, Person, ReadOptions, Record, WriteOptions
from rubricator.formats.prodigy.format import FORMAT
from rubricator.model.scheme import Label, Scheme, Topic
from rubricator.model.spans import TopicTag
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

from . import make

TEXT = "Anna Berg met Karim 😅 Odell."
TOKENS = [
    {"text": word, "start": start, "end": start + len(word), "id": n, "ws": True}
    for n, (word, start) in enumerate([("Anna", 0), ("Berg", 5), ("met", 10), ("Karim", 14), ("😅", 20), ("Odell", 22)])
]


def read(tmp_path: Path, *values: Any, unit: str = "codepoint") -> tuple[list[Header], list[Record]]:
    path = tmp_path / "f.jsonl"
    path.write_text("".join(f"{json.dumps(value)}\n" for value in values), "utf-8")
    found = list(FORMAT.read(path, ReadOptions(unit=unit)))  # type: ignore[arg-type]
    return [x for x in found if isinstance(x, Header)], [x for x in found if isinstance(x, Record)]


def told(record: Record) -> list[tuple[str, str]]:
    return [(a.label, a.quote) for layer in record.layers for a in layer.annotations]


def test_a_task_with_spans_and_relations(tmp_path: Path) -> None:
    anna = {"start": 0, "end": 9, "token_start": 0, "token_end": 1, "label": "PER", "pattern": 7, "score": 0.5}
    karim = {"token_start": 3, "token_end": 5, "label": "PER"}
    value = {
        "text": TEXT,
        "tokens": TOKENS,
        "spans": [anna, karim],
        "relations": [
            {"head": 1, "child": 5, "head_span": anna, "child_span": {**karim, "start": 14, "end": 27}, "label": "met", "color": "#ccc"},
            {"head": 1, "child": 2, "head_span": anna, "child_span": {"start": 10, "end": 13, "label": "ACT"}, "label": "does"},
            {"head": 1, "child": 2, "label": "SUBJ"},
        ],
        "answer": "accept", "_input_hash": 5, "_session_id": "news-anna", "_view_id": "relations", "meta": {"source": "wire"}, "doc": 3,
    }  # fmt: skip
    _, [record] = read(tmp_path, value)
    [layer] = record.layers
    assert (layer.annotator, layer.status) == ("news-anna", "done")
    assert told(record) == [("PER", "Anna Berg"), ("ACT", "met"), ("PER", "Karim 😅 Odell")]
    first, act, last = layer.annotations
    assert (first.score, first.extra) == (0.5, {"pattern": 7})
    assert [(r["label"], r["from"], r["to"]) for r in layer.relations] == [
        ("met", first.id, last.id),
        ("does", first.id, act.id),
    ]
    assert record.cases == (("end", "f.jsonl, line 1, relation 3: SUBJ"),)
    assert record.meta == {"source": "wire", "doc": 3}
    assert record.extra == {"prodigy": {"_input_hash": 5, "_view_id": "relations"}}


def test_answers(tmp_path: Path) -> None:
    span = {"start": 0, "end": 4, "label": "PER"}
    tasks = [{"text": f"Anna {answer}", "spans": [span], "label": "sport", "answer": answer, "_session_id": "2024-02-06_10-17-19"} for answer in ("accept", "ignore", "reject")]  # fmt: skip
    _, [yes, perhaps, no] = read(tmp_path, *tasks)
    assert [(record.layers[0].annotator, record.layers[0].status) for record in (yes, perhaps)] == [
        ("", "done"),
        ("", "skipped"),
    ]
    assert told(yes) == told(perhaps) == [("PER", "Anna")]
    assert [tag.topic for tag in yes.layers[0].topics] == ["sport"]
    assert (no.layers, no.cases) == ((), (("rejected", "f.jsonl, line 3"),))
    _, [record] = read(
        tmp_path, {"text": "Anna", "label": "PER", "spans": [span, {**span, "end": 2, "answer": "reject"}]}
    )
    assert (told(record), record.layers[0].topics, record.layers[0].status) == ([("PER", "Anna")], (), "todo")
    assert record.cases == (("rejected", "f.jsonl, line 1, span 2: PER"),)


def test_choices_are_topics_with_their_names(tmp_path: Path) -> None:
    options = [{"id": "s", "text": "Sport"}, {"id": 2, "text": "War"}, {"id": "x", "text": "X"}]
    headers, records = read(
        tmp_path, *({"text": f"a{n}", "options": options, "accept": ["s", 2], "answer": "accept"} for n in range(2))
    )
    assert [header.scheme.topics for header in headers if header.scheme] == [(Topic("s", "Sport"), Topic("2", "War"))]
    assert [[tag.topic for tag in record.layers[0].topics] for record in records] == [["s", "2"]] * 2
    with Project.create(
        tmp_path / "p.rubric", Settings().me(), Scheme(labels=(Label("PER"),)), provisional=["scheme"]
    ) as project:
        import_files(project, [tmp_path / "f.jsonl"], ImportOptions())
        assert [label.name for label in project.scheme.labels] == ["PER"]
        assert [topic.name for topic in project.scheme.topics] == ["Sport", "War"]


def test_tokens_tell_what_the_offsets_count(tmp_path: Path) -> None:
    wide = [
        {**token, "start": token["start"] + (n > 4), "end": token["end"] + (n > 3)} for n, token in enumerate(TOKENS)
    ]  # type: ignore[operator]
    _, [record] = read(tmp_path, {"text": TEXT, "tokens": wide, "spans": [{"start": 23, "end": 28, "label": "PER"}]})
    assert told(record) == [("PER", "Odell")]
    assert record.cases == (("unit", "f.jsonl, line 1: utf16"),)


def test_pictures_and_empty_spans_are_told(tmp_path: Path) -> None:
    spans = [{"start": 2, "end": 2, "label": "X"}, {"start": 0, "end": 3}]
    _, [record] = read(tmp_path, {"text": "\ufeffAnna\r\nשלום", "spans": spans}, {"image": "a.png", "spans": []})
    assert told(record) == []
    assert record.cases == (
        ("empty", "f.jsonl, line 1, span 1"),
        ("unlabelled", "f.jsonl, line 1, span 2"),
        ("blank", "f.jsonl, line 2"),
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"text": 5}, "f.jsonl, line 1: “text” should be text"),
        ({"text": "Anna", "spans": 5}, "f.jsonl, line 1: “spans” should be a list"),
        ({"text": "Anna", "spans": [{"label": "X"}]}, "line 1, span 1: it has neither a start and an end nor tokens."),
        ({"text": "Anna", "spans": [{"token_start": 0, "token_end": 1, "label": "X"}]}, "span 1: it has neither"),
        ({"text": "Anna", "spans": [{"start": 0, "end": 9, "label": "X"}]}, "line 1, span 1: 0 to 9 lies outside"),
        ({"text": "Anna", "spans": [{"start": 0, "end": 2, "label": "X", "text": "na"}]}, "span 1: it says “na”, but"),
        ({"text": "Anna", "answer": "maybe"}, "line 1: “answer” is “maybe”, and can be: accept, reject, ignore."),
        ({"text": "Anna", "relations": [{"head": 0, "child": 1}]}, "line 1, relation 1: it has no label."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, value: Any, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, value)
    assert words in say(caught.value.text)


# --- written ------------------------------------------------------------------------------------------------------


def referee(path: Path) -> list[Counter[tuple[str, str]]]:
    """Make spaCy documents of the tokens, as Prodigy does, and return the spans by their tokens."""
    vocab = spacy.blank("xx").vocab
    found = []
    for line in path.read_bytes().decode("utf-8").split("\n")[:-1]:
        task = json.loads(line)
        doc = Doc(vocab, [t["text"] for t in task["tokens"]], [t["ws"] for t in task["tokens"]])
        assert doc.text == task["text"]
        assert [(t.idx, t.idx + len(t), t.i) for t in doc] == [(t["start"], t["end"], t["id"]) for t in task["tokens"]]
        spans = Counter[tuple[str, str]]()
        for span in task["spans"]:
            by_tokens = doc[span["token_start"] : span["token_end"] + 1]
            by_places = doc.char_span(span["start"], span["end"], label=span["label"])
            assert (by_tokens.start, by_tokens.end) == (by_places.start, by_places.end)
            spans[span["label"], by_places.text] += 1
        for relation in task.get("relations", ()):
            assert relation["head_span"] in task["spans"]
            assert relation["child_span"] in task["spans"]
            assert relation["head"] == relation["head_span"]["token_end"]
            assert relation["child"] == relation["child_span"]["token_end"]
        assert set(task.get("accept", ())) <= {option["id"] for option in task.get("options", ())}
        found.append(spans)
    return found


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, samples = make.samples()
    records = make.one_layer(samples)
    FORMAT.write(header, records, tmp_path / "out.jsonl", WriteOptions(broken="pieces"))
    make.same_as_golden(tmp_path / "out.jsonl", "prodigy.jsonl")
    for found, record in zip(referee(tmp_path / "out.jsonl"), records, strict=True):
        assert found == Counter(
            (a.label, record.text[s:e]) for a in record.layers[0].annotations for s, e in a.span.fragments
        )
    assert formats.guess(tmp_path / "out.jsonl") == "prodigy"


def test_relations_topics_and_borders_inside_words(tmp_path: Path) -> None:
    text = "Ruth Amsel’s  Academy\n\nof 😅."
    ruth = make.over(text, "PER", ((0, 10),), id="p")
    inner = make.over(text, "PART", ((6, 12),), id="i")
    board = make.over(text, "ORG", ((14, 27),), id="o")
    record = make.record(text, ruth, inner, board, relations=({"label": "leads", "from": "p", "to": "o"},), topics=(TopicTag("", "", "", "x"),), status="skipped")  # fmt: skip
    header = Header(scheme=Scheme(topics=(Topic("x", "X!"),)), people=(Person("anna", "Anna B"),))
    FORMAT.write(header, [record, replace(record, layers=())], tmp_path / "out.jsonl", WriteOptions())
    first, second = referee(tmp_path / "out.jsonl")
    assert first == Counter([("PER", "Ruth Amsel"), ("PART", "msel’s"), ("ORG", text[14:27])])
    assert not second
    [*headers, back, _] = FORMAT.read(tmp_path / "out.jsonl", ReadOptions())
    assert [header.scheme.topics for header in headers if isinstance(header, Header) and header.scheme] == [
        (Topic("x", "X!"),)
    ]
    assert isinstance(back, Record)
    assert (back.layers[0].annotator, back.layers[0].status) == ("Anna B", "skipped")
    assert len(back.layers[0].relations) == 1
    losses = {loss.kind: loss.n for loss in FORMAT.losses(header, [record], WriteOptions())}
    assert losses == {"provenance": 3, "article": 1}
