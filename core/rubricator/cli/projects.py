"""Commands that make a project and look into it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from rubricator.cli.options import json_option, opened_project, project_argument
from rubricator.cli.saying import tell
from rubricator.words import Message, message, say


@click.command("new")
@project_argument
@click.option("--scheme", default="", help="news, ontonotes, conll2003, empty, or a scheme file.  [default: news]")
@click.option("--name", default="", help="What the project is called.  [default: the file's name]")
@click.option("--from", "packet", type=click.Path(path_type=Path), help="Make it of this packet, to work in it.")
@json_option
def new_command(project: Path, scheme: str, name: str, packet: Path | None, as_json: bool) -> None:
    """Make an empty project, or a copy of another one from a packet."""
    from rubricator.exchange.schemes import scheme_named, with_topics
    from rubricator.project import Project
    from rubricator.settings import Settings

    if packet is not None:
        if scheme or name:
            raise click.UsageError(say(message("A packet brings its scheme and its name.")))
        _from_packet(project, packet, as_json)
        return
    provisional = [key for key, given in (("name", name), ("scheme", scheme and scheme != "empty")) if not given]
    found = with_topics(scheme_named(scheme or "news"))
    Project.create(project, Settings().me(), found, name=name, provisional=provisional).close()
    tell(
        {"project": str(project), "scheme": found.name, "labels": len(found.labels)},
        [message("Made {file} with the scheme {scheme}.", file=project, scheme=found.name)],
        as_json,
    )


def _from_packet(project: Path, packet: Path, as_json: bool) -> None:
    from rubricator.hub.packets import open_packet
    from rubricator.settings import Settings

    with open_packet(packet, project, Settings().me().device) as opened:
        value = {"project": str(project), "annotator": opened.me.name, "articles": opened.rows.count_articles()}
    tell(value, [message("Made {file} of the packet; {name} works in it.", file=project, name=opened.me.name)], as_json)


@click.command("stats")
@project_argument
@json_option
def stats_command(project: Path, as_json: bool) -> None:
    """Count articles, annotations, labels, topics and statuses."""
    from rubricator.verbs.annotators import told_apart

    with opened_project(project) as opened:
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
        called = told_apart(rows.annotators())
        for uid, person in people.items():
            lines.append(called[uid])
            status = ", ".join(f"{n} {key}" for key, n in _counts(person["status"]).items() if n)
            lines += [f"              {status}"] if status else []
            lines += [f"  {n:>10,}  {label}" for label, n in _counts(person["labels"]).items()]
            lines += [
                f"  {n:>10,}  {' › '.join(opened.scheme.topic_path(code))}"
                for code, n in _counts(person["topics"]).items()
            ]
    tell(value, lines, as_json)


def _counts(value: object) -> Mapping[str, int]:
    return value if isinstance(value, dict) else {}


@click.command("history")
@project_argument
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@click.option("--article", default="", help="Of this article only (its id).")
@json_option
def history_command(project: Path, limit: int, article: str, as_json: bool) -> None:
    """Say what was done, by whom and when; the newest first."""
    from rubricator.verbs.annotators import told_apart

    with opened_project(project) as opened:
        called = told_apart(opened.rows.annotators())
        found = opened.history(limit, article=article)
        lines = [line._replace(author=called.get(entry.author, line.author)) for entry, line in found]
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
    tell({"history": value}, words, as_json)


@click.command("snapshot")
@project_argument
@click.argument("name")
@click.option("--delete", is_flag=True, help="Take the snapshot of this name (or id) off the list instead.")
@json_option
def snapshot_command(project: Path, name: str, delete: bool, as_json: bool) -> None:
    """Give the present state of a project a name: “export --snapshot NAME” writes the same bytes ever after."""
    with opened_project(project) as opened:
        if delete:
            snapshot = opened.snapshot_called(name)
            opened.delete_snapshot(snapshot)
            said = message("Deleted the snapshot “{name}”.", name=snapshot.name)
        else:
            opened.take_snapshot(name)
            snapshot = opened.snapshots()[-1]
            said = message("Took the snapshot “{name}”.", name=snapshot.name)
    tell({"snapshot": snapshot.name}, [said], as_json)


@click.command("snapshots")
@project_argument
@json_option
def snapshots_command(project: Path, as_json: bool) -> None:
    """List the snapshots of a project, in the order they were taken."""
    with opened_project(project) as opened:
        there = opened.snapshots()
    tell({"snapshots": [one._asdict() for one in there]}, [one.name for one in there], as_json)


@click.command("check")
@project_argument
@click.option("--full", is_flag=True, help="Look at every text and quote, and replay the journal.")
@json_option
def check_command(project: Path, full: bool, as_json: bool) -> None:
    """Look whether the file is sound. Exit code 1 where it is damaged."""
    with opened_project(project) as opened:
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
    tell(value, lines, as_json)
    if damage:
        sys.exit(1)
