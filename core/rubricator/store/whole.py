"""Articles with all that is said of them, read for many at once: what goes through a whole project reads it so.

A few queries for some hundred articles, not some for each of its layers; no more of them at once than hold so many
annotations, so that memory does not grow with the project.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from rubricator.model.elements import article_from, tag_from
from rubricator.model.spans import Annotation, Article, TopicTag
from rubricator.store.ids import Stamps
from rubricator.store.layer_spans import COLUMNS, annotation_of
from rubricator.store.rows import Layer, layer_of

_ARTICLES = 100
_ANNOTATIONS = 4_000
"""Of one article there may be more."""

Stretch = tuple[int, int]
"""Some of the articles: how many come before them, and how many they are; -1: all that are left."""
ALL: Stretch = (0, -1)

_KINDS = ("relation", "comment", "decision")


@dataclass(slots=True)
class Said:
    """A layer and what is in it: annotations in reading order, topic tags and other elements as they were made.

    The annotations do not say which layer they are of.
    """

    layer: Layer
    annotations: list[Annotation] = field(default_factory=list)
    tags: list[TopicTag] = field(default_factory=list)
    elements: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)


def whole(db: sqlite3.Connection, stretch: Stretch = ALL) -> Iterator[tuple[Article, list[Said]]]:
    """Yield the articles in the order of the project, each with its layers in the order their annotators joined."""
    stamps = Stamps(db)
    first, n = stretch
    cursor = db.execute(
        "SELECT id, uid, value FROM article WHERE alive = 1 ORDER BY lamport, place, uid LIMIT ? OFFSET ?", (n, first)
    )
    while some := cursor.fetchmany(_ARTICLES):
        layers = _layers(db, [number for number, _uid, _value in some])
        filled = _filled(db, [layer for number, _uid, _value in some for layer in layers.get(number, ())], stamps)
        for number, uid, value in some:
            yield article_from(uid, json.loads(value)), [next(filled) for _ in layers.get(number, ())]


def _layers(db: sqlite3.Connection, articles: Sequence[int]) -> dict[int, list[tuple[int, Layer]]]:
    rows = db.execute(
        "SELECT l.article, l.id, a.uid, n.uid, l.status, l.annotations, l.value FROM json_each(?) e"
        " CROSS JOIN article a ON a.id = e.value CROSS JOIN layer l ON l.article = a.id"
        " JOIN annotator n ON n.id = l.annotator ORDER BY e.key, n.lamport, n.place, n.uid",
        (json.dumps(articles),),
    )
    return {
        article: [(number, layer_of(*row)) for _article, number, *row in of_one]
        for article, of_one in groupby(rows.fetchall(), itemgetter(0))
    }


def _filled(db: sqlite3.Connection, layers: Sequence[tuple[int, Layer]], stamps: Stamps) -> Iterator[Said]:
    """Yield these layers with what is in them, in their order."""
    some: dict[int, Said] = {}
    room = _ANNOTATIONS
    for number, layer in layers:
        if layer.annotations > room and some:
            yield from _fill(db, some, stamps)
            some, room = {}, _ANNOTATIONS
        some[number] = Said(layer)
        room -= layer.annotations
    yield from _fill(db, some, stamps)


def _fill(db: sqlite3.Connection, some: dict[int, Said], stamps: Stamps) -> Iterator[Said]:
    numbers = (json.dumps(list(some)),)
    rows = db.execute(
        f"SELECT {COLUMNS}, n.layer FROM json_each(?) e CROSS JOIN annotation n ON n.layer = e.value AND n.alive = 1"
        ' ORDER BY n.layer, n.start, n."end" DESC, n.label, n.uid',
        numbers,
    )
    for number, of_one in groupby(rows, itemgetter(-1)):
        some[number].annotations = [annotation_of(row[:-1], "", "", stamps) for row in of_one]
    order = "(SELECT id FROM journal WHERE seq = t.edit), t.place, t.uid"
    tags = db.execute(
        "SELECT t.layer, t.uid, t.topic, t.value FROM json_each(?) e"
        f" CROSS JOIN tag t ON t.layer = e.value AND t.alive = 1 ORDER BY t.lamport, {order}",
        numbers,
    )
    for number, uid, topic, value in tags:
        home = some[number].layer
        told = {"article": home.article, "annotator": home.annotator, "topic": topic, **json.loads(value or "{}")}
        some[number].tags.append(tag_from(uid, told))
    elements = db.execute(
        "SELECT t.layer, t.kind, t.uid, t.value FROM json_each(?) e CROSS JOIN element t ON t.layer = e.value"
        f" AND t.alive = 1 AND t.kind IN {_KINDS} ORDER BY t.lamport, {order}",
        numbers,
    )
    for number, kind, uid, value in elements:
        some[number].elements.setdefault(kind, []).append((uid, json.loads(value)))
    return iter(some.values())


def named(db: sqlite3.Connection, owners: Sequence[str] | None, status: str) -> set[str]:
    """Return who has a layer that says anything, and who made or changed the annotations in them.

    Of these `owners` only (None: of all), and of layers with a `status` where one is given.
    """
    said = f"""
FROM layer l CROSS JOIN article a ON a.id = l.article AND a.alive = 1 CROSS JOIN annotator p ON p.id = l.annotator
%s WHERE (?1 IS NULL OR p.uid IN (SELECT value FROM json_each(?1))) AND (?2 = '' OR l.status = ?2)
AND (l.annotations > 0 OR l.status <> 'todo' OR l.value <> '{{}}'
  OR EXISTS (SELECT 1 FROM tag t WHERE t.layer = l.id AND t.alive = 1)
  OR EXISTS (SELECT 1 FROM element e WHERE e.layer = l.id AND e.alive = 1 AND e.kind IN {_KINDS}))
"""
    which = (None if owners is None else json.dumps(list(owners)), status)
    found = {uid for (uid,) in db.execute(f"SELECT DISTINCT p.uid {said % ''}", which)}
    stamps = Stamps(db)
    annotations = "CROSS JOIN annotation n ON n.layer = l.id AND n.alive = 1"
    stamped = [
        f"CASE WHEN instr(n.value, '\"{name}\"') THEN json_extract(n.value, '$.{name}[0]') END" for name in _STAMPED
    ]
    rows = db.execute(f"SELECT DISTINCT n.edit, {', '.join(stamped)} {said % annotations}", which)
    for edit, created, modified in rows:
        found.add(created or stamps[edit].by)
        found.update([modified] if modified else ())
    return found


_STAMPED = ("created", "modified")
