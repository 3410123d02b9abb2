"""Decides what becomes of an article in BioC: paragraphs are passages, annotations and relations stand in theirs.

Every annotator's layer goes out, told by the infon `annotator`. Values of infons are text, as BioC is defined. What an
annotation holds in several pieces stands at several locations; what lies in no single passage stands beside them.
Passages that came with a BioC file go out as they came.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from rubricator.formats.base import Case, Header, LayerRecord, Record, WriteOptions
from rubricator.formats.bioc.said import (
    ANNOTATOR,
    GAPS,
    IDENTIFIER,
    NOTE,
    OURS,
    ROLE_ATTRIBUTES,
    ROLES,
    TITLE,
    TYPE,
    Document,
    Mark,
    Part,
    Tie,
    is_identifier,
    is_title,
)
from rubricator.formats.jsonl.writer import names_of
from rubricator.formats.losing import annotation_cases, article_cases, name_of, place_of, relation_words, texts
from rubricator.formats.shaping import ranges
from rubricator.model.spans import Annotation, Fragment, Zone
from rubricator.model.text import FORBIDDEN

PASSAGES = "bioc_passages"
"""What an article keeps (in `extra`) of the passages of its file: where each stands, and its infons."""
ID = "id"
"""The metadata that the id of a document comes from and goes to, since it is unique in its collection only."""

_BORDER = re.compile(r"(?<=\S)\n\n(?=\S)")
_HEADLINE_BORDER = re.compile(r"(?<=\S)\n(?=\S)")
_PIECES = WriteOptions(broken="pieces")
_OF_ANNOTATIONS = frozenset((TYPE, ANNOTATOR, IDENTIFIER, NOTE))
_OF_RELATIONS = frozenset((TYPE, ANNOTATOR, NOTE))


@dataclass
class Plan:
    """The document that is written, what is lost, and the ids of the entities that it speaks of."""

    document: Document
    lost: list[Case] = field(default_factory=list)
    entities: dict[str, None] = field(default_factory=dict)


class Planner:
    """Plans the documents of a corpus."""

    def __init__(self, header: Header) -> None:
        self._names = names_of(header.people)
        self._identifier = _identifiers(header)

    def plan(self, record: Record) -> Plan:
        """Return what becomes of an article."""
        infons, lost = _about(record)
        placed = kept_passages(record)
        lost += _lost_of_passages(record, sound=bool(placed))
        placed = placed or paragraphs(record.text, record.zones)
        parts = [Part(start, record.text[start:end], said) for start, end, said in placed]
        titles = [words_in(record.text, start, end) for start, end, said in placed if is_title(said)]
        if any(zone.kind != "headline" or (zone.start, zone.end) not in titles[:1] for zone in record.zones):
            lost.append(("article", name_of(record)))
        document = Document(plain(str(record.meta.get(ID) or record.id)), infons, parts)
        plan = Plan(document, lost)
        numbers = Counter[str]()
        for layer in record.layers:
            plan.lost.extend(article_cases(record, layer, {"layers", "relation", "article"}))
            self._layer(record, layer, plan, numbers)
        return plan

    def _layer(self, record: Record, layer: LayerRecord, plan: Plan, numbers: Counter[str]) -> None:
        name = plain(self._names.get(layer.annotator, layer.annotator))
        by = {ANNOTATOR: name} if name else {}
        made: dict[tuple[str, tuple[Fragment, ...]], Mark] = {}
        known: dict[str, Mark] = {}
        for annotation in layer.annotations:
            fragments = tuple(ranges(record.text, annotation.span, _PIECES)[0])
            key = annotation.label, fragments
            if key in made:
                plan.lost.append(("twice", place_of(record, annotation)))
            else:
                numbers["T"] += 1
                mark = self._mark(record, annotation, fragments, by, plan)
                mark.id = f"T{numbers['T']}"
                made[key] = mark
                home = home_of(plan.document.passages, fragments[0][0], fragments[-1][1])
                (home.marks if home else plan.document.marks).append(mark)
            if annotation.id:
                known.setdefault(annotation.id, made[key])
        ties: dict[tuple[str, str, str], None] = {}
        for relation in layer.relations:
            ends = [known.get(str(relation.get(end))) for end in ROLES]
            where = f"{name_of(record)}: {relation_words(relation)}"
            if ends[0] is None or ends[1] is None:
                plan.lost.append(("relation", where))
                continue
            key3 = plain(str(relation.get("label"))), ends[0].id, ends[1].id
            if key3 in ties:
                plan.lost.append(("relation", where))
                continue
            ties[key3] = None
            numbers["R"] += 1
            tie = _tie(relation, key3, f"R{numbers['R']}", by, where, plan.lost)
            first = min(mark.places[0][0] for mark in ends if mark)
            last = max(sum(mark.places[-1]) for mark in ends if mark)
            home = home_of(plan.document.passages, first, last)
            (home.ties if home else plan.document.ties).append(tie)

    def _mark(
        self, record: Record, annotation: Annotation, fragments: tuple[Fragment, ...], by: dict[str, str], plan: Plan
    ) -> Mark:
        where = place_of(record, annotation)
        infons = {TYPE: plain(annotation.label), **by}
        if annotation.entity:
            infons[IDENTIFIER] = self._identifier(annotation.entity)
            plan.entities[annotation.entity] = None
        taken = _OF_ANNOTATIONS
        given = annotation.attributes.get(IDENTIFIER)
        if isinstance(given, str) and not annotation.entity and not is_identifier(given):
            taken -= {IDENTIFIER}  # PubTator's list of ids, or its dash: it comes back as the attribute that it is
        said, left = _said(annotation.attributes, taken)
        plan.lost.extend(("attribute", f"{where}: {name}") for name in left)
        plan.lost.extend(texts(where, annotation.attributes, left))
        infons |= said
        if annotation.note:
            infons[NOTE] = plain(annotation.note)
        plan.lost.extend(annotation_cases(record, annotation, {"attribute", "note", "entity"}))
        words = " ".join(record.text[start:end] for start, end in fragments)
        return Mark("", infons, [(start, end - start) for start, end in fragments], words)


def _tie(
    relation: Mapping[str, Any],
    key: tuple[str, str, str],
    uid: str,
    by: dict[str, str],
    where: str,
    lost: list[Case],
) -> Tie:
    label, *ends = key
    given = relation.get("attributes")
    attributes = dict(given) if isinstance(given, Mapping) else {}
    roles = [plain(str(attributes.pop(name, role))) for name, role in zip(ROLE_ATTRIBUTES, ROLES, strict=True)]
    said, left = _said(attributes, _OF_RELATIONS)
    lost.extend(texts(where, attributes, left))
    if left or relation.keys() - {"id", "label", "from", "to", "attributes", "note"}:
        lost.append(("relation-details", where))
    note = relation.get("note")
    more = {NOTE: plain(note)} if isinstance(note, str) and note else {}
    return Tie(uid, {TYPE: label, **by, **said, **more}, list(zip(ends, roles, strict=True)))


def _about(record: Record) -> tuple[dict[str, Any], list[Case]]:
    """Return the infons of the document, and what of the article has none."""
    meta = {key: value for key, value in record.meta.items() if key != ID}
    infons, left = _said(meta, frozenset((TITLE,)))
    lost = [("article", f"{name_of(record)}: {name}") for name in left]
    lost += [("article", where) for _kind, where in texts(name_of(record), meta, left)]
    if record.cluster or record.extra.keys() - {PASSAGES}:
        lost.append(("article", name_of(record)))
    return {TITLE: plain(record.title)} | infons, lost


def _said(attributes: Mapping[str, object], taken: frozenset[str]) -> tuple[dict[str, str], list[str]]:
    """Return values as those of infons, which are text, and the names of those that cannot be."""
    infons: dict[str, str] = {}
    left: list[str] = []
    for name, value in sorted(attributes.items()):
        if plain(name) in taken or plain(name) in infons or not isinstance(value, str | int | float):
            left.append(name)
        else:
            infons[plain(name)] = str(value).lower() if isinstance(value, bool) else plain(str(value))
    return infons, left


def plain(words: str) -> str:
    """Return words without what XML cannot hold."""
    return FORBIDDEN.sub("\ufffd", words)


def _identifiers(header: Header) -> Callable[[str], str]:
    """Return what writes the id of an entity as an identifier: its external id, where that is its alone."""
    externals = {str(one.get("id")): plain(str(one.get("external") or "")) for one in header.entities}
    counts = Counter(externals.values())

    def written(uid: str) -> str:
        external = externals.get(uid, "")
        alone = counts[external] == 1 and is_identifier(external) and not external.startswith(OURS)
        return external if alone else plain(OURS + uid)

    return written


# --- passages -----------------------------------------------------------------------------------------------------

Placed = tuple[int, int, dict[str, Any]]
"""Where a passage begins and ends in the article, and its infons."""


def paragraphs(text: str, zones: Iterable[Zone]) -> list[Placed]:
    """Return the passages of an article that has none of its own: its headline, and its paragraphs."""
    borders = {match.span() for match in _BORDER.finditer(text)}
    headlines = (zone for zone in zones if zone.kind == "headline" and not text[: zone.start].strip())
    headline = next(((zone.start, zone.end) for zone in headlines), (0, 0))
    if _HEADLINE_BORDER.match(text, headline[1]):
        borders.add((headline[1], headline[1] + 1))
    places = [0, *(at for border in sorted(borders) for at in border), len(text)]
    return [
        (start, end, {TYPE: "title" if words_in(text, start, end) == headline else "paragraph"})
        for start, end in zip(places[::2], places[1::2], strict=True)
    ]


def words_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a place without the white space at its ends."""
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def kept_passages(record: Record) -> list[Placed]:
    """Return the passages that came with an article; none where they are not sound, or its text is another now."""
    found: list[Placed] = []
    value = record.extra.get(PASSAGES)
    for one in value if isinstance(value, list | tuple) else ():
        if not isinstance(one, Mapping) or not all(type(one.get(key)) is int for key in ("start", "end")):
            return []
        infons = one.get("infons")
        said, _left = _said(infons if isinstance(infons, Mapping) else {}, frozenset())
        found.append((one["start"], one["end"], said))
    return found if found and _is_whole(record.text, found) else []


def _lost_of_passages(record: Record, *, sound: bool) -> Iterator[Case]:
    """Yield what is said of passages that came with an article and is not written: infons that are lists, say."""
    name, value = name_of(record), record.extra.get(PASSAGES)
    if value is not None and not sound:
        yield "article", f"{name}: {PASSAGES}"
    for one in value if sound and isinstance(value, list | tuple) else ():
        infons = one.get("infons")
        infons = infons if isinstance(infons, Mapping) else {}
        _written, left = _said(infons, frozenset())
        yield from (("article", f"{name}: {key}") for key in left)
        yield from (("article", where) for _kind, where in texts(name, infons, left))


def _is_whole(text: str, found: list[Placed]) -> bool:
    """Say whether passages hold a text so that it can be put together from them again."""
    if (found[0][0], found[-1][1]) != (0, len(text)) or any(not 0 <= a < z <= len(text) for a, z, _ in found):
        return False
    borders = [(end, start) for (_, end, _), (start, *_) in pairwise(found)]
    return all(a <= z and text[a:z] == gap_of(z - a, text[a - 1], text[z]) for a, z in borders)


def gap_of(n: int, before: str, after: str) -> str:
    """Return what stands between two passages whose offsets leave `n` characters between these two."""
    if n == 0 and not (before.isspace() or after.isspace()):
        return "\n"
    return GAPS[n] if 0 <= n < len(GAPS) else GAPS[-1]


def home_of(passages: list[Part], start: int, end: int) -> Part | None:
    """Return the passage that a place lies in; None where it lies in none, or in several."""
    home = passages[bisect_right(passages, start, key=lambda part: part.offset) - 1]
    return home if end <= home.offset + len(home.text or "") else None
