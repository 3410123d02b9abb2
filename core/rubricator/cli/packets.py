"""Commands that give work out and take it back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rubricator.cli.options import json_option, opened_project, project_argument
from rubricator.cli.saying import tell
from rubricator.errors import UserError
from rubricator.words import Message, message, plural, say

if TYPE_CHECKING:
    from rubricator.hub.merging import Merged, Plan
    from rubricator.project import Project

_LISTED = 20


@click.command("pack")
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--annotator", default="", help="Whose packet it is (a name or an id); who is new joins the project.")
@click.option("--articles", default="", help="Only these (ids, with commas between them).  [default: all]")
@click.option("--sample", is_flag=True, help="Only what “rubricator sample” has drawn for the annotator.")
@click.option(
    "--status",
    type=click.Choice(["todo", "doing", "done", "skipped"]),
    default=None,
    help="Only the articles that have this status in the annotator's layer.",
)
@click.option("--gold", is_flag=True, help="With what was decided about the articles that the annotator has finished.")
@click.option("--overwrite", is_flag=True, help="Replace what is there.")
@json_option
def pack_command(
    project: Path,
    out: Path,
    annotator: str,
    articles: str,
    sample: bool,
    status: str | None,
    gold: bool,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Write a packet: what one annotator needs to work, without what others say.

    They open it with “rubricator new PROJECT --from PACKET”, and send their project back, or a packet of it;
    “rubricator merge” takes it in.
    """
    from rubricator.hub import packets

    out = out if out.suffix else out.with_suffix(packets.SUFFIX)
    if out.exists() and not overwrite:
        raise UserError(
            message("{file} is there already.", file=out), message("Choose another name, or say “--overwrite”.")
        )
    with opened_project(project) as opened:
        annotator = annotator or opened.packet.get("for", "")
        if not annotator.strip():
            raise click.UsageError(say(message("Say whose packet it is: --annotator NAME.")))
        names = [name for name in (part.strip() for part in articles.split(",")) if name]
        person = packets.annotator_called(opened, annotator)
        if sample:
            names += _drawn(opened, person.id if person else "")
        chosen = packets.articles_of(opened, person.id if person else "", names, status or "")
        joined = person is None
        person = person or packets.joined(opened, annotator, chosen, out)
        packed = packets.pack(opened, out, person, chosen, gold=gold)
        finished = any(opened.rows.status(uid, person.id) == "done" for uid in chosen)
    said = [
        plural(
            "Wrote {file} for {name}: {n} article.",
            "Wrote {file} for {name}: {n} articles.",
            packed.articles,
            file=out,
            name=person.name,
        )
    ]
    if joined:
        said.append(message("{name} is a new annotator of the project.", name=person.name))
    if gold and not finished:
        said.append(
            message("It holds nothing that was decided: {name} has finished none of these articles.", name=person.name)
        )
    value = {
        "packet": str(out),
        "annotator": {"id": person.id, "name": person.name, "new": joined},
        "articles": packed.articles,
        "rows": packed.rows,
    }
    tell(value, said, as_json)


def _drawn(project: Project, annotator: str) -> list[str]:
    given = project.samples.given()
    if not (found := [*given.articles(annotator), *given.repeated(annotator)]):
        raise UserError(
            message("Nothing was drawn for this annotator."), message("“rubricator sample” draws articles for them.")
        )
    there = {article.id for article in project.rows.articles()}
    return [uid for uid in found if uid in there]


@click.command("merge")
@project_argument
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come in, and change nothing.")
@json_option
def merge_command(project: Path, files: tuple[Path, ...], dry_run: bool, as_json: bool) -> None:
    """Take work in: packets, or whole projects, that came of this project. In any order, and as often as you like.

    Exit code 1 where anything was refused; all else is in then.
    """
    from rubricator.hub.merging import Merged, merge, plan

    with opened_project(project) as opened:
        planned = Merged(tuple(plan(opened, file) for file in files), None, ()) if dry_run else None
        merged = planned or merge(opened, files)
    tell(_value(merged, dry_run), _lines(merged, dry_run), as_json)
    if any(one.n_refused for one in merged.plans):
        sys.exit(1)


def _value(merged: Merged, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "backup": str(merged.backup) if merged.backup else None,
        "files": [
            {
                "file": str(one.file),
                "whose": one.whose,
                "rows": one.rows,
                "known": one.known,
                "from": [{**asdict(share), "counts": dict(share.counts)} for share in one.shares],
                "new_articles": list(one.articles),
                "scheme": [say(words) for words in one.scheme],
                "unknown_labels": dict(one.unknown),
                "clashes": [
                    {
                        "kind": clash.kind,
                        "id": clash.id,
                        "article": clash.article,
                        "field": clash.field,
                        "here": clash.here,
                        "theirs": clash.theirs,
                        "stays": "theirs" if clash.theirs_stays else "here",
                        "what": say(clash.what),
                    }
                    for clash in one.clashes
                ],
                "clashes_in_all": one.n_clashes,
                "refused": [{**row._asdict(), "why": say(row.why)} for row in one.refused],
                "refused_in_all": one.n_refused,
            }
            for one in merged.plans
        ],
    }


def _lines(merged: Merged, dry_run: bool) -> Iterator[Message | str]:
    for one in merged.plans:
        yield from _told(one)
    if merged.backup:
        yield message("The project as it was before is kept in {file}.", file=merged.backup)
    elif dry_run:
        yield message("Nothing was changed.")


def _told(one: Plan) -> Iterator[Message | str]:
    if not one and not one.n_refused:
        yield message("{file}: all of it is here already.", file=one.file)
        return
    yield message("{file}:", file=one.file)
    for share in one.shares:
        counts = ", ".join(f"{key} {n}" for key, n in share.counts)
        yield message("  from {name}: {counts}", name=share.name or share.annotator, counts=counts or "—")
    yield from _part(message("  new articles:"), one.articles, len(one.articles))
    yield from _part(message("  changes of the scheme:"), [say(words) for words in one.scheme], len(one.scheme))
    unknown = [f"{label} ({n})" for label, n in one.unknown]
    yield from _part(message("  labels that the scheme lacks here; they come in as they are:"), unknown, len(unknown))
    yield from _part(message("  clashes:"), [say(clash.what) for clash in one.clashes], one.n_clashes)
    yield from _part(message("  refused:"), [say(row.why) for row in one.refused], one.n_refused)


def _part(title: Message, items: list[str] | tuple[str, ...], n: int) -> Iterator[Message | str]:
    if not n:
        return
    yield title
    for item in items[:_LISTED]:
        yield f"    {item}"
    if n > _LISTED:
        yield message("    and {n} more", n=n - _LISTED)
