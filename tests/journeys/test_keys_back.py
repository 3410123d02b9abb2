"""A dialog that closes gives the keys back, also on a display without a window manager."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from tests.journeys import kit
from tests.journeys.screen import Program, Screen, needed, program, screen, until

from rubricator.project import Project
from rubricator.settings import Settings

pytestmark = needed("Xvfb", "setxkbmap", "xdotool")

OPENED = (("Ctrl+k", "Command palette"), ("Ctrl+slash", "Keys"), ("F1", "Guideline"))


def test_keys_of_actions_work_after_a_dialog_without_a_click(tmp_path: Path) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "back.rubric", ["Ash and Elm.\n"])
    with screen() as display, program(display, file) as shown:
        display.press("Escape", "Ctrl+Home", "Alt+Up", "1")
        shown.until_layer(("PERSON", "Ash"))
        for keys, title in OPENED:
            display.press(keys)
            until(partial(has_keys, display, title), f"“{title}” has the keys")
            display.press("Escape")
            until(partial(has_keys, display, file.stem), f"the keys are back after “{title}”")
        display.press("Ctrl+z")
        shown.until_layer()
        display.press("Ctrl+q")
        until(shown.ended, "it is closed")


TWO_WINDOWS = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QMessageBox, QVBoxLayout

from rubricator_gui.keysback import KeysBack

app = QApplication([])
KeysBack(app)
main, other = QMainWindow(), QDialog()
main.setCentralWidget(QLineEdit())
QVBoxLayout(other).addWidget(QLineEdit())
box = QMessageBox(other)
main.show()
main.activateWindow()
QTimer.singleShot(300, lambda: (other.show(), other.activateWindow()))
QTimer.singleShot(600, box.open)
QTimer.singleShot(900, box.reject)
QTimer.singleShot(1300, lambda: (print("other" if app.activeWindow() is other else app.activeWindow()), app.quit()))
app.exec()
"""


def test_they_come_back_to_the_window_that_had_them() -> None:
    with screen() as display:
        words = [sys.executable, "-c", TWO_WINDOWS]
        done = subprocess.run(words, env=display.env, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.split() == ["other"], "not the main window: agreement is one beside it"


def test_they_come_back_from_a_dialog_that_closed_with_its_list_of_choices(tmp_path: Path) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "back.rubric", ["Ash and Elm.\n"])
    more = tmp_path / "more.txt"
    more.write_text("Oak and Yew.\n")
    with screen() as display, program(display, file) as shown:
        display.press("Ctrl+i")
        until(partial(has_keys, display, "Import articles"), "the dialog has the keys")
        display.xdotool("type", "--delay", "20", str(more))
        time.sleep(1)  # in the meantime what it may be is listed
        display.press("Return")
        until(partial(has_keys, display, file.stem), "the keys are back")
        until(lambda: articles(shown) == 2, "it is imported")
        display.press("Ctrl+z")
        until(lambda: articles(shown) == 1, "it is taken back")
        display.press("Ctrl+q")
        until(shown.ended, "it is closed")


def articles(shown: Program) -> int:
    with Project.open(shown.project, Settings().me()) as project:
        return len(list(project.rows.articles()))


def has_keys(display: Screen, title: str) -> bool:
    return display.xdotool("getwindowfocus").strip() in display.windows(title)
