"""The command line over the core. It never loads Qt, and loads the rest of the core only for the command that is asked.

Exit codes: 0 done, 1 refused (or losses with `--on-loss fail`), 2 wrong usage.
"""

from __future__ import annotations

import io
import json
import re
import sys
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rubricator import __version__
from rubricator.errors import UserError
from rubricator.words import Message, message, plural, say

if TYPE_CHECKING:
    from rubricator.formats.base import Loss
    from rubricator.project import Project


def _file(_context: click.Context, _parameter: click.Parameter, value: str) -> Path:
    """Turn the name of a project into its path; the suffix may be left out."""
    path = Path(value)
    return path if path.suffix or path.exists() else path.with_suffix(".rubric")


project_argument = click.argument("project", callback=_file)
json_option = click.option("--json", "as_json", is_flag=True, help="Report as JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rubricator")
def rubricator() -> None:
    """Annotate articles by hand, and take the corpus into training."""


@rubricator.command("new")
@project_argument
@click.option("--scheme", default="", help="news, ontonotes, conll2003, empty, or a scheme file.  [default: news]")
@click.option("--name", default="", help="What the project is called.  [default: the file's name]")
@json_option
def new_command(project: Path, scheme: str, name: str, as_json: bool) -> None:
    """Make an empty project."""
    from rubricator.exchange.schemes import scheme_named, with_topics
    from rubricator.project import Project
    from rubricator.settings import Settings

    provisional = [key for key, given in (("name", name), ("scheme", scheme and scheme != "empty")) if not given]
    found = with_topics(scheme_named(scheme or "news"))
    Project.create(project, Settings().me(), found, name=name, provisional=provisional).close()
    _report(
        {"project": str(project), "scheme": found.name, "labels": len(found.labels)},
        [message("Made {file} with the scheme {scheme}.", file=project, scheme=found.name)],
        as_json,
    )


@rubricator.command("import")
@project_argument
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "format_key", default="", help="The format; by default told by each file's name.")
@click.option("--annotator", default="", help="Put all layers of the files into this annotator's layer.")
@click.option(
    "--offsets",
    type=click.Choice(["codepoint", "utf16", "utf8", "grapheme"]),
    default="codepoint",
    show_default=True,
    help="What the offsets in the files count.",
)
@click.option("--encoding", default="", help="The encoding of the files; by default found out.")
@click.option(
    "--new-labels",
    type=click.Choice(["refuse", "add"]),
    default="refuse",
    show_default=True,
    help="What to do with labels that the scheme lacks.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="OLD=NEW",
    help="Give a label of the files another name; with nothing after “=” leave its annotations out. May be repeated.",
)
@click.option("--strict", is_flag=True, help="Import nothing where anything is refused.")
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
    strict: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import articles, with their layers where the files have them. All of it, or nothing."""
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
        dry_run=dry_run,
    )
    with _opened(project) as opened, line(say(message("Importing")), sys.stderr) as progress:
        report, _ = import_files(opened, sources, options, progress)
    said = [message("Nothing was changed; this is what would be.")] if dry_run else []
    value = {
        "articles": report.articles,
        "known": report.known,
        "versions": report.versions,
        "annotations": report.annotations,
        "topics": report.topics,
        "relations": report.relations,
        "entities": report.entities,
        "labels": dict(report.found),
        "unknown_labels": report.unknown,
        "new_labels": report.labels,
        "declared": report.declared,
        "annotators": report.people,
        **{outcome: _listed(report.of(outcome)) for outcome in ("repaired", "refused", "unheld")},
        "uneven": report.uneven,
        "notes": [{"where": where, "note": say(note)} for where, note in report.notes],
        "dry_run": dry_run,
    }
    if report.unknown and dry_run:
        unknown = ", ".join(f"{name} ({where})" for name, where in report.unknown.items())
        said.append(message("Labels that the scheme lacks: {labels}.", labels=unknown))
    places = [words for case in report.cases.list() for words in _loss_lines(case)[1:]]
    _report(value, [*said, *report.lines(), *places], as_json)


def _mapping(pairs: Iterable[str]) -> dict[str, str]:
    """Return the labels of `OLD=NEW` pairs."""
    mapped: dict[str, str] = {}
    for pair in pairs:
        old, equals, new = pair.partition("=")
        if not old or not equals:
            raise click.UsageError(say(message("“{pair}” is no mapping: write OLD=NEW.", pair=pair)))
        mapped[old] = new
    return mapped


def _listed(losses: Iterable[Loss]) -> list[dict[str, object]]:
    return [{"kind": x.kind, "what": say(x.what), "n": x.n, "where": list(x.where)} for x in losses]


@rubricator.command("export")
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", "format_key", required=True, help="The format; “rubricator formats” lists them.")
@click.option("--annotator", default="", help="Export this annotator's layers (a name or an id).")
@click.option("--gold", is_flag=True, help="Export the gold layers.")
@click.option("--status", type=click.Choice(["todo", "doing", "done", "skipped"]), default=None)
@click.option(
    "--nested",
    type=click.Choice(["outermost", "innermost", "layers", "skip"]),
    default="outermost",
    show_default=True,
    help="What to keep of nested spans, where the format is flat.",
)
@click.option(
    "--tagging",
    type=click.Choice(["IOB2", "BIOES", "BILOU", "IOB1"]),
    default="IOB2",
    show_default=True,
    help="For CoNLL.",
)
@click.option(
    "--broken",
    type=click.Choice(["skip", "hull", "pieces"]),
    default="skip",
    show_default=True,
    help="What to make of discontinuous spans: nothing, one span over all, or one for each piece.",
)
@click.option(
    "--subtoken",
    type=click.Choice(["skip", "expand", "contract"]),
    default="skip",
    show_default=True,
    help="What to make of spans that end inside a word: nothing, whole words around them, or those in them.",
)
@click.option(
    "--across",
    type=click.Choice(["keep", "skip"]),
    default="keep",
    show_default=True,
    help="What to make of spans over a blank line.",
)
@click.option(
    "--split", default="", metavar="80/10/10", help="Part it into train, dev and test; 90/10: train and test."
)
@click.option("--seed", default=0, show_default=True, help="Which of the many splits that are as good.")
@click.option("--corpus", is_flag=True, help="Make a folder with a data card, scheme and sums; a split always does.")
@click.option("--licence", default="", help="What the data card says of the licence.")
@click.option("--snapshot", default="", help="Export this snapshot of the project, not its present state.")
@click.option(
    "--formulas",
    type=click.Choice(["guard", "keep"]),
    default="guard",
    show_default=True,
    help="What to make of cells of a table that begin like formulas: an apostrophe before them, or nothing.",
)
@click.option("--provenance", is_flag=True, help="With --gold: who decided what, when, why, and from which layers.")
@click.option("--on-loss", type=click.Choice(["report", "fail"]), default="report", show_default=True)
@click.option("--overwrite", is_flag=True, help="Replace what is there.")
@json_option
def export_command(
    project: Path,
    out: Path,
    format_key: str,
    annotator: str,
    gold: bool,
    status: str | None,
    nested: Any,
    tagging: Any,
    broken: Any,
    subtoken: Any,
    across: Any,
    formulas: Any,
    split: str,
    seed: int,
    corpus: bool,
    licence: str,
    snapshot: str,
    provenance: bool,
    on_loss: str,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Export the corpus. What the format cannot carry is listed, and the file is read back."""
    from rubricator.exchange.on_terminal import line
    from rubricator.exchange.outgoing import ExportOptions, export, preflight, state_asked
    from rubricator.exchange.splitting import split_from
    from rubricator.formats.base import WriteOptions

    if gold and annotator:
        raise click.UsageError(say(message("--gold and --annotator exclude each other.")))
    if provenance and not gold:
        raise click.UsageError(say(message("--provenance goes with --gold.")))
    write = WriteOptions(nested, tagging, broken, subtoken, across, formulas)
    options = ExportOptions(format_key, annotator, gold, status or "", write, overwrite)
    parted = split_from(split, seed) if split else None
    options = replace(options, split=parted, corpus=corpus, licence=licence, snapshot=snapshot, provenance=provenance)
    with _opened(project) as here, state_asked(here, options) as (opened, options):
        with line(say(message("Looking at what will be lost")), sys.stderr) as progress:
            losses = preflight(opened, options, progress)
        lost = [words for loss in losses for words in _loss_lines(loss)]
        if losses and on_loss == "fail":
            _report({"written": False, "losses": _listed(losses)}, [message("Nothing was written."), *lost], as_json)
            sys.exit(1)
        if not as_json:
            _report({}, lost, False)  # before anything is written
        with line(say(message("Exporting")), sys.stderr) as progress:
            report = export(opened, out, options, progress)
    value: dict[str, Any] = {
        "written": True,
        "out": str(out),
        "articles": report.articles,
        "annotations": report.annotations,
        "left_out": report.left_out,
        "losses": _listed(report.losses),
    }
    if report.parts:
        value["parts"] = {
            name: {"articles": x.articles, "annotations": x.annotations, "labels": x.labels, "topics": x.topics}
            for name, x in report.parts.items()
        }
    said = report.lines()
    _report(value, said[: len(said) - len(report.losses)], as_json)


def _loss_lines(loss: Any) -> list[Message | str]:
    shown = [f"  {place}" for place in loss.where[:20]]
    more = len(loss.where) - len(shown)
    return [loss.what, *shown, *([message("  and {n} more", n=more)] if more > 0 else [])]


@rubricator.command("formats")
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
    _report({"formats": rows}, lines, as_json)


@rubricator.command("stats")
@project_argument
@json_option
def stats_command(project: Path, as_json: bool) -> None:
    """Count articles, annotations, labels, topics and statuses."""
    with _opened(project) as opened:
        rows = opened.rows
        people = {
            person.id: {
                "name": person.name,
                "kind": person.kind,
                "status": rows.status_counts(person.id),
                "labels": rows.label_counts(annotator=person.id),
                "topics": rows.topic_counts(person.id),
            }
            for person in rows.annotators()
        }
        value: dict[str, Any] = {
            "project": opened.name,
            "scheme": opened.scheme.name,
            **{key.replace(" ", "_"): n for key, n in rows.sizes().items()},
            "annotators": people,
        }
        lines = [f"{opened.name} ({opened.scheme.name})"]
        lines += [f"  {n:>10,}  {key}" for key, n in rows.sizes().items()]
        for person in people.values():
            lines.append(f"{person['name']}")
            status = ", ".join(f"{n} {key}" for key, n in _counts(person["status"]).items() if n)
            lines.append(f"              {status}")
            lines += [f"  {n:>10,}  {label}" for label, n in _counts(person["labels"]).items()]
            lines += [
                f"  {n:>10,}  {' › '.join(opened.scheme.topic_path(code))}"
                for code, n in _counts(person["topics"]).items()
            ]
    _report(value, lines, as_json)


def _counts(value: object) -> Mapping[str, int]:
    return value if isinstance(value, dict) else {}


@rubricator.command("history")
@project_argument
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@click.option("--article", default="", help="Of this article only (its id).")
@json_option
def history_command(project: Path, limit: int, article: str, as_json: bool) -> None:
    """Say what was done, by whom and when; the newest first."""
    with _opened(project) as opened:
        lines = [line for _, line in opened.history(limit, article=article)]
    value = [
        {
            "step": line.step,
            "at": line.at,
            "by": line.author,
            "article": line.article,
            "what": say(line.what),
            "undone": line.undone,
        }
        for line in lines
    ]
    words = [
        f"{line.at[:16].replace('T', ' ')}  {line.author:<12} {say(line.what)}{'  (undone)' if line.undone else ''}"
        for line in lines
    ]
    _report({"history": value}, words, as_json)


@rubricator.command("differences")
@project_argument
@click.option("--annotators", default="", help="Compare these only: names or ids, parted by commas.  [default: all]")
@click.option("--against-gold", is_flag=True, help="Compare each of them with the gold layer.")
@click.option("--article", default="", help="Tell each difference of this article (its id).")
@json_option
def differences_command(project: Path, annotators: str, against_gold: bool, article: str, as_json: bool) -> None:
    """Say what the layers of several annotators differ in, by kind and pattern."""
    from rubricator.exchange import differences as d
    from rubricator.exchange.on_terminal import line

    with _opened(project) as opened:
        owners = d.people(opened, annotators)
        names = {one.id: one.name for one in opened.rows.annotators()}
        if article:
            _differences_in(opened, opened.article(article).id, owners, names, against_gold, as_json)
            return
        with line(say(message("Comparing")), sys.stderr) as progress:
            if against_gold:
                by_owner = d.against_gold(opened, owners, progress)
            else:
                found = d.gather(opened, owners, progress=progress)
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
        _report(value, words or [message("There is no gold layer to compare with.")], as_json)
        return
    value = {"articles": found.articles, "agreements": found.agreements, "differences": len(found.waiting)}
    _report(value | {"patterns": d.patterns_json(found.waiting)}, d.lines(found), as_json)


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
    _report(value, d.in_article(comparison, {**entities, **names}, states), as_json)


@rubricator.command("adjudicate")
@project_argument
@click.option(
    "--policy",
    default="unanimous",
    show_default=True,
    help="unanimous, majority, majority:N, or trusted:NAME. What it writes to gold says so.",
)
@click.option("--annotators", default="", help="Of these only: names or ids, parted by commas.  [default: all]")
@json_option
def adjudicate_command(project: Path, policy: str, annotators: str, as_json: bool) -> None:
    """Write the gold layer by a policy; what it does not settle is left to a reviewer, and what one decided stays."""
    from rubricator.exchange import differences as d
    from rubricator.exchange.on_terminal import line

    with _opened(project) as opened, line(say(message("Adjudicating")), sys.stderr) as progress:
        tally = d.adjudicate(opened, d.policy_from(opened, policy), d.people(opened, annotators), progress)
    said = message(
        "Articles: {articles}. Places that all agree on: {agreed}; differences settled: {settled}; left: {left}.",
        **tally._asdict(),
    )
    _report({"policy": policy, **tally._asdict()}, [said], as_json)


@rubricator.command("snapshot")
@project_argument
@click.argument("name")
@click.option("--delete", is_flag=True, help="Take the snapshot of this name (or id) off the list instead.")
@json_option
def snapshot_command(project: Path, name: str, delete: bool, as_json: bool) -> None:
    """Give the present state of a project a name: “export --snapshot NAME” writes the same bytes ever after."""
    with _opened(project) as opened:
        if delete:
            snapshot = opened.snapshot_called(name)
            opened.delete_snapshot(snapshot)
            said = message("Deleted the snapshot “{name}”.", name=snapshot.name)
        else:
            opened.take_snapshot(name)
            snapshot = opened.snapshots()[-1]
            said = message("Took the snapshot “{name}”.", name=snapshot.name)
    _report({"snapshot": snapshot.name}, [said], as_json)


@rubricator.command("snapshots")
@project_argument
@json_option
def snapshots_command(project: Path, as_json: bool) -> None:
    """List the snapshots of a project, in the order they were taken."""
    with _opened(project) as opened:
        there = opened.snapshots()
    _report({"snapshots": [one._asdict() for one in there]}, [one.name for one in there], as_json)


@rubricator.command("check")
@project_argument
@click.option("--full", is_flag=True, help="Look at every text and quote, and replay the journal.")
@json_option
def check_command(project: Path, full: bool, as_json: bool) -> None:
    """Look whether the file is sound. Exit code 1 where it is damaged."""
    with _opened(project) as opened:
        found = list(opened.check(full=full))
    damage = [finding for finding in found if finding.damage]
    value = {
        "sound": not damage,
        "findings": [{"damage": finding.damage, "what": say(finding.what)} for finding in found],
    }
    lines: list[Message | str] = [finding.what for finding in found]
    if not damage:
        lines.append(message("{file} is sound.", file=project))
    else:
        lines.append(message("{file} is damaged: go back to a backup. It was not changed.", file=project))
    _report(value, lines, as_json)
    if damage:
        sys.exit(1)


# --- scheme and topics --------------------------------------------------------------------------------------------


@rubricator.group("scheme")
def scheme_group() -> None:
    """Show, import or export the scheme: labels, keys, colours, topics."""


@scheme_group.command("show")
@project_argument
@json_option
def scheme_show(project: Path, as_json: bool) -> None:
    """Show the labels with their keys and definitions."""
    from rubricator.model.scheme_json import scheme_to_json

    with _opened(project) as opened:
        scheme = opened.scheme
    lines = [f"{scheme.name} (version {scheme.version}, {len(scheme.labels)} labels, {len(scheme.topics)} topics)"]
    lines += [f"  {x.key or '-'}  {x.short:<4}  {x.name:<20} {x.definition}" for x in scheme.labels]
    _report(scheme_to_json(scheme), lines, as_json)


@scheme_group.command("import")
@project_argument
@click.argument("source")
@json_option
def scheme_import(project: Path, source: str, as_json: bool) -> None:
    """Put a scheme in the place of the present one: a file, or the name of a built-in one."""
    from rubricator.exchange.schemes import put_scheme, scheme_named

    with _opened(project) as opened:
        scheme = scheme_named(source)
        put_scheme(opened, scheme)
        version = opened.scheme.version
    value = {"scheme": scheme.name, "version": version, "labels": len(scheme.labels)}
    _report(value, [message("The scheme is now {scheme}, version {n}.", scheme=scheme.name, n=version)], as_json)


@scheme_group.command("export")
@project_argument
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace what is there.")
def scheme_export(project: Path, out: Path, overwrite: bool) -> None:
    """Write the scheme to a JSON file."""
    from rubricator.exchange.schemes import write_scheme

    with _opened(project) as opened:
        write_scheme(opened.scheme, out, overwrite=overwrite)


@rubricator.group("topics")
def topics_group() -> None:
    """Show the topics of a project, or import a tree of them."""


@topics_group.command("show")
@project_argument
@json_option
def topics_show(project: Path, as_json: bool) -> None:
    """List the topics as a tree, with how often each is given."""
    with _opened(project) as opened:
        scheme, counts = opened.scheme, opened.rows.topic_counts()
    depth = {topic.code: len(scheme.topic_codes_above(topic.code)) - 1 for topic in scheme.topics}
    value = [
        {
            "code": one.code,
            "name": one.name,
            "parent": one.parent,
            "retired": one.retired,
            "given": counts.get(one.code, 0),
        }
        for one in scheme.topics
    ]
    lines: list[Message | str] = []
    for one in scheme.topics:
        line = f"{counts.get(one.code, 0):>6}  {'  ' * depth[one.code]}{one.name}  {one.code}"
        lines.append(message("{line}  (retired)", line=line) if one.retired else line)
    _report({"topics": value}, lines, as_json)


@topics_group.command("import")
@project_argument
@click.argument("source")
@click.option("--language", default="", help="Which of the file's languages.  [default: en-GB, if it has that]")
@click.option("--keep", is_flag=True, help="Leave topics as they are that the file lacks, instead of retiring them.")
@click.option("--mend", is_flag=True, help="Take the first of several parents, and the top for one that is missing.")
@json_option
def topics_import(project: Path, source: str, language: str, keep: bool, mend: bool, as_json: bool) -> None:
    """Import topics from a file, or from an address: IPTC's own JSON (“iptc” fetches it), SKOS, or a table.

    Tables (CSV) have the columns code, name, parent, definition, synonyms; an outline (.txt) one indented name a line.
    Topics that the file lacks stay known and cannot be given.
    """
    from rubricator.exchange.topics import IPTC, language_of, put_topics, topic_file

    file = topic_file(IPTC if source.lower() == "iptc" else source)
    chosen = language_of(file, language)
    with _opened(project) as opened:
        put_topics(opened, file, chosen, mended=mend, keep=keep)
        offered = sum(1 for _ in opened.scheme.offered_topics())
        retired = len(opened.scheme.topics) - offered
    value = {"topics": len(file.concepts), "offered": offered, "retired": retired}
    words = [message("{offered} topics can be given now; {retired} retired ones stay known.", **value)]
    others = [one for one in file.languages if one != chosen]
    if others:
        words.append(
            message(
                "Their names are in {language}; there are {others}, too.", language=chosen, others=", ".join(others)
            )
        )
    _report({**value, "language": chosen, "languages": list(file.languages)}, words, as_json)


@rubricator.group("entities")
def entities_group() -> None:
    """The project's list of entities: show, import, export."""


@entities_group.command("show")
@project_argument
@json_option
def entities_show_command(project: Path, as_json: bool) -> None:
    """List the entities, with how often each is mentioned."""
    with _opened(project) as opened:
        entities, counts = opened.entities.all(), opened.entities.counts()
    value = [{"id": one.id, "name": one.name, "mentions": counts.get(one.id, 0)} for one in entities]
    words = [f"{counts.get(one.id, 0):>6}  {one.name}  {one.kind}  {one.external}".rstrip() for one in entities]
    _report({"entities": value}, words, as_json)


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
    with _opened(project) as opened:
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
    _report(value, [*said, *plan.lines(), *broken], as_json)


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

    with _opened(project) as opened:
        n = export_entities(opened, out, overwrite=overwrite)
    said = plural("Wrote {n} entity to {file}.", "Wrote {n} entities to {file}.", n, file=out)
    _report({"entities": n, "out": str(out)}, [said], as_json)


# --- shared -------------------------------------------------------------------------------------------------------


def _opened(path: Path) -> Project:
    from rubricator.project import Project
    from rubricator.settings import Settings

    return Project.open(path, Settings().me())


def _report(value: Mapping[str, Any], lines: Iterable[Message | str], as_json: bool) -> None:
    if as_json:
        _echo_json(value, indent=1)
    else:
        for line in lines:
            _echo(line)


def _echo(words: Message | str, *, err: bool = False) -> None:
    """Say words on a terminal, which must not obey what a file smuggled into them, nor fail for a letter it lacks."""
    stream = sys.stderr if err else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    click.echo(_CONTROL.sub("\ufffd", say(words)), err=err)


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _echo_json(value: Mapping[str, Any], indent: int | None = None) -> None:
    """Write JSON, which is UTF-8 whatever the terminal takes; a lone surrogate of a file's name stays an escape."""
    words = json.dumps(value, ensure_ascii=False, indent=indent, default=dict)
    click.echo(words.encode("utf-8", "backslashreplace"))


def run(command: click.Command, arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; what a person can mend is said on the error stream."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code: object = command.main(given, prog_name="rubricator", standalone_mode=False)
    except UserError as error:
        if "--json" in given:
            refused = [getattr(item, "name", "") for item in error.refusals]
            _echo_json({"error": say(error.text), "hint": say(error.hint), "refused": refused})
        _echo(str(error), err=True)
        return 1
    except OSError as error:
        _echo(f"{error.filename or 'rubricator'}: {error.strerror or error}", err=True)
        return 1
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:  # Ctrl+C: a transaction is rolled back, and an export is made beside its place
        _echo(message("Stopped. Nothing is left half done."), err=True)
        return 1
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    return code if isinstance(code, int) else 0


def main(arguments: list[str] | None = None) -> None:
    """Run the command line without the window."""
    sys.exit(run(rubricator, arguments))
