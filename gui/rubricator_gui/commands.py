"""What the menus do with files: make and open projects, import and export them, put them on paper."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import delete

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange import work
from rubricator.exchange.export_report import ExportReport
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.looking import Look
from rubricator.exchange.outgoing import check_folder
from rubricator.exchange.sample import sample_project
from rubricator.exchange.schemes import with_topics
from rubricator.hub import packets
from rubricator.model.layer_edits import remove_article
from rubricator.model.spans import Article
from rubricator.project import SUFFIX, Finding, Project
from rubricator.settings import folder
from rubricator.words import Message, _, message, say
from rubricator_gui.background import Background, beside, file_stem, import_holds
from rubricator_gui.dialogs import ask
from rubricator_gui.dialogs.exporting import ExportDialog
from rubricator_gui.dialogs.trouble import tell
from rubricator_gui.listhands import ListHands
from rubricator_gui.packethands import PacketHands
from rubricator_gui.session import Session
from rubricator_gui.tasks import Task
from rubricator_gui.wording import short_path

if TYPE_CHECKING:
    from rubricator_gui.reader.sheet import Sheet

log = logging.getLogger(__name__)

_IMPORTED = "import_folder"
_LOOK_OVER_AFTER = 2_000
"""Milliseconds after opening: the first paint and the first edits come before the check."""


class Commands(QObject):
    """The hands of the file menu."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.work = Background(session, window)
        self.lists = ListHands(session, self.work, window)
        self.packets = PacketHands(session, self.work, self.open_path, window)
        self._checking: Task | None = None
        self._before = ""
        """What undo would have taken back before the import that is under way."""

    # --- projects -------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Make a project as the person says, and open it."""
        if self.work.busy():
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
        if self.work.busy():
            return
        both = _("Projects and packets") + f" (*{SUFFIX} *{packets.SUFFIX})"
        last = next(iter(self._session.memory.recent()), None)
        path = ask.open_file(self._window, _("Open project"), both, last.parent if last else None)
        if path is not None and packets.is_packet(path):
            self.packets.open(path)
        elif path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a project; the first time, ask who works here (in a sample one is its Anna, and not asked)."""
        if self.work.busy():  # what is under way goes on in the project that it was begun in
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

    def end(self) -> None:
        """Stop all work and wait until it has let go of the project: the window closes."""
        self.work.end()
        if self._checking is not None:
            self._checking.end()

    def _check_cancelled(self) -> None:
        self._checking = None

    def _not_looked_over(self, error: Exception) -> None:
        self._checking = None
        log.info("the check at open did not end: %s", error)

    def sample(self) -> None:
        """Open the sample project; one acts as its Anna, so no name is asked."""
        if self.work.busy():
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
        if self.work.busy():
            return
        if self.introduce(again=True):
            self._session.take_name()

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
        if not paths or self.work.busy():
            return
        project = self._session.ready
        arguments = (project.path, project.me, list(paths), ImportOptions())
        self._import(list(paths), work.look_work, arguments, partial(self._looked_at, list(paths)))

    def _import(
        self, paths: list[Path], job: Callable[..., Any], arguments: tuple[Any, ...], done: Callable[[Any], None]
    ) -> None:
        self._before = self._last_step()
        words = _("Importing {file}").format(file=paths[0].name)
        self.work.run(words, job, arguments, done, holds=import_holds())

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
        if self.work.busy():
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
            stem = file_stem(f"{stem}-{project.snapshot_called(options.snapshot).name}", stem)
        suggestion = beside(self._session, f"{stem}{suffix}")
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
            self.work.run(words, work.export_work, (project.path, project.me, out, options), then)

    def _exported(self, out: Path, report: ExportReport) -> None:
        self._session.tell(f"{short_path(out.absolute())}: {say(report.lines()[0])}")

    def take_snapshot(self) -> None:
        """Ask for the name of a snapshot of the present state."""
        self.show_snapshots(takes=True)

    def show_snapshots(self, *, takes: bool = False) -> None:
        """Show the snapshots, to take one, to export one again, to delete one."""
        if self.work.busy():
            return
        from rubricator_gui.dialogs.snapshots import SnapshotDialog

        dialog = SnapshotDialog(self._session, self._window, takes=takes)
        dialog.exec()
        wanted = dialog.wanted
        dialog.deleteLater()
        if wanted is not None:
            self.export(wanted.id)

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Take in what was dropped on the window: packets and projects as work, anything else as articles."""
        work_of_others = [path for path in paths if path.suffix.lower() in (packets.SUFFIX, SUFFIX)]
        if work_of_others:
            self.packets.take_in(work_of_others)
        else:
            self.import_paths(paths)

    def remove_article(self, article: Article) -> None:
        """Take an article out of the project; undo brings it back, so nobody is asked."""
        session = self._session
        session.run(session.ready.apply(remove_article(article)))
        session.tell(message("Took “{title}” out.", title=article.title), undo=True)

    # --- paper ----------------------------------------------------------------------------------------------------

    def print_article(self, reader: Sheet) -> None:
        """Print the article shown on the printer that the person chooses."""
        if self.work.busy():
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from rubricator_gui.paper import Print, title_of
        from rubricator_gui.reader.pdf import set_margins

        title = title_of(self._session)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_margins(printer)
        printer.setDocName(title)
        dialog = QPrintDialog(printer, self._window)
        wanted = bool(dialog.exec())
        delete(dialog)  # at once: it knows the printer, which goes with this call
        if wanted:
            done = partial(self._on_paper, message("Printed “{title}”.", title=title))
            self.work.watch(_("Printing"), Print(self._session, reader, printer, self.work), done)

    def save_pdf(self, reader: Sheet) -> None:
        """Save the article shown as PDF where the person says."""
        if self.work.busy():
            return
        from rubricator_gui.paper import Pdf, title_of

        title = title_of(self._session)
        name = file_stem(title, "article")
        path = ask.save_file(
            self._window, _("Save the article as PDF"), beside(self._session, f"{name}.pdf"), "PDF (*.pdf)", ".pdf"
        )
        if path is not None:
            done = partial(self._on_paper, message("Saved “{title}” as {file}.", title=title, file=path.name))
            self.work.watch(_("Saving as PDF"), Pdf(self._session, reader, path, self.work), done)

    def _on_paper(self, words: Message, _nothing: object) -> None:
        self._session.tell(words)


def _needs_name(project: Project) -> bool:
    """Say whether one works in a project under one's own name: a sample has its Anna, and a packet says whose it is."""
    return not project.is_sample and not project.packet


def _reached(folder: Path) -> bool:
    """Say whether a folder is there; one on a disk that went away is not."""
    try:
        return folder.is_dir()
    except OSError:
        return False
