"""State rows as values: articles, layers, annotations, tags, the scheme, counts. Reads only; the journal writes."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rubricator.model.elements import article_from, tag_from
from rubricator.model.rechecks import Recheck, recheck_from
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_elements import scheme_of
from rubricator.model.spans import NOTHING, Annotation, Article, Span, TopicTag
from rubricator.store.element_rows import dumps
from rubricator.store.layer_spans import LayerSpans

if TYPE_CHECKING:  # few ask for them
    from rubricator.store.again import Again
    from rubricator.store.labelled import Labelled

_WORDS_MOST = 100
"""Words that a title has to hold: somebody may paste a whole article where titles are filtered."""

_OPENING = 100
"""Characters of a text by which an article without a title is known."""


class Annotator(NamedTuple):
    """The person or model who owns layers; `kind` is human, model or gold."""

    id: str
    name: str
    kind: str = "human"
    extra: Mapping[str, Any] | None = None


class Layer(NamedTuple):
    """Everything one annotator says about one article, without the annotations themselves."""

    article: str
    annotator: str
    status: str
    annotations: int
    flags: tuple[str, ...] = ()
    seconds: float = 0
    """The time spent: what was imported, and what each run of the program has counted."""
    counted: Mapping[str, float] = NOTHING
    """The seconds that each run of the program has counted, by its id."""
    extra: dict[str, Any] | None = None


class ArticleLine(NamedTuple):
    """An article as a list shows it, with the status and count of one annotator's layer.

    `opening` holds the first words of the text of an article without a title; nothing where it has one.
    """

    number: int
    id: str
    title: str
    source: str
    published: str
    status: str
    annotations: int
    flags: tuple[str, ...]
    opening: str = ""


_OF_LAYER = (
    " FROM element e JOIN layer l ON l.id = e.layer JOIN article a ON a.id = l.article"
    " JOIN annotator p ON p.id = l.annotator WHERE e.kind = ? AND e.alive = 1 AND a.uid = ? AND p.uid = ?"
)
"""Elements of a kind in a layer."""


class Rows:
    """Looks things up in the state tables of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # --- what few ask for: loaded when it is -----------------------------------------------------------------------

    @cached_property
    def labelled(self) -> Labelled:
        """What annotators labelled, and rejected, by its words."""
        from rubricator.store.labelled import Labelled

        return Labelled(self._db)

    def again(self, *, take: bool = False) -> Again:
        """Return what settles what an import states of what is here already; `take`: as the import says."""
        from rubricator.store.again import Again

        return Again(self._db, take=take)

    def gone_entities(self) -> Iterator[tuple[str, str, str]]:
        """Yield the entities that a person took off the list: id, external id, and the one they were put into."""
        from rubricator.store.gone import gone_entities

        return gone_entities(self._db)

    def gone_annotations(self) -> Iterator[tuple[str, str, str, Span]]:
        """Yield the annotations that a person deleted: article, annotator, label, and where they stood."""
        from rubricator.store.gone import gone_annotations

        return gone_annotations(self._db)

    def holding(self, words: str) -> Iterator[tuple[float, set[int]]]:
        """Yield the local numbers of the articles that hold words in their texts, and how much was looked through."""
        from rubricator.store.texts import holding

        return holding(self._db, words)

    # --- articles -------------------------------------------------------------------------------------------------

    def article(self, uid: str) -> Article | None:
        """Return an article that is in the project, or None."""
        row = self._db.execute("SELECT uid, value FROM article WHERE uid = ? AND alive = 1", (uid,)).fetchone()
        return article_from(row[0], json.loads(row[1])) if row else None

    def articles(self) -> Iterator[Article]:
        """Yield all articles in the order of the project (by clock of their import)."""
        rows = self._db.execute("SELECT uid, value FROM article WHERE alive = 1 ORDER BY lamport, place, uid")
        for uid, value in rows:
            yield article_from(uid, json.loads(value))

    def text(self, digest: str) -> str | None:
        """Return a text by its digest; None where it has not arrived or was purged."""
        row = self._db.execute("SELECT body FROM text WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def text_length(self, digest: str) -> int | None:
        """Return how many code points a text has, also one that was purged; None where it has not arrived."""
        row = self._db.execute("SELECT length FROM text WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def article_numbers(
        self,
        annotator: str,
        *,
        words: Sequence[str] = (),
        label: str = "",
        statuses: Collection[str] = (),
        flag: str | None = None,
        newest: bool = False,
    ) -> list[int]:
        """Return the local numbers of the articles whose title or source holds all `words`, and so on, in order.

        The status is one of `statuses`, where any are named; `flag` is a part of a flag's words ("": any flag will do).
        """
        where, values = ["a.alive = 1"], []
        for word in list(dict.fromkeys(words))[:_WORDS_MOST]:
            where.append("(instr(lower(a.title), lower(?)) OR instr(lower(a.source), lower(?)))")
            values += [word, word]
        if label:
            where.append(
                "EXISTS (SELECT 1 FROM label_count c JOIN layer k ON k.id = c.layer"
                " JOIN annotator m ON m.id = k.annotator"
                " WHERE k.article = a.id AND m.uid = ? AND c.label = ? COLLATE NOCASE AND c.n > 0)"
            )
            values += [annotator, label]
        if statuses:
            where.append(
                "coalesce((SELECT l.status FROM layer l JOIN annotator n ON n.id = l.annotator"
                " WHERE l.article = a.id AND n.uid = ?), 'todo') IN (SELECT value FROM json_each(?))"
            )
            values += [annotator, json.dumps(list(statuses))]
        if flag is not None:
            where.append(
                "EXISTS (SELECT 1 FROM layer l JOIN annotator n ON n.id = l.annotator, json_each(l.value, '$.flags') f"
                " WHERE l.article = a.id AND n.uid = ? AND instr(lower(f.value), lower(?)) > 0)"
            )
            values += [annotator, flag]
        order = "a.lamport, a.place, a.uid"
        if newest:
            order = f"a.published = '', a.published DESC, {order}"
        rows = self._db.execute(f"SELECT a.id FROM article a WHERE {' AND '.join(where)} ORDER BY {order}", values)
        return [number for (number,) in rows]

    def article_lines(self, numbers: Sequence[int], annotator: str) -> list[ArticleLine]:
        """Return the lines of these articles (local numbers), in their order."""
        rows = self._db.execute(
            "SELECT a.id, a.uid, a.title, a.source, a.published, coalesce(l.status, 'todo'),"
            " coalesce(l.annotations, 0), coalesce(l.value, '{}'), iif(trim(a.title) = '', coalesce("
            f"(SELECT substr(t.body, 1, {_OPENING}) FROM text t WHERE t.digest = a.digest), ''), '')"
            " FROM json_each(?) e JOIN article a ON a.id = e.value"
            " LEFT JOIN layer l ON l.article = a.id AND l.annotator = (SELECT id FROM annotator WHERE uid = ?)"
            " ORDER BY e.key",
            (json.dumps(list(numbers)), annotator),
        )
        return [_line(row) for row in rows]

    def article_number(self, uid: str) -> int | None:
        """Return the local number of an article."""
        row = self._db.execute("SELECT id FROM article WHERE uid = ? AND alive = 1", (uid,)).fetchone()
        return row[0] if row else None

    def count_articles(self) -> int:
        """Return how many articles there are."""
        return int(self._db.execute("SELECT count(*) FROM article WHERE alive = 1").fetchone()[0])

    def digest_of(self, uid: str) -> str:
        """Return the digest of an article, also of one that was taken out; nothing where there never was one."""
        row = self._db.execute("SELECT digest FROM article WHERE uid = ?", (uid,)).fetchone()
        return row[0] if row else ""

    def articles_with(self, digest: str) -> list[Article]:
        """Return the articles that have a text, in the order of the project."""
        rows = self._db.execute(
            "SELECT uid, value FROM article WHERE digest = ? AND alive = 1 ORDER BY lamport, place, uid", (digest,)
        )
        return [article_from(uid, json.loads(value)) for uid, value in rows]

    # --- layers ---------------------------------------------------------------------------------------------------

    def annotators(self) -> list[Annotator]:
        """Return all annotators in the order they joined."""
        rows = self._db.execute(
            "SELECT uid, name, kind, value FROM annotator WHERE alive = 1 ORDER BY lamport, place, uid"
        )
        return [Annotator(uid, name, kind, _annotator_extra(value)) for uid, name, kind, value in rows]

    def name_of(self, annotator: str) -> str | None:
        """Return the name of an annotator; None where the project does not know them."""
        row = self._db.execute("SELECT name FROM annotator WHERE uid = ? AND alive = 1", (annotator,)).fetchone()
        return row[0] if row else None

    def has_work(self, annotator: str) -> bool:
        """Say whether an annotator has labelled, tagged or finished anything."""
        row = self._db.execute(
            "SELECT 1 FROM layer l JOIN annotator p ON p.id = l.annotator WHERE p.uid = ? AND (l.status <> 'todo'"
            " OR l.annotations > 0 OR EXISTS (SELECT 1 FROM tag t WHERE t.layer = l.id AND t.alive = 1)) LIMIT 1",
            (annotator,),
        ).fetchone()
        return row is not None

    def layers(self, article: str) -> list[Layer]:
        """Return the layers of an article, in the order their annotators joined."""
        rows = self._db.execute(
            "SELECT a.uid, n.uid, l.status, l.annotations, l.value FROM layer l JOIN article a ON a.id = l.article"
            " JOIN annotator n ON n.id = l.annotator WHERE a.uid = ? ORDER BY n.lamport, n.place, n.uid",
            (article,),
        )
        return [layer_of(*row) for row in rows]

    def layer(self, article: str, annotator: str) -> Layer:
        """Return a layer; an empty one where nothing was said yet."""
        row = self._db.execute(
            "SELECT a.uid, n.uid, l.status, l.annotations, l.value FROM layer l JOIN article a ON a.id = l.article"
            " JOIN annotator n ON n.id = l.annotator WHERE a.uid = ? AND n.uid = ?",
            (article, annotator),
        ).fetchone()
        return layer_of(*row) if row else Layer(article, annotator, "todo", 0)

    def status(self, article: str, annotator: str) -> str:
        """Return the status of a layer; `todo` where nothing was said yet."""
        row = self._db.execute(
            "SELECT l.status FROM layer l JOIN article a ON a.id = l.article JOIN annotator n ON n.id = l.annotator"
            " WHERE a.uid = ? AND n.uid = ?",
            (article, annotator),
        ).fetchone()
        return row[0] if row else "todo"

    def annotations(self, article: str, annotator: str) -> list[Annotation]:
        """Return the annotations of a layer by start; quotes and stamps are filled in."""
        return self.spans(article, annotator).all()

    def spans(self, article: str, annotator: str) -> LayerSpans:
        """Return the annotations of a layer, to be read as they are needed."""
        return LayerSpans(self._db, article, annotator)

    def same_place(self, annotation: Annotation) -> list[str]:
        """Return the ids of annotations with the layer, label and span of this one, its own too if it is here."""
        fragments = [list(fragment) for fragment in annotation.span.fragments]
        rows = self._db.execute(
            "SELECT uid FROM annotation WHERE alive = 1 AND layer = (SELECT l.id FROM layer l"
            " JOIN article a ON a.id = l.article JOIN annotator p ON p.id = l.annotator WHERE a.uid = ? AND p.uid = ?)"
            ' AND start = ? AND "end" = ? AND label = ? AND fragments IS ?',
            (
                annotation.article,
                annotation.annotator,
                annotation.start,
                annotation.end,
                annotation.label,
                dumps(fragments) if len(fragments) > 1 else None,
            ),
        )
        return [uid for (uid,) in rows]

    def commented(self, article: str, annotator: str) -> frozenset[str]:
        """Return the ids of annotations, deleted ones too, on which comments of a layer stand that were not deleted."""
        rows = self._db.execute(
            "SELECT DISTINCT json_extract(e.value, '$.on') FROM element e JOIN layer l ON l.id = e.layer"
            " JOIN article a ON a.id = l.article JOIN annotator p ON p.id = l.annotator"
            " WHERE e.kind = 'comment' AND e.alive = 1 AND a.uid = ? AND p.uid = ?",
            (article, annotator),
        )
        return frozenset(on for (on,) in rows if on)

    def home_of(self, annotation: str) -> tuple[str, str] | None:
        """Return (article, annotator) of an annotation, also of one that was deleted; None where there is none."""
        row = self._db.execute(
            "SELECT a.uid, p.uid FROM annotation n JOIN layer l ON l.id = n.layer JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator WHERE n.uid = ?",
            (annotation,),
        ).fetchone()
        return (row[0], row[1]) if row else None

    def standing(self, kind: str, uids: Iterable[str]) -> list[str]:
        """Return those of these ids of elements that stand, and were not taken away."""
        query = "SELECT 1 FROM element WHERE kind = ? AND uid = ? AND alive = 1"
        return [uid for uid in uids if self._db.execute(query, (kind, uid)).fetchone()]

    def element_home(self, kind: str, uid: str) -> tuple[str, str] | None:
        """Return (article, annotator) of a relation, comment or decision, deleted or not; None where there is none."""
        row = self._db.execute(
            "SELECT a.uid, p.uid FROM element e JOIN layer l ON l.id = e.layer JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator WHERE e.kind = ? AND e.uid = ?",
            (kind, uid),
        ).fetchone()
        return (row[0], row[1]) if row else None

    def tags(self, article: str, annotator: str) -> list[TopicTag]:
        """Return the topic tags of a layer, in the order they were given."""
        rows = self._db.execute(
            "SELECT t.uid, t.topic, t.value FROM tag t JOIN layer l ON l.id = t.layer"
            " JOIN article a ON a.id = l.article JOIN annotator p ON p.id = l.annotator"
            " WHERE t.alive = 1 AND a.uid = ? AND p.uid = ?"
            " ORDER BY t.lamport, (SELECT id FROM journal WHERE seq = t.edit), t.place, t.uid",
            (article, annotator),
        )
        return [
            tag_from(uid, {"article": article, "annotator": annotator, "topic": topic, **json.loads(value or "{}")})
            for uid, topic, value in rows
        ]

    def elements(self, kind: str, article: str = "", annotator: str = "") -> list[tuple[str, dict[str, Any]]]:
        """Return (id, value) of the elements of a kind: of a layer where one is given, else of the project."""
        if article:
            rows = self._db.execute(
                f"SELECT e.uid, e.value{_OF_LAYER}"
                " ORDER BY e.lamport, (SELECT id FROM journal WHERE seq = e.edit), e.place, e.uid",
                (kind, article, annotator),
            )
        else:
            rows = self._db.execute(
                "SELECT uid, value FROM element WHERE kind = ? AND alive = 1"
                " ORDER BY lamport, (SELECT id FROM journal WHERE seq = edit), place, uid",
                (kind,),
            )
        return [(uid, json.loads(value)) for uid, value in rows]

    def count_in_layer(self, kind: str, article: str, annotator: str) -> int:
        """Count the elements of a kind in a layer."""
        return int(self._db.execute(f"SELECT count(*){_OF_LAYER}", (kind, article, annotator)).fetchone()[0])

    # --- project and scheme ---------------------------------------------------------------------------------------

    def project(self) -> dict[str, Any]:
        """Return the project's own fields: id, name, and those of the scheme (`scheme`)."""
        found = self.elements("project")
        return found[0][1] if found else {}

    def scheme(self) -> Scheme:
        """Return the scheme as it stands."""
        return scheme_of(self.project(), self.elements, self.changes_of_scheme())

    def changes_of_scheme(self) -> int:
        """Count the changes of the scheme since it came; what was taken back counts twice."""
        return int(self._db.execute("SELECT count(*) FROM element WHERE kind = 'version'").fetchone()[0])

    def labels_gone(self) -> set[str]:
        """Return what labels were called that the scheme has no longer: their names and their titles."""
        gone = self._db.execute(
            "SELECT uid, json_extract(value, '$.title') FROM element WHERE kind = 'label' AND alive = 0"
        )
        return {str(name) for row in gone for name in row if name}

    def rechecks(self) -> dict[str, Recheck]:
        """Return the changes that ask to look at something again, by id, in their order."""
        return {uid: recheck_from(value) for uid, value in self.elements("recheck")}

    # --- counts ---------------------------------------------------------------------------------------------------

    def label_counts(self, article: str = "", annotator: str = "") -> dict[str, int]:
        """Return how often each label is used: in a layer, of an annotator, in an article, or in all."""
        where, values = ["c.n > 0", "a.alive = 1"], []
        if article:
            where.append("a.uid = ?")
            values.append(article)
        if annotator:
            where.append("p.uid = ?")
            values.append(annotator)
        rows = self._db.execute(
            "SELECT c.label, sum(c.n) FROM label_count c JOIN layer l ON l.id = c.layer"
            " JOIN article a ON a.id = l.article JOIN annotator p ON p.id = l.annotator"
            f" WHERE {' AND '.join(where)} GROUP BY c.label ORDER BY sum(c.n) DESC, c.label",
            values,
        )
        return dict(rows)

    def topic_counts(self, annotator: str = "") -> dict[str, int]:
        """Return how often each topic is given, by one annotator or by all, the most frequent first."""
        rows = self._db.execute(
            "SELECT t.topic, count(*) FROM tag t JOIN layer l ON l.id = t.layer JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator WHERE t.alive = 1 AND a.alive = 1 AND (? = '' OR p.uid = ?)"
            " GROUP BY t.topic ORDER BY count(*) DESC, t.topic",
            (annotator, annotator),
        )
        return dict(rows)

    def recent_topics(self, annotator: str, most: int) -> list[str]:
        """Return the topics that an annotator has given last, the latest first."""
        rows = self._db.execute(
            "SELECT t.topic FROM tag t JOIN layer l ON l.id = t.layer JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator WHERE t.alive = 1 AND a.alive = 1 AND p.uid = ?"
            " GROUP BY t.topic ORDER BY max(t.lamport) DESC, t.topic LIMIT ?",
            (annotator, most),
        )
        return [topic for (topic,) in rows]

    def status_counts(self, annotator: str) -> dict[str, int]:
        """Return how many articles have each status in the layers of an annotator."""
        rows = self._db.execute(
            "SELECT l.status, count(*) FROM layer l JOIN article a ON a.id = l.article JOIN annotator p"
            " ON p.id = l.annotator WHERE a.alive = 1 AND p.uid = ? AND l.status <> 'todo' GROUP BY l.status",
            (annotator,),
        )
        counts = dict(rows)
        return {"todo": self.count_articles() - sum(counts.values()), **counts}

    def begun_counts(self, annotator: str = "") -> dict[str, int]:
        """Return how many articles an annotator (or anybody) has begun, by status; those that nobody has under "".

        Who looked at one, or flagged it, has not begun it. One with layers of several statuses counts in each.
        """
        rows = self._db.execute(
            "SELECT DISTINCT l.article, l.status FROM layer l JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator WHERE a.alive = 1 AND ? IN (p.uid, '') AND (l.status <> 'todo'"
            " OR l.annotations > 0 OR EXISTS (SELECT 1 FROM tag t WHERE t.layer = l.id AND t.alive = 1))",
            (annotator,),
        ).fetchall()
        begun = len({article for article, _ in rows})
        return {**Counter(status for _, status in rows), "": self.count_articles() - begun}

    def count_flagged(self, annotator: str) -> int:
        """Return how many articles are flagged in the layers of an annotator: 30 ms where there are 100,000."""
        row = self._db.execute(
            "SELECT count(*) FROM annotator p JOIN layer l ON l.annotator = p.id AND instr(l.value, '\"flags\"')"
            " AND json_array_length(l.value, '$.flags') > 0 JOIN article a ON a.id = l.article AND a.alive = 1"
            " WHERE p.uid = ?",
            (annotator,),
        ).fetchone()
        return int(row[0])

    def count_annotations(self, annotator: str = "", status: str = "") -> int:
        """Return how many annotations the layers of an annotator have, or all; in a status, or in any."""
        row = self._db.execute(
            "SELECT coalesce(sum(l.annotations), 0) FROM layer l JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator"
            " WHERE a.alive = 1 AND ? IN (p.uid, '') AND ? IN (l.status, '')",
            (annotator, status),
        ).fetchone()
        return int(row[0])

    def sizes(self) -> dict[str, int]:
        """Return how many articles, characters, annotations, topic tags and edits there are."""
        queries = {
            "articles": "SELECT count(*) FROM article WHERE alive = 1",
            "characters": "SELECT coalesce(sum(t.length), 0) FROM article a JOIN text t ON t.digest = a.digest"
            " WHERE a.alive = 1",
            "annotations": "SELECT coalesce(sum(l.annotations), 0) FROM layer l JOIN article a ON a.id = l.article"
            " WHERE a.alive = 1",
            "topic tags": "SELECT count(*) FROM tag t JOIN layer l ON l.id = t.layer JOIN article a ON a.id = l.article"
            " WHERE t.alive = 1 AND a.alive = 1",
            "edits": "SELECT count(*) FROM journal WHERE step IS NULL AND kind <> 'time'",
        }
        return {name: int(self._db.execute(query).fetchone()[0]) for name, query in queries.items()}


def _annotator_extra(value: str) -> dict[str, Any] | None:
    return {key: item for key, item in json.loads(value).items() if key not in {"name", "kind"}} or None


def _flags(value: dict[str, Any]) -> tuple[str, ...]:
    flags = value.get("flags")
    return tuple(str(flag) for flag in flags) if isinstance(flags, list) else ()


def _line(row: tuple[Any, ...]) -> ArticleLine:
    number, uid, title, source, published, status, annotations, value, opening = row
    flags = _flags(json.loads(value))
    return ArticleLine(number, uid, title, source, published, status, annotations, flags, opening)


def layer_of(article: str, annotator: str, status: str, annotations: int, encoded: str) -> Layer:
    """Make the layer of a row."""
    if encoded == "{}":  # so of most
        return Layer(article, annotator, status, annotations)
    value = json.loads(encoded)
    extra = {key: item for key, item in value.items() if key not in {"flags", "seconds", "spent"}}
    spent = value.get("spent")
    counted = {run: _seconds(item) for run, item in spent.items()} if isinstance(spent, dict) else {}
    seconds = _seconds(value.get("seconds")) + sum(counted.values())
    return Layer(article, annotator, status, annotations, _flags(value), seconds, counted, extra or None)


def _seconds(value: object) -> float:
    """Return seconds that a merged file may have given; nobody works on an article for thirty years."""
    return value if isinstance(value, int | float) and 0 < value < 1e9 else 0
