"""Packets: what one annotator needs of a project, in one file, and the copy of the project that is opened from it.

A packet carries the journal rows that concern its articles and its annotator, or nobody in particular (the scheme, the
entities, word lists); what others say of the articles is not in it. Rows that hold both are cut (store/pieces.py).
If it is asked for, it carries the gold layer of articles that the annotator has finished (gold.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rubricator.errors import UserError
from rubricator.hub.gold import Gold, gold_id
from rubricator.hub.parcel import SUFFIX, Manifest, check_place, is_packet, opened, write
from rubricator.model.edits import Add, Op
from rubricator.project import Project, now
from rubricator.settings import Me
from rubricator.store.entries import Entry
from rubricator.store.pieces import Cells, head_of, is_local, pieces
from rubricator.store.rows import Annotator
from rubricator.verbs import annotators
from rubricator.words import message

__all__ = ["SUFFIX", "Packed", "annotator_called", "articles_of", "is_packet", "open_packet", "pack"]


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: how many articles, and how many journal rows."""

    articles: int
    rows: int


def annotator_called(project: Project, name: str) -> Annotator | None:
    """Return the annotator of a name (or id); UserError where several have it, None where nobody has."""
    return annotators.annotator_called(name, project.rows.annotators())


def joined(project: Project, name: str, articles: Collection[str], out: Path) -> Annotator:
    """Write down somebody new who gets these articles in this packet, and return them; UserError where they get none.

    No undo takes an annotator away: so it is seen before that there is room for the packet.
    """
    _check_any(articles)
    if project.packet:
        raise _of_one_only(name)
    check_place(out)
    uid = project.join(name)
    return next(one for one in project.rows.annotators() if one.id == uid)


def _check_any(articles: Collection[str]) -> None:
    if not articles:
        raise UserError(
            message("There is no article to put into the packet."), message("Name others, or another status.")
        )


def _of_one_only(name: str) -> UserError:
    return UserError(
        message("This copy holds the work of one annotator only, and {name} is another.", name=name),
        message("Make the packet from the project that the copy came from."),
    )


def articles_of(project: Project, annotator: str, articles: Collection[str] = (), status: str = "") -> list[str]:
    """Return the ids of the articles that are asked for: these (all, where none are named) of this status.

    Texts that come a second time to somebody else are never among them.
    """
    repeats = project.samples.given().repeats
    there = [article.id for article in project.rows.articles() if repeats.get(article.id, annotator) == annotator]
    if missing := sorted(set(articles) - set(there)):
        raise UserError(message("There is no article {id} in this project.", id=missing[0]))
    wanted = set(articles or there)
    chosen = [uid for uid in there if uid in wanted]
    return [uid for uid in chosen if not status or project.rows.status(uid, annotator) == status]


def pack(project: Project, out: Path, annotator: Annotator, articles: Iterable[str], *, gold: bool = False) -> Packed:
    """Write the packet of an annotator with these articles; `gold` puts in what was decided of those they finished."""
    if annotator.kind == "gold":
        raise UserError(
            message("“{name}” is the gold layer, in which nobody works by themselves.", name=annotator.name),
            message("Make the packet for a person; “--gold” puts in what was decided about what they finished."),
        )
    mine = project.packet.get("for", "")
    if mine and mine != annotator.id:
        raise _of_one_only(annotator.name)
    cut = _Cut(project.cells(), annotator.id, frozenset(articles), _Shown(project, annotator.id, gold=gold))
    _check_any(cut.articles)
    with project.snapshot():
        cut.look(project.journal.entries())
        rows = 0

        def entries() -> Iterator[Entry]:
            nonlocal rows
            for entry in cut.cut(project.journal.entries()):
                rows += 1
                yield entry

        texts = (item for item in project.journal.texts() if item[0] in cut.digests)
        whose = project.rows.project()
        manifest = Manifest(str(whose.get("id")), project.name, annotator.id, annotator.name, len(cut.articles))
        write(out, manifest, entries(), texts)
    return Packed(len(cut.articles), rows)


class _Shown:
    """What of the gold layer goes into the packet of an annotator: their answers, and more if it is asked for."""

    def __init__(self, project: Project, annotator: str, *, gold: bool) -> None:
        self._gold, self._annotator = Gold(project), annotator
        self.owner = self._gold.owner
        self._finished: frozenset[str] = frozenset()
        self._reviewers: frozenset[str] = frozenset()
        if gold:
            there = project.rows.articles()
            self._finished = frozenset(one.id for one in there if project.rows.status(one.id, annotator) == "done")
            decisions = project.rows.elements("decision")
            self._reviewers = frozenset(str(value.get("by") or "") for _id, value in decisions) - {""}

    def wants(self, op: Op, article: str) -> bool:
        """Say whether an operation on the gold layer of an article goes."""
        if not article:
            return op.kind == "annotator"
        if article in self._finished and self._gold.is_shown(op, self._annotator, self._reviewers):
            return True
        return self._gold.is_answer(op, self._annotator)


@dataclass(slots=True)
class _Cut:
    """Which rows, or pieces of them, go into the packet of an annotator."""

    cells: Cells
    annotator: str
    articles: frozenset[str]
    gold: _Shown
    digests: set[str] = field(default_factory=set)
    _torn: set[str] = field(default_factory=set)
    """Steps of which not all is in it: nobody may take back a part of them as if it were the whole."""

    def look(self, entries: Iterable[Entry]) -> None:
        """Find out which steps go whole, and which texts are named."""
        for entry in entries:
            for op in entry.edit.ops:
                if not self._wanted(op):
                    if not head_of(entry.id):
                        self._torn.add(entry.step)
                elif isinstance(op, Add) and op.kind == "article":
                    self.digests.add(str(op.value["digest"]))

    def cut(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the rows that go as they are, and the pieces of the others."""
        for entry in entries:
            ops = entry.edit.ops
            if head_of(entry.id):
                if all(map(self._wanted, ops)):
                    yield entry
            elif entry.step not in self._torn:
                if ops or entry.author == self.annotator:
                    yield entry
            elif any(map(self._wanted, ops)):
                cut = pieces(entry, self.cells)
                yield from (piece for _cell, piece in cut if all(map(self._wanted, piece.edit.ops)))

    def _wanted(self, op: Op) -> bool:
        cell = self.cells.of(op)
        if cell is None or (cell.article and cell.article not in self.articles):
            return False
        if cell.owner == self.gold.owner:
            return self.gold.wants(op, cell.article)
        return cell.owner in ("", self.annotator)


def open_packet(packet: Path, out: Path, device: str, *, clock: Callable[[], str] = now) -> Project:
    """Make a project of a packet, in which its annotator works; where anything is wrong with it there is none."""
    with opened(packet) as parcel:
        manifest = parcel.manifest
        parcel.verify()
        me = Me(manifest.annotator, manifest.name, device)
        entries = _for_one(parcel.entries(), me, gold_id(manifest.project))
        project = Project.made_of(out, me, entries, parcel.texts(), clock=clock)
        try:
            if project.rows.project().get("id") != manifest.project:
                raise parcel.wrong("journal.jsonl", 0, message("it is of another project than the packet"))
            if project.rows.name_of(me.annotator) is None:
                raise parcel.wrong("journal.jsonl", 0, message("it does not know the annotator of the packet"))
            if damage := next((one.what for one in project.check() if one.damage), None):
                raise parcel.wrong("journal.jsonl", 0, message("what it makes is not whole ({why})", why=damage))
        except UserError:
            project.close()
            out.unlink(missing_ok=True)
            raise
    return project


def _for_one(entries: Iterable[Entry], me: Me, gold: str) -> Iterator[Entry]:
    """Pass on rows; UserError where one says what is not for this annotator."""
    for entry in entries:
        for op in entry.edit.ops:
            value = op.value if isinstance(op, Add) else {}
            if is_local(op) or op.kind == "sample" or value.get("annotator", me.annotator) not in (me.annotator, gold):
                raise UserError(
                    message("The packet holds what is not for {name} (journal row {id}).", name=me.name, id=entry.id),
                    message("Ask for it again. Nothing was made."),
                )
        yield entry
