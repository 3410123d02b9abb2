"""What becomes of an article in WebAnno TSV, UIMA CAS XMI and JSON CAS: named entities with features, and relations.

The layers are those that INCEpTION has by itself: NamedEntity, whose `value` is the label and whose `identifier` is the
entity, and `webanno.custom.Relation`, whose `value` is the label. Attributes and notes are features beside them, which
a project of INCEpTION needs to have before it takes them.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from rubricator.formats.base import Carried, Case, Header, Record, WriteOptions
from rubricator.formats.cas.layers import IDENTIFIER, NOTE, OURS, identifier_of, is_name
from rubricator.formats.losing import (
    annotation_cases,
    article_cases,
    layer_of,
    name_of,
    once,
    place_of,
    relation_words,
    texts,
)
from rubricator.formats.shaping import ranges
from rubricator.model.spans import Annotation, Fragment
from rubricator.model.text import FORBIDDEN, digest
from rubricator.model.tokens import Token, words

VALUE = "value"
_FEATURE = re.compile(r"[A-Za-z](?:[A-Za-z0-9_]*[A-Za-z0-9])?", re.ASCII)
_TAKEN = frozenset({VALUE, IDENTIFIER, NOTE, "begin", "end", "sofa", "Governor", "Dependent"})
_MARKED = ("ROLE_", "BT_")
"""How columns of TSV begin that hold no plain feature."""

Key = tuple[str, int, int]


@dataclass(frozen=True)
class Made:
    """A named entity: where it stands (code points), its features, and the entity that it is of."""

    start: int
    end: int
    features: Mapping[str, str]
    entity: str = ""

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.features[VALUE], self.start, self.end


@dataclass(frozen=True)
class Tie:
    """A relation between two of the named entities, by their numbers."""

    source: int
    target: int
    features: Mapping[str, str]


@dataclass
class Plan:
    """What becomes of one article: its text as it is written, and as it was."""

    text: str
    was: str
    made: list[Made] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    lost: list[Case] = field(default_factory=list)

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of the text: they cost more than all else, and are made where they are asked for."""
        return list(words(self.was))

    def carried(self) -> Carried:
        """Return what a file carries of it; entities as the mentions that are of one."""
        carried: Carried = Counter([("text", digest(self.text))])
        mentions: defaultdict[str, list[Key]] = defaultdict(list)
        for one in self.made:
            carried["span", *one.key] += 1
            rest = [(name, value) for name, value in one.features.items() if name != VALUE]
            carried.update(("feature", *one.key, name, value) for name, value in rest)
            if one.entity:
                mentions[one.entity].append(one.key)
        carried.update(("entity", *sorted(keys)) for keys in mentions.values())
        for tie in self.ties:
            ends = self.made[tie.source].key, self.made[tie.target].key
            carried["relation", *ends, *sorted(tie.features.items())] += 1
        return carried


@dataclass(frozen=True)
class Shape:
    """What a serialisation can hold: `fits` says which values, `in_tokens` that all must stand in tokens."""

    fits: Callable[[str], bool]
    in_tokens: bool


def is_sound(value: str) -> bool:
    """Say whether any serialisation can hold a value."""
    return "\r" not in value and not FORBIDDEN.search(value)


@once
def plan(record: Record, options: WriteOptions, shape: Shape) -> Plan:
    """Decide what becomes of an article; the only place that knows what the formats can hold."""
    text = record.text
    layer = layer_of(record)
    lost = list(article_cases(record, layer, {"relation"}))
    blank = len(text) - len(text.lstrip()) if shape.in_tokens else 0
    if text[:blank].strip(" "):
        lost.append(("leading", name_of(record)))
    found = Plan(" " * blank + text[blank:], text, lost=lost)
    numbers: dict[str, int] = {}
    for annotation in layer.annotations:
        pieces, kind = ranges(text, annotation.span, options)
        if kind:
            lost.append((kind, place_of(record, annotation)))
        places = [place for piece in pieces if (place := _placed(piece, found, shape, record, annotation)) is not None]
        if places:
            if annotation.id:
                numbers[annotation.id] = len(found.made)
            features = _features(record, annotation, shape, lost)
            entity = annotation.entity if shape.fits(OURS + annotation.entity) else ""
            if annotation.entity and not entity:
                lost.append(("entity", place_of(record, annotation)))
            lost.extend(annotation_cases(record, annotation, {"attribute", "note", "entity"}))
            found.made.extend(Made(*place, features, entity) for place in places)
    for relation in layer.relations:
        source, target = numbers.get(str(relation.get("from"))), numbers.get(str(relation.get("to")))
        where = f"{name_of(record)}: {relation_words(relation)}"
        if source is None or target is None:
            lost.append(("relation", where))
            continue
        label = str(relation.get("label"))
        said = relation.get("attributes")
        features, left = _said(said if isinstance(said, Mapping) else {}, shape)
        written = written_name(label, shape)
        lost.extend(texts(where, said if isinstance(said, Mapping) else {}, left))
        if left or written != label or relation.get("note"):
            lost.append(("relation-details", where))
        found.ties.append(Tie(source, target, {VALUE: written} | features))
    return found


def _placed(piece: Fragment, found: Plan, shape: Shape, record: Record, annotation: Annotation) -> Fragment | None:
    """Return where a range can stand; white space at its ends belongs to no token."""
    if not shape.in_tokens:
        return piece
    tokens = found.tokens
    first = bisect_right(tokens, piece[0], key=lambda token: token.end)
    last = bisect_left(tokens, piece[1], key=lambda token: token.start)
    if first >= last:
        found.lost.append(("blank", place_of(record, annotation)))
        return None
    place = max(piece[0], tokens[first].start), min(piece[1], tokens[last - 1].end)
    if place != piece:
        found.lost.append(("trimmed", place_of(record, annotation)))
    return place


def _features(record: Record, annotation: Annotation, shape: Shape, lost: list[Case]) -> dict[str, str]:
    where = place_of(record, annotation)
    label = written_name(annotation.label, shape)
    if label != annotation.label:
        lost.append(("label", f"{where}: {label}"))
    features, left = _said(annotation.attributes, shape)
    lost.extend(("attribute", f"{where}: {name}") for name in left)
    lost.extend(texts(where, annotation.attributes, left))
    note = FORBIDDEN.sub("\ufffd", annotation.note.replace("\r\n", "\n").replace("\r", "\n"))
    if note and shape.fits(note):
        features[NOTE] = note
        if note != annotation.note:
            lost.append(("note-lines", where))
    elif note:
        lost.append(("note", where))
    return {VALUE: label} | features


def _said(attributes: Mapping[str, object], shape: Shape) -> tuple[dict[str, str], list[str]]:
    """Return attributes as features, and the names of those that cannot be features."""
    features: dict[str, str] = {}
    left: list[str] = []
    for name, value in sorted(attributes.items()):
        said = str(value).lower() if isinstance(value, bool) else str(value)
        plain = isinstance(value, str | int | float)
        if value is None:
            continue
        if (
            name in _TAKEN
            or name.startswith(_MARKED)
            or not _FEATURE.fullmatch(name)
            or not plain
            or not shape.fits(said)
        ):
            left.append(name)
        else:
            features[name] = said
    return features, left


def written_name(label: str, shape: Shape) -> str:
    """Return a label as it is written: the same where it is a name, else with a mark that keeps two names two."""
    if is_name(label) and shape.fits(label):
        return label
    mark = hashlib.sha256(label.encode("utf-8", "backslashreplace")).hexdigest()[:6]
    plain = "".join(char if char.isprintable() and is_sound(char) else " " for char in label)
    return f"{' '.join(plain.split())[:40].strip() or 'label'}-{mark}"


def identifiers(header: Header) -> Callable[[str], str]:
    """Return what writes the id of an entity as an identifier: its external id, where that is its alone."""
    externals = {str(one.get("id")): str(one.get("external") or "") for one in header.entities}
    counts = Counter(externals.values())
    alone = {uid: value for uid, value in externals.items() if value and counts[value] == 1 and is_sound(value)}

    def written(uid: str) -> str:
        external = alone.get(uid, "")
        return identifier_of(external) if external.strip() and not external.endswith("\\") else OURS + uid

    return written


def sentence_groups(tokens: Sequence[Token], starts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the tokens `[first, last)` of each sentence that has some; `starts` says where sentences start."""
    borders = sorted({bisect_left(tokens, start, key=lambda token: token.start) for start in starts} | {0, len(tokens)})
    for first, last in pairwise(borders):
        if first < last:
            yield first, last
