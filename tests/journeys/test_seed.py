"""The seed article all the way: command line, window, kill -9, and the exports of it read by others."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from tests.formats.brat_referee import read_folder
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.labeller import BROKEN, COUNTRIES, INNER, OUTER, TOPICS

SPANS = Counter(
    [("PERSON", BROKEN), ("ORGANIZATION", OUTER), ("ORGANIZATION", INNER), *(("COUNTRY", name) for name in COUNTRIES)]
)
FLAT = SPANS - Counter([("ORGANIZATION", INNER)])


@dataclass(frozen=True)
class Seed:
    """The project of the seed as kill -9 left it, and what the window had said of its edits."""

    project: Path
    told: list[list[str]]


@contextmanager
def somebody_labels(project: Path, what: str) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """Have somebody label in a window in a process of its own."""
    command = [sys.executable, str(kit.HERE / "labeller.py"), str(project), what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout
        finally:
            process.kill()


def kill(process: subprocess.Popen[str], output: IO[str]) -> list[list[str]]:
    """Kill with -9; return what was told and not read yet. A line cut in two was told to nobody."""
    process.kill()
    rest = output.read()
    assert process.wait(60) == -9, "it ended before it was killed"
    return [json.loads(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]


def new_project(corpora: Path, folder: Path) -> Path:
    """Make the project and import the seed, both by the command line."""
    project = folder / "seed.rubric"
    kit.rubricator("new", project)
    said = kit.report("import", project, corpora / "seed" / "turkmenistan-cis.txt")
    assert (said["articles"], said["annotations"]) == (1, 0)
    return project


@pytest.fixture(scope="module")
def killed(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[list[str]]]:
    """Label the seed in a window, and kill the window while it is idle."""
    folder = tmp_path_factory.mktemp("seed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUBRICATOR_HOME", str(folder / "home"))
        project = new_project(corpora, folder)
        told: list[list[str]] = []
        with somebody_labels(project, "seed") as (process, output):
            for line in output:
                told.append(json.loads(line))
                if told[-1] == ["done"]:
                    break
            assert kill(process, output) == []
    assert told.pop() == ["done"]
    assert project.with_name("seed.rubric-wal").stat().st_size > 0, "it was closed, not killed"
    return folder, told


@pytest.fixture
def seed(killed: tuple[Path, list[list[str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seed:
    """Return a copy of the killed project (all its files) with the settings of the one who labelled."""
    folder = tmp_path / "copy"
    shutil.copytree(killed[0], folder)
    monkeypatch.setenv("RUBRICATOR_HOME", str(folder / "home"))
    return Seed(folder / "seed.rubric", killed[1])


# --- kill -9 ----------------------------------------------------------------------------------------------------------


def test_killed_while_idle_nothing_is_lost(seed: Seed, start: Start) -> None:
    assert Counter((label, quote) for kind, _id, label, quote in seed.told if kind == "annotation") == SPANS
    assert len([line for line in seed.told if line[0] == "topic"]) == 3

    hand = start(seed.project)
    session = hand.window.session
    assert Counter(kit.layer(hand)) == SPANS
    assert {item.id for item in [*session.spans, *session.tags]} == {line[1] for line in seed.told}
    assert [name.casefold() for name in kit.topics(hand)] == list(TOPICS)
    (inner,) = [a for a in session.spans if a.quote == INNER]
    (outer,) = [a for a in session.spans if a.quote == OUTER]
    assert outer.start < inner.start < inner.end == outer.end
    (broken,) = [a for a in session.spans if a.quote == BROKEN]
    assert len(broken.span.fragments) == 1

    hand.window.close()
    assert kit.report("check", seed.project, "--full") == {"sound": True, "findings": []}
    assert not seed.project.with_name("seed.rubric-wal").exists(), "the one file is not the whole project"


@pytest.mark.parametrize("edits", [1, 75])
def test_killed_in_a_burst_every_edit_that_was_told_is_there(
    corpora: Path, tmp_path: Path, start: Start, edits: int
) -> None:
    project = new_project(corpora, tmp_path)
    with somebody_labels(project, "words") as (process, output):
        told = [json.loads(next(output)) for _n in range(edits)]
        told += kill(process, output)
    assert ["done"] not in told, "there was no burst any more"
    assert kit.report("check", project, "--full") == {"sound": True, "findings": []}

    hand = start(project)
    there = {a.id: ["annotation", a.id, a.label, a.quote] for a in hand.window.session.spans}
    assert [line for line in told if there.get(line[1]) != line] == [], "lost, though it was told"
    assert len(there) - len(told) in {0, 1}, "only the edit under way may be there untold"
    assert len(told) >= edits


# --- others read it ---------------------------------------------------------------------------------------------------


def test_spacy_reads_all_spans_and_the_flat_ones_as_entities(seed: Seed, tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    out = tmp_path / "seed.spacy"
    kit.rubricator("export", seed.project, out, "--format", "spacy")
    (doc,) = DocBin().from_disk(out).get_docs(spacy.blank("en").vocab)
    (group,) = doc.spans.values()
    assert Counter((span.label_, span.text) for span in group) == SPANS
    assert Counter((entity.label_, entity.text) for entity in doc.ents) == FLAT
    assert len([topic for topic, given in doc.cats.items() if given]) == 3


def test_a_brat_parser_reads_all_and_the_broken_name_as_two_fragments(seed: Seed, tmp_path: Path) -> None:
    kit.rubricator("export", seed.project, tmp_path / "brat", "--format", "brat")
    (document,) = read_folder(tmp_path / "brat").values()
    assert Counter((label, words.replace("S. Lebedev", BROKEN)) for label, _, words in document.spans.values()) == SPANS
    (broken,) = [fragments for label, fragments, _ in document.spans.values() if label == "PERSON"]
    assert [document.text[start:end] for start, end in broken] == ["S.", "Lebedev"]


@pytest.mark.parametrize("tagging", ["IOB2", "BIOES"])
def test_seqeval_reads_the_outermost_and_the_nested_are_listed_as_losses(
    seed: Seed, tmp_path: Path, tagging: str
) -> None:
    from seqeval.scheme import IOB2, IOBES, Entities

    out = tmp_path / "seed.conll"
    asked = ("--format", "conll", "--nested", "outermost", "--tagging", tagging)
    said = kit.report("export", seed.project, out, *asked)
    sentences = [
        [line.split("\t")[:2] if "\t" in line else line.split(" ")[:2] for line in block.splitlines()]
        for block in out.read_text("utf-8").split("\n\n")
        if block.strip() and not block.startswith("-DOCSTART-")
    ]
    sentences = [[row for row in sentence if not row[0].startswith("#")] for sentence in sentences]
    tags = [[tag for _word, tag in sentence] for sentence in sentences]
    found = Entities(tags, IOB2 if tagging == "IOB2" else IOBES).entities
    entities = Counter(
        (entity.tag, " ".join(word for word, _tag in sentence[entity.start : entity.end]))
        for sentence, group in zip(sentences, found, strict=True)
        for entity in group
    )
    assert entities == Counter({(label, " ".join(quote.split())): n for (label, quote), n in FLAT.items()})
    (nested,) = [loss for loss in said["losses"] if loss["kind"] == "nested"]
    assert nested["n"] == 1
    assert len(nested["where"]) == 1
    assert INNER in nested["where"][0]

    failed = kit.run("export", seed.project, tmp_path / "none.conll", *asked, "--on-loss", "fail")
    assert failed.returncode == 1
    assert not (tmp_path / "none.conll").exists()


# --- undo -------------------------------------------------------------------------------------------------------------


def test_undo_to_the_empty_layer_and_redo_gives_the_same_bytes(seed: Seed, start: Start, tmp_path: Path) -> None:
    def exported(name: str) -> bytes:
        kit.rubricator("export", seed.project, tmp_path / name, "--format", "jsonl")
        return (tmp_path / name).read_bytes()

    before = exported("before.jsonl")
    hand = start(seed.project)
    session = hand.window.session
    steps = 0
    while len(session.spans) or session.tags:
        hand.keys("Ctrl+Z")
        steps += 1
        assert steps <= 15, "undo does not come to the empty layer"
    assert steps == 15
    (empty,) = [json.loads(line) for line in exported("empty.jsonl").splitlines()[1:]]
    assert not any(layer.get("annotations") or layer.get("topics") for layer in empty.get("layers", ()))

    for _step in range(steps):
        hand.keys("Ctrl+Shift+Z")
    assert Counter(kit.layer(hand)) == SPANS
    assert exported("after.jsonl") == before

    hand.keys(*["Ctrl+Z"] * 6)  # undo goes on after the window was closed
    hand.window.close()
    hand = start(seed.project)
    hand.keys(*["Ctrl+Y"] * 6)
    assert exported("later.jsonl") == before
