"""Before an import: what comes in and what does not, whose layer it becomes, and labels that the scheme lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange import work
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.looking import Look, encoded
from rubricator.formats.base import Loss
from rubricator.formats.reading import Outcome
from rubricator.project import Project
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.ahead import Ahead
from rubricator_gui.dialogs.cases import CaseTree
from rubricator_gui.dialogs.encoding import EncodingBox
from rubricator_gui.dialogs.labelmatch import LabelMatch, counted
from rubricator_gui.dialogs.owner import OwnerBox
from rubricator_gui.hints import whole
from rubricator_gui.panels.plain import plain_label, warning_label
from rubricator_gui.wording import isolated

_NAMES = 8
"""Names that stand in a line."""

_ROWS = 8
"""Rows that a list has room for, if it has so many; it scrolls beyond."""


class ImportDialog(QDialog):
    """Shows what an import would do; `options` says how it is to be done."""

    def __init__(self, project: Project, paths: Sequence[Path], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importDialog")
        self.setWindowTitle(_("Import"))
        self._project = project
        self._paths = list(paths)
        self._look = look
        self._ahead = Ahead(self)
        self._ahead.known.connect(self._show)
        self._ahead.failed.connect(self._failed)
        u = theme.unit()
        self.head = plain_label(kind="title")
        self.head.setWordWrap(True)
        self.trouble = warning_label("row")
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(4 * u)
        self.facts.setVerticalSpacing(u)
        people = [one for one in project.rows.annotators() if one.id != project.me.annotator]
        self.owner = OwnerBox(project.me, people)
        self.encoding = EncodingBox(look.guesses)
        self.encoding.changed.connect(self._look_again)
        self.labels = LabelMatch()
        self.labels.decided.connect(self._count_labels)
        self._labels_head = plain_label(kind="strong")
        self._labels_count = plain_label(kind="note", muted=True)
        self.add_all = parts.wire(QPushButton(_("&Add all")), self.labels.add_all)
        self.cases = CaseTree(_("What to know of it"))
        self._cases_head = plain_label(_("What to know of it"), kind="strong")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Looking again"))
        buttons, self.go = parts.choice(self, _("Import"))
        self._labels_part = self._labels_column()
        self._cases_part = _part(self._cases_head, self.cases)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4 * u)
        column.addWidget(self.head)
        column.addWidget(self.trouble)
        column.addLayout(self.facts)
        column.addWidget(self.owner)
        column.addLayout(self._sides(), 1)
        column.addStretch()
        self._scroll = QScrollArea()  # where the window is too low for all of it
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(body)
        whole = parts.column(self)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.busy)
        whole.addWidget(buttons)
        self.setTabOrder(self.add_all, self.labels)
        self.setTabOrder(self.labels, self.cases)
        self._show(look)
        room = body.sizeHint().height() + buttons.sizeHint().height() + 16 * u
        both = not self.encoding.isHidden() and not self._lists.isHidden()
        width, height = (230 if both else 160) * u, max(60 * u, room)
        if parent is not None:  # beyond its window it scrolls
            width, height = min(width, parent.window().width()), min(height, parent.window().height())
        theme.size(self, width, height)
        QTimer.singleShot(0, self.go, self.go.setFocus)

    def _sides(self) -> QHBoxLayout:
        """Lay out the preview beside the lists: below each other they are higher than a small window."""
        u = theme.unit()
        self._lists = QWidget()
        lists = QVBoxLayout(self._lists)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(4 * u)
        lists.addWidget(self._labels_part, 3)
        lists.addWidget(self._cases_part, 2)
        sides = QHBoxLayout()
        sides.setSpacing(6 * u)
        sides.addWidget(self.encoding, 2)
        sides.addWidget(self._lists, 3)
        return sides

    @property
    def options(self) -> ImportOptions:
        """How the import is to be done, as it was chosen."""
        fates = self.labels.fates
        mapped = {name: fate.to for name, fate in fates.items() if fate.kind != "add"}
        adds = any(fate.kind == "add" for fate in fates.values())
        options = replace(self._reading(), labels=mapped, annotator=self.owner.annotator)
        return replace(options, new_labels="add") if adds else options

    def _reading(self) -> ImportOptions:
        guesses = self._look.guesses
        return encoded(ImportOptions(), guesses, self.encoding.encoding) if guesses else ImportOptions()

    def done(self, result: int) -> None:
        """Wait for nothing any more."""
        self._ahead.stop()
        super().done(result)

    # --- looking again ---------------------------------------------------------------------------------------------

    def _look_again(self) -> None:
        """Have all read again with the encoding that was chosen now."""
        if self.encoding.reads:
            options = replace(self._reading(), dry_run=True)
            self._ahead.ask(work.look_work, (self._project.path, self._project.me, self._paths, options))
        else:
            self._ahead.stop()
        self._fit()

    def _failed(self, error: Exception) -> None:
        words = whole(error) if isinstance(error, UserError) else str(error)
        self.trouble.setText(words)
        self.trouble.show()
        self._fit(fits=False)

    # --- showing ---------------------------------------------------------------------------------------------------

    def _show(self, look: Look) -> None:
        report = look.report
        self.trouble.setText(whole(look.trouble) if look.trouble else "")
        self.trouble.setVisible(bool(look.trouble))
        self.head.setText(say(_headline(report)))
        self.head.setVisible(not look.trouble)
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for name, words in _facts(report):
            value = plain_label(words)
            value.setWordWrap(True)
            self.facts.addRow(plain_label(name, muted=True), value)
        self.owner.tell(report.layers)
        self.encoding.setVisible(bool(look.guesses))
        self.labels.tell(report.unknown, report.found, self._project.scheme.labels)
        n = len(report.unknown)
        self._labels_head.setText(say(plural("{n} label is not in the scheme", "{n} labels are not in the scheme", n)))
        self._labels_part.setVisible(n > 0)
        _have_room(self.labels, n)
        self._count_labels()
        told = list(_told(report))
        self.cases.tell(told)
        self._cases_part.setVisible(bool(told))
        self._lists.setVisible(bool(n or told))
        _have_room(self.cases, sum(1 + len(losses) for _heading, losses in told))
        self._fit(fits=not look.trouble)

    def _fit(self, *, fits: bool = True) -> None:
        self.busy.setVisible(self._ahead.asked)
        self.go.setEnabled(fits and not self._ahead.asked and (self.encoding.isHidden() or self.encoding.reads))

    def _count_labels(self) -> None:
        self._labels_count.setText(counted(self.labels.fates))

    def _labels_column(self) -> QWidget:
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._labels_head)
        words.addWidget(self._labels_count)
        line.addLayout(words, 1)
        line.addWidget(self.add_all)
        return _part(head, self.labels)


def _part(head: QWidget, main: QWidget) -> QWidget:
    """Return a heading with what it is about."""
    u = theme.unit()
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(u)
    head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    column.addWidget(head)
    column.addWidget(main, 1)
    column.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)  # no higher than its list can be
    return whole


def _have_room(tree: QTreeWidget, rows: int) -> None:
    """Give a list the height of its rows, within reason; few of them leave the rest of the room to others."""
    row = tree.sizeHintForRow(0)
    head = 0 if tree.isHeaderHidden() else tree.header().sizeHint().height()
    frame = 2 * tree.frameWidth()
    tree.setMinimumHeight(head + frame + row * min(_ROWS, max(2, rows)))
    if not tree.rootIsDecorated():  # nothing opens in it
        tree.setMaximumHeight(max(tree.minimumHeight(), head + frame + row * rows))


def _headline(report: ImportReport) -> Message:
    if report.articles or not report.known:
        return plural("{n} article comes in", "{n} articles come in", report.articles)
    return plural("No new article: {n} is here already", "No new articles: {n} are here already", report.known)


def _facts(report: ImportReport) -> Iterator[tuple[str, str]]:
    """Yield what the files hold: what it is, and how much of it."""
    files = [f"{formats.spec(key).title} ({n:,})" for key, n in report.files.most_common()]
    if files:
        yield _("Files"), ", ".join(files)
    more = []
    if report.known and report.articles:
        more.append(plural("{n} more is here already", "{n} more are here already", report.known))
    if report.repeated:
        one, many = "{n} more has the text of another of them", "{n} more have the texts of others of them"
        more.append(plural(one, many, report.repeated))
    if report.versions:
        one, many = "{n} tells a story in another version", "{n} tell a story in another version"
        more.append(plural(one, many, report.versions))
    if more:
        yield _("Articles"), ", ".join(map(say, more))
    kinds = (
        (report.annotations, "{n} annotation", "{n} annotations"),
        (report.relations, "{n} relation", "{n} relations"),
        (report.topics, "{n} topic tag", "{n} topic tags"),
    )
    held = [say(plural(one, many, n)).replace(str(n), f"{n:,}", 1) for n, one, many in kinds if n]
    if held:
        yield _("They hold"), ", ".join(held)
    if report.known and report.annotations:
        counts = {"new": f"{report.added:,}", "changed": f"{report.changed:,}"}
        yield _("In articles that are here"), say(message("annotations new: {new}, changed: {changed}", **counts))
    if report.layers:
        yield _("Layers of"), _listed([f"{isolated(name)} ({n:,})" for name, n in report.layers.most_common()])
    if report.entities:
        yield _("Entities"), say(plural("{n} joins the list", "{n} join the list", report.entities))
    if report.scheme:
        name, n = report.scheme
        words = plural("that of the files ({n} label)", "that of the files ({n} labels)", n)
        yield _("Scheme"), f"{name}: {say(words)}" if name else say(words)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMES])
    more = len(names) - _NAMES
    return say(message("{names} and {n} more", names=shown, n=more)) if more > 0 else shown


_OUTCOMES: tuple[tuple[Outcome, str], ...] = (
    ("refused", "Left out"),
    ("repaired", "Read in another way than it is written"),
    ("kept", "Stays as it was changed here"),
    ("unheld", "Left alone, or without a place in Rubricator"),
    ("noted", "Comes in as it is; worth a look"),
)


def _told(report: ImportReport) -> Iterator[tuple[str, list[Loss]]]:
    """Yield what is not taken as it stands, or is worth a look, the gravest first."""
    for outcome, words in _OUTCOMES:
        losses = report.of(outcome)
        if outcome == "repaired" and report.notes:
            losses.append(_notes(report))
        if outcome == "noted" and report.uneven:
            losses.append(_uneven(report))
        if losses:
            yield _(words), losses


def _notes(report: ImportReport) -> Loss:
    """Return what was changed in reading: what the notes of the texts say."""
    lines = tuple(f"{where}: {say(note)}" for where, note in report.notes)
    n = len(lines)
    return Loss("note", plural("{n} note on reading a text", "{n} notes on reading texts", n), n, lines)


def _uneven(report: ImportReport) -> Loss:
    """Return the spans that are kept as they are."""
    one = "{n} span begins or ends with white space or inside a character, and is kept so"
    many = "{n} spans begin or end with white space or inside a character, and are kept so"
    return Loss("uneven", plural(one, many, report.uneven), report.uneven)
