"""What GATE says of a document, whichever of its formats it stands in: text, features, annotation sets, relations.

Source: GATE's user guide (gate.ac.uk/userguide, “Language Resources” and “GATE XML”) and the page on the BDoc format of
python-gatenlp. An annotation set is a layer, the features of an annotation are its attributes, and those of the
document its metadata. Of a set that a crowd has filled each worker has a layer. GATE's chains of coreference
(`MatchesAnnots`, `matches`) are entities of several mentions.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rubricator.formats.base import Carried
from rubricator.model.text import Unit, digest

ABOUT = "rubricator"
"""The feature of a document in which we say what GATE has no place for, as JSON: ids, anatomy, layers, entities."""
TITLE = "title"
CHAINS = "MatchesAnnots"
CHAIN = "matches"
NOTE = "rubricator.note"
ENTITY = "rubricator.entity"
MARKUP = "Original markups"
URL = "gate.SourceURL"

DERIVED = frozenset((CHAINS, CHAIN))
"""Features that are made of others, so that GATE shows them."""
OURS_OF_ARTICLES = frozenset((ABOUT, TITLE, CHAINS))
OURS_OF_ANNOTATIONS = frozenset((CHAIN, NOTE, ENTITY))

Features = Mapping[str, Any]


@dataclass(slots=True)
class Mark:
    """An annotation: `start` and `end` count the unit of its document, `where` names its file and place.

    `beside` is what it says of how it came about, and not of the words.
    """

    id: str
    type: str
    start: int
    end: int
    features: Features
    where: str = ""
    beside: Features = field(default_factory=dict)


@dataclass(slots=True)
class Tie:
    """A relation between annotations of one set."""

    id: str
    type: str
    members: tuple[str, ...]
    features: Features
    where: str = ""


@dataclass(slots=True)
class MarkSet:
    """An annotation set; the default one has no name."""

    name: str
    marks: list[Mark] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """A document; `unheld` says what of it has no place with us."""

    text: str
    features: Features
    sets: list[MarkSet]
    unit: Unit = "codepoint"
    name: str = ""
    unheld: list[str] = field(default_factory=list)


def said_of(features: Features) -> dict[str, Any] | None:
    """Return what an export of ours says beside GATE's own words; None in a document of others."""
    said = features.get(ABOUT)
    if not isinstance(said, str):
        return None
    try:
        value = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and isinstance(value.get("article"), dict) else None


def carried_by(document: Document) -> Carried:
    """Return what a document carries: the same, whatever its sets and annotations are called and numbered.

    Its offsets are code points.
    """
    said = said_of(document.features) or {}
    carried: Carried = Counter([("text", digest(document.text))])
    article = said.get("article", {})
    about = {key: value for key, value in article.items() if key != "layers"}
    features = {key: value for key, value in document.features.items() if key not in DERIVED and key != ABOUT}
    carried["article", same(about), same(features)] += 1
    sets = {found.name: found for found in document.sets}
    layers = {str(layer.get("annotator", "")): layer for layer in article.get("layers", ())}
    for name in {*sets, *layers}:
        layer = {key: value for key, value in layers.get(name, {}).items() if key != "annotator"}
        found = sets.get(name) or MarkSet(name)
        if layer or found.marks:
            carried["layer", same(layer), *_carried_set(found)] += 1
    return carried


def _carried_set(found: MarkSet) -> tuple[Any, ...]:
    places = {mark.id: (mark.type, mark.start, mark.end) for mark in found.marks}
    marks = (
        (mark.type, mark.start, mark.end, same({key: x for key, x in mark.features.items() if key not in DERIVED}))
        for mark in found.marks
    )
    ties = ((tie.type, *(places.get(one, one) for one in tie.members), same(tie.features)) for tie in found.ties)
    return tuple(sorted(marks)), tuple(sorted(ties))


def same(value: Mapping[str, Any]) -> str:
    """Return a value as one text, however its keys are ordered."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=dict)
