"""Sets that a crowd has filled: GATE keeps the annotations of all workers in one, and each says whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rubricator.formats.base import LayerRecord
from rubricator.formats.gate.said import Mark, MarkSet, Tie
from rubricator.formats.workers import worker_of
from rubricator.model.spans import reading_order

WORKER = "worker_id"
"""The feature by which GATE's crowdsourcing plugin says who made an annotation."""
_OF_JUDGMENTS = re.compile(r"trust|cf_\w+", re.ASCII)
"""Features about the judgment that an annotation came with: compared, no two workers would say the same."""


def dealt(found: MarkSet) -> Iterator[MarkSet]:
    """Yield what of a set is nobody's in particular, and then a set for each worker in it."""
    parts = {"": MarkSet(found.name)}
    home: dict[str, str] = {}
    for mark in found.marks:
        home[mark.id] = who = worker_of({WORKER: mark.features[WORKER]}) if WORKER in mark.features else ""
        parts.setdefault(who, MarkSet(who)).marks.append(_workers(mark) if who else mark)
    for tie in found.ties:
        parts[_home_of(tie, home)].ties.append(tie)
    yield from parts.values()


def _workers(mark: Mark) -> Mark:
    """Return the annotation of a worker: whose it is, its layer says."""
    beside = {key: value for key, value in mark.features.items() if _OF_JUDGMENTS.fullmatch(key)}
    said = {key: value for key, value in mark.features.items() if key not in beside and key != WORKER}
    return replace(mark, features=said, beside=beside)


def _home_of(tie: Tie, home: dict[str, str]) -> str:
    """Return whose a relation is: of whoever made the first of its ends that is known."""
    return next((home[one] for one in tie.members if one in home), "")


def joined(layers: Iterable[LayerRecord]) -> list[LayerRecord]:
    """Return layers with those of one annotator, who has worked in several sets, as one."""
    found: dict[str, LayerRecord] = {}
    for one in layers:
        first = found.get(one.annotator)
        if first is not None:
            both = sorted((*first.annotations, *one.annotations), key=reading_order)
            one = replace(first, annotations=tuple(both), relations=(*first.relations, *one.relations))
        found[one.annotator] = one
    return list(found.values())
