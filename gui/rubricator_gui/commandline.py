"""The commands that show a window, beside those of the core. Qt is loaded only once one of them runs.

Bad arguments, `--help` and every command of the core end before Qt is touched.
"""

from __future__ import annotations

from pathlib import Path

import click

from rubricator import cli
from rubricator_gui import launch

_SUFFIX = ".rubric"
"""Of projects (the store, which names it, is not loaded for this)."""


@cli.rubricator.command("open")
@cli.project_argument
def open_command(project: Path) -> int:
    """Open the window on a project; its path alone, `rubricator news.rubric`, does the same."""
    from rubricator.project import Project
    from rubricator.settings import Settings

    Project.open(project, Settings().me()).close()  # what is wrong with it is told here, before Qt is loaded
    return launch.window(project)


@cli.rubricator.command("demo")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("out/demo"))
def demo_command(folder: Path) -> int:
    """Open the sample project in the window; without a display, do the tour offscreen."""
    if not launch.has_display():
        click.echo("No display: doing the tour offscreen instead.")
        return launch.tour(Path("out/tour"))
    from rubricator.exchange.sample import sample_project

    return launch.window(sample_project(folder))


@cli.rubricator.command("tour")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def tour_command(folder: Path) -> int:
    """Drive the real window through the main job; leave pictures and corpora in FOLDER."""
    return launch.tour(folder)


def run(arguments: list[str]) -> int:
    """Run a command; returns the exit code. A project alone, as a desktop passes it, is opened."""
    if arguments and arguments[0].casefold().endswith(_SUFFIX):
        arguments = ["open", *arguments]
    return cli.run(cli.rubricator, arguments)
