"""Which articles hold some words in their texts: SQLite looks through all of them, so that few have to be read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from rubricator.model.folding import composed, fold, spelled

_TEXTS_A_STEP = 2_000
_HOLDS = "t.body LIKE ? ESCAPE '\\'"
_LIKELY_MOST = 500
"""Code points by which texts are looked through; what is longer is compared in those that hold these."""


def holding(db: sqlite3.Connection, words: str) -> Iterator[tuple[float, set[int]]]:
    """Yield the local numbers of the articles that hold some words, and how much of all was looked through by then.

    Letters of any case; where there are others than ASCII, all of them as they are typed, small, large, or each word
    with a capital: SQLite knows no cases of them. Marks all composed with their letters, or all behind them.
    """
    wanted, words = fold(words), " ".join(composed(words).split())[:_LIKELY_MOST]
    written = (words,) if words.isascii() else (words, words.lower(), words.upper(), words.title())
    likely = list(map(_pattern, spelled(each for form in written for each in (form, form.replace("ss", "ß")))))
    sure = words.isascii() and " " not in wanted and len(wanted) <= _LIKELY_MOST
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM text").fetchone()
    for low in range(1, last + 1, _TEXTS_A_STEP):
        rows = db.execute(
            f"SELECT a.id, {'NULL' if sure else 't.body'} FROM text t CROSS JOIN article a ON a.digest = t.digest"
            f" AND a.alive = 1 WHERE t.id BETWEEN ? AND ? AND ({' OR '.join([_HOLDS] * len(likely))})",
            (low, low + _TEXTS_A_STEP - 1, *likely),
        )
        found = {number for number, body in rows if sure or wanted in fold(body)}
        yield min(1.0, (low + _TEXTS_A_STEP - 1) / last), found


def _pattern(words: str) -> str:
    """Return what texts with these words are like: between two of them a line may break."""
    return f"%{_MEANS_MORE.sub(_ITSELF, words).replace(' ', '%')}%"


_MEANS_MORE = re.compile(r"[%_\\]")
_ITSELF = r"\\\g<0>"
