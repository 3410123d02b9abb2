"""The folder of a corpus: its parts, its card, its sums; that it loads; and that nothing of somebody else's is replaced."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.alone import alone
from tests.formats.make import files
from tests.making import make
from tests.model.test_near import story

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.corpus import Card, Counts, agreement
from rubricator.exchange.export_report import ExportOptions, ExportReport
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.outgoing import export
from rubricator.exchange.splitting import Split
from rubricator.formats.base import Header, LayerRecord, Record
from rubricator.project import Project

BODIES = [story(seed, 60) for seed in range(30)]
VERSIONS = {n: f"{story(100 + n, 20)}\n\n{BODIES[n // 3]}" for n in range(60)}
"""Twenty stories in three versions each."""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    source = tmp_path / "in.jsonl"
    with source.open("w", encoding="utf-8") as stream:
        for n, text in VERSIONS.items():
            spans = [(match.start(), match.end()) for match in re.finditer("harbour|minister|strike", text)]
            label = {"h": "LOCATION", "m": "PERSON", "s": "EVENT"}
            annotations = [{"label": label[text[a]], "fragments": [[a, b]]} for a, b in spans]
            layer = {"annotator": "anna", "status": "done", "annotations": annotations}
            meta = {"language": "en", "source": "Meridian | Newswire"}
            article = {"id": f"n{n}", "title": f"Story 🙂 {n}", "text": text, "meta": meta, "layers": [layer]}
            stream.write(json.dumps(article) + "\n")
    with make(tmp_path / "p.rubric") as made:
        report, _ = import_files(made, [source], ImportOptions())
        assert report.versions == 40
        yield made


def write(project: Project, out: Path, key: str = "huggingface", **more: object) -> ExportReport:
    options = {"split": Split((80, 10, 10), 5), "licence": "CC BY 4.0", **more}
    return export(project, out, ExportOptions(key, "anna", **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("key", [known.key for known in formats.FORMATS if known.writes])
def test_every_format_comes_in_parts_and_each_file_is_what_its_sum_says(
    project: Project, tmp_path: Path, key: str
) -> None:
    report = write(project, tmp_path / "out", key)
    assert {name: part.articles for name, part in report.parts.items()} == {"train": 48, "dev": 6, "test": 6}
    found = files(tmp_path / "out")
    sums = dict(reversed(line.split("  ", 1)) for line in found.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    assert {"README.md", "scheme.json"} <= found.keys()
    write(project, tmp_path / "again", key)
    assert files(tmp_path / "again") == files(tmp_path / "out")


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_versions_of_a_story_are_in_one_part(project: Project, tmp_path: Path) -> None:
    write(project, tmp_path / "out")
    parts = {row["id"]: name for name in ("train", "dev", "test") for row in rows(tmp_path / f"out/{name}.jsonl")}
    assert len(parts) == 60
    assert all(parts[f"n{n}"] == parts[f"n{n - n % 3}"] for n in VERSIONS)
    write(project, tmp_path / "other", split=Split((80, 10, 10), 6))
    assert rows(tmp_path / "other/test.jsonl") != rows(tmp_path / "out/test.jsonl")


def test_a_corpus_without_a_split_is_one_part(project: Project, tmp_path: Path) -> None:
    report = write(project, tmp_path / "out", split=None, corpus=True)
    assert {name: part.articles for name, part in report.parts.items()} == {"train": 60}
    assert sorted(files(tmp_path / "out")) == ["GUIDELINES.md", "README.md", "SHA256SUMS", "scheme.json", "train.jsonl"]


def test_the_card_tells_what_there_is(project: Project, tmp_path: Path) -> None:
    report = write(project, tmp_path / "out")
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    counts = [part.labels["PERSON"] for part in report.parts.values()]
    assert f"| PERSON | {' | '.join(f'{n:,}' for n in (*counts, sum(counts)))} | A named human being" in card
    for words in ("Licence: [CC BY 4.0]", "Agreement: not measured", "by seed 5", "Annotators: anna", "Language: en"):
        assert words in card
    assert "Meridian | Newswire" in card


def test_the_card_says_what_the_files_leave_out_and_what_nothing_carries(project: Project, tmp_path: Path) -> None:
    write(project, tmp_path / "out", "conll", split=None, corpus=True)
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    assert "## What these files leave out" in card
    assert "- 60 articles lose their spaces and line breaks" in card
    labels = card.partition("## Labels")[2]
    assert "| COUNTRY |" not in labels
    assert "that nothing carries here: ORGANIZATION, COUNTRY" in labels
    write(project, tmp_path / "whole", "jsonl", split=None, corpus=True)
    assert "leave out" not in (tmp_path / "whole/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("licence", "head", "said"),
    [
        ("CC BY 4.0", "license: cc-by-4.0\n", "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)"),
        ("cc-by-4.0", "license: cc-by-4.0\n", "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)"),
        ("CC-BY-SA-4.0", "license: cc-by-sa-4.0\n", "[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)"),
        ("ours <alone>\nask", 'license: other\nlicense_name: "ours <alone> ask"\n', "ours &lt;alone> ask"),
        ("  ", "", "not stated"),
    ],
)
def test_a_licence_is_stated_as_it_was_given(
    project: Project, tmp_path: Path, licence: str, head: str, said: str
) -> None:
    write(project, tmp_path / "out", licence=licence)
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    assert head in card
    assert f"- Licence: {said}\n" in card
    assert ("license" in card.partition("---\n\n")[0]) == bool(head)


def test_the_text_of_a_licence_is_no_licence(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="at most 500 characters; these are 501"):
        write(project, tmp_path / "out", licence="x" * 501)
    assert not (tmp_path / "out").exists()


def record(*annotators: str) -> Record:
    return Record("Text.", layers=tuple(LayerRecord(name) for name in annotators))


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([record()], "not measured: no annotator"),
        ([record("anna"), record("anna")], "not measured: one annotator"),
        ([record("anna"), record("ben")], "not measured: 2 annotators, and no article was annotated by two of them"),
        (
            [record("anna", "ben"), record("carl"), record("anna", "ben", "carl")],
            "not measured, though 2 of 3 articles have the layers of several annotators",
        ),
    ],
)
def test_the_card_says_what_is_known_of_agreement(records: list[Record], said: str) -> None:
    counts = Counts()
    for one in records:
        counts.add(one)
    assert agreement(Card(Header(), "JSONL", {"train": counts})) == said


def test_agreement_is_that_of_the_exported_articles_and_names_nobody(tmp_path: Path) -> None:
    with make(tmp_path / "p.rubric") as project:
        source = tmp_path / "in.jsonl"
        with source.open("w", encoding="utf-8") as stream:
            for n, label in enumerate(("CITY", "CITY", "PERSON")):
                layers = [
                    {"annotator": who, "status": "doing" if n == 2 and who == "anna" else "done", "annotations": [one]}
                    for who, one in (
                        ("anna", {"label": "CITY", "start": 0, "end": 4}),
                        ("ben", {"label": label, "start": 0, "end": 4}),
                    )
                ]
                stream.write(json.dumps({"id": f"a{n}", "text": f"Toll {n}.", "layers": layers}) + "\n")
        import_files(project, [source], ImportOptions())
        export(project, tmp_path / "all", ExportOptions("jsonl", corpus=True))
        export(project, tmp_path / "one", ExportOptions("conll", annotator="ben", corpus=True))
        export(project, tmp_path / "begun", ExportOptions("jsonl", status="doing", corpus=True))
    cards = [(tmp_path / name / "README.md").read_text(encoding="utf-8") for name in ("all", "one", "begun")]
    assert "- Agreement: F1, strict 1.000 [1.000, 1.000]; " in cards[0]
    assert "(2 annotators, 2 of 3 articles compared, 4 annotations, 1 layers missing; 95 %" in cards[0]
    assert "- Agreement: F1, strict 1.000" in cards[1]
    assert "anna" not in cards[1]
    assert "- Agreement: not measured: 2 annotators, and no article was finished by two of them\n" in cards[2]


def test_the_card_says_who_is_no_human_and_when_it_was_published(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    with source.open("w", encoding="utf-8") as stream:
        for day in ("2016-09-04T10:00:00Z", "last week", "2014-01-31", "2015"):
            layers = [{"annotator": "anna"}, {"annotator": "tagger", "kind": "model"}]
            layers = [{**one, "annotations": [{"label": "CITY", "start": 0, "end": 4}]} for one in layers]
            article = {"text": f"Toll {day}.", "meta": {"published": day}, "layers": layers}
            stream.write(json.dumps(article) + "\n")
    with make(tmp_path / "p.rubric") as project:
        import_files(project, [source], ImportOptions())
        export(project, tmp_path / "out", ExportOptions("jsonl", corpus=True))
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    assert "- Published: 2014-01-31 to 2016-09-04\n" in card
    assert "- Annotators: anna, tagger (model)\n" in card
    assert "- Agreement: F1, strict 1.000 [1.000, 1.000]; alpha-U 1.000 [" in card
    assert "(2 annotators, 4 of 4 articles compared, 8 annotations, 0 layers missing; 95 % intervals" in card


@pytest.mark.parametrize("key", ["huggingface", "parquet", "jsonl"])
def test_the_python_of_the_card_runs(
    project: Project, tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, tmp_path / "out", key)
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    pieces = [piece for piece in re.findall(r"```python\n(.*?)```", card, re.DOTALL) if "load_dataset" not in piece]
    assert len(pieces) == 1
    assert len(pieces[0].splitlines()) <= 10
    monkeypatch.chdir(tmp_path / "out")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(pieces[0], {})
    assert len(said.getvalue().splitlines()) >= 48


def datasets_say(*folders: Path, home: Path) -> dict[str, Any]:
    """Return what somebody else's reader makes of these folders, without a network."""
    offline = {"HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1", "HF_HOME": str(home)}
    command = alone(sys.executable, Path(__file__).with_name("datasets_referee.py"), *folders)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **offline})
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    return {folder.name: told[str(folder)] for folder in folders}


def test_datasets_loads_it_in_one_line_offline(project: Project, tmp_path: Path) -> None:
    """Parts, columns and spans: of lines and of Parquet, with a split and without, and where there is nothing in a column."""
    pytest.importorskip("datasets")
    write(project, tmp_path / "lines")
    write(project, tmp_path / "table", "parquet")
    write(project, tmp_path / "whole", "parquet", split=None, corpus=True)
    with make(tmp_path / "bare.rubric", texts=[("one", "Nothing is said of this. 🙂")]) as bare:
        bare.set_status("one", "done")
        export(bare, tmp_path / "bare", ExportOptions("huggingface", corpus=True))
    folders = [tmp_path / name for name in ("lines", "table", "whole", "bare")]
    told = datasets_say(*folders, home=tmp_path / "hf")
    parts = {"train": "train", "validation": "dev", "test": "test"}
    for folder in ("lines", "table"):
        assert {name: len(part["rows"]) for name, part in told[folder].items()} == {
            "train": 48,
            "validation": 6,
            "test": 6,
        }
        for name, part in told[folder].items():
            assert part["rows"] == rows(tmp_path / f"lines/{parts[name]}.jsonl")
    assert [*told["whole"]] == ["train"]
    assert sorted(row["id"] for row in told["whole"]["train"]["rows"]) == sorted(f"n{n}" for n in VERSIONS)
    [row] = told["bare"]["train"]["rows"]
    assert (row["text"], row["spans"], row["topics"]) == ("Nothing is said of this. 🙂", [], [])
    [columns] = {json.dumps(part["columns"], sort_keys=True) for one in told.values() for part in one.values()}
    spans = json.loads(columns)["spans"]
    inner = spans.get("feature", spans)
    assert {name: kind["dtype"] for name, kind in inner.items() if name in ("label", "start", "end")} == {
        "label": "string", "start": "int64", "end": "int64",
    }  # fmt: skip
    for row in told["table"]["test"]["rows"]:
        assert row["spans"], "a test that cannot fail is none"
        assert all(row["text"][one["start"] : one["end"]] == one["text"] for one in row["spans"])


def test_spacy_trains_on_it(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("spacy")
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train
    from spacy.util import load_config

    write(project, tmp_path / "out", "spacy")
    monkeypatch.chdir(tmp_path / "out")
    steps = {"training.max_steps": 1, "training.eval_frequency": 1, "training.max_epochs": 0}
    config = load_config("config.cfg", overrides={**steps, "components.tok2vec.model.encode.width": 32})
    assert config["paths"]["train"] == "train.spacy"
    nlp = init_nlp(config)
    assert nlp.lang == "en"
    assert set(nlp.get_pipe("ner").labels) == set(nlp.get_pipe("spancat").labels) == {"EVENT", "LOCATION", "PERSON"}
    trained, _ = train(nlp, None, stdout=io.StringIO(), stderr=io.StringIO())
    assert [one.text for one in [trained("The minister said.")]] == ["The minister said."]


def test_only_a_corpus_of_its_own_is_replaced(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(project, out, "brat")
    with pytest.raises(UserError, match="there already"):
        write(project, out, "brat")
    write(project, out, overwrite=True)
    assert (out / "train.jsonl").exists()
    assert not (out / "train").exists()
    (out / "mine.jsonl").write_text("mine")
    before = files(out)
    with pytest.raises(UserError, match=r"was not replaced: it holds mine\.jsonl"):
        write(project, out, overwrite=True)
    assert files(out) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".rubricator")) == []


def test_too_few_articles_are_told(tmp_path: Path) -> None:
    with make(tmp_path / "p.rubric", texts=[("one", "Short."), ("two", "Short.")]) as project:
        with pytest.raises(UserError, match="too little for 2 parts"):
            export(project, tmp_path / "out", ExportOptions("jsonl", split=Split((90, 10))))
        assert not (tmp_path / "out").exists()


def test_parts_of_real_articles(tmp_path: Path, corpora: Path) -> None:
    with make(tmp_path / "p.rubric") as project:
        import_files(
            project, [corpora / "brat-litbank-nested", corpora / "brat-tutorial-news"], ImportOptions(new_labels="add")
        )
        report = export(project, tmp_path / "out", ExportOptions("jsonl", split=Split((50, 50), 1)))
        assert sum(part.annotations for part in report.parts.values()) == report.annotations > 500
        assert abs(report.parts["train"].articles - report.parts["test"].articles) <= 1
        assert report.articles + report.left_out == project.rows.count_articles()
