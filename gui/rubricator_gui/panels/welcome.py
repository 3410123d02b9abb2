"""The welcome page: no project is open. New, open, recent, sample."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.panels.recent import named
from rubricator_gui.session import Session


class Welcome(QWidget):
    """What is shown while no project is open."""

    project_wanted = Signal(object)
    """The path of a recent project."""

    def __init__(self, session: Session, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setBackgroundRole(self.backgroundRole().Base)
        self.setAutoFillBackground(True)
        self._session = session
        u = theme.unit()
        title = QLabel("Rubricator")
        title.setFont(theme.headline_font())
        self._words = QLabel(_("No project is open."))
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setSpacing(2 * u)
        for name, words in (("open", _("Open…")), ("new", _("New…")), ("sample", _("Try the sample"))):
            button = QPushButton(words)
            button.setObjectName(f"welcome-{name}")
            button.setMinimumHeight(7 * u)
            button.setAutoDefault(True)  # Enter presses it, as in a dialog
            button.clicked.connect(actions[name].trigger)
            self._buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        self._heading = QLabel(_("Recent projects"))
        self._heading.setFont(theme.ui_font("section"))
        self.recent = QListWidget()
        self.recent.setObjectName("recentProjects")
        self.recent.setAccessibleName(_("Recent projects"))
        self.recent.setFrameShape(QListWidget.Shape.NoFrame)
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.recent.itemActivated.connect(self._activated)
        self.recent.itemClicked.connect(self._activated)
        self._column = column = QVBoxLayout()
        column.setSpacing(3 * u)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(self._words)
        column.addLayout(row)
        column.addSpacing(3 * u)
        column.addWidget(self._heading)
        column.addWidget(self.recent, 4)
        column.addStretch(1)
        self._middle = middle = QWidget()
        middle.setLayout(column)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(middle, 6)
        layout.addStretch(1)
        self._main: QWidget | None = None
        """The button that looks like the main one."""
        session.opened.connect(self.refresh)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the main button: Enter presses it."""
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the recent projects again, and give the words their colours."""
        look = theme.theme_of(QApplication.palette())
        for label, role in ((self._words, "muted"), (self._heading, "rubric")):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), look.colour(role))
            label.setPalette(palette)
        self.recent.clear()
        for path in self._session.memory.recent():
            item = QListWidgetItem(named(path))
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(plain_tip(str(path)))
            self.recent.addItem(item)
        known = self.recent.count() > 0
        self._heading.setVisible(known)
        self.recent.setVisible(known)
        # Without a list the few words stand in the middle; who has no project yet begins with a new one.
        self._column.setStretch(self._column.count() - 1, 1 if known else 3)
        self._middle.setMaximumWidth(self._wide())
        first = self._buttons["open" if known else "new"]
        self.setFocusProxy(first)
        focus = QApplication.focusWidget()
        self._stress(focus if focus is not None and self.isAncestorOf(focus) else first)

    def _wide(self) -> int:
        """Return the width of what is written here: what is wider than its words does not look centred."""
        edges = self._column.contentsMargins()
        paths = self.recent.sizeHintForColumn(0) + edges.left() + edges.right()
        return max(self._middle.sizeHint().width(), min(150 * theme.unit(), paths))

    def _stress(self, main: QWidget) -> None:
        """Have that button look like the main one which Enter presses; none, where it takes a recent project."""
        self._main = main
        look = theme.theme_of(QApplication.palette())
        for button in self._buttons.values():
            button.setPalette(theme.main_button_palette(look) if button is main else look.palette)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new) and new is not self._main:
            self._stress(new)

    def _activated(self, item: QListWidgetItem) -> None:
        self.project_wanted.emit(Path(item.data(Qt.ItemDataRole.UserRole)))
