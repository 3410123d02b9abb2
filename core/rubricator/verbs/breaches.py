"""What a new scheme would forbid of what stands today: found before anything is written, a layer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rubricator.model import rules
from rubricator.model.relations import Relation
from rubricator.model.rules import Violation
from rubricator.model.scheme import Scheme
from rubricator.model.spans import Annotation, TopicTag
from rubricator.store.links import Mention
from rubricator.verbs.door import Door
from rubricator.words import Message


class Breach(NamedTuple):
    """A place that the new scheme would forbid: what stands there, and why; an article alone has no annotation.

    `lacks`: it has to say something that it does not.
    """

    place: Mention
    why: Message | str
    lacks: bool = False


class _Stands(NamedTuple):
    """What stands in a layer."""

    annotations: list[Annotation]
    tags: list[TopicTag]
    relations: list[Relation]
    text: str
    finished: bool


def breaches(door: Door, new: Scheme) -> Iterator[list[Breach]]:
    """Yield, for each layer of the project, what a scheme forbids there and the present one does not."""
    old = door.scheme
    for article in list(door.rows.articles()):  # between two steps no cursor may stay open: others write meanwhile
        layers = door.rows.layers(article.id)
        text = door.rows.text(article.digest) if layers else None
        for layer in layers if text is not None else ():
            stands = _Stands(
                door.rows.annotations(article.id, layer.annotator),
                door.rows.tags(article.id, layer.annotator),
                door.links.relations(article.id, layer.annotator),
                text or "",
                layer.status == "done",
            )
            known = {_key(found) for found in _judged(stands, old)}
            fresh = [found for found in _judged(stands, new) if _key(found) not in known]
            at = (_place(found, stands, article.id, layer.annotator) for found in fresh)
            yield [Breach(place, one.why, one.rule == "required") for place, one in zip(at, fresh, strict=True)]


def _judged(stands: _Stands, scheme: Scheme) -> Iterator[Violation]:
    found = rules.violations(stands.annotations, scheme, stands.text, tags=stands.tags)
    # what nobody may say any more stands in files all the same: it is told, though it stops no edit
    yield from (one for one in found if one.refused or one.rule == "unknown-attribute")
    ends = {one.id: one for one in stands.annotations}
    yield from rules.relation_violations(stands.relations, ends, scheme)
    if stands.finished:
        lacks = rules.unfinished(stands.annotations, stands.tags, scheme)
        yield from (one for one in lacks if one.refused)


def _key(found: Violation) -> tuple[str, str, str]:
    return found.rule, found.subject, found.name


def _place(found: Violation, stands: _Stands, article: str, annotator: str) -> Mention:
    subject = found.subject
    for relation in stands.relations:
        if relation.id == subject:
            subject = relation.source
    for one in stands.annotations:
        if one.id == subject:
            return Mention(one.id, article, annotator, one.label, one.start, one.quote)
    return Mention("", article, annotator, "", 0, "")
