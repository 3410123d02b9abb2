"""What BioC says, whichever of its two forms it stands in: documents of passages, annotations, relations, infons.

Source: the article that defines BioC (Comeau et al., Database 2013, bat064), the comments of its DTD, and files of
PubTator, TeamTat and BioCreative. Offsets count from the start of the document; DTD and its authors' programs disagree
whether bytes or characters. An infon is a key with a value, and no key has a meaning but by use: those that are used
alike are named here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rubricator.formats.base import Carried
from rubricator.model.text import digest

Infons = Mapping[str, Any]

TYPE, ANNOTATOR, IDENTIFIER, NOTE, TITLE = "type", "annotator", "identifier", "note", "title"
LABELS = (TYPE, "label", "class", "category", "entity_type", "semtype")
"""Infons that name an annotation, the first of them that it has."""
CONCEPTS = frozenset((IDENTIFIER, "mesh", "omim", "ncbi gene", "concept_id", "conceptid"))
"""Infons that say which concept an annotation is of, in small letters."""
RELATIONS = (TYPE, "relation", "relation type", "relation_type", "label")
"""Infons that name a relation, likewise."""
ROLES = ("from", "to")
ROLE_ATTRIBUTES = ("from_role", "to_role")
"""The attributes of a relation that say what its ends are called, where that is something else than `ROLES`."""

OURS = "rubricator:"
"""Begins the identifier of an entity that has no external id of its own; its id follows."""

OURS_KEY = "rubricator"
"""The key of our collections, which in BioC tells what the infons mean."""

GAPS = ("", "\n", "\n\n")
"""What stands between two passages whose offsets leave no character between them, one, or more."""


@dataclass(slots=True)
class Mark:
    """An annotation: `places` are offsets with lengths; `text` is its words, None where it has none."""

    id: str
    infons: Infons
    places: list[tuple[int, int]]
    text: str | None = None
    where: str = ""


@dataclass(slots=True)
class Tie:
    """A relation: the ids of its ends with their roles."""

    id: str
    infons: Infons
    nodes: list[tuple[str, str]]
    where: str = ""


@dataclass(slots=True)
class Part:
    """A passage, or one of the sentences of a passage."""

    offset: int
    text: str | None
    infons: Infons = field(default_factory=dict)
    sentences: list[Part] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    where: str = ""


@dataclass(slots=True)
class Document:
    """A document; `about` is what its collection says of all its documents.

    `unheld` is what has no place with us, `replaced` how many characters were that no text may hold.
    """

    id: str
    infons: Infons
    passages: list[Part]
    marks: list[Mark] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    where: str = ""
    about: Infons = field(default_factory=dict)
    unheld: list[str] = field(default_factory=list)
    replaced: int = 0


def is_title(infons: Infons) -> bool:
    """Say whether a passage is the title, as PubTator and PubMed Central call it."""
    return not {str(infons.get(key, "")).lower() for key in (TYPE, "section_type")}.isdisjoint(("title", "front"))


def named_by(infons: Infons, keys: tuple[str, ...]) -> tuple[str, str]:
    """Return the first of these infons that has a value, whatever its case: its key as it is written, and its value."""
    known = {key.lower(): key for key in reversed([*infons])}
    for key in keys:
        value = infons[known[key]] if key in known else None
        if isinstance(value, str | int) and str(value).strip():
            return known[key], str(value)
    return "", ""


def concept_of(value: object) -> str:
    """Return a concept without the name of its list (`MESH:D007213`); empty where it is none."""
    words = value.strip() if isinstance(value, str) else ""
    return words.rpartition(":")[2] if is_identifier(words) and not words.startswith(OURS) else ""


def is_identifier(value: object) -> bool:
    """Say whether an infon tells one entity: PubTator also writes lists there, and a dash for none."""
    if not isinstance(value, str) or value.strip() in ("", "-", "-1", "None"):
        return False
    return value.startswith(OURS) or not any(sign in value for sign in ",;|")


def carried_by(document: Document) -> Carried:
    """Return what a document of ours carries, whatever its annotators and annotations are called.

    Entities are the mentions that have one identifier.
    """
    carried: Carried = Counter([("document", document.id, *_sorted(document.infons))])
    marks, ties = [*document.marks], [*document.ties]
    for part in document.passages:
        carried["passage", part.offset, digest(part.text or ""), *_sorted(part.infons)] += 1
        marks += part.marks
        ties += part.ties
    layers: dict[str, list[tuple[Any, ...]]] = {}
    entities: dict[str, list[tuple[Any, ...]]] = {}
    keys: dict[str, tuple[Any, ...]] = {}
    for mark in marks:
        infons = dict(mark.infons)
        annotator = str(infons.pop(ANNOTATOR, ""))
        linked = str(infons.pop(IDENTIFIER)) if is_identifier(infons.get(IDENTIFIER)) else ""
        keys[mark.id] = "mark", *mark.places, mark.text, *_sorted(infons)
        layers.setdefault(annotator, []).append(keys[mark.id])
        if linked:
            entities.setdefault(linked, []).append(keys[mark.id])
    for tie in ties:
        infons = dict(tie.infons)
        ends = [(keys.get(one, one), role) for one, role in tie.nodes]
        layers.setdefault(str(infons.pop(ANNOTATOR, "")), []).append(("tie", *ends, *_sorted(infons)))
    carried.update(("layer", *sorted(said, key=repr)) for said in layers.values())
    carried.update(("entity", *sorted(said, key=repr)) for said in entities.values())
    return carried


def _sorted(infons: Infons) -> list[tuple[str, Any]]:
    return sorted(infons.items())
