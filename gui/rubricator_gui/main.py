"""The program: the core's command line with the window's commands. Qt is loaded only for a command that shows a window.

Bad arguments, `--help` and every command of the core end before Qt is touched.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from rubricator import cli
from rubricator.errors import UserError
from rubricator.words import message

WINDOW_COMMANDS = frozenset({"open", "demo", "tour"})


@cli.rubricator.command("open")
@cli.project_argument
def open_command(project: Path) -> int:
    """Open the window on a project."""
    from rubricator.project import Project
    from rubricator.settings import Settings

    Project.open(project, Settings().me()).close()  # what is wrong with it is told here, before Qt is loaded
    return _window(project)


@cli.rubricator.command("demo")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("out/demo"))
def demo_command(folder: Path) -> int:
    """Open the sample project in the window; without a display, do the tour offscreen."""
    if not has_display():
        click.echo("No display: doing the tour offscreen instead.")
        return _tour(Path("out/tour"))
    from rubricator.exchange.sample import sample_project

    return _window(sample_project(folder))


@cli.rubricator.command("tour")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def tour_command(folder: Path) -> int:
    """Drive the real window through the main job; leave pictures and corpora in FOLDER."""
    return _tour(folder)


def has_display() -> bool:
    """Say whether a window can be shown to somebody."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"))


def _window(project: Path | None) -> int:
    if not has_display():
        raise UserError(
            message("There is no display to show the window on."),
            message("On a machine without one, “rubricator tour FOLDER” drives it unseen; all other commands work."),
        )
    from rubricator_gui import app

    return app.run(project)


def _tour(folder: Path) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from rubricator_gui import tour

    return tour.run(folder)


def main(arguments: list[str] | None = None) -> None:
    """Run `rubricator`: a command, or without one the window on the last project."""
    given = sys.argv[1:] if arguments is None else arguments
    if given:
        sys.exit(cli.run(cli.rubricator, given))
    try:
        sys.exit(_window(None))
    except UserError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
