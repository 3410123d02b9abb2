"""Schemes from files and from those that ship with Rubricator, and schemes out to files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rubricator.errors import UserError
from rubricator.exchange.places import put_text
from rubricator.exchange.topics import topic_file
from rubricator.formats.files import opened
from rubricator.model.changes import Change
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_file import dump_scheme, parse_scheme
from rubricator.model.text import decode
from rubricator.project import Project
from rubricator.words import message
from rubricator_resources import path

SCHEMES = ("news", "ontonotes", "conll2003", "empty")
"""Schemes that ship with Rubricator."""


BYTES_MOST = 64 << 20


def scheme_named(name: str) -> Scheme:
    """Return a built-in scheme by name, or the one in a file; UserError where there is neither."""
    builtin = name in SCHEMES
    source = path(f"schemes/{name}.json") if builtin else Path(name)
    if not builtin and not source.is_file():
        raise UserError(
            message("There is no scheme “{name}”.", name=name),
            message("Name one of {names}, or a scheme file.", names=", ".join(SCHEMES)),
        )
    return parse_scheme(_read(source), source.name)


def with_topics(scheme: Scheme) -> Scheme:
    """Return the scheme with the built-in topics, where it has none of its own."""
    return scheme if scheme.topics else replace(scheme, topics=topic_file(path("topics/mediatopics-2.json")).topics())


def put_scheme(project: Project, scheme: Scheme) -> Change:
    """Put a scheme in the place of a project's; one without topics keeps those that are there."""
    if not scheme.topics:
        scheme = replace(scheme, topics=project.scheme.topics)
    return project.schemes.change(scheme, scheme.name)


def with_used(project: Project, scheme: Scheme) -> Scheme:
    """Return the scheme with the labels in use that it lacks, and the project's topics where it has none.

    A key that the scheme gives to something else is not kept.
    """
    there = project.rows.label_counts()
    used = [label for label in project.scheme.labels if label.name in there and label.name not in scheme.by_name]
    names = {label.name for label in used} | scheme.by_name.keys()
    kept = (
        label._replace(
            parent=label.parent if label.parent in names else "",
            key="" if label.key.lower() in scheme.by_key.keys() | scheme.other_keys else label.key,
        )
        for label in used
    )
    topics = scheme.topics or project.scheme.topics
    return replace(scheme, labels=(*scheme.labels, *kept), topics=topics)


def write_scheme(scheme: Scheme, out: Path, *, overwrite: bool = False) -> None:
    """Write a scheme to a JSON file."""
    put_text(out, dump_scheme(scheme), overwrite=overwrite)


def _read(source: Path) -> str:
    with opened(source) as stream:
        data = stream.read(BYTES_MOST + 1)
    if len(data) > BYTES_MOST:
        raise UserError(
            message("{file} is larger than {most} MB.", file=source.name, most=BYTES_MOST >> 20),
            message("That is no scheme: look at whether it is the right file."),
        )
    return decode(data, source.name).text
