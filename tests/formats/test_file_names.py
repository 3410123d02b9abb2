"""The files of a folder that was written: in the order of their articles, and little is kept of many."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from rubricator.formats.base import Record
from rubricator.formats.file_names import numbered, stem_of


def test_files_come_in_the_order_of_their_articles(tmp_path: Path) -> None:
    numbers = [1, 2, 10, 9_999, 10_000, 100_000]
    for n in reversed(numbers):
        for suffix in (".txt", ".ann"):
            (tmp_path / f"{stem_of(n, Record('x', title='Quay 7' if n % 2 else ''))}{suffix}").touch()
    assert [int(path.stem.partition("-")[0]) for path in numbered(tmp_path, ".txt")] == numbers
    assert {path.suffix for path in numbered(tmp_path, ".txt")} == {".txt"}


def test_of_many_files_only_their_names_are_kept(tmp_path: Path) -> None:
    many = 2_000
    for n in range(many):
        (tmp_path / f"{n:04d}-the-title-of-an-article.txt").touch()

    def peak() -> int:
        tracemalloc.start()
        assert sum(1 for _ in numbered(tmp_path, ".txt")) == many
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert min(peak() for _ in range(3)) < 250 * many  # Python's own table of names may grow in one of them
