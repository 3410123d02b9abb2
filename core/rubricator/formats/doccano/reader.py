"""Reads what doccano has exported and imported over the years, whichever dialect a line is in.

Spans stand as `[start, end, label]` or as objects under `label`, `labels`, `entities` or `annotations`; there, too, or
under `cats`, stand the categories of the whole text, which are topics here. Annotations name their user by a number, or
by name, or the line says whose they are (`worker_id`, `annotator`). Whatever else a line holds is metadata, as it is in
doccano itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.json_items import articles
from rubricator.formats.json_values import Bad, kept, list_of, name_of, take_each, text_of, whole_of
from rubricator.formats.layer_draft import LayerDraft, spoken
from rubricator.formats.reading import Draft
from rubricator.formats.text import described
from rubricator.formats.workers import numbered, worker_key, worker_of
from rubricator.model.text import Unit
from rubricator.words import message

_LABELLED = ("label", "labels", "entities", "annotations", "cats")
_COMMENTS = ("Comments", "comments")
_KNOWN = frozenset({"text", "data", "meta", "relations", *_LABELLED, *_COMMENTS})


def read_doccano(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield the articles; UserError names file and line."""
    return articles(source, options, lambda value, where: _article(value, where, options.unit))


def _article(value: dict[str, Any], where: str, unit: Unit) -> Iterator[Record]:
    text = text_of(value, "text" if "text" in value else "data")
    if "text" not in value and "data" not in value:
        raise Bad(message("it has no “text”."))
    if not text.strip():
        return
    draft = Draft(text, where, unit)
    layers = _Layers(draft, worker_of(value))
    for key in _LABELLED:
        given = value.get(key)
        take_each(given if isinstance(given, list) else [] if given is None else [given], key, where, layers.take)
    take_each(list_of(value, "relations"), "relation", where, layers.relate)
    for key in _COMMENTS:
        for item in list_of(value, key):
            layers.comment(item)
    meta = {key: kept(item) for key, item in value.items() if key not in _KNOWN and key != worker_key(value)}
    given = value.get("meta")
    if isinstance(given, dict):
        meta |= kept(given)
    elif given:
        meta["meta"] = kept(given)
    yield described(draft, layers.records(), meta)


class _Layers:
    """The layers of an article, one for each user that is named; what names none is of `whose` the article is."""

    def __init__(self, draft: Draft, whose: str) -> None:
        self._draft = draft
        self._whose = whose
        self._layers: dict[str, LayerDraft] = {whose: LayerDraft(draft, whose)}

    def _of(self, item: Mapping[str, Any]) -> LayerDraft:
        name = name_of(item, "user_name") or text_of(item, "username") or numbered(name_of(item, "user"))
        name = name or worker_of(item) or self._whose
        return self._layers.setdefault(name, LayerDraft(self._draft, name))

    def take(self, item: Any, where: str) -> None:
        """Take in a span or a category."""
        if isinstance(item, list):
            if len(item) != 3:
                raise Bad(message("a start, an end and a label are needed."))
            item = dict(zip(("start_offset", "end_offset", "label"), item, strict=True))
        if not isinstance(item, dict):
            item = {"label": item}
        label = name_of(item, "label_name") or name_of(item, "label")
        if not label:
            raise Bad(message("it has no label."))
        if "start_offset" not in item and "end_offset" not in item:
            self._of(item).topic(label)
            return
        span = self._draft.span([(whole_of(item, "start_offset"), whole_of(item, "end_offset"))], where)
        self._of(item).add(name_of(item, "id"), label, span, where)

    def relate(self, item: Any, where: str) -> None:
        """Take in a relation; its ends stand in one layer."""
        if not isinstance(item, dict):
            raise Bad(message("an object in braces is needed."))
        ends = name_of(item, "from_id"), name_of(item, "to_id")
        label = name_of(item, "type") or name_of(item, "label")
        if not label:
            raise Bad(message("it has no type."))
        if not any(one.relate(label, *ends, where) for one in self._layers.values()):
            raise Bad(
                message("it leads from {first} to {second}, and one of them is missing.", first=ends[0], second=ends[1])
            )

    def comment(self, item: Any) -> None:
        """Take in a comment on the article."""
        if isinstance(item, dict):
            self._of(item).comment(text_of(item, "text"), at=text_of(item, "created_at"))
        else:
            self._layers[self._whose].comment(text_of({"comment": item}, "comment"))

    def records(self) -> list[Any]:
        """Return the layers that say anything."""
        layers = {name: one.record() for name, one in self._layers.items()}
        if self._whose:  # a line of somebody's own is what they handed in, though they found nothing
            layers[self._whose] = replace(layers[self._whose], status="done")
        return spoken(layers.values())
