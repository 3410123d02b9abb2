"""A bug is reported; one that comes up again as its report is closed is not, or it would never end."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rubricator.errors import UserError
from rubricator_gui.dialogs import hook as hooks
from rubricator_gui.dialogs import trouble
from rubricator_gui.dialogs.hook import TroubleHook


def one() -> None:
    raise ZeroDivisionError("one")


def another() -> None:
    raise ZeroDivisionError("another")


def refused() -> None:
    raise UserError("No.")


@pytest.mark.logs("a bug")
def test_the_same_bug_is_not_reported_as_its_report_is_closed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told: list[str] = []
    now = [100.0]
    monkeypatch.setattr(trouble.Trouble, "exec", lambda dialog: told.append(dialog.report.toPlainText()[-8:].strip()))
    monkeypatch.setattr(trouble, "tell", lambda _window, error: told.append(error.text))
    monkeypatch.setattr(hooks, "monotonic", lambda: now[0])

    def fails(what: Callable[[], None]) -> None:
        try:
            what()
        except Exception:  # noqa: BLE001
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]

    with TroubleHook(window):
        for what in (one, one, one, another, refused, refused):
            fails(what)
            now[0] += 0.4
        assert len(told) == 4, "one, another, and what a person is told both times"
        now[0] += 1
        fails(another)
    assert len(told) == 5
