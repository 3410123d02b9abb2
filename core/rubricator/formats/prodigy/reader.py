"""Reads what Prodigy exports (`db-out`) and takes: tasks with spans, relations, choices and an answer.

An answer says what the task is worth: `accept` that it is finished, `ignore` that it was skipped, `reject` that what it
says is wrong. What is wrong is no annotation, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rubricator.formats.base import Header, LayerRecord, ReadOptions, Record
from rubricator.formats.json_items import articles
from rubricator.formats.json_values import (
    Bad,
    choice_of,
    kept,
    list_of,
    name_of,
    number_of,
    object_of,
    objects_of,
    take_each,
    text_of,
    whole_of,
)
from rubricator.formats.layer_draft import LayerDraft, spoken
from rubricator.formats.reading import Draft, Quoted, fitting_unit
from rubricator.formats.text import described
from rubricator.formats.workers import worker_key, worker_of
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.text import Unit
from rubricator.words import message

_STATUS = {"accept": "done", "ignore": "skipped", "reject": "todo", "": "todo"}
_KNOWN = frozenset("text tokens spans relations options accept label answer meta _session_id _annotator_id".split())
_SPAN = frozenset("start end token_start token_end label text score".split())
_NOBODY = re.compile(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d")
"""What a session without a name is called: the time when it began."""

_TOKENS_MOST = 200
"""So many tokens tell what the offsets count."""


def read_prodigy(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield the articles, and before those with choices that are new how these are called."""
    seen: set[str] = set()

    def read(value: dict[str, Any], where: str) -> Iterator[Header | Record]:
        topics = [topic for topic in _topics(value) if topic.code not in seen]
        if topics:
            seen.update(topic.code for topic in topics)
            yield Header(scheme=Scheme(topics=tuple(topics)))
        record = _article(value, where, options.unit)
        if record is not None:
            yield record

    return articles(source, options, read)


def _topics(value: Mapping[str, Any]) -> Iterator[Topic]:
    """Yield the choices that are accepted, as they are called; a choice may be a picture, and have no name."""
    taken = {name_of({"accept": item}, "accept") for item in list_of(value, "accept")}
    for item in objects_of(value, "options"):
        code = name_of(item, "id")
        if code in taken:
            taken.discard(code)
            name = item.get("text")
            yield Topic(code, name if isinstance(name, str) and name else code)


def _article(value: dict[str, Any], where: str, unit: Unit) -> Record | None:
    text = text_of(value, "text")
    if not text.strip():
        return None
    spans = objects_of(value, "spans")
    tokens = objects_of(value, "tokens")
    fitting = fitting_unit(text, [*_quoted(spans), *_quoted(tokens[:_TOKENS_MOST])], unit)
    draft = Draft(text, where, fitting)
    if fitting != unit:
        draft.note("unit", f"{where}: {fitting}")
    who, key = _whose(value)
    layer = _layer(value, spans, tokens, LayerDraft(draft, who), draft, where)
    known = {*_KNOWN, key}
    meta = {key: kept(item) for key, item in value.items() if key not in known and not key.startswith("_")}
    meta |= kept(object_of(value, "meta"))
    record = described(draft, spoken([layer]), meta)
    hidden = {key: kept(item) for key, item in value.items() if key not in _KNOWN and key.startswith("_")}
    return replace(record, extra={"prodigy": hidden}) if hidden else record


def _quoted(items: list[dict[str, Any]]) -> Iterator[Quoted]:
    for item in items:
        start, end, words = item.get("start"), item.get("end"), item.get("text")
        if type(start) is int and type(end) is int and isinstance(words, str):
            yield [(start, end)], words


def _whose(value: Mapping[str, Any]) -> tuple[str, str]:
    """Return who answered a task, and the key beside Prodigy's own that says it."""
    who = name_of(value, "_annotator_id") or name_of(value, "_session_id")
    return (who, "") if who and not _NOBODY.fullmatch(who) else (worker_of(value), worker_key(value))


def _layer(
    value: dict[str, Any],
    spans: list[dict[str, Any]],
    tokens: list[dict[str, Any]],
    layer: LayerDraft,
    draft: Draft,
    where: str,
) -> LayerRecord:
    answer = choice_of(value, "answer", ("accept", "reject", "ignore"), "")
    if answer == "reject":
        draft.note("rejected", where)
        return layer.record()
    reading = _Spans(layer, draft, tokens)
    take_each(spans, "span", where, reading.take)
    take_each(objects_of(value, "relations"), "relation", where, reading.relate)
    label = name_of(value, "label")
    if label and label not in reading.labels:
        layer.topic(label)
    for item in list_of(value, "accept"):
        layer.topic(name_of({"accept": item}, "accept"))
    return layer.record(status=_STATUS[answer])


class _Spans:
    """The spans of a task, and the relations between them; `labels` is what they are labelled."""

    def __init__(self, layer: LayerDraft, draft: Draft, tokens: list[dict[str, Any]]) -> None:
        self.labels: set[str] = set()
        self._layer = layer
        self._draft = draft
        self._tokens = tokens

    def take(self, item: Mapping[str, Any], where: str) -> None:
        """Take in a span."""
        pair, label = self._pair(item), name_of(item, "label")
        self.labels.add(label)
        if item.get("answer") == "reject":
            self._draft.note("rejected", f"{where}: {label}")
            return
        words = item.get("text")
        span = self._draft.span([pair], where, words if isinstance(words, str) else None)
        if not label:
            self._draft.note("unlabelled", where)
            span = None
        self._layer.add(
            _name(pair, label),
            label,
            span,
            where,
            score=number_of(item, "score"),
            extra={key: kept(one) for key, one in item.items() if key not in _SPAN},
        )

    def relate(self, item: Mapping[str, Any], where: str) -> None:
        """Take in a relation; an end that is labelled in it only is an annotation, too."""
        label = name_of(item, "label")
        if not label:
            raise Bad(message("it has no label."))
        names = []
        for end in ("head", "child"):
            span = object_of(item, f"{end}_span")
            if not span:
                token = whole_of(item, end)
                span = {"token_start": token, "token_end": token}
            pair, kind = self._pair(span), name_of(span, "label")
            names.append(_name(pair, kind))
            if kind and names[-1] not in self._layer.known:
                self.take(span, where)
        if not self._layer.relate(label, names[0], names[1], where):
            self._draft.note("end", f"{where}: {label}")

    def _pair(self, item: Mapping[str, Any]) -> tuple[int, int]:
        """Return where a span stands; one may be told by its tokens alone, of which the last is in it."""
        if "start" in item or "end" in item:
            return whole_of(item, "start"), whole_of(item, "end")
        first, last = whole_of(item, "token_start"), whole_of(item, "token_end")
        if "token_start" not in item or not first <= last < len(self._tokens):
            raise Bad(message("it has neither a start and an end nor tokens."))
        return whole_of(self._tokens[first], "start"), whole_of(self._tokens[last], "end")


def _name(pair: tuple[int, int], label: str) -> str:
    return f"{pair[0]} {pair[1]} {label}"
