"""The commands on the list of entities."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from rubricator.cli.options import json_option, opened_project, project_argument
from rubricator.cli.saying import tell
from rubricator.words import message, plural, say


@click.group("entities")
def entities_group() -> None:
    """The project's list of entities: show, import, export."""


@entities_group.command("show")
@project_argument
@json_option
def entities_show_command(project: Path, as_json: bool) -> None:
    """List the entities, with how often each is mentioned."""
    with opened_project(project) as opened:
        entities, counts = opened.entities.all(), opened.entities.counts()
    value = [{"id": one.id, "name": one.name, "mentions": counts.get(one.id, 0)} for one in entities]
    words = [f"{counts.get(one.id, 0):>6}  {one.name}  {one.kind}  {one.external}".rstrip() for one in entities]
    tell({"entities": value}, words, as_json)


@entities_group.command("import")
@project_argument
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column holds what, e.g. name=Label."
)
@click.option("--skip-broken", is_flag=True, help="Leave broken lines out instead of refusing the file.")
@click.option("--dry-run", is_flag=True, help="Look at everything and change nothing.")
@json_option
def entities_import_command(
    project: Path, source: Path, columns: tuple[str, ...], skip_broken: bool, dry_run: bool, as_json: bool
) -> None:
    """Import a list of entities: CSV or TSV with named columns, or JSONL. What is on the list is filled up."""
    from rubricator.exchange.entity_lists import columns_of, plan_entities, put_entities

    known, guessed = columns_of(source)
    with opened_project(project) as opened:
        plan = plan_entities(opened, source, {**guessed, **_columns(columns, known)})
        if not dry_run:
            put_entities(opened, plan, skip_broken=skip_broken)
    said = [message("Nothing was changed; this is what would be.")] if dry_run else []
    broken = [message("{file}, line {line}: {why}", file=source.name, line=b.line, why=b.why) for b in plan.broken]
    value = {
        "new": len(plan.new),
        "filled_up": len(plan.changed),
        "known": plan.known,
        "broken": [{"line": one.line, "why": say(one.why)} for one in plan.broken],
        "dry_run": dry_run,
    }
    tell(value, [*said, *plan.lines(), *broken], as_json)


def _columns(given: Iterable[str], known: Iterable[str]) -> dict[Any, str]:
    from rubricator.formats.entity_list import FIELDS

    found: dict[Any, str] = {}
    for one in given:
        field, _equals, column = one.partition("=")
        if field not in FIELDS:
            raise click.UsageError(f"--column: {field!r} is none of {', '.join(FIELDS)}.")
        if column not in known:
            raise click.UsageError(f"--column: there is no column {column!r}; there are {', '.join(known)}.")
        if field in found:
            raise click.UsageError(f"--column: {field} is given twice.")
        found[field] = column
    return found


@entities_group.command("export")
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace what is there.")
@json_option
def entities_export_command(project: Path, out: Path, overwrite: bool, as_json: bool) -> None:
    """Write the list of entities as CSV or JSONL."""
    from rubricator.exchange.entity_lists import export_entities

    with opened_project(project) as opened:
        n = export_entities(opened, out, overwrite=overwrite)
    said = plural("Wrote {n} entity to {file}.", "Wrote {n} entities to {file}.", n, file=out)
    tell({"entities": n, "out": str(out)}, [said], as_json)
