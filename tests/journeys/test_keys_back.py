"""A dialog that closes gives the keys back, also on a display without a window manager."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.journeys import kit
from tests.journeys.screen import Screen, needed, program, screen, until

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


def has_keys(display: Screen, title: str) -> bool:
    return display.xdotool("getwindowfocus").strip() in display.windows(title)
