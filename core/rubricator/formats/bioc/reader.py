"""Makes articles of BioC's documents: the text of the passages, annotations by annotator, relations of two ends.

The infon that names an annotation is its label, `annotator` its layer, `identifier` its entity, `note` its note; all
others are attributes. The words of an annotation are its quote: where they do not stand where it says, they are looked
for, and that is told. A relation between concepts is one between annotations where each of the two concepts has one
annotation; else it has no place with us, nor has what is said of sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.base import Case, Header, Record
from rubricator.formats.bioc.composed import Composed, Stretch
from rubricator.formats.bioc.plan import ID, PASSAGES, Placed, paragraphs, words_in
from rubricator.formats.bioc.said import (
    ANNOTATOR,
    CONCEPTS,
    IDENTIFIER,
    LABELS,
    NOTE,
    OURS,
    OURS_KEY,
    RELATIONS,
    ROLE_ATTRIBUTES,
    ROLES,
    TITLE,
    Document,
    Infons,
    Mark,
    Part,
    Tie,
    concept_of,
    is_identifier,
    is_title,
    named_by,
)
from rubricator.formats.json_items import with_notes
from rubricator.formats.json_values import ID_MOST, Bad, kept
from rubricator.formats.layer_draft import LayerDraft, spoken
from rubricator.formats.reading import Draft, outside, says, shortened
from rubricator.formats.text import about
from rubricator.formats.w3c.selectors import Place, span_at
from rubricator.model.ids import named_id
from rubricator.model.spans import Span, Zone
from rubricator.model.text import Unit
from rubricator.words import message

_IDS = "5f0c7a52-0c56-5d0a-9a55-6c1f0f3b7d21"
_COLLECTION = {"source": "collection", "date": "collection_date", "key": "collection_key"}
"""How the metadata of an article call what a collection says of itself."""


def read_documents(documents: Iterable[Document], file: str, unit: Unit) -> Iterator[Header | Record]:
    """Yield entities and articles; the place of a document without words is told with its neighbour."""
    blank: list[Case] = []
    waiting: Record | None = None
    for document in documents:
        record: Record | None = None
        for made in _Article(document, unit).made():
            if isinstance(made, Header):
                yield made
            else:
                record = with_notes(made, document.replaced, blank)
                blank = []
        if record is None:
            blank += [("blank", document.where)] if document.passages else []
            blank += [("unheld", line) for line in document.unheld]
        else:
            if waiting is not None:
                yield waiting
            waiting = record
    if waiting is None:
        raise UserError(
            message("{file} holds no article with words.", file=file),
            message("Choose a file that holds articles with their texts."),
        )
    yield replace(waiting, cases=(*waiting.cases, *blank))


@dataclass(slots=True)
class _Entity:
    """An entity with the longest of its mentions."""

    value: dict[str, Any]
    words: int = 0


class _Article:
    """One document that is being read."""

    def __init__(self, document: Document, unit: Unit) -> None:
        self._document = document
        self._composed = Composed(document, unit)
        self._draft = Draft(self._composed.text, document.where)
        if self._composed.unit != unit:
            self._draft.note("unit", f"{document.where}: {self._composed.unit}")
        for line in document.unheld:
            self._draft.note("unheld", line)
        self._layers: dict[str, LayerDraft] = {}
        self._entities: dict[str, _Entity] = {}
        self._names: dict[tuple[int, str], tuple[str, str]] = {}
        self._concepts: dict[str, tuple[str, str] | None] = {}  # None: several annotations are of it
        self._n = 0

    def made(self) -> Iterator[Header | Record]:
        """Yield the entities, if there are any, and the article; nothing where it has no words."""
        draft, document = self._draft, self._document
        if not draft.text.strip():
            return
        for part, home in self._parts():
            for mark in part.marks:
                self._mark(mark, part, home)
        for mark in document.marks:
            self._mark(mark, None, None)
        for part, _home in self._parts():
            for tie in part.ties:
                self._tie(tie, part)
        for tie in document.ties:
            self._tie(tie, None)
        if self._entities:
            yield Header(entities=tuple(one.value for one in self._entities.values()))
        passages = self._passages()
        title, meta, zones = self._about(passages)
        said = any(infons for _start, _end, infons in passages) and passages != paragraphs(draft.text, zones)
        extra = {PASSAGES: [{"start": a, "end": z, "infons": infons} for a, z, infons in passages]} if said else {}
        layers = spoken(layer.record() for layer in self._layers.values())
        record = draft.record(layers, title, meta=meta)
        yield replace(record, zones=tuple(zones), extra=extra)

    def _parts(self) -> Iterator[tuple[Part, Part]]:
        """Yield passages and sentences, each with the one whose text its offsets mean."""
        for passage in self._document.passages:
            yield passage, passage
            for sentence in passage.sentences:
                yield sentence, passage if passage.text else sentence

    # --- annotations ----------------------------------------------------------------------------------------------

    def _mark(self, mark: Mark, part: Part | None, home: Part | None) -> None:
        infons = dict(mark.infons)
        key, label = named_by(infons, LABELS)
        if not key:
            self._draft.note("unlabelled", f"{mark.where}: {shortened(mark.text or mark.id)}")
            return
        del infons[key]
        annotator = self._annotator(infons, mark.where)
        note = infons.pop(NOTE, "")
        if not isinstance(note, str):
            note, infons[NOTE] = "", note
        span = self._span(mark, home)
        concepts = {concept_of(value) for key, value in infons.items() if key.lower() in CONCEPTS} - {""}
        entity = self._entity(infons.pop(IDENTIFIER), label, span) if is_identifier(infons.get(IDENTIFIER)) else ""
        if annotator not in self._layers:
            self._layers[annotator] = LayerDraft(self._draft, annotator)
        self._n += 1
        name = str(self._n)
        self._names.setdefault((id(part), mark.id), (annotator, name))
        self._names.setdefault((id(None), mark.id), (annotator, name))
        for concept in concepts:
            self._concepts[concept] = None if concept in self._concepts else (annotator, name)
        attributes = self._held(infons, mark.where)
        self._layers[annotator].add(name, label, span, mark.where, attributes=attributes, note=note, entity=entity)

    def _annotator(self, infons: dict[str, Any], where: str) -> str:
        """Take out who annotated; several, or what is no name, is told and is nobody."""
        said = infons.pop(ANNOTATOR, None)
        if said is not None and not isinstance(said, str | int):
            self._draft.note("unheld", f"{where}: {ANNOTATOR}")
            return ""
        return str(said or "")

    def _span(self, mark: Mark, home: Part | None) -> Span | None:
        """Return where the words of an annotation stand; None where they have no place (noted)."""
        draft, quote = self._draft, mark.text or ""
        places = [self._composed.place(offset, length, home) for offset, length in mark.places]
        found = [place for place in places if place is not None]
        if len(found) < len(places) or not places:
            if quote.strip() and len(places) < 2:
                return span_at(Place(None, quote), draft, mark.where)
            offset, length = mark.places[0] if mark.places else (0, 0)
            if not places:
                draft.note("lost", f"{mark.where}: {shortened(mark.id)}")
                return None
            raise outside(mark.where, offset, offset + length)
        if quote.strip() and not _say(quote, self._composed.text, found):
            if len(found) == 1:
                return span_at(Place(found[0], quote), draft, mark.where)
            draft.note("lost", f"{mark.where}: {shortened(quote)}")
            return None
        return draft.span(found, mark.where)

    def _entity(self, identifier: str, label: str, span: Span | None) -> str:
        own = identifier.removeprefix(OURS)
        uid, known = named_id(_IDS, identifier), {"external": identifier}
        if own != identifier and 0 < len(own) <= ID_MOST:
            uid, known = own, {}
        if span is not None:
            entity = self._entities.setdefault(uid, _Entity({"id": uid}))
            if len(span) > entity.words:
                words = " ".join(span.quote(self._draft.text).split())
                entity.value, entity.words = {"id": uid, "name": words, "kind": label, **known}, len(span)
        return uid

    def _held(self, infons: Infons, where: str) -> dict[str, Any]:
        """Return the infons that can be kept, and note the others."""
        held: dict[str, Any] = {}
        for key, value in infons.items():
            try:
                if value is not None:
                    held[key] = kept(value)
            except Bad:
                self._draft.note("unheld", f"{where}: {shortened(key)}")
        return held

    # --- relations ------------------------------------------------------------------------------------------------

    def _tie(self, tie: Tie, part: Part | None) -> None:
        infons = dict(tie.infons)
        key, label = named_by(infons, RELATIONS)
        infons.pop(key, None)
        self._annotator(infons, tie.where)
        note = infons.pop(NOTE, "")
        if not isinstance(note, str):
            note, infons[NOTE] = "", note
        nodes = tie.nodes or self._named(infons)
        ends = [self._end(one, part) for one, _role in nodes]
        where = f"{tie.where}: {label or shortened(tie.id)}"
        if len(ends) != len(ROLES):
            self._draft.note("unheld", where)
            return
        if ends[0] is None or ends[1] is None:
            self._draft.note("end", where)
            return
        if ends[0][0] != ends[1][0]:  # between the annotations of two annotators
            self._draft.note("unheld", where)
            return
        roles = [role for _one, role in nodes]
        names = [ends[0][1], ends[1][1]]
        if tuple(roles) == ROLES[::-1]:
            roles.reverse()
            names.reverse()
        attributes = self._held(infons, tie.where)
        for name, role, usual in zip(ROLE_ATTRIBUTES, roles, ROLES, strict=True):
            if role != usual:
                attributes[name] = role
        more: dict[str, Any] = {"attributes": attributes} if attributes else {}
        more |= {"note": note} if note else {}
        self._layers[ends[0][0]].relate(label or "related", names[0], names[1], tie.where, **more)

    def _named(self, infons: dict[str, Any]) -> list[tuple[str, str]]:
        """Take out the concepts that a relation names in its infons, if there are two, each with its role."""
        found = [(value, key) for key, value in infons.items() if self._concepts.get(concept_of(value))]
        if len(found) != len(ROLES):
            return []
        for _value, key in found:
            del infons[key]
        return found

    def _end(self, name: str, part: Part | None) -> tuple[str, str] | None:
        """Return the annotation that is the end of a relation, by its id or as the only one of its concept."""
        by_id = self._names.get((id(part), name)) or self._names.get((id(None), name))
        return by_id or self._concepts.get(concept_of(name))

    # --- the article ----------------------------------------------------------------------------------------------

    def _about(self, passages: list[Placed]) -> tuple[str, Mapping[str, Any], list[Zone]]:
        """Return title, metadata and anatomy: what the document says, or else what its text says of itself."""
        draft, document = self._draft, self._document
        ours = document.about.get("key") == OURS_KEY  # which says all there is to say
        said = about(draft.text, "")
        collection = {} if ours else {_COLLECTION.get(key, key): one for key, one in document.about.items() if one}
        meta = {**({} if ours else said.meta), **self._held({**collection, **document.infons}, document.where)}
        title = said.title
        zones = [] if ours else list(said.zones)
        titles = (words_in(draft.text, start, end) for start, end, infons in passages if is_title(infons))
        for start, end in titles:
            title = " ".join(draft.text[start:end].split())
            zones = [Zone("headline", start, end)]
            break
        if isinstance(meta.get(TITLE), str) and (ours or meta[TITLE].strip()):
            title = meta.pop(TITLE)
        if document.id:
            meta[ID] = document.id
        return title, meta, zones

    def _passages(self) -> list[Placed]:
        """Return where the passages stand and what is said of them; and note what has no place."""
        draft = self._draft
        passages: list[Placed] = []
        sentences = 0
        stretches: dict[int, list[Stretch]] = {}
        for one in self._composed.stretches:
            stretches.setdefault(id(one.passage), []).append(one)
        for passage in self._document.passages:
            sentences += len(passage.sentences)
            for sentence in passage.sentences:
                for key in sentence.infons:
                    draft.note("unheld", f"{sentence.where}: {shortened(key)}")
            here = stretches.get(id(passage))
            infons = self._held(passage.infons, passage.where)
            start, end = (draft.offset(here[0].start), draft.offset(here[-1].end)) if here else (0, 0)
            if draft.text[start:end].strip():
                passages.append((start, end, infons))
            else:
                for key in infons:
                    draft.note("unheld", f"{passage.where}: {shortened(key)}")
        if sentences:
            draft.note("unheld", f"{self._document.where}: sentences: {sentences}")
        return passages


def _say(quote: str, text: str, places: list[tuple[int, int]]) -> bool:
    """Say whether a quote has the letters of these places, or of all from the first to the last of them.

    What tools put between pieces and how they write capitals differs; letters that differ are other words.
    """
    if says(quote, text, places):
        return True
    said = _letters(quote)
    hull = text[places[0][0] : places[-1][1]]
    return bool(said) and said in (_letters(" ".join(text[start:end] for start, end in places)), _letters(hull))


def _letters(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())
