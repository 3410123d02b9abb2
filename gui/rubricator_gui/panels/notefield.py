"""The field for the note of an annotation."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.panels.area import Area
from rubricator_gui.panels.rows import ENTER

EDGE = 2
"""Pixels of its edge, which is so wide with the focus."""
_BESIDE = 4
"""Pixels between the edge and the words at its side."""


class NoteField(Area):
    """A small field for a note; Enter (Ctrl+Enter too), Esc and leaving it finish, Shift+Enter breaks the line.

    Enter and Esc leave the field, where the note was written: nothing that was typed is lost, and undo takes it back.
    """

    finished = Signal()
    left = Signal()
    """Enter or Esc was pressed: the keys are wanted in the article again."""
    focus_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.written = ""
        self._spare = 0
        self.setPlaceholderText(_("Note, exported with the annotation"))
        self.setToolTip(
            _(
                "A note is exported with the annotation, in formats that have room for notes. Enter keeps it, "
                "Shift+Enter breaks the line. To ask or to tell somebody something, comment."
            )
        )
        self.setAccessibleName(_("Note on the chosen annotation"))
        self.setAccessibleDescription(_("Enter keeps it, Shift+Enter breaks the line."))
        # What is empty around the words stands outside of what scrolls: there a piece of another line would be seen.
        self.document().setDocumentMargin(0)
        self.document().clearUndoRedoStacks()  # that is nothing to take back, and Ctrl+Z is the window's
        around = 2 * theme.unit()
        self.setViewportMargins(_BESIDE, around, _BESIDE, around - 1)  # Qt wants a pixel below the last line
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it would take one of few lines
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.textChanged.connect(self._take_lines)
        self._take_lines()

    def show_note(self, note: str) -> None:
        """Show a note that stands in the project."""
        self.written = note
        if self.toPlainText() != note:
            self.setPlainText(note)
        self.document().setModified(False)

    def give(self, spare: int) -> None:
        """Have so many pixels more than one line, where what stands there has use for them."""
        if spare != self._spare:
            self._spare = spare
            self._take_lines()

    def _take_lines(self) -> None:
        """Take a line where all that stands there has room in one and nobody types, else two; more as far as given."""
        needed = round(self.document().size().height())  # it is counted in lines
        least = 2 if self.hasFocus() or needed > 1 else 1
        given = 1 + self._spare // QFontMetrics(self.font()).lineSpacing()
        self.setFixedHeight(self.room(max(least, min(needed, given))))

    def room(self, lines: int) -> int:
        """Return how high so many lines are."""
        return QFontMetrics(self.font()).lineSpacing() * lines + 4 * theme.unit()

    @property
    def is_new(self) -> bool:
        """Say whether something was typed that is not written yet."""
        return self.document().isModified() and self.toPlainText() != self.written

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another line where the width has less room."""
        super().resizeEvent(event)
        self._take_lines()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish and leave with Enter, and with Esc."""
        breaks = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape or (event.key() in ENTER and not breaks):
            self.finished.emit()
            if not self.is_new:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus, and the place where one goes on to write."""
        super().focusInEvent(event)
        self._take_lines()
        self.ensureCursorVisible()
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Finish when the focus goes elsewhere, and show the beginning; not for a menu, after which it comes back."""
        super().focusOutEvent(event)
        self._take_lines()
        self.focus_changed.emit()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.verticalScrollBar().setValue(0)
            self.finished.emit()


class Edge(QWidget):
    """The edge of the note field: Fusion's own cannot be seen on dark."""

    def __init__(self, field: NoteField) -> None:
        super().__init__()
        self._field = field
        field.setFrameShape(QFrame.Shape.NoFrame)
        field.focus_changed.connect(self.update)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout.addWidget(field)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the edge."""
        look = theme.theme_of(self.palette())
        width = 2 if self._field.hasFocus() else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("Accent" if width == 2 else "outline"), width))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 2, 2)
