"""The command that says how far annotators agree."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rubricator.cli.options import json_option, opened_project, project_argument
from rubricator.cli.saying import tell
from rubricator.words import message, say


@click.command("agreement")
@project_argument
@click.option(
    "--annotators",
    default="",
    metavar="A,B",
    help="Names or ids; “worker *” are all that begin so.  [default: all]",
)
@click.option("--against-gold", is_flag=True, help="Compare each annotator with gold, not with the others.")
@click.option("--label", "labels", multiple=True, help="Only annotations with this label. May be repeated.")
@click.option("--unfinished", is_flag=True, help="Count layers that are in work, too.")
@click.option("--seed", default=0, show_default=True, help="Of the draws that the intervals are made of.")
@click.option("--html", "html_out", default=None, type=click.Path(path_type=Path), help="Write a page with all of it.")
@click.option("--csv", "csv_out", default=None, type=click.Path(path_type=Path), help="Write a table of all figures.")
@click.option("--overwrite", is_flag=True, help="Replace what is there.")
@json_option
def agreement_command(
    project: Path,
    annotators: str,
    against_gold: bool,
    labels: tuple[str, ...],
    unfinished: bool,
    seed: int,
    html_out: Path | None,
    csv_out: Path | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Say how far annotators agree: on spans, labels and topics, with 95 % intervals over articles."""
    from rubricator.exchange.on_terminal import line
    from rubricator.exchange.places import check_place, put_text
    from rubricator.review.agreement.html import to_html
    from rubricator.review.agreement.lines import lines
    from rubricator.review.agreement.tables import to_csv, to_json
    from rubricator.verbs.annotators import annotators_named

    for place in filter(None, (html_out, csv_out)):
        check_place(place, overwrite=overwrite)
    with opened_project(project) as opened, opened.snapshot(), line(say(message("Comparing")), sys.stderr) as progress:
        report = opened.agreement.report(
            annotators_named(annotators, opened.rows.annotators()),
            against_gold=against_gold,
            unfinished=unfinished,
            labels=labels,
            seed=seed,
            progress=progress,
        )
    for out, write in ((html_out, to_html), (csv_out, to_csv)):
        if out:
            put_text(out, write(report), overwrite=overwrite)
    written = [message("Wrote {file}.", file=out) for out in (html_out, csv_out) if out]
    told = lines(report)
    if report.unfinished:
        told.insert(told.index(""), message("“--unfinished” counts those, too."))
    tell(to_json(report), [*told, *written], as_json)
