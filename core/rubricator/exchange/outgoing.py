"""Export: what will be lost is said first, the file is written beside its place, read back, and only then put there."""

from __future__ import annotations

import shutil
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.corpus import Card, Counts, check_licence, check_own, furnish
from rubricator.exchange.places import check_place, place_beside, unwritten
from rubricator.exchange.progress import Progress, counted, share, silent
from rubricator.exchange.provenance import deciders, without_provenance
from rubricator.exchange.splitting import Item, Split, parts
from rubricator.formats.base import (
    Beside,
    Carried,
    Header,
    LayerRecord,
    Loss,
    Person,
    Record,
    Trainable,
    WriteOptions,
    Writer,
)
from rubricator.formats.losing import grave
from rubricator.model.spans import NOTHING
from rubricator.project import Annotator, Project, Said
from rubricator.words import Message, message, plural


@dataclass(frozen=True)
class ExportOptions:
    """What to export: `annotator` is a name or an id (empty: all layers, or the only one), `status` one or none.

    Of the `gold` layer alone the decisions, and what each annotation was made of, come along with `provenance` only.

    With a `split`, or as a `corpus`, it is a folder of files with a card that states the `licence`; `snapshot` is the
    name or id of the state that is exported (`state_asked` opens it), and the card says its name.
    """

    format: str
    annotator: str = ""
    gold: bool = False
    status: str = ""
    write: WriteOptions = field(default_factory=WriteOptions)
    overwrite: bool = False
    split: Split | None = None
    corpus: bool = False
    licence: str = ""
    snapshot: str = ""
    provenance: bool = False

    @property
    def in_parts(self) -> bool:
        """Say whether it is a folder of parts."""
        return self.corpus or self.split is not None


@dataclass(frozen=True)
class ExportReport:
    """What was written, and what the format could not carry."""

    articles: int
    annotations: int
    losses: tuple[Loss, ...]
    left_out: int = 0
    """Articles that were not asked for, or that nobody has worked on where the format carries one layer."""
    parts: Mapping[str, Counts] = field(default_factory=dict)
    """What each part of a corpus holds."""
    status: str = ""
    """The status that was asked for, if one was."""

    def lines(self) -> list[Message]:
        """Say it in words, a line each."""
        one = "{n} article written and read back; annotations on it: {annotations}."
        many = "{n} articles written and read back; annotations on them: {annotations}."
        if grave(self.losses):
            one = "{n} article written and read back; annotations on it, before what is lost: {annotations}."
            many = "{n} articles written and read back; annotations on them, before what is lost: {annotations}."
        said = [plural(one, many, self.articles, annotations=self.annotations)]
        if self.left_out and self.status:
            one = "{n} article was left out: of another status."
            many = "{n} articles were left out: of another status."
            said.append(plural(one, many, self.left_out))
        elif self.left_out:
            one = "{n} article was left out: this layer says nothing of it."
            many = "{n} articles were left out: this layer says nothing of them."
            said.append(plural(one, many, self.left_out))
        for name, part in self.parts.items():
            one, many = (
                "{part}: {n} article, {annotations} annotations.",
                "{part}: {n} articles, {annotations} annotations.",
            )
            said.append(plural(one, many, part.articles, part=name, annotations=part.annotations))
        if self.parts:
            said.append(message("Annotations with each label ({parts}):", parts=" / ".join(self.parts)))
        for label in sorted({label for part in self.parts.values() for label in part.labels}):
            counts = " / ".join(str(part.labels[label]) for part in self.parts.values())
            said.append(message("  {label}: {counts}", label=label, counts=counts))
        return said + [loss.what for loss in self.losses]


class Selection:
    """What an export is about: the articles and layers of a project, read anew at each pass."""

    def __init__(self, project: Project, options: ExportOptions, *, all_layers: bool) -> None:
        self._project = project
        self._options = options
        # By name and id, not by who joined first: that is another order in every project.
        self._people = sorted(project.rows.annotators(), key=lambda person: (person.name, person.id))
        self._order = {person.id: n for n, person in enumerate(self._people)}
        self._kinds = {person.id: person.kind for person in self._people}
        self._all_layers = all_layers
        self._owners = self._chosen(all_layers)

    def _chosen(self, all_layers: bool) -> set[str] | None:
        """Return the ids of the annotators whose layers are exported; None for all."""
        rows, wanted = self._project.rows, self._options.annotator
        if self._options.gold:
            gold = {person.id for person in self._people if person.kind == "gold"}
            if not gold:
                raise UserError(message("This project has no gold layer."), message("Name an annotator instead."))
            return gold
        if wanted:
            found = [person for person in self._people if wanted in {person.id, person.name}]
            if len(found) == 1:
                return {found[0].id}
            if not found:
                why = message("There is no annotator “{name}” in this project.", name=wanted)
                raise UserError(why, message("There are: {names}.", names=_names(self._people)))
            ids = ", ".join(person.id for person in found)
            raise UserError(
                message("{n} annotators are called “{name}”.", n=len(found), name=wanted),
                message("Name one by id: {ids}.", ids=ids),
            )
        if all_layers:
            return None
        busy = [person for person in self._people if rows.has_work(person.id)]
        if len(busy) > 1:
            raise UserError(
                message("Several annotators worked on this project, and this format carries one layer."),
                message("Name one with --annotator: {names}.", names=_names(busy)),
            )
        return {busy[0].id if busy else self._project.me.annotator}

    def header(self) -> Header:
        """Return what is said of the corpus as a whole."""
        rows = self._project.rows
        named = self._project.named(None if self._owners is None else sorted(self._owners), self._options.status)
        if self._options.provenance or not self._options.gold:
            named |= deciders(self._project)
        about = rows.project()
        extra = about.get("extra")
        return Header(
            name=self._project.name,
            scheme=self._project.scheme,
            people=tuple(Person(a.id, a.name, a.kind, a.extra or NOTHING) for a in self._people if a.id in named),
            entities=tuple({"id": uid, **value} for uid, value in rows.elements("entity")),
            extra=extra if isinstance(extra, dict) else NOTHING,
        )

    def dealt(self, split: Split) -> dict[str, str]:
        """Return to which part of a split each article goes, by its id."""
        named = {record.id: _has(record) for record in self.records()}
        articles = (article for article in self._project.rows.articles() if article.id in named)
        clusters = self._project.stories.clusters(articles)
        dealt = parts((Item(uid, clusters[uid], has) for uid, has in named.items()), split)
        if named and len(set(dealt.values())) < len(split.names):
            raise UserError(
                message("There is too little for {n} parts: one would be empty.", n=len(split.names)),
                message("Versions of one story always go together. Take fewer parts, or other shares."),
            )
        return dealt

    def records(self, dealt: Mapping[str, str] | None = None, part: str = "") -> Iterator[Record]:
        """Yield the articles with the layers that are exported, in the order of the project (of a part)."""
        for article, said in self._project.whole():
            if dealt is not None and dealt.get(article.id) != part:
                continue
            layers = tuple(self._layers(said))
            wanted = self._options.status
            untouched = not layers and wanted == "todo"
            if wanted and not untouched and not any(layer.status == wanted for layer in layers):
                continue
            if not layers and not self._all_layers:
                continue  # nobody looked at it: that is no example without annotations
            yield Record(
                text=self._project.text(article),
                id=article.id,
                title=article.title,
                meta=article.meta,
                zones=article.zones,
                cluster=article.cluster,
                layers=layers,
                extra=article.extra,
            )

    def _layers(self, said: list[Said]) -> Iterator[LayerRecord]:
        last = len(self._order)
        for one in sorted(said, key=lambda x: (self._order.get(x.layer.annotator, last), x.layer.annotator)):
            if self._owners is not None and one.layer.annotator not in self._owners:
                continue
            if self._options.status and one.layer.status != self._options.status:
                continue
            if _says_anything(one):
                if self._options.gold and not self._options.provenance:
                    one = without_provenance(one)
                yield _layer(one, self._kinds.get(one.layer.annotator, "human"))


def _says_anything(said: Said) -> bool:
    layer = said.layer
    told = layer.status != "todo" or layer.flags or layer.seconds or layer.extra
    return bool(said.annotations or said.tags or told or said.elements)


def _layer(said: Said, kind: str) -> LayerRecord:
    layer = said.layer
    extra = (layer.extra or {}).get("extra")
    inner = {"article", "annotator"}
    plain = {
        name: tuple({"id": uid} | {k: v for k, v in value.items() if k not in inner} for uid, value in items)
        for name, items in said.elements.items()
    }
    return LayerRecord(
        annotator=layer.annotator,
        kind=kind,
        status=layer.status,
        flags=layer.flags,
        seconds=layer.seconds,
        annotations=tuple(said.annotations),
        topics=tuple(said.tags),
        relations=plain.get("relation", ()),
        comments=plain.get("comment", ()),
        decisions=plain.get("decision", ()),
        extra=extra if isinstance(extra, dict) else NOTHING,
    )


def _has(record: Record) -> Counter[tuple[str, str]]:
    """Return how often an article has each label and topic."""
    has = Counter(("label", annotation.label) for layer in record.layers for annotation in layer.annotations)
    has.update(("topic", tag.topic) for layer in record.layers for tag in layer.topics)
    return has


def _names(people: list[Annotator]) -> str:
    return ", ".join(person.name for person in people)


@contextmanager
def state_asked(
    project: Project, options: ExportOptions, progress: Progress = silent
) -> Iterator[tuple[Project, ExportOptions]]:
    """Open what is to be exported, the present state or a snapshot; the options come back with the snapshot's name."""
    if not options.snapshot:
        yield project, options
        return
    snapshot = project.snapshot_called(options.snapshot)
    with project.as_it_was(snapshot.id, progress) as then:
        there = {person.id for person in then.rows.annotators()}
        late = [one.name for one in project.rows.annotators() if one.id == options.annotator and one.id not in there]
        if late:
            raise UserError(
                message("{name} had done nothing when “{snapshot}” was taken.", name=late[0], snapshot=snapshot.name),
                message("Choose another layer."),
            )
        yield then, replace(options, snapshot=snapshot.name)


def preflight(project: Project, options: ExportOptions, progress: Progress = silent) -> list[Loss]:
    """Return what the format cannot carry of what would be exported; nothing is written."""
    with project.snapshot():
        return prepare(project, options, progress).losses


def export(project: Project, out: Path, options: ExportOptions, progress: Progress = silent) -> ExportReport:
    """Write `out` and read it back; UserError where that gives anything else, and `out` stays what it was."""
    check_out(out, options)
    with project.snapshot():
        return write(prepare(project, options, share(progress, 0, 2)), out, share(progress, 1, 2))


def check_out(out: Path, options: ExportOptions) -> None:
    """See that something can be written there, with what is said of it; UserError where it cannot."""
    check_licence(options.licence)
    folder = formats.spec(options.format).folder or options.in_parts
    check_place(out, overwrite=options.overwrite, folder=folder)


@dataclass(frozen=True)
class Prepared:
    """An export that can be written: what is said of the corpus as a whole, and what is lost of it."""

    project: Project
    options: ExportOptions
    writer: Writer
    selection: Selection
    header: Header
    losses: list[Loss]


def prepare(project: Project, options: ExportOptions, progress: Progress = silent) -> Prepared:
    """Look at the corpus, which is read once for it, or not at all; write it in the same `project.snapshot()`."""
    writer = formats.writer(options.format)
    formats.check_there(options.format)  # before somebody reads what would be lost
    check_licence(options.licence)
    selection = Selection(project, options, all_layers=writer.all_layers)
    header = selection.header()
    records = counted(selection.records(), project.rows.count_articles(), progress)
    return Prepared(project, options, writer, selection, header, writer.losses(header, records, options.write))


def write(ready: Prepared, out: Path, progress: Progress = silent) -> ExportReport:
    """Write what was prepared, for which `check_out` found room, and read it back."""
    project, options = ready.project, ready.options
    folder = place_beside(out)
    try:
        fresh = folder / out.name
        work = _Work(project, ready.selection, ready.header, ready.losses, ready.writer, options, progress)
        counts = work.parts(fresh) if options.in_parts else {"": work.file(fresh, ready.selection.records, progress)}
        articles = sum(part.articles for part in counts.values())
        left_out = project.rows.count_articles() - articles
        if not articles and left_out:
            raise UserError(
                message("There is nothing to export: nobody has worked on these articles, or none has that status."),
                message("Label something or finish an article first; Rubricator JSONL also carries untouched ones."),
            )
        if options.in_parts and out.is_dir():
            check_own(out)
        _put(fresh, out, whole=options.in_parts)
    except OSError as error:
        raise unwritten(out, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    annotations = sum(part.annotations for part in counts.values())
    kept = counts if options.in_parts else {}
    return ExportReport(articles, annotations, tuple(ready.losses), left_out, kept, options.status)


@dataclass
class _Work:
    """An export under way."""

    project: Project
    selection: Selection
    header: Header
    losses: list[Loss]
    writer: Writer
    options: ExportOptions
    progress: Progress
    articles: list[str] | None = None
    """The ids of what was written, where that is to be known."""

    def file(self, out: Path, records: Callable[[], Iterator[Record]], progress: Progress) -> Counts:
        """Write a file or folder of a format and read it back; return what it holds."""
        wrote = _Wrote(self, records, progress)
        self.writer.write(self.header, wrote.watched(), out, self.options.write)
        return wrote.read_back(out)

    def parts(self, folder: Path) -> dict[str, Counts]:
        """Write the folder of a corpus; return what its parts hold."""
        split = self.options.split
        dealt = self.selection.dealt(split) if split else None
        folder.mkdir()
        spec = formats.spec(self.options.format)
        counts: dict[str, Counts] = {}
        files: dict[str, str] = {}
        names = split.names if split else ("train",)
        compares = len(self.project.agreement.people()) > 1
        if compares:
            self.articles = []
        for n, name in enumerate(names):
            files[name] = name if spec.folder else f"{name}{spec.suffixes[0]}"
            progress = share(self.progress, n, len(names) + compares)
            counts[name] = self.file(folder / files[name], partial(self.selection.records, dealt, name), progress)
        asked = self.options
        last = share(self.progress, len(names), len(names) + compares)
        agreed = self.project.agreement.report(articles=self.articles, progress=last) if compares else None
        card = Card(self.header, spec.title, counts, split, asked.licence.strip(), asked.snapshot, self.losses, agreed)
        beside = self.writer.beside(files, card.language) if isinstance(self.writer, Trainable) else Beside()
        furnish(folder, card, beside)
        return counts


class _Wrote:
    """What an export wrote, so far as to know it again: a number for each article, whatever the corpus holds."""

    def __init__(self, work: _Work, records: Callable[[], Iterator[Record]], progress: Progress) -> None:
        self._writer = work.writer
        self._options = work.options.write
        self._records = records
        self._total = work.project.rows.count_articles()
        self._progress = progress
        self._signs = array("q")
        self._counts = Counts()
        self._articles = work.articles

    def watched(self) -> Iterator[Record]:
        """Hand the records on to be written, and note what the file should carry of each."""
        for record in counted(self._records(), self._total, share(self._progress, 0, 2)):
            yield record
            self._signs.append(_sign(self._writer.expected(record, self._options)))
            self._counts.add(record)
            if self._articles is not None:
                self._articles.append(record.id)

    def read_back(self, out: Path) -> Counts:
        """Compare what the file carries with what it should; return what it holds."""
        found = self._writer.found(out, self._options)
        for n, sign in counted(enumerate(self._signs), self._total, share(self._progress, 1, 2)):
            try:
                carried = next(found, None)
            except ValueError:  # what was written cannot even be read
                carried = None
            if carried is None or _sign(carried) != sign:
                record = next(islice(self._records(), n, None))
                raise UserError(
                    message(
                        "“{title}” was written, but reading it back gave something else. No file was kept.",
                        title=record.title or record.id,
                    ),
                    message(
                        "This is a fault of Rubricator: report it with the article, and export as JSONL meanwhile."
                    ),
                )
        if next(found, None) is not None:
            raise UserError(message("The file holds more than was exported. No file was kept."))
        return self._counts


def _sign(carried: Carried) -> int:
    """Return a number that tells what is carried from anything else, in this process."""
    return hash(frozenset(carried.items()))


def _put(fresh: Path, out: Path, *, whole: bool) -> None:
    """Put the finished file or folder in its place; an old folder goes only when the new one is there.

    `whole` says that all that is in the old one is known to be ours.
    """
    if out.is_dir() and not out.is_symlink():
        strange = None if whole else next(_strangers(fresh, out), None)
        if strange is not None:
            raise UserError(
                message("The folder {folder} was not replaced: it holds {name}.", folder=out, name=strange.name),
                message("An export replaces a folder of its own only. Choose another name."),
            )
        old = fresh.with_name("old")
        out.rename(old)
        try:
            fresh.rename(out)
        except OSError:
            old.rename(out)
            raise
    else:
        fresh.replace(out)


def _strangers(fresh: Path, out: Path) -> Iterator[Path]:
    """Yield what an earlier export like `fresh` would not have left in `out`: that is somebody's own."""
    there = sorted(out.iterdir())
    suffixes = {path.suffix for path in fresh.iterdir()}
    marks = {path.name for path in fresh.iterdir() if path.suffix == ".conf"}
    unmarked = bool(there) and not marks <= {path.name for path in there}
    for path in there:
        alone = path.suffix == ".txt" and ".ann" in suffixes and not path.with_suffix(".ann").exists()
        if unmarked or alone or path.is_dir() or path.suffix not in suffixes:
            yield path
