"""A list under the article, worked through by keys: its head, its coming and going; what it lists is its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.plain import Heading, LineLabel

Beside = Sequence[tuple[QWidget, int]]
"""Widgets in the head, behind the count, and how they share the room."""


class UnderArticle(QWidget):
    """Title, count and Close over a list, or over words where nothing is listed; hidden until it is opened."""

    left = Signal()
    """The focus may go back to the article."""
    shown = Signal(object)
    """It was opened (True) or closed."""

    def __init__(self, name: str, title: str, listed: QWidget, beside: Beside = (), parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        u = theme.unit()
        self.title = Heading(title)
        self.count = LineLabel("note")
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.close_button = QToolButton()
        self.close_button.setText(_("Close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setFont(theme.ui_font("tool"))
        self.close_button.clicked.connect(self.leave)
        self._listed = listed
        self.empty = EmptyPane(self)
        listed.setParent(self)  # a page of its own would be shown as a window
        head = QHBoxLayout()
        head.setContentsMargins(3 * u, u, 3 * u, u)
        head.setSpacing(3 * u)
        head.addWidget(self.title)
        head.addWidget(self.count, 1)
        for widget, share in beside:
            head.addWidget(widget, share)
        head.addWidget(self.close_button)
        self._pages = QStackedLayout()
        self._pages.addWidget(listed)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._pages, 1)
        self.setFocusProxy(listed)
        self.hide()

    def sizeHint(self) -> QSize:
        """Ask for the height of six rows."""
        return QSize(100 * theme.unit(), 52 * theme.unit())

    # --- coming and going -----------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Open the list, or close it."""
        if self.isHidden():
            self.open()
        else:
            self.leave()

    def open(self) -> None:
        """Show the list, and take the focus."""
        self._load()
        self.show()
        self.shown.emit(True)
        filled = self._pages.currentIndex() == 0
        (self._listed if filled else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Close the list; the focus goes back to the article."""
        self.hide()
        self.shown.emit(False)
        self.left.emit()

    def _reload(self) -> None:
        if not self.isHidden():
            self._load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    # --- showing --------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        """List anew."""
        raise NotImplementedError

    def _tell(self, words: str, empty: str) -> None:
        """Say how much is listed; or, where nothing is, why."""
        self.count.say(words)
        self.empty.say(empty)
        self._pages.setCurrentIndex(1 if empty else 0)
