"""What the menus do with packets: made for somebody, opened, and taken in with the work that was done in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from rubricator.hub import packets
from rubricator.hub import work as packing
from rubricator.project import SUFFIX
from rubricator.words import _, plural
from rubricator_gui.background import Background, beside, file_stem
from rubricator_gui.dialogs import ask
from rubricator_gui.session import Session

if TYPE_CHECKING:
    from rubricator.hub.merging import Merged, Plan


class PacketHands:
    """Makes, opens and takes them in; `opened` is called with the project that was made of one."""

    def __init__(self, session: Session, work: Background, opened: Callable[[Path], None], window: QWidget) -> None:
        self._session, self._work, self._opened, self._window = session, work, opened, window

    def make(self) -> None:
        """Write what one annotator needs into a file."""
        if self._work.busy():
            return
        from rubricator_gui.dialogs.packets import PackDialog

        project = self._session.ready
        dialog = PackDialog(project, self._window)
        wanted, name, how = dialog.exec() == QDialog.DialogCode.Accepted, dialog.name, dialog.how
        dialog.deleteLater()
        if not wanted:
            return
        suggestion = beside(self._session, file_stem(f"{project.path.stem}-{name}", "packet") + packets.SUFFIX)
        out = ask.save_file(self._window, _("Make a packet"), suggestion, _packets(), packets.SUFFIX)
        if out is not None:
            words = _("Writing {file}").format(file=out.name)
            arguments = (project.path, project.me, out, name, *how)
            self._work.run(words, packing.pack_work, arguments, partial(self._packed, out, name))

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

    def open(self, packet: Path) -> None:
        """Make a project of a packet where the person says, and open it."""
        if self._work.busy():
            return
        name = str(packet.absolute().with_suffix(SUFFIX))
        out = ask.save_file(self._window, _("Keep the work of this packet in"), name, _projects(), SUFFIX)
        if out is not None:
            words = _("Opening {file}").format(file=packet.name)
            arguments = (packet, out, self._session.settings.me().device)
            self._work.run(words, packing.open_packet_work, arguments, self._opened)

    def take_work_in(self) -> None:
        """Take in packets and projects that the person chooses."""
        both = _("Packets and projects") + f" (*{packets.SUFFIX} *{SUFFIX})"
        self.take_in(ask.open_files(self._window, _("Take work in"), both))

    def take_in(self, paths: Sequence[Path]) -> None:
        """Tell what packets and projects bring, and take it in once that is agreed to."""
        if not paths or self._work.busy():
            return
        project = self._session.ready
        words = _("Reading {file}").format(file=paths[0].name)
        then = partial(self._planned, list(paths))
        self._work.run(words, packing.plan_work, (project.path, project.me, list(paths)), then)

    def _planned(self, paths: list[Path], plans: list[Plan]) -> None:
        from rubricator_gui.dialogs.packets import MergeDialog

        dialog = MergeDialog(plans, self._window)
        wanted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if wanted:
            project = self._session.ready
            holds = _("Work is being taken in: wait until that has ended, or cancel it.")
            words = _("Taking {file} in").format(file=paths[0].name)
            arguments = (project.path, project.me, paths, plans)
            self._work.run(words, packing.merge_work, arguments, self._merged, holds=holds)

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


def _projects() -> str:
    return _("Rubricator projects") + f" (*{SUFFIX})"


def _packets() -> str:
    return _("Packets") + f" (*{packets.SUFFIX})"
