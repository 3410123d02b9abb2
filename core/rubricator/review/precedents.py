"""What was decided before on the same words, once for each outcome; and the same for another difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rubricator.model.folding import fold
from rubricator.model.spans import NOTHING, Annotation, Span
from rubricator.review.decision import MERGE, REJECT, Decision, Outcome, accept, edit
from rubricator.review.difference import Comparison, Difference
from rubricator.review.pair import plain


@dataclass(frozen=True)
class Written:
    """An annotation that went to gold, without its place."""

    label: str
    words: str
    attributes: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    entity: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same as another one: letters of any case."""
        return self.label, fold(self.words), plain(dict(self.attributes)), self.entity


@dataclass(frozen=True)
class Before:
    """What was decided on some words: the outcome with what it wrote, how often, by whom, and why, as said last.

    `guideline` is what that decision refers to, as in `Outcome`. `by` are annotators (by id), or policies, the latest
    first.
    """

    outcome: str
    wrote: tuple[Written, ...] = ()
    n: int = 1
    by: tuple[str, ...] = ()
    reason: str = ""
    guideline: str = ""


def told_before(decided: Iterable[tuple[Decision, Sequence[Annotation]]]) -> list[Before]:
    """Return what decisions (the newest first, each with what it wrote) come to: the commonest outcome first."""
    found: dict[tuple[object, ...], list[tuple[Decision, tuple[Written, ...]]]] = {}
    for decision, written in decided:
        wrote = tuple(sorted(map(_written, written), key=lambda one: one.key))
        kind = "accept" if decision.outcome == "edit" else decision.outcome
        found.setdefault((kind, *(one.key for one in wrote)), []).append((decision, wrote))
    told = [_told(some) for some in found.values()]
    return sorted(told, key=lambda one: -one.n)  # of equals the one that was taken last


def _told(some: Sequence[tuple[Decision, tuple[Written, ...]]]) -> Before:
    latest, wrote = some[0]
    by = dict.fromkeys(one.policy or one.by for one, _wrote in some)
    reason, guideline = next(
        ((one.reason, one.guideline) for one, _wrote in some if one.reason or one.guideline), ("", "")
    )
    return Before(latest.outcome, wrote, len(some), tuple(by), reason, guideline)


def _written(one: Annotation) -> Written:
    return Written(one.label, one.quote, one.attributes, one.entity)


def same_again(before: Before, difference: Difference, comparison: Comparison) -> Outcome | None:
    """Return the outcome that does here what was done before; None where it does not fit.

    What a layer says is accepted; else the same words get what they got, where they stand here once.
    """
    if not difference.annotations:
        return None
    if before.outcome == "reject":
        return REJECT
    wanted = [one.key for one in before.wrote]
    whose = [
        work.annotator
        for work, side in zip(comparison.works, difference.sides, strict=True)
        if sorted(_written(one).key for one in side if isinstance(one, Annotation)) == wanted
    ]
    if whose:
        return accept(min(whose))
    if before.outcome == "merge":
        return MERGE
    return _edited(before.wrote[0], difference) if len(before.wrote) == 1 else None


def _edited(wrote: Written, difference: Difference) -> Outcome | None:
    widest = max(difference.annotations, key=lambda one: len(one.span))
    words, wanted = widest.quote.casefold(), wrote.words.casefold()
    plain_place = len(widest.span.fragments) == 1 and len(words) == len(widest.quote)  # else offsets are others
    if not plain_place or words.count(wanted) != 1:
        return None
    start = widest.start + words.index(wanted)
    return edit(wrote.label, Span.of(start, start + len(wanted)), wrote.attributes, wrote.entity)
