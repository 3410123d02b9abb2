"""A key that is held down, on a real display: it does once what is done to another thing each time."""

from __future__ import annotations

import time
from pathlib import Path

from tests.journeys import kit
from tests.journeys.screen import Program, Screen, needed, program, screen, until

from rubricator.project import Project
from rubricator.settings import Settings

pytestmark = needed("Xvfb", "setxkbmap", "xdotool")

HELD = 1.5
"""Seconds: some twenty repeats."""


def hold(on: Screen, *keys: str) -> None:
    for key in keys:
        on.xdotool("keydown", key)
    time.sleep(HELD)
    for key in reversed(keys):
        on.xdotool("keyup", key)


def statuses(shown: Program) -> list[str]:
    with Project.open(shown.project, Settings().me()) as project:
        return [project.layer(article.id).status for article in project.rows.articles()]


def test_a_held_key_finishes_one_article(tmp_path: Path) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "held.rubric", [f"Ash and Elm {n}.\n" for n in range(12)])
    with screen() as display, program(display, file) as shown:
        hold(display, "Control_L", "Return")
        until(lambda: "done" in statuses(shown), "one is finished")
        assert statuses(shown).count("done") == 1
        display.press("Ctrl+Return")
        until(lambda: statuses(shown).count("done") == 2, "pressed anew it finishes the next")


def test_a_held_label_key_labels_and_makes_nothing_sticky(tmp_path: Path) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "held.rubric", ["Ash and Elm.\n"])
    with screen() as display, program(display, file) as shown:
        display.press("Escape", "Ctrl+Home", "Alt+Up")
        hold(display, "1")
        shown.until_layer(("PERSON", "Ash"))
        display.press("Escape", "Escape", "Ctrl+Home", "Ctrl+Right", "Ctrl+Right", "Alt+Up", "2")
        shown.until_layer(("PERSON", "Ash"), ("ORGANIZATION", "Elm"))
