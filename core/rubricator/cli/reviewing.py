"""The commands that compare layers, and that make a gold layer of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rubricator.cli.options import json_option, opened_project, project_argument
from rubricator.cli.saying import tell
from rubricator.words import Message, message, say

if TYPE_CHECKING:
    from rubricator.project import Project


_WHO = "These only: names or ids, with commas between; “worker *” are all that begin so.  [default: all]"


@click.command("differences")
@project_argument
@click.option("--annotators", default="", help=_WHO)
@click.option("--against-gold", is_flag=True, help="Compare each of them with the gold layer.")
@click.option("--article", default="", help="Tell each difference of this article (its id, as listed without this).")
@json_option
def differences_command(project: Path, annotators: str, against_gold: bool, article: str, as_json: bool) -> None:
    """Say what the layers of several annotators differ in, by kind and pattern."""
    from rubricator.exchange import differences as d
    from rubricator.exchange.comparing import gather_all
    from rubricator.exchange.on_terminal import line
    from rubricator.verbs.annotators import told_apart

    with opened_project(project) as opened:
        owners = d.people(opened, annotators)
        names = told_apart(opened.rows.annotators())
        if article:
            _differences_in(opened, opened.article(article).id, owners, names, against_gold, as_json)
            return
        with line(say(message("Comparing")), sys.stderr) as progress:
            if against_gold:
                by_owner = d.against_gold(opened, owners, progress)
            else:
                found = gather_all(opened, owners, progress)
                places = d.by_article(found.waiting)
                titles = d.titles(opened, places)
    if against_gold:
        value: dict[str, Any] = {
            "annotators": [
                {"annotator": owner, "name": names[owner], "articles": some.articles, "agreements": some.agreements}
                | {"differences": len(some.waiting), "patterns": d.patterns_json(some.waiting)}
                for owner, some in by_owner.items()
            ]
        }
        words: list[Message | str] = []
        for owner, some in by_owner.items():
            words += [message("{name} against gold", name=names[owner]), *d.lines(some)]
        tell(value, words or [message("There is no gold layer to compare with.")], as_json)
        return
    value = {"articles": found.articles, "agreements": found.agreements, "differences": len(found.waiting)}
    value |= {"patterns": d.patterns_json(found.waiting), "by_article": dict(places)}
    tell(value, [*d.lines(found), *d.article_lines(places, titles)], as_json)


def _differences_in(
    opened: Project, article: str, owners: list[str], names: Mapping[str, str], against_gold: bool, as_json: bool
) -> None:
    from rubricator.exchange import differences as d

    there = opened.review.annotators(article)
    present = [owner for owner in owners if owner in there] if owners else there
    comparison = opened.review.compare(article, present, against_gold=against_gold)
    states = {one.difference.id: one.state for one in opened.review.settled(comparison)}
    value = {
        "article": article,
        "annotators": [{"id": work.annotator, "name": names.get(work.annotator, "")} for work in comparison.works],
        "agreements": len(comparison.agreements),
        "differences": [d.difference_json(one, comparison, states) for one in comparison.differences],
    }
    entities = {one.id: one.name for one in opened.links.entities()}
    tell(value, d.in_article(comparison, {**entities, **names}, states), as_json)


@click.command("adjudicate")
@project_argument
@click.option(
    "--policy",
    default="unanimous",
    show_default=True,
    help="unanimous, majority, majority:N, or trusted:NAME. What it writes to gold says so.",
)
@click.option("--annotators", default="", help=_WHO)
@click.option("--finish", is_flag=True, help="Finish the gold layer where all layers are finished and nothing is left.")
@json_option
def adjudicate_command(project: Path, policy: str, annotators: str, finish: bool, as_json: bool) -> None:
    """Write the gold layer by a policy; what it does not settle is left to a reviewer, and what one decided stays."""
    from rubricator.exchange import differences as d
    from rubricator.exchange.on_terminal import line

    with opened_project(project) as opened, line(say(message("Adjudicating")), sys.stderr) as progress:
        who = d.people(opened, annotators)
        tally = d.adjudicate(opened, d.policy_from(opened, policy), who, progress, finish=finish)
    said = message(
        "Articles: {articles}. Places that all agree on: {agreed}; differences settled: {settled}; left: {left}.",
        **tally._asdict(),
    )
    finished = [tally.finishing_told()] if finish else []
    tell({"policy": policy, **tally._asdict()}, [said, *finished], as_json)
