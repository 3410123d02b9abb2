"""The queue: which differences of the whole corpus are to be decided, by kind and pattern; compared in one walk."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rubricator.model.spans import NOTHING, Annotation, Span, TopicTag
from rubricator.review.difference import Comparison, Work, compare
from rubricator.review.kinds import PRECEDENCE, Pattern
from rubricator.store.reviews import Beside, Said
from rubricator.verbs.compared import Compared
from rubricator.verbs.door import Door


class Waiting(NamedTuple):
    """A difference in the queue: small, for there may be a million."""

    pattern: Pattern
    article: str
    id: str
    state: str


class Stretch(NamedTuple):
    """What was found in a part of the corpus."""

    articles: int
    agreements: int
    waiting: list[Waiting]


class Queue:
    """The verbs of the queue; what they return is read anew each time, and kept by whoever asked."""

    def __init__(self, door: Door, review: Compared) -> None:
        self._door, self._review = door, review

    def walk(self, annotators: Sequence[str] = (), part: tuple[int, int] = (0, 1)) -> Iterator[Stretch]:
        """Yield article by article what differs; `part` (which, of how many) is what one of several processes takes."""
        door, review = self._door, self._review
        owners = list(annotators) or [one.id for one in door.rows.annotators() if one.kind != "gold"]
        first, after = door.reviews.numbers()
        begin, end = (first + (after - first) * n // part[1] for n in (part[0], part[0] + 1))
        decided = door.reviews.reviewed(review.gold)
        patterns: dict[Pattern, Pattern] = {}
        for beside in door.reviews.side_by_side(owners, begin, end):
            comparison, agreed = self._compared(beside, owners)
            if beside.article in decided:
                agreed = 0
                comparison = review.compare(beside.article, [o for o in owners if o in beside.layers])
                found = [(one.difference, one.state) for one in review.settled(comparison)]
            else:
                found = [(one, "open") for one in comparison.differences]
            waiting = [
                Waiting(patterns.setdefault(one.pattern, one.pattern), beside.article, one.id, state)
                for one, state in found
            ]
            yield Stretch(1, agreed + len(comparison.agreements), waiting)

    def _compared(self, beside: Beside, owners: Sequence[str]) -> tuple[Comparison, int]:
        """Return what differs, and how much that all say was left out of it."""
        present = [owner for owner in owners if owner in beside.layers]
        layers = [beside.layers[owner] for owner in present]
        if self._door.reviews.has_relations(layers):  # they name the ends by the ids of each layer
            return self._review.compare(beside.article, present), 0
        differing: dict[int, list[Annotation]] = {layer: [] for layer in layers}
        agreed: list[Said] = []
        for said in self._door.reviews.said_in(layers):
            whose = said.layers.split(",")
            if len(whose) == len(layers) == len(set(whose)):
                agreed.append(said)
            else:
                ids = json.loads(said.ids)
                one = _annotation(said, beside.article, ids[0])
                for uid, layer in zip(ids, whose, strict=True):
                    differing[int(layer)].append(one.but(id=uid))
        tags: dict[int, list[TopicTag]] = {}
        for uid, number, topic in self._door.reviews.topics_in(layers):
            tags.setdefault(number, []).append(TopicTag(uid, beside.article, "", topic))
        works = [Work(o, differing[n], (), tags.get(n, ())) for o, n in zip(present, layers, strict=True)]
        return compare(works, None, (_annotation(said, beside.article, said.ids) for said in agreed)), len(agreed)


def _annotation(said: Said, article: str, uid: str) -> Annotation:
    fragments = tuple((s, e) for s, e in json.loads(said.fragments)) if said.fragments else ((said.start, said.end),)
    attributes = json.loads(said.attributes) if said.attributes else NOTHING
    return Annotation(
        uid, article, "", said.label, Span(fragments), said.quote or "", attributes, entity=said.entity or ""
    )


def by_pattern(waiting: Iterable[Waiting]) -> list[tuple[Pattern, Counter[str]]]:
    """Return how many there are of each pattern by state: by kind, the commonest first."""
    found: dict[Pattern, Counter[str]] = {}
    for one in waiting:
        found.setdefault(one.pattern, Counter())[one.state] += 1
    return sorted(found.items(), key=lambda item: (PRECEDENCE[item[0][0]], -item[1].total(), item[0]))
