"""A large corpus is exported by several processes: the bytes that one writes, or no file; and nobody is left behind."""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.exchange.processes import seen
from tests.making import ANNA, BEN, add_articles, make

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange import beside, stretches
from rubricator.exchange.beside import Beside
from rubricator.exchange.export_report import ExportOptions, ExportReport
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.outgoing import export, prepare, state_asked, write
from rubricator.exchange.progress import CancelledError
from rubricator.exchange.stretches import stretch_work
from rubricator.exchange.work import export_work
from rubricator.formats.base import Divisible, Header, Record, WriteOptions
from rubricator.formats.jsonl import format as jsonl
from rubricator.model.layer_edits import remove_article
from rubricator.model.spans import Span
from rubricator.model.text import digest
from rubricator.project import Project
from rubricator_resources import path as resource

SAMPLES = resource("samples/samples.jsonl")
DIVISIBLE = [spec.key for spec in formats.FORMATS if isinstance(formats.format_for(spec.key), Divisible)]
FEW, SEVERAL = 10**9, 3
"""Articles for a process: so many that there is one, so few that there are four."""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return the samples with what is hard among them: a long text, no layer, two layers, one taken out."""
    texts = [(f"a{n:02}", f"{n} Anna 👩🏽‍🚀 left\u2028“Bonn” \\ \x7f {'x' * (n % 5) * 1000}") for n in range(26)]
    with make(tmp_path / "p.rubric") as made:
        import_files(made, [SAMPLES], ImportOptions())
        add_articles(made, texts)
        chance = random.Random(1)
        for uid, text in texts[3:-5]:
            for me in (ANNA, BEN)[: chance.randint(0, 2)]:
                made.me = me
                made.annotate(uid, "PERSON", [Span.of(text.index("Anna"), text.index("Anna") + 4)])
        made.me = ANNA
        made.apply(remove_article(made.article("a11")))
        yield made


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Beside]:
    """Have three processes help however few the articles are; return those that were started."""
    monkeypatch.setattr(stretches, "LEAST", SEVERAL)
    return seen(monkeypatch, stretches, processors=3)


def alone(project: Project, out: Path, options: ExportOptions) -> tuple[bytes, ExportReport]:
    """Return what one process writes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "LEAST", FEW)
        report = export(project, out, options)
    return out.read_bytes(), report


def gone(started: list[Beside]) -> bool:
    return bool(started) and all(one._process.poll() is not None for one in started)


def here(project: Project) -> list[str]:
    """Return what lies beside a project that is open; its lock goes when it is closed."""
    ours = (".rubric", ".rubric-shm", ".rubric-wal", ".rubric.lock")
    return sorted(path.name for path in project.path.parent.iterdir() if not path.name.endswith(ours))


def test_what_can_be_divided() -> None:
    assert DIVISIBLE == ["jsonl", "prodigy", "huggingface"]


@pytest.mark.parametrize("key", DIVISIBLE)
def test_several_write_what_one_writes(project: Project, started: list[Beside], tmp_path: Path, key: str) -> None:
    options = ExportOptions(key, "" if key == "jsonl" else ANNA.annotator)
    told: list[tuple[int, int]] = []
    report = export(project, tmp_path / "several", options, lambda done, total: told.append((done, total)))
    assert len(started) == 3
    assert gone(started)
    assert ((tmp_path / "several").read_bytes(), report) == alone(project, tmp_path / "one", options)
    assert report.articles > 2 * SEVERAL
    assert all(0 <= done <= total for done, total in told)
    assert here(project) == ["one", "several"]


@pytest.mark.parametrize("processors", [1, 2, 64])
def test_as_many_as_there_are_processors_but_not_more_than_four(
    project: Project, started: list[Beside], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    export(project, tmp_path / "several", ExportOptions("jsonl"))
    assert len(started) == {1: 0, 2: 2, 64: 4}[processors]
    written, _report = alone(project, tmp_path / "one", ExportOptions("jsonl"))
    assert (tmp_path / "several").read_bytes() == written


def test_a_small_corpus_is_written_by_one(project: Project, started: list[Beside], tmp_path: Path) -> None:
    assert alone(project, tmp_path / "one", ExportOptions("jsonl"))[0]
    assert started == []


def test_other_formats_are_written_by_one(project: Project, started: list[Beside], tmp_path: Path) -> None:
    export(project, tmp_path / "one", ExportOptions("doccano", ANNA.annotator))
    assert started == []


def test_a_snapshot_is_exported_by_several_too(project: Project, started: list[Beside], tmp_path: Path) -> None:
    was, _report = alone(project, tmp_path / "was", ExportOptions("jsonl"))
    project.take_snapshot("then")
    project.annotate("a00", "CITY", [Span.of(0, 2)], exact=True)
    with state_asked(project, ExportOptions("jsonl", snapshot="then")) as (then, asked):
        export(then, tmp_path / "then", asked)
    assert len(started) == 3
    assert (tmp_path / "then").read_bytes() == was


def annotated(project: Project) -> None:
    project.annotate("a00", "CITY", [Span.of(0, 2)], exact=True)


def late_text(project: Project) -> None:
    project._journal.merge((), [(digest("late"), "late")])


@pytest.mark.parametrize("change", [annotated, late_text])
def test_what_others_write_meanwhile_is_in_no_part_of_it(
    project: Project, started: list[Beside], tmp_path: Path, change: Callable[[Project], None]
) -> None:
    """Whoever opens the project after that sees another state, and so one process does it."""
    was, _report = alone(project, tmp_path / "was", ExportOptions("jsonl"))
    with Project.open(project.path, BEN) as other, project.snapshot():
        ready = prepare(project, ExportOptions("jsonl"))
        change(other)
        write(ready, tmp_path / "now")
    assert (tmp_path / "now").read_bytes() == was
    assert len(started) == 3
    assert gone(started)
    with project.snapshot():
        export_now = write(prepare(project, ExportOptions("jsonl")), tmp_path / "then")
    assert export_now.articles == len((tmp_path / "then").read_bytes().splitlines()) - 1
    assert ((tmp_path / "then").read_bytes() == was) is (change is late_text)  # no article has it yet
    assert len(started) == 6


# --- what goes wrong in one of them -------------------------------------------------------------------------------


def killed(*arguments: object) -> None:
    """Die as a process does for which there was no more memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def full(*arguments: object) -> object:
    """Write to a disk without room."""

    def write(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    jsonl.FORMAT.write = write  # type: ignore[method-assign]
    return stretch_work(*arguments)  # type: ignore[arg-type]


def wrong(*arguments: object) -> object:
    """Write something else than what was meant."""
    right = jsonl.FORMAT.write

    def write(header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        right(header, (replace(record, title="?") for record in records), out, options)

    jsonl.FORMAT.write = write  # type: ignore[method-assign]
    return stretch_work(*arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("work", "words"),
    [
        pytest.param(
            killed, "was ended before it was done", marks=pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
        ),
        (full, "could not be written: No space left"),
        (wrong, "reading it back gave something else"),
    ],
)
def test_what_goes_wrong_in_one_is_told_and_no_file_is_kept(
    project: Project,
    started: list[Beside],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[..., object],
    words: str,
) -> None:
    out = tmp_path / "several"
    out.write_text("what was there")
    monkeypatch.setattr(stretches, "stretch_work", work)
    with pytest.raises(UserError, match=words) as told:
        export(project, out, ExportOptions("jsonl", overwrite=True))
    assert ".stretches" not in str(told.value)
    assert gone(started)
    assert out.read_text() == "what was there"
    assert here(project) == ["several"]


def test_one_that_is_killed_at_work_ends_all(project: Project, started: list[Beside], tmp_path: Path) -> None:
    def kill(_done: int, _total: int) -> None:
        started[-1]._process.kill()

    with pytest.raises(UserError, match="was ended before it was done"):
        export(project, tmp_path / "several", ExportOptions("jsonl"), kill)
    assert gone(started)
    assert here(project) == []


def forever(*arguments: object) -> None:
    """Never come to an end, whoever asks for it."""
    time.sleep(600)


def test_who_stops_it_stops_all(
    project: Project, started: list[Beside], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_done: int, _total: int) -> None:
        if started:
            raise CancelledError

    monkeypatch.setattr(stretches, "stretch_work", forever)
    monkeypatch.setattr(beside, "_GRACE", 600)  # nobody is asked twice
    with pytest.raises(CancelledError):
        export(project, tmp_path / "several", ExportOptions("jsonl"), stop)
    assert gone(started)
    assert here(project) == []


# --- as the window does it ----------------------------------------------------------------------------------------


def in_the_background(*arguments: object) -> int:
    """Export as the process does that works for the window; return how many others it started."""
    found: list[object] = []

    class Seen(Beside):
        def __enter__(self) -> Beside:
            found.append(self)
            return super().__enter__()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stretches, "LEAST", SEVERAL)
        patch.setattr(os, "cpu_count", lambda: 2)
        patch.setattr(stretches, "Beside", Seen)
        export_work(*arguments)  # type: ignore[arg-type]
    return len(found)


def test_a_process_that_works_for_the_window_starts_others(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "several"
    with Beside(in_the_background, (project.path, project.me, out, ExportOptions("jsonl"))) as work:
        assert work.result() == 2
        assert work.done > 0
    assert out.read_bytes() == alone(project, tmp_path / "one", ExportOptions("jsonl"))[0]
    assert here(project) == ["one", "several"]
