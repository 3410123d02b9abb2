"""The file dialog; it never reads the files that it lists.

Qt's own dialog opens every file to see its kind. Closing the open project so would drop the locks of this process on it
(POSIX), the next program that reads the project would take its write-ahead log away, and all later work would be lost.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget


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
    if saves:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if suggestion:
        dialog.selectFile(suggestion)
    found = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return found
