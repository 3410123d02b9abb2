"""doccano: JSON lines of text with spans, relations between them, and categories of the whole text.

Source of the format: the examples on doccano's import pages, and what its importer takes (github.com/doccano/doccano,
data_import): spans `{id, label, start_offset, end_offset}` with whole numbers as ids, relations by `from_id`, `to_id`.
Comments of the whole text are a list of texts, as doccano exports them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rubricator.formats.base import Carried, Case, Choice, Header, LayerRecord, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.doccano.reader import read_doccano
from rubricator.formats.json_items import items, keys_of
from rubricator.formats.jsonl.writer import line
from rubricator.formats.losing import added_up, article_cases, comment_place, layer_of, once
from rubricator.formats.plain_spans import planned_relations, planned_spans
from rubricator.model.text import digest

_SAYS = frozenset({"label", "labels", "entities", "cats", "annotations.label", "annotations.start_offset", "Comments"})
_NOT = frozenset({"spans", "tokens", "denotations", "entities.span", "_input_hash"})


@dataclass
class _Plan:
    """What becomes of one article: its object in the file, what a reader finds, what is lost."""

    value: dict[str, Any]
    carried: Carried
    lost: list[Case] = field(default_factory=list)


class Doccano:
    """A file for doccano, sequence labelling with relations."""

    all_layers = False
    choices: tuple[Choice, ...] = ("broken", "across")

    def recognises(self, head: str) -> bool:
        """Say whether the first object has a text, and labels of it as doccano names them."""
        keys = keys_of(head)
        return bool(keys & {"text", "data"} and keys & _SAYS and not keys & _NOT and "data.text" not in keys)

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the articles, in any of the dialects that doccano has written."""
        return read_doccano(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what doccano cannot hold."""
        return added_up(_plan(record, options).lost for record in records)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file, a line for each article; ids go on through it."""
        spans = relations = 0
        with out.open("xb") as stream:
            for n, record in enumerate(records, 1):
                value = _plan(record, options).value
                for one in value["entities"]:
                    one["id"] += spans
                for one in value["relations"]:
                    one.update(id=one["id"] + relations, from_id=one["from_id"] + spans, to_id=one["to_id"] + spans)
                spans, relations = spans + len(value["entities"]), relations + len(value["relations"])
                stream.write(line({"id": n, **value}))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text and every span, relation and topic."""
        return _plan(record, options).carried

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the lines back as they stand."""
        for item in items(out):
            yield _found(item.value)


@once
def _plan(record: Record, options: WriteOptions) -> _Plan:
    """Decide what becomes of an article; the only place that knows what doccano can hold."""
    layer = layer_of(record)
    lost = list(article_cases(record, layer, {"topic", "relation", "comment"}))
    spans = planned_spans(record, layer, options, (), lost)
    value = {
        "text": record.text,
        "entities": [
            {"id": n, "label": one.label, "start_offset": one.start, "end_offset": one.end}
            for n, one in enumerate(spans.places, 1)
        ],
        "relations": [
            {"id": n, "from_id": first + 1, "to_id": second + 1, "type": label}
            for n, (label, first, second) in enumerate(planned_relations(record, layer, spans, lost), 1)
        ],
        "cats": list(dict.fromkeys(tag.topic for tag in layer.topics)),
    }
    if comments := list(_comments(record, layer, lost)):
        value["Comments"] = comments
    return _Plan(value, _found(value), lost)


def _comments(record: Record, layer: LayerRecord, lost: list[Case]) -> Iterator[str]:
    """Yield what is said of the whole text, each thing once."""
    said: set[str] = set()
    for one in layer.comments:
        text = str(one.get("text") or "")
        if not text.strip() or text in said or one.get("on") or one.get("reply_to"):
            lost.append(("comment", comment_place(record, one)))
            continue
        if one.keys() - {"id", "text", "on", "reply_to"}:
            lost.append(("comment-details", comment_place(record, one)))
        said.add(text)
        yield text


def _found(value: dict[str, Any]) -> Carried:
    spans = {one["id"]: (one["label"], one["start_offset"], one["end_offset"]) for one in value["entities"]}
    carried: Carried = Counter([("text", digest(value["text"]))])
    carried.update(("span", *one) for one in spans.values())
    carried.update(("relation", one["type"], spans[one["from_id"]], spans[one["to_id"]]) for one in value["relations"])
    carried.update(("topic", code) for code in value["cats"])
    carried.update(("comment", text) for text in value.get("Comments", ()))
    return carried


FORMAT = Doccano()
