"""An empty pane: one sentence in its middle, and the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rubricator.words import Message, message, say
from rubricator_gui import theme
from rubricator_gui.panels.plain import plain_label


class EmptyPane(QWidget):
    """One sentence in the middle of a pane, and the one thing to do about it."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        u = theme.unit()
        self._words = plain_label(muted=True)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = QPushButton(self)
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._button.setMinimumHeight(7 * u)
        self._button.clicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u)
        layout.setSpacing(2 * u)
        layout.addStretch(1)
        layout.addWidget(self._words)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def _clicked(self) -> None:
        self.pressed.emit()

    def say(self, words: Message | str, button: str = "") -> None:
        """Show a sentence and, where there is something to do, a button."""
        self._words.setText(say(words))
        self._words.setVisible(bool(words))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        wide = self._button.fontMetrics().horizontalAdvance(self._button.text())
        self._button.setMinimumWidth(wide + 8 * theme.unit())

    @property
    def words(self) -> str:
        """The sentence."""
        return self._words.text()

    @property
    def button(self) -> QPushButton:
        """The button; hidden where nothing is to be done."""
        return self._button

    def sizeHint(self) -> QSize:
        """Ask for little: the pane has its size already."""
        return self.minimumSizeHint()


def no_project() -> Message:
    """Return the sentence for a window without a project."""
    return message("No project is open.")
