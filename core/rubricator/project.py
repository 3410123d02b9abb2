"""The door: the window, the command line, scripts and tests open a project here and change it here.

project = Project.open(Path("news.rubric"), me)
article = next(project.rows.articles())
project.annotate(article.id, "PERSON", [Span.of(12, 24)])
project.undo()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rubricator.errors import UserError
from rubricator.model import edits as e
from rubricator.model import rules
from rubricator.model.changes import Change
from rubricator.model.edits import Add, Edit, Op, Set
from rubricator.model.folding import single_spaced
from rubricator.model.ids import named_id, new_id
from rubricator.model.rejections import Rejection, after_all, reject, rejection_from
from rubricator.model.relations import gone
from rubricator.model.scheme import Label, Scheme
from rubricator.model.scheme_edits import counted, label_op, scheme_ops
from rubricator.model.sight import Sight
from rubricator.model.snapshots import NAME_MOST, Snapshot, snapshot_from
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Article, Span, Stamp, TopicTag
from rubricator.model.text import plain
from rubricator.model.topic_tags import untied
from rubricator.settings import Me
from rubricator.store import check
from rubricator.store.backup import back_up
from rubricator.store.base import DetachedError, Store
from rubricator.store.check import Finding
from rubricator.store.journal import Author, Entry, Journal, Line
from rubricator.store.links import Links, Mention
from rubricator.store.pieces import PACKET, Cells
from rubricator.store.reviews import Reviews
from rubricator.store.rows import Annotator, ArticleLine, Layer, Rows
from rubricator.store.schema import SUFFIX, create_file, is_project
from rubricator.store.whole import Said, named, whole
from rubricator.verbs.judge import Judge
from rubricator.words import Message, message, plural

if TYPE_CHECKING:  # a window paints before it offers anything, and most commands never do
    from rubricator.store.snapshots import Snapshots
    from rubricator.suggest.matcher import Name
    from rubricator.suggest.memory import Memory
    from rubricator.suggest.offers import Offer
    from rubricator.suggest.radar import Radar
    from rubricator.verbs.agreement import Agreement
    from rubricator.verbs.attributes import Attributes
    from rubricator.verbs.comments import Comments
    from rubricator.verbs.entities import Entities
    from rubricator.verbs.guidelines import Guidelines
    from rubricator.verbs.relations import Relations
    from rubricator.verbs.review import Review
    from rubricator.verbs.samples import Samples
    from rubricator.verbs.schemes import Schemes
    from rubricator.verbs.stories import Stories
    from rubricator.verbs.topics import Topics

__all__ = [
    "SUFFIX",
    "Annotator",
    "ArticleLine",
    "Change",
    "Decided",
    "DetachedError",
    "Entry",
    "Finding",
    "Layer",
    "Line",
    "Mention",
    "Project",
    "Said",
    "Snapshot",
    "is_project",
]


_AROUND = 60
"""Code points on each side of a place that the radar shows."""
_RADAR_SENTENCES = 8
"""Places that are read; the others are only counted."""


def _to_nobody(_done: int, _total: int) -> None:
    pass


def now() -> str:
    """Return the time as the journal keeps it: UTC with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Decided(NamedTuple):
    """How often a label was given to some words, and how often rejected; `source` is an origin of annotations."""

    words: str
    label: str
    source: str
    taken: int
    rejected: int

    def tell(self, memory: Memory) -> None:
        """Have it remembered."""
        if self.taken:
            memory.take(self.words, self.label, self.source, self.taken)
        if self.rejected:
            memory.reject(self.words, self.label, self.source, self.rejected)


_PART = 500
"""Annotations, and layers with rejections, that are read in one go."""


@dataclass(slots=True)
class _Standing:
    """What was read since the journal had row `seq` as the newest that was told of: a Change makes it void."""

    seq: int
    layers: dict[str, Layer] = field(default_factory=dict)
    undo: bool | None = None
    redo: bool | None = None


class Project:
    """One open project file."""

    def __init__(self, store: Store, me: Me, clock: Callable[[], str] = now) -> None:
        self.path = store.path
        self.me = me
        self.clock = clock
        self.rows = Rows(store.db)
        self._store = store
        self.links = Links(store.db)
        self.reviews = Reviews(store.db)
        self._journal = Journal(store)
        self._judge = Judge(self.rows, self.links, self._journal, store.ids.text)
        self._scheme: Scheme | None = None
        self._sight: Sight | None = None
        self._joined: Me | None = None
        self._read = _Standing(-1)
        self._data_version = store.data_version()
        store.keeps(self._forget)

    @cached_property
    def _run(self) -> str:
        """Names the time that this opening of the project counts: nobody else writes there."""
        return new_id()

    # --- coming and going -----------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: Path,
        me: Me,
        scheme: Scheme,
        *,
        name: str = "",
        provisional: Sequence[str] = (),
        acts_as: str = "",
        clock: Callable[[], str] = now,
    ) -> Project:
        """Make a project file.

        `provisional` says which of name and scheme were not chosen, so that an import may replace them; `acts_as` is
        the annotator as whom the reader of a sample works.
        """
        create_file(path)
        try:
            project = cls(Store(path), me, clock)
            value: dict[str, Any] = {"id": new_id(), "name": plain(name or path.stem)}
            value["provisional"] = sorted(provisional)
            if acts_as:
                value["acts_as"] = acts_as
            ops = (Add("project", "project", value), *scheme_ops(Scheme(version=0), scheme))
            project._apply([Edit("project", ops, "", {"name": value["name"]})])
        except BaseException:
            path.unlink(missing_ok=True)  # a file without its first edit is no project
            raise
        return project

    @classmethod
    def open(cls, path: Path, me: Me, *, clock: Callable[[], str] = now) -> Project:
        """Open a project file; UserError where it is none, a newer one, or damaged.

        A sample says whom its reader acts as (`acts_as`), so that a newcomer finds work begun; a copy that was opened
        from a packet says whose it is, so that their work merges back as theirs.
        """
        store = Store(path)
        try:
            project = cls(store, me, clock)
            packet = project.packet
            acts_as = project.rows.project().get("acts_as") or packet.get("for")
            # Each copy is a device of its own: it may lie on the machine of who packed it.
            # (Who acts as its annotator already has that device.)
            owns = not packet or me.annotator == packet["for"]
            device = me.device if owns else named_id(packet["copy"], me.device)
            for annotator in project.rows.annotators() if acts_as else ():
                if annotator.id == acts_as:
                    project.me = Me(annotator.id, annotator.name, device)
        except check.SYMPTOMS as error:
            damaged = check.diagnosis(store)
            store.close()
            raise damaged or error from error
        return project

    @classmethod
    def made_of(
        cls,
        path: Path,
        me: Me,
        entries: Iterable[Entry],
        texts: Iterable[tuple[str, str]],
        *,
        clock: Callable[[], str] = now,
    ) -> Project:
        """Make a project file of journal rows of another one; where they cannot be taken in there is none.

        It is a copy of the other project for one annotator (`me`).
        """
        create_file(path)
        try:
            with closing(cls(Store(path), me, clock)) as project:
                project.take_in(entries, texts)
                mark = {"for": me.annotator, "copy": new_id()}
                project._apply([Edit("project", (Set("project", "project", PACKET, None, mark),))])
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return cls.open(path, me, clock=clock)

    def close(self) -> None:
        """Let go of the file; it holds all there is, by itself."""
        self._store.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        """Close; where the work failed because the file is damaged, say so instead."""
        damaged = check.diagnosis(self._store) if isinstance(error, check.SYMPTOMS) else None
        self.close()
        if damaged:
            raise damaged from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the project, whatever other programs write meanwhile; nothing can be written in it."""
        with self._store.snapshot():
            yield

    # --- looking --------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """What the project is called."""
        return str(self.rows.project().get("name") or self.path.stem)

    @property
    def is_sample(self) -> bool:
        """Say whether this is the sample, whose reader acts as one of its annotators."""
        return bool(self.rows.project().get("acts_as"))

    @property
    def scheme(self) -> Scheme:
        """The scheme as it stands."""
        if self._scheme is None:
            with check.in_words(self._store):
                self._scheme = self.rows.scheme()
        return self._scheme

    @property
    def sight(self) -> Sight:
        """What one knows of the scheme who works now: its version, and what is to be looked at again."""
        if self._sight is None:
            self._sight = Sight(self.scheme.version, self.rows.rechecks())
        return self._sight

    def article(self, article: str) -> Article:
        """Return an article; UserError where there is none."""
        found = self.rows.article(article)
        if found is None:
            raise UserError(message("There is no article {id} in this project.", id=article))
        return found

    def text(self, article: Article) -> str:
        """Return the text of an article; UserError where it was purged."""
        text = self.rows.text(article.digest)
        if text is None:
            raise UserError(message("The text of “{title}” was purged from this project.", title=article.title))
        return text

    def whole(self) -> Iterator[tuple[Article, list[Said]]]:
        """Yield all articles in the order of the project with all that is said of each, many read at once."""
        return whole(self._store.db)

    def named(self, owners: Sequence[str] | None, status: str) -> set[str]:
        """Return who has a layer that says anything, of these owners and this status, and who worked in them."""
        return named(self._store.db, owners, status)

    def annotations(self, article: str, annotator: str = "") -> list[Annotation]:
        """Return the annotations of a layer (by default one's own), by start."""
        return self.rows.annotations(article, annotator or self.me.annotator)

    def layer(self, article: str) -> Layer:
        """Return one's own layer of an article as of the last Change, without what is in it."""
        layers = self._standing().layers
        if article not in layers:
            layers[article] = self.rows.layer(article, self.me.annotator)
        return layers[article]

    def spans(self, article: str) -> SpanIndex:
        """Return one's own annotations of an article, by place; what is not looked at is not read."""
        return SpanIndex(source=self.rows.spans(article, self.me.annotator))

    def tags(self, article: str, annotator: str = "") -> list[TopicTag]:
        """Return the topic tags of a layer (by default one's own), as they were given."""
        return self.rows.tags(article, annotator or self.me.annotator)

    def radar(self, words: str) -> Radar:
        """Return how the same words are labelled in one's own layers of the whole project, by counts that are kept."""
        from rubricator.suggest.radar import EXAMPLES_MOST, Seen, forms, radar

        seen: list[Seen] = []
        me = self.me.annotator
        left = _RADAR_SENTENCES
        for label, quote, n in self.rows.labelled(forms(words), me):
            places = self.rows.labelled_in(label, quote, me, min(left, EXAMPLES_MOST), _AROUND) if left else []
            left -= len(places)
            seen += [Seen(label, quote, a, single_spaced(f"{b}{quote}{c}")) for a, b, c in places]
            seen.append(Seen(label, quote, "", "", n - len(places)))
        return radar(words, seen)

    # --- suggestions ----------------------------------------------------------------------------------------------

    def memory(self) -> Memory:
        """Return what one decided in this project: which label was given to which words, and which was rejected."""
        from rubricator.suggest.memory import Memory

        memory = Memory()
        for part in self.decisions():
            for one in part:
                one.tell(memory)
        return memory

    def decisions(self) -> Iterator[list[Decided]]:
        """Yield what one decided, in parts of a few milliseconds: a window can read on between two frames."""
        for part in self.rows.taken(self.me.annotator, _PART):
            yield [Decided(words, label, origin, n, 0) for words, label, origin, n in part]
        for part in self.rows.rejected(self.me.annotator, _PART):
            yield [Decided(words, label, source, 0, n) for words, label, source, n in part]

    def rejections(self, article: str) -> list[Rejection]:
        """Return what was suggested for one's own layer of an article and rejected."""
        return [rejection_from(value) for _id, value in self.rows.elements("rejection", article, self.me.annotator)]

    def listed(self) -> Iterator[Name]:
        """Yield the names of the word lists in this project, as far as the scheme has their labels."""
        from rubricator.suggest.matcher import Name

        for _id, value in self.rows.elements("wordlist"):
            for words, label in value["names"]:
                if label in self.scheme.by_name:
                    yield Name(words, label, "list", value["name"])

    # --- changing -------------------------------------------------------------------------------------------------

    def apply(self, *edits: Edit) -> Change:
        """Write edits as one step, durable when this returns; UserError where a rule forbids them, and nothing done."""
        return self.judged(edits)

    def judged(self, edits: Iterable[Edit]) -> Change:
        """Write edits as one step, if no rule forbids them; they are drawn inside the transaction."""
        drawn: list[Op] = []

        def draw() -> Iterator[Edit]:
            for edit in edits:
                drawn.extend(edit.ops)
                yield edit

        def judge(change: Change) -> None:
            new_scheme = any(op.kind in e.SCHEME_KINDS for op in drawn)
            self._judge.judge(drawn, self.rows.scheme() if new_scheme else self.scheme, change)

        return self._apply(draw(), judge)

    def apply_all(self, produce: Callable[[Callable[[Iterable[tuple[str, str]]], None]], Iterator[Edit]]) -> Change:
        """Write a stream of edits as one step: `produce` gets a function that keeps texts (digest, text) first.

        For imports: no rule stops them here, and memory does not grow with them.
        """

        def keep(texts: Iterable[tuple[str, str]]) -> None:
            self._journal.add_texts(texts)

        return self._apply(produce(keep))

    def _apply(self, edits: Iterable[Edit], judge: Callable[[Change], None] = lambda _change: None) -> Change:
        with check.in_words(self._store):
            change = self._journal.apply(edits, self._author, self.clock(), joining=self._joining, judge=judge)
            return self._told(change)

    def _told(self, change: Change) -> Change:
        if change.scheme:
            self._scheme = self._sight = None
        if change.annotators:
            self._joined = None
        return change

    def _forget(self) -> None:
        self._scheme = self._sight = self._joined = None
        self._read = _Standing(-1)

    def _standing(self) -> _Standing:
        """Return what is known as of the last Change: a window asks for it many times between two of them."""
        if self._read.seq != self._journal.seen:
            self._read = _Standing(self._journal.seen)
        return self._read

    @property
    def _author(self) -> Author:
        return Author(self.me.annotator, self.me.device)

    def _joining(self) -> Edit | None:
        """Return the edit that writes down who works here; None where the project knows."""
        if self._joined is not self.me and self.rows.name_of(self.me.annotator) == self.me.name:
            self._joined = self.me
        if self._joined is self.me:
            return None
        add = Add("annotator", self.me.annotator, {"name": self.me.name, "kind": "human"})
        return Edit("annotator", (add,), "", {"name": self.me.name})

    # --- undo and redo --------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Say whether `undo_step` finds something; it is not read, for it may be an import of many thousand ops."""
        standing = self._standing()
        if standing.undo is None:
            standing.undo = bool(self._journal.undoable(self.me.annotator))
        return standing.undo

    @property
    def can_redo(self) -> bool:
        """Say whether `redo_step` finds something."""
        standing = self._standing()
        if standing.redo is None:
            standing.redo = bool(self._journal.redoable(self.me.annotator))
        return standing.redo

    def undo_step(self) -> Entry | None:
        """Return what undo would take back: one's own last edit that stands."""
        return self._journal.entry(self._journal.undoable(self.me.annotator))

    def redo_step(self) -> Entry | None:
        """Return the undo that redo would take back."""
        return self._journal.entry(self._journal.redoable(self.me.annotator))

    def undo(self, step: str = "") -> Change:
        """Take back a step of one's own: the one that was shown, or the last that stands; falsy where there is none."""
        with check.in_words(self._store):
            return self._take_back(step or self._journal.undoable(self.me.annotator))

    def redo(self, step: str = "") -> Change:
        """Take back an undo of one's own: the one that was shown, or the last; falsy where there is none."""
        with check.in_words(self._store):
            return self._take_back(step or self._journal.redoable(self.me.annotator))

    def _take_back(self, step: str) -> Change:
        if not step:
            return Change()
        return self._told(self._journal.take_back(step, self._author, self.clock()))

    def history(self, limit: int = 200, before: Entry | None = None, article: str = "") -> list[tuple[Entry, Line]]:
        """Return the newest steps first, each with its line in words; those before `before` where it is given."""
        clock = (before.lamport, before.id) if before else None
        entries = self._journal.history(limit, clock, article)
        return [(entry, self._journal.line(entry)) for entry in entries]

    def describe(self, entry: Entry) -> Line:
        """Put a step into words."""
        return self._journal.line(entry)

    # --- others ---------------------------------------------------------------------------------------------------

    def news(self) -> Change:
        """Return what other programs wrote to the file since the last Change; falsy where nothing.

        Raises DetachedError where the project has to be opened again.
        """
        self._store.check_log()
        with check.in_words(self._store):
            version = self._store.data_version()
            if version == self._data_version:
                return Change()
            self._store.check_form()
            self._data_version = version
            return self._told(self._journal.news())

    def damage_behind(self, error: BaseException) -> UserError | None:
        """Return the words where the file is damaged and that is why something failed; None where it is a bug."""
        return check.damage_behind(error, self._store)

    def check(self, *, full: bool = False) -> Iterator[Finding]:
        """Yield what is not as it must be; `full` also looks at every quote and rule, and replays the journal."""
        return check.full(self._store) if full else check.quick(self._store)

    def merge(self, other: Project) -> Change:
        """Take in all that another project file holds; order-free, repeatable, nothing is lost."""
        with check.in_words(other._store):
            return self.take_in(other.journal.entries(), other.journal.texts())

    def take_in(self, entries: Iterable[Entry], texts: Iterable[tuple[str, str]]) -> Change:
        """Take in journal rows, and the texts that they name, as they come; all of it or nothing."""
        with check.in_words(self._store):
            return self._told(self._journal.merge(entries, texts))

    @property
    def journal(self) -> Journal:
        """The record of all edits, to be read: what is written goes through `apply` and `take_in`."""
        return self._journal

    def cells(self) -> Cells:
        """Return what says whom the elements of this project concern."""
        return Cells(self._store.db)

    @property
    def packet(self) -> Mapping[str, str]:
        """What a copy that was opened from a packet says of itself: whose it is (`for`); empty in any other project."""
        mark = self.rows.project().get(PACKET)
        return mark if isinstance(mark, Mapping) and {"for", "copy"} <= mark.keys() else {}

    def back_up(self, why: str) -> Path:
        """Copy the project beside itself and compare the copy with it; `why` becomes a part of its name."""

        def refusal(error: object) -> Message:
            return message("Nothing was done, for no copy of {file} could be made: {why}.", file=self.path, why=error)

        with check.in_words(self._store):
            return back_up(self._store.db, self.path.with_name(f"{self.path.stem}-{why}{SUFFIX}"), refusal, verify=True)

    def join(self, name: str) -> str:
        """Write down an annotator of this name who will work in a copy of this project, and return their id."""
        annotator = new_id()
        if not (name := plain(name).strip()):
            raise UserError(message("An annotator needs a name."), message("Write one."))
        self._apply(
            [Edit("annotator", (Add("annotator", annotator, {"name": name, "kind": "human"}),), "", {"name": name})]
        )
        return annotator

    # --- verbs of their own rooms ---------------------------------------------------------------------------------

    @cached_property
    def attributes(self) -> Attributes:
        """What annotations say beside their label."""
        from rubricator.verbs.attributes import Attributes

        return Attributes(self)

    @cached_property
    def relations(self) -> Relations:
        """Relations between annotations."""
        from rubricator.verbs.relations import Relations

        return Relations(self)

    @cached_property
    def entities(self) -> Entities:
        """The project's list of entities, and the links to them."""
        from rubricator.verbs.entities import Entities

        return Entities(self)

    @cached_property
    def comments(self) -> Comments:
        """Comments on annotations and articles."""
        from rubricator.verbs.comments import Comments

        return Comments(self)

    @cached_property
    def review(self) -> Review:
        """What layers differ in, and the gold layer."""
        from rubricator.verbs.review import Review

        return Review(self)

    @cached_property
    def topics(self) -> Topics:
        """Topics of articles, and the tree of those that can be given."""
        from rubricator.verbs.topics import Topics

        return Topics(self)

    @cached_property
    def schemes(self) -> Schemes:
        """Changes of the scheme that touch annotations, and the worklist that they leave."""
        from rubricator.verbs.schemes import Schemes

        return Schemes(self)

    @cached_property
    def guidelines(self) -> Guidelines:
        """What was decided before about like words."""
        from rubricator.verbs.guidelines import Guidelines

        return Guidelines(self)

    @cached_property
    def stories(self) -> Stories:
        """Which articles tell the same story."""
        from rubricator.verbs.stories import Stories

        return Stories(self.rows, self._journal.near)

    @cached_property
    def samples(self) -> Samples:
        """What is drawn for a second annotation."""
        from rubricator.verbs.samples import Samples

        return Samples(self, self.review)

    @cached_property
    def agreement(self) -> Agreement:
        """How far annotators agree."""
        from rubricator.verbs.agreement import Agreement

        return Agreement(self, self.samples)

    # --- snapshots ------------------------------------------------------------------------------------------------

    def snapshot_name(self, words: str) -> str:
        """Return words as the name of a new snapshot; UserError where they cannot be one."""
        name = " ".join(plain(words).split())
        if not name:
            raise UserError(message("A snapshot needs a name."), message("Choose another name."))
        if len(name) > NAME_MOST:
            why = message("The name of a snapshot has at most {most} characters.", most=NAME_MOST)
            raise UserError(why, message("Choose another name."))
        if any(name == snapshot.name for snapshot in self.snapshots()):
            why = message("There is a snapshot “{name}” already.", name=name)
            raise UserError(why, message("Choose another name."))
        return name

    def take_snapshot(self, words: str) -> Change:
        """Give the present state a name, by which it can be exported again, also after later edits and a merge."""
        name = self.snapshot_name(words)

        def edits() -> Iterator[Edit]:
            sizes = self.rows.sizes()
            held = {kind: sizes[kind] for kind in ("articles", "annotations")}
            value = {**self._snapshots.now(name), "at": self.clock(), **held}
            yield Edit("snapshot", (Add("snapshot", new_id(), value),), "", {"name": name})

        return self._apply(edits())

    def delete_snapshot(self, snapshot: Snapshot) -> Change:
        """Take a snapshot off the list; undo brings it back, for its state is in the journal."""
        ops = (Set("snapshot", snapshot.id, e.ALIVE, True, False),)
        return self.apply(Edit("drop-snapshot", ops, "", {"name": snapshot.name}))

    def snapshots(self) -> list[Snapshot]:
        """Return the snapshots, in the order they were taken."""
        return [snapshot_from(uid, value) for uid, value in self.rows.elements("snapshot")]

    def snapshot_called(self, name: str) -> Snapshot:
        """Return the one snapshot of this name or id; UserError where there is none, or several."""
        there = self.snapshots()
        found = [one for one in there if name in {one.name, one.id}]
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError(
                message("{n} snapshots are called “{name}”.", n=len(found), name=name),
                message("Name one by id: {ids}.", ids=", ".join(one.id for one in found)),
            )
        names = ", ".join(one.name for one in there)
        raise UserError(
            message("There is no snapshot “{name}” in this project.", name=name),
            message("There are: {names}.", names=names) if names else message("“rubricator snapshot” takes one."),
        )

    @contextmanager
    def as_it_was(self, name: str, progress: Callable[[int, int], None] = _to_nobody) -> Iterator[Project]:
        """Open the state of a snapshot, in a file that is gone afterwards; UserError where there is none."""
        from tempfile import TemporaryDirectory

        wanted = self.snapshot_called(name).id
        value = next(value for uid, value in self.rows.elements("snapshot") if uid == wanted)
        with TemporaryDirectory(prefix="rubricator-") as folder:
            path = Path(folder) / self.path.name
            create_file(path)
            with Project(Store(path), self.me, self.clock) as then:
                with check.in_words(self._store):
                    self._snapshots.copy_into(then._journal, self._snapshots.rows(value), progress)
                yield then

    @property
    def _snapshots(self) -> Snapshots:
        from rubricator.store.snapshots import Snapshots

        return Snapshots(self._store.db, self._journal)

    def stamp(self) -> Stamp:
        """Return who works here, and now."""
        return Stamp(self.me.annotator, self.clock())

    def annotation(self, uid: str) -> Annotation | None:
        """Return an annotation of anybody's layer by its id; None where it is not there."""
        return self._journal.standing_annotation(uid)

    def annotations_by_id(self, uids: Iterable[str]) -> list[Annotation]:
        """Return those of annotations (by id, of anybody's layers) that are there, read in one go."""
        return list(self._journal.standing_annotations(uids).values())

    # --- the verbs ------------------------------------------------------------------------------------------------

    def new_annotation(self, article: str, label: str, span: Span, *, exact: bool = False, **more: Any) -> Annotation:
        """Return an annotation in one's own layer that is in no project yet."""
        return Annotation(
            id=new_id(),
            article=article,
            annotator=self.me.annotator,
            label=label,
            span=span,
            exact=exact,
            scheme=self.scheme.version,
            seen=self.sight.of(label),
            **more,
        )

    def annotate(self, article: str, label: str, spans: Iterable[Span], *, exact: bool = False) -> Change:
        """Label spans of an article in one's own layer, as one step."""
        new = [self.new_annotation(article, label, span, exact=exact) for span in spans]

        def edits() -> Iterator[Edit]:
            yield e.annotate(new, *self.begun(article))

        return self.judged(edits()) if new else Change()

    def annotate_all(
        self,
        label: str,
        places: Mapping[str, Sequence[Span]],
        first: tuple[str, Span],
        *,
        leave: Callable[[rules.Violation], object] | None = None,
    ) -> Change:
        """Label the same words in several places of several articles (by id), as one step; `first` is the pattern.

        Where a rule forbids one, none is made; with `leave`, which is told the rule, the others are.
        """

        def edits() -> Iterator[Edit]:
            for article, spans in places.items():
                new = [
                    self.new_annotation(
                        article, label, span, exact=True, origin="manual" if (article, span) == first else "repeat"
                    )
                    for span in spans
                ]
                kept = new if leave is None else self._judge.allowed(new, self.scheme, leave)
                if kept:
                    yield e.annotate(kept, *self.begun(article))

        return self.judged(edits())

    def accept(
        self,
        article: str,
        offers: Sequence[Offer],
        label: str = "",
        *,
        leave: Callable[[rules.Violation], object] | None = None,
    ) -> Change:
        """Make annotations of what was suggested, as one step; with another `label` it is one's own idea.

        Where a rule forbids one, none is made; with `leave`, which is told the rule, the others are.
        """
        new = [
            self.new_annotation(
                article,
                label or offer.label,
                offer.span,
                origin="manual" if label and label != offer.label else offer.origin,
                entity=offer.entity,
            )
            for offer in offers
        ]

        def edits() -> Iterator[Edit]:
            kept = new if leave is None else self._judge.allowed(new, self.scheme, leave)
            if kept:
                yield e.annotate(kept, *self.begun(article), kind="accept")

        return self.judged(edits()) if new else Change()

    def reject(self, article: str, offers: Sequence[Offer]) -> Change:
        """Remember that suggestions are not wanted in one's own layer of an article, as one step."""
        me = self.me.annotator
        rejected = [Rejection(article, me, offer.span, offer.label, offer.origin) for offer in offers]
        return self.apply(reject(rejected, *self.begun(article))) if rejected else Change()

    def add_word_list(self, name: str, names: Iterable[Name]) -> Change:
        """Keep a word list in the project; one of the same name gives way."""
        held = [[one.words, one.label] for one in names]
        add = Add("wordlist", name, {"name": name, "names": held})
        return self.apply(Edit("words", (add,), "", {"n": len(held), "source": name}))

    def relabel_all(self, annotations: Iterable[Annotation], label: str) -> Change:
        """Give several annotations another label, as one step."""
        edits = [e.rewrite("relabel", a, self._touched(a, label=label)) for a in annotations if a.label != label]
        return self.apply(*edits) if edits else Change()

    def delete_all(self, annotations: Iterable[Annotation]) -> Change:
        """Delete annotations of several articles with what hangs on them, as one step.

        What was suggested is not suggested there again.
        """
        by_article: dict[str, list[Annotation]] = {}
        for annotation in annotations:
            by_article.setdefault(annotation.article, []).append(annotation)

        def edits() -> Iterator[Edit]:
            for some in by_article.values():
                yield e.delete(some, *self._hanging([one.id for one in some]), *after_all(some))

        return self.judged(edits())

    def _hanging(self, annotations: Sequence[str]) -> tuple[Op, ...]:
        """Return the writes that go with the deletion of annotations: of relations, and of evidence for topics."""
        links = self.links
        return *gone(links.relations_at(annotations)), *untied(links.tags_on(annotations), annotations)

    def relabel(self, annotation: Annotation, label: str) -> Change:
        """Give an annotation another label."""
        if annotation.label == label:
            return Change()
        return self.apply(e.rewrite("relabel", annotation, self._touched(annotation, label=label)))

    def reshape(self, annotation: Annotation, span: Span, *, exact: bool = False) -> Change:
        """Give an annotation another span."""
        if annotation.span == span:
            return Change()
        return self.apply(e.rewrite("reshape", annotation, self._touched(annotation, span=span, exact=exact)))

    def write_note(self, annotation: Annotation, note: str) -> Change:
        """Write the note of an annotation."""
        note = plain(note)
        if annotation.note == note:
            return Change()
        return self.apply(e.rewrite("note", annotation, self._touched(annotation, note=note)))

    def _touched(self, annotation: Annotation, **changes: Any) -> Annotation:
        changed = annotation.but(**changes, modified=self.stamp())
        return changed.but(scheme=self.scheme.version, seen=self.sight.added(changed))

    def delete(self, annotations: Sequence[Annotation]) -> Change:
        """Delete annotations of one article and the relations at them, as one step."""
        return self.delete_all(annotations)

    def set_status(self, article: str, status: str) -> Change:
        """Write how far one's own work on an article is: todo, doing, done or skipped."""
        was = self.rows.status(article, self.me.annotator)
        if status not in e.STATUSES:
            raise ValueError(f"no such status: {status!r}")
        if status == "done" and (lacks := [one for one in self.lacking(article) if one.refused]):
            raise UserError(
                plural(
                    "The article cannot be finished yet: {why}.",
                    "The article cannot be finished yet: {why}, and {more} more.",
                    len(lacks),
                    why=lacks[0].why,
                    more=len(lacks) - 1,
                ),
                message("Say it, or change the rule."),
                refusals=tuple(lacks),
            )
        return self.apply(e.set_status(article, self.me.annotator, was, status)) if was != status else Change()

    def lacking(self, article: str) -> list[rules.Violation]:
        """Return what the scheme demands of one's own layer before its article is finished."""
        scheme = self.scheme
        if not scheme.rules and not any(attribute.required for attribute in scheme.attributes):
            return []
        return list(rules.unfinished(self.annotations(article), self.tags(article), scheme))

    def set_flags(self, article: str, flags: Sequence[str]) -> Change:
        """Flag an article for oneself with these words, or take its flags off."""
        was = self.rows.layer(article, self.me.annotator).flags
        return self.apply(e.set_flags(article, self.me.annotator, was, flags)) if was != tuple(flags) else Change()

    def add_time(self, article: str, seconds: float) -> Change:
        """Add to the time that one has spent on an article; undo passes it over, and the history does not tell it.

        Who has done nothing in this project yet does not join it by looking.
        """
        if seconds <= 0 or self.rows.name_of(self.me.annotator) is None:
            return Change()
        was = self.rows.layer(article, self.me.annotator).counted.get(self._run, 0)
        return self.apply(e.add_time(article, self.me.annotator, self._run, was, was + seconds))

    def begun(self, article: str) -> tuple[Op, ...]:
        """Return the write that goes with the first work on an article: its status is then `doing`."""
        if self.rows.status(article, self.me.annotator) != "todo":
            return ()
        return (Set("layer", e.layer_id(article, self.me.annotator), "status", "todo", "doing"),)

    def chosen(self) -> tuple[Op, ...]:
        """Return the write that says that somebody chose the scheme, so that no import replaces it."""
        provisional = self.rows.project().get("provisional")
        if not isinstance(provisional, list) or "scheme" not in provisional:
            return ()
        left = [item for item in provisional if item != "scheme"]
        return (Set("project", "project", "provisional", provisional, left),)

    def add_labels(self, labels: Sequence[Label]) -> Change:
        """Add labels to the scheme."""
        new = [label for label in labels if label.name not in self.scheme.by_name]
        if not new:
            return Change()
        ops = (*map(label_op, new), counted(), *self.chosen())
        what = ", ".join(label.name for label in new)
        return self.apply(Edit("scheme", ops, "", {"what": f"+ {what}"}))
