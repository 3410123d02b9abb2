"""Which encoding files are read with that do not say it, and how they would read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QPlainTextEdit, QVBoxLayout, QWidget

from rubricator.errors import UserError
from rubricator.exchange.looking import Guess
from rubricator.model.text import decode
from rubricator.words import _, plural, say
from rubricator_gui import theme
from rubricator_gui.panels.plain import plain_label

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
_MOST = 200
"""Files that can be looked at: whether an encoding is right shows in a few."""


class EncodingBox(QWidget):
    """Shows how the guessed files would read; one encoding is chosen for all of them."""

    changed = Signal()

    def __init__(self, guesses: Sequence[Guess], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        u = theme.unit()
        self._guesses = guesses
        self.reads = True
        """Whether the file that is shown can be read with the encoding that was chosen."""
        n = len(guesses)
        head = plain_label(
            say(
                plural(
                    "{n} file is not UTF-8. Does the text below read well?",
                    "{n} files are not UTF-8. Does the text below read well?",
                    n,
                )
            ),
            kind="strong",
        )
        head.setWordWrap(True)
        self.choice = QComboBox()
        self.choice.setEditable(True)
        self.choice.setAccessibleName(_("Encoding"))
        field = self.choice.lineEdit()
        if field is not None:
            field.setAccessibleName(_("Encoding"))
        self.choice.addItems(list(dict.fromkeys([*(guess.encoding for guess in guesses), *ENCODINGS])))
        self.file = QComboBox()
        self.file.setAccessibleName(_("File"))
        self.file.addItems([guess.path.name for guess in guesses[:_MOST]])
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(_("Preview"))
        self.preview.setFont(theme.text_font())
        self.preview.setMinimumHeight(26 * u)
        form = QFormLayout()
        form.setSpacing(u)
        form.addRow(_("Encoding"), self.choice)
        form.addRow(_("File"), self.file)
        form.setRowVisible(self.file, n > 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u)
        column.addWidget(head)
        column.addLayout(form)
        column.addWidget(self.preview, 1)
        self._show()
        self.choice.currentTextChanged.connect(self._change)
        self.file.currentIndexChanged.connect(self._show)

    @property
    def encoding(self) -> str:
        """The encoding that was chosen."""
        return self.choice.currentText().strip()

    def _change(self, _encoding: str) -> None:
        self._show()
        self.changed.emit()

    def _show(self, _index: int = 0) -> None:
        if not self._guesses:
            return
        guess = self._guesses[max(0, self.file.currentIndex())]
        try:
            text = decode(guess.head, guess.path.name, self.encoding).text
        except UserError as error:
            self.preview.setPlainText(say(error.text))
            self.reads = False
        else:
            self.preview.setPlainText(text[:_SHOWN])
            self.reads = True
