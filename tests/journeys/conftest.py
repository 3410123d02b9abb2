"""What journeys share: the real program on a project, closed again at the end, and nobody waits for a dialog for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from tests.journeys.kit import HERE

from rubricator_gui import app, theme
from rubricator_gui.dialogs.hook import TroubleHook
from rubricator_gui.hand import Hand

Start = Callable[..., Hand]

_LONGEST_DIALOG = 30_000
"""Milliseconds after which a dialog that nobody answers is closed, and the test fails."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say what it cannot do."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def _dialogs(qapp: QApplication) -> Iterator[list[str]]:
    """Close dialogs that a journey leaves unanswered: otherwise it would stand still for ever."""
    unanswered: list[str] = []
    standing: dict[str, object] = {"dialog": None, "for": 0}
    timer = QTimer()
    timer.setInterval(500)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        standing["for"] = int(str(standing["for"])) + 500 if dialog is standing["dialog"] else 0
        standing["dialog"] = dialog
        if isinstance(dialog, QDialog) and int(str(standing["for"])) >= _LONGEST_DIALOG:
            unanswered.append(f"{dialog.objectName() or type(dialog).__name__}: {words_of(dialog)}")
            dialog.reject()

    timer.timeout.connect(look)
    timer.start()
    yield unanswered
    timer.stop()
    if unanswered:
        pytest.fail("nobody answered: " + "; ".join(unanswered), pytrace=False)


def words_of(widget: QWidget) -> str:
    """Return what a dialog says."""
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.text())


@pytest.fixture
def start(qapp: QApplication, _dialogs: list[str]) -> Iterator[Start]:
    """Start the window on a project (or on the welcome page), as `rubricator open` does, and close it at the end."""
    palette, font, style = qapp.palette(), qapp.font(), qapp.style().objectName()
    hands: list[Hand] = []

    def begin(project: Path | None = None, width: int = 1600, height: int = 1000) -> Hand:
        hand = Hand(app.build(project))
        hands.append(hand)
        hand.show(width, height)
        return hand

    yield begin
    for hand in hands:
        hand.window.close()
        hand.window.deleteLater()
    qapp.setPalette(palette)
    qapp.setFont(font)
    if qapp.style().objectName() != style:
        qapp.setStyle(style)


@pytest.fixture
def safe(start: Start) -> Iterator[Start]:
    """Start the window with the hook of the real program: what is raised in a slot is told in a dialog."""
    hooks: list[TroubleHook] = []

    def begin(project: Path | None = None) -> Hand:
        hand = start(project)
        hooks.append(TroubleHook(hand.window, hand.window.session.damage_behind))
        hooks[-1].__enter__()
        return hand

    yield begin
    for hook in reversed(hooks):
        hook.__exit__()


def _words_of(pixels: int, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the system ask for words of this size."""
    large = QFont(qapp.font())
    large.setPixelSize(pixels)
    system = QFontDatabase.systemFont
    wanted = QFontDatabase.SystemFont.GeneralFont

    def font(kind: QFontDatabase.SystemFont) -> QFont:
        return QFont(large) if kind == wanted else system(kind)

    monkeypatch.setattr(QFontDatabase, "systemFont", font)
    yield
    monkeypatch.undo()
    for found in theme._MEASURED:
        found.cache_clear()


@pytest.fixture
def twice_as_large(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the system ask for words of 26 px: twice as large as usual."""
    yield from _words_of(26, qapp, monkeypatch)


@pytest.fixture
def on_a_low_screen(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the system ask for words of 18 px: the screen of the tests has no more room then than one of 577 px."""
    yield from _words_of(18, qapp, monkeypatch)
