"""What the menus do with files: make and open projects, import, export, scheme, topics. Works in the background."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange import entity_lists, work
from rubricator.exchange.export_report import ExportReport
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.lists import needs_label, put_word_list
from rubricator.exchange.looking import Look
from rubricator.exchange.outgoing import check_folder
from rubricator.exchange.sample import sample_project
from rubricator.exchange.schemes import scheme_named, with_topics, with_used, write_scheme
from rubricator.hub import packets
from rubricator.hub import work as packing
from rubricator.model.layer_edits import remove_article
from rubricator.model.spans import Article
from rubricator.project import SUFFIX, Finding, Project
from rubricator.settings import folder
from rubricator.words import Message, _, message, plural, say
from rubricator_gui.dialogs import ask
from rubricator_gui.dialogs.exporting import ExportDialog
from rubricator_gui.dialogs.trouble import Trouble, tell
from rubricator_gui.session import Session
from rubricator_gui.tasks import Task
from rubricator_gui.wording import short_path

if TYPE_CHECKING:
    from rubricator.hub.merging import Merged, Plan
    from rubricator.model.topics import TopicFile
    from rubricator_gui.paper import PaperWork
    from rubricator_gui.reader.sheet import Sheet

log = logging.getLogger(__name__)

_IMPORTED = "import_folder"
_LOOK_OVER_AFTER = 2_000
"""Milliseconds after opening: the first paint and the first edits come before the check."""


class Commands(QObject):
    """The hands of the file menu; one piece of background work at a time."""

    working = Signal(object, object, object)
    """(words, done, of how many)."""
    worked = Signal()
    """The work ended, one way or the other."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._task: Task | PaperWork | None = None
        self._checking: Task | None = None
        self._words = ""
        self._before = ""
        """What undo would have taken back before the import that is under way."""

    # --- projects -------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Make a project as the person says, and open it."""
        if self._busy():
            return
        from rubricator_gui.dialogs.newproject import NewProject, made_folder

        dialog = NewProject(self._session.memory.own_folder(), self._window)
        made, (path, _name, chosen) = dialog.exec() == QDialog.DialogCode.Accepted, dialog.wanted
        scheme = with_topics(dialog.scheme)
        dialog.deleteLater()
        if not made:
            return
        if not self.introduce():
            return
        if path.exists():
            why = message("{file} is there already.", file=path.name)
            raise UserError(why, message("Choose another name: a project is never written over."))
        provisional = ["name"] if chosen else ["name", "scheme"]
        with made_folder(path.parent):
            Project.create(path, self._session.settings.me(), scheme, provisional=provisional).close()
        self._session.open(path)

    def open(self) -> None:
        """Open the project that the person chooses."""
        if self._busy():
            return
        both = _("Projects and packets") + f" (*{SUFFIX} *{packets.SUFFIX})"
        last = next(iter(self._session.memory.recent()), None)
        path = ask.open_file(self._window, _("Open project"), both, last.parent if last else None)
        if path is not None and packets.is_packet(path):
            self.open_packet(path)
        elif path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a project; the first time, ask who works here (in a sample one is its Anna, and not asked)."""
        if self._busy():  # what is under way goes on in the project that it was begun in
            return
        if self._known_for(path):
            self._session.open(path)
            self.settle()

    def _known_for(self, path: Path) -> bool:
        """Have it known who works in a project before it is opened; say if so: who goes back stays where they were."""
        settings = self._session.settings
        if settings.get("annotator.asked"):
            return True
        with Project.open(path, settings.me()) as project:
            return not _needs_name(project) or self.introduce()

    def settle(self) -> None:
        """Do what comes after a project was opened: be introduced, and have it looked over."""
        project = self._session.ready
        if _needs_name(project):
            if not self.introduce():
                self._session.close()
                return
            self._session.take_name()
        self._tell_sample()
        QTimer.singleShot(_LOOK_OVER_AFTER, self.look_over)

    def look_over(self) -> None:
        """Have the quick check of the open project done in the background; only damage is told."""
        project = self._session.project
        if project is not None and self._checking is None:
            self._checking = Task(work.check_work, (project.path, project.me), self)
            self._checking.finished.connect(self._looked_over)
            self._checking.failed.connect(self._not_looked_over)
            self._checking.cancelled.connect(self._check_cancelled)

    def _looked_over(self, findings: list[Finding]) -> None:
        self._checking = None
        if findings:
            found = " ".join(say(finding.what) for finding in findings[:3])
            why = message("This project is damaged: {found}", found=found)
            tell(self._window, UserError(why, message("Go on with a backup; export what is good from this one.")))

    def _check_cancelled(self) -> None:
        self._checking = None

    def _not_looked_over(self, error: Exception) -> None:
        self._checking = None
        log.info("the check at open did not end: %s", error)

    def sample(self) -> None:
        """Open the sample project; one acts as its Anna, so no name is asked."""
        if self._busy():
            return
        self._session.open(sample_project(folder("data")))
        self._tell_sample()

    def _tell_sample(self) -> None:
        """Tell as whom one works in a sample: nobody was asked."""
        project = self._session.ready
        if project.is_sample:
            self._session.tell(message("This is the sample: you work in it as “{name}”.", name=project.me.name))

    def close(self) -> None:
        """Close the project; the next start does not open it again."""
        self._session.close()
        self._session.memory.closed()

    def introduce(self, again: bool = False) -> bool:
        """Ask for the person's name, once; say whether to go on: who went back wants nothing done."""
        settings = self._session.settings
        if settings.get("annotator.asked") and not again:
            return True
        told = ask.name(self._window, settings.me().name)
        if told is None:
            return False
        settings.introduce(told or settings.me().name)
        if not told:
            QTimer.singleShot(0, self, self._tell_name)  # after the project that is opened now
        return True

    def _tell_name(self) -> None:
        """Tell who would not say it under which name they work."""
        me = self._session.settings.me()
        self._session.tell(message("You work as “{name}”. Edit › Who am I (my name)… changes it.", name=me.name))

    def who(self) -> None:
        """Ask for the person's name again, and go on under it."""
        if self._busy():
            return
        if self.introduce(again=True):
            self._session.take_name()

    @staticmethod
    def _pattern() -> str:
        return _("Rubricator projects") + f" (*{SUFFIX})"

    # --- import ---------------------------------------------------------------------------------------------------

    def import_articles(self) -> None:
        """Import the files that the person chooses."""
        suffixes = " ".join(f"*{suffix}" for spec in formats.FORMATS if spec.reads for suffix in spec.suffixes)
        pattern = _("Articles") + f" ({suffixes});;" + _("All files") + " (*)"
        memory = self._session.memory
        last = Path(str(memory.get(_IMPORTED) or ""))
        folder = last if last.is_absolute() and _reached(last) else self._session.ready.path.parent
        paths = ask.open_files(self._window, _("Import articles"), pattern, folder)
        if paths:
            memory.set(**{_IMPORTED: str(paths[0].parent)})
        self.import_paths(paths)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders, also such as were dropped on the window."""
        if not paths or self._busy():
            return
        project = self._session.ready
        arguments = (project.path, project.me, list(paths), ImportOptions())
        self._import(list(paths), work.look_work, arguments, partial(self._looked_at, list(paths)))

    def _import(
        self, paths: list[Path], job: Callable[..., Any], arguments: tuple[Any, ...], done: Callable[[Any], None]
    ) -> None:
        self._session.held = _("An import is under way: wait until it has ended, or cancel it.")
        self._before = self._last_step()
        self._run(_("Importing {file}").format(file=paths[0].name), job, arguments, done)

    def _last_step(self) -> str:
        """Return the step that undo would take back."""
        step = self._session.ready.undo_step()
        return step.id if step is not None else ""

    def _looked_at(self, paths: list[Path], look: Look) -> None:
        """Ask what is to be asked; what left nothing to decide or to tell is in already."""
        if not look.report.dry:
            self._imported(look.report)
            return
        from rubricator_gui.dialogs.importing import ImportDialog

        project = self._session.ready
        dialog = ImportDialog(project, paths, look, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._import(paths, work.import_work, (project.path, project.me, paths, dialog.options), self._imported)
        dialog.deleteLater()

    def _imported(self, report: ImportReport) -> None:
        self._session.look_for_news()
        changed = self._last_step() != self._before  # else undo would take back what was done before it
        self._session.tell(" ".join(say(line) for line in report.lines()[:3]), undo=changed)

    # --- export ---------------------------------------------------------------------------------------------------

    def export(self, snapshot: str = "") -> None:
        """Export what the person chooses; what will be lost is listed before anything is written."""
        if self._busy():
            return
        project = self._session.ready
        memory = self._session.memory
        before = memory.exported(project.path)
        dialog = ExportDialog(project, self._window, snapshot, before)
        wanted, options, chosen = dialog.exec() == QDialog.DialogCode.Accepted, dialog.options, dialog.chosen
        dialog.deleteLater()
        if not wanted:
            return
        folder = before.get("folder")
        memory.at_export(project.path, {**chosen, "folder": folder})
        spec = formats.spec(options.format)
        suffix = "" if spec.folder or options.in_parts else spec.suffixes[0]
        stem = project.path.stem
        if options.snapshot:
            stem = _file_stem(f"{stem}-{project.snapshot_called(options.snapshot).name}", stem)
        suggestion = self._beside(f"{stem}{suffix}")
        if isinstance(folder, str) and Path(folder).is_dir():
            suggestion = str(Path(folder, f"{stem}{suffix}"))
        if suffix:
            fits = partial(formats.check_ending, key=spec.key)
            out = ask.save_file(self._window, _("Export"), suggestion, f"{spec.title} (*{suffix})", suffix, fits)
        else:
            replaced = partial(check_folder, options=options)
            out = ask.save_folder(self._window, _("Export into a folder"), Path(suggestion), replaced)
        if out is not None:
            memory.at_export(project.path, {**chosen, "folder": str(out.absolute().parent)})
            words = _("Exporting {file}").format(file=out.name)
            then = partial(self._exported, out)
            self._run(words, work.export_work, (project.path, project.me, out, options), then)

    def _exported(self, out: Path, report: ExportReport) -> None:
        self._session.tell(f"{short_path(out.absolute())}: {say(report.lines()[0])}")

    def take_snapshot(self) -> None:
        """Ask for the name of a snapshot of the present state."""
        self.show_snapshots(takes=True)

    def show_snapshots(self, *, takes: bool = False) -> None:
        """Show the snapshots, to take one, to export one again, to delete one."""
        if self._busy():
            return
        from rubricator_gui.dialogs.snapshots import SnapshotDialog

        dialog = SnapshotDialog(self._session, self._window, takes=takes)
        dialog.exec()
        wanted = dialog.wanted
        dialog.deleteLater()
        if wanted is not None:
            self.export(wanted.id)

    # --- packets --------------------------------------------------------------------------------------------------

    def make_packet(self) -> None:
        """Write what one annotator needs into a file."""
        if self._busy():
            return
        from rubricator_gui.dialogs.packets import PackDialog

        project = self._session.ready
        dialog = PackDialog(project, self._window)
        wanted, name, how = dialog.exec() == QDialog.DialogCode.Accepted, dialog.name, dialog.how
        dialog.deleteLater()
        if not wanted:
            return
        suggestion = self._beside(_file_stem(f"{project.path.stem}-{name}", "packet") + packets.SUFFIX)
        out = ask.save_file(self._window, _("Make a packet"), suggestion, _packets(), packets.SUFFIX)
        if out is not None:
            words = _("Writing {file}").format(file=out.name)
            arguments = (project.path, project.me, out, name, *how)
            self._run(words, packing.pack_work, arguments, partial(self._packed, out, name))

    def _packed(self, out: Path, name: str, packed: packets.Packed) -> None:
        self._session.look_for_news()
        self._session.tell(
            plural(
                "Wrote {file} for {name}: {n} article.",
                "Wrote {file} for {name}: {n} articles.",
                packed.articles,
                file=out.name,
                name=name,
            )
        )

    def open_packet(self, packet: Path) -> None:
        """Make a project of a packet where the person says, and open it."""
        if self._busy():
            return
        name = str(packet.absolute().with_suffix(SUFFIX))
        out = ask.save_file(self._window, _("Keep the work of this packet in"), name, self._pattern(), SUFFIX)
        if out is not None:
            words = _("Opening {file}").format(file=packet.name)
            arguments = (packet, out, self._session.settings.me().device)
            self._run(words, packing.open_packet_work, arguments, self.open_path)

    def take_work_in(self) -> None:
        """Take in packets and projects that the person chooses."""
        both = _("Packets and projects") + f" (*{packets.SUFFIX} *{SUFFIX})"
        self.take_in(ask.open_files(self._window, _("Take work in"), both))

    def take_in(self, paths: Sequence[Path]) -> None:
        """Tell what packets and projects bring, and take it in once that is agreed to."""
        if not paths or self._busy():
            return
        project = self._session.ready
        words = _("Reading {file}").format(file=paths[0].name)
        then = partial(self._planned, list(paths))
        self._run(words, packing.plan_work, (project.path, project.me, list(paths)), then)

    def _planned(self, paths: list[Path], plans: list[Plan]) -> None:
        from rubricator_gui.dialogs.packets import MergeDialog

        dialog = MergeDialog(plans, self._window)
        wanted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if wanted:
            project = self._session.ready
            self._session.held = _("Work is being taken in: wait until that has ended, or cancel it.")
            words = _("Taking {file} in").format(file=paths[0].name)
            self._run(words, packing.merge_work, (project.path, project.me, paths, plans), self._merged)

    def _merged(self, merged: Merged) -> None:
        self._session.look_for_news()
        n = sum(plan.rows for plan in merged.plans)
        copy = merged.backup.name if merged.backup else ""
        self._session.tell(
            plural(
                "Took in {n} edit. The project as it was is kept in {file}.",
                "Took in {n} edits. The project as it was is kept in {file}.",
                n,
                file=copy,
            )
        )

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Take in what was dropped on the window: packets and projects as work, anything else as articles."""
        work_of_others = [path for path in paths if path.suffix.lower() in (packets.SUFFIX, SUFFIX)]
        if work_of_others:
            self.take_in(work_of_others)
        else:
            self.import_paths(paths)

    # --- scheme and topics ----------------------------------------------------------------------------------------

    def edit_scheme(self, label: str = "") -> None:
        """Open the editor of the project's scheme, at a label where one is named."""
        from rubricator_gui.dialogs.scheme.editor import SchemeEditor

        if self._busy():
            return
        editor = SchemeEditor(self._session, self._window)
        if label:
            editor.draft.choose(label)
        editor.exec()
        editor.deleteLater()

    def import_scheme(self) -> None:
        """Put a scheme file in the place of the project's scheme, once it was told what that changes."""
        from rubricator_gui.dialogs.scheme.breaking import ask_about_breaches
        from rubricator_gui.dialogs.scheme.importing import SchemeImport

        path = ask.open_file(self._window, _("Import scheme"), _("Schemes") + " (*.json)")
        if path is None:
            return
        session = self._session
        scheme = scheme_named(str(path))
        kept = with_used(session.ready, scheme)
        dialog = SchemeImport(session, scheme, kept, path.name, self._window)
        wanted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        broken = ask_about_breaches(session, kept, self._window) if wanted else None
        if broken is not None and session.do(session.ready.schemes.change, kept, kept.name or path.stem, (), broken):
            session.tell(message("The scheme is now {scheme}.", scheme=kept.name or path.stem), undo=True)

    def _beside(self, name: str) -> str:
        """Return the path of a new file beside the project: where it lies, its owner looks again."""
        return str(self._session.ready.path.absolute().with_name(name))

    def export_scheme(self) -> None:
        """Write the project's scheme to a file."""
        name = self._beside(f"{self._session.scheme.name or 'scheme'}.json")
        path = ask.save_file(self._window, _("Export scheme"), name, _("Schemes") + " (*.json)", ".json")
        if path is not None:
            write_scheme(self._session.scheme, path, overwrite=True)
            self._session.tell(message("The scheme was written to {file}.", file=path.name))

    def import_topics(self) -> None:
        """Import topics from a file, or from IPTC's address, as the person says."""
        if self._busy():
            return
        from rubricator_gui.dialogs.topic_import import TopicSource

        dialog = TopicSource(self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            source = dialog.source
            words = _("Reading {file}").format(file=source.name) if isinstance(source, Path) else _("Asking IPTC")
            self._run(words, work.read_topics_work, (source,), self._topics_read)
        dialog.deleteLater()

    def _topics_read(self, file: TopicFile) -> None:
        from rubricator_gui.dialogs.topic_import import TopicsRead

        project = self._session.ready
        offered = {topic.code for topic in self._session.scheme.offered_topics()}
        dialog = TopicsRead(file, offered, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            options = (dialog.chosen_language, True, dialog.keep.isChecked())  # its flaws were shown
            self._session.held = _("An import is under way: wait until it has ended, or cancel it.")
            words = _("Importing {file}").format(file=file.where)
            self._run(words, work.put_topics_work, (project.path, project.me, file, *options), self._topics_put)
        dialog.deleteLater()

    def _topics_put(self, changed: bool) -> None:
        self._session.look_for_news()
        offered = sum(1 for _topic in self._session.scheme.offered_topics())
        self._session.tell(plural("{n} topic can be given now.", "{n} topics can be given now.", offered), undo=changed)

    def import_words(self) -> None:
        """Keep a word list of the person's own in the project; its names are offered from now on."""
        pattern = _("Word lists") + " (*.txt *.csv *.tsv);;" + _("All files") + " (*)"
        path = ask.open_file(self._window, _("Import word list"), pattern)
        if path is None:
            return
        session, label = self._session, ""
        if needs_label(session.ready, path):
            titles = {label.title: label.name for label in session.scheme.labels}
            words = _("Which label do the names in {file} get?").format(file=path.name)
            label = titles.get(ask.one_of(self._window, _("Import word list"), words, list(titles)), "")
            if not label:
                return
        change, found = put_word_list(session.ready, path, label)
        session.run(change)
        session.tell(plural("{n} name is suggested now.", "{n} names are suggested now.", len(found.names)), undo=True)

    # --- entities -------------------------------------------------------------------------------------------------

    def import_entities(self) -> None:
        """Import a list of entities; what is on the project's list is filled up."""
        if self._busy():
            return
        pattern = _("Lists of entities") + f" ({' '.join(f'*{suffix}' for suffix in entity_lists.SUFFIXES)})"
        path = ask.open_file(self._window, _("Import entities"), pattern)
        if path is None:
            return
        from rubricator_gui.dialogs.entity_import import ColumnsDialog

        dialog = ColumnsDialog(path.name, *entity_lists.columns_of(path), self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            project = self._session.ready
            arguments = (project.path, project.me, path, dialog.columns)
            words = _("Reading {file}").format(file=path.name)
            self._run(words, work.plan_entities_work, arguments, self._entities_planned)
        dialog.deleteLater()

    def _entities_planned(self, plan: entity_lists.Plan) -> None:
        from rubricator_gui.dialogs.entity_import import BrokenDialog

        if plan.broken and BrokenDialog(plan, self._window).exec() != QDialog.DialogCode.Accepted:
            return
        project = self._session.ready
        words = _("Importing {file}").format(file=plan.source)
        self._session.held = _("An import is under way: wait until it has ended, or cancel it.")
        self._run(words, work.put_entities_work, (project.path, project.me, plan), self._entities_put)

    def _entities_put(self, plan: entity_lists.Plan) -> None:
        self._session.look_for_news()
        undo = bool(plan.new or plan.changed)
        self._session.tell(f"{plan.source}: {', '.join(map(say, plan.lines()))}.", undo=undo)

    def export_entities(self) -> None:
        """Write the project's entities to a file."""
        project = self._session.ready
        name = self._beside(f"{project.path.stem}-entities.csv")
        path = ask.save_file(self._window, _("Export entities"), name, "CSV (*.csv);;JSONL (*.jsonl)", ".csv")
        if path is not None:
            n = entity_lists.export_entities(project, path, overwrite=True)
            self._session.tell(
                plural("Wrote {n} entity to {file}.", "Wrote {n} entities to {file}.", n, file=path.name)
            )

    def remove_article(self, article: Article) -> None:
        """Take an article out of the project; undo brings it back, so nobody is asked."""
        session = self._session
        session.run(session.ready.apply(remove_article(article)))
        session.tell(message("Took “{title}” out.", title=article.title), undo=True)

    # --- paper ----------------------------------------------------------------------------------------------------

    def print_article(self, reader: Sheet) -> None:
        """Print the article shown on the printer that the person chooses."""
        if self._busy():
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from rubricator_gui.paper import Print, title_of
        from rubricator_gui.reader.pdf import set_margins

        title = title_of(self._session)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_margins(printer)
        printer.setDocName(title)
        if QPrintDialog(printer, self._window).exec():
            done = partial(self._on_paper, message("Printed “{title}”.", title=title))
            self._watch(_("Printing"), Print(self._session, reader, printer, self), done)

    def save_pdf(self, reader: Sheet) -> None:
        """Save the article shown as PDF where the person says."""
        if self._busy():
            return
        from rubricator_gui.paper import Pdf, title_of

        title = title_of(self._session)
        name = _file_stem(title, "article")
        path = ask.save_file(
            self._window, _("Save the article as PDF"), self._beside(f"{name}.pdf"), "PDF (*.pdf)", ".pdf"
        )
        if path is not None:
            done = partial(self._on_paper, message("Saved “{title}” as {file}.", title=title, file=path.name))
            self._watch(_("Saving as PDF"), Pdf(self._session, reader, path, self), done)

    def _on_paper(self, words: Message, _nothing: object) -> None:
        self._session.tell(words)

    # --- background work ------------------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Stop the work under way."""
        if self._task is not None:
            self._task.cancel()

    def end(self) -> None:
        """Stop all work and wait until it has let go of the project: the window closes."""
        for task in (self._task, self._checking):
            if task is not None:
                task.end()

    def _busy(self) -> bool:
        if self._task is not None:
            self._session.tell(message("Wait until the work under way has ended, or cancel it."), warns=True)
        return self._task is not None

    def _run(
        self,
        words: str,
        job: Callable[..., Any],
        arguments: tuple[Any, ...],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self._watch(words, Task(job, arguments, self), done, failed)

    def _watch(
        self,
        words: str,
        task: Task | PaperWork,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Show how work goes that was begun, until it ends."""
        self._words = words
        self._task = task
        task.progressed.connect(self._progressed)
        task.finished.connect(partial(self._ended, done))
        task.failed.connect(partial(self._ended, failed or self._failed))
        task.cancelled.connect(self._cancelled)
        self.working.emit(words, 0, 0)

    def _progressed(self, done: int, total: int) -> None:
        self.working.emit(self._words, done, total)

    def _ended(self, then: Callable[[Any], None], value: Any) -> None:
        self._task = None
        self._session.held = ""
        self.worked.emit()
        then(value)

    def _cancelled(self) -> None:
        self._task = None
        self._session.held = ""
        self.worked.emit()
        self._session.tell(message("Stopped. Nothing of it was kept."))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            tell(self._window, error)
        else:
            Trouble(str(error), self._window).exec()


def _needs_name(project: Project) -> bool:
    """Say whether one works in a project under one's own name: a sample has its Anna, and a packet says whose it is."""
    return not project.is_sample and not project.packet


def _packets() -> str:
    return _("Packets") + f" (*{packets.SUFFIX})"


def _file_stem(words: str, otherwise: str) -> str:
    """Return words as the name of a file on any system."""
    return re.sub(r"[^\w. -]+", " ", words)[:80].strip(" .") or otherwise


def _reached(folder: Path) -> bool:
    """Say whether a folder is there; one on a disk that went away is not."""
    try:
        return folder.is_dir()
    except OSError:
        return False
