"""Rules by which gold is written where no person decides: what they write is tagged with their name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.review.decision import REJECT, Outcome, accept
from rubricator.review.difference import Comparison, Element, Place
from rubricator.review.pair import plain, said


@dataclass(frozen=True)
class Policy:
    """unanimous: what all layers say; majority: what more than half say; with `most`: what at least so many say, and
    more than say anything else there; trusted: what `whom` says.

    Where more than half say nothing, nothing goes to gold: that is a decision too.
    """

    name: str
    most: int = 0
    whom: str = ""

    @property
    def key(self) -> str:
        """The name under which it signs what it wrote."""
        return ":".join(filter(None, (self.name, str(self.most or ""), self.whom)))

    def outcome(self, place: Place, comparison: Comparison) -> Outcome | None:
        """Return what becomes of a difference; None where it is left to a person."""
        found: Outcome | None = None
        if self.name == "majority":
            found = self._majority(place, comparison)
        elif self.name == "trusted":
            sides = {work.annotator: side for work, side in zip(comparison.works, place.sides, strict=True)}
            if self.whom in sides:
                found = accept(self.whom) if sides[self.whom] else REJECT
        return replace(found, policy=self.key) if found else None

    def _majority(self, place: Place, comparison: Comparison) -> Outcome | None:
        keys = [plain([_key(one, comparison) for one in side]) for side in place.sides]
        counts = Counter(keys)
        if self.most:
            del counts[_NOTHING]
        (key, n), *others = counts.most_common()
        if n < (self.most or len(keys) // 2 + 1) or (others and others[0][1] == n):
            return None
        whose = [work.annotator for work, own in zip(comparison.works, keys, strict=True) if own == key]
        return accept(min(whose)) if key != _NOTHING else REJECT


_NOTHING = plain([])


def _key(element: Element, comparison: Comparison) -> object:
    """Return what two layers have to agree in; of relations, the places of their ends."""
    if isinstance(element, Annotation):
        return said(element)
    if isinstance(element, Relation):
        ends = (comparison.place_of.get(end) for end in (element.source, element.target))
        return element.label, *(place.id if place else "" for place in ends), dict(element.attributes)
    return element.topic
