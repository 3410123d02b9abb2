"""What is looked up again and again, and never changes: local numbers, texts, who made a journal row."""

from __future__ import annotations

import sqlite3

from rubricator.model.spans import Stamp

_NUMBERS_KEPT = 10_000
"""An import of a hundred thousand articles goes on, and comes back to few of them."""
_TEXTS_KEPT = 4
_NEW_TEXTS_MOST = 8_000_000
"""Code points."""


class _Numbers(dict[tuple[str, str], int]):
    """Numbers at hand; when there are many, all are forgotten, and looked up again where they are needed."""

    def __setitem__(self, key: tuple[str, str], number: int) -> None:
        if len(self) >= _NUMBERS_KEPT:
            self.clear()
        super().__setitem__(key, number)


class Ids:
    """The local numbers of articles, annotators and layers: made on first mention, never changed; and recent texts."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known = _Numbers()
        self._layers = _Numbers()
        self._texts: dict[str, str] = {}
        self._new_texts: dict[str, str] = {}
        """By digest: an import writes some hundred, and reads none of them back."""
        self._arrived: dict[str, str] = {}
        """By article."""
        self._room = _NEW_TEXTS_MOST
        self.late: set[int] = set()
        """Articles whose text came after annotations, maybe: at the end of the transaction their quotes are filled."""
        self.uncounted = 0
        """The newest annotations, so many, that no count holds yet: see store/bulk.py."""
        self.without_words = False
        """Whether the index of words was taken away until the end of the transaction."""

    def article(self, uid: str) -> int:
        """Return the number of an article, known already or not."""
        return self._number("article", uid)

    def annotator(self, uid: str) -> int:
        """Return the number of an annotator, known already or not."""
        return self._number("annotator", uid)

    def _number(self, table: str, uid: str) -> int:
        number = self._known.get((table, uid))
        if number is None:
            row = self._db.execute(f"SELECT id FROM {table} WHERE uid = ?", (uid,)).fetchone()
            if row is None:
                row = self._db.execute(f"INSERT INTO {table} (uid) VALUES (?) RETURNING id", (uid,)).fetchone()
            number = self._known[table, uid] = row[0]
        return number

    def made(self, table: str, uid: str, number: int) -> None:
        """Remember the number of a row that was just made."""
        self._known[table, uid] = number

    def layer(self, article: str, annotator: str) -> int:
        """Return the number of an annotator's layer on an article."""
        number = self._layers.get((article, annotator))
        if number is None:
            key = (self.article(article), self.annotator(annotator))
            cursor = self._db.execute(
                "INSERT INTO layer (article, annotator) VALUES (?, ?) ON CONFLICT DO NOTHING", key
            )
            number = int(cursor.lastrowid or 0)
            if cursor.rowcount <= 0:  # it is there
                (number,) = self._db.execute("SELECT id FROM layer WHERE article = ? AND annotator = ?", key).fetchone()
            self._layers[article, annotator] = number
        return number

    def text(self, article: str) -> str | None:
        """Return the text of an article; None while it has not arrived, or once it was purged."""
        if (body := self._arrived.get(article)) is not None:
            return body
        if article not in self._texts:
            found = self._db.execute(
                "SELECT t.body FROM article a JOIN text t ON t.digest = a.digest WHERE a.uid = ?", (article,)
            ).fetchone()
            if found is None or found[0] is None:
                return None
            while len(self._texts) >= _TEXTS_KEPT:
                del self._texts[next(iter(self._texts))]
            self._texts[article] = found[0]
        return self._texts[article]

    def keep_text(self, digest: str, body: str) -> None:
        """Keep a text that was just written, as far as there is room: the article that has it comes next."""
        self._room -= len(body)
        if self._room >= 0:
            self._new_texts[digest] = body

    def has_text(self, article: str, digest: str) -> None:
        """Note which text an article has that was just made."""
        if (body := self._new_texts.get(digest)) is not None:
            self._arrived[article] = body

    def forget_new_texts(self) -> None:
        """Forget the texts that were just written: others come, or none."""
        self._new_texts.clear()
        self._arrived.clear()
        self._room = _NEW_TEXTS_MOST

    def forget_text(self, article: str) -> None:
        """Forget the text of one article: another one took its place."""
        self._texts.pop(article, None)
        self._arrived.pop(article, None)

    def forget(self) -> None:
        """Forget what was looked up: a transaction was rolled back."""
        self._known.clear()
        self._texts.clear()
        self.forget_new_texts()
        self._layers.clear()
        self.late.clear()
        self.uncounted = 0
        self.without_words = False


class Stamps(dict[int, Stamp]):
    """Who made a journal row and when, looked up once for each: many annotations come in one row."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__()
        self._db = db

    def __missing__(self, seq: int) -> Stamp:
        row = self._db.execute("SELECT author, at FROM journal WHERE seq = ?", (seq,)).fetchone()
        stamp = self[seq] = Stamp(*row)
        return stamp
