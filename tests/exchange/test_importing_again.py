"""Imports of what was imported before: the file's changes come in, and what a person changed here since stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.formats import make

from rubricator import formats
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.incoming import import_files
from rubricator.exchange.outgoing import export
from rubricator.exchange.sources import find_sources
from rubricator.formats.base import WriteOptions
from rubricator.model.scheme import Label, Scheme
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

TEXT = "Anna Berg met Ben in Rome."
SCHEME = Scheme(labels=tuple(Label(name, name, name[:4]) for name in ("PER", "ORG", "LOC")))
FILE = {
    "id": "a",
    "text": TEXT,
    "layers": [
        {
            "annotator": "eve",
            "status": "doing",
            "annotations": [
                {"id": "anna", "label": "PER", "start": 0, "end": 9, "note": "n", "attributes": {"x": "1", "y": "1"}},
                {"id": "ben", "label": "PER", "start": 14, "end": 17},
            ],
            "topics": [{"topic": "t", "note": "why"}],
            "relations": [{"id": "r", "label": "met", "from": "anna", "to": "ben"}],
            "comments": [{"id": "c", "on": "anna", "text": "Sure?"}],
        }
    ],
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.rubric", Settings().me(), SCHEME) as made:
        yield made
        assert [finding for finding in made.check(full=True) if finding.damage] == []


Import = Callable[..., ImportReport]


@pytest.fixture
def bring(tmp_path: Path, project: Project) -> Import:
    """Import the file, changed as `change` says."""

    def run(change: Callable[[Any], None] = lambda _layer: None, **options: Any) -> ImportReport:
        value = json.loads(json.dumps(FILE))
        change(value["layers"][0])
        (tmp_path / "f.jsonl").write_text(json.dumps(value))
        return import_files(project, [tmp_path / "f.jsonl"], ImportOptions(new_labels="add", **options))[0]

    return run


def eve(project: Project) -> str:
    return next(one.id for one in project.rows.annotators() if one.name == "eve")


def layer(project: Project) -> dict[str, Annotation]:
    return {one.id: one for one in project.rows.annotations("a", eve(project))}


def rows(project: Project) -> int:
    return len(project.history(1000)[0:])


def kept(report: ImportReport) -> list[tuple[str, str]]:
    return [(case.kind, place.partition(": ")[2]) for case in report.of("kept") for place in case.where]


def as_eve(project: Project) -> Project:
    """Return the project in eve's hands."""
    return Project.open(project.path, Settings().me()._replace(annotator=eve(project), name="eve"))


def test_the_same_again_changes_nothing(project: Project, bring: Import) -> None:
    bring()
    before = rows(project), project.rows.sizes()
    report = bring()
    assert (rows(project), project.rows.sizes()) == before
    assert (report.articles, report.known, kept(report)) == (0, 1, [])
    assert (report.annotations, report.added, report.changed) == (2, 0, 0)
    words = "1 article was here already; annotations new in it: 0, changed: 0."
    assert words in map(say, report.lines())


def test_what_a_person_changed_stays_and_the_same_file_says_nothing_against_it(project: Project, bring: Import) -> None:
    bring()
    with as_eve(project) as mine:
        mine.relabel(layer(mine)["anna"], "ORG")
        mine.write_note(layer(mine)["anna"], "mine")
        mine.delete([layer(mine)["ben"]])
    before = rows(project)
    report = bring()
    assert rows(project) == before
    assert {uid: (one.label, one.note) for uid, one in layer(project).items()} == {"anna": ("ORG", "mine")}
    assert kept(report) == [("deleted", "annotation PER “Ben”"), ("deleted", "relation met")]
    assert say(report.of("kept")[0].what) == "2 things that the files hold were deleted here since, and stay deleted"


def test_changes_of_the_file_come_in_beside_those_of_a_person(project: Project, bring: Import) -> None:
    bring()
    with as_eve(project) as mine:
        mine.relabel(layer(mine)["anna"], "ORG")

    def other(layer: Any) -> None:
        layer["annotations"][0] |= {"note": "other", "attributes": {"x": "2", "y": "1"}}
        layer["annotations"][1]["label"] = "LOC"
        layer["annotations"].append({"id": "rome", "label": "LOC", "start": 21, "end": 25})
        layer["topics"][0]["note"] = "because"
        layer["status"] = "done"

    report = bring(other)
    assert kept(report) == []
    assert (report.added, report.changed) == (1, 2)
    found = layer(project)
    assert (found["anna"].label, found["anna"].note, dict(found["anna"].attributes)) == (
        "ORG", "other", {"x": "2", "y": "1"},
    )  # fmt: skip
    assert (found["ben"].label, found["rome"].label) == ("LOC", "LOC")
    assert [tag.note for tag in project.rows.tags("a", eve(project))] == ["because"]
    assert project.rows.layer("a", eve(project)).status == "done"
    project.undo()
    found = layer(project)
    assert (found["anna"].label, found["anna"].note, found["ben"].label) == ("ORG", "n", "PER")


def test_what_clashes_is_told_and_stays(project: Project, bring: Import) -> None:
    bring()
    with as_eve(project) as mine:
        mine.relabel(layer(mine)["anna"], "ORG")
        mine.attributes.set([layer(mine)["anna"]], "x", "mine")

    def other(layer: Any) -> None:
        layer["annotations"][0] |= {"label": "LOC", "attributes": {"x": "2", "y": "2"}}

    report = bring(other)
    assert kept(report) == [
        ("clash", "annotation ORG “Anna Berg”: attributes.x: 2 ↔ mine"),
        ("clash", "annotation ORG “Anna Berg”: label: LOC ↔ ORG"),
    ]
    anna = layer(project)["anna"]
    assert (anna.label, dict(anna.attributes)) == ("ORG", {"x": "mine", "y": "2"})
    report = bring(other, clash="take")
    assert (report.added, report.changed) == (0, 1)
    anna = layer(project)["anna"]
    assert (anna.label, dict(anna.attributes)) == ("LOC", {"x": "2", "y": "2"})


def test_what_a_person_took_back_is_as_if_it_never_was(project: Project, bring: Import) -> None:
    bring()
    with as_eve(project) as mine:
        mine.relabel(layer(mine)["anna"], "ORG")
        mine.undo()
    report = bring(lambda layer: layer["annotations"][0].update(label="LOC"))
    assert kept(report) == []
    assert layer(project)["anna"].label == "LOC"


def test_what_was_made_here_and_undone_does_not_keep_a_file_out(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anna met Ben.")
    import_files(project, [tmp_path / "a.txt"], ImportOptions())
    (article,) = project.rows.articles()
    spans = {"PER": Span.of(0, 4), "LOC": Span.of(9, 12)}
    project.annotate(article.id, "PER", [spans["PER"]])
    project.undo()
    project.annotate(article.id, "LOC", [spans["LOC"]])
    project.delete(project.annotations(article.id))
    project.undo()
    project.redo()  # deleted after all
    project.entities.add([project.entities.new("Ben", "PER")])
    project.undo()
    assert list(project.rows.gone_entities()) == []
    lines = "".join(
        f"T{n}\t{label} {at.start} {at.end}\t{'Anna' if n else 'Ben'}\n"
        for n, (label, at) in enumerate(reversed(spans.items()))
    )
    (tmp_path / "a.ann").write_text(lines)
    report, _ = import_files(project, [tmp_path / "a.ann"], ImportOptions())
    assert [one.label for one in project.annotations(article.id)] == ["PER"]
    assert kept(report) == [("deleted", "annotation LOC “Ben”")]


def test_a_second_import_is_the_files_too(project: Project, bring: Import) -> None:
    bring()
    for label in ("LOC", "ORG", "PER"):
        report = bring(lambda layer, label=label: layer["annotations"][0].update(label=label))
        assert kept(report) == []
        assert layer(project)["anna"].label == label


def test_an_import_that_was_undone_comes_in_again(project: Project, bring: Import) -> None:
    bring()
    sizes = project.rows.sizes()
    project.undo()
    report = bring()
    assert (report.articles, kept(report)) == (1, [])
    assert {**project.rows.sizes(), "edits": 0} == {**sizes, "edits": 0}


def test_a_layer_whose_import_was_undone_comes_in_again(project: Project, bring: Import, tmp_path: Path) -> None:
    (tmp_path / "bare.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}))
    import_files(project, [tmp_path / "bare.jsonl"], ImportOptions())
    bring()
    project.undo()
    assert project.rows.sizes()["annotations"] == 0
    report = bring()
    assert kept(report) == []
    assert (report.added, report.changed) == (2, 0), "they come back"
    assert sorted(one.quote for one in layer(project).values()) == ["Anna Berg", "Ben"]


def test_what_was_made_here_and_changed_in_its_export_comes_in(project: Project, tmp_path: Path) -> None:
    (tmp_path / "bare.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}))
    import_files(project, [tmp_path / "bare.jsonl"], ImportOptions())
    project.annotate("a", "PER", [Span(((0, 9),))])
    export(project, tmp_path / "out.jsonl", ExportOptions("jsonl"))
    before = rows(project)
    import_files(project, [tmp_path / "out.jsonl"], ImportOptions())
    assert rows(project) == before, "an export is what is here"
    (tmp_path / "out.jsonl").write_text((tmp_path / "out.jsonl").read_text().replace('"label":"PER"', '"label":"ORG"'))
    import_files(project, [tmp_path / "out.jsonl"], ImportOptions(new_labels="add"))
    [one] = project.annotations("a")
    assert one.label == "ORG"


def test_a_file_that_was_made_of_what_stands_here_may_change_it(
    project: Project, tmp_path: Path, bring: Import
) -> None:
    bring()
    with as_eve(project) as mine:
        mine.relabel(layer(mine)["anna"], "ORG")
    export(project, tmp_path / "out.jsonl", ExportOptions("jsonl"))
    (tmp_path / "out.jsonl").write_text((tmp_path / "out.jsonl").read_text().replace('"label":"ORG"', '"label":"LOC"'))
    report, _ = import_files(project, [tmp_path / "out.jsonl"], ImportOptions(new_labels="add"))
    assert kept(report) == []
    assert layer(project)["anna"].label == "LOC"


@pytest.mark.parametrize("key", [one.key for one in formats.FORMATS if one.reads and one.writes])
def test_every_format_again_takes_nothing_back(key: str, project: Project, tmp_path: Path) -> None:
    writer, spec = formats.writer(key), formats.spec(key)
    header, samples = make.samples()
    records = samples if writer.all_layers else make.one_layer(samples)
    out = tmp_path / ("out" if spec.folder else f"out{spec.suffixes[0]}")
    writer.write(header, records, out, WriteOptions())
    paths = [path for path, _key in find_sources([out], key).files]
    options = ImportOptions(format=key, new_labels="add")
    import_files(project, paths, options)
    layers = [(one.id, them.annotator) for one in project.rows.articles() for them in project.rows.layers(one.id)]
    for article, annotator in layers:
        if spans := project.rows.annotations(article, annotator):
            project.delete(spans[:1])
            if len(spans) > 1:
                project.write_note(spans[1], "mine")
    sizes, before = project.rows.sizes(), rows(project)
    import_files(project, paths, options)
    assert (project.rows.sizes(), rows(project)) == (sizes, before)


@pytest.mark.parametrize("key", ["brat", "doccano", "webanno", "gate-xml", "bdoc", "xmi", "cas-json", "bioc", "w3c"])
def test_what_one_exported_comes_back_as_what_it_is(key: str, tmp_path: Path) -> None:
    """These formats do not hold our ids, and yet nothing stands twice afterwards; what is new comes in."""
    with Project.create(tmp_path / "p.rubric", Settings().me(), SCHEME) as project:
        (tmp_path / "a.txt").write_text(TEXT)
        import_files(project, [tmp_path / "a.txt"], ImportOptions())
        [article] = [one.id for one in project.rows.articles()]
        project.annotate(article, "PER", [Span.of(0, 9), Span.of(14, 17)])
        project.write_note(project.annotations(article)[0], "a note")
        out = tmp_path / ("out" if formats.spec(key).folder else f"out{formats.spec(key).suffixes[0]}")
        export(project, out, ExportOptions(key))
        project.annotate(article, "LOC", [Span.of(21, 25)])
        before = rows(project)
        paths = [path for path, _key in find_sources([out], key).files]
        report, _ = import_files(project, paths, ImportOptions(format=key))
        assert report.standing == 2
        assert rows(project) == before
        [ben] = [one for one in project.annotations(article) if one.quote == "Ben"]
        project.delete([ben])
        report, _ = import_files(project, paths, ImportOptions(format=key))
        assert report.standing == 1
        assert [one for one, _ in kept(report)] == ["deleted"]
        assert sorted(one.quote for one in project.annotations(article)) == ["Anna Berg", "Rome"]
        import_files(project, paths, ImportOptions(format=key, clash="take"))
        assert sorted(one.quote for one in project.annotations(article)) == ["Anna Berg", "Ben", "Rome"]


HEADER = {
    "rubricator": 1,
    "kind": "project",
    "entities": [{"id": "e1", "name": "Anna Berg"}, {"id": "e2", "name": "A. Berg"}, {"id": "e3", "name": "Ben"}],
}


def write_linked(file: Path, **links: str) -> Path:
    """Write an article whose words are linked to entities."""
    places = {"anna": (0, 9), "ben": (14, 17), "rome": (21, 25)}
    annotations = [
        {"id": name, "label": "PER", "start": places[name][0], "end": places[name][1], "entity": entity}
        for name, entity in links.items()
    ]
    layers = [{"annotator": "eve", "annotations": annotations}]
    file.write_text(json.dumps(HEADER) + "\n" + json.dumps({"id": "a", "text": TEXT, "layers": layers}))
    return file


def test_an_entity_that_a_person_took_off_the_list_stays_off_it(project: Project, tmp_path: Path) -> None:
    file = write_linked(tmp_path / "f.jsonl", anna="e2", ben="e3")
    import_files(project, [file], ImportOptions())
    one, other, ben = (project.entities.get(uid) for uid in ("e1", "e2", "e3"))
    assert one
    assert other
    assert ben
    project.entities.merge(one, [other])
    project.entities.delete(ben)
    before = rows(project)
    report, _ = import_files(project, [file], ImportOptions())
    assert rows(project) == before
    assert [entity.id for entity in project.entities.all()] == ["e1"]
    assert kept(report) == [("deleted", "entity Ben"), ("joined-entity", "entity A. Berg")]
    assert (report.entities, {uid: a.entity for uid, a in layer(project).items()}) == (0, {"anna": "e1", "ben": ""})
    # what is new in the file links to what its entity was put into, or to none
    import_files(project, [write_linked(file, anna="e2", ben="e3", rome="e2")], ImportOptions())
    assert layer(project)["rome"].entity == "e1"
    import_files(project, [file], ImportOptions(clash="take"))
    assert {entity.id for entity in project.entities.all()} == {"e1", "e2", "e3"}
    assert {uid: a.entity for uid, a in layer(project).items()} == {"anna": "e2", "ben": "e3", "rome": "e2"}


def test_an_entity_that_was_put_into_one_that_went_elsewhere_is_that_one(project: Project, tmp_path: Path) -> None:
    file = write_linked(tmp_path / "f.jsonl", anna="e1")
    import_files(project, [file], ImportOptions())
    one, two, three = (project.entities.get(uid) for uid in ("e1", "e2", "e3"))
    assert one
    assert two
    assert three
    project.entities.merge(two, [one])
    project.entities.merge(three, [two])
    import_files(project, [write_linked(file, anna="e1", ben="e1")], ImportOptions())
    assert {uid: a.entity for uid, a in layer(project).items()} == {"anna": "e3", "ben": "e3"}
    project.undo()
    project.undo()  # the second merging
    import_files(project, [file], ImportOptions())
    assert layer(project)["ben"].entity == "e2"


def test_an_entity_whose_import_was_undone_comes_in_again(project: Project, tmp_path: Path) -> None:
    file = write_linked(tmp_path / "f.jsonl", anna="e1")
    import_files(project, [file], ImportOptions())
    project.undo()
    import_files(project, [file], ImportOptions())
    assert len(project.entities.all()) == 3


def test_an_entity_is_known_by_its_external_id_though_it_was_deleted(project: Project, tmp_path: Path) -> None:
    def write(uid: str) -> Path:
        entity = {"id": uid, "name": "Anna", "external": "wikidata:Q1"}
        (tmp_path / "f.jsonl").write_text(json.dumps({"rubricator": 1, "kind": "project", "entities": [entity]}))
        return tmp_path / "f.jsonl"

    import_files(project, [write("x")], ImportOptions())
    [anna] = project.entities.all()
    project.entities.delete(anna)
    import_files(project, [write("y")], ImportOptions())
    assert project.entities.all() == []


def test_a_file_that_numbers_by_place_brings_back_nothing(project: Project, tmp_path: Path) -> None:
    """Of a table of spans with another one before it, each has another number than before."""

    def write(*spans: tuple[int, int]) -> Path:
        layers = [{"annotator": "eve", "annotations": [{"label": "PER", "start": a, "end": b} for a, b in spans]}]
        (tmp_path / "f.jsonl").write_text(json.dumps({"id": "a", "text": TEXT, "layers": layers}))
        return tmp_path / "f.jsonl"

    import_files(project, [write((14, 17))], ImportOptions())
    project.delete(list(layer(project).values()))
    report, _ = import_files(project, [write((0, 9), (14, 17))], ImportOptions())
    assert [a.quote for a in layer(project).values()] == ["Anna Berg"]
    assert kept(report) == [("deleted", "annotation PER “Ben”")]
