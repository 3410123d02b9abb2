"""How long it takes to start: the window on 10,000 articles against a bare one, the command line against click."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import corpus
from table import Row, against, once_ms

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
app = QApplication(sys.argv)
window = QMainWindow()
class Edit(QTextEdit):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
edit = Edit()
window.setCentralWidget(edit)
window.resize(1600, 1000)
window.show()
app.exec()
"""
OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from rubricator_gui import app
from rubricator_gui.reader.view import ReaderView
painted = ReaderView.paintEvent
def paint(self, event):
    painted(self, event)
    QTimer.singleShot(0, application.quit)
ReaderView.paintEvent = paint
application = app.application()
window = app.build(Path(sys.argv[1]))
window.resize(1600, 1000)
window.show()
application.exec()
"""


def rows(folder: Path) -> Iterator[Row]:
    """Yield the figures of starting."""
    path = folder / "many.rubric"
    text = corpus.text_of(2_000)
    corpus.make(path, ((f"a{n}", f"{n} {text}", 5) for n in range(10_000)))
    bare, ours = [], []
    for _ in range(7):
        bare.append(_run("-c", BARE))
        ours.append(_run("-c", OURS, str(path)))
    yield against("start: window on 10,000 articles / bare window", _median(ours), _median(bare), 1.6)
    click, help_page = [], []
    for _ in range(7):
        click.append(_run("-c", "import click"))
        help_page.append(_run("-m", "rubricator", "--help"))
    yield against("rubricator --help / import click", _median(help_page), _median(click), 2)


def _median(values: list[float]) -> float:
    return statistics.median(values[1:])  # the first run fills caches


def _run(*arguments: str) -> float:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def work() -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=env)

    return once_ms(work)
