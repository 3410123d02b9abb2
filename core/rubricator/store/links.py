"""What links annotations: relations, entities with their mentions, comments; and what a change of the scheme left."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from rubricator.model.comments import Comment, comment_from
from rubricator.model.elements import tag_from
from rubricator.model.entities import Entity, entity_from
from rubricator.model.relations import Relation, relation_from
from rubricator.model.spans import TopicTag
from rubricator.store.tables import COUNTED_MOST

T = TypeVar("T")


_STALE = (
    "SELECT n.id AS annotation, w.value AS change"
    " FROM (SELECT j.value AS label, json_group_array(e.uid) AS changes"
    "  FROM element e, json_each(e.value, '$.labels') j WHERE e.kind = 'recheck' AND e.alive = 1 GROUP BY 1) c"
    " JOIN label_count k ON k.label = c.label AND k.n > 0 JOIN layer l ON l.id = k.layer"
    " JOIN annotator p ON p.id = l.annotator AND p.uid = ?1 JOIN article a ON a.id = l.article AND a.alive = 1"
    " JOIN annotation n ON n.layer = l.id AND n.label = c.label AND n.alive = 1 JOIN json_each(c.changes) w"
    " WHERE w.value NOT IN (SELECT value FROM json_each(n.value, '$.seen'))"
    " UNION ALL SELECT n.id, e.uid"
    # in this order: else all that are named would be looked through for each annotation
    " FROM element e CROSS JOIN json_each(e.value, '$.annotations') j"
    " CROSS JOIN annotation n ON n.uid = j.key AND n.alive = 1"
    " JOIN layer l ON l.id = n.layer JOIN annotator p ON p.id = l.annotator AND p.uid = ?1"
    " JOIN article a ON a.id = l.article AND a.alive = 1 WHERE e.kind = 'recheck' AND e.alive = 1"
    " AND e.uid NOT IN (SELECT value FROM json_each(n.value, '$.seen'))"
    " AND j.key NOT IN (SELECT value FROM json_each(?3))"
)
"""An annotator's annotations, with each change of the scheme that asks to look at them again and was not seen.

It asks for all of their label, or for them alone: of those some may be repaired (?3, ids as JSON)."""


class Mention(NamedTuple):
    """An annotation that links to an entity: where it stands, as ids, and its words."""

    annotation: str
    article: str
    annotator: str
    label: str
    start: int
    quote: str


class Stale(NamedTuple):
    """An annotation that is to be looked at again, and the changes of the scheme (their ids) that ask for it."""

    place: Mention
    changes: frozenset[str]


class Links:
    """Looks these up in the state tables of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # --- relations and comments -----------------------------------------------------------------------------------

    def relations(self, article: str, annotator: str) -> list[Relation]:
        """Return the relations of a layer, as they were made; some may have lost an end in a merge."""
        return list(self._of_layer("relation", article, annotator, relation_from))

    def relations_at(self, annotations: Iterable[str]) -> list[Relation]:
        """Return the relations at one of whose ends one of these annotations stands."""
        ids = list(annotations)
        rows = self._db.execute(
            "SELECT e.uid, e.value FROM element e WHERE e.kind = 'relation' AND e.alive = 1 AND e.layer IN"
            " (SELECT n.layer FROM json_each(?1) i JOIN annotation n ON n.uid = i.value)"
            " AND (json_extract(e.value, '$.from') IN (SELECT value FROM json_each(?1))"
            " OR json_extract(e.value, '$.to') IN (SELECT value FROM json_each(?1)))"
            " ORDER BY e.lamport, e.place, e.uid",
            (json.dumps(ids),),
        )
        return [relation_from(uid, json.loads(value)) for uid, value in rows]

    def comments_on(self, annotations: Iterable[str]) -> list[Comment]:
        """Return what is said about these annotations."""
        rows = self._db.execute(
            "SELECT e.uid, e.value FROM element e WHERE e.kind = 'comment' AND e.alive = 1 AND e.layer IN"
            " (SELECT n.layer FROM json_each(?1) i JOIN annotation n ON n.uid = i.value)"
            " AND json_extract(e.value, '$.on') IN (SELECT value FROM json_each(?1))"
            " ORDER BY e.lamport, e.place, e.uid",
            (json.dumps(list(annotations)),),
        )
        return [comment_from(uid, json.loads(value)) for uid, value in rows]

    def comments(self, article: str, annotator: str) -> list[Comment]:
        """Return the comments in a layer, as they were written."""
        return list(self._of_layer("comment", article, annotator, comment_from))

    def ever(self, kind: str, article: str, annotator: str) -> set[str]:
        """Return the ids of all annotations (or `comment`s, `decision`s) that were ever in a layer, deleted or not."""
        table = "annotation e WHERE ? = 'annotation'" if kind == "annotation" else "element e WHERE e.kind = ?"
        rows = self._db.execute(
            f"SELECT e.uid FROM {table} AND e.layer = (SELECT l.id FROM layer l JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator WHERE a.uid = ? AND p.uid = ?)",
            (kind, article, annotator),
        )
        return {uid for (uid,) in rows}

    def _of_layer(
        self, kind: str, article: str, annotator: str, made: Callable[[str, Mapping[str, Any]], T]
    ) -> Iterator[T]:
        rows = self._db.execute(
            "SELECT e.uid, e.value FROM element e JOIN layer l ON l.id = e.layer JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator WHERE e.kind = ? AND e.alive = 1 AND a.uid = ? AND p.uid = ?"
            " ORDER BY e.lamport, (SELECT id FROM journal WHERE seq = e.edit), e.place, e.uid",
            (kind, article, annotator),
        )
        return (made(uid, json.loads(value)) for uid, value in rows)

    def tags_on(self, annotations: Iterable[str]) -> list[TopicTag]:
        """Return the topic tags for which one of these annotations is evidence."""
        ids = set(annotations)
        rows = self._db.execute(
            "SELECT t.uid, a.uid, p.uid, t.topic, t.value FROM tag t JOIN layer l ON l.id = t.layer"
            " JOIN article a ON a.id = l.article JOIN annotator p ON p.id = l.annotator"
            " WHERE t.alive = 1 AND t.value IS NOT NULL AND t.layer IN"
            " (SELECT n.layer FROM json_each(?) i JOIN annotation n ON n.uid = i.value) ORDER BY t.uid",
            (json.dumps(sorted(ids)),),
        )
        found = (
            tag_from(uid, {"article": article, "annotator": annotator, "topic": topic, **json.loads(value)})
            for uid, article, annotator, topic, value in rows
        )
        return [tag for tag in found if ids.intersection(tag.evidence)]

    # --- entities -------------------------------------------------------------------------------------------------

    def entities(self) -> list[Entity]:
        """Return the project's entities, by name."""
        rows = self._db.execute("SELECT uid, value FROM element WHERE kind = 'entity' AND alive = 1")
        found = [entity_from(uid, json.loads(value)) for uid, value in rows]
        return sorted(found, key=lambda entity: (entity.name.casefold(), entity.id))

    def entity(self, uid: str) -> Entity | None:
        """Return an entity; None where it is not there."""
        row = self._db.execute(
            "SELECT value FROM element WHERE kind = 'entity' AND uid = ? AND alive = 1", (uid,)
        ).fetchone()
        return entity_from(uid, json.loads(row[0])) if row else None

    def count_of_kinds(self, kinds: Iterable[str]) -> int:
        """Return how many entities are of one of these kinds."""
        found: tuple[int] = self._db.execute(
            "SELECT count(*) FROM element WHERE kind = 'entity' AND alive = 1"
            " AND json_extract(value, '$.kind') IN (SELECT value FROM json_each(?))",
            (json.dumps(list(kinds)),),
        ).fetchone()
        return found[0]

    def entities_gone(self) -> list[Entity]:
        """Return the entities that are on the list no more: put together with others, or taken off."""
        rows = self._db.execute("SELECT uid, value FROM element WHERE kind = 'entity' AND alive = 0")
        return [entity_from(uid, json.loads(value)) for uid, value in rows]

    def mention_counts(self) -> dict[str, int]:
        """Return how many annotations link to each entity, in articles that are there."""
        rows = self._db.execute(
            "SELECT m.entity, count(*) FROM mention m JOIN annotation n ON n.id = m.annotation"
            " JOIN layer l ON l.id = n.layer JOIN article a ON a.id = l.article AND a.alive = 1 GROUP BY m.entity"
        )
        return dict(rows.fetchall())

    def mention_words(self) -> list[tuple[str, str]]:
        """Return each annotation that links to an entity, in articles that are there: the entity, and its words."""
        return self._db.execute(
            "SELECT m.entity, n.quote FROM mention m JOIN annotation n ON n.id = m.annotation"
            " JOIN layer l ON l.id = n.layer JOIN article a ON a.id = l.article AND a.alive = 1"
            " WHERE n.quote IS NOT NULL"
        ).fetchall()

    def mentioned_in(self, article: str, annotator: str) -> dict[str, int]:
        """Return how many annotations of a layer link to each entity, in the order in which they stand."""
        rows = self._db.execute(
            "SELECT m.entity, count(*) FROM layer l JOIN article a ON a.id = l.article AND a.uid = ?"
            " JOIN annotator p ON p.id = l.annotator AND p.uid = ? JOIN annotation n ON n.layer = l.id AND n.alive = 1"
            " JOIN mention m ON m.annotation = n.id GROUP BY m.entity ORDER BY min(n.start), m.entity",
            (article, annotator),
        )
        return dict(rows.fetchall())

    def mentioned_as(self, entities: Iterable[str]) -> dict[str, set[str]]:
        """Return the labels of the annotations that link to each of these entities; without those nothing links to."""
        found: dict[str, set[str]] = {}
        rows = self._db.execute(
            "SELECT DISTINCT m.entity, n.label FROM json_each(?) w JOIN mention m ON m.entity = w.value"
            " JOIN annotation n ON n.id = m.annotation JOIN layer l ON l.id = n.layer"
            " JOIN article a ON a.id = l.article AND a.alive = 1",
            (json.dumps(list(entities)),),
        )
        for entity, label in rows:
            found.setdefault(entity, set()).add(label)
        return found

    def mentioning(self, entities: Iterable[str], annotator: str) -> set[int]:
        """Return the numbers of the articles in which an annotator has a link to one of these entities."""
        rows = self._db.execute(
            "SELECT DISTINCT l.article FROM json_each(?) w JOIN mention m ON m.entity = w.value"
            " JOIN annotation n ON n.id = m.annotation JOIN layer l ON l.id = n.layer"
            " JOIN annotator p ON p.id = l.annotator AND p.uid = ?",
            (json.dumps(list(entities)), annotator),
        )
        return {number for (number,) in rows}

    def mentions(self, entity: str, annotator: str = "") -> list[Mention]:
        """Return the annotations that link to an entity, in the order of the articles; of one annotator, if named."""
        rows = self._db.execute(
            "SELECT n.uid, a.uid, p.uid, n.label, n.start, coalesce(n.quote, '')"
            " FROM mention m JOIN annotation n ON n.id = m.annotation JOIN layer l ON l.id = n.layer"
            " JOIN article a ON a.id = l.article AND a.alive = 1 JOIN annotator p ON p.id = l.annotator"
            " WHERE m.entity = ?1 AND (?2 = '' OR p.uid = ?2) ORDER BY a.lamport, a.place, a.uid, n.start, n.id",
            (entity, annotator),
        )
        return [Mention(*row) for row in rows]

    def unlinked(self, label: str, words: Sequence[str], annotator: str) -> list[Mention]:
        """Return one's own annotations of a label over these words that link to no entity, in the order of articles."""
        rows = self._db.execute(
            # In this order: SQLite would look through all that the annotator has.
            "SELECT n.uid, a.uid, p.uid, n.label, n.start, n.quote FROM annotator p"
            " CROSS JOIN word_count w ON w.words IN (SELECT value FROM json_each(?2)) AND w.annotator = p.id"
            " AND w.label = ?3 AND w.n > 0"
            " CROSS JOIN annotation n ON n.quote = w.quote AND n.label = w.label AND n.alive = 1"
            f" AND length(n.quote) <= {COUNTED_MOST} JOIN layer l ON l.id = n.layer AND l.annotator = p.id"
            " JOIN article a ON a.id = l.article AND a.alive = 1 LEFT JOIN mention m ON m.annotation = n.id"
            " WHERE p.uid = ?1 AND m.annotation IS NULL ORDER BY a.lamport, a.place, a.uid, n.start, n.id",
            (annotator, json.dumps(list(words)), label),
        )
        return [Mention(*row) for row in rows]

    def labelled(self, labels: Sequence[str]) -> list[Mention]:
        """Return the annotations that carry one of these labels, in the order of the articles."""
        rows = self._db.execute(
            "SELECT n.uid, a.uid, p.uid, n.label, n.start, coalesce(n.quote, '') FROM json_each(?) w"
            " JOIN label_count k ON k.label = w.value AND k.n > 0 JOIN layer l ON l.id = k.layer"
            " JOIN annotator p ON p.id = l.annotator JOIN article a ON a.id = l.article"
            " JOIN annotation n ON n.layer = l.id AND n.label = w.value AND n.alive = 1"
            " ORDER BY a.lamport, a.place, a.uid, n.start, n.id",
            (json.dumps(list(labels)),),
        )
        return [Mention(*row) for row in rows]

    def saying(self, attribute: str) -> list[tuple[Mention, Any]]:
        """Return the annotations that say an attribute, and what they say, in the order of the articles."""
        rows = self._db.execute(
            "SELECT n.uid, a.uid, p.uid, n.label, n.start, coalesce(n.quote, ''), json_extract(n.value, '$.attributes')"
            " FROM annotation n JOIN layer l ON l.id = n.layer JOIN annotator p ON p.id = l.annotator"
            " JOIN article a ON a.id = l.article WHERE n.alive = 1 AND instr(n.value, '\"attributes\"')"
            " AND EXISTS (SELECT 1 FROM json_each(n.value, '$.attributes') s WHERE s.key = ?)"
            " ORDER BY a.lamport, a.place, a.uid, n.start, n.id",
            (attribute,),
        )
        return [(Mention(*row), json.loads(said)[attribute]) for *row, said in rows]

    def related(self, kind: str) -> list[tuple[Relation, Mention]]:
        """Return the relations of a type with the place where each begins, in the order of the articles."""
        rows = self._db.execute(
            "SELECT e.uid, e.value, coalesce(n.uid, ''), a.uid, p.uid, coalesce(n.label, ''), coalesce(n.start, 0),"
            " coalesce(n.quote, '') FROM element e JOIN layer l ON l.id = e.layer JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator"
            " LEFT JOIN annotation n ON n.uid = json_extract(e.value, '$.from') AND n.alive = 1"
            " WHERE e.kind = 'relation' AND e.alive = 1 AND json_extract(e.value, '$.label') = ?"
            " ORDER BY a.lamport, a.place, a.uid, n.start, e.uid",
            (kind,),
        )
        return [(relation_from(uid, json.loads(value)), Mention(*row)) for uid, value, *row in rows]

    # --- stale since a change of the scheme -----------------------------------------------------------------------

    def named_stale(self, annotator: str = "") -> dict[Mention, bool]:
        """Return those that a change of the scheme names since they broke a rule; True: they had to say something.

        They are one annotator's that were not confirmed since; without one all that stand.
        """
        rows = self._db.execute(
            "SELECT n.uid, a.uid, p.uid, n.label, n.start, coalesce(n.quote, ''),"
            " max(coalesce(json_extract(e.value, '$.to_say'), 0))"
            " FROM element e JOIN json_each(e.value, '$.annotations') j"
            " JOIN annotation n ON n.uid = j.key AND n.alive = 1 JOIN layer l ON l.id = n.layer"
            " JOIN annotator p ON p.id = l.annotator JOIN article a ON a.id = l.article AND a.alive = 1"
            " WHERE e.kind = 'recheck' AND e.alive = 1 AND (?1 = '' OR p.uid = ?1"
            "  AND e.uid NOT IN (SELECT value FROM json_each(n.value, '$.seen')))"
            " GROUP BY n.id ORDER BY a.lamport, a.place, a.uid, n.start, n.id",
            (annotator,),
        )
        return {Mention(*row[:6]): bool(row[6]) for row in rows}

    def given_since(self, label: str, recheck: str, annotator: str) -> bool:
        """Say whether an annotator gave or confirmed a label by hand, knowing of a change of the scheme."""
        row = self._db.execute(
            "SELECT 1 FROM annotator p JOIN layer l ON l.annotator = p.id"
            " JOIN label_count k ON k.layer = l.id AND k.label = ?1 AND k.n > 0"
            " JOIN annotation n ON n.layer = l.id AND n.label = ?1 AND n.alive = 1"
            " WHERE p.uid = ?3 AND coalesce(json_extract(n.value, '$.origin'), 'manual') = 'manual'"
            " AND ?2 IN (SELECT value FROM json_each(n.value, '$.seen')) LIMIT 1",
            (label, recheck, annotator),
        ).fetchone()
        return row is not None

    def stale(self, annotator: str, most: int = -1, repaired: Sequence[str] = ()) -> list[Stale]:
        """Return annotations that a change of the scheme asks to look at again: made, and not confirmed, before it.

        What is `repaired` (ids) since it was named is left out, where nothing else asks for it.
        """
        rows = self._db.execute(
            "SELECT n.uid, a.uid, p.uid, n.label, n.start, coalesce(n.quote, ''), json_group_array(s.change)"
            f" FROM ({_STALE}) s JOIN annotation n ON n.id = s.annotation JOIN layer l ON l.id = n.layer"
            " JOIN annotator p ON p.id = l.annotator JOIN article a ON a.id = l.article"
            " GROUP BY n.id ORDER BY a.lamport, a.place, a.uid, n.start, n.id LIMIT ?2",
            (annotator, most, json.dumps(list(repaired))),
        )
        return [Stale(Mention(*row[:6]), frozenset(json.loads(row[6]))) for row in rows]

    def count_stale(self, annotator: str, most: int, repaired: Sequence[str] = ()) -> int:
        """Count them, but no further than to `most`."""
        found = f"SELECT DISTINCT annotation FROM ({_STALE}) LIMIT ?2"
        values = annotator, most, json.dumps(list(repaired))
        return int(self._db.execute(f"SELECT count(*) FROM ({found})", values).fetchone()[0])
