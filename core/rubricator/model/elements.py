"""Annotations, topic tags, articles and layers as elements: the ids, fields and values that edits write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rubricator.model.ids import named_id
from rubricator.model.spans import NOTHING, Annotation, Article, Span, Stamp, TopicTag, Zone

STATUSES = ("todo", "doing", "done", "skipped")
"""What a layer says of the work on its article."""

PACKET = "packet"
"""The field of a project that says that it was opened from a packet, and whose it is; it stays in that file."""

ANNOTATION_FIELDS = frozenset(
    "article annotator label fragments attributes note entity score origin scheme seen exact created modified".split()
)
TAG_FIELDS = frozenset("article annotator topic note evidence ties".split())
ARTICLE_FIELDS = frozenset("digest title meta zones cluster".split())


def _with_extra(value: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Add the unknown keys of an import in a place of their own: a file may call one `article`, `digest` or `alive`."""
    return {**value, "extra": dict(extra)} if extra else value


def _extra_of(value: Mapping[str, Any], known: frozenset[str]) -> Mapping[str, Any]:
    """Return the unknown keys of an import, and the fields that only a later version knows."""
    if value.keys() <= known:
        return NOTHING
    later = {key: item for key, item in value.items() if key not in known and key != "extra"}
    return {**later, **(value.get("extra") or NOTHING)} or NOTHING


def annotation_value(annotation: Annotation) -> dict[str, Any]:
    """Return an annotation as the value of its element; what is empty is left out, and never the quote."""
    a = annotation
    value: dict[str, Any] = {
        "article": a.article,
        "annotator": a.annotator,
        "label": a.label,
        "fragments": [list(fragment) for fragment in a.span.fragments],
    }
    if a.attributes:
        value["attributes"] = dict(a.attributes)
    if a.note:
        value["note"] = a.note
    if a.entity:
        value["entity"] = a.entity
    if a.score is not None:
        value["score"] = a.score
    if a.origin != "manual":
        value["origin"] = a.origin
    if a.scheme:
        value["scheme"] = a.scheme
    if a.seen:
        value["seen"] = list(a.seen)
    if a.exact:
        value["exact"] = True
    if a.created:
        value["created"] = [a.created.by, a.created.at]
    if a.modified:
        value["modified"] = [a.modified.by, a.modified.at]
    return _with_extra(value, a.extra)


def annotation_from(
    element: str, value: Mapping[str, Any], quote: str = "", created: Stamp | None = None
) -> Annotation:
    """Make the annotation of an element; `created` stands in where the value names no stamp of its own."""
    return Annotation(
        id=element,
        article=value["article"],
        annotator=value["annotator"],
        label=value["label"],
        span=Span(tuple((start, end) for start, end in value["fragments"])),
        quote=quote,
        attributes=value.get("attributes") or NOTHING,
        note=value.get("note") or "",
        entity=value.get("entity") or "",
        score=value.get("score"),
        origin=value.get("origin") or "manual",
        scheme=value.get("scheme") or 0,
        seen=tuple(map(str, value.get("seen") or ())),
        exact=bool(value.get("exact")),
        created=Stamp(*value["created"]) if value.get("created") else created,
        modified=Stamp(*value["modified"]) if value.get("modified") else None,
        extra=_extra_of(value, ANNOTATION_FIELDS),
    )


def tag_id(article: str, annotator: str, topic: str) -> str:
    """Return the id of a topic tag: the same for the same three, so that giving a topic twice is giving it once."""
    return named_id(_TAGS, article, annotator, topic)


_TAGS = "3c8b2f34-6f9e-5a55-9c7e-5d3f0a6e1b90"


def tag_value(tag: TopicTag) -> dict[str, Any]:
    """Return a topic tag as the value of its element."""
    value: dict[str, Any] = {"article": tag.article, "annotator": tag.annotator, "topic": tag.topic}
    if tag.note:
        value["note"] = tag.note
    if tag.evidence:
        value["evidence"] = list(tag.evidence)
    return _with_extra(value, tag.extra)


def tag_from(element: str, value: Mapping[str, Any]) -> TopicTag:
    """Make the topic tag of an element."""
    return TopicTag(
        id=element,
        article=value["article"],
        annotator=value["annotator"],
        topic=value["topic"],
        note=value.get("note") or "",
        evidence=_evidence(value),
        extra=_extra_of(value, TAG_FIELDS),
    )


def _evidence(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a tag came with, without what was untied since, and what was tied since (see model/topic_tags.py)."""
    ties: Mapping[str, Any] = value.get("ties") or NOTHING
    came = [str(item) for item in value.get("evidence") or ()]
    kept = [item for item in came if ties.get(item) is not False]
    return tuple(dict.fromkeys((*kept, *sorted(item for item, tied in ties.items() if tied))))


def article_value(article: Article) -> dict[str, Any]:
    """Return an article as the value of its element; its text is named by digest only."""
    value: dict[str, Any] = {"digest": article.digest}
    if article.title:
        value["title"] = article.title
    if article.meta:
        value["meta"] = dict(article.meta)
    if article.zones:
        value["zones"] = [[zone.kind, zone.start, zone.end] for zone in article.zones]
    if article.cluster:
        value["cluster"] = article.cluster
    return _with_extra(value, article.extra)


def article_from(element: str, value: Mapping[str, Any]) -> Article:
    """Make the article of an element."""
    return Article(
        id=element,
        digest=value.get("digest") or "",
        title=value.get("title") or "",
        meta=value.get("meta") or NOTHING,
        zones=tuple(Zone(kind, start, end) for kind, start, end in value.get("zones") or ()),
        cluster=value.get("cluster") or "",
        extra=_extra_of(value, ARTICLE_FIELDS),
    )


def layer_id(article: str, annotator: str) -> str:
    """Return the id of an annotator's layer on an article (the tab stands in neither part)."""
    return f"{annotator}\t{article}"


def split_layer_id(element: str) -> tuple[str, str]:
    """Return (article, annotator) of a layer's id."""
    annotator, _, article = element.partition("\t")
    return article, annotator
