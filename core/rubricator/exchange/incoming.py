"""Import: files become records, records become one step of the journal; all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.annotators import Annotators
from rubricator.exchange.called import Called
from rubricator.exchange.clusters import Clusters
from rubricator.exchange.heading import Heading
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.kept import case_of
from rubricator.exchange.layering import Layering, check_span
from rubricator.exchange.listing import TEXT_IDS, Listing
from rubricator.exchange.naming import Naming
from rubricator.exchange.origins import signed
from rubricator.exchange.progress import Progress, silent
from rubricator.exchange.sound import Item, size, sound
from rubricator.exchange.sources import find_sources
from rubricator.formats.base import Header, Reader, ReadOptions, Record
from rubricator.model.changes import Change
from rubricator.model.edits import ALIVE, Add, Edit, Op
from rubricator.model.elements import article_value
from rubricator.model.ids import named_id
from rubricator.model.spans import Article
from rubricator.model.text import digest, plain
from rubricator.project import Project
from rubricator.words import Message, message, say

_OPS_IN_A_ROW = 4_000
"""Operations in one journal row of an import: enough to be quick, few enough to be read in one piece."""
_BYTES_IN_A_ROW = 16_000_000
"""About how much a row may hold: one article may bring a megabyte of metadata."""


class _DryRunError(Exception):
    """Ends a dry run: the transaction is rolled back."""


def import_files(
    project: Project, sources: Sequence[Path], options: ImportOptions, progress: Progress = silent
) -> tuple[ImportReport, Change]:
    """Import files as one step that undo takes back.

    Of several files one that is damaged is refused as a whole, and told; of one alone (or with `strict`) a UserError
    names file and line, and nothing is kept.
    """
    work = _Import(project, options, progress)
    found = find_sources(sources, options.format)
    names = found.names()
    for kind, paths in (("file", found.left), ("paper", found.papers), ("link", found.links)):
        work.report.cases.add((kind, names[path]) for path in paths)
    first, *others = [path for path, _key in found.files] or [*sources]
    work.source = plain(first.name) + (f" +{len(others)}" if others else "")
    readers = [(Called(path, names[path]), path, key, formats.reader(key)) for path, key in found.files]
    several = len(readers) + len(found.closed) > 1 and not options.strict
    for path, error in found.closed:
        if not several:
            raise error
        work.refuse(error, Called(path, names[path]))

    def items() -> Iterator[tuple[str, Item]]:
        for done, (called, path, key, reader) in enumerate(readers):
            work.at = (done, len(readers))
            progress(*(work.at if len(readers) > 1 else (0, 0)))
            encoding = options.encodings.get(path) or options.read.encoding
            how = replace(options.read, encoding=encoding, within=found.roots.get(path))
            read = partial(_read, reader, path, key, how)
            try:
                held = sound(read, partial(work.check, path, {})) if several else read()
            except UserError as error:
                if not several:
                    raise
                work.refuse(error, called)
                continue
            work.report.files[key] += 1
            yield from ((called.name, called.item(item)) for item in held)
        if not work.report.files:
            raise UserError(
                message("Nothing was imported: of {n} files none can be read.", n=work.report.damaged),
                message("The first: {why}", why=work.first),
            )

    def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        yield from work.edits(items(), keep)
        if options.strict:
            _refuse_all(work.report)
        if options.dry_run or (options.ask and work.report.asks):
            raise _DryRunError

    try:
        change = project.apply_all(produce)
    except _DryRunError:
        change = Change()
        work.report.dry = True
    return work.report, change


def _read(reader: Reader, path: Path, key: str, how: ReadOptions) -> Iterator[Item]:
    return signed(reader.read(path, how), path, key)


def _refuse_all(report: ImportReport) -> None:
    """Raise UserError where anything was refused."""
    refused = report.of("refused")
    if refused:
        first = next((place for case in refused for place in case.where), "")
        raise UserError(
            message("Nothing was imported: {what}.", what=refused[0].what),
            message("The first is here: {place}. Without --strict the rest comes in.", place=first),
        )


class _Import:
    """One import under way."""

    def __init__(self, project: Project, options: ImportOptions, progress: Progress) -> None:
        self._project = project
        self._rows = project.rows
        self._options = options
        self._progress = progress
        self.report = ImportReport()
        self._ops: list[Op] = []
        self._clusters = Clusters(project, self._ops)
        self._naming = Naming(project.scheme, options, self.report, self._ops)
        annotators = Annotators(project, options, self.report, self._ops)
        entities = Listing(project, options.clash)
        self._heading = Heading(self._rows, self.report, self._ops, self._naming, annotators, entities)
        self._layering = Layering(self._rows, options.clash, self.report, self._ops, self._naming, annotators, entities)
        self._again = self._rows.again(take=options.clash == "take")
        self._waiting: dict[str, str] = {}
        self._fresh: set[int] = set()  # articles of this import, by what their ids hash to
        self._counted: set[str] = set()  # annotations of this row that are counted as new or changed
        self.source = ""
        self.at = (0, 0)
        """Which file is read, of how many."""
        self.first: Message | str = ""
        """Why the first file that was refused was so."""
        self._n = 0
        self._first = ""

    def edits(
        self, items: Iterable[tuple[str, Header | Record]], keep: Callable[[Iterable[tuple[str, str]]], None]
    ) -> Iterator[Edit]:
        """Yield the journal rows of the import; texts are kept before the row that names them."""
        seen = held = 0
        for name, item in items:
            if isinstance(item, Header):
                first = self._rows.count_articles() == 0 and not self._waiting
                self._heading.take(item, name, first=first)
            else:
                self._record(item, name, keep)
                seen += 1
                if seen % 100 == 0:
                    self._progress(*(self.at if self.at[1] > 1 else (seen, 0)))
            held += size(item)
            if len(self._ops) >= _OPS_IN_A_ROW or (self._ops and held >= _BYTES_IN_A_ROW):
                yield self._row()
                held = 0
        self._naming.finish()
        self._naming.check_mapped()
        if not (self._options.dry_run or self._options.ask):
            self._naming.check()
        if self._ops:
            yield self._row()

    def _row(self) -> Edit:
        edit = Edit("import", tuple(self._ops), self._first, {"n": self._n, "source": self.source})
        self._ops.clear()
        self._n, self._first = 0, ""
        self._waiting.clear()
        self._clusters.flushed()
        self._layering.flushed()
        self._counted.clear()
        return edit

    # --- what is wrong with a file ---------------------------------------------------------------------------------

    def refuse(self, error: UserError, called: Called) -> None:
        """Tell of a file that nothing is taken of."""
        self.first = self.first or error.text
        self.report.damaged += 1
        self.report.cases.add([("damaged", called.words(say(error.text).rstrip(".")))])

    def check(self, path: Path, texts: dict[str, str], item: Item) -> None:
        """Raise UserError where an article cannot be taken; `texts` are the digests of those before it in its file."""
        if isinstance(item, Header):
            return
        where = item.where or path.name
        record = item if item.text else self._here(item)
        if record is None:
            return
        key = digest(record.text)
        uid = record.id or named_id(TEXT_IDS, key)
        self._check_text(uid, key, texts.get(uid, ""), where)
        texts[uid] = key
        for layer in record.layers:
            for n, annotation in enumerate(layer.annotations):
                check_span(annotation, record.text, where, n)

    def _check_text(self, uid: str, key: str, before: str, where: str) -> None:
        there = before or self._waiting.get(uid) or self._rows.digest_of(uid)
        if there and there != key:
            raise UserError(
                message("{where}: the article “{id}” is here already, with another text.", where=where, id=uid),
                message("A text never changes. Give the article another id, or take the old one out first."),
            )

    # --- an article -----------------------------------------------------------------------------------------------

    def _record(self, record: Record, name: str, keep: Callable[[Iterable[tuple[str, str]]], None]) -> None:
        if not record.text:
            found = self._here(record)
            if found is None:
                self.report.cases.add([("absent", f"{record.where or name}: {record.title or record.id}")])
                return
            record = found
        key = digest(record.text)
        uid = record.id or named_id(TEXT_IDS, key)
        where = record.where or name
        self.report.notes += [(where, note) for note in record.notes]
        self.report.cases.add(record.cases)
        self._check_text(uid, key, "", where)
        ever = bool(self._rows.digest_of(uid))
        before = len(self._ops)
        article = Article(
            id=uid,
            digest=key,
            title=record.title,
            meta=record.meta,
            zones=record.zones,
            cluster=record.cluster,
            extra=record.extra,
        )
        if uid in self._waiting or self._rows.article(uid) is not None:
            self.report.repeated += hash(uid) in self._fresh
            self.report.known += hash(uid) not in self._fresh
        else:
            self._fresh.add(hash(uid))
            keep([(key, record.text)])
            value = article_value(article)
            self.report.versions += self._clusters.join(uid, value)
            self._ops.append(Add("article", uid, value))
            self.report.articles += 1
            self._n += 1
            self._first = self._first or uid
        self._waiting[uid] = key
        known = hash(uid) not in self._fresh
        self._layering.write(record, article, where, known=known)
        if ever:
            self._ops[before:], kept = self._again.settled(self._ops[before:])
            self.report.cases.add(case_of(one, record.text, where) for one in kept)
        if known:
            self._count(self._ops[before:])

    def _count(self, ops: Iterable[Op]) -> None:
        """Count what comes of an article that was here: annotations that join its layers, and those that change."""
        for op in ops:
            if op.kind == "annotation" and op.id not in self._counted:
                self._counted.add(op.id)
                if isinstance(op, Add) or op.field == ALIVE:
                    self.report.added += 1
                else:
                    self.report.changed += 1

    def _here(self, record: Record) -> Record | None:
        """Return what a file without texts says, with the text of the article that it means; None if none is here."""
        key = self._waiting.get(record.id) or self._rows.digest_of(record.id)
        return replace(record, text=self._project.text(Article(id=record.id, digest=key))) if key else None
