"""Time spent: counted by each run on its own, added when files merge, and no step of anybody's work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make

from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.incoming import ImportOptions, import_files
from rubricator.exchange.outgoing import export
from rubricator.model.edit_json import edit_from, payload_of
from rubricator.model.edits import Edit, Set
from rubricator.model.elements import layer_id
from rubricator.project import Project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with make(tmp_path / "one.rubric", ANNA, [("one", "Anna met Ben."), ("two", "Ben met Anna.")]):
        return tmp_path / "one.rubric"


def seconds(project: Project) -> float:
    return project.rows.layer("one", ANNA.annotator).seconds


def test_undo_redo_and_history_pass_it_over(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        project.set_status("one", "done")
        edits = project.rows.sizes()["edits"]
        assert project.add_time("one", 12)
        assert project.history(9)[0][0].edit.kind == "status"
        assert project.rows.sizes()["edits"] == edits
        project.undo()
        project.add_time("one", 3)
        assert project.can_redo, "looking at an article does not end redo"
        project.redo()
        assert project.rows.layer("one", ANNA.annotator).status == "done"
        assert seconds(project) == 15


def test_two_windows_on_one_file_add(path: Path) -> None:
    with Project.open(path, ANNA) as one, Project.open(path, ANNA) as two:
        one.add_time("one", 10)
        two.add_time("one", 5)
        one.add_time("one", 2)
        assert seconds(one) == seconds(two) == 17
        assert set(two.news().articles) == {"one"}


def test_two_copies_add_in_any_order_and_twice(path: Path) -> None:
    copy = path.with_name("two.rubric")
    shutil.copy(path, copy)
    with Project.open(path, ANNA) as one, Project.open(copy, ANNA) as two:
        one.add_time("one", 10)
        two.add_time("one", 5)
        for _time in range(2):
            one.merge(two)
            two.merge(one)
        assert seconds(one) == seconds(two) == 15


def test_who_did_nothing_does_not_join_by_looking(path: Path) -> None:
    with Project.open(path, BEN) as project:
        assert not project.add_time("one", 60)
        assert project.rows.name_of(BEN.annotator) is None


def test_a_file_that_comes_back_counts_nothing_twice(path: Path, tmp_path: Path) -> None:
    with Project.open(path, ANNA) as project:
        project.set_status("one", "done")
        project.add_time("one", 10)
        export(project, tmp_path / "out.jsonl", ExportOptions("jsonl"))
        import_files(project, [tmp_path / "out.jsonl"], ImportOptions())
        assert seconds(project) == 10
        project.add_time("one", 5)
        assert seconds(project) == 15
    with make(tmp_path / "other.rubric", BEN) as other:
        import_files(other, [tmp_path / "out.jsonl"], ImportOptions())
        (layer,) = [layer for layer in other.rows.layers("one") if layer.status == "done"]
        assert layer.seconds == 10
        assert layer.extra is None


def test_nonsense_in_a_merged_file_counts_as_nothing(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        layer = layer_id("one", ANNA.annotator)
        for run, said in (("x", "long"), ("y", -5), ("z", 1e300), ("w", 7)):
            project.apply(Edit("time", (Set("layer", layer, f"spent.{run}", None, said),), "one"))
        assert seconds(project) == 7
        broken = Edit("time", (Set("layer", layer, "spent", None, 7),), "one")
        with pytest.raises(ValueError, match=r"layer\.spent"):
            edit_from("time", payload_of(broken), "one")
