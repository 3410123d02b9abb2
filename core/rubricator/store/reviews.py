"""What a review reads: the layers of many articles side by side, decisions, and what was ever stated under an id."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from rubricator.store.elements import table_for


class Beside(NamedTuple):
    """An article, and the local numbers of its layers by their annotators."""

    article: str
    layers: Mapping[str, int]


class Said(NamedTuple):
    """What is said in one or several layers in the same words: `layers` are parted by commas, `ids` are a JSON list.

    An id that came with a file may hold a comma.
    """

    start: int
    end: int
    label: str
    fragments: str | None
    attributes: str | None
    entity: str | None
    quote: str | None
    ids: str
    layers: str


class Reviews:
    """Looks these up in the state tables of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def stated(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[Mapping[str, Any], bool]]:
        """Return the values of those elements (kind, id) that were ever stated here, and whether they are there."""
        found = ((kind, uid, table_for(kind).read(self._db, kind, uid)) for kind, uid in keys)
        return {(kind, uid): (row.value, row.alive) for kind, uid, row in found if row is not None and row.lamport}

    def articles_in(self, annotators: Iterable[str]) -> list[str]:
        """Return the ids of the articles in which at least two of these annotators have worked, in order."""
        rows = self._db.execute(
            "SELECT a.uid FROM layer l JOIN article a ON a.id = l.article AND a.alive = 1"
            " JOIN annotator p ON p.id = l.annotator WHERE p.uid IN (SELECT value FROM json_each(?))"
            " AND l.status <> 'skipped' AND (l.status <> 'todo' OR l.annotations > 0"
            " OR EXISTS (SELECT 1 FROM tag t WHERE t.layer = l.id AND t.alive = 1))"
            " GROUP BY a.id HAVING count(*) > 1 ORDER BY a.lamport, a.place, a.uid",
            (json.dumps(list(annotators)),),
        )
        return [uid for (uid,) in rows]

    def at_work(self, article: str) -> list[tuple[str, str]]:
        """Return (annotator, kind) of those who have worked on an article, in the order they joined."""
        rows = self._db.execute(
            "SELECT p.uid, p.kind FROM layer l JOIN article a ON a.id = l.article JOIN annotator p"
            " ON p.id = l.annotator WHERE a.uid = ? AND l.status <> 'skipped' AND (l.status <> 'todo'"
            " OR l.annotations > 0 OR EXISTS (SELECT 1 FROM tag t WHERE t.layer = l.id AND t.alive = 1))"
            " ORDER BY p.lamport, p.place, p.uid",
            (article,),
        )
        return rows.fetchall()

    # --- many articles --------------------------------------------------------------------------------------------

    def side_by_side(self, annotators: Sequence[str], first: int = 0, before: int = 2**62) -> Iterator[Beside]:
        """Yield the layers of articles in which several of these annotators worked, by local numbers of articles.

        Another process may look at another stretch of the numbers.
        """
        rows = self._db.execute(
            "SELECT a.uid, l.id, p.uid, l.annotations FROM article a JOIN layer l ON l.article = a.id"
            " JOIN annotator p ON p.id = l.annotator WHERE a.id >= ? AND a.id < ? AND a.alive = 1"
            " AND p.uid IN (SELECT value FROM json_each(?)) AND l.status <> 'skipped' AND (l.status <> 'todo'"
            " OR l.annotations > 0 OR EXISTS (SELECT 1 FROM tag t WHERE t.layer = l.id AND t.alive = 1)) ORDER BY a.id",
            (first, before, json.dumps(list(annotators))),
        )
        for uid, some in groupby(rows, key=itemgetter(0)):
            layers = {owner: number for _uid, number, owner, _n in some}
            if len(layers) > 1:
                yield Beside(uid, layers)

    def has_relations(self, layers: Iterable[int]) -> bool:
        """Say whether relations stand in one of these layers (local numbers)."""
        marks = ", ".join("?" * len(found := list(layers)))
        query = f"SELECT 1 FROM element WHERE layer IN ({marks}) AND kind = 'relation' AND alive = 1 LIMIT 1"
        return self._db.execute(query, found).fetchone() is not None

    def said_in(self, layers: Iterable[int]) -> list[Said]:
        """Return what stands in these layers, the same words once, with whose they are: in reading order."""
        marks = ", ".join("?" * len(found := list(layers)))
        rows = self._db.execute(
            'SELECT start, "end", label, fragments,'
            " CASE WHEN instr(value, '\"attributes\"') THEN json_extract(value, '$.attributes') END,"
            " CASE WHEN instr(value, '\"entity\"') THEN json_extract(value, '$.entity') END,"
            " quote, json_group_array(uid), group_concat(layer) FROM annotation"
            f" WHERE layer IN ({marks}) AND alive = 1 GROUP BY 1, 2, 3, 4, 5, 6",
            found,
        )
        return list(map(Said._make, rows))

    def topics_in(self, layers: Iterable[int]) -> list[tuple[str, int, str]]:
        """Return (id, layer, topic) of the topic tags in these layers."""
        marks = ", ".join("?" * len(found := list(layers)))
        query = f"SELECT uid, layer, topic FROM tag WHERE layer IN ({marks}) AND alive = 1"
        return self._db.execute(query, found).fetchall()

    def reviewed(self, gold: str) -> set[str]:
        """Return the ids of the articles of which something was decided."""
        rows = self._db.execute(
            "SELECT a.uid FROM layer l JOIN annotator p ON p.id = l.annotator JOIN article a ON a.id = l.article"
            " WHERE p.uid = ? AND EXISTS (SELECT 1 FROM element e WHERE e.layer = l.id AND e.kind = 'decision')",
            (gold,),
        )
        return {uid for (uid,) in rows}

    def decided_on(self, words: str, most: int) -> list[tuple[tuple[int, str], dict[str, Any]]]:
        """Return ((clock, id), value) of the newest decisions about these words (folded), the newest first."""
        rows = self._db.execute(
            "SELECT d.lamport, e.uid, e.value FROM decided d"
            " CROSS JOIN element e ON e.kind = 'decision' AND e.uid = d.decision"
            " CROSS JOIN layer l ON l.id = e.layer CROSS JOIN article a ON a.id = l.article AND a.alive = 1"
            " WHERE d.words = ? ORDER BY d.lamport DESC, d.decision DESC LIMIT ?",
            (words, most),
        )
        return [((lamport, uid), json.loads(value)) for lamport, uid, value in rows]

    def numbers(self) -> tuple[int, int]:
        """Return the least local number of an article, and the one after the greatest."""
        row = self._db.execute("SELECT coalesce(min(id), 0), coalesce(max(id), -1) + 1 FROM article").fetchone()
        return int(row[0]), int(row[1])

    # --- what is drawn for a second annotation ---------------------------------------------------------------------

    def worked(self, annotator: str) -> set[str]:
        """Return the ids of the articles on which an annotator has worked."""
        rows = self._db.execute(
            "SELECT a.uid FROM layer l JOIN article a ON a.id = l.article JOIN annotator p ON p.id = l.annotator"
            " WHERE p.uid = ? AND (l.status <> 'todo' OR l.annotations > 0"
            " OR EXISTS (SELECT 1 FROM tag t WHERE t.layer = l.id AND t.alive = 1))",
            (annotator,),
        )
        return {uid for (uid,) in rows}

    def given_in(self, kind: str, name: str, but: str) -> dict[str, int]:
        """Return how often a label or a topic was given in each article, by others than one annotator and gold."""
        counted, there = ("label_count", "x.label") if kind == "label" else ("tag", "x.alive = 1 AND x.topic")
        many = "sum(x.n)" if kind == "label" else "count(*)"
        rows = self._db.execute(
            f"SELECT a.uid, {many} FROM {counted} x JOIN layer l ON l.id = x.layer JOIN article a ON a.id = l.article"
            f" JOIN annotator p ON p.id = l.annotator WHERE {there} = ? AND p.uid <> ? AND p.kind <> 'gold'"
            " AND a.alive = 1 GROUP BY a.id",
            (name, but),
        )
        return {uid: n for uid, n in rows if n}
