"""What annotations say by default: it is written when one is made, whoever reads it sees it, and nothing changes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.incoming import ImportOptions, import_files
from rubricator.exchange.outgoing import export
from rubricator.model.attributes import by_default
from rubricator.model.edits import Add, Edit
from rubricator.model.scheme import Attribute
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.suggest.offers import Offer
from rubricator.words import message, say

TEXT = "Anna Berg of the CIS met Ben in Minsk. Ben left."

SURE = Attribute("sure", "Sure", "flag", default=True)
KIND = Attribute("kind", "Kind", "choice", ("body", "firm"), ("ORGANIZATION",), required=True, default="body")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", texts=[("a", TEXT), ("b", TEXT)]) as made:
        made.schemes.change(replace(made.scheme, attributes=(SURE, KIND)), "attributes")
        yield made


def at(words: str) -> Span:
    return Span.of(TEXT.index(words), TEXT.index(words) + len(words))


def said(project: Project, article: str = "a") -> dict[str, dict[str, Any]]:
    return {one.quote: dict(one.attributes) for one in project.annotations(article)}


def label(project: Project, words: str, name: str) -> Annotation:
    (replaced,) = project.annotate("a", name, [at(words)]).annotations
    assert replaced.after is not None
    return replaced.after


def test_however_an_annotation_is_made_it_says_what_it_does_by_default(project: Project) -> None:
    label(project, "Anna Berg", "PERSON")
    project.annotate_all("ORGANIZATION", {"a": [at("CIS")], "b": [at("CIS")]}, ("a", at("CIS")))
    ben, minsk = (Offer(at(words), "PERSON", "memory", message("so")) for words in ("Ben", "Minsk"))
    project.accept("a", [ben])
    project.accept("a", [minsk], "ORGANIZATION")
    both = {"sure": True, "kind": "body"}
    assert said(project) == {"Anna Berg": {"sure": True}, "CIS": both, "Ben": {"sure": True}, "Minsk": both}
    assert said(project, "b") == {"CIS": both}
    project.undo()
    assert "Minsk" not in said(project), "it is the same edit"


def test_another_label_adds_what_only_that_one_can_say(project: Project) -> None:
    anna, ben = label(project, "Anna Berg", "PERSON"), label(project, "Ben", "PERSON")
    (replaced,) = project.attributes.set([anna], "sure", None).annotations
    assert replaced.after is not None
    project.relabel_all([replaced.after, ben], "ORGANIZATION")
    assert said(project) == {"Anna Berg": {"kind": "body"}, "Ben": {"sure": True, "kind": "body"}}, "what was let go of"
    project.undo()
    assert said(project) == {"Anna Berg": {}, "Ben": {"sure": True}}


def test_two_copies_that_relabel_and_say_something_lose_neither(project: Project, tmp_path: Path) -> None:
    label(project, "Anna Berg", "PERSON")
    project.close()
    (tmp_path / "copy.rubric").write_bytes((tmp_path / "p.rubric").read_bytes())
    with (
        Project.open(tmp_path / "p.rubric", making.ANNA) as here,
        Project.open(tmp_path / "copy.rubric", making.ANNA._replace(device=making.BEN.device)) as there,
    ):
        here.attributes.set(here.annotations("a"), "sure", False)
        there.relabel(there.annotations("a")[0], "ORGANIZATION")
        here.merge(there)
        assert said(here) == {"Anna Berg": {"sure": False, "kind": "body"}}


def test_another_default_changes_nothing_that_was_said(project: Project, tmp_path: Path) -> None:
    label(project, "Anna Berg", "PERSON")
    project.schemes.change(replace(project.scheme, attributes=(SURE._replace(default=False), KIND)), "no")
    label(project, "Ben", "PERSON")
    assert said(project) == {"Anna Berg": {"sure": True}, "Ben": {"sure": False}}
    export(project, tmp_path / "out.jsonl", ExportOptions("jsonl"))
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    assert [one["attributes"] for one in json.loads(written.splitlines()[1])["layers"][0]["annotations"]] == [
        {"sure": True}, {"sure": False},
    ]  # fmt: skip
    export(project, tmp_path / "brat", ExportOptions("brat"))
    assert "sure T1" in "".join(p.read_text(encoding="utf-8") for p in sorted((tmp_path / "brat").rglob("*.ann")))


def test_what_a_file_does_not_say_is_not_said(project: Project, tmp_path: Path) -> None:
    article = {
        "rubricator": 1, "id": "c", "text": TEXT,
        "layers": [{"annotator": "ben", "annotations": [{"label": "ORGANIZATION", "start": 17, "end": 20}]}],
    }  # fmt: skip
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(article), encoding="utf-8")
    import_files(project, [source], ImportOptions())
    found = [one for who in project.rows.annotators() for one in project.annotations("c", who.id)]
    assert [(one.quote, dict(one.attributes)) for one in found] == [("CIS", {})]


def test_a_required_one_is_there_once_it_is_written_and_asked_for_where_it_is_not(project: Project) -> None:
    cis = label(project, "CIS", "ORGANIZATION")
    assert project.lacking("a") == []
    project.attributes.set([cis], "kind", None)
    assert [say(one.why) for one in project.lacking("a")] == ["“CIS” does not say Kind"]
    with pytest.raises(UserError, match="cannot be finished yet"):
        project.set_status("a", "done")


def test_a_default_that_a_merge_made_wrong_is_not_written(project: Project) -> None:
    broken = {"kind": "choice", "values": ["x"], "default": "q"}
    project.apply(Edit("scheme", (Add("attribute", "odd", broken),), "", {"what": "a merge"}))
    assert by_default(project.scheme, "PERSON") == {"sure": True}
    label(project, "Anna Berg", "PERSON")
    assert said(project) == {"Anna Berg": {"sure": True}}
