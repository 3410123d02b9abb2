"""Labels and tooltips that show text as it is, and the ground for fields."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextDocument,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from rubricator_gui import theme
from rubricator_gui.wording import plain_tip as plain_tip  # panels take it from here

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

DONE_WITH = "doneWith"
"""The property of a field of which nothing is left to do with its words, until somebody types."""

_PLAIN, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier

_EDITING = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
)
"""What a field takes before the window's shortcuts; undo and redo only where it has something to undo."""


_LONG_WORD = re.compile(r"\S{24}(?=\S)")


def breakable(words: str) -> str:
    """Return words in which a line can break inside a very long one: a label that wraps would be cut off there."""
    return _LONG_WORD.sub("\\g<0>\u200b", words)


def plain_label(words: str = "", kind: str = "row", muted: bool = False) -> QLabel:
    """Return a label that shows plain text, whatever stands in it."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(words)
    label.setFont(theme.ui_font(kind))
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def warning_label(kind: str = "note") -> QLabel:
    """Return a label for what is wrong, in as many lines as it takes."""
    label = plain_label(kind=kind)
    label.setWordWrap(True)
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.WindowText, theme.theme_of(palette).colour("bad"))
    label.setPalette(palette)
    return label


class LineLabel(QLabel):
    """Plain text in one line that is shorter, or ends in …, where it has no room; whole in its tooltip."""

    def __init__(self, kind: str = "row", *, muted: bool = True) -> None:
        super().__init__()
        self._short = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.ui_font(kind))
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText if muted else QPalette.ColorRole.WindowText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        """Show other words."""
        self._short = ""
        self.setText(words)
        self.setToolTip(plain_tip(words))

    def say_either(self, words: str, short: str) -> None:
        """Show other words, or shorter ones where these have no room."""
        self.say(words)
        self._short = short

    @property
    def seen(self) -> str:
        """What of the words has room."""
        metrics, words = self.fontMetrics(), self.text()
        if self._short and metrics.horizontalAdvance(words) > self.width():
            words = self._short
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        at = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self.rect(), at, self.seen)


class Heading(QLabel):
    """A heading, in the colour of all headings."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.ui_font("section"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        painter = QPainter(self)
        painter.setPen(theme.theme_of(self.palette()).colour("rubric"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())


def _edits(field: QObject, event: QKeyEvent) -> bool:
    """Say whether a key edits the field."""
    undoes, redoes = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
    if undoes or redoes:
        holder = field.document() if isinstance(field, QPlainTextEdit) else field
        if isinstance(holder, QLineEdit | QTextDocument):
            return holder.isUndoAvailable() if undoes else holder.isRedoAvailable()
    return any(map(event.matches, _EDITING))


class _KeysOfTheWindow(QObject):
    """Leaves Ctrl with a letter to the window: on X11 a field takes Ctrl+E (end of line) and Ctrl+U for itself.

    Enter is the field's, with Ctrl too: who applies a filter with it means the filter, and not the article. Nobody
    means a line that is empty, or whose words did what they were typed for (`DONE_WITH`).
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse what is not editing; where no shortcut wants the key either, the field gets it after all."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            done = isinstance(watched, QLineEdit) and (not watched.text() or watched.property(DONE_WITH))
            if event.key() in ENTER and event.modifiers() & ~_KEYPAD in (_PLAIN, _CTRL) and not done:
                event.accept()
                return True
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
            if control and letter and not _edits(watched, event):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


class _ForgetsTyping(QObject):
    """Lets a field forget what was typed when it is left: undo is of the work then, also for who comes back."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Forget; not for a menu or another window, from which one comes back and types on."""
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        leaves = isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in passing
        if leaves and isinstance(watched, QLineEdit):  # one that is being destroyed is no field any more
            forget_typing(watched)
        return super().eventFilter(watched, event)


def forget_typing(field: QLineEdit) -> None:
    """Have undo and redo no longer be about what was typed in a field; its words, its caret stay."""
    start, chosen, at = field.selectionStart(), field.selectedText(), field.cursorPosition()
    field.setText(field.text())
    if chosen:
        field.setSelection(start, len(chosen))
    else:
        field.setCursorPosition(at)


def forget_search(widget: QWidget | None) -> None:
    """Have a field to search in, if it is one, forget what was typed."""
    if isinstance(widget, QLineEdit) and widget.findChild(_ForgetsTyping) is not None:
        forget_typing(widget)


def leave_keys(field: QLineEdit | QPlainTextEdit) -> None:
    """Have the window's shortcuts go on working while the focus is in a field."""
    field.installEventFilter(_KeysOfTheWindow(field))


def bar() -> QWidget:
    """Return the ground for fields below a header, which belong to it rather than to the list."""
    widget = QWidget()
    widget.setBackgroundRole(QPalette.ColorRole.Window)
    widget.setAutoFillBackground(True)
    return widget


class Line(QWidget):
    """Parts what scrolls from what stands above it, or below."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.theme_of(self.palette()).colour("Mid"))
        painter.end()


def dress_search(field: QLineEdit, name: str, placeholder: str, accessible: str) -> QAction:
    """Make a field one to search in: its handle, its words, a glass at its start (returned: it follows the palette).

    The window's shortcuts go on working while the focus is in it; undo too, but for what is being typed.
    """
    field.setObjectName(name)
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(accessible)
    field.setClearButtonEnabled(True)
    field.setMinimumHeight(7 * theme.unit())
    leave_keys(field)
    field.installEventFilter(_ForgetsTyping(field))
    glass = field.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
    theme.name_icons(field)
    return glass
