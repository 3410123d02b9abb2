"""IPTC's own "cptall" JSON: every concept, the retired ones too, in the languages that the file holds.

What IPTC says of a retired topic stands in its change note, or in its note, in words; the codes in it are those to use
instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rubricator.formats.topic_trees import values
from rubricator.model.topics import Concept

_CODE = re.compile(r"\b[\w-]+:\d{8}\b")


def read(value: Mapping[str, Any], where: str) -> tuple[Concept, ...]:
    """Read the parsed file."""
    items = values.objects(value, "conceptSet", where)
    codes: dict[str, str] = {}
    for n, item in enumerate(items, 1):
        codes[values.text(item, "uri", where, n)] = values.code(item, "qcode", where, n)
    return tuple(_concept(item, codes, where, n) for n, item in enumerate(items, 1))


def _concept(item: Mapping[str, Any], codes: Mapping[str, str], where: str, n: int) -> Concept:
    code = values.code(item, "qcode", where, n)
    parents = values.texts(item, "broader", where, n)
    retired = values.text(item, "retired", where, n)
    notes = values.words(item, "changeNote", where, n) or values.words(item, "note", where, n) if retired else {}
    named = [other for words in notes.values() for other in _CODE.findall(words)]
    return Concept(
        code=code,
        place=values.place_of(n),
        names=values.words(item, "prefLabel", where, n),
        definitions=values.words(item, "definition", where, n),
        synonyms=values.lists(item, "altLabel", where, n),
        parents=tuple(dict.fromkeys(codes.get(parent, parent) for parent in parents)),
        retired=retired,
        notes=notes,
        instead=tuple(dict.fromkeys(named)),
    )
