"""What several commands take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rubricator.project import Project

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


def _file(_context: click.Context, _parameter: click.Parameter, value: str) -> Path:
    """Turn the name of a project into its path; the suffix may be left out."""
    path = Path(value)
    return path if path.suffix or path.exists() else path.with_suffix(".rubric")


project_argument = click.argument("project", callback=_file)
json_option = click.option("--json", "as_json", is_flag=True, help="Report as JSON.")


def one_of(name: str, values: Sequence[str], words: str) -> Wrap:
    """Return an option that takes one of these values, by default the first."""
    return click.option(name, type=click.Choice(values), default=values[0], show_default=True, help=words)


def opened_project(path: Path) -> Project:
    """Open a project as the person who the settings say is at work."""
    from rubricator.project import Project
    from rubricator.settings import Settings

    return Project.open(path, Settings().me())
