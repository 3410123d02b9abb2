"""How long one works on an article: counted while mouse or keys are used, written when the article is left.

docs/decisions/0005-time-spent.md says what counts, and why two windows never overwrite each other's time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator_gui.session import Session

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow  # to name a class of Qt takes its time

IDLE = 60.0
"""Seconds after the last use from which on nothing is counted."""
LEAST = 2.0
"""Seconds below which nothing is written: who leafs through articles leaves no trace."""

_USES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)

CLOCK: Callable[[], float] = time.monotonic


class Stopwatch:
    """Adds up the seconds in which something was used, each use counting for what follows until it is idle."""

    def __init__(self, clock: Callable[[], float], idle: float = IDLE) -> None:
        self.clock = clock
        self._idle = idle
        self._sum = 0.0
        self._counted = 0.0
        """Until when it was counted."""
        self._until: float | None = None
        """When the last use stops to count; None while nothing was used."""

    def touch(self) -> None:
        """Note a use."""
        now = self._count()
        self._counted, self._until = now, now + self._idle

    def pause(self) -> None:
        """Count nothing until the next use."""
        self._count()
        self._until = None

    def take(self) -> float:
        """Return what was counted, and begin anew."""
        self._count()
        taken, self._sum = self._sum, 0.0
        return taken

    def _count(self) -> float:
        now = self.clock()
        if self._until is not None:
            self._sum += max(0.0, min(now, self._until) - self._counted)
            self._counted = now
        return now


class Timekeeper(QObject):
    """Counts for the article that a session shows, as long as its window is used."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.watch = Stopwatch(CLOCK)
        self._session = session
        self._window = window
        self._owed: dict[str, float] = {}
        """Seconds by article that were not written yet: they were too few, or the project was busy."""
        session.leaving.connect(self.write)
        session.opened.connect(self._owed.clear)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusWindowChanged.connect(self._follow_focus)

    def follow(self) -> None:
        """Look at what is used: all of it comes by the native window, which is there once the window is shown."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a use; nothing is taken away."""
        if event.type() in _USES:
            self.watch.touch()
        return False

    def _follow_focus(self, focused: QWindow | None) -> None:
        """Look at what is used in windows of our own, too; stop counting where another program got the focus."""
        over, own = focused, self._window.windowHandle()
        while over is not None and over != own:
            over = over.transientParent()
        if focused is not None and over is not None:
            focused.installEventFilter(self)
        elif not _is_the_systems(QApplication.activeModalWidget()):
            self.watch.pause()

    def write(self) -> Change:
        """Write the time spent on the article shown; who leaves it need not be told."""
        session = self._session
        if session.article is None or session.project is None:
            return Change()
        article = session.article.id
        owed = self._owed.pop(article, 0.0) + self.watch.take()
        if owed < LEAST or session.held:
            self._owed[article] = owed
            return Change()
        if session.project.rows.article(article) is None:
            return Change()  # it was taken out
        try:
            return session.project.add_time(article, round(owed))
        except UserError:  # another program holds the file: whoever goes on to the next article need not know
            self._owed[article] = owed
            return Change()


def _is_the_systems(dialog: QWidget | None) -> bool:
    """Say whether a dialog is shown by the system, as one for a file: it gets the focus, and Qt sees that nothing has.

    Qt shows its own half of such a dialog nowhere.
    """
    return dialog is not None and dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
