"""Work in another process: whoever asked for it may be gone before the process is."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QProcess
from pytestqt.qtbot import QtBot
from tests.making import ANNA, make

from rubricator.exchange import work
from rubricator_gui.tasks import Task


@pytest.fixture
def arguments(tmp_path: Path) -> tuple[object, ...]:
    make(tmp_path / "p.rubric", texts=[("a1", "Toll and Karesh.")]).close()
    return tmp_path / "p.rubric", ANNA


def gone(qtbot: QtBot, process: QProcess) -> None:
    qtbot.waitUntil(lambda: not shiboken6.isValid(process), timeout=60_000)


def test_the_answer_may_be_there_before_the_process_has_ended(qtbot: QtBot, arguments: tuple[object, ...]) -> None:
    """A dialog that is closed on the answer takes its children along; Qt warns where one is a running process."""
    dialog, told = QObject(), []
    task = Task(work.check_work, arguments, dialog)
    task.finished.connect(told.append)
    process = task._process
    assert process.state() != QProcess.ProcessState.NotRunning
    task._end("done", "answer")
    assert told == ["answer"]
    shiboken6.delete(dialog)
    gone(qtbot, process)
    assert told == ["answer"], "and it is told once"


def test_nothing_is_told_of_work_that_was_let_go(qtbot: QtBot, arguments: tuple[object, ...]) -> None:
    dialog, told = QObject(), []
    task = Task(work.check_work, arguments, dialog)
    for signal in (task.finished, task.failed, task.cancelled, task.progressed):
        signal.connect(told.append)
    process = task._process
    task.let_go()
    shiboken6.delete(dialog)
    gone(qtbot, process)
    assert told == []
