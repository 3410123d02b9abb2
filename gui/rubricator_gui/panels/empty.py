"""An empty pane: one sentence in its middle, and the one thing to do about it, or to do instead."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rubricator.words import Message, message, say
from rubricator_gui import theme
from rubricator_gui.panels.plain import breakable, plain_label

_MOST = 400
"""Characters of a sentence: somebody may have pasted an article into the field that it names."""


class EmptyPane(QWidget):
    """One sentence in the middle of a pane, and the one thing to do about it."""

    pressed = Signal()
    other_pressed = Signal()
    """The second button, of a pane that has one."""

    def __init__(self, parent: QWidget | None = None, *, close: bool = False) -> None:
        super().__init__(parent)
        u = theme.unit()
        high, between = (u, u) if close else (3 * u, 2 * u)  # close: where there may be little room
        self._words = plain_label(muted=True)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button, self._other = QPushButton(self), QPushButton(self)
        self._row = row = QHBoxLayout()
        row.setSpacing(2 * u)
        row.addStretch(1)
        for button in (self._button, self._other):
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(7 * u)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        row.addStretch(1)
        self._button.clicked.connect(self._clicked)
        self._other.clicked.connect(self._other_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * u, high, 4 * u, high)
        layout.setSpacing(between)
        layout.addStretch(1)
        layout.addWidget(self._words)
        layout.addLayout(row)
        layout.addStretch(1)

    def _clicked(self) -> None:
        self.pressed.emit()

    def _other_clicked(self) -> None:
        self.other_pressed.emit()

    def say(self, words: Message | str, button: str = "", other: str = "") -> None:
        """Show a sentence and, where there is something to do, a button, or two."""
        said = say(words)
        self._words.setText(breakable(said if len(said) <= _MOST else f"{said[:_MOST]}…"))
        self._words.setVisible(bool(words))
        for each, does in ((self._button, button), (self._other, other)):
            each.setText(does)
            each.setVisible(bool(does))
            each.setMinimumWidth(each.fontMetrics().horizontalAdvance(does) + 8 * theme.unit())
        self._turn()

    def _turn(self) -> None:
        """Put the buttons beside each other, or below each other where that would be too wide."""
        there = [each.minimumWidth() for each in (self._button, self._other) if not each.isHidden()]
        wide = sum(there) + self._row.spacing() * (len(there) + 1) + 8 * theme.unit()
        along = wide <= self.width()
        self._row.setDirection(QHBoxLayout.Direction.LeftToRight if along else QHBoxLayout.Direction.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the way of the buttons anew."""
        super().resizeEvent(event)
        self._turn()

    @property
    def words(self) -> str:
        """The sentence."""
        return self._words.text()

    @property
    def button(self) -> QPushButton:
        """The button; hidden where nothing is to be done."""
        return self._button

    @property
    def other(self) -> QPushButton:
        """The second button; hidden where there are not two things to do."""
        return self._other

    def sizeHint(self) -> QSize:
        """Ask for little: the pane has its size already."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Ask for the height of what is said; the width is not its affair, words and buttons find their lines."""
        layout = self.layout()
        assert layout is not None
        wide = max(40 * theme.unit(), self.width())
        high = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalMinimumSize().height()
        return QSize(40 * theme.unit(), high)


def no_project() -> Message:
    """Return the sentence for a window without a project."""
    return message("No project is open.")
