"""Rubricator's topics file (`rubricator-topics`, 1): objects with code, name, and at will definition, parent, more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rubricator.formats.topic_trees import values
from rubricator.model.topics import Concept, bad_file
from rubricator.words import message


def read(value: Mapping[str, Any], where: str) -> tuple[Concept, ...]:
    """Read the parsed file."""
    if value.get("rubricator-topics") != 1:
        raise bad_file(where, message("it is not of version 1, the only one this Rubricator knows"))
    found = []
    for n, item in enumerate(values.objects(value, "topics", where), 1):
        parent = values.text(item, "parent", where, n).strip()
        found.append(
            Concept(
                code=values.code(item, "code", where, n),
                place=values.place_of(n),
                names=values.words(item, "name", where, n),
                definitions=values.words(item, "definition", where, n),
                synonyms=values.lists(item, "synonyms", where, n),
                parents=(parent,) if parent else (),
                retired=values.text(item, "retired", where, n),
                notes=values.words(item, "note", where, n),
                instead=values.texts(item, "instead", where, n),
            )
        )
    return tuple(found)
