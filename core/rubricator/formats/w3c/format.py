"""W3C Web Annotation in JSON-LD: a collection, and a page of annotations for each article, with the text in it.

Source of the format: Web Annotation Data Model and Vocabulary (W3C, 2017). A position counts code points. Targets are
no ordered list there, so a relation has one: its body links to the other end. A discontinuous span would be several
targets, each by itself; so there are none. The entity of a mention is a body that identifies it. A comment is an
annotation about another one or the whole text, by whoever wrote it; an answer is one about the comment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rubricator.formats.base import Carried, Case, Choice, Header, LayerRecord, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.json_items import items, keys_of
from rubricator.formats.jsonl.writer import line, names_of
from rubricator.formats.losing import added_up, article_cases
from rubricator.formats.plain_spans import planned_relations, planned_spans
from rubricator.formats.w3c.comments import planned_comments
from rubricator.formats.w3c.entities import Iris, iris, loses, own_iri
from rubricator.formats.w3c.reader import read_w3c
from rubricator.model.ids import named_id
from rubricator.model.spans import NOTHING
from rubricator.model.text import digest

Json = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_IDS = "c6f7a1c3-4b3a-5d6f-9d57-0a9ed7c2a1e4"
_AROUND = 32
"""How much stands before and after a quote, to tell it from others."""


@dataclass(frozen=True)
class Names:
    """How annotators and entities are written, and what entities are called, by their ids."""

    people: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    iri: Iris = own_iri
    called: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass
class _Plan:
    """What becomes of one article: its annotations, what a reader finds, what is lost; `entities` are their IRIs."""

    source: Json
    annotations: list[Json]
    carried: Carried
    entities: set[str] = field(default_factory=set)
    lost: list[Case] = field(default_factory=list)


class W3c:
    """A file of Web Annotations."""

    all_layers = True
    choices: tuple[Choice, ...] = ("broken", "across")

    def recognises(self, head: str) -> bool:
        """Say whether the file names the context of Web Annotations, or has a target with selectors."""
        keys = keys_of(head)
        return CONTEXT in head or "target.selector" in keys or {"target", "body"} <= keys

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the entities and articles."""
        return read_w3c(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what Web Annotations cannot hold."""
        used: set[str] = set()

        def lost() -> Iterator[Iterable[Case]]:
            for record in records:
                plan = _plan(record, 0, options, Names())
                used.update(plan.entities)
                yield plan.lost
            written = iris(header)
            entities = (one for one in header.entities if own_iri(str(one.get("id"))) in used and loses(one, written))
            yield (("entity-details", str(one.get("name", ""))) for one in entities)

        return added_up(lost())

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file: the collection, then a page on a line for each article."""
        called = {str(one.get("id")): str(one.get("name") or "") for one in header.entities}
        names = Names(names_of(header.people), iris(header), called)
        about: Json = {"@context": CONTEXT, "id": _urn("collection", header.name), "type": "AnnotationCollection"}
        collection = about | ({"label": header.name} if header.name else {}) | {"first": _page(header.name, 1)}
        with out.open("xb") as stream:
            stream.write(b"[\n" + line(collection).rstrip(b"\n"))
            for n, record in enumerate(records, 1):
                plan = _plan(record, n, options, names)
                page: Json = {"@context": CONTEXT, "id": _page(header.name, n), "type": "AnnotationPage"}
                page |= {"partOf": collection["id"], "items": _with_text(plan)}
                stream.write(b",\n" + line(page).rstrip(b"\n"))
            stream.write(b"\n]\n")

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text and what each layer says of it."""
        return _plan(record, 0, options, Names()).carried

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the pages back as they stand."""
        for item in items(out):
            if item.value["type"] == "AnnotationPage":
                first, *others = item.value["items"]
                yield _found(first["target"]["value"], others)


def _urn(*parts: object) -> str:
    return f"urn:uuid:{named_id(_IDS, *parts)}"


def _page(name: str, n: int) -> str:
    return _urn("page", name, n)


def _with_text(plan: _Plan) -> list[Json]:
    """Return the annotations, before them the one that has the whole text: the others name it by its id."""
    first = {"id": _urn("text", plan.source["id"]), "type": "Annotation", "motivation": "bookmarking"}
    return [{**first, "target": plan.source}, *plan.annotations]


def _plan(record: Record, n: int, options: WriteOptions, names: Names) -> _Plan:
    """Decide what becomes of an article (the `n`-th); the only place that knows what Web Annotations can hold."""
    lost = list(article_cases(record, LayerRecord(""), {"layers"}))
    source: Json = {"id": _urn("source", digest(record.text), n), "type": "TextualBody", "format": "text/plain"}
    source |= {"value": record.text} | ({"label": record.title} if record.title else {})
    annotations: list[Json] = []
    for layer in record.layers:
        lost += article_cases(record, layer, {"layers", "topic", "relation", "article", "comment"})
        annotations += _layer(record, layer, source["id"], options, names, lost)
    carried = _found(record.text, annotations)
    return _Plan(source, annotations, carried, {iri for one in annotations if (iri := _entity_of(one))}, lost)


def _layer(
    record: Record, layer: LayerRecord, source: str, options: WriteOptions, names: Names, lost: list[Case]
) -> Iterator[Json]:
    who = names.people.get(layer.annotator, layer.annotator)
    creator = {"type": "Software" if layer.kind == "model" else "Person", "name": who}
    space = source, layer.kind, who

    def made(motivation: str, uid: str, body: list[Json], target: Any, **more: Any) -> Json:
        about = {"id": uid, "type": "Annotation", "motivation": motivation, "creator": creator}
        return about | more | {"body": body, "target": target}

    spans = planned_spans(record, layer, options, {"note", "entity"}, lost)
    ids = [_urn(*space, place.label, place.start, place.end) for place in spans.places]
    for uid, place in zip(ids, spans.places, strict=True):
        body = [_words("tagging", place.label)]
        if place.annotation.note:
            body.append(_words("commenting", place.annotation.note))
        if place.annotation.entity:
            body.append(_identified(place.annotation.entity, names))
        selector = [
            {
                "type": "TextQuoteSelector",
                "exact": record.text[place.start : place.end],
                "prefix": record.text[max(0, place.start - _AROUND) : place.start],
                "suffix": record.text[place.end : place.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": place.start, "end": place.end},
        ]
        yield made("tagging", uid, body, {"source": source, "selector": selector})
    for label, first, second in planned_relations(record, layer, spans, lost):
        body = [_words("tagging", label), {"type": "SpecificResource", "purpose": "linking", "source": ids[second]}]
        yield made("linking", _urn(*space, "relation", label, first, second), body, ids[first])
    for code in dict.fromkeys(tag.topic for tag in layer.topics):
        yield made("classifying", _urn(*space, "topic", code), [_words("classifying", code)], source)
    homes = {uid: ids[number] for uid, number in spans.numbers.items()}
    for one in planned_comments(record, layer, homes, lambda *parts: _urn(*space, "comment", *parts), lost):
        by = {"type": "Person", "name": names.people.get(one.by, one.by)} if one.by else creator
        more = {"creator": by} | ({"created": one.at} if one.at else {})
        purpose = "replying" if one.answers else "commenting"
        yield made(purpose, one.id, [_words(purpose, one.text)], one.about or source, **more)


def _identified(entity: str, names: Names) -> Json:
    called = names.called.get(entity)
    source = {"id": names.iri(entity)} | ({"label": called} if called else {})
    return {"type": "SpecificResource", "purpose": "identifying", "source": source}


def _words(purpose: str, words: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": words}


def _entity_of(annotation: Json) -> str:
    """Return the IRI of what identifies an annotation, if anything does."""
    return next((str(one["source"]["id"]) for one in annotation["body"] if one["purpose"] == "identifying"), "")


def _found(text: str, annotations: list[Json]) -> Carried:
    """Return what the annotations of a page say, layer by layer, but for the names of the annotators and entities."""
    places: dict[str, tuple[Any, ...]] = {}
    layers: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    mentions: dict[str, list[tuple[Any, ...]]] = {}
    carried: Carried = Counter([("text", digest(text))])
    for one in annotations:
        layer = layers.setdefault((one["creator"]["type"], one["creator"]["name"]), [])
        first, *others = one["body"]
        match one["motivation"]:
            case "tagging":
                quote, position = one["target"]["selector"]
                place = places[one["id"]] = first["value"], position["start"], position["end"], quote["exact"]
                layer.append(("span", *place, *(other["value"] for other in others if "value" in other)))
                if iri := _entity_of(one):
                    mentions.setdefault(iri, []).append(place)
            case "linking":
                layer.append(("relation", first["value"], places[one["target"]], places[others[0]["source"]]))
            case "classifying":
                layer.append(("topic", first["value"]))
            case _:
                places[one["id"]] = first["value"], one.get("created", ""), places.get(one["target"], ())
                carried["comment", one["motivation"], *places[one["id"]]] += 1
    carried.update((kind, *sorted(said, key=repr)) for (kind, _name), said in layers.items() if said)
    carried.update(("entity", *sorted(said)) for said in mentions.values())
    return carried


FORMAT = W3c()
