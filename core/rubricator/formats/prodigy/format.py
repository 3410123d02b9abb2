"""Prodigy: JSON lines of tasks with tokens, spans that may overlap, relations, and choices of the whole text.

Source of the format: Prodigy's pages “annotation interfaces” and “named entity recognition” (prodi.gy/docs): offsets
are code points, `token_end` is the last token itself, head and child of a relation are the last tokens of their spans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rubricator.formats.base import Carried, Case, Choice, Header, LayerRecord, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.flat import Placed
from rubricator.formats.json_items import items, keys_of
from rubricator.formats.jsonl.writer import line, names_of
from rubricator.formats.losing import added_up, article_cases, layer_of, once
from rubricator.formats.plain_spans import Ends, Place, planned_relations, planned_spans
from rubricator.formats.prodigy.reader import read_prodigy
from rubricator.formats.spacy.format import split
from rubricator.model.scheme import Scheme
from rubricator.model.text import digest

_SAYS = frozenset({"_input_hash", "_task_hash", "_view_id", "_session_id", "_annotator_id", "answer", "spans.start"})


@dataclass
class _Plan:
    """What becomes of one article: the ranges, relations and topics that are written, what is lost."""

    layer: LayerRecord
    places: list[Place]
    relations: list[Ends]
    topics: list[str]
    lost: list[Case]

    @property
    def answer(self) -> str:
        """What the annotator answered: an article that was skipped is ignored."""
        return "ignore" if self.layer.status == "skipped" else "accept"


class Prodigy:
    """A file for Prodigy."""

    all_layers = False
    choices: tuple[Choice, ...] = ("broken", "across")

    def recognises(self, head: str) -> bool:
        """Say whether the first object is a task as Prodigy takes or gives it."""
        keys = keys_of(head)
        return bool(keys & _SAYS and keys & {"text", "html", "image"} and "annotations" not in keys)

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the articles, and the names of their choices."""
        return read_prodigy(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what Prodigy cannot hold."""
        return added_up(_plan(record, options).lost for record in records)

    def head(self, header: Header) -> bytes:
        """Return nothing: a file begins with its first article."""
        return b""

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file, a line for each article."""
        names, scheme = names_of(header.people), header.scheme or Scheme()
        with out.open("xb") as stream:
            for record in records:
                stream.write(line(_task(record, _plan(record, options), scheme, names)))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text, the answer, and every span, relation and topic."""
        plan = _plan(record, options)
        spans = [(place.label, place.start, place.end) for place in plan.places]
        carried: Carried = Counter([("text", digest(record.text)), ("answer", plan.answer), ("tokens", True)])
        carried.update(("span", *span) for span in spans)
        carried.update(("relation", label, spans[first], spans[second]) for label, first, second in plan.relations)
        carried.update(("topic", code) for code in plan.topics)
        return carried

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the lines back as they stand."""
        for item in items(out):
            yield _found(item.value)


@once
def _plan(record: Record, options: WriteOptions) -> _Plan:
    """Decide what becomes of an article; the only place that knows what Prodigy can hold."""
    layer = layer_of(record)
    lost = list(article_cases(record, layer, {"topic", "relation"}))
    planned = planned_spans(record, layer, options, (), lost)
    relations = planned_relations(record, layer, planned, lost)
    return _Plan(layer, planned.places, relations, list(dict.fromkeys(tag.topic for tag in layer.topics)), lost)


def _task(record: Record, plan: _Plan, scheme: Scheme, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the task; its tokens cost more than all else, and are made for the file only."""
    tokens, starts, ends = _tokens(record.text, plan.places)
    spans = [
        {
            "start": place.start,
            "end": place.end,
            "token_start": starts[place.start],
            "token_end": ends[place.end],
            "label": place.label,
        }
        for place in plan.places
    ]
    task: dict[str, Any] = {"text": record.text, "tokens": tokens, "spans": spans}
    if plan.relations:
        task["relations"] = [
            {
                "head": spans[first]["token_end"],
                "child": spans[second]["token_end"],
                "head_span": spans[first],
                "child_span": spans[second],
                "label": label,
            }
            for label, first, second in plan.relations
        ]
    if plan.topics:
        known = scheme.topics_by_code
        task["options"] = [{"id": one, "text": known[one].name if one in known else one} for one in plan.topics]
        task["accept"] = plan.topics
    task["_view_id"] = "blocks" if plan.topics else "relations" if plan.relations else "spans_manual"
    task["answer"] = plan.answer
    who = names.get(plan.layer.annotator, plan.layer.annotator)
    return task | ({"_annotator_id": who, "_session_id": who} if who else {})


def _tokens(text: str, places: Iterable[Place]) -> tuple[list[dict[str, Any]], dict[int, int], dict[int, int]]:
    """Return the tokens, and which of them begin and end where; every border of a span is one of a token."""
    tokens: list[dict[str, Any]] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for n, (word, space) in enumerate(split(text, [Placed(p.start, p.end, p.annotation) for p in places])):
        tokens.append({"text": word, "start": at, "end": at + len(word), "id": n, "ws": space})
        starts[at], ends[at + len(word)] = n, n
        at += len(word) + space
    return tokens, starts, ends


def _found(task: dict[str, Any]) -> Carried:
    carried: Carried = Counter([("text", digest(task["text"])), ("answer", task["answer"])])
    words = "".join(token["text"] + " " * token["ws"] for token in task["tokens"])
    carried["tokens", words == task["text"]] += 1
    carried.update(("span", *_place(span)) for span in task["spans"])
    for relation in task.get("relations", ()):
        carried["relation", relation["label"], _place(relation["head_span"]), _place(relation["child_span"])] += 1
    carried.update(("topic", code) for code in task.get("accept", ()))
    return carried


def _place(span: dict[str, Any]) -> tuple[str, int, int]:
    return span["label"], span["start"], span["end"]


FORMAT = Prodigy()
