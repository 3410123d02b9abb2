"""JSON of no tool in particular, read: objects with a text and a list of what stands where in it.

There is no such format, but many corpora are written so: `{"text": …, "entities": [{"span": [0, 4], "type": …}]}`. The
names below are taken where they stand, and nothing is guessed beyond them; the words, where told, are held against the
text, and tell what the offsets count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.json_items import articles, keys_of
from rubricator.formats.json_values import Bad, kept, name_of, number_of, objects_of, take_each, text_of, whole_of
from rubricator.formats.layer_draft import LayerDraft, spoken
from rubricator.formats.reading import Draft, fitting_unit
from rubricator.formats.text import described
from rubricator.model.text import Unit
from rubricator.words import message

_TEXTS = ("text", "content", "sentence")
_LISTS = ("entities", "spans", "annotations", "mentions", "ents")
_LABELS = ("type", "label", "tag", "category", "entity_type")
_WORDS = ("name", "text", "word", "value", "mention", "surface")
_PAIRS = (("start", "end"), ("begin", "end"), ("start_offset", "end_offset"), ("start_char", "end_char"))
_PLACES = ("span", "offsets", *(name for pair in _PAIRS for name in pair))
_KNOWN = frozenset({*_LABELS, *_WORDS, *_PLACES, "id", "score"})


class JsonRecords:
    """A file of objects with texts and spans."""

    def recognises(self, head: str) -> bool:
        """Say whether the first object has a text and a list of places in it."""
        keys = keys_of(head)
        places = {f"{name}.{place}" for name in _LISTS for place in _PLACES}
        return any(name in keys for name in _TEXTS) and bool(keys & places)

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the articles."""
        return articles(source, options, lambda value, where: _article(value, where, options.unit))


def _first(item: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((name for name in names if name in item), "")


def _article(value: dict[str, Any], where: str, unit: Unit) -> Iterator[Record]:
    key, listed = _first(value, _TEXTS), _first(value, _LISTS)
    if not key:
        raise Bad(message("it has no “text”."))
    text = text_of(value, key)
    if not text.strip():
        return
    spans = objects_of(value, listed) if listed else []
    places: list[tuple[tuple[int, int], str, str]] = []

    def take(item: dict[str, Any], _place: str) -> None:
        places.append((_pair(item), text_of(item, _first(item, _WORDS)), name_of(item, _first(item, _LABELS))))

    take_each(spans, listed, where, take)
    fitting = fitting_unit(text, [([pair], words) for pair, words, _ in places], unit)
    draft = Draft(text, where, fitting)
    if fitting != unit:
        draft.note("unit", f"{where}: {fitting}")
    layer = LayerDraft(draft)
    for n, (item, (pair, words, label)) in enumerate(zip(spans, places, strict=True), 1):
        place = f"{where}, {listed} {n}"
        span = draft.span([pair], place, words or None)
        if not label:
            draft.note("unlabelled", place)
            continue
        extra = {name: kept(one) for name, one in item.items() if name not in _KNOWN}
        layer.add("", label, span, place, score=number_of(item, "score"), extra=extra)
    meta = {name: kept(item) for name, item in value.items() if name not in {key, listed}}
    yield described(draft, spoken([layer.record()]), meta)


def _pair(item: Mapping[str, Any]) -> tuple[int, int]:
    for name in ("span", "offsets"):
        value = item.get(name)
        if isinstance(value, list) and len(value) == 2:
            return whole_of({name: value[0]}, name), whole_of({name: value[1]}, name)
    for start, end in _PAIRS:
        if start in item and end in item:
            return whole_of(item, start), whole_of(item, end)
    raise Bad(message("it has no start and end."))


FORMAT = JsonRecords()
