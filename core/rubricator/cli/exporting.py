"""The commands that export, and that say what can be exported."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from rubricator.cli.options import json_option, one_of, opened_project, project_argument
from rubricator.cli.saying import listed, loss_lines, tell
from rubricator.words import Message, message, say

_CHOICES = {
    "nested": (
        ("layers", "outermost", "innermost", "skip"),
        "What to keep of nested spans: layers are all (CoNLL: a column each; spaCy: the outermost in doc.ents).",
    ),
    "tagging": (("IOB2", "BIOES", "BILOU", "IOB1"), "For CoNLL."),
    "broken": (
        ("skip", "hull", "pieces"),
        "What to make of discontinuous spans: nothing, one span over all, or one for each piece.",
    ),
    "subtoken": (
        ("skip", "expand", "contract"),
        "What to make of spans that end inside a word: nothing, whole words around them, or those in them.",
    ),
    "across": (("keep", "skip"), "What to make of spans over a blank line."),
    "formulas": (
        ("guard", "keep"),
        "What to make of cells of a table that begin like formulas: an apostrophe before them, or nothing.",
    ),
}
"""The values of the WriteOptions, the usual one first, and words; formats/base.py has them too, and is loaded late."""


def _writing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each of the WriteOptions."""
    for name, (values, words) in reversed(_CHOICES.items()):
        command = one_of(f"--{name}", values, words)(command)
    return command


@click.command("export")
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "format_key", required=True, help="The format; “rubricator formats” lists them.")
@click.option("--annotator", default="", help="Export this annotator's layers (a name or an id).")
@click.option("--gold", is_flag=True, help="Export the gold layers.")
@click.option("--status", type=click.Choice(["todo", "doing", "done", "skipped"]), default=None)
@_writing
@click.option(
    "--split", default="", metavar="80/10/10", help="Part it into train, dev and test; 90/10: train and test."
)
@click.option("--seed", default=0, show_default=True, help="Which of the many splits that are as good.")
@click.option("--corpus", is_flag=True, help="Make a folder with a data card, scheme and sums; a split always does.")
@click.option("--licence", default="", help="What the data card says of the licence.")
@click.option("--snapshot", default="", help="Export this snapshot of the project, not its present state.")
@click.option("--provenance", is_flag=True, help="With --gold: who decided what, when, why, and from which layers.")
@one_of(
    "--on-loss",
    ("report", "fail"),
    "Fail: write nothing where anything is lost that an annotator said (a span, an attribute, a link, a comment)"
    " or words of the text. Ids, origins, authors, dates, times, titles, metadata and white space do not count; they"
    " are listed all the same.",
)
@click.option("--overwrite", is_flag=True, help="Replace what is there.")
@json_option
def export_command(
    project: Path,
    out: Path,
    format_key: str,
    annotator: str,
    gold: bool,
    status: str | None,
    split: str,
    seed: int,
    corpus: bool,
    licence: str,
    snapshot: str,
    provenance: bool,
    on_loss: str,
    overwrite: bool,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Export the corpus. What the format cannot carry is listed, and the file is read back."""
    from rubricator.exchange.export_report import ExportOptions
    from rubricator.exchange.on_terminal import line
    from rubricator.exchange.outgoing import check_out, prepare, state_asked, write
    from rubricator.exchange.splitting import split_from
    from rubricator.formats.base import WriteOptions
    from rubricator.formats.losing import grave

    if gold and annotator:
        raise click.UsageError(say(message("--gold and --annotator exclude each other.")))
    if provenance and not gold:
        raise click.UsageError(say(message("--provenance goes with --gold.")))
    options = ExportOptions(format_key, annotator, gold, status or "", WriteOptions(**chosen), overwrite)
    parted = split_from(split, seed) if split else None
    options = replace(options, split=parted, corpus=corpus, licence=licence, snapshot=snapshot, provenance=provenance)
    check_out(out, options)
    value: dict[str, Any]
    with opened_project(project) as here, state_asked(here, options) as (opened, options), opened.snapshot():
        with line(say(message("Looking at what will be lost")), sys.stderr) as progress:
            ready = prepare(opened, options, progress)
        lost = [words for loss in ready.losses for words in loss_lines(loss)]
        if on_loss == "fail" and grave(ready.losses):
            value = {"written": False, "losses": listed(ready.losses)}
            tell(value, [message("Nothing was written."), *lost], as_json)
            sys.exit(1)
        if not as_json:
            tell({}, lost, False)  # before anything is written
        with line(say(message("Exporting")), sys.stderr) as progress:
            report = write(ready, out, progress)
    value = {
        "written": True,
        "out": str(out),
        "articles": report.articles,
        "annotations": report.annotations,
        "left_out": report.left_out,
        "losses": listed(report.losses),
    }
    if report.again:
        value["again"] = report.again
    if report.parts:
        value["parts"] = {
            name: {"articles": x.articles, "annotations": x.annotations, "labels": x.labels, "topics": x.topics}
            for name, x in report.parts.items()
        }
    said = report.lines()
    tell(value, said[: len(said) - len(report.losses)], as_json)


@click.command("formats")
@json_option
def formats_command(as_json: bool) -> None:
    """List what can be imported and exported, and what is carried on the way out."""
    from rubricator import formats
    from rubricator.exchange.carrying import carries

    known = {spec.key: carries(spec.key) for spec in formats.FORMATS}
    rows = [
        {
            "key": spec.key,
            "title": spec.title,
            "suffixes": list(spec.suffixes),
            "reads": spec.reads,
            "writes": spec.writes,
            "extra": spec.extra,
            **({"carries": found.carried, "loses": found.lost} if (found := known[spec.key]) else {}),
        }
        for spec in formats.FORMATS
    ]
    lines: list[Message | str] = []
    for spec in formats.FORMATS:
        ways = " ".join(word for word, can in (("import", spec.reads), ("export", spec.writes)) if can)
        extra = f"  (needs the extra “{spec.extra}”)" if spec.extra else ""
        lines.append(f"{spec.key:<13} {ways:<14} {spec.title}{extra}")
        carried = known[spec.key]
        for words in carried.lines() if carried else []:
            lines += textwrap.wrap(say(words), 100, initial_indent=" " * 14, subsequent_indent=" " * 16)
    tell({"formats": rows}, lines, as_json)
