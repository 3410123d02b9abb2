"""One decision for all differences of a pattern: what was chosen is told by what it is, not by whose it is.

Who said it tells nothing where layers come in another order in each article: "the one with the determiner" does.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.review.decision import Outcome, accept
from rubricator.review.difference import Comparison, Difference, Element, differing
from rubricator.review.pair import plain


def likewise(
    model: Difference, chosen: Outcome, compared: Comparison, other: Difference, comparison: Comparison
) -> Outcome | None:
    """Return the outcome for another difference that is what was chosen for the first; None where it has no like.

    `compared` and `comparison` say whose the sides of the one and the other are.
    """
    if model.pattern != other.pattern:
        return None
    if chosen.outcome == "edit":
        return _edited_likewise(model, chosen, other)
    if chosen.outcome != "accept":
        return chosen
    whose = [work.annotator for work in compared.works]
    if chosen.side not in whose:
        return None
    wanted = _trait(model, whose.index(chosen.side), compared)
    found = (work.annotator for n, work in enumerate(comparison.works) if _trait(other, n, comparison) == wanted)
    side = min(found, default=None)
    return accept(side).because(chosen.reason, chosen.guideline) if side is not None else None


def _edited_likewise(model: Difference, chosen: Outcome, other: Difference) -> Outcome | None:
    """Return the edit with the words of the other place, where it gave the same words another label."""
    spans = [{one.span for one in place.annotations} for place in (model, other)]
    fragments = tuple((start, end) for start, end in chosen.edited["fragments"])
    if any(len(some) != 1 for some in spans) or fragments != next(iter(spans[0])).fragments:
        return None
    there = [list(fragment) for fragment in next(iter(spans[1])).fragments]
    return Outcome(
        "edit", edited={**chosen.edited, "fragments": there}, reason=chosen.reason, guideline=chosen.guideline
    )


def _trait(place: Difference, n: int, comparison: Comparison) -> Hashable:
    """Return what is particular about a side, in words that hold for every difference of the pattern."""
    side = place.sides[n]
    if not side:
        return "nothing"
    match place.kind:
        case "split" | "merge":
            return len(side) > 1
        case "label" | "label-boundary":
            return tuple(sorted(one.label for one in side if isinstance(one, Annotation)))
        case "boundary" | "fragments":
            return _reach(place, side)
        case "attribute":
            names = differing([one.attributes for one in place.annotations])
            return plain([[one.attributes.get(name) for name in names] for one in side if isinstance(one, Annotation)])
        case "entity":
            linked = [one.entity for one in side if isinstance(one, Annotation)]
            return tuple(map(bool, linked)) if place.sub == "unlinked" else tuple(linked)
        case "relation":
            found = [one for one in side if isinstance(one, Relation)]
            return plain([[one.label, _forwards(one, comparison), dict(one.attributes)] for one in found])
    return "something"


def _forwards(relation: Relation, comparison: Comparison) -> bool:
    """Say whether a relation points onwards in the text."""
    ends = [comparison.place_of.get(end) for end in (relation.source, relation.target)]
    source, target = (min((one.start for one in end.annotations), default=0) if end else 0 for end in ends)
    return source <= target


def _reach(place: Difference, side: Sequence[Element]) -> Hashable:
    """Say whether a side has the widest span of all, the narrowest, or one between."""
    sizes = [(len(one.span), len(one.span.fragments)) for one in place.annotations]
    own = [(len(one.span), len(one.span.fragments)) for one in side if isinstance(one, Annotation)]
    return own[0] == max(sizes), own[0] == min(sizes)
