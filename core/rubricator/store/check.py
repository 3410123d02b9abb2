"""The doctor: every invariant of a project file. `quick` at open and by the command line, `full` on demand.

The state is compared with a replay of the journal into an empty store: both must say the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from rubricator.errors import UserError
from rubricator.model import rules
from rubricator.model.elements import STATUSES
from rubricator.model.rules import Violation
from rubricator.model.scheme import Scheme
from rubricator.model.spans import Article
from rubricator.store import near
from rubricator.store.base import Store
from rubricator.store.entries import Entry
from rubricator.store.ids import Ids
from rubricator.store.journal import Journal
from rubricator.store.links import Links
from rubricator.store.rows import Layer, Rows
from rubricator.store.schema import scratch
from rubricator.store.symptoms import SYMPTOMS, Finding
from rubricator.store.tables import COUNTED_WORDS
from rubricator.words import message, plural

if TYPE_CHECKING:
    import random


def quick(store: Store) -> Iterator[Finding]:
    """Yield what a short look finds: the file's own structure, counters, the journal, spans against text lengths."""
    return _to_the_end(_quick(store))


def _to_the_end(look: Iterator[Finding]) -> Iterator[Finding]:
    """Yield what a look finds; that it cannot go on is a finding too."""
    try:
        yield from look
    except UserError as error:
        yield Finding(True, message("{what}", what=error.text))
    except SYMPTOMS as error:
        yield Finding(True, message("The file cannot be read to its end: {why}.", why=error))


def _quick(store: Store) -> Iterator[Finding]:
    db = store.db
    for (said,) in db.execute("PRAGMA quick_check(20)"):
        if said != "ok":
            yield Finding(True, message("The file itself is damaged: {what}.", what=said))
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Finding(
            True, message("Row {row} of {table} names a missing {parent}.", row=row, table=table, parent=parent)
        )
    yield from _counted(
        db,
        "SELECT count(*) FROM layer l WHERE l.annotations <>"
        " (SELECT count(*) FROM annotation a WHERE a.layer = l.id AND a.alive = 1)",
        "{n} layer has a wrong count of annotations.",
        "{n} layers have a wrong count of annotations.",
    )
    yield from _counted(
        db,
        "SELECT count(*) FROM annotation n WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.seq = n.edit)",
        "{n} annotation is in no journal row.",
        "{n} annotations are in no journal row.",
    )
    yield from _counted(
        db,
        "SELECT count(*) FROM article a WHERE a.alive = 1 AND NOT EXISTS"
        " (SELECT 1 FROM text t WHERE t.digest = a.digest)",
        "{n} article has no text.",
        "{n} articles have no text.",
    )
    yield from _counted(
        db,
        "SELECT count(*) FROM annotation n JOIN layer l ON l.id = n.layer JOIN article a ON a.id = l.article"
        ' JOIN text t ON t.digest = a.digest WHERE n.alive = 1 AND n."end" > t.length',
        "{n} span ends outside its text.",
        "{n} spans end outside their texts.",
    )
    marks = ", ".join(f"'{status}'" for status in STATUSES)
    yield from _counted(
        db,
        f"SELECT count(*) FROM layer WHERE status NOT IN ({marks})",
        "{n} layer has a status that this version does not know.",
        "{n} layers have a status that this version does not know.",
        damage=False,
    )


def full(store: Store) -> Iterator[Finding]:
    """Yield all that can be found: `quick`, every digest, quote and rule, and the state against a replay."""
    yield from quick(store)
    for look in (_indexes, _words, _texts, _sketches, _rules, _replayed):
        yield from _to_the_end(look(store))


def _indexes(store: Store) -> Iterator[Finding]:
    for (said,) in store.db.execute("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield Finding(True, message("The file itself is damaged: {what}.", what=said))


def _words(store: Store) -> Iterator[Finding]:
    counted = "SELECT words, annotator, label, quote, n FROM"
    yield from _counted(
        store.db,
        f"SELECT count(*) FROM (SELECT * FROM ({counted} word_count WHERE n <> 0 EXCEPT {counted} ({COUNTED_WORDS}))"
        f" UNION SELECT * FROM ({counted} ({COUNTED_WORDS}) EXCEPT {counted} word_count))",
        "Words that were labelled have a wrong count.",
        "{n} counts of labelled words are wrong.",
    )


def _texts(store: Store) -> Iterator[Finding]:
    import hashlib  # not needed to open a project

    for digest, length, body in store.db.execute("SELECT digest, length, body FROM text WHERE body IS NOT NULL"):
        if hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest() != digest or len(body) != length:
            yield Finding(True, message("The text {digest} is not what its digest says.", digest=digest[:12]))


def _sketches(store: Store) -> Iterator[Finding]:
    (stated,) = store.db.execute("SELECT count(*) FROM shingle").fetchone()
    kept = wrong = 0
    for text, numbers in near.expected(store.db):
        found = store.db.execute(
            "SELECT count(*) FROM shingle WHERE text = ? AND hash IN (SELECT value FROM json_each(?))",
            (text, json.dumps(numbers)),
        ).fetchone()[0]
        kept += found
        wrong += found != len(numbers)
    if wrong or kept != stated:
        one = "The sketch by which near-duplicates of a text are found is wrong."
        many = "The sketches by which near-duplicates of {n} texts are found are wrong."
        yield Finding(True, plural(one, many, wrong or 1))


def _replayed(store: Store) -> Iterator[Finding]:
    journal = Journal(store)
    with replayed(journal.entries(), journal.texts()) as db:
        for name, query in _STATE:
            if _sum(store.db, query) != _sum(db, query):
                here, there = ({name: _sorted(one, query)} for one in (store.db, db))
                what = next(differences(here, there), name)
                yield Finding(True, message("The state is not what the journal says: {what}", what=what))
                return


def _rules(store: Store) -> Iterator[Finding]:
    from rubricator.model.oddities import oddities  # not needed to open a project

    rows, links = Rows(store.db), Links(store.db)
    scheme = rows.scheme()
    yield from (Finding(False, what) for what in oddities(scheme, rows.elements))
    yield from _counted(
        store.db,
        "SELECT count(*) FROM element WHERE kind IN ('relation', 'comment') AND alive = 1 AND layer IS NULL",
        "{n} relation or comment is in no article.",
        "{n} relations and comments are in no article.",
        damage=False,
    )
    listed = {entity.id for entity in links.entities()}
    for article in rows.articles():
        text = rows.text(article.digest)
        for layer in rows.layers(article.id) if text is not None else ():
            for found in _wrong_in(layer, text or "", scheme, listed, rows, links):
                yield _finding(article, found)


def _wrong_in(
    layer: Layer, text: str, scheme: Scheme, listed: Container[str], rows: Rows, links: Links
) -> Iterator[Violation]:
    """Yield what rules are broken in a layer, and which links of it lead nowhere."""
    home = layer.article, layer.annotator
    annotations, tags = rows.annotations(*home), rows.tags(*home)
    by_id = {one.id: one for one in annotations}
    yield from rules.violations(annotations, scheme, text, tags=tags)
    yield from rules.topic_violations(tags, scheme)
    yield from rules.evidence_violations(tags, by_id, scheme)
    yield from rules.entity_violations(annotations, listed)
    yield from rules.version_violations(annotations, scheme)
    yield from rules.relation_violations(links.relations(*home), by_id, scheme)
    if comments := links.comments(*home):
        there = links.ever("annotation", *home) | links.ever("decision", *home)
        yield from rules.comment_violations(comments, there, links.ever("comment", *home))
    if layer.status == "done":
        yield from rules.unfinished(annotations, tags, scheme)


def _finding(article: Article, found: Violation) -> Finding:
    what = message("“{title}”: {why}.", title=article.title or article.id, why=found.why)
    return Finding(found.rule in {"quote", "outside", "shape"}, what)


def _counted(db: sqlite3.Connection, query: str, one: str, many: str, *, damage: bool = True) -> Iterator[Finding]:
    (n,) = db.execute(query).fetchone()
    if n:
        yield Finding(damage, plural(one, many, int(n)))


# --- state against replay -----------------------------------------------------------------------------------------

_STATE = (
    ("project and scheme", "SELECT kind, uid, value, alive FROM element"),
    ("articles", "SELECT uid, digest, title, published, source, value, alive FROM article"),
    ("annotators", "SELECT uid, name, kind, value, alive FROM annotator"),
    (
        "layers",
        (
            "SELECT a.uid, n.uid, l.status, l.value, l.annotations FROM layer l JOIN article a ON a.id = l.article"
            " JOIN annotator n ON n.id = l.annotator"
        ),
    ),
    (
        "annotations",
        (
            'SELECT n.uid, a.uid, p.uid, n.label, n.start, n."end", n.fragments, n.quote, n.value,'
            " n.alive, n.lamport, j.id"
            " FROM annotation n JOIN layer l ON l.id = n.layer JOIN article a ON a.id = l.article"
            " JOIN annotator p ON p.id = l.annotator JOIN journal j ON j.seq = n.edit"
        ),
    ),
    (
        "topic tags",
        (
            "SELECT t.uid, a.uid, p.uid, t.topic, t.value, t.alive FROM tag t JOIN layer l ON l.id = t.layer"
            " JOIN article a ON a.id = l.article JOIN annotator p ON p.id = l.annotator"
        ),
    ),
    (
        "fields",
        "SELECT r.kind, r.uid, r.field, r.value, r.lamport, j.id FROM register r JOIN journal j ON j.seq = r.edit",
    ),
    (
        "labels",
        (
            "SELECT a.uid, p.uid, c.label, c.n FROM label_count c JOIN layer l ON l.id = c.layer"
            " JOIN article a ON a.id = l.article JOIN annotator p ON p.id = l.annotator WHERE c.n > 0"
        ),
    ),
    (
        "words",
        (
            "SELECT p.uid, c.words, c.label, c.quote, c.n FROM word_count c JOIN annotator p ON p.id = c.annotator"
            " WHERE c.n <> 0"
        ),
    ),
    ("mentions", "SELECT n.uid, m.entity FROM mention m JOIN annotation n ON n.id = m.annotation"),
    ("decided words", "SELECT decision, words, lamport FROM decided"),
    ("undone steps", "SELECT step FROM undone"),
)


def state(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return all folded state without local numbers, in one order, so that two stores can be compared."""
    return {name: _sorted(db, query) for name, query in _STATE}


def _sorted(db: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return sorted(_rows(db, query), key=repr)


def _rows(db: sqlite3.Connection, query: str) -> Iterator[tuple[object, ...]]:
    for row in db.execute(query):
        yield tuple(_same_json(cell) for cell in row)


def _sum(db: sqlite3.Connection, query: str) -> int:
    """Return a number that tells rows from any others, whatever their order; however many, they need no memory."""
    import hashlib  # not needed to open a project

    return sum(int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest()) for row in _rows(db, query))


def _same_json(cell: object) -> object:
    """Order the keys of JSON cells: in which order fields were written is no difference."""
    if isinstance(cell, str) and cell.startswith("{"):
        try:
            return json.dumps(json.loads(cell), sort_keys=True)
        except ValueError:
            return cell
    return cell


def replay(
    entries: Iterable[Entry], texts: Iterable[tuple[str, str]], shuffle: random.Random | None = None
) -> dict[str, list[tuple[object, ...]]]:
    """Fold journal rows into an empty store, by their clocks or in a shuffled order, and return its state."""
    ordered = sorted(entries, key=lambda entry: (entry.lamport, entry.id))
    if shuffle is not None:
        shuffle.shuffle(ordered)
    with replayed(ordered, texts) as db:
        return state(db)


@contextmanager
def replayed(entries: Iterable[Entry], texts: Iterable[tuple[str, str]]) -> Iterator[sqlite3.Connection]:
    """Fold journal rows into an empty store, in the order they come in."""
    with closing(scratch()) as db:
        db.execute("BEGIN")
        Journal(_Scratch(db)).merge(entries, texts)
        yield db


class _Scratch:
    """A store that only the replay knows; it needs neither lock nor transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.ids = Ids(db)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        yield self.db

    def forget(self) -> None:
        """Nobody else writes here."""


def differences(one: dict[str, list[tuple[object, ...]]], other: dict[str, list[tuple[object, ...]]]) -> Iterator[str]:
    """Yield in what two states differ, a line each."""
    for name in one:
        only_one, only_other = set(one[name]) - set(other[name]), set(other[name]) - set(one[name])
        for row in sorted(only_one, key=repr):
            yield f"{name}: only in the first: {row!r}"
        for row in sorted(only_other, key=repr):
            yield f"{name}: only in the second: {row!r}"
