"""The gold layer of an article as it stands, and what is known of all that can be written in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rubricator.model.edits import ALIVE, Add, Op
from rubricator.model.ids import named_id
from rubricator.model.relations import Relation
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Stamp
from rubricator.review.decision import Decision
from rubricator.review.difference import Element, Place

PROVENANCE = "review"
"""Where an element of gold says what it stands for (`extra`): the ids it was made of, and by which rule."""


@dataclass
class Gold:
    """The gold layer of an article: what stands in it, and what is known where it is written.

    `known` holds the value of every element that was ever stated under an id, and whether it is there; `hanging`
    returns the writes that go with the deletion of annotations; `seen` the changes of the scheme that a label knows.
    Whoever makes an edit of it tells it so (`take`): of many in one step each finds what those before it wrote.
    """

    article: str
    annotator: str
    stamp: Stamp
    standing: dict[str, Element] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    known: dict[tuple[str, str], tuple[Mapping[str, Any], bool]] = field(default_factory=dict)
    begun: tuple[Op, ...] = ()
    scheme: int = 0
    seen: Callable[[str], tuple[str, ...]] = lambda _label: ()
    hanging: Callable[[Sequence[str]], tuple[Op, ...]] = lambda _ids: ()

    @cached_property
    def _made(self) -> dict[str, dict[str, None]]:
        """By the id of what was compared, the ids of what was made of it."""
        found: dict[str, dict[str, None]] = {}
        for one in self.standing.values():
            for of in made_of(one):
                found.setdefault(of, {})[one.id] = None
        return found

    @cached_property
    def _ruled(self) -> dict[str, dict[str, None]]:
        """By the id of what was judged, the ids of the decisions on it."""
        found: dict[str, dict[str, None]] = {}
        for one in self.decisions.values():
            for subject in one.subjects:
                found.setdefault(subject, {})[one.id] = None
        return found

    @cached_property
    def _spans(self) -> SpanIndex:
        return SpanIndex(one for one in self.standing.values() if isinstance(one, Annotation))

    def end_for(self, compared: str) -> str | None:
        """Return which annotation of gold was made of one that was compared."""
        found = (self.standing[uid] for uid in self._made.get(compared, ()) if uid in self.standing)
        return next((one.id for one in found if isinstance(one, Annotation)), None)

    def made_of_any(self, subjects: Iterable[str]) -> list[Element]:
        """Return what was made of one of these, each once."""
        ids = dict.fromkeys(uid for subject in subjects for uid in self._made.get(subject, ()))
        return [self.standing[uid] for uid in ids if uid in self.standing]

    def ruled_on_any(self, subjects: Iterable[str]) -> list[Decision]:
        """Return the decisions on one of these, each once."""
        ids = dict.fromkeys(uid for subject in subjects for uid in self._ruled.get(subject, ()))
        return [self.decisions[uid] for uid in ids if uid in self.decisions]

    def near(self, annotation: Annotation) -> list[Annotation]:
        """Return what overlaps an annotation in gold."""
        return self._spans.overlapping(annotation.start, annotation.end)

    def take(self, ops: Sequence[Op], elements: Iterable[Element], decision: Decision | None = None) -> None:
        """Hold what an edit writes, as if it had been read anew."""
        values = {(op.kind, op.id): op.value for op in ops if isinstance(op, Add)}
        written = {(op.kind, op.id): (op.field, op.new) for op in ops if not isinstance(op, Add)}
        self.known |= {key: (value, True) for key, value in values.items()}
        for op in ops:
            key = op.kind, op.id
            if not isinstance(op, Add) and key in self.known:
                value, alive = self.known[key]
                self.known[key] = (value, bool(op.new)) if op.field == ALIVE else ({**value, op.field: op.new}, alive)
        for (_kind, uid), (name, new) in written.items():
            if name == ALIVE and not new:
                self.standing.pop(uid, None)
                self.decisions.pop(uid, None)
                self._spans.remove(uid)
        for one in elements:
            self.standing[one.id] = one
            for of in made_of(one):
                self._made.setdefault(of, {})[one.id] = None
            if isinstance(one, Annotation):
                self._spans.add(one)
        if decision is not None:
            self.decisions[decision.id] = decision
            for subject in decision.subjects:
                self._ruled.setdefault(subject, {})[decision.id] = None
        self.begun = ()


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
    relations = (one for one in place.elements if isinstance(one, Relation))
    return all(gold.end_for(end) for one in relations for end in (one.source, one.target))
