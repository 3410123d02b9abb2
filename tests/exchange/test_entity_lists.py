"""Lists of entities into a project: once, twice, with broken lines, and out again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.making import ANNA, make

from rubricator.errors import UserError
from rubricator.exchange.entity_lists import columns_of, export_entities, plan_entities, put_entities
from rubricator.exchange.schemes import scheme_named
from rubricator.exchange.topics import topic_file
from rubricator.model.entities import Entity
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.words import say


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make(tmp_path / "p.rubric", ANNA, [("a1", "Lebedev met Petrov in Velis.")])


def written(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_comes_in_as_one_step_and_twice_adds_nothing(project: Project, tmp_path: Path) -> None:
    path = written(tmp_path, "name,kind,qid,aliases\nSergey Lebedev,Person,Q1,S. Lebedev|Lebedev\nVelis,CITY,,\n")
    put_entities(project, plan_entities(project, path))
    assert [(e.name, e.kind, e.external, e.aliases) for e in project.entities.all()] == [
        ("Sergey Lebedev", "PERSON", "wikidata:Q1", ("S. Lebedev", "Lebedev")),
        ("Velis", "CITY", "", ()),
    ]
    again = plan_entities(project, path)
    assert (again.new, again.changed, again.known) == ((), (), 2)
    assert not put_entities(project, again)
    project.undo()
    assert project.entities.all() == []


def test_what_is_known_is_filled_up_and_nothing_written_over(project: Project, tmp_path: Path) -> None:
    project.entities.add([Entity("e1", "Velis", "CITY", "", (), "ours"), Entity("e2", "Sund", "", "wikidata:Q2")])
    path = written(
        tmp_path,
        "name,kind,external,aliases,note\nVELIS,CITY,Q9,Port Velis,theirs\nSundt,LOCATION,Q2,,\nVelis,CITY,Q10,,\n",
    )
    plan = plan_entities(project, path)
    assert [one.name for one in plan.new] == ["Velis"], "another Wikidata id is another thing"
    put_entities(project, plan)
    by_id = {entity.id: entity for entity in project.entities.all()}
    assert by_id["e1"] == Entity("e1", "Velis", "CITY", "wikidata:Q9", ("VELIS", "Port Velis"), "ours")
    assert by_id["e2"] == Entity("e2", "Sund", "LOCATION", "wikidata:Q2", ("Sundt",))
    project.undo()
    assert {entity.id for entity in project.entities.all()} == {"e1", "e2"}


def test_broken_lines_refuse_the_list_or_are_left_out(project: Project, tmp_path: Path) -> None:
    rows = [f"Name {n}" for n in range(30)] + ["" for _ in range(3)]
    path = written(tmp_path, "name,note\n" + "\n".join(f"{row},x" for row in rows))
    plan = plan_entities(project, path)
    with pytest.raises(UserError) as refused:
        put_entities(project, plan)
    words = say(refused.value.text)
    assert "list.csv: 3 lines are no entities, and nothing was imported." in words
    assert "line 32: it has no name." in words
    assert project.entities.all() == []
    put_entities(project, plan, skip_broken=True)
    assert len(project.entities.all()) == 30


def test_columns_can_be_told(project: Project, tmp_path: Path) -> None:
    path = written(tmp_path, "Wer,Was\nVelis,CITY\n")
    columns, guessed = columns_of(path)
    assert (columns, guessed) == (["Wer", "Was"], {})
    with pytest.raises(UserError):
        plan_entities(project, path)
    plan = plan_entities(project, path, {"name": "Wer", "kind": "Was"})
    assert [(one.name, one.kind) for one in plan.new] == [("Velis", "CITY")]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_an_export_comes_in_again_as_nothing_new(project: Project, tmp_path: Path, suffix: str) -> None:
    project.entities.add([Entity("e1", "Velis", "CITY", "wikidata:Q9", ("Port Velis",), "a\nb"), Entity("e2", '"=A"')])
    project.annotate("a1", "CITY", [Span.of(22, 27)])
    [annotation] = project.annotations("a1")
    project.entities.link([annotation], project.entities.all()[1])
    out = tmp_path / f"out{suffix}"
    assert export_entities(project, out) == 2
    plan = plan_entities(project, out)
    assert (plan.new, plan.changed, plan.known, plan.broken) == ((), (), 2, ())
    before = project.entities.all()
    project.undo(), project.undo(), project.undo()
    assert project.entities.all() == []
    put_entities(project, plan_entities(project, out))
    assert project.entities.all() == before, "with their ids"
    with pytest.raises(UserError):
        export_entities(project, out)


@pytest.mark.parametrize("name", ["list.txt", "list.xlsx", "list"])
def test_a_file_of_another_kind_is_refused_by_name(project: Project, tmp_path: Path, name: str) -> None:
    path = written(tmp_path, "name\nVelis", name)
    with pytest.raises(UserError) as refused:
        plan_entities(project, path)
    assert name in say(refused.value.text)


def test_an_entity_whose_names_stand_on_a_line_each(project: Project, tmp_path: Path) -> None:
    """As Wikidata's query service gives them; putting each beside all before it would take a minute here."""
    lines = [f"Velis,a{n},{'note' if n == 7 else ''}" for n in range(20_000)]
    plan = plan_entities(project, written(tmp_path, "name,aliases,note\n" + "\n".join(lines)))
    (one,) = plan.new
    assert one.aliases == tuple(f"a{n}" for n in range(20_000))
    assert (one.note, plan.known) == ("note", 0)
    put_entities(project, plan)
    again = plan_entities(project, written(tmp_path, "name,aliases\nVelis,a5\nVelis,b\nVelis,b\nVelis,c\n"))
    ((was, full),) = again.changed
    assert full.aliases == (*was.aliases, "b", "c")
    assert (again.new, again.known) == ((), 2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(project: Project, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.csv")
    os.mkfifo(tmp_path / "p.json")
    (tmp_path / "folder.csv").mkdir()
    for read in (columns_of, topic_file, lambda file: scheme_named(str(file.with_suffix(".json")))):
        with pytest.raises(UserError, match=r"pipe|no scheme"):
            read(tmp_path / "p.csv")
    with pytest.raises(UserError, match=r"folder\.csv cannot be read: it is a folder"):
        plan_entities(project, tmp_path / "folder.csv")


def test_what_somebody_wrote_between_plan_and_import_stays(project: Project, tmp_path: Path) -> None:
    velis = Entity("e1", "Velis", "", "", ("Port Velis",))
    project.entities.add([velis])
    source = tmp_path / "list.csv"
    source.write_text("id,name,kind,aliases\ne1,Velis,TOWN,Velis harbour\ne2,Sund,STRAIT,the Sund\n", encoding="utf-8")
    plan = plan_entities(project, source)
    project.entities.change(velis, velis._replace(kind="CITY", aliases=("V.",)))
    project.entities.add([Entity("e2", "Sund", "", "", ("Øresund",), "Ben’s note")])
    put_entities(project, plan)
    sund, town = project.entities.all()
    assert (town.kind, town.aliases) == ("CITY", ("Velis harbour", "V."))
    assert (sund.kind, sund.aliases, sund.note) == ("STRAIT", ("the Sund", "Øresund"), "Ben’s note")
