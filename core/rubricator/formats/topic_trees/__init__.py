"""Files of topics, a reader for each kind: IPTC's own JSON, Rubricator's, SKOS in JSON-LD and Turtle, tables, outlines.

Each turns bytes into Concepts; model/topics.py makes the tree of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from rubricator.formats.topic_trees import iptc, own, skos_json, table
from rubricator.model.text import decode
from rubricator.model.topics import TopicFile, bad_file
from rubricator.words import message

SUFFIXES = (".json", ".jsonld", ".csv", ".tsv", ".tab", ".txt", ".ttl", ".nt")

BYTES_MOST = 64 << 20
"""IPTC's file in all its languages has 3 MB; more is no list of topics that people choose from."""


def read_topic_file(data: bytes, where: str) -> TopicFile:
    """Read a file of topics, of the kind that its name says; UserError names file and place of what is wrong."""
    if len(data) > BYTES_MOST:
        raise bad_file(where, message("it is larger than {most} MB", most=BYTES_MOST >> 20))
    if not data.strip():
        raise bad_file(where, message("it is empty"))
    text = decode(data, where).text.removeprefix("\ufeff")
    suffix = PurePath(where).suffix.lower()
    if suffix in (".ttl", ".nt"):
        from rubricator.formats.topic_trees import skos_turtle  # it needs an extra

        concepts = skos_turtle.read(text, where)
    elif suffix in (".csv", ".tsv", ".tab", ".txt"):
        concepts = table.read(text, where)
    else:
        concepts = _from_json(text, where)
    if not concepts:
        raise bad_file(where, message("there is no topic in it"))
    return TopicFile(where, concepts)


def _from_json(text: str, where: str) -> tuple[Any, ...]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip()[:1] == "<":
            raise bad_file(where, message("it is a page of the web, or XML, and not JSON")) from error
        if error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated"):
            last = text.count("\n") + 1
            raise bad_file(where, message("it is cut short: it ends in line {line}", line=last)) from error
        why = message(
            "line {line}, character {n}: it is not JSON ({why})", line=error.lineno, n=error.colno, why=error.msg
        )
        raise bad_file(where, why) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; a nest of thousands of brackets
        raise bad_file(where, message("it is not JSON that can be read ({why})", why=str(error)[:80])) from error
    return read_json(value, where)


def read_json(value: object, where: str) -> tuple[Any, ...]:
    """Read parsed JSON of any of the three kinds."""
    if isinstance(value, Mapping) and "conceptSet" in value:
        return iptc.read(value, where)
    if isinstance(value, Mapping) and "rubricator-topics" in value:
        return own.read(value, where)
    if skos_json.looks_like(value):
        return skos_json.read(value, where)
    why = message(
        "it has neither “conceptSet” (IPTC) nor “rubricator-topics” (Rubricator) nor concepts of SKOS at its top"
    )
    raise bad_file(where, why)
