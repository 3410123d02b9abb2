"""What an annotator imports into their copy comes back as theirs, whatever ids and names the files give it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.hub.test_packets import back, give
from tests.making import ANNA, BEN, make

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.hub.merging import merge, plan
from rubricator.project import Project
from rubricator.settings import Me

TEXT = "Anna left Bonn."
HEADER = {
    "kind": "project",
    "annotators": [{"id": "x1", "name": "xenia", "kind": "human"}, {"id": "y1", "name": "yuri"}],
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make(tmp_path / "main.rubric", ANNA, [("one", TEXT)])
    for name in ("ben", "clara"):
        made.join(name)
    return made


def lines(folder: Path, *annotators: str, header: bool = False) -> Path:
    """Write a file in which each of these says the same of the article, with a relation and a comment."""

    def layer(who: str, n: str) -> dict[str, object]:
        return {
            "annotator": who,
            "annotations": [
                {"id": f"s1{n}", "label": "PERSON", "fragments": [[0, 4]]},
                {"id": f"s2{n}", "label": "CITY", "fragments": [[10, 14]]},
            ],
            "relations": [{"id": f"r1{n}", "label": "in", "from": f"s1{n}", "to": f"s2{n}"}],
            "comments": [{"id": f"c1{n}", "on": f"s1{n}", "text": "who?"}],
        }

    value = {"id": "one", "text": TEXT, "layers": [layer(who, "x" * n) for n, who in enumerate(annotators)]}
    path = folder / f"{'-'.join(annotators)}.jsonl"
    path.write_text("".join(json.dumps(x) + "\n" for x in ([HEADER] if header else []) + [value]), "utf-8")
    return path


def copy_for(project: Project, folder: Path, name: str) -> Project:
    uid = next(one.id for one in project.rows.annotators() if one.name == name)
    return give(project, Me(uid, name, BEN.device), folder, name)


def test_two_who_say_the_same_under_the_same_ids(project: Project, tmp_path: Path) -> None:
    for name in ("ben", "clara"):
        copy = copy_for(project, tmp_path, name)
        for _twice in range(2):
            import_files(copy, [lines(tmp_path, name)], ImportOptions())
        assert len(copy.annotations("one")) == 2
        files = [copy.path, back(copy, tmp_path, f"{name}-back")]
        assert [plan(project, file).n_refused for file in files] == [0, 0]
        merge(project, files)
    for one in project.rows.annotators():
        if one.name in ("ben", "clara"):
            spans = {x.id: x for x in project.annotations("one", one.id)}
            assert {x.label for x in spans.values()} == {"PERSON", "CITY"}
            [tie] = project.links.relations("one", one.id)
            assert {tie.source, tie.target} == {*spans}
            [said] = project.links.comments("one", one.id)
            assert spans[said.on].label == "PERSON"
    assert len(project.review.compare("one").agreements) == 3
    assert [finding for finding in project.check(full=True) if finding.damage] == []


def test_people_that_a_file_only_names_do_not_join_a_copy(project: Project, tmp_path: Path) -> None:
    copy = copy_for(project, tmp_path, "ben")
    import_files(copy, [lines(tmp_path, "x1", header=True)], ImportOptions(annotator="ben"))
    assert {one.name for one in copy.rows.annotators()} == {"ben"}
    assert plan(project, copy.path).n_refused == 0
    merge(project, [copy.path])
    assert len(project.annotations("one", copy.me.annotator)) == 2


def test_the_work_of_others_does_not_come_into_a_copy(project: Project, tmp_path: Path) -> None:
    copy = copy_for(project, tmp_path, "ben")
    before = [one.name for one in copy.rows.annotators()]
    for file in (lines(tmp_path, "x1", header=True), lines(tmp_path, "ben", "xenia")):
        assert import_files(copy, [file], ImportOptions(dry_run=True))[0].annotations > 0
        with pytest.raises(UserError, match="is the work of xenia, and this copy is for ben alone") as caught:
            import_files(copy, [file], ImportOptions())
        assert "--annotator" in str(caught.value)
    assert copy.annotations("one") == []
    assert [one.name for one in copy.rows.annotators()] == before
    # In the project itself all of it comes in.
    import_files(project, [lines(tmp_path, "ben", "xenia")], ImportOptions())
    assert "xenia" in {one.name for one in project.rows.annotators()}
