"""Which texts of a project tell the same story: found by the sketches that are kept of each text (model/near.py)."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterator
from itertools import chain, groupby, pairwise, repeat
from operator import itemgetter

from rubricator.model.near import Shingles, may_be_near, near

_FIRST = 8
"""Texts with one shingle that are looked at when another one comes: what many have says little."""
_CLOSELY = 4
"""Texts that are compared word by word, those with the most shingles in common first."""
_KEPT_MOST = 300_000
"""Code points of texts whose shingles are kept at hand: the last ones, and those they were compared with."""
_PIECES_MOST = 500_000
"""Pieces of such texts: four bytes each, some sixty of an article."""
_ROWS_AT_ONCE = 32_000
"""In the order of their table they are put in twice as fast; so many take some megabytes of memory."""

_IN_A_STATEMENT = 100
"""Rows so small take half as long together: to begin and end a statement is dearer than to put one in."""


class Near:
    """The sketches of all texts of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: OrderedDict[str, Shingles] = OrderedDict()
        self._room = _KEPT_MOST
        self._compared: dict[str, array[int]] = {}
        """The pieces of texts that others were compared with: mostly the same ones again."""
        self._pieces_room = _PIECES_MOST
        self._rows: list[tuple[int, int]] = []
        """Rows that the table does not hold yet: a number of a sketch, and its text."""
        self._waiting: dict[int, list[int]] = {}
        """The texts of the first of them, `_looked` of them, by number: made when somebody asks."""
        self._looked = 0

    def sketch(self, digest: str, body: str) -> list[int]:
        """Return the sketch of a text that is new here."""
        return self._keep(digest, Shingles(body)).sketch

    def add(self, text: int, sketch: list[int]) -> None:
        """Keep the sketch of a text that is new here, by its number; `write` puts it into the table."""
        self._rows.extend(zip(sketch, repeat(text)))
        if len(self._rows) >= _ROWS_AT_ONCE:
            self.write()

    def write(self) -> None:
        """Put the sketches that are kept into the table, at the end of a transaction."""
        if self._rows:
            self._rows.sort()  # in the order of the table: that takes half the time
            whole = len(self._rows) - len(self._rows) % _IN_A_STATEMENT
            if whole:
                parts = (self._rows[at : at + _IN_A_STATEMENT] for at in range(0, whole, _IN_A_STATEMENT))
                marks = ", ".join(["(?, ?)"] * _IN_A_STATEMENT)
                self._db.executemany(f"INSERT INTO shingle VALUES {marks}", (list(chain(*part)) for part in parts))
            self._db.executemany("INSERT INTO shingle VALUES (?, ?)", self._rows[whole:])
            self.forget()

    def forget(self) -> None:
        """Forget the sketches that are kept: they stand in the table, or the transaction was rolled back."""
        self._rows.clear()
        self._waiting.clear()
        self._looked = 0

    def like(self, digest: str) -> list[str]:
        """Return the digests of the texts that tell the story of one that is here: itself, then the likest first.

        None of a short text: of that nobody can tell.
        """
        row = self._db.execute("SELECT id FROM text WHERE digest = ? AND body IS NOT NULL", (digest,)).fetchone()
        numbers = self._shingles(digest).sketch if row else []
        if not numbers:
            return []
        common = Counter(text for texts in self._first_with(numbers) for text in texts if text != row[0])
        closest = sorted(common, key=lambda text: (-common[text], text))[:_CLOSELY]
        others = dict(
            self._db.execute(
                "SELECT id, digest FROM text WHERE id IN (SELECT value FROM json_each(?)) AND body IS NOT NULL",
                (json.dumps(closest),),
            )
            if closest
            else ()
        )
        found = [others[text] for text in closest if text in others]
        pieces = self._shingles(digest).pieces if found else frozenset()
        return [digest, *(other for other in found if self._is_near(digest, pieces, other))]

    def _first_with(self, sketch: list[int]) -> Iterator[list[int]]:
        """Yield for each number of a sketch the first texts that have it, too."""
        for number, text in self._rows[self._looked :]:
            self._waiting.setdefault(number, []).append(text)
        self._looked = len(self._rows)
        there: dict[int, list[int]] = {number: [] for number in sketch}
        for number, text in self._db.execute(
            "SELECT s.hash, s.text FROM json_each(?) k CROSS JOIN shingle s ON s.hash = k.value"
            " AND s.text < coalesce((SELECT x.text FROM shingle x"
            f" WHERE x.hash = k.value ORDER BY x.text LIMIT 1 OFFSET {_FIRST}), 9e18) ORDER BY k.key, s.text",
            (json.dumps(sketch),),
        ):
            there[number].append(text)
        for number, texts in there.items():
            yield [*texts, *self._waiting.get(number, ())][:_FIRST]  # those that wait came later

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
                    one, other = pair
                    if self._is_near(one, frozenset(self._pieces(one)), other):
                        yield pair

    def _is_near(self, one: str, pieces: frozenset[int], other: str) -> bool:
        may_be = may_be_near(pieces, self._pieces(other))
        return may_be and near(self._shingles(one), self._shingles(other))

    def _pieces(self, digest: str) -> array[int]:
        known = self._compared.pop(digest, None)
        if known is None:
            known = array("I", self._shingles(digest).pieces)
            self._pieces_room -= len(known)
            while self._pieces_room < 0 and self._compared:
                self._pieces_room += len(self._compared.pop(next(iter(self._compared))))
        self._compared[digest] = known  # the last one to go
        return known

    def _shingles(self, digest: str) -> Shingles:
        known = self._known.pop(digest, None)
        if known is None:
            (body,) = self._db.execute("SELECT body FROM text WHERE digest = ?", (digest,)).fetchone()
            return self._keep(digest, Shingles(body))
        self._known[digest] = known  # the last one to go
        return known

    def _keep(self, digest: str, found: Shingles) -> Shingles:
        if (before := self._known.pop(digest, None)) is not None:  # that of a transaction that was rolled back
            self._room += len(before.text)
        self._room -= len(found.text)
        while self._room < 0 and self._known:
            self._room += len(self._known.popitem(last=False)[1].text)
        self._known[digest] = found
        return found


def expected(db: sqlite3.Connection) -> Iterator[tuple[int, list[int]]]:
    """Yield each text with the sketch that must be kept of it, in the order of the texts."""
    for text, body in db.execute("SELECT id, body FROM text ORDER BY id"):
        yield text, Shingles(body).sketch if body is not None else []


def fill(db: sqlite3.Connection) -> None:
    """Keep the sketches of all texts, in a file that has none yet."""
    near = Near(db)
    for text, sketch in expected(db):
        near.add(text, sketch)
    near.write()
