"""The tables of a project file. `journal` and `text` are the truth; all others are a fold of the journal."""

from __future__ import annotations

import sqlite3

TABLES = """
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,                       -- the order of arrival in this file
  id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
  step TEXT,                                     -- the id of the first row, where one step takes several rows
  author TEXT NOT NULL,
  device TEXT NOT NULL,
  device_seq INTEGER NOT NULL,
  lamport INTEGER NOT NULL CHECK (lamport > 0),
  kind TEXT NOT NULL,
  article TEXT NOT NULL,                         -- the article it is about, or nothing
  undoes TEXT,                                   -- the step that this one takes back
  payload TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX journal_order ON journal (lamport, id);
CREATE INDEX journal_author ON journal (author, lamport, id);
CREATE INDEX journal_device ON journal (device, device_seq);
CREATE INDEX journal_step ON journal (step) WHERE step IS NOT NULL;
CREATE INDEX journal_undoes ON journal (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE undone (step TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE text (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  length INTEGER NOT NULL CHECK (length >= 0),   -- code points
  body TEXT                                      -- nothing once it was purged
) STRICT;
CREATE TRIGGER text_keeps BEFORE UPDATE OF body ON text WHEN NEW.body IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the text of an article never changes'); END;

CREATE TABLE shingle (                           -- sketches of the texts, by which near-duplicates are found
  hash INTEGER NOT NULL,
  text INTEGER NOT NULL,
  PRIMARY KEY (hash, text)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER shingle_purged AFTER UPDATE OF body ON text WHEN NEW.body IS NULL
BEGIN DELETE FROM shingle WHERE text = NEW.id; END;

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  value TEXT NOT NULL DEFAULT '{}',
  alive INTEGER NOT NULL DEFAULT 0 CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL DEFAULT 0,
  edit INTEGER NOT NULL DEFAULT 0,
  place INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX article_order ON article (lamport, place, uid) WHERE alive = 1;
CREATE INDEX article_digest ON article (digest);

CREATE TABLE annotator (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'human',
  value TEXT NOT NULL DEFAULT '{}',
  alive INTEGER NOT NULL DEFAULT 0 CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL DEFAULT 0,
  edit INTEGER NOT NULL DEFAULT 0,
  place INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE layer (
  id INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (id),
  annotator INTEGER NOT NULL REFERENCES annotator (id),
  status TEXT NOT NULL DEFAULT 'todo',
  value TEXT NOT NULL DEFAULT '{}',              -- flags, seconds, comments of the layer
  annotations INTEGER NOT NULL DEFAULT 0,
  UNIQUE (article, annotator)
) STRICT;
CREATE INDEX layer_annotator ON layer (annotator, status);

CREATE TABLE annotation (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  layer INTEGER NOT NULL REFERENCES layer (id),
  label TEXT NOT NULL,
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  fragments TEXT,                                -- only where there are several
  quote TEXT,                                    -- nothing while its text has not arrived
  value TEXT,                                    -- whatever else it holds
  alive INTEGER NOT NULL CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL,
  edit INTEGER NOT NULL
) STRICT;
CREATE INDEX annotation_layer ON annotation (layer, start) WHERE alive = 1;
CREATE INDEX annotation_words ON annotation (quote, label, layer) WHERE alive = 1 AND length(quote) <= 240;

CREATE TABLE mention (                           -- which annotations that stand link to which entity
  annotation INTEGER PRIMARY KEY REFERENCES annotation (id),
  entity TEXT NOT NULL
) STRICT;
CREATE INDEX mention_entity ON mention (entity);

CREATE TABLE label_count (
  layer INTEGER NOT NULL,
  label TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (layer, label)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_count_label ON label_count (label) WHERE n > 0;
CREATE TRIGGER annotation_changed AFTER UPDATE OF alive, label, layer ON annotation
WHEN NEW.alive <> OLD.alive OR NEW.label <> OLD.label OR NEW.layer <> OLD.layer BEGIN
  UPDATE label_count SET n = n - OLD.alive WHERE layer = OLD.layer AND label = OLD.label;
  INSERT INTO label_count VALUES (NEW.layer, NEW.label, NEW.alive) ON CONFLICT DO UPDATE SET n = n + NEW.alive;
  UPDATE layer SET annotations = annotations - OLD.alive WHERE id = OLD.layer;
  UPDATE layer SET annotations = annotations + NEW.alive WHERE id = NEW.layer;
END;

CREATE TABLE word_count (                        -- how an annotator labelled some words, in articles that are here
  words TEXT NOT NULL COLLATE NOCASE,            -- the quote on one line
  annotator INTEGER NOT NULL,
  label TEXT NOT NULL,
  quote TEXT NOT NULL,                           -- of at most 240 code points: the longer say nothing of others
  n INTEGER NOT NULL,
  PRIMARY KEY (words, annotator, label, quote)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER words_changed AFTER UPDATE OF alive, label, layer, quote ON annotation
WHEN (NEW.alive, NEW.label, NEW.layer, NEW.quote) IS NOT (OLD.alive, OLD.label, OLD.layer, OLD.quote) BEGIN
  INSERT INTO word_count SELECT replace(replace(OLD.quote, char(10) || char(10), ' '), char(10), ' '),
    l.annotator, OLD.label, OLD.quote, -1 FROM layer l JOIN article a ON a.id = l.article
    WHERE l.id = OLD.layer AND a.alive = 1 AND OLD.alive = 1 AND length(OLD.quote) <= 240
    ON CONFLICT DO UPDATE SET n = n - 1;
  INSERT INTO word_count SELECT replace(replace(NEW.quote, char(10) || char(10), ' '), char(10), ' '),
    l.annotator, NEW.label, NEW.quote, 1 FROM layer l JOIN article a ON a.id = l.article
    WHERE l.id = NEW.layer AND a.alive = 1 AND NEW.alive = 1 AND length(NEW.quote) <= 240
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER words_hidden AFTER UPDATE OF alive ON article WHEN NEW.alive <> OLD.alive BEGIN
  INSERT INTO word_count SELECT replace(replace(n.quote, char(10) || char(10), ' '), char(10), ' '),
    l.annotator, n.label, n.quote, NEW.alive - OLD.alive FROM layer l JOIN annotation n ON n.layer = l.id
    WHERE l.article = NEW.id AND n.alive = 1 AND length(n.quote) <= 240
    ON CONFLICT DO UPDATE SET n = n + excluded.n;
END;

CREATE TABLE tag (
  uid TEXT PRIMARY KEY,
  layer INTEGER NOT NULL REFERENCES layer (id),
  topic TEXT NOT NULL,
  value TEXT,
  alive INTEGER NOT NULL CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL,
  edit INTEGER NOT NULL,
  place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_layer ON tag (layer) WHERE alive = 1;

CREATE TABLE element (                           -- project, label, topic, rule, entity, relation, comment, decision
  kind TEXT NOT NULL,
  uid TEXT NOT NULL,
  layer INTEGER REFERENCES layer (id),
  value TEXT NOT NULL,
  alive INTEGER NOT NULL CHECK (alive IN (0, 1)),
  lamport INTEGER NOT NULL,
  edit INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (kind, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX element_layer ON element (layer, kind) WHERE layer IS NOT NULL;

CREATE TABLE decided (                           -- which decisions that stand are about which words, folded
  decision TEXT PRIMARY KEY,
  words TEXT NOT NULL,
  lamport INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decided_words ON decided (words, lamport);

CREATE TABLE register (                          -- the last write to a field, where it was written after its element
  kind TEXT NOT NULL,
  uid TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  lamport INTEGER NOT NULL,
  edit INTEGER NOT NULL,
  PRIMARY KEY (kind, uid, field)
) STRICT, WITHOUT ROWID;
"""

COUNTED_MOST = 240
"""Code points up to which words are counted: what is longer says nothing of other places."""


def _words(which: str, *, one: bool = False) -> str:
    times, group = _grouped("n.quote, l.annotator, n.label", one=one)
    return f"""
SELECT replace(replace(n.quote, char(10) || char(10), ' '), char(10), ' ') AS words, l.annotator, n.label, n.quote,
  {times} AS n
FROM annotation n NOT INDEXED CROSS JOIN layer l ON l.id = n.layer CROSS JOIN article a ON a.id = l.article
WHERE {which} n.alive = 1 AND a.alive = 1 AND length(n.quote) <= {COUNTED_MOST} {group}
"""


def _grouped(by: str, *, one: bool) -> tuple[str, str]:
    """Return what counts rows that are alike, and what puts them together; of one row there is nothing to put."""
    return ("1", "") if one else ("count(*)", f"GROUP BY {by}")


COUNTED_WORDS = _words("")
"""What `word_count` must hold, counted anew."""


def _counts(which: str, *, one: bool) -> tuple[str, str, str]:
    times, by_label = _grouped("n.layer, n.label", one=one)
    _, by_layer = _grouped("n.layer", one=one)
    return (
        (
            f"INSERT INTO label_count SELECT n.layer, n.label, {times} FROM annotation n NOT INDEXED"
            f" WHERE {which} n.alive = 1 {by_label} ON CONFLICT DO UPDATE SET n = n + excluded.n"
        ),
        (
            f"UPDATE layer SET annotations = annotations + c.times FROM (SELECT n.layer, {times} AS times"
            f" FROM annotation n NOT INDEXED WHERE {which} n.alive = 1 {by_layer}) c WHERE c.layer = layer.id"
        ),
        f"INSERT INTO word_count {_words(which, one=one)} ON CONFLICT DO UPDATE SET n = n + excluded.n",
    )


COUNT_NEW = _counts("n.id > (SELECT max(id) FROM annotation) - ? AND", one=False)
"""Counts the annotations that were just put in, so many: all at once, since a trigger for each would take as long as
all the rest of an import. Not by an index: those that are new stand at the end of the table."""

COUNT_ONE = _counts("n.id = (SELECT max(id) FROM annotation) AND", one=True)
"""Counts the one annotation that was just put in: to sort a single row takes twice as long as to count it."""


def statements(script: str) -> list[str]:
    """Part a script into its statements (a trigger is one)."""
    found: list[str] = []
    part = ""
    for line in script.splitlines():
        part += line + "\n"
        if sqlite3.complete_statement(part):
            found.append(part.strip())
            part = ""
    return found
