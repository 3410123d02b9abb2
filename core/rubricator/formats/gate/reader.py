"""Makes articles of GATE's documents: sets are layers, chains of coreference are entities, markup is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.base import Header, LayerRecord, Record
from rubricator.formats.gate import said as gate
from rubricator.formats.gate.crowd import dealt, joined
from rubricator.formats.gate.said import Document, Mark, MarkSet, Tie
from rubricator.formats.json_values import Bad, cleaned, kept
from rubricator.formats.jsonl.article import read_article
from rubricator.formats.jsonl.project import People, read_header
from rubricator.formats.reading import Draft, annotation, layer
from rubricator.formats.text import about
from rubricator.model.ids import named_id
from rubricator.model.spans import Annotation, Zone
from rubricator.model.text import digest
from rubricator.words import message

_IDS = "b0c6ce6f-4f3b-5d0a-8d55-0f5c1a2f4f0e"
_HEADLINES = ("headline", "title", "h1")


def read_document(document: Document, file: str, stem: str) -> Iterator[Header | Record]:
    """Yield the entities of a document, if it has any, and the article."""
    draft = Draft(document.text, file, document.unit)
    if not draft.text.strip():
        raise UserError(message("{file} holds no words.", file=file), message("Take it out of the import."))
    for line in document.unheld:
        draft.note("unheld", line)
    said, ours, entities = _ours(document, draft)
    known = {layer.annotator: layer for layer in ours.layers}
    chains = _Chains(document, draft)
    layers: list[LayerRecord] = []
    zones: list[Zone] = []
    for found in document.sets:
        if found.name == gate.MARKUP and found.name not in known:
            zones = _markup(found, draft)
            continue
        base = known.pop(found.name, None)
        for part in [found] if base is not None else dealt(found):
            spans = {mark.id: made for mark in part.marks if (made := _annotation(mark, draft, chains.of(found, mark)))}
            ties = tuple(relation for tie in part.ties if (relation := _relation(tie, spans, draft)))
            if base is not None or spans:
                read = layer(part.name, spans.values(), relations=ties)
                layers.append(
                    replace(base, annotations=read.annotations, relations=read.relations) if base is not None else read
                )
    layers = joined([*layers, *known.values()])
    chained = chains.entities([one for made in layers for one in made.annotations], {e["id"] for e in entities})
    if entities or chained:
        yield Header(entities=(*entities, *chained))
    title, meta = _about(document, draft, stem, zones)
    record = draft.record(layers, title, ours.id, meta)
    yield replace(record, zones=ours.zones if said else tuple(zones), cluster=ours.cluster, extra=ours.extra)


def _ours(document: Document, draft: Draft) -> tuple[bool, Record, list[dict[str, Any]]]:
    """Return whether an export of ours says something of the article, what that is, and the entities."""
    nothing = Record(draft.text)
    said = gate.said_of(document.features)
    if said is None:
        return False, nothing, []
    try:
        value = cleaned(said, str(document.features[gate.ABOUT]))[0]
        # Offsets of the anatomy are code points of the canonical text, whatever the file counts.
        record = read_article(dict(value["article"]), draft.text, "codepoint", People(), draft.where, 0)
        entities = [dict(one) for one in read_header({"entities": value.get("entities")}, draft.where).entities]
    except Bad as bad:
        draft.note("unheld", f"{draft.where}: {gate.ABOUT}: {bad.why.text}")
        return False, nothing, []
    return True, record, entities


def _about(document: Document, draft: Draft, stem: str, zones: list[Zone]) -> tuple[str, Mapping[str, Any]]:
    """Return the title and the metadata: the features of the document, else what the text says of itself."""
    found = about(draft.text, stem)
    meta: dict[str, Any] = {}
    title = next((draft.text[zone.start : zone.end] for zone in zones), found.title)
    ours = gate.ABOUT in document.features
    if not ours:
        meta.update(found.meta)
    for name, value in document.features.items():
        if name == gate.TITLE and isinstance(value, str):
            title = value
        elif name == gate.URL and "url" not in document.features and _is_address(value, ours):
            meta["url"] = value
        elif name not in gate.OURS_OF_ARTICLES and _held(value, f"{draft.where}: {name}", draft):
            meta[name] = value
    return title, meta


def _is_address(value: object, ours: bool) -> bool:
    return ours or (isinstance(value, str) and value.startswith(("http://", "https://")))


def _held(value: Any, where: str, draft: Draft) -> bool:
    """Say whether a value can be kept, and note it where not."""
    try:
        kept(value)
    except Bad:
        draft.note("unheld", where)
        return False
    return True


def _markup(found: MarkSet, draft: Draft) -> list[Zone]:
    """Return the anatomy that the markup of the page tells, and note the rest."""
    zones: list[Zone] = []
    counts: Counter[str] = Counter()
    for mark in found.marks:
        if mark.type.lower() in _HEADLINES and not zones:
            span = draft.span([(mark.start, mark.end)], mark.where)
            if span is not None:
                zones.append(Zone("headline", span.start, span.end))
                continue
        counts[mark.type] += 1
    if counts:
        words = ", ".join(f"{name} {n}" for name, n in sorted(counts.items()))
        draft.note("unheld", f"{draft.where}: {gate.MARKUP}: {words}")
    return zones


def _annotation(mark: Mark, draft: Draft, linked: str) -> Annotation | None:
    span = draft.span([(mark.start, mark.end)], mark.where)
    if span is None:
        return None
    features = dict(mark.features)
    note = features.pop(gate.NOTE, "")
    features.pop(gate.ENTITY, None)
    features.pop(gate.CHAIN, None)
    attributes = {key: value for key, value in features.items() if _held(value, f"{mark.where}: {key}", draft)}
    beside = {key: value for key, value in mark.beside.items() if _held(value, f"{mark.where}: {key}", draft)}
    more = {"attributes": attributes, "note": str(note), "entity": linked, "extra": beside}
    return annotation(mark.id, mark.type, span, draft.text, **more)


def _relation(tie: Tie, spans: Mapping[str, Annotation], draft: Draft) -> dict[str, Any] | None:
    if len(tie.members) != 2:
        draft.note("unheld", f"{tie.where}: {tie.type} {';'.join(tie.members)}")
        return None
    first, second = tie.members
    if first not in spans or second not in spans:
        draft.note("end", f"{tie.where}: {tie.type}")
        return None
    relation: dict[str, Any] = {"id": tie.id, "label": tie.type, "from": first, "to": second}
    attributes = {key: value for key, value in tie.features.items() if _held(value, f"{tie.where}: {key}", draft)}
    return {**relation, "attributes": attributes} if attributes else relation


class _Chains:
    """Which entity an annotation is a mention of: by our own feature, else by the chain that it stands in."""

    def __init__(self, document: Document, draft: Draft) -> None:
        self._where = draft.where
        self._draft = draft
        self._text = digest(draft.text)
        self._linked: dict[tuple[str, str], str] = {}
        names = {found.name for found in document.sets}
        by_set = document.features.get(gate.CHAINS)
        chains: dict[str, list[list[str]]] = {name: [] for name in names}
        if isinstance(by_set, Mapping):
            for name, listed in by_set.items():
                name = "" if name in (None, "null") and "null" not in names else str(name)
                chains.setdefault(name, []).extend(_lists_of_ids(listed))
        for found in document.sets:
            self._take(found, chains[found.name])

    def _take(self, found: MarkSet, chains: list[list[str]]) -> None:
        own = {mark.id: str(mark.features[gate.ENTITY]) for mark in found.marks if mark.features.get(gate.ENTITY)}
        chained = {one for chain in chains for one in chain}
        there = {mark.id for mark in found.marks}
        for mark in found.marks:
            beside = _ids(mark.features.get(gate.CHAIN))
            if beside and mark.id not in chained:
                chains.append(list(dict.fromkeys([mark.id, *beside])))
                chained.update(chains[-1])
        for chain in chains:
            uid = next((own[one] for one in chain if one in own), "")
            uid = uid or named_id(_IDS, self._text, found.name, *sorted(chain))
            for one in chain:
                if one not in there:
                    self._draft.note("end", f"{self._where}: {gate.CHAINS} {one}")
                elif self._linked.setdefault((found.name, one), uid) != uid and one not in own:
                    self._draft.note("unheld", f"{self._where}: {gate.CHAINS} {one}")
        self._linked.update({(found.name, one): uid for one, uid in own.items()})

    def of(self, found: MarkSet, mark: Mark) -> str:
        """Return the id of the entity of an annotation; empty where it has none."""
        return self._linked.get((found.name, mark.id), "")

    def entities(self, annotations: Iterable[Annotation], known: set[str]) -> list[dict[str, Any]]:
        """Return the entities that nothing else names, each called by the longest of its mentions."""
        longest: dict[str, Annotation] = {}
        for one in annotations:
            if one.entity and one.entity not in known:
                best = longest.setdefault(one.entity, one)
                if len(one.quote) > len(best.quote):
                    longest[one.entity] = one
        return [{"id": uid, "name": " ".join(one.quote.split()), "kind": one.label} for uid, one in longest.items()]


def _lists_of_ids(value: object) -> list[list[str]]:
    return [ids for one in value if (ids := _ids(one))] if isinstance(value, list) else []


def _ids(value: object) -> list[str]:
    if not isinstance(value, list):
        return []
    return [str(one) for one in value if isinstance(one, int | str) and not isinstance(one, bool)]
