"""Taking work back: packets, or whole project files, of the same project; first a plan, then what was agreed to.

Merging is order-free and repeatable, for it is nothing but journal rows that are folded by their clocks. What is
judged here is whether the rows may come in: an annotator's packet brings what that annotator did, and changes nobody
else's work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.hub.sieve import Here, Refused, Sieve
from rubricator.hub.sources import Source, source_of
from rubricator.model.changes import Change
from rubricator.model.edit_words import describe
from rubricator.model.edits import ALIVE, SCHEME_KINDS, Add, Op, Set
from rubricator.project import Project
from rubricator.store.entries import Entry
from rubricator.verbs.annotators import told_apart
from rubricator.words import Message, message, say

_TOLD_MOST = 1_000
"""Clashes and refusals that are told one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two who wrote the same field without knowing of each other: what stands here, what comes, and which stays.

    `field` is `alive` where one deleted what the other changed, and `twice` where both said the same.
    """

    kind: str
    id: str
    article: str
    field: str
    here: Any
    theirs: Any
    theirs_stays: bool
    what: Message


@dataclass(frozen=True, slots=True)
class Share:
    """What of one person comes in: how many rows, of how many articles, and how much of each kind of thing."""

    annotator: str
    name: str
    rows: int
    articles: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging a file would do: nothing has been done yet."""

    file: Path
    whose: str
    """The name of the annotator whose packet or copy it is; empty for a whole project."""
    rows: int
    known: int
    """How many of its rows are here already."""
    shares: tuple[Share, ...] = ()
    articles: tuple[str, ...] = ()
    """Titles of articles that are new here."""
    scheme: tuple[Message, ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()
    """Labels that the scheme lacks here, and how many annotations come with them: the copy has another scheme."""
    clashes: tuple[Clash, ...] = ()
    n_clashes: int = 0
    refused: tuple[Refused, ...] = ()
    n_refused: int = 0

    def __bool__(self) -> bool:
        """Say whether anything comes in."""
        return self.rows > 0


@dataclass(frozen=True, slots=True)
class Merged:
    """What was done: the plans, the copy that was made before, and what changed."""

    plans: tuple[Plan, ...]
    backup: Path | None
    changes: tuple[Change, ...]


# --- what is asked for --------------------------------------------------------------------------------------------


def plan(project: Project, file: Path) -> Plan:
    """Say what merging a file would do; UserError where it is none of this project, or damaged."""
    with source_of(project, file) as source:
        return _Planning(project, source).plan()


def merge(project: Project, files: Sequence[Path], agreed: Sequence[Plan] = ()) -> Merged:
    """Take in files; of one that cannot be read nothing is, nor of the others.

    `agreed` are the plans that a person has seen; where the project is no longer the one that they were made of,
    nothing is done.
    """
    plans = [plan(project, file) for file in files]
    if agreed and plans != list(agreed):
        raise UserError(
            message("The project, or the file, was changed since this was looked at."),
            message("Look at it again. Nothing was changed."),
        )
    if not any(plans):
        return Merged(tuple(plans), None, ())
    backup = project.back_up("before-merge")
    changes: list[Change] = []
    for file, one in zip(files, plans, strict=True):
        if one:
            with source_of(project, file) as source:
                try:
                    changes.append(_take(project, source))
                except UserError as error:  # of itself it was sound: it does not go together with one before it
                    if not changes:
                        raise
                    hint = message("The files before it came in; “{copy}” is the project before.", copy=backup.name)
                    raise UserError(error.text, hint) from error
    return Merged(tuple(plans), backup, tuple(changes))


def _take(project: Project, source: Source) -> Change:
    sieve = Sieve(Here(project), source.whose, source.path)
    sieve.look(source.entries(), source.texts)
    digests = {
        op.value["digest"]
        for entry in sieve.accepted(source.entries())
        for op in entry.edit.ops
        if isinstance(op, Add) and op.kind == "article"
    }
    texts = (item for item in source.texts() if item[0] in digests)
    return project.take_in(sieve.accepted(source.entries()), texts)


# --- the plan -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Written:
    """What the rows that come in do to a field: what the first of them replaced, and what the last leaves there."""

    op: Set
    old: Any
    new: Any
    clock: tuple[int, str]


@dataclass(slots=True)
class _Person:
    rows: int = 0
    articles: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


_BOOKKEEPING = frozenset("created modified origin scheme seen spent seconds".split())
"""Fields that are written beside others, or that only grow."""
_COUNTED = {
    "annotation": "annotations",
    "tag": "topics",
    "relation": "relations",
    "comment": "comments",
    "rejection": "rejections",
    "article": "articles",
    "entity": "entities",
    "decision": "decisions",
    "wordlist": "word lists",
    "sample": "samples",
    "layer": "statuses, flags and times",
    "annotator": "annotators",
    "project": "project",
}


class _Planning:
    """Goes through a file and notes what it would do."""

    def __init__(self, project: Project, source: Source) -> None:
        self._project = project
        self._source = source
        self._here = Here(project)
        self._sieve = Sieve(self._here, source.whose, source.path)
        self._people: dict[str, _Person] = {}
        self._written: dict[tuple[str, str, str], _Written] = {}
        self._added: dict[tuple[str, str], Add] = {}
        self._scheme: list[Message] = []
        self._labelled: dict[str, str] = {}
        self._titles: list[str] = []
        self._clashes: list[Clash] = []
        self._n_clashes = 0

    def plan(self) -> Plan:
        """Return what merging would do."""
        self._sieve.look(self._source.entries(), self._source.texts)
        rows = 0
        for entry in self._sieve.accepted(self._source.entries()):
            rows += 1
            self._note(entry)
        self._find_clashes()
        return Plan(
            file=self._source.path,
            whose=self._source.name,
            rows=rows,
            known=self._sieve.known,
            shares=tuple(self._shares()),
            articles=tuple(self._titles),
            scheme=tuple(self._scheme),
            unknown=tuple(self._unknown()),
            clashes=tuple(self._clashes),
            n_clashes=self._n_clashes,
            refused=tuple(self._sieve.refused[:_TOLD_MOST]),
            n_refused=len(self._sieve.refused),
        )

    def _shares(self) -> Iterator[Share]:
        called = told_apart(self._project.rows.annotators())
        # Who is not known here has decided, or begun gold: nobody else's work comes into a copy.
        reviewer = say(message("the reviewer"))
        for uid, person in sorted(self._people.items()):
            reviewed = person.counts["decisions"] or person.counts["annotators"]
            name = called.get(uid) or self._named(uid) or (reviewer if reviewed else "")
            yield Share(uid, name, person.rows, len(person.articles), tuple(sorted(person.counts.items())))

    def _unknown(self) -> Iterator[tuple[str, int]]:
        known = {*self._project.scheme.by_name, *(uid for kind, uid in self._added if kind == "label")}
        found = Counter(label for uid, label in self._labelled.items() if label not in known and not self._gone(uid))
        yield from sorted(found.items())

    def _named(self, uid: str) -> str:
        add = self._added.get(("annotator", uid))
        return str(add.value.get("name") or "") if add else ""

    def _note(self, entry: Entry) -> None:
        person = self._people.setdefault(entry.author, _Person())
        person.rows += 1
        clock = (entry.lamport, entry.id)
        if any(op.kind in SCHEME_KINDS for op in entry.edit.ops):
            person.counts["scheme"] += 1
            if len(self._scheme) < _TOLD_MOST:
                self._scheme.append(describe(entry.edit))
        for op in entry.edit.ops:
            if article := self._article(op):
                person.articles.add(article)
            if isinstance(op, Add):
                self._note_add(op, person)
            elif op.field.partition(".")[0] not in _BOOKKEEPING:
                self._note_set(op, clock)
                person.counts[_kind(op)] += op.kind not in SCHEME_KINDS

    def _note_add(self, op: Add, person: _Person) -> None:
        row, _value = self._here.standing(op)
        self._added.setdefault((op.kind, op.id), op)
        if op.kind == "annotation":
            self._labelled[op.id] = str(op.value["label"])
        if op.kind not in SCHEME_KINDS:
            person.counts[_COUNTED.get(op.kind, op.kind)] += 1
        if op.kind == "article" and row is None and len(self._titles) < _TOLD_MOST:
            self._titles.append(str(op.value.get("title") or op.id))

    def _note_set(self, op: Set, clock: tuple[int, str]) -> None:
        key = (op.kind, op.id, op.field)
        if op.kind == "annotation" and op.field == "label":
            self._labelled[op.id] = str(op.new)
        found = self._written.get(key)
        if found is None:
            self._written[key] = _Written(op, op.old, op.new, clock)
        elif clock > found.clock:
            found.new, found.clock = op.new, clock

    def _article(self, op: Op) -> str:
        cell = self._sieve.cells.of(op)
        return cell.article if cell else ""

    # --- clashes --------------------------------------------------------------------------------------------------

    def _find_clashes(self) -> None:
        deleted: dict[str, _Written] = {}
        for (kind, uid, name), written in self._written.items():
            row, here = self._here.standing(written.op)
            if row is None:
                continue
            if name != ALIVE and not row.alive and (kind, uid, ALIVE) not in self._written:
                self._clash(written, ALIVE, False, written.new, stays=False)
            elif not _same(here, written.old) and not _same(here, written.new):
                writer = self._here.writer(written.op)
                stays = writer is None or written.clock > (writer.lamport, writer.id)
                self._clash(written, name, here, written.new, stays=stays)
            elif name == ALIVE and written.new is False and row.alive:
                deleted[uid] = written
        self._changed_here(deleted)
        self._said_twice()

    def _changed_here(self, deleted: dict[str, _Written]) -> None:
        """Find what they delete and somebody changed here, whose changes they had not seen."""
        writers = {uid: set(self._here.writers(written.op.kind, uid)) for uid, written in deleted.items()}
        if not (unseen := set().union(*writers.values())):
            return
        for entry in self._source.entries():
            unseen.discard(entry.id)
            unseen.discard(entry.id.rpartition(".")[0])
        for uid, rows in writers.items():
            if rows & unseen:
                self._clash(deleted[uid], ALIVE, True, False, stays=True)

    def _said_twice(self) -> None:
        """Find annotations that say what another one of the same layer says: both are kept."""
        layers: dict[tuple[str, str], dict[Any, str]] = {}
        for (kind, uid), op in self._added.items():
            if kind != "annotation" or self._here.standing(op)[0] is not None:
                continue
            home = (op.value["article"], op.value["annotator"])
            if home not in layers:
                there = self._project.annotations(*home) if self._project.rows.article(home[0]) else []
                layers[home] = {(a.label, a.span.fragments): a.id for a in there}
            says = (op.value["label"], tuple(map(tuple, op.value["fragments"])))
            if says in layers[home] and not self._gone(uid) and not self._gone(layers[home][says]):
                words = message("{label}, said twice with the same words: both are kept", label=op.value["label"])
                self._add_clash(Clash(kind, uid, home[0], "twice", layers[home][says], uid, True, words))

    def _gone(self, uid: str) -> bool:
        written = self._written.get(("annotation", uid, ALIVE))
        return written is not None and written.new is False

    def _clash(self, written: _Written, name: str, here: object, theirs: object, *, stays: bool) -> None:
        op = written.op
        if name == ALIVE and theirs is False:
            what = message("{thing}: changed here, deleted there; it is gone, and its history says how it was")
        elif name == ALIVE:
            what = message("{thing}: deleted here, changed there; it stays deleted")
        elif stays:
            what = message("{thing}, {field}: {here} here, {theirs} there; {theirs} stays")
        else:
            what = message("{thing}, {field}: {here} here, {theirs} there; {here} stays")
        parameters = {"field": name, "here": _shown(here), "theirs": _shown(theirs)}
        what = what._replace(values={**parameters, "thing": self._thing(op)})
        self._add_clash(Clash(op.kind, op.id, self._article(op), name, here, theirs, stays, what))

    def _thing(self, op: Set) -> Message | str:
        row, _value = self._here.standing(op)
        value = row.value if row else {}
        if op.kind == "annotation" and (quote := self._here.quote(op.id)):
            return message("{label} “{words}”", label=str(value.get("label")), words=quote[:60])
        if op.kind == "layer":
            return message("article {id}", id=self._article(op))
        name = value.get("topic") or value.get("title") or value.get("name") or value.get("text") or op.id
        return f"{op.kind} “{str(name)[:60]}”"

    def _add_clash(self, clash: Clash) -> None:
        self._n_clashes += 1
        if len(self._clashes) < _TOLD_MOST:
            self._clashes.append(clash)


def _kind(op: Set) -> str:
    name = _COUNTED.get(op.kind, op.kind)
    if op.kind in {"layer", "project"} or op.field != ALIVE:
        return name if op.kind in {"layer", "project"} else f"{name} changed"
    return f"{name} brought back" if op.new else f"{name} deleted"


def _same(one: object, other: object) -> bool:
    return one == other or (not one and not other and not isinstance(one, bool) and not isinstance(other, bool))


def _shown(value: object) -> str:
    words = "—" if value in (None, "") else str(value)
    return words if len(words) <= 60 else f"{words[:59]}…"
