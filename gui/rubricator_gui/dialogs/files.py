"""The file dialog; it never reads the files that it lists.

Qt's own dialog opens every file to see its kind. Closing the open project so would drop the locks of this process on it
(POSIX), the next program that reads the project would take its write-ahead log away, and all later work would be lost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDir, QEvent, QFileInfo, QObject
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFileIconProvider,
    QLabel,
    QLineEdit,
    QWidget,
)

from rubricator.words import _

_Part = TypeVar("_Part", bound=QWidget)


class NamesOnly(QFileIconProvider):
    """Tells kinds and icons by the name alone."""

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """Return the icon of a folder or of a file."""
        if not isinstance(what, QFileInfo):
            return super().icon(what)
        kind = QFileIconProvider.IconType
        return super().icon(kind.Folder if what.isDir() else kind.File)

    def type(self, info: QFileInfo) -> str:
        """Return Qt's word for a folder, the suffix of a file: Qt lists no folder of a kind without a name."""
        return super().type(info) if info.isDir() else info.suffix()


@cache
def _names_only() -> NamesOnly:
    return NamesOnly()  # Qt does not keep it


def typed_path(words: str) -> Path:
    """Return the path that a person means: a ~ is their home, or somebody's that there is."""
    path = Path(words.strip())
    try:
        return path.expanduser()
    except RuntimeError:  # there is nobody of that name
        return path


_PATTERN_MOST = 100
"""Characters of a list of file types up to which the endings are shown."""


def chosen(
    parent: QWidget,
    title: str,
    pattern: str,
    mode: QFileDialog.FileMode,
    suggestion: str = "",
    *,
    folder: Path | None = None,
    saves: bool = False,
) -> list[str]:
    """Ask for files, by default where one was asked last; nothing where the person would rather not say."""
    dialog = QFileDialog(parent, title, str(folder or ""), pattern)
    dialog.setIconProvider(_names_only())
    dialog.setFileMode(mode)
    # Thirty endings have no room: the words before them say what they are.
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails, len(pattern) > _PATTERN_MOST)
    if saves:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if suggestion:
        dialog.selectFile(suggestion)
    found = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return found


class FolderDialog(QFileDialog):
    """Asks for a folder to write, new or not: a name in the field is that folder, and no name is the one shown.

    Qt's own dialog walks into a folder that is there, with its name still in the field: the next Enter would write
    one of the same name inside it. Double-click walks in; `fits` says (and tells why not) whether a folder may be
    taken.
    """

    def __init__(self, title: str, suggestion: Path, fits: Callable[[QWidget, Path], bool], parent: QWidget) -> None:
        super().__init__(parent, title, str(suggestion.parent), _("Folder") + " (*)")
        self._fits = fits
        self._name = suggestion.name
        self.setIconProvider(_names_only())
        self.setFileMode(QFileDialog.FileMode.AnyFile)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.selectFile(suggestion.name)
        self._field = self._part(QLineEdit, "fileNameEdit")
        self._field.setPlaceholderText(_("The folder that is shown"))
        self._save = self._part(QDialogButtonBox, "buttonBox").button(QDialogButtonBox.StandardButton.Save)
        self._field.textEdited.connect(self._named)
        self._field.textChanged.connect(self._enable)
        self.currentChanged.connect(self._current)
        self.directoryEntered.connect(self._entered)
        self._save.installEventFilter(self)
        self._enable()
        self.setLabelText(QFileDialog.DialogLabel.FileName, _("Folder:"))
        for kind, name in ((QLabel, "fileTypeLabel"), (QComboBox, "fileTypeCombo")):
            self._part(kind, name).hide()  # there is one kind

    def _part(self, kind: type[_Part], name: str) -> _Part:
        found: _Part | None = self.findChild(kind, name)
        assert found is not None, "Qt names the parts of its dialog"
        return found

    @property
    def folder(self) -> Path:
        """The folder that is named."""
        name = typed_path(self._field.text())
        return Path(QDir.cleanPath(self.directory().absoluteFilePath(str(name))))

    def accept(self) -> None:
        """Take the folder that is named, if it may be; never walk into it."""
        if self._fits(self, self.folder):
            QDialog.accept(self)

    def _named(self, name: str) -> None:
        self._name = name

    def _current(self, path: str) -> None:
        """Name the folder that was chosen in the list."""
        if Path(path).is_dir():
            self._field.setText(Path(path).name)

    def _entered(self, path: str) -> None:
        """Mean the folder that was walked into where it is empty, or of that name already; else one in it."""
        entered = Path(path)
        self._field.setText("" if entered.name == self._name or _is_empty(entered) else self._name)
        self._enable()

    def _enable(self, _words: str = "") -> None:
        """Have the button say what it does: Qt would have it open a folder that is named."""
        self.setLabelText(QFileDialog.DialogLabel.Accept, _("Save"))
        self._save.setEnabled(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the button pressed at any time: Qt greys it where no name is given."""
        if event.type() == QEvent.Type.EnabledChange and watched is self._save:
            self._save.setEnabled(True)
        return super().eventFilter(watched, event)


def _is_empty(folder: Path) -> bool:
    try:
        return next(folder.iterdir(), None) is None
    except OSError:  # it may not be read
        return False


def chosen_folder(parent: QWidget, title: str, suggestion: Path, fits: Callable[[QWidget, Path], bool]) -> Path | None:
    """Ask for a folder to write, until one `fits`; None where the person would rather not say."""
    dialog = FolderDialog(title, suggestion, fits, parent)
    found = dialog.folder if dialog.exec() else None
    dialog.deleteLater()
    return found
