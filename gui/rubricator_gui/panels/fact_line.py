"""One thing that is said of the chosen annotation, in one line of its card, and a button that changes it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from rubricator_gui import theme
from rubricator_gui.panels.plain import LineLabel, plain_tip


class FactLine(QWidget):
    """Words, elided where they have no room, and the button."""

    wanted = Signal()
    """It is to be said, or said otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = LineLabel("row")
        self.button = QPushButton()
        self.button.setFlat(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the article
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.setFixedHeight(max(6 * theme.unit(), self.button.sizeHint().height()))
        self.button.clicked.connect(self.wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words, 1)
        line.addWidget(self.button)

    def say(self, words: str, does: str, tip: str = "") -> None:
        """Show what is said, what the button does, and all there is to know in the tooltip."""
        self.words.say(words)
        self.words.setToolTip(plain_tip(tip or words))
        self.button.setText(does)
        self.button.setAccessibleDescription(words)
