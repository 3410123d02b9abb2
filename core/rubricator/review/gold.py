"""The gold layer of an article as it stands, and what is known of all that can be written in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rubricator.model.edits import Op
from rubricator.model.ids import named_id
from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation, Stamp
from rubricator.review.decision import Decision
from rubricator.review.difference import Element, Place

PROVENANCE = "review"
"""Where an element of gold says what it stands for (`extra`): the ids it was made of, and by which rule."""


@dataclass(frozen=True)
class Gold:
    """The gold layer of an article: what stands in it, and what is known where it is written.

    `known` holds the value of every element that was ever stated under an id, and whether it is there; `hanging`
    returns the writes that go with the deletion of annotations; `seen` the changes of the scheme that a label knows.
    """

    article: str
    annotator: str
    stamp: Stamp
    standing: Mapping[str, Element] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()
    known: Mapping[tuple[str, str], tuple[Mapping[str, Any], bool]] = field(default_factory=dict)
    begun: tuple[Op, ...] = ()
    scheme: int = 0
    seen: Callable[[str], tuple[str, ...]] = lambda _label: ()
    hanging: Callable[[Sequence[str]], tuple[Op, ...]] = lambda _ids: ()

    def stands_for(self) -> dict[str, str]:
        """Return, by the id of what was compared, which annotation of gold was made of it."""
        return {
            of: one.id for one in self.standing.values() if isinstance(one, Annotation) for of in made_of(one)
        }  # fmt: skip


def gold_id(project: str) -> str:
    """Return the id of the annotator of the gold layer: the same in every copy of a project."""
    return named_id(GOLD, project)


GOLD = "8d0b1c52-41b7-5b0f-a6c1-9d2f3e4a5b66"
"""The name space of all ids of gold."""


def made_of(element: Element) -> tuple[str, ...]:
    """Return the ids of what an element of gold was made of."""
    about = element.extra.get(PROVENANCE)
    of = about.get("of") if isinstance(about, Mapping) else None
    return tuple(map(str, of)) if isinstance(of, list | tuple) else ()


def has_ends(place: Place, gold: Gold) -> bool:
    """Say whether what a relation links is in gold; of all else there is nothing to ask."""
    ends = gold.stands_for()
    relations = (one for one in place.elements if isinstance(one, Relation))
    return all(one.source in ends and one.target in ends for one in relations)
