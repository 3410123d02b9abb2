"""Before an import: which encoding was guessed, with the words as they would read; and labels that the scheme lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from rubricator.errors import UserError
from rubricator.model.text import decode
from rubricator.words import _, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts

ENCODINGS = (
    "windows-1252",
    "iso-8859-15",
    "windows-1250",
    "windows-1251",
    "koi8-r",
    "windows-1256",
    "utf-16",
    "gb18030",
)
_SHOWN = 4_000


@dataclass(frozen=True)
class Guess:
    """A file whose encoding is a guess: its name, the guess, and its first bytes."""

    name: str
    encoding: str
    head: bytes


class EncodingDialog(QDialog):
    """Shows how guessed files would read, and lets the encoding be changed."""

    def __init__(self, guesses: Sequence[Guess], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("encodingDialog")
        self.setWindowTitle(_("Which encoding?"))
        self._guess = guesses[0]
        u = theme.unit()
        names = ", ".join(guess.name for guess in guesses[:5]) + (" …" if len(guesses) > 5 else "")
        words = QLabel(_("{names}: not UTF-8. Does the text below read well?").format(names=names))
        words.setTextFormat(words.textFormat().PlainText)
        words.setWordWrap(True)
        self.choice = QComboBox()
        self.choice.setEditable(True)
        self.choice.setAccessibleName(_("Encoding"))
        self.choice.addItems(list(dict.fromkeys([self._guess.encoding, *ENCODINGS])))
        self.choice.currentTextChanged.connect(self._show)
        form = QFormLayout()
        form.addRow(_("Encoding"), self.choice)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(_("Preview"))
        self.preview.setFont(theme.text_font())
        self.preview.setMinimumSize(120 * u, 60 * u)
        buttons, self._yes = parts.choice(self, _("Import"))
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addWidget(self.preview, 1)
        layout.addWidget(buttons)
        self._show()

    @property
    def encoding(self) -> str:
        """The encoding that was chosen."""
        return self.choice.currentText().strip()

    def _show(self, _encoding: str = "") -> None:
        try:
            text = decode(self._guess.head, self._guess.name, self.encoding).text
        except UserError as error:
            self.preview.setPlainText(say(error.text))
            self._yes.setEnabled(False)
        else:
            self.preview.setPlainText(text[:_SHOWN])
            self._yes.setEnabled(True)
