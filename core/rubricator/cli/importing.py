"""The command that imports."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from rubricator.cli.options import json_option, one_of, opened_project, project_argument
from rubricator.cli.saying import listed, place_lines, tell
from rubricator.words import Message, _, message, plural, say

if TYPE_CHECKING:
    from rubricator.exchange.import_report import ImportReport
    from rubricator.model.scheme import Scheme


class _Source(click.Path):
    """A path; an empty one, as an unset variable of a shell leaves it, is not the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if not value:
            self.fail(_("An empty name is no file."), param, ctx)
        return super().convert(value, param, ctx)


@click.command("import")
@project_argument
@click.argument("sources", nargs=-1, required=True, type=_Source(path_type=Path))
@click.option("--format", "format_key", default="", help="The format; by default told by each file's name.")
@click.option("--annotator", default="", help="Put all layers of the files into this annotator's layer.")
@one_of("--offsets", ("codepoint", "utf16", "utf8", "grapheme"), "What the offsets in the files count.")
@click.option("--encoding", default="", help="The encoding of the files; by default found out.")
@one_of("--new-labels", ("refuse", "add"), "What to do with labels that the scheme lacks.")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="OLD=NEW",
    help="Give a label of the files another name; with nothing after “=” leave its annotations out. May be repeated.",
)
@one_of(
    "--on-clash",
    ("keep", "take"),
    "Of what was changed or deleted here since it was imported: keep it so, or take what the files say.",
)
@click.option("--strict", is_flag=True, help="Import nothing where anything is refused, be it a file or an annotation.")
@click.option("--dry-run", is_flag=True, help="Look at everything and change nothing.")
@json_option
def import_command(
    project: Path,
    sources: tuple[Path, ...],
    format_key: str,
    annotator: str,
    offsets: Any,
    encoding: str,
    new_labels: Any,
    mapped: tuple[str, ...],
    on_clash: Any,
    strict: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import articles, with their layers where the files have them, as one step that undo takes back.

    Of several files one that is damaged is refused, with the place and why, and the others come in; the exit code is 1
    then. With --strict nothing comes in where anything is refused, and so it is with one file alone.
    """
    from rubricator.exchange.import_report import ImportOptions
    from rubricator.exchange.incoming import import_files
    from rubricator.exchange.on_terminal import line
    from rubricator.formats.base import ReadOptions

    options = ImportOptions(
        format_key,
        annotator,
        ReadOptions(encoding, offsets),
        new_labels=new_labels,
        labels=_mapping(mapped),
        strict=strict,
        clash=on_clash,
        dry_run=dry_run,
    )
    with opened_project(project) as opened, line(say(message("Importing")), sys.stderr) as progress:
        before = opened.scheme
        report, _known = import_files(opened, sources, options, progress)
    said: list[Message | str] = [message("Nothing was changed; this is what would be.")] if dry_run else []
    value = {
        "articles": report.articles,
        "known": report.known,
        "repeated": report.repeated,
        "versions": report.versions,
        "annotations": report.annotations,
        "standing": report.standing,
        "added": report.added,
        "changed": report.changed,
        "topics": report.topics,
        "relations": report.relations,
        "entities": report.entities,
        "labels": dict(report.found),
        "unknown_labels": report.unknown,
        "new_labels": report.labels,
        "declared": report.declared,
        "annotators": report.people,
        **{outcome: listed(report.of(outcome)) for outcome in ("repaired", "refused", "unheld", "kept", "noted")},
        "uneven": report.uneven,
        "notes": [{"where": where, "note": say(note)} for where, note in report.notes],
        "dry_run": dry_run,
    }
    if report.unknown and dry_run:
        said += _unknown(report, before)
    said += [*report.came(), *_read(report)]
    for words, where in report.told():
        said += [words, *place_lines(where)]
    tell(value, said, as_json)
    if report.damaged:
        sys.exit(1)


def _unknown(report: ImportReport, scheme: Scheme) -> list[Message | str]:
    """Say which labels the scheme lacks, that it would be refused so, and which ones they may stand for."""
    from rubricator.exchange.naming import by_place
    from rubricator.model.label_search import meant_label

    meant = ((name, meant_label(name, scheme.labels)) for name in report.unknown)
    maps = " ".join(f"--map {quote(f'{name}={label.name}')}" for name, label in meant if label)
    said: list[Message | str] = [message("Labels that the scheme lacks: {labels}.", labels=by_place(report.unknown))]
    said.append(message("So it would be refused: add them with --new-labels add, or say with --map what they become."))
    return [*said, *([message("It may be meant: {maps}.", maps=maps)] if maps else [])]


def _read(report: ImportReport) -> list[Message | str]:
    """Say what the files were taken for, whose layers came of them, and whether the scheme is theirs."""
    from rubricator import formats

    files = ", ".join(f"{formats.spec(key).title} ({n:,})" for key, n in report.files.most_common())
    layers = ", ".join(f"{name} ({n:,})" for name, n in report.layers.most_common())
    said: list[Message | str] = [message("Files read as: {formats}.", formats=files)] if files else []
    said += [message("Layers of: {names}.", names=layers)] if layers else []
    if report.scheme:
        name, n = report.scheme
        one = "The scheme of the files stands in the place of the project’s: {name}, {n} label."
        many = "The scheme of the files stands in the place of the project’s: {name}, {n} labels."
        said.append(plural(one, many, n, name=name or say(message("without a name"))))
    return said


def _mapping(pairs: Iterable[str]) -> dict[str, str]:
    """Return the labels of `OLD=NEW` pairs."""
    mapped: dict[str, str] = {}
    for pair in pairs:
        old, equals, new = pair.partition("=")
        if not old or not equals:
            raise click.UsageError(say(message("“{pair}” is no mapping: write OLD=NEW.", pair=pair)))
        if mapped.setdefault(old, new) != new:
            raise click.UsageError(say(message("“{label}” is given two other names.", label=old)))
    return mapped
