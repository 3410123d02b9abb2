"""Export: what will be lost is said first, the file is written beside its place, read back, and only then put there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.corpus import Card, Counts, check_licence, check_own, furnish
from rubricator.exchange.export_report import ExportOptions, ExportReport
from rubricator.exchange.places import check_place, place_beside, put_folder, unwritten
from rubricator.exchange.progress import Progress, counted, share, silent
from rubricator.exchange.selection import Selection
from rubricator.exchange.stretches import write_stretches
from rubricator.exchange.wrote import Wrote
from rubricator.formats.base import (
    Beside,
    Header,
    Loss,
    Record,
    Trainable,
    Writer,
)
from rubricator.formats.file_names import is_numbered, number_of
from rubricator.project import Project
from rubricator.words import message


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


def check_folder(out: Path, options: ExportOptions) -> int:
    """Return how many files of an earlier export would be replaced; UserError where what is there is somebody's own."""
    check_out(out, options)
    if not out.is_dir():
        return 0
    spec = formats.spec(options.format)
    try:
        if options.in_parts:
            check_own(out)
        else:
            _check_strangers(out, {*spec.suffixes, *spec.beside}, _BESIDE)
        return sum(1 for path in out.rglob("*") if not path.is_dir())
    except OSError as error:
        raise unwritten(out, error) from error


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
    with place_beside(out) as fresh:
        work = _Work(project, ready.selection, ready.header, ready.losses, ready.writer, options, progress)
        counts = work.parts(fresh) if options.in_parts else {"": work.whole(fresh)}
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
    annotations = sum(part.annotations for part in counts.values())
    kept = counts if options.in_parts else {}
    again = ready.selection.again
    return ExportReport(articles, annotations, tuple(ready.losses), left_out - again, again, kept, options.status)


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

    def whole(self, out: Path) -> Counts:
        """Write all that is asked for, by several processes where that is worth it; return what it holds."""
        made = write_stretches(self.project, self.options, self.writer, self.header, out, self.progress)
        return self.file(out, self.selection.records, self.progress) if made is None else made

    def file(self, out: Path, records: Callable[[], Iterator[Record]], progress: Progress) -> Counts:
        """Write a file or folder of a format and read it back; return what it holds."""
        total = self.project.rows.count_articles()
        wrote = Wrote(self.writer, self.options.write, records, total, progress, self.articles)
        return wrote.to(out, self.header)

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


def _put(fresh: Path, out: Path, *, whole: bool) -> None:
    """Put the finished file or folder in its place; an old folder goes only when the new one is there.

    `whole` says that all that is in the old one is known to be ours.
    """
    if out.is_dir() and not out.is_symlink():
        if not whole:
            beside = {path.name for path in fresh.iterdir() if not is_numbered(path)}
            marks = {name for name in beside if name.endswith(".conf")}
            _check_strangers(out, {path.suffix for path in fresh.iterdir()}, beside, marks)
        put_folder(fresh, out)
    else:
        fresh.replace(out)


_BESIDE = frozenset({"annotation.conf", "visual.conf", "TypeSystem.xml", "label_config.xml", "tasks.json"})
"""What the files in our folders are called that stand for no article."""


def _check_strangers(
    out: Path, suffixes: AbstractSet[str], beside: AbstractSet[str], marks: AbstractSet[str] = frozenset()
) -> None:
    """Raise UserError where a folder holds what an export of these suffixes would not have left.

    `beside` is what may stand beside the articles, `marks` what of it must.
    """
    strange = next(_strangers(out, suffixes, beside, marks), None)
    if strange is not None:
        raise UserError(
            message("The folder {folder} was not replaced: it holds {name}.", folder=out, name=strange.name),
            message("An export replaces a folder of its own only. Choose another name."),
        )


def _strangers(
    out: Path, suffixes: AbstractSet[str], beside: AbstractSet[str], marks: AbstractSet[str]
) -> Iterator[Path]:
    """Yield what is somebody's own: the articles of an export are numbered from 1, as those of nobody else are."""
    there = sorted(out.iterdir())
    unmarked = bool(there) and not marks <= {path.name for path in there}
    for suffix in {path.suffix for path in there}:
        ours = [path for path in there if path.suffix == suffix and is_numbered(path)]
        if sorted(number_of(path.name) for path in ours) != list(range(1, len(ours) + 1)):
            yield ours[0]
    for path in there:
        alone = path.suffix == ".txt" and ".ann" in suffixes and not path.with_suffix(".ann").exists()
        named = is_numbered(path) or path.name in beside
        if unmarked or alone or path.is_dir() or path.suffix not in suffixes or not named:
            yield path
