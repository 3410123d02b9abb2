"""JSON of no tool in particular: the names of places, labels and words that are known, and a corpus without spaces."""

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
from rubricator.formats.base import ReadOptions, Record
from rubricator.formats.json_records import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say


def read(tmp_path: Path, value: Any) -> Record:
    (tmp_path / "f.json").write_text(json.dumps([value]), "utf-8")
    [record] = FORMAT.read(tmp_path / "f.json", ReadOptions())
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    "value",
    [
        {"text": "Anna met.", "entities": [{"span": [0, 4], "type": "PER", "name": "Anna"}]},
        {"content": "Anna met.", "spans": [{"start": 0, "end": 4, "label": "PER"}]},
        {"sentence": "Anna met.", "mentions": [{"begin": 0, "end": 4, "tag": "PER", "text": "Anna"}]},
        {"text": "Anna met.", "annotations": [{"start_char": 0, "end_char": 4, "category": "PER"}]},
    ],
)
def test_spans_by_their_usual_names(tmp_path: Path, value: dict[str, Any]) -> None:
    assert FORMAT.recognises(json.dumps(value))
    record = read(tmp_path, {**value, "curid": "5"})
    assert [(a.label, a.quote) for a in record.layers[0].annotations] == [("PER", "Anna")]
    assert record.meta == {"curid": "5"}


def test_words_tell_what_the_offsets_count(tmp_path: Path) -> None:
    record = read(
        tmp_path,
        {"text": "😅 Anna", "entities": [{"span": [3, 7], "type": "PER", "name": "Anna", "x": 1}, {"span": [3, 7]}]},
    )
    [anna] = record.layers[0].annotations
    assert (anna.quote, anna.extra) == ("Anna", {"x": 1})
    assert record.cases == (("unit", "f.json, item 1: utf16"), ("unlabelled", "f.json, item 1, entities 2"))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"entities": []}, "f.json, item 1: it has no “text”."),
        ({"text": "Anna", "entities": [{"type": "PER"}]}, "f.json, item 1, entities 1: it has no start and end."),
        (
            {"text": "Anna", "entities": [{"span": [0, 2], "type": "PER", "name": "Be"}]},
            "entities 1: it says “Be”, but",
        ),
        ({"text": "Anna", "entities": [{"span": ["0", 2]}]}, "entities 1: “span” should be a whole number"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, value: Any, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, value)
    assert words in say(caught.value.text)


def test_a_corpus_without_spaces_comes_in_whole_and_twice_is_once(corpora: Path, tmp_path: Path) -> None:
    path = corpora / "japanese-stockmark-json" / "ner_first800.json"
    assert formats.guess(path) == "json-records"
    values = json.loads(path.read_bytes())
    options = ImportOptions(new_labels="add")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        report, _ = import_files(project, [path], options)
        assert report.articles + report.known == len(values) == 800
        assert report.found == Counter(one["type"] for value in values for one in value["entities"])
        assert not report.cases.list()
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        import_files(project, [path], options)
        assert project.rows.sizes() == sizes
