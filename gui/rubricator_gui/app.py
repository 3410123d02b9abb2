"""The program with a window: QApplication, exception hook, palettes; `build` is also what tests and the tour drive."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from rubricator import __version__
from rubricator.model import tokens
from rubricator.settings import Memory, Settings, folder
from rubricator_gui import theme
from rubricator_gui.dialogs.trouble import TroubleHook
from rubricator_gui.session import Session
from rubricator_gui.window import MainWindow

log = logging.getLogger(__name__)

_WARM_AFTER = 400
"""Milliseconds."""


def application() -> QApplication:
    """Return the one QApplication, made and dressed where it is not there yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Rubricator")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rubricator")
    return app


def build(project: Path | None) -> MainWindow:
    """Build what `rubricator open PROJECT` shows, without running the event loop; None gives the welcome page."""
    app = application()
    settings, memory = Settings(), Memory()
    wanted = settings.get("look.palette")
    theme.apply(app, theme.follow_system(app) if wanted == "system" else wanted == "dark")
    window = MainWindow(Session(settings, memory))
    if project is not None:
        window.session.open(project)
    return window


def run(project: Path | None) -> int:
    """Show the window and stay until it is closed; without a project, on the last one."""
    app = application()
    window = build(None)
    QTimer.singleShot(_WARM_AFTER, _warm)
    with TroubleHook(window):
        window.show()
        if project is None:
            project = next(iter(window.session.memory.recent()), None)
        # Opened once the loop runs, so that what is wrong with the project is told in the window.
        QTimer.singleShot(0, window.opener(project))
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        return app.exec()


def _warm() -> None:
    """Do after the first paint what need not be done before it."""
    _keep_log()
    tokens.next_word("warm", 0)  # loads the tokenizer, which the first selection would wait for


def _keep_log() -> None:
    """Keep the newest part of the log beside the settings, for the trouble dialog."""
    from logging.handlers import RotatingFileHandler

    place = folder("log")
    try:
        place.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(place / "rubricator.log", maxBytes=1 << 20, backupCount=1)
    except OSError:
        return  # a log is not worth a start that fails
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
