"""Which rows of a file come in: those that are not here, and that their author may bring.

What is wrong with the file itself (a row that is here with another content, another text of an article) stops all of it
with words; what somebody may not do is refused row by row and told, and the rest comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rubricator.errors import UserError
from rubricator.hub.gold import Gold
from rubricator.model.edits import ALIVE, Add, Op, Set
from rubricator.project import Project
from rubricator.store.element_rows import Row
from rubricator.store.entries import Entry
from rubricator.store.pieces import Cells, head_of, is_local, pieces
from rubricator.store.written import Writer
from rubricator.verbs.annotators import told_apart
from rubricator.words import Message, message

_AHEAD = 10_000_000
"""So many rows nobody writes between two merges; a clock beyond that would leave no room for those to come."""


class Refused(NamedTuple):
    """A row that does not come in: its id, its author's id, and why."""

    row: str
    author: str
    why: Message


class Here:
    """What is to be known of the project that things are merged into."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._written = project.written()
        self.mine = project.packet.get("for", "")
        self.last_clock = self._written.last_clock()
        self.gold = Gold(project)
        self._pieces = lru_cache(maxsize=4)(self._cut)
        self.digest_of = lru_cache(maxsize=10_000)(project.rows.digest_of)
        self.text_length = lru_cache(maxsize=10_000)(project.rows.text_length)

    def cells(self) -> Cells:
        """Return what says whom elements concern."""
        return self._project.cells()

    def row(self, row_id: str) -> Entry | None:
        """Return a row, or the piece of a row that is here whole."""
        if (found := self._written.row(row_id)) is not None or not (head := head_of(row_id)):
            return found
        return self._pieces(head).get(row_id)

    def has(self, row_id: str) -> bool:
        """Say whether a row is here, or the one that it is a piece of."""
        return self._written.has(row_id)

    def _cut(self, head: str) -> dict[str, Entry]:
        whole = self._written.row(head)
        return {piece.id: piece for _cell, piece in pieces(whole, self.cells())} if whole else {}

    def author_of(self, row_id: str) -> str | None:
        """Return who wrote a row; None where it is not here."""
        return self._written.author_of(row_id)

    def name_of(self, annotator: str) -> str:
        """Return the name of an annotator, or the id."""
        return told_apart(self._project.rows.annotators()).get(annotator, annotator)

    def standing(self, op: Op) -> tuple[Row | None, Any]:
        """Return an element as it stands, and what is in the field that an operation would write."""
        return self._written.standing(op)

    def writer(self, op: Op) -> Writer | None:
        """Return which row wrote what stands in a field."""
        return self._written.writer(op)

    def writers(self, kind: str, uid: str) -> list[str]:
        """Return the rows that wrote into an element since it was made."""
        return self._written.writers(kind, uid)

    def quote(self, annotation: str) -> str:
        """Return the words of an annotation."""
        found = self._project.annotation(annotation)
        return found.quote if found else ""


class Sieve:
    """Lets pass what may come in of a file; `whose` is the annotator whose packet it is (empty: everybody's)."""

    def __init__(self, here: Here, whose: str, path: Path) -> None:
        self._here = here
        self._whose = whose
        self._path = path
        self.cells = here.cells()
        self._brought: dict[str, str] = {}
        """Articles that the file itself adds, and who added them."""
        self._digests: dict[str, str] = {}
        self._lengths: dict[str, int] = {}
        """Texts that the file brings, by digest: how many code points they have."""
        self.known = 0
        self.refused: list[Refused] = []

    def look(self, entries: Iterable[Entry], texts: Callable[[], Iterable[tuple[str, str]]] = tuple) -> None:
        """Note what the file adds, so that what is written to it afterwards can be judged."""
        for entry in entries:
            for op in entry.edit.ops:
                self.cells.note(op)
                self._here.gold.note(op)
                if isinstance(op, Add) and op.kind == "article":
                    self._brought.setdefault(op.id, entry.author)
                    self._digests.setdefault(op.id, op.value["digest"])
        if any(self._here.text_length(digest) is None for digest in self._digests.values()):
            self._lengths = {digest: len(text) for digest, text in texts()}

    def accepted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the rows that come in; UserError where the file is not what it says."""
        self.known, self.refused = 0, []
        for entry in entries:
            if self._is_known(entry):
                self.known += 1
            elif not entry.edit.ops and not entry.undoes:
                continue
            elif all(map(is_local, entry.edit.ops)) and entry.edit.ops:
                continue  # it stays in the file in which it was done
            elif (why := self._wrong(entry)) is None:
                yield entry
            else:
                self.refused.append(Refused(entry.id, entry.author, why))

    def _is_known(self, entry: Entry) -> bool:
        if not self._here.has(entry.id):
            if entry.lamport > self._here.last_clock + _AHEAD:
                raise self._bad(entry, message("its clock is far ahead of any other"))
            if entry.undoes and self._is_later(entry):
                raise self._bad(entry, message("it takes back what was done later"))
            self._check_texts(entry)
            return False
        there = self._here.row(entry.id)
        if there is None or there._replace(seq=0) != entry._replace(seq=0):
            raise self._bad(entry, message("it is here already, with another content"))
        return True

    def _is_later(self, entry: Entry) -> bool:
        """Say whether what a row takes back is the row itself, or came after it."""
        if entry.undoes == entry.id:
            return True
        undone = self._here.row(entry.undoes)
        return undone is not None and (undone.lamport, undone.id) >= (entry.lamport, entry.id)

    def _check_texts(self, entry: Entry) -> None:
        for op in entry.edit.ops:
            if isinstance(op, Add) and op.kind == "article":
                row, _value = self._here.standing(op)
                if row is not None and row.value.get("digest") != op.value["digest"]:
                    raise self._bad(entry, message("it has another text for the article {id}", id=op.id))
                if self._length(op.id) is None:
                    raise self._bad(entry, message("the text of the article {id} is missing", id=op.id))
            elif last := _last_of(op):
                cell = self.cells.of(op) if isinstance(op, Set) else None
                article = cell.article if cell else op.value["article"] if isinstance(op, Add) else ""
                length = self._length(article)
                if length is not None and last > length:
                    raise self._bad(entry, message("it has a span that ends outside the text of its article"))

    def _length(self, article: str) -> int | None:
        """Return how long the text of an article is; None where neither the file nor the project has it."""
        digest = self._here.digest_of(article) or self._digests.get(article, "")
        length = self._here.text_length(digest)
        return self._lengths.get(digest) if length is None else length

    def _bad(self, entry: Entry, why: Message) -> UserError:
        words = message("{file}, journal row {id}: {why}.", file=self._path, id=entry.id, why=why)
        return UserError(words, message("Ask for the file again. Nothing was changed."))

    # --- what an annotator may bring ------------------------------------------------------------------------------

    def _wrong(self, entry: Entry) -> Message | None:
        """Return why a row may not come in."""
        if not self._whose:
            return None
        own = entry.author == self._whose
        if not own and self._here.mine != self._whose:
            name = self._here.name_of(entry.author)
            return message("it is by {name}, whose packet this is not", name=name)
        for other in (entry.undoes, entry.step if entry.step != entry.id and not head_of(entry.id) else ""):
            if other and (author := self._here.author_of(other)) is not None and author != entry.author:
                return message("it belongs to what {name} did", name=self._here.name_of(author))
        for op in entry.edit.ops:
            if (why := self._wrong_op(op, own=own)) or (own and (why := self._not_theirs(op))):
                return why
        return None

    def _wrong_op(self, op: Op, *, own: bool) -> Message | None:
        if is_local(op):
            return message("it says what concerns one file only")
        cell = self.cells.of(op)
        if cell is None:
            return message("it changes something that is not here")
        if cell.owner == self._here.gold.owner and self._may_touch_gold(op, own=own):
            return None
        if cell.owner not in ("", self._whose):
            return message("it changes the work of {name}", name=self._here.name_of(cell.owner))
        if cell.owner and isinstance(op, Set) and op.field in ("article", "annotator"):
            return message("it moves work to another layer")
        return None

    def _may_touch_gold(self, op: Op, *, own: bool) -> bool:
        """Say whether an operation on the gold layer may come in: answers, and into a copy what was decided."""
        if isinstance(op, Set) and op.field in ("article", "annotator"):
            return False
        if own or self._here.mine != self._whose:
            renames = isinstance(op, Set) and op.field == "by"
            return not renames and self._here.gold.is_answer(op, self._whose)
        return self._here.gold.may_come(op)

    def _not_theirs(self, op: Op) -> Message | None:
        """Return why an annotator may not do this to what is common to all."""
        if op.kind == "project" and not (isinstance(op, Set) and op.field in ("name", "provisional")):
            return message("it changes what the project is")
        if op.kind == "sample":
            return message("it says what was drawn for a second annotation")
        if op.kind == "comment" and isinstance(op, Add) and op.value.get("by") not in (None, "", self._whose):
            return message("it says something in the name of {name}", name=self._here.name_of(str(op.value["by"])))
        if op.kind == "article" and (isinstance(op, Add) or op.field == ALIVE) and self._creator(op) != self._whose:
            return message("it takes out, brings back or replaces an article of all")
        return None

    def _creator(self, op: Op) -> str:
        row, _value = self._here.standing(op)
        if row is None:
            return self._brought.get(op.id, "")
        writer = self._here.writer(Add(op.kind, op.id, {}))
        return writer.author if writer else ""


def _last_of(op: Op) -> int:
    """Return where the span ends that an operation writes; 0 where it writes none."""
    if op.kind not in ("annotation", "rejection"):
        return 0
    fragments = op.value["fragments"] if isinstance(op, Add) else op.new if op.field == "fragments" else ()
    return int(fragments[-1][1]) if fragments else 0
