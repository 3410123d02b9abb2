"""A new project: what its file is called, where it lies, and the scheme that it begins with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QStandardPaths
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from rubricator.errors import UserError
from rubricator.exchange.schemes import scheme_named
from rubricator.model.scheme import Scheme
from rubricator.project import SUFFIX
from rubricator.words import Message, _, message, say
from rubricator_gui import theme
from rubricator_gui.dialogs import files, parts
from rubricator_gui.hints import hint_of
from rubricator_gui.panels.plain import plain_label, warning_label
from rubricator_gui.panels.rows import ENTER

_SCHEMES = (
    ("news", "&News", "20 labels for news: persons, bodies, places, times, sums; names inside names (like NEREL)"),
    ("ontonotes", "&OntoNotes", "18 labels, names and numbers, as the OntoNotes corpus has them"),
    ("conll2003", "&CoNLL-2003", "4 labels: person, organization, place, other name"),
    ("empty", "&Empty", "No labels: you make your own"),
    ("", "From a &file", "A scheme that was exported before (JSON)"),
)
"""What ships with Rubricator, in the words of a person who has to choose."""


@contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make a folder and those it lies in, as far as they are not there; they go again where the rest goes wrong."""
    missing: list[Path] = []
    try:
        try:
            missing += [one for one in (folder, *folder.parents) if not one.exists()]
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = message("The folder “{folder}” could not be made: {why}.", folder=folder, why=error.strerror or error)
            raise UserError(why, message("Choose another one.")) from error
        yield
    except BaseException:
        for one in missing:
            with suppress(OSError):  # it was not made, or something lies in it by now
                one.rmdir()
        raise


class _Wanted(NamedTuple):
    """What is asked for: the file, the name of a scheme or its file, and whether somebody chose that."""

    path: Path
    scheme: str
    scheme_chosen: bool


class NewProject(QDialog):
    """Enter makes the project; Tab leads from the name over the folder to the schemes, arrows through these."""

    def __init__(self, folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("newProject")
        self.setWindowTitle(_("New project"))
        u = theme.unit()
        self.name = QLineEdit("corpus")
        self.name.setObjectName("newName")
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        there = folder or Path(documents)
        self.folder = QLineEdit(str(there if there.is_dir() else Path.home()))
        self.folder.setObjectName("newFolder")
        look = parts.wire(QPushButton(_("Choose…")), self._choose_folder)
        look.setAccessibleName(_("Choose the folder"))
        where = QHBoxLayout()
        where.setSpacing(2 * u)
        where.addWidget(self.folder, 1)
        where.addWidget(look)
        form = QFormLayout()
        form.setSpacing(2 * u)
        form.addRow(_("N&ame"), self.name)
        called = QLabel(_("Fol&der"))
        called.setBuddy(self.folder)
        form.addRow(called, where)
        self.schemes = QButtonGroup(self)
        self.scheme = Scheme()
        """What was read, once the project is to be made."""
        self._file = self._lacks = ""
        self._touched = False
        self.problem = warning_label("row")
        self.problem.setWordWrap(True)
        self.news = plain_label(kind="row", muted=True)
        """That a folder is made too, which is nothing wrong."""
        self.news.setWordWrap(True)
        buttons, self.go = parts.choice(self, _("Make the project"))
        column = parts.column(self, 3)
        column.addLayout(form)
        column.addWidget(plain_label(_("Scheme: the labels to begin with"), kind="section"))
        column.addLayout(self._offer_schemes())
        more = _("All begin with the first two levels of IPTC’s topics. Labels and topics can be changed at any time.")
        column.addWidget(plain_label(more, kind="note", muted=True))
        column.addWidget(self.problem)
        column.addWidget(self.news)
        column.addStretch(1)
        column.addWidget(buttons)
        theme.size(self, 165 * u, 100 * u)
        for field in (self.name, self.folder):
            field.setMinimumHeight(7 * u)
            field.textChanged.connect(self._check)
        self._check()
        self.name.selectAll()
        self.name.setFocus()

    def _offer_schemes(self) -> QGridLayout:
        u = theme.unit()
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * u)
        grid.setVerticalSpacing(u)
        for row, (_name, title, words) in enumerate(_SCHEMES):
            button = QRadioButton(_(title))
            button.setAccessibleDescription(_(words))
            button.setChecked(row == 0)
            self.schemes.addButton(button, row)
            about = plain_label(_(words), muted=True)
            grid.addWidget(button, row, 0)
            grid.addWidget(about, row, 1)
        self._about_file = about
        self._pick = parts.wire(QPushButton(_("Choose…")), self._choose_file)
        self._pick.setAccessibleName(_("Choose the scheme file"))
        grid.addWidget(self._pick, len(_SCHEMES) - 1, 2)
        grid.setColumnStretch(1, 1)
        self.schemes.idClicked.connect(self._taken)
        self.schemes.idToggled.connect(self._check)
        return grid

    # --- what is asked for ----------------------------------------------------------------------------------------

    @property
    def wanted(self) -> _Wanted:
        """What the person asks for; a name with a path of its own stands for itself."""
        path = files.typed_path(self.folder.text()) / files.typed_path(self.name.text())
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        name = _SCHEMES[self.schemes.checkedId()][0]
        return _Wanted(path, name or self._file, self._touched or name != "news")

    def _problem(self) -> Message | None:
        name = self.name.text().strip()
        if not name or name.endswith(("/", "\\")) or Path(name).name in {"", ".", ".."}:
            return message("Give the project a name.")
        if not self.folder.text().strip():
            return message("Choose a folder.")
        wanted = self.wanted
        if "\0" in str(wanted.path):
            return message("No file can be called so.")
        folder = wanted.path.parent
        there = next((above for above in (folder, *folder.parents) if above.exists()), folder)
        homeless = any(part.startswith("~") for part in folder.parts[len(there.parts) :])
        if not wanted.path.is_absolute() or homeless:  # nobody’s home is not made
            return message("There is no folder “{folder}”.", folder=str(folder))
        if not there.is_dir():
            return message("“{file}” is a file, and no folder.", file=str(there))
        self._lacks = "" if there == folder else str(folder)
        if self._lacks and not os.access(there, os.W_OK | os.X_OK):
            return message("No folder can be made in “{folder}”.", folder=str(there))
        if wanted.path.exists():
            return message("{file} is there already: choose another name.", file=wanted.path.name)
        if not wanted.scheme:
            return message("Choose the scheme file.")
        return None

    def _check(self, *_changed: object) -> None:
        self._lacks = ""
        try:
            problem = self._problem()
        except (OSError, ValueError, RuntimeError):  # no file can be called so; “~nobody” has no home
            problem = message("No file can be called so.")
        made = message("There is no folder “{folder}”: it is made with the project.", folder=self._lacks)
        self._tell(problem, made if self._lacks and problem is None else None)
        self.go.setEnabled(problem is None)

    def _tell(self, problem: Message | None, news: Message | None = None) -> None:
        for label, words in ((self.problem, problem), (self.news, news)):
            label.setText(say(words) if words else "")
            label.setVisible(words is not None)

    def _taken(self, _row: int) -> None:
        self._touched = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look again before Enter is refused: what was in the way may be gone."""
        if event.key() in ENTER:
            self._check()
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Look again where somebody comes back, from a window of folders say."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and not self.go.isEnabled():
            self._check()  # else what is told is no hindrance, or was said of the scheme

    def accept(self) -> None:
        """Read the scheme; where it cannot be read, say why, and keep what was typed."""
        self._check()
        if not self.go.isEnabled():
            return
        try:
            self.scheme = scheme_named(self.wanted.scheme)
        except UserError as error:
            self._tell(message("{first} {second}", first=error.text, second=hint_of(error)))
        else:
            super().accept()

    # --- hands ----------------------------------------------------------------------------------------------------

    def _choose_folder(self) -> None:
        folder = Path(self.folder.text())
        mode = QFileDialog.FileMode.Directory
        found = files.chosen(self, _("The folder of the project"), "", mode, folder=folder if folder.is_dir() else None)
        if found:
            self.folder.setText(found[0])

    def _choose_file(self) -> None:
        mode = QFileDialog.FileMode.ExistingFile
        found = files.chosen(self, _("The scheme of the project"), _("Schemes") + " (*.json)", mode)
        if found:
            self._file = found[0]
            self._about_file.setText(Path(found[0]).name)
            self.schemes.button(len(_SCHEMES) - 1).setChecked(True)
            self._check()
