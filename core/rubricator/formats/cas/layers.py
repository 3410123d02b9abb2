"""What the layers of a CAS become with us: one rule for WebAnno TSV, UIMA CAS XMI and JSON CAS.

A layer has features, and one of them may name its annotations: the first of NAMING that it has. Its value is the label;
where it has none, or one that is no name, the last part of the layer's name is. Of the other features:

- `identifier` (of a knowledge base) is a link to the entity with that external id,
- `note` is the note,
- all others are attributes, those of relations too.

A relation (`Governor`, `Dependent`) goes from its governor to its dependent. The link of a slot is a relation from the
annotation that has the slot, and its role is the label. A chain is an entity, and its links are that entity's mentions;
their `referenceType` names them, and the `referenceRelation` to the next link is an attribute. Tokens, sentences and
what else belongs to the text itself are not annotations: Rubricator makes its own of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rubricator.formats.base import Header, Record
from rubricator.formats.json_values import ID_MOST
from rubricator.formats.reading import Draft, annotation, layer
from rubricator.formats.text import about
from rubricator.model.ids import named_id
from rubricator.model.spans import Annotation
from rubricator.model.text import digest

NAMING = (
    "value",
    "label",
    "entity",
    "category",
    "type",
    "kind",
    "tag",
    "PosValue",
    "chunkValue",
    "constituentType",
    "DependencyType",
    "referenceType",
)
"""The features that name an annotation, the first of them that a layer has."""

IDENTIFIER, NOTE = "identifier", "note"

DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
NAMED_ENTITY = f"{DKPRO}.ner.type.NamedEntity"
TOKEN = f"{DKPRO}.segmentation.type.Token"
SENTENCE = f"{DKPRO}.segmentation.type.Sentence"
METADATA = f"{DKPRO}.metadata.type.DocumentMetaData"
DEPENDENCY = f"{DKPRO}.syntax.type.dependency.Dependency"
RELATION = "webanno.custom.Relation"
ANY = "uima.tcas.Annotation"

OURS = "rubricator:"
"""Begins the identifier of an entity that has no external id of its own; its id follows."""

_WORDS_THEMSELVES = frozenset(
    f"{DKPRO}.{name}"
    for name in (
        "segmentation.type.Lemma",
        "segmentation.type.Stem",
        "segmentation.type.SurfaceForm",
        "transform.type.SofaChangeAnnotation",
    )
)
"""Layers whose `value` is a word, and no name for one."""

_TEXT_LAYERS = (
    "uima.tcas.DocumentAnnotation",
    f"{DKPRO}.metadata.type.",
    f"{DKPRO}.segmentation.type.Document",
    f"{DKPRO}.segmentation.type.Div",
    f"{DKPRO}.segmentation.type.Heading",
    f"{DKPRO}.segmentation.type.Paragraph",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "org.dkpro.core.api.xml.type.",
)
_OF_THE_TEXT = frozenset({"Token", "Sentence", "Paragraph"})
"""How layers of any maker are called that part the text."""

_NAME_MOST = 60
_NO_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_IDS = "0b0f3c7e-55a6-5d0b-8c0d-2f3c1d8e9a71"
_WIKIDATA = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)", re.ASCII)
_OURS_WIKIDATA = re.compile(r"wikidata:(Q\d+)", re.ASCII)


@dataclass(slots=True)
class Mark:
    """An annotation of a span layer, or a link of a chain; its offsets are the file's."""

    layer: str
    begin: int
    end: int
    where: str
    features: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Arc:
    """A relation, or a link of a slot (`role` is its label then), between two marks by their keys."""

    layer: str
    source: str
    target: str
    where: str
    features: dict[str, Any] = field(default_factory=dict)
    role: str = ""


@dataclass
class Told:
    """What a file tells of one text: marks by their keys, chains as lists of keys, and what has no place with us."""

    marks: dict[str, Mark] = field(default_factory=dict)
    arcs: list[Arc] = field(default_factory=list)
    chains: list[list[str]] = field(default_factory=list)
    unheld: list[str] = field(default_factory=list)


def is_text_layer(name: str) -> bool:
    """Say whether annotations of this type belong to the text itself: tokens, sentences, metadata."""
    return name.startswith(_TEXT_LAYERS) or name.rpartition(".")[2] in _OF_THE_TEXT


def is_name(value: object) -> bool:
    """Say whether a value can be a label."""
    return (
        isinstance(value, str) and 0 < len(value) <= _NAME_MOST and not value.isspace() and not _NO_NAME.search(value)
    )


def named(layer_name: str, features: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the label of an annotation, and its other features that say something."""
    said = {name: value for name, value in features.items() if value is not None}
    if layer_name not in _WORDS_THEMSELVES:
        naming = next((name for name in NAMING if name in features), "")
        if is_name(said.get(naming)):
            return said.pop(naming), said
    return layer_name.rpartition(".")[2], said


def external_of(identifier: str) -> str:
    """Return an identifier of a knowledge base as the external id of an entity."""
    match = _WIKIDATA.fullmatch(identifier)
    return f"wikidata:{match[1]}" if match else identifier


def identifier_of(external: str) -> str:
    """Return the external id of an entity as the identifier that INCEpTION looks up."""
    match = _OURS_WIKIDATA.fullmatch(external)
    return f"http://www.wikidata.org/entity/{match[1]}" if match else external


def said_of(
    told: Told, draft: Draft, stem: str, title: str = "", meta: Mapping[str, Any] | None = None
) -> Iterator[Header | Record]:
    """Yield the entities of a text, if there are any, and the article with its one layer; `stem` names its file."""
    for line in told.unheld:
        draft.note("unheld", line)
    entities: dict[str, dict[str, Any]] = {}
    text = digest(draft.text)
    linked = _chained(told, text, entities)
    spans: dict[str, Annotation] = {}
    for key, mark in told.marks.items():
        made = _annotation(key, text, mark, draft, linked.get(key, ""), entities)
        if made is not None:
            spans[key] = made
    relations = []
    for n, arc in enumerate(told.arcs, 1):
        label, said = (arc.role, dict(arc.features)) if arc.role else named(arc.layer, arc.features)
        if arc.source not in spans or arc.target not in spans:
            draft.note("end", f"{arc.where}: {label}")
            continue
        ends = {"from": spans[arc.source].id, "to": spans[arc.target].id}
        relation: dict[str, Any] = {"id": named_id(_IDS, n, label, *ends.values()), "label": label} | ends
        relations.append(relation | ({"attributes": said} if said else {}))
    if entities:
        yield Header(entities=tuple(_listed(entities, spans)))
    found = about(draft.text, stem)
    own = layer("", spans.values(), relations=tuple(relations))
    yield draft.record([own], title or found.title, meta=dict(found.meta) | dict(meta or {}))


def _chained(told: Told, text: str, entities: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the id of the entity for each link of a chain."""
    linked: dict[str, str] = {}
    for chain in told.chains:
        places = sorted((told.marks[key].begin, told.marks[key].end) for key in chain)
        uid = named_id(_IDS, text, told.marks[chain[0]].layer, *places)
        while uid in entities:  # two chains over the same places stay two
            uid = named_id(_IDS, uid)
        entities[uid] = {}
        linked |= dict.fromkeys(chain, uid)
    return linked


def _annotation(
    key: str, text: str, mark: Mark, draft: Draft, entity: str, entities: dict[str, dict[str, Any]]
) -> Annotation | None:
    span = draft.span([(mark.begin, mark.end)], mark.where)
    if span is None:
        return None
    label, said = named(mark.layer, mark.features)
    note = said.pop(NOTE) if isinstance(said.get(NOTE), str) else ""
    if not entity and isinstance(said.get(IDENTIFIER), str) and said[IDENTIFIER].strip():
        entity, known = _identified(said.pop(IDENTIFIER))
        entities.setdefault(entity, known)
    # What another file says by the same number of the same text is another annotation.
    uid = named_id(_IDS, text, key, mark.layer, mark.begin, mark.end, sorted(mark.features.items(), key=str))
    return annotation(uid, label, span, draft.text, attributes=said, note=note, entity=entity)


def _identified(identifier: str) -> tuple[str, dict[str, Any]]:
    """Return the id of the entity with this identifier, and what is known of it."""
    own = identifier.removeprefix(OURS)
    if own != identifier and 0 < len(own) <= ID_MOST:
        return own, {}
    external = external_of(identifier)
    return named_id(_IDS, "external", external), {"external": external}


def _listed(entities: dict[str, dict[str, Any]], spans: Mapping[str, Annotation]) -> Iterator[dict[str, Any]]:
    """Yield the entities that are spoken of, each called by the longest of its mentions."""
    longest: dict[str, Annotation] = {}
    for one in spans.values():
        if one.entity and (one.entity not in longest or len(one.quote) > len(longest[one.entity].quote)):
            longest[one.entity] = one
    for uid, known in entities.items():
        if uid in longest:
            yield {"id": uid, "name": " ".join(longest[uid].quote.split()), "kind": longest[uid].label} | known
