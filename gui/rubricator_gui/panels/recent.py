"""The projects opened before, as a menu, and how one of them is named there and on the welcome page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from rubricator.words import _, message
from rubricator_gui import theme
from rubricator_gui.panels.menus import put, search_by_typing
from rubricator_gui.session import Session

_WIDE = 120
"""Units of width that a project takes: a folder may lie deep."""


class RecentMenu(QMenu):
    """The other projects, the last one first; where there is none it says so: who looks for it here finds it."""

    project_wanted = Signal(object)
    """The path of a recent project."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(_("Recent projects"), parent)
        self.setObjectName("recentMenu")
        self._session = session
        self.aboutToShow.connect(self._fill)
        search_by_typing(self)

    def _fill(self) -> None:
        """Read them again: other windows open projects, too, and files go."""
        self.clear()
        project = self._session.project
        shown = project.path.resolve() if project is not None else None
        for path in self._session.memory.recent():
            if path != shown:
                words = self.fontMetrics().elidedText(named(path), Qt.TextElideMode.ElideMiddle, _WIDE * theme.unit())
                put(self, message("{project}", project=words), partial(self.project_wanted.emit, path))
        if self.isEmpty():
            put(self, message("No other project was opened yet"), self.close, enabled=False)


def named(path: Path) -> str:
    """Name a project by its file and where that lies."""
    return f"{path.stem}   {_short(path.parent)}"


def _short(folder: Path) -> str:
    """Return a folder as people write it."""
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except ValueError:
        return str(folder)
