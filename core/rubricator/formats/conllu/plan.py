"""Decides what becomes of an article in CoNLL-U: its words, its brackets and their groups, and what is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rubricator.formats.base import Case, Record, WriteOptions
from rubricator.formats.conll.format import sentence_ends
from rubricator.formats.losing import annotation_cases, article_cases, layer_of, once, place_of
from rubricator.formats.shaping import in_tokens
from rubricator.model.spans import Annotation, Fragment
from rubricator.model.tokens import words


@dataclass(frozen=True)
class Bracket:
    """A span in words `[first, last)`, one pair for each part; mentions of one thing share a group."""

    parts: tuple[Fragment, ...]
    group: int
    annotation: Annotation


@dataclass(frozen=True)
class Plan:
    """What becomes of one article; `starts` and `ends` are those of the words in its text."""

    forms: list[str]
    starts: list[int]
    ends: list[int]
    sentence_ends: set[int]
    brackets: list[Bracket]
    lost: list[Case]


@once
def plan(record: Record, options: WriteOptions) -> Plan:
    """Decide what becomes of an article; the only place that knows what CoNLL-U can hold."""
    text = record.text
    tokens = [*words(text)]
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    if not tokens:
        starts, ends = [0], [len(text)]  # a sentence needs a word
    forms = ["".join(text[start:end].split()) or "_" for start, end in zip(starts, ends, strict=True)]
    layer = layer_of(record)
    lost = [*article_cases(record, layer, ())]
    placed: list[tuple[tuple[Fragment, ...], Annotation]] = []
    for annotation in layer.annotations if tokens else ():
        parts, kind = _parts(annotation, starts, ends, options)
        if kind:
            lost.append((kind, place_of(record, annotation)))
        if parts:
            placed.append((parts, annotation))
            lost.extend(annotation_cases(record, annotation, {"attribute", "note", "entity"}))
    placed.sort(key=_longest_first)
    brackets = [*_grouped(placed, record, lost)]
    hulls = ((parts[0][0], parts[-1][1]) for parts, _ in placed)
    return Plan(forms, starts, ends, sentence_ends(text, starts, hulls), brackets, lost)


def _parts(
    annotation: Annotation, starts: list[int], ends: list[int], options: WriteOptions
) -> tuple[tuple[Fragment, ...], str]:
    """Return the words of a span, part by part (none: it is left out), and the kind of loss, if there is one."""
    parts: list[Fragment] = []
    kinds: list[str] = []
    for piece in annotation.span.fragments:
        place, kind = in_tokens(piece, starts, ends, options)
        if kind:
            kinds.append(kind)
        elif place and (starts[place[0]], ends[place[1] - 1]) != piece:
            kinds.append("trimmed")
        if place is None and kind != "blank":
            return (), kind
        if place and parts and place[0] <= parts[-1][1]:
            parts[-1] = parts[-1][0], max(place[1], parts[-1][1])
        elif place:
            parts.append(place)
    told = [kind for kind in kinds if kind not in ("blank", "trimmed")]
    if not parts:
        return (), "blank"
    return tuple(parts), told[0] if told else "narrowed" if "blank" in kinds else kinds[0] if kinds else ""


def _longest_first(item: tuple[tuple[Fragment, ...], Annotation]) -> tuple[int, int, tuple[Fragment, ...]]:
    parts, _ = item
    return parts[0][0], -parts[-1][1], parts


def _grouped(
    placed: list[tuple[tuple[Fragment, ...], Annotation]], record: Record, lost: list[Case]
) -> Iterator[Bracket]:
    """Yield the brackets with their groups: a bracket that closes says no more than its group, so none may cross."""
    groups: dict[str, int] = {}
    opened: dict[int, list[int]] = {}  # by group: where brackets end that may still be open
    parted: dict[int, int] = {}  # by group: where the last one in parts ends
    number = 0
    for parts, annotation in placed:
        start, end = parts[0][0], parts[-1][1]
        group = groups.get(annotation.entity, 0) if annotation.entity else 0
        if group:
            still = opened[group] = [last for last in opened[group] if last - 1 > start]
            crosses = any(end > last for last in still) if len(parts) == 1 else start < parted.get(group, 0)
            if crosses:
                lost.append(("chain", place_of(record, annotation)))
                group = 0
        if not group:
            number += 1
            group = number
            opened[group] = []
            if annotation.entity:
                groups.setdefault(annotation.entity, group)
        if len(parts) == 1:
            opened[group].append(end)
        else:
            parted[group] = end
        yield Bracket(parts, group, annotation)
