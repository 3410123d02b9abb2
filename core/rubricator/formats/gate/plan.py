"""Decides what becomes of an article in GATE: every layer an annotation set, every attribute a feature.

What GATE has no place for (ids, anatomy, topics, the state of layers, names of entities) stands as JSON in one feature
of the document, so that it comes back. An annotation in several pieces has no place there at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rubricator.formats.base import Case, Header, LayerRecord, Record, WriteOptions
from rubricator.formats.gate import said as gate
from rubricator.formats.gate.said import Document, Mark, MarkSet, Tie
from rubricator.formats.jsonl.writer import article_json, line, names_of
from rubricator.formats.losing import annotation_cases, article_cases, name_of, place_of, relation_words
from rubricator.formats.shaping import ranges
from rubricator.model.spans import NOTHING
from rubricator.model.text import FORBIDDEN

Entities = Mapping[str, Mapping[str, Any]]


@dataclass
class Plan:
    """The document that is written, and what is lost."""

    document: Document
    lost: list[Case] = field(default_factory=list)


class Planner:
    """Plans the documents of a corpus: `ties` says whether relations can be written."""

    def __init__(self, header: Header, options: WriteOptions, *, ties: bool) -> None:
        self._names = names_of(header.people)
        self._entities = {str(entity.get("id")): entity for entity in header.entities}
        self._options = options
        self._ties = ties

    def plan(self, record: Record) -> Plan:
        """Return what becomes of an article."""
        plan = Plan(Document(record.text, {}, []))
        number = 0
        chains: dict[str, list[list[int]]] = {}
        linked: dict[str, Mapping[str, Any]] = {}
        for layer in record.layers:
            found = MarkSet(plain(self._names.get(layer.annotator, layer.annotator)))
            plan.document.sets.append(found)
            plan.lost.extend(_layer_cases(record, layer))
            firsts: dict[str, str] = {}
            mentions: dict[str, list[Mark]] = {}
            for annotation in layer.annotations:
                where = place_of(record, annotation)
                places, lost = ranges(record.text, annotation.span, self._options)
                if lost:
                    plan.lost.append((lost, where))
                if not places:
                    continue
                plan.lost.extend(annotation_cases(record, annotation, {"attribute", "note", "entity"}))
                features = {}
                for key, value in annotation.attributes.items():
                    if key in gate.OURS_OF_ANNOTATIONS:
                        plan.lost.append(("attribute", f"{where}: {key}"))
                    else:
                        features[plain(key)] = clean(value)
                if annotation.note:
                    features[gate.NOTE] = plain(annotation.note)
                if annotation.entity:
                    features[gate.ENTITY] = plain(annotation.entity)
                    if annotation.entity in self._entities:
                        linked[annotation.entity] = self._entities[annotation.entity]
                for n, (start, end) in enumerate(places):
                    mark = Mark(str(number), plain(annotation.label), start, end, dict(features))
                    found.marks.append(mark)
                    number += 1
                    if n == 0 and annotation.id:
                        firsts[annotation.id] = mark.id
                    if annotation.entity:
                        mentions.setdefault(annotation.entity, []).append(mark)
            _chain(found, mentions, chains)
            for relation in layer.relations:
                tie = _tie(relation, firsts, str(number)) if self._ties else None
                if tie is None:
                    plan.lost.append(("relation", f"{name_of(record)}: {relation_words(relation)}"))
                else:
                    found.ties.append(tie)
                    number += 1
                    if relation.keys() - {"id", "label", "from", "to", "attributes"}:
                        plan.lost.append(("relation-details", f"{name_of(record)}: {relation_words(relation)}"))
        plan.document.features = _features(record, self._names, linked, chains, plan.lost)
        return plan


_OF_LAYERS = frozenset(("status", "flags", "seconds", "extra"))
"""What the JSON beside an article holds of a layer."""


def _layer_cases(record: Record, layer: LayerRecord) -> Iterator[Case]:
    yield from article_cases(record, layer, {"layers", "topic", "topic-note", "relation", "article", *_OF_LAYERS})
    yield from (("topic-note", f"{name_of(record)}: {tag.topic}") for tag in layer.topics if tag.evidence)


def _chain(found: MarkSet, mentions: Mapping[str, list[Mark]], chains: dict[str, list[list[int]]]) -> None:
    for marks in mentions.values():
        numbers = [int(mark.id) for mark in marks]
        chains.setdefault(found.name, []).append(numbers)
        if len(marks) > 1:
            for mark in marks:
                mark.features = {**mark.features, gate.CHAIN: numbers}


def _tie(relation: Mapping[str, Any], firsts: Mapping[str, str], number: str) -> Tie | None:
    ends = [firsts.get(str(relation.get(key))) for key in ("from", "to")]
    if ends[0] is None or ends[1] is None:
        return None
    attributes = relation.get("attributes")
    return Tie(number, plain(str(relation.get("label"))), (ends[0], ends[1]), clean(attributes or {}))


def _features(
    record: Record,
    names: Mapping[str, str],
    linked: Entities,
    chains: Mapping[str, list[list[int]]],
    lost: list[Case],
) -> dict[str, Any]:
    features: dict[str, Any] = {gate.TITLE: plain(record.title)}
    for key, value in record.meta.items():
        name = gate.URL if key == "url" and gate.URL not in record.meta else plain(key)
        if key in gate.OURS_OF_ARTICLES:
            lost.append(("article", f"{name_of(record)}: {key}"))
        else:
            features[name] = clean(value)
    features[gate.ABOUT] = _about(record, names, linked)
    if chains:
        features[gate.CHAINS] = dict(chains)
    return features


def _about(record: Record, names: Mapping[str, str], linked: Entities) -> str:
    """Return what GATE has no place for. Evidence is left out: it names annotations by ids that they lose."""
    layers = (
        replace(
            layer,
            annotations=(),
            relations=(),
            comments=(),
            decisions=(),
            topics=tuple(tag._replace(evidence=()) for tag in layer.topics),
        )
        for layer in record.layers
    )
    article = article_json(replace(record, title="", meta=NOTHING, layers=tuple(layers)), names)
    said: dict[str, Any] = {"article": {key: value for key, value in article.items() if key != "text"}}
    if linked:
        said["entities"] = [dict(entity) for entity in linked.values()]
    return line(clean(said)).decode("utf-8").rstrip("\n")


def plain(words: str) -> str:
    """Return words without what XML cannot hold."""
    return FORBIDDEN.sub("\ufffd", words)


def clean(value: Any) -> Any:
    """Return a JSON value without what XML cannot hold."""
    match value:
        case str():
            return plain(value)
        case Mapping():
            return {plain(str(key)): clean(part) for key, part in value.items()}
        case list() | tuple():
            return [clean(part) for part in value]
        case _:
            return value
