"""A dialog that closes gives the keys back, also on a display without a window manager."""

from __future__ import annotations

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
