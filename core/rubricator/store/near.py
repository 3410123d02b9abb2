"""Which texts of a project tell the same story: found by the sketches that are kept of each text (model/near.py)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, islice, pairwise
from operator import itemgetter

from rubricator.model.near import Shingles, may_be_near, near

_FIRST = 8
"""Texts with one shingle that are looked at when another one comes: what many have says little."""
_CLOSELY = 4
"""Texts that are compared word by word, those with the most shingles in common first."""
_KEPT_MOST = 300_000
"""Code points of texts whose shingles are kept at hand: the last ones, and those they were compared with."""
SKETCHES_AT_ONCE = 1_000
"""In the order of their table they are put in twice as fast, and some thousand of them at once take little memory."""


class Near:
    """The sketches of all texts of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[str, Shingles] = {}
        self._room = _KEPT_MOST

    def sketch(self, digest: str, body: str) -> list[int]:
        """Return the sketch of a text that is new here."""
        return self._keep(digest, Shingles(body)).sketch

    def add(self, sketches: Iterable[tuple[int, list[int]]]) -> None:
        """Keep the sketches of texts, by their numbers."""
        _put(self._db, sketches)

    def like(self, digest: str) -> list[str]:
        """Return the digests of the texts that tell the story of one that is here: itself, then the likest first.

        None of a short text: of that nobody can tell.
        """
        row = self._db.execute("SELECT id FROM text WHERE digest = ? AND body IS NOT NULL", (digest,)).fetchone()
        numbers = self._shingles(digest).sketch if row else []
        if not numbers:
            return []
        found = self._db.execute(
            "SELECT t.digest FROM (SELECT s.text, count(*) AS n FROM json_each(?) k CROSS JOIN shingle s"
            " ON s.hash = k.value AND s.text <> ? AND s.text < coalesce((SELECT x.text FROM shingle x"
            f" WHERE x.hash = k.value ORDER BY x.text LIMIT 1 OFFSET {_FIRST}), 9e18)"
            f" GROUP BY s.text ORDER BY n DESC, s.text LIMIT {_CLOSELY}) c JOIN text t ON t.id = c.text"
            " WHERE t.body IS NOT NULL ORDER BY c.n DESC, t.id",
            (json.dumps(numbers), row[0]),
        ).fetchall()
        mine = self._shingles(digest)
        others = ((other, self._shingles(other)) for (other,) in found)
        return [digest, *(other for other, theirs in others if may_be_near(mine, theirs) and near(mine, theirs))]

    def links(self, digests: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield pairs of these texts that tell the same story, so many that all of one story hang together.

        They depend on the texts alone, not on the order in which they came.
        """
        numbers = dict(
            self._db.execute(
                "SELECT id, digest FROM text WHERE digest IN (SELECT value FROM json_each(?)) AND body IS NOT NULL",
                (json.dumps(list(digests)),),
            )
        )
        compared: set[tuple[str, str]] = set()
        rows = self._db.execute("SELECT hash, text FROM shingle ORDER BY hash")
        for _hash, alike in groupby(rows, itemgetter(0)):
            texts = sorted(numbers[text] for _, text in alike if text in numbers)
            for pair in pairwise(texts):
                if pair not in compared:
                    compared.add(pair)
                    one, other = map(self._shingles, pair)
                    if may_be_near(one, other) and near(one, other):
                        yield pair

    def _shingles(self, digest: str) -> Shingles:
        known = self._known.pop(digest, None)
        if known is None:
            (body,) = self._db.execute("SELECT body FROM text WHERE digest = ?", (digest,)).fetchone()
            return self._keep(digest, Shingles(body))
        self._known[digest] = known  # the last one to go
        return known

    def _keep(self, digest: str, found: Shingles) -> Shingles:
        self._room -= len(found.text)
        while self._room < 0 and self._known:
            self._room += len(self._known.pop(next(iter(self._known))).text)
        self._known[digest] = found
        return found


def _put(db: sqlite3.Connection, sketches: Iterable[tuple[int, list[int]]]) -> None:
    # In the order of the table: that takes half the time.
    rows = sorted([(number, text) for text, numbers in sketches for number in numbers])
    db.executemany("INSERT INTO shingle VALUES (?, ?)", rows)


def expected(db: sqlite3.Connection) -> Iterator[tuple[int, list[int]]]:
    """Yield each text with the sketch that must be kept of it, in the order of the texts."""
    for text, body in db.execute("SELECT id, body FROM text ORDER BY id"):
        yield text, Shingles(body).sketch if body is not None else []


def fill(db: sqlite3.Connection) -> None:
    """Keep the sketches of all texts, in a file that has none yet."""
    sketches = expected(db)
    while some := list(islice(sketches, SKETCHES_AT_ONCE)):
        _put(db, some)
