"""Texts of the scheme that name a label which is gone: told while there are some, and gone to one after the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from rubricator.model.scheme_texts import Called, still_called
from rubricator.model.text import Units
from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.dialogs.guideline_words import gone_words
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.dialogs.scheme.fields import button, kept_line, tell_in_line
from rubricator_gui.session import Session


class Leftover(QWidget):
    """A line that says which texts of the draft they are, with a button that goes to the next place."""

    wanted = Signal(object)
    """A place (Called) is to be shown."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._found: list[Called] = []
        self._shown: Called | None = None
        self._at = 0
        self.line = kept_line("goneLabels")
        self.go = button(_("Show"), "showGone")
        self.go.setToolTip(_("Go to the words, and on to the next ones"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.unit())
        row.addWidget(self.line, 1)
        row.addWidget(self.go)
        self.go.clicked.connect(self._go)
        draft.changed.connect(self._look)
        self._look()

    def _look(self, *_was: object) -> None:
        scheme, base = self._draft.scheme, self._draft.base
        gone = self._session.ready.rows.labels_gone()
        for one in base.labels:
            if one.name not in scheme.by_name:
                gone |= {one.name, one.title}
        self._found = still_called(scheme, gone)
        tell_in_line(self.line, gone_words(self._found), "warn")
        self.go.setAccessibleDescription(self.line.text())
        self.setVisible(bool(self._found))

    def _go(self) -> None:
        if not self._found:
            return
        if self._shown in self._found:  # else it was mended, and the next one has its turn
            self._at = self._found.index(self._shown) + 1
        self._at %= len(self._found)
        self._shown = self._found[self._at]
        self.wanted.emit(self._shown)


def choose_words(field: QPlainTextEdit, start: int, end: int) -> None:
    """Select words of a field (code points), and have them seen."""
    to_qt = Units(field.toPlainText(), "utf16").from_codepoint
    cursor = field.textCursor()
    cursor.setPosition(to_qt(start))
    cursor.setPosition(to_qt(end), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
    field.setFocus()
    field.ensureCursorVisible()
