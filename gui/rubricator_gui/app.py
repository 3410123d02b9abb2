"""The program with a window: QApplication, exception hook, palettes; `build` is also what tests and the tour drive."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from rubricator import __version__
from rubricator.settings import Memory, Settings, folder
from rubricator_gui import theme
from rubricator_gui.dialogs.hook import TroubleHook
from rubricator_gui.latin import LatinKeys
from rubricator_gui.session import Session
from rubricator_gui.window import MainWindow

_WARM_AFTER = 400
"""Milliseconds."""


def application() -> QApplication:
    """Return the one QApplication, made and dressed where it is not there yet."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        LatinKeys(app)
        if app.platformName() == "xcb":
            from rubricator_gui.heldkeys import HeldKeys  # nobody else needs them to start
            from rubricator_gui.keysback import KeysBack

            HeldKeys(app)
            KeysBack(app)
    app.setApplicationName("Rubricator")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rubricator")
    return app


def build(project: Path | None) -> MainWindow:
    """Build what `rubricator open PROJECT` shows, without running the event loop; None gives the welcome page."""
    session = _dressed_session()
    if project is not None:
        session.open(project)
    return _window(session)


def _window(session: Session) -> MainWindow:
    window = MainWindow(session)
    window.painted.connect(partial(_give_hands, window))
    return window


def _give_hands(window: MainWindow) -> None:
    """Have the actions of a window do something, once there is somebody who sees them."""
    from rubricator_gui.menuhands import MenuHands

    MenuHands(window).take()


def _dressed_session() -> Session:
    app = application()
    settings, memory = Settings(), Memory()
    wanted = settings.get("look.palette")
    theme.apply(app, theme.follow_system(app) if wanted == "system" else wanted == "dark")
    return Session(settings, memory)


def run(project: Path | None) -> int:
    """Show the window and stay until it is closed; without a project, on the last one."""
    app = application()
    session = _dressed_session()
    trouble = _open(session, project or session.memory.last())
    window = _window(session)  # after the project: so everything is filled in once
    QTimer.singleShot(_WARM_AFTER, _warm)
    with TroubleHook(window, session.damage_behind):
        if trouble is not None:
            QTimer.singleShot(0, partial(_raise, trouble))
        elif session.project is not None:
            window.painted.connect(window.settle)
        fit_screen(window)
        window.show()
        return app.exec()


def fit_screen(window: QWidget) -> None:
    """Make a window no larger than the screen has room for, its frame included; Qt does so only for one it restores."""
    u = theme.unit()
    room = window.screen().availableGeometry().size() - QSize(2 * u, 10 * u)  # the frame is known only once it stands
    window.resize(window.size().boundedTo(room))


def _open(session: Session, project: Path | None) -> Exception | None:
    """Open a project, if there is one; return why it cannot be opened, which is told when the window stands."""
    if project is not None:
        try:
            session.open(project)
        except Exception as error:  # noqa: BLE001 (the window tells it, in words or as a report)
            return error
    return None


def _raise(error: Exception) -> None:
    raise error


def _warm() -> None:
    """Do after the first paint what need not be done before it."""
    import signal

    gc.freeze()  # what a start made stays: it need not be looked at again and again
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _keep_log()
    from rubricator.model import tokens

    tokens.next_word("warm", 0)  # loads the tokenizer, which the first selection would wait for


def _keep_log() -> None:
    """Keep the newest part of the log beside the settings, for the trouble dialog."""
    import logging
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
