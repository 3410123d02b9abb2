"""The figures of the goals, each a ratio inside one run: `make bench`. Ours against a floor or a peer, medians.

No test fails on these: machines are noisy. With names as arguments only those are run: start, edit, open, frame,
moving, offers, import, export, suggest, radar, topics; and large, which takes minutes and is run by its name only, with review
as a part of it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

import corpus
import edits
import large
import moving
import opening
import radar
import start
import topics
from table import Row, show

import exchange
import review
import suggest

PARTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "start": start.rows,
    "edit": edits.rows,
    "open": opening.rows,
    "frame": opening.frames,
    "moving": moving.rows,
    "again": opening.again,
    "offers": opening.first_offers,
    "import": edits.import_rows,
    "export": exchange.rows,
    "suggest": suggest.rows,
    "radar": radar.rows,
    "topics": topics.rows,
}


def _large(folder: Path) -> Iterator[Row]:
    yield from review.rows(folder)
    yield from large.rows(folder)


BY_NAME_ONLY: dict[str, Callable[[Path], Iterator[Row]]] = {"large": _large, "review": review.rows}


def main(names: list[str]) -> None:
    """Run the parts that are named, or all."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RUBRICATOR_HOME"] = folder
        corpus.settle_in(Path(folder))
        show(row for name in names or list(PARTS) for row in (PARTS | BY_NAME_ONLY)[name](Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
