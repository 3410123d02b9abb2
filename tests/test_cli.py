"""The command line: every command, its JSON, its exit codes, and that a refusal changes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
from tests.exchange.web import serving
from tests.making import ANNA, make, ticking

from rubricator import cli
from rubricator.exchange.schemes import SCHEMES
from rubricator.formats.base import ACROSS, BROKEN, FORMULAS, NESTED, SUBTOKEN, TAGGINGS, WriteOptions
from rubricator.formats.conll.format import Conll
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.store import check
from rubricator_resources import path as resource

SAMPLES = resource("samples/samples.jsonl")
TEXT = "Anna Lebrune flew from Bonn to Port Velis."


class Told:
    """What a command said, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.out)
        return value


Tell = Callable[..., Told]


@pytest.fixture
def tell(capfdbinary: pytest.CaptureFixture[bytes]) -> Tell:
    """Run a command in this process."""

    def run(*arguments: object) -> Told:
        capfdbinary.readouterr()
        code = cli.run(cli.rubricator, [str(item) for item in arguments])
        out, err = capfdbinary.readouterr()
        return Told(code, out.decode(), err.decode())

    return run


@pytest.fixture
def file(tmp_path: Path, tell: Tell) -> Path:
    """Return a new project with the three samples."""
    path = tmp_path / "p.rubric"
    assert tell("new", path).code == 0
    assert tell("import", path, SAMPLES).code == 0
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a project with one article and two spans, one in the other, in the layer of who runs the command line."""
    with make(tmp_path / "s.rubric", Settings().me(), [("one", TEXT)]) as project:
        project.annotate("one", "PERSON", [Span.of(0, 12)])
        project.annotate("one", "CITY", [Span.of(31, 41)])
        project.annotate("one", "LOCATION", [Span.of(31, 35)])
    return tmp_path / "s.rubric"


def line(**article: Any) -> str:
    return json.dumps({"text": TEXT, **article}, ensure_ascii=False) + "\n"


def spanned(start: int, end: int, label: str = "PERSON", text: str = TEXT, **more: Any) -> str:
    return line(
        text=text, layers=[{"annotator": "zoe", "annotations": [{"label": label, "start": start, "end": end, **more}]}]
    )


def quotes(path: Path, name: str = "zoe") -> list[str]:
    with Project.open(path, ANNA) as project:
        (who,) = (person.id for person in project.rows.annotators() if person.name == name)
        return [a.quote for article in project.rows.articles() for a in project.annotations(article.id, who)]


def refused(tell: Tell, path: Path, *arguments: object, code: int = 1) -> Told:
    """Run what must be refused: in words on the error stream, as JSON on the other, and the project unchanged."""

    def kept() -> object:
        with Project.open(path, ANNA) as project:
            return check.state(project._store.db), list(project._journal.entries())

    was = kept() if path.is_file() else None
    before = {p: p.read_bytes() for p in path.parent.rglob("*") if p.is_file()}
    told = tell(*arguments)
    assert told.code == code, told.err
    assert "Traceback" not in told.err
    assert told.err.strip()
    assert {p: p.read_bytes() for p in path.parent.rglob("*") if p.is_file()} == before
    if was is not None:
        assert kept() == was
    if code == 1:
        assert told.err.count("\n") >= 2, f"no hint: {told.err}"
    return told


# --- new ----------------------------------------------------------------------------------------------------------


def test_new_makes_a_project_and_adds_the_suffix(tmp_path: Path, tell: Tell) -> None:
    told = tell("new", tmp_path / "corpus", "--json")
    assert told.json == {"project": str(tmp_path / "corpus.rubric"), "scheme": "News", "labels": told.json["labels"]}
    assert told.json["labels"] > 15
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.rubric"]
    assert tell("stats", tmp_path / "corpus").out.startswith("corpus (News)")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_new_takes_any_built_in_scheme(tmp_path: Path, tell: Tell, scheme: str) -> None:
    assert tell("new", tmp_path / "p", "--scheme", scheme, "--name", "Mine").code == 0
    shown = tell("scheme", "show", tmp_path / "p", "--json").json
    assert bool(shown["labels"]) == (scheme != "empty")
    assert len(shown["topics"]) > 15
    assert tell("stats", tmp_path / "p", "--json").json["project"] == "Mine"


def test_new_takes_a_scheme_file_or_says_what_is_wrong_with_it(tmp_path: Path, tell: Tell) -> None:
    path = tmp_path / "p.rubric"
    file = tmp_path / "s.json"
    file.write_text('{"rubricator-scheme":1,"name":"mine","labels":[{"name":"ONE"}]}')
    assert tell("new", path, "--scheme", file, "--json").json["scheme"] == "mine"
    path.unlink()
    for words, match in [
        ("{\n!", "s.json, line 2: not JSON"),
        ("[]", "s.json is not a scheme"),
        ("[" * 9999, "not a scheme"),
    ]:
        file.write_text(words)
        assert match in refused(tell, path, "new", path, "--scheme", file).err
    assert "There is no scheme “klingon”" in refused(tell, path, "new", path, "--scheme", "klingon").err


def test_new_replaces_nothing(file: Path, tmp_path: Path, tell: Tell) -> None:
    assert "is there already" in refused(tell, file, "new", file).err
    assert "There is no folder" in refused(tell, file, "new", tmp_path / "no" / "p").err
    assert "is there already" in refused(tell, file, "new", tmp_path).err


# --- import -------------------------------------------------------------------------------------------------------


def test_import_reports(tmp_path: Path, file: Path, tell: Tell) -> None:
    again = tell("import", file, SAMPLES, "--json").json
    assert set(again) == set(
        "articles known repeated versions annotations added changed standing topics relations entities labels unknown_labels new_labels"
        " declared annotators repaired refused unheld kept noted uneven notes dry_run".split()
    )
    assert (again["articles"], again["known"], again["dry_run"]) == (0, 3, False)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(b"Line one\r\nand two.\r\n")
    told = tell("import", file, tmp_path / "in")
    read = "Files read as: Plain text (1).\n"
    assert told.out == f"1 article imported.\n{read}a.txt: 2 line breaks became plain ones.\n"


def test_an_import_says_each_place_below_what_happened_there(tmp_path: Path, file: Path, tell: Tell) -> None:
    """Two kinds of cases, each with its places, and an article that two files hold."""
    source = tmp_path / "in.jsonl"
    lines = [{"text": "Anna met Ben.", "label": [[0, 4, "PER"], [0, 4, "PER"]]}, {"text": "Anna met Ben.", "label": []}]
    source.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    said = tell("import", file, source, "--format", "doccano", "--map", "PER=PERSON").out.splitlines()
    assert said[0] == "1 article imported."
    assert said[1] == "1 article has the text of another in the files; each text comes in once, with what both say."
    assert "Files read as: doccano (1)." in said
    told = said.index("1 repeated annotation was left out.")
    assert said[told + 1] == "  in.jsonl, line 1, label 2: PER “Anna”"


def test_a_dry_run_says_that_it_would_be_refused_and_what_labels_may_mean(
    tmp_path: Path, file: Path, tell: Tell
) -> None:
    source = tmp_path / "in.conll"
    source.write_text("Anna B-PER\nmet O\nBen B-HERO\n", "utf-8")
    said = tell("import", file, source, "--dry-run").out
    assert "So it would be refused" in said
    assert "It may be meant: --map PER=PERSON.\n" in said


def test_a_dry_run_says_so_and_changes_nothing(tmp_path: Path, tell: Tell) -> None:
    path = tmp_path / "p.rubric"
    make(path).close()
    before = path.read_bytes()
    told = tell("import", path, SAMPLES, "--dry-run")
    assert told.code == 0
    assert told.out.startswith("Nothing was changed; this is what would be.\n3 articles imported.\n")
    assert tell("import", path, SAMPLES, "--dry-run", "--json").json["dry_run"] is True
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("unit", "start", "end"), [("codepoint", 5, 15), ("utf16", 6, 16), ("utf8", 9, 19), ("grapheme", 4, 14)]
)
def test_offsets_count_what_is_said(tmp_path: Path, tell: Tell, unit: str, start: int, end: int) -> None:
    text = "🙂 e\u0301 Port Velis"
    source = tmp_path / "in.jsonl"
    source.write_text(spanned(start, end, "CITY", text, quote="Port Velis"), encoding="utf-8")
    path = tmp_path / "p.rubric"
    tell("new", path)
    if unit != "codepoint":
        assert "in.jsonl, line 1" in refused(tell, path, "import", path, source).err
    assert tell("import", path, source, "--offsets", unit).code == 0
    assert quotes(path) == ["Port Velis"]


def test_the_encoding_may_be_named(tmp_path: Path, file: Path, tell: Tell) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes("Ďábel a Šárka šli domů.".encode("cp1250"))
    assert tell("import", file, source, "--encoding", "cp1250").code == 0
    with Project.open(file, ANNA) as project:
        assert any(project.text(a).startswith("Ďábel a Šárka") for a in project.rows.articles())
    assert "no encoding called “klingon”" in refused(tell, file, "import", file, source, "--encoding", "klingon").err
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"text": "Anna left.", "label": [[0, 4, "PERSON"]]}\n')
    assert "no encoding called “rot13”" in refused(tell, file, "import", file, lines, "--encoding", "rot13").err
    assert tell("import", file, lines, "--map", "A=B", "--map", "A=C").code == 2
    assert "a.txt, line 1: not utf-8 text" in refused(tell, file, "import", file, source, "--encoding", "utf-8").err


def test_new_labels_are_refused_or_added(tmp_path: Path, file: Path, tell: Tell) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(spanned(0, 4, "ODD"))
    told = refused(tell, file, "import", file, source)
    assert "the scheme has no label ODD (in.jsonl, " in told.err
    assert "--new-labels add" in told.err
    told = refused(tell, file, "import", file, source, "--json")
    assert told.json["refused"] == ["ODD"]
    assert set(told.json) == {"error", "hint", "refused"}
    assert tell("import", file, source, "--new-labels", "add", "--json").json["new_labels"] == ["ODD"]
    assert "ODD" in tell("scheme", "show", file).out


def test_an_annotator_may_take_over_the_layers(tmp_path: Path, file: Path, tell: Tell) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(spanned(0, 12))
    assert tell("import", file, source, "--annotator", "max").code == 0
    assert quotes(file, "max") == ["Anna Lebrune"]
    assert tell("import", file, source, "--annotator", Settings().me().name).code == 0
    assert quotes(file, Settings().me().name) == ["Anna Lebrune"]


BAD: dict[str, tuple[str, bytes, str]] = {
    "no suffix": ("article", b"Text.", "does not say by its name which format"),
    "unknown suffix": ("a.docx", b"PK\x03\x04", "does not say by its name which format"),
    "picture as text": (
        "a.txt",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        "a.txt, line 1: not UTF-8, and its encoding could not be guessed",
    ),
    "zeros as text": ("a.txt", bytes(5000), "a.txt is not a text file"),
    "empty": ("a.txt", b"", "a.txt is empty"),
    "empty lines": ("a.jsonl", b"\n\n", "a.jsonl is empty"),
    "not JSON": ("a.jsonl", line().encode() + b"{oops\n", "a.jsonl, line 2: not JSON"),
    "binary lines": ("a.jsonl", b"\x80\x81" * 99, "a.jsonl, line 1: not UTF-8 text"),
    "offset": ("a.jsonl", spanned(0, 99).encode(), "a.jsonl, line 1, layer 1, annotation 1: 0 to 99 lies outside"),
    "quote": ("a.jsonl", spanned(0, 4, quote="Ben").encode(), "a.jsonl, line 1, layer 1, annotation 1: "),
    "no text": ("a.jsonl", b'{"title":"x"}', "a.jsonl, line 1: there is no “text”"),
    "newer": ("a.jsonl", b'{"rubricator":9,"text":"x"}', "a.jsonl, line 1: this is version 9"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_imported_is_told_and_leaves_the_project_alone(
    tmp_path: Path, file: Path, tell: Tell, kind: str
) -> None:
    name, data, match = BAD[kind]
    source = tmp_path / name
    source.write_bytes(data)
    assert match in refused(tell, file, "import", file, SAMPLES, source, "--strict").err
    assert match in refused(tell, file, "import", file, source, "--json").json["error"]


def test_a_damaged_file_beside_others_is_told_by_words_and_exit_code(tmp_path: Path, file: Path, tell: Tell) -> None:
    (tmp_path / "a.txt").write_text("Anna.\n")
    (tmp_path / "b.jsonl").write_text('{"text":"Ben."}\n{"text":\n')
    for dry in (["--dry-run"], []):
        told = tell("import", file, tmp_path / "a.txt", tmp_path / "b.jsonl", *dry)
        assert told.code == 1
        assert "1 article imported.\nFiles read as: Plain text (1).\n1 file was refused, and nothing of it" in told.out
        assert "  b.jsonl, line 2: " in told.out
    told = tell("import", file, tmp_path / "a.txt", tmp_path / "b.jsonl", "--json")
    assert told.code == 1
    [refused] = told.json["refused"]
    assert (told.json["known"], refused["kind"], refused["n"]) == (1, "damaged", 1)


def test_sources_and_formats_that_are_not_there(tmp_path: Path, file: Path, tell: Tell) -> None:
    assert "There is no file" in refused(tell, file, "import", file, tmp_path / "gone.txt").err
    (tmp_path / "none").mkdir()
    assert "nothing that can be imported" in refused(tell, file, "import", file, tmp_path / "none").err
    told = refused(tell, file, "import", file, SAMPLES, "--format", "docx")
    assert "There is no format called “docx”" in told.err
    assert "jsonl, " in told.err
    assert "There is no format called" in refused(tell, file, "import", file, SAMPLES, "--format", "odd").err
    assert tell("import", file, "x" * 5000 + ".txt").code == 1
    empty = tell("import", file, "")
    assert empty.code != 0
    assert "An empty name is no file." in empty.err


# --- export -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["jsonl", "brat", "conll", "topics-csv"])
def test_every_format_is_written_and_reported(tmp_path: Path, small: Path, tell: Tell, key: str) -> None:
    out = tmp_path / "out"
    told = tell("export", small, out, "--format", key, "--json").json
    assert set(told) == {"written", "out", "articles", "annotations", "left_out", "losses"}
    assert (told["written"], told["out"], told["articles"], told["annotations"]) == (True, str(out), 1, 3)
    assert all(set(loss) == {"kind", "what", "n", "where"} for loss in told["losses"])
    assert bool(told["losses"]) == (key != "jsonl")
    assert out.exists()
    assert "is there already" in refused(tell, small, "export", small, out, "--format", key).err
    assert tell("export", small, out, "--format", key, "--overwrite").code == 0


def test_losses_are_listed_or_refused(tmp_path: Path, small: Path, tell: Tell) -> None:
    out = tmp_path / "out.conll"
    asked = ("export", small, out, "--format", "conll", "--nested", "outermost", "--on-loss", "fail")
    told = tell(*asked, "--json")
    assert told.code == 1
    assert told.json["written"] is False
    (loss,) = (loss for loss in told.json["losses"] if loss["kind"] == "nested")
    assert loss["n"] == 1
    assert "Port" in loss["where"][0]
    assert tell(*asked).out.startswith("Nothing was written.\n")
    assert not out.exists()
    assert tell("export", small, out, "--format", "jsonl", "--on-loss", "fail").code == 0
    out.unlink()
    told = tell("export", small, out, "--format", "conll", "--tagging", "BIOES")
    assert told.code == 0
    assert "  " in told.out
    assert "E-CITY" in out.read_text()


def test_only_what_an_annotator_said_is_a_loss_to_fail_for(tmp_path: Path, file: Path, tell: Tell) -> None:
    text = "Anna met Ben."
    said: dict[str, Any] = {"annotations": [{"label": "PERSON", "start": 0, "end": 4}], "seconds": 5, "flags": ["x"]}
    source = tmp_path / "in.jsonl"
    for key, more in (("a", {}), ("b", {"attributes": {"sure": True}})):
        layer = said | {"annotator": key, "annotations": [said["annotations"][0] | more]}
        source.write_text(json.dumps({"text": f"{text}{key}", "title": "T", "layers": [layer]}))
        assert tell("import", file, source, "--new-labels", "add").code == 0
        for name, lost in (("conll", key == "b"), ("brat", False)):
            told = tell(
                *("export", file, tmp_path / f"{name}-{key}", "--format", name),
                *("--annotator", key, "--on-loss", "fail", "--json"),
            )
            assert (told.code, told.json["written"]) == (int(lost), not lost)
            assert {"provenance", "article"} <= {loss["kind"] for loss in told.json["losses"]}


def test_losses_are_looked_for_once(tmp_path: Path, small: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = Conll.losses
    monkeypatch.setattr(Conll, "losses", lambda *given: asked.append(1) or real(*given))
    assert tell("export", small, tmp_path / "out.conll", "--format", "conll").code == 0
    assert len(asked) == 1


def test_the_choices_are_those_of_the_writers() -> None:
    (command,) = (one for one in cli.rubricator.commands.values() if one.name == "export")
    options = {one.name: one for one in command.params}
    values = (NESTED, TAGGINGS, BROKEN, SUBTOKEN, ACROSS, FORMULAS)
    for known, choices in zip(fields(WriteOptions), values, strict=True):
        kind = options[known.name].type
        assert isinstance(kind, click.Choice)
        assert (tuple(kind.choices), options[known.name].default) == (choices, known.default)


def test_the_project_itself_is_never_written_over(small: Path, tell: Tell) -> None:
    assert "is a project" in refused(tell, small, "export", small, small, "--format", "jsonl", "--overwrite").err
    assert "is a project" in refused(tell, small, "scheme", "export", small, small, "--overwrite").err


def test_what_is_exported_can_be_chosen(tmp_path: Path, file: Path, tell: Tell) -> None:
    told = refused(tell, file, "export", file, tmp_path / "x", "--format", "conll")
    assert "Several annotators" in told.err
    people = [
        person["name"] for person in tell("stats", file, "--json").json["annotators"].values() if person["labels"]
    ]
    assert len(people) == 2
    assert tell("export", file, tmp_path / "x", "--format", "conll", "--annotator", people[0]).code == 0
    assert "no gold layer" in refused(tell, file, "export", file, tmp_path / "y", "--format", "conll", "--gold").err
    assert (
        "no annotator “eve”"
        in refused(tell, file, "export", file, tmp_path / "y", "--format", "jsonl", "--annotator", "eve").err
    )
    refused(tell, file, "export", file, tmp_path / "y", "--format", "jsonl", "--annotator", "eve", "--gold", code=2)
    none = refused(tell, file, "export", file, tmp_path / "none", "--format", "jsonl", "--status", "skipped")
    assert "nothing to export" in none.err


def test_exports_that_cannot_be(tmp_path: Path, small: Path, tell: Tell) -> None:
    assert "no format called" in refused(tell, small, "export", small, tmp_path / "x", "--format", "docx").err
    assert "There is no folder" in refused(tell, small, "export", small, tmp_path / "no" / "x", "--format", "jsonl").err


# --- the others ---------------------------------------------------------------------------------------------------


def test_formats_are_listed(tell: Tell) -> None:
    rows = tell("formats", "--json").json["formats"]
    assert {"jsonl", "text", "brat", "conll", "spacy", "topics-csv"} <= {row["key"] for row in rows}
    said = {"key", "title", "suffixes", "reads", "writes", "extra"}
    assert all(set(row) - {"carries", "loses"} == said for row in rows)
    told = tell("formats").out
    assert "Rubricator JSONL\n              carries everything\n" in told
    assert "carries spans, nested spans, crossing spans" in told


def test_stats_count(file: Path, tell: Tell) -> None:
    value = tell("stats", file, "--json").json
    assert set(value) == set("project scheme articles characters annotations topic_tags edits annotators".split())
    assert value["articles"] == 3
    assert value["annotations"] == sum(sum(p["labels"].values()) for p in value["annotators"].values()) > 50
    assert all(sum(p["status"].values()) == 3 for p in value["annotators"].values())
    assert "PERSON" in tell("stats", file).out


def test_history_says_what_was_done(small: Path, tell: Tell) -> None:
    with Project.open(small, Settings().me(), clock=ticking()) as project:
        project.undo()
    lines = tell("history", small, "--json").json["history"]
    assert all(set(item) == {"step", "at", "by", "article", "what", "undone"} for item in lines)
    assert [item["what"] for item in lines[:2]] == [
        "Undone: Labelled “Port” as LOCATION",
        "Labelled “Port” as LOCATION",
    ]
    assert [item["undone"] for item in lines[:3]] == [False, True, False]
    assert len(tell("history", small, "--limit", 2, "--json").json["history"]) == 2
    assert len(tell("history", small, "--article", "one", "--json").json["history"]) == 5
    assert "(undone)" in tell("history", small).out
    assert tell("history", small, "--limit", 0).code == 2


def test_check_finds_a_sound_file_sound(file: Path, tell: Tell) -> None:
    for more in ([], ["--full"]):
        told = tell("check", file, "--json", *more)
        assert told.code == 0
        assert told.json["sound"] is True
    assert tell("check", file).out.endswith("is sound.\n")


def test_check_says_damage_by_its_exit_code(file: Path, tell: Tell) -> None:
    with Project.open(file, ANNA) as project:
        project._store.db.execute("UPDATE layer SET annotations = 77")
    told = tell("check", file, "--json")
    assert told.code == 1
    assert told.json["sound"] is False
    assert any(finding["damage"] and "wrong count" in finding["what"] for finding in told.json["findings"])


def test_schemes_are_shown_exported_and_imported(tmp_path: Path, file: Path, tell: Tell) -> None:
    out = tmp_path / "s.json"
    assert tell("scheme", "export", file, out).code == 0
    shown = tell("scheme", "show", file, "--json").json
    assert json.loads(out.read_text(encoding="utf-8")) == shown
    assert "is there already" in refused(tell, file, "scheme", "export", file, out).err
    assert tell("scheme", "export", file, out, "--overwrite").code == 0
    assert "annotations carry" in refused(tell, file, "scheme", "import", file, "conll2003").err
    shown["labels"].reverse()
    shown["labels"].insert(0, {"name": "ZED"})
    out.write_text(json.dumps(shown), encoding="utf-8")
    told = tell("scheme", "import", file, out, "--json").json
    assert told == {"scheme": "News", "version": shown["version"] + 1, "labels": len(shown["labels"])}
    again = tell("scheme", "show", file, "--json").json
    assert [x["name"] for x in again["labels"]] == [x["name"] for x in shown["labels"]]
    assert again["topics"] == shown["topics"]
    assert "ZED" in tell("scheme", "show", file).out
    assert "key  short  label" in tell("scheme", "show", file).out.splitlines()[1]
    assert "There is no scheme" in refused(tell, file, "scheme", "import", file, tmp_path / "gone.json").err
    out.write_bytes(b"\x00\x01" * 300)
    assert "is not a text file" in refused(tell, file, "scheme", "import", file, out).err


def test_topics_are_imported(tmp_path: Path, file: Path, tell: Tell) -> None:
    before = len(tell("scheme", "show", file, "--json").json["topics"])
    source = resource("topics/mediatopics-2.json")
    told = tell("topics", "import", file, source, "--json")
    assert told.code == 0, told.err
    assert len(tell("scheme", "show", file, "--json").json["topics"]) >= before
    bad = tmp_path / "bad.json"
    for words in ("{", "[]", "{}", '{"topics":[{"name":"x"}]}', '{"conceptSet":[1]}'):
        bad.write_text(words)
        assert "bad.json" in refused(tell, file, "topics", "import", file, bad).err
    assert "cannot be read" in refused(tell, file, "topics", "import", file, tmp_path / "gone.json").err


@pytest.mark.parametrize(
    "arguments",
    [
        ["stats"],
        ["check"],
        ["history"],
        ["scheme", "show"],
        ["import", SAMPLES],
        ["export", "x", "--format", "jsonl"],
        ["scheme", "import", "news"],
    ],
)
def test_every_command_refuses_what_is_no_project(tmp_path: Path, tell: Tell, arguments: list[object]) -> None:
    command, rest = ([arguments[0]], arguments[1:]) if arguments[0] != "scheme" else (arguments[:2], arguments[2:])
    text = tmp_path / "text.rubric"
    text.write_text("no project")
    for path, match in [
        (tmp_path / "gone", "There is no project"),
        (text, "is not a Rubricator project"),
        (tmp_path, "cannot be read"),
    ]:
        told = tell(*command, path, *rest)
        assert (told.code, match in told.err) == (1, True), told.err
        assert match in tell(*command, path, *rest, "--json").json["error"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["text.rubric"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["new"],
        ["stats"],
        ["stats", "p", "--nonsense"],
        ["import", "p"],
        ["export", "p", "o"],
        ["import", "p", "s", "--offsets", "bytes"],
        ["export", "p", "o", "--format", "jsonl", "--status", "x"],
        ["scheme", "nonsense"],
    ],
)
def test_wrong_usage_is_two(tell: Tell, arguments: list[str]) -> None:
    told = tell(*arguments)
    assert told.code == 2
    assert told.err
    assert "Traceback" not in told.err


def test_help_and_version(tell: Tell) -> None:
    assert tell("--help").code == 0
    assert tell("export", "-h").out.startswith("Usage: rubricator export")
    assert tell("--version").out.startswith("rubricator")


# --- as a process -------------------------------------------------------------------------------------------------


def process(*arguments: str | bytes, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "rubricator", *arguments], capture_output=True, check=False, **more)


def test_it_never_loads_qt_and_starts_with_little(tmp_path: Path) -> None:
    code = f"""
import sys
from rubricator.cli import rubricator, run
assert run(rubricator, ["--help"]) == 0
heavy = [m for m in sys.modules if m.split(".")[0] in {{"sqlite3", "sqlite_utils", "regex", "pandas", "PySide6", "charset_normalizer"}}]
assert not heavy, heavy
path = {str(tmp_path / "p.rubric")!r}
for arguments in (["new", path], ["import", path, {str(SAMPLES)!r}], ["stats", path], ["history", path], ["check", path],
                  ["export", path, path + ".jsonl", "--format", "jsonl"], ["scheme", "show", path], ["formats"]):
    assert run(rubricator, arguments) == 0, arguments
assert not [m for m in sys.modules if m.split(".")[0] in {{"PySide6", "shiboken6", "rubricator_gui", "pandas", "pyarrow"}}]
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_that_lacks_letters_gets_escapes_and_json_stays_utf8(small: Path) -> None:
    import os

    env = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = process("history", str(small), env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"Labelled \u201cPort\u201d as LOCATION" in done.stdout
    done = process("history", str(small), "--json", env=env)
    assert json.loads(done.stdout.decode("utf-8"))["history"][0]["what"] == "Labelled “Port” as LOCATION"


def test_a_pipe_that_is_closed_is_no_bug(small: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "rubricator", "scheme", "show", str(small), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names are text there")
def test_names_of_files_that_are_no_text(tmp_path: Path) -> None:
    odd = bytes(tmp_path) + b"/\xff\xfe.rubric"
    done = process("new", odd)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    path = tmp_path / "p.rubric"
    assert process("new", str(path)).returncode == 0
    source = bytes(tmp_path) + b"/\xff\x1b[31m.txt"
    Path(source.decode("utf-8", "surrogateescape")).write_text("Some text.")
    for arguments in (
        [b"import", bytes(path), source],
        [b"history", bytes(path)],
        [b"import", bytes(path), source, b"--json"],
        [b"stats", odd],
    ):
        done = process(*arguments)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        assert b"\x1b" not in done.stdout + done.stderr
    assert process("check", "--full", str(path)).returncode == 0


def test_a_terminal_is_not_told_what_to_do_by_a_file(tmp_path: Path, tell: Tell) -> None:
    """Names of labels and people come from files; an escape sequence among them could rewrite the screen."""
    path = tmp_path / "p.rubric"
    scheme = {
        "rubricator-scheme": 1,
        "name": "e\u001b[2J",
        "labels": [{"name": "E\u001b]0;x\u0007", "definition": "\u009b31m"}],
    }
    (tmp_path / "s.json").write_text(json.dumps(scheme))
    (tmp_path / "a\x1b[1m.jsonl").write_text(spanned(0, 4, "E\u001b[0m") + "{")
    said = [tell("new", path, "--scheme", tmp_path / "s.json"), tell("scheme", "show", path), tell("stats", path)]
    said += [tell("import", path, tmp_path / "a\x1b[1m.jsonl"), tell("history", path), tell("nonsense\x1b[1m")]
    for told in said:
        assert not {"\x1b", "\x07", "\x9b"} & set(told.out + told.err), told.out + told.err


def test_a_list_of_entities_comes_in_is_shown_and_goes_out(tell: Tell, file: Path, tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("Wer,qid\nAnna Lebrune,Q5\n,Q6\nVelis,Q7\n", encoding="utf-8")
    before = tell("entities", "show", file, "--json").json["entities"]
    refused = tell("entities", "import", file, source, "--column", "name=Wer")
    assert refused.code == 1
    assert "people.csv: 1 line is no entity" in refused.err
    assert "line 3: it has no name." in refused.err
    assert tell("entities", "import", file, source, "--column", "name=Who").code == 2
    assert tell("entities", "import", file, source, "--column", "name=Wer", "--skip-broken", "--dry-run").code == 0
    assert tell("entities", "show", file, "--json").json["entities"] == before
    done = tell("entities", "import", file, source, "--column", "name=Wer", "--skip-broken", "--json").json
    assert (done["new"], done["known"], done["broken"]) == (2, 0, [{"line": 3, "why": "it has no name."}])
    assert len(tell("entities", "show", file, "--json").json["entities"]) == len(before) + 2
    out = tmp_path / "out.csv"
    assert tell("entities", "export", file, out).code == 0
    assert "wikidata:Q5" in out.read_text(encoding="utf-8")
    assert tell("entities", "export", file, out).code == 1
    assert tell("entities", "export", file, tmp_path / "out.txt").code == 1


# --- topics -------------------------------------------------------------------------------------------------------


def test_topics_of_all_kinds_are_imported_and_shown(tmp_path: Path, tell: Tell) -> None:
    path = tmp_path / "p.rubric"
    tell("new", path)
    table = tmp_path / "own.csv"
    table.write_text("code,name,name (de),parent\na,Sea,Meer,\nb,Ports,Häfen,a\n", encoding="utf-8")
    told = tell("topics", "import", path, table, "--language", "de", "--json").json
    assert (told["topics"], told["offered"], told["language"]) == (2, 2, "de")
    assert told["retired"] > 15
    assert tell("topics", "show", path).out.startswith("     0  Meer  a\n     0    Häfen  b\n")
    shown = tell("topics", "show", path, "--json").json["topics"]
    assert shown[1] == {"code": "b", "name": "Häfen", "parent": "a", "retired": "", "given": 0}
    told = tell("topics", "import", path, SAMPLES.parent.parent / "topics" / "mediatopics-2.json", "--keep")
    assert " topics can be given now; 0 retired ones stay known." in told.out


def test_topics_that_are_no_tree_are_refused_and_nothing_is_half_done(tmp_path: Path, tell: Tell) -> None:
    path = tmp_path / "p.rubric"
    tell("new", path)
    table = tmp_path / "own.csv"
    table.write_text("code,name,parent\na,Sea,\nb,Ports,x\n", encoding="utf-8")
    assert "line 3: the parent of b, x, is not in the file" in refused(tell, path, "topics", "import", path, table).err
    assert tell("topics", "import", path, table, "--mend", "--json").json["offered"] == 2
    assert "no file of topics" in refused(tell, path, "topics", "import", path, tmp_path / "x.doc").err
    assert "there is no such file" in refused(tell, path, "topics", "import", path, tmp_path / "x.csv").err
    assert "no address of the web" in refused(tell, path, "topics", "import", path, "file:///etc/passwd").err


def test_topics_are_imported_from_an_address(tmp_path: Path, tell: Tell) -> None:
    path = tmp_path / "p.rubric"
    tell("new", path)
    concepts = [{"uri": "u", "qcode": "t:1", "prefLabel": {"en-GB": "sport", "de": "Sport", "fr": "sport"}}]
    with serving(json.dumps({"conceptSet": concepts}).encode()) as server:
        told = tell("topics", "import", path, server.address("newscodes/mediatopic/?format=json"))
        assert told.code == 0
        assert "Their names are in en-GB; there are de, fr, too." in told.out
        assert (
            "has no names in “ar”"
            in refused(tell, path, "topics", "import", path, server.address("good.json"), "--language", "ar").err
        )
        assert "cut short" in refused(tell, path, "topics", "import", path, server.address("short.json")).err
        assert "404" in refused(tell, path, "topics", "import", path, server.address("missing.json")).err


def test_a_snapshot_is_exported_in_parts_and_listed(file: Path, tmp_path: Path, tell: Tell) -> None:
    assert tell("snapshot", file, "as sent", "--json").json == {"snapshot": "as sent"}
    assert tell("snapshot", file, "as sent").code == 1
    assert tell("snapshots", file).out == "as sent\n"
    plain = ["export", file, "--format", "jsonl", "--split", "50/50", "--seed", "3", "--licence", "CC0", "--json"]
    before = tell(*plain, tmp_path / "before").json
    assert {name: part["articles"] for name, part in before["parts"].items()} == {"train": 2, "test": 1}
    with Project.open(file, ANNA, clock=ticking()) as project:
        project.annotate(next(project.rows.articles()).id, "CITY", [Span.of(0, 4)], exact=True)
    assert tell(*plain, tmp_path / "after", "--snapshot", "as sent").code == 0
    for name in ("train.jsonl", "test.jsonl", "scheme.json"):
        assert (tmp_path / "after" / name).read_bytes() == (tmp_path / "before" / name).read_bytes()
    assert "- Snapshot: as sent" in (tmp_path / "after/README.md").read_text(encoding="utf-8")
    (told,) = tell("snapshots", file, "--json").json["snapshots"]
    assert (told["name"], told["articles"]) == ("as sent", 3)
    assert tell("snapshot", file, "as sent", "--delete").out == "Deleted the snapshot “as sent”.\n"
    assert tell("snapshot", file, "as sent", "--delete").code == 1
    assert tell("snapshots", file).out == ""
    assert "is no split" in tell("export", file, tmp_path / "x", "--format", "jsonl", "--split", "half").err


def test_what_an_import_tells_is_told_once(tmp_path: Path, tell: Tell) -> None:
    """Labels of one place stand together, and places that are alike are counted."""
    path, source = tmp_path / "p.rubric", tmp_path / "a.ann"
    source.with_suffix(".txt").write_text("Anna met Ben at noon.\n")
    relations = "".join(f"R{n}\tMet Arg1:T1 Arg2:T2\n" for n in range(25))
    source.write_text(
        f"T1\tPer 0 4\tAnna\nT2\tPer 9 12\tBen\nT3\tTime 16 20\tnoon\n{relations}R99\tAt Arg1:T1 Arg2:T3\n"
    )
    assert tell("new", path).code == 0
    said = tell("import", path, source, "--dry-run").out
    assert "the scheme lacks: Per, Time (a.ann)." in said
    assert "\n  a.ann: Met (25)\n  a.ann: At\n" in said
    assert "more" not in said
    said = tell("import", path, source, "--new-labels", "add").out
    assert "\nAdded to the scheme: Per, Time.\n" in said
    assert "\nTopics, attributes and relation types added to the scheme: Met, At.\n" in said
