"""What people do in their layers and with articles, as edits: join, label, change, delete, tag, finish, take out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.elements import annotation_value, layer_id, tag_value
from rubricator.model.spans import Annotation, Article, TopicTag


def annotate(annotations: Iterable[Annotation], *more: Op, kind: str = "annotate") -> Edit:
    """Make the edit that adds these annotations (of one article), and writes `more` with them; `kind` names it."""
    added = tuple(annotations)
    ops = tuple(Add("annotation", a.id, annotation_value(a)) for a in added)
    return Edit(kind, ops + more, added[0].article, {"label": added[0].label, "n": len(added)})


def delete(annotations: Iterable[Annotation], *more: Op) -> Edit:
    """Make the edit that takes these annotations (of one article) away, and writes `more` with them."""
    gone = tuple(annotations)
    ops = tuple(Set("annotation", a.id, ALIVE, True, False) for a in gone)
    return Edit("delete", ops + more, gone[0].article, {"label": gone[0].label, "n": len(gone)})


def rewrite(kind: str, before: Annotation, after: Annotation, *more: Op) -> Edit:
    """Make the edit that turns an annotation into another, and writes `more` with it; `kind` names it (relabel ...)."""
    old, new = _fields(before), _fields(after)
    ops = tuple(
        Set("annotation", before.id, name, old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    )
    return Edit(kind, ops + more, before.article, {"label": after.label, "was": before.label})


def _fields(annotation: Annotation) -> dict[str, Any]:
    """Return what an annotation is by fields, each attribute one of its own: the other ones are not written along."""
    value = annotation_value(annotation)
    said = value.pop("attributes", {})
    return {**value, **{f"attributes.{name}": one for name, one in said.items()}}


def tag(tags: Iterable[TopicTag], *more: Op) -> Edit:
    """Make the edit that gives these topics to an article, and writes `more` with them."""
    given = tuple(tags)
    ops = tuple(Add("tag", t.id, tag_value(t)) for t in given)
    return Edit("tag", ops + more, given[0].article, {"topic": given[0].topic, "n": len(given)})


def untag(given: TopicTag) -> Edit:
    """Make the edit that takes a topic off an article."""
    return Edit("untag", (Set("tag", given.id, ALIVE, True, False),), given.article, {"topic": given.topic, "n": 1})


def set_status(article: str, annotator: str, old: str, new: str) -> Edit:
    """Make the edit that writes the status of a layer."""
    ops = (Set("layer", layer_id(article, annotator), "status", old, new),)
    return Edit("status", ops, article, {"status": new})


def set_flags(article: str, annotator: str, old: Sequence[str], new: Sequence[str]) -> Edit:
    """Make the edit that writes the flags of a layer."""
    ops = (Set("layer", layer_id(article, annotator), "flags", list(old) or None, list(new) or None),)
    return Edit("flag" if new else "unflag", ops, article, {"flags": list(new or old)})


def add_time(article: str, annotator: str, run: str, old: float, new: float) -> Edit:
    """Make the edit that writes how many seconds a run of the program has counted on a layer.

    Each run writes a field of its own, so that the counts of two never overwrite each other: a layer's time is the sum.
    """
    ops = (Set("layer", layer_id(article, annotator), f"spent.{run}", old or None, new),)
    return Edit("time", ops, article)


def remove_article(article: Article) -> Edit:
    """Make the edit that takes an article out of the project."""
    return Edit("remove", (Set("article", article.id, ALIVE, True, False),), article.id, {"title": article.title})


def join(annotator: str, name: str) -> Edit:
    """Make the edit that writes down a person who works in the project."""
    return Edit("annotator", (Add("annotator", annotator, {"name": name, "kind": "human"}),), "", {"name": name})
