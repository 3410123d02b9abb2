"""How long it takes to start: the window on 10,000 articles against a bare one, the command line against click."""

from __future__ import annotations

import ast
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import corpus
from table import Row, against, once_ms

BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
app = QApplication(sys.argv)
window = QMainWindow()
class Edit(QTextEdit):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, end)
def end():
    os._exit(0)
edit = Edit()
window.setCentralWidget(edit)
window.resize(1600, 1000)
window.show()
app.exec()
"""
OURS = """
import importlib.machinery, os, sys
painted = []
def reader(module):
    paint = module.ReaderView.paintEvent
    def note(self, event):
        paint(self, event)
        painted.append(self.session.article)
    module.ReaderView.paintEvent = note
def end(self):
    if "LOADED" in os.environ:
        with open(os.environ["LOADED"], "w") as file:
            file.write("\\n".join(m.__file__ for n, m in sys.modules.items() if n.startswith("rubricator_gui")))
    os._exit(0 if painted and painted[-1] else 1)
def window(module):  # list and panels are furnished once the window is painted
    furnish = module.MainWindow.furnish
    def whole(self):
        furnish(self)
        module.QApplication.processEvents()
        end(self)
    module.MainWindow.furnish = whole if "WHOLE" in os.environ else end
PATCHES = {"rubricator_gui.reader.view": reader, "rubricator_gui.window": window}
class Patch(importlib.machinery.PathFinder):  # all else is the real start
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name not in PATCHES:
            return None
        spec = super().find_spec(name, path, target)
        run = spec.loader.exec_module
        def patched(module):
            run(module)
            PATCHES[name](module)
        spec.loader.exec_module = patched
        return spec
sys.meta_path.insert(0, Patch)
from rubricator_gui.main import main
main([])
"""


def rows(folder: Path) -> Iterator[Row]:
    """Yield the figures of starting."""
    path = folder / "many.rubric"
    text = corpus.text_of(2_000)
    corpus.make(path, ((f"a{n}", f"{n} {text}", 5) for n in range(10_000)))
    home = _home(folder, path)
    bare, ours, whole = [], [], []
    loaded = folder / "loaded"
    _run("-c", OURS, RUBRICATOR_HOME=str(home), LOADED=str(loaded))
    named = [_run("-c", qt_of(loaded.read_text("utf-8").split()) + BARE)]
    for _ in range(7):
        bare.append(_run("-c", BARE))
        named.append(_run("-c", qt_of(loaded.read_text("utf-8").split()) + BARE))
        ours.append(_run("-c", OURS, RUBRICATOR_HOME=str(home)))
        whole.append(_run("-c", OURS, RUBRICATOR_HOME=str(home), WHOLE="1"))
    yield against("start: window on 10,000 articles / bare window", _median(ours), _median(bare), 1.6)
    yield Row("  until list and panels are painted too / bare", _median(whole), _median(bare), "", True)
    yield Row("  a bare window that names Qt's classes of ours / bare", _median(named), _median(bare), "", True)
    click, help_page = [], []
    for _ in range(7):
        click.append(_run("-c", "import click"))
        help_page.append(_run("-m", "rubricator", "--help"))
    yield against("rubricator --help / import click", _median(help_page), _median(click), 2)


def qt_of(files: list[str]) -> str:
    """Return as Python what the modules in some files take from Qt: PySide makes the enums of a class as it is named."""
    lines = ["from PySide6.QtCore import Qt", "Qt.Key"]
    for file in files:
        tree = ast.parse(Path(file).read_text("utf-8"))
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6"):
                lines.append(ast.unparse(node))
    return "\n".join([*lines, ""])


def _median(values: list[float]) -> float:
    return statistics.median(values[1:])  # the first run fills caches


def _home(folder: Path, project: Path) -> Path:
    """Return a home in which this project was open last."""
    home = folder / "home"
    corpus.settle_in(home)
    (home / "state").mkdir()
    (home / "state/state.json").write_text(json.dumps({"recent": [str(project.resolve())]}), "utf-8")
    return home


def _run(*arguments: str, **more: str) -> float:
    """Run Python on its own byte code, as installed programs do."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more

    def work() -> None:
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=env)

    return once_ms(work)
