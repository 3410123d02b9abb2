"""Files that hold the work of several: each comes in as the layer of whoever made it, where the file or its place says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rubricator.errors import UserError
from rubricator.exchange import owners
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.hub import packets
from rubricator.model.edits import Add, Edit
from rubricator.model.ids import new_id
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.verbs.annotators import told_apart

TEXT = "Anna Lebrune left Port Velis."
LINES = {
    "doccano": {"text": TEXT, "label": [[0, 12, "PERSON"]]},
    "prodigy": {"text": TEXT, "spans": [{"start": 0, "end": 12, "label": "PERSON"}], "answer": "accept"},
}
EMPTY = {"doccano": {"text": TEXT, "label": []}, "prodigy": {"text": TEXT, "spans": [], "answer": "accept"}}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme(), provisional=["scheme"]) as made:
        yield made


def take_in(project: Project, *sources: Path) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Import; return the kind and what is said by the name of the annotator, all of one article."""
    import_files(project, sources, ImportOptions(new_labels="add"))
    [article] = project.rows.articles()
    people = {one.id: one for one in project.rows.annotators()}
    return {
        people[layer.annotator].name: (
            people[layer.annotator].kind,
            [(one.label, one.quote) for one in project.annotations(article.id, layer.annotator)],
        )
        for layer in project.rows.layers(article.id)
    }


def jsonl(path: Path, *values: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")
    return path


@pytest.mark.parametrize("key", LINES)
@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ({"worker_id": 7}, {"worker_id": 11}, ["worker 7", "worker 11"]),
        ({"annotator": "anna"}, {"annotator": "ben"}, ["anna", "ben"]),
        ({"completed_by": 1}, {"completed_by": 2}, ["user 1", "user 2"]),
    ],
)
def test_a_line_for_each_worker(
    project: Project, tmp_path: Path, key: str, first: dict[str, Any], second: dict[str, Any], names: list[str]
) -> None:
    found = take_in(project, jsonl(tmp_path / "a.jsonl", LINES[key] | first, EMPTY[key] | second))
    assert found == {names[0]: ("human", [("PERSON", "Anna Lebrune")]), names[1]: ("human", [])}
    [article] = project.rows.articles()
    assert not {*first, *second} & article.meta.keys()
    # Who found nothing has judged all the same.
    assert [layer.status for layer in project.rows.layers(article.id)] == ["done", "done"]
    assert len(project.review.annotators(article.id)) == 2


def test_an_annotation_says_whose_it_is_in_the_line_of_another(project: Project, tmp_path: Path) -> None:
    spans = [
        {"start_offset": 0, "end_offset": 12, "label": "PERSON", "worker_id": 3},
        {"start_offset": 18, "end_offset": 28, "label": "CITY"},
    ]
    found = take_in(project, jsonl(tmp_path / "a.jsonl", {"text": TEXT, "entities": spans, "annotator": "anna"}))
    assert found == {
        "worker 3": ("human", [("PERSON", "Anna Lebrune")]),
        "anna": ("human", [("CITY", "Port Velis")]),
    }


@pytest.mark.parametrize("key", LINES)
def test_what_names_nobody_stays_metadata(project: Project, tmp_path: Path, key: str) -> None:
    [name] = take_in(project, jsonl(tmp_path / "a.jsonl", LINES[key] | {"annotator": ["a", "b"], "worker": True}))
    assert name == Settings().me().name
    [article] = project.rows.articles()
    assert (article.meta["annotator"], article.meta["worker"]) == (["a", "b"], True)


HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Name|value\n\n\n#Text=Anna left Bonn\n"


def tsv(first: str, last: str) -> str:
    return f"{HEAD}1-1\t0-4\tAnna\t{first}\n1-2\t5-9\tleft\t_\n1-3\t10-14\tBonn\t{last}\n"


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """Return a project as INCEpTION exports it: a folder for each document, and in it a file for each user."""
    root = tmp_path / "export"
    for place, words in {
        "annotation/one.txt/user1.tsv": tsv("PERSON", "_"),
        "annotation/one.txt/admin.tsv": tsv("PERSON", "CITY"),
        "annotation/one.txt/eva.conll": "Anna B-PERSON\nleft O\nBonn B-COUNTRY\n",
        "annotation/one.txt/INITIAL_CAS.tsv": tsv("_", "PLACE"),
        "curation/one.txt/CURATION_USER.tsv": tsv("PERSON", "CITY"),
    }.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(words, "utf-8")
    return root


def test_the_files_of_an_exported_project_are_layers_by_their_names(project: Project, exported: Path) -> None:
    assert take_in(project, exported) == {
        "user1": ("human", [("PERSON", "Anna")]),
        "admin": ("human", [("PERSON", "Anna"), ("CITY", "Bonn")]),
        "eva": ("human", [("PERSON", "Anna"), ("COUNTRY", "Bonn")]),
        "INITIAL_CAS": ("model", [("PLACE", "Bonn")]),
        "curation": ("gold", [("PERSON", "Anna"), ("CITY", "Bonn")]),
    }
    assert [article.title for article in project.rows.articles()] == ["one"]


def test_one_of_them_alone_and_from_within(project: Project, exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(exported / "annotation/one.txt")
    assert list(take_in(project, Path("user1.tsv"))) == ["user1"]


def test_another_folder_says_nothing(project: Project, exported: Path) -> None:
    (exported / "annotation").rename(exported / "work")
    assert {*take_in(project, exported)} == {Settings().me().name, "curation"}


def test_a_folder_of_that_name_says_nothing_of_other_formats(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "annotation" / "batch"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("Anna left.\n")
    (folder / "one.ann").write_text("T1\tPERSON 0 4\tAnna\n")
    assert [*take_in(project, folder)] == [Settings().me().name]


def test_the_crowd_of_a_real_corpus(project: Project, corpora: Path) -> None:
    import_files(project, [corpora / "btc-gate-crowd/e.gatexml"], ImportOptions(new_labels="add"))
    workers = [one for one in project.rows.annotators() if one.name.startswith("worker ")]
    assert len(workers) == 33
    marked = sum(len(project.annotations(article.id, who.id)) for article in project.rows.articles() for who in workers)
    files = (corpora / "btc-gate-crowd/e.gatexml").iterdir()
    assert marked == sum(path.read_text("utf-8").count(">worker_id<") for path in files) > 200
    walk = project.review.queue.walk([one.id for one in workers])
    patterns = {one.pattern for stretch in walk for one in stretch.waiting}
    assert {pattern[0] for pattern in patterns} == {"only", "label", "attribute"}
    # What a worker wrote beside a mark is compared, the numbers of their judgments are not.
    assert {pattern[2] for pattern in patterns if pattern[0] == "attribute"} == {"comment"}
    names = {one.name: one.id for one in workers}
    two = [names["worker 21350475"], names["worker 18798523"]]  # both were asked for places
    found = list(project.review.queue.walk(two))
    assert sum(stretch.agreements for stretch in found) > sum(len(stretch.waiting) for stretch in found)


def namesakes(project: Project) -> tuple[str, str, str]:
    """Have three called “ada” join: two persons and a model; return their ids, the model last."""
    model = new_id()
    project.apply(Edit("annotator", (Add("annotator", model, {"name": "ada", "kind": "model"}),), "", {"name": "ada"}))
    return project.join("ada"), project.join("ada"), model


def layers_by(name: str, kind: str = "human") -> dict[str, Any]:
    said = {"label": "PERSON", "start": 0, "end": 12}
    return {"text": TEXT, "layers": [{"annotator": name, "kind": kind, "annotations": [said]}]}


def test_a_name_that_several_have_makes_nobody_new(project: Project, tmp_path: Path) -> None:
    namesakes(project)
    before = project.rows.annotators()
    called = [name for name in told_apart(before).values() if name.startswith("ada (")]
    assert len(called) == 3
    with pytest.raises(UserError, match="line 1: it names “ada”, and 3 annotators are called so") as caught:
        take_in(project, jsonl(tmp_path / "a.jsonl", layers_by("ada", "gold")))
    assert all(f"“{name}”" in str(caught.value) for name in called)
    assert project.rows.annotators() == before
    assert project.rows.count_articles() == 0


def test_namesakes_are_named_by_kind_or_id_or_as_we_tell_them_apart(project: Project, tmp_path: Path) -> None:
    first, second, model = namesakes(project)
    before = project.rows.annotators()
    files = [
        jsonl(tmp_path / "kind.jsonl", layers_by("ada", "model")),
        jsonl(tmp_path / "id.jsonl", layers_by(first)),
        jsonl(tmp_path / "told.jsonl", layers_by(told_apart(before)[second])),
    ]
    import_files(project, files, ImportOptions(new_labels="add"))
    assert project.rows.annotators() == before
    [article] = project.rows.articles()
    assert {layer.annotator for layer in project.rows.layers(article.id)} == {first, second, model}


def test_thousands_who_annotate_an_article_are_not_each_held_against_all(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight thousand of them, in half a megabyte, took a minute."""
    asked: list[int] = []
    real = told_apart

    def told(people: Any) -> dict[str, str]:
        there = [*people]
        asked.append(len(there))
        return real(there)

    monkeypatch.setattr("rubricator.exchange.owners.told_apart", told)
    monkeypatch.setattr(
        "rubricator.exchange.annotators.everybody",
        lambda of: asked.append(0) or owners.everybody(of),  # type: ignore[func-returns-value]
    )
    layers = [layers_by(f"worker {n}")["layers"][0] for n in range(500)]
    take_in(project, jsonl(tmp_path / "a.jsonl", {"id": "a", "text": TEXT, "layers": layers}))
    assert len(project.rows.annotators()) >= 500
    assert asked == [0]


def test_who_works_in_a_copy_is_meant_by_their_name_there(project: Project, tmp_path: Path) -> None:
    first, _second, _model = namesakes(project)
    import_files(project, [jsonl(tmp_path / "t.jsonl", {"text": TEXT})], ImportOptions())
    [article] = project.rows.articles()
    person = next(one for one in project.rows.annotators() if one.id == first)
    packets.pack(project, tmp_path / "p.rubpack", person, [article.id])
    with packets.open_packet(tmp_path / "p.rubpack", tmp_path / "copy.rubric", "elsewhere") as copy:
        copy.join("ada")  # a file that was taken in may have brought one
        import_files(copy, [jsonl(tmp_path / "w.jsonl", layers_by("ada"))], ImportOptions(new_labels="add"))
        assert [layer.annotator for layer in copy.rows.layers(article.id)] == [first]
