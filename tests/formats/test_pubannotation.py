"""PubAnnotation JSON: denotations, relations and attributes, of one project and of tracks."""

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
from rubricator.formats.pubannotation import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

TEXT = "IRF-4 is 😅 induced by IFN-α."


def read(tmp_path: Path, value: Any) -> Record:
    (tmp_path / "f.json").write_text(json.dumps(value), "utf-8")
    [record] = FORMAT.read(tmp_path / "f.json", ReadOptions())
    assert isinstance(record, Record)
    return record


def denotation(uid: str, *places: tuple[int, int], obj: str = "Protein") -> dict[str, Any]:
    spans = [{"begin": begin, "end": end} for begin, end in places]
    return {"id": uid, "span": spans[0] if len(spans) == 1 else spans, "obj": obj}


def test_everything_that_is_said(tmp_path: Path) -> None:
    record = read(
        tmp_path,
        {
            "text": TEXT, "sourcedb": "PubMed", "sourceid": "1", "target": "https://x.org/1", "project": "P",
            "denotations": [denotation("T1", (0, 5)), denotation("T2", (22, 27)), denotation("T3", (6, 8), (11, 18), obj="Event"), denotation("T4", (3, 3))],
            "blocks": [denotation("B1", (0, 28), obj="Sentence")],
            "relations": [{"id": "R1", "subj": "T1", "pred": "with", "obj": "T2"}, {"id": "R2", "subj": "R1", "pred": "x", "obj": "T1"}],
            "attributes": [{"subj": "T1", "pred": "uniprot", "obj": "Q1"}, {"subj": "R1", "pred": "sure", "obj": True}, {"subj": "T9", "pred": "x", "obj": 1}],
            "modifications": [{"pred": "Negation", "obj": "T3"}],
        },
    )  # fmt: skip
    [layer] = record.layers
    sentence, first, event, second = layer.annotations
    assert layer.annotator == "P"
    assert [(a.label, a.quote) for a in (sentence, first, event, second)] == [
        ("Sentence", TEXT), ("Protein", "IRF-4"), ("Event", "is … induced"), ("Protein", "IFN-α"),
    ]  # fmt: skip
    assert (first.attributes, event.attributes) == ({"uniprot": "Q1"}, {"Negation": True})
    assert [(r["label"], r["from"], r["to"], r["attributes"]) for r in layer.relations] == [
        ("with", first.id, second.id, {"sure": True})
    ]
    assert record.cases == (
        ("empty", "f.json, line 1, denotation 4"), ("end", "f.json, line 1, relation 2: x"), ("unheld", "f.json, line 1: x (T9)"),
    )  # fmt: skip
    assert record.meta == {"sourcedb": "PubMed", "sourceid": "1", "url": "https://x.org/1"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"text": ["a"]}, "f.json, line 1: “text” should be text, and is a list."),
        ({"text": "a", "denotations": [{"span": {"begin": 0, "end": 1}}]}, "line 1, denotation 1: it has no “obj”"),
        ({"text": "a", "denotations": [{"obj": "X"}]}, "line 1, denotation 1: it has no “span”"),
        ({"text": "a", "denotations": [denotation("T", (0, 9))]}, "f.json, line 1, denotation 1: 0 to 9 lies outside"),
        ({"text": "a", "tracks": [{"denotations": [{"obj": "X"}]}]}, "line 1, track 1, denotation 1: it has no “span”"),
        ({"text": ""}, "f.json holds no article with words."),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, value: Any, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, value)
    assert words in say(caught.value.text)


def test_real_files_come_in_whole_and_twice_is_once(corpora: Path, tmp_path: Path) -> None:
    [folder] = (corpora / "w3c-webannotation" / "inception-external-search-pubannotation").rglob("resources")
    paths = sorted(folder.glob("*.json"))
    assert [formats.guess(path) for path in paths] == ["pubannotation"] * 4
    paths = [path for path in paths if path.stem != "singleQueryResult"]
    values = [
        value
        for path in paths
        for found in [json.loads(path.read_bytes())]
        for value in (found if isinstance(found, list) else [found])
    ]
    tracks = [track for value in values for track in [value, *value.get("tracks", [])]]
    count = Counter(kind for track in tracks for kind in ("denotations", "relations") for _ in track.get(kind, ()))
    options = ImportOptions(new_labels="add")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        report, _ = import_files(project, paths, options)
        assert (report.articles, report.annotations, report.relations) == (
            len(values),
            count["denotations"],
            count["relations"],
        )
        assert not report.of("refused")
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        import_files(project, paths, options)
        assert project.rows.sizes() == sizes
        with pytest.raises(UserError, match=r"singleQueryResult\.json, item 1: “text” should be text"):
            import_files(project, [folder / "singleQueryResult.json"], options)
