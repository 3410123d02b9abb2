"""What tests of the window share: a window is shown, active and has its first paint behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rubricator_gui import theme


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable[[QWidget], QWidget]]:
    """Show a window as people see it: shortcuts fire, and the focus goes, only where a window is active."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    palette, font = app.palette(), app.font()
    app.setPalette(theme.theme(dark=False).palette)
    app.setFont(theme.ui_font())

    def show(window: QWidget) -> QWidget:
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield show
    app.setPalette(palette)
    app.setFont(font)
