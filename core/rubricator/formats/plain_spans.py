"""What becomes of spans and relations in a format of plain ranges, where one label stands on the same words once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from rubricator.formats.base import Case, LayerRecord, Record, WriteOptions
from rubricator.formats.losing import annotation_cases, name_of, place_of, relation_words
from rubricator.formats.shaping import ranges
from rubricator.model.spans import Annotation


class Place(NamedTuple):
    """A range that is written, and the annotation that it stands for."""

    label: str
    start: int
    end: int
    annotation: Annotation


@dataclass
class Planned:
    """The ranges in the order in which they are written, and the number of each annotation's first one by its id."""

    places: list[Place] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)


def planned_spans(
    record: Record, layer: LayerRecord, options: WriteOptions, carried: Iterable[str], lost: list[Case]
) -> Planned:
    """Return the ranges of a layer; what is left out is noted in `lost`, but for what is named in `carried`."""
    kept = set(carried)
    planned = Planned()
    there: dict[tuple[str, int, int], int] = {}
    for annotation in layer.annotations:
        where = place_of(record, annotation)
        places, kind = ranges(record.text, annotation.span, options)
        if kind:
            lost.append((kind, where))
        if not places:
            continue
        numbers = []
        for start, end in places:
            key = annotation.label, start, end
            if key not in there:
                there[key] = len(planned.places)
                numbers.append(there[key])
                planned.places.append(Place(*key, annotation))
            elif annotation.id:
                planned.numbers.setdefault(annotation.id, there[key])
        if not numbers:
            lost.append(("twice", where))
            continue
        if annotation.id:
            planned.numbers.setdefault(annotation.id, numbers[0])
        lost.extend(annotation_cases(record, annotation, kept))
    return planned


Ends = tuple[str, int, int]
"""A relation: its type, and the numbers of the ranges at its ends."""


def planned_relations(record: Record, layer: LayerRecord, planned: Planned, lost: list[Case]) -> list[Ends]:
    """Return the relations whose ends are written, each once; what is left out is noted in `lost`."""
    found: dict[Ends, None] = {}
    for relation in layer.relations:
        first, second = (planned.numbers.get(str(relation.get(end))) for end in ("from", "to"))
        if first is None or second is None:
            lost.append(("relation", f"{name_of(record)}: {relation_words(relation)}"))
            continue
        if relation.get("attributes") or relation.get("note"):
            lost.append(("relation-details", f"{name_of(record)}: {relation_words(relation)}"))
        found[str(relation.get("label")), first, second] = None
    return list(found)
