"""Makes articles of the docs of a DocBin: `doc.ents` and every group of `doc.spans` are layers, `doc.cats` topics.

What an export of ours says in `doc.user_data` comes back whole; the spans beside it that are not ours are layers too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.base import Case, Header, LayerRecord, Record
from rubricator.formats.json_document import bad_in
from rubricator.formats.json_values import Bad, number_of
from rubricator.formats.jsonl.article import read_article
from rubricator.formats.jsonl.project import People
from rubricator.formats.reading import Draft, annotation, layer
from rubricator.formats.spacy.docs import Doc, Found, docs_in
from rubricator.formats.text import about
from rubricator.model.ids import named_id
from rubricator.model.spans import Annotation, TopicTag
from rubricator.words import message

KEY = "rubricator"
ENTITIES = "ents"
"""The layer of `doc.ents` beside that of our own spans."""
_IDS = "f1d3c2a4-55b0-5d1e-9c55-6a3b6f0f7b52"
_GIVEN = 0.5


def read_docs(source: Path) -> Iterator[Header | Record]:
    """Yield the entities and the articles of a file; UserError names the file and the doc."""
    blank: list[Case] = []
    seen = False
    for n, doc in enumerate(docs_in(source), 1):
        where = f"{source.name}, document {n}"
        if not doc.text.strip():
            blank.append(("blank", where))
            continue
        try:
            entities, record = _article(doc, source, where)
        except Bad as bad:
            raise bad_in(where, bad) from bad
        if entities:
            yield Header(entities=tuple(entities))
        yield replace(record, cases=(*blank, *record.cases)) if blank else record
        blank.clear()
        seen = True
    if not seen:
        raise UserError(
            message("{file} holds no words.", file=source.name), message("Choose a file that spaCy wrote docs into.")
        )


def _article(doc: Doc, source: Path, where: str) -> tuple[list[dict[str, Any]], Record]:
    draft = Draft(doc.text, where)
    for line in doc.other:
        draft.note("unheld", f"{where}: {line}")
    topics = tuple(_topics(doc.cats))
    own = _own(doc, topics, where)
    groups = dict(doc.groups)
    layers: list[LayerRecord] = []
    if own is not None:
        layers = list(own.layers)
        beside = {(one.start, one.end, one.label) for one in groups.pop(KEY, [])}
        if not {(one.start, one.end, one.label) for one in doc.entities} <= beside:
            groups[ENTITIES] = doc.entities
    elif doc.entities or topics:
        made = layer("", _annotations(doc.entities, draft, where, ""))
        layers.append(replace(made, topics=topics))
    for name, found in groups.items():
        if found:
            layers.append(layer(name, _annotations(found, draft, where, name)))
    longest = _longest(one for made in layers for one in made.annotations)
    if own is not None:
        entities = [_entity(uid, one) for uid, one in longest.items()]
        return entities, replace(own, layers=tuple(layers), cases=tuple(draft.cases))
    said = about(draft.text, source.stem)
    record = draft.record(map(_linked, layers), said.title, meta=said.meta)
    entities = [{**_entity(named_id(_IDS, kb), one), "external": kb} for kb, one in longest.items()]
    return entities, replace(record, zones=said.zones)


def _topics(cats: Mapping[str, Any]) -> Iterator[TopicTag]:
    """Yield the topics that are given: a score of half and more says yes."""
    for topic in cats:
        score = number_of(cats, topic)
        if score is not None and score >= _GIVEN and str(topic).strip():
            yield TopicTag("", "", "", str(topic), extra={"score": score} if score != 1 else {})


def _own(doc: Doc, topics: tuple[TopicTag, ...], where: str) -> Record | None:
    """Return what an export of ours said, if the spans are still those that it wrote; else None."""
    said = doc.user_data.get(KEY)
    if not isinstance(said, dict):
        return None
    article, annotations = said.get("article"), said.get("annotations")
    spans = doc.groups.get(KEY, [])
    if not isinstance(article, dict) or not isinstance(annotations, list) or len(annotations) != len(spans):
        return None
    value = dict(article)
    owner = value.pop("layer", {})
    if not isinstance(owner, dict):
        return None
    # A span in pieces may have been written as several: the first of them speaks for all.
    firsts = [one for one, span in zip(annotations, spans, strict=True) if _first(one) == span.start]
    given = [{"topic": tag.topic} for tag in topics]
    empty = not (firsts or given or owner.get("annotator") or owner.get("status", "todo") != "todo")
    value["layers"] = [] if empty else [{**owner, "annotations": firsts, "topics": given}]
    return read_article(value, doc.text, "codepoint", People(), where, 0)


def _first(one: Any) -> Any:
    try:
        return one["fragments"][0][0]
    except (KeyError, IndexError, TypeError):
        return None


def _annotations(found: list[Found], draft: Draft, where: str, name: str) -> Iterator[Annotation]:
    for n, one in enumerate(found, 1):
        place = f"{where}, {name or ENTITIES} {n}"
        if not one.label.strip():
            raise Bad(message("a span has no label.")).inside(f"{name or ENTITIES} {n}")
        span = draft.span([(one.start, one.end)], place)
        if span is not None:
            attributes = {"id": one.uid} if one.uid else {}
            yield annotation("", one.label, span, draft.text, attributes=attributes, entity=one.linked)


def _linked(made: LayerRecord) -> LayerRecord:
    """Return the layer with ids of entities for the ids of a knowledge base."""
    linked = (a.but(entity=named_id(_IDS, a.entity)) if a.entity else a for a in made.annotations)
    return replace(made, annotations=tuple(linked))


def _longest(annotations: Iterable[Annotation]) -> dict[str, Annotation]:
    """Return the longest mention of everything that is linked to."""
    longest: dict[str, Annotation] = {}
    for one in annotations:
        if one.entity and len(one.quote) >= len(longest.setdefault(one.entity, one).quote):
            longest[one.entity] = one
    return longest


def _entity(uid: str, mention: Annotation) -> dict[str, Any]:
    return {"id": uid, "name": " ".join(mention.quote.split()), "kind": mention.label}
