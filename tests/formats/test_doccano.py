"""doccano: every dialect read, and what is written taken by a strict reader after what doccano's own importer asks."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.doccano.format import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.model.spans import TopicTag
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

from . import make

TEXT = "Anna Berg met Karim 😅 Odell."


def read(tmp_path: Path, *values: Any, unit: str = "codepoint") -> list[Record]:
    path = tmp_path / "f.jsonl"
    path.write_text("".join(f"{json.dumps(value)}\n" for value in values), "utf-8")
    found = list(FORMAT.read(path, ReadOptions(unit=unit)))  # type: ignore[arg-type]
    assert all(isinstance(one, Record) for one in found)
    return found  # type: ignore[return-value]


def told(record: Record, layer: int = 0) -> list[tuple[str, str]]:
    return [(a.label, a.quote) for a in record.layers[layer].annotations]


@pytest.mark.parametrize(
    "value",
    [
        {"label": [[0, 9, "PER"], [22, 27, "PER"]]},
        {"labels": [[0, 9, "PER"], [22, 27, "PER"]]},
        {"entities": [[0, 9, "PER"], [22, 27, "PER"]]},
        {"entities": [{"id": n, "label": "PER", "start_offset": s, "end_offset": e} for n, s, e in [(7, 0, 9), (9, 22, 27)]]},
        {"annotations": [{"label": 3, "label_name": "PER", "start_offset": s, "end_offset": e} for s, e in [(0, 9), (22, 27)]]},
    ],
)  # fmt: skip
def test_spans_in_every_dialect(tmp_path: Path, value: dict[str, Any]) -> None:
    [record] = read(tmp_path, {"text": TEXT, **value})
    assert told(record) == [("PER", "Anna Berg"), ("PER", "Odell")]
    assert record.cases == ()


def test_users_have_layers_of_their_own_and_labels_may_be_numbers(tmp_path: Path) -> None:
    spans = [
        {"id": 1, "label": 2, "start_offset": 0, "end_offset": 4, "user": 1},
        {"id": 2, "label": 2, "start_offset": 0, "end_offset": 9, "user": 2, "user_name": "ben"},
    ]
    [record] = read(tmp_path, {"id": 5, "text": TEXT, "annotations": spans, "annotation_approver": "eva", "meta": {}})
    assert [layer.annotator for layer in record.layers] == ["user 1", "ben"]
    assert (told(record), told(record, 1)) == ([("2", "Anna")], [("2", "Anna Berg")])
    assert record.meta == {"id": 5, "annotation_approver": "eva"}


def test_categories_are_topics_and_comments_comments(tmp_path: Path) -> None:
    [record] = read(
        tmp_path,
        {
            "text": TEXT,
            "cats": ["sport", "sport"],
            "label": "war",
            "Comments": ["Is it?"],
            "meta": {"title": "T", "n": 1},
        },
    )
    assert [tag.topic for tag in record.layers[0].topics] == ["war", "sport"]
    assert [comment["text"] for comment in record.layers[0].comments] == ["Is it?"]
    assert (record.title, record.meta) == ("T", {"title": "T", "n": 1})


def test_relations_join_spans_by_their_ids(tmp_path: Path) -> None:
    spans = [
        {"id": n, "label": "X", "start_offset": s, "end_offset": e}
        for n, (s, e) in enumerate([(0, 4), (14, 19), (14, 19), (5, 5)])
    ]
    ends = [(0, 1), (0, 2), (3, 0)]
    [record] = read(
        tmp_path,
        {"text": TEXT, "entities": spans, "relations": [{"from_id": a, "to_id": b, "type": "met"} for a, b in ends]},
    )
    anna, karim = record.layers[0].annotations
    assert [(r["label"], r["from"], r["to"]) for r in record.layers[0].relations] == [("met", anna.id, karim.id)]
    assert record.cases == (
        ("twice", "f.jsonl, line 1, entities 3: X “Karim”"),
        ("empty", "f.jsonl, line 1, entities 4"),
        ("end", "f.jsonl, line 1, relation 3: met"),
    )


def test_line_breaks_and_units(tmp_path: Path) -> None:
    [record] = read(tmp_path, {"text": "\ufeffAnna.\r\n\r\nשלום 😅 Ben", "label": [[18, 21, "PER"]]}, unit="utf16")
    assert told(record) == [("PER", "Ben")]
    assert record.text == "Anna.\n\nשלום 😅 Ben"


def test_lines_without_words_are_told_with_their_neighbours(tmp_path: Path) -> None:
    first, second = read(tmp_path, {"text": " ", "label": []}, {"text": "a"}, {"text": ""}, {"text": "b"}, {"text": ""})
    assert first.cases == (("blank", "f.jsonl, line 1"),)
    assert second.cases == (("blank", "f.jsonl, line 3"), ("blank", "f.jsonl, line 5"))
    with pytest.raises(UserError, match="holds no article with words"):
        read(tmp_path, {"text": ""})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"label": []}, "f.jsonl, line 1: it has no “text”."),
        ({"text": 5}, "f.jsonl, line 1: “text” should be text, and is a number."),
        ({"text": "Anna", "label": [[0, 2]]}, "f.jsonl, line 1, label 1: a start, an end and a label are needed."),
        ({"text": "Anna", "label": [[0, "2", "X"]]}, "label 1: “end_offset” should be a whole number, and is text."),
        ({"text": "Anna", "label": [[0, 9, "X"]]}, "f.jsonl, line 1, label 1: 0 to 9 lies outside the text"),
        ({"text": "Anna", "label": [[3, 1, "X"]]}, "f.jsonl, line 1, label 1: 3 to 1 is turned round."),
        ({"text": "Anna", "label": [[0, 10**30, "X"]]}, "“end_offset” is negative or too large a number."),
        ({"text": "Anna", "label": [[0, 1, ""]]}, "f.jsonl, line 1, label 1: it has no label."),
        ({"text": "Anna", "label": [None]}, "f.jsonl, line 1, label 1: it has no label."),
        ({"text": "Anna", "relations": [{"from_id": 1, "to_id": 2, "type": "x"}]}, "relation 1: it leads from 1 to 2"),
        ({"text": "Anna", "relations": [5]}, "relation 1: an object in braces is needed."),
        ({"text": "Anna", "relations": [{"from_id": 1}]}, "relation 1: it has no type."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, value: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, value)
    assert words in say(caught.value.text)


# --- written ------------------------------------------------------------------------------------------------------


def referee(path: Path) -> list[dict[str, Any]]:
    """Read a file as doccano's importer does for sequence labelling with relations: what it would refuse fails here."""
    found = []
    spans: set[int] = set()
    relations: set[int] = set()
    for line in path.read_bytes().decode("utf-8").split("\n")[:-1]:
        value = json.loads(line)
        assert isinstance(value["text"], str)
        assert value["text"]
        mine: dict[int, tuple[str, str]] = {}
        for one in value["entities"]:
            assert set(one) == {"id", "label", "start_offset", "end_offset"}
            assert type(one["id"]) is type(one["start_offset"]) is type(one["end_offset"]) is int
            assert 0 <= one["start_offset"] < one["end_offset"] <= len(value["text"])
            assert one["label"]
            mine[one["id"]] = one["label"], value["text"][one["start_offset"] : one["end_offset"]]
        assert len(mine) == len(value["entities"])
        assert not spans & mine.keys()
        spans |= mine.keys()
        for one in value["relations"]:
            assert {one["from_id"], one["to_id"]} <= mine.keys()
            assert one["id"] not in relations
            relations.add(one["id"])
        assert all(isinstance(cat, str) and cat for cat in value["cats"])
        found.append(
            {"text": value["text"], "spans": mine, "relations": len(value["relations"]), "cats": value["cats"]}
        )
    return found


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, samples = make.samples()
    records = make.one_layer(samples)
    out = tmp_path / "out.jsonl"
    FORMAT.write(header, records, out, WriteOptions(broken="pieces"))
    make.same_as_golden(out, "doccano.jsonl")
    for found, record in zip(referee(out), records, strict=True):
        assert found["text"] == record.text
        wanted = Counter((a.label, record.text[s:e]) for a in record.layers[0].annotations for s, e in a.span.fragments)
        assert Counter(found["spans"].values()) == wanted
        assert found["cats"] == [tag.topic for tag in record.layers[0].topics]
    assert formats.guess(out) == "doccano"


def test_what_it_cannot_hold_is_told(tmp_path: Path) -> None:
    text = "Ruth Amsel leads the Academy."
    ruth = make.annotation(text, "PERSON", "Ruth Amsel", id="p", note="!", attributes={"head": True})
    again = make.annotation(text, "PERSON", "Ruth Amsel", id="q")
    board = make.annotation(text, "ORGANIZATION", "the Academy", id="o")
    split = make.annotation(text, "PERSON", "Ruth", "leads", id="s")
    relations = [{"label": "leads", "from": a, "to": b, **more} for a, b, more in [("p", "o", {"note": "!"}), ("q", "o", {}), ("s", "o", {})]]  # fmt: skip
    record = make.record(text, ruth, again, board, split, relations=tuple(relations), topics=(TopicTag("", "", "", "x", "why"),))  # fmt: skip
    found = {loss.kind: loss.n for loss in FORMAT.losses(Header(), [record], WriteOptions())}
    assert found == {
        "discontinuous": 1, "twice": 1, "attribute": 1, "note": 1, "provenance": 2, "topic-note": 1, "relation": 1, "relation-details": 1, "article": 1,
    }  # fmt: skip
    FORMAT.write(Header(), [record, record], tmp_path / "out.jsonl", WriteOptions())
    assert [one["relations"] for one in referee(tmp_path / "out.jsonl")] == [1, 1]


# --- real files ---------------------------------------------------------------------------------------------------


def test_real_files_come_in_whole_and_twice_is_once(corpora: Path, tmp_path: Path) -> None:
    paths = [path for path in sorted((corpora / "doccano-jsonl").rglob("*.json*")) if path.parent.name != "intent"]
    assert [formats.guess(path) for path in paths] == ["doccano"] * 5
    options = ImportOptions(new_labels="add")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        report, _ = import_files(project, paths, options)
        assert (report.annotations, report.relations, report.topics) == (3 + 3 + 1 + 4, 3, 5)
        assert (report.articles, report.repeated) == (6, 6)
        assert [case.kind for case in report.of("refused")] == ["twice"]
        assert {"positive", "negative", "neutral"} == project.scheme.topics_by_code.keys()
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        again, _ = import_files(project, paths, options)
        assert again.articles == 0
        assert project.rows.sizes() == sizes


def test_a_line_without_a_text_is_told_and_nothing_comes_in(corpora: Path, tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        with pytest.raises(UserError, match=r"example\.jsonl, line 5: it has no “text”"):
            import_files(project, [corpora / "doccano-jsonl" / "intent"], ImportOptions(new_labels="add"))
        assert project.rows.count_articles() == 0


def test_topics_that_the_tree_lacks_are_kept_and_told_or_added(tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    path.write_text('{"text": "Anna", "cats": ["sport"]}\n')
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        report, _ = import_files(project, [path], ImportOptions())
        assert [say(case.what) for case in report.of("noted")] == ["1 topic is not in the tree; it was kept"]
        assert report.of("unheld") == []
        report, _ = import_files(project, [path], ImportOptions(new_labels="add"))
        assert report.declared == ["sport"]
        assert [topic.name for topic in project.scheme.topics] == ["sport"]


def test_comments_of_the_whole_text_are_written(tmp_path: Path) -> None:
    comments = (
        {"id": "1", "by": "anna", "at": "2024-05-01T08:00:00Z", "text": "Well.\nSo 😅"},
        {"id": "2", "text": "Well?"},
        {"id": "3", "text": "Well?"},
        {"id": "4", "on": "p", "text": "Of her."},
        {"id": "5", "reply_to": "1", "text": "Yes."},
        {"id": "6", "text": " "},
    )
    text = "Anna spoke."
    record = make.record(text, make.annotation(text, "PER", "Anna", id="p"), comments=comments)
    FORMAT.write(Header(), [record], tmp_path / "out.jsonl", WriteOptions())
    assert json.loads((tmp_path / "out.jsonl").read_bytes())["Comments"] == ["Well.\nSo 😅", "Well?"]
    losses = {loss.kind: loss.n for loss in FORMAT.losses(Header(), [record], WriteOptions())}
    assert (losses["comment"], losses["comment-details"]) == (4, 1)
    [back] = FORMAT.read(tmp_path / "out.jsonl", ReadOptions())
    assert isinstance(back, Record)
    assert [one["text"] for one in back.layers[0].comments] == ["Well.\nSo 😅", "Well?"]
