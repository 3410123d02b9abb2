"""How long one saved edit takes, against the same rows in bare SQLite; and an import, against bare inserts."""

from __future__ import annotations

import gc
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import corpus
from table import Row, against, once_ms

from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.store.schema import connect

TABLES = ("journal", "annotation", "register", "layer", "label_count", "word_count", "shingle")


def rows(folder: Path) -> Iterator[Row]:
    """Yield the figure of one durable edit."""
    path, copy = folder / "edit.rubric", folder / "bare.rubric"
    text = corpus.text_of(100_000)
    corpus.make(path, [("one", text, 2_000)])
    corpus.make(copy, [("one", text, 2_000)])
    ours: list[float] = []
    bare: list[float] = []
    with Project.open(path, corpus.ME) as project, closing(connect(copy)) as db:
        project.annotate("one", "EVENT", [Span.of(0, 3)])
        before = _newest(project)
        project.annotate("one", "LAW", [Span.of(0, 3)])
        wrote = _rows_since(project, before)
        for n in range(300):
            span = Span.of(n * 7 + 1, n * 7 + 5)
            ours.append(once_ms(lambda span=span: project.annotate("one", "LAW", [span], exact=True)))
            bare.append(once_ms(lambda n=n: _same_rows(db, wrote, n)))
    yield against(
        "one saved edit / the same rows in bare SQLite", statistics.median(ours), statistics.median(bare), 1.5
    )


def _newest(project: Project) -> int:
    return int(project._store.db.execute("SELECT max(seq) FROM journal").fetchone()[0])


def _rows_since(project: Project, seq: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
    db = project._store.db
    journal = db.execute(
        "SELECT id, author, device, device_seq, lamport, kind, article, payload, at FROM journal WHERE seq > ?", (seq,)
    ).fetchone()
    annotation = db.execute(
        'SELECT uid, layer, label, start, "end", quote, alive, lamport, edit FROM annotation ORDER BY id DESC LIMIT 1'
    ).fetchone()
    return journal, annotation


def _same_rows(db: sqlite3.Connection, wrote: tuple[tuple[object, ...], tuple[object, ...]], n: int) -> None:
    """Write the rows that one edit writes, those that count it too, durably."""
    journal, annotation = wrote
    db.execute("BEGIN IMMEDIATE")
    db.execute(
        "INSERT INTO journal (id, author, device, device_seq, lamport, kind, article, payload, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (f"{n:08}{str(journal[0])[8:]}", *journal[1:3], n, 1000 + n, *journal[5:]),
    )
    db.execute(
        'INSERT INTO annotation (uid, layer, label, start, "end", quote, alive, lamport, edit)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (f"{n:08}{str(annotation[0])[8:]}", *annotation[1:3], n * 7 + 1, n * 7 + 5, *annotation[5:]),
    )
    layer, label, quote = annotation[1], annotation[2], annotation[5]
    more = "ON CONFLICT DO UPDATE SET n = n + 1"
    db.execute(f"INSERT INTO label_count VALUES (?, ?, 1) {more}", (layer, label))
    db.execute("UPDATE layer SET annotations = annotations + 1 WHERE id = ?", (layer,))
    db.execute(f"INSERT INTO word_count VALUES (?, 1, ?, ?, 1) {more}", (quote, label, quote))
    db.execute("COMMIT")
    if n % 500 == 499:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")


def import_rows(folder: Path) -> Iterator[Row]:
    """Yield the figure of an import of few articles: of many it is a part of `large`."""
    yield beside_bare_inserts(folder, 2_000, times=5)


def beside_bare_inserts(folder: Path, n: int, *, times: int) -> Row:
    """Return the figure of an import of n articles with ten annotations each; reading their file is not in it."""
    ours: list[float] = []
    bare: list[float] = []
    for k in range(times):
        path, floor = folder / f"import-{n}-{k}.rubric", folder / f"floor-{n}-{k}.db"
        ours.append(_alone("import", n, path))
        bare.append(_alone("floor", path, floor))
        path.unlink()
        floor.unlink()
    what = f"import {n:,} articles, {10 * n:,} spans / executemany"
    return against(what, statistics.median(ours), statistics.median(bare), 2.5)


def _alone(*asked: object) -> float:
    """Measure in a process of its own: what is done in the memory that another left takes up to half as long again."""
    took = subprocess.run([sys.executable, __file__, *map(str, asked)], stdout=subprocess.PIPE, check=True)
    return float(took.stdout)


def _import(n: int, path: Path) -> float:
    edits = list(corpus.rows((f"a{k}", text, 10) for k, text in enumerate(corpus.varied(n))))
    gc.freeze()  # an import holds no such list, which would be looked through again and again
    with corpus.empty(path) as project:
        _rest()
        return once_ms(lambda: corpus.fill(project, edits))


def _bare_import(project: Path, path: Path) -> float:
    """Return the time that the rows of a project take in tables without triggers and further indexes."""
    with closing(sqlite3.connect(project)) as db, closing(sqlite3.connect(path, isolation_level=None)) as floor:
        dumped = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in (*TABLES, "text", "article")}
        floor.execute("PRAGMA page_size = 8192")
        floor.execute("PRAGMA journal_mode = WAL")
        for table in dumped:
            (shape,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
            floor.execute(shape)

        def bare() -> None:
            floor.execute("BEGIN IMMEDIATE")
            for table, found in dumped.items():
                if found:
                    marks = ", ".join("?" * len(found[0]))
                    floor.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
            floor.execute("COMMIT")

        _rest()
        return once_ms(bare)


def _rest() -> None:
    """Have the system and the disk write what they hold of the measurement before: the next one would pay for it."""
    if hasattr(os, "sync"):
        os.sync()
    time.sleep(5)  # after 700 MB a disk says that all is written, and is a third slower for seconds yet


if __name__ == "__main__":
    asked, first, second = sys.argv[1:]
    print(_import(int(first), Path(second)) if asked == "import" else _bare_import(Path(first), Path(second)))
