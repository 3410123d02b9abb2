"""Reads what Label Studio exports (JSON and JSON-MIN): tasks with annotations by people and predictions by models.

Source of the format: Label Studio's pages “export annotations”, “task format” and those of its tags (labelstud.io).
What our model says in other words: choices and taxonomies of the whole text are topics; what was asked of a region is
an attribute; the text that can be written to a region (`meta.text`) is a note; free text of the whole is a comment.
Its offsets are counted by a browser, in UTF-16 units, and what the regions say of their words is held against that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from rubricator.formats.base import Header, LayerRecord, ReadOptions, Record
from rubricator.formats.json_items import articles
from rubricator.formats.json_values import (
    Bad,
    kept,
    name_of,
    number_of,
    object_of,
    objects_of,
)
from rubricator.formats.label_studio.config import Configuration, configuration_beside
from rubricator.formats.label_studio.results import Results, Said, places_of
from rubricator.formats.layer_draft import LayerDraft
from rubricator.formats.reading import Draft, fitting_unit
from rubricator.formats.text import described
from rubricator.formats.workers import numbered
from rubricator.model.scheme import Scheme
from rubricator.model.text import Unit
from rubricator.words import message

GROUND_TRUTH = "ground truth"
"""The flag of a layer that Label Studio calls so."""

_TASK = ("annotations", "completions", "predictions")
_ROW = frozenset({"annotator", "annotation_id", "lead_time", "created_at", "updated_at"})
_PLAIN = frozenset({*_TASK, "data", "meta", "drafts"})
_COUNTS = frozenset({
    "inner_id", "total_annotations", "cancelled_annotations", "total_predictions", "comment_count", "updated_by",
    "unresolved_comment_count", "comment_authors", "last_comment_updated_at", "is_labeled", "overlap", "file_upload",
    "project", "created_at", "updated_at",
})  # fmt: skip
"""What the server says of a task's place in it: nothing about the article."""

_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]+://|data:|/data/)\S+")
"""What stands where a task is about a picture or a sound."""


def read_label_studio(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield what the configuration beside the file declares, if there is one, then the articles."""
    known = configuration_beside(source, options.within)
    if known is not None:
        yield Header(scheme=known.scheme)
    known = known or Configuration(Scheme(), {})
    unit: Unit = "utf16" if options.unit == "codepoint" else options.unit
    yield from articles(source, options, lambda value, where: _Task(value, where, known, unit).records())


class _Task:
    """One task, or one row of JSON-MIN, which is a task with one annotation."""

    def __init__(self, value: dict[str, Any], where: str, known: Configuration, unit: Unit) -> None:
        self._where = where
        self._unit = unit
        self._whole = "data" in value or any(name in value for name in _TASK)
        self._value = value
        self._controls: dict[str, list[dict[str, Any]]] = {}
        self._data = value.get("data") if self._whole else value
        if isinstance(self._data, str):
            self._data = {"text": self._data}
        if not isinstance(self._data, dict):
            raise Bad(message("it has no “data” with a text."))
        self._unclear: list[str] = []
        """Where it is said who made something, and nobody can tell whom that means."""
        self._said = list(self._sayings() if self._whole else self._row(known))
        self._name, self._key = self._text_of(known)

    def records(self) -> Iterator[Record]:
        """Yield the article; nothing where the task is about no text."""
        assert isinstance(self._data, dict)
        source = self._data.get(self._key)
        if not isinstance(source, str) or not source.strip() or _ADDRESS.fullmatch(source):
            return
        spoken = [result for said in self._said for result in said.results if self._is_here(result)]
        regions = [places for result in spoken if (places := places_of(result))]
        taken = any(result.get("type") == "hypertextlabels" for result in spoken) and "<" in source
        if taken:
            source = _words_of(source)
        unit = fitting_unit(source, regions, self._unit)
        draft = Draft(source, self._where, unit)
        if unit != self._unit:
            draft.note("unit", f"{self._where}: {unit}")
        if taken:
            draft.note("html", self._where)
        for place in self._unclear:
            draft.note("unheld", place)
        layers = [layer for layer in self._layers(draft) if layer is not None]
        meta = {key: kept(item) for key, item in self._data.items() if key != self._key and self._is_meta(key)}
        if self._whole:
            meta |= kept(object_of(self._value, "meta"))
            meta |= {
                k: kept(v) for k, v in self._value.items() if k not in _PLAIN | _COUNTS and v not in (None, [], {})
            }
            if self._value.get("drafts"):
                draft.note("unheld", f"{self._where}, drafts")
        yield described(draft, layers, meta)

    def _is_meta(self, key: str) -> bool:
        return self._whole or (key not in _ROW and key not in self._controls)

    # --- who says what --------------------------------------------------------------------------------------------

    def _sayings(self) -> Iterator[Said]:
        for name in ("annotations", "completions"):
            for n, item in enumerate(objects_of(self._value, name), 1):
                where = f"{self._where}, {name[:-1]} {n}"
                yield Said(self._annotator(item, where), "human", where, objects_of(item, "result"), item)
        for n, item in enumerate(objects_of(self._value, "predictions"), 1):
            where = f"{self._where}, prediction {n}"
            who = self._called(item, "model_version", where) or "prediction"
            yield Said(who, "model", where, objects_of(item, "result"), item)

    def _row(self, known: Configuration) -> Iterator[Said]:
        """Make the results of a row of JSON-MIN: there they stand under the names of their controls."""
        for key, item in self._value.items():
            if key in _ROW or key in known.texts.values() or key == "id":
                continue
            values = item if isinstance(item, list) else [item]
            if all(isinstance(one, dict) and "start" in one and "end" in one for one in values) and values:
                self._controls[key] = [
                    {"type": _labels_key(one), "value": one, "from_name": key, "id": f"{key} {n}"}
                    for n, one in enumerate(values)
                ]
            elif isinstance(item, dict) and isinstance(item.get("choices"), list):
                self._controls[key] = [{"type": "choices", "value": item, "from_name": key}]
            elif isinstance(item, str) and item in known.scheme.topics_by_code:
                self._controls[key] = [{"type": "choices", "value": {"choices": [item]}, "from_name": key}]
        results = [result for control in self._controls.values() for result in control]
        yield Said(self._annotator(self._value, self._where), "human", self._where, results, self._value)

    def _annotator(self, item: Mapping[str, Any], where: str) -> str:
        """Return what to call who made an annotation; empty where that is not said, or not to be understood."""
        by = item.get("completed_by")
        if not isinstance(by, dict):
            return numbered(self._called(item, "completed_by", where) or self._called(item, "annotator", where))
        place = f"{where}, completed_by"
        full = " ".join(part for key in ("first_name", "last_name") if (part := self._called(by, key, place).strip()))
        named = full or self._called(by, "email", place) or self._called(by, "username", place)
        return named or numbered(self._called(by, "id", place))

    def _called(self, item: Mapping[str, Any], key: str, where: str) -> str:
        """Return a name or a number; anything else names nobody, and is told."""
        try:
            return name_of(item, key)
        except Bad:
            self._unclear.append(f"{where}: {key}")
            return ""

    def _text_of(self, known: Configuration) -> tuple[str, str]:
        """Return the name of the text that is annotated, and under which key it stands."""
        assert isinstance(self._data, dict)
        counts: dict[str, int] = {}
        for said in self._said:
            for result in said.results:
                name = name_of(result, "to_name")
                if name:
                    counts[name] = counts.get(name, 0) + 1 + bool(places_of(result))
        for name in sorted(counts, key=lambda name: -counts[name]):
            key = known.texts.get(name, name)
            if isinstance(self._data.get(key), str):
                return name, key
        only = max(counts, key=lambda name: counts[name]) if counts else ""
        for name, key in known.texts.items():
            if isinstance(self._data.get(key), str):
                return only or name, key
        return only, "text"

    def _is_here(self, result: Mapping[str, Any]) -> bool:
        return name_of(result, "to_name") in ("", self._name)

    # --- layers ---------------------------------------------------------------------------------------------------

    def _layers(self, draft: Draft) -> Iterator[LayerRecord | None]:
        layers: dict[tuple[str, str], LayerDraft] = {}
        details: dict[tuple[str, str], dict[str, Any]] = {}
        for said in self._said:
            key = said.kind, said.who
            if key in layers:
                draft.note("merged", said.where)
            else:
                layers[key] = LayerDraft(draft, said.who, said.kind)
            details[key] = _details(said, details.get(key, {}))
            Results(draft, layers[key], said, self._is_here).take()
        for key, made in layers.items():
            yield made.record(**details[key])


def _details(said: Said, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the status, flags and seconds of a layer."""
    if said.kind == "model":
        return {}
    seconds = (number_of(said.about, "lead_time") or 0) + before.get("seconds", 0)
    flags = (GROUND_TRUTH,) if said.about.get("ground_truth") is True else before.get("flags", ())
    status = "skipped" if said.about.get("was_cancelled") is True else "done"
    if before.get("status") == "done":
        status = "done"
    return {"status": status, "flags": flags, "seconds": max(0, seconds)}


def _labels_key(value: Mapping[str, Any]) -> str:
    return next((key for key in value if key.endswith("labels")), "")


class _Words(HTMLParser):
    """Gathers the texts of a page as a browser counts them: all text nodes, one after the other."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.found.append(data)


def _words_of(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    return "".join(words.found)
