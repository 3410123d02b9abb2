"""How long an export takes against reading the rows and dumping them, and whether its memory follows the corpus."""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import tracemalloc
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import corpus
from table import Row, against, once_ms, told

from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.outgoing import export
from rubricator.exchange.stretches import LEAST, MOST
from rubricator.project import Project

_FEW, _MANY = 400, 2_000
_SHARED = 20_000
"""Articles of which several processes write each a stretch."""


def _project(folder: Path, n: int) -> Path:
    text = corpus.text_of(2_000)
    path = folder / f"export-{n}.rubric"
    corpus.make(path, ((f"a{k}", f"{k} {text}", 10) for k in range(n)))
    return path


def rows(folder: Path) -> Iterator[Row]:
    """Yield the figures of an export as Rubricator JSONL, read back and compared."""
    for n in (_MANY, _SHARED):
        yield from beside_a_dump(folder, n)
    peaks = [_peak(folder, _project(folder, n), n) for n in (_FEW, _MANY + 1)]
    yield against(f"memory of an export of {_MANY:,} articles / of {_FEW:,} (kB)", peaks[1], peaks[0], 1.5)


def beside_a_dump(folder: Path, n: int, times: int = 5) -> Iterator[Row]:
    """Yield how long an export of so many articles takes, beside reading the rows and dumping them: medians."""
    ours: list[float] = []
    bare: list[float] = []
    processor: list[float] = []
    out, dumped = folder / "export.jsonl", folder / "bare.jsonl"
    with Project.open(_project(folder, n), corpus.ME) as project:
        for _ in range(times):
            before = sum(os.times()[:4])
            ours.append(once_ms(partial(export, project, out, ExportOptions("jsonl", overwrite=True))))
            processor.append((sum(os.times()[:4]) - before) * 1000)
            bare.append(once_ms(partial(_dump, project._store.db, dumped)))
    each = max(1, min(os.cpu_count() or 1, MOST, n // LEAST))
    name = f"export {n:,} articles, {n * 10:,} spans as JSONL / rows read and dumped, processes: {each}"
    yield against(name, statistics.median(ours), statistics.median(bare), 2)
    yield told("processor time of these processes", statistics.median(processor))


def _dump(db: sqlite3.Connection, out: Path) -> None:
    """Read all rows of the corpus and dump them, an article a line, with all that our line says."""
    with out.open("w", encoding="utf-8") as file:
        articles = db.execute(
            "SELECT a.id, a.uid, a.title, a.value, t.body, t.digest FROM article a JOIN text t ON t.digest = a.digest"
        )
        for article, uid, title, value, body, digest in articles.fetchall():
            layers = db.execute("SELECT id, annotator, status FROM layer WHERE article = ?", (article,)).fetchall()
            said = [
                {
                    "annotator": annotator,
                    "status": status,
                    "annotations": [
                        dict(zip(("id", "label", "start", "end", "quote", "lamport", "value"), row, strict=True))
                        for row in db.execute(
                            'SELECT uid, label, start, "end", quote, lamport, value FROM annotation'
                            " WHERE layer = ? AND alive = 1",
                            (layer,),
                        )
                    ],
                }
                for layer, annotator, status in layers
            ]
            line = {
                "id": uid,
                "text": body,
                "sha256": digest,
                "title": title,
                "meta": json.loads(value),
                "layers": said,
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _peak(folder: Path, path: Path, n: int) -> float:
    """Return the most memory that Python's objects took during an export, in kB."""
    with Project.open(path, corpus.ME) as project:
        tracemalloc.start()
        export(project, folder / f"peak-{n}.jsonl", ExportOptions("jsonl"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak / 1024
