"""Writes Rubricator JSONL, version 1: the keys in the order of the format, what is empty left out.

A line is the same for the same record, whatever it was read from. Four things stand even where they are empty, since
their absence would say something else: `text`, the `status` and `annotations` of a layer, and `quote`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rubricator.formats.base import Header, LayerRecord, Person, Record
from rubricator.formats.jsonl.words import (
    ANNOTATION_KEYS,
    ARTICLE_KEYS,
    LAYER_KEYS,
    PERSON_KEYS,
    PROJECT_KEYS,
    TOPIC_KEYS,
    VERSION,
)
from rubricator.model.quick_json import dumped
from rubricator.model.scheme_json import scheme_to_json
from rubricator.model.spans import Annotation, TopicTag
from rubricator.model.text import digest

Json = dict[str, Any]


def jsonl_lines(header: Header, records: Iterable[Record]) -> Iterator[bytes]:
    """Yield the lines of the file: the project, if there is anything to say of it, then the articles."""
    if header != Header():
        yield line(header_json(header))
    names = names_of(header.people)
    for record in records:
        yield line(article_json(record, names))


def line(value: Json) -> bytes:
    """Return a JSON value as a line; a lone surrogate, which has no UTF-8, as an escape."""
    return dumped(value, surrogates="backslashreplace") + b"\n"


def header_json(header: Header) -> Json:
    """Return the project as JSON values."""
    value: Json = {"rubricator": VERSION, "kind": "project"}
    _add(value, "name", header.name)
    if header.scheme is not None:
        value["scheme"] = scheme_to_json(header.scheme)
    _add(value, "annotators", [_person(person) for person in header.people])
    _add(value, "entities", [dict(entity) for entity in header.entities])
    _add(value, "rechecks", [dict(recheck) for recheck in header.rechecks])
    return _with_rest(value, header.extra, PROJECT_KEYS)


def article_json(record: Record, names: Mapping[str, str]) -> Json:
    """Return an article as JSON values; `names` says what to call annotators, by id."""
    value: Json = {"rubricator": VERSION, "kind": "article"}
    _add(value, "id", record.id)
    value["text"] = record.text
    value["sha256"] = digest(record.text)
    _add(value, "title", record.title)
    _add(value, "meta", dict(record.meta))
    _add(value, "zones", [{"kind": zone.kind, "start": zone.start, "end": zone.end} for zone in record.zones])
    _add(value, "cluster", record.cluster)
    _add(value, "layers", [layer_json(layer, record.text, names) for layer in record.layers])
    return _with_rest(value, record.extra, ARTICLE_KEYS)


def layer_json(layer: LayerRecord, text: str, names: Mapping[str, str]) -> Json:
    """Return a layer as JSON values."""
    value: Json = {}
    _add(value, "annotator", names.get(layer.annotator, layer.annotator))
    value["kind"] = layer.kind
    value["status"] = layer.status
    _add(value, "flags", list(layer.flags))
    _add(value, "seconds", _number(layer.seconds))
    value["annotations"] = [annotation_json(annotation, text) for annotation in layer.annotations]
    _add(value, "topics", [topic_json(tag) for tag in layer.topics])
    _add(value, "relations", [dict(relation) for relation in layer.relations])
    _add(value, "comments", [dict(comment) for comment in layer.comments])
    _add(value, "decisions", [dict(decision) for decision in layer.decisions])
    return _with_rest(value, layer.extra, LAYER_KEYS)


def annotation_json(annotation: Annotation, text: str) -> Json:
    """Return an annotation as JSON values; its quote is taken from the text."""
    # All fields at once, since one by one they would take half as long again.
    uid, _, _, label, span, _, said, note, entity, score, origin, scheme, seen, exact, made, changed, rest = annotation
    value: Json = {"id": uid, "label": label} if uid else {"label": label}
    value["fragments"] = span.fragments
    value["quote"] = span.quote(text)
    if said:
        value["attributes"] = dict(said)
    if note:
        value["note"] = note
    if entity:
        value["entity"] = entity
    if score is not None:
        value["score"] = _number(score)
    value["origin"] = origin
    if scheme:
        value["scheme"] = scheme
    if seen:
        value["seen"] = list(seen)
    if exact:
        value["exact"] = True
    if made:
        value["created"] = {"by": made.by, "at": made.at}
    if changed:
        value["modified"] = {"by": changed.by, "at": changed.at}
    return _with_rest(value, rest, ANNOTATION_KEYS) if rest else value


def topic_json(tag: TopicTag) -> Json:
    """Return a topic tag as JSON values."""
    value: Json = {"topic": tag.topic}
    _add(value, "note", tag.note)
    _add(value, "evidence", list(tag.evidence))
    return _with_rest(value, tag.extra, TOPIC_KEYS)


def _person(person: Person) -> Json:
    value: Json = {}
    _add(value, "id", person.id)
    _add(value, "name", person.name)
    value["kind"] = person.kind
    return _with_rest(value, person.extra, PERSON_KEYS)


def sign(record: Record) -> int:
    """Return a number that tells all that a line has to say of a record, in the least time, and in this process.

    What was written is known again by it. It is taken from the record and not from what is written, so that what the
    writer left out would be missed. Quotes have no part in it: whoever reads a line holds them against the text.
    """
    zones = tuple([(zone.kind, zone.start, zone.end) for zone in record.zones])
    own = (record.id, record.text, record.title, record.cluster, zones)
    layers = tuple(map(_sign_of_layer, record.layers))
    return hash((own, layers, _told(record.meta), _told(_rest(record.extra, ARTICLE_KEYS))))


def _sign_of_layer(layer: LayerRecord) -> int:
    annotations = tuple(map(_sign_of_annotation, layer.annotations))
    topics = [(tag.topic, tag.note, tag.evidence, _told(_rest(tag.extra, TOPIC_KEYS))) for tag in layer.topics]
    own = (layer.annotator, layer.kind, layer.status, layer.flags, _number(layer.seconds))
    others = (layer.relations, layer.comments, layer.decisions, _rest(layer.extra, LAYER_KEYS))
    return hash((own, annotations, tuple(topics), _told(others) if any(others) else None))


def _sign_of_annotation(annotation: Annotation) -> int:
    uid, _, _, label, span, _, said, note, entity, score, origin, scheme, seen, exact, made, changed, rest = annotation
    own = (uid, label, span.fragments, note, entity, origin, scheme, seen, exact, made and (made.by, made.at))
    if not (said or changed or rest) and score is None:  # so of most
        return hash(own)
    others = (
        None if score is None else repr(_number(score)),  # -1 and -2 have one hash
        changed and (changed.by, changed.at),
        _told(said),
        _told(_rest(rest, ANNOTATION_KEYS)),
    )
    return hash((own, others) if any(others) else own)


def _told(value: object) -> bytes | None:
    """Return what holds anything else than texts and numbers as bytes; None where there is nothing."""
    return dumped(value, surrogates="backslashreplace") if value else None


def _rest(extra: Mapping[str, Any], known: frozenset[str]) -> Json:
    return {key: item for key, item in extra.items() if key not in known} if extra else {}


def names_of(people: Iterable[Person]) -> dict[str, str]:
    """Return what to call annotators by id: by name where it is one annotator's alone, so that two annas stay two."""
    known = list(people)
    taken = Counter(name for person in known for name in {person.id, person.name} if name)
    return {person.id: person.name for person in known if person.id and taken[person.name] == 1}


def _number(value: float) -> float:
    """Write 12.0 as 12, since a database may hand back either."""
    return int(value) if value == int(value) else value


def _add(value: Json, key: str, found: Any) -> None:
    if found:
        value[key] = found


def _with_rest(value: Json, extra: Mapping[str, Any], known: frozenset[str]) -> Json:
    value.update(_rest(extra, known))
    return value
