"""The commands on the scheme."""

from __future__ import annotations

from pathlib import Path

import click

from rubricator.cli.options import json_option, opened_project, project_argument
from rubricator.cli.saying import tell
from rubricator.words import message, say


@click.group("scheme")
def scheme_group() -> None:
    """Show, import or export the scheme: labels, keys, colours, topics."""


@scheme_group.command("show")
@project_argument
@json_option
def scheme_show(project: Path, as_json: bool) -> None:
    """Show the labels with their keys and definitions."""
    from rubricator.model.scheme_json import scheme_to_json

    with opened_project(project) as opened:
        scheme = opened.scheme
    lines = [f"{scheme.name} (version {scheme.version}, {len(scheme.labels)} labels, {len(scheme.topics)} topics)"]
    rows = [(x.key or "-", x.short, x.name, x.title, x.definition) for x in scheme.labels]
    lines += [f"  {key:<3}  {short:<5}  {name:<20} {title:<16} {words}" for key, short, name, title, words in rows]
    if rows:
        lines.insert(1, say(message("  key  short  label                title            definition")))
    tell(scheme_to_json(scheme), lines, as_json)


@scheme_group.command("import")
@project_argument
@click.argument("source")
@json_option
def scheme_import(project: Path, source: str, as_json: bool) -> None:
    """Put a scheme in the place of the present one: a file, or the name of a built-in one."""
    from rubricator.exchange.schemes import put_scheme, scheme_named

    with opened_project(project) as opened:
        scheme = scheme_named(source)
        put_scheme(opened, scheme)
        version = opened.scheme.version
    value = {"scheme": scheme.name, "version": version, "labels": len(scheme.labels)}
    tell(value, [message("The scheme is now {scheme}, version {n}.", scheme=scheme.name, n=version)], as_json)


@scheme_group.command("export")
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace what is there.")
def scheme_export(project: Path, out: Path, overwrite: bool) -> None:
    """Write the scheme to a JSON file."""
    from rubricator.exchange.schemes import write_scheme

    with opened_project(project) as opened:
        write_scheme(opened.scheme, out, overwrite=overwrite)
