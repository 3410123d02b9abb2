"""What is to be looked at again travels in our JSONL: the changes that ask for it, and what their annotators have seen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.incoming import ImportOptions, import_files
from rubricator.exchange.outgoing import export
from rubricator.model.scheme import Attribute, Rule, Scheme
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.words import say
from rubricator_resources import path as resource

TEXT = "Anna Berg of the Bank of Minsk met Ben."
NESTS = Rule("1", "no-nesting", {"inner": ["CITY"], "outer": ["ORGANIZATION"]})


def written(folder: Path) -> Path:
    """Return an export of a project with two annotations to look at again, and one that was seen."""
    out = folder / "out.jsonl"
    with making.make(folder / "p.rubric", texts=[("a", TEXT)]) as project:
        for words, label in (("Anna Berg", "PERSON"), ("Bank of Minsk", "ORGANIZATION"), ("Minsk", "CITY")):
            project.annotate("a", label, [Span.of(TEXT.index(words), TEXT.index(words) + len(words))])
        project.schemes.change(project.scheme, "without titles", ["PERSON"])
        new = replace(project.scheme, rules=(NESTS,))
        project.schemes.change(new, "a rule", (), [one for layer in project.schemes.breaches(new) for one in layer])
        ben = project.annotate("a", "PERSON", [Span.of(TEXT.index("Ben"), TEXT.index("Ben") + 3)]).annotations[0].id
        pilot = project.scheme.by_name["PERSON"]._replace(name="PILOT, ACE", title="Pilot, ace", key="")
        project.schemes.split("ORGANIZATION", [pilot])
        size = Attribute("size", "Size", labels=("PERSON",), required=True)
        project.schemes.change(replace(project.scheme, attributes=(size,)), "size", ["PERSON"])
        project.attributes.confirm([one for one in project.annotations("a") if one.id == ben])
        export(project, out, ExportOptions("jsonl"))
        assert ("Anna Berg", "Person was changed in the scheme: is it still right?") in again(project)
        assert ("Bank of Minsk", "Organization or Pilot, ace: choose") in again(project)
        assert len(again(project)) == 3
    return out


def again(project: Project) -> list[tuple[str, str]]:
    return [(one.place.quote, say(one.why)) for one in project.schemes.again()]


def brought(path: Path, source: Path) -> Project:
    made = Project.create(path, making.ANNA, Scheme(), provisional=["scheme", "name"], clock=making.ticking())
    import_files(made, [source], ImportOptions())
    return made


def test_the_worklist_travels_and_the_same_bytes_come_back(tmp_path: Path) -> None:
    source = written(tmp_path)
    schema = json.loads(resource("schemas/rubricator-jsonl-1.json").read_text(encoding="utf-8"))
    for line in source.read_text(encoding="utf-8").splitlines():
        jsonschema.validate(json.loads(line), schema)
    with Project.open(tmp_path / "p.rubric", making.ANNA) as project, brought(tmp_path / "q.rubric", source) as there:
        assert again(there) == again(project)
        there.attributes.set([one for one in there.annotations("a") if one.label == "PERSON"], "size", "m")
        assert sorted(again(there)) == sorted(again(project)), "what was asked is whether it is right"
        there.undo()
        export(there, tmp_path / "again.jsonl", ExportOptions("jsonl"))
        assert (tmp_path / "again.jsonl").read_bytes() == source.read_bytes()
        there.undo()
        assert again(there) == []


def test_a_project_with_a_scheme_of_its_own_is_asked_nothing_and_told_so(tmp_path: Path) -> None:
    source = written(tmp_path)
    with making.make(tmp_path / "other.rubric", texts=[("b", TEXT)]) as other:
        report, *_more = import_files(other, [source], ImportOptions())
        assert again(other) == []
        assert any("look at again was left out" in say(note) for _file, note in report.notes)
    with Project.open(tmp_path / "p.rubric", making.ANNA) as project:
        before = again(project)
        report, *_more = import_files(project, [source], ImportOptions())
        assert again(project) == before, "its own export changes nothing"
        assert not any("look at again" in say(note) for _file, note in report.notes)


@pytest.mark.parametrize(
    "bad",
    [
        {"labels": ["A"]},
        {"id": "x", "labels": "A"},
        {"id": "x", "annotations": []},
        {"id": "x", "what": 7},
        {"id": "x", "parts": "A"},
        {"id": "x", "to_say": 1},
    ],
)
def test_a_recheck_of_nonsense_is_refused_with_its_line(tmp_path: Path, bad: dict[str, Any]) -> None:
    source = tmp_path / "bad.jsonl"
    source.write_text(json.dumps({"rubricator": 1, "kind": "project", "rechecks": [bad]}) + "\n", encoding="utf-8")
    with (
        making.make(tmp_path / "p.rubric") as project,
        pytest.raises(UserError, match=r"bad\.jsonl.*recheck"),
    ):
        import_files(project, [source], ImportOptions())
