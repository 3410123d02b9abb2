"""The commands on topics."""

from __future__ import annotations

from pathlib import Path

import click

from rubricator.cli.options import json_option, opened_project, project_argument
from rubricator.cli.saying import tell
from rubricator.words import Message, message


@click.group("topics")
def topics_group() -> None:
    """Show the topics of a project, or import a tree of them."""


@topics_group.command("show")
@project_argument
@json_option
def topics_show(project: Path, as_json: bool) -> None:
    """List the topics as a tree, with how often each is given."""
    with opened_project(project) as opened:
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
    tell({"topics": value}, lines, as_json)


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
    with opened_project(project) as opened:
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
    tell({**value, "language": chosen, "languages": list(file.languages)}, words, as_json)
