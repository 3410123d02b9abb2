"""An import that is looked at first: in at once where nothing is to be told, else dry, with all that is to be told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.looking import encoded, look_over
from rubricator.exchange.schemes import scheme_named
from rubricator.project import Project

TEXT = "Anna Lebrune flew from Bonn to Port Velis."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.rubric", making.ANNA, scheme_named("news")) as made:
        yield made


def article(**layers: list[tuple[str, int, int]]) -> str:
    said = [
        {"annotator": name, "annotations": [{"label": x, "start": start, "end": end} for x, start, end in spans]}
        for name, spans in layers.items()
    ]
    return json.dumps({"text": TEXT, "layers": said}) + "\n"


def test_articles_alone_are_in_after_the_look(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT + "\r\n", "utf-8")
    look = look_over(project, [tmp_path / "a.txt"], ImportOptions())
    assert (look.report.dry, look.report.articles, project.rows.count_articles()) == (False, 1, 1)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("layer.jsonl", article(anna=[("PERSON", 0, 4)]).encode()),
        ("unknown.jsonl", article(anna=[("RUMOUR", 0, 4)]).encode()),
        ("guess.txt", "Köln liegt am Rhein.".encode("cp1252")),
        ("folder", b""),
    ],
)
def test_what_leaves_something_to_tell_is_not_in(project: Project, tmp_path: Path, name: str, data: bytes) -> None:
    source = tmp_path / name
    if name == "folder":  # one file of it has no place with us
        source.mkdir()
        (source / "a.txt").write_text(TEXT, "utf-8")
        (source / "b.docx").write_bytes(b"PK")
    else:
        source.write_bytes(data)
    look = look_over(project, [source], ImportOptions())
    assert (look.report.dry, look.report.articles, project.rows.count_articles()) == (True, 1, 0)
    assert bool(look.guesses) is (name == "guess.txt")


def test_the_look_counts_files_layers_and_labels(project: Project, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(article(anna=[("RUMOUR", 0, 4)], berta=[("RUMOUR", 0, 4), ("PERSON", 0, 4)]), "utf-8")
    report = look_over(project, [source], ImportOptions()).report
    assert report.files == {"jsonl": 1}
    assert report.layers == {"anna": 1, "berta": 1}
    assert report.unknown == {"RUMOUR": "in.jsonl, line 1"}
    assert report.found == {"RUMOUR": 2, "PERSON": 1}


def test_the_scheme_that_is_taken_over_is_told(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    head = {
        "rubricator": 1,
        "kind": "project",
        "scheme": {"rubricator-scheme": 1, "name": "Mine", "labels": [{"name": "RUMOUR"}]},
    }
    source.write_text(json.dumps(head) + "\n" + article(anna=[("RUMOUR", 0, 4)]), "utf-8")
    with Project.create(tmp_path / "p.rubric", making.ANNA, scheme_named("news"), provisional=["scheme"]) as made:
        report = look_over(made, [source], ImportOptions()).report
    assert report.scheme == ("Mine", 1)
    assert not report.unknown


def test_a_guess_that_does_not_fit_is_told_with_it(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("台灣總統蔡英文在台北說話。".encode("big5"))
    (tmp_path / "a.ann").write_text("T1\tPERSON 4 7\t蔡英文\n", "utf-8")
    look = look_over(project, [tmp_path / "a.ann"], ImportOptions())
    assert look.trouble is not None
    again = look_over(project, [tmp_path / "a.ann"], encoded(ImportOptions(), look.guesses, "big5"))
    assert again.trouble is None
    assert again.report.annotations == 1


def test_a_damaged_file_is_refused_as_ever(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{", "utf-8")
    with pytest.raises(UserError, match=r"a\.jsonl, line 1"):
        look_over(project, [tmp_path / "a.jsonl"], ImportOptions())


def test_an_annotator_can_be_named_by_id(project: Project, tmp_path: Path) -> None:
    """Two may have one name: the dialog means one of them."""
    source = tmp_path / "in.jsonl"
    source.write_text(article(berta=[("PERSON", 0, 4)]), "utf-8")
    import_files(project, [source], ImportOptions(annotator=project.me.annotator))
    (one,) = project.rows.articles()
    assert [layer.annotator for layer in project.rows.layers(one.id)] == [project.me.annotator]
