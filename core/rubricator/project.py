"""The door: the window, the command line, scripts and tests open a project here and change it here.

project = Project.open(Path("news.rubric"), me)
article = next(project.rows.articles())
project.annotate(article.id, "PERSON", [Span.of(12, 24)])
project.undo()

What one says in one's own layers stands in verbs/annotating.py, what suggestions are made of in verbs/remembering.py,
snapshots in verbs/naming_states.py; `project.review`, `project.topics` ..., all that is loaded when it is first asked
for, in verbs/rooms.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.edits import SCHEME_KINDS, Add, Edit, Op, Set
from rubricator.model.elements import PACKET
from rubricator.model.ids import named_id, new_id
from rubricator.model.layer_edits import join
from rubricator.model.rechecks import Recheck
from rubricator.model.scheme import Label, Scheme
from rubricator.model.scheme_edits import counted, label_op, scheme_ops
from rubricator.model.sight import Sight, sight_of
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Article, Stamp, TopicTag
from rubricator.model.text import plain
from rubricator.settings import Me
from rubricator.store import symptoms
from rubricator.store.base import DetachedError, Fingerprint, Store
from rubricator.store.bulk import much_made
from rubricator.store.entries import Entry, Line
from rubricator.store.journal import Author, Journal
from rubricator.store.links import Links, Mention
from rubricator.store.rows import Annotator, ArticleLine, Layer, Rows
from rubricator.store.schema import SUFFIX, create_file, is_project
from rubricator.store.symptoms import Finding
from rubricator.verbs.annotating import Annotating
from rubricator.verbs.naming_states import NamingStates
from rubricator.verbs.progress import Progress, silent
from rubricator.verbs.remembering import Decided, Remembering
from rubricator.verbs.rooms import Rooms
from rubricator.words import Message, message

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
    "is_project",
]


def now() -> str:
    """Return the time as the journal keeps it: UTC with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(slots=True)
class _Standing:
    """What was read since the journal had row `seq` as the newest that was told of: a Change makes it void."""

    seq: int
    layers: dict[str, Layer] = field(default_factory=dict)
    undo: bool | None = None
    redo: bool | None = None


class Project(Annotating, Remembering, NamingStates, Rooms):
    """One open project file."""

    def __init__(self, store: Store, me: Me, clock: Callable[[], str] = now) -> None:
        self.path = store.path
        self.me = me
        self.clock = clock
        self.rows = Rows(store.db)
        self._store = store
        self.links = Links(store.db)
        self._journal = Journal(store)
        self._scheme: Scheme | None = None
        self._sight: Sight | None = None
        self._rechecks: Mapping[str, Recheck] | None = None
        self._joined: Me | None = None
        self._heeding: list[Callable[[Change], None]] = []
        self._read = _Standing(-1)
        self._data_version = store.data_version()
        store.keeps(self._forget)
        store.keeps(self._journal.near.forget)

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
        except symptoms.SYMPTOMS as error:
            damaged = symptoms.diagnosis(store)
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
        damaged = symptoms.diagnosis(self._store) if isinstance(error, symptoms.SYMPTOMS) else None
        self.close()
        if damaged:
            raise damaged from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the project, whatever other programs write meanwhile; nothing can be written in it."""
        with self._store.snapshot():
            yield

    def fingerprint(self) -> Fingerprint:
        """Return what tells the state that is read from any other; another process may see another one."""
        return self._store.fingerprint()

    @contextmanager
    def as_it_was(self, name: str, progress: Progress = silent) -> Iterator[Project]:
        """Open the state of a snapshot, in a file that is gone afterwards; UserError where there is none."""
        from tempfile import TemporaryDirectory

        wanted = self.snapshot_called(name).id
        value = next(value for uid, value in self.rows.elements("snapshot") if uid == wanted)
        with TemporaryDirectory(prefix="rubricator-") as folder:
            path = Path(folder) / self.path.name
            create_file(path)
            with Project(Store(path), self.me, self.clock) as then:
                with symptoms.in_words(self._store):
                    self._snapshots.copy_into(then._journal, self._snapshots.rows(value), progress)
                yield then

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
            with symptoms.in_words(self._store):
                self._scheme = self.rows.scheme()
        return self._scheme

    @property
    def sight(self) -> Sight:
        """What one knows of the scheme who works now: its version, and what is to be looked at again."""
        if self._sight is None:
            self._sight = sight_of(self.scheme.version, self.rechecks)
        return self._sight

    @property
    def rechecks(self) -> Mapping[str, Recheck]:
        """The changes of the scheme that ask to look at something again, by id, in their order."""
        if self._rechecks is None:
            self._rechecks = self.rows.rechecks()
        return self._rechecks

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

    def stamp(self) -> Stamp:
        """Return who works here, and now."""
        return Stamp(self.me.annotator, self.clock())

    def annotation(self, uid: str) -> Annotation | None:
        """Return an annotation of anybody's layer by its id; None where it is not there."""
        return self._journal.standing.annotation(uid)

    def annotations_by_id(self, uids: Iterable[str]) -> list[Annotation]:
        """Return those of annotations (by id, of anybody's layers) that are there, read in one go."""
        return list(self._journal.standing.annotations(uids).values())

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
            new_scheme = any(op.kind in SCHEME_KINDS for op in drawn)
            self._judge.judge(drawn, self.rows.scheme() if new_scheme else self.scheme, change)

        return self._apply(draw(), judge)

    def apply_all(self, produce: Callable[[Callable[[Iterable[tuple[str, str]]], None]], Iterator[Edit]]) -> Change:
        """Write a stream of edits as one step: `produce` gets a function that keeps texts (digest, text) first.

        For imports: no rule stops them here, and memory does not grow with them.
        """

        def keep(texts: Iterable[tuple[str, str]]) -> None:
            self._journal.add_texts(texts)

        with much_made():
            return self._apply(produce(keep))

    def _apply(self, edits: Iterable[Edit], judge: Callable[[Change], None] = lambda _change: None) -> Change:
        with symptoms.in_words(self._store):
            change = self._journal.apply(edits, self._author, self.clock(), joining=self._joining, judge=judge)
            return self._told(change)

    def _told(self, change: Change) -> Change:
        if change.scheme:
            self._scheme = self._sight = self._rechecks = None
        if change.annotators:
            self._joined = None
        for heed in self._heeding:
            heed(change)
        return change

    def hear(self, heed: Callable[[Change], None]) -> None:
        """Have every change told from now on; where nobody knows what changed, that it is `everything`."""
        self._heeding.append(heed)

    def _forget(self) -> None:
        self._scheme = self._sight = self._rechecks = self._joined = None
        self._read = _Standing(-1)
        for heed in self._heeding:
            heed(Change(everything=True))

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
        return join(self.me.annotator, self.me.name)

    def go_by(self, name: str) -> Change:
        """Work under another name from now on; where the project knows the person, it is written down at once."""
        change = Change()
        with symptoms.in_words(self._store):
            if self.rows.name_of(self.me.annotator) not in (None, name):
                change = self._journal.apply([join(self.me.annotator, name)], self._author, self.clock())
        self.me = self.me._replace(name=name)
        return self._told(change) if change else change

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

    # --- undo and redo --------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Say whether `undo_step` finds something; it is not read, for it may be an import of many thousand ops."""
        standing = self._standing()
        if standing.undo is None:
            standing.undo = bool(self._journal.undoing.undoable(self.me.annotator))
        return standing.undo

    @property
    def can_redo(self) -> bool:
        """Say whether `redo_step` finds something."""
        standing = self._standing()
        if standing.redo is None:
            standing.redo = bool(self._journal.undoing.redoable(self.me.annotator))
        return standing.redo

    def undo_step(self) -> Entry | None:
        """Return what undo would take back: one's own last edit that stands."""
        return self._journal.undoing.entry(self._journal.undoing.undoable(self.me.annotator))

    def redo_step(self) -> Entry | None:
        """Return the undo that redo would take back."""
        return self._journal.undoing.entry(self._journal.undoing.redoable(self.me.annotator))

    def first_of(self, undo: Entry) -> Entry:
        """Return the first row of the step that an undo takes back."""
        return self._journal.undoing.entry(undo.undoes) or undo

    def undo(self, step: str = "") -> Change:
        """Take back a step of one's own: the one that was shown, or the last that stands; falsy where there is none."""
        with symptoms.in_words(self._store):
            return self._take_back(step or self._journal.undoing.undoable(self.me.annotator))

    def redo(self, step: str = "") -> Change:
        """Take back an undo of one's own: the one that was shown, or the last; falsy where there is none."""
        with symptoms.in_words(self._store):
            return self._take_back(step or self._journal.undoing.redoable(self.me.annotator))

    def _take_back(self, step: str) -> Change:
        if not step:
            return Change()
        return self._told(self._journal.take_back(step, self._author, self.clock()))

    def history(self, limit: int = 200, before: Entry | None = None, article: str = "") -> list[tuple[Entry, Line]]:
        """Return the newest steps first, each with its line in words; those before `before` where it is given."""
        clock = (before.lamport, before.id) if before else None
        return [(entry, self._history.line(entry)) for entry in self._history.newest(limit, clock, article)]

    def describe(self, entry: Entry) -> Line:
        """Put a step into words."""
        return self._history.line(entry)

    # --- others ---------------------------------------------------------------------------------------------------

    def news(self) -> Change:
        """Return what other programs wrote to the file since the last Change; falsy where nothing.

        Raises DetachedError where the project has to be opened again.
        """
        self._store.check_log()
        with symptoms.in_words(self._store):
            version = self._store.data_version()
            if version == self._data_version:
                return Change()
            self._store.check_form()
            self._data_version = version
            return self._told(self._journal.news())

    def damage_behind(self, error: BaseException) -> UserError | None:
        """Return the words where the file is damaged and that is why something failed; None where it is a bug."""
        return symptoms.damage_behind(error, self._store)

    def check(self, *, full: bool = False) -> Iterator[Finding]:
        """Yield what is not as it must be; `full` also looks at every quote and rule, and replays the journal."""
        from rubricator.store import check  # the doctor comes when he is called

        return check.full(self._store) if full else check.quick(self._store)

    def merge(self, other: Project) -> Change:
        """Take in all that another project file holds; order-free, repeatable, nothing is lost."""
        with symptoms.in_words(other._store):
            return self.take_in(other.journal.entries(), other.journal.texts())

    def take_in(self, entries: Iterable[Entry], texts: Iterable[tuple[str, str]]) -> Change:
        """Take in journal rows, and the texts that they name, as they come; all of it or nothing."""
        with symptoms.in_words(self._store), much_made():
            return self._told(self._journal.merge(entries, texts))

    @property
    def journal(self) -> Journal:
        """The record of all edits, to be read: what is written goes through `apply` and `take_in`."""
        return self._journal

    @property
    def packet(self) -> Mapping[str, str]:
        """What a copy that was opened from a packet says of itself: whose it is (`for`); empty in any other project."""
        mark = self.rows.project().get(PACKET)
        return mark if isinstance(mark, Mapping) and {"for", "copy"} <= mark.keys() else {}

    def back_up(self, why: str) -> Path:
        """Copy the project beside itself and compare the copy with it; `why` becomes a part of its name."""
        from rubricator.store.backup import back_up

        def refusal(error: object) -> Message:
            return message("Nothing was done, for no copy of {file} could be made: {why}.", file=self.path, why=error)

        with symptoms.in_words(self._store):
            return back_up(self._store.db, self.path.with_name(f"{self.path.stem}-{why}{SUFFIX}"), refusal, verify=True)

    def join(self, name: str, annotator: str = "") -> str:
        """Write down an annotator of this name who will work in a copy of this project, and return their id."""
        annotator = annotator or new_id()
        if not (name := plain(name).strip()):
            raise UserError(message("An annotator needs a name."), message("Write one."))
        self._apply([join(annotator, name)])
        return annotator
