"""The command that draws articles for a second annotation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rubricator.cli.options import json_option, opened_project, project_argument
from rubricator.cli.saying import tell
from rubricator.words import Message, joined, message, plural, say

if TYPE_CHECKING:
    from rubricator.model.samples import Drawing
    from rubricator.project import Project


@click.command("sample")
@project_argument
@click.option("--for", "whose", default="", metavar="NAME", help="Who gets the articles, too; who is new joins.")
@click.option("--random", default="0", metavar="N|N%", help="So many by lot: agreement is told of them.")
@click.option("--targeted", default=0, type=click.IntRange(0), help="So many on purpose: told apart.")
@click.option(
    "--by",
    multiple=True,
    metavar="WHAT",
    help="What is drawn on purpose by: label:NAME or topic:CODE (how often others gave it), or differences (how much"
    " others differ). May be repeated.",
)
@click.option(
    "--repeats", default=0, type=click.IntRange(0), help="So many of their texts a second time, without telling them."
)
@click.option("--seed", default=0, show_default=True, help="Which of the many draws that are as good.")
@json_option
def sample_command(
    project: Path,
    whose: str,
    random: str,
    targeted: int,
    by: tuple[str, ...],
    repeats: int,
    seed: int,
    as_json: bool,
) -> None:
    """Draw articles that another annotator gets as well, and keep what was drawn; without --for, list it.

    “rubricator pack --sample” makes the packet of it, and “rubricator agreement” tells the shares apart.
    """
    from rubricator.model.ids import new_id
    from rubricator.verbs.annotators import annotator_called, told_apart
    from rubricator.verbs.samples import count_from

    with opened_project(project) as opened:
        if whose:
            person = annotator_called(whose, opened.rows.annotators())
            count = count_from(random)
            if not (count.n or targeted or repeats):  # a name that was mistyped is to join nothing
                raise click.UsageError(say(message("Say how many: --random 10%, --targeted 20 --by …, --repeats 5.")))
            if targeted or by:
                opened.samples.check(by)
            uid, new = (person.id, "") if person else (new_id(), whose)
            drawings = [opened.samples.draw(uid, count, targeted, by, repeats, seed, new=new)]
        elif targeted or by or repeats or random != "0":
            raise click.UsageError(say(message("Say for whom it is: --for NAME.")))
        else:
            drawings = opened.samples.all()
        names = told_apart(opened.rows.annotators())
        value = [_value(one, names.get(one.annotator, "")) for one in drawings]
        lines = [line for one in drawings for line in _lines(opened, one, names.get(one.annotator, one.annotator))]
    tell({"samples": value}, lines or [message("Nothing was drawn yet.")], as_json)


def _value(drawing: Drawing, name: str) -> dict[str, Any]:
    return {
        "id": drawing.id,
        "for": {"id": drawing.annotator, "name": name},
        "random": drawing.random,
        "targeted": drawing.targeted,
        "by": drawing.why,
        "repeats": dict(drawing.repeats),
        "seed": drawing.seed,
        "at": drawing.at,
    }


def _lines(project: Project, drawing: Drawing, name: str) -> Iterator[Message | str]:
    parts = [plural("{n} article by lot", "{n} articles by lot", len(drawing.random))]
    if drawing.targeted:
        words = plural("{n} on purpose ({by})", "{n} on purpose ({by})", len(drawing.targeted), by=drawing.why)
        parts.append(words)
    if drawing.repeats:
        parts.append(plural("{n} text a second time", "{n} texts a second time", len(drawing.repeats)))
    yield message("For {name}, seed {seed}: {what}.", name=name, seed=drawing.seed, what=joined(parts))
    for title, ids in ((message("  by lot:"), drawing.random), (message("  on purpose:"), drawing.targeted)):
        if ids:
            yield title
            yield from (f"    {uid}  {_title(project, uid)}".rstrip() for uid in ids)


def _title(project: Project, uid: str) -> str:
    article = project.rows.article(uid)
    return article.title if article else ""
