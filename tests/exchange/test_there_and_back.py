"""Import and export through a project: the same bytes again, nothing twice, nothing lost, and all of it or nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.making import ANNA, BEN, make, news, ticking

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange import incoming
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.incoming import ImportOptions, ImportReport, import_files
from rubricator.exchange.outgoing import check_folder, export
from rubricator.exchange.progress import CancelledError
from rubricator.exchange.schemes import put_scheme
from rubricator.formats.base import Header, Record, WriteOptions
from rubricator.model.scheme import Label, Scheme, Topic
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.store import check
from rubricator_resources import path as resource

SAMPLES = resource("samples/samples.jsonl")
TEXT = "Anna Lebrune flew from Bonn to Port Velis."
Line = dict[str, Any]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make(tmp_path / "p.rubric") as made:
        yield made


def fresh(
    path: Path, me: Any = ANNA, scheme: Scheme | None = None, provisional: Iterable[str] = ("name", "scheme")
) -> Project:
    return Project.create(path, me, scheme or news(), provisional=list(provisional), clock=ticking())


def annotation(uid: str, start: int = 0, end: int = 12, label: str = "PERSON", **more: Any) -> Line:
    return {"id": uid, "label": label, "start": start, "end": end, **more}


def layer(name: str, *annotations: Line, **more: Any) -> Line:
    return {"annotator": name, "annotations": list(annotations), **more}


def article(uid: str, *layers: Line, text: str = TEXT, **more: Any) -> Line:
    return {"id": uid, "text": text, "layers": list(layers), **more}


def write(path: Path, *lines: Line) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def bring(project: Project, *lines: Line, **options: Any) -> ImportReport:
    source = write(project.path.with_name("in.jsonl"), *lines)
    return import_files(project, [source], ImportOptions(**options))[0]


def jsonl(project: Project, **options: Any) -> bytes:
    out = project.path.with_name("out.jsonl")
    export(project, out, ExportOptions("jsonl", overwrite=True, **options))
    return out.read_bytes()


def exported(project: Project) -> list[Line]:
    return [json.loads(line) for line in jsonl(project).splitlines()]


def kept(project: Project) -> tuple[object, int]:
    return check.state(project._store.db), len(list(project._journal.entries()))


def sound(project: Project) -> bool:
    return not any(finding.damage for finding in project.check(full=True))


# --- the same bytes -----------------------------------------------------------------------------------------------

EVERYTHING: tuple[Line, ...] = (
    {
        "rubricator": 1,
        "kind": "project",
        "name": "All",
        "scheme": {
            "rubricator-scheme": 1,
            "name": "mine",
            "version": 7,
            "labels": [{"name": "ZED"}, {"name": "PERSON", "key": "p", "mood": "x"}, {"name": "CITY"}],
            "topics": [{"code": "t:9", "name": "Nine"}, {"code": "t:1", "name": "One", "parent": "t:9"}],
            "rules": [{"id": "r", "kind": "later", "n": 3}],
            "owner": "desk",
        },
        "annotators": [
            {"id": "zz", "name": "anna", "kind": "human", "desk": "east"},
            {"id": "3", "name": "anna", "kind": "human"},
            {"id": BEN.annotator, "name": "ben", "kind": "human"},
            {"id": "g", "name": "gold", "kind": "gold"},
            {"id": "m", "name": "robot", "kind": "model"},
        ],
        "entities": [{"id": "e1", "name": "Anna", "kind": "PER", "aliases": ["A."]}, {"id": "e0", "name": "B"}],
        "corpus": {"licence": "none"},
    },
    article(
        "b",
        layer(
            "zz",
            annotation("x", entity="e1", attributes={"sex": "f"}, note="N", score=0.5, origin="rule", exact=True),
            annotation("y", 23, 27, "CITY", colour="red", created={"by": "ben", "at": "2020-01-01T00:00:00Z"}),
            {"id": "z", "label": "ZED", "fragments": [[0, 4], [13, 17]]},
            status="done",
            flags=["odd", "long"],
            seconds=12.5,
            mood="good",
            topics=[{"topic": "t:9", "note": "sure", "evidence": ["x"], "why": 1}, {"topic": "t:1"}],
            relations=[{"id": "r1", "label": "from", "from": "x", "to": "y", "weight": 2}],
            comments=[
                {"id": "c1", "on": "x", "by": "zz", "at": "2020", "text": "Hm."},
                {"id": "c0", "on": "x", "text": "Yes.", "reply_to": "c1"},
            ],
        ),
        layer("3", annotation("x2"), status="skipped"),
        layer(BEN.annotator, annotation("x3", 13, 17, "ZED")),
        layer(
            "g", annotation("x4"), kind="gold", decisions=[{"id": "d", "outcome": "accept", "subjects": ["x", "x2"]}]
        ),
        layer("m", annotation("x5", score=0.25), kind="model"),
        title="Title",
        meta={"byline": "By", "published": "2020-01-01", "n": [1, {"a": None}]},
        zones=[{"kind": "lead", "start": 0, "end": 10}],
        cluster="k",
        page=4,
    ),
    article("a", text="Second 🙂 text\u2028here."),
    article("c", layer("zz", status="done"), text="Third."),
)


def round_trips(tmp_path: Path, lines: Iterable[Line], me: Any, **target: Any) -> list[Line]:
    with fresh(tmp_path / "first.rubric") as first:
        bring(first, *lines, new_labels="add")
        bytes_ = jsonl(first)
        again = tmp_path / "again.jsonl"
        again.write_bytes(bytes_)
    with fresh(tmp_path / "second.rubric", me, **target) as second:
        import_files(second, [again], ImportOptions())
        assert jsonl(second).decode() == bytes_.decode()
        assert sound(second)
    return [json.loads(line) for line in bytes_.splitlines()]


@pytest.mark.parametrize("me", [ANNA, BEN], ids=["anna", "ben"])
def test_everything_there_and_back_is_the_same_bytes(tmp_path: Path, me: Any) -> None:
    head, *articles = round_trips(tmp_path, EVERYTHING, me)
    assert head["name"] == "All"
    assert [x["name"] for x in head["scheme"]["labels"]] == ["ZED", "PERSON", "CITY"]
    assert [x["code"] for x in head["scheme"]["topics"]] == ["t:9", "t:1"]
    assert (head["scheme"]["owner"], head["scheme"]["version"], head["corpus"]) == ("desk", 7, {"licence": "none"})
    assert {x["id"] for x in head["annotators"]} >= {"zz", "3", BEN.annotator, "g", "m"}
    assert [x["id"] for x in head["entities"]] == ["e1", "e0"]
    assert [x["id"] for x in articles] == ["b", "a", "c"]
    layers = {x["annotator"]: x for x in articles[0]["layers"]}
    assert layers.keys() == {"zz", "3", "ben", "gold", "robot"}
    assert layers["zz"]["comments"][1] == {"id": "c0", "on": "x", "text": "Yes.", "reply_to": "c1"}
    assert layers["gold"]["decisions"] == [{"id": "d", "outcome": "accept", "subjects": ["x", "x2"]}]
    assert layers["zz"]["annotations"][2] | {"created": 0} == {
        "id": "y",
        "label": "CITY",
        "fragments": [[23, 27]],
        "quote": "Bonn",
        "origin": "manual",
        "created": 0,
        "colour": "red",
    }


def test_the_samples_there_and_back_are_the_same_bytes(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    round_trips(tmp_path, lines, BEN)


@pytest.mark.parametrize("target", [Scheme("empty"), Scheme("x", labels=(Label("CITY"), Label("ZED", key="q")))])
def test_a_scheme_keeps_its_order_in_every_project(tmp_path: Path, target: Scheme) -> None:
    round_trips(tmp_path, EVERYTHING, ANNA, scheme=target)


def test_dead_annotations_do_not_travel(tmp_path: Path, project: Project) -> None:
    bring(project, article("a", layer("anna", annotation("x"), annotation("y", 23, 27, "CITY"))))
    project.delete([a for a in project.annotations("a") if a.id == "x"])
    (found,) = (line for line in exported(project) if line["kind"] == "article")
    assert [a["id"] for a in found["layers"][0]["annotations"]] == ["y"]
    with fresh(tmp_path / "q.rubric", BEN) as other:
        import_files(other, [tmp_path / "out.jsonl"], ImportOptions())
        assert jsonl(other) == jsonl(project)


# --- unknown keys and equal names ---------------------------------------------------------------------------------


def test_unknown_keys_never_stand_in_for_ours(project: Project) -> None:
    """A file may call its own keys `article`, `annotator`, `digest` or `alive`: they say nothing to us."""
    wild = {"article": "nine", "annotator": "zoe", "alive": False, "fragments.x": 1, "extra": {"a": 1}}
    tag = {"topic": "t", "article": "nine", "annotator": "zoe"}
    bring(project, article("a", layer("anna", annotation("x", **wild), topics=[tag]), digest=5, alive=0))
    for _ in range(2):
        (found,) = (line for line in exported(project) if line["kind"] == "article")
        assert found["digest"] == 5
        (mine,) = found["layers"]
        assert mine["annotator"] == "anna"
        assert mine["annotations"][0].items() >= wild.items()
        assert mine["topics"] == [tag]
        assert project.text(project.article("a")) == TEXT
        project.undo()
        project.redo()
    assert sound(project)


def test_two_annotators_of_one_name_stay_two(project: Project) -> None:
    people = [
        {"id": "1", "name": "zoe"},
        {"id": "2", "name": "zoe"},
        {"id": "4", "name": "3"},
        {"id": "3", "name": "ben"},
    ]
    layers = [layer(person["id"], annotation(f"a{person['id']}")) for person in people]
    bring(project, {"kind": "project", "annotators": people}, article("a", *layers))
    assert {a.id: a.name for a in project.rows.annotators()} == {
        ANNA.annotator: "anna",
        "1": "zoe",
        "2": "zoe",
        "4": "3",
        "3": "ben",
    }
    for person in people:
        assert [a.id for a in project.annotations("a", person["id"])] == [f"a{person['id']}"]


def test_a_layer_in_my_name_is_mine_even_before_i_wrote_anything(project: Project, tmp_path: Path) -> None:
    with Project.open(project.path, BEN, clock=ticking()) as other:
        bring(other, article("a", layer("ben", annotation("x"))))
        assert [a.id for a in other.annotations("a")] == ["x"]
        assert [a.name for a in other.rows.annotators()] == ["anna", "ben"]


def test_an_id_that_is_taken_elsewhere_gets_another(project: Project) -> None:
    """Tools number their annotations, relations and comments anew in each article."""
    inner = {
        "topics": [{"topic": "t", "evidence": ["T1"]}],
        "relations": [{"id": "R1", "label": "from", "from": "T1", "to": "T2"}],
        "comments": [{"id": "C1", "on": "T1", "text": "?"}, {"id": "C2", "on": "R1", "text": "!", "reply_to": "C1"}],
    }
    one = layer("zoe", annotation("T1"), annotation("T2", 23, 27, "CITY"), **inner)
    gold = layer("gold", kind="gold", decisions=[{"id": "D1", "outcome": "accept", "subjects": ["T1", 3]}])
    lines = [article("a", one, gold), article("b", one, gold, text=TEXT + "!")]
    bring(project, *lines)
    first, second = (line for line in exported(project) if line["kind"] == "article")
    for found in (first, second):
        decided, said = found["layers"]
        ids = [a["id"] for a in said["annotations"]]
        (relation,) = said["relations"]
        question, answer = said["comments"]
        assert (relation["from"], relation["to"]) == (ids[0], ids[1])
        assert said["topics"][0]["evidence"] == ids[:1]
        assert (question["on"], answer["on"], answer["reply_to"]) == (ids[0], relation["id"], question["id"])
        assert decided["decisions"][0]["subjects"] == [ids[0], 3]
    seen = Counter(
        item["id"]
        for found in (first, second)
        for x in found["layers"]
        for k in x
        if isinstance(x[k], list)
        for item in x[k]
        if "id" in item
    )
    assert len(seen) == 12
    assert set(seen.values()) == {1}
    assert {"T1", "R1", "C1"} <= seen.keys()
    before = kept(project)
    bring(project, *lines)
    assert kept(project) == before


# --- into what is there -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("me", [ANNA, BEN], ids=["who imported it", "somebody new"])
def test_importing_twice_changes_nothing(project: Project, me: Any) -> None:
    source = write(project.path.with_name("all.jsonl"), *EVERYTHING)
    import_files(project, [source, SAMPLES], ImportOptions(new_labels="add"))
    before = kept(project)
    project.close()
    with Project.open(project.path, me, clock=ticking()) as again:
        report, change = import_files(again, [source, SAMPLES, source], ImportOptions(new_labels="add"))
        assert (report.articles, report.known) == (0, 9)
        assert not change
        assert kept(again) == before


def test_layers_are_merged_into_an_article_that_is_there(project: Project) -> None:
    bring(project, article("a", layer("zoe", annotation("x"), status="done")))
    project.annotate("a", "CITY", [Span.of(23, 27)])
    report = bring(
        project, article("a", layer("zoe", annotation("x"), annotation("y", 0, 4)), layer("max", annotation("z")))
    )
    assert (report.articles, report.known) == (0, 1)
    people = {person.name: person.id for person in project.rows.annotators()}
    assert {name: len(project.annotations("a", uid)) for name, uid in people.items()} == {"anna": 1, "zoe": 2, "max": 1}
    assert project.rows.layer("a", people["zoe"]).status == "done"


def test_one_id_with_another_text_is_refused(project: Project) -> None:
    bring(project, article("a"))
    before = kept(project)
    with pytest.raises(
        UserError, match=r"in\.jsonl, (line )?2: the article “a” is here already, with another text"
    ) as caught:
        bring(project, article("b"), article("a", text="Other."))
    assert "another id" in str(caught.value)
    assert kept(project) == before


def test_an_article_that_was_taken_out_comes_back_with_its_import(project: Project) -> None:
    bring(project, article("a", layer("anna", annotation("x"))))
    bytes_ = jsonl(project)
    project.undo()
    assert project.rows.count_articles() == 0
    bring(project, article("a", layer("anna", annotation("x"))))
    assert project.rows.count_articles() == 1
    assert [x["id"] for x in exported(project)[1:]] == [x["id"] for x in map(json.loads, bytes_.splitlines()[1:])]
    assert [a.quote for a in project.annotations("a")] == ["Anna Lebrune"]


def unversioned(bytes_: bytes) -> bytes:
    """Return a file without the version of its scheme, which goes on with undo and redo too."""
    return re.sub(rb'"version":\d+', b'"version":0', bytes_)


def test_undo_of_an_import_is_one_step_and_redo_brings_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "_OPS_IN_A_ROW", 3)  # so that the one step takes several rows
    with fresh(tmp_path / "p.rubric") as project:
        before = check.state(project._store.db)
        empty = unversioned(jsonl(project))
        bring(project, *EVERYTHING)
        assert len(list(project._journal.entries())) > 4
        bytes_ = unversioned(jsonl(project))
        versions = [project.scheme.version]
        assert project.undo()
        assert project.rows.count_articles() == 0
        assert unversioned(jsonl(project)) == empty
        versions.append(project.scheme.version)
        assert not project.undo()
        assert project.redo()
        assert unversioned(jsonl(project)) == bytes_
        versions.append(project.scheme.version)
        assert versions == [7, 8, 9], "the version of the scheme only grows"
        assert sound(project)
        assert before["articles"] == []


# --- all of it or nothing -----------------------------------------------------------------------------------------

ANY = [article(f"n{n}", layer("zoe", annotation(f"x{n}")), text=f"{TEXT} {n}") for n in range(30)]


def refused(project: Project, *lines: Line, match: str, **options: Any) -> UserError:
    """Import what must be refused; the project and the bytes of its files stay what they were."""
    project.close()
    bytes_ = project.path.read_bytes()
    with Project.open(project.path, BEN, clock=ticking()) as other:
        before = kept(other)
        with pytest.raises(UserError, match=match) as caught:
            bring(other, *lines, **options)
        assert kept(other) == before
    assert project.path.read_bytes() == bytes_
    assert sorted(p.name for p in project.path.parent.iterdir() if p.suffix != ".jsonl") == ["p.rubric"]
    return caught.value


@pytest.mark.parametrize(
    ("bad", "match"),
    [
        (
            article("z", layer("zoe", annotation("q", 0, 999))),
            r"in.jsonl, line 31, layer 1, annotation 1: 0 to 999 lies outside the text",
        ),
        (article("z", layer("zoe", annotation("q", quote="Nobody"))), r"in.jsonl, line 31, .*Nobody.*Anna Lebrune"),
        (
            article("z", layer("zoe", annotation("q", label="NEW"))),
            r"the scheme has no label NEW \(in\.jsonl, (line )?31\)",
        ),
        (article("n3", text="Other."), "in.jsonl, line 31: the article “n3” stood in line 4 already"),
    ],
    ids=["offset", "quote", "label", "id"],
)
def test_what_fails_in_its_last_line_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: Line, match: str
) -> None:
    monkeypatch.setattr(incoming, "_OPS_IN_A_ROW", 10)
    error = refused(make(tmp_path / "p.rubric"), *ANY, bad, match=match)
    assert "\n" in str(error), "there is no hint"


def test_a_label_outside_the_scheme_is_refused_or_added(project: Project) -> None:
    bad = article("z", layer("zoe", annotation("q", label="NEW"), annotation("r", 0, 4, label="OTHER")))
    with pytest.raises(UserError, match=r"lacks 2 labels: NEW, OTHER \(in.jsonl, line 1\)") as caught:
        bring(project, bad)
    assert [item.name for item in caught.value.refusals] == ["NEW", "OTHER"]  # type: ignore[attr-defined]
    assert "--new-labels add" in str(caught.value)
    version = project.scheme.version
    report = bring(project, bad, new_labels="add")
    assert report.labels == ["NEW", "OTHER"]
    assert project.scheme.version > version
    assert {"NEW", "OTHER"} <= project.scheme.by_name.keys()
    project.undo()
    assert not {"NEW", "OTHER"} & project.scheme.by_name.keys()


def test_a_dry_run_reports_and_changes_nothing(tmp_path: Path) -> None:
    project = make(tmp_path / "p.rubric")
    project.close()
    bytes_ = project.path.read_bytes()
    with Project.open(project.path, BEN) as other:
        before = kept(other)
        report = bring(other, *ANY, dry_run=True)
        assert (report.articles, report.annotations) == (30, 30)
        assert kept(other) == before
    assert project.path.read_bytes() == bytes_


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    project = make(tmp_path / "p.rubric")
    source = write(tmp_path / "in.jsonl", *(article(f"n{n}", text=f"{TEXT} {n}") for n in range(300)))
    before = kept(project)
    asked = []

    def stop(done: int, total: int) -> None:
        asked.append(done)
        if done >= 200:
            raise CancelledError

    with pytest.raises(CancelledError):
        import_files(project, [source], ImportOptions(), stop)
    assert asked == [0, 100, 200]
    assert kept(project) == before
    import_files(project, [source], ImportOptions())
    out = tmp_path / "brat"
    project.annotate("n1", "CITY", [Span.of(23, 27)])
    for target in (out, tmp_path / "x.jsonl"):
        with pytest.raises(CancelledError):
            export(project, target, ExportOptions("brat" if target == out else "jsonl"), lambda _d, _t: stop(200, 0))
        assert not target.exists()
    assert not list(tmp_path.glob(".rubricator-*"))
    project.close()


def test_a_long_import_streams(tmp_path: Path) -> None:
    """20,000 articles of 2 kB: what is held at a time is a small part of them."""
    source = tmp_path / "long.jsonl"
    with source.open("w", encoding="utf-8") as out:
        for n in range(20_000):
            out.write(json.dumps({"id": str(n), "text": f"{n} " + "word " * 400}) + "\n")
    with make(tmp_path / "p.rubric") as project:
        tracemalloc.start()
        import_files(project, [source], ImportOptions())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert project.rows.count_articles() == 20_000
    assert source.stat().st_size > 40e6
    assert peak < 25e6, f"{peak / 1e6:.0f} MB held of 40"


# --- provisional name and scheme ----------------------------------------------------------------------------------


def test_a_name_and_scheme_that_nobody_chose_give_way(tmp_path: Path) -> None:
    with fresh(tmp_path / "p.rubric") as project:
        bring(project, *EVERYTHING)
        assert (project.name, project.scheme.name) == ("All", "mine")


def test_a_name_and_scheme_that_were_chosen_stay(tmp_path: Path) -> None:
    with fresh(tmp_path / "p.rubric", provisional=()) as project:
        with pytest.raises(UserError, match="no label ZED"):
            bring(project, *EVERYTHING)
        bring(project, *EVERYTHING, new_labels="add")
        assert (project.name, project.scheme.name) == ("p", "News")
        assert project.scheme.by_name["ZED"].hue


@pytest.mark.parametrize("how", ["put", "label", "topics"])
def test_a_scheme_changed_by_hand_is_chosen(tmp_path: Path, how: str) -> None:
    with fresh(tmp_path / "p.rubric") as project:
        if how == "put":
            put_scheme(project, Scheme("own", labels=(Label("PERSON"), Label("CITY"))))
        elif how == "label":
            project.add_labels([Label("OWN")])
        else:
            project.topics.put([Topic("own:1", "Own")], "own.json")
        wanted = project.scheme.name
        bring(project, *EVERYTHING, new_labels="add")
        assert (project.name, project.scheme.name) == ("All", wanted)


def test_what_a_second_file_says_of_its_project_is_told(project: Project) -> None:
    bring(project, {"kind": "project", "corpus": 1}, article("a"))
    report = bring(project, {"kind": "project", "corpus": 2}, article("b", text="Other."))
    assert [note.values["keys"] for _, note in report.notes] == ["“corpus”"]


# --- export -------------------------------------------------------------------------------------------------------


class Liar:
    """A writer whose files say something else than they should."""

    all_layers = True

    def __init__(self, found: Iterable[object] | Exception, then: Any = None) -> None:
        self._found = found
        self._then = then

    def losses(self, *_: object) -> list[Any]:
        return []

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        list(records)
        out.write_text("new", encoding="utf-8")
        if self._then:
            self._then()

    def expected(self, record: Record, _options: object) -> Counter[Any]:
        return Counter([(record.id, len(record.layers))])

    def found(self, _out: Path, _options: object) -> Iterator[Any]:
        if isinstance(self._found, Exception):
            raise self._found
        yield from self._found


def lying(monkeypatch: pytest.MonkeyPatch, liar: Liar) -> None:
    monkeypatch.setattr(formats, "FORMATS", (formats.Spec("liar", "Liar", (".liar",), "", writes=True),))
    monkeypatch.setattr(formats, "writer", lambda _key: liar)


@pytest.mark.parametrize(
    ("found", "match"),
    [
        ([], "reading it back gave something else"),
        ([Counter([("a", 9)])], "reading it back gave something else"),
        ([Counter([("a", 1)])] * 2, "more than was exported"),
        (ValueError("broken"), "reading it back gave something else"),
    ],
)
def test_what_reads_back_otherwise_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Project, found: Any, match: str
) -> None:
    bring(project, article("a", layer("anna", annotation("x"))))
    out = tmp_path / "out.liar"
    out.write_text("old", encoding="utf-8")
    lying(monkeypatch, Liar(found))
    with pytest.raises(UserError, match=match):
        export(project, out, ExportOptions("liar", overwrite=True))
    assert out.read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".rubricator-*"))


def test_an_export_is_of_one_state_whatever_is_written_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Project
) -> None:
    bring(project, article("a", layer("anna", annotation("x"))))

    def work() -> None:
        with Project.open(project.path, BEN, clock=ticking()) as other:
            other.annotate("a", "CITY", [Span.of(23, 27)])

    lying(monkeypatch, Liar([Counter([("a", 1)])], work))
    report = export(project, tmp_path / "out.liar", ExportOptions("liar"))
    assert (report.articles, report.annotations) == (1, 1)
    assert len(project.rows.layers("a")) == 2


def test_a_folder_is_replaced_only_when_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Project
) -> None:
    bring(project, article("a", layer("anna", annotation("x"))))
    out = tmp_path / "corpus"
    options = ExportOptions("brat", overwrite=True)
    export(project, out, options)
    names = sorted(path.name for path in out.iterdir())
    project.annotate("a", "CITY", [Span.of(23, 27)])
    real = formats.writer("brat")
    with monkeypatch.context() as patch:
        patch.setattr(type(real), "found", lambda *_: iter(()))
        with pytest.raises(UserError, match="reading it back"):
            export(project, out, options)
    assert sorted(path.name for path in out.iterdir()) == names
    assert "CITY" not in "".join(path.read_text() for path in out.glob("*.ann"))
    export(project, out, options)
    assert "CITY" in "".join(path.read_text() for path in out.glob("*.ann"))
    assert not list(tmp_path.glob(".rubricator-*"))


def test_an_empty_folder_is_filled_without_being_asked_for(tmp_path: Path, project: Project) -> None:
    bring(project, article("a", layer("anna", annotation("x"))))
    out = tmp_path / "made"
    out.mkdir()
    with pytest.raises(UserError, match="is there already"):  # where this makes a file
        export(project, out, ExportOptions("jsonl"))
    export(project, out, ExportOptions("brat"))
    assert {path.suffix for path in out.iterdir()} == {".ann", ".conf", ".txt"}
    with pytest.raises(UserError, match="is there already"):
        export(project, out, ExportOptions("brat"))
    assert not list(tmp_path.glob(".rubricator-*"))


def test_an_export_replaces_nothing_but_its_like(tmp_path: Path, project: Project) -> None:
    bring(project, article("a", layer("anna", annotation("x"))))
    with make(tmp_path / "other.rubric"):
        pass
    home = tmp_path / "home"
    (home / "letters").mkdir(parents=True)
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    (mixed / "thesis.odt").write_text("years", encoding="utf-8")
    file = tmp_path / "file.txt"
    file.write_text("words", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("a disk that is not there")
    files = [path for path in tmp_path.rglob("*") if path.is_file() and not path.name.endswith("-shm")]
    before = {path: path.read_bytes() for path in files}
    for key, out, match in [
        ("jsonl", project.path, "is a project, and is never written over"),
        ("jsonl", tmp_path / "other.rubric", "is a project"),
        ("brat", project.path, "is a project"),
        ("jsonl", home, "is a folder, and this makes a file"),
        ("brat", home, "was not replaced: it holds letters"),
        ("brat", mixed, "it holds thesis.odt"),
        ("brat", file, "is a file, and this format makes a folder"),
        ("jsonl", Path("/dev/null"), "neither a file nor a folder"),
        ("jsonl", tmp_path / "pipe", "neither a file nor a folder"),
        ("jsonl", tmp_path / "link", "neither a file nor a folder"),
        ("jsonl", tmp_path / ".other.rubric.lock", "is a part of the project"),
        ("jsonl", Path(), "“.” names nothing that could be made"),
        ("brat", Path("/"), "“/” names nothing that could be made"),
        ("brat", home / "..", "names nothing that could be made"),
        ("jsonl", tmp_path / "no" / "out.jsonl", "There is no folder"),
    ]:
        with pytest.raises(UserError, match=match):
            export(project, out, ExportOptions(key, overwrite=True))
    for out in (file, tmp_path / "link"):
        with pytest.raises(UserError, match="is there already") as caught:
            export(project, out, ExportOptions("jsonl"))
    assert "--overwrite" in str(caught.value)
    assert {path: path.read_bytes() for path in before} == before
    assert (home / "letters").is_dir()
    assert not list(tmp_path.rglob(".rubricator-*"))


def test_only_one_status_is_exported(project: Project) -> None:
    bring(
        project,
        article("a", layer("zoe", annotation("x"), status="done"), layer("max", annotation("y"), status="doing")),
        article("b", layer("max", annotation("z"), status="doing"), text="Anna Lebrune."),
    )
    jsonl_ = [json.loads(line) for line in jsonl(project, status="done").splitlines()]
    assert [(x["id"], [y["annotator"] for y in x["layers"]]) for x in jsonl_[1:]] == [("a", ["zoe"])]


def test_a_format_of_one_layer_asks_whose(tmp_path: Path, project: Project) -> None:
    bring(project, article("a", layer("zoe", annotation("x")), layer("max", annotation("y", 23, 27, "CITY"))))
    with pytest.raises(UserError, match="Several annotators worked") as caught:
        export(project, tmp_path / "o.conll", ExportOptions("conll"))
    assert "max, zoe" in str(caught.value)
    export(project, tmp_path / "o.conll", ExportOptions("conll", annotator="max"))
    assert "B-CITY" in (tmp_path / "o.conll").read_text(encoding="utf-8")
    with pytest.raises(UserError, match="no annotator “eve”"):
        export(project, tmp_path / "p.conll", ExportOptions("conll", annotator="eve"))
    with pytest.raises(UserError, match="no gold layer"):
        export(project, tmp_path / "p.conll", ExportOptions("conll", gold=True))
    bring(
        project,
        {"kind": "project", "annotators": [{"id": "m2", "name": "max"}]},
        article("a", layer("m2", annotation("z"))),
    )
    with pytest.raises(UserError, match="2 annotators are called “max”"):
        export(project, tmp_path / "p.conll", ExportOptions("conll", annotator="max"))
    export(project, tmp_path / "p.conll", ExportOptions("conll", annotator="m2"))
    assert "B-PERSON" in (tmp_path / "p.conll").read_text(encoding="utf-8")


def test_an_export_that_cannot_be_written_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Project
) -> None:
    bring(project, article("a", layer("anna", annotation("x"))))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for key in ("jsonl", "conll", "brat", "topics-csv"):
        with monkeypatch.context() as patch:
            patch.setattr(type(formats.writer(key)), "write", full)
            with pytest.raises(UserError, match="could not be written: No space left"):
                export(project, tmp_path / "out", ExportOptions(key))
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".rubricator-*"))


def test_sources_may_be_folders(tmp_path: Path, project: Project) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "b.txt").write_text("Second text.", encoding="utf-8")
    (folder / "deep" / "a.TXT").write_text("First text.", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    shutil.copy(SAMPLES, folder / "samples.jsonl")
    report, _ = import_files(project, [folder], ImportOptions())
    assert report.articles == 5
    (tmp_path / "none").mkdir()
    with pytest.raises(UserError, match="holds nothing that can be imported"):
        import_files(project, [tmp_path / "none"], ImportOptions())
    with pytest.raises(UserError, match="There is no file"):
        import_files(project, [tmp_path / "gone.txt"], ImportOptions())


def test_a_guess_is_for_its_own_file_only(project: Project, tmp_path: Path) -> None:
    """An encoding that somebody chose for one file does not garble the others."""
    guessed, plain = tmp_path / "a.txt", tmp_path / "b.txt"
    guessed.write_bytes("Привет из Порт-Велиса.\n".encode("windows-1251"))
    plain.write_text("Café naïve.\n", encoding="utf-8")
    import_files(project, [guessed, plain], ImportOptions(encodings={guessed: "windows-1251"}))
    texts = {project.text(article) for article in project.rows.articles()}
    assert texts >= {"Привет из Порт-Велиса.\n", "Café naïve.\n"}
    assert {article.title for article in project.rows.articles()} >= {"a", "b"}


def test_a_folder_of_articles_is_not_taken_for_an_old_export(project: Project, tmp_path: Path) -> None:
    """Its files end like those of brat, but nobody's texts are ever replaced."""
    bring(project, article("a", layer("anna", annotation("x"))))
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "story.txt").write_text("My only copy.")
    with pytest.raises(UserError, match="not replaced"):
        export(project, folder, ExportOptions("brat", overwrite=True))
    assert (folder / "story.txt").read_text() == "My only copy."
    out = tmp_path / "brat"
    export(project, out, ExportOptions("brat"))
    export(project, out, ExportOptions("brat", overwrite=True))
    assert (out / "annotation.conf").exists()


@pytest.mark.parametrize("key", [spec.key for spec in formats.FORMATS if spec.writes and spec.folder])
def test_nor_is_a_folder_of_files_that_end_like_ours(project: Project, tmp_path: Path, key: str) -> None:
    bring(project, article("a", layer("anna", annotation("x"), topics=[{"topic": "t"}])))
    out = tmp_path / "out"
    export(project, out, ExportOptions(key))
    for options in (ExportOptions(key, overwrite=True), ExportOptions("jsonl", overwrite=True, corpus=True)):
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        for suffix in {path.suffix for path in out.iterdir()}:
            (folder / f"thesis{suffix}").write_text("My only copy.")
            dated = tmp_path / f"dated{suffix}"
            dated.mkdir(exist_ok=True)
            for name in ("2026-09-13", "2026-09-14-harbour-talks", "20260915"):
                (dated / f"{name}{suffix}").write_text("My only copy.")
            if not options.corpus:
                with pytest.raises(UserError, match="not replaced"):
                    export(project, dated, options)
            assert len([*dated.iterdir()]) == 3
        sums = (f"{'0' * 64}  {path.name}\n" for path in [*folder.iterdir()])
        if options.corpus:
            (folder / "SHA256SUMS").write_text("".join(sums))
        for act in (check_folder, export):
            with pytest.raises(UserError, match="not replaced"):
                act(*((project,) if act is export else ()), folder, options)
        assert {path.read_text() for path in folder.iterdir() if path.stem == "thesis"} == {"My only copy."}
    check_folder(out, ExportOptions(key, overwrite=True))
    export(project, out, ExportOptions(key, overwrite=True))
