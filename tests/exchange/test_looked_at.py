"""An article that was only looked at is no example without annotations: a format of one layer leaves it out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests import making

from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.outgoing import export
from rubricator.model.spans import Span
from rubricator.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = making.make(tmp_path / "p.rubric", texts=[(f"a{n}", f"Toll met Sund, {n}.") for n in range(6)])
    project.annotate("a0", "COUNTRY", [Span.of(0, 4)])
    project.add_time("a1", 60)
    project.set_flags("a2", ("later",))
    project.set_status("a3", "done")
    project.topics.add("Harbours", "")
    project.topics.give("a4", [project.scheme.topics[0].code])
    project.set_status("a4", "todo")
    return project


def test_a_format_of_one_layer_leaves_it_out(project: Project, tmp_path: Path) -> None:
    with project:
        report = export(project, tmp_path / "out.jsonl", ExportOptions("doccano"))
        assert report.articles == 3, "labelled, finished with nothing in it, and given a topic"
        written = [json.loads(line)["text"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert written == ["Toll met Sund, 0.", "Toll met Sund, 3.", "Toll met Sund, 4."]


def test_what_carries_all_layers_carries_it(project: Project, tmp_path: Path) -> None:
    with project:
        assert export(project, tmp_path / "out.jsonl", ExportOptions("jsonl")).articles == 6
