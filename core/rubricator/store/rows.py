"""State rows as values: articles, layers, annotations, tags, the scheme, counts. Reads only; the journal writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rubricator.errors import UserError
from rubricator.model.edits import article_from, tag_from
from rubricator.model.scheme import Label, Rule, Scheme, Topic, short_for
from rubricator.model.scheme_json import (
    attribute_from_json,
    example_from_json,
    label_from_json,
    relation_from_json,
    rule_from_json,
    topic_from_json,
)
from rubricator.model.spans import NOTHING, Annotation, Article, Span, TopicTag
from rubricator.store.again import Again
from rubricator.store.elements import dumps
from rubricator.store.gone import gone_annotations, gone_entities
from rubricator.store.layer_spans import LayerSpans
from rubricator.store.tables import COUNTED_MOST

T = TypeVar("T")

_PASSED_OVER = 1_000
"""Places of some words that are passed over in the search of one's own."""

_WORDS_MOST = 100
"""Words that a title has to hold: somebody may paste a whole article where titles are filtered."""

_OPENING = 100
"""Characters of a text by which an article without a title is known."""


@dataclass(frozen=True, slots=True)
class Annotator:
    """The person or model who owns layers; `kind` is human, model or gold."""

    id: str
    name: str
    kind: str = "human"
    extra: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """Everything one annotator says about one article, without the annotations themselves."""

    article: str
    annotator: str
    status: str
    annotations: int
    flags: tuple[str, ...] = ()
    seconds: float = 0
    """The time spent: what was imported, and what each run of the program has counted."""
    counted: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    """The seconds that each run of the program has counted, by its id."""
    extra: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ArticleLine:
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


class Rows:
    """Looks things up in the state tables of one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def again(self, *, take: bool = False) -> Again:
        """Return what settles what an import states of what is here already; `take`: as the import says."""
        return Again(self._db, take=take)

    def gone_entities(self) -> Iterator[tuple[str, str, str]]:
        """Yield the entities that a person took off the list: id, external id, and the one they were put into."""
        return gone_entities(self._db)

    def gone_annotations(self) -> Iterator[tuple[str, str, str, Span]]:
        """Yield the annotations that a person deleted: article, annotator, label, and where they stood."""
        return gone_annotations(self._db)

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

    def home_of(self, annotation: str) -> tuple[str, str] | None:
        """Return (article, annotator) of an annotation, also of one that was deleted; None where there is none."""
        row = self._db.execute(
            "SELECT a.uid, p.uid FROM annotation n JOIN layer l ON l.id = n.layer JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator WHERE n.uid = ?",
            (annotation,),
        ).fetchone()
        return (row[0], row[1]) if row else None

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
                "SELECT e.uid, e.value FROM element e JOIN layer l ON l.id = e.layer JOIN article a ON a.id = l.article"
                " JOIN annotator p ON p.id = l.annotator WHERE e.kind = ? AND e.alive = 1 AND a.uid = ? AND p.uid = ?"
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

    def labelled(self, forms: Sequence[str], annotator: str) -> list[tuple[str, str, int]]:
        """Return (label, quote, how often) for one's own annotations over these words; ASCII letters of any case."""
        rows = self._db.execute(
            "SELECT label, quote, n FROM word_count WHERE words IN (SELECT value FROM json_each(?))"
            " AND annotator = (SELECT id FROM annotator WHERE uid = ?) AND n > 0 ORDER BY n DESC, label, quote",
            (json.dumps(list(forms)), annotator),
        )
        return rows.fetchall()

    def labelled_in(self, label: str, quote: str, annotator: str, most: int, around: int) -> list[tuple[str, str, str]]:
        """Return the first few places of a label over exactly these words: (article, what stands before, after).

        Others may have labelled them a million times: only so many are passed over.
        """
        rows = self._db.execute(
            'SELECT a.uid, substr(t.body, max(n.start - ?, 0) + 1, min(n.start, ?)), substr(t.body, n."end" + 1, ?)'
            " FROM (SELECT id, layer FROM annotation WHERE quote = ? AND label = ? AND alive = 1"
            f" AND length(quote) <= {COUNTED_MOST} ORDER BY layer LIMIT {_PASSED_OVER}) f"
            " CROSS JOIN layer l ON l.id = f.layer AND l.annotator = (SELECT id FROM annotator WHERE uid = ?)"
            " CROSS JOIN article a ON a.id = l.article AND a.alive = 1 CROSS JOIN annotation n ON n.id = f.id"
            " CROSS JOIN text t ON t.digest = a.digest WHERE t.body IS NOT NULL LIMIT ?",
            (around, around, around, quote, label, annotator, most),
        )
        return rows.fetchall()

    def labelled_like(self, words: Sequence[str], annotator: str, most: int) -> list[tuple[str, str, int]]:
        """Return (quote, label, how often) of one's own annotations that hold one of these words, the commonest first.

        Letters as they are; by exact quotes of at most 240 code points.
        """
        rows = self._db.execute(
            "SELECT w.quote, w.label, w.n FROM word_count w WHERE w.n > 0"
            " AND w.annotator = (SELECT id FROM annotator WHERE uid = ?) AND EXISTS (SELECT 1 FROM json_each(?) k"
            " WHERE instr(w.words, k.value) > 0) ORDER BY w.n DESC, w.label, w.quote LIMIT ?",
            (annotator, json.dumps(list(words)), most),
        )
        return rows.fetchall()

    # --- decisions ------------------------------------------------------------------------------------------------

    def taken(self, annotator: str, part: int) -> Iterator[list[tuple[str, str, str, int]]]:
        """Yield what an annotator labelled: words, label, origin, and how often; of so many annotations at a time."""
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM annotation").fetchone()
        for first in range(1, last + 1, part):
            yield self._db.execute(
                "SELECT n.quote, n.label, coalesce(json_extract(n.value, '$.origin'), 'manual'), count(*) FROM"
                " annotation n CROSS JOIN layer l ON l.id = n.layer CROSS JOIN article a ON a.id = l.article"
                " WHERE n.id BETWEEN ? AND ? AND l.annotator = (SELECT id FROM annotator WHERE uid = ?)"
                " AND n.alive = 1 AND a.alive = 1 AND n.quote IS NOT NULL AND n.fragments IS NULL GROUP BY 1, 2, 3",
                (first, first + part - 1, annotator),
            ).fetchall()

    def rejected(self, annotator: str, part: int) -> Iterator[list[tuple[str, str, str, int]]]:
        """Yield what was suggested to an annotator and rejected, likewise; of so many layers at a time."""
        (last,) = self._db.execute("SELECT coalesce(max(layer), 0) FROM element WHERE layer IS NOT NULL").fetchone()
        for first in range(1, last + 1, part):
            yield self._db.execute(
                "SELECT substr(t.body, json_extract(e.value, '$.fragments[0][0]') + 1,"
                " json_extract(e.value, '$.fragments[#-1][1]') - json_extract(e.value, '$.fragments[0][0]')),"
                " json_extract(e.value, '$.label'), coalesce(json_extract(e.value, '$.source'), ''), count(*)"
                " FROM layer l JOIN element e ON e.layer = l.id AND e.kind = 'rejection'"
                " JOIN article a ON a.id = l.article JOIN text t ON t.digest = a.digest"
                " WHERE l.id BETWEEN ? AND ? AND l.annotator = (SELECT id FROM annotator WHERE uid = ?)"
                " AND e.alive = 1 AND a.alive = 1 AND t.body IS NOT NULL GROUP BY 1, 2, 3",
                (first, first + part - 1, annotator),
            ).fetchall()

    # --- project and scheme ---------------------------------------------------------------------------------------

    def project(self) -> dict[str, Any]:
        """Return the project's own fields: id, name, and those of the scheme (`scheme`)."""
        found = self.elements("project")
        return found[0][1] if found else {}

    def _mapping(self, name: str) -> dict[str, Any]:
        value = self.project().get(name)
        return value if isinstance(value, dict) else {}

    def scheme(self) -> Scheme:
        """Return the scheme as it stands."""
        about, order = (self._mapping(name) for name in ("scheme", "order"))
        version, extra = about.get("version"), about.get("extra")
        labels = [_label(uid, value) for uid, value in self.elements("label")]
        topics = [_topic(uid, value) for uid, value in self.elements("topic")]
        attributes = list(self._parts("attribute", "name", attribute_from_json))
        relations = list(self._parts("relationtype", "name", relation_from_json))
        return Scheme(
            name=str(about.get("name") or ""),
            version=(version if isinstance(version, int) else 1) + self.changes_of_scheme(),
            description=str(about.get("description") or ""),
            guideline=str(about.get("guideline") or ""),
            labels=_in_order(labels, order.get("labels"), lambda label: label.name),
            topics=_in_order(topics, order.get("topics"), lambda topic: topic.code),
            rules=tuple(_rule(uid, value) for uid, value in self.elements("rule")),
            attributes=_in_order(attributes, order.get("attributes"), lambda attribute: attribute.name),
            relations=_in_order(relations, order.get("relations"), lambda relation: relation.name),
            examples=tuple(self._parts("example", "id", example_from_json)),
            extra=extra if isinstance(extra, dict) else NOTHING,
        )

    def changes_of_scheme(self) -> int:
        """Count the changes of the scheme since it came; what was taken back counts twice."""
        return int(self._db.execute("SELECT count(*) FROM element WHERE kind = 'version'").fetchone()[0])

    def rechecks(self) -> dict[str, tuple[str, ...]]:
        """Return, by label, the ids of the changes of the scheme that ask to look at it again."""
        found: dict[str, list[str]] = {}
        for uid, value in self.elements("recheck"):
            for label in value["labels"]:
                found.setdefault(str(label), []).append(uid)
        return {label: tuple(uids) for label, uids in found.items()}

    def _parts(self, kind: str, name: str, read: Callable[[object], T]) -> Iterator[T]:
        """Yield parts of the scheme; what a newer or damaged file says otherwise than we can read is passed over."""
        for uid, value in self.elements(kind):
            try:
                yield read({**value, name: uid})
            except UserError:
                continue

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


# A merged file may say anything of a label, a topic or a rule; then its name alone is kept, and the project opens.


def _label(uid: str, value: dict[str, Any]) -> Label:
    try:
        return label_from_json({**value, "name": uid})
    except UserError:
        return Label(name=uid, title=uid, short=short_for(uid))


def _topic(uid: str, value: dict[str, Any]) -> Topic:
    try:
        return topic_from_json({**value, "code": uid})
    except UserError:
        return Topic(code=uid, name=uid)


def _rule(uid: str, value: dict[str, Any]) -> Rule:
    try:
        return rule_from_json({**value, "id": uid})
    except UserError:
        return Rule(uid, "")


def _in_order(items: list[T], order: object, name: Callable[[T], str]) -> tuple[T, ...]:
    """Put items in an order by name; what it does not name comes last, as it arrived."""
    names = [item for item in order if isinstance(item, str)] if isinstance(order, list) else []
    places = {item: n for n, item in enumerate(names)}
    return tuple(sorted(items, key=lambda item: places.get(name(item), len(places))))


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
