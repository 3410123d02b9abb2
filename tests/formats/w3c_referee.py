"""Reads Web Annotations as the graph that they are, with rdflib and a context that stands here: nothing is fetched.

The terms are those of the Web Annotation Vocabulary that the files of the tests use; the graph is asked by its
properties alone, so what is found does not hang on the shape of the JSON.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from rdflib import RDF, RDFS, Graph, Namespace, URIRef

OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("http://www.w3.org/ns/activitystreams#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
REMOTE = "http://www.w3.org/ns/anno.jsonld"


def _term(iri: str, **more: Any) -> dict[str, Any]:
    return {"@id": iri, **more}


CONTEXT: dict[str, Any] = {
    "oa": str(OA), "as": str(AS), "dcterms": str(DCTERMS), "foaf": str(FOAF), "rdf": str(RDF), "rdfs": str(RDFS),
    "xsd": "http://www.w3.org/2001/XMLSchema#", "dc": "http://purl.org/dc/elements/1.1/",
    "id": "@id", "type": "@type",
    **{name: _term(f"oa:{name}") for name in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "exact", "prefix", "suffix")},
    "AnnotationCollection": _term("as:OrderedCollection"), "AnnotationPage": _term("as:OrderedCollectionPage"),
    "Person": _term("foaf:Person"), "Software": _term("as:Application"),
    **{name: _term(f"oa:{name}") for name in ("tagging", "classifying", "commenting", "linking", "bookmarking", "identifying", "replying")},
    "motivation": _term("oa:motivatedBy", **{"@type": "@vocab"}), "purpose": _term("oa:hasPurpose", **{"@type": "@vocab"}),
    "body": _term("oa:hasBody", **{"@type": "@id"}), "target": _term("oa:hasTarget", **{"@type": "@id"}),
    "source": _term("oa:hasSource", **{"@type": "@id"}), "selector": _term("oa:hasSelector", **{"@type": "@id"}),
    "created": _term("dcterms:created", **{"@type": "xsd:dateTime"}),
    "creator": _term("dcterms:creator", **{"@type": "@id"}), "name": _term("foaf:name"), "label": _term("rdfs:label"),
    "value": _term("rdf:value"), "format": _term("dc:format"),
    "start": _term("oa:start", **{"@type": "xsd:nonNegativeInteger"}), "end": _term("oa:end", **{"@type": "xsd:nonNegativeInteger"}),
    "first": _term("as:first", **{"@type": "@id"}), "partOf": _term("as:partOf", **{"@type": "@id"}),
    "items": _term("as:items", **{"@type": "@id", "@container": "@list"}),
}  # fmt: skip


@dataclass
class Text:
    """A text of the graph, with what annotations say of it by who says so."""

    text: str
    spans: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    topics: Counter[tuple[str, str]] = field(default_factory=Counter)
    relations: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    entities: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    comments: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)


def _time(at: object) -> str:
    """Return a time in one form: rdflib gives it as it was written or in its own, as it was set to before."""
    return datetime.fromisoformat(str(at)).isoformat() if at else ""


def read_graph(path: Path) -> dict[str, Text]:
    parts = json.loads(path.read_bytes())
    assert {part.pop("@context") for part in parts} == {REMOTE}
    graph = Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own parser uses what rdflib deprecates
        graph.parse(data=json.dumps({"@context": CONTEXT, "@graph": parts}), format="json-ld")
    assert len(set(graph.subjects(RDF.type, AS.OrderedCollection))) == 1
    texts: dict[Any, Text] = {}
    for bookmark in graph.subjects(OA.motivatedBy, OA.bookmarking):
        source = graph.value(bookmark, OA.hasTarget)
        texts[source] = Text(str(graph.value(source, RDF.value)))
    quotes: dict[Any, str] = {}
    homes: dict[Any, Any] = {}
    links = []
    remarks = []
    for one in set(graph.subjects(RDF.type, OA.Annotation)):
        bodies = {
            purpose: []
            for purpose in (OA.tagging, OA.classifying, OA.commenting, OA.linking, OA.identifying, OA.replying)
        }
        for body in graph.objects(one, OA.hasBody):
            bodies[graph.value(body, OA.hasPurpose)].append(body)
        labels = [str(graph.value(body, RDF.value)) for body in bodies[OA.tagging] + bodies[OA.classifying]]
        target = graph.value(one, OA.hasTarget, any=False)
        assert isinstance(one, URIRef)
        if graph.value(one, OA.motivatedBy) == OA.bookmarking:
            continue
        who = str(graph.value(graph.value(one, DCTERMS.creator), FOAF.name))
        if not labels:
            motive = graph.value(one, OA.motivatedBy)
            [body] = bodies[motive]
            remarks.append(
                (one, target, motive, who, str(graph.value(body, RDF.value)), graph.value(one, DCTERMS.created))
            )
        elif bodies[OA.linking]:
            links.append((labels[0], target, graph.value(bodies[OA.linking][0], OA.hasSource)))
        elif target in texts:
            texts[target].topics[who, labels[0]] += 1
        else:
            home = homes[one] = graph.value(target, OA.hasSource)
            selectors = {graph.value(s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
            place, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
            start, end = (int(str(graph.value(place, term))) for term in (OA.start, OA.end))
            text = texts[home].text
            quotes[one] = str(graph.value(quote, OA.exact))
            assert text[start:end] == quotes[one]
            assert text[:start].endswith(str(graph.value(quote, OA.prefix)))
            assert text[end:].startswith(str(graph.value(quote, OA.suffix)))
            texts[home].spans[who, labels[0], quotes[one]] += 1
            texts[home].notes.update(str(graph.value(body, RDF.value)) for body in bodies[OA.commenting])
            for body in bodies[OA.identifying]:
                entity = graph.value(body, OA.hasSource)
                assert isinstance(entity, URIRef)
                assert ":" in entity
                texts[home].entities[quotes[one], str(entity), str(graph.value(entity, RDFS.label))] += 1
    for label, first, second in links:
        texts[homes[first]].relations[label, quotes[first], quotes[second]] += 1
    about = {one: (target, words) for one, target, _motive, _who, words, _at in remarks}
    for _one, target, motive, who, words, at in remarks:
        home = target
        while home in about:
            home = about[home][0]
        on = about[target][1] if target in about else quotes.get(target, "")
        assert (motive == OA.replying) == (target in about)
        assert at is None or at.toPython().tzinfo
        texts[homes.get(home, home)].comments[who, on, words, _time(at)] += 1
    return {text.text: text for text in texts.values()}
