"""Imports from other formats: which files are read, what becomes of their names, and what is told of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.exchange.conftest import SCHEME
from tests.formats import make

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange import incoming, sound
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.naming import LABELS_MOST
from rubricator.exchange.outgoing import export
from rubricator.exchange.sources import find_sources
from rubricator.formats.base import Header, Record, WriteOptions
from rubricator.formats.jsonl.writer import jsonl_lines
from rubricator.formats.reading import READ
from rubricator.model.scheme import Attribute, Label, RelationType, Scheme, Topic
from rubricator.model.scheme_file import dump_scheme, parse_scheme
from rubricator.model.scheme_written import NAME_MOST
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say


def test_two_files_of_one_text_never_write_over_one_another(tmp_path: Path, project: Project) -> None:
    said = {
        "anna": "T1\tPERSON 0 4\tAnna\nT2\tPERSON 9 11\tBo\nR1\tknows Arg1:T1 Arg2:T2\n",
        "ben": "T1\tCITY 15 19\tRome\nT2\tPERSON 9 11\tBo\nR1\tlives Arg1:T2 Arg2:T1\n",
        "copy": "T1\tPERSON 0 4\tAnna\nT2\tPERSON 9 11\tBo\nR1\tknows Arg1:T1 Arg2:T2\n",
    }
    for name, lines in said.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("Anna met Bo in Rome.")
        (tmp_path / name / "a.ann").write_text(lines)
    folders = [tmp_path / name for name in said]
    report, _ = import_files(project, folders, ImportOptions(new_labels="add"))
    (article,) = project.rows.articles()
    me = project.me.annotator
    here = {a.id: a.quote for a in project.rows.annotations(article.id, me)}
    assert sorted(here.values()) == ["Anna", "Bo", "Rome"]
    ends = [(one["label"], here[one["from"]], here[one["to"]]) for _, one in project.rows.elements("relation")]
    assert sorted(ends) == [("knows", "Anna", "Bo"), ("lives", "Bo", "Rome")]
    (told,) = [case.where for case in report.of("repaired") if case.kind == "namesake"]
    assert told == ("ben/a.ann: CITY “Rome”", "ben/a.ann: relation lives")
    before = project.rows.sizes()
    import_files(project, folders, ImportOptions())
    assert project.rows.sizes() == before


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_nothing_is_exported_over_a_part_of_the_project(tmp_path: Path, project: Project, end: str) -> None:
    with pytest.raises(UserError, match="is a part of the project"):
        export(project, tmp_path / f"p.rubric{end}", ExportOptions("jsonl", overwrite=True))


def doccano(folder: Path, *labels: str) -> Path:
    spans = [[0, 4, label] for label in labels]
    (folder / "d.jsonl").write_text(json.dumps({"text": "Anna left.", "label": spans}))
    return folder / "d.jsonl"


@pytest.mark.parametrize("name", [" ", "a\nb", "\udcff", "x" * 501])
def test_no_label_becomes_what_no_scheme_can_hold(tmp_path: Path, project: Project, name: str) -> None:
    """Rubricator JSONL with a label that is blank could not be read again."""
    options = ImportOptions(labels={"Per": name}, new_labels="add")
    before = project.rows.sizes()
    with pytest.raises(UserError, match="can be no label"):
        import_files(project, [doccano(tmp_path, "Per")], options)
    assert project.rows.sizes() == before


def test_a_label_becomes_no_second_one_that_looks_the_same(tmp_path: Path, project: Project) -> None:
    options = ImportOptions(labels={"Per": "PERSON "}, new_labels="add")
    report, _ = import_files(project, [doccano(tmp_path, "Per")], options)
    assert [label.name for label in project.scheme.labels] == ["PERSON"]
    assert [case.kind for case in report.of("repaired")] == ["spelled"]


def test_no_more_labels_are_added_than_the_file_of_a_scheme_may_have(tmp_path: Path, project: Project) -> None:
    options = ImportOptions(new_labels="add")
    before = project.rows.sizes()
    with pytest.raises(UserError, match=r"d\.jsonl, line 1: with “L04999” the scheme would have more than 5000 labels"):
        import_files(project, [doccano(tmp_path, *(f"L{n:05}" for n in range(100_000)))], options)
    assert project.rows.sizes() == before
    import_files(project, [doccano(tmp_path, *(f"L{n:05}" for n in range(LABELS_MOST - 1)))], options)
    parse_scheme(dump_scheme(project.scheme), "it can be read")


def test_an_entity_gets_another_id_where_our_own_files_could_not_hold_it(tmp_path: Path, project: Project) -> None:
    header = Header(entities=({"id": "a\nb", "name": "Anna"},))
    record = make.record("Anna left.", make.annotation("Anna left.", "PERSON", "Anna", entity="a\nb"))
    formats.writer("bdoc").write(header, [record], tmp_path / "out", WriteOptions())
    import_files(project, [tmp_path / "out"], ImportOptions(format="bdoc"))
    export(project, tmp_path / "out.jsonl", ExportOptions("jsonl"))
    with Project.create(tmp_path / "q.rubric", Settings().me(), Scheme()) as other:
        import_files(other, [tmp_path / "out.jsonl"], ImportOptions())
        (entity,) = other.entities.all()
        (article,) = other.rows.articles()
        layers = [other.rows.annotations(article.id, one.id) for one in other.rows.annotators()]
        assert [a.entity for layer in layers for a in layer] == [entity.id]


def test_labels_that_the_scheme_lacks_are_refused_all_at_once(project: Project, corpus: Path) -> None:
    with pytest.raises(UserError) as told:
        import_files(project, [corpus], ImportOptions())
    assert "lacks 2 labels: Per, Org (a.ann)" in say(told.value.text)
    assert [refusal.name for refusal in told.value.refusals] == ["Per", "Org"]
    assert project.rows.count_articles() == 0


def test_a_dry_run_tells_them_and_all_else(project: Project, corpus: Path) -> None:
    report, change = import_files(project, [corpus], ImportOptions(dry_run=True))
    assert report.unknown == {"Per": "a.ann", "Org": "a.ann"}
    assert report.found == {"Per": 2, "Org": 1}
    assert [say(case.what) for case in report.of("refused")] == ["1 annotation of no width was left out"]
    assert report.of("refused")[0].where == ("a.ann, line 4",)
    assert [say(case.what) for case in report.of("unheld")][-1] == "1 file was left alone"
    assert not change.articles
    assert project.rows.count_articles() == 0


def test_labels_are_mapped_and_one_can_be_left_out(project: Project, corpus: Path) -> None:
    report, _ = import_files(project, [corpus], ImportOptions(labels={"Per": "PERSON", "Org": ""}))
    [article] = [one for one in project.rows.articles() if one.title.startswith(("Anna", "a"))][:1]
    assert [(a.label, a.quote) for a in project.annotations(article.id)] == [
        ("PERSON", "Anna"),
        ("PERSON", "Ben"),
    ]
    assert [case.where for case in report.of("refused")] == [
        ("a.ann, line 4",),
        ("a.ann: relation At",),
        ("a.ann: Org “Board”",),
    ]
    assert [x.label for x in project.relations.of(article.id)] == ["Met"]
    assert project.scheme.labels == SCHEME.labels


@pytest.mark.parametrize("dry", [True, False])
def test_a_name_for_a_label_that_the_files_lack_is_told(project: Project, corpus: Path, dry: bool) -> None:
    options = ImportOptions(labels={"Pre": "PERSON", "Org": ""}, new_labels="add", dry_run=dry)
    with pytest.raises(UserError, match="these files have no label “Pre”") as told:
        import_files(project, [corpus], options)
    assert say(told.value.hint) == "There are: Per, Org."
    assert project.rows.count_articles() == 0
    (corpus / "bad.ann").write_text("T1\tPre 0 900\tx\n")
    (corpus / "bad.txt").write_text("x\n")
    report, _ = import_files(project, [corpus], options)
    assert "--map: these files have no label “Pre”." in map(say, report.lines()), "it may stand in what was refused"


def test_the_scheme_of_what_came_in_can_be_read_back(tmp_path: Path, project: Project) -> None:
    """Names of other tools may hold line breaks, or look alike: a scheme file may not."""
    labels = ["A\nB", "x", " x ", "tab\there", "e\u0301", "\u00e9", "l" * 5000, "A B"]
    spans = [
        {"label": label, "start": n, "end": n + 1, "attributes": {"a\nb": "c", "many": ["one\ntwo"], "y": 1, "y ": 2}}
        for n, label in enumerate(labels)
    ]
    layer = {"annotations": spans, "topics": [{"topic": "t\nu"}, {"topic": "v"}, {"topic": "v "}]}
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "abcdefghij", "layers": [layer]}))
    report, _ = import_files(project, [tmp_path / "a.jsonl"], ImportOptions(new_labels="add"))
    assert report.labels == ["A B", "x", "tab here", "e\u0301", "l" * (NAME_MOST - 1) + "…"]
    assert parse_scheme(dump_scheme(project.scheme), "s.json") == project.scheme
    assert [case.n for case in report.of("repaired") if case.kind == "spelled"] == [5]
    assert report.of("repaired")[0].where[0] == "a.jsonl, line 1: A ⏎ B"
    assert report.annotations == len(labels)
    before = len(project.history())
    import_files(project, [tmp_path / "a.jsonl"], ImportOptions(new_labels="add"))
    assert len(project.history()) == before


_ODD = Scheme(
    "odd",
    labels=(
        Label("A\nB", "A\nB", "A\nB", parent="x"),
        Label("x", "X"),
        Label(" x ", "X"),
        Label("c\u2028d\x7f"),
        Label("\x7f\x01"),
        Label("L" * 5000, "L"),
    ),
    relations=(RelationType("of\tit", sources=("A\nB",)), RelationType("in", sources=("A\nB", " x ")), RelationType("i\u00a0n")),
    attributes=(
        Attribute("a\nb", kind="choice", values=("1", "2")),
        Attribute("sure", kind="choice", values=("yes", "n\no"), labels=("c\u2028d\x7f",)),
        Attribute("free", kind="choice", values=("o\nne",), default="o\nne"),
    ),
    topics=(Topic("t\nu", "T"), Topic("v", "V")),
)  # fmt: skip


def _odd_files(folder: Path, name: str) -> Path:
    """Return a file of a format with a scheme of odd names, beside it or in it, and annotations that use them."""
    match name:
        case "jsonl":
            span = {"label": "A\nB", "start": 0, "end": 4, "attributes": {"a\nb": "1"}}
            lines = jsonl_lines(Header(scheme=_ODD), ())
            layer = {"annotations": [span], "topics": [{"topic": "t\nu"}]}
            article = json.dumps({"text": "Anna left.", "layers": [layer]}).encode()
            (folder / "f.jsonl").write_bytes(b"".join(lines) + article)
            return folder / "f.jsonl"
        case "label-studio":
            odd = '<Label value="A&#10;B"/><Label value="x"/><Label value="&#9;x"/><Label value="c&#x2028;d&#x7f;"/>'
            topics = '<Choices name="t" toName="text"><Choice value="t&#10;u"/><Choice value="v"/></Choices>'
            own = '<Choices name="sure" toName="text" perRegion="true"><Choice value="yes"/><Choice value="n&#10;o"/></Choices>'
            bound = '<Relations><Relation value="of&#9;it"/><Relation value="in"/></Relations>'
            (folder / "f.xml").write_text(f'<View><Text name="text" value="$text"/><Labels name="l" toName="text">{odd}</Labels>{topics}{own}{bound}</View>')  # fmt: skip
            value = {"start": 0, "end": 4, "text": "Anna", "labels": ["A\nB"]}
            region = {"id": "1", "from_name": "l", "to_name": "text", "type": "labels", "value": value}
            said = [{"data": {"text": "Anna left."}, "annotations": [{"result": [region]}]}]
            (folder / "f.json").write_text(json.dumps(said))
            return folder / "f.json"
        case _:
            names = ("A&#10;B", "x", "x&#xa0;", "c&#x2028;d&#x7f;")
            of = '<attribute name="sure"><simpleType><restriction base="string"><enumeration value="yes"/><enumeration value="n&#10;o"/></restriction></simpleType></attribute>'
            more = '<attribute name="a&#10;b"/>'
            elements = "".join(
                f'<element name="{one}"><complexType>{of}{more}</complexType></element>' for one in names
            )
            (folder / "ASchema.xml").write_text(f"<schema>{elements}</schema>")
            (folder / "f.xml").write_text(
                '<GateDocument><TextWithNodes><Node id="0"/>Anna<Node id="4"/> left.</TextWithNodes><AnnotationSet>'
                '<Annotation Id="1" Type="A&#10;B" StartNode="0" EndNode="4"/></AnnotationSet></GateDocument>'
            )
            return folder / "f.xml"


@pytest.mark.parametrize("name", ["jsonl", "label-studio", "gate-xml"])
def test_a_scheme_that_is_taken_over_can_be_read_back(tmp_path: Path, name: str) -> None:
    """A scheme file may not hold line breaks, nor two names that look alike; the schemes of other files do."""
    source = _odd_files(tmp_path, name)
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        report, _ = import_files(project, [source], ImportOptions(new_labels="add"))
        assert parse_scheme(dump_scheme(project.scheme), "s.json") == project.scheme
        assert [label.name for label in project.scheme.labels][:3] == ["A B", "x", "c d"]
        assert [n.label for a in project.rows.articles() for n in project.annotations(a.id)] == ["A B"]
        told = {case.kind: case.where for outcome in ("repaired", "unheld") for case in report.of(outcome)}
        assert f"{source.name}: A ⏎ B" in told["spelled"]
        assert f"{source.name}: {'sure = n ⏎ o'}" in told["unwritable"]
        for relation in project.scheme.relations:
            assert not set(relation.sources) - project.scheme.by_name.keys()
        rows = project.rows.sizes()
        import_files(project, [source], ImportOptions(new_labels="add"))
        assert project.rows.sizes() == rows


def test_what_is_added_to_the_scheme_is_told(project: Project, corpus: Path) -> None:
    report, _ = import_files(project, [corpus], ImportOptions(new_labels="add"))
    assert report.labels == ["Per", "Org"]
    assert report.declared == ["Met", "At", "Sure"]
    assert project.scheme.attributes_by_name["Sure"] == Attribute("Sure", "Sure", "flag")
    assert project.scheme.relations_by_name["Met"] == RelationType("Met", "Met")
    assert [finding for finding in project.check(full=True) if finding.damage] == []
    project.undo()
    assert project.scheme.labels == SCHEME.labels
    assert project.scheme.attributes == ()


@pytest.mark.parametrize(
    ("values", "kind", "choices"),
    [
        ([1, 2.5], "number", ()),
        ([1, "many"], "text", ()),
        ([True, False], "flag", ()),
        ([True, 3], "text", ()),
        (["a", "b"], "text", ()),
        (["a", ["b", "c"]], "choices", ("a", "b", "c")),
        ([["b"], ["c", "b"]], "choices", ("b", "c")),
        ([["b"], 3], None, ()),
        ([{"deep": 1}], None, ()),
        ([None, 3], "number", ()),
        ([None], None, ()),
    ],
)
def test_an_attribute_is_of_the_kind_that_fits_all_its_values(
    values: list[Any], kind: str | None, choices: tuple[str, ...], tmp_path: Path, project: Project
) -> None:
    spans = [
        {"label": "PERSON", "start": n, "end": n + 1, "attributes": {"x": value}} for n, value in enumerate(values)
    ]
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "abcdef", "layers": [{"annotations": spans}]}))
    report, _ = import_files(project, [tmp_path / "a.jsonl"], ImportOptions(new_labels="add"))
    found = project.scheme.attributes_by_name.get("x")
    assert (found and found.kind) == kind
    assert report.declared == (["x"] if found else [])
    if found:
        assert found.values == choices
        assert not [one for one in project.check(full=True) if "x" in say(one.what)]


def test_an_attribute_that_a_file_declares_takes_the_values_that_it_gives_beside(
    tmp_path: Path, project: Project
) -> None:
    (tmp_path / "annotation.conf").write_text("[entities]\nPERSON\n[attributes]\nMood Arg:PERSON, Value:good|bad\n")
    (tmp_path / "a.txt").write_text("Anna met Ben.")
    (tmp_path / "a.ann").write_text("T1\tPERSON 0 4\tAnna\nA1\tMood T1 good\nT2\tPERSON 9 12\tBen\nA2\tMood T2 dull\n")
    import_files(project, [tmp_path / "a.ann"], ImportOptions(new_labels="add"))
    assert project.scheme.attributes_by_name["Mood"].values == ("good", "bad", "dull")


def test_strict_takes_nothing_where_anything_is_refused(project: Project, corpus: Path) -> None:
    with pytest.raises(UserError, match="annotation of no width") as told:
        import_files(project, [corpus], ImportOptions(new_labels="add", strict=True))
    assert "a.ann, line 4" in say(told.value.hint)
    assert project.rows.count_articles() == 0
    assert project.scheme.labels == SCHEME.labels


def test_an_entity_is_known_by_its_external_id(project: Project, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Anna spoke in {name}.\n")
        (tmp_path / f"{name}.ann").write_text("T1\tPERSON 0 4\tAnna\nN1\tReference T1 wikidata:Q7\tAnna Berg\n")
        import_files(project, [tmp_path / f"{name}.ann"], ImportOptions())
    [anna] = project.entities.all()
    assert (anna.name, anna.external) == ("Anna Berg", "wikidata:Q7")
    assert project.entities.counts()[anna.id] == 2


# --- one of several is damaged ------------------------------------------------------------------------------------

TEXT_LIKE = {"text", "conll", "fasttext", "topics-csv"}
"""What is cut short is as good as before there, or has no texts."""

BREAKABLE = [known.key for known in formats.FORMATS if known.reads and known.writes and known.key not in TEXT_LIKE]


@pytest.fixture
def one_is_broken(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, str]:
    """Return a folder with three articles of a format in files of their own, one of them cut short; and its name."""
    key = request.param
    writer, spec = formats.writer(key), formats.spec(key)
    header, samples = make.samples()
    folder = tmp_path / "in"
    folder.mkdir()
    suffix = ".bdocjs" if key == "bdoc" else spec.suffixes[0]
    for name, record in zip("abc", make.one_layer(samples), strict=False):
        out = tmp_path / (f"{key}-{name}" if spec.folder else f"{name}{suffix}")
        writer.write(header, [record], out, WriteOptions())
        for file in sorted(out.iterdir()) if out.is_dir() else [out]:
            kept = file.suffix == ".conf" or "ypesystem" in file.name.lower() or file.name == "label_config.xml"
            file.rename(folder / (file.name if kept else f"{name}{file.suffix}"))
    [broken] = (path for path in folder.iterdir() if path.stem == "b" and path.name.lower().endswith(spec.suffixes))
    data = broken.read_bytes()
    broken.write_bytes(data[: len(data) // 2] + (b"\x00\n" if key == "brat" else b""))
    return folder, broken.name


@pytest.mark.parametrize("one_is_broken", BREAKABLE, indirect=True)
def test_of_several_files_the_damaged_one_is_refused_and_told(
    one_is_broken: tuple[Path, str], project: Project
) -> None:
    folder, broken = one_is_broken
    options = ImportOptions(new_labels="add")
    report, _ = import_files(project, [folder], replace(options, dry_run=True))
    assert report.damaged == 1
    assert project.rows.count_articles() == 0
    report, _ = import_files(project, [folder], options)
    assert report.damaged == 1
    assert project.rows.count_articles() == report.articles == 2
    [case] = [case for case in report.of("refused") if case.kind == "damaged"]
    assert say(case.what) == "1 file was refused, and nothing of it comes in"
    [place] = case.where
    assert broken in place
    assert [finding for finding in project.check(full=True) if finding.damage] == []
    with pytest.raises(UserError) as told:
        import_files(project, [folder / broken], options)
    assert say(told.value.text).rstrip(".") == place
    with pytest.raises(UserError) as told:
        import_files(project, [folder], replace(options, strict=True))
    assert say(told.value.text).rstrip(".") == place
    project.undo()
    assert project.rows.count_articles() == 0


def lines_of(folder: Path, name: str, n: int, **last: object) -> Path:
    path = folder / name
    rows = [{"id": f"{name}-{i}", "text": f"Text {i} of {name}."} for i in range(n)]
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows[:-1], rows[-1] | last]))
    return path


@pytest.mark.parametrize("room", [sound._MOST, 1000], ids=["kept", "read twice"])
def test_nothing_of_a_damaged_file_comes_in(
    tmp_path: Path, project: Project, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound, "_MOST", room)
    outside = {"annotations": [{"label": "PERSON", "start": 0, "end": 999}]}
    lines_of(tmp_path, "a.jsonl", 50)
    lines_of(tmp_path, "b.jsonl", 50, layers=[{"annotator": "eve", **outside}])
    lines_of(tmp_path, "c.jsonl", 50, text=5)
    lines_of(tmp_path, "d.jsonl", 50, id="a.jsonl-3")
    lines_of(tmp_path, "e.jsonl", 50, id="e.jsonl-3")
    lines_of(tmp_path, "f.jsonl", 50)
    report, _ = import_files(project, sorted(tmp_path.glob("*.jsonl")), ImportOptions())
    [case] = report.of("refused")
    assert [place[:16] for place in case.where] == [f"{name}.jsonl, line 50" for name in "bcde"]
    assert report.articles == project.rows.count_articles() == 100
    assert report.files == {"jsonl": 2}
    assert "eve" not in [one.name for one in project.rows.annotators()]


def test_where_all_are_damaged_nothing_comes_in(tmp_path: Path, project: Project) -> None:
    (tmp_path / "a.jsonl").write_text("{\n")
    (tmp_path / "b.jsonl").write_text("}\n")
    with pytest.raises(UserError, match="of 2 files none can be read") as told:
        import_files(project, [tmp_path / "a.jsonl", tmp_path / "b.jsonl"], ImportOptions())
    assert "The first: a.jsonl, line 1" in say(told.value.hint)


def test_a_file_that_may_not_be_opened_is_refused_alone(
    tmp_path: Path, corpus: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def closed(self: Path, *args: Any, **more: Any) -> Any:
        if self.name == "x.json":
            raise PermissionError(13, "no", str(self))
        return real(self, *args, **more)

    (corpus / "x.json").write_text("{}")
    monkeypatch.setattr(Path, "open", closed)
    report, _ = import_files(project, [corpus], ImportOptions(new_labels="add"))
    assert [case.where for case in report.of("refused") if case.kind == "damaged"] == [
        ("x.json cannot be read: you may not open it",)
    ]
    assert report.articles == 2


REAL = {
    "webanno-tsv3": "webanno",
    "inception-curation-cases": "xmi",
    "brat-litbank-nested": "brat",
    "btc-gate-crowd": "gate-xml",
    "gum-news": "conllu",
}


@pytest.mark.parametrize("name", REAL)
def test_of_a_real_folder_the_others_come_in(name: str, corpora: Path, tmp_path: Path, project: Project) -> None:
    key = REAL[name]
    folder = tmp_path / "in"
    shutil.copytree(corpora / name, folder)
    options = ImportOptions(format=key, new_labels="add")
    before, _ = import_files(project, [folder], replace(options, dry_run=True))
    told = " ".join(place for case in before.of("refused") for place in case.where)
    good = [path for path, _key in find_sources([folder], key).files if path.name not in told]
    broken = good[len(good) // 2]
    broken.write_bytes(broken.read_bytes()[:-40] + b"\n\x00")
    report, _ = import_files(project, [folder], options)
    assert report.damaged == before.damaged + 1
    assert report.files[key] == before.files[key] - 1
    assert any(broken.name in place for case in report.of("refused") for place in case.where)
    assert [finding for finding in project.check(full=True) if finding.damage] == []


def test_what_is_said_beside_the_text_counts_for_what_is_kept() -> None:
    reads: list[int] = []

    def read() -> Iterator[Record]:
        reads.append(1)
        yield Record("Text.", meta={"pages": ["x" * sound._MOST]})

    assert [record.text for record in sound.sound(read, lambda _item: None)] == ["Text."]
    assert len(reads) == 2


def test_a_journal_row_holds_only_so_much(tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "_BYTES_IN_A_ROW", 2000)
    paths = [lines_of(tmp_path, f"{name}.jsonl", 1, meta={"body": "x" * 2000}) for name in "abc"]
    import_files(project, paths, ImportOptions())
    rows = [entry.edit for entry in project._journal.entries() if entry.edit.kind == "import"]
    assert [sum(op.kind == "article" for op in edit.ops) for edit in rows] == [1, 1, 1]
    project.undo()
    assert project.rows.count_articles() == 0


def test_of_many_notes_some_are_said(tmp_path: Path, project: Project) -> None:
    for n in range(30):
        (tmp_path / f"{n}.txt").write_bytes(b"Anna.\r\nBen %d.\r\n" % n)
    report, _ = import_files(project, [tmp_path / f"{n}.txt" for n in range(30)], ImportOptions())
    assert len(report.notes) == 30
    said = [say(line) for line in report.lines()]
    assert len([line for line in said if "line breaks" in line]) == 20
    assert said[-1] == "And 10 more notes on reading texts."


def test_what_is_kept_is_not_said_to_have_no_place() -> None:
    for outcome, *words in READ.values():
        assert outcome != "unheld" or not any("kept" in said for said in words)
