"""SKOS in Turtle (and N-Triples), read by rdflib, which is an optional extra and is loaded when it is used."""

from __future__ import annotations

import logging
import re
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.topic_trees.skos import Value, concepts
from rubricator.model.topics import Concept, bad_file
from rubricator.words import message

_NOWHERE = "http://rubricator.invalid/"
"""What addresses without a beginning are completed with; without it rdflib takes the working folder."""

_MOST = 16 << 20
"""Code points of a file: rdflib reads some ten thousand statements in a second."""


def read(text: str, where: str) -> tuple[Concept, ...]:
    """Read the file; UserError where rdflib is not installed."""
    if len(text) > _MOST:
        raise bad_file(where, message("as Turtle it is larger than {most} MB: save it as JSON-LD", most=_MOST >> 20))
    rdflib = _rdflib()
    rdflib.NORMALIZE_LITERALS = False  # a decimal of 1e999999999 would be written out
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it tells a dated value that is no date with a traceback
    graph = rdflib.Graph()
    try:
        graph.parse(data=text, format="turtle", publicID=_NOWHERE)
    except (IndexError, AssertionError) as error:  # rdflib reads beyond the end
        last = text.count("\n") + 1
        raise bad_file(where, message("it is not Turtle: it is cut short in line {line}", line=last)) from error
    except (SyntaxError, ValueError, RecursionError) as error:  # rdflib's BadSyntax is a SyntaxError
        raise bad_file(where, _why(error)) from error
    nodes: dict[str, dict[str, list[Value]]] = {}
    for subject, predicate, thing in graph:
        if isinstance(subject, rdflib.URIRef):
            literal = isinstance(thing, rdflib.Literal)
            value = Value(str(thing), thing.language or "" if literal else "", not literal)
            nodes.setdefault(str(subject), {}).setdefault(str(predicate), []).append(value)
    # A graph has no order: by address, so that the same file gives the same tree each time.
    ordered = {address: {name: sorted(some) for name, some in nodes[address].items()} for address in sorted(nodes)}
    return concepts(ordered)


def _why(error: Exception) -> Any:
    line = getattr(error, "lines", None)
    words = re.sub(r"\s+", " ", str(getattr(error, "_why", "") or error)).strip()[:120]
    if isinstance(line, int):
        return message("line {line}: it is not Turtle ({why})", line=line + 1, why=words)
    return message("it is not Turtle ({why})", why=words)


def _rdflib() -> Any:
    try:
        import rdflib
    except ImportError as error:
        raise UserError(
            message("Turtle needs rdflib, which is not installed."),
            message(
                "Install it with: {command} – or save the topics as JSON-LD.", command='pip install "rubricator[skos]"'
            ),
        ) from error
    return rdflib
