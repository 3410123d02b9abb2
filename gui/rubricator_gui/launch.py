"""How a window comes up: the core first, then Qt, then the window; each thing loaded no sooner than it is needed."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from rubricator.errors import UserError
from rubricator.words import message


def has_display() -> bool:
    """Say whether a window can be shown to somebody."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"))


def window(project: Path | None) -> int:
    """Show the window, by default on the last project, until it is closed; UserError where there is no display."""
    if not has_display():
        raise UserError(
            message("There is no display to show the window on."),
            message("On a machine without one, “rubricator tour FOLDER” drives it unseen; all other commands work."),
        )
    gc.disable()  # a start makes much and drops nothing; `app` enables it again after the first paint
    from rubricator_gui import bindings

    bindings.load()
    from rubricator_gui import app

    return app.run(project)


def tour(folder: Path) -> int:
    """Do the tour, without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from rubricator_gui import tour

    return tour.run(folder)
