"""Small questions: which file, which folder, what is your name, shall this be done. Each returns a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QMessageBox, QWidget

from rubricator import formats
from rubricator.errors import UserError
from rubricator.words import Message, _, message, plural, say
from rubricator_gui.dialogs import files
from rubricator_gui.dialogs.note import NoteDialog
from rubricator_gui.dialogs.trouble import tell


def open_file(parent: QWidget, title: str, pattern: str, folder: Path | None = None) -> Path | None:
    """Ask for a file that is there, first in this folder."""
    found = files.chosen(parent, title, pattern, QFileDialog.FileMode.ExistingFile, folder=folder)
    return next(map(Path, found), None)


def open_files(parent: QWidget, title: str, pattern: str, folder: Path | None = None) -> list[Path]:
    """Ask for files that are there, first in this folder."""
    return list(map(Path, files.chosen(parent, title, pattern, QFileDialog.FileMode.ExistingFiles, folder=folder)))


def _anything(_path: Path) -> None:
    """Take any file."""


def save_file(
    parent: QWidget,
    title: str,
    suggestion: str,
    pattern: str,
    suffix: str = "",
    check: Callable[[Path], None] = _anything,
) -> Path | None:
    """Ask where to write a file; Qt has asked already whether to replace one that is there.

    What `check` refuses (UserError) is told, and asked for again.
    """
    names = files.chosen(parent, title, pattern, QFileDialog.FileMode.AnyFile, suggestion, saves=True)
    if not names:
        return None
    path = Path(names[0])
    try:
        check(path)
    except UserError as error:
        tell(parent, error)
        return save_file(parent, title, str(formats.with_ending(path, suffix)), pattern, suffix, check)
    if path.suffix or not suffix:
        return path
    path = path.with_name(path.name + suffix)
    if path.exists():  # Qt asked about the name without the suffix
        question = message("{file} is there already.", file=path.name)
        if not confirm(parent, question, message("Replace it?"), _("Replace")):
            return None
    return path


def save_folder(parent: QWidget, title: str, suggestion: Path, replaced: Callable[[Path], int]) -> Path | None:
    """Ask into which folder to write; `replaced` says how many files there would go, or refuses it (UserError)."""
    return files.chosen_folder(parent, title, suggestion, partial(_may_go_there, replaced))


def _may_go_there(replaced: Callable[[Path], int], dialog: QWidget, out: Path) -> bool:
    try:
        n = replaced(out)
    except UserError as error:
        tell(dialog, error)
        return False
    question = message("{file} is there already.", file=out.name)
    more = plural("Replace its {n} file, of an earlier export?", "Replace its {n} files, of an earlier export?", n)
    return not n or confirm(dialog, question, more, _("Replace"))


def name(parent: QWidget, suggestion: str) -> str | None:
    """Ask for the person's name; empty where they would rather not say, None where they went back."""
    words = _("Your name stands beside your work in every project. What is it?")
    found, told = QInputDialog.getText(parent, _("Who are you?"), words, text=suggestion)
    return found.strip() if told else None


def note(parent: QWidget, title: str, question: str, written: str) -> str | None:
    """Ask for a note of some lines; None where the person would rather not change it."""
    dialog = NoteDialog(title, question, written, parent)
    told = dialog.exec()
    dialog.deleteLater()
    return dialog.field.toPlainText().strip() if told else None


def one_of(parent: QWidget, title: str, question: str, choices: list[str]) -> str:
    """Ask for one of several; empty where none was taken."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setComboBoxItems(choices)
    for label in dialog.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)  # the name of a file may look like markup
    return dialog.textValue() if dialog.exec() else ""


def confirm(parent: QWidget, question: Message | str, more: Message | str, verb: str) -> bool:
    """Ask before something that undo cannot take back, or that needs a choice; `verb` stands on the button."""
    return either(parent, question, more, (verb,)) is not None


def either(parent: QWidget, question: Message | str, more: Message | str, verbs: Sequence[str]) -> int | None:
    """Ask which of a few things shall be done, the first by default; None where none of them."""
    box = QMessageBox(QMessageBox.Icon.Question, "Rubricator", say(question), parent=parent)
    box.setObjectName("confirm")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(say(more))
    buttons = [box.addButton(verb, QMessageBox.ButtonRole.AcceptRole) for verb in verbs]
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(buttons[0])
    box.exec()
    return next((n for n, button in enumerate(buttons) if box.clickedButton() is button), None)
