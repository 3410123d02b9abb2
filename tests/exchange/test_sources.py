"""Which files an import reads of those that are named and of the folders, and what they are called in its report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.sources import find_sources
from rubricator.model.scheme import Scheme
from rubricator.project import Project


def test_a_folder_stands_for_what_can_be_read_in_it(corpus: Path) -> None:
    found = find_sources([corpus])
    assert [(path.name, key) for path, key in found.files] == [("a.ann", "brat"), ("b.txt", "text")]
    assert [path.name for path in found.left] == ["notes.md"]
    assert [key for _, key in find_sources([corpus], "text").files] == ["text", "text"]


def test_a_pipe_is_no_file(tmp_path: Path, project: Project) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    with pytest.raises(UserError, match="no file, but a device or a pipe"):
        import_files(project, [tmp_path / "a.jsonl"], ImportOptions())


def test_links_and_pipes_in_a_folder_are_told(corpus: Path, project: Project) -> None:
    (corpus / "more").symlink_to(corpus / "deep")
    (corpus / "round").symlink_to(corpus)
    (corpus / "gone.txt").symlink_to("nowhere")
    os.mkfifo(corpus / "pipe.txt")
    report, _ = import_files(project, [corpus], ImportOptions(new_labels="add"))
    assert report.articles == 2
    left = {where for case in report.of("unheld") if case.kind == "file" for where in case.where}
    assert left == {"notes.md", "more", "round", "gone.txt", "pipe.txt"}


def test_what_lies_outside_the_folder_is_not_read_through_a_link(
    corpus: Path, tmp_path: Path, project: Project
) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.txt").write_text("Nobody shall read this.\n")
    (corpus / "out.txt").symlink_to(tmp_path / "secret" / "s.txt")
    (corpus / "away").symlink_to(tmp_path / "secret")
    (corpus / "c.txt").symlink_to(tmp_path / "secret" / "s.txt")
    (corpus / "c.ann").write_text("T1\tPer 0 6\tNobody\n")
    (corpus / "in.txt").symlink_to(corpus / "deep" / "b.txt")
    report, _ = import_files(project, [corpus], ImportOptions(new_labels="add"))
    assert [article.title for article in project.rows.articles()] == ["a", "b"]
    told = {case.kind: case.where for case in report.of("unheld")}
    assert set(told["link"]) == {"out.txt", "away", "c.txt"}
    assert set(told["file"]) == {"c.ann", "notes.md"}


_BESIDE: dict[str, tuple[str, str, str]] = {
    "annotation.conf": ("a.ann", "T1\tPer 0 4\tAnna\n", "[entities]\nSecret\n"),
    "visual.conf": ("a.ann", "T1\tPer 0 4\tAnna\n", "[labels]\nPer | Secret\n"),
    "label_config.xml": (
        "a.json",
        '[{"data": {"text": "Anna left."}, "annotations": [{"result": []}]}]',
        '<View><Labels><Label value="Secret"/></Labels></View>',
    ),
    "SecretSchema.xml": (
        "a.xml",
        "<GateDocument><TextWithNodes>Anna left.</TextWithNodes><AnnotationSet/></GateDocument>",
        '<schema><element name="Secret"/></schema>',
    ),
}


@pytest.mark.parametrize("name", _BESIDE)
def test_what_is_read_beside_a_file_is_not_read_through_a_link_that_leads_out(
    name: str, tmp_path: Path, project: Project
) -> None:
    file, said, secret = _BESIDE[name]
    folder = tmp_path / "corpus"
    for path, words in ((folder / file, said), (tmp_path / "out" / name, secret)):
        path.parent.mkdir()
        path.write_text(words)
    if file == "a.ann":
        (folder / "a.txt").write_text("Anna left.")
    if name == "visual.conf":
        (folder / "annotation.conf").write_text("[entities]\nPer\n")
    (folder / name).symlink_to(tmp_path / "out" / name)
    report, _ = import_files(project, [folder], ImportOptions(new_labels="add"))
    assert report.articles == 1
    assert not any("Secret" in (label.name, label.title) for label in project.scheme.labels)
    assert [case.where for case in report.of("unheld") if case.kind == "link"] == [(name,)]
    (folder / name).unlink()
    (folder / name).write_text(secret)
    with Project.create(tmp_path / "other.rubric", project.me, Scheme()) as other:  # where it is no link, it is read
        import_files(other, [folder], ImportOptions(new_labels="add"))
        assert any("Secret" in (label.name, label.title) for label in other.scheme.labels)


def test_texts_that_tell_of_the_files_are_passed_over(tmp_path: Path, project: Project) -> None:
    papers = ("README.txt", "readme_first.txt", "LICENSE.txt", "LICENCE-CC-BY.txt", "NOTE.txt", "annotation.conf")
    others = ("note_001.txt", "license-row.txt", "readmission.txt")
    for name in (*papers, *others):
        (tmp_path / "c").mkdir(exist_ok=True)
        (tmp_path / "c" / name).write_text(f"This is {name}.\n")
    (tmp_path / "c" / "doc.conll").write_text("Anna B-PERSON\n\n")
    report, _ = import_files(project, [tmp_path / "c"], ImportOptions())
    assert report.articles == len(others) + 1
    assert {case.kind: set(case.where) for case in report.of("unheld")} == {"paper": {*papers}}
    report, _ = import_files(project, [tmp_path / "c" / "README.txt"], ImportOptions())
    assert report.articles == 1, "whoever names it means it"


def test_files_of_one_name_say_where_they_lie(tmp_path: Path, project: Project) -> None:
    for name in ("a", "b", "c/deep"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "doc.txt").write_text(f"Anna met Ben in {name}.")
        (tmp_path / "in" / name / "doc.ann").write_text("T1\tPERSON 0 4\tAnna\nT2\tPERSON 5 5\t\n")
    (tmp_path / "in" / "b" / "doc.ann").write_text("T1\tPERSON 0 4\tBern\n")
    report, _ = import_files(project, [tmp_path / "in"], ImportOptions())
    told = {case.kind: case.where for case in report.of("refused")}
    assert told["empty"] == ("a/doc.ann, line 2", "c/deep/doc.ann, line 2")
    assert [words.partition(":")[0] for words in told["damaged"]] == ["b/doc.ann, line 1"]
    found = find_sources([tmp_path / "in" / "a", tmp_path / "in" / "b" / "doc.ann", tmp_path / "in" / "c"])
    assert sorted(found.names().values()) == ["a/doc.ann", "b/doc.ann", "deep/doc.ann"]


def test_a_folder_that_may_not_be_opened_is_refused_alone(
    corpus: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def closed(path: Any) -> Any:
        if Path(path).name == "deep":
            raise PermissionError(13, "no", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    report, _ = import_files(project, [corpus], ImportOptions(new_labels="add"))
    damaged = [case.where for case in report.of("refused") if case.kind == "damaged"]
    assert damaged == [("deep cannot be read: you may not open it",)]
    assert report.articles == 1


def test_files_of_one_name_are_told_apart(tmp_path: Path, project: Project) -> None:
    for name in ("one", "two"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "data.jsonl").write_text("{\n" if name == "two" else '{"text": "Anna."}\n')
    report, _ = import_files(project, [tmp_path / "in"], ImportOptions())
    [place] = report.of("refused")[0].where
    assert place.startswith("two/data.jsonl, line 1: ")
