"""A corpus of 100,000 articles with 1,000,000 spans through the command line, beside one of a tenth (make bench ARGS=large).

Each command is a process of its own; its processor time is told for the same number of articles, so that the ratio says
whether it is linear, and the most memory it took.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import corpus
import edits
from table import Row, against

import exchange

_FEW, _MANY = 10_000, 100_000
_SPANS = 10


def rows(folder: Path) -> Iterator[Row]:
    """Yield time and memory of each command for many articles, against those for a tenth of them."""
    few, many = (dict(_run(folder, n)) for n in (_FEW, _MANY))
    for what, (ms, memory) in many.items():
        yield against(f"{what} {_MANY:,} articles / 10 x {_FEW:,} (processor)", ms, few[what][0] * (_MANY / _FEW), 1.5)
        yield against(f"{what}: most memory (MB)", memory, few[what][1], 1.5)
    # Last, because it takes memory of its own, which a process has from this one when it begins.
    yield from exchange.beside_a_dump(folder, _MANY, times=3)
    yield edits.beside_bare_inserts(folder, _MANY, times=3)


def _run(folder: Path, n: int) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield what each command took: milliseconds of the processor, and megabytes."""
    source, project = folder / f"{n}.jsonl", folder / f"{n}.rubric"
    with source.open("w", encoding="utf-8") as lines:
        lines.writelines(articles(n))
    _took("new", project)
    for what, *words in (
        ("import", "import", project, source, "--new-labels", "add"),
        ("export as JSONL", "export", project, folder / f"{n}-out.jsonl", "--format", "jsonl"),
        ("check --full", "check", project, "--full"),
        ("export as XMI", "export", project, folder / f"{n}-xmi", "--format", "xmi"),
        ("export as brat", "export", project, folder / f"{n}-out", "--format", "brat"),
    ):
        yield what, _took(*words)
    print(f"{n:,} articles: the file has {project.stat().st_size / 1e6:,.0f} MB")


def articles(n: int) -> Iterator[str]:
    """Yield the lines of a corpus of varied articles with their annotations."""
    for k, text in enumerate(corpus.varied(n)):
        spans = [{"label": label, "fragments": span.fragments} for label, span in corpus.spans_of(text, _SPANS, k)]
        layer = {"annotator": "bench", "annotations": spans}
        yield json.dumps({"id": f"a{k}", "title": f"Article {k}", "text": text, "layers": [layer]}) + "\n"


def _took(*words: object) -> tuple[float, float]:
    """Run a command; return its milliseconds of the processor, and its most megabytes of memory."""
    command = [sys.executable, "-m", "rubricator", *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024
