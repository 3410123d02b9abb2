"""Files of topics, a reader for each kind: IPTC's own JSON, Rubricator's, SKOS in JSON-LD and Turtle, tables, outlines.

Each turns bytes into Concepts; model/topics.py makes the tree of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from rubricator.formats.topic_trees import iptc, own, skos_json, table
from rubricator.model.lengths import TEXT_MOST
from rubricator.model.strict_json import NotJson, load, on_one_line, shown
from rubricator.model.text import decode
from rubricator.model.topics import Concept, TopicFile, bad_file
from rubricator.words import Message, message

SUFFIXES = (".json", ".jsonld", ".csv", ".tsv", ".tab", ".txt", ".ttl", ".nt")

BYTES_MOST = 64 << 20
"""IPTC's file in all its languages has 3 MB; more is no list of topics that people choose from."""

TOPICS_MOST = 50_000
CODE_MOST = 500


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
    if len(concepts) > TOPICS_MOST:
        why = message("it has {n} topics; {most} are the most there can be", n=len(concepts), most=TOPICS_MOST)
        raise bad_file(where, why)
    for concept in concepts:
        if (flaw := _flaw(concept)) is not None:
            raise bad_file(where, message("{place}: {why}", place=concept.place, why=flaw))
    return TopicFile(where, concepts)


def _flaw(concept: Concept) -> Message | None:
    """Return what no topic can be called, or nobody would write of one."""
    if len(concept.code) > CODE_MOST or not on_one_line(concept.code):
        return message("“{code}” is too long for a code, or has more than one line", code=shown(concept.code))
    synonyms = (words for some in concept.synonyms.values() for words in some)
    for words in (*concept.names.values(), *synonyms, *concept.definitions.values(), *concept.notes.values()):
        if len(words) > TEXT_MOST:
            return message("“{words}” is longer than {most} characters", words=shown(words), most=TEXT_MOST)
    return None


def _from_json(text: str, where: str) -> tuple[Any, ...]:
    try:
        value = load(text, once=False)  # IPTC's own file says some names twice
    except NotJson as error:
        if text.lstrip()[:1] == "<":
            raise bad_file(where, message("it is a page of the web, or XML, and not JSON")) from error
        if error.unended or error.at >= len(text.rstrip()) - 1:
            last = text.count("\n") + 1
            raise bad_file(where, message("it is cut short: it ends in line {line}", line=last)) from error
        if not error.line:
            raise bad_file(where, error.why) from error
        column = error.at - text.rfind("\n", 0, error.at)
        why = message("line {line}, character {n}: {why}", line=error.line, n=column, why=error.why)
        raise bad_file(where, why) from error
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
