"""Topic tags and what hangs on them: a note, and annotations as evidence for the topic.

Whether an annotation is evidence is a field of its own (`ties.<annotation>`), so that of two who tie one each neither
is lost; `evidence` holds those that a tag came with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rubricator.model.edits import Add, Edit, Op, Set
from rubricator.model.elements import tag_value
from rubricator.model.spans import TopicTag


def tie(tag: TopicTag, annotations: Iterable[str], *, tied: bool = True) -> tuple[Op, ...]:
    """Return the writes that make annotations (by id) evidence for a topic, or take them away from it."""
    return tuple(
        Set("tag", tag.id, f"ties.{one}", one in tag.evidence, tied)
        for one in annotations
        if (one in tag.evidence) != tied
    )


def evidence(tag: TopicTag, annotations: Sequence[str], *more: Op, tied: bool = True) -> Edit:
    """Make the edit that ties annotations to a topic as evidence, or unties them."""
    ops = tie(tag, annotations, tied=tied)
    about = {"topic": tag.topic, "n": len(ops)}
    return Edit("evidence" if tied else "no-evidence", (*more, *ops), tag.article, about)


def tied_in(tag: str, ops: Iterable[Op]) -> list[str]:
    """Return the annotations (by id) that operations tie to a topic tag (by id)."""
    tied: dict[str, None] = {}
    for op in ops:
        if (op.kind, op.id) != ("tag", tag):
            continue
        if isinstance(op, Add):
            tied |= dict.fromkeys(map(str, op.value.get("evidence") or ()))
        elif op.field.startswith("ties.") and op.new:
            tied[op.field.partition(".")[2]] = None
    return list(tied)


def untied(tags: Iterable[TopicTag], gone: Iterable[str]) -> tuple[Op, ...]:
    """Return the writes that take annotations which go out of the evidence of topics, in the edit that deletes them."""
    ids = set(gone)
    return tuple(op for tag in tags for op in tie(tag, sorted(ids.intersection(tag.evidence)), tied=False))


def moved_evidence(tags: Iterable[TopicTag], instead: Mapping[str, str]) -> tuple[Op, ...]:
    """Return the writes that let other annotations stand in the evidence of topics for those that go (by id)."""
    ops: list[Op] = []
    for tag in tags:
        going = [one for one in tag.evidence if one in instead]
        ops += tie(tag, going, tied=False)
        ops += tie(tag, dict.fromkeys(instead[one] for one in going))
    return tuple(ops)


def reword(tag: TopicTag, note: str) -> Edit:
    """Make the edit that writes the note on a topic."""
    old, new = tag_value(tag).get("note"), note or None
    return Edit("tag-note", (Set("tag", tag.id, "note", old, new),), tag.article, {"topic": tag.topic})
