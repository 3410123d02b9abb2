"""Relations: typed links between two annotations of one layer. Elements of the layer, like annotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.spans import NOTHING, Stamp

FIELDS = frozenset("article annotator label from to attributes note created".split())


class Relation(NamedTuple):
    """A link of a type (`label`) from one annotation (`source`) to another (`target`), by their ids."""

    id: str
    article: str
    annotator: str
    label: str
    source: str
    target: str
    attributes: Mapping[str, Any] = NOTHING
    note: str = ""
    created: Stamp | None = None
    extra: Mapping[str, Any] = NOTHING

    def touches(self, annotation: str) -> bool:
        """Say whether the annotation stands at one of its ends."""
        return annotation in (self.source, self.target)

    def other_end(self, annotation: str) -> str:
        """Return the id of the annotation at the other end; ValueError where the one given stands at neither."""
        if not self.touches(annotation):  # an end that was guessed would be moved, and the wrong one
            raise ValueError(f"{annotation} is no end of the relation {self.id}")
        return self.target if annotation == self.source else self.source

    def is_still(self, now: Relation | None) -> bool:
        """Say whether it leads as it did, by what it is `now`: of the same type, between the same annotations."""
        return now is not None and (self.label, self.source, self.target) == (now.label, now.source, now.target)


def relation_from(element: str, value: Mapping[str, Any]) -> Relation:
    """Make the relation of an element; what a file left out is empty."""
    created, attributes = value.get("created"), value.get("attributes")
    return Relation(
        id=element,
        article=str(value.get("article") or ""),
        annotator=str(value.get("annotator") or ""),
        label=str(value.get("label") or ""),
        source=str(value.get("from") or ""),
        target=str(value.get("to") or ""),
        attributes=attributes if isinstance(attributes, Mapping) else NOTHING,
        note=str(value.get("note") or ""),
        created=_stamp(created),
        extra={key: item for key, item in value.items() if key not in FIELDS} or NOTHING,
    )


def _stamp(value: object) -> Stamp | None:
    match value:
        case [str(by), str(at)] | {"by": str(by), "at": str(at)}:
            return Stamp(by, at)
    return None


def relation_value(relation: Relation) -> dict[str, Any]:
    """Return a relation as the value of its element; what is empty is left out."""
    value: dict[str, Any] = {
        "article": relation.article,
        "annotator": relation.annotator,
        "label": relation.label,
        "from": relation.source,
        "to": relation.target,
    }
    if relation.attributes:
        value["attributes"] = dict(relation.attributes)
    if relation.note:
        value["note"] = relation.note
    if relation.created:
        value["created"] = {"by": relation.created.by, "at": relation.created.at}
    return {**value, **relation.extra}


def relate(relations: Sequence[Relation], *more: Op) -> Edit:
    """Make the edit that adds relations (of one article), and writes `more` with them."""
    ops = tuple(Add("relation", one.id, relation_value(one)) for one in relations)
    first = relations[0]
    about = {"label": first.label, "n": len(relations), "source": first.source, "target": first.target}
    return Edit("relate", ops + more, first.article, about)


def unrelate(relations: Sequence[Relation]) -> Edit:
    """Make the edit that takes relations (of one article) away."""
    first = relations[0]
    about = {"label": first.label, "n": len(relations), "source": first.source, "target": first.target}
    return Edit("unrelate", gone(relations), first.article, about)


def gone(relations: Iterable[Relation]) -> tuple[Op, ...]:
    """Return the writes that take relations away: they go with an annotation that is deleted, in its edit."""
    return tuple(Set("relation", one.id, ALIVE, True, False) for one in relations)


def retype(relation: Relation, label: str) -> Edit:
    """Make the edit that gives a relation another type."""
    ops = (Set("relation", relation.id, "label", relation.label, label),)
    about = {"label": label, "was": relation.label, "source": relation.source, "target": relation.target}
    return Edit("retype", ops, relation.article, about)


def move_end(relation: Relation, was: str, end: str) -> Edit:
    """Make the edit that hangs one end of a relation, which stands at an annotation, on another one (by their ids)."""
    moved = moved_end(relation, was, end)
    field = "from" if was == relation.source else "to"
    ops = (Set("relation", relation.id, field, was, end),)
    about = {"label": relation.label, "source": moved.source, "target": moved.target}
    return Edit("move-end", ops, relation.article, about)


def moved_end(relation: Relation, was: str, end: str) -> Relation:
    """Return a relation as it is when one of its ends stands elsewhere."""
    stays = relation.other_end(was)
    ends = (end, stays) if was == relation.source else (stays, end)
    return relation._replace(source=ends[0], target=ends[1])


def turn(relation: Relation) -> Edit:
    """Make the edit that turns a relation round."""
    ops = (
        Set("relation", relation.id, "from", relation.source, relation.target),
        Set("relation", relation.id, "to", relation.target, relation.source),
    )
    about = {"label": relation.label, "source": relation.target, "target": relation.source}
    return Edit("turn", ops, relation.article, about)
